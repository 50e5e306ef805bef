#include "map/maps.hpp"

#include "map/classification.hpp"
#include "map/figures.hpp"
#include "map/proportional.hpp"
#include "map/sheet.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

Drawing draw_classes(const NeedMap& map, Sheet& sheet, const std::vector<Quantity>& values)
{
    const Classification classes(values, map.variable, map.classes);
    paint_classes(sheet, classes, map.variable, values);
    std::vector<FigureRow> figures;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& row = sheet.rows()[i];
        figures.push_back(
            {row.code, row.name, {classes.value_in_words(values[i]), classes.bounds_in_words(values[i])}});
    }
    return sheet.finish({classes.legend()}, classes.method() + '.' + missing_in_words(values),
                        {column_title(map.variable), "Classe"}, std::move(figures));
}

Drawing draw_circles(const NeedMap& map, Sheet& sheet, const std::vector<Quantity>& values)
{
    const ProportionalCircles circles(values, sheet.surface(), {1300, 0.22});
    circles.draw(sheet, lower_first(map.variable.label), unit_of(map.variable));
    for (std::size_t i = 0; i < values.size(); ++i)
        sheet.paint(i, circles.land(values[i]),
                    lower_first(map.variable.label) + ' ' +
                        circles.in_words(values[i], unit_of(map.variable)));
    std::vector<FigureRow> figures;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& row = sheet.rows()[i];
        figures.push_back({row.code, row.name, {circles.in_words(values[i], unit_of(map.variable))}});
    }
    const auto vintage = map.variable.vintage.empty() ? std::string{} : ", " + map.variable.vintage;
    return sheet.finish(
        {circles.legend_on_land("legende:besoin", map.variable.label + vintage, unit_of(map.variable))},
        "la surface des cercles est proportionnelle à la valeur." + missing_in_words(values),
        {column_title(map.variable)}, std::move(figures));
}

} // namespace

Drawing draw(const NeedMap& map)
{
    Sheet sheet(map.frame, codes_and_names(map.figures));
    const auto values = values_by_row(sheet.rows(), map.figures);
    return is_count(map.variable) ? draw_circles(map, sheet, values) : draw_classes(map, sheet, values);
}

} // namespace pacte::map
