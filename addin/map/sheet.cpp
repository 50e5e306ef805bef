#include "map/sheet.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/error.hpp"
#include "geo/projection.hpp"
#include "map/palette.hpp"
#include "map/raster.hpp"
#include "map/scale_bar.hpp"
#include "map/shapes.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

constexpr Hundredths_mm map_margin = 350;
constexpr Hundredths_mm border_width = 30;
constexpr Hundredths_mm outline_width = 45;

const geo::ContourLayer& contours_of(const MapFrame& frame)
{
    if (frame.contours == nullptr || frame.contours->epcis.empty())
        throw Failure(Failure::Cause::bad_value,
                      "La carte « " + frame.title +
                          " » ne peut pas être dessinée : il n’y a aucun contour d’EPCI. Compléter les "
                          "points des communes (feuille Communes) ou importer des contours (menu Pacte).");
    return *frame.contours;
}

/// Contrast below which small text is hard to read (WCAG 2.1, level AA).
constexpr double least_contrast = 4.5;

bool dark_text_reads(const Fill& fill)
{
    return !is_hatched(fill) && contrast(fill.color, ink::label) >= least_contrast;
}

bool white_text_reads(const Fill& fill)
{
    return !is_hatched(fill) && contrast(fill.color, ink::white) >= least_contrast;
}

double surface_of(const Ring& ring)
{
    double twice = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        twice += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
    return std::abs(twice) / 2.0;
}

/// A second shape of one name gets `:2`, and so on.
void make_names_unique(std::vector<Shape>& shapes)
{
    std::map<std::string, int> times;
    for (auto& shape : shapes)
        if (const int time = ++times[shape.name]; time > 1)
            shape.name += ':' + std::to_string(time);
}

LegendBlock signs_block()
{
    LegendBlock block;
    block.name = "legende:signes";
    LegendEntry capital;
    capital.name = "legende:chef-lieu";
    capital.label = "chef-lieu";
    capital.sign = LegendEntry::Sign::capital;
    block.entries.push_back(std::move(capital));
    return block;
}

void append(std::vector<Shape>& shapes, std::vector<Shape> more)
{
    std::move(more.begin(), more.end(), std::back_inserter(shapes));
}

} // namespace

std::vector<MapRow> join(const std::vector<CodeAndName>& figures, const geo::ContourLayer& contours)
{
    std::map<std::string, std::size_t> contour_by_code;
    for (std::size_t i = 0; i < contours.epcis.size(); ++i)
        contour_by_code.emplace(contours.epcis[i].code, i);
    std::vector<MapRow> rows;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (!seen.insert(figures[i].code).second)
            continue;
        const auto found = contour_by_code.find(figures[i].code);
        const auto contour = found == contour_by_code.end() ? MapRow::none : found->second;
        rows.push_back({figures[i].code, figures[i].name, i, contour});
        if (rows.back().name.empty())
            rows.back().name = contour == MapRow::none ? figures[i].code : contours.epcis[contour].name;
    }
    for (std::size_t i = 0; i < contours.epcis.size(); ++i)
        if (seen.insert(contours.epcis[i].code).second)
            rows.push_back({contours.epcis[i].code, contours.epcis[i].name, MapRow::none, i});
    return rows;
}

Sheet::Sheet(const MapFrame& frame, const std::vector<CodeAndName>& figures)
    : frame_(frame), rows_(join(figures, contours_of(frame))), header_(header(frame)),
      view_(geo::envelope(contours_of(frame).epcis), header_.layout.map, map_margin),
      contours_(on_page(frame.contours->epcis, view_)), fills_(contours_.size(), land_fill())
{
    locate_capitals();
}

const PageContour* Sheet::contour(const MapRow& row) const
{
    return row.contour == MapRow::none ? nullptr : &contours_[row.contour];
}

double Sheet::surface() const
{
    double sum = 0.0;
    for (const auto& contour : contours_)
        for (const auto& ring : contour.rings)
            sum += surface_of(ring);
    return sum;
}

void Sheet::locate_capitals()
{
    const geo::Projection projection(frame_.contours->epsg);
    for (const auto& capital : frame_.capitals) {
        if (!capital.point)
            continue;
        const auto position = view_.to_page(projection.forward(*capital.point));
        if (!contains(grown(panel(), -capital_radius), position))
            continue;
        capitals_.push_back(&capital);
        capital_positions_.push_back(position);
    }
}

