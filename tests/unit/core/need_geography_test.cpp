#include "core/need_geography.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

namespace {

const Cog& latest()
{
    static const Cog all = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    return all;
}

const CogYears& years()
{
    static const CogYears all =
        CogYears::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire", latest());
    return all;
}

SourceFile file_of(std::string text)
{
    SourceFile file;
    file.name = "besoins.csv";
    file.sheets.push_back(parse_delimited(std::move(text), ';', file.name));
    return file;
}

NeedLayout layout_of(const SourceFile& file)
{
    static const KnownVariables known =
        KnownVariables::load(std::filesystem::path(PACTE_TEMPLATES) / "imports" / "variables.csv");
    NeedLayout layout = find_need_layout(file, latest(), known);
    find_geography(file, layout, years());
    return layout;
}

int geography_of(const std::string& text) { return layout_of(file_of(text)).geography; }

constexpr const char* bugey_sud = "200040350";

/// Culoz and Béon were two until 2022; Culoz-Béon is 01138 since.
NeedTerritory one_epci(const std::string& siren)
{
    NeedTerritory territory;
    territory.epcis = {{siren, "EPCI"}};
    territory.epci_of = {{"01138", siren}, {"01034", siren}};
    return territory;
}

class NeedGeographyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NeedGeographyTest);
    CPPUNIT_TEST(one_commune_merged_since_gives_the_year_away);
    CPPUNIT_TEST(a_commune_restored_since_gives_the_year_away);
    CPPUNIT_TEST(communes_left_out_of_a_file_do_not_make_it_younger);
    CPPUNIT_TEST(of_equals_the_year_that_the_file_states_is_taken);
    CPPUNIT_TEST(of_equals_the_nearest_to_the_figures_is_taken);
    CPPUNIT_TEST(codes_older_than_all_the_years_are_said);
    CPPUNIT_TEST(members_are_those_of_the_year_of_the_file);
    CPPUNIT_TEST(an_epci_younger_than_the_file_keeps_its_perimeter);
    CPPUNIT_TEST(epci_that_are_no_more_are_codes_and_count_in_their_successor);
    CPPUNIT_TEST_SUITE_END();

