#include "core/comparison.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

namespace {

Variable variable(const char* code, VariableNature nature = VariableNature::taux, const char* unit = "%")
{
    Variable result;
    result.code = code;
    result.nature = nature;
    result.unit = unit;
    return result;
}

/// Two EPCI of two communes each, one variable.
struct States {
    NeedsState before;
    NeedsState after;

    States()
    {
        for (NeedsState* state : {&before, &after}) {
            state->epcis = {{"E1", "", 0, true}, {"E2", "", 0, true}};
            state->members = {{"E1", {"C1", "C2"}}, {"E2", {"C3", "C4"}}};
            state->variables = {variable("TP")};
            state->needs.variables = {"TP"};
        }
        set(before, "E1", 16.0);
        set(after, "E1", 12.0);
        set(before, "E2", 10.0);
        set(after, "E2", 11.0);
    }

    static void set(NeedsState& state, const char* epci, double figure, const char* code = "TP")
    {
        state.needs.figures[{epci, code}] = Quantity::known(figure);
    }

    [[nodiscard]] std::vector<Difference> compare() const { return compare_states(before, after); }
};

} // namespace

class ComparisonTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ComparisonTest);
    CPPUNIT_TEST(what_can_be_compared_is);
    CPPUNIT_TEST(a_variable_whose_increase_is_good_is_read_so);
    CPPUNIT_TEST(a_change_of_perimeter_is_set_apart);
    CPPUNIT_TEST(a_change_of_definition_is_set_apart);
    CPPUNIT_TEST(a_new_source_or_label_is_no_new_definition);
    CPPUNIT_TEST(what_is_not_known_is_not_compared);
    CPPUNIT_TEST(from_zero_there_is_no_share);
    CPPUNIT_TEST(what_is_gone_or_new_is_listed);
    CPPUNIT_TEST_SUITE_END();

public:
    void what_can_be_compared_is()
    {
        const auto differences = States().compare();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, differences.size());
        CPPUNIT_ASSERT_EQUAL(-4.0, differences[0].change.value());
        CPPUNIT_ASSERT_EQUAL(-0.25, differences[0].relative.value());
        CPPUNIT_ASSERT(differences[0].is_better == true && differences[1].is_better == false);
    }

    void a_variable_whose_increase_is_good_is_read_so()
    {
        States states;
        states.after.variables[0].increase_is_bad = false;
        CPPUNIT_ASSERT(states.compare()[0].is_better == false);
        States::set(states.after, "E1", 16.0);
        CPPUNIT_ASSERT(!states.compare()[0].is_better);
    }

    void a_change_of_perimeter_is_set_apart()
    {
        States states;
        states.after.members["E2"].insert("C5");
        const auto differences = states.compare();
        CPPUNIT_ASSERT(differences[0].comparability == Comparability::comparable);
        CPPUNIT_ASSERT(differences[1].comparability == Comparability::perimeter_changed);
        CPPUNIT_ASSERT(!differences[1].change.is_known());
        CPPUNIT_ASSERT_EQUAL(10.0, differences[1].before.value());
        states.before.members.erase("E2"); // nobody recorded it
        CPPUNIT_ASSERT(states.compare()[1].comparability == Comparability::comparable);
    }

    void a_change_of_definition_is_set_apart()
    {
        States states;
        states.after.variables[0].unit = "‰";
        CPPUNIT_ASSERT(states.compare()[0].comparability == Comparability::definition_changed);
        states = States();
        states.after.variables[0].nature = VariableNature::effectif;
        CPPUNIT_ASSERT(states.compare()[0].comparability == Comparability::definition_changed);
        states = States();
        states.after.variables[0].base = "POP";
        CPPUNIT_ASSERT(states.compare()[0].comparability == Comparability::definition_changed);
    }

    void a_new_source_or_label_is_no_new_definition()
    {
        States states;
        states.after.variables[0].label = "Taux de pauvreté";
        states.after.variables[0].source = "Filosofi 2024";
        states.after.variables[0].vintage = "2024";
        CPPUNIT_ASSERT(states.compare()[0].comparability == Comparability::comparable);
    }

    void what_is_not_known_is_not_compared()
    {
        States states;
        states.before.needs.figures[{"E1", "TP"}] = Quantity::secret();
        const Difference difference = states.compare()[0];
        CPPUNIT_ASSERT(difference.comparability == Comparability::not_known);
        CPPUNIT_ASSERT(difference.before.is_secret() && !difference.change.is_known() &&
                       !difference.is_better);
    }

    void from_zero_there_is_no_share()
    {
        States states;
        States::set(states.before, "E1", 0.0);
        CPPUNIT_ASSERT(states.compare()[0].change.is_known() && !states.compare()[0].relative.is_known());
    }

    void what_is_gone_or_new_is_listed()
    {
        States states;
        states.after.variables.push_back(variable("NEW"));
        states.before.variables.push_back(variable("OLD"));
        states.after.epcis.push_back({"E3", "", 0, true});
        const auto differences = states.compare();
        CPPUNIT_ASSERT_EQUAL(std::size_t{9}, differences.size());
        CPPUNIT_ASSERT_EQUAL(std::string("NEW"), differences[3].variable);
        CPPUNIT_ASSERT_EQUAL(std::string("OLD"), differences[6].variable);
        CPPUNIT_ASSERT(differences[2].comparability == Comparability::perimeter_changed);
        CPPUNIT_ASSERT(differences[3].comparability == Comparability::definition_changed);
        CPPUNIT_ASSERT(differences[6].comparability == Comparability::definition_changed);
        CPPUNIT_ASSERT_EQUAL(std::string("définition modifiée"),
                             std::string(label_of(differences[6].comparability)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ComparisonTest);
