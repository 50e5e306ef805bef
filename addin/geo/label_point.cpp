#include "geo/label_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <tuple>
#include <vector>

#include "geo/measure.hpp"

// Pole of inaccessibility: D. Garcia-Castellanos and U. Lombardo, « Poles of
// inaccessibility: a calculation algorithm for the remotest places on Earth »,
// 2007. The search by squares, the most promising first, is that of Mapbox's
// polylabel (V. Agafonkin, 2016). Here the shape may be several polygons, and
// may be squeezed in width.

namespace pacte::geo {

namespace {

constexpr std::size_t most_squares = 20000; // a shape so long and thin has no better place anyway

struct Segment {
    Point a;
    Point b;
};

struct Square {
    Point centre;
    double half = 0.0;
    double clearance = 0.0; ///< of the centre; negative outside
    double best = 0.0;      ///< no point of the square has more

    friend bool operator<(const Square& left, const Square& right)
    {
        // The position decides between equals: the answer is always the same.
        return std::tuple(left.best, right.centre.x(), right.centre.y()) <
               std::tuple(right.best, left.centre.x(), left.centre.y());
    }
};

Point squeezed(const Point& point, double stretch) { return {point.x() / stretch, point.y()}; }

std::vector<Segment> sides(const MultiPolygon& shape, double stretch)
{
    std::vector<Segment> result;
    const auto add = [&](const Polygon::ring_type& ring) {
        for (std::size_t i = 1; i < ring.size(); ++i)
            result.push_back({squeezed(ring[i - 1], stretch), squeezed(ring[i], stretch)});
    };
    for (const Polygon& polygon : shape) {
        add(polygon.outer());
        for (const auto& hole : polygon.inners())
            add(hole);
    }
    return result;
}

double square_of_distance(const Point& point, const Segment& side)
{
    const double dx = side.b.x() - side.a.x();
    const double dy = side.b.y() - side.a.y();
    const double length2 = dx * dx + dy * dy;
    double along = 0.0;
    if (length2 > 0.0)
        along =
            std::clamp(((point.x() - side.a.x()) * dx + (point.y() - side.a.y()) * dy) / length2, 0.0, 1.0);
    const double x = side.a.x() + along * dx - point.x();
    const double y = side.a.y() + along * dy - point.y();
    return x * x + y * y;
}

bool crosses_ray(const Point& point, const Segment& side)
{
    return (side.a.y() > point.y()) != (side.b.y() > point.y()) &&
           point.x() <
               (side.b.x() - side.a.x()) * (point.y() - side.a.y()) / (side.b.y() - side.a.y()) + side.a.x();
}

/// Distance to the nearest side, negative outside (even–odd).
double clearance(const Point& point, const std::vector<Segment>& borders)
{
    bool inside = false;
    double nearest = std::numeric_limits<double>::infinity();
    for (const Segment& side : borders) {
        inside = inside != crosses_ray(point, side);
        nearest = std::min(nearest, square_of_distance(point, side));
    }
    return (inside ? 1.0 : -1.0) * std::sqrt(nearest);
}

Square square(const Point& centre, double half, const std::vector<Segment>& borders)
{
    const double own = clearance(centre, borders);
    return {centre, half, own, own + half * std::sqrt(2.0)};
}

/// Squares over the box, on the same centre.
std::priority_queue<Square> cover(const Point& low, const Point& high, double side,
                                  const std::vector<Segment>& borders)
{
    const double columns = std::ceil((high.x() - low.x()) / side);
    const double rows = std::ceil((high.y() - low.y()) / side);
    const Point first((low.x() + high.x() - (columns - 1.0) * side) / 2.0,
                      (low.y() + high.y() - (rows - 1.0) * side) / 2.0);
    std::priority_queue<Square> squares;
    for (int column = 0; column < static_cast<int>(columns); ++column)
        for (int row = 0; row < static_cast<int>(rows); ++row)
            squares.push(square({first.x() + column * side, first.y() + row * side}, side / 2.0, borders));
    return squares;
}

} // namespace

std::optional<LabelPoint> label_point(const MultiPolygon& shape, double precision_m, double stretch)
{
    const std::vector<Segment> borders = sides(shape, stretch);
    if (borders.empty() || area_km2(shape) <= 0.0)
        return std::nullopt;
    const Box box = envelope(shape);
    const Point low = squeezed(box.min_corner(), stretch);
    const Point high = squeezed(box.max_corner(), stretch);
    const auto [shorter, longer] = std::minmax({high.x() - low.x(), high.y() - low.y()});
    const double side = std::max(shorter, longer / 100.0);
    if (side <= 0.0)
        return std::nullopt;
    std::priority_queue<Square> squares = cover(low, high, side, borders);
    // A precision that the shape can afford: the smallest island has its point.
    const double precision = std::min(precision_m, side / 50.0);
    Square best = squares.top();
    for (std::size_t looked_at = 0; !squares.empty() && looked_at < most_squares; ++looked_at) {
        const Square current = squares.top();
        squares.pop();
        if (current.clearance > best.clearance)
            best = current;
        if (best.clearance > 0.0 && current.best - best.clearance <= precision)
            break;
        const double half = current.half / 2.0;
        for (const double dx : {-half, half})
            for (const double dy : {-half, half})
                squares.push(square({current.centre.x() + dx, current.centre.y() + dy}, half, borders));
    }
    if (best.clearance <= 0.0)
        return std::nullopt;
    return LabelPoint{{best.centre.x() * stretch, best.centre.y()}, best.clearance};
}

} // namespace pacte::geo
