#pragma once

#include <string>

#include "map/drawing.hpp"
#include "office/generated_drawing.hpp"

namespace pacte::commands {

/// `Carte – taux de pauvreté`, at most 31 characters and none that Calc refuses.
[[nodiscard]] std::string sheet_name_of(const map::Drawing& drawing);

/// One map, one sheet, one printed page: made, or made again in place. The
/// figures stand beside the map, outside the page.
office::Kept draw_map_sheet(office::UndoStep& step, office::Workbook& workbook, const map::Drawing& drawing);

} // namespace pacte::commands
