#pragma once

#include <cstdint>
#include <string>

#include "map/drawing.hpp"
#include "office/workbook.hpp"

namespace pacte::office {

/// A small column chart of one indicator: a target and a reached value a year,
/// live on the cells of its sheet.
struct IndicatorChart {
    std::string title;
    map::Rectangle place;
    std::int32_t first_column = 0; ///< of the years
    std::int32_t last_column = 0;
    std::int32_t years_row = 0;
    std::int32_t targets_row = 0; ///< the row below holds the values reached
};

void add_indicator_chart(const Reference<css::sheet::XSpreadsheet>& sheet, const IndicatorChart& chart);
void remove_indicator_chart(const Reference<css::sheet::XSpreadsheet>& sheet);

} // namespace pacte::office