public:
    void one_commune_merged_since_gives_the_year_away()
    {
        CPPUNIT_ASSERT_EQUAL(2022, geography_of("CODGEO;NB\n01138;1\n01039;2\n01034;3\n"));
        CPPUNIT_ASSERT_EQUAL(2021, geography_of("CODGEO;NB 2020\n01138;1\n01039;2\n01034;3\n"));
        CPPUNIT_ASSERT_EQUAL(2024, geography_of("CODGEO;NB\n01138;1\n01330;2\n01034;3\n"));
        CPPUNIT_ASSERT_EQUAL(2026, geography_of("CODGEO;NB\n01138;1\n01034;3\n"));
        CPPUNIT_ASSERT_EQUAL(2022, geography_of("IRIS;NB\n011380000;1\n010390000;2\n010340000;3\n"));
    }

    void a_commune_restored_since_gives_the_year_away()
    {
        // 12218 (Saint-Cyprien-sur-Dourdou) was part of Conques-en-Rouergue until it was restored.
        int restored = 0;
        for (const int year : years().years())
            if (restored == 0 && years().of(year).commune("12218") != nullptr)
                restored = year;
        CPPUNIT_ASSERT(restored > 2021);
        CPPUNIT_ASSERT(geography_of("CODGEO;NB 2019\n12218;1\n12176;2\n") >= restored);
    }

    /// A third of the communes, those of 2021 in one file, those of 2024 in the other.
    void communes_left_out_of_a_file_do_not_make_it_younger()
    {
        for (const int year : {2021, 2022, 2023, 2024}) {
            std::string text = "CODGEO;NB\n";
            std::size_t row = 0;
            for (const Commune& commune : years().of(year).communes())
                if (++row % 3 == 0)
                    text += commune.code + ";1\n";
            CPPUNIT_ASSERT_EQUAL(year, geography_of(text));
        }
    }

    void of_equals_the_year_that_the_file_states_is_taken()
    {
        const std::string rows = "\n43157;1\n43041;2\n";
        CPPUNIT_ASSERT_EQUAL(2023, geography_of("Géographie au 01/01/2023\nCODGEO;NB 2020" + rows));
        CPPUNIT_ASSERT_EQUAL(2024, geography_of("CODGEO_2024;NB 2020" + rows));
        CPPUNIT_ASSERT_EQUAL(2022, geography_of("Données 2019, découpage communal 2022\nCODGEO;NB" + rows));
        // What the codes say is stronger.
        CPPUNIT_ASSERT_EQUAL(2022, geography_of("CODGEO_2025;NB\n01138;1\n01039;2\n"));
    }

    void of_equals_the_nearest_to_the_figures_is_taken()
    {
        CPPUNIT_ASSERT_EQUAL(2023, geography_of("CODGEO;NB 2023\n43157;1\n43041;2\n"));
        CPPUNIT_ASSERT_EQUAL(2021, geography_of("CODGEO;NB 2018\n43157;1\n43041;2\n"));
        CPPUNIT_ASSERT_EQUAL(2026, geography_of("CODGEO;NB\n43157;1\n43041;2\n"));
    }

    void codes_older_than_all_the_years_are_said()
    {
        // 43176 had joined Saint-Privat-d'Allier (43221) long before.
        const NeedLayout old = layout_of(file_of("CODGEO;NB 2012\n43157;1\n43176;2\n43221;3\n"));
        CPPUNIT_ASSERT_EQUAL(2021, old.geography);
        CPPUNIT_ASSERT_EQUAL(std::string("1 code de commune est antérieur à 2021 (43176) : compté dans la "
                                         "commune qui l'a remplacée."),
                             old.remarks.back());
        CPPUNIT_ASSERT(layout_of(file_of("CODGEO;NB 2012\n75101;1\n01039;2\n")).remarks.empty());
    }

    void members_are_those_of_the_year_of_the_file()
    {
        const NeedTerritory then = territory_in(one_epci(bugey_sud), years(), 2021);
        CPPUNIT_ASSERT_EQUAL(years().of(2021).members(bugey_sud).size(), then.epci_of.size());
        CPPUNIT_ASSERT(then.epci_of.contains("01039"));
        CPPUNIT_ASSERT_EQUAL(static_cast<double>(years().of(2021).commune("01039")->population),
                             then.inhabitants.at("01039"));
        CPPUNIT_ASSERT_EQUAL(std::string("communes membres au 1er janvier 2021"), then.membership);
        CPPUNIT_ASSERT(!territory_in(one_epci(bugey_sud), years(), 2026).epci_of.contains("01039"));
        // Each counts for itself: three lines, no one is merged into another.
        const SourceFile file = file_of("CODGEO;NB\n01138;1\n01039;2\n01034;4\n");
        const NeedImport import = import_needs(file, layout_of(file), then, cog_of(years(), 2021));
        CPPUNIT_ASSERT_EQUAL(7.0, std::get<double>(import.results.front().figures.at(bugey_sud).value));
        CPPUNIT_ASSERT_EQUAL(then.epci_of.size() - 3, import.missing.size());
    }

    void an_epci_younger_than_the_file_keeps_its_perimeter()
    {
        const std::string siren = "200999999"; // in no year
        const NeedTerritory then = territory_in(one_epci(siren), years(), 2021);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, then.epci_of.size());
        CPPUNIT_ASSERT_EQUAL(siren, then.epci_of.at("01039"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, territory_in(one_epci(siren), years(), 2026).epci_of.size());
    }

    void epci_that_are_no_more_are_codes_and_count_in_their_successor()
    {
        // The CA d'Agen of 2021 and the CC Porte d'Aquitaine are one since 2022.
        const SourceFile file = file_of("SIREN;NB\n200036572;5\n200035459;95\n");
        const NeedLayout layout = layout_of(file);
        CPPUNIT_ASSERT(layout.level == GeoLevel::epci);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layout.first_row);
        CPPUNIT_ASSERT_EQUAL(2021, layout.geography);
        NeedTerritory territory;
        territory.epcis = {{"200096956", "CA Agglomération d'Agen"}};
        add_former_epcis(territory, years());
        const NeedImport import = import_needs(file, layout, territory, cog_of(years(), 2021));
        CPPUNIT_ASSERT_EQUAL(100.0, std::get<double>(import.results.front().figures.at("200096956").value));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NeedGeographyTest);

} // namespace
