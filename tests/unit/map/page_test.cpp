#include "territory.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "map/circles.hpp"
#include "map/page_contours.hpp"
#include "map/raster.hpp"
#include "map/scale_bar.hpp"
#include "map/symbols.hpp"
#include "map/viewport.hpp"

using namespace pacte;
using namespace pacte::map;
using namespace pacte::map::test;

namespace {

const Rectangle panel{1000, 2000, 20000, 10000};

double surface(const Ring& ring)
{
    double twice = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        twice += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
    return std::abs(twice) / 2.0;
}

class PageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PageTest);
    CPPUNIT_TEST(the_territory_is_centred_and_keeps_its_proportions);
    CPPUNIT_TEST(a_point_without_surface_has_a_scale);
    CPPUNIT_TEST(the_outline_leaves_out_shared_borders);
    CPPUNIT_TEST(the_outline_does_not_depend_on_the_direction_of_the_rings);
    CPPUNIT_TEST(a_hole_is_part_of_the_contour_and_of_the_outline);
    CPPUNIT_TEST(every_part_of_a_contour_is_kept);
    CPPUNIT_TEST(a_contour_too_small_is_still_seen);
    CPPUNIT_TEST(neighbours_are_cut_at_the_frame);
    CPPUNIT_TEST(the_raster_knows_what_is_within_a_territory);
    CPPUNIT_TEST(scale_bars_are_round);
    CPPUNIT_TEST(the_area_of_circles_is_proportional);
    CPPUNIT_TEST(circles_together_do_not_hide_the_map);
    CPPUNIT_TEST(legend_circles_are_round_and_apart);
    CPPUNIT_TEST(symbols_have_alike_surfaces_and_unlike_forms);
    CPPUNIT_TEST(symbols_at_one_point_are_moved_apart);
    CPPUNIT_TEST_SUITE_END();

