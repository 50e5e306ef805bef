#include "document_picture.hpp"
#include "import_fixture.hpp"

#include <cstdlib>

#include <cppunit/extensions/HelperMacros.h>

// Contours imported into the example of Haute-Loire, their source, the points that
// they give, the maps that cite them.

using namespace office_test;
namespace fs = std::filesystem;

class ImportContoursTest : public ImportFixture {
    CPPUNIT_TEST_SUITE(ImportContoursTest);
    CPPUNIT_TEST(the_import_is_in_sources_and_cited_under_the_maps);
    CPPUNIT_TEST(what_a_person_placed_stays_where_it_is);
    CPPUNIT_TEST_SUITE_END();

public:
    void the_import_is_in_sources_and_cited_under_the_maps()
    {
        const fs::path data = real_data();
        if (data.empty())
            return;
        const std::string before = picture_of(model_);
        const Outcome outcome = import_file("contours", data / "contours/communes-43-haute-loire.geojson",
                                            {{"Source", text_argument("IGN, Admin Express")},
                                             {"Millesime", text_argument("2018")},
                                             {"Licence", text_argument("Licence Ouverte 2.0")}});
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        assert_one_step(before);
        const Rows sources = table(model_, "sources");
        CPPUNIT_ASSERT_EQUAL(std::string("contours"), at(sources, "SRC-001", "nature"));
        CPPUNIT_ASSERT_EQUAL(std::string("communes-43-haute-loire.geojson"),
                             at(sources, "SRC-001", "fichier"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{40}, at(sources, "SRC-001", "empreinte SHA-1").size());
        for (const char* count : {"lignes lues", "lignes retenues"})
            CPPUNIT_ASSERT_EQUAL(std::string("257"), at(sources, "SRC-001", count));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), at(sources, "SRC-001", "lignes refusées"));

        const Rows communes = table(model_, "communes");
        for (std::size_t row = 1; row < communes.size(); ++row)
            if (!communes[row].front().empty())
                CPPUNIT_ASSERT_EQUAL(std::string("contours importés"),
                                     communes[row][column_of(communes, "source des coordonnées")]);

        CPPUNIT_ASSERT(office_->run(model_, "cartes").done);
        CPPUNIT_ASSERT_MESSAGE("the maps do not cite Sources",
                               picture_of(model_).find("IGN, Admin Express, 2018 (Licence Ouverte 2.0)") !=
                                   std::string::npos);
    }

    void what_a_person_placed_stays_where_it_is()
    {
        const fs::path data = real_data();
        if (data.empty())
            return;
        const Rows communes = table(model_, "communes");
        const auto row = static_cast<sal_Int32>(row_with(communes, "code INSEE", "43268")) + 3;
        const auto cell = [&](const char* header) {
            return sheet(model_, "Communes")
                ->getCellByPosition(static_cast<sal_Int32>(column_of(communes, header)), row);
        };
        cell("latitude")->setValue(45.1425);
        cell("source des coordonnées")->setFormula("plan du cadastre");
        const std::string longitude = at(table(model_, "communes"), "43268", "longitude");
        CPPUNIT_ASSERT(import_file("contours", data / "contours/communes-43-haute-loire.geojson").done);
        const Rows after = table(model_, "communes");
        CPPUNIT_ASSERT_EQUAL(longitude, at(after, "43268", "longitude"));
        CPPUNIT_ASSERT_EQUAL(std::string("plan du cadastre"), at(after, "43268", "source des coordonnées"));
        CPPUNIT_ASSERT_EQUAL(std::string("contours importés"), at(after, "43157", "source des coordonnées"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ImportContoursTest);
