#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "geo/contours.hpp"

namespace pacte::geo {

/// Tells in which contour a point is, in metres of the contours' own projection.
///
/// Exact: two contours that share a border have the same answer about a point near
/// it, so that it is in one of them, neither in both nor in none. On the border
/// itself, or where contours overlap, it is in the first given.
class PointLocator {
public:
    explicit PointLocator(const std::vector<Contour>& contours);
    ~PointLocator();
    PointLocator(PointLocator&&) noexcept;
    PointLocator& operator=(PointLocator&&) noexcept;
    PointLocator(const PointLocator&) = delete;
    PointLocator& operator=(const PointLocator&) = delete;

    /// The index of a contour, among those given.
    [[nodiscard]] std::optional<std::size_t> at(const Point& point) const;

    struct Near {
        std::size_t contour = 0;
        double distance_m = 0.0; ///< 0: in it
    };
    /// The contour that the point is in; else the nearest one, where its border is
    /// not further than that.
    [[nodiscard]] std::optional<Near> near(const Point& point, double within_m) const;

    /// To the border of that contour; 0 where the point is in it.
    [[nodiscard]] double distance_m(std::size_t contour, const Point& point) const;

private:
    class Index;
    std::unique_ptr<const Index> index_;
};

} // namespace pacte::geo
