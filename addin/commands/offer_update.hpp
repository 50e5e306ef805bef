#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/offer_rows.hpp"
#include "geo/offer_places.hpp"
#include "office/table_editor.hpp"

namespace pacte::commands {

/// A place that is kept, and where it is.
struct KeptOffer {
    OfferRecord record;
    geo::LocatedOffer located;
};

/// What every row of one import shares.
struct OfferImport {
    std::string source_key; ///< in Correspondances, and at the head of the rows' keys
    std::string source;     ///< written in the column `source`
    OfferTarget otherwise;  ///< for the categories without a line; no thématique: they are listed
    std::vector<std::string> thematiques; ///< codes of the workbook
};

/// The rows that the places become, one a thématique; what has no line in
/// Correspondances, or names a thématique that is not there, goes to `refusals`.
[[nodiscard]] std::vector<OfferRow> offer_rows(const std::vector<KeptOffer>& offers,
                                               const OfferMapping& mapping, const OfferImport& import,
                                               const std::string& file, std::vector<Refusal>& refusals);

struct OfferUpdate {
    std::size_t added = 0;
    std::size_t updated = 0;
    std::size_t unchanged = 0;
    std::size_t kept_cells = 0; ///< that a person changed since the former import
    std::size_t gone = 0;       ///< rows of a former import that the source no longer has
    std::size_t twins = 0;
};

/// Puts the rows in Offre: new ones at the end, known ones cell by cell, except where
/// a person has changed them. Twins are named in `doublon possible`. Nothing is
/// written before the editor's own write.
[[nodiscard]] OfferUpdate update_offer(office::TableEditor& editor, const std::vector<OfferRow>& rows,
                                       const OfferImport& import, const std::string& file,
                                       std::vector<Refusal>& refusals);

} // namespace pacte::commands