void Sheet::paint(std::size_t row, const Fill& fill, const std::string& description)
{
    const auto& painted = rows_[row];
    if (painted.contour == MapRow::none)
        return;
    fills_[painted.contour] = fill;
    surfaces_.push_back(polygon({"epci:" + painted.code, painted.name, painted.name + " : " + description},
                                contours_[painted.contour].rings, fill, border_of(fill, border_width)));
}

void Sheet::add_circles(const std::vector<CircleWish>& circles)
{
    for (const auto& circle : circles) {
        const auto& row = rows_[circle.row];
        if (row.contour == MapRow::none || circle.radius <= 0)
            continue;
        auto name = (circle.style == CircleStyle::need ? "cercle-besoin:" : "cercle:") + row.code;
        auto shape = circle_sign(std::move(name), contours_[row.contour].anchor, circle.radius, circle.style);
        shape.title = row.name;
        shape.description = row.name + " : " + circle.description;
        circles_.push_back(std::move(shape));
    }
    std::stable_sort(circles_.begin(), circles_.end(),
                     [](const Shape& a, const Shape& b) { return a.box.width > b.box.width; });
}

void Sheet::add_symbol(Shape symbol) { symbols_.push_back(std::move(symbol)); }

std::vector<Shape> Sheet::neighbours() const
{
    std::vector<Shape> shapes;
    for (const auto& neighbour : frame_.contours->neighbours) {
        auto rings = clipped(on_page(neighbour, view_).rings, panel());
        if (!rings.empty())
            shapes.push_back(polygon({"voisin:" + neighbour.code, neighbour.name, "Territoire voisin"},
                                     std::move(rings), solid(ink::neighbour_surface),
                                     stroke(ink::neighbour_line, 15)));
    }
    return shapes;
}

PanelRaster Sheet::raster() const
{
    PanelRaster raster(panel());
    for (std::size_t i = 0; i < contours_.size(); ++i)
        raster.add(static_cast<int>(i), contours_[i].rings);
    raster.prepare();
    return raster;
}

std::vector<LabelWish> Sheet::label_wishes() const
{
    constexpr std::size_t many = 30;
    const bool crowded = rows_.size() > many;
    const std::vector<double> epci_sizes =
        crowded ? std::vector<double>{7, 6.5, 6, 5.5} : std::vector<double>{8.5, 8, 7.5, 7, 6.5, 6};
    std::vector<LabelWish> wishes;
    for (const auto& row : rows_)
        if (const auto* shown = contour(row))
            wishes.push_back({row.code, with_common_spaces(row.name), shown->anchor,
                              static_cast<int>(row.contour), 0, epci_sizes});
    for (std::size_t i = 0; i < capitals_.size(); ++i)
        wishes.push_back({capitals_[i]->code,
                          with_common_spaces(capitals_[i]->name),
                          capital_positions_[i],
                          PanelRaster::nobody,
                          capital_radius,
                          {7.5, 7, 6.5, 6}});
    return wishes;
}

std::vector<Obstacle> Sheet::obstacles() const
{
    std::vector<Obstacle> all;
    for (const auto& circle : circles_)
        all.push_back({circle.box, true});
    for (const auto& symbol : symbols_)
        all.push_back({bounds_of(symbol.rings), false});
    for (const auto& capital : capital_positions_)
        all.push_back({around(capital, capital_radius, capital_radius), false});
    return all;
}

/// Dark on light surfaces, white on dark ones, and on a veil of white where the
/// name stands on hatches or on both.
TextStyle Sheet::label_style(const PlacedLabel& label, const PanelRaster& raster, Fill& box) const
{
    TextStyle style;
    style.size_pt = label.size_pt;
    style.align = Align::centre;
    style.color = ink::label;
    const auto owners = raster.under(label.box);
    const auto all = [&](bool (*reads)(const Fill&), bool outside) {
        return std::all_of(owners.begin(), owners.end(), [&](int owner) {
            return owner == PanelRaster::nobody ? outside : reads(fills_[static_cast<std::size_t>(owner)]);
        });
    };
    if (all(dark_text_reads, true) && !(label.has_leader && owners.back() != PanelRaster::nobody))
        return style;
    if (!label.has_leader && all(white_text_reads, false)) {
        style.color = ink::white;
        return style;
    }
    box = solid(ink::white);
    box.transparency_percent = 20;
    return style;
}

