#pragma once

#include <memory>

#include <boost/unordered/unordered_flat_map.hpp>
#include <ogr_geometry.h>
#include <ogr_spatialref.h>

#include "geo/measure.hpp"
#include "geo/outlines.hpp"

namespace pacte::geo {

/// The outlines of a file in another projection. A vertex that several features
/// share is converted once, so that it is the same point for all.
class ProjectedOutlines {
public:
    /// Null: the projection is already the wanted one. Both outlive this.
    ProjectedOutlines(const Outlines& outlines, OGRCoordinateTransformation* transformation)
        : outlines_(outlines), transformation_(transformation)
    {
    }

    /// Nothing where its coordinates cannot be converted. Rings as the file has them.
    [[nodiscard]] std::optional<MultiPolygon> shape(std::size_t feature);

private:
    struct PlaceHash {
        std::size_t operator()(const std::pair<double, double>& place) const;
    };

    [[nodiscard]] bool convert(std::size_t feature);
    [[nodiscard]] std::uint32_t number_of(const Point& vertex);

    const Outlines& outlines_;
    OGRCoordinateTransformation* transformation_;
    boost::unordered_flat_map<std::pair<double, double>, std::uint32_t, PlaceHash> numbers_;
    std::vector<Point> own_;       ///< by number
    std::vector<Point> projected_; ///< by number
    std::vector<std::uint32_t> of_feature_;
    std::uint32_t last_ = 0;
    std::vector<double> x_;
    std::vector<double> y_;
    std::vector<double> z_;
};

/// As GDAL has it.
[[nodiscard]] std::unique_ptr<OGRGeometry> to_ogr(const MultiPolygon& shape, bool multiple);

} // namespace pacte::geo
