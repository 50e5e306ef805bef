#include "shapes.hpp"

#include <cmath>
#include <random>

using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

/// A grid of contours whose borders are wavy lines, shared to the vertex.
std::vector<Contour> wavy_grid(int side, int points, double amplitude)
{
    constexpr double step = 10000.0;
    const auto wave = [&](double along, int line) {
        return amplitude * std::sin(along / step * 40.0 + line) * std::sin(along / step * std::acos(-1.0));
    };
    const auto horizontal = [&](int row, double x) {
        return Point(x, std::round(row * step + wave(x, row)));
    };
    const auto vertical = [&](int column, double y) {
        return Point(std::round(column * step + wave(y, column + 7)), y);
    };
    std::vector<Contour> result;
    for (int column = 0; column < side; ++column)
        for (int row = 0; row < side; ++row) {
            MultiPolygon cell;
            auto& outer = cell.emplace_back().outer();
            const double d = step / points;
            for (int i = 0; i < points; ++i)
                outer.push_back(vertical(column, row * step + i * d));
            for (int i = 0; i < points; ++i)
                outer.push_back(horizontal(row + 1, column * step + i * d));
            for (int i = points; i > 0; --i)
                outer.push_back(vertical(column + 1, row * step + i * d));
            for (int i = points; i > 0; --i)
                outer.push_back(horizontal(row, column * step + i * d));
            outer.push_back(outer.front());
            result.push_back({std::to_string(column) + "/" + std::to_string(row), "", cell});
        }
    return result;
}

std::size_t vertices(const std::vector<Contour>& contours)
{
    std::size_t count = 0;
    for (const Contour& contour : contours)
        count += test::vertices(contour.shape);
    return count;
}

class SimplifyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SimplifyTest);
    CPPUNIT_TEST(points_on_a_line_go);
    CPPUNIT_TEST(a_corner_stays);
    CPPUNIT_TEST(shared_borders_stay_shared);
    CPPUNIT_TEST(the_point_where_three_meet_stays);
    CPPUNIT_TEST(no_contour_vanishes_whatever_the_tolerance);
    CPPUNIT_TEST(an_island_off_a_bay_stays_outside);
    CPPUNIT_TEST(two_borders_between_the_same_points_stay_apart);
    CPPUNIT_TEST(vertices_are_whole_metres);
    CPPUNIT_TEST(a_vertex_missing_on_one_side_leaves_no_gap);
    CPPUNIT_TEST(a_contour_under_a_metre_stays_as_it_is);
    CPPUNIT_TEST(contours_that_overlap_stay_valid);
    CPPUNIT_TEST(nothing_is_simplified_to_nothing);
    CPPUNIT_TEST_SUITE_END();