void Sheet::add_labels(std::vector<Shape>& shapes, const Labelling& labelling,
                       const PanelRaster& raster) const
{
    std::set<std::string> capital_codes;
    for (const auto* capital : capitals_)
        capital_codes.insert(capital->code);
    for (const auto& label : labelling.placed) {
        if (!label.has_leader)
            continue;
        const std::string words = "Trait de rappel";
        shapes.push_back(line({"filet:" + label.id, words, {}}, {label.leader_from, label.leader_to},
                              stroke(ink::text, 15)));
        if (!capital_codes.contains(label.id))
            shapes.push_back(ellipse({"filet:" + label.id + ":point", words, {}},
                                     around(label.leader_to, 35, 35), solid(ink::white),
                                     stroke(ink::text, 15)));
    }
    for (const auto& label : labelling.placed) {
        Fill box;
        auto style = label_style(label, raster, box);
        style.italic = capital_codes.contains(label.id);
        auto shape =
            text("etiquette:" + label.id, label.text, {label.box.x, label.box.y}, label.box.width, style);
        shape.fill = box;
        shapes.push_back(std::move(shape));
    }
}

std::string Sheet::what_is_missing(const Labelling& labelling) const
{
    std::string words;
    std::string without_contour;
    for (const auto& row : rows_)
        if (row.contour == MapRow::none)
            without_contour += (without_contour.empty() ? "" : ", ") + row.name;
    if (!without_contour.empty())
        words += " Sans contour, donc absent de la carte : " + without_contour + '.';
    if (const auto count = labelling.left_out.size(); count > 0)
        words += ' ' + counted(count, "nom n’a pas pu être placé", "noms n’ont pas pu être placés") +
                 " : voir le tableau.";
    return words;
}

Drawing Sheet::finish(std::vector<LegendBlock> legend, std::string method,
                      std::vector<std::string> figure_headers, std::vector<FigureRow> figures)
{
    const auto territories = raster();
    const auto labelling = place_labels(label_wishes(), obstacles(), territories);
    Drawing drawing;
    drawing.id = "carte:" + frame_.id;
    drawing.title = tab_title(frame_);
    drawing.page = printed_page;
    drawing.figure_headers = std::move(figure_headers);
    drawing.figures = std::move(figures);

    auto& shapes = drawing.shapes;
    shapes.push_back(
        rectangle({"fond", frame_.title, frame_.subtitle}, printed_page, solid(ink::white), no_stroke()));
    append(shapes, neighbours());
    // the grey borders over the white ones
    std::stable_partition(surfaces_.begin(), surfaces_.end(),
                          [](const Shape& shape) { return shape.stroke.color == ink::white; });
    append(shapes, std::move(surfaces_));
    shapes.push_back(polygon({"contour", "Contour du territoire", frame_.territory}, outline(contours_),
                             Fill{}, stroke(ink::outline, outline_width)));
    append(shapes, std::move(circles_));
    for (std::size_t i = 0; i < capitals_.size(); ++i) {
        shapes.push_back(capital_sign("chef-lieu:" + capitals_[i]->code, capital_positions_[i]));
        shapes.back().title = capitals_[i]->name;
        shapes.back().description = capitals_[i]->name + " : chef-lieu";
    }
    append(shapes, std::move(symbols_));
    add_labels(shapes, labelling, territories);
    append(shapes, std::move(header_.shapes));
    if (!capitals_.empty())
        legend.push_back(signs_block());
    append(shapes, draw_legend(legend, header_.layout.legend));

    const auto& strip = header_.layout.strip;
    append(shapes, north_arrow({strip.x, strip.y + strip.height - 890}));
    append(shapes, scale_bar(view_.hundredths_per_metre(), {strip.x + 1000, strip.y + strip.height - 460}));
    if (frame_.contours->schematic) {
        TextStyle style;
        style.size_pt = 8.5;
        style.italic = true;
        style.color = ink::muted;
        style.align = Align::right;
        constexpr Hundredths_mm width = 9000;
        shapes.push_back(
            text("schematique",
                 "Fond schématique : les formes et les surfaces\nne sont pas celles des territoires",
                 {strip.x + strip.width - width, strip.y + strip.height - 700}, width, style));
    }
    append(shapes, footer(frame_, method + what_is_missing(labelling)));
    make_names_unique(shapes);
    return drawing;
}

} // namespace pacte::map
