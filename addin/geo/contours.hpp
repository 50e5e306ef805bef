#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>

namespace pacte::geo {

/// Metres, in the legal projection of the territory (see projection.hpp).
using Point = boost::geometry::model::d2::point_xy<double>;
using Polygon = boost::geometry::model::polygon<Point>;
using MultiPolygon = boost::geometry::model::multi_polygon<Polygon>;

struct Contour {
    std::string code; ///< SIREN of the EPCI, or code INSEE of the commune
    std::string name;
    MultiPolygon shape;
};

/// The contours of a territory, ready to be drawn.
struct ContourLayer {
    int epsg = 2154;
    std::string source;       ///< the line printed under the map: producer, vintage
    std::string geography;    ///< `géographie 2018, périmètres 2026`
    bool schematic = false;   ///< the mosaic of hexagons: « fond schématique »
    double tolerance_m = 0.0; ///< of the simplification
    std::vector<Contour> epcis;
    std::vector<Contour> neighbours; ///< outlines around, drawn pale; may be empty
};

/// Compact GeoJSON (whole metres, `crs` named): what travels inside the
/// workbook. Reading throws Failure (bad_file).
[[nodiscard]] std::string to_geojson(const ContourLayer& layer);
[[nodiscard]] ContourLayer from_geojson(std::string_view text);

/// Joins the contours of communes that belong to one EPCI. `epci_of` gives the
/// SIREN by code INSEE; a commune that is not in it is left out. Borders shared
/// by two communes of one EPCI vanish, the others are kept to the vertex.
[[nodiscard]] std::vector<Contour> dissolve(const std::vector<Contour>& communes,
                                            const std::map<std::string, std::string>& epci_of);

/// Simplifies (Visvalingam–Whyatt or Douglas–Peucker on the shared arcs) so
/// that a border between two contours stays one line: no gap, no overlap. No
/// contour disappears.
void simplify(std::vector<Contour>& contours, double tolerance_m);

} // namespace pacte::geo
