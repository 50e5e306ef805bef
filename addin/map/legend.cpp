#include "map/legend.hpp"

#include <algorithm>
#include <cmath>

#include "map/palette.hpp"
#include "map/shapes.hpp"
#include "map/viewport.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

/// Writes blocks from the top of the area down, all lengths multiplied by one
/// scale.
class Column {
public:
    Column(const Rectangle& area, double scale) : area_(area), scale_(scale), y_(area.y) {}

    void add(const LegendBlock& block)
    {
        if (!shapes_.empty())
            y_ += length(330);
        add_title(block);
        if (!block.circles.empty())
            add_circles(block);
        for (const auto& entry : block.entries)
            add_entry(entry);
        if (!block.note.empty())
            add_text(block.name + ":note", block.note, area_.x, area_.width,
                     style(7.0, ink::muted, false, true));
    }

    [[nodiscard]] bool fits() const { return y_ <= area_.y + area_.height; }
    [[nodiscard]] std::vector<Shape> take() { return std::move(shapes_); }

private:
    [[nodiscard]] Hundredths_mm length(double at_full_scale) const
    {
        return static_cast<Hundredths_mm>(std::lround(at_full_scale * scale_));
    }

    [[nodiscard]] TextStyle style(double size_pt, Color color, bool bold = false, bool italic = false,
                                  Align align = Align::left) const
    {
        TextStyle made;
        made.size_pt = std::round(size_pt * scale_ * 4.0) / 4.0;
        made.bold = bold;
        made.italic = italic;
        made.color = color;
        made.align = align;
        return made;
    }

    void add_text(const std::string& name, const std::string& words, Hundredths_mm x, Hundredths_mm width,
                  const TextStyle& made)
    {
        shapes_.push_back(text(name, wrap(words, width, made.size_pt, made.bold), {x, y_}, width, made));
        y_ = bottom_of(shapes_.back());
    }

    void add_title(const LegendBlock& block)
    {
        const auto made = style(7.0, ink::muted, false, false, Align::right);
        const auto count_width =
            block.count_header.empty() ? 0 : text_size(block.count_header, made.size_pt).width + length(60);
        const auto top = y_;
        if (!block.title.empty())
            add_text(block.name + ":titre", block.title, area_.x, area_.width - count_width - length(100),
                     style(9.5, ink::text, true));
        if (count_width > 0) {
            const auto at = std::max(top, y_ - line_height(made.size_pt) - length(20));
            shapes_.push_back(text(block.name + ":effectifs", block.count_header,
                                   {area_.x + area_.width - count_width, at}, count_width, made));
        }
        if (!block.title.empty())
            y_ += length(120);
    }

    void add_entry(const LegendEntry& entry)
    {
        const auto label_style = style(8.5, ink::text);
        const auto note_style = style(7.0, ink::muted);
        const auto sign_width = entry.sign == LegendEntry::Sign::surface ? length(800) : length(420);
        const auto text_x = area_.x + sign_width + length(220);
        const auto count_width = entry.count ? length(700) : 0;
        const auto text_width_left = area_.x + area_.width - text_x - count_width;
        const auto label = wrap(entry.label, text_width_left, label_style.size_pt);
        const auto note =
            entry.note.empty() ? std::string{} : wrap(entry.note, text_width_left, note_style.size_pt);
        const auto label_height = text_size(label, label_style.size_pt).height;
        const auto note_height = note.empty() ? 0 : text_size(note, note_style.size_pt).height;
        const auto sign_height = length(430);
        const auto height = std::max(sign_height, label_height + note_height);

        const auto described = entry.label + (entry.note.empty() ? "" : " (" + entry.note + ")");
        const auto first_line_middle =
            note.empty() ? y_ + height / 2 : y_ + std::max(sign_height, label_height) / 2;
        add_sign(entry, {area_.x, first_line_middle - sign_height / 2, sign_width, sign_height}, described);
        auto text_y = y_ + (height - label_height - note_height) / 2;
        shapes_.push_back(text(entry.name + ":texte", label, {text_x, text_y}, text_width_left, label_style));
        text_y += label_height;
        if (!note.empty())
            shapes_.push_back(
                text(entry.name + ":note", note, {text_x, text_y}, text_width_left, note_style));
        if (entry.count) {
            const auto made = style(8.5, ink::text, false, false, Align::right);
            shapes_.push_back(
                text(entry.name + ":effectif", fixed_number(static_cast<double>(*entry.count), 0),
                     {area_.x + area_.width - count_width, first_line_middle - line_height(made.size_pt) / 2},
                     count_width, made));
        }
        y_ += height + length(110);
    }

