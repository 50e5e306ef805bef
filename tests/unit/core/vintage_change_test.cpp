#include "core/vintage_change.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

namespace {

const Schemas& schemas()
{
    static const Schemas all = Schemas::load(PACTE_TEMPLATES);
    return all;
}

const CogYears& years()
{
    static const Cog latest = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    static const CogYears all = CogYears::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire", latest);
    return all;
}

Cell text(const char* value) { return std::string(value); }

Table table(const char* name, std::vector<std::string> headers, std::vector<std::vector<Cell>> rows)
{
    Table made;
    made.name = name;
    made.sheet = name;
    made.headers = std::move(headers);
    made.rows = std::move(rows);
    return made;
}

const VintageChange* find(const VintagePlan& plan, const std::string& of, std::size_t row,
                          const std::string& field)
{
    for (const VintageChange& change : plan.changes)
        if (change.table == of && change.row == row && change.field == field)
            return &change;
    return nullptr;
}

class VintageChangeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VintageChangeTest);
    CPPUNIT_TEST(a_merged_commune_leaves_its_row);
    CPPUNIT_TEST(what_a_person_wrote_stays);
    CPPUNIT_TEST(lists_of_codes_are_followed);
    CPPUNIT_TEST(the_way_back_finds_the_former_communes);
    CPPUNIT_TEST(nothing_changes_within_a_year);
    CPPUNIT_TEST_SUITE_END();

public:
    /// Béon (01039) and Culoz (01138) became Culoz-Béon (01138) in 2023.
    void a_merged_commune_leaves_its_row()
    {
        const Cog& before = years().of(2021);
        const auto people = [&](const char* code) {
            return Cell(static_cast<double>(before.commune(code)->population));
        };
        const std::map<std::string, Table> tables{
            {"communes", table("communes", {"code INSEE", "nom", "code EPCI", "population"},
                               {{text("01138"), text("Culoz"), text("200040350"), people("01138")},
                                {text("01039"), text("Béon"), text("200040350"), people("01039")}})},
            {"offre", table("offre", {"id", "code INSEE"},
                            {{text("P-001"), text("01039")}, {text("P-002"), text("01138")}})}};
        const VintagePlan plan = plan_vintage_change(tables, schemas(), years(), 2021, 2026);
        CPPUNIT_ASSERT(find(plan, "communes", 0, "nom")->after == text("Culoz-Béon"));
        CPPUNIT_ASSERT(find(plan, "communes", 0, "code_insee") == nullptr);
        CPPUNIT_ASSERT(find(plan, "communes", 0, "population")->after ==
                       Cell(static_cast<double>(years().of(2026).commune("01138")->population)));
        CPPUNIT_ASSERT(find(plan, "communes", 1, "code_insee")->after == Cell(Blank{}));
        CPPUNIT_ASSERT(find(plan, "communes", 1, "nom")->after == Cell(Blank{}));
        CPPUNIT_ASSERT(find(plan, "communes", 1, "nom")->reason.find("Culoz-Béon") != std::string::npos);
        CPPUNIT_ASSERT(find(plan, "offre", 0, "code_insee")->after == text("01138"));
        CPPUNIT_ASSERT(find(plan, "offre", 1, "code_insee") == nullptr);
    }

    void what_a_person_wrote_stays()
    {
        const std::map<std::string, Table> tables{
            {"territoires", table("territoires", {"code EPCI", "nom", "population"},
                                  {{text("244300307"), text("Montfaucon (notre nom)"), 12345.0},
                                   {text("200073419"), text(years().of(2023).epci("200073419")->name.c_str()),
                                    static_cast<double>(years().of(2023).epci("200073419")->population)}})}};
        const VintagePlan plan = plan_vintage_change(tables, schemas(), years(), 2023, 2026);
        CPPUNIT_ASSERT(find(plan, "territoires", 0, "nom") == nullptr);
        CPPUNIT_ASSERT(find(plan, "territoires", 0, "population") == nullptr);
        CPPUNIT_ASSERT(find(plan, "territoires", 1, "population")->after ==
                       Cell(static_cast<double>(years().of(2026).epci("200073419")->population)));
    }

    void lists_of_codes_are_followed()
    {
        const std::map<std::string, Table> tables{
            {"dispositifs", table("dispositifs", {"id", "territoire couvert"},
                                  {{text("D-001"), text("01039; 200073419; CC des Sucs")},
                                   {text("D-002"), text("département")}})}};
        const VintagePlan plan = plan_vintage_change(tables, schemas(), years(), 2021, 2026);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, plan.changes.size());
        CPPUNIT_ASSERT(plan.changes.front().after == text("01138; 200073419; CC des Sucs"));
    }

    void the_way_back_finds_the_former_communes()
    {
        const Commune& now = *years().of(2026).commune("01138");
        const std::map<std::string, Table> tables{
            {"territoires",
             table("territoires", {"code EPCI", "nom"}, {{text("200040350"), text("CC Bugey Sud")}})},
            {"communes", table("communes", {"code INSEE", "nom", "code EPCI", "population"},
                               {{text("01138"), text("Culoz-Béon"), text("200040350"),
                                 static_cast<double>(now.population)}})}};
        const VintagePlan plan = plan_vintage_change(tables, schemas(), years(), 2026, 2021);
        CPPUNIT_ASSERT(find(plan, "communes", 0, "nom")->after == text("Culoz"));
        bool beon = false;
        for (const VintageChange& change : plan.changes)
            beon = beon || (change.row > 0 && change.field == "code_insee" && change.after == text("01039"));
        CPPUNIT_ASSERT(beon);
    }

    void nothing_changes_within_a_year()
    {
        const std::map<std::string, Table> tables{
            {"communes",
             table("communes", {"code INSEE", "nom"}, {{text("43157"), text("Le Puy-en-Velay")}})}};
        CPPUNIT_ASSERT(plan_vintage_change(tables, schemas(), years(), 2025, 2025).changes.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VintageChangeTest);

} // namespace
