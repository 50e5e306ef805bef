#include "haute_loire.hpp"
#include "shapes.hpp"

#include <fstream>
#include <numeric>
#include <set>
#include <sstream>
#include <thread>

#include <boost/geometry/algorithms/within.hpp>

#include "core/error.hpp"
#include "geo/projection.hpp"
#include "geo/vector_module.hpp"

using namespace pacte;
using namespace pacte::geo;
using namespace pacte::geo::test;

namespace {

namespace fs = std::filesystem;

/// A square of 0.1° as the coordinates of a polygon.
std::string square(double x, double y, double side = 0.1)
{
    std::ostringstream text;
    text << std::fixed << "[[";
    for (const auto& [right, up] : {std::pair(0, 0), std::pair(1, 0), std::pair(1, 1), std::pair(0, 1)})
        text << '[' << x + right * side << ',' << y + up * side << "],";
    text << '[' << x << ',' << y << "]]]";
    return text.str();
}

std::string feature(const std::string& properties, const std::string& coordinates,
                    const std::string& type = "Polygon")
{
    return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":")" + type +
           R"(","coordinates":)" + coordinates + "}}";
}

std::string collection(const std::vector<std::string>& features, const std::string& members = {})
{
    std::string text = R"({"type":"FeatureCollection",)" + members + R"("features":[)";
    for (std::size_t i = 0; i < features.size(); ++i)
        text += (i == 0 ? "" : ",") + features[i];
    return text + "]}";
}

std::string crs(int epsg)
{
    return R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::)" + std::to_string(epsg) +
           R"("}},)";
}

/// Two communes of Haute-Loire, and one of elsewhere.
std::string three_communes()
{
    return collection({feature(R"("nom":"Ouest","INSEE_COM":"43001")", square(3.5, 45.0)),
                       feature(R"("nom":"Est","INSEE_COM":"43002")", square(3.6, 45.0)),
                       feature(R"("nom":"Loin","INSEE_COM":"01004")", square(5.0, 46.0))});
}

class VectorFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VectorFileTest);
    CPPUNIT_TEST(degrees_become_metres);
    CPPUNIT_TEST(every_format_is_read);
    CPPUNIT_TEST(a_topojson_is_read);
    CPPUNIT_TEST(a_kml_of_any_making_is_read);
    CPPUNIT_TEST(a_csv_with_outlines_is_read);
    CPPUNIT_TEST(what_is_in_an_archive_is_read);
    CPPUNIT_TEST(a_number_gets_its_zero_back);
    CPPUNIT_TEST(the_field_that_finds_most_codes_is_the_code);
    CPPUNIT_TEST(a_projection_that_is_named_is_followed);
    CPPUNIT_TEST(a_projection_that_is_not_named_is_guessed_by_the_extent);
    CPPUNIT_TEST(a_geojson_of_any_writing_is_read_as_gdal_reads_it);
    CPPUNIT_TEST(a_geojson_is_read_alike_wherever_its_pieces_end);
    CPPUNIT_TEST(the_real_contours_are_read_as_gdal_reads_them);
    CPPUNIT_TEST(neighbours_are_those_within_the_margin);
    CPPUNIT_TEST(of_several_layers_one_may_be_chosen);
    CPPUNIT_TEST(a_shapefile_without_projection_nor_encoding_is_read);
    CPPUNIT_TEST(pieces_with_one_code_are_one_contour);
    CPPUNIT_TEST(a_polygon_that_crosses_itself_is_mended);
    CPPUNIT_TEST(features_without_a_code_and_other_codes_are_listed);
    CPPUNIT_TEST(each_bad_file_has_its_message);
    CPPUNIT_TEST(a_shapefile_without_its_table_says_so);
    CPPUNIT_TEST(too_many_vertices_are_refused);
    CPPUNIT_TEST(a_topojson_that_names_its_arcs_too_often_is_refused);
    CPPUNIT_TEST(too_many_bytes_are_refused);
    CPPUNIT_TEST(too_many_bytes_in_an_archive_are_refused);
    CPPUNIT_TEST(a_file_that_names_another_does_not_reach_it);
    CPPUNIT_TEST(other_kinds_of_geographic_files_are_refused);
    CPPUNIT_TEST(nothing_is_written_beside_the_file);
    CPPUNIT_TEST(cancel_stops_at_once);
    CPPUNIT_TEST(nothing_is_fetched_from_the_network);
    CPPUNIT_TEST(two_readings_at_a_time_do_not_meet);
    CPPUNIT_TEST(without_its_module_it_says_so);
    CPPUNIT_TEST(all_the_communes_of_france_are_read_and_can_be_cancelled);
    CPPUNIT_TEST(the_holes_of_france_stay_and_its_bad_contour_is_mended);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        set_vector_module(PACTE_VECTOR_MODULE);
        std::string name = (fs::temp_directory_path() / "pacte-geo-XXXXXX").string();
        CPPUNIT_ASSERT(mkdtemp(name.data()) != nullptr);
        folder_ = name;
    }

    void tearDown() override { fs::remove_all(folder_); }

    void degrees_become_metres()
    {
        const VectorContent content = read(write("c.geojson", three_communes()));
        CPPUNIT_ASSERT_EQUAL(std::string("GeoJSON"), content.driver);
        CPPUNIT_ASSERT_EQUAL(std::string("INSEE_COM"), content.code_field);
        CPPUNIT_ASSERT_EQUAL(std::string("WGS 84"), content.projection);
        CPPUNIT_ASSERT(!content.projection_assumed);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, content.features);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, content.contours.size());
        CPPUNIT_ASSERT_EQUAL(std::string("43001"), content.contours[0].code);
        const Point corner = Projection(2154).forward({45.0, 3.5});
        CPPUNIT_ASSERT(has_vertex(content.contours[0], corner));
        assert_shared_borders(content.contours);
    }

    void every_format_is_read()
    {
        const fs::path source = write("c.geojson", three_communes());
        for (const auto& [file, driver] : std::map<std::string, std::string>{{"c.shp", "ESRI Shapefile"},
                                                                             {"c.gpkg", "GPKG"},
                                                                             {"c.fgb", "FlatGeobuf"},
                                                                             {"c.kml", "KML"},
                                                                             {"c.tab", "MapInfo File"},
                                                                             {"c.mif", "MapInfo File"}}) {
            const VectorContent content = read(convert(source, file, driver));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(file, std::size_t{2}, content.contours.size());
            CPPUNIT_ASSERT_MESSAGE(file,
                                   has_vertex(content.contours[0], Projection(2154).forward({45.0, 3.5})));
        }
    }

    void a_topojson_is_read()
    {
        const fs::path path =
            write("c.topojson",
                  R"({"type":"Topology","objects":{"communes":{"type":"GeometryCollection","geometries":[)"
                  R"({"type":"Polygon","properties":{"code":"43001"},"arcs":[[0]]}]}},)"
                  R"("arcs":[[[3.5,45.0],[3.5,45.1],[3.6,45.1],[3.6,45.0],[3.5,45.0]]]})");
        const VectorContent content = read(path);
        CPPUNIT_ASSERT_EQUAL(std::string("TopoJSON"), content.driver);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, content.contours.size());
        CPPUNIT_ASSERT(has_vertex(content.contours[0], Projection(2154).forward({45.1, 3.6})));
    }

    void a_kml_of_any_making_is_read()
    {
        const Point corner = Projection(2154).forward({45.0, 3.5});
        const std::string ring = "<LinearRing><coordinates>3.5,45.0,0 3.6,45.0,0\n3.6,45.1,0 3.5,45.1,0 "
                                 "3.5,45.0,0</coordinates></LinearRing>";
        const std::string polygon = "<Polygon><outerBoundaryIs>" + ring + "</outerBoundaryIs></Polygon>";
        for (const std::string& placemark :
             {"<ExtendedData><SchemaData schemaUrl='#s'><SimpleData "
              "name='insee'>43001</SimpleData></SchemaData>"
              "</ExtendedData>" +
                  polygon,
              "<ExtendedData><Data name='insee'><value>43001</value></Data></ExtendedData><MultiGeometry>" +
                  polygon + "<Point><coordinates>3.5,45.0</coordinates></Point></MultiGeometry>",
              "<name>43001</name>" + polygon}) {
            const fs::path path =
                write("k.kml", "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'>"
                               "<Document><Folder><Placemark>" +
                                   placemark + "</Placemark></Folder></Document></kml>");
            const VectorContent content = read(path);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(placemark, std::size_t{1}, content.contours.size());
            CPPUNIT_ASSERT_MESSAGE(placemark, has_vertex(content.contours[0], corner));
            CPPUNIT_ASSERT_EQUAL(std::string("KML"), content.driver);
        }
    }

    void a_csv_with_outlines_is_read()
    {
        const VectorContent content =
            read(write("c.csv", "insee,WKT\n43001,\"POLYGON ((3.5 45,3.6 45,3.6 45.1,3.5 45.1,3.5 45))\"\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("CSV"), content.driver);
        CPPUNIT_ASSERT(has_vertex(content.contours.at(0), Projection(2154).forward({45.1, 3.6})));
        assert_refused(write("d.csv", "insee,nom\n43001,Agnat\n"), "aucun polygone");
    }

    void what_is_in_an_archive_is_read()
    {
        const fs::path source = write("c.geojson", three_communes());
        for (const std::string file : {"c.shp", "c.gpkg", "c.kml", "c.tab", "c.geojson"}) {
            if (file != "c.geojson")
                convert(source, file,
                        file == "c.shp"    ? "ESRI Shapefile"
                        : file == "c.gpkg" ? "GPKG"
                        : file == "c.kml"  ? "KML"
                                           : "MapInfo File");
            const std::string archive = "a-" + file.substr(2) + (file == "c.kml" ? ".kmz" : ".zip");
            std::string members = "mkdir -p in && mv c.* in/ && cp in/c.geojson . && rm -f in/c.geojson";
            if (file == "c.geojson")
                members = "mkdir -p in && cp c.geojson in/";
            in_folder(members + " && zip -q -r " + archive + " in && rm -r in");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(file, std::size_t{2}, read(folder_ / archive).contours.size());
        }
        in_folder("gzip -k c.geojson");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, read(folder_ / "c.geojson.gz").contours.size());
    }

    void a_number_gets_its_zero_back()
    {
        for (const std::string written : {"1004", "1004.0", "\"1004\"", "\" 01004 \""}) {
            const fs::path path = write(
                "n.geojson", collection({feature(std::string("\"code\":") + written, square(5.0, 46.0))}));
            const VectorContent content = read(path, {"01004"});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(written, std::string("01004"), content.contours.at(0).code);
        }
        const fs::path path =
            write("s.geojson", collection({feature("\"siren\":200073419", square(3.5, 45.0))}));
        CPPUNIT_ASSERT_EQUAL(std::string("200073419"), read(path, {"200073419"}).contours.at(0).code);
    }

    void the_field_that_finds_most_codes_is_the_code()
    {
        // `population` reads by chance as a commune; `epci` and `insee` both join, `insee` one feature a
        // code.
        const fs::path path = write(
            "m.geojson",
            collection(
                {feature(R"("population":43002,"epci":"200073419","insee":"43001")", square(3.5, 45.0)),
                 feature(R"("population":120,"epci":"200073419","insee":"43002")", square(3.6, 45.0))}));
        CPPUNIT_ASSERT_EQUAL(std::string("insee"), read(path, {"43001", "43002", "200073419"}).code_field);
        CPPUNIT_ASSERT_EQUAL(std::string("epci"), read(path, {"200073419"}).code_field);
    }

    void a_projection_that_is_named_is_followed()
    {
        const Point corner = Projection(2154).forward({45.0, 3.5});
        const fs::path lambert = write(
            "l.geojson",
            collection({feature(R"("code":"43001")", square(corner.x(), corner.y(), 1000.0))}, crs(2154)));
        CPPUNIT_ASSERT(has_vertex(read(lambert).contours.at(0), corner));
        // Web Mercator (EPSG:3857): x = R λ, y = R ln tan(π/4 + φ/2), R = 6 378 137 m.
        const double radius = 6378137.0;
        const double degree = std::acos(-1.0) / 180.0;
        const double x = radius * 3.5 * degree;
        const double y = radius * std::log(std::tan((45.0 + 22.5) * degree));
        const fs::path mercator =
            write("w.geojson", collection({feature(R"("code":"43001")", square(x, y, 1000.0))}, crs(3857)));
        CPPUNIT_ASSERT(has_vertex(read(mercator).contours.at(0), corner));
    }

    void a_projection_that_is_not_named_is_guessed_by_the_extent()
    {
        const Point corner = Projection(2154).forward({45.0, 3.5});
        const fs::path lambert = write(
            "l.geojson", collection({feature(R"("code":"43001")", square(corner.x(), corner.y(), 1000.0))}));
        const VectorContent content = read(lambert);
        CPPUNIT_ASSERT(content.projection_assumed);
        CPPUNIT_ASSERT(has_vertex(content.contours.at(0), corner));

        fs::remove(convert(write("c.geojson", three_communes()), "c.shp", "ESRI Shapefile")
                       .replace_extension(".prj"));
        const VectorContent degrees = read(folder_ / "c.shp");
        CPPUNIT_ASSERT(degrees.projection_assumed);
        CPPUNIT_ASSERT(has_vertex(degrees.contours.at(0), corner));

        assert_refused(
            write("x.geojson", collection({feature(R"("code":"43001")", square(-5e7, 9e8, 1000.0))})),
            "ne dit pas sa projection");
    }

    // Coordinates are read apart from the rest, but for a file that is out of the ordinary: one that
    // has a member « arcs » is left to GDAL whole.
    void a_geojson_of_any_writing_is_read_as_gdal_reads_it()
    {
        const std::string west = feature(R"("INSEE_COM":"43001")", square(3.5, 45.0));
        const std::string east = feature(R"("INSEE_COM":"43002")", square(3.6, 45.0));
        const std::string near = feature(R"("INSEE_COM":"42001")", square(3.7, 45.0));
        const std::string two = collection({west, east, near});
        const auto with = [&](const std::string& one) { return collection({one, east, near}); };
        const auto shaped = [&](const std::string& geometry) {
            return with(R"({"type":"Feature","properties":{"INSEE_COM":"43001"},"geometry":)" + geometry +
                        "}");
        };
        const std::string high = "[[[3.5,45,1],[3.6,45,2],[3.6,45.1,3],[3.5,45.1,4],[3.5,45,1]]]";
        const Point corner = Projection(2154).forward({45.0, 3.5});
        const std::map<std::string, std::string> files = {
            {"plain", two},
            {"projection named", collection({west, east, near}, crs(4326))},
            {"CRS84",
             collection({west, east, near},
                        R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},)")},
            {"projection null", collection({west, east, near}, R"("crs":null,)")},
            {"projection at the end",
             two.substr(0, two.size() - 1) +
                 R"(,"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4171"}}})"},
            {"Lambert-93",
             collection({feature(R"("INSEE_COM":"43001")", square(corner.x(), corner.y(), 900.0))},
                        crs(2154))},
            {"Lambert-93 not named",
             collection({feature(R"("INSEE_COM":"43001")", square(corner.x(), corner.y(), 900.0))})},
            {"nowhere", collection({feature(R"("INSEE_COM":"43001")", square(-5e7, 9e8, 1000.0))})},
            {"name", collection({west, east}, R"("name":"communes",)")},
            {"type at the end", R"({"features":[)" + west + "," + near + R"(],"type":"FeatureCollection"})"},
            {"no type", R"({"features":[)" + west + "]}"},
            {"another type", R"({"type":"Autre","features":[)" + west + "]}"},
            {"geometry first",
             with(R"({"geometry":{"coordinates":)" + square(3.5, 45.0) +
                  R"(,"type":"Polygon"},"properties":{"INSEE_COM":"43001"},"type":"Feature"})")},
            {"byte order mark", "\xef\xbb\xbf" + two},
            {"Latin-1", with(feature("\"nom\":\"Ch\xe2teau\",\"INSEE_COM\":\"43001\"", square(3.5, 45.0)))},
            {"escapes",
             with(feature(R"("nom":"L\u00e9\ud83d\ude00 \"\\\/\n","INSEE_COM":"43001")", square(3.5, 45.0)))},
            {"a key with quotes", with(feature(R"("no\"m":1,"INSEE_COM":"43001")", square(3.5, 45.0)))},
            {"numbers", with(feature(R"("a":1.50,"b":1e3,"c":12345678901,"d":-0.0,"INSEE_COM":43001)",
                                     square(3.5, 45.0)))},
            {"true, lists and objects",
             with(feature(R"("a":true,"b":[1,2],"c":{"geometry":{"type":"Point","coordinates":[1,2]}},)"
                          R"("d":["x"],"e":null,"INSEE_COM":"43001")",
                          square(3.5, 45.0)))},
            {"dates", with(feature(R"("a":"2018-01-01","INSEE_COM":"43001")", square(3.5, 45.0)))},
            {"keys that come late",
             collection({feature(R"("b":1)", square(3.7, 45.0)), west,
                         feature(R"("a":2,"INSEE_COM":"43002","b":1)", square(3.6, 45.0))})},
            {"numbers of features",
             collection({R"({"type":"Feature","id":7,"properties":{"INSEE_COM":"43002"},)"
                         R"("geometry":{"type":"Polygon","coordinates":)" +
                             square(3.6, 45.0) + "}}",
                         R"({"type":"Feature","id":3,"properties":{"INSEE_COM":"43001"},)"
                         R"("geometry":{"type":"Polygon","coordinates":)" +
                             square(3.5, 45.0) + "}}"})},
            {"codes as numbers of features",
             collection({R"({"type":"Feature","id":"43001","properties":{},"geometry":{"type":"Polygon",)"
                         R"("coordinates":)" +
                         square(3.5, 45.0) + "}}"})},
            {"no properties",
             collection({R"({"type":"Feature","INSEE_COM":"43001","geometry":{"type":"Polygon",)"
                         R"("coordinates":)" +
                         square(3.5, 45.0) + "}}"})},
            {"null properties", with(R"({"type":"Feature","properties":null,"geometry":null})")},
            {"null feature", with("null")},
            {"no geometry", with(R"({"type":"Feature","properties":{"INSEE_COM":"43001"}})")},
            {"null geometry", shaped("null")},
            {"only null geometries", collection({R"({"type":"Feature","properties":{"INSEE_COM":"43001"},)"
                                                 R"("geometry":null})"})},
            {"two geometries", with(R"({"type":"Feature","properties":{"INSEE_COM":"43001"},"geometry":null,)"
                                    R"("geometry":{"type":"Polygon","coordinates":)" +
                                    square(3.5, 45.0) + "}}")},
            {"heights", with(feature(R"("INSEE_COM":"43001")", high))},
            {"heights everywhere", collection({feature(R"("INSEE_COM":"43001")", high)})},
            {"heights at places",
             with(feature(R"("INSEE_COM":"43001")", "[[[3.5,45,1],[3.6,45],[3.6,45.1,3],[3.5,45,1]]]"))},
            {"four numbers", with(feature(R"("INSEE_COM":"43001")",
                                          "[[[3.5,45,1,9],[3.6,45,1,9],[3.6,45.1,3,9],[3.5,45,1,9]]]"))},
            {"one number", with(feature(R"("INSEE_COM":"43001")", "[[[3.5],[3.6,45],[3.6,45.1],[3.5,45]]]"))},
            {"a word",
             with(feature(R"("INSEE_COM":"43001")", R"([[["3.5",45],[3.6,45],[3.6,45.1],[3.5,45]]])"))},
            {"a null number",
             with(feature(R"("INSEE_COM":"43001")", "[[[null,45],[3.6,45],[3.6,45.1],[3.5,45]]]"))},
            {"whole numbers",
             with(feature(R"("INSEE_COM":"43001")", "[[[3,45],[4,45],[4,46],[3,46],[3,45]]]"))},
            {"exponents", with(feature(R"("INSEE_COM":"43001")",
                                       "[[[3.5e0,450e-1],[0.36E1,45],[3.6,4.51e+1],[3.5,45]]]"))},
            {"many digits",
             with(feature(R"("INSEE_COM":"43001")",
                          "[[[3.4999999999999999999,45.00000000000000071],[3.6000000000000000888,45],"
                          "[3.6,45.100000000000001421],[3.4999999999999999999,45.00000000000000071]]]"))},
            {"too large",
             with(feature(R"("INSEE_COM":"43001")", "[[[1e999,45],[3.6,45],[3.6,45.1],[3.5,45]]]"))},
            {"not closed",
             with(feature(R"("INSEE_COM":"43001")", "[[[3.5,45],[3.6,45],[3.6,45.1],[3.5,45.1]]]"))},
            {"too short", with(feature(R"("INSEE_COM":"43001")", "[[[3.5,45],[3.6,45],[3.5,45]]]"))},
            {"repeated", with(feature(R"("INSEE_COM":"43001")",
                                      "[[[3.5,45],[3.5,45],[3.6,45],[3.6,45.1],[3.6,45.1],[3.5,45]]]"))},
            {"crossed",
             with(feature(R"("INSEE_COM":"43001")", "[[[3.5,45],[3.6,45.1],[3.6,45],[3.5,45.1],[3.5,45]]]"))},
            {"a spike", with(feature(R"("INSEE_COM":"43001")",
                                     "[[[3.5,45],[3.6,45],[3.6,45.1],[3.6,45.05],[3.5,45.1],[3.5,45]]]"))},
            {"empty", with(feature(R"("INSEE_COM":"43001")", "[]"))},
            {"empty ring", with(feature(R"("INSEE_COM":"43001")", "[[]]"))},
            {"an empty hole",
             with(feature(R"("INSEE_COM":"43001")", "[[[3.5,45],[3.6,45],[3.6,45.1],[3.5,45]],[]]"))},
            {"a hole", with(feature(R"("INSEE_COM":"43001")",
                                    "[[[3.5,45],[3.6,45],[3.6,45.1],[3.5,45.1],[3.5,45]],"
                                    "[[3.52,45.02],[3.54,45.02],[3.54,45.04],[3.52,45.02]]]"))},
            {"a hole outside", with(feature(R"("INSEE_COM":"43001")",
                                            "[[[3.5,45],[3.6,45],[3.6,45.1],[3.5,45.1],[3.5,45]],"
                                            "[[3.42,45.02],[3.44,45.02],[3.44,45.04],[3.42,45.02]]]"))},
            {"a hole in a hole", with(feature(R"("INSEE_COM":"43001")",
                                              "[[[3.5,45],[3.6,45],[3.6,45.1],[3.5,45.1],[3.5,45]],"
                                              "[[3.51,45.01],[3.59,45.01],[3.59,45.09],[3.51,45.01]],"
                                              "[[3.55,45.02],[3.57,45.02],[3.57,45.04],[3.55,45.02]]]"))},
            {"parts", with(feature(R"("INSEE_COM":"43001")",
                                   "[" + square(3.5, 45.0, 0.05) + "," + square(3.4, 45.0, 0.05) + "]",
                                   "MultiPolygon"))},
            {"parts on each other",
             with(feature(R"("INSEE_COM":"43001")",
                          "[" + square(3.5, 45.0) + "," + square(3.52, 45.02, 0.02) + "]", "MultiPolygon"))},
            {"one part",
             with(feature(R"("INSEE_COM":"43001")", "[" + square(3.5, 45.0) + "]", "MultiPolygon"))},
            {"no part", with(feature(R"("INSEE_COM":"43001")", "[]", "MultiPolygon"))},
            {"not as deep as it says",
             shaped(R"({"type":"MultiPolygon","coordinates":)" + square(3.5, 45.0) + "}")},
            {"deeper than it says",
             shaped(R"({"type":"Polygon","coordinates":[)" + square(3.5, 45.0) + "]}")},
            {"uneven",
             shaped(R"({"type":"Polygon","coordinates":[[[3.5,45],[3.6,45],[[3.6,45.1]],[3.5,45]]]})")},
            {"a point beside", shaped(R"({"type":"Point","coordinates":[3.5,45]})")},
            {"lines", shaped(R"({"type":"MultiLineString","coordinates":)" + square(3.5, 45.0) + "}")},
            {"a collection",
             shaped(R"({"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":)" +
                    square(3.5, 45.0) + R"(},{"type":"Point","coordinates":[3.5,45]}]})")},
            {"no coordinates", shaped(R"({"type":"Polygon"})")},
            {"null coordinates", shaped(R"({"type":"Polygon","coordinates":null})")},
            {"two of coordinates", shaped(R"({"type":"Polygon","coordinates":)" + square(3.5, 45.0) +
                                          R"(,"coordinates":)" + square(3.4, 45.0) + "}")},
            {"type in small letters",
             shaped(R"({"type":"polygon","coordinates":)" + square(3.5, 45.0) + "}")},
            {"nothing", collection({})},
            {"two lists",
             R"({"type":"FeatureCollection","features":[)" + west + R"(],"features":[)" + east + "]}"},
            {"one feature", west},
            {"cut", two.substr(0, two.size() / 2)},
            {"cut at the end", two.substr(0, two.size() - 2)},
            {"more after the end", two + " {}"},
            {"spaces after the end", two + "\n \n"},
            {"a comma too many", two.substr(0, two.size() - 2) + ",]}"},
            {"not a number",
             with(feature(R"("INSEE_COM":"43001")", "[[[NaN,45],[3.6,45],[3.6,45.1],[3.5,45]]]"))},
        };
        for (const auto& [what, text] : files)
            for (const bool with_neighbours : {false, true})
                assert_read_alike(what, text, with_neighbours);
    }

    void a_geojson_is_read_alike_wherever_its_pieces_end()
    {
        // The file is read by pieces of 2^18 bytes.
        constexpr std::size_t piece = std::size_t{1} << 18U;
        const std::string text = collection(
            {feature(R"("nom":"\u00c9tang","INSEE_COM":43001,"b":true,"c":1.25)",
                     "[[[3.512345,45.054321],[3.6,45],[-1.5e-1,45.1],[3,46],[3.512345,45.054321]]]")});
        const std::string all = described(read(write("c.geojson", text)));
        for (std::size_t before = 0; before <= text.size(); ++before)
            CPPUNIT_ASSERT_EQUAL(
                all, described(read(write("c.geojson", std::string(piece - before, ' ') + text))));
    }

    void the_real_contours_are_read_as_gdal_reads_them()
    {
        for (const char* file : {"communes-43-haute-loire", "epci-43-haute-loire", "epci-2025-france"}) {
            const auto real = real_data("contours/" + std::string(file) + ".geojson");
            if (!real)
                continue;
            std::ostringstream text;
            text << std::ifstream(*real, std::ios::binary).rdbuf();
            const Rows rows = rows_of("43");
            std::vector<std::string> codes;
            for (const Epci& epci : rows.epcis)
                codes.push_back(epci.code);
            for (const CommuneRow& commune : rows.communes)
                codes.push_back(commune.code);
            assert_read_alike(file, text.str(), true, codes);
        }
    }

    void neighbours_are_those_within_the_margin()
    {
        const std::string text = collection({feature(R"("INSEE_COM":"43001")", square(3.5, 45.0)),
                                             feature(R"("INSEE_COM":"43002")", square(3.6, 45.0)),
                                             feature(R"("INSEE_COM":"42001")", square(3.8, 45.0)),
                                             feature(R"("INSEE_COM":"63001")", square(3.2, 45.0)),
                                             feature(R"("INSEE_COM":null)", square(3.7, 45.0)),
                                             feature(R"("INSEE_COM":"01004")", square(5.0, 46.0))});
        const fs::path source = write("c.geojson", text);
        for (const auto& [file, driver] : std::map<std::string, std::string>{
                 {"", ""}, {"c.shp", "ESRI Shapefile"}, {"c.gpkg", "GPKG"}, {"c.fgb", "FlatGeobuf"}}) {
            VectorRequest request = request_for(file.empty() ? source : convert(source, file, driver));
            request.margin_m = 10'000.0; // 0.1° of longitude is 7.9 km here
            const VectorContent content = read_vector_file(request, {});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(file, std::size_t{2}, content.contours.size());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(file, std::size_t{1}, content.neighbours.size());
            CPPUNIT_ASSERT_EQUAL(std::string("42001"), content.neighbours.front().code);
            CPPUNIT_ASSERT(has_vertex(content.neighbours.front(), Projection(2154).forward({45.0, 3.8})));
            request.margin_m = 0.0;
            CPPUNIT_ASSERT(read_vector_file(request, {}).neighbours.empty());
        }
    }

    void of_several_layers_one_may_be_chosen()
    {
        // As in an archive of GeoJSON files, or a GeoPackage of several layers.
        write("points.geojson",
              R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"43001"},)"
              R"("geometry":{"type":"Point","coordinates":[3.5,45]}}]})");
        write("une.geojson", collection({feature(R"("code":"43001")", square(3.5, 45.0))}));
        write("toutes.geojson", three_communes());
        in_folder("zip -q -j lot.zip points.geojson une.geojson toutes.geojson");
        VectorRequest request = request_for(folder_ / "lot.zip");
        const VectorContent best = read_vector_file(request, {});
        CPPUNIT_ASSERT_EQUAL(std::string("toutes"), best.layer);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, best.layers.size());
        request.layer = "une";
        const VectorContent chosen = read_vector_file(request, {});
        CPPUNIT_ASSERT_EQUAL(std::string("une"), chosen.layer);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, chosen.contours.size());
    }

    void a_shapefile_without_projection_nor_encoding_is_read()
    {
        const fs::path shapefile = convert(write("c.geojson", three_communes()), "c.shp", "ESRI Shapefile");
        fs::remove(folder_ / "c.prj");
        fs::remove(folder_ / "c.cpg");
        // The names in Windows-1252, as older tools write them.
        in_folder("sed -i 's/Ouest/Ou\\xe9st/' c.dbf");
        const VectorContent content = read(shapefile);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, content.contours.size());
        CPPUNIT_ASSERT(content.projection_assumed);
        CPPUNIT_ASSERT(has_vertex(content.contours[0], Projection(2154).forward({45.0, 3.5})));
        in_folder("zip -q -j c.zip c.shp c.shx c.dbf");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, read(folder_ / "c.zip").contours.size());
    }

    void pieces_with_one_code_are_one_contour()
    {
        const VectorContent content = read(write(
            "p.geojson", collection({feature(R"("code":"43001")", square(3.5, 45.0)),
                                     feature(R"("code":"43001")", square(3.6, 45.0)),
                                     feature(R"("code":"43001")", std::string("[") + square(4.0, 45.0) + "]",
                                             "MultiPolygon")})));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, content.contours.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, content.contours[0].shape.size());
        CPPUNIT_ASSERT(is_valid(content.contours[0].shape));
    }

    void a_polygon_that_crosses_itself_is_mended()
    {
        const VectorContent content =
            read(write("b.geojson",
                       collection({feature(R"("code":"43001")",
                                           "[[[3.5,45.0],[3.6,45.1],[3.6,45.0],[3.5,45.1],[3.5,45.0]]]")})));
        CPPUNIT_ASSERT(is_valid(content.contours.at(0).shape));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2},
                             content.contours[0].shape.size()); // the two wings of the bow tie
    }

    void features_without_a_code_and_other_codes_are_listed()
    {
        const VectorContent content =
            read(write("o.geojson", collection({feature(R"("code":"43001")", square(3.5, 45.0)),
                                                feature(R"("code":null)", square(3.6, 45.0)),
                                                feature(R"("code":"63113")", square(3.7, 45.0))})));
        CPPUNIT_ASSERT(content.without_code == std::vector<std::string>{"entité n° 2"});
        CPPUNIT_ASSERT(content.other_codes == std::vector<std::string>{"63113"});
    }

    void each_bad_file_has_its_message()
    {
        const std::string good = three_communes();
        assert_refused(folder_ / "nowhere.geojson", "n'existe pas");
        assert_refused(folder_, "est un dossier");
        assert_refused(write("empty.geojson", ""), "est vide");
        assert_refused(write("cut.geojson", good.substr(0, good.size() / 2)), "tronqué");
        assert_refused(write("text.geojson", "Bonjour"), "n'est pas un fichier de contours");
        assert_refused(write("object.json", R"({"a":1})"), "n'est pas un fichier de contours");
        assert_refused(write("picture.geojson", "\x89PNG\r\n\x1a\n...."), "une image PNG");
        assert_refused(write("page.geojson", "<!DOCTYPE html><html></html>"), "une page web");
        assert_refused(write("noise.shp", std::string(200, '\x07')), "n'est pas un fichier de contours");
        assert_refused(write("broken.zip", "PK\x03\x04 and nothing more"), "archive abîmée");
        assert_refused(write("none.geojson", collection({})), "aucune entité");
        assert_refused(
            write("points.geojson", collection({feature(R"("code":"43001")", "[3.5,45.0]", "Point")})),
            "aucun polygone");
        assert_refused(
            write("nameless.geojson", collection({feature(R"("nom":"Le Puy")", square(3.5, 45.0))})),
            "« nom »");
        assert_refused(write("bare.geojson", collection({feature("", square(3.5, 45.0))})), "aucun champ");
        assert_refused(write("else.geojson", collection({feature(R"("code":"01004")", square(5.0, 46.0))})),
                       "par exemple 01004");
    }

    void a_shapefile_without_its_table_says_so()
    {
        fs::path table = convert(write("c.geojson", three_communes()), "c.shp", "ESRI Shapefile");
        fs::remove(folder_ / "c.dbf");
        assert_refused(folder_ / "c.shp", "aucun champ");
        fs::remove(folder_ / "c.shx");
        assert_refused(folder_ / "c.shp", ".shx");
    }

    void too_many_vertices_are_refused()
    {
        VectorRequest request = request_for(write("c.geojson", three_communes()));
        request.most_vertices = 9;
        CPPUNIT_ASSERT_THROW((void)read_vector_file(request, {}), Failure);
        request.most_vertices = 10; // two squares of five
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, read_vector_file(request, {}).contours.size());
    }

    void a_topojson_that_names_its_arcs_too_often_is_refused()
    {
        const auto topology = [](int times) {
            std::string arc = "[0,0]";
            for (int i = 0; i < 1000; ++i)
                arc += ",[1,1]";
            std::string objects;
            for (int i = 0; i < times; ++i)
                objects += std::string(i == 0 ? "" : ",") +
                           R"({"type":"Polygon","properties":{"code":"43001"},"arcs":[[0,-1]]})";
            return R"({"type":"Topology","objects":{"communes":{"type":"GeometryCollection","geometries":[)" +
                   objects + R"(]}},"arcs":[[)" + arc + "]]}";
        };
        VectorRequest request = request_for(write("few.topojson", topology(2)));
        request.most_vertices = 10'000;
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), read_vector_file(request, {}).contours.size());
        request.path = write("many.topojson", topology(25));
        try {
            (void)read_vector_file(request, {});
            CPPUNIT_FAIL("50,050 vertices were read");
        } catch (const Failure& failure) {
            CPPUNIT_ASSERT(std::string(failure.what()).find("réemploie ses lignes") != std::string::npos);
        }
    }

    void too_many_bytes_are_refused()
    {
        VectorRequest request = request_for(write("c.geojson", three_communes()));
        request.most_bytes = fs::file_size(request.path);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, read_vector_file(request, {}).contours.size());
        --request.most_bytes;
        assert_refused(request, "trop volumineux");
    }

    // A few kilobytes on the disk, a hundred megabytes in memory.
    void too_many_bytes_in_an_archive_are_refused()
    {
        in_folder(
            R"((printf '{"type":"FeatureCollection","features":['; head -c 100000000 /dev/zero | tr '\0' ' '; )"
            R"(printf ']}') >bomb.geojson && gzip -k bomb.geojson && zip -q bomb.zip bomb.geojson)");
        for (const char* archive : {"bomb.geojson.gz", "bomb.zip"}) {
            VectorRequest request = request_for(folder_ / archive);
            request.most_bytes = 10'000'000;
            CPPUNIT_ASSERT(fs::file_size(request.path) < request.most_bytes);
            assert_refused(request, "trop volumineux");
        }
    }

    void a_file_that_names_another_does_not_reach_it()
    {
        const fs::path source = write("c.geojson", three_communes());
        convert(source, "piece.tab", "MapInfo File");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, read(folder_ / "piece.tab").contours.size());
        // A table of MapInfo made of others, that it names.
        convert(write("i.geojson", collection({feature(R"("Table":"piece.tab")", square(3.5, 45.0, 0.2))})),
                "whole.tab", "MapInfo File");
        std::ofstream(folder_ / "whole.tab", std::ios::app)
            << "begin_metadata\n\"\\IsSeamless\" = \"TRUE\"\nend_metadata\n";
        assert_refused(folder_ / "whole.tab", "n'est pas un fichier de contours");
        // Nor a VRT, whatever its name; nor an entity.
        const std::string vrt = "<OGRVRTDataSource><OGRVRTLayer name='c'><SrcDataSource>" + source.string() +
                                "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
        for (const char* name : {"v.vrt", "v.kml", "v.geojson"})
            assert_refused(write(name, vrt), "n'est pas un fichier de contours");
        const std::string secret = write("secret.txt", "43001").string();
        const std::string entity =
            "<?xml version='1.0'?><!DOCTYPE kml [<!ENTITY code SYSTEM 'file://" + secret +
            "'>]><kml><Placemark><name>&code;</"
            "name><Polygon><outerBoundaryIs><LinearRing><coordinates>3.5,45 "
            "3.6,45 3.6,45.1 3.5,45</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>";
        assert_refused(write("e.kml", entity), "aucun champ de codes");
    }

    void other_kinds_of_geographic_files_are_refused()
    {
        assert_refused(write("a.gml", "<gml:FeatureCollection xmlns:gml='http://www.opengis.net/gml'/>"),
                       "n'est pas un fichier de contours");
        assert_refused(write("a.gpx", "<gpx version='1.1'><wpt lat='45' lon='3.5'/></gpx>"),
                       "n'est pas un fichier de contours");
        assert_refused(write("a.csvt", "Integer"), "n'est pas un fichier de contours");
    }

    void nothing_is_written_beside_the_file()
    {
        const fs::path source = write("c.geojson", three_communes());
        for (const auto& [file, driver] : std::map<std::string, std::string>{
                 {"c.shp", "ESRI Shapefile"}, {"c.gpkg", "GPKG"}, {"c.tab", "MapInfo File"}})
            convert(source, file, driver);
        in_folder("gzip -k c.geojson && zip -q c.zip c.shp c.shx c.dbf c.prj");
        const auto before = listing();
        for (const char* file : {"c.geojson", "c.geojson.gz", "c.zip", "c.shp", "c.gpkg", "c.tab"})
            (void)read(folder_ / file);
        CPPUNIT_ASSERT_EQUAL(before, listing());
    }

    void cancel_stops_at_once()
    {
        const VectorRequest request = request_for(write("c.geojson", three_communes()));
        try {
            (void)read_vector_file(request, [](double) { return false; });
            CPPUNIT_FAIL("not cancelled");
        } catch (const Failure& failure) {
            CPPUNIT_ASSERT(failure.cause() == Failure::Cause::cancelled);
        }
    }

    void nothing_is_fetched_from_the_network()
    {
        const std::string link =
            R"("crs":{"type":"link","properties":{"href":"http://192.0.2.1/never","type":"proj4"}},)";
        const VectorContent content =
            read(write("k.geojson", collection({feature(R"("code":"43001")", square(3.5, 45.0))}, link)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, content.contours.size());
    }

    void two_readings_at_a_time_do_not_meet()
    {
        const fs::path good = write("c.geojson", three_communes());
        const fs::path bad = write("cut.geojson", three_communes().substr(0, 300));
        int read_well = 0;
        int refused = 0;
        std::thread first([&] {
            for (int i = 0; i < 20; ++i)
                read_well += read(good).contours.size() == 2 ? 1 : 0;
        });
        std::thread second([&] {
            for (int i = 0; i < 20; ++i)
                try {
                    (void)read(bad);
                } catch (const Failure&) {
                    ++refused;
                }
        });
        first.join();
        second.join();
        CPPUNIT_ASSERT_EQUAL(20, read_well);
        CPPUNIT_ASSERT_EQUAL(20, refused);
    }

    void without_its_module_it_says_so()
    {
        set_vector_module(folder_ / "pacte-vector.so");
        assert_refused(write("c.geojson", three_communes()), "réinstallez l'extension");
    }

    void all_the_communes_of_france_are_read_and_can_be_cancelled()
    {
        const auto france = real_data("contours/communes-2018-france.geojson.gz");
        if (!france)
            return;
        const Rows rows = rows_of("43");
        VectorRequest request;
        request.path = *france;
        for (const CommuneRow& commune : rows.communes)
            request.codes.push_back(commune.code);
        double last = -1.0;
        bool forward = true;
        const VectorContent content = read_vector_file(request, [&](double share) {
            forward = forward && share >= last;
            last = share;
            return true;
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{35357}, content.features);
        CPPUNIT_ASSERT_EQUAL(std::size_t{257}, content.contours.size());
        CPPUNIT_ASSERT(forward);
        CPPUNIT_ASSERT_EQUAL(1.0, last);
        // While GDAL opens the file, before any feature is known.
        int calls = 0;
        CPPUNIT_ASSERT_THROW((void)read_vector_file(request, [&](double) { return ++calls < 3; }), Failure);
        CPPUNIT_ASSERT_EQUAL(3, calls);
    }

    void the_holes_of_france_stay_and_its_bad_contour_is_mended()
    {
        const auto france = real_data("contours/communes-2018-france.geojson.gz");
        if (!france)
            return;
        VectorRequest request;
        request.path = *france;
        std::map<std::string, std::string> epci_of;
        for (const char* departement : {"13", "14", "66"})
            for (const CommuneRow& commune : rows_of(departement).communes) {
                request.codes.push_back(commune.code);
                epci_of.emplace(commune.code, commune.epci);
            }
        const VectorContent content = read_vector_file(request, {});
        const auto mended = std::find_if(content.contours.begin(), content.contours.end(),
                                         [](const Contour& contour) { return contour.code == "14174"; });
        CPPUNIT_ASSERT(mended != content.contours.end() && is_valid(mended->shape));
        std::vector<Contour> epcis = dissolve(content.contours, epci_of);
        simplify(epcis, 100.0);
        // Places of no commune of France, in the middle of an EPCI: the lake of Berre, and Llívia, in Spain.
        for (const auto& [siren, place] :
             std::map<std::string, LatLon>{{"200054807", {43.46, 5.10}}, {"246600399", {42.465, 1.98}}}) {
            const auto epci = std::find_if(epcis.begin(), epcis.end(),
                                           [&](const Contour& contour) { return contour.code == siren; });
            CPPUNIT_ASSERT_MESSAGE(siren, epci != epcis.end() && is_valid(epci->shape));
            const Point point = Projection(2154).forward(place);
            std::size_t holes_there = 0;
            for (const Polygon& polygon : epci->shape)
                for (const auto& hole : polygon.inners())
                    holes_there += boost::geometry::within(point, hole) ? 1 : 0;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(siren, std::size_t{1}, holes_there);
        }
    }

private:
    fs::path write(const std::string& name, const std::string& text) const
    {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }

    fs::path convert(const fs::path& from, const std::string& name, const std::string& driver) const
    {
        const fs::path to = folder_ / name;
        const std::string command = std::string("env -i '") + PACTE_CONVERT_VECTOR + "' '" + from.string() +
                                    "' '" + to.string() + "' '" + driver + "' 2>/dev/null";
        CPPUNIT_ASSERT_EQUAL_MESSAGE(command, 0, std::system(command.c_str()));
        return to;
    }

    void in_folder(const std::string& command) const
    {
        const std::string whole = "cd '" + folder_.string() + "' && " + command;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(whole, 0, std::system(whole.c_str()));
    }

    /// Names and sizes.
    std::string listing() const
    {
        std::set<std::string> lines;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder_))
            lines.insert(entry.path().filename().string() + " " + std::to_string(entry.file_size()) + "\n");
        return std::accumulate(lines.begin(), lines.end(), std::string());
    }

    static VectorRequest request_for(const fs::path& path)
    {
        VectorRequest request;
        request.path = path;
        request.codes = {"43001", "43002"};
        return request;
    }

    static VectorContent read(const fs::path& path, std::vector<std::string> codes = {"43001", "43002"})
    {
        VectorRequest request = request_for(path);
        request.codes = std::move(codes);
        return read_vector_file(request, {});
    }

    /// All that a reading gave, to the last digit.
    static std::string described(const VectorContent& content)
    {
        std::ostringstream text;
        text << std::hexfloat << content.driver << '|' << content.code_field << '|' << content.layer << '|'
             << content.projection << '|' << content.projection_assumed << '|' << content.features;
        for (const auto* list : {&content.layers, &content.without_code, &content.other_codes}) {
            text << "\n|";
            for (const std::string& one : *list)
                text << one << '|';
        }
        for (const auto* contours : {&content.contours, &content.neighbours})
            for (const Contour& contour : *contours) {
                text << '\n' << (contours == &content.neighbours ? "beside " : "") << contour.code;
                for (const Polygon& polygon : contour.shape) {
                    text << " (";
                    describe(polygon.outer(), text);
                    for (const auto& hole : polygon.inners())
                        describe(hole, text);
                    text << ')';
                }
            }
        return text.str();
    }

    static void describe(const Polygon::ring_type& ring, std::ostream& text)
    {
        text << '[';
        for (const Point& point : ring)
            text << point.x() << ' ' << point.y() << ',';
        text << ']';
    }

    /// The same file, once as it is and once left to GDAL whole.
    void assert_read_alike(const std::string& what, const std::string& text, bool with_neighbours,
                           const std::vector<std::string>& codes = {"43001", "43002"}) const
    {
        const auto outcome = [&](const std::string& written) {
            VectorRequest request = request_for(write("same.geojson", written));
            request.codes = codes;
            request.margin_m = with_neighbours ? 20'000.0 : 0.0;
            try {
                return described(read_vector_file(request, {}));
            } catch (const Failure& failure) {
                return std::string(failure.what());
            }
        };
        const auto outcome_with = [&](const char* member) {
            std::string written = text;
            return outcome(written.insert(text.find('{') + 1, member));
        };
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, outcome_with(R"("arcs":null,)"), outcome_with(R"("name":null,)"));
    }

    static bool has_vertex(const Contour& contour, const Point& expected)
    {
        constexpr double tolerance_m = 0.1;
        for (const Polygon& polygon : contour.shape)
            for (const Point& point : polygon.outer())
                if (std::hypot(point.x() - expected.x(), point.y() - expected.y()) < tolerance_m)
                    return true;
        return false;
    }

    static void assert_refused(const fs::path& path, const std::string& why)
    {
        assert_refused(request_for(path), why);
    }

    static void assert_refused(const VectorRequest& request, const std::string& why)
    {
        try {
            (void)read_vector_file(request, {});
            CPPUNIT_FAIL("accepted: " + request.path.string());
        } catch (const Failure& failure) {
            CPPUNIT_ASSERT(failure.cause() == Failure::Cause::bad_file);
            const std::string message = failure.what();
            CPPUNIT_ASSERT_MESSAGE(request.path.string() + ": " + message,
                                   message.find(why) != std::string::npos);
        }
    }

    fs::path folder_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(VectorFileTest);

} // namespace
