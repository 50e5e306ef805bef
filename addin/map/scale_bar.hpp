#pragma once

#include <vector>

#include "map/drawing.hpp"

namespace pacte::map {

/// The round length (1, 2 or 5 × a power of ten, in kilometres) whose bar is the
/// longest within `longest`.
[[nodiscard]] double round_length_km(double hundredths_per_metre, Hundredths_mm longest);

/// A bar in two halves, with 0, the half and the whole in kilometres (metres
/// below one kilometre); `left` is its left end, the figures stand above. Total
/// height 6 mm. Names `echelle:…`.
[[nodiscard]] std::vector<Shape> scale_bar(double hundredths_per_metre, Position left);

/// Names `nord` and `nord:lettre`; 5 mm wide, 9 mm high, `top_left` of that box.
/// North is that of the projection's grid.
[[nodiscard]] std::vector<Shape> north_arrow(Position top_left);

} // namespace pacte::map
