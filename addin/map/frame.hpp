#pragma once

#include <string>
#include <vector>

#include "map/drawing.hpp"
#include "map/maps.hpp"

// What stands around the map on its page: title, subtitle, small print; and the
// places that are left for the map and its legend.

namespace pacte::map {

/// Landscape A4 with margins of 1 cm.
inline constexpr Rectangle printed_page{0, 0, 27700, 19000};

struct PageLayout {
    Rectangle map;    ///< contours and names
    Rectangle strip;  ///< under the map: north, scale
    Rectangle legend; ///< the column on the right
};

struct Header {
    std::vector<Shape> shapes; ///< `titre`, `sous-titre`, `filet-titre`
    PageLayout layout;
};

/// A title that is too long is written smaller and on two or three lines: it is
/// never cut.
[[nodiscard]] Header header(const MapFrame& frame);

/// Small print at the bottom: `source`, `methode`, `geographie`, `date`.
[[nodiscard]] std::vector<Shape> footer(const MapFrame& frame, const std::string& method);

/// The name of the sheet's tab: at most 20 characters.
[[nodiscard]] std::string tab_title(const MapFrame& frame);

} // namespace pacte::map
