#include "shapes.hpp"

#include "core/error.hpp"

using namespace pacte;
using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

ContourLayer example()
{
    ContourLayer layer;
    layer.epsg = 2975;
    layer.source = "IGN, Admin Express « 2025 »";
    layer.geography = "géographie 2018, périmètres 2026";
    layer.schematic = true;
    layer.tolerance_m = 120.5;
    MultiPolygon with_hole = rectangle(338000.4, 7690000.0, 339000.0, 7691000.0);
    with_hole[0].inners().push_back(ring({{338200, 7690200}, {338300, 7690200}, {338300, 7690300}}));
    correct(with_hole);
    with_hole.push_back(rectangle(340000, 7690000, 340010, 7690010)[0]);
    layer.epcis.push_back({"249740077", "CA \"TCO\"", with_hole});
    layer.neighbours.push_back({"x", "", rectangle(0, 0, 1, 1)});
    return layer;
}

class GeojsonTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GeojsonTest);
    CPPUNIT_TEST(a_layer_comes_back_in_whole_metres);
    CPPUNIT_TEST(the_text_is_compact_and_names_its_projection);
    CPPUNIT_TEST(a_layer_without_contours_comes_back);
    CPPUNIT_TEST(what_is_not_a_layer_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_layer_comes_back_in_whole_metres()
    {
        const ContourLayer before = example();
        const ContourLayer after = from_geojson(to_geojson(before));
        CPPUNIT_ASSERT_EQUAL(2975, after.epsg);
        CPPUNIT_ASSERT_EQUAL(before.source, after.source);
        CPPUNIT_ASSERT_EQUAL(before.geography, after.geography);
        CPPUNIT_ASSERT(after.schematic);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(120.5, after.tolerance_m, 1e-9);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, after.epcis.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, after.neighbours.size());
        const Contour& contour = after.epcis[0];
        CPPUNIT_ASSERT_EQUAL(std::string("249740077"), contour.code);
        CPPUNIT_ASSERT_EQUAL(std::string("CA \"TCO\""), contour.name);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, contour.shape.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, contour.shape[0].inners().size());
        // 1000 × 1000 − a triangle of 100 × 100 / 2 + 10 × 10
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1000000.0 - 5000.0 + 100.0, area(contour.shape), 1e-6);
    }

    void the_text_is_compact_and_names_its_projection()
    {
        const std::string text = to_geojson(example());
        CPPUNIT_ASSERT(text.find("urn:ogc:def:crs:EPSG::2975") != std::string::npos);
        CPPUNIT_ASSERT(text.find("[338000,7690000]") != std::string::npos);
        CPPUNIT_ASSERT(text.find("338000.") == std::string::npos);
        CPPUNIT_ASSERT(text.find('\n') == std::string::npos);
    }

    void a_layer_without_contours_comes_back()
    {
        const ContourLayer after = from_geojson(to_geojson(ContourLayer{}));
        CPPUNIT_ASSERT_EQUAL(2154, after.epsg);
        CPPUNIT_ASSERT(after.epcis.empty());
        CPPUNIT_ASSERT(!after.schematic);
    }

    void what_is_not_a_layer_is_refused()
    {
        const std::string good = to_geojson(example());
        CPPUNIT_ASSERT_THROW((void)from_geojson(""), Failure);
        CPPUNIT_ASSERT_THROW((void)from_geojson("bonjour"), Failure);
        CPPUNIT_ASSERT_THROW((void)from_geojson("[]"), Failure);
        CPPUNIT_ASSERT_THROW((void)from_geojson("{\"type\":\"FeatureCollection\",\"features\":[]}"), Failure);
        for (std::size_t length = 0; length < good.size(); length += 7)
            CPPUNIT_ASSERT_THROW((void)from_geojson(good.substr(0, length)), Failure);
        const auto with = [&](const std::string& from, const std::string& to) {
            std::string text = good;
            return text.replace(text.find(from), from.size(), to);
        };
        CPPUNIT_ASSERT_THROW((void)from_geojson(with("EPSG::2975", "EPSG::2975x")), Failure);
        CPPUNIT_ASSERT_THROW((void)from_geojson(with("MultiPolygon", "Point")), Failure);
        CPPUNIT_ASSERT_THROW((void)from_geojson(with("[338000,7690000]", "[338000]")), Failure);
        CPPUNIT_ASSERT_THROW((void)from_geojson(with("[338000,7690000]", "\"x\"")), Failure);
        CPPUNIT_ASSERT_THROW((void)from_geojson(with("249740077", "")), Failure);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GeojsonTest);

} // namespace
