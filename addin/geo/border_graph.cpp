#include "geo/border_graph.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <queue>
#include <utility>

#include <boost/geometry/algorithms/area.hpp>
#include <boost/geometry/algorithms/within.hpp>
#include <boost/geometry/strategies/cartesian.hpp>

namespace pacte::geo {

namespace bg = boost::geometry;

namespace {

std::uint64_t pair_key(std::uint32_t high, std::uint32_t low)
{
    return (static_cast<std::uint64_t>(high) << 32U) | low;
}

std::uint64_t edge_key(std::uint32_t a, std::uint32_t b) { return pair_key(std::min(a, b), std::max(a, b)); }

// Legal coordinates in metres fit 32 bits even on a grid of one decimetre.
std::uint64_t place_key(std::int64_t x, std::int64_t y)
{
    return pair_key(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y));
}

void remove_repeated(std::vector<std::uint32_t>& ring)
{
    ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
    while (ring.size() > 1 && ring.front() == ring.back())
        ring.pop_back();
}

} // namespace

/// The nodes by square, to find those near a segment or in a triangle.
class BorderGraph::Index {
public:
    Index(const std::vector<Place>& places, std::int64_t side)
        : places_(places), side_(std::max<std::int64_t>(side, 1))
    {
        nodes_.reserve(places.size());
        for (Node node = 0; node < places.size(); ++node)
            nodes_[key(square(places[node].x), square(places[node].y))].push_back(node);
    }

    /// Calls `visit` for the nodes in the box of these nodes, widened, until it returns true.
    template <std::size_t Count, class Visit>
    bool any_near(const std::array<Node, Count>& corners, std::int64_t margin, Visit visit) const
    {
        const auto [left, right] = range(corners, &Place::x, margin);
        const auto [bottom, top] = range(corners, &Place::y, margin);
        const auto visit_inside = [&, left = left, right = right, bottom = bottom, top = top](Node node) {
            const Place& place = places_[node];
            return place.x >= left && place.x <= right && place.y >= bottom && place.y <= top && visit(node);
        };
        for (std::int64_t column = square(left); column <= square(right); ++column)
            for (std::int64_t row = square(bottom); row <= square(top); ++row) {
                const auto found = nodes_.find(key(column, row));
                if (found != nodes_.end() &&
                    std::any_of(found->second.begin(), found->second.end(), visit_inside))
                    return true;
            }
        return false;
    }

    void remove(Node node)
    {
        Nodes& square_of_node = nodes_[key(square(places_[node].x), square(places_[node].y))];
        square_of_node.erase(std::find(square_of_node.begin(), square_of_node.end(), node));
    }

private:
    [[nodiscard]] std::int64_t square(std::int64_t coordinate) const
    {
        return coordinate >= 0 ? coordinate / side_ : -((-coordinate + side_ - 1) / side_);
    }
    static std::uint64_t key(std::int64_t column, std::int64_t row) { return place_key(column, row); }

    template <std::size_t Count>
    [[nodiscard]] std::pair<std::int64_t, std::int64_t>
    range(const std::array<Node, Count>& corners, std::int64_t Place::*coordinate, std::int64_t margin) const
    {
        const auto [low, high] = std::minmax_element(corners.begin(), corners.end(), [&](Node a, Node b) {
            return places_[a].*coordinate < places_[b].*coordinate;
        });
        return {places_[*low].*coordinate - margin, places_[*high].*coordinate + margin};
    }

    const std::vector<Place>& places_;
    std::int64_t side_;
    boost::unordered_flat_map<std::uint64_t, Nodes> nodes_;
};

BorderGraph::Node BorderGraph::node_at(const Point& point)
{
    const Place place{std::llround(point.x() / grid_m_), std::llround(point.y() / grid_m_), point};
    const auto [entry, is_new] =
        node_by_place_.try_emplace(place_key(place.x, place.y), static_cast<Node>(places_.size()));
    if (is_new)
        places_.push_back(place);
    return entry->second;
}

void BorderGraph::add(std::uint32_t contour, const MultiPolygon& shape)
{
    contours_ = std::max(contours_, contour + 1);
    for (const Polygon& polygon : shape) {
        add_ring(contour, polygon.outer(), true);
        for (const auto& hole : polygon.inners())
            add_ring(contour, hole, false);
    }
}

