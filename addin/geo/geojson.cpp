#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <boost/json.hpp>

#include "core/error.hpp"
#include "geo/contours.hpp"
#include "geo/polygons.hpp"

// GeoJSON (RFC 7946) in the projection of the layer: the `crs` member is that
// of the 2008 specification, which GDAL and QGIS read. What is proper to the
// layer is under the foreign member `pacte`.

namespace pacte::geo {

namespace json = boost::json;

namespace {

constexpr std::size_t siren_length = 9;
constexpr std::string_view crs_prefix = "urn:ogc:def:crs:EPSG::";

[[noreturn]] void fail(const std::string& what)
{
    throw Failure(Failure::Cause::bad_file,
                  "Les contours enregistrés dans le classeur ne peuvent pas être lus (" + what +
                      ") : importez-les de nouveau par Pacte > Importer des contours…");
}

json::array to_json(const Polygon::ring_type& ring)
{
    json::array positions;
    positions.reserve(ring.size());
    for (const Point& point : ring)
        positions.push_back(json::array{std::llround(point.x()), std::llround(point.y())});
    return positions;
}

json::array to_json(const Polygon& polygon)
{
    json::array rings;
    rings.push_back(to_json(polygon.outer()));
    for (const auto& hole : polygon.inners())
        rings.push_back(to_json(hole));
    return rings;
}

json::object to_json(const Contour& contour, std::string_view role)
{
    json::array polygons;
    for (const Polygon& polygon : contour.shape)
        polygons.push_back(to_json(polygon));
    return {{"type", "Feature"},
            {"properties", {{"code", contour.code}, {"nom", contour.name}, {"role", role}}},
            {"geometry", {{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}}}};
}

const json::value& member(const json::object& object, std::string_view key)
{
    const json::value* value = object.if_contains(key);
    if (value == nullptr)
        fail("il manque « " + std::string(key) + " »");
    return *value;
}

const json::array& array(const json::value& value)
{
    if (!value.is_array())
        fail("une liste était attendue");
    return value.get_array();
}

const json::object& object(const json::value& value)
{
    if (!value.is_object())
        fail("un objet était attendu");
    return value.get_object();
}

std::string text(const json::object& from, std::string_view key)
{
    const json::value* value = from.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

double number(const json::value& value)
{
    if (!value.is_number())
        fail("un nombre était attendu");
    const double result = value.to_number<double>();
    if (!std::isfinite(result))
        fail("un nombre est hors limites");
    return result;
}

Polygon::ring_type read_ring(const json::value& value)
{
    Polygon::ring_type ring;
    for (const json::value& position : array(value)) {
        const json::array& pair = array(position);
        if (pair.size() < 2)
            fail("une position a moins de deux coordonnées");
        ring.emplace_back(number(pair[0]), number(pair[1]));
    }
    if (ring.size() < 4)
        fail("un contour a moins de quatre points");
    return ring;
}

Polygon read_polygon(const json::value& value)
{
    const json::array& rings = array(value);
    if (rings.empty())
        fail("un polygone est vide");
    Polygon polygon;
    polygon.outer() = read_ring(rings.front());
    for (std::size_t i = 1; i < rings.size(); ++i)
        polygon.inners().push_back(read_ring(rings[i]));
    return polygon;
}

MultiPolygon read_shape(const json::object& geometry)
{
    MultiPolygon shape;
    const std::string type = text(geometry, "type");
    if (type == "Polygon")
        shape.push_back(read_polygon(member(geometry, "coordinates")));
    else if (type == "MultiPolygon")
        for (const json::value& polygon : array(member(geometry, "coordinates")))
            shape.push_back(read_polygon(polygon));
    else
        fail("« " + type + " » au lieu de polygones");
    correct(shape);
    return shape;
}

void read_feature(const json::object& feature, ContourLayer& layer)
{
    const json::object& properties = object(member(feature, "properties"));
    Contour contour{text(properties, "code"), text(properties, "nom"),
                    read_shape(object(member(feature, "geometry")))};
    if (contour.code.empty())
        fail("un contour n'a pas de code");
    const bool neighbour = text(properties, "role") == "voisin";
    (neighbour ? layer.neighbours : layer.epcis).push_back(std::move(contour));
}

int read_epsg(const json::object& root)
{
    const std::string name = text(object(member(object(member(root, "crs")), "properties")), "name");
    const std::string digits = name.starts_with(crs_prefix) ? name.substr(crs_prefix.size()) : std::string();
    if (digits.empty() || digits.size() > 6 ||
        !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        fail("projection « " + name + " » inconnue");
    return std::stoi(digits);
}

} // namespace

std::string to_geojson(const ContourLayer& layer)
{
    json::array features;
    for (const Contour& contour : layer.epcis)
        features.push_back(to_json(contour, contour.code.size() == siren_length ? "epci" : "commune"));
    for (const Contour& contour : layer.neighbours)
        features.push_back(to_json(contour, "voisin"));
    const json::object root = {
        {"type", "FeatureCollection"},
        {"crs",
         {{"type", "name"},
          {"properties", {{"name", std::string(crs_prefix) + std::to_string(layer.epsg)}}}}},
        {"pacte",
         {{"source", layer.source},
          {"geographie", layer.geography},
          {"schematique", layer.schematic},
          {"tolerance", layer.tolerance_m}}},
        {"features", std::move(features)}};
    return json::serialize(root);
}

ContourLayer from_geojson(std::string_view text_of_layer)
{
    json::error_code error;
    const json::value parsed =
        json::parse(json::string_view(text_of_layer.data(), text_of_layer.size()), error);
    if (error)
        fail(text_of_layer.empty() ? "vide" : "JSON tronqué ou abîmé");
    const json::object& root = object(parsed);
    ContourLayer layer;
    layer.epsg = read_epsg(root);
    const json::object& own = object(member(root, "pacte"));
    layer.source = text(own, "source");
    layer.geography = text(own, "geographie");
    const json::value* schematic = own.if_contains("schematique");
    layer.schematic = schematic != nullptr && schematic->is_bool() && schematic->get_bool();
    if (const json::value* tolerance = own.if_contains("tolerance"))
        layer.tolerance_m = number(*tolerance);
    for (const json::value& feature : array(member(root, "features")))
        read_feature(object(feature), layer);
    return layer;
}

} // namespace pacte::geo
