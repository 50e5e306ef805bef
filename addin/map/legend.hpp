#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "map/drawing.hpp"
#include "map/symbols.hpp"

// The legend as content (what is shown, in which order) and its drawing in a
// column, made smaller as a whole where it would not fit.

namespace pacte::map {

/// How a proportional circle looks: of the offer, of the need where the need is
/// a count too, of a negative value.
enum class CircleStyle { offer, need, negative };

struct LegendEntry {
    enum class Sign { surface, place, capital, circle };

    std::string name;  ///< of the sign's shape: `legende:classe:3`; its text is `…:texte`
    std::string label; ///< « de 10,2 à moins de 13,1 % »
    std::string note;  ///< a second line, smaller; may be empty
    Sign sign = Sign::surface;
    Fill fill;                      ///< of a surface
    Symbol symbol = Symbol::square; ///< of a place
    CircleStyle circle = CircleStyle::offer;
    std::optional<std::size_t> count;
};

struct LegendCircle {
    Hundredths_mm radius = 0;
    std::string label;
};

struct LegendBlock {
    std::string name; ///< `legende:besoin`
    std::string title;
    std::string count_header; ///< above the counts: « EPCI »
    std::vector<LegendEntry> entries;
    std::vector<LegendCircle> circles; ///< nested, the largest first
    CircleStyle circle_style = CircleStyle::offer;
    std::string note; ///< under the entries, small
};

[[nodiscard]] std::vector<Shape> draw_legend(const std::vector<LegendBlock>& blocks, const Rectangle& area);

/// How signs look, on the map as in the legend.
[[nodiscard]] Shape place_sign(std::string name, Symbol symbol, const Position& centre, Hundredths_mm radius,
                               bool hollow);
[[nodiscard]] Shape capital_sign(std::string name, const Position& centre);
[[nodiscard]] Shape circle_sign(std::string name, const Position& centre, Hundredths_mm radius,
                                CircleStyle style);
inline constexpr Hundredths_mm capital_radius = 45;

} // namespace pacte::map
