#include "core/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

namespace {

using namespace std::chrono_literals;

constexpr const char* puy = "200073419";
constexpr const char* sucs = "244301016";
constexpr const char* lignon = "244301107";
constexpr const char* auzon = "244301099";

constexpr Quantity unknown = Quantity::unknown();
constexpr Quantity secret = Quantity::secret();

constexpr Quantity people(double count) { return Quantity::known(count); }

Dispositif dispositif(std::string zone, Quantity capacity, std::string distribution = {})
{
    Dispositif result;
    result.axe = 3;
    result.thematique = "3.1";
    result.zone = std::move(zone);
    result.distribution = std::move(distribution);
    result.capacity = capacity;
    return result;
}

CommuneRow commune(const char* code, const char* name, const char* epci, double population)
{
    CommuneRow row;
    row.code = code;
    row.name = name;
    row.epci = epci;
    row.population = population;
    return row;
}

Thematique thematique(const char* code, const char* need)
{
    Thematique result;
    result.code = code;
    result.axe = code[0] - '0';
    result.retained = true;
    result.need = need;
    return result;
}

Variable variable(const char* code, VariableNature nature, const char* base = "")
{
    Variable result;
    result.code = code;
    result.nature = nature;
    result.base = base;
    return result;
}

/// A small diagnosis: three EPCI of 80,000, 20,000 and 10,000 inhabitants, of
/// whom 4,000, 1,000 and 500 are in need; a fourth EPCI is not retained.
struct Diagnosis {
    std::vector<Epci> epcis{{puy, "CA du Puy-en-Velay", 80000, true},
                            {sucs, "CC des Sucs", 20000, true},
                            {auzon, "CC Auzon Communauté", 9000, false},
                            {lignon, "CC du Haut Lignon", 10000, true}};
    std::vector<CommuneRow> communes{commune("43157", "Le Puy-en-Velay", puy, 20000),
                                     commune("43012", "Aiguilhe", puy, 4000),
                                     commune("43268", "Yssingeaux", sucs, 8000),
                                     commune("43134", "Mézères", sucs, 1000),
                                     commune("43244", "Tence", lignon, 4000),
                                     commune("43051", "Le Chambon-sur-Lignon", lignon, 2000),
                                     commune("43013", "Agnat", auzon, 300),
                                     commune("43091", "Saint-Julien", sucs, 500),
                                     commune("43092", "Saint-Julien", lignon, 500)};
    std::vector<Thematique> thematiques{thematique("3.1", "pauvres")};
    std::vector<Variable> variables{variable("pauvres", VariableNature::effectif)};
    Needs needs;
    std::vector<Dispositif> dispositifs;
    Date date = 2024y / 6 / 30;

    Diagnosis() { set_needs(people(4000), people(1000), people(500)); }

    void set(const char* code, const char* epci, Quantity figure) { needs.figures[{epci, code}] = figure; }

    void set_needs(Quantity of_puy, Quantity of_sucs, Quantity of_lignon)
    {
        set("pauvres", puy, of_puy);
        set("pauvres", sucs, of_sucs);
        set("pauvres", lignon, of_lignon);
    }

    [[nodiscard]] Territory territory() const { return {epcis, communes, "43", "Haute-Loire"}; }

    [[nodiscard]] Coverage coverage() const
    {
        const Territory where = territory();
        return compute_coverage({where, thematiques, variables, needs, dispositifs, date});
    }
};

CoverageCell cell_of(const Coverage& coverage, const char* epci, const char* code = "3.1")
{
    const CoverageCell* found = coverage.at(epci, code);
    CPPUNIT_ASSERT(found != nullptr);
    return *found;
}

/// The cell of the Sucs (1,000 in need) under these dispositifs.
CoverageCell sucs_under(std::vector<Dispositif> dispositifs)
{
    Diagnosis diagnosis;
    diagnosis.dispositifs = std::move(dispositifs);
    return cell_of(diagnosis.coverage(), sucs);
}

void assert_status(const char* expected, const CoverageCell& cell)
{
    CPPUNIT_ASSERT_EQUAL(std::string(expected), std::string(label_of(cell.status)));
}

void assert_people(double expected, const Quantity& actual)
{
    CPPUNIT_ASSERT(actual.is_known());
    CPPUNIT_ASSERT_DOUBLES_EQUAL(expected, actual.value(), 1e-6);
}

struct Capacities {
    double puy;
    double sucs;
    double lignon;
};

void assert_capacities(const Capacities& expected, const Coverage& coverage)
{
    assert_people(expected.puy, cell_of(coverage, puy).capacity);
    assert_people(expected.sucs, cell_of(coverage, sucs).capacity);
    assert_people(expected.lignon, cell_of(coverage, lignon).capacity);
}

/// One dispositif in the small diagnosis.
void assert_shared(const Capacities& expected, Dispositif one, Diagnosis diagnosis = {})
{
    diagnosis.dispositifs = {std::move(one)};
    assert_capacities(expected, diagnosis.coverage());
}

struct Shares {
    double puy;
    double sucs;
    double lignon;
};

/// p(d,e), in the order of the retained EPCI.
void assert_zone(const Shares& expected, const char* text, std::vector<std::string> unread = {})
{
    const Zone zone = Diagnosis().territory().read_zone(text);
    double actual[] = {0.0, 0.0, 0.0};
    for (const auto& [epci, share] : zone.shares)
        actual[epci] = share;
    CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(text, expected.puy, actual[0], 1e-12);
    CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(text, expected.sucs, actual[1], 1e-12);
    CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(text, expected.lignon, actual[2], 1e-12);
    CPPUNIT_ASSERT_MESSAGE(text, unread == zone.unknown);
}

constexpr const char* all_three = "200073419;244301016;244301107";

} // namespace

class CoverageStatusTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageStatusTest);
    CPPUNIT_TEST(no_need_is_sans_objet_whatever_there_is);
    CPPUNIT_TEST(no_dispositif_is_non_couvert);
    CPPUNIT_TEST(no_dispositif_is_non_couvert_even_where_the_need_is_unknown);
    CPPUNIT_TEST(dispositifs_without_a_known_capacity_are_a_preciser);
    CPPUNIT_TEST(a_capacity_without_a_known_need_is_non_evaluable);
    CPPUNIT_TEST(a_secret_need_stays_secret);
    CPPUNIT_TEST(the_status_changes_at_the_thresholds);
    CPPUNIT_TEST(a_rate_on_a_threshold_but_for_rounding_is_on_it);
    CPPUNIT_TEST(a_thematique_has_its_own_thresholds);
    CPPUNIT_TEST(a_capacity_of_zero_is_known);
    CPPUNIT_TEST(an_unknown_capacity_beside_a_known_one_is_counted);
    CPPUNIT_TEST(a_negative_capacity_is_unknown);
    CPPUNIT_TEST(a_dispositif_counts_on_its_first_and_last_day);
    CPPUNIT_TEST(dispositifs_of_other_thematiques_do_not_count);
    CPPUNIT_TEST(a_thematique_that_is_not_retained_is_left_out);
    CPPUNIT_TEST(a_thematique_written_twice_counts_once);
    CPPUNIT_TEST(the_point_of_a_code_counts);
    CPPUNIT_TEST(a_cell_is_found_by_code_or_name);
    CPPUNIT_TEST_SUITE_END();

    void no_need_is_sans_objet_whatever_there_is()
    {
        for (const Quantity capacity : {people(50), people(0), unknown}) {
            Diagnosis diagnosis;
            diagnosis.set_needs(people(4000), people(0), people(500));
            diagnosis.dispositifs = {dispositif(sucs, capacity)};
            const CoverageCell cell = cell_of(diagnosis.coverage(), sucs);
            assert_status("sans objet", cell);
            CPPUNIT_ASSERT(!cell.rate.is_known());
            assert_people(0, cell.gap);
            CPPUNIT_ASSERT_EQUAL(0, cell.rank);
        }
        Diagnosis alone;
        alone.set_needs(people(0), people(0), people(0));
        assert_status("sans objet", cell_of(alone.coverage(), sucs));
    }

    void no_dispositif_is_non_couvert()
    {
        const CoverageCell cell = sucs_under({dispositif(puy, people(100))});
        assert_status("non couvert", cell);
        assert_people(0, cell.capacity);
        assert_people(0, cell.rate);
        assert_people(0, cell.covered);
        assert_people(1000, cell.gap);
        CPPUNIT_ASSERT_EQUAL(0, cell.dispositifs);
    }

    void no_dispositif_is_non_couvert_even_where_the_need_is_unknown()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(4000), unknown, people(500));
        const CoverageCell cell = cell_of(diagnosis.coverage(), sucs);
        assert_status("non couvert", cell);
        CPPUNIT_ASSERT(!cell.rate.is_known());
        CPPUNIT_ASSERT(!cell.gap.is_known());
    }

    void dispositifs_without_a_known_capacity_are_a_preciser()
    {
        const CoverageCell cell = sucs_under({dispositif(sucs, unknown), dispositif("département", unknown)});
        assert_status("à préciser", cell);
        CPPUNIT_ASSERT(!cell.capacity.is_known());
        CPPUNIT_ASSERT(!cell.rate.is_known());
        CPPUNIT_ASSERT(!cell.gap.is_known());
        CPPUNIT_ASSERT_EQUAL(2, cell.dispositifs);
        CPPUNIT_ASSERT_EQUAL(2, cell.unknown_capacities);
    }

    void a_capacity_without_a_known_need_is_non_evaluable()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(4000), unknown, people(500));
        diagnosis.dispositifs = {dispositif(sucs, people(30))};
        const CoverageCell cell = cell_of(diagnosis.coverage(), sucs);
        assert_status("non évaluable", cell);
        assert_people(30, cell.capacity);
        CPPUNIT_ASSERT(!cell.rate.is_known());
        CPPUNIT_ASSERT(!cell.covered.is_known());
        CPPUNIT_ASSERT(!cell.gap.is_known());

        diagnosis.thematiques.front().need.clear(); // no variable of need at all
        assert_status("non évaluable", cell_of(diagnosis.coverage(), sucs));
    }

    void a_secret_need_stays_secret()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(4000), secret, people(500));
        diagnosis.dispositifs = {dispositif(sucs, people(30))};
        const CoverageCell cell = cell_of(diagnosis.coverage(), sucs);
        assert_status("non évaluable", cell);
        for (const Quantity& figure : {cell.need, cell.rate, cell.covered, cell.gap})
            CPPUNIT_ASSERT(figure.is_secret());
    }

    /// Of 1,000, with the thresholds of 40 and 80 %.
    void the_status_changes_at_the_thresholds()
    {
        const struct {
            double capacity;
            const char* status;
            double covered;
            double gap;
        } cases[] = {{1, "peu couvert", 1, 999},
                     {399, "peu couvert", 399, 601},
                     {400, "partiellement couvert", 400, 600},
                     {401, "partiellement couvert", 401, 599},
                     {799, "partiellement couvert", 799, 201},
                     {800, "couvert", 800, 200},
                     {1000, "couvert", 1000, 0},
                     {1500, "couvert", 1000, 0}};
        for (const auto& [capacity, status, covered, gap] : cases) {
            const CoverageCell cell = sucs_under({dispositif(sucs, people(capacity))});
            assert_status(status, cell);
            assert_people(capacity / 1000, cell.rate);
            assert_people(covered, cell.covered);
            assert_people(gap, cell.gap);
        }
    }

    /// A capacity of 2/5, then 4/5 of all needs, allocated by need: each rate is
    /// 40 %, then 80 %, but the divisions fall a hair on either side.
    void a_rate_on_a_threshold_but_for_rounding_is_on_it()
    {
        std::mt19937 random(40);
        for (int trial = 0; trial < 300; ++trial) {
            Diagnosis diagnosis;
            const auto need = [&] { return static_cast<double>(1 + random() % 3000); };
            const double needs[] = {need(), need(), need()};
            diagnosis.set_needs(people(needs[0]), people(needs[1]), people(needs[2]));
            const double fifth = (needs[0] + needs[1] + needs[2]) / 5.0;
            diagnosis.dispositifs = {dispositif("département", people(fifth)),
                                     dispositif("département", people(fifth))};
            for (const char* epci : {puy, sucs, lignon})
                assert_status("partiellement couvert", cell_of(diagnosis.coverage(), epci));
            diagnosis.dispositifs.push_back(dispositif("département", people(2 * fifth)));
            for (const char* epci : {puy, sucs, lignon})
                assert_status("couvert", cell_of(diagnosis.coverage(), epci));
        }
    }

    void a_thematique_has_its_own_thresholds()
    {
        Diagnosis diagnosis;
        diagnosis.thematiques.front().partial_threshold = 0.1;
        diagnosis.thematiques.front().covered_threshold = 0.3;
        diagnosis.dispositifs = {dispositif(sucs, people(99))};
        assert_status("peu couvert", cell_of(diagnosis.coverage(), sucs));
        diagnosis.dispositifs = {dispositif(sucs, people(100))};
        assert_status("partiellement couvert", cell_of(diagnosis.coverage(), sucs));
        diagnosis.dispositifs = {dispositif(sucs, people(300))};
        assert_status("couvert", cell_of(diagnosis.coverage(), sucs));
    }

    void a_capacity_of_zero_is_known()
    {
        const CoverageCell cell = sucs_under({dispositif(sucs, people(0))});
        assert_status("peu couvert", cell);
        assert_people(0, cell.capacity);
        assert_people(0, cell.rate);
        assert_people(1000, cell.gap);
        CPPUNIT_ASSERT_EQUAL(0, cell.unknown_capacities);
    }

    void an_unknown_capacity_beside_a_known_one_is_counted()
    {
        const CoverageCell cell = sucs_under({dispositif(sucs, unknown), dispositif(sucs, people(250))});
        assert_status("peu couvert", cell);
        assert_people(250, cell.capacity);
        CPPUNIT_ASSERT_EQUAL(2, cell.dispositifs);
        CPPUNIT_ASSERT_EQUAL(1, cell.unknown_capacities);
    }

    void a_negative_capacity_is_unknown()
    {
        assert_status("à préciser", sucs_under({dispositif(sucs, people(-5))}));
    }

    void a_dispositif_counts_on_its_first_and_last_day()
    {
        const Date day = 2024y / 6 / 30;
        const Date before = 2024y / 6 / 29;
        const Date after = 2024y / 7 / 1;
        const struct {
            std::optional<Date> start;
            std::optional<Date> end;
            bool counts;
        } cases[] = {{{}, {}, true},        {day, {}, true},    {{}, day, true},     {day, day, true},
                     {before, after, true}, {after, {}, false}, {{}, before, false}, {before, before, false},
                     {after, after, false}, {before, {}, true}, {{}, after, true}};
        for (const auto& [start, end, counts] : cases) {
            Dispositif dated = dispositif(sucs, people(500));
            dated.start = start;
            dated.end = end;
            CPPUNIT_ASSERT_EQUAL(counts ? 1 : 0, sucs_under({dated}).dispositifs);
        }
    }

    void dispositifs_of_other_thematiques_do_not_count()
    {
        Dispositif other = dispositif(sucs, people(500));
        other.thematique = "3.2";
        assert_status("non couvert", sucs_under({other}));
        other.thematique = " 3.1 "; // as a person types it
        assert_status("partiellement couvert", sucs_under({other}));
    }

    void a_thematique_that_is_not_retained_is_left_out()
    {
        Diagnosis diagnosis;
        diagnosis.thematiques = {thematique("2.4A", "pauvres"), thematique("3.1", "pauvres")};
        diagnosis.thematiques.back().retained = false;
        const Coverage coverage = diagnosis.coverage();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, coverage.thematiques.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, coverage.cells.size());
        CPPUNIT_ASSERT(coverage.at(sucs, "3.1") == nullptr);
        CPPUNIT_ASSERT(coverage.at(sucs, "2.4a") != nullptr);
    }

    void a_thematique_written_twice_counts_once()
    {
        Diagnosis diagnosis;
        diagnosis.thematiques.push_back(thematique("3.1", "autre"));
        diagnosis.dispositifs = {dispositif(sucs, people(500))};
        const Coverage coverage = diagnosis.coverage();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, coverage.thematiques.size());
        assert_people(0.5, cell_of(coverage, sucs).rate);
    }

    void the_point_of_a_code_counts()
    {
        Diagnosis diagnosis;
        diagnosis.thematiques = {thematique("1.11", "pauvres"), thematique("11.1", "pauvres")};
        diagnosis.dispositifs = {dispositif(sucs, people(500))};
        diagnosis.dispositifs.front().thematique = "11.1";
        const Coverage coverage = diagnosis.coverage();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, coverage.thematiques.size());
        assert_people(0, cell_of(coverage, sucs, "1.11").capacity);
        assert_people(500, cell_of(coverage, sucs, "11.1").capacity);
    }

    void a_cell_is_found_by_code_or_name()
    {
        const Coverage coverage = Diagnosis().coverage();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, coverage.epcis.size()); // Auzon is not retained
        CPPUNIT_ASSERT(coverage.at(sucs, "3.1") == coverage.at("cc des sucs", "3.1"));
        CPPUNIT_ASSERT(coverage.at(sucs, "9.9") == nullptr);
        CPPUNIT_ASSERT(coverage.at("999999999", "3.1") == nullptr);
        CPPUNIT_ASSERT(coverage.at(auzon, "3.1") == nullptr);
    }
};

class CoverageNeedTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageNeedTest);
    CPPUNIT_TEST(a_count_is_the_need_itself);
    CPPUNIT_TEST(a_rate_applies_to_its_base);
    CPPUNIT_TEST(a_variable_written_in_another_case_is_still_a_rate);
    CPPUNIT_TEST(an_unknown_rate_or_base_gives_an_unknown_need);
    CPPUNIT_TEST(a_secret_rate_or_base_gives_a_secret_need);
    CPPUNIT_TEST(an_amount_or_an_index_counts_nobody);
    CPPUNIT_TEST(a_base_that_is_not_a_count_gives_an_unknown_need);
    CPPUNIT_TEST(a_negative_need_is_unknown);
    CPPUNIT_TEST(a_need_by_rate_is_covered_as_any_other);
    CPPUNIT_TEST_SUITE_END();

    static Diagnosis with_rate(Quantity rate, Quantity base)
    {
        Diagnosis diagnosis;
        diagnosis.variables = {variable("taux", VariableNature::taux, "population"),
                               variable("population", VariableNature::effectif)};
        diagnosis.thematiques = {thematique("3.1", "taux")};
        diagnosis.set("taux", sucs, rate);
        diagnosis.set("population", sucs, base);
        return diagnosis;
    }

    static Quantity need(const Diagnosis& diagnosis)
    {
        return need_of(sucs, diagnosis.thematiques.front(), diagnosis.variables, diagnosis.needs);
    }

    void a_count_is_the_need_itself()
    {
        CPPUNIT_ASSERT_EQUAL(1000.0, need(Diagnosis()).value());
        Diagnosis undeclared;
        undeclared.variables.clear();
        CPPUNIT_ASSERT_EQUAL(1000.0, need(undeclared).value());
    }

    /// 12.5 % of 8,000.
    void a_rate_applies_to_its_base() { assert_people(1000, need(with_rate(people(12.5), people(8000)))); }

    /// Its figures are found by the code as the thématique writes it.
    void a_variable_written_in_another_case_is_still_a_rate()
    {
        Diagnosis diagnosis = with_rate(people(12.5), people(8000));
        diagnosis.variables.front().code = "TAUX";
        assert_people(1000, need(diagnosis));
    }

    void a_negative_need_is_unknown()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(4000), people(-1), people(500));
        CPPUNIT_ASSERT(need(diagnosis) == unknown);
    }

    void an_unknown_rate_or_base_gives_an_unknown_need()
    {
        for (const Diagnosis& diagnosis :
             {with_rate(unknown, people(8000)), with_rate(people(12.5), unknown)})
            CPPUNIT_ASSERT(need(diagnosis) == unknown);
        Diagnosis without_base = with_rate(people(12.5), people(8000));
        without_base.variables.front().base.clear();
        CPPUNIT_ASSERT(need(without_base) == unknown);
    }

    void a_secret_rate_or_base_gives_a_secret_need()
    {
        CPPUNIT_ASSERT(need(with_rate(secret, people(8000))).is_secret());
        CPPUNIT_ASSERT(need(with_rate(people(12.5), secret)).is_secret());
        CPPUNIT_ASSERT(need(with_rate(secret, unknown)).is_secret());
    }

    void an_amount_or_an_index_counts_nobody()
    {
        for (const VariableNature nature :
             {VariableNature::montant, VariableNature::indice, VariableNature::typologie}) {
            Diagnosis diagnosis;
            diagnosis.variables = {variable("pauvres", nature)};
            CPPUNIT_ASSERT(need(diagnosis) == unknown);
        }
    }

    void a_base_that_is_not_a_count_gives_an_unknown_need()
    {
        Diagnosis diagnosis = with_rate(people(12.5), people(8000));
        diagnosis.variables.back().nature = VariableNature::taux;
        CPPUNIT_ASSERT(need(diagnosis) == unknown);
    }

    /// 500 places for 12.5 % of 8,000 people.
    void a_need_by_rate_is_covered_as_any_other()
    {
        Diagnosis diagnosis = with_rate(people(12.5), people(8000));
        diagnosis.dispositifs = {dispositif(sucs, people(500))};
        const CoverageCell cell = cell_of(diagnosis.coverage(), sucs);
        assert_status("partiellement couvert", cell);
        assert_people(0.5, cell.rate);
        assert_people(500, cell.gap);
    }
};

class CoverageZoneTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageZoneTest);
    CPPUNIT_TEST(an_epci_is_read_by_its_code_or_its_name);
    CPPUNIT_TEST(a_commune_is_its_share_of_the_population);
    CPPUNIT_TEST(communes_of_one_epci_add_up);
    CPPUNIT_TEST(a_commune_beside_its_epci_adds_nothing);
    CPPUNIT_TEST(what_is_named_twice_counts_once);
    CPPUNIT_TEST(the_whole_departement_has_many_names);
    CPPUNIT_TEST(accents_case_and_hyphens_are_ignored);
    CPPUNIT_TEST(what_is_unknown_is_told_and_the_rest_is_kept);
    CPPUNIT_TEST(a_name_that_two_communes_share_is_unknown_but_their_codes_are_not);
    CPPUNIT_TEST(what_is_not_retained_is_known_but_no_part_of_the_zone);
    CPPUNIT_TEST(an_empty_zone_reaches_nobody);
    CPPUNIT_TEST(the_retained_epci_are_held_once);
    CPPUNIT_TEST(an_epci_without_population_has_that_of_its_communes);
    CPPUNIT_TEST(a_commune_without_population_is_an_average_one);
    CPPUNIT_TEST(more_inhabitants_in_the_communes_than_in_the_epci_make_no_more_than_all);
    CPPUNIT_TEST_SUITE_END();

    void an_epci_is_read_by_its_code_or_its_name()
    {
        assert_zone({0, 1, 0}, "244301016");
        assert_zone({0, 1, 0}, "CC des Sucs");
        assert_zone({1, 0, 1}, "200073419 ; CC du Haut Lignon");
        assert_zone({1, 0, 1}, "200073419\nCC du Haut Lignon");
    }

    /// 20,000 of 80,000; 8,000 of 20,000; 4,000 of 10,000.
    void a_commune_is_its_share_of_the_population()
    {
        assert_zone({0.25, 0, 0}, "43157");
        assert_zone({0, 0.4, 0.4}, "43268;Tence");
    }

    /// 4,000 and 2,000 of 10,000; 20,000 and 4,000 of 80,000.
    void communes_of_one_epci_add_up()
    {
        assert_zone({0, 0, 0.6}, "Tence; Le Chambon-sur-Lignon");
        assert_zone({0.3, 0, 0}, "43157;43012");
    }

    void a_commune_beside_its_epci_adds_nothing()
    {
        assert_zone({1, 0, 0}, "200073419;43157");
        assert_zone({1, 0, 0}, "43157;200073419");
        assert_zone({1, 0, 0}, "43157;200073419;43012");
    }

    void what_is_named_twice_counts_once()
    {
        assert_zone({0.25, 0, 0}, "43157;43157");
        assert_zone({0.25, 0, 0}, "43157;Le Puy-en-Velay;le puy en velay");
        assert_zone({0, 1, 0}, "244301016;CC des Sucs;244301016");
    }

    void the_whole_departement_has_many_names()
    {
        for (const char* text : {"département", "Département", "tout le département", "43", "Haute-Loire",
                                 "HAUTE LOIRE", "département;43157", "43157;Haute-Loire;200073419"}) {
            assert_zone({1, 1, 1}, text);
            CPPUNIT_ASSERT_MESSAGE(text, Diagnosis().territory().read_zone(text).whole);
        }
        CPPUNIT_ASSERT(!Diagnosis().territory().read_zone(all_three).whole);
    }

    void accents_case_and_hyphens_are_ignored()
    {
        assert_zone({0, 0.05, 0}, "Mézères");
        assert_zone({0, 0.05, 0}, "MEZERES");
        assert_zone({0, 0, 0.2}, "le chambon sur lignon");
        assert_zone({1, 0, 0}, "ca du puy en velay");
    }

    void what_is_unknown_is_told_and_the_rest_is_kept()
    {
        assert_zone({0.25, 0, 0}, "43157; Atlantide ;99999", {"Atlantide", "99999"});
        assert_zone({0, 0, 0}, "Atlantide", {"Atlantide"});
        assert_zone({1, 1, 1}, "département;Atlantide", {"Atlantide"});
    }

    /// 500 of 20,000, or 500 of 10,000.
    void a_name_that_two_communes_share_is_unknown_but_their_codes_are_not()
    {
        assert_zone({0, 0, 0}, "Saint-Julien", {"Saint-Julien"});
        assert_zone({0, 0.025, 0}, "43091");
        assert_zone({0, 0, 0.05}, "43092");
    }

    void what_is_not_retained_is_known_but_no_part_of_the_zone()
    {
        assert_zone({0, 0, 0}, "244301099");
        assert_zone({0, 0, 0}, "CC Auzon Communauté");
        assert_zone({0, 1, 0}, "Agnat;244301016");
    }

    void an_empty_zone_reaches_nobody()
    {
        assert_zone({0, 0, 0}, "");
        assert_zone({0, 0, 0}, " ; ;");
        assert_status("non couvert", sucs_under({dispositif("", people(100))}));
        assert_status("non couvert", sucs_under({dispositif("Atlantide", people(100))}));
    }

    void the_retained_epci_are_held_once()
    {
        Diagnosis diagnosis;
        diagnosis.epcis.push_back(diagnosis.epcis.front());
        diagnosis.communes.push_back(diagnosis.communes.front());
        const Territory territory = diagnosis.territory();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, territory.epcis().size());
        CPPUNIT_ASSERT_EQUAL(0, territory.epci_index(puy));
        CPPUNIT_ASSERT_EQUAL(-1, territory.epci_index(auzon));
        const Zone zone = territory.read_zone("Le Puy-en-Velay;CA du Puy-en-Velay");
        CPPUNIT_ASSERT(zone.unknown.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, zone.shares.size());
    }

    /// Tence 4,000, Le Chambon 2,000, Saint-Julien 500: 6,500.
    void an_epci_without_population_has_that_of_its_communes()
    {
        Diagnosis diagnosis;
        diagnosis.epcis.back().population = 0;
        const Territory territory = diagnosis.territory();
        CPPUNIT_ASSERT_EQUAL(6500.0, territory.population(2));
        CPPUNIT_ASSERT_EQUAL(80000.0, territory.population(0));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(4000.0 / 6500.0, territory.read_zone("Tence").shares.front().second,
                                     1e-12);
    }

    /// One of the three communes of the Haut Lignon: a third of its 10,000.
    void a_commune_without_population_is_an_average_one()
    {
        Diagnosis diagnosis;
        for (CommuneRow& row : diagnosis.communes)
            if (row.name == "Tence")
                row.population = 0;
        const Zone zone = diagnosis.territory().read_zone("Tence");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, zone.shares.size());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0 / 3.0, zone.shares.front().second, 1e-12);
    }

    /// Municipal and total populations differ: 12,000 in the communes of an EPCI of
    /// 10,000 are all of it, not 120 %.
    void more_inhabitants_in_the_communes_than_in_the_epci_make_no_more_than_all()
    {
        Diagnosis diagnosis;
        diagnosis.communes = {commune("43244", "Tence", lignon, 7000),
                              commune("43051", "Chambon", lignon, 5000)};
        const Zone zone = diagnosis.territory().read_zone("43244;43051");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, zone.shares.size());
        CPPUNIT_ASSERT_EQUAL(1.0, zone.shares.front().second);
    }
};

class CoverageAllocationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageAllocationTest);
    CPPUNIT_TEST(a_stated_distribution_is_followed);
    CPPUNIT_TEST(an_epci_of_the_zone_that_the_distribution_leaves_out_gets_nothing);
    CPPUNIT_TEST(a_distribution_that_cannot_be_read_gives_way_to_the_needs);
    CPPUNIT_TEST(what_is_distributed_outside_the_zone_is_dropped);
    CPPUNIT_TEST(without_a_distribution_the_needs_decide);
    CPPUNIT_TEST(one_unknown_need_gives_way_to_the_population);
    CPPUNIT_TEST(an_unknown_need_outside_the_zone_changes_nothing);
    CPPUNIT_TEST(needs_that_are_all_zero_give_way_to_the_population);
    CPPUNIT_TEST(without_need_nor_population_the_parts_are_equal);
    CPPUNIT_TEST(without_need_nor_population_the_parts_covered_serve);
    CPPUNIT_TEST(one_unknown_population_gives_way_to_the_parts_covered);
    CPPUNIT_TEST(communes_count_for_their_share_of_the_need);
    CPPUNIT_TEST(communes_count_for_their_inhabitants_where_a_need_is_unknown);
    CPPUNIT_TEST(the_part_of_the_population_served_is_the_widest_one);
    CPPUNIT_TEST(capacities_add_up);
    CPPUNIT_TEST(no_capacity_is_lost_or_invented);
    CPPUNIT_TEST(the_order_of_the_dispositifs_does_not_matter);
    CPPUNIT_TEST_SUITE_END();

    void a_stated_distribution_is_followed()
    {
        const std::string zone = "200073419;244301016";
        assert_shared({120, 80, 0}, dispositif(zone, people(200), "200073419=60;244301016=40"));
        assert_shared({150, 50, 0}, dispositif(zone, people(200), "200073419=3;244301016=1"));
        assert_shared({150, 50, 0},
                      dispositif(zone, people(200), " CA du Puy-en-Velay = 1,5 ; cc des sucs=0,5"));
        assert_shared({150, 50, 0}, dispositif(zone, people(200), "200073419=1;244301016=1;200073419=2"));
        Diagnosis unknown_needs;
        unknown_needs.set_needs(unknown, unknown, unknown);
        assert_shared({120, 80, 0}, dispositif(zone, people(200), "200073419=60;244301016=40"),
                      unknown_needs);
    }

    void an_epci_of_the_zone_that_the_distribution_leaves_out_gets_nothing()
    {
        Diagnosis diagnosis;
        diagnosis.dispositifs = {dispositif(all_three, people(200), "200073419=60;244301016=40")};
        const Coverage coverage = diagnosis.coverage();
        assert_capacities({120, 80, 0}, coverage);
        const CoverageCell left_out = cell_of(coverage, lignon);
        CPPUNIT_ASSERT_EQUAL(1, left_out.dispositifs); // it is reached all the same
        assert_status("peu couvert", left_out);
    }

    /// By need: 4,000 and 1,000 of 5,000.
    void a_distribution_that_cannot_be_read_gives_way_to_the_needs()
    {
        for (const char* distribution :
             {"60 % au Puy", "200073419", "200073419=60;244301016=beaucoup", "200073419=-1;244301016=2",
              "200073419=0;244301016=2", "=", "200073419=;244301016=2"})
            assert_shared({400, 100, 0}, dispositif("200073419;244301016", people(500), distribution));
    }

    void what_is_distributed_outside_the_zone_is_dropped()
    {
        assert_shared({500, 0, 0},
                      dispositif("200073419;244301016", people(500), "200073419=50;244301107=50"));
        assert_shared({400, 100, 0}, dispositif("200073419;244301016", people(500), "244301107=100"));
        assert_shared({500, 0, 0},
                      dispositif("200073419;244301016", people(500), "200073419=50;Atlantide=50"));
        assert_shared({500, 0, 0},
                      dispositif("200073419;244301016", people(500), "200073419=50;244301099=50"));
    }

    /// 4,000, 1,000 and 500 of 5,500.
    void without_a_distribution_the_needs_decide()
    {
        assert_shared({400, 100, 50}, dispositif("département", people(550)));
        assert_shared({400, 100, 50}, dispositif(all_three, people(550)));
        assert_shared({0, 100, 50}, dispositif("244301016;244301107", people(150)));
    }

    /// 80,000, 20,000 and 10,000 of 110,000.
    void one_unknown_need_gives_way_to_the_population()
    {
        for (const Quantity missing : {unknown, secret}) {
            Diagnosis diagnosis;
            diagnosis.set_needs(people(4000), people(1000), missing);
            assert_shared({80, 20, 10}, dispositif("département", people(110)), diagnosis);
        }
    }

    void an_unknown_need_outside_the_zone_changes_nothing()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(3000), people(1000), unknown);
        assert_shared({75, 25, 0}, dispositif("200073419;244301016", people(100)), diagnosis);
    }

    void needs_that_are_all_zero_give_way_to_the_population()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(0), people(0), people(0));
        assert_shared({80, 20, 10}, dispositif("département", people(110)), diagnosis);
    }

    void without_need_nor_population_the_parts_are_equal()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(unknown, unknown, unknown);
        diagnosis.communes.clear();
        for (Epci& epci : diagnosis.epcis)
            epci.population = 0;
        assert_shared({30, 30, 30}, dispositif("département", people(90)), diagnosis);
    }

    /// One commune of the two of the Puy, and the whole of the Sucs: 1/2 and 1.
    void without_need_nor_population_the_parts_covered_serve()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(unknown, unknown, unknown);
        for (Epci& epci : diagnosis.epcis)
            epci.population = 0;
        for (CommuneRow& row : diagnosis.communes)
            row.population = 0;
        assert_shared({30, 60, 0}, dispositif("43157;244301016", people(90)), diagnosis);
    }

    void one_unknown_population_gives_way_to_the_parts_covered()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(unknown, unknown, unknown);
        diagnosis.communes.clear();
        diagnosis.epcis.back().population = 0;
        assert_shared({30, 30, 30}, dispositif("département", people(90)), diagnosis);
    }

    /// 4,000 × 1/4 = 1,000 and 1,000 × 2/5 = 400, of 1,400.
    void communes_count_for_their_share_of_the_need()
    {
        assert_shared({100, 40, 0}, dispositif("43157;43268", people(140)));
    }

    /// 20,000 and 8,000 inhabitants.
    void communes_count_for_their_inhabitants_where_a_need_is_unknown()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(unknown, people(1000), people(500));
        assert_shared({200, 80, 0}, dispositif("43157;43268", people(280)), diagnosis);
    }

    /// 1/20 and 2/5 of the Sucs: 2/5.
    void the_part_of_the_population_served_is_the_widest_one()
    {
        CPPUNIT_ASSERT_EQUAL(
            0.4,
            sucs_under({dispositif("Mézères", people(1)), dispositif("Yssingeaux", unknown)}).served_share);
        CPPUNIT_ASSERT_EQUAL(
            1.0, sucs_under({dispositif("43", people(1)), dispositif("43268", people(1))}).served_share);
        CPPUNIT_ASSERT_EQUAL(0.0, sucs_under({}).served_share);
    }

    /// 550 by need (400, 100, 50), 30 in the Sucs alone, 50 half and half.
    void capacities_add_up()
    {
        Diagnosis diagnosis;
        diagnosis.dispositifs = {dispositif("département", people(550)), dispositif(sucs, people(30)),
                                 dispositif("244301016;244301107", people(50), "244301016=1;244301107=1")};
        const Coverage coverage = diagnosis.coverage();
        assert_capacities({400, 155, 75}, coverage);
        CPPUNIT_ASSERT_EQUAL(1, cell_of(coverage, puy).dispositifs);
        CPPUNIT_ASSERT_EQUAL(3, cell_of(coverage, sucs).dispositifs);
        CPPUNIT_ASSERT_EQUAL(2, cell_of(coverage, lignon).dispositifs);
    }

    void no_capacity_is_lost_or_invented()
    {
        std::mt19937 random(1);
        for (int trial = 0; trial < 300; ++trial) {
            Diagnosis diagnosis = random_diagnosis(random);
            double stated = 0.0;
            for (const Dispositif& one : diagnosis.dispositifs)
                if (one.capacity.is_known())
                    stated += one.capacity.value();
            double allocated = 0.0;
            const Coverage coverage = diagnosis.coverage();
            for (const CoverageCell& cell : coverage.cells.front())
                allocated += cell.capacity.is_known() ? cell.capacity.value() : 0.0;
            CPPUNIT_ASSERT_DOUBLES_EQUAL(stated, allocated, 1e-9 * std::max(1.0, stated));
        }
    }

    void the_order_of_the_dispositifs_does_not_matter()
    {
        std::mt19937 random(2);
        for (int trial = 0; trial < 100; ++trial) {
            Diagnosis diagnosis = random_diagnosis(random);
            const Coverage first = diagnosis.coverage();
            std::shuffle(diagnosis.dispositifs.begin(), diagnosis.dispositifs.end(), random);
            const Coverage second = diagnosis.coverage();
            for (const char* epci : {puy, sucs, lignon})
                assert_same(cell_of(first, epci), cell_of(second, epci));
        }
    }

