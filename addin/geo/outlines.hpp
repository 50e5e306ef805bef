#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/contours.hpp"

namespace pacte::geo {

/// The polygons of a GeoJSON file, read in one pass, and the rest of the file, which GDAL reads.
///
/// Nearly all of a file of contours is coordinates, and GDAL makes an object of each of them.
/// Here they are numbers from the start; codes, names, projection stay GDAL's business: `rest`
/// is the file with the coordinates of feature n (from 0, in the order of the features that have
/// some) replaced by one position, whose first coordinate is n.
struct Outlines {
    std::string rest;
    std::vector<Point> vertices;             ///< of all rings, in the file's own projection
    std::vector<std::uint32_t> ring_ends;    ///< by ring: one past its last vertex
    std::vector<std::uint32_t> polygon_ends; ///< by polygon: one past its last ring
    std::vector<std::uint32_t> feature_ends; ///< by feature: one past its last polygon
    std::vector<bool> multiple;              ///< by feature: a MultiPolygon

    [[nodiscard]] std::size_t size() const { return feature_ends.size(); }

    /// Calls `visit(polygon, ring, first, end)` for each ring of feature n: which polygon of the
    /// feature, which ring of the polygon, and where its vertices stand.
    template <class Visit>
    void for_each_ring(std::size_t n, Visit visit) const
    {
        std::size_t polygon = n == 0 ? 0 : feature_ends[n - 1];
        for (std::size_t i = 0; polygon < feature_ends[n]; ++polygon, ++i) {
            std::size_t ring = polygon == 0 ? 0 : polygon_ends[polygon - 1];
            for (std::size_t j = 0; ring < polygon_ends[polygon]; ++ring, ++j)
                visit(i, j, ring == 0 ? std::size_t{0} : ring_ends[ring - 1], std::size_t{ring_ends[ring]});
        }
    }
};

/// Reads `source`, a name of GDAL's virtual file systems. Nothing where it is no FeatureCollection
/// of plain polygons and multipolygons, or has more than `most_vertices`, or is damaged: GDAL is
/// then to read it, and to say what is wrong.
[[nodiscard]] std::optional<Outlines> read_outlines(const std::string& source, std::size_t most_vertices);

} // namespace pacte::geo
