#include "territory.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdlib>

#include "map/labels.hpp"
#include "map/page_contours.hpp"
#include "map/viewport.hpp"

using namespace pacte;
using namespace pacte::map;
using namespace pacte::map::test;

namespace {

const Rectangle panel{0, 0, 20000, 14000};

struct Page {
    std::vector<PageContour> contours;
    PanelRaster raster{panel};
    std::vector<LabelWish> wishes;

    explicit Page(const geo::ContourLayer& layer)
    {
        const Viewport view(geo::envelope(layer.epcis), panel, 1500);
        contours = on_page(layer.epcis, view);
        for (std::size_t i = 0; i < contours.size(); ++i) {
            raster.add(static_cast<int>(i), contours[i].rings);
            wishes.push_back({contours[i].code,
                              contours[i].name,
                              contours[i].anchor,
                              static_cast<int>(i),
                              0,
                              {8.5, 7.5, 6.5}});
        }
        raster.prepare();
    }

    [[nodiscard]] Labelling labels(const std::vector<Obstacle>& obstacles = {}) const
    {
        return place_labels(wishes, obstacles, raster);
    }
};

bool is_within(const Rectangle& box, const PageContour& contour)
{
    const auto corner = [&](Hundredths_mm x, Hundredths_mm y) {
        return is_inside(contour.rings, {box.x + x, box.y + y});
    };
    return corner(0, 0) && corner(box.width, 0) && corner(0, box.height) && corner(box.width, box.height);
}

/// What the placement guarantees, whatever the territory.
void check(const Page& page, const Labelling& labelling)
{
    for (const auto& label : labelling.placed) {
        CPPUNIT_ASSERT_MESSAGE(label.text, contains(panel, label.box));
        for (const auto& other : labelling.placed)
            CPPUNIT_ASSERT_MESSAGE(label.text + " / " + other.text,
                                   &label == &other || !overlap(label.box, other.box));
        for (const auto& contour : page.contours)
            if (contour.code == label.id && !label.has_leader)
                CPPUNIT_ASSERT_MESSAGE(label.text, is_within(label.box, contour));
        if (label.has_leader)
            CPPUNIT_ASSERT_MESSAGE(label.text, !contains(label.box, label.leader_to));
    }
}

class LabelsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LabelsTest);
    CPPUNIT_TEST(a_name_stands_at_the_label_point_where_there_is_room);
    CPPUNIT_TEST(a_name_too_long_for_one_line_is_broken);
    CPPUNIT_TEST(a_name_without_room_goes_out_with_a_leader);
    CPPUNIT_TEST(sixty_names_are_placed_without_overlap);
    CPPUNIT_TEST(names_of_real_territories_do_not_overlap);
    CPPUNIT_TEST(a_name_does_not_cover_a_symbol);
    CPPUNIT_TEST(the_name_of_a_point_is_beside_it);
    CPPUNIT_TEST(two_points_at_one_place_do_not_overlap);
    CPPUNIT_TEST(a_name_for_which_there_is_no_place_is_left_out);
    CPPUNIT_TEST(the_same_input_gives_the_same_labels);
    CPPUNIT_TEST(real_contours_get_all_their_names);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_name_stands_at_the_label_point_where_there_is_room()
    {
        const Page page(grid(2, 2));
        const auto labelling = page.labels();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, labelling.placed.size());
        for (std::size_t i = 0; i < 2; ++i) {
            const auto centre = centre_of(labelling.placed[i].box);
            CPPUNIT_ASSERT(!labelling.placed[i].has_leader);
            CPPUNIT_ASSERT_DOUBLES_EQUAL(8.5, labelling.placed[i].size_pt, 0.0);
            CPPUNIT_ASSERT(std::abs(centre.x - page.contours[i].anchor.x) <= 2);
            CPPUNIT_ASSERT(std::abs(centre.y - page.contours[i].anchor.y) <= 2);
        }
    }

    void a_name_too_long_for_one_line_is_broken()
    {
        auto layer = grid(32, 8); // squares of about 21 mm
        layer.epcis[9].name = "CC des Rives du Haut Allier";
        const Page page(layer);
        const auto labelling = page.labels();
        check(page, labelling);
        const auto& label = labelling.placed[9];
        CPPUNIT_ASSERT(label.text.find('\n') != std::string::npos);
        CPPUNIT_ASSERT(!label.has_leader);
    }

    void a_name_without_room_goes_out_with_a_leader()
    {
        auto layer = grid(2, 2);
        layer.epcis[1].shape = square(719'000.0, 6'400'000.0, 900.0);
        const Page page(layer);
        const auto labelling = page.labels();
        check(page, labelling);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, labelling.placed.size());
        CPPUNIT_ASSERT(labelling.placed[1].has_leader);
        CPPUNIT_ASSERT((labelling.placed[1].leader_to == page.contours[1].anchor));
        CPPUNIT_ASSERT(page.raster.is_outside(labelling.placed[1].box));
    }

    void sixty_names_are_placed_without_overlap()
    {
        auto layer = grid(60, 10);
        for (std::size_t i = 0; i < layer.epcis.size(); i += 2)
            layer.epcis[i].name = "CC du Pays de Saint-Bonnet-le-Château-sur-Loire";
        const Page page(layer);
        const auto labelling = page.labels();
        check(page, labelling);
        CPPUNIT_ASSERT_EQUAL(std::size_t{60}, labelling.placed.size() + labelling.left_out.size());
        CPPUNIT_ASSERT(labelling.placed.size() >= 40);
    }

    void names_of_real_territories_do_not_overlap()
    {
        for (const auto* departement : {"43", "59", "77", "974", "2A"}) {
            const Page page(mosaic_of(departement));
            const auto labelling = page.labels();
            check(page, labelling);
            CPPUNIT_ASSERT_EQUAL(page.wishes.size(), labelling.placed.size() + labelling.left_out.size());
            CPPUNIT_ASSERT(labelling.left_out.size() <= 2);
        }
    }

    void a_name_does_not_cover_a_symbol()
    {
        const Page page(grid(4, 2));
        std::vector<Obstacle> obstacles;
        for (const auto& contour : page.contours)
            obstacles.push_back({around(contour.anchor, 500, 500), obstacles.size() % 2 == 0});
        const auto labelling = page.labels(obstacles);
        check(page, labelling);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, labelling.placed.size());
        for (const auto& label : labelling.placed)
            for (const auto& obstacle : obstacles) {
                // the disc of a round obstacle holds the square of 0.7 of its side
                const auto core = obstacle.round ? grown(obstacle.box, -147) : obstacle.box;
                CPPUNIT_ASSERT(!overlap(label.box, core));
            }
    }

    void the_name_of_a_point_is_beside_it()
    {
        const Page page(grid(1, 1));
        const std::vector<LabelWish> wishes = {
            {"43157", "Le Puy-en-Velay", {9000, 7000}, PanelRaster::nobody, 45, {7.5}}};
        const auto labelling = place_labels(wishes, {{around({9000, 7000}, 45, 45), false}}, page.raster);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, labelling.placed.size());
        const auto& box = labelling.placed[0].box;
        CPPUNIT_ASSERT(box.x > 9045 && box.x < 9200); // on the right
        CPPUNIT_ASSERT(box.y < 7000 && box.y + box.height > 6900);
        CPPUNIT_ASSERT(!labelling.placed[0].has_leader);
    }

    void two_points_at_one_place_do_not_overlap()
    {
        const Page page(grid(1, 1));
        const std::vector<LabelWish> wishes = {
            {"1", "Saint-Didier-en-Velay", {9000, 7000}, PanelRaster::nobody, 45, {7.5}},
            {"2", "Saint-Just-Malmont", {9000, 7000}, PanelRaster::nobody, 45, {7.5}}};
        check(page, place_labels(wishes, {}, page.raster));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, place_labels(wishes, {}, page.raster).placed.size());
    }

    void a_name_for_which_there_is_no_place_is_left_out()
    {
        const Page page(grid(1, 1));
        const auto labelling = page.labels({{panel, false}});
        CPPUNIT_ASSERT(labelling.placed.empty());
        CPPUNIT_ASSERT((labelling.left_out == std::vector<std::string>{code_of(0)}));
    }

    void the_same_input_gives_the_same_labels()
    {
        const Page page(mosaic_of("77"));
        const auto first = page.labels();
        const auto second = page.labels();
        CPPUNIT_ASSERT_EQUAL(first.placed.size(), second.placed.size());
        for (std::size_t i = 0; i < first.placed.size(); ++i) {
            CPPUNIT_ASSERT((first.placed[i].box == second.placed[i].box));
            CPPUNIT_ASSERT_EQUAL(first.placed[i].text, second.placed[i].text);
        }
    }

    void real_contours_get_all_their_names()
    {
        const auto layer = real_haute_loire();
        if (!layer)
            return;
        const Page page(*layer);
        const auto labelling = page.labels();
        check(page, labelling);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, labelling.placed.size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LabelsTest);

} // namespace
