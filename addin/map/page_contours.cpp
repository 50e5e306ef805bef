#include "map/page_contours.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <unordered_map>

#include "geo/label_point.hpp"

namespace pacte::map {

namespace {

template <class GroundRing>
Ring ring_on_page(const GroundRing& ground, const Viewport& view)
{
    Ring ring;
    ring.reserve(ground.size());
    for (const auto& point : ground) {
        const auto position = view.to_page(point);
        if (ring.empty() || ring.back() != position)
            ring.push_back(position);
    }
    while (ring.size() > 1 && ring.front() == ring.back())
        ring.pop_back();
    return ring;
}

std::uint64_t key_of(const Position& point)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(point.x)) << 32U) |
           static_cast<std::uint32_t>(point.y);
}

struct Edge {
    Position from;
    Position to;
};

struct EdgeKey {
    std::uint64_t low;
    std::uint64_t high;

    friend bool operator==(const EdgeKey&, const EdgeKey&) = default;
};

struct EdgeHash {
    std::size_t operator()(const EdgeKey& key) const
    {
        return std::hash<std::uint64_t>{}(key.low * 0x9E3779B97F4A7C15U ^ key.high);
    }
};

EdgeKey undirected(const Edge& edge)
{
    const auto [low, high] = std::minmax({key_of(edge.from), key_of(edge.to)});
    return {low, high};
}

template <class Visit>
void each_edge(const Ring& ring, Visit visit)
{
    for (std::size_t i = 0; i < ring.size(); ++i)
        visit(Edge{ring[i], ring[(i + 1) % ring.size()]});
}

/// The edges met once, in the order of the contours.
std::vector<Edge> border_edges(const std::vector<PageContour>& contours)
{
    std::unordered_map<EdgeKey, int, EdgeHash> times;
    for (const auto& contour : contours)
        for (const auto& ring : contour.rings)
            each_edge(ring, [&](const Edge& edge) { ++times[undirected(edge)]; });
    std::vector<Edge> edges;
    for (const auto& contour : contours)
        for (const auto& ring : contour.rings)
            each_edge(ring, [&](const Edge& edge) {
                if (times[undirected(edge)] == 1)
                    edges.push_back(edge);
            });
    return edges;
}

/// Follows the edges from end to end to closed lines, whichever way each of them
/// was drawn: files differ in the direction of their rings.
class Chain {
public:
    explicit Chain(const std::vector<Edge>& edges) : edges_(edges), used_(edges.size(), false)
    {
        for (std::size_t i = 0; i < edges.size(); ++i) {
            touching_[key_of(edges[i].from)].push_back(i);
            touching_[key_of(edges[i].to)].push_back(i);
        }
    }

    std::vector<Ring> rings()
    {
        std::vector<Ring> rings;
        for (std::size_t first = 0; first < edges_.size(); ++first)
            if (auto ring = follow(first); ring.size() > 2)
                rings.push_back(std::move(ring));
        return rings;
    }

private:
    Ring follow(std::size_t edge)
    {
        Ring ring;
        auto at = edges_[edge].from;
        while (edge < edges_.size() && !used_[edge]) {
            used_[edge] = true;
            ring.push_back(at);
            at = edges_[edge].from == at ? edges_[edge].to : edges_[edge].from;
            edge = next_from(at);
        }
        return ring;
    }

    std::size_t next_from(const Position& point)
    {
        for (const auto edge : touching_[key_of(point)])
            if (!used_[edge])
                return edge;
        return edges_.size();
    }

    const std::vector<Edge>& edges_;
    std::vector<bool> used_;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> touching_;
};

/// One side of a frame: which points are within, and where an edge meets it.
struct Side {
    bool vertical;
    bool keeps_greater;
    Hundredths_mm at;

    [[nodiscard]] bool keeps(const Position& p) const
    {
        const auto value = vertical ? p.x : p.y;
        return keeps_greater ? value >= at : value <= at;
    }

