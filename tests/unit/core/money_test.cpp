#include "core/money.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

namespace {

constexpr Quantity unknown = Quantity::unknown();

constexpr Quantity euros(double amount) { return Quantity::known(amount); }

BudgetLine line(const char* action, int year, Quantity state, Quantity departement,
                Quantity others = euros(0))
{
    return {action, year, state, departement, others};
}

/// Two actions of axe 1 and one of axe 2, over two years.
std::vector<BudgetLine> budget()
{
    return {
        line("A-01", 2024, euros(50000), euros(40000), euros(10000)),
        line("A-01", 2025, euros(30000), euros(40000), euros(30000)),
        line("A-02", 2024, euros(10000), euros(15000)),
        line("A-03", 2025, euros(20000), euros(20000)),
    };
}

MoneyTotals totals() { return money_totals(budget(), {{"A-01", 1}, {"A-02", 1}, {"A-03", 2}}); }

} // namespace

class MoneyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MoneyTest);
    CPPUNIT_TEST(the_state_s_share_is_its_part_of_the_total);
    CPPUNIT_TEST(the_leverage_is_what_others_pay_for_one_euro_of_the_state);
    CPPUNIT_TEST(an_unknown_amount_gives_an_unknown_ratio);
    CPPUNIT_TEST(a_zero_denominator_gives_no_ratio);
    CPPUNIT_TEST(the_budget_is_added_up_by_action);
    CPPUNIT_TEST(the_budget_is_added_up_by_axe);
    CPPUNIT_TEST(the_budget_is_added_up_by_year_and_in_all);
    CPPUNIT_TEST(an_action_without_an_axe_is_counted_apart);
    CPPUNIT_TEST(a_sum_with_a_blank_is_not_known);
    CPPUNIT_TEST(no_line_adds_up_to_zero);
    CPPUNIT_TEST(half_is_not_over_half);
    CPPUNIT_TEST(a_cent_over_half_is_over);
    CPPUNIT_TEST(each_year_counts_for_itself);
    CPPUNIT_TEST(the_lines_of_one_action_year_are_added_up_first);
    CPPUNIT_TEST(a_blank_part_makes_the_excess_uncertain);
    CPPUNIT_TEST_SUITE_END();

    void the_state_s_share_is_its_part_of_the_total()
    {
        CPPUNIT_ASSERT_EQUAL(0.4, state_share(euros(40), euros(100)).value());
        CPPUNIT_ASSERT_EQUAL(0.0, state_share(euros(0), euros(100)).value());
        CPPUNIT_ASSERT_EQUAL(1.0, state_share(euros(100), euros(100)).value());
    }

    /// (100 − 40)/40.
    void the_leverage_is_what_others_pay_for_one_euro_of_the_state()
    {
        CPPUNIT_ASSERT_EQUAL(1.5, leverage(euros(40), euros(100)).value());
        CPPUNIT_ASSERT_EQUAL(0.0, leverage(euros(100), euros(100)).value());
    }

    void an_unknown_amount_gives_an_unknown_ratio()
    {
        CPPUNIT_ASSERT(!state_share(unknown, euros(100)).is_known());
        CPPUNIT_ASSERT(!state_share(euros(40), unknown).is_known());
        CPPUNIT_ASSERT(!state_share(Quantity::secret(), euros(100)).is_known());
        CPPUNIT_ASSERT(!leverage(unknown, euros(100)).is_known());
        CPPUNIT_ASSERT(!leverage(euros(40), unknown).is_known());
    }

    void a_zero_denominator_gives_no_ratio()
    {
        CPPUNIT_ASSERT(!state_share(euros(0), euros(0)).is_known());
        CPPUNIT_ASSERT(!leverage(euros(0), euros(100)).is_known());
    }

    /// 50 + 30 of the State, 40 + 40, 10 + 30: 200 in thousands.
    void the_budget_is_added_up_by_action()
    {
        const MoneyTotal action = totals().by_action.at("A-01");
        CPPUNIT_ASSERT_EQUAL(80000.0, action.state.value());
        CPPUNIT_ASSERT_EQUAL(80000.0, action.departement.value());
        CPPUNIT_ASSERT_EQUAL(40000.0, action.others.value());
        CPPUNIT_ASSERT_EQUAL(200000.0, action.total().value());
        CPPUNIT_ASSERT_EQUAL(0.4, state_share(action.state, action.total()).value());
        CPPUNIT_ASSERT_EQUAL(1.5, leverage(action.state, action.total()).value());
        CPPUNIT_ASSERT_EQUAL(2, action.lines);
        CPPUNIT_ASSERT_EQUAL(0, action.incomplete);
    }

    /// Axe 1: 80 + 10 of 200 + 25; axe 2: 20 of 40.
    void the_budget_is_added_up_by_axe()
    {
        const auto by_axe = totals().by_axe;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, by_axe.size());
        CPPUNIT_ASSERT_EQUAL(90000.0, by_axe.at(1).state.value());
        CPPUNIT_ASSERT_EQUAL(225000.0, by_axe.at(1).total().value());
        CPPUNIT_ASSERT_EQUAL(0.5, state_share(by_axe.at(2).state, by_axe.at(2).total()).value());
    }

    /// 2024: 100 + 25; 2025: 100 + 40; in all 110 of the State of 265.
    void the_budget_is_added_up_by_year_and_in_all()
    {
        const MoneyTotals sums = totals();
        CPPUNIT_ASSERT_EQUAL(125000.0, sums.by_year.at(2024).total().value());
        CPPUNIT_ASSERT_EQUAL(140000.0, sums.by_year.at(2025).total().value());
        CPPUNIT_ASSERT_EQUAL(110000.0, sums.all.state.value());
        CPPUNIT_ASSERT_EQUAL(265000.0, sums.all.total().value());
        CPPUNIT_ASSERT_EQUAL(4, sums.all.lines);
    }

    void an_action_without_an_axe_is_counted_apart()
    {
        const auto by_axe = money_totals(budget(), {{"A-01", 1}, {"A-02", 1}}).by_axe;
        CPPUNIT_ASSERT_EQUAL(40000.0, by_axe.at(0).total().value());
    }

    void a_sum_with_a_blank_is_not_known()
    {
        std::vector<BudgetLine> lines = budget();
        lines.push_back(line("A-02", 2025, euros(10000), euros(15000), unknown));
        const MoneyTotals sums = money_totals(lines, {});
        CPPUNIT_ASSERT_EQUAL(120000.0, sums.all.state.value());
        CPPUNIT_ASSERT(!sums.all.others.is_known());
        CPPUNIT_ASSERT(!sums.all.total().is_known());
        CPPUNIT_ASSERT_EQUAL(1, sums.all.incomplete);
        CPPUNIT_ASSERT(sums.by_action.at("A-01").total().is_known());
        CPPUNIT_ASSERT(sums.by_year.at(2024).total().is_known());
    }

    void no_line_adds_up_to_zero()
    {
        const MoneyTotals sums = money_totals({}, {});
        CPPUNIT_ASSERT_EQUAL(0.0, sums.all.total().value());
        CPPUNIT_ASSERT(sums.by_action.empty());
    }

    void half_is_not_over_half()
    {
        CPPUNIT_ASSERT(over_half(budget()).empty());
        CPPUNIT_ASSERT(over_half({line("A-01", 2024, euros(0), euros(0))}).empty());
        // 0.1 + 0.2 against 0.3: the same amount, whatever the rounding.
        CPPUNIT_ASSERT(over_half({line("A-01", 2024, euros(0.1), euros(0.3)),
                                  line("A-01", 2024, euros(0.2), euros(0.0))})
                           .empty());
    }

    /// Half of 100 000.02 is 50 000.01: the State pays one cent more.
    void a_cent_over_half_is_over()
    {
        const auto over = over_half({line("A-01", 2024, euros(50000.02), euros(50000.00))});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, over.size());
        CPPUNIT_ASSERT_EQUAL(std::string("A-01"), over[0].action);
        CPPUNIT_ASSERT_EQUAL(2024, over[0].year);
        CPPUNIT_ASSERT_EQUAL(50000.02, over[0].state);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100000.02, over[0].total, 1e-6);
        CPPUNIT_ASSERT(over[0].certain);
    }

    /// 40 % over the two years, but 60 % in the second.
    void each_year_counts_for_itself()
    {
        const auto over =
            over_half({line("A-02", 2025, euros(60), euros(40)), line("A-02", 2024, euros(20), euros(80)),
                       line("A-01", 2026, euros(90), euros(10))});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, over.size());
        CPPUNIT_ASSERT_EQUAL(std::string("A-01"), over[0].action);
        CPPUNIT_ASSERT_EQUAL(2026, over[0].year);
        CPPUNIT_ASSERT_EQUAL(std::string("A-02"), over[1].action);
        CPPUNIT_ASSERT_EQUAL(2025, over[1].year);
    }

    void the_lines_of_one_action_year_are_added_up_first()
    {
        CPPUNIT_ASSERT(
            over_half({line("A-01", 2024, euros(100), euros(0)), line("A-01", 2024, euros(0), euros(100))})
                .empty());
    }

    void a_blank_part_makes_the_excess_uncertain()
    {
        const auto over = over_half({line("A-01", 2024, euros(60), euros(40), unknown),
                                     line("A-02", 2024, unknown, euros(40)),
                                     line("A-03", 2024, euros(30), euros(40), unknown)});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, over.size());
        CPPUNIT_ASSERT_EQUAL(std::string("A-01"), over[0].action);
        CPPUNIT_ASSERT(!over[0].certain);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MoneyTest);
