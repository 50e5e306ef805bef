#include "map/maps.hpp"

#include "map/page_contours.hpp"
#include "map/palette.hpp"
#include "map/shapes.hpp"
#include "map/sheet.hpp"
#include "map/status_paint.hpp"
#include "map/viewport.hpp"

namespace pacte::map {

std::vector<Shape> draw_mini(const StatusMap& map, const Rectangle& box)
{
    constexpr Hundredths_mm margin = 20;
    constexpr Hundredths_mm border_width = 12;
    constexpr Hundredths_mm outline_width = 20;
    std::vector<Shape> shapes;
    if (map.frame.contours == nullptr || map.frame.contours->epcis.empty())
        return shapes;
    const auto& layer = *map.frame.contours;
    const Viewport view(geo::envelope(layer.epcis), box, margin);
    const auto contours = on_page(layer.epcis, view);
    for (const auto& row : join(codes_and_names(map.epcis), layer)) {
        if (row.contour == MapRow::none)
            continue;
        const auto* cell = cell_of(map, row);
        auto fill = status_fill(cell);
        fill.spacing /= 2;
        shapes.push_back(
            polygon({"mini:epci:" + row.code, row.name, row.name + " : " + status_in_words(cell)},
                    contours[row.contour].rings, fill, border_of(fill, border_width)));
    }
    shapes.push_back(polygon({"mini:contour", "Contour du territoire", map.frame.territory},
                             outline(contours), Fill{}, stroke(ink::outline, outline_width)));
    return shapes;
}

} // namespace pacte::map
