#include "map/frame.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "geo/projection.hpp"
#include "map/palette.hpp"
#include "map/shapes.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

constexpr Hundredths_mm footer_top = 17420;
constexpr Hundredths_mm legend_width = 7200;
constexpr Hundredths_mm strip_height = 1000;
constexpr Hundredths_mm date_width = 4200;

TextStyle styled(double size_pt, Color color, bool bold = false)
{
    TextStyle style;
    style.size_pt = size_pt;
    style.bold = bold;
    style.color = color;
    return style;
}

/// The largest of `sizes_pt` at which the text holds within `height`, else the
/// last one.
double fitting_size(const std::string& words, Hundredths_mm width, Hundredths_mm height, bool bold,
                    const std::vector<double>& sizes_pt)
{
    for (const double size_pt : sizes_pt) {
        const auto size = text_size(wrap(words, width, size_pt, bold), size_pt, bold);
        if (size.height <= height && size.width <= width)
            return size_pt;
    }
    return sizes_pt.back();
}

std::string subtitle_of(const MapFrame& frame)
{
    const bool named = fold(frame.title + frame.subtitle).find(fold(frame.territory)) != std::string::npos;
    if (named || frame.territory.empty())
        return frame.subtitle;
    return frame.subtitle.empty() ? frame.territory : frame.territory + " – " + frame.subtitle;
}

/// A sentence ends with one full stop.
std::string sentence(std::string words)
{
    words = trim(words);
    if (!words.empty() && !words.ends_with('.') && !words.ends_with('!') && !words.ends_with('?'))
        words += '.';
    return words;
}

std::string geography_of(const geo::ContourLayer& contours)
{
    const bool says_schematic = fold(contours.source).find("schematique") != std::string::npos;
    std::string words = "Fond : ";
    if (contours.schematic && !says_schematic)
        words += contours.source.empty() ? "fond schématique" : "fond schématique, ";
    words += says_schematic ? lower_first(contours.source) : contours.source;
    if (!contours.schematic && contours.source.empty())
        words += "source à compléter";
    if (!contours.geography.empty())
        words += " ; " + contours.geography;
    return sentence(words + " ; projection " + geo::Projection(contours.epsg).name() +
                    " (EPSG:" + std::to_string(contours.epsg) + ")");
}

} // namespace

Header header(const MapFrame& frame)
{
    const auto width = printed_page.width;
    Header made;
    const double title_pt =
        fitting_size(frame.title, width, 1500, true, {18, 16, 14, 12, 11, 10, 9, 8, 7, 6});
    made.shapes.push_back(text("titre", wrap(frame.title, width, title_pt, true), {0, 0}, width,
                               styled(title_pt, ink::title, true)));
    auto y = bottom_of(made.shapes.back());
    if (const auto subtitle = subtitle_of(frame); !subtitle.empty()) {
        const double size_pt = fitting_size(subtitle, width, 1000, false, {11, 10, 9, 8, 7, 6});
        made.shapes.push_back(text("sous-titre", wrap(subtitle, width, size_pt), {0, y + 60}, width,
                                   styled(size_pt, ink::muted)));
        y = bottom_of(made.shapes.back());
    }
    y += 120;
    made.shapes.push_back(line({"filet-titre", {}, {}}, {{0, y}, {width, y}}, stroke(ink::title, 20)));
    const auto top = y + 330;
    const auto bottom = footer_top - 250;
    const auto map_width = width - legend_width - 500;
    made.layout.map = {0, top, map_width, bottom - strip_height - top};
    made.layout.strip = {0, bottom - strip_height, map_width, strip_height};
    made.layout.legend = {width - legend_width, top, legend_width, bottom - top};
    return made;
}

std::vector<Shape> footer(const MapFrame& frame, const std::string& method)
{
    const auto width = printed_page.width - date_width - 500;
    const auto height = printed_page.height - footer_top - 120;
    const std::vector<std::pair<std::string, std::string>> parts = {
        {"source", sentence("Source : " + (frame.source.empty() ? "à compléter" : frame.source))},
        {"methode", sentence("Méthode : " + trim(method))},
        {"geographie", geography_of(*frame.contours)}};
    const std::vector<double> sizes_pt = {7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4, 3.5, 3};
    const std::string all = parts[0].second + '\n' + parts[1].second + '\n' + parts[2].second;
    const double size_pt = fitting_size(all, width, height, false, sizes_pt);

    std::vector<Shape> shapes;
    shapes.push_back(line({"filet-pied", {}, {}}, {{0, footer_top}, {printed_page.width, footer_top}},
                          stroke(ink::rule, 15)));
    auto y = footer_top + 110;
    for (const auto& [name, words] : parts) {
        shapes.push_back(text(name, wrap(words, width, size_pt), {0, y}, width, styled(size_pt, ink::muted)));
        y = bottom_of(shapes.back());
    }
    auto right = styled(7.5, ink::muted);
    right.align = Align::right;
    const auto date = frame.date.empty() ? std::string("Date à compléter") : "Carte établie le " + frame.date;
    shapes.push_back(text("date", wrap(date, date_width, right.size_pt),
                          {printed_page.width - date_width, footer_top + 110}, date_width, right));
    return shapes;
}

std::string tab_title(const MapFrame& frame)
{
    constexpr std::size_t longest = 20;
    const auto& words = frame.sheet_title.empty() ? frame.title : frame.sheet_title;
    std::size_t letters = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool starts_letter = (static_cast<unsigned char>(words[i]) & 0xC0U) != 0x80U;
        if (starts_letter && letters++ == longest)
            return trim(words.substr(0, i));
    }
    return words;
}

} // namespace pacte::map
