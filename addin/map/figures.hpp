#pragma once

#include <string>
#include <vector>

#include "core/quantity.hpp"
#include "map/classification.hpp"
#include "map/maps.hpp"
#include "map/sheet.hpp"

// What the maps of a need share: its figures row by row, and their surfaces.

namespace pacte::map {

[[nodiscard]] std::vector<CodeAndName> codes_and_names(const std::vector<EpciFigure>& figures);

/// One a row of the sheet; unknown where the row has no figure.
[[nodiscard]] std::vector<Quantity> values_by_row(const std::vector<MapRow>& rows,
                                                  const std::vector<EpciFigure>& figures);

/// As a choropleth: « taux de pauvreté 11,3 % (classe 2 sur 5) ».
void paint_classes(Sheet& sheet, const Classification& classes, const Variable& variable,
                   const std::vector<Quantity>& values);

/// How many EPCI have no figure and why, in sentences that follow a sentence;
/// empty where all are known.
[[nodiscard]] std::string missing_in_words(const std::vector<Quantity>& values);

/// `Taux de pauvreté (%)`: the head of its column.
[[nodiscard]] std::string column_title(const Variable& variable);

[[nodiscard]] bool is_count(const Variable& variable); ///< never a choropleth

} // namespace pacte::map
