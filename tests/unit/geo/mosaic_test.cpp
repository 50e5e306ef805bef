#include "haute_loire.hpp"
#include "shapes.hpp"

#include "core/error.hpp"
#include "geo/hexagons.hpp"
#include "geo/measure.hpp"
#include "geo/mosaic.hpp"

using namespace pacte;
using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

/// Two EPCI side by side, of `left` and `right` communes in columns 10 km apart.
Rows two_epcis(int left, int right)
{
    Rows rows;
    rows.epcis = {{"200000001", "Ouest", 0.0, true}, {"200000002", "Est", 0.0, true}};
    const auto add = [&](const std::string& epci, int count, double longitude) {
        for (int i = 0; i < count; ++i)
            rows.communes.push_back({"430" + std::to_string(10 + rows.communes.size()), "", epci, 100.0,
                                     LatLon{45.0 + 0.05 * i, longitude}});
    };
    add("200000001", left, 3.5);
    add("200000002", right, 3.63);
    return rows;
}

double share_of_area(const ContourLayer& layer, const std::string& code)
{
    double all = 0.0;
    double own = 0.0;
    for (const Contour& contour : layer.epcis) {
        all += area(contour.shape);
        if (contour.code == code)
            own = area(contour.shape);
    }
    return own / all;
}

class MosaicTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MosaicTest);
    CPPUNIT_TEST(hexagons_share_their_corners);
    CPPUNIT_TEST(a_point_is_in_its_hexagon);
    CPPUNIT_TEST(each_epci_has_its_share_of_the_ground);
    CPPUNIT_TEST(communes_without_a_point_count);
    CPPUNIT_TEST(an_epci_without_any_point_is_listed);
    CPPUNIT_TEST(an_epci_that_is_not_retained_is_left_out);
    CPPUNIT_TEST(two_epcis_at_one_point_both_have_ground);
    CPPUNIT_TEST(one_commune_is_enough);
    CPPUNIT_TEST(no_point_at_all_is_refused);
    CPPUNIT_TEST(the_same_territory_gives_the_same_mosaic);
    CPPUNIT_TEST(a_far_point_does_not_blow_it_up);
    CPPUNIT_TEST(haute_loire_is_complete);
    CPPUNIT_TEST(overseas_departements_have_theirs);
    CPPUNIT_TEST_SUITE_END();

