#pragma once

#include <cstdint>
#include <string>
#include <vector>

// A map as a value: what the office will draw, in hundredths of a millimetre
// from the top left corner of the sheet. Knows nothing of the office.

namespace pacte::map {

using Hundredths_mm = std::int32_t;

struct Position {
    Hundredths_mm x = 0;
    Hundredths_mm y = 0;

    friend bool operator==(const Position&, const Position&) = default;
};

using Ring = std::vector<Position>; ///< closed by itself: the first point is not repeated

struct Rectangle {
    Hundredths_mm x = 0;
    Hundredths_mm y = 0;
    Hundredths_mm width = 0;
    Hundredths_mm height = 0;

    friend bool operator==(const Rectangle&, const Rectangle&) = default;
};

struct Color {
    std::uint32_t rgb = 0x000000;

    friend bool operator==(const Color&, const Color&) = default;
};

/// Hatches are single lines at 45°, 135° and 0°, or lines at 45° and 135° crossed.
enum class Pattern { none, solid, hatch_45, hatch_135, hatch_cross, hatch_horizontal };

struct Fill {
    Pattern pattern = Pattern::none;
    Color color; ///< of the surface; under a hatch, the background
    Color line;  ///< of the hatch's lines
    int transparency_percent = 0;
    Hundredths_mm spacing = 120; ///< between two lines of a hatch
};

struct Stroke {
    bool visible = true;
    Color color;
    Hundredths_mm width = 10;
    bool dashed = false;
};

enum class Align { left, centre, right };

struct TextStyle {
    double size_pt = 9.0;
    bool bold = false;
    bool italic = false;
    Color color;
    Align align = Align::left;
};

enum class ShapeKind {
    polygon,   ///< `rings`: outer and inner ones, even–odd
    polyline,  ///< `rings`, open
    ellipse,   ///< `box`
    rectangle, ///< `box`
    /// `text` in `box`, no autogrow, no inner margin, from the top; not wrapped
    /// unless `wrap`; `\n` parts the lines. Liberation Sans, single spacing. The
    /// box holds the text exactly. `fill` and `stroke` are those of the box.
    text,
};

struct Shape {
    std::string name;        ///< stable: `epci:200073419`, `etiquette:200073419`, `legende:classe:3`
    std::string title;       ///< for screen readers and the Navigator
    std::string description; ///< the figure in words
    ShapeKind kind = ShapeKind::polygon;
    std::vector<Ring> rings;
    Rectangle box;
    Fill fill;
    Stroke stroke;
    std::string text;
    TextStyle text_style;
    bool wrap = false;
};

/// A figure shown by the map, for the table printed beside it.
struct FigureRow {
    std::string code;
    std::string name;
    std::vector<std::string> values; ///< one a column of Drawing::figure_headers, French writing
};

struct Drawing {
    std::string id;            ///< stable: `carte:taux-pauvrete`
    std::string title;         ///< of the sheet, after `Carte – `; at most 20 characters
    Rectangle page;            ///< the printable area
    std::vector<Shape> shapes; ///< in the order they are drawn
    std::vector<std::string> figure_headers;
    std::vector<FigureRow> figures;
};

} // namespace pacte::map
