#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include "geo/contours.hpp"

namespace pacte::geo {

/// The borders of several contours as one planar graph: a border that two
/// contours share is there once, with the contour that lies on each side. What
/// is done to it is done for both: no gap, no overlap.
///
/// Vertices meet on a square grid: two that fall on one grid point are one.
/// Holds for contours that are valid polygons and do not overlap; where they
/// do, nothing fails, but `shapes` may have nothing to give for those at fault.
class BorderGraph {
public:
    /// `grid_m`: side of the grid, in metres.
    explicit BorderGraph(double grid_m) : grid_m_(grid_m) {}

    /// Adds a shape to the contour of that number. Shapes added to one number
    /// are joined: the borders between them vanish. Before `build` only.
    void add(std::uint32_t contour, const MultiPolygon& shape);

    /// Makes the edges. Where a side of a ring has no other along it, a vertex that
    /// ends such a side of another ring and stands within one grid step of it becomes
    /// a vertex of that ring too (T-junctions).
    void build();

    /// Visvalingam–Whyatt (« Line generalisation by repeated elimination of
    /// points », 1993) on the vertices where only one border passes: the one
    /// that makes the smallest triangle with its neighbours goes first, as long
    /// as the triangle is under tolerance². As in GEOS's CoverageSimplifier a
    /// vertex stays where another vertex is inside its triangle, so that borders
    /// never cross and no ring vanishes.
    void simplify(double tolerance_m);

    enum class Coordinates {
        original, ///< of the first vertex added at that grid point
        grid,     ///< of the grid point
    };

    /// The polygons of each contour added, by its number, valid in the sense of
    /// the OGC; nothing where its borders do not close.
    [[nodiscard]] std::vector<std::optional<MultiPolygon>> shapes(Coordinates coordinates) const;

private:
    using Node = std::uint32_t;

    struct Place {
        std::int64_t x = 0;
        std::int64_t y = 0;
        Point original;
    };
    struct Ring {
        std::uint32_t contour = 0;
        std::size_t first = 0; ///< of its nodes; the first one is not repeated
        std::size_t end = 0;
    };
    struct Use {
        std::uint32_t contour = 0;
        bool forward = true; ///< from `a` to `b`
    };
    struct Edge {
        Node a = 0;
        Node b = 0;
        std::uint32_t first_use = 0;
        std::uint32_t uses = 0; ///< none: no longer a border
    };
    struct Link {
        Node node = 0;
        std::uint32_t edge = 0;
    };
    /// Nearly all nodes have two neighbours: held in place, a million of them need no memory of
    /// their own.
    using Links = boost::container::small_vector<Link, 2>;
    class Index;
    class Walk;

    [[nodiscard]] Node node_at(const Point& point);
    void add_ring(std::uint32_t contour, const Polygon::ring_type& ring, bool clockwise);
    void make_edges();
    void add_use(Edge& edge, std::uint32_t contour, bool forward);
    [[nodiscard]] bool weld();
    [[nodiscard]] std::map<double, Node> nodes_on(Node a, Node b, const std::vector<Node>& own,
                                                  const Index& index) const;
    void make_links();
    [[nodiscard]] bool has_edge(Node a, Node b) const;
    [[nodiscard]] std::int64_t triangle(Node a, Node b, Node c) const; ///< twice its signed area
    [[nodiscard]] bool is_free(Node node, const Index& index) const;
    void remove(Node node);
    [[nodiscard]] std::optional<MultiPolygon> to_shape(std::optional<std::vector<std::vector<Node>>> rings,
                                                       Coordinates coordinates) const;
    [[nodiscard]] double angle(Node from, Node to) const;
    [[nodiscard]] double signed_area(const std::vector<Node>& ring) const;
    [[nodiscard]] Polygon::ring_type to_ring(const std::vector<Node>& ring, Coordinates coordinates) const;

    double grid_m_;
    std::uint32_t contours_ = 0;
    std::vector<Place> places_;
    boost::unordered_flat_map<std::uint64_t, Node> node_by_place_;
    Node last_node_ = 0;
    std::vector<Node> ring_nodes_; ///< of all rings, one after the other
    std::vector<Ring> rings_;
    std::vector<Use> uses_; ///< of all edges, one after the other
    std::vector<Edge> edges_;
    std::vector<Links> links_; ///< by node
};

} // namespace pacte::geo
