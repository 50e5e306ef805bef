#include "haute_loire.hpp"
#include "shapes.hpp"

#include <set>

#include "core/error.hpp"
#include "geo/join.hpp"
#include "geo/measure.hpp"
#include "geo/projection.hpp"
#include "geo/vector_module.hpp"

using namespace pacte;
using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

const std::string east = "200000001";
const std::string west = "200000002";

Rows small_territory()
{
    Rows rows;
    rows.epcis = {{west, "Ouest", 0.0, true}, {east, "Est", 0.0, true}};
    rows.communes = {
        {"43001", "", west, 0.0, {}}, {"43002", "", west, 0.0, {}}, {"43003", "", east, 0.0, {}}};
    return rows;
}

VectorContent small_communes()
{
    VectorContent content;
    content.layer = "communes";
    content.contours = {{"43001", "", rectangle(0, 0, 10000, 10000)},
                        {"43002", "", rectangle(10000, 0, 20000, 10000)},
                        {"43003", "", rectangle(20000, 0, 30000, 10000)}};
    return content;
}

VectorContent read(const std::filesystem::path& path, const Rows& rows)
{
    set_vector_module(PACTE_VECTOR_MODULE);
    VectorRequest request;
    request.path = path;
    request.codes = wanted_codes(rows.epcis, rows.communes);
    return read_vector_file(request, {});
}

class JoinTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JoinTest);
    CPPUNIT_TEST(communes_become_the_epci_of_the_workbook);
    CPPUNIT_TEST(contours_of_epci_are_taken_as_they_are);
    CPPUNIT_TEST(what_does_not_join_is_listed);
    CPPUNIT_TEST(an_epci_that_is_not_retained_is_not_asked_for);
    CPPUNIT_TEST(neighbours_are_joined_by_departement_and_cut);
    CPPUNIT_TEST(neighbours_of_haute_loire_share_its_borders);
    CPPUNIT_TEST(communes_get_a_point_inside_them);
    CPPUNIT_TEST(communes_and_those_around_keep_their_contours);
    CPPUNIT_TEST(nothing_that_joins_is_refused);
    CPPUNIT_TEST(the_communes_of_haute_loire_give_its_epci);
    CPPUNIT_TEST(haute_loire_simplified_has_no_gap_and_no_overlap);
    CPPUNIT_TEST(the_epci_of_france_give_those_of_haute_loire);
    CPPUNIT_TEST_SUITE_END();

