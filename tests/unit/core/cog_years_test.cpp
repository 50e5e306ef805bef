#include "core/cog_years.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include "core/error.hpp"

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

std::vector<std::string> codes_of(int year, const std::string& departement)
{
    std::vector<std::string> codes;
    for (const Commune& commune : years().of(year).communes())
        if (departement.empty() || commune.departement == departement)
            codes.push_back(commune.code);
    return codes;
}

class CogYearsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CogYearsTest);
    CPPUNIT_TEST(each_year_has_its_communes_and_epci);
    CPPUNIT_TEST(populations_are_of_the_year);
    CPPUNIT_TEST(a_merged_commune_is_found_from_either_side);
    CPPUNIT_TEST(names_are_those_of_the_year);
    CPPUNIT_TEST(an_epci_passes_to_the_one_of_its_communes);
    CPPUNIT_TEST(the_year_of_a_file_is_read_from_its_codes);
    CPPUNIT_TEST(a_year_that_is_not_there_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    /// The counts that the packages of each year give themselves.
    void each_year_has_its_communes_and_epci()
    {
        const std::map<int, std::pair<std::size_t, std::size_t>> expected{
            {2021, {35059, 1254}}, {2022, {35049, 1255}}, {2023, {35039, 1255}},
            {2024, {35029, 1255}}, {2025, {34969, 1255}}, {2026, {34969, 1255}}};
        CPPUNIT_ASSERT_EQUAL(expected.size(), years().years().size());
        for (const auto& [year, counts] : expected) {
            const Cog& cog = years().of(year);
            CPPUNIT_ASSERT_EQUAL(year, cog.year());
            CPPUNIT_ASSERT_EQUAL(counts.first, cog.communes().size());
            CPPUNIT_ASSERT_EQUAL(counts.second, cog.epcis().size());
            std::size_t members = 0;
            for (const EpciRecord& epci : cog.epcis())
                members += cog.members(epci.siren).size();
            CPPUNIT_ASSERT(members > 34800 && members < counts.first);
        }
    }

    void populations_are_of_the_year()
    {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{779}, years().of(2021).commune("01001")->population);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{859}, years().of(2024).commune("01001")->population);
        const Cog& cog = years().of(2022);
        std::int64_t sum = 0;
        for (const Commune* member : cog.members("200073419"))
            sum += member->population;
        CPPUNIT_ASSERT_EQUAL(sum, cog.epci("200073419")->population);
        CPPUNIT_ASSERT(sum > 80000);
    }

    void a_merged_commune_is_found_from_either_side()
    {
        // Béon joined Culoz in 2023: Culoz-Béon.
        CPPUNIT_ASSERT(years().of(2021).commune("01039") != nullptr);
        CPPUNIT_ASSERT(years().of(2026).commune("01039") == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("01138"), years().commune_in(2026, "01039"));
        CPPUNIT_ASSERT_EQUAL(std::string("01039"), years().commune_in(2021, "01039"));
        CPPUNIT_ASSERT_EQUAL(std::string("Culoz"), years().of(2021).commune("01138")->name);
        CPPUNIT_ASSERT_EQUAL(std::string(), years().commune_in(2026, "99999"));
    }

    void names_are_those_of_the_year()
    {
        CPPUNIT_ASSERT(years().of(2023).epci("244300307")->name != years().of(2026).epci("244300307")->name);
        CPPUNIT_ASSERT_EQUAL(latest().epci("244300307")->name, years().of(2026).epci("244300307")->name);
    }

    void an_epci_passes_to_the_one_of_its_communes()
    {
        for (const EpciRecord& epci : years().of(2021).epcis()) {
            const auto passage = years().epci_in(2026, epci.siren);
            CPPUNIT_ASSERT_MESSAGE(epci.name, passage.has_value());
            CPPUNIT_ASSERT(latest().epci(passage->siren) != nullptr);
            CPPUNIT_ASSERT(passage->share > 0.3 && passage->share <= 1.0);
        }
        CPPUNIT_ASSERT(!years().epci_in(2026, "999999999").has_value());
    }

    void the_year_of_a_file_is_read_from_its_codes()
    {
        for (const int year : {2021, 2022, 2023, 2024})
            CPPUNIT_ASSERT_EQUAL(year, years().year_of(codes_of(year, "")));
        CPPUNIT_ASSERT_EQUAL(2026, years().year_of(codes_of(2026, ""))); // 2025 has the same communes
        CPPUNIT_ASSERT_EQUAL(2026, years().year_of(codes_of(2023, "43")));
        CPPUNIT_ASSERT_EQUAL(2022, years().year_of(codes_of(2023, "43"), 2022));
        CPPUNIT_ASSERT_EQUAL(2021, years().year_of(codes_of(2021, ""), 2024));
    }

    void a_year_that_is_not_there_is_refused()
    {
        CPPUNIT_ASSERT_THROW((void)years().of(2019), Failure);
        CPPUNIT_ASSERT(!years().has(2019));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CogYearsTest);

} // namespace