void BorderGraph::add_ring(std::uint32_t contour, const Polygon::ring_type& ring, bool clockwise)
{
    Ring added{contour, {}};
    added.nodes.reserve(ring.size());
    for (const Point& point : ring)
        added.nodes.push_back(node_at(point));
    remove_repeated(added.nodes);
    if (added.nodes.size() < 3)
        return;
    // The area of a Boost ring is positive when it turns clockwise.
    if ((bg::area(ring) > 0.0) != clockwise)
        std::reverse(added.nodes.begin(), added.nodes.end());
    rings_.push_back(std::move(added));
}

void BorderGraph::build()
{
    step_ = mean_step();
    const Index index(places_, step_);
    for (Ring& ring : rings_)
        weld(ring, index);
    edges_.reserve(places_.size() + places_.size() / 8);
    for (const Ring& ring : rings_)
        for (std::size_t i = 0; i < ring.nodes.size(); ++i)
            add_edge(ring.nodes[i], ring.nodes[(i + 1) % ring.nodes.size()], ring.contour);
    neighbours_.assign(places_.size(), {});
    for (const auto& [key, uses] : edges_) {
        const auto a = static_cast<Node>(key >> 32U);
        const auto b = static_cast<Node>(key);
        neighbours_[a].push_back(b);
        neighbours_[b].push_back(a);
    }
    rings_.clear();
}

// The mean side of the rings, in grid steps: the right size for the squares of an index.
std::int64_t BorderGraph::mean_step() const
{
    std::int64_t sides = 1;
    std::int64_t length = 0;
    for (const Ring& ring : rings_)
        for (std::size_t i = 1; i < ring.nodes.size(); ++i, ++sides)
            length += std::abs(places_[ring.nodes[i]].x - places_[ring.nodes[i - 1]].x) +
                      std::abs(places_[ring.nodes[i]].y - places_[ring.nodes[i - 1]].y);
    return std::max<std::int64_t>(length / sides, 1);
}

void BorderGraph::weld(Ring& ring, const Index& index) const
{
    std::vector<Node> sorted = ring.nodes;
    std::sort(sorted.begin(), sorted.end());
    std::vector<Node> welded;
    for (std::size_t i = 0; i < ring.nodes.size(); ++i) {
        const Node a = ring.nodes[i];
        const Node b = ring.nodes[(i + 1) % ring.nodes.size()];
        const auto dx = static_cast<double>(places_[b].x - places_[a].x);
        const auto dy = static_cast<double>(places_[b].y - places_[a].y);
        const double length2 = dx * dx + dy * dy;
        std::map<double, Node> between;
        index.any_near(std::array{a, b}, 1, [&](Node node) {
            const auto x = static_cast<double>(places_[node].x - places_[a].x);
            const auto y = static_cast<double>(places_[node].y - places_[a].y);
            const double along = (x * dx + y * dy) / length2;
            const double across = x * dy - y * dx;
            if (along > 0.0 && along < 1.0 && across * across <= length2 &&
                !std::binary_search(sorted.begin(), sorted.end(), node))
                between.try_emplace(along, node);
            return false;
        });
        welded.push_back(a);
        for (const auto& [along, node] : between)
            welded.push_back(node);
    }
    ring.nodes = std::move(welded);
}

void BorderGraph::add_edge(Node from, Node to, std::uint32_t contour)
{
    if (from == to)
        return;
    const bool forward = from < to;
    const std::uint64_t key = edge_key(from, to);
    Uses& uses = edges_[key];
    const auto own =
        std::find_if(uses.begin(), uses.end(), [&](const Use& use) { return use.contour == contour; });
    if (own == uses.end())
        uses.push_back({contour, forward});
    else if (own->forward != forward)
        uses.erase(own); // the contour is on both sides: no border
    if (uses.empty())
        edges_.erase(key);
}

bool BorderGraph::has_edge(Node a, Node b) const { return edges_.contains(edge_key(a, b)); }

std::int64_t BorderGraph::triangle(Node a, Node b, Node c) const
{
    const Place& pa = places_[a];
    const Place& pb = places_[b];
    const Place& pc = places_[c];
    return (pb.x - pa.x) * (pc.y - pa.y) - (pb.y - pa.y) * (pc.x - pa.x);
}

