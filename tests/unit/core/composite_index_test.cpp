#include "core/composite_index.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <cppunit/extensions/HelperMacros.h>

#include "core/error.hpp"

using namespace pacte;

namespace {

std::vector<Quantity> known(std::initializer_list<double> figures)
{
    std::vector<Quantity> result;
    for (const double figure : figures)
        result.push_back(Quantity::known(figure));
    return result;
}

void assert_values(std::initializer_list<double> expected, const CompositeIndex& index)
{
    CPPUNIT_ASSERT_EQUAL(expected.size(), index.values.size());
    std::size_t i = 0;
    for (const double value : expected) {
        CPPUNIT_ASSERT(index.values[i].is_known());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(value, index.values[i++].value(), 1e-9);
    }
}

} // namespace

class CompositeIndexTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CompositeIndexTest);
    CPPUNIT_TEST(one_variable_is_rescaled);
    CPPUNIT_TEST(min_max_is_as_worked_out_by_hand);
    CPPUNIT_TEST(z_scores_are_as_worked_out_by_hand);
    CPPUNIT_TEST(a_variable_whose_increase_is_good_is_turned);
    CPPUNIT_TEST(weights_weigh);
    CPPUNIT_TEST(what_is_not_known_is_left_out_down_to_half_of_the_weights);
    CPPUNIT_TEST(a_constant_variable_counts_for_nothing);
    CPPUNIT_TEST(a_constant_index_is_said);
    CPPUNIT_TEST(units_do_not_matter);
    CPPUNIT_TEST(bad_arguments_are_refused);
    CPPUNIT_TEST(methods_are_read);
    CPPUNIT_TEST_SUITE_END();

public:
    void one_variable_is_rescaled()
    {
        assert_values({0.0, 25.0, 100.0}, composite_index({{known({10, 15, 30})}}));
    }

    void min_max_is_as_worked_out_by_hand()
    {
        // (0 + 1)/2, (0.5 + 0)/2, (1 + 0.6)/2 = 0.5, 0.25, 0.8: from 0.25 to 0.8.
        assert_values(
            {100 * 0.25 / 0.55, 0.0, 100.0},
            composite_index({{known({0, 5, 10})}, {known({15, 10, 13})}}, Standardisation::min_max));
    }

    void z_scores_are_as_worked_out_by_hand()
    {
        // 0, 5, 10: mean 5, deviation √(50/3). 2, 2, 8: mean 4, deviation √8.
        const double a = 5.0 / std::sqrt(50.0 / 3.0);
        const double b = 2.0 / std::sqrt(8.0);
        const double low = -a - b; // then 0 − b, and a + 2 b
        assert_values({0.0, 100.0 * (-b - low) / (a + 2 * b - low), 100.0},
                      composite_index({{known({0, 5, 10})}, {known({2, 2, 8})}}));
    }

    void a_variable_whose_increase_is_good_is_turned()
    {
        assert_values({100.0, 75.0, 0.0}, composite_index({{known({10, 15, 30}), false}}));
    }

    void weights_weigh()
    {
        // (3·0 + 1)/4, (3·1 + 0)/4, (3·0.5 + 0.5)/4
        assert_values({0.0, 100.0, 50.0},
                      composite_index({{known({0, 10, 5}), true, 3.0}, {known({9, 3, 6}), true, 1.0}},
                                      Standardisation::min_max));
        assert_values({0.0, 100.0, 50.0},
                      composite_index({{known({0, 10, 5})}, {known({1, 2, 9}), true, 0.0}}));
    }

    void what_is_not_known_is_left_out_down_to_half_of_the_weights()
    {
        auto first = known({0, 10, 5, 0});
        first[3] = Quantity::secret();
        auto second = known({0, 10, 5, 10});
        const CompositeIndex half = composite_index({{first}, {second}}, Standardisation::min_max);
        assert_values({0.0, 100.0, 50.0, 100.0}, half); // the second alone, half of the weights
        const CompositeIndex less =
            composite_index({{first, true, 1.01}, {second, true, 1.0}}, Standardisation::min_max);
        CPPUNIT_ASSERT(!less.values[3].is_known());
        CPPUNIT_ASSERT(less.values[2].is_known());
        CPPUNIT_ASSERT(!less.is_constant);
    }

    void a_constant_variable_counts_for_nothing()
    {
        auto first = known({0, 10, 5});
        first[2] = Quantity::unknown();
        // Without the constant one, the third territory would have no more than
        // half of the weights from it.
        const CompositeIndex index = composite_index({{first}, {known({7, 7, 7}), true, 9.0}});
        CPPUNIT_ASSERT(!index.values[2].is_known());
        CPPUNIT_ASSERT_EQUAL(100.0, index.values[1].value());
    }

    void a_constant_index_is_said()
    {
        for (const auto& index : {composite_index({{known({7, 7, 7})}}), composite_index({{known({7})}}),
                                  composite_index({{known({1, 2})}, {known({2, 1})}})}) {
            CPPUNIT_ASSERT(index.is_constant);
            CPPUNIT_ASSERT(!index.values[0].is_known());
        }
        const CompositeIndex nothing = composite_index({{{Quantity::unknown(), Quantity::secret()}}});
        CPPUNIT_ASSERT(!nothing.is_constant);
        CPPUNIT_ASSERT(!nothing.values[0].is_known());
    }

    void units_do_not_matter()
    {
        std::mt19937 random(43);
        std::uniform_real_distribution<double> draw(0.0, 100.0);
        for (const auto method : {Standardisation::z_score, Standardisation::min_max}) {
            std::vector<IndexVariable> variables(4);
            for (IndexVariable& variable : variables)
                for (int i = 0; i < 30; ++i)
                    variable.figures.push_back(Quantity::known(draw(random)));
            auto others = variables;
            for (Quantity& figure : others[1].figures)
                figure = Quantity::known(figure.value() * 1000.0 + 12.0);
            const auto expected = composite_index(variables, method);
            const auto actual = composite_index(others, method);
            for (std::size_t i = 0; i < expected.values.size(); ++i)
                CPPUNIT_ASSERT_DOUBLES_EQUAL(expected.values[i].value(), actual.values[i].value(), 1e-9);
        }
    }

    void bad_arguments_are_refused()
    {
        CPPUNIT_ASSERT_THROW((void)composite_index({}), Failure);
        CPPUNIT_ASSERT_THROW((void)composite_index({{known({1, 2})}, {known({1})}}), Failure);
        CPPUNIT_ASSERT_THROW((void)composite_index({{known({1, 2}), true, -1.0}}), Failure);
        CPPUNIT_ASSERT_THROW((void)composite_index({{known({1, 2}), true, 0.0}}), Failure);
    }

    void methods_are_read()
    {
        CPPUNIT_ASSERT(read_standardisation("") == Standardisation::z_score);
        CPPUNIT_ASSERT(read_standardisation("Z-Score") == Standardisation::z_score);
        CPPUNIT_ASSERT(read_standardisation("centré-réduit") == Standardisation::z_score);
        CPPUNIT_ASSERT(read_standardisation("min–max") == Standardisation::min_max);
        CPPUNIT_ASSERT_THROW((void)read_standardisation("rang"), Failure);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CompositeIndexTest);
