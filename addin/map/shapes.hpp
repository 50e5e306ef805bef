#pragma once

#include <string>
#include <vector>

#include "map/drawing.hpp"
#include "map/text_metrics.hpp"

// The few kinds of shapes that the maps are made of.

namespace pacte::map {

struct Naming {
    std::string name;
    std::string title;
    std::string description;
};

[[nodiscard]] Stroke no_stroke();
[[nodiscard]] Stroke stroke(Color color, Hundredths_mm width);
/// Of an EPCI: white, but grey and thinner around what is white or hatched, where
/// white is not seen.
[[nodiscard]] Stroke border_of(const Fill& fill, Hundredths_mm width);

[[nodiscard]] Shape polygon(Naming naming, std::vector<Ring> rings, const Fill& fill, const Stroke& border);
[[nodiscard]] Shape line(Naming naming, std::vector<Position> points, const Stroke& border);
[[nodiscard]] Shape rectangle(Naming naming, const Rectangle& box, const Fill& fill, const Stroke& border);
[[nodiscard]] Shape ellipse(Naming naming, const Rectangle& box, const Fill& fill, const Stroke& border);

/// A text whose box is `width` wide and as high as its lines. Its title is the
/// text itself.
[[nodiscard]] Shape text(std::string name, std::string words, Position top_left, Hundredths_mm width,
                         const TextStyle& style);
[[nodiscard]] Hundredths_mm bottom_of(const Shape& shape);

} // namespace pacte::map
