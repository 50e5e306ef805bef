#include "core/classes.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include <cppunit/extensions/HelperMacros.h>

#include "core/error.hpp"

using namespace pacte;

namespace {

using Values = std::vector<double>;

double deviation_of(Values::const_iterator first, Values::const_iterator last)
{
    const double mean = std::accumulate(first, last, 0.0) / static_cast<double>(last - first);
    return std::accumulate(
        first, last, 0.0, [mean](double sum, double value) { return sum + (value - mean) * (value - mean); });
}

/// The sum of squares within the classes that these bounds make.
double deviation_within(const Values& sorted, const Values& bounds)
{
    double sum = 0.0;
    for (auto first = sorted.begin(); first != sorted.end();) {
        const int index = class_of(*first, bounds);
        const auto last =
            std::find_if(first, sorted.end(), [&](double value) { return class_of(value, bounds) != index; });
        sum += deviation_of(first, last);
        first = last;
    }
    return sum;
}

/// The least one, by trying every cut between two different values.
double least_deviation(const Values& sorted, Values::const_iterator first, int classes)
{
    if (classes == 1)
        return deviation_of(first, sorted.end());
    double least = std::numeric_limits<double>::infinity();
    for (auto cut = first + 1; cut < sorted.end(); ++cut)
        if (*cut != *(cut - 1))
            least = std::min(least, deviation_of(first, cut) + least_deviation(sorted, cut, classes - 1));
    return least;
}

/// The least one by Fisher's recurrence as he wrote it: every last class is tried for
/// every series, none is ruled out by where that of a shorter series began. (A class
/// that deviates by itself as much as the best cut found ends the trial: it only grows.)
double least_by_recurrence(const Values& sorted, int classes)
{
    Values distinct = sorted;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    const std::size_t count = distinct.size();
    Values weights;
    for (const double value : distinct) {
        const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
        weights.push_back(static_cast<double>(last - first));
    }
    Values least(count, std::numeric_limits<double>::infinity());
    for (int k = 1; k <= classes; ++k) {
        const Values shorter = least;
        for (std::size_t j = 0; j < count; ++j) {
            // Of the class i…j, one value at a time (Welford, 1962).
            double weight = 0.0;
            double mean = 0.0;
            double deviation = 0.0;
            double best = std::numeric_limits<double>::infinity();
            for (std::size_t i = j + 1; i-- > 0 && deviation < best;) {
                const double step = distinct[i] - mean;
                weight += weights[i];
                mean += step * weights[i] / weight;
                deviation += weights[i] * step * (distinct[i] - mean);
                if (k > 1 && i > 0)
                    best = std::min(best, shorter[i - 1] + deviation);
                else if (i == 0)
                    best = std::min(best, deviation);
            }
            least[j] = best;
        }
    }
    return least.back();
}

int distinct_count(Values values)
{
    std::sort(values.begin(), values.end());
    return static_cast<int>(std::unique(values.begin(), values.end()) - values.begin());
}

/// Skewed, as incomes and populations are; the same on every machine.
Values skewed_values(std::size_t count, std::mt19937& random)
{
    Values values;
    for (std::size_t i = 0; i < count; ++i) {
        const double uniform = (static_cast<double>(random() % 1000000) + 0.5) / 1e6;
        values.push_back(std::round(1000.0 * std::pow(1.0 - uniform, -0.7)));
    }
    return values;
}

void assert_bounds(const Values& expected, const Values& actual)
{
    CPPUNIT_ASSERT_EQUAL(expected.size(), actual.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        CPPUNIT_ASSERT_DOUBLES_EQUAL(expected[i], actual[i], 1e-9 * std::max(1.0, std::abs(expected[i])));
}

void assert_refused(const Values& values, int classes, const char* method)
{
    try {
        (void)breaks(values, classes, method);
    } catch (const Failure& failure) {
        CPPUNIT_ASSERT(failure.cause() == Failure::Cause::bad_value);
        return;
    }
    CPPUNIT_FAIL(std::string("accepted: ") + method);
}

} // namespace

class ClassesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassesTest);
    CPPUNIT_TEST(natural_breaks_separate_the_groups_one_sees);
    CPPUNIT_TEST(natural_breaks_are_as_good_as_brute_force);
    CPPUNIT_TEST(natural_breaks_with_ties_are_as_good_as_brute_force);
    CPPUNIT_TEST(equal_values_always_share_a_class);
    CPPUNIT_TEST(fewer_distinct_values_give_fewer_classes);
    CPPUNIT_TEST(one_value_alone_is_one_class);
    CPPUNIT_TEST(the_order_of_the_values_does_not_matter);
    CPPUNIT_TEST(large_figures_that_differ_little_keep_their_classes);
    CPPUNIT_TEST(negative_figures_have_natural_breaks_too);
    CPPUNIT_TEST(all_the_communes_of_france_are_cut_fast_and_no_bound_can_be_bettered);
    CPPUNIT_TEST(of_all_the_communes_of_france_the_recurrence_of_fisher_finds_no_better_cut);
    CPPUNIT_TEST(quantiles_are_of_type_7);
    CPPUNIT_TEST(quantiles_on_which_values_pile_up_are_fewer);
    CPPUNIT_TEST(quantiles_leave_no_class_empty);
    CPPUNIT_TEST(equal_classes_have_one_width);
    CPPUNIT_TEST(a_bound_that_falls_on_a_value_is_that_value);
    CPPUNIT_TEST(standard_deviations_are_symmetric_about_the_mean);
    CPPUNIT_TEST(geometric_classes_have_one_ratio);
    CPPUNIT_TEST(geometric_classes_refuse_zero_and_mixed_signs);
    CPPUNIT_TEST(q6_cuts_at_its_five_shares_whatever_the_number_of_classes);
    CPPUNIT_TEST(methods_are_read_in_both_languages_whatever_their_accents);
    CPPUNIT_TEST(what_cannot_be_cut_is_refused);
    CPPUNIT_TEST(classes_are_closed_on_the_left_and_the_last_one_on_both_sides);
    CPPUNIT_TEST(a_value_outside_the_bounds_has_no_class);
    CPPUNIT_TEST(a_last_class_of_one_value_is_found);
    CPPUNIT_TEST_SUITE_END();

    /// Three groups: 1 2 3, 10 11 12, 20 22; each inner bound opens the upper one.
    void natural_breaks_separate_the_groups_one_sees()
    {
        assert_bounds({1, 10, 20, 22}, breaks({1, 2, 3, 10, 11, 12, 20, 22}, 3));
        assert_bounds({1, 10, 10}, breaks({1, 2, 10}, 2));
        assert_bounds({1, 12}, breaks({1, 5, 12}, 1));
    }

    void natural_breaks_are_as_good_as_brute_force()
    {
        std::mt19937 random(20240101);
        for (std::size_t n = 1; n <= 14; ++n)
            for (int k = 1; k <= 5; ++k)
                for (int trial = 0; trial < (n <= 10 ? 20 : 5); ++trial)
                    compare_with_brute_force(skewed_values(n, random), k);
    }

    /// Drawn from 6 values only, most of them come several times.
    void natural_breaks_with_ties_are_as_good_as_brute_force()
    {
        std::mt19937 random(43);
        for (std::size_t n = 1; n <= 14; ++n)
            for (int k = 1; k <= 5; ++k)
                for (int trial = 0; trial < (n <= 10 ? 20 : 5); ++trial) {
                    Values values;
                    for (std::size_t i = 0; i < n; ++i)
                        values.push_back(static_cast<double>(random() % 6) * 2.5 - 5.0);
                    compare_with_brute_force(values, k);
                }
    }

    /// Without ties kept whole, {5, 5, 5, 5} would be cut in two: 1 and 9 are few.
    void equal_values_always_share_a_class()
    {
        assert_bounds({1, 5, 9, 9}, breaks({1, 5, 5, 5, 5, 9}, 3));
        assert_bounds({1, 5, 9, 9}, breaks({1, 5, 5, 5, 5, 9}, 5));
        assert_bounds({0, 7, 7}, breaks({0, 0, 0, 0, 0, 0, 7}, 5));
    }

    void fewer_distinct_values_give_fewer_classes()
    {
        for (const char* method :
             {"naturelles", "quantiles", "égales", "écarts-types", "géométriques", "q6"}) {
            const Values bounds = breaks({4, 8, 4, 8, 8}, 5, method);
            CPPUNIT_ASSERT_MESSAGE(method, bounds.size() <= 3);
            CPPUNIT_ASSERT_MESSAGE(method, std::is_sorted(bounds.begin(), bounds.end()));
            CPPUNIT_ASSERT_EQUAL(4.0, bounds.front());
            CPPUNIT_ASSERT_EQUAL(8.0, bounds.back());
        }
    }

    void one_value_alone_is_one_class()
    {
        for (const char* method :
             {"naturelles", "quantiles", "égales", "écarts-types", "géométriques", "q6"}) {
            const Values bounds = breaks({12.5, 12.5, 12.5}, 5, method);
            assert_bounds({12.5, 12.5}, bounds);
            CPPUNIT_ASSERT_EQUAL(0, class_of(12.5, bounds));
        }
    }

    void the_order_of_the_values_does_not_matter()
    {
        CPPUNIT_ASSERT(breaks({22, 3, 11, 1, 20, 12, 2, 10}, 3) == breaks({1, 2, 3, 10, 11, 12, 20, 22}, 3));
    }

    /// The squares of 10¹² have 24 digits, a double holds 16: without the shift
    /// by the mean the differences would be noise.
    void large_figures_that_differ_little_keep_their_classes()
    {
        constexpr double far = 1e12;
        assert_bounds({far, far + 10, far + 20, far + 22},
                      breaks({far, far + 1, far + 2, far + 10, far + 11, far + 12, far + 20, far + 22}, 3));
        assert_bounds({far, far + 0.5, far + 0.625},
                      breaks({far, far + 0.125, far + 0.25, far + 0.5, far + 0.625}, 2));
    }

    void negative_figures_have_natural_breaks_too()
    {
        assert_bounds({-22, -12, -3, -1}, breaks({-1, -2, -3, -10, -11, -12, -20, -22}, 3));
    }

    void all_the_communes_of_france_are_cut_fast_and_no_bound_can_be_bettered()
    {
        std::mt19937 random(34969);
        Values values = skewed_values(35000, random);
        const auto start = std::chrono::steady_clock::now();
        const Values bounds = breaks(values, 7);
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, bounds.size());
        CPPUNIT_ASSERT(elapsed.count() < 2.0); // some 10 ms where nothing else runs

        std::sort(values.begin(), values.end());
        Values distinct = values;
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        const double least = deviation_within(values, bounds);
        for (std::size_t b = 1; b + 1 < bounds.size(); ++b)
            for (const int step : {-100, -10, -1, 1, 10, 100})
                CPPUNIT_ASSERT(deviation_within(values, moved(bounds, b, step, distinct)) >=
                               least * (1.0 - 1e-9));
    }

    /// 1 … 10 in R: quantile(1:10) gives 3.25, 5.5 and 7.75 (position 9 p).
    void of_all_the_communes_of_france_the_recurrence_of_fisher_finds_no_better_cut()
    {
        std::mt19937 random(34969);
        Values values = skewed_values(35000, random);
        const Values bounds = breaks(values, 7);
        std::sort(values.begin(), values.end());
        const double least = least_by_recurrence(values, 7);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(least, deviation_within(values, bounds), 1e-9 * least);
    }

    void quantiles_are_of_type_7()
    {
        assert_bounds({1, 3.25, 5.5, 7.75, 10}, breaks({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 4, "quantiles"));
        assert_bounds({10, 25, 40}, breaks({10, 20, 30, 40}, 2, "quantiles"));
    }

    /// Positions 1.75, 3.5 and 5.25 of {0 0 0 0 0 4 8 12}: 0, 0 and 5.
    void quantiles_on_which_values_pile_up_are_fewer()
    {
        assert_bounds({0, 5, 12}, breaks({0, 0, 0, 0, 0, 4, 8, 12}, 4, "quantiles"));
    }

    /// Positions 1.5, 3 and 4.5 of {0 1 2 2 3 4 5}: 1.5, 2 and 3.5; no value lies
    /// in [1.5, 2[.
    void quantiles_leave_no_class_empty()
    {
        assert_bounds({0, 2, 3.5, 5}, breaks({0, 1, 2, 2, 3, 4, 5}, 4, "quantiles"));
    }

    void equal_classes_have_one_width()
    {
        assert_bounds({0, 2.5, 5, 7.5, 10}, breaks({10, 0, 1, 4}, 4, "égales"));
        assert_bounds({-30, -10, 10, 30}, breaks({-30, -29, 30}, 3, "égales"));
    }

    /// In floating point 7/11 × 1.1 is a hair more than 0.7, and 7/25 × 25 than 7:
    /// the value would fall in the class below its own.
    void a_bound_that_falls_on_a_value_is_that_value()
    {
        Values tenths;
        for (int i = 0; i <= 11; ++i)
            tenths.push_back(i / 10.0);
        const Values widths = breaks(tenths, 11, "égales");
        for (int i = 0; i < 11; ++i)
            CPPUNIT_ASSERT_EQUAL(i, class_of(tenths[static_cast<std::size_t>(i)], widths));
        Values whole(26);
        std::iota(whole.begin(), whole.end(), 0.0);
        const Values ranks = breaks(whole, 25, "quantiles");
        for (int i = 0; i < 25; ++i)
            CPPUNIT_ASSERT_EQUAL(i, class_of(i, ranks));
    }

    /// {2 4 4 4 5 5 7 9}: mean 5, standard deviation √(32/8) = 2. Even: bounds at 3,
    /// 5, 7. Odd: at 2, 4, 6, 8, and the class below 2 is left out.
    void standard_deviations_are_symmetric_about_the_mean()
    {
        const Values values{2, 4, 4, 4, 5, 5, 7, 9};
        assert_bounds({2, 3, 5, 7, 9}, breaks(values, 4, "écarts-types"));
        assert_bounds({2, 4, 6, 8, 9}, breaks(values, 5, "écarts-types"));
    }

    void geometric_classes_have_one_ratio()
    {
        assert_bounds({1, 10, 100, 1000}, breaks({1, 10, 100, 1000}, 3, "géométriques"));
        assert_bounds({-1000, -100, -10, -1}, breaks({-1, -10, -100, -1000}, 3, "géométriques"));
        assert_bounds({3, 6, 12, 24}, breaks({3, 5, 7, 24}, 3, "géométriques"));
    }

    void geometric_classes_refuse_zero_and_mixed_signs()
    {
        assert_refused({0, 1, 2}, 3, "géométriques");
        assert_refused({-3, -1, 0}, 3, "géométriques");
        assert_refused({-1, 1, 2}, 3, "géométriques");
    }

    /// 0 … 100: the position of a share is the share in per cent.
    void q6_cuts_at_its_five_shares_whatever_the_number_of_classes()
    {
        Values values(101);
        std::iota(values.begin(), values.end(), 0.0);
        assert_bounds({0, 5, 27.5, 50, 72.5, 95, 100}, breaks(values, 5, "q6"));
        assert_bounds({0, 5, 27.5, 50, 72.5, 95, 100}, breaks(values, 1, "Q6"));
    }

    void methods_are_read_in_both_languages_whatever_their_accents()
    {
        const Values values{1, 2, 4, 8, 16, 32, 64};
        const std::vector<std::vector<const char*>> synonyms{
            {"naturelles", "", "Naturelles", "jenks", "Natural breaks"},
            {"quantiles", "Quantiles", "quantile"},
            {"égales", "EGALES", "amplitudes égales", "equal"},
            {"écarts-types", "ecarts types", "Standard deviations"},
            {"géométriques", "geometriques", "geometric"},
        };
        for (const auto& names : synonyms)
            for (const char* name : names)
                CPPUNIT_ASSERT_MESSAGE(name, breaks(values, 4, name) == breaks(values, 4, names.front()));
    }

    void what_cannot_be_cut_is_refused()
    {
        assert_refused({}, 5, "naturelles");
        assert_refused({1, 2}, 0, "naturelles");
        assert_refused({1, 2}, -3, "quantiles");
        assert_refused({1, 2}, most_classes + 1, "naturelles");
        assert_refused({1, 2}, 2, "au hasard");
        assert_refused({1, std::nan("")}, 2, "naturelles");
        assert_refused({1, std::numeric_limits<double>::infinity()}, 2, "égales");
    }

    void classes_are_closed_on_the_left_and_the_last_one_on_both_sides()
    {
        const Values bounds{0, 10, 20, 30};
        CPPUNIT_ASSERT_EQUAL(0, class_of(0, bounds));
        CPPUNIT_ASSERT_EQUAL(0, class_of(9.999, bounds));
        CPPUNIT_ASSERT_EQUAL(1, class_of(10, bounds));
        CPPUNIT_ASSERT_EQUAL(2, class_of(20, bounds));
        CPPUNIT_ASSERT_EQUAL(2, class_of(30, bounds));
    }

    void a_value_outside_the_bounds_has_no_class()
    {
        CPPUNIT_ASSERT_EQUAL(-1, class_of(-0.001, {0, 10}));
        CPPUNIT_ASSERT_EQUAL(-1, class_of(10.001, {0, 10}));
        CPPUNIT_ASSERT_EQUAL(-1, class_of(std::nan(""), {0, 10}));
        CPPUNIT_ASSERT_EQUAL(-1, class_of(1, {}));
        CPPUNIT_ASSERT_EQUAL(-1, class_of(1, {1}));
    }

    void a_last_class_of_one_value_is_found()
    {
        CPPUNIT_ASSERT_EQUAL(0, class_of(9, {1, 10, 10}));
        CPPUNIT_ASSERT_EQUAL(1, class_of(10, {1, 10, 10}));
    }

private:
    static void compare_with_brute_force(Values values, int classes)
    {
        const Values bounds = breaks(values, classes);
        std::sort(values.begin(), values.end());
        const int expected = std::min(classes, distinct_count(values));
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(expected) + 1, bounds.size());
        const double least = least_deviation(values, values.begin(), expected);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(least, deviation_within(values, bounds), 1e-9 * std::max(1.0, least));
    }

    /// The bounds, one of them moved by some distinct values, as far as its
    /// neighbours allow.
    static Values moved(Values bounds, std::size_t bound, int step, const Values& distinct)
    {
        const auto at = std::lower_bound(distinct.begin(), distinct.end(), bounds[bound]) - distinct.begin();
        const auto last = static_cast<std::ptrdiff_t>(distinct.size()) - 1;
        const auto to = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + step, 1, last));
        bounds[bound] = std::clamp(distinct[to], bounds[bound - 1], bounds[bound + 1]);
        return bounds;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClassesTest);
