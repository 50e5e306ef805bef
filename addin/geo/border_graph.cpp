#include "geo/border_graph.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <queue>
#include <utility>

#include <boost/geometry/algorithms/area.hpp>
#include <boost/geometry/algorithms/within.hpp>
#include <boost/geometry/strategies/cartesian.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

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

} // namespace

/// The nodes by square, to find those near a segment or in a triangle.
class BorderGraph::Index {
public:
    Index(const std::vector<Place>& places, std::int64_t side)
        : places_(places), side_(std::max<std::int64_t>(side, 1))
    {
    }

    void add(Node node) { nodes_[key(square(places_[node].x), square(places_[node].y))].push_back(node); }

    /// Calls `visit` for the nodes in the box of these nodes, widened, until it returns true.
    template <std::size_t Count, class Visit>
    [[nodiscard]] bool any_near(const std::array<Node, Count>& corners, std::int64_t margin,
                                Visit visit) const
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
    using Nodes = boost::container::small_vector<Node, 2>;

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
    const auto is_there = [&](Node node) {
        return node < places_.size() && places_[node].x == place.x && places_[node].y == place.y;
    };
    // A border that was met is followed vertex by vertex, mostly backwards.
    if (is_there(last_node_ - 1))
        return --last_node_;
    if (is_there(last_node_ + 1))
        return ++last_node_;
    const auto [entry, is_new] =
        node_by_place_.try_emplace(place_key(place.x, place.y), static_cast<Node>(places_.size()));
    if (is_new)
        places_.push_back(place);
    return last_node_ = entry->second;
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
    const std::size_t first = ring_nodes_.size();
    for (const Point& point : ring)
        if (const Node node = node_at(point); ring_nodes_.size() == first || ring_nodes_.back() != node)
            ring_nodes_.push_back(node);
    while (ring_nodes_.size() > first + 1 && ring_nodes_[first] == ring_nodes_.back())
        ring_nodes_.pop_back();
    if (ring_nodes_.size() < first + 3) {
        ring_nodes_.resize(first);
        return;
    }
    // The area of a Boost ring is positive when it turns clockwise.
    if ((bg::area(ring) > 0.0) != clockwise)
        std::reverse(ring_nodes_.begin() + static_cast<std::ptrdiff_t>(first), ring_nodes_.end());
    rings_.push_back({contour, first, ring_nodes_.size()});
}

void BorderGraph::build()
{
    node_by_place_ = {};
    make_edges();
    if (weld())
        make_edges();
    rings_ = {};
    ring_nodes_ = {};
}

// Sides are sorted by their lower node. Nodes are numbered along the rings, so that memory is
// read nearly in order, as it is not by a hash table of all edges.
void BorderGraph::make_edges()
{
    struct Side {
        Node high = 0;
        std::uint32_t order = 0;
        std::uint32_t contour = 0;
        bool forward = true; ///< from the lower node to the higher one
    };
    std::vector<std::uint32_t> ends(places_.size() + 1, 0);
    const auto for_each_side = [this](auto visit) {
        for (const Ring& ring : rings_)
            for (std::size_t i = ring.first; i < ring.end; ++i)
                visit(ring_nodes_[i], ring_nodes_[i + 1 == ring.end ? ring.first : i + 1], ring.contour);
    };
    for_each_side([&](Node from, Node to, std::uint32_t) { ++ends[std::min(from, to) + 1]; });
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<Side> sides(ends.back());
    std::uint32_t order = 0;
    // Each end begins as the end of the node before, and is filled up to its own.
    for_each_side([&](Node from, Node to, std::uint32_t contour) {
        sides[ends[std::min(from, to)]++] = {std::max(from, to), order++, contour, from < to};
    });
    edges_.clear();
    uses_.clear();
    std::size_t first = 0;
    for (Node low = 0; low < places_.size(); ++low) {
        const auto begin = sides.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = sides.begin() + static_cast<std::ptrdiff_t>(ends[low]);
        std::sort(begin, end, [](const Side& a, const Side& b) {
            return std::pair(a.high, a.order) < std::pair(b.high, b.order);
        });
        for (auto side = begin; side != end;) {
            Edge edge{low, side->high, static_cast<std::uint32_t>(uses_.size()), 0};
            for (; side != end && side->high == edge.b; ++side)
                add_use(edge, side->contour, side->forward);
            if (edge.uses > 0)
                edges_.push_back(edge);
        }
        first = ends[low];
    }
}

// The uses of an edge that is being made are the last ones.
void BorderGraph::add_use(Edge& edge, std::uint32_t contour, bool forward)
{
    const auto own = std::find_if(uses_.begin() + static_cast<std::ptrdiff_t>(edge.first_use), uses_.end(),
                                  [&](const Use& use) { return use.contour == contour; });
    if (own == uses_.end())
        uses_.push_back({contour, forward});
    else if (own->forward != forward)
        uses_.erase(own); // the contour is on both sides: no border
    edge.uses = static_cast<std::uint32_t>(uses_.size()) - edge.first_use;
}

/// The nodes that stand on that side, by their share of its length, but for those of its ring.
std::map<double, BorderGraph::Node> BorderGraph::nodes_on(Node a, Node b, const std::vector<Node>& own,
                                                          const Index& index) const
{
    const auto dx = static_cast<double>(places_[b].x - places_[a].x);
    const auto dy = static_cast<double>(places_[b].y - places_[a].y);
    const double length2 = dx * dx + dy * dy;
    std::map<double, Node> between;
    (void)index.any_near(std::array{a, b}, 1, [&](Node node) {
        const auto x = static_cast<double>(places_[node].x - places_[a].x);
        const auto y = static_cast<double>(places_[node].y - places_[a].y);
        const double along = (x * dx + y * dy) / length2;
        const double across = x * dy - y * dx;
        if (along > 0.0 && along < 1.0 && across * across <= length2 &&
            !std::binary_search(own.begin(), own.end(), node))
            between.try_emplace(along, node);
        return false;
    });
    return between;
}

