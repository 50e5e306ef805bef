#include "geo/projected_outlines.hpp"

#include <bit>
#include <utility>

namespace pacte::geo {

std::size_t ProjectedOutlines::PlaceHash::operator()(const std::pair<double, double>& place) const
{
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U; // the map mixes what it is given
    return static_cast<std::size_t>((std::bit_cast<std::uint64_t>(place.first) * odd) ^
                                    std::bit_cast<std::uint64_t>(place.second));
}

std::optional<MultiPolygon> ProjectedOutlines::shape(std::size_t feature)
{
    const bool converts = transformation_ != nullptr;
    if (converts && !convert(feature))
        return std::nullopt;
    MultiPolygon result;
    std::size_t next = 0;
    outlines_.for_each_ring(
        feature, [&](std::size_t polygon, std::size_t number, std::size_t first, std::size_t end) {
            if (polygon == result.size())
                result.emplace_back();
            if (number > 0)
                result.back().inners().emplace_back();
            Polygon::ring_type& ring = number == 0 ? result.back().outer() : result.back().inners().back();
            ring.reserve(end - first + 1); // closed at times
            for (std::size_t vertex = first; vertex < end; ++vertex)
                ring.push_back(converts ? projected_[of_feature_[next++]] : outlines_.vertices[vertex]);
        });
    return result;
}

bool ProjectedOutlines::convert(std::size_t feature)
{
    of_feature_.clear();
    outlines_.for_each_ring(feature, [&](std::size_t, std::size_t, std::size_t first, std::size_t end) {
        for (std::size_t vertex = first; vertex < end; ++vertex)
            of_feature_.push_back(number_of(outlines_.vertices[vertex]));
    });
    const std::size_t known = projected_.size();
    const std::size_t count = own_.size() - known;
    if (count == 0)
        return true;
    x_.resize(count);
    y_.resize(count);
    z_.assign(count, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
        x_[i] = own_[known + i].x();
        y_[i] = own_[known + i].y();
    }
    if (transformation_->Transform(static_cast<int>(count), x_.data(), y_.data(), z_.data()) == FALSE)
        return false;
    for (std::size_t i = 0; i < count; ++i)
        projected_.emplace_back(x_[i], y_[i]);
    return true;
}

// A border that was met is followed vertex by vertex, mostly backwards.
std::uint32_t ProjectedOutlines::number_of(const Point& vertex)
{
    const auto is_there = [&](std::uint32_t number) {
        return number < own_.size() && own_[number].x() == vertex.x() && own_[number].y() == vertex.y();
    };
    if (is_there(last_ - 1))
        return --last_;
    if (is_there(last_ + 1))
        return ++last_;
    const auto [entry, is_new] =
        numbers_.try_emplace({vertex.x(), vertex.y()}, static_cast<std::uint32_t>(own_.size()));
    if (is_new)
        own_.push_back(vertex);
    return last_ = entry->second;
}

std::unique_ptr<OGRGeometry> to_ogr(const MultiPolygon& shape, bool multiple)
{
    const auto ring_of = [](const Polygon::ring_type& points) {
        auto ring = std::make_unique<OGRLinearRing>();
        for (const Point& point : points)
            ring->addPoint(point.x(), point.y());
        return ring.release();
    };
    const auto polygon_of = [&](const Polygon& from) {
        auto polygon = std::make_unique<OGRPolygon>();
        polygon->addRingDirectly(ring_of(from.outer()));
        for (const auto& hole : from.inners())
            polygon->addRingDirectly(ring_of(hole));
        return polygon;
    };
    if (!multiple && shape.size() == 1)
        return polygon_of(shape.front());
    auto all = std::make_unique<OGRMultiPolygon>();
    for (const Polygon& polygon : shape)
        all->addGeometryDirectly(polygon_of(polygon).release());
    return all;
}

} // namespace pacte::geo
