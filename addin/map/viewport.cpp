#include "map/viewport.hpp"

#include <algorithm>
#include <cmath>

namespace pacte::map {

Viewport::Viewport(const geo::Box& extent, const Rectangle& panel, Hundredths_mm margin) : panel_(panel)
{
    constexpr double smallest_extent_m = 1000.0;
    const auto& low = extent.min_corner();
    const auto& high = extent.max_corner();
    const double width = std::max(high.x() - low.x(), smallest_extent_m);
    const double height = std::max(high.y() - low.y(), smallest_extent_m);
    const double room_x = std::max(1, panel.width - 2 * margin);
    const double room_y = std::max(1, panel.height - 2 * margin);
    scale_ = std::min(room_x / width, room_y / height);
    centre_x_ = (low.x() + high.x()) / 2.0;
    centre_y_ = (low.y() + high.y()) / 2.0;
}

Position Viewport::to_page(const geo::Point& ground) const
{
    const auto middle = centre_of(panel_);
    // Far points are kept within what a sheet's coordinates can hold.
    const auto place = [](double offset) {
        return static_cast<Hundredths_mm>(std::lround(std::clamp(offset, -1e8, 1e8)));
    };
    return {middle.x + place((ground.x() - centre_x_) * scale_),
            middle.y - place((ground.y() - centre_y_) * scale_)};
}

bool contains(const Rectangle& outer, const Position& point)
{
    return point.x >= outer.x && point.y >= outer.y && point.x <= outer.x + outer.width &&
           point.y <= outer.y + outer.height;
}

bool contains(const Rectangle& outer, const Rectangle& inner)
{
    return contains(outer, Position{inner.x, inner.y}) &&
           contains(outer, Position{inner.x + inner.width, inner.y + inner.height});
}

bool overlap(const Rectangle& a, const Rectangle& b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

Rectangle grown(const Rectangle& box, Hundredths_mm by)
{
    return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

Rectangle around(const Position& centre, Hundredths_mm half_width, Hundredths_mm half_height)
{
    return {centre.x - half_width, centre.y - half_height, 2 * half_width, 2 * half_height};
}

Position centre_of(const Rectangle& box) { return {box.x + box.width / 2, box.y + box.height / 2}; }

} // namespace pacte::map