    void add_sign(const LegendEntry& entry, const Rectangle& box, const std::string& described)
    {
        const auto centre = centre_of(box);
        switch (entry.sign) {
        case LegendEntry::Sign::surface:
            shapes_.push_back(rectangle({}, box, entry.fill, stroke(ink::outline, 15)));
            break;
        case LegendEntry::Sign::place:
            shapes_.push_back(place_sign({}, entry.symbol, centre, length(140), false));
            break;
        case LegendEntry::Sign::circle:
            shapes_.push_back(circle_sign({}, centre, length(200), entry.circle));
            break;
        case LegendEntry::Sign::capital:
            shapes_.push_back(capital_sign({}, centre));
            break;
        }
        shapes_.back().name = entry.name;
        shapes_.back().title = "Légende : " + described;
    }

    /// All stand on the same bottom; a thin line goes from the top of each to its
    /// figure.
    void add_circles(const LegendBlock& block)
    {
        const auto made = style(8.5, ink::text);
        const auto row = line_height(made.size_pt);
        const auto largest = block.circles.front().radius;
        const auto height =
            std::max(2 * largest, row * static_cast<Hundredths_mm>(block.circles.size())) + row / 2;
        const auto bottom = y_ + height;
        const auto text_x = area_.x + 2 * largest + length(500);
        auto text_y = y_ - row;
        for (std::size_t i = 0; i < block.circles.size(); ++i) {
            const auto& circle = block.circles[i];
            const auto name = block.name + ":cercle:" + std::to_string(i + 1);
            const Position centre{area_.x + largest, bottom - circle.radius};
            const auto top = bottom - 2 * circle.radius;
            const auto left_below = static_cast<Hundredths_mm>(block.circles.size() - 1 - i) * row;
            text_y = std::min(std::max(text_y + row, top - row / 2), bottom - row - left_below);
            shapes_.push_back(circle_sign(name, centre, circle.radius, block.circle_style));
            shapes_.back().title = "Légende : cercle de " + circle.label;
            shapes_.push_back(line({name + ":filet", {}, {}},
                                   {{centre.x, top},
                                    {text_x - length(250), text_y + row / 2},
                                    {text_x - length(80), text_y + row / 2}},
                                   stroke(ink::muted, 10)));
            shapes_.push_back(
                text(name + ":texte", circle.label, {text_x, text_y}, area_.x + area_.width - text_x, made));
        }
        y_ = bottom + length(120);
    }

    Rectangle area_;
    double scale_;
    Hundredths_mm y_;
    std::vector<Shape> shapes_;
};

} // namespace

std::vector<Shape> draw_legend(const std::vector<LegendBlock>& blocks, const Rectangle& area)
{
    constexpr double smallest_scale = 0.5;
    for (int step = 0;; ++step) {
        const double scale = 1.0 - 0.05 * step;
        Column column(area, scale);
        for (const auto& block : blocks)
            column.add(block);
        if (column.fits() || scale <= smallest_scale)
            return column.take();
    }
}

Shape place_sign(std::string name, Symbol symbol, const Position& centre, Hundredths_mm radius, bool hollow)
{
    return polygon({std::move(name), {}, {}}, {outline_of(symbol, centre, radius)},
                   solid(hollow ? ink::white : ink::text),
                   hollow ? stroke(ink::text, 25) : stroke(ink::white, 15));
}

Shape capital_sign(std::string name, const Position& centre)
{
    return ellipse({std::move(name), {}, {}}, around(centre, capital_radius, capital_radius),
                   solid(ink::white), stroke(ink::text, 25));
}

Shape circle_sign(std::string name, const Position& centre, Hundredths_mm radius, CircleStyle style)
{
    const bool offer = style == CircleStyle::offer;
    auto fill = solid(offer ? ink::circle : style == CircleStyle::need ? ink::need_circle : ink::white);
    fill.transparency_percent = offer ? 15 : 30;
    return ellipse({std::move(name), {}, {}}, around(centre, radius, radius), fill,
                   offer ? stroke(ink::white, 20) : stroke(ink::text, 20));
}

} // namespace pacte::map
