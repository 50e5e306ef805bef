#include "core/targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include <cppunit/extensions/HelperMacros.h>

#include "core/error.hpp"

using namespace pacte;

namespace {

using Values = std::vector<double>;

TargetPlan plan(double t0, double target, int years, Trajectory trajectory = Trajectory::lineaire,
                Values steps = {})
{
    return {t0, target, 2023, 2023 + years, trajectory, std::move(steps)};
}

template <typename Compute>
std::string refusal(Compute compute)
{
    try {
        (void)compute();
    } catch (const Failure& failure) {
        CPPUNIT_ASSERT(failure.cause() == Failure::Cause::bad_value);
        return failure.what();
    }
    CPPUNIT_FAIL("accepted");
    return {};
}

std::string refusal_of(const TargetPlan& refused)
{
    const std::string message = refusal([&] { return target_at(refused, refused.t0_year); });
    CPPUNIT_ASSERT_EQUAL(message, refusal([&] { return yearly_targets(refused, true); }));
    return message;
}

void assert_contains(const std::string& message, const std::string& words)
{
    CPPUNIT_ASSERT_MESSAGE(message, message.find(words) != std::string::npos);
}

void assert_values(const Values& expected, const Values& actual)
{
    CPPUNIT_ASSERT_EQUAL(expected.size(), actual.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CPPUNIT_ASSERT_DOUBLES_EQUAL(expected[i], actual[i], 1e-9);
}

bool goes_one_way(Values targets, double t0)
{
    targets.insert(targets.begin(), t0);
    return std::is_sorted(targets.begin(), targets.end()) || std::is_sorted(targets.rbegin(), targets.rend());
}

constexpr double infinite = std::numeric_limits<double>::infinity();

} // namespace

class TargetsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TargetsTest);
    CPPUNIT_TEST(a_linear_target_goes_the_same_way_each_year);
    CPPUNIT_TEST(a_figure_to_reduce_goes_down);
    CPPUNIT_TEST(before_t0_there_is_no_target_and_after_the_end_it_stays);
    CPPUNIT_TEST(a_geometric_target_grows_by_the_same_ratio_each_year);
    CPPUNIT_TEST(a_geometric_target_needs_one_sign_and_no_zero);
    CPPUNIT_TEST(steps_are_the_share_of_the_way_gone_by_each_year);
    CPPUNIT_TEST(steps_that_lead_nowhere_are_refused);
    CPPUNIT_TEST(a_manual_trajectory_has_no_formula);
    CPPUNIT_TEST(years_in_disorder_are_refused);
    CPPUNIT_TEST(figures_that_are_not_finite_are_refused);
    CPPUNIT_TEST(yearly_targets_run_from_the_year_after_t0_to_the_target);
    CPPUNIT_TEST(whole_targets_go_one_way_and_end_on_the_target);
    CPPUNIT_TEST(a_target_that_is_not_whole_is_still_the_last_one);
    CPPUNIT_TEST(no_whole_plan_ever_turns_back);
    CPPUNIT_TEST(to_keep_t0_is_a_plan);
    CPPUNIT_TEST(trajectories_are_read_in_both_languages);
    CPPUNIT_TEST(the_largest_remainders_get_what_is_left);
    CPPUNIT_TEST(equal_remainders_go_to_the_larger_weight_then_in_order);
    CPPUNIT_TEST(a_remainder_of_rounding_only_is_no_remainder);
    CPPUNIT_TEST(a_negative_total_is_shared_as_its_opposite);
    CPPUNIT_TEST(a_zero_weight_gets_nothing);
    CPPUNIT_TEST(what_cannot_be_shared_is_refused);
    CPPUNIT_TEST(shares_are_whole_near_the_quota_and_add_up);
    CPPUNIT_TEST(attainment_is_the_share_of_the_way);
    CPPUNIT_TEST(to_keep_t0_has_no_share_of_the_way_without_a_sense);
    CPPUNIT_TEST(to_keep_t0_is_attained_by_what_is_as_good);
    CPPUNIT_TEST(the_trend_changes_at_its_bounds);
    CPPUNIT_TEST(a_share_on_a_bound_but_for_rounding_is_on_it);
    CPPUNIT_TEST(the_bounds_of_the_trend_are_parameters);
    CPPUNIT_TEST_SUITE_END();

    /// 100 in 2023, 200 in 2027: 25 more each year.
    void a_linear_target_goes_the_same_way_each_year()
    {
        const TargetPlan way = plan(100, 200, 4);
        CPPUNIT_ASSERT_EQUAL(100.0, target_at(way, 2023));
        CPPUNIT_ASSERT_EQUAL(125.0, target_at(way, 2024));
        CPPUNIT_ASSERT_EQUAL(150.0, target_at(way, 2025));
        CPPUNIT_ASSERT_EQUAL(200.0, target_at(way, 2027));
    }

    void a_figure_to_reduce_goes_down()
    {
        assert_values({17.5, 15, 12.5, 10}, yearly_targets(plan(20, 10, 4), false));
        assert_values({5, 0, -5, -10}, yearly_targets(plan(10, -10, 4), false));
    }

    void before_t0_there_is_no_target_and_after_the_end_it_stays()
    {
        const TargetPlan way = plan(100, 200, 4);
        assert_contains(refusal([&] { return target_at(way, 2022); }), "2022");
        CPPUNIT_ASSERT_EQUAL(200.0, target_at(way, 2028));
        CPPUNIT_ASSERT_EQUAL(200.0, target_at(way, std::numeric_limits<int>::max()));
    }

    /// 100 → 1600 in 4 years: ×2 a year. −400 → −100 in 2 years: ×½ a year.
    void a_geometric_target_grows_by_the_same_ratio_each_year()
    {
        assert_values({200, 400, 800, 1600},
                      yearly_targets(plan(100, 1600, 4, Trajectory::geometrique), false));
        assert_values({-200, -100}, yearly_targets(plan(-400, -100, 2, Trajectory::geometrique), false));
        CPPUNIT_ASSERT_EQUAL(100.0, target_at(plan(100, 1600, 4, Trajectory::geometrique), 2023));
    }

    void a_geometric_target_needs_one_sign_and_no_zero()
    {
        for (const auto& [t0, target] : {std::pair{0.0, 10.0}, {10.0, 0.0}, {-1.0, 1.0}, {0.0, 0.0}}) {
            const std::string message = refusal_of(plan(t0, target, 4, Trajectory::geometrique));
            assert_contains(message, "géométrique");
            assert_contains(message, "Choisir une trajectoire linéaire");
        }
    }

    /// The way is 100 long.
    void steps_are_the_share_of_the_way_gone_by_each_year()
    {
        const TargetPlan way = plan(100, 200, 4, Trajectory::paliers, {0.1, 0.5, 0.5, 1.0});
        assert_values({110, 150, 150, 200}, yearly_targets(way, false));
        CPPUNIT_ASSERT_EQUAL(100.0, target_at(way, 2023));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(150.0, target_at(way, 2026), 1e-9);
        assert_values({25, 20}, yearly_targets(plan(40, 20, 2, Trajectory::paliers, {0.75, 1.0}), false));
    }

    void steps_that_lead_nowhere_are_refused()
    {
        const std::vector<Values> refused{{},         {1.0},       {0.2, 0.5, 1.0}, {0.5, 0.4},
                                          {0.5, 0.9}, {-0.1, 1.0}, {0.5, 1.1},      {1.2, 1.0}};
        for (const Values& steps : refused)
            assert_contains(refusal_of(plan(0, 10, 2, Trajectory::paliers, steps)), "paliers");
        (void)refusal_of(plan(0, 10, 2, Trajectory::paliers, {std::nan(""), 1.0}));
    }

    void a_manual_trajectory_has_no_formula()
    {
        assert_contains(refusal_of(plan(0, 10, 2, Trajectory::manuelle)), "manuelle");
    }

    void years_in_disorder_are_refused()
    {
        assert_contains(refusal_of(plan(0, 10, 0)), "2023");
        assert_contains(refusal_of(plan(0, 10, -3)), "2020");
        assert_contains(refusal_of(plan(0, 10, longest_plan_years + 1)), "Vérifier les deux années");
        constexpr int first = std::numeric_limits<int>::min();
        constexpr int last = std::numeric_limits<int>::max();
        (void)refusal_of({0, 10, first, last, Trajectory::lineaire, {}});
        (void)refusal_of({0, 10, last, first, Trajectory::lineaire, {}});
        CPPUNIT_ASSERT_EQUAL(std::size_t{100}, yearly_targets(plan(0, 10, longest_plan_years), true).size());
    }

    void figures_that_are_not_finite_are_refused()
    {
        (void)refusal_of(plan(std::nan(""), 10, 2));
        (void)refusal_of(plan(10, infinite, 2));
    }

    void yearly_targets_run_from_the_year_after_t0_to_the_target()
    {
        assert_values({110, 120, 130}, yearly_targets(plan(100, 130, 3), false));
        assert_values({130}, yearly_targets(plan(100, 130, 1), false));
    }

    /// 10.75 11.5 12.25 13, and back 12.25 11.5 10.75 10: halves go away from 0.
    void whole_targets_go_one_way_and_end_on_the_target()
    {
        assert_values({11, 12, 12, 13}, yearly_targets(plan(10, 13, 4), true));
        assert_values({12, 12, 11, 10}, yearly_targets(plan(13, 10, 4), true));
        assert_values({-11, -12, -12, -13}, yearly_targets(plan(-10, -13, 4), true));
    }

    /// 12.574 is nearer to 13, which is beyond the target; 10.15 to 10, which is
    /// before T0. Between 10.2 and 10.8 there is no whole number.
    void a_target_that_is_not_whole_is_still_the_last_one()
    {
        assert_values({12, 12.6}, yearly_targets(plan(10, 12.6, 2, Trajectory::paliers, {0.99, 1.0}), true));
        assert_values({11, 11.9},
                      yearly_targets(plan(10.1, 11.9, 2, Trajectory::paliers, {0.05, 1.0}), true));
        const Values targets = yearly_targets(plan(10.2, 10.8, 3), true);
        CPPUNIT_ASSERT(goes_one_way(targets, 10.2));
        CPPUNIT_ASSERT_EQUAL(10.8, targets.back());
    }

    void no_whole_plan_ever_turns_back()
    {
        std::mt19937 random(2027);
        const auto figure = [&] { return (static_cast<double>(random() % 2001) - 1000.0) / 10.0; };
        for (int trial = 0; trial < 2000; ++trial) {
            TargetPlan way = plan(figure(), figure(), 1 + static_cast<int>(random() % 8));
            if (way.t0 * way.target > 0.0 && trial % 2 == 0)
                way.trajectory = Trajectory::geometrique;
            const Values targets = yearly_targets(way, true);
            CPPUNIT_ASSERT(goes_one_way(targets, way.t0));
            CPPUNIT_ASSERT_EQUAL(way.target, targets.back());
        }
    }

    void to_keep_t0_is_a_plan()
    {
        assert_values({40, 40, 40}, yearly_targets(plan(40, 40, 3), true));
        assert_values({40, 40, 40}, yearly_targets(plan(40, 40, 3, Trajectory::geometrique), true));
    }

    void trajectories_are_read_in_both_languages()
    {
        for (const char* text : {"", " ", "linéaire", "Lineaire", "linear"})
            CPPUNIT_ASSERT_MESSAGE(text, read_trajectory(text) == Trajectory::lineaire);
        for (const char* text : {"géométrique", "GEOMETRIQUE", "geometric"})
            CPPUNIT_ASSERT_MESSAGE(text, read_trajectory(text) == Trajectory::geometrique);
        for (const char* text : {"paliers", "Steps"})
            CPPUNIT_ASSERT_MESSAGE(text, read_trajectory(text) == Trajectory::paliers);
        for (const char* text : {"manuelle", "manual"})
            CPPUNIT_ASSERT_MESSAGE(text, read_trajectory(text) == Trajectory::manuelle);
        assert_contains(refusal([] { return read_trajectory("au pif"); }), "« au pif »");
    }

    /// Quotas of 10 by 3, 3, 1: 30/7 = 4.29, 4.29, 1.43: the third has the largest
    /// remainder. Of 100 by weights that add up to 100: the third again, of 0.8.
    void the_largest_remainders_get_what_is_left()
    {
        assert_values({4, 4, 2}, share_out(10, {3, 3, 1}));
        assert_values({47, 16, 16, 12, 6, 3}, share_out(100, {47, 16, 15.8, 12, 6.1, 3.1}));
        assert_values({60, 40}, share_out(100, {3, 2}));
    }

    /// 2 by 1 and 3: 0.5 and 1.5. 100 by three equal ones: 33.33 each.
    void equal_remainders_go_to_the_larger_weight_then_in_order()
    {
        assert_values({0, 2}, share_out(2, {1, 3}));
        assert_values({34, 33, 33}, share_out(100, {7, 7, 7}));
        assert_values({1, 0}, share_out(1, {5, 5}));
    }

    /// 0.1 + 0.2 is not 0.3 for a computer; the quotas are 1, 2 and 3 all the same.
    void a_remainder_of_rounding_only_is_no_remainder()
    {
        assert_values({1, 2, 3}, share_out(6, {0.1, 0.2, 0.3}));
        assert_values({3, 3, 3, 1}, share_out(10, {0.3, 0.3, 0.3, 0.1}));
    }

    void a_negative_total_is_shared_as_its_opposite()
    {
        assert_values({-34, -33, -33}, share_out(-100, {7, 7, 7}));
        for (const double share : share_out(-1, {5, 0}))
            CPPUNIT_ASSERT(share != 0.0 || !std::signbit(share)); // « -0 » is no figure
    }

    void a_zero_weight_gets_nothing()
    {
        assert_values({0, 3, 0, 2}, share_out(5, {0, 1, 0, 1}));
        assert_values({0, 0}, share_out(0, {1, 2}));
    }

    void what_cannot_be_shared_is_refused()
    {
        const std::vector<Values> refused{{}, {0, 0}, {1, -1}, {1, std::nan("")}, {1, infinite}};
        for (const Values& weights : refused)
            (void)refusal([&] { return share_out(10, weights); });
        for (const double total : {10.5, -0.1, std::nan(""), infinite, 1e17})
            (void)refusal([&] { return share_out(total, {1, 2}); });
        assert_contains(refusal([] { return share_out(10.5, {1, 2}); }), "10,5");
    }

    void shares_are_whole_near_the_quota_and_add_up()
    {
        std::mt19937 random(11);
        for (int trial = 0; trial < 2000; ++trial) {
            Values weights;
            for (std::size_t i = 0; i <= random() % 12; ++i)
                weights.push_back(static_cast<double>(random() % 5000) / 7.0);
            weights.push_back(1.0);
            const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
            const auto total = static_cast<double>(random() % 4000);
            const Values shares = share_out(total, weights);
            CPPUNIT_ASSERT_EQUAL(total, std::accumulate(shares.begin(), shares.end(), 0.0));
            for (std::size_t i = 0; i < shares.size(); ++i) {
                CPPUNIT_ASSERT_EQUAL(std::trunc(shares[i]), shares[i]);
                CPPUNIT_ASSERT(std::abs(shares[i] - total * weights[i] / sum) < 1.0 + 1e-9);
            }
        }
    }

    void attainment_is_the_share_of_the_way()
    {
        CPPUNIT_ASSERT_EQUAL(0.5, attainment(150, 100, 200).value());
        CPPUNIT_ASSERT_EQUAL(1.5, attainment(250, 100, 200).value());
        CPPUNIT_ASSERT_EQUAL(-0.25, attainment(75, 100, 200).value());
        CPPUNIT_ASSERT_EQUAL(0.75, attainment(25, 40, 20).value()); // to reduce: 15 of 20
        CPPUNIT_ASSERT_EQUAL(0.75, attainment(25, 40, 20, false));
        CPPUNIT_ASSERT_EQUAL(-0.5, attainment(50, 40, 20, false));
        CPPUNIT_ASSERT_EQUAL(0.5, attainment(150, 100, 200, true));
    }

    void to_keep_t0_has_no_share_of_the_way_without_a_sense()
    {
        CPPUNIT_ASSERT(!attainment(50, 40, 40).is_known());
        CPPUNIT_ASSERT(!attainment(40, 40, 40).is_known());
    }

    void to_keep_t0_is_attained_by_what_is_as_good()
    {
        CPPUNIT_ASSERT_EQUAL(1.0, attainment(40, 40, 40, true));
        CPPUNIT_ASSERT_EQUAL(1.0, attainment(41, 40, 40, true));
        CPPUNIT_ASSERT_EQUAL(0.0, attainment(39, 40, 40, true));
        CPPUNIT_ASSERT_EQUAL(1.0, attainment(40, 40, 40, false));
        CPPUNIT_ASSERT_EQUAL(1.0, attainment(39, 40, 40, false));
        CPPUNIT_ASSERT_EQUAL(0.0, attainment(41, 40, 40, false));
    }

    void the_trend_changes_at_its_bounds()
    {
        const auto label = [](double share) { return std::string(label_of(trend_of(share))); };
        CPPUNIT_ASSERT_EQUAL(std::string("atteint"), label(1.2));
        CPPUNIT_ASSERT_EQUAL(std::string("atteint"), label(1.0));
        CPPUNIT_ASSERT_EQUAL(std::string("en bonne voie"), label(0.999));
        CPPUNIT_ASSERT_EQUAL(std::string("en bonne voie"), label(0.8));
        CPPUNIT_ASSERT_EQUAL(std::string("en retard"), label(0.799));
        CPPUNIT_ASSERT_EQUAL(std::string("en retard"), label(0.0));
        CPPUNIT_ASSERT_EQUAL(std::string("recul"), label(-0.001));
    }

    /// 0.08 of 0.1 is 80 %, for a computer a hair less.
    void a_share_on_a_bound_but_for_rounding_is_on_it()
    {
        CPPUNIT_ASSERT(attainment(0.18, 0.1, 0.2).value() < 0.8);
        CPPUNIT_ASSERT(trend_of(attainment(0.18, 0.1, 0.2).value()) == Trend::en_bonne_voie);
    }

    void the_bounds_of_the_trend_are_parameters()
    {
        CPPUNIT_ASSERT(trend_of(0.9, {0.9, 0.5}) == Trend::atteint);
        CPPUNIT_ASSERT(trend_of(0.5, {0.9, 0.5}) == Trend::en_bonne_voie);
        for (const TrendBounds bounds : {TrendBounds{0.8, 1.0}, {1.0, 0.0}, {1.0, -0.5}, {std::nan(""), 0.8}})
            assert_contains(refusal([&] { return trend_of(0.5, bounds); }), "seuil bonne voie");
        (void)refusal([] { return trend_of(std::nan("")); });
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TargetsTest);
