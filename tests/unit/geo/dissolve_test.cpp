#include "shapes.hpp"

using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

class DissolveTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DissolveTest);
    CPPUNIT_TEST(two_neighbours_become_one_without_the_border);
    CPPUNIT_TEST(a_commune_without_epci_is_left_out);
    CPPUNIT_TEST(an_enclave_makes_a_hole);
    CPPUNIT_TEST(an_exclave_makes_a_second_polygon);
    CPPUNIT_TEST(an_island_in_a_hole_is_a_polygon_of_its_own);
    CPPUNIT_TEST(communes_that_touch_at_a_corner_stay_two_polygons);
    CPPUNIT_TEST(a_hole_that_touches_the_outline_is_valid);
    CPPUNIT_TEST(a_ring_of_communes_round_two_corners_is_valid);
    CPPUNIT_TEST(rings_turned_the_wrong_way_are_understood);
    CPPUNIT_TEST(a_vertex_missing_on_one_side_does_not_leave_a_gap);
    CPPUNIT_TEST(communes_that_overlap_give_a_valid_epci);
    CPPUNIT_TEST(vertices_kept_are_those_of_the_file);
    CPPUNIT_TEST_SUITE_END();

public:
    void two_neighbours_become_one_without_the_border()
    {
        const auto epcis = dissolve({{"1", "", rectangle(0, 0, 10, 10)}, {"2", "", rectangle(10, 0, 20, 10)}},
                                    {{"1", "A"}, {"2", "A"}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, epcis.size());
        CPPUNIT_ASSERT_EQUAL(std::string("A"), epcis[0].code);
        CPPUNIT_ASSERT(is_valid(epcis[0].shape));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(200.0, area(epcis[0].shape), 1e-9);
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, vertices(epcis[0].shape)); // the ends of the border stay
    }

    void a_commune_without_epci_is_left_out()
    {
        const auto epcis =
            dissolve({{"1", "", rectangle(0, 0, 10, 10)}, {"2", "", rectangle(10, 0, 20, 10)}}, {{"1", "A"}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, epcis.size());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, area(epcis[0].shape), 1e-9);
        CPPUNIT_ASSERT(dissolve({}, {{"1", "A"}}).empty());
    }

    void an_enclave_makes_a_hole()
    {
        MultiPolygon around = rectangle(0, 0, 30, 30);
        around[0].inners().push_back(ring({{10, 10}, {20, 10}, {20, 20}, {10, 20}}));
        correct(around);
        const std::vector<Contour> communes = {{"1", "", around}, {"2", "", rectangle(10, 10, 20, 20)}};
        const auto apart = dissolve(communes, {{"1", "A"}, {"2", "B"}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, apart[0].shape[0].inners().size());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(800.0, area(apart[0].shape), 1e-9);
        assert_shared_borders(apart);
        const auto together = dissolve(communes, {{"1", "A"}, {"2", "A"}});
        CPPUNIT_ASSERT(together[0].shape[0].inners().empty());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(900.0, area(together[0].shape), 1e-9);
    }

    void an_exclave_makes_a_second_polygon()
    {
        const auto epcis = dissolve({{"1", "", rectangle(0, 0, 10, 10)},
                                     {"2", "", rectangle(10, 0, 20, 10)},
                                     {"3", "", rectangle(20, 0, 30, 10)}},
                                    {{"1", "A"}, {"2", "B"}, {"3", "A"}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, epcis[0].shape.size());
        assert_shared_borders(epcis);
    }

    void an_island_in_a_hole_is_a_polygon_of_its_own()
    {
        MultiPolygon around = rectangle(0, 0, 50, 50);
        around[0].inners().push_back(ring({{10, 10}, {40, 10}, {40, 40}, {10, 40}}));
        correct(around);
        const auto epcis =
            dissolve({{"1", "", around}, {"2", "", rectangle(20, 20, 30, 30)}}, {{"1", "A"}, {"2", "A"}});
        CPPUNIT_ASSERT(is_valid(epcis[0].shape));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, epcis[0].shape.size());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(2500.0 - 900.0 + 100.0, area(epcis[0].shape), 1e-9);
    }

    void communes_that_touch_at_a_corner_stay_two_polygons()
    {
        const auto epcis =
            dissolve({{"1", "", rectangle(0, 0, 10, 10)}, {"2", "", rectangle(10, 10, 20, 20)}},
                     {{"1", "A"}, {"2", "A"}});
        CPPUNIT_ASSERT(is_valid(epcis[0].shape));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, epcis[0].shape.size());
    }

    void a_hole_that_touches_the_outline_is_valid()
    {
        // A single ring that passes twice at (10, 10): a notch 20 × 10 / 2 and a hole 5 × 5 / 2 meet there.
        const MultiPolygon twice =
            shape({{0, 0}, {0, 20}, {20, 20}, {20, 0}, {10, 10}, {10, 15}, {5, 10}, {10, 10}});
        const auto epcis = dissolve({{"1", "", twice}}, {{"1", "A"}});
        CPPUNIT_ASSERT(is_valid(epcis[0].shape));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, epcis[0].shape[0].inners().size());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(400.0 - 100.0 - 12.5, area(epcis[0].shape), 1e-9);
    }

    void a_ring_of_communes_round_two_corners_is_valid()
    {
        // Eight squares round a hole, two opposite corners of which are missing: # # .
        //                                                                        #   #
        //                                                                        . # #
        std::vector<Contour> communes;
        std::map<std::string, std::string> epci_of;
        for (int x = 0; x < 3; ++x)
            for (int y = 0; y < 3; ++y) {
                if ((x == 1 && y == 1) || (x == 2 && y == 2) || (x == 0 && y == 0))
                    continue;
                const std::string code = std::to_string(10 * x + y);
                communes.push_back({code, "", rectangle(x * 10, y * 10, x * 10 + 10, y * 10 + 10)});
                epci_of[code] = "A";
            }
        const auto epcis = dissolve(communes, epci_of);
        CPPUNIT_ASSERT(is_valid(epcis[0].shape));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(600.0, area(epcis[0].shape), 1e-9);
    }

    void rings_turned_the_wrong_way_are_understood()
    {
        MultiPolygon wrong;
        wrong.emplace_back().outer() = ring({{10, 0}, {20, 0}, {20, 10}, {10, 10}});
        const auto epcis =
            dissolve({{"1", "", rectangle(0, 0, 10, 10)}, {"2", "", wrong}}, {{"1", "A"}, {"2", "A"}});
        CPPUNIT_ASSERT(is_valid(epcis[0].shape));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(200.0, area(epcis[0].shape), 1e-9);
    }

    void a_vertex_missing_on_one_side_does_not_leave_a_gap()
    {
        // The left one has no vertex at (10, 10), where the two on the right meet.
        const auto epcis = dissolve({{"1", "", rectangle(0, 0, 10, 20)},
                                     {"2", "", rectangle(10, 0, 20, 10)},
                                     {"3", "", rectangle(10, 10, 20, 20)}},
                                    {{"1", "A"}, {"2", "A"}, {"3", "B"}});
        assert_shared_borders(epcis);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(300.0, area(epcis[0].shape), 1e-9);
    }

    void communes_that_overlap_give_a_valid_epci()
    {
        const auto epcis = dissolve({{"1", "", rectangle(0, 0, 12, 10)}, {"2", "", rectangle(10, 3, 20, 7)}},
                                    {{"1", "A"}, {"2", "A"}});
        CPPUNIT_ASSERT(is_valid(epcis[0].shape));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(120.0 + 40.0 - 8.0, area(epcis[0].shape), 1e-6);
    }

    void vertices_kept_are_those_of_the_file()
    {
        const auto epcis =
            dissolve({{"1", "", shape({{0.123456, 0}, {0, 9.87654321}, {10, 10}})}}, {{"1", "A"}});
        const auto& outer = epcis[0].shape[0].outer();
        CPPUNIT_ASSERT(std::any_of(outer.begin(), outer.end(), [](const Point& point) {
            return point.x() == 0.123456 && point.y() == 0.0;
        }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DissolveTest);

} // namespace
