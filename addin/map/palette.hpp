#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/coverage.hpp"
#include "core/rows.hpp"
#include "map/drawing.hpp"

// Colours of the maps. All are computed here in CIELAB (D65): the steps of a
// sequential palette are even in perceived lightness (L*), so that a class stays
// apart from the next one for a colour-blind reader and on a grey print. What
// lightness alone cannot tell apart is told by a hatch.

namespace pacte::map {

/// CIELAB, D65 white.
struct Lab {
    double lightness = 0.0; ///< L*, 0 (black) to 100 (white)
    double a = 0.0;
    double b = 0.0;
};

[[nodiscard]] Lab to_lab(Color color);
/// The nearest colour of the same lightness and hue that a screen can show.
[[nodiscard]] Color from_lab(Lab lab);
/// Contrast of two colours, 1 to 21 (WCAG 2.1, relative luminance).
[[nodiscard]] double contrast(Color a, Color b);

enum class Hue { ocre, bleu, vert, violet, gris };

/// `classes` colours from light (low) to dark (high), evenly; up to 9 of them are
/// at least 6.8 of L* apart.
[[nodiscard]] std::vector<Color> sequential(Hue hue, int classes);

/// Fills around a centre: `below` classes under it (violet, hatched, so that the
/// two sides stay apart in grey), one neutral class where `straddling`, `above`
/// classes over it (ocre). In the order of the values.
[[nodiscard]] std::vector<Fill> diverging(int below, bool straddling, int above);

/// 3 × 3: `need` 0 to 2 darkens the ocre, `coverage` 0 to 2 (2: the least covered)
/// adds a hatch that thickens.
[[nodiscard]] Fill bivariate(int need, int coverage);

/// Up to 8 surfaces without order, apart by hue, by lightness or by hatch.
[[nodiscard]] std::vector<Fill> categorical(int count);

[[nodiscard]] Fill solid(Color color);
[[nodiscard]] bool is_hatched(const Fill& fill);
[[nodiscard]] Fill fill_of(CoverageStatus status);
[[nodiscard]] Fill zero_fill();
[[nodiscard]] Fill unknown_fill();
[[nodiscard]] Fill secret_fill();
[[nodiscard]] Fill land_fill(); ///< an EPCI under circles

/// Colours of what is not a surface.
namespace ink {
inline constexpr Color title{0x000091}; ///< bleu de l'État
inline constexpr Color text{0x1E1E1E};
inline constexpr Color label{0x0A0A0A}; ///< on a surface: it or white reads on any of them
inline constexpr Color muted{0x5A5A5A};
inline constexpr Color white{0xFFFFFF};
inline constexpr Color outline{0x3A3A3A};
inline constexpr Color border_of_pale{0x9A9A9A}; ///< of surfaces on which white is not seen
inline constexpr Color rule{0xBDBDBD};
inline constexpr Color circle{0x2A4FA0};      ///< of an offer
inline constexpr Color need_circle{0xE3A257}; ///< of a need
inline constexpr Color neighbour_line{0xC4C4C4};
inline constexpr Color neighbour_surface{0xF4F4F2};
} // namespace ink

/// What `palette` of Paramètres says.
struct PaletteChoice {
    bool diverging = false;
    double centre = 0.0; ///< of a diverging palette
    Hue hue = Hue::ocre;
};

/// `automatique` or nothing: ocre where an increase is unfavourable, bleu where
/// it is favourable, diverging around 0 where the figures have both signs. Else
/// the name of a hue, or `divergente`, with its centre: `divergente 13,1`.
/// Throws Failure (bad_value) for another name.
[[nodiscard]] PaletteChoice read_palette(std::string_view text, const Variable& variable, bool both_signs);

} // namespace pacte::map
