#include <cppunit/extensions/HelperMacros.h>

#include "core/source_citations.hpp"

using namespace pacte;

namespace {

class SourceCitationsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SourceCitationsTest);
    CPPUNIT_TEST(what_is_known_is_said_once);
    CPPUNIT_TEST(the_latest_import_is_cited);
    CPPUNIT_TEST(each_source_is_cited_once);
    CPPUNIT_TEST_SUITE_END();

public:
    void what_is_known_is_said_once()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("IGN, 2025 (Licence Ouverte 2.0)"),
                             (Citation{"IGN", "2025", "Licence Ouverte 2.0"}.text()));
        CPPUNIT_ASSERT_EQUAL(std::string("Insee, Filosofi 2021"),
                             (Citation{"Insee, Filosofi 2021", "2021", ""}.text()));
        CPPUNIT_ASSERT_EQUAL(std::string(), (Citation{"", "2021", "ODbL"}.text()));
    }

    void the_latest_import_is_cited()
    {
        const Schemas schemas = Schemas::load(PACTE_TEMPLATES);
        Table table;
        table.headers = {"id", "nature", "producteur", "millésime", "licence", "contenu"};
        const auto row = [](const char* id, const char* nature, const char* producer, const char* content) {
            return std::vector<Cell>{std::string(id), std::string(nature), std::string(producer),
                                     2021.0,          std::string("ODbL"), std::string(content)};
        };
        table.rows = {row("SRC-001", "besoins", "Insee", "TP60;MED"), row("SRC-002", "offre", "ANCT", "TP60"),
                      row("SRC-003", "besoins", "Cnaf", "tp60")};
        const SourceCitations citations(table, schemas.table("sources"));
        CPPUNIT_ASSERT_EQUAL(std::string("Cnaf, 2021 (ODbL)"), citations.find("besoins", "TP60")->text());
        CPPUNIT_ASSERT_EQUAL(std::string("Insee"), citations.find("besoins", "MED")->producer);
        CPPUNIT_ASSERT_EQUAL(std::string("ANCT"), citations.find("offre", "TP60")->producer);
        CPPUNIT_ASSERT(citations.find("contours", "TP60") == nullptr);
    }

    void each_source_is_cited_once()
    {
        const Schemas schemas = Schemas::load(PACTE_TEMPLATES);
        Table table;
        table.headers = {"id", "nature", "producteur", "millésime", "licence", "contenu"};
        table.rows = {{std::string("SRC-001"), std::string("besoins"), std::string("Insee"), 2021.0,
                       std::string("Licence Ouverte 2.0"), std::string("TP60;MED")},
                      {std::string("SRC-002"), std::string("offre"), std::string("ANCT"), 2024.0,
                       std::string("ODbL"), std::string("france-services")}};
        const SourceCitations citations(table, schemas.table("sources"));
        std::vector<Variable> variables(4);
        variables[0].code = "TP60";
        variables[0].source = "Insee, Filosofi";
        variables[0].vintage = "2021";
        variables[1] = variables[0];
        variables[1].code = "MED";
        variables[2].code = "RSA";
        variables[2].source = "Cnaf";
        variables[3].code = "SANS";
        CPPUNIT_ASSERT_EQUAL(std::string("Insee, Filosofi, 2021 (Licence Ouverte 2.0) ; Cnaf ; source non "
                                         "renseignée (feuille « Variables »)"),
                             cited_once(variables, citations));
        std::vector<Place> places(3);
        places[0].source = "france-services";
        places[1].source = "Mairie";
        CPPUNIT_ASSERT_EQUAL(std::string("ANCT, 2024 (ODbL) ; Mairie"), cited_once(places, citations));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SourceCitationsTest);

} // namespace
