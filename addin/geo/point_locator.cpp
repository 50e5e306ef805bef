#include "geo/point_locator.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <boost/geometry/index/rtree.hpp>
#include <boost/geometry/strategies/strategies.hpp>
#include <boost/geometry/strategy/cartesian/side_robust.hpp>
#include <boost/iterator/function_output_iterator.hpp>

#include "geo/measure.hpp"

namespace pacte::geo {

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;

namespace {

/// 1: the point is on the left of a → b, −1: on the right, 0: on it, exactly.
int side(const Point& a, const Point& b, const Point& point)
{
    const double left = (a.x() - point.x()) * (b.y() - point.y());
    const double right = (a.y() - point.y()) * (b.x() - point.x());
    const double margin = 8.0 * std::numeric_limits<double>::epsilon() * (std::abs(left) + std::abs(right));
    const double turn = left - right;
    if (turn > margin)
        return 1;
    if (turn < -margin)
        return -1;
    using Exact = bg::strategy::side::side_robust<double, bg::strategy::side::fp_equals_policy>;
    return Exact::apply(a, b, point);
}

double squared_distance(const Point& a, const Point& b, const Point& point)
{
    const double dx = b.x() - a.x();
    const double dy = b.y() - a.y();
    const double length2 = dx * dx + dy * dy;
    const double along =
        length2 > 0.0 ? ((point.x() - a.x()) * dx + (point.y() - a.y()) * dy) / length2 : 0.0;
    const double share = std::clamp(along, 0.0, 1.0);
    const double x = a.x() + share * dx - point.x();
    const double y = a.y() + share * dy - point.y();
    return x * x + y * y;
}

} // namespace

/// Polygons by box, in an R-tree; the sides of a polygon in runs, of which nearly all are far
/// above or below a point, or on its left.
class PointLocator::Index {
public:
    explicit Index(const std::vector<Contour>& contours)
    {
        std::vector<std::pair<Box, std::uint32_t>> boxes;
        reserve(contours);
        first_polygon_.reserve(contours.size() + 1);
        first_polygon_.push_back(0);
        for (std::size_t contour = 0; contour < contours.size(); ++contour) {
            for (const Polygon& polygon : contours[contour].shape) {
                const std::size_t first = runs_.size();
                add(polygon.outer());
                for (const auto& hole : polygon.inners())
                    add(hole);
                if (runs_.size() == first)
                    continue;
                boxes.emplace_back(box_of(polygon.outer()), static_cast<std::uint32_t>(polygons_.size()));
                polygons_.push_back({contour, first, runs_.size()});
            }
            first_polygon_.push_back(polygons_.size());
        }
        tree_ = Tree(boxes);
    }

    [[nodiscard]] std::optional<std::size_t> at(const Point& point) const
    {
        std::optional<std::size_t> found;
        const auto look = [&](const std::pair<Box, std::uint32_t>& entry) {
            const Part& part = polygons_[entry.second];
            if ((!found || part.contour < *found) && holds(part, point))
                found = part.contour;
        };
        tree_.query(bgi::intersects(point), boost::make_function_output_iterator(look));
        return found;
    }

    [[nodiscard]] std::optional<Near> near(const Point& point, double within_m) const
    {
        if (const auto contour = at(point))
            return Near{*contour, 0.0};
        std::optional<Near> nearest;
        const Box around(Point(point.x() - within_m, point.y() - within_m),
                         Point(point.x() + within_m, point.y() + within_m));
        const auto look = [&](const std::pair<Box, std::uint32_t>& entry) {
            const Part& part = polygons_[entry.second];
            const double distance = distance_to(part, point);
            if (distance <= within_m && (!nearest || std::pair(distance, part.contour) <
                                                         std::pair(nearest->distance_m, nearest->contour)))
                nearest = Near{part.contour, distance};
        };
        tree_.query(bgi::intersects(around), boost::make_function_output_iterator(look));
        return nearest;
    }

    [[nodiscard]] double distance_m(std::size_t contour, const Point& point) const
    {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = first_polygon_.at(contour); i < first_polygon_.at(contour + 1); ++i)
            least = std::min(least, holds(polygons_[i], point) ? 0.0 : distance_to(polygons_[i], point));
        return least;
    }

private:
    using Tree = bgi::rtree<std::pair<Box, std::uint32_t>, bgi::linear<16>>;

    static constexpr std::size_t sides_in_run = 8;

    /// Sides that follow each other.
    struct Run {
        double bottom = std::numeric_limits<double>::infinity();
        double top = -std::numeric_limits<double>::infinity();
        double right = -std::numeric_limits<double>::infinity();
        std::size_t first = 0; ///< of the vertices
        std::size_t last = 0;
    };
    /// One polygon of a contour.
    struct Part {
        std::size_t contour = 0;
        std::size_t first = 0; ///< of the runs
        std::size_t end = 0;
    };