private:
    static void assert_same(const CoverageCell& a, const CoverageCell& b)
    {
        CPPUNIT_ASSERT(a.status == b.status);
        CPPUNIT_ASSERT_EQUAL(a.rank, b.rank);
        CPPUNIT_ASSERT_EQUAL(a.dispositifs, b.dispositifs);
        CPPUNIT_ASSERT_EQUAL(a.unknown_capacities, b.unknown_capacities);
        CPPUNIT_ASSERT_EQUAL(a.served_share, b.served_share);
        CPPUNIT_ASSERT_EQUAL(a.capacity.is_known(), b.capacity.is_known());
        if (a.capacity.is_known())
            assert_people(a.capacity.value(), b.capacity);
    }

    /// Some needs unknown, zones of every kind, all of which reach somebody.
    static Diagnosis random_diagnosis(std::mt19937& random)
    {
        constexpr const char* zones[] = {"département",     puy,       "43157;43268",
                                         "Tence;244301016", all_three, "43091"};
        constexpr const char* distributions[] = {"", "", "illisible", "200073419=1;244301107=2",
                                                 "244301016=7"};
        Diagnosis diagnosis;
        for (const char* epci : {puy, sucs, lignon})
            diagnosis.set("pauvres", epci,
                          random() % 4 == 0 ? unknown : people(static_cast<double>(random() % 900)));
        for (std::size_t i = 0; i <= random() % 8; ++i)
            diagnosis.dispositifs.push_back(
                dispositif(zones[random() % std::size(zones)],
                           random() % 5 == 0 ? unknown : people(static_cast<double>(random() % 500)),
                           distributions[random() % std::size(distributions)]));
        return diagnosis;
    }
};

class CoverageTotalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageTotalTest);
    CPPUNIT_TEST(a_surplus_here_hides_no_lack_there);
    CPPUNIT_TEST(an_unknown_need_is_left_out_of_both_sums_and_counted);
    CPPUNIT_TEST(an_unknown_capacity_adds_its_need_and_is_counted);
    CPPUNIT_TEST(without_any_known_need_there_is_no_total);
    CPPUNIT_TEST(no_need_at_all_has_no_rate);
    CPPUNIT_TEST(the_greatest_gap_comes_first);
    CPPUNIT_TEST(of_equal_gaps_the_greatest_per_inhabitant_comes_first);
    CPPUNIT_TEST(of_equal_gaps_per_inhabitant_the_first_code_comes_first);
    CPPUNIT_TEST(gaps_that_differ_by_rounding_are_equal);
    CPPUNIT_TEST(what_is_covered_or_without_object_is_not_ranked);
    CPPUNIT_TEST(an_unknown_gap_comes_after_all_that_are_known);
    CPPUNIT_TEST(the_overall_list_mixes_the_thematiques);
    CPPUNIT_TEST(each_status_has_its_label);
    CPPUNIT_TEST_SUITE_END();

    static std::string ranks(const Diagnosis& diagnosis)
    {
        const Coverage coverage = diagnosis.coverage();
        std::string text;
        for (const char* epci : {puy, sucs, lignon})
            text += std::to_string(cell_of(coverage, epci).rank);
        return text;
    }

    /// 1,000 for 4,000; 3,000 for 1,000; nothing for 500. Covered: 1,000 + 1,000 of
    /// 5,500; plainly 4,000 of 5,500.
    void a_surplus_here_hides_no_lack_there()
    {
        Diagnosis diagnosis;
        diagnosis.dispositifs = {dispositif(puy, people(1000)), dispositif(sucs, people(3000))};
        const Coverage coverage = diagnosis.coverage();
        const CoverageTotal& total = coverage.totals.front();
        assert_people(5500, total.need);
        assert_people(4000, total.capacity);
        assert_people(2000.0 / 5500.0, total.rate);
        assert_people(4000.0 / 5500.0, total.plain_rate);
        assert_people(3500, total.gap);
        CPPUNIT_ASSERT_EQUAL(0, total.left_out);
        CPPUNIT_ASSERT_EQUAL(0, total.without_capacity);
    }

    /// Without the Sucs: 1,000 for 4,500.
    void an_unknown_need_is_left_out_of_both_sums_and_counted()
    {
        for (const Quantity missing : {unknown, secret}) {
            Diagnosis diagnosis;
            diagnosis.set_needs(people(4000), missing, people(500));
            diagnosis.dispositifs = {dispositif(puy, people(1000)), dispositif(sucs, people(3000))};
            const Coverage coverage = diagnosis.coverage();
            const CoverageTotal& total = coverage.totals.front();
            assert_people(4500, total.need);
            assert_people(1000, total.capacity);
            assert_people(1000.0 / 4500.0, total.rate);
            assert_people(1000.0 / 4500.0, total.plain_rate);
            CPPUNIT_ASSERT_EQUAL(1, total.left_out);
        }
    }

    /// 1,000 for 5,500 at least: the capacity of the Sucs is not known.
    void an_unknown_capacity_adds_its_need_and_is_counted()
    {
        Diagnosis diagnosis;
        diagnosis.dispositifs = {dispositif(puy, people(1000)), dispositif(sucs, unknown)};
        const Coverage coverage = diagnosis.coverage();
        const CoverageTotal& total = coverage.totals.front();
        assert_people(5500, total.need);
        assert_people(1000, total.capacity);
        assert_people(1000.0 / 5500.0, total.rate);
        assert_people(4500, total.gap);
        CPPUNIT_ASSERT_EQUAL(1, total.without_capacity);
        CPPUNIT_ASSERT_EQUAL(0, total.left_out);
    }

    void without_any_known_need_there_is_no_total()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(unknown, secret, unknown);
        diagnosis.dispositifs = {dispositif(puy, people(1000))};
        const Coverage coverage = diagnosis.coverage();
        const CoverageTotal& total = coverage.totals.front();
        CPPUNIT_ASSERT(!total.need.is_known());
        CPPUNIT_ASSERT(!total.rate.is_known());
        CPPUNIT_ASSERT(!total.plain_rate.is_known());
        CPPUNIT_ASSERT(!total.gap.is_known());
        CPPUNIT_ASSERT_EQUAL(3, total.left_out);
    }

    void no_need_at_all_has_no_rate()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(0), people(0), people(0));
        const Coverage coverage = diagnosis.coverage();
        const CoverageTotal& total = coverage.totals.front();
        assert_people(0, total.need);
        CPPUNIT_ASSERT(!total.rate.is_known());
    }

    /// Gaps: 4,000 − 3,100 = 900, 1,000 and 500.
    void the_greatest_gap_comes_first()
    {
        Diagnosis diagnosis;
        CPPUNIT_ASSERT_EQUAL(std::string("123"), ranks(diagnosis));
        diagnosis.dispositifs = {dispositif(puy, people(3100))};
        CPPUNIT_ASSERT_EQUAL(std::string("213"), ranks(diagnosis));
    }

    /// 500 lacking of 80,000, 20,000 and 10,000 inhabitants.
    void of_equal_gaps_the_greatest_per_inhabitant_comes_first()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(500), people(500), people(500));
        CPPUNIT_ASSERT_EQUAL(std::string("321"), ranks(diagnosis));
    }

    /// The codes begin with 2000, 244301016 and 244301107; the EPCI are given in
    /// another order.
    void of_equal_gaps_per_inhabitant_the_first_code_comes_first()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(500), people(500), people(500));
        for (Epci& epci : diagnosis.epcis)
            epci.population = 10000;
        std::reverse(diagnosis.epcis.begin(), diagnosis.epcis.end());
        CPPUNIT_ASSERT_EQUAL(std::string("123"), ranks(diagnosis));
    }

    /// Both lack 0.5 once 0.1 + 0.2 and 0.3 are served; the Haut Lignon, smaller,
    /// comes before the Sucs.
    void gaps_that_differ_by_rounding_are_equal()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(0), people(0.8), people(0.8));
        diagnosis.dispositifs = {dispositif(sucs, people(0.3)), dispositif(lignon, people(0.1)),
                                 dispositif(lignon, people(0.2))};
        CPPUNIT_ASSERT_EQUAL(std::string("021"), ranks(diagnosis));
        std::swap(diagnosis.dispositifs[0].zone, diagnosis.dispositifs[1].zone);
        diagnosis.dispositifs[2].zone = sucs;
        CPPUNIT_ASSERT_EQUAL(std::string("021"), ranks(diagnosis));
    }

    void what_is_covered_or_without_object_is_not_ranked()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(4000), people(0), people(500));
        diagnosis.dispositifs = {dispositif(puy, people(3200))}; // 80 %
        CPPUNIT_ASSERT_EQUAL(std::string("001"), ranks(diagnosis));
    }

    /// The Sucs lack 900. How many the Puy (no known capacity) and the Haut Lignon
    /// (no known need) lack is not known: their codes order the two.
    void an_unknown_gap_comes_after_all_that_are_known()
    {
        Diagnosis diagnosis;
        diagnosis.set_needs(people(4000), people(1000), unknown);
        diagnosis.dispositifs = {dispositif(puy, unknown), dispositif(sucs, people(100))};
        CPPUNIT_ASSERT_EQUAL(std::string("213"), ranks(diagnosis));
    }

    /// 3.1: 4,000, 1,000, 500. 3.2 (others in need: 2,000, 1,000, 0): the Sucs lack
    /// as many in both; within one EPCI the thématiques keep their order.
    void the_overall_list_mixes_the_thematiques()
    {
        Diagnosis diagnosis;
        diagnosis.thematiques.push_back(thematique("3.2", "isoles"));
        diagnosis.set("isoles", puy, people(2000));
        diagnosis.set("isoles", sucs, people(1000));
        diagnosis.set("isoles", lignon, people(0));
        const Coverage coverage = diagnosis.coverage();
        std::string list;
        for (const auto& [t, e] : uncovered_needs(coverage))
            list += coverage.thematiques[t].code + " " + coverage.epcis[e].code + "\n";
        CPPUNIT_ASSERT_EQUAL(std::string("3.1 200073419\n"
                                         "3.2 200073419\n"
                                         "3.1 244301016\n"
                                         "3.2 244301016\n"
                                         "3.1 244301107\n"),
                             list);
    }

    void each_status_has_its_label()
    {
        const std::pair<CoverageStatus, const char*> labels[] = {
            {CoverageStatus::sans_objet, "sans objet"},
            {CoverageStatus::non_couvert, "non couvert"},
            {CoverageStatus::a_preciser, "à préciser"},
            {CoverageStatus::non_evaluable, "non évaluable"},
            {CoverageStatus::peu_couvert, "peu couvert"},
            {CoverageStatus::partiellement_couvert, "partiellement couvert"},
            {CoverageStatus::couvert, "couvert"}};
        for (const auto& [status, label] : labels)
            CPPUNIT_ASSERT_EQUAL(std::string(label), std::string(label_of(status)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CoverageStatusTest);
CPPUNIT_TEST_SUITE_REGISTRATION(CoverageNeedTest);
CPPUNIT_TEST_SUITE_REGISTRATION(CoverageZoneTest);
CPPUNIT_TEST_SUITE_REGISTRATION(CoverageAllocationTest);
CPPUNIT_TEST_SUITE_REGISTRATION(CoverageTotalTest);
