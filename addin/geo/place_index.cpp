#include "geo/place_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <nanoflann.hpp>

#include "geo/distance.hpp"

namespace pacte::geo {

namespace {

/// What nanoflann reads: squared kilometres between points of space.
struct Cloud {
    std::vector<std::array<double, 3>> points;

    [[nodiscard]] std::size_t kdtree_get_point_count() const { return points.size(); }
    [[nodiscard]] double kdtree_get_pt(std::size_t i, std::size_t axis) const { return points[i][axis]; }
    template <typename Box>
    bool kdtree_get_bbox(Box& /*box*/) const
    {
        return false;
    }
};

Cloud cloud_of(const std::vector<LatLon>& places)
{
    Cloud cloud;
    cloud.points.reserve(places.size());
    for (const LatLon& place : places)
        cloud.points.push_back(cartesian_km(place));
    return cloud;
}

constexpr double squared(double x) { return x * x; }

} // namespace

class PlaceIndex::Tree {
public:
    explicit Tree(std::vector<LatLon> places) : places_(std::move(places)), cloud_(cloud_of(places_)) {}

    [[nodiscard]] std::optional<Neighbour> nearest(LatLon from) const
    {
        if (places_.empty())
            return std::nullopt;
        const auto point = cartesian_km(from);
        std::array<std::uint32_t, 2> index{};
        std::array<double, 2> square{};
        const std::size_t count = index_.knnSearch(point.data(), index.size(), index.data(), square.data());
        Neighbour best{index[0], geodesic_km(from, places_[index[0]])};
        const double reach = chord_bounds(best.distance_km).surely_beyond;
        if (count < 2 || std::sqrt(square[1]) > reach)
            return best;
        // Another is as near, as far as straight lines can tell.
        for (const auto& [other, chord] : within_chord(point, reach)) {
            const double distance = geodesic_km(from, places_[other]);
            if (distance < best.distance_km || (distance == best.distance_km && other < best.place))
                best = {other, distance};
        }
        return best;
    }

    void in_rings(LatLon from, const std::vector<double>& bounds_km, std::vector<InRing>& found) const
    {
        found.clear();
        std::vector<ChordBounds> chords;
        for (const double bound : bounds_km)
            chords.push_back(chord_bounds(bound));
        if (places_.empty() || chords.empty())
            return;
        for (const auto& [place, square] : within_chord(cartesian_km(from), chords.back().surely_beyond)) {
            const std::size_t ring = ring_of(from, place, std::sqrt(square), bounds_km, chords);
            if (ring < bounds_km.size())
                found.push_back({place, static_cast<std::uint32_t>(ring)});
        }
        std::sort(found.begin(), found.end(),
                  [](const InRing& a, const InRing& b) { return a.place < b.place; });
    }

private:
    using Distance = nanoflann::L2_Simple_Adaptor<double, Cloud, double, std::uint32_t>;
    using Index = nanoflann::KDTreeSingleIndexAdaptor<Distance, Cloud, 3, std::uint32_t>;
    using Matches = std::vector<std::pair<std::uint32_t, double>>; ///< (index, squared chord)

    [[nodiscard]] Matches within_chord(const std::array<double, 3>& point, double chord_km) const
    {
        Matches matches;
        index_.radiusSearch(point.data(), squared(chord_km), matches,
                            nanoflann::SearchParams(32, 0.0F, false));
        return matches;
    }

    [[nodiscard]] std::size_t ring_of(LatLon from, std::uint32_t place, double chord,
                                      const std::vector<double>& bounds_km,
                                      const std::vector<ChordBounds>& chords) const
    {
        std::size_t ring = 0;
        while (ring < bounds_km.size() && chord > chords[ring].surely_within &&
               (chord > chords[ring].surely_beyond || geodesic_km(from, places_[place]) > bounds_km[ring]))
            ++ring;
        return ring;
    }

    std::vector<LatLon> places_;
    Cloud cloud_;
    Index index_{3, cloud_, nanoflann::KDTreeSingleIndexAdaptorParams(10)};
};

PlaceIndex::PlaceIndex(std::vector<LatLon> places) : tree_(std::make_unique<Tree>(std::move(places))) {}
PlaceIndex::~PlaceIndex() = default;
PlaceIndex::PlaceIndex(PlaceIndex&&) noexcept = default;
PlaceIndex& PlaceIndex::operator=(PlaceIndex&&) noexcept = default;

std::optional<PlaceIndex::Neighbour> PlaceIndex::nearest(LatLon from) const { return tree_->nearest(from); }

void PlaceIndex::in_rings(LatLon from, const std::vector<double>& bounds_km, std::vector<InRing>& found) const
{
    tree_->in_rings(from, bounds_km, found);
}

} // namespace pacte::geo
