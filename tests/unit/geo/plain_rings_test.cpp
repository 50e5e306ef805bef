#include "shapes.hpp"

#include <numbers>
#include <random>

// GCC 12 sees uninitialised boxes in envelope_multi_range: see polygons.cpp.
#pragma GCC diagnostic push
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <boost/geometry/algorithms/is_valid.hpp>

#include "geo/plain_rings.hpp"

using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

/// With a hole of these corners.
MultiPolygon pierced(MultiPolygon shape, const Corners& hole)
{
    shape.front().inners().push_back(ring(hole));
    correct(shape);
    return shape;
}

MultiPolygon together(const MultiPolygon& a, const MultiPolygon& b)
{
    MultiPolygon all = a;
    all.insert(all.end(), b.begin(), b.end());
    return all;
}

class PlainRingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PlainRingsTest);
    CPPUNIT_TEST(rings_that_stay_apart_are_plain);
    CPPUNIT_TEST(rings_that_touch_or_cross_are_not);
    CPPUNIT_TEST(what_is_plain_is_valid_for_boost);
    CPPUNIT_TEST_SUITE_END();

public:
    void rings_that_stay_apart_are_plain()
    {
        const MultiPolygon square = rectangle(0, 0, 10, 10);
        CPPUNIT_ASSERT(is_plainly_valid(square));
        CPPUNIT_ASSERT(is_plainly_valid(shape({{0, 0}, {0, 5}, {0, 10}, {0, 10}, {10, 10}, {5, 1}})));
        CPPUNIT_ASSERT(is_plainly_valid(pierced(square, {{2, 2}, {4, 2}, {4, 4}})));
        CPPUNIT_ASSERT(
            is_plainly_valid(pierced(pierced(square, {{2, 2}, {4, 2}, {4, 4}}), {{5, 5}, {7, 5}, {7, 7}})));
        CPPUNIT_ASSERT(is_plainly_valid(together(square, rectangle(11, 0, 20, 10))));
        // The boxes of two triangles cover each other.
        CPPUNIT_ASSERT(is_plainly_valid(
            together(shape({{0, 0}, {0, 10}, {10, 0}}), shape({{10, 10}, {1, 10}, {10, 1}}))));
    }

    void rings_that_touch_or_cross_are_not()
    {
        const MultiPolygon square = rectangle(0, 0, 10, 10);
        CPPUNIT_ASSERT(!is_plainly_valid({}));
        CPPUNIT_ASSERT(!is_plainly_valid(shape({{0, 0}, {10, 10}, {10, 0}, {0, 10}})));
        CPPUNIT_ASSERT(
            !is_plainly_valid(shape({{0, 0}, {0, 10}, {10, 10}, {5, 10}, {5, 12}, {5, 10}, {10, 0}})));
        CPPUNIT_ASSERT(
            !is_plainly_valid(shape({{0, 0}, {0, 10}, {10, 10}, {0, 5}, {10, 0}}))); // touches itself
        CPPUNIT_ASSERT(!is_plainly_valid(pierced(square, {{0, 2}, {4, 2}, {4, 4}})));
        CPPUNIT_ASSERT(!is_plainly_valid(pierced(square, {{12, 2}, {14, 2}, {14, 4}})));
        CPPUNIT_ASSERT(!is_plainly_valid(
            pierced(pierced(square, {{1, 1}, {9, 1}, {9, 9}, {1, 9}}), {{5, 5}, {7, 5}, {7, 7}})));
        CPPUNIT_ASSERT(!is_plainly_valid(together(square, rectangle(2, 2, 4, 4))));
        CPPUNIT_ASSERT(!is_plainly_valid(together(square, rectangle(10, 0, 20, 10))));
        MultiPolygon open = square;
        open.front().outer().pop_back();
        CPPUNIT_ASSERT(!is_plainly_valid(open));
        MultiPolygon turned = square;
        std::reverse(turned.front().outer().begin(), turned.front().outer().end());
        CPPUNIT_ASSERT(!is_plainly_valid(turned));
        CPPUNIT_ASSERT(!is_plainly_valid(rectangle(0, 0, std::nan(""), 10)));
    }

    // Stars on a coarse grid, where touching and crossing are common, with holes and in pairs.
    void what_is_plain_is_valid_for_boost()
    {
        std::mt19937 generator(20261125);
        const auto random = [&] { return static_cast<unsigned>(generator()); };
        const auto star = [&](double x, double y, double size) {
            const std::size_t corners = 3 + random() % 9;
            Polygon::ring_type points;
            for (std::size_t i = 0; i < corners; ++i) {
                const double angle =
                    2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
                const double far = size * static_cast<double>(1 + random() % 8) / 8.0;
                points.emplace_back(x + std::round(far * std::cos(angle)),
                                    y + std::round(far * std::sin(angle)));
            }
            if (random() % 8 == 0)
                std::swap(points.front(), points[random() % corners]);
            points.push_back(points.front());
            return points;
        };
        std::size_t plain = 0;
        std::size_t valid = 0;
        for (int i = 0; i < 20'000; ++i) {
            MultiPolygon shape;
            for (std::size_t parts = 1 + random() % 2; parts > 0; --parts) {
                shape.emplace_back().outer() = star(random() % 20, random() % 20, 12);
                for (std::size_t holes = random() % 3; holes > 0; --holes)
                    shape.back().inners().push_back(star(random() % 20, random() % 20, 3));
            }
            correct(shape);
            const bool is_valid_for_boost = boost::geometry::is_valid(shape);
            valid += is_valid_for_boost ? 1 : 0;
            if (is_plainly_valid(shape)) {
                ++plain;
                CPPUNIT_ASSERT(is_valid_for_boost);
            }
        }
        CPPUNIT_ASSERT(plain > 1'000 && plain <= valid);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PlainRingsTest);

} // namespace

#pragma GCC diagnostic pop