public:
    void communes_become_the_epci_of_the_workbook()
    {
        const Rows rows = small_territory();
        JoinReport report;
        const ContourLayer layer =
            layer_from(small_communes(), rows.epcis, rows.communes, 2154, report, "IGN, 2025");
        CPPUNIT_ASSERT(report.from_communes);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, report.joined);
        CPPUNIT_ASSERT_EQUAL(std::string(), report.summary());
        CPPUNIT_ASSERT_EQUAL(std::string("IGN, 2025"), layer.source);
        CPPUNIT_ASSERT(!layer.schematic);
        CPPUNIT_ASSERT(layer.tolerance_m > 0.0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layer.epcis.size());
        CPPUNIT_ASSERT_EQUAL(west, layer.epcis[0].code); // in the order of Territoires
        CPPUNIT_ASSERT_EQUAL(std::string("Ouest"), layer.epcis[0].name);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(200.0, area_km2(layer.epcis[0].shape), 1e-9);
        assert_shared_borders(layer.epcis);
    }

    void contours_of_epci_are_taken_as_they_are()
    {
        const Rows rows = small_territory();
        VectorContent content;
        content.layer = "epci";
        content.contours = {{east, "", rectangle(0, 0, 100, 100)}, {west, "", rectangle(100, 0, 200, 100)}};
        JoinReport report;
        const ContourLayer layer = layer_from(content, rows.epcis, rows.communes, 2154, report);
        CPPUNIT_ASSERT(!report.from_communes);
        CPPUNIT_ASSERT_EQUAL(std::string("epci"), layer.source);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layer.epcis.size());
    }

    void what_does_not_join_is_listed()
    {
        Rows rows = small_territory();
        rows.epcis.push_back({"200000009", "Sans contour", 0.0, true});
        rows.communes.push_back({"43009", "", "200000009", 0.0, {}});
        VectorContent content = small_communes();
        content.contours.erase(content.contours.begin());
        content.other_codes = {"63113"};
        JoinReport report;
        const ContourLayer layer = layer_from(content, rows.epcis, rows.communes, 2154, report);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layer.epcis.size());
        CPPUNIT_ASSERT(report.epcis_missing == std::vector<std::string>{"200000009"});
        CPPUNIT_ASSERT((report.communes_missing == std::vector<std::string>{"43001", "43009"}));
        CPPUNIT_ASSERT(report.other_codes == std::vector<std::string>{"63113"});
        CPPUNIT_ASSERT(report.summary().find("200000009") != std::string::npos);
        CPPUNIT_ASSERT(report.summary().find("2 communes n'ont pas de contour") != std::string::npos);
    }

    void an_epci_that_is_not_retained_is_not_asked_for()
    {
        Rows rows = small_territory();
        rows.epcis[1].retained = false;
        CPPUNIT_ASSERT(
            (wanted_codes(rows.epcis, rows.communes) == std::vector<std::string>{west, "43001", "43002"}));
        JoinReport report;
        const ContourLayer layer = layer_from(small_communes(), rows.epcis, rows.communes, 2154, report);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layer.epcis.size());
        CPPUNIT_ASSERT(report.epcis_missing.empty());
    }

    void neighbours_are_joined_by_departement_and_cut()
    {
        const Rows rows = small_territory();
        VectorContent content = small_communes();
        content.neighbours = {{"42001", "", rectangle(30000, 0, 40000, 10000)},
                              {"42002", "", rectangle(40000, 0, 500000, 10000)},
                              {"2A004", "", rectangle(-90000, 0, -70000, 10000)}};
        JoinReport report;
        const ContourLayer layer = layer_from(content, rows.epcis, rows.communes, 2154, report);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layer.neighbours.size()); // the other is too far
        CPPUNIT_ASSERT_EQUAL(std::string("42"), layer.neighbours.front().code);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(30000.0 + neighbour_margin_m,
                                     envelope(layer.neighbours).max_corner().x(), 1.0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layer.epcis.size());
        std::vector<Contour> all = layer.epcis;
        all.push_back(layer.neighbours.front());
        assert_shared_borders(all);
    }

    void neighbours_of_haute_loire_share_its_borders()
    {
        const auto france = real_data("contours/communes-2018-france.geojson.gz");
        if (!france)
            return;
        set_vector_module(PACTE_VECTOR_MODULE);
        const Rows rows = rows_of("43");
        VectorRequest request;
        request.path = *france;
        request.codes = wanted_codes(rows.epcis, rows.communes);
        request.margin_m = neighbour_margin_m;
        JoinReport report;
        const ContourLayer layer =
            layer_from(read_vector_file(request, {}), rows.epcis, rows.communes, 2154, report);
        std::set<std::string> codes;
        for (const Contour& neighbour : layer.neighbours)
            codes.insert(neighbour.code);
        for (const char* touching : {"63", "42", "07", "48", "15"})
            CPPUNIT_ASSERT_MESSAGE(touching, codes.contains(touching));
        // All that the border of the territory runs along is a neighbour's own border.
        std::vector<Contour> all = layer.epcis;
        for (const Contour& neighbour : layer.neighbours)
            if (codes.contains(neighbour.code))
                all.push_back(neighbour);
        const double own = Sides(layer.epcis).outline();
        CPPUNIT_ASSERT(own > 300'000.0);
        double alone = 0.0;
        for (const Contour& epci : layer.epcis)
            alone += Sides(all).outline_of(epci);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, alone / own, 1e-6);
    }

    void communes_and_those_around_keep_their_contours()
    {
        VectorContent content = small_communes();
        content.neighbours = {{"42001", "", rectangle(30000, 0, 40000, 10000)},
                              {"42002", "", rectangle(61000, 0, 70000, 10000)},
                              {"200000009", "", rectangle(30000, 0, 40000, 10000)}};
        const ContourLayer layer = commune_layer(content, 2975);
        CPPUNIT_ASSERT_EQUAL(2975, layer.epsg);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, layer.epcis.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layer.neighbours.size());
        CPPUNIT_ASSERT_EQUAL(std::string("42001"), layer.neighbours.front().code);
        const ContourLayer again = from_geojson(to_geojson(layer));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, again.epcis.size());
        CPPUNIT_ASSERT_EQUAL(std::string("43003"), again.epcis[2].code);
        content.contours = {{east, "", rectangle(0, 0, 10000, 10000)}};
        CPPUNIT_ASSERT(commune_layer(content, 2154).epcis.empty());
    }

    void communes_get_a_point_inside_them()
    {
        const VectorContent content = small_communes();
        const auto points = commune_points(content, 2154);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, points.size());
        const Point middle = Projection(2154).forward(points.at("43002"));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(15000.0, middle.x(), 200.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(5000.0, middle.y(), 200.0);
        VectorContent epcis;
        epcis.contours = {{west, "", rectangle(0, 0, 10000, 10000)}};
        CPPUNIT_ASSERT(commune_points(epcis, 2154).empty());
    }

    void nothing_that_joins_is_refused()
    {
        const Rows rows = small_territory();
        JoinReport report;
        VectorContent content;
        content.contours = {{"01004", "", rectangle(0, 0, 1, 1)}};
        CPPUNIT_ASSERT_THROW((void)layer_from(content, rows.epcis, rows.communes, 2154, report), Failure);
    }

    void the_communes_of_haute_loire_give_its_epci()
    {
        const auto communes = real_data("contours/communes-43-haute-loire.geojson");
        const auto epcis = real_data("contours/epci-43-haute-loire.geojson");
        if (!communes || !epcis)
            return;
        const Rows rows = rows_of("43");
        std::map<std::string, std::string> epci_of;
        for (const CommuneRow& commune : rows.communes)
            epci_of[commune.code] = commune.epci;
        const VectorContent content = read(*communes, rows);
        CPPUNIT_ASSERT_EQUAL(std::size_t{257}, content.contours.size());
        const std::vector<Contour> dissolved = dissolve(content.contours, epci_of);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, dissolved.size());
        assert_shared_borders(dissolved);
        // The same, dissolved by another tool.
        const VectorContent reference = read(*epcis, rows);
        for (const Contour& contour : reference.contours) {
            const auto own = std::find_if(dissolved.begin(), dissolved.end(),
                                          [&](const Contour& other) { return other.code == contour.code; });
            CPPUNIT_ASSERT(own != dissolved.end());
            CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(contour.code, 1.0, area(own->shape) / area(contour.shape),
                                                 1e-6);
        }
    }

    void haute_loire_simplified_has_no_gap_and_no_overlap()
    {
        const auto communes = real_data("contours/communes-43-haute-loire.geojson");
        if (!communes)
            return;
        const Rows rows = rows_of("43");
        JoinReport report;
        const ContourLayer layer = layer_from(read(*communes, rows), rows.epcis, rows.communes, 2154, report);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, layer.epcis.size());
        CPPUNIT_ASSERT_EQUAL(std::string(), report.summary());
        assert_shared_borders(layer.epcis);
        double area_of_all = 0.0;
        for (const Contour& contour : layer.epcis)
            area_of_all += area_km2(contour.shape);
        // Insee: 4 977 km² (cadastre); the contours, generalised, give 0,4 % more.
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, area_of_all / 4977.0, 0.005);
        for (const double tolerance : {300.0, 1000.0, 5000.0, 50000.0}) {
            std::vector<Contour> coarse = layer.epcis;
            simplify(coarse, tolerance);
            assert_shared_borders(coarse);
        }
        const ContourLayer travelled = from_geojson(to_geojson(layer));
        assert_shared_borders(travelled.epcis);
    }

    void the_epci_of_france_give_those_of_haute_loire()
    {
        const auto france = real_data("contours/epci-2025-france.geojson");
        if (!france)
            return;
        const Rows rows = rows_of("43");
        const VectorContent content = read(*france, rows);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1255}, content.features);
        CPPUNIT_ASSERT_EQUAL(std::string("CODGEO"), content.code_field);
        JoinReport report;
        const ContourLayer layer = layer_from(content, rows.epcis, rows.communes, 2154, report);
        CPPUNIT_ASSERT(!report.from_communes);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, layer.epcis.size());
        assert_shared_borders(layer.epcis);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JoinTest);

} // namespace