public:
    /// 40 km × 10 km in 200 mm × 100 mm: the width decides, 1/100 mm is 2 m.
    void the_territory_is_centred_and_keeps_its_proportions()
    {
        const Viewport view({{0.0, 0.0}, {40'000.0, 10'000.0}}, panel, 0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, view.hundredths_per_metre(), 1e-12);
        CPPUNIT_ASSERT((view.to_page({0.0, 0.0}) == Position{1000, 9500}));
        CPPUNIT_ASSERT((view.to_page({40'000.0, 10'000.0}) == Position{21000, 4500})); // north is up
        CPPUNIT_ASSERT((view.to_page({20'000.0, 5'000.0}) == centre_of(panel)));
    }

    void a_point_without_surface_has_a_scale()
    {
        const Viewport view({{5.0, 5.0}, {5.0, 5.0}}, panel, 0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(10.0, view.hundredths_per_metre(), 1e-9); // 1 km in 100 mm
        CPPUNIT_ASSERT((view.to_page({5.0, 5.0}) == centre_of(panel)));
    }

    void the_outline_leaves_out_shared_borders()
    {
        const auto rings = outline(on_page(grid(4, 2).epcis, view_of(grid(4, 2))));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, rings.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, rings[0].size()); // 4 corners and 4 middles
    }

    void the_outline_does_not_depend_on_the_direction_of_the_rings()
    {
        auto layer = grid(2, 2);
        auto& ring = layer.epcis[0].shape[0].outer();
        std::reverse(ring.begin(), ring.end());
        const auto rings = outline(on_page(layer.epcis, view_of(layer)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, rings.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, rings[0].size());
    }

    void a_hole_is_part_of_the_contour_and_of_the_outline()
    {
        auto layer = grid(1, 1);
        auto& polygon = layer.epcis[0].shape[0];
        polygon.inners().push_back(square(702'000.0, 6'402'000.0, 4'000.0)[0].outer());
        const auto contour = on_page(layer.epcis[0], view_of(layer));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, contour.rings.size());
        CPPUNIT_ASSERT(!is_inside(contour.rings, view_of(layer).to_page({704'000.0, 6'404'000.0})));
        CPPUNIT_ASSERT(is_inside(contour.rings, view_of(layer).to_page({708'000.0, 6'404'000.0})));
        CPPUNIT_ASSERT(is_inside(contour.rings, contour.anchor));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, outline({contour}).size());
    }

    void every_part_of_a_contour_is_kept()
    {
        auto layer = grid(1, 1);
        layer.epcis[0].shape.push_back(square(730'000.0, 6'400'000.0, 2'000.0)[0]);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, on_page(layer.epcis[0], view_of(layer)).rings.size());
    }

    void a_contour_too_small_is_still_seen()
    {
        auto layer = grid(2, 2);
        layer.epcis[1].shape = square(705'000.0, 6'405'000.0, 0.2);
        const auto contour = on_page(layer.epcis[1], view_of(layer));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, contour.rings.size());
        CPPUNIT_ASSERT_EQUAL(60, bounds_of(contour.rings).width);
    }

    void neighbours_are_cut_at_the_frame()
    {
        const auto rings =
            clipped({{{-500, -500}, {500, -500}, {500, 500}, {-500, 500}}}, {0, 0, 1000, 1000});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, rings.size());
        CPPUNIT_ASSERT((bounds_of(rings) == Rectangle{0, 0, 500, 500}));
        CPPUNIT_ASSERT(clipped({{{-5, -5}, {-4, -5}, {-4, -4}}}, {0, 0, 10, 10}).empty());
    }

    void the_raster_knows_what_is_within_a_territory()
    {
        PanelRaster raster({0, 0, 10000, 10000});
        raster.add(0, {{{1000, 1000}, {5000, 1000}, {5000, 5000}, {1000, 5000}}});
        raster.add(1, {{{5000, 1000}, {9000, 1000}, {9000, 5000}, {5000, 5000}}});
        raster.prepare();
        CPPUNIT_ASSERT(raster.is_within({2000, 2000, 1000, 1000}, 0));
        CPPUNIT_ASSERT(!raster.is_within({2000, 2000, 1000, 1000}, 1));
        CPPUNIT_ASSERT(!raster.is_within({4500, 2000, 1000, 1000}, 0)); // over the shared border
        CPPUNIT_ASSERT(!raster.is_within({500, 2000, 1000, 1000}, 0));  // over the outer one
        CPPUNIT_ASSERT(raster.is_outside({1000, 6000, 8000, 3000}));
        CPPUNIT_ASSERT(!raster.is_outside({1000, 4900, 8000, 3000}));
        CPPUNIT_ASSERT(!raster.is_outside({9500, 6000, 1000, 1000})); // beyond the panel
        CPPUNIT_ASSERT((raster.under({4500, 2000, 1000, 1000}) == std::vector<int>{0, 1}));
        CPPUNIT_ASSERT((raster.under({0, 0, 100, 100}) == std::vector<int>{PanelRaster::nobody}));
    }

    /// 1/100 mm for 2 m: 45 mm are 9 km, the round length under it is 5 km. For
    /// 10 m, 45 km and 20 km; for 0.1 m, 450 m and 200 m.
    void scale_bars_are_round()
    {
        CPPUNIT_ASSERT_DOUBLES_EQUAL(5.0, round_length_km(0.5, 4500), 1e-9);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(20.0, round_length_km(0.1, 4500), 1e-9);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.2, round_length_km(10.0, 4500), 1e-9);
        const auto shapes = scale_bar(0.1, {0, 0});
        CPPUNIT_ASSERT_EQUAL(std::string("20\u00A0km"), shapes.back().text);
        CPPUNIT_ASSERT_EQUAL(2000, shapes[0].box.width + shapes[1].box.width);
    }

    void the_area_of_circles_is_proportional()
    {
        const CircleScale scale({100.0, 400.0, 25.0}, 1000, 1e9);
        CPPUNIT_ASSERT_EQUAL(1000, scale.radius(400.0));
        CPPUNIT_ASSERT_EQUAL(500, scale.radius(100.0));
        CPPUNIT_ASSERT_EQUAL(250, scale.radius(25.0));
        CPPUNIT_ASSERT_EQUAL(0, scale.radius(0.0));
        CPPUNIT_ASSERT_EQUAL(0, CircleScale({}, 1000, 1e9).radius(5.0));
    }

    /// Two circles of one value in 2π × 10⁴: r² = 10⁴.
    void circles_together_do_not_hide_the_map()
    {
        const CircleScale scale({7.0, 7.0}, 1000, 2.0 * 3.14159265358979 * 1e4);
        CPPUNIT_ASSERT_EQUAL(100, scale.radius(7.0));
    }

    void legend_circles_are_round_and_apart()
    {
        const auto values = CircleScale({845.0, 12.0}, 1000, 1e9).legend_values();
        CPPUNIT_ASSERT((values == std::vector<double>{500.0, 200.0, 50.0}));
        CPPUNIT_ASSERT(CircleScale({0.0}, 1000, 1e9).legend_values().empty());
    }

    void symbols_have_alike_surfaces_and_unlike_forms()
    {
        std::set<std::string> names;
        for (std::size_t i = 0; i < symbol_count; ++i) {
            const auto symbol = static_cast<Symbol>(i);
            const auto ring = outline_of(symbol, {0, 0}, 100);
            names.insert(name_of(symbol));
            CPPUNIT_ASSERT(surface(ring) > 13'000.0 && surface(ring) < 27'000.0);
            const auto box = bounds_of({ring});
            CPPUNIT_ASSERT(contains(around({0, 0}, 125, 125), box));
        }
        CPPUNIT_ASSERT_EQUAL(symbol_count, names.size());
    }

    void symbols_at_one_point_are_moved_apart()
    {
        const std::vector<Position> points(12, Position{5000, 5000});
        const auto moved = moved_apart(points, 300, {0, 0, 10000, 10000});
        CPPUNIT_ASSERT((moved.front() == points.front()));
        for (std::size_t i = 0; i < moved.size(); ++i) {
            CPPUNIT_ASSERT(std::hypot(moved[i].x - 5000, moved[i].y - 5000) < 1000.0);
            for (std::size_t j = i + 1; j < moved.size(); ++j)
                CPPUNIT_ASSERT(std::hypot(moved[i].x - moved[j].x, moved[i].y - moved[j].y) >= 299.0);
        }
    }

private:
    static Viewport view_of(const geo::ContourLayer& layer)
    {
        return {geo::envelope(layer.epcis), panel, 100};
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PageTest);

} // namespace
