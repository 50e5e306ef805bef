#pragma once

#include "geo/contours.hpp"
#include "geo/measure.hpp"
#include "map/drawing.hpp"

namespace pacte::map {

/// From metres on the ground (north up) to hundredths of a millimetre on the
/// sheet (down from the top): one scale for both directions.
class Viewport {
public:
    /// Fits `extent` into `panel`, centred, `margin` away from its borders. An
    /// extent without surface is shown as a square of a kilometre.
    Viewport(const geo::Box& extent, const Rectangle& panel, Hundredths_mm margin);

    [[nodiscard]] Position to_page(const geo::Point& ground) const;
    [[nodiscard]] double hundredths_per_metre() const { return scale_; }
    [[nodiscard]] const Rectangle& panel() const { return panel_; }

private:
    double scale_ = 1.0;
    double centre_x_ = 0.0;
    double centre_y_ = 0.0;
    Rectangle panel_;
};

[[nodiscard]] bool contains(const Rectangle& outer, const Position& point);
[[nodiscard]] bool contains(const Rectangle& outer, const Rectangle& inner);
[[nodiscard]] bool overlap(const Rectangle& a, const Rectangle& b);
[[nodiscard]] Rectangle grown(const Rectangle& box, Hundredths_mm by);
[[nodiscard]] Rectangle around(const Position& centre, Hundredths_mm half_width, Hundredths_mm half_height);
[[nodiscard]] Position centre_of(const Rectangle& box);

} // namespace pacte::map
