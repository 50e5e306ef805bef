#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/finding.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"
#include "core/validation_rules.hpp"

namespace pacte {

/// What one partner answers for in the tables.
struct PartnerRows {
    std::string name;                                  ///< as it is written most often
    std::map<std::string, std::set<std::size_t>> rows; ///< indices in Table::rows, by table

    [[nodiscard]] std::size_t count() const;
    /// Whether that row of the table is theirs. `row`: zero-based position in the sheet.
    [[nodiscard]] bool has(const Table& table, std::int32_t row) const;
};

/// The partners, those with the most rows first. A row is that of the institution in its
/// first required field of the kind `acteur` (porteur principal, porteur, acteur…); a row
/// that has none, but names a row that has one (the dispositif of a place, the action of
/// an indicator), is that row's partner's. Two writings of one name (case, accents, small
/// words, CAF in full) are one partner.
[[nodiscard]] std::vector<PartnerRows> partners_of(const Schemas& schemas,
                                                   const std::map<std::string, Table>& tables);

/// The finding in a row of the partner's as they may read it: without the words that quote
/// a row of another's.
[[nodiscard]] Finding as_told_to(const PartnerRows& partner, const Table& table, Finding finding,
                                 Language language);

/// The one of that name, in any of its writings; null where there is none.
[[nodiscard]] const PartnerRows* find_partner(const std::vector<PartnerRows>& partners,
                                              const std::string& name);

} // namespace pacte