    void reserve(const std::vector<Contour>& contours)
    {
        std::size_t vertices = 0;
        std::size_t runs = 0;
        const auto count = [&](const Polygon::ring_type& ring) {
            vertices += ring.size();
            runs += ring.size() / sides_in_run + 1;
        };
        for (const Contour& contour : contours)
            for (const Polygon& polygon : contour.shape) {
                count(polygon.outer());
                for (const auto& hole : polygon.inners())
                    count(hole);
            }
        vertices_.reserve(vertices);
        runs_.reserve(runs);
    }

    static Box box_of(const Polygon::ring_type& ring)
    {
        Box box(ring.front(), ring.front());
        for (const Point& point : ring) {
            box.min_corner().x(std::min(box.min_corner().x(), point.x()));
            box.min_corner().y(std::min(box.min_corner().y(), point.y()));
            box.max_corner().x(std::max(box.max_corner().x(), point.x()));
            box.max_corner().y(std::max(box.max_corner().y(), point.y()));
        }
        return box;
    }

    void add(const Polygon::ring_type& ring)
    {
        if (ring.size() < 4)
            return;
        const std::size_t begin = vertices_.size();
        vertices_.insert(vertices_.end(), ring.begin(), ring.end());
        for (std::size_t first = begin; first + 1 < vertices_.size(); first += sides_in_run) {
            Run run;
            run.first = first;
            run.last = std::min(first + sides_in_run, vertices_.size() - 1);
            for (std::size_t i = first; i <= run.last; ++i) {
                run.bottom = std::min(run.bottom, vertices_[i].y());
                run.top = std::max(run.top, vertices_[i].y());
                run.right = std::max(run.right, vertices_[i].x());
            }
            runs_.push_back(run);
        }
    }

    /// In it or on its border: how many sides a ray to the right meets, odd or even.
    [[nodiscard]] bool holds(const Part& part, const Point& point) const
    {
        bool inside = false;
        for (std::size_t i = part.first; i < part.end; ++i) {
            const Run& run = runs_[i];
            if (point.y() >= run.bottom && point.y() <= run.top && point.x() <= run.right &&
                is_on(run, point, inside))
                return true;
        }
        return inside;
    }

    /// True where the point is on one of those sides; else `inside` changes with each that is met.
    bool is_on(const Run& run, const Point& point, bool& inside) const
    {
        bool a_above = vertices_[run.first].y() > point.y();
        for (std::size_t v = run.first; v < run.last; ++v) {
            const Point& a = vertices_[v];
            const Point& b = vertices_[v + 1];
            const bool b_above = b.y() > point.y();
            if (std::exchange(a_above, b_above) == b_above) {
                if (b.y() == point.y() &&
                    (b.x() == point.x() || (a.y() == b.y() && (a.x() < point.x()) != (b.x() < point.x()))))
                    return true;
                continue;
            }
            if (a.x() < point.x() && b.x() < point.x())
                continue;
            // Both contours of a border see it from its lower end: the same rounding.
            const int where = b_above ? side(a, b, point) : side(b, a, point);
            if (where == 0)
                return true;
            inside = inside != (where > 0);
        }
        return false;
    }

    [[nodiscard]] double distance_to(const Part& part, const Point& point) const
    {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = part.first; i < part.end; ++i)
            for (std::size_t v = runs_[i].first; v < runs_[i].last; ++v)
                least = std::min(least, squared_distance(vertices_[v], vertices_[v + 1], point));
        return std::sqrt(least);
    }

    std::vector<Point> vertices_; ///< of all rings, closed
    std::vector<Run> runs_;
    std::vector<Part> polygons_;
    std::vector<std::size_t> first_polygon_; ///< by contour
    Tree tree_;
};

PointLocator::PointLocator(const std::vector<Contour>& contours) : index_(std::make_unique<Index>(contours))
{
}
PointLocator::~PointLocator() = default;
PointLocator::PointLocator(PointLocator&&) noexcept = default;
PointLocator& PointLocator::operator=(PointLocator&&) noexcept = default;

std::optional<std::size_t> PointLocator::at(const Point& point) const { return index_->at(point); }

std::optional<PointLocator::Near> PointLocator::near(const Point& point, double within_m) const
{
    return index_->near(point, within_m);
}

double PointLocator::distance_m(std::size_t contour, const Point& point) const
{
    return index_->distance_m(contour, point);
}

} // namespace pacte::geo
