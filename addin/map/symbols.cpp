#include "map/symbols.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "map/viewport.hpp"

namespace pacte::map {

namespace {

Position turned(const Position& centre, double radius, double turns)
{
    const double angle = 2.0 * std::numbers::pi * turns;
    return {centre.x + static_cast<Hundredths_mm>(std::lround(radius * std::sin(angle))),
            centre.y - static_cast<Hundredths_mm>(std::lround(radius * std::cos(angle)))};
}

/// The first corner at the top, then clockwise; `start` in turns.
Ring regular(const Position& centre, double radius, int corners, double start)
{
    Ring ring;
    for (int i = 0; i < corners; ++i)
        ring.push_back(turned(centre, radius, start + static_cast<double>(i) / corners));
    return ring;
}

Ring star(const Position& centre, double radius)
{
    Ring ring;
    for (int i = 0; i < 10; ++i)
        ring.push_back(turned(centre, i % 2 == 0 ? radius : radius * 0.45, i / 10.0));
    return ring;
}

Ring cross(const Position& centre, double radius)
{
    const auto arm = static_cast<Hundredths_mm>(std::lround(radius));
    const auto half = static_cast<Hundredths_mm>(std::lround(radius * 0.34));
    const auto at = [&](Hundredths_mm x, Hundredths_mm y) { return Position{centre.x + x, centre.y + y}; };
    return {at(-half, -arm), at(half, -arm), at(half, -half), at(arm, -half),
            at(arm, half),   at(half, half), at(half, arm),   at(-half, arm),
            at(-half, half), at(-arm, half), at(-arm, -half), at(-half, -half)};
}

bool is_free(const Position& point, const std::vector<Position>& taken, Hundredths_mm distance)
{
    const auto least = static_cast<std::int64_t>(distance) * distance;
    return std::none_of(taken.begin(), taken.end(), [&](const Position& other) {
        const auto dx = static_cast<std::int64_t>(point.x) - other.x;
        const auto dy = static_cast<std::int64_t>(point.y) - other.y;
        return dx * dx + dy * dy < least;
    });
}

Position nearest_free(const Position& point, const std::vector<Position>& taken, Hundredths_mm distance,
                      const Rectangle& frame)
{
    constexpr int most_rings = 24;
    if (is_free(point, taken, distance))
        return point;
    for (int ring = 1; ring <= most_rings; ++ring) {
        const double radius = ring * distance / 2.0 + 1.0;
        const int places = 8 * ring;
        for (int i = 0; i < places; ++i) {
            const auto candidate = turned(point, radius, 0.25 + static_cast<double>(i) / places);
            if (contains(frame, candidate) && is_free(candidate, taken, distance))
                return candidate;
        }
    }
    return point;
}

} // namespace

Ring outline_of(Symbol symbol, const Position& centre, Hundredths_mm radius)
{
    const double r = radius;
    switch (symbol) {
    case Symbol::square:
        return regular(centre, r * 1.08, 4, 0.125);
    case Symbol::triangle:
        return regular(centre, r * 1.18, 3, 0.0);
    case Symbol::diamond:
        return regular(centre, r * 1.12, 4, 0.0);
    case Symbol::cross:
        return cross(centre, r);
    case Symbol::circle:
        return regular(centre, r * 0.9, 24, 0.0);
    case Symbol::triangle_down:
        return regular(centre, r * 1.18, 3, 0.5);
    case Symbol::star:
        return star(centre, r * 1.2);
    case Symbol::hexagon:
        break;
    }
    return regular(centre, r, 6, 0.0);
}

std::string name_of(Symbol symbol)
{
    switch (symbol) {
    case Symbol::square:
        return "carré";
    case Symbol::triangle:
        return "triangle";
    case Symbol::diamond:
        return "losange";
    case Symbol::cross:
        return "croix";
    case Symbol::circle:
        return "rond";
    case Symbol::triangle_down:
        return "triangle renversé";
    case Symbol::star:
        return "étoile";
    case Symbol::hexagon:
        break;
    }
    return "hexagone";
}

std::vector<Position> moved_apart(const std::vector<Position>& points, Hundredths_mm distance,
                                  const Rectangle& frame)
{
    std::vector<Position> moved;
    moved.reserve(points.size());
    for (const auto& point : points)
        moved.push_back(nearest_free(point, moved, distance, frame));
    return moved;
}

} // namespace pacte::map