public:
    void hexagons_share_their_corners()
    {
        const HexagonGrid grid(Point(700000.3, 6600000.7), 1234.5);
        std::vector<Contour> hexagons;
        for (const Hexagon next : HexagonGrid::neighbours({3, -2}))
            hexagons.push_back({std::to_string(hexagons.size()), "", {grid.outline(next)}});
        hexagons.push_back({"middle", "", {grid.outline({3, -2})}});
        assert_shared_borders(hexagons);
        // Width 1234.5: the surface is width² × √3 / 2 = 1 319 820 m², corners to the metre.
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1319820.0, area(hexagons.back().shape), 2000.0);
    }

    void a_point_is_in_its_hexagon()
    {
        const HexagonGrid grid(Point(0, 0), 100.0);
        for (int column = -3; column <= 3; ++column)
            for (int row = -3; row <= 3; ++row) {
                const Point centre = grid.centre({column, row});
                CPPUNIT_ASSERT((grid.at(centre) == Hexagon{column, row}));
                CPPUNIT_ASSERT((grid.at(Point(centre.x() + 49, centre.y())) == Hexagon{column, row}));
                CPPUNIT_ASSERT((grid.at(Point(centre.x(), centre.y() - 56)) == Hexagon{column, row}));
            }
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, grid.around(Point(0, 0), 101.0).size());
    }

    void each_epci_has_its_share_of_the_ground()
    {
        const Rows rows = two_epcis(9, 3);
        const ContourLayer layer = mosaic(rows.epcis, rows.communes, 2154);
        CPPUNIT_ASSERT(layer.schematic);
        CPPUNIT_ASSERT_EQUAL(2154, layer.epsg);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layer.epcis.size());
        CPPUNIT_ASSERT_EQUAL(std::string("Ouest"), layer.epcis[0].name);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.75, share_of_area(layer, "200000001"), 0.05);
        assert_shared_borders(layer.epcis);
    }

    void communes_without_a_point_count()
    {
        Rows rows = two_epcis(4, 4);
        for (int i = 0; i < 8; ++i)
            rows.communes.push_back({"4320" + std::to_string(i), "", "200000002", 100.0, std::nullopt});
        const ContourLayer layer = mosaic(rows.epcis, rows.communes, 2154);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.75, share_of_area(layer, "200000002"), 0.05);
    }

    void an_epci_without_any_point_is_listed()
    {
        Rows rows = two_epcis(4, 4);
        rows.epcis.push_back({"200000003", "Sans point", 0.0, true});
        rows.communes.push_back({"43300", "", "200000003", 100.0, std::nullopt});
        std::vector<std::string> missing = {"old"};
        const ContourLayer layer = mosaic(rows.epcis, rows.communes, 2154, &missing);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layer.epcis.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, missing.size());
        CPPUNIT_ASSERT_EQUAL(std::string("200000003"), missing[0]);
    }

    void an_epci_that_is_not_retained_is_left_out()
    {
        Rows rows = two_epcis(4, 4);
        rows.epcis[1].retained = false;
        std::vector<std::string> missing;
        const ContourLayer layer = mosaic(rows.epcis, rows.communes, 2154, &missing);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layer.epcis.size());
        CPPUNIT_ASSERT(missing.empty());
    }

    void two_epcis_at_one_point_both_have_ground()
    {
        Rows rows = two_epcis(1, 1);
        rows.communes[1].point = rows.communes[0].point;
        const ContourLayer layer = mosaic(rows.epcis, rows.communes, 2154);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layer.epcis.size());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, share_of_area(layer, "200000001"), 0.05);
    }

    void one_commune_is_enough()
    {
        const Rows rows = two_epcis(1, 0);
        std::vector<std::string> missing;
        const ContourLayer layer = mosaic(rows.epcis, rows.communes, 2154, &missing);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layer.epcis.size());
        CPPUNIT_ASSERT(area_km2(layer.epcis[0].shape) > 10.0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, missing.size());
    }

    void no_point_at_all_is_refused()
    {
        Rows rows = two_epcis(3, 3);
        for (CommuneRow& commune : rows.communes)
            commune.point.reset();
        CPPUNIT_ASSERT_THROW((void)mosaic(rows.epcis, rows.communes, 2154), Failure);
        CPPUNIT_ASSERT_THROW((void)mosaic({}, {}, 2154), Failure);
    }

    void the_same_territory_gives_the_same_mosaic()
    {
        const Rows rows = rows_of("43");
        CPPUNIT_ASSERT_EQUAL(to_geojson(mosaic(rows.epcis, rows.communes, 2154)),
                             to_geojson(mosaic(rows.epcis, rows.communes, 2154)));
    }

    void a_far_point_does_not_blow_it_up()
    {
        Rows rows = two_epcis(6, 6);
        rows.communes[3].point = LatLon{0.0, 0.0}; // what a bad geocoding gives
        const ContourLayer layer = mosaic(rows.epcis, rows.communes, 2154);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layer.epcis.size());
        assert_shared_borders(layer.epcis);
    }

    void haute_loire_is_complete()
    {
        const Rows rows = rows_of("43");
        std::vector<std::string> missing;
        const ContourLayer layer = mosaic(rows.epcis, rows.communes, 2154, &missing);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, layer.epcis.size());
        CPPUNIT_ASSERT(missing.empty());
        assert_shared_borders(layer.epcis);
        // Members in 2026, of 257 in all: Rives du Haut Allier 60, Le Puy 72, Haut Lignon 6.
        CPPUNIT_ASSERT_DOUBLES_EQUAL(60.0 / 257.0, share_of_area(layer, "200073393"), 0.02);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(72.0 / 257.0, share_of_area(layer, "200073419"), 0.02);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(6.0 / 257.0, share_of_area(layer, "244301107"), 0.005);
        for (const Contour& contour : layer.epcis)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(contour.code, std::size_t{1}, contour.shape.size()); // in one piece
    }

    void overseas_departements_have_theirs()
    {
        for (const auto& [departement, epsg] :
             std::map<std::string, int>{{"971", 5490}, {"972", 5490}, {"973", 2972}, {"974", 2975}}) {
            const Rows rows = rows_of(departement);
            std::vector<std::string> missing;
            const ContourLayer layer = mosaic(rows.epcis, rows.communes, epsg, &missing);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(departement, rows.epcis.size(), layer.epcis.size() + missing.size());
            assert_shared_borders(layer.epcis);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MosaicTest);

} // namespace
