#include "core/typology.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include <cppunit/extensions/HelperMacros.h>

#include "core/composite_index.hpp"
#include "core/error.hpp"

using namespace pacte;

namespace {

TypologyVariable variable(std::string label, const std::vector<double>& figures)
{
    TypologyVariable result{std::move(label), {}};
    for (const double figure : figures)
        result.figures.push_back(Quantity::known(figure));
    return result;
}

std::vector<TypologyVariable> random_shares(std::size_t variables, std::size_t epcis, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> draw(0.0, 100.0);
    std::vector<TypologyVariable> result;
    for (std::size_t v = 0; v < variables; ++v) {
        std::vector<double> figures(epcis);
        std::generate(figures.begin(), figures.end(), [&] { return draw(random); });
        result.push_back(variable("v" + std::to_string(v), figures));
    }
    return result;
}

/// Σ of the squared distances to the means of the classes, straight from the
/// definition, as a share of that to the mean of all.
double within_share(const std::vector<TypologyVariable>& variables, const std::vector<int>& class_of)
{
    const auto inertia = [&](const std::vector<int>& classes) {
        double sum = 0.0;
        for (const TypologyVariable& v : variables) {
            const auto scores = standardised(v.figures, Standardisation::z_score);
            for (std::size_t i = 0; i < scores.size(); ++i) {
                double mean = 0.0;
                double count = 0.0;
                for (std::size_t j = 0; j < scores.size(); ++j)
                    if (classes[j] == classes[i]) {
                        mean += scores[j].value();
                        count += 1.0;
                    }
                sum += (scores[i].value() - mean / count) * (scores[i].value() - mean / count);
            }
        }
        return sum;
    };
    return inertia(class_of) / inertia(std::vector<int>(class_of.size(), 0));
}

} // namespace

class TypologyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TypologyTest);
    CPPUNIT_TEST(groups_that_stand_apart_are_found);
    CPPUNIT_TEST(a_class_is_described_by_what_sets_it_apart);
    CPPUNIT_TEST(no_move_of_one_epci_makes_it_better);
    CPPUNIT_TEST(the_optimum_is_found_or_nearly);
    CPPUNIT_TEST(the_order_of_the_rows_changes_nothing);
    CPPUNIT_TEST(an_epci_with_an_unknown_figure_is_not_classed);
    CPPUNIT_TEST(equal_epci_share_a_class);
    CPPUNIT_TEST(bad_arguments_are_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void groups_that_stand_apart_are_found()
    {
        const Typology result = typology({variable("retraités", {10, 40, 11, 41, 12, 42, 43}),
                                          variable("jeunes", {30, 5, 31, 6, 32, 7, 8})},
                                         2);
        CPPUNIT_ASSERT(result.class_of == (std::vector<int>{1, 0, 1, 0, 1, 0, 0}));
        CPPUNIT_ASSERT(result.classes[0].members == (std::vector<std::size_t>{1, 3, 5, 6}));
        CPPUNIT_ASSERT(result.within_share < 0.02);
    }

    void a_class_is_described_by_what_sets_it_apart()
    {
        const Typology result =
            typology({variable("retraités", {10, 40, 10, 40}), variable("neutre", {1, 1, 2, 2})}, 2);
        const TypologyClass& young = result.classes[static_cast<std::size_t>(result.class_of[0])];
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, young.traits.size());
        CPPUNIT_ASSERT_EQUAL(-1.0, young.traits[0].deviations); // (10 − 25)/15
        CPPUNIT_ASSERT_EQUAL(std::string("Au-dessous de la moyenne : retraités (10 contre 25)."),
                             young.description);
        const Typology one = typology({variable("retraités", {10, 40})}, 1);
        CPPUNIT_ASSERT_EQUAL(std::string("Proche de la moyenne sur toutes les variables."),
                             one.classes[0].description);
    }

    void no_move_of_one_epci_makes_it_better()
    {
        for (unsigned seed = 1; seed <= 5; ++seed) {
            const auto variables = random_shares(3, 40, seed);
            const Typology result = typology(variables, 4);
            CPPUNIT_ASSERT_DOUBLES_EQUAL(within_share(variables, result.class_of), result.within_share,
                                         1e-12);
            for (std::size_t i = 0; i < 40; ++i)
                for (int k = 0; k < 4; ++k) {
                    auto moved = result.class_of;
                    moved[i] = k;
                    CPPUNIT_ASSERT(within_share(variables, moved) >= result.within_share - 1e-9);
                }
        }
    }

    void the_optimum_is_found_or_nearly()
    {
        // Brute force over the 2^9 partitions in two classes.
        for (unsigned seed = 10; seed < 20; ++seed) {
            const auto variables = random_shares(2, 10, seed);
            double best = 1.0;
            for (unsigned cut = 1; cut < 512; ++cut) {
                std::vector<int> class_of(10);
                for (unsigned i = 0; i < 10; ++i)
                    class_of[i] = static_cast<int>(cut >> i & 1U);
                best = std::min(best, within_share(variables, class_of));
            }
            const double found = typology(variables, 2).within_share;
            CPPUNIT_ASSERT(found >= best - 1e-9 && found <= best * 1.15);
        }
    }

    void the_order_of_the_rows_changes_nothing()
    {
        const auto variables = random_shares(4, 60, 30);
        const Typology expected = typology(variables, 5);
        std::vector<std::size_t> order(60);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::shuffle(order.begin(), order.end(), std::mt19937(1));
        auto shuffled = variables;
        for (std::size_t v = 0; v < variables.size(); ++v)
            for (std::size_t i = 0; i < order.size(); ++i)
                shuffled[v].figures[i] = variables[v].figures[order[i]];
        const Typology actual = typology(shuffled, 5);
        for (std::size_t i = 0; i < order.size(); ++i)
            for (std::size_t j = 0; j < order.size(); ++j)
                CPPUNIT_ASSERT_EQUAL(expected.class_of[order[i]] == expected.class_of[order[j]],
                                     actual.class_of[i] == actual.class_of[j]);
    }

    void an_epci_with_an_unknown_figure_is_not_classed()
    {
        auto variables = random_shares(2, 8, 40);
        variables[1].figures[3] = Quantity::secret();
        const Typology result = typology(variables, 2);
        CPPUNIT_ASSERT_EQUAL(-1, result.class_of[3]);
        CPPUNIT_ASSERT_EQUAL(std::size_t{7},
                             result.classes[0].members.size() + result.classes[1].members.size());
    }

    void equal_epci_share_a_class()
    {
        const Typology result = typology({variable("v", {1, 1, 1, 5, 5})}, 4);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.classes.size());
        CPPUNIT_ASSERT(result.class_of == (std::vector<int>{0, 0, 0, 1, 1}));
        CPPUNIT_ASSERT_EQUAL(0.0, result.within_share);
    }

    void bad_arguments_are_refused()
    {
        CPPUNIT_ASSERT_THROW((void)typology({}, 2), Failure);
        CPPUNIT_ASSERT_THROW((void)typology({variable("v", {1, 2})}, 0), Failure);
        CPPUNIT_ASSERT_THROW((void)typology({variable("v", {1, 2}), variable("w", {1})}, 2), Failure);
        CPPUNIT_ASSERT_THROW((void)typology({variable("v", {3, 3, 3})}, 2), Failure);
        CPPUNIT_ASSERT_THROW((void)typology({{"v", {Quantity::unknown()}}}, 2), Failure);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TypologyTest);