void BorderGraph::simplify(double tolerance_m)
{
    const double tolerance = tolerance_m / grid_m_;
    const double limit = 2.0 * tolerance * tolerance;
    const auto is_small = [&](std::int64_t doubled) { return static_cast<double>(doubled) <= limit; };
    using Candidate = std::pair<std::int64_t, Node>;
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates;
    const auto area_at = [&](Node node) {
        return std::abs(triangle(neighbours_[node][0], node, neighbours_[node][1]));
    };
    const auto propose = [&](Node node) {
        if (neighbours_[node].size() == 2 && is_small(area_at(node)))
            candidates.emplace(area_at(node), node);
    };
    Index index(places_, std::max<std::int64_t>(step_, std::llround(2.0 * tolerance)));
    for (Node node = 0; node < neighbours_.size(); ++node)
        if (neighbours_[node].empty())
            index.remove(node);
        else
            propose(node);
    while (!candidates.empty()) {
        const auto [area, node] = candidates.top();
        candidates.pop();
        if (neighbours_[node].size() != 2 || area != area_at(node) || !is_free(node, index))
            continue;
        const std::array<Node, 2> ends{neighbours_[node][0], neighbours_[node][1]};
        remove(node);
        index.remove(node);
        for (const Node end : ends)
            propose(end);
    }
}

bool BorderGraph::is_free(Node node, const Index& index) const
{
    const Node before = neighbours_[node][0];
    const Node after = neighbours_[node][1];
    if (has_edge(before, after))
        return false; // two borders would lie on each other
    return !index.any_near(std::array{before, node, after}, 0, [&](Node other) {
        if (other == before || other == node || other == after)
            return false;
        const std::array<std::int64_t, 3> sides{triangle(before, node, other), triangle(node, after, other),
                                                triangle(after, before, other)};
        const bool left =
            std::all_of(sides.begin(), sides.end(), [](std::int64_t side) { return side >= 0; });
        const bool right =
            std::all_of(sides.begin(), sides.end(), [](std::int64_t side) { return side <= 0; });
        return left || right;
    });
}

void BorderGraph::remove(Node node)
{
    const Node before = neighbours_[node][0];
    const Node after = neighbours_[node][1];
    const Uses uses = edges_.at(edge_key(before, node));
    for (const Use& use : uses) {
        const bool away = use.forward == (before < node); // from `before` to `after`
        edges_[edge_key(before, after)].push_back({use.contour, away == (before < after)});
    }
    edges_.erase(edge_key(before, node));
    edges_.erase(edge_key(node, after));
    std::replace(neighbours_[before].begin(), neighbours_[before].end(), node, after);
    std::replace(neighbours_[after].begin(), neighbours_[after].end(), node, before);
    neighbours_[node].clear();
}

double BorderGraph::angle(Node from, Node to) const
{
    return std::atan2(static_cast<double>(places_[to].y - places_[from].y),
                      static_cast<double>(places_[to].x - places_[from].x));
}

/// The directed borders of one contour, taken one by one, the contour being on
/// the right hand. Turning right as far as possible, each walk goes round one
/// connected piece; it is cut where it passes twice over a node, as a ring of
/// the OGC never does.
class BorderGraph::Walk {
public:
    explicit Walk(const BorderGraph& graph) : graph_(graph) {}

    void add(Node from, Node to) { ways_.push_back({from, to, false}); }

    /// Nothing where a walk ends elsewhere than it began.
    std::optional<std::vector<std::vector<Node>>> rings()
    {
        std::sort(ways_.begin(), ways_.end(), [](const Way& a, const Way& b) {
            return std::pair(a.from, a.to) < std::pair(b.from, b.to);
        });
        for (const Way& way : ways_)
            while (!way.taken)
                if (!go_round(way.from))
                    return std::nullopt;
        return std::move(rings_);
    }

private:
    struct Way {
        Node from = 0;
        Node to = 0;
        bool taken = false;
    };

    bool go_round(Node start)
    {
        std::vector<Node> path{start};
        boost::unordered_flat_map<Node, std::size_t> position{{start, 0}};
        Node from = start;
        while (const std::optional<Node> next = take(from, path.back())) {
            from = path.back();
            if (const auto [seen, is_new] = position.try_emplace(*next, path.size()); is_new) {
                path.push_back(*next);
                continue;
            }
            const auto first = path.begin() + static_cast<std::ptrdiff_t>(position.at(*next));
            rings_.emplace_back(first, path.end());
            std::for_each(first + 1, path.end(), [&](Node node) { position.erase(node); });
            path.erase(first + 1, path.end());
        }
        return path.size() == 1;
    }

