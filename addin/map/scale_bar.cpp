#include "map/scale_bar.hpp"

#include <cmath>
#include <string>

#include "map/palette.hpp"
#include "map/shapes.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

constexpr double figures_pt = 7.5;
constexpr Hundredths_mm bar_height = 110;
constexpr Hundredths_mm longest_bar = 4500;

TextStyle figure_style(Align align)
{
    TextStyle style;
    style.size_pt = figures_pt;
    style.color = ink::text;
    style.align = align;
    return style;
}

std::string length_in_words(double km, double unit_km)
{
    const double shown = km / unit_km;
    return fixed_number(shown, shown == std::floor(shown) ? 0 : 1);
}

} // namespace

double round_length_km(double hundredths_per_metre, Hundredths_mm longest)
{
    const double longest_km = longest / hundredths_per_metre / 1000.0;
    const double power = std::pow(10.0, std::floor(std::log10(longest_km)));
    for (const double factor : {5.0, 2.0})
        if (factor * power <= longest_km)
            return factor * power;
    return power;
}

std::vector<Shape> scale_bar(double hundredths_per_metre, Position left)
{
    const double km = round_length_km(hundredths_per_metre, longest_bar);
    const double unit_km = km < 1.0 ? 0.001 : 1.0;
    const std::string unit = km < 1.0 ? "m" : "km";
    const auto length = static_cast<Hundredths_mm>(std::lround(km * 1000.0 * hundredths_per_metre));
    const auto bar_top = left.y + line_height(figures_pt) + 40;
    const auto whole = with_unit(length_in_words(km, unit_km), unit);
    const std::string words = "Échelle : " + whole;

    std::vector<Shape> shapes;
    const auto half = [&](const std::string& name, Hundredths_mm x, Hundredths_mm width, Color color) {
        shapes.push_back(rectangle({name, "Échelle", words}, {x, bar_top, width, bar_height}, solid(color),
                                   stroke(ink::outline, 15)));
    };
    half("echelle:moitie:1", left.x, length / 2, ink::outline);
    half("echelle:moitie:2", left.x + length / 2, length - length / 2, ink::white);
    const auto figure = [&](const std::string& name, const std::string& shown, Hundredths_mm x) {
        constexpr Hundredths_mm width = 1400;
        shapes.push_back(text(name, shown, {x - width / 2, left.y}, width, figure_style(Align::centre)));
    };
    figure("echelle:0", "0", left.x);
    if (length >= 1600)
        figure("echelle:milieu", length_in_words(km / 2.0, unit_km), left.x + length / 2);
    figure("echelle:fin", whole, left.x + length);
    return shapes;
}

std::vector<Shape> north_arrow(Position top_left)
{
    constexpr Hundredths_mm width = 420;
    constexpr Hundredths_mm letter_height = 330;
    constexpr Hundredths_mm arrow_height = 560;
    const auto middle = top_left.x + width / 2;
    const auto top = top_left.y + letter_height;
    const std::string words = "Flèche du nord : le nord de la projection est en haut";
    auto letter_style = figure_style(Align::centre);
    letter_style.bold = true;

    std::vector<Shape> shapes;
    shapes.push_back(text("nord:lettre", "N", {top_left.x, top_left.y}, width, letter_style));
    shapes.push_back(polygon({"nord", "Nord", words},
                             {{{middle, top},
                               {top_left.x + width - 40, top + arrow_height},
                               {middle, top + arrow_height - 150},
                               {top_left.x + 40, top + arrow_height}}},
                             solid(ink::outline), no_stroke()));
    return shapes;
}

} // namespace pacte::map