public:
    void points_on_a_line_go()
    {
        std::vector<Contour> contours = {
            {"a", "", shape({{0, 0}, {0, 50}, {0, 100}, {100, 100}, {100, 0}, {60, 0}, {30, 0}})}};
        simplify(contours, 1.0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, test::vertices(contours[0].shape));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(10000.0, area(contours[0].shape), 1e-9);
    }

    void a_corner_stays()
    {
        // The triangle at the spike is 20 × 100 / 2 = 1000 m²: it goes from a tolerance of √1000 ≈ 31.6 m.
        const auto spiked =
            shape({{0, 0}, {0, 1000}, {490, 1000}, {500, 1100}, {510, 1000}, {1000, 1000}, {1000, 0}});
        std::vector<Contour> contours = {{"a", "", spiked}};
        simplify(contours, 31.0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, test::vertices(contours[0].shape));
        simplify(contours, 32.0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, test::vertices(contours[0].shape));
    }

    void shared_borders_stay_shared()
    {
        std::vector<Contour> contours = wavy_grid(4, 200, 300.0);
        const std::size_t before = vertices(contours);
        simplify(contours, 150.0);
        CPPUNIT_ASSERT(vertices(contours) < before / 3);
        assert_shared_borders(contours);
    }

    void the_point_where_three_meet_stays()
    {
        std::vector<Contour> contours = {{"a", "", rectangle(0, 0, 100, 200)},
                                         {"b", "", shape({{100, 0}, {100, 100}, {200, 90}, {200, 0}})},
                                         {"c", "", shape({{100, 100}, {100, 200}, {200, 200}, {200, 90}})}};
        simplify(contours, 1000.0);
        assert_shared_borders(contours);
    }

    void no_contour_vanishes_whatever_the_tolerance()
    {
        std::vector<Contour> contours = wavy_grid(3, 100, 400.0);
        contours.push_back(
            {"island", "", shape({{50000, 0}, {50001, 5}, {50006, 6}, {50005, 0}, {50003, 1}})});
        simplify(contours, 1e7);
        for (const Contour& contour : contours)
            CPPUNIT_ASSERT_MESSAGE(contour.code, area(contour.shape) > 0.0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, test::vertices(contours.back().shape));
        assert_shared_borders(contours);
    }

    void an_island_off_a_bay_stays_outside()
    {
        // A bay 100 wide and 20 deep, an island at its mouth: without care the coast would run over it.
        std::vector<Contour> contours = {
            {"coast", "",
             shape({{0, 0}, {0, 1000}, {450, 1000}, {500, 980}, {550, 1000}, {1000, 1000}, {1000, 0}})},
            {"island", "", shape({{495, 990}, {500, 995}, {505, 990}})}};
        simplify(contours, 500.0);
        assert_shared_borders(contours);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(25.0, area(contours[1].shape), 1e-9);
    }

    void two_borders_between_the_same_points_stay_apart()
    {
        // A lens between two halves: all three have the two same ends.
        std::vector<Contour> contours = {
            {"left", "", shape({{0, 0}, {0, 100}, {50, 100}, {48, 50}, {50, 0}})},
            {"lens", "", shape({{50, 0}, {48, 50}, {50, 100}, {52, 50}})},
            {"right", "", shape({{50, 0}, {52, 50}, {50, 100}, {100, 100}, {100, 0}})}};
        simplify(contours, 1000.0);
        assert_shared_borders(contours);
        CPPUNIT_ASSERT(area(contours[1].shape) > 0.0);
    }

    void vertices_are_whole_metres()
    {
        std::vector<Contour> contours = {{"a", "", shape({{0.4, 0.6}, {0.4, 100.2}, {99.7, 100.2}})}};
        simplify(contours, 1.0);
        for (const Point& point : contours[0].shape[0].outer()) {
            CPPUNIT_ASSERT_EQUAL(std::round(point.x()), point.x());
            CPPUNIT_ASSERT_EQUAL(std::round(point.y()), point.y());
        }
        const ContourLayer layer = [&] {
            ContourLayer result;
            result.epcis = contours;
            return from_geojson(to_geojson(result));
        }();
        CPPUNIT_ASSERT_DOUBLES_EQUAL(area(contours[0].shape), area(layer.epcis[0].shape), 0.0);
    }

    void a_vertex_missing_on_one_side_leaves_no_gap()
    {
        std::vector<Contour> contours = {{"a", "", rectangle(0, 0, 1000, 2000)},
                                         {"b", "", rectangle(1000, 0, 2000, 1010)},
                                         {"c", "", rectangle(1000, 1010, 2000, 2000)}};
        simplify(contours, 50.0);
        assert_shared_borders(contours);
    }

    void a_contour_under_a_metre_stays_as_it_is()
    {
        std::vector<Contour> contours = {{"a", "", rectangle(0.1, 0.1, 0.3, 0.3)}};
        simplify(contours, 100.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.04, area(contours[0].shape), 1e-9);
    }

    void contours_that_overlap_stay_valid()
    {
        std::mt19937 random(43);
        std::uniform_real_distribution<double> anywhere(0.0, 5000.0);
        std::vector<Contour> contours;
        for (int i = 0; i < 60; ++i) {
            const double x = anywhere(random);
            const double y = anywhere(random);
            contours.push_back({std::to_string(i), "",
                                shape({{x, y},
                                       {x - 30, y + 400},
                                       {x + 10, y + 800},
                                       {x + 500, y + 790},
                                       {x + 480, y + 300},
                                       {x + 510, y},
                                       {x + 200, y + 40}})});
        }
        simplify(contours, 200.0);
        for (const Contour& contour : contours)
            CPPUNIT_ASSERT(is_valid(contour.shape) && area(contour.shape) > 0.0);
    }

    void nothing_is_simplified_to_nothing()
    {
        std::vector<Contour> none;
        simplify(none, 100.0);
        CPPUNIT_ASSERT(none.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SimplifyTest);

} // namespace
