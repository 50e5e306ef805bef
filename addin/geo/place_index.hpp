#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/cog.hpp"

namespace pacte::geo {

/// Places to be found by distance: which is the nearest, which are within so
/// many kilometres. Distances are those of `geodesic_km`, to the last digit: the
/// tree of straight lines (nanoflann) only says which are worth computing.
class PlaceIndex {
public:
    explicit PlaceIndex(std::vector<LatLon> places);
    ~PlaceIndex();
    PlaceIndex(PlaceIndex&&) noexcept;
    PlaceIndex& operator=(PlaceIndex&&) noexcept;
    PlaceIndex(const PlaceIndex&) = delete;
    PlaceIndex& operator=(const PlaceIndex&) = delete;

    struct Neighbour {
        std::size_t place = 0; ///< index in the places given
        double distance_km = 0.0;
    };

    /// Of several at the same distance, the first given. Nothing where there is
    /// no place at all.
    [[nodiscard]] std::optional<Neighbour> nearest(LatLon from) const;

    struct InRing {
        std::uint32_t place = 0; ///< index in the places given
        std::uint32_t ring = 0;  ///< the first whose bound is not exceeded
    };

    /// Every place within the last of the bounds (kilometres, ascending, each
    /// closed), with the ring that it is in. In the order of the places.
    void in_rings(LatLon from, const std::vector<double>& bounds_km, std::vector<InRing>& found) const;

private:
    class Tree;
    std::unique_ptr<Tree> tree_;
};

} // namespace pacte::geo
