#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "map/drawing.hpp"

namespace pacte::map {

/// The symbols of the places, in the order in which types take them. Their forms
/// are apart in black and white.
enum class Symbol { square, triangle, diamond, cross, circle, triangle_down, star, hexagon };
inline constexpr std::size_t symbol_count = 8;

/// The outline, of about the same surface for all, `radius` being that of the
/// circle around a square.
[[nodiscard]] Ring outline_of(Symbol symbol, const Position& centre, Hundredths_mm radius);

/// `carré`, `triangle`… for descriptions.
[[nodiscard]] std::string name_of(Symbol symbol);

/// Moves apart, as little as can be, the points that are nearer to one another
/// than `distance`: the first keeps its place, each other goes to the nearest
/// free place on rings around its own, within `frame`. Deterministic.
[[nodiscard]] std::vector<Position> moved_apart(const std::vector<Position>& points, Hundredths_mm distance,
                                                const Rectangle& frame);

} // namespace pacte::map
