#include "geo/polygons.hpp"

#include "geo/plain_rings.hpp"

// GCC 12 sees uninitialised boxes in envelope_multi_range, which sets them: a
// known false alarm at -O2, in Boost's code and not in ours.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <boost/geometry/algorithms/correct.hpp>
#include <boost/geometry/algorithms/intersection.hpp>
#include <boost/geometry/algorithms/is_valid.hpp>
#include <boost/geometry/algorithms/union.hpp>
#include <boost/geometry/strategies/cartesian.hpp>

namespace pacte::geo {

namespace bg = boost::geometry;

bool is_valid(const MultiPolygon& shape) { return is_plainly_valid(shape) || bg::is_valid(shape); }

void correct(MultiPolygon& shape) { bg::correct(shape); }

MultiPolygon united(const MultiPolygon& a, const MultiPolygon& b)
{
    MultiPolygon joined;
    try {
        bg::union_(a, b, joined);
    } catch (const bg::exception&) {
        joined = a;
        joined.insert(joined.end(), b.begin(), b.end());
    }
    return joined;
}

MultiPolygon part_within(const MultiPolygon& shape, const Box& box)
{
    MultiPolygon part;
    bg::intersection(shape, box, part);
    return part;
}

} // namespace pacte::geo

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