    [[nodiscard]] Position meet(const Position& a, const Position& b) const
    {
        const auto along = [this](std::int64_t from, std::int64_t to, std::int64_t other_from,
                                  std::int64_t other_to) {
            return static_cast<Hundredths_mm>(other_from +
                                              (other_to - other_from) * (at - from) / (to - from));
        };
        return vertical ? Position{at, along(a.x, b.x, a.y, b.y)} : Position{along(a.y, b.y, a.x, b.x), at};
    }
};

Ring cut(const Ring& ring, const Side& side)
{
    Ring kept;
    each_edge(ring, [&](const Edge& edge) {
        const bool from_in = side.keeps(edge.from);
        const bool to_in = side.keeps(edge.to);
        if (from_in)
            kept.push_back(edge.from);
        if (from_in != to_in)
            kept.push_back(side.meet(edge.from, edge.to));
    });
    return kept;
}

Ring square_at(const Position& centre)
{
    constexpr Hundredths_mm half = 30;
    return {{centre.x - half, centre.y - half},
            {centre.x + half, centre.y - half},
            {centre.x + half, centre.y + half},
            {centre.x - half, centre.y + half}};
}

Position ground_centre(const geo::Contour& contour, const Viewport& view)
{
    return contour.shape.empty() || contour.shape.front().outer().empty()
               ? centre_of(view.panel())
               : view.to_page(contour.shape.front().outer().front());
}

} // namespace

PageContour on_page(const geo::Contour& contour, const Viewport& view)
{
    PageContour page{contour.code, contour.name, {}, ground_centre(contour, view)};
    for (const auto& polygon : contour.shape) {
        auto outer = ring_on_page(polygon.outer(), view);
        if (outer.size() < 3)
            continue;
        page.rings.push_back(std::move(outer));
        for (const auto& hole : polygon.inners())
            if (auto inner = ring_on_page(hole, view); inner.size() > 2)
                page.rings.push_back(std::move(inner));
    }
    if (page.rings.empty())
        page.rings.push_back(square_at(page.anchor));
    const double precision_m = 50.0 / view.hundredths_per_metre(); // half a millimetre on the page
    if (const auto label = geo::label_point(contour.shape, precision_m, 1.6))
        page.anchor = view.to_page(label->point);
    return page;
}

std::vector<PageContour> on_page(const std::vector<geo::Contour>& contours, const Viewport& view)
{
    std::vector<PageContour> pages;
    pages.reserve(contours.size());
    for (const auto& contour : contours)
        pages.push_back(on_page(contour, view));
    return pages;
}

std::vector<Ring> outline(const std::vector<PageContour>& contours)
{
    const auto edges = border_edges(contours);
    return Chain(edges).rings();
}

std::vector<Ring> clipped(const std::vector<Ring>& rings, const Rectangle& frame)
{
    const Side sides[] = {{true, true, frame.x},
                          {true, false, frame.x + frame.width},
                          {false, true, frame.y},
                          {false, false, frame.y + frame.height}};
    std::vector<Ring> kept;
    for (auto ring : rings) {
        for (const auto& side : sides)
            ring = cut(ring, side);
        if (ring.size() > 2)
            kept.push_back(std::move(ring));
    }
    return kept;
}

bool is_inside(const std::vector<Ring>& rings, const Position& point)
{
    bool inside = false;
    for (const auto& ring : rings)
        each_edge(ring, [&](const Edge& edge) {
            if ((edge.from.y > point.y) == (edge.to.y > point.y))
                return;
            const double share = static_cast<double>(point.y - edge.from.y) / (edge.to.y - edge.from.y);
            if (point.x < edge.from.x + share * (edge.to.x - edge.from.x))
                inside = !inside;
        });
    return inside;
}

Rectangle bounds_of(const std::vector<Ring>& rings)
{
    constexpr auto largest = std::numeric_limits<Hundredths_mm>::max();
    Position low{largest, largest};
    Position high{-largest, -largest};
    for (const auto& ring : rings)
        for (const auto& point : ring) {
            low = {std::min(low.x, point.x), std::min(low.y, point.y)};
            high = {std::max(high.x, point.x), std::max(high.y, point.y)};
        }
    return low.x > high.x ? Rectangle{} : Rectangle{low.x, low.y, high.x - low.x, high.y - low.y};
}

} // namespace pacte::map
