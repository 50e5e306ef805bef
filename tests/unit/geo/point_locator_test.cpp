#include "shapes.hpp"

#include <random>

#include <boost/geometry/algorithms/covered_by.hpp>
#include <boost/geometry/algorithms/distance.hpp>

#include "geo/point_locator.hpp"

using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

class PointLocatorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PointLocatorTest);
    CPPUNIT_TEST(a_point_is_in_the_contour_that_holds_it);
    CPPUNIT_TEST(a_point_on_a_border_is_in_the_first_contour);
    CPPUNIT_TEST(the_nearest_contour_is_found_within_reach);
    CPPUNIT_TEST(points_are_found_as_boost_finds_them);
    CPPUNIT_TEST(a_point_near_a_shared_border_is_in_one_contour);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_point_is_in_the_contour_that_holds_it()
    {
        MultiPolygon around = rectangle(0, 0, 30, 30);
        around[0].inners().push_back(ring({{10, 10}, {20, 10}, {20, 20}, {10, 20}}));
        correct(around);
        around.push_back(rectangle(40, 0, 50, 10).front());
        const PointLocator locator(
            {{"ring", "", around}, {"none", "", {}}, {"core", "", rectangle(12, 12, 18, 18)}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, locator.at({5, 15}).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, locator.at({45, 5}).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, locator.at({15, 15}).value());
        CPPUNIT_ASSERT(!locator.at({11, 15}));
        CPPUNIT_ASSERT(!locator.at({35, 5}));
        CPPUNIT_ASSERT(!locator.at({std::nan(""), 5}));
        CPPUNIT_ASSERT(!PointLocator({}).at({0, 0}));
    }

    void a_point_on_a_border_is_in_the_first_contour()
    {
        const std::vector<Contour> pair = {{"west", "", rectangle(0, 0, 10, 10)},
                                           {"east", "", rectangle(10, 0, 20, 10)}};
        const PointLocator locator(pair);
        const PointLocator turned({pair[1], pair[0]});
        for (const Point& on : {Point(10, 5), Point(10, 0), Point(10, 10)}) {
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, locator.at(on).value());
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, turned.at(on).value());
        }
        for (const Point& corner : {Point(0, 0), Point(0, 10), Point(5, 0), Point(5, 10), Point(0, 5)})
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, locator.at(corner).value());
        // On a side of which no point but its ends is a pair of doubles, then right beside it.
        const PointLocator slope({{"slope", "", shape({{0, 0}, {0.3, 0.9}, {0.9, 0.3}})}});
        CPPUNIT_ASSERT(slope.at({0.6, 0.6}));
        CPPUNIT_ASSERT(!slope.at({0.6, std::nextafter(0.6, 1.0)}));
        CPPUNIT_ASSERT(slope.at({0.6, std::nextafter(0.6, 0.0)}));
    }

    void the_nearest_contour_is_found_within_reach()
    {
        const PointLocator locator(
            {{"west", "", rectangle(0, 0, 10, 10)}, {"east", "", rectangle(20, 0, 30, 10)}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, locator.near({17, 5}, 5.0).value().contour);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(3.0, locator.near({17, 5}, 5.0).value().distance_m, 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(5.0, locator.near({33, 14}, 5.0).value().distance_m, 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, locator.near({25, 5}, 5.0).value().distance_m, 0.0);
        CPPUNIT_ASSERT(!locator.near({34, 14}, 5.0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, locator.near({15, 5}, 5.0).value().contour); // the first of two
        CPPUNIT_ASSERT_DOUBLES_EQUAL(15.0, locator.distance_m(1, {5, 5}), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, locator.distance_m(0, {5, 5}), 0.0);
    }

    void points_are_found_as_boost_finds_them()
    {
        std::mt19937 random(43);
        std::uniform_int_distribution<int> place(0, 40);
        for (int i = 0; i < 300; ++i) {
            std::vector<Contour> contours(1);
            // A comb: many sides at the same heights, whole coordinates.
            Polygon::ring_type comb;
            for (int x = 0; x <= 40; x += 2) {
                comb.emplace_back(x, 10 + place(random) / 2);
                comb.emplace_back(x + 1, place(random) / 4);
            }
            comb.emplace_back(41, -5);
            comb.emplace_back(0, -5);
            comb.push_back(comb.front());
            contours[0].shape.emplace_back().outer() = comb;
            correct(contours[0].shape);
            const PointLocator locator(contours);
            for (int j = 0; j < 50; ++j) {
                const Point point(place(random), place(random) / 2 - 5);
                const bool inside = boost::geometry::covered_by(point, contours[0].shape);
                CPPUNIT_ASSERT_EQUAL(inside, locator.at(point).has_value());
                CPPUNIT_ASSERT_DOUBLES_EQUAL(boost::geometry::distance(point, contours[0].shape),
                                             locator.distance_m(0, point), 1e-9);
            }
        }
    }

    void a_point_near_a_shared_border_is_in_one_contour()
    {
        // A border of awkward coordinates between two contours, and points as near to it as doubles allow.
        std::mt19937 random(157);
        std::uniform_real_distribution<double> step(0.0, 1.0);
        Polygon::ring_type border;
        for (int i = 0; i <= 200; ++i)
            border.emplace_back(700'000.0 + 10.0 * step(random), 6'400'000.0 + 3.0 * i + step(random));
        std::vector<Contour> pair(2);
        for (const double far : {699'000.0, 701'000.0}) {
            Polygon::ring_type side = border;
            side.emplace_back(far, border.back().y());
            side.emplace_back(far, border.front().y());
            side.push_back(side.front());
            pair[far > 700'000.0 ? 1 : 0].shape.emplace_back().outer() = side;
        }
        for (Contour& contour : pair)
            correct(contour.shape);
        const PointLocator west({pair[0]});
        const PointLocator east({pair[1]});
        std::size_t on_border = 0;
        for (std::size_t i = 1; i < border.size(); ++i)
            for (int j = 0; j < 100; ++j) {
                const double share = step(random);
                const Point near(border[i - 1].x() + share * (border[i].x() - border[i - 1].x()),
                                 border[i - 1].y() + share * (border[i].y() - border[i - 1].y()));
                const bool in_west = west.at(near).has_value();
                const bool in_east = east.at(near).has_value();
                CPPUNIT_ASSERT(in_west || in_east);
                on_border += in_west && in_east ? 1 : 0;
            }
        CPPUNIT_ASSERT(on_border < 100); // exactly on it: next to none of 20,000
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PointLocatorTest);

} // namespace
