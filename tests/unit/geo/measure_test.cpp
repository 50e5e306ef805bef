#include "shapes.hpp"

#include <stdexcept>

#include "geo/measure.hpp"

using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

class MeasureTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MeasureTest);
    CPPUNIT_TEST(the_envelope_holds_all_the_contours);
    CPPUNIT_TEST(no_point_has_no_envelope);
    CPPUNIT_TEST(areas_are_in_square_kilometres_without_the_holes);
    CPPUNIT_TEST(the_tolerance_is_two_tenths_of_a_millimetre_on_paper);
    CPPUNIT_TEST_SUITE_END();

public:
    void the_envelope_holds_all_the_contours()
    {
        const Box box = envelope(std::vector<Contour>{
            {"a", "", rectangle(0, 10, 5, 20)}, {"b", "", {}}, {"c", "", rectangle(-3, 12, 1, 40)}});
        CPPUNIT_ASSERT_EQUAL(-3.0, box.min_corner().x());
        CPPUNIT_ASSERT_EQUAL(10.0, box.min_corner().y());
        CPPUNIT_ASSERT_EQUAL(5.0, box.max_corner().x());
        CPPUNIT_ASSERT_EQUAL(40.0, box.max_corner().y());
    }

    void no_point_has_no_envelope()
    {
        CPPUNIT_ASSERT_THROW((void)envelope(MultiPolygon()), std::invalid_argument);
        CPPUNIT_ASSERT_THROW((void)envelope(std::vector<Contour>()), std::invalid_argument);
    }

    void areas_are_in_square_kilometres_without_the_holes()
    {
        MultiPolygon shape = rectangle(0, 0, 3000, 2000);
        shape[0].inners().push_back(ring({{1000, 500}, {2000, 500}, {2000, 1500}, {1000, 1500}}));
        correct(shape);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(5.0, area_km2(shape), 1e-12);
    }

    void the_tolerance_is_two_tenths_of_a_millimetre_on_paper()
    {
        // 90 km over 180 mm: 500 m a millimetre.
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, tolerance_for(Box(Point(0, 0), Point(90000, 10000)), 180, 160),
                                     1e-9);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(200.0, tolerance_for(Box(Point(0, 0), Point(90000, 160000)), 180, 160),
                                     1e-9);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MeasureTest);

} // namespace
