#include "shapes.hpp"

#include <cmath>

#include "geo/label_point.hpp"

using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

class LabelPointTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LabelPointTest);
    CPPUNIT_TEST(in_a_square_it_is_the_middle);
    CPPUNIT_TEST(in_a_triangle_it_is_the_incentre);
    CPPUNIT_TEST(it_is_in_the_larger_of_two_islands);
    CPPUNIT_TEST(it_is_not_in_a_hole);
    CPPUNIT_TEST(a_crescent_holds_its_point);
    CPPUNIT_TEST(stretched_it_looks_for_width);
    CPPUNIT_TEST(a_shape_without_surface_has_none);
    CPPUNIT_TEST(a_very_long_shape_has_its_point_quickly);
    CPPUNIT_TEST_SUITE_END();

public:
    void in_a_square_it_is_the_middle()
    {
        const auto found = label_point(rectangle(0, 0, 1000, 1000), 1.0);
        CPPUNIT_ASSERT(found.has_value());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(500.0, found->point.x(), 1.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(500.0, found->point.y(), 1.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(500.0, found->clearance_m, 1.0);
    }

    void in_a_triangle_it_is_the_incentre()
    {
        // The 3-4-5 triangle has an inscribed circle of radius 1, whose centre is at (1, 1) from the right
        // angle.
        const auto found = label_point(shape({{0, 0}, {0, 3000}, {4000, 0}}), 1.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1000.0, found->point.x(), 5.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1000.0, found->point.y(), 5.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1000.0, found->clearance_m, 1.0);
    }

    void it_is_in_the_larger_of_two_islands()
    {
        MultiPolygon islands = rectangle(0, 0, 100, 100);
        islands.push_back(rectangle(5000, 0, 6000, 1000)[0]);
        const auto found = label_point(islands, 1.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(5500.0, found->point.x(), 2.0);
    }

    void it_is_not_in_a_hole()
    {
        MultiPolygon frame = rectangle(0, 0, 1000, 1000);
        frame[0].inners().push_back(ring({{100, 100}, {800, 100}, {800, 900}, {100, 900}}));
        correct(frame);
        // The right band is 200 wide: 100 from both its sides. No corner has more: at the top right one,
        // d from both sides and from (800, 900) gives (200 − d)² + (100 − d)² = d², whose root is d = 100.
        const auto found = label_point(frame, 0.5);
        CPPUNIT_ASSERT(found->point.x() > 800.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, found->clearance_m, 0.5);
    }

    void a_crescent_holds_its_point()
    {
        // A square with a deep notch: its centroid is outside.
        const auto found = label_point(shape({{0, 0},
                                              {0, 1000},
                                              {1000, 1000},
                                              {1000, 900},
                                              {100, 900},
                                              {100, 100},
                                              {1000, 100},
                                              {1000, 0}}),
                                       1.0);
        CPPUNIT_ASSERT(found->clearance_m > 0.0);
        const bool in_notch =
            found->point.x() > 100.0 && found->point.y() > 100.0 && found->point.y() < 900.0;
        CPPUNIT_ASSERT(!in_notch);
    }

    void stretched_it_looks_for_width()
    {
        // A tower 600 × 2000 on a slab 3000 × 400: a line of text, twice wider than high, goes into the slab.
        const MultiPolygon slab_and_tower =
            shape({{0, 0}, {0, 400}, {2400, 400}, {2400, 2400}, {3000, 2400}, {3000, 0}});
        CPPUNIT_ASSERT(label_point(slab_and_tower, 1.0)->point.x() > 2400.0);
        CPPUNIT_ASSERT(label_point(slab_and_tower, 1.0, 4.0)->point.y() < 400.0);
    }

    void a_shape_without_surface_has_none()
    {
        CPPUNIT_ASSERT(!label_point(MultiPolygon()));
        CPPUNIT_ASSERT(!label_point(shape({{0, 0}, {10, 0}, {5, 0}})));
    }

    void a_very_long_shape_has_its_point_quickly()
    {
        const auto found = label_point(rectangle(0, 0, 1000000, 1));
        CPPUNIT_ASSERT(found && found->clearance_m > 0.0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LabelPointTest);

} // namespace
