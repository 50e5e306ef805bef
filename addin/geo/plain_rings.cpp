#include "geo/plain_rings.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace pacte::geo {

namespace {

/// 1: c is on the left of a → b; −1: on the right; 0: too near to tell. After Shewchuk,
/// « Adaptive precision floating-point arithmetic » (1997), first stage, with a wider margin.
int side(const Point& a, const Point& b, const Point& c)
{
    const double left = (a.x() - c.x()) * (b.y() - c.y());
    const double right = (a.y() - c.y()) * (b.x() - c.x());
    const double margin = 8.0 * std::numeric_limits<double>::epsilon() * (std::abs(left) + std::abs(right));
    const double turn = left - right;
    return turn > margin ? 1 : turn < -margin ? -1 : 0;
}

class Sweep {
public:
    explicit Sweep(const MultiPolygon& shape) : shape_(shape) {}

    bool is_plain()
    {
        std::size_t sides = 0;
        for (const Polygon& polygon : shape_) {
            sides += polygon.outer().size();
            for (const auto& hole : polygon.inners())
                sides += hole.size();
        }
        sides_.reserve(sides);
        for (const Polygon& polygon : shape_) {
            if (!add(polygon.outer(), true))
                return false;
            for (const auto& hole : polygon.inners())
                if (!add(hole, false))
                    return false;
        }
        return sides_are_apart() && (rings_.size() == 1 || rings_are_well_placed());
    }

private:
    struct Side {
        double left = 0.0;
        double right = 0.0;
        double bottom = 0.0;
        double top = 0.0;
        const Point* from = nullptr;
        const Point* to = nullptr;
        std::uint32_t number = 0; ///< along the rings
        std::uint32_t ring = 0;
    };
    struct RingBox {
        const Polygon::ring_type* ring = nullptr;
        std::uint32_t first = 0; ///< of its sides
        std::uint32_t end = 0;
        double left = std::numeric_limits<double>::infinity();
        double right = -std::numeric_limits<double>::infinity();
        double bottom = std::numeric_limits<double>::infinity();
        double top = -std::numeric_limits<double>::infinity();
    };

    bool add(const Polygon::ring_type& ring, bool clockwise)
    {
        if (ring.size() < 4 || ring.front().x() != ring.back().x() || ring.front().y() != ring.back().y())
            return false;
        RingBox box;
        box.ring = &ring;
        box.first = static_cast<std::uint32_t>(sides_.size());
        double doubled = 0.0;
        const Point& origin = ring.front();
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const Point& from = ring[i - 1];
            const Point& to = ring[i];
            if (from.x() == to.x() && from.y() == to.y())
                continue;
            doubled += (from.x() - origin.x()) * (to.y() - origin.y()) -
                       (from.y() - origin.y()) * (to.x() - origin.x());
            const auto [left, right] = std::minmax(from.x(), to.x());
            const auto [bottom, top] = std::minmax(from.y(), to.y());
            sides_.push_back({left, right, bottom, top, &from, &to, static_cast<std::uint32_t>(sides_.size()),
                              static_cast<std::uint32_t>(rings_.size())});
            box.left = std::min(box.left, left);
            box.right = std::max(box.right, right);
            box.bottom = std::min(box.bottom, bottom);
            box.top = std::max(box.top, top);
        }
        box.end = static_cast<std::uint32_t>(sides_.size());
        rings_.push_back(box);
        const bool turns_well = clockwise ? doubled < 0.0 : doubled > 0.0;
        if (!turns_well || !std::isfinite(doubled) || box.end - box.first < 3)
            return false;
        for (std::uint32_t i = box.first; i < box.end; ++i) {
            const Side& one = sides_[i];
            const Side& next = sides_[i + 1 == box.end ? box.first : i + 1];
            const double forward = (one.to->x() - one.from->x()) * (next.to->x() - next.from->x()) +
                                   (one.to->y() - one.from->y()) * (next.to->y() - next.from->y());
            if (forward <= 0.0 && side(*one.from, *one.to, *next.to) == 0)
                return false; // comes back on itself
        }
        return true;
    }

    [[nodiscard]] bool are_next(const Side& a, const Side& b) const
    {
        if (a.ring != b.ring)
            return false;
        const auto [low, high] = std::minmax(a.number, b.number);
        return high - low == 1 || (low == rings_[a.ring].first && high + 1 == rings_[a.ring].end);
    }

    bool sides_are_apart()
    {
        std::sort(sides_.begin(), sides_.end(), [](const Side& a, const Side& b) { return a.left < b.left; });
        for (auto one = sides_.begin(); one != sides_.end(); ++one)
            for (auto other = one + 1; other != sides_.end() && other->left <= one->right; ++other) {
                if (other->bottom > one->top || other->top < one->bottom || are_next(*one, *other))
                    continue;
                if (!are_on_one_side(*one, *other) && !are_on_one_side(*other, *one))
                    return false;
            }
        return true;
    }

    static bool are_on_one_side(const Side& of, const Side& ends)
    {
        return side(*of.from, *of.to, *ends.from) * side(*of.from, *of.to, *ends.to) == 1;
    }

    // The rings are apart: one vertex of a ring says where all of it is.
    bool rings_are_well_placed()
    {
        constexpr std::size_t many = 1000; // pairs are looked at
        if (rings_.size() > many)
            return false;
        std::size_t next = 0;
        std::vector<const RingBox*> outers;
        for (const Polygon& polygon : shape_) {
            const RingBox& outer = rings_[next++];
            for (const RingBox* other : outers)
                if (!are_beside(*other, outer))
                    return false;
            outers.push_back(&outer);
            const std::size_t first_hole = next;
            for (; next < first_hole + polygon.inners().size(); ++next) {
                if (place(*rings_[next].ring, outer) != Place::inside)
                    return false;
                for (std::size_t other = first_hole; other < next; ++other)
                    if (!are_beside(rings_[other], rings_[next]))
                        return false;
            }
        }
        return true;
    }

    enum class Place { inside, outside, unknown };

    static bool are_beside(const RingBox& a, const RingBox& b)
    {
        if (a.left > b.right || b.left > a.right || a.bottom > b.top || b.bottom > a.top)
            return true;
        return place(*a.ring, b) == Place::outside && place(*b.ring, a) == Place::outside;
    }

    static Place place(const Polygon::ring_type& ring, const RingBox& in)
    {
        const Point& vertex = ring.front();
        bool inside = false;
        for (std::size_t i = 1; i < in.ring->size(); ++i) {
            const Point& a = (*in.ring)[i - 1];
            const Point& b = (*in.ring)[i];
            if ((a.y() > vertex.y()) == (b.y() > vertex.y()))
                continue;
            const int turn = side(a, b, vertex);
            if (turn == 0)
                return Place::unknown;
            if ((turn > 0) == (b.y() > a.y()))
                inside = !inside;
        }
        return inside ? Place::inside : Place::outside;
    }

    const MultiPolygon& shape_;
    std::vector<Side> sides_;
    std::vector<RingBox> rings_;
};

} // namespace

bool is_plainly_valid(const MultiPolygon& shape) { return !shape.empty() && Sweep(shape).is_plain(); }

} // namespace pacte::geo
