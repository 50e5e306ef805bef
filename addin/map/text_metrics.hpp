#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "map/drawing.hpp"

// How wide a text is, without a font at hand: the advance widths of Liberation
// Sans, which are those of Arial and Helvetica, so that a line fits whichever of
// them the agent's machine has.

namespace pacte::map {

/// Height of a line of text, in hundredths of a millimetre: 1.15 em, ascent,
/// descent and line gap of Liberation Sans.
[[nodiscard]] Hundredths_mm line_height(double size_pt);

/// Width of one line, kerning ignored.
[[nodiscard]] Hundredths_mm text_width(std::string_view text, double size_pt, bool bold = false);

/// Width of the widest line and height of all of them; `\n` parts the lines.
struct TextSize {
    Hundredths_mm width = 0;
    Hundredths_mm height = 0;
};
[[nodiscard]] TextSize text_size(std::string_view text, double size_pt, bool bold = false);

/// Breaks at spaces so that no line is wider than `width`, but not before `%`, `»`
/// or `:`. A word wider than that stays whole on its own line.
[[nodiscard]] std::string wrap(std::string_view text, Hundredths_mm width, double size_pt, bool bold = false);

/// The name on exactly `lines` lines (or fewer, where it has fewer words), as
/// even as can be: breaks after a space or a hyphen, and rather not after « de »,
/// « du », « CC »…
[[nodiscard]] std::string balance(std::string_view name, int lines, double size_pt, bool bold = false);

/// Narrow no-break spaces, which Liberation Sans and Arial lack, become no-break
/// spaces.
[[nodiscard]] std::string with_common_spaces(std::string_view text);

} // namespace pacte::map
