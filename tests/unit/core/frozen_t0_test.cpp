#include "core/frozen_t0.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include "example_tables.hpp"

// The T0 written as the lines of its table, and read again.

using namespace pacte;
using namespace pacte::test;

namespace {

FrozenT0 example_t0()
{
    const Tables tables = clean_example();
    const auto read = [&](const char* name, auto reader) {
        return reader(tables.at(name), shipped_schemas().table(name));
    };
    const Territory territory(read("territoires", read_epcis), read("communes", read_communes), "43",
                              "Haute-Loire");
    const auto variables = read("variables", read_variables);
    const Needs needs = read("besoins", read_needs);
    const auto thematiques =
        read_thematiques(tables.at("thematiques"), shipped_schemas().table("thematiques"));
    const auto dispositifs = read("dispositifs", read_dispositifs);
    FrozenT0 t0;
    t0.needs = state_of_needs(territory, variables, needs);
    t0.coverage = state_of_coverage(
        compute_coverage({territory, thematiques, variables, needs, dispositifs, example_day}), t0.needs);
    t0.indicators = t0_of(read("indicateurs", read_indicateurs));
    t0.date = example_day;
    return t0;
}

Table table_of(const FrozenT0& t0)
{
    const TableSchema& schema = shipped_schemas().table("t0");
    Table table;
    table.name = "t0";
    table.sheet = schema.sheet;
    for (const Field& field : schema.fields)
        table.headers.push_back(field.title);
    table.rows = t0_rows(t0);
    return table;
}

std::size_t not_comparable(const std::vector<Difference>& differences)
{
    std::size_t count = 0;
    for (const Difference& difference : differences)
        count += difference.comparability == Comparability::perimeter_changed ||
                         difference.comparability == Comparability::definition_changed
                     ? 1
                     : 0;
    return count;
}

} // namespace

class FrozenT0Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FrozenT0Test);
    CPPUNIT_TEST(every_field_of_the_schema_is_written);
    CPPUNIT_TEST(what_is_read_again_is_what_was_frozen);
    CPPUNIT_TEST(an_empty_table_is_no_t0);
    CPPUNIT_TEST(the_whole_territory_has_the_sums_that_are_known);
    CPPUNIT_TEST(a_thematique_that_measures_another_need_is_another_one);
    CPPUNIT_TEST(an_indicator_is_compared_with_its_last_value);
    CPPUNIT_TEST(a_t0_that_changed_is_a_finding);
    CPPUNIT_TEST_SUITE_END();

public:
    void every_field_of_the_schema_is_written()
    {
        std::vector<std::string> names;
        for (const Field& field : shipped_schemas().table("t0").fields)
            names.push_back(field.name);
        CPPUNIT_ASSERT(names == t0_fields());
    }

    void what_is_read_again_is_what_was_frozen()
    {
        const FrozenT0 t0 = example_t0();
        const auto again = read_t0(table_of(t0), shipped_schemas().table("t0"));
        CPPUNIT_ASSERT(again.has_value());
        CPPUNIT_ASSERT(again->date == t0.date);
        CPPUNIT_ASSERT(again->needs.members == t0.needs.members);
        CPPUNIT_ASSERT(again->needs.needs.figures == t0.needs.needs.figures);
        CPPUNIT_ASSERT(again->coverage.needs.figures == t0.coverage.needs.figures);
        CPPUNIT_ASSERT_EQUAL(std::size_t{14}, again->indicators.size());
        for (const auto& differences :
             {compare_states(again->needs, t0.needs), compare_states(again->coverage, t0.coverage)}) {
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, not_comparable(differences));
            for (const Difference& difference : differences)
                CPPUNIT_ASSERT(!difference.change.is_known() || difference.change.value() == 0.0);
        }
    }

    void an_empty_table_is_no_t0()
    {
        CPPUNIT_ASSERT(!read_t0(table_of({}), shipped_schemas().table("t0")).has_value());
    }

    void the_whole_territory_has_the_sums_that_are_known()
    {
        const FrozenT0 t0 = example_t0();
        double sum = 0.0;
        for (const Epci& epci : t0.needs.epcis)
            if (epci.code != whole_territory)
                sum += t0.needs.needs.at(epci.code, "MENFISC").value();
        CPPUNIT_ASSERT_DOUBLES_EQUAL(sum, t0.needs.needs.at(whole_territory, "MENFISC").value(), 1e-9);
        CPPUNIT_ASSERT(!t0.needs.needs.at(whole_territory, "FEMISO").is_known()); // secret in one EPCI
        CPPUNIT_ASSERT(!t0.needs.needs.at(whole_territory, "TP60").is_known());   // a rate does not add up
        CPPUNIT_ASSERT(t0.coverage.needs.at(whole_territory, "couverture:3.3").is_known());
    }

    void a_thematique_that_measures_another_need_is_another_one()
    {
        const FrozenT0 before = example_t0();
        FrozenT0 after = before;
        for (Variable& variable : after.coverage.variables)
            if (variable.code.ends_with(":3.3"))
                variable.base = "MENFISC";
        // Three measures, eleven EPCI and the whole.
        CPPUNIT_ASSERT_EQUAL(std::size_t{36},
                             not_comparable(compare_states(before.coverage, after.coverage)));
    }

    void an_indicator_is_compared_with_its_last_value()
    {
        Indicateur indicateur;
        indicateur.id = "I-01";
        indicateur.action = "A-01";
        indicateur.unit = "jours";
        indicateur.to_increase = false;
        indicateur.t0 = Quantity::known(64.0);
        indicateur.reached = {{2024, Quantity::known(66.0)}, {2025, Quantity::known(60.0)}, {2026, {}}};
        const auto differences = compare_indicators(t0_of({indicateur}), latest_of({indicateur}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, differences.size());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(-4.0, differences[0].change.value(), 1e-12);
        CPPUNIT_ASSERT(differences[0].is_better == std::optional(true));
        Indicateur other = indicateur;
        other.unit = "heures";
        CPPUNIT_ASSERT(Comparability::definition_changed ==
                       compare_indicators(t0_of({indicateur}), latest_of({other}))[0].comparability);
        CPPUNIT_ASSERT(Comparability::definition_changed ==
                       compare_indicators(t0_of({indicateur}), {})[0].comparability);
    }

    void a_t0_that_changed_is_a_finding()
    {
        Tables tables = clean_example();
        tables["t0"] = table_of(example_t0());
        const auto findings_of_t0 = [&] {
            std::vector<std::string> cells;
            for (const Finding& finding : findings_of(tables))
                if (finding.code == "IND-011" || finding.table == "t0")
                    cells.push_back(finding.code + " " + finding.message);
            return cells;
        };
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, findings_of_t0().size());
        test::cell_of(tables, "indicateurs", "I-04", "t0") = 450.0;
        const auto found = findings_of_t0();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found.size());
        CPPUNIT_ASSERT_EQUAL(std::string("IND-011 Le T0 est « 450 » ; celui qui a été figé est « 497 »."),
                             found[0]);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FrozenT0Test);
