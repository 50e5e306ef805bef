#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/offer_source.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

// From the places of a file to the rows of Offre.

namespace pacte {

/// A thématique and a type of place.
struct OfferTarget {
    std::string thematique; ///< empty: this category is left aside, on purpose
    std::string type;
};

/// The table Correspondances.
class OfferMapping {
public:
    OfferMapping() = default;
    OfferMapping(const Table& table, const TableSchema& schema);

    /// What a category of a source becomes: by its own lines, else those of `*`.
    /// Null where there is no line: it is to be listed.
    [[nodiscard]] const std::vector<OfferTarget>* find(std::string_view source,
                                                       std::string_view category) const;

private:
    std::map<std::string, std::vector<OfferTarget>> targets_; ///< by folded source and code of category
};

/// The lines of Correspondances that are shipped (`templates/imports/correspondances.csv`), by
/// field name, with the thématiques of the départements or of the métropoles.
/// Throws Failure (bad_file).
[[nodiscard]] std::vector<std::map<std::string, Cell>> shipped_mapping(const std::filesystem::path& file,
                                                                       bool metropole);

/// The name of a file without its dates (`lieux 2025.csv`, `lieux_2026-03.csv`: `lieux.csv`): the
/// source that a list is of, when it is renewed under another date.
[[nodiscard]] std::string undated(const std::string& file_name);

/// A row of Offre as an import brings it.
struct OfferRow {
    std::string key;                    ///< source, id and thématique: the same from one import to the next
    std::map<std::string, Cell> values; ///< by field name
    std::string siret;
    std::string where; ///< in the file
};

/// The fields that an import brings and may update.
[[nodiscard]] const std::vector<std::string>& imported_fields();

/// A few characters a field: what the import wrote there. Where a cell is no
/// longer what they say, a person has changed it.
[[nodiscard]] std::string fingerprint_of(const std::map<std::string, Cell>& values);
/// Whether the cell is still what was written.
[[nodiscard]] bool is_untouched(const std::string& fingerprint, std::string_view field, const Cell& cell);

/// Another row that looks like the same place.
struct OfferTwin {
    std::size_t row = 0;
    std::size_t other = 0;
};

/// What the search for twins compares.
struct OfferPlace {
    std::string name;
    std::string siret;
    std::string source;
    std::string commune;
    std::optional<double> latitude;
    std::optional<double> longitude;
};

/// Places of two sources with the same SIRET, or at the same place (150 m, or the
/// same commune where one has no coordinates) with nearly the same name
/// (similarity ≥ 0.8). They are proposed, never merged.
[[nodiscard]] std::vector<OfferTwin> find_twins(const std::vector<OfferPlace>& places);

} // namespace pacte
