#include <cppunit/extensions/HelperMacros.h>

#include <cmath>

#include "core/error.hpp"
#include "geo/projection.hpp"

using namespace pacte;
using namespace pacte::geo;

namespace {

constexpr double centimetre = 0.01;

struct Known {
    int epsg;
    LatLon place;
    double x;
    double y;
};

// Computed with PROJ 9.1.1, from the geographic system of each projection.
const Known known[] = {
    {2154, {46.5, 3.0}, 700000.0, 6600000.0}, // the origin of Lambert-93, by definition
    {2154, {45.0433, 3.8853}, 769705.7084, 6438618.8286},
    {2154, {48.8534, 2.3488}, 652216.6260, 6861681.5000},
    {2154, {42.6976, 9.4509}, 1228641.4149, 6199160.6255},
    {5490, {16.2412, -61.5331}, 656770.8181, 1796177.2406},
    {5490, {14.6037, -61.0667}, 708256.7660, 1615380.3327},
    {2972, {4.9372, -52.3260}, 352980.2046, 545868.9224},
    {4467, {46.7811, -56.1773}, 562801.1017, 5181167.5970},
    {2975, {-20.8823, 55.4504}, 338811.2385, 7690101.3600},
    {4471, {-12.7823, 45.2288}, 524832.8916, 8586927.7306},
};

class ProjectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProjectionTest);
    CPPUNIT_TEST(each_departement_has_its_legal_projection);
    CPPUNIT_TEST(known_places_fall_within_a_centimetre);
    CPPUNIT_TEST(metres_go_back_to_degrees);
    CPPUNIT_TEST(an_unknown_projection_is_refused);
    CPPUNIT_TEST(what_is_no_place_on_earth_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void each_departement_has_its_legal_projection()
    {
        CPPUNIT_ASSERT_EQUAL(2154, legal_epsg("43"));
        CPPUNIT_ASSERT_EQUAL(2154, legal_epsg("2A"));
        CPPUNIT_ASSERT_EQUAL(2154, legal_epsg(""));
        CPPUNIT_ASSERT_EQUAL(5490, legal_epsg("971"));
        CPPUNIT_ASSERT_EQUAL(5490, legal_epsg("972"));
        CPPUNIT_ASSERT_EQUAL(2972, legal_epsg("973"));
        CPPUNIT_ASSERT_EQUAL(2975, legal_epsg("974"));
        CPPUNIT_ASSERT_EQUAL(4467, legal_epsg("975"));
        CPPUNIT_ASSERT_EQUAL(4471, legal_epsg("976"));
        CPPUNIT_ASSERT_EQUAL(5490, legal_epsg("977"));
        CPPUNIT_ASSERT_EQUAL(5490, legal_epsg("978"));
    }

    void known_places_fall_within_a_centimetre()
    {
        for (const Known& expected : known) {
            const Point point = Projection(expected.epsg).forward(expected.place);
            CPPUNIT_ASSERT_DOUBLES_EQUAL(expected.x, point.x(), centimetre);
            CPPUNIT_ASSERT_DOUBLES_EQUAL(expected.y, point.y(), centimetre);
        }
    }

    void metres_go_back_to_degrees()
    {
        constexpr double centimetre_in_degrees = 1e-7;
        for (const Known& expected : known) {
            const LatLon place = Projection(expected.epsg).inverse(Point(expected.x, expected.y));
            CPPUNIT_ASSERT_DOUBLES_EQUAL(expected.place.latitude, place.latitude, centimetre_in_degrees);
            CPPUNIT_ASSERT_DOUBLES_EQUAL(expected.place.longitude, place.longitude, centimetre_in_degrees);
        }
    }

    void an_unknown_projection_is_refused()
    {
        CPPUNIT_ASSERT_THROW(Projection(1), Failure);
        CPPUNIT_ASSERT_EQUAL(std::string("Lambert-93"), Projection(2154).name());
        CPPUNIT_ASSERT_EQUAL(2975, Projection(2975).epsg());
    }

    void what_is_no_place_on_earth_is_refused()
    {
        const Projection lambert(2154);
        CPPUNIT_ASSERT_THROW((void)lambert.forward({91.0, 3.0}), Failure);
        CPPUNIT_ASSERT_THROW((void)lambert.forward({45.0, 700000.0}), Failure);
        CPPUNIT_ASSERT_THROW((void)lambert.forward({std::nan(""), 3.0}), Failure);
        CPPUNIT_ASSERT_THROW((void)lambert.inverse(Point(std::nan(""), 0.0)), Failure);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProjectionTest);

} // namespace
