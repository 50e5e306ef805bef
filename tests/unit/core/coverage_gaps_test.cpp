#include <cppunit/extensions/HelperMacros.h>

#include "core/coverage.hpp"

// The coverage where the tables lack something: a population, a capacity, a
// single way of writing a code.

using namespace pacte;
using namespace std::chrono_literals;

namespace {

constexpr double precision = 1e-9;

std::vector<double> shares(const Territory& territory, const char* text)
{
    std::vector<double> found(territory.epcis().size(), 0.0);
    for (const auto& [epci, share] : territory.read_zone(text).shares)
        found[epci] = share;
    return found;
}

void assert_shares(const std::vector<double>& expected, const Territory& territory, const char* text)
{
    const auto found = shares(territory, text);
    CPPUNIT_ASSERT_EQUAL(expected.size(), found.size());
    for (std::size_t e = 0; e < expected.size(); ++e)
        CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(text, expected[e], found[e], precision);
}

Thematique retained(const std::string& code, const std::string& need)
{
    Thematique thematique;
    thematique.code = code;
    thematique.retained = true;
    thematique.need = need;
    return thematique;
}

Dispositif dispositif(const std::string& thematique, const std::string& zone, Quantity capacity)
{
    Dispositif made;
    made.id = "D-001";
    made.thematique = thematique;
    made.zone = zone;
    made.capacity = capacity;
    return made;
}

Coverage coverage_of(const Territory& territory, const std::vector<Thematique>& thematiques,
                     const std::vector<Dispositif>& dispositifs, const Needs& needs = {})
{
    return compute_coverage({territory, thematiques, {}, needs, dispositifs, 2024y / 6 / 30});
}

} // namespace

class CoverageGapsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageGapsTest);
    CPPUNIT_TEST(an_epci_or_a_commune_written_twice_is_there_once);
    CPPUNIT_TEST(a_commune_without_population_is_an_average_one);
    CPPUNIT_TEST(an_epci_without_population_has_that_of_its_communes);
    CPPUNIT_TEST(a_dispositif_of_communes_without_population_keeps_its_capacity);
    CPPUNIT_TEST(an_epci_that_has_neither_population_nor_commune_can_be_named);
    CPPUNIT_TEST(a_variable_in_another_case_is_still_a_rate);
    CPPUNIT_TEST(codes_of_thematiques_meet_whatever_the_case_but_not_without_their_point);
    CPPUNIT_TEST(a_thematique_written_twice_is_there_once);
    CPPUNIT_TEST(a_total_of_unknown_capacities_is_unknown);
    CPPUNIT_TEST_SUITE_END();

    const Territory two{{{"A", "Un", 1000.0, true}, {"B", "Deux", 3000.0, true}}, {}};

    void an_epci_or_a_commune_written_twice_is_there_once()
    {
        const Territory territory(
            {{"A", "Un", 10.0, true}, {"B", "Deux", 20.0, false}, {"A", "Un", 10.0, true}},
            {{"43001", "Ici", "A", 4.0, {}}, {"43001", "Ici", "A", 4.0, {}}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, territory.epcis().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, territory.communes().size());
        assert_shares({0.4}, territory, "43001;Ici");
    }

    /// 1000 inhabitants in four communes, of which two are known: 250 the average.
    void a_commune_without_population_is_an_average_one()
    {
        const Territory territory({{"A", "Un", 1000.0, true}}, {{"43001", "p", "A", 700.0, {}},
                                                                {"43002", "q", "A", 0.0, {}},
                                                                {"43003", "r", "A", 100.0, {}},
                                                                {"43004", "s", "A", 0.0, {}}});
        assert_shares({0.25}, territory, "43002");
        assert_shares({0.95}, territory, "43001;43002");
        assert_shares({1.0}, territory, "43001;43002;43003;43004");
    }

    void an_epci_without_population_has_that_of_its_communes()
    {
        const Territory territory({{"A", "Un", 0.0, true}},
                                  {{"43001", "p", "A", 300.0, {}}, {"43002", "q", "A", 100.0, {}}});
        CPPUNIT_ASSERT_EQUAL(400.0, territory.population(0));
        assert_shares({0.75}, territory, "43001");
    }

    /// Half of the communes of the one, the whole of the other: 1/2 and 1.
    void a_dispositif_of_communes_without_population_keeps_its_capacity()
    {
        const Territory territory({{"A", "Un", 0.0, true}, {"B", "Deux", 500.0, true}},
                                  {{"43001", "p", "A", 0.0, {}}, {"43002", "q", "A", 0.0, {}}});
        assert_shares({0.5, 1.0}, territory, "43001;B");
        const auto coverage = coverage_of(territory, {retained("1.1", "")},
                                          {dispositif("1.1", "43001;B", Quantity::known(30.0))});
        CPPUNIT_ASSERT_DOUBLES_EQUAL(10.0, coverage.at("A", "1.1")->capacity.value(), precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(20.0, coverage.at("B", "1.1")->capacity.value(), precision);
    }

    void an_epci_that_has_neither_population_nor_commune_can_be_named()
    {
        assert_shares({1.0}, Territory({{"A", "Un", 0.0, true}}, {}), "Un");
    }

    void a_variable_in_another_case_is_still_a_rate()
    {
        Variable rate;
        rate.code = "TX";
        rate.nature = VariableNature::taux;
        rate.base = "pop";
        Variable base;
        base.code = "POP";
        Needs needs;
        needs.epcis = {"A"};
        needs.variables = {"TX", "POP"};
        needs.figures = {{{"A", "TX"}, Quantity::known(10.0)}, {{"A", "POP"}, Quantity::known(500.0)}};
        CPPUNIT_ASSERT(need_of("A", retained("1.1", "tx"), {rate, base}, needs) == Quantity::known(50.0));
    }

    void codes_of_thematiques_meet_whatever_the_case_but_not_without_their_point()
    {
        const auto coverage = coverage_of(
            two, {retained("2.4a", ""), retained("1.11", ""), retained("11.1", "")},
            {dispositif("2.4A ", "A", Quantity::known(1.0)), dispositif("11.1", "A", Quantity::known(2.0))});
        CPPUNIT_ASSERT_EQUAL(1, coverage.at("A", "2.4A")->dispositifs);
        CPPUNIT_ASSERT_EQUAL(0, coverage.at("A", "1.11")->dispositifs);
        CPPUNIT_ASSERT_EQUAL(1, coverage.at("A", "11.1")->dispositifs);
    }

    void a_thematique_written_twice_is_there_once()
    {
        const auto coverage = coverage_of(two, {retained("1.1", ""), retained("1.1", "")},
                                          {dispositif("1.1", "A", Quantity::known(1.0))});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, coverage.thematiques.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, coverage.cells.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, coverage.totals.size());
    }

    void a_total_of_unknown_capacities_is_unknown()
    {
        Needs needs;
        needs.epcis = {"A", "B"};
        needs.variables = {"N"};
        needs.figures = {{{"A", "N"}, Quantity::known(40.0)}, {{"B", "N"}, Quantity::known(60.0)}};
        const auto total =
            coverage_of(two, {retained("1.1", "N")}, {dispositif("1.1", "A;B", Quantity::unknown())}, needs)
                .totals[0];
        CPPUNIT_ASSERT(total.need == Quantity::known(100.0));
        CPPUNIT_ASSERT(!total.capacity.is_known() && !total.rate.is_known() && !total.gap.is_known());
        CPPUNIT_ASSERT_EQUAL(2, total.without_capacity);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CoverageGapsTest);