    /// The way out of `at`, coming from `from`, that turns most to the right.
    std::optional<Node> take(Node from, Node at)
    {
        const auto turn = [&](Node to) {
            const double turned = graph_.angle(at, to) - graph_.angle(at, from);
            return turned > 0.0 ? turned : turned + 2.0 * std::numbers::pi;
        };
        Way* chosen = nullptr;
        auto way = std::lower_bound(ways_.begin(), ways_.end(), at,
                                    [](const Way& one, Node node) { return one.from < node; });
        for (; way != ways_.end() && way->from == at; ++way)
            if (!way->taken && (chosen == nullptr || turn(way->to) < turn(chosen->to)))
                chosen = &*way;
        if (chosen == nullptr)
            return std::nullopt;
        chosen->taken = true;
        return chosen->to;
    }

    const BorderGraph& graph_;
    std::vector<Way> ways_; ///< by where they begin
    std::vector<std::vector<Node>> rings_;
};

double BorderGraph::signed_area(const std::vector<Node>& ring) const
{
    double doubled = 0.0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i)
        doubled += static_cast<double>(triangle(ring[0], ring[i], ring[i + 1]));
    return -doubled / 2.0; // positive when clockwise, as in Boost
}

Polygon::ring_type BorderGraph::to_ring(const std::vector<Node>& ring, Coordinates coordinates) const
{
    // Starting at one place whatever the order of the walk.
    const auto lowest = std::min_element(ring.begin(), ring.end(), [this](Node a, Node b) {
        return std::pair(places_[a].x, places_[a].y) < std::pair(places_[b].x, places_[b].y);
    });
    std::vector<Node> nodes(lowest, ring.end());
    nodes.insert(nodes.end(), ring.begin(), lowest);
    nodes.push_back(nodes.front());
    Polygon::ring_type result;
    result.reserve(nodes.size());
    for (const Node node : nodes) {
        const Place& place = places_[node];
        result.push_back(
            coordinates == Coordinates::original
                ? place.original
                : Point(static_cast<double>(place.x) * grid_m_, static_cast<double>(place.y) * grid_m_));
    }
    return result;
}

std::vector<std::optional<MultiPolygon>> BorderGraph::shapes(Coordinates coordinates) const
{
    std::vector<Walk> walks(contours_, Walk(*this));
    for (const auto& [key, uses] : edges_)
        for (const Use& use : uses) {
            const auto low = static_cast<Node>(key >> 32U);
            const auto high = static_cast<Node>(key);
            walks[use.contour].add(use.forward ? low : high, use.forward ? high : low);
        }
    std::vector<std::optional<MultiPolygon>> result;
    result.reserve(walks.size());
    for (Walk& walk : walks)
        result.push_back(to_shape(walk.rings(), coordinates));
    return result;
}

std::optional<MultiPolygon> BorderGraph::to_shape(std::optional<std::vector<std::vector<Node>>> rings,
                                                  Coordinates coordinates) const
{
    if (!rings || rings->empty())
        return std::nullopt;
    // The largest first: an outer ring before its holes, and before the islands in them.
    std::stable_sort(rings->begin(), rings->end(), [this](const auto& a, const auto& b) {
        return std::abs(signed_area(a)) > std::abs(signed_area(b));
    });
    MultiPolygon result;
    for (const auto& ring : *rings) {
        Polygon::ring_type points = to_ring(ring, coordinates);
        if (signed_area(ring) > 0.0) {
            result.emplace_back();
            result.back().outer() = std::move(points);
            continue;
        }
        // Rings meet at vertices only: the middle of a side is on one side of every other ring.
        const Point middle((points[0].x() + points[1].x()) / 2.0, (points[0].y() + points[1].y()) / 2.0);
        const auto owner = std::find_if(result.rbegin(), result.rend(), [&](const Polygon& polygon) {
            return bg::within(middle, polygon.outer());
        });
        if (owner == result.rend())
            return std::nullopt;
        owner->inners().push_back(std::move(points));
    }
    return result;
}

} // namespace pacte::geo