// False where there is nothing to weld.
bool BorderGraph::weld()
{
    std::vector<bool> is_open(places_.size(), false);
    boost::unordered_flat_set<std::uint64_t> open_sides;
    double length = 0.0;
    for (const Edge& edge : edges_)
        if (edge.uses == 1) {
            is_open[edge.a] = is_open[edge.b] = true;
            open_sides.insert(edge_key(edge.a, edge.b));
            length += std::hypot(static_cast<double>(places_[edge.a].x - places_[edge.b].x),
                                 static_cast<double>(places_[edge.a].y - places_[edge.b].y));
        }
    if (open_sides.empty())
        return false;
    // Squares of the mean length of a side.
    Index index(places_, std::llround(length / static_cast<double>(open_sides.size())));
    for (Node node = 0; node < places_.size(); ++node)
        if (is_open[node])
            index.add(node);
    bool has_welded = false;
    std::vector<Node> nodes;
    nodes.reserve(ring_nodes_.size());
    std::vector<Node> sorted;
    for (Ring& ring : rings_) {
        const std::size_t first = nodes.size();
        sorted.clear();
        for (std::size_t i = ring.first; i < ring.end; ++i) {
            const Node a = ring_nodes_[i];
            const Node b = ring_nodes_[i + 1 == ring.end ? ring.first : i + 1];
            nodes.push_back(a);
            if (!is_open[a] || !is_open[b] || !open_sides.contains(edge_key(a, b)))
                continue;
            if (sorted.empty()) {
                sorted.assign(ring_nodes_.begin() + static_cast<std::ptrdiff_t>(ring.first),
                              ring_nodes_.begin() + static_cast<std::ptrdiff_t>(ring.end));
                std::sort(sorted.begin(), sorted.end());
            }
            const std::map<double, Node> between = nodes_on(a, b, sorted, index);
            has_welded = has_welded || !between.empty();
            for (const auto& [along, node] : between)
                nodes.push_back(node);
        }
        ring.first = first;
        ring.end = nodes.size();
    }
    ring_nodes_ = std::move(nodes);
    return has_welded;
}

void BorderGraph::make_links()
{
    links_.assign(places_.size(), {});
    for (std::uint32_t edge = 0; edge < edges_.size(); ++edge) {
        links_[edges_[edge].a].push_back({edges_[edge].b, edge});
        links_[edges_[edge].b].push_back({edges_[edge].a, edge});
    }
}

bool BorderGraph::has_edge(Node a, Node b) const
{
    const Links& links = links_[links_[a].size() < links_[b].size() ? a : b];
    const Node other = &links == &links_[a] ? b : a;
    return std::any_of(links.begin(), links.end(), [&](const Link& link) { return link.node == other; });
}

std::int64_t BorderGraph::triangle(Node a, Node b, Node c) const
{
    const Place& pa = places_[a];
    const Place& pb = places_[b];
    const Place& pc = places_[c];
    return (pb.x - pa.x) * (pc.y - pa.y) - (pb.y - pa.y) * (pc.x - pa.x);
}

void BorderGraph::simplify(double tolerance_m)
{
    make_links();
    const double tolerance = tolerance_m / grid_m_;
    const double limit = 2.0 * tolerance * tolerance;
    const auto is_small = [&](std::int64_t doubled) { return static_cast<double>(doubled) <= limit; };
    using Candidate = std::pair<std::int64_t, Node>;
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates;
    const auto area_at = [&](Node node) {
        return std::abs(triangle(links_[node][0].node, node, links_[node][1].node));
    };
    const auto propose = [&](Node node) {
        if (links_[node].size() == 2 && is_small(area_at(node)))
            candidates.emplace(area_at(node), node);
    };
    Index index(places_, std::llround(2.0 * tolerance));
    for (Node node = 0; node < links_.size(); ++node)
        if (!links_[node].empty())
            index.add(node);
    for (Node node = 0; node < links_.size(); ++node)
        if (!links_[node].empty())
            propose(node);
    while (!candidates.empty()) {
        const auto [area, node] = candidates.top();
        candidates.pop();
        if (links_[node].size() != 2 || area != area_at(node) || !is_free(node, index))
            continue;
        const std::array<Node, 2> ends{links_[node][0].node, links_[node][1].node};
        remove(node);
        index.remove(node);
        for (const Node end : ends)
            propose(end);
    }
}

bool BorderGraph::is_free(Node node, const Index& index) const
{
    const Node before = links_[node][0].node;
    const Node after = links_[node][1].node;
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

// The edge that came from `before` goes on to `after`.
void BorderGraph::remove(Node node)
{
    const Link before = links_[node][0];
    const Link after = links_[node][1];
    Edge& edge = edges_[before.edge];
    (edge.a == node ? edge.a : edge.b) = after.node;
    edges_[after.edge].uses = 0;
    const auto lead = [&](Node from, Node to) {
        const auto link = std::find_if(links_[from].begin(), links_[from].end(),
                                       [&](const Link& one) { return one.node == node; });
        *link = {to, before.edge};
    };
    lead(before.node, after.node);
    lead(after.node, before.node);
    links_[node].clear();
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
    for (const Edge& edge : edges_)
        for (std::uint32_t i = 0; i < edge.uses; ++i) {
            const Use& use = uses_[edge.first_use + i];
            walks[use.contour].add(use.forward ? edge.a : edge.b, use.forward ? edge.b : edge.a);
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
