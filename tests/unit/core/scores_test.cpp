#include "core/scores.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include "core/error.hpp"

using namespace pacte;

namespace {

constexpr Quantity q(double value) { return Quantity::known(value); }

void assert_known(double expected, const Quantity& actual)
{
    CPPUNIT_ASSERT(actual.is_known());
    CPPUNIT_ASSERT_DOUBLES_EQUAL(expected, actual.value(), 1e-12);
}

} // namespace

class ScoresTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ScoresTest);
    CPPUNIT_TEST(a_piste_is_scored_out_of_a_hundred);
    CPPUNIT_TEST(a_criterion_that_is_not_known_is_not_zero);
    CPPUNIT_TEST(bad_criteria_are_refused);
    CPPUNIT_TEST(the_first_criterion_is_the_uncovered_share_in_fifths);
    CPPUNIT_TEST(an_offer_is_marked_as_the_cadrage_says);
    CPPUNIT_TEST(marks_have_two_decimals_a_half_going_up);
    CPPUNIT_TEST(a_price_that_is_none_gives_no_mark);
    CPPUNIT_TEST(equal_marks_share_a_rank);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_piste_is_scored_out_of_a_hundred()
    {
        assert_known(100.0, piste_score({q(4), q(4), q(4), q(4)}));
        assert_known(68.75, piste_score({q(2), q(3), q(3), q(3)})); // 11/16
        assert_known(100.0 * (2 * 4 + 1) / (4 * 4), piste_score({q(4), q(1), q(0), q(0)}, {2, 1, 0, 1}));
        assert_known(0.0, piste_score({q(0), q(0), q(0), q(0)}));
    }

    void a_criterion_that_is_not_known_is_not_zero()
    {
        CPPUNIT_ASSERT(!piste_score({q(4), {}, q(4), q(4)}).is_known());
        assert_known(100.0, piste_score({q(4), {}, q(4), q(4)}, {1, 0, 1, 1})); // it weighs nothing
    }

    void bad_criteria_are_refused()
    {
        CPPUNIT_ASSERT_THROW((void)piste_score({q(5), q(1), q(1), q(1)}), Failure);
        CPPUNIT_ASSERT_THROW((void)piste_score({q(-1), q(1), q(1), q(1)}), Failure);
        CPPUNIT_ASSERT_THROW((void)piste_score({q(1), q(1), q(1), q(1)}, {0, 0, 0, 0}), Failure);
        CPPUNIT_ASSERT_THROW((void)piste_score({q(1), q(1), q(1), q(1)}, {1, -1, 1, 1}), Failure);
    }

    void the_first_criterion_is_the_uncovered_share_in_fifths()
    {
        CPPUNIT_ASSERT_EQUAL(0, proposed_criterion(0.0));
        CPPUNIT_ASSERT_EQUAL(0, proposed_criterion(0.19));
        CPPUNIT_ASSERT_EQUAL(1, proposed_criterion(0.2));
        CPPUNIT_ASSERT_EQUAL(2, proposed_criterion(0.5));
        CPPUNIT_ASSERT_EQUAL(3, proposed_criterion(1.0 - 0.4)); // 0.6, less a rounding
        CPPUNIT_ASSERT_EQUAL(4, proposed_criterion(0.8));
        CPPUNIT_ASSERT_EQUAL(4, proposed_criterion(1.0));
    }

    void an_offer_is_marked_as_the_cadrage_says()
    {
        // 0.2·8 + 0.3·7 + 0.3·9 + 0.1·(10·30000/40000) + 0.1·6 = 7.75
        const Offer offer{q(8), q(7), q(9), q(40000), q(6)};
        assert_known(7.75, offer_mark(offer, q(30000)));
        assert_known(8.0, offer_mark(offer, q(40000)));
        assert_known(7.5, price_mark(q(40000), q(30000)));
        assert_known(30000.0, lowest_price({offer, {{}, {}, {}, q(30000), {}}, {{}, {}, {}, q(0), {}}}));
    }

    void marks_have_two_decimals_a_half_going_up()
    {
        // 0.2·9.075 = 1.815
        assert_known(1.82, offer_mark({q(9.075), q(0), q(0), q(1), q(0)}, q(1), {0.2, 0.3, 0.4, 0.0, 0.1}));
        assert_known(3.33, offer_mark({q(10), q(0), q(0), q(1), q(0)}, q(1), {1, 1, 1, 0, 0}));
    }

    void a_price_that_is_none_gives_no_mark()
    {
        CPPUNIT_ASSERT(!offer_mark({q(8), q(7), q(9), q(0), q(6)}, q(30000)).is_known());
        CPPUNIT_ASSERT(!offer_mark({q(8), q(7), q(9), {}, q(6)}, q(30000)).is_known());
        CPPUNIT_ASSERT(!offer_mark({q(8), q(7), q(9), q(40000), q(6)}, {}).is_known());
        CPPUNIT_ASSERT(!lowest_price({}).is_known());
        CPPUNIT_ASSERT_THROW((void)offer_mark({q(11), q(7), q(9), q(1), q(6)}, q(1)), Failure);
    }

    void equal_marks_share_a_rank()
    {
        const auto ranks = ranks_of({q(7), q(9), {}, q(7), q(1)});
        CPPUNIT_ASSERT(ranks == (std::vector<std::optional<int>>{2, 1, std::nullopt, 2, 4}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ScoresTest);
