#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "core/cog.hpp"
#include "geo/contours.hpp"
#include "geo/mosaic.hpp"
#include "geo/polygons.hpp"
#include "geo/projection.hpp"
#include "map/maps.hpp"

// Territories for the tests of the maps: made by hand, shipped, or real.

namespace pacte::map::test {

inline geo::MultiPolygon square(double left, double bottom, double side)
{
    geo::MultiPolygon shape;
    auto& outer = shape.emplace_back().outer();
    for (const auto& [x, y] : {std::pair{0.0, 0.0}, {0.0, side}, {side, side}, {side, 0.0}, {0.0, 0.0}})
        outer.emplace_back(left + x, bottom + y);
    return shape;
}

inline std::string code_of(std::size_t number) { return std::to_string(200000000 + number); }

/// Squares of 10 km, `columns` a row, in Lambert-93.
inline geo::ContourLayer grid(std::size_t count, std::size_t columns)
{
    constexpr double side = 10'000.0;
    geo::ContourLayer layer;
    layer.source = "contours inventés";
    for (std::size_t i = 0; i < count; ++i)
        layer.epcis.push_back({code_of(i), "CC Essai " + std::to_string(i),
                               square(700'000.0 + side * static_cast<double>(i % columns),
                                      6'400'000.0 + side * static_cast<double>(i / columns), side)});
    return layer;
}

/// The hexagons of a département of the COG that is shipped.
inline geo::ContourLayer mosaic_of(const std::string& departement)
{
    static const Cog cog = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    std::vector<Epci> epcis;
    std::vector<CommuneRow> communes;
    for (const EpciRecord* record : cog.epcis_of(departement)) {
        Epci epci;
        epci.code = record->siren;
        epci.name = record->name;
        epcis.push_back(epci);
        for (const Commune* commune : cog.members(record->siren))
            communes.push_back({commune->code, commune->name, record->siren,
                                static_cast<double>(commune->population), commune->point});
    }
    return geo::mosaic(epcis, communes, geo::legal_epsg(departement));
}

inline geo::Polygon projected(const boost::json::value& rings, const geo::Projection& projection)
{
    geo::Polygon polygon;
    for (const auto& ring : rings.as_array()) {
        auto& points = polygon.outer().empty() ? polygon.outer() : polygon.inners().emplace_back();
        for (const auto& point : ring.as_array())
            points.push_back(
                projection.forward({point.at(1).to_number<double>(), point.at(0).to_number<double>()}));
    }
    return polygon;
}

/// The real contours of Haute-Loire, unsimplified; nothing where there are none.
inline std::optional<geo::ContourLayer> real_haute_loire()
{
    const char* folder = std::getenv("PACTE_DATA");
    if (folder == nullptr) {
        std::cout << "skipped: PACTE_DATA is not set\n";
        return std::nullopt;
    }
    std::ifstream file(std::filesystem::path(folder) / "contours" / "epci-43-haute-loire.geojson");
    std::stringstream text;
    text << file.rdbuf();
    const auto content = boost::json::parse(text.str());
    const geo::Projection projection(2154);
    geo::ContourLayer layer;
    layer.source = "IGN Admin Express COG 2018";
    for (const auto& feature : content.at("features").as_array()) {
        const auto& properties = feature.at("properties");
        const auto& geometry = feature.at("geometry");
        geo::Contour contour;
        contour.code = std::string(properties.at("CODGEO").as_string());
        contour.name = std::string(properties.at("LIBGEO").as_string());
        if (geometry.at("type").as_string() == "Polygon")
            contour.shape.push_back(projected(geometry.at("coordinates"), projection));
        else
            for (const auto& polygon : geometry.at("coordinates").as_array())
                contour.shape.push_back(projected(polygon, projection));
        geo::correct(contour.shape);
        layer.epcis.push_back(std::move(contour));
    }
    return layer;
}

inline Variable rate()
{
    Variable variable;
    variable.code = "TP60";
    variable.label = "Taux de pauvreté";
    variable.nature = VariableNature::taux;
    variable.unit = "%";
    return variable;
}

inline MapFrame frame_of(const geo::ContourLayer& layer)
{
    MapFrame frame;
    frame.id = "essai";
    frame.sheet_title = "essai";
    frame.title = "Une carte d’essai";
    frame.subtitle = "Thématique 3.1";
    frame.territory = "Haute-Loire";
    frame.source = "Insee, Filosofi 2016";
    frame.date = "24 novembre 2026";
    frame.contours = &layer;
    return frame;
}

inline NeedMap need_map(const geo::ContourLayer& layer, const std::vector<Quantity>& values)
{
    NeedMap map;
    map.frame = frame_of(layer);
    map.variable = rate();
    for (std::size_t i = 0; i < layer.epcis.size() && i < values.size(); ++i)
        map.figures.push_back({layer.epcis[i].code, layer.epcis[i].name, values[i]});
    return map;
}

/// 10.0, 10.7, 11.4… as many as there are contours.
inline std::vector<Quantity> rising(std::size_t count)
{
    std::vector<Quantity> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(Quantity::known((100.0 + 7.0 * static_cast<double>(i)) / 10.0));
    return values;
}

inline const Shape* find(const Drawing& drawing, const std::string& name)
{
    for (const auto& shape : drawing.shapes)
        if (shape.name == name)
            return &shape;
    return nullptr;
}

} // namespace pacte::map::test
