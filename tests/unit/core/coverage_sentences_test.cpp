#include "core/coverage_sentences.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

namespace {

CoverageCell cell(Quantity need, Quantity capacity, int dispositifs, CoverageStatus status)
{
    CoverageCell result;
    result.need = need;
    result.capacity = capacity;
    result.dispositifs = dispositifs;
    result.status = status;
    if (need.is_known() && capacity.is_known()) {
        result.rate = Quantity::known(capacity.value() / need.value());
        result.gap = Quantity::known(need.value() - capacity.value());
    } else if (need.is_secret()) {
        result.rate = result.gap = Quantity::secret();
    }
    return result;
}

constexpr Quantity q(double value) { return Quantity::known(value); }

} // namespace

class CoverageSentencesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageSentencesTest);
    CPPUNIT_TEST(each_status_has_its_reason);
    CPPUNIT_TEST(a_secret_cannot_be_reckoned);
    CPPUNIT_TEST(what_is_left_out_is_said);
    CPPUNIT_TEST(people_are_whole);
    CPPUNIT_TEST_SUITE_END();

    const Thematique thematique_;

    void assert_reason(const char* expected, const CoverageCell& of) const
    {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), reason_of(of, thematique_));
    }

public:
    void each_status_has_its_reason()
    {
        assert_reason(
            "240 personnes concernées, un dispositif pour 60 personnes par an (25 %, sous le seuil de "
            "40 %) : il reste 180 personnes sans réponse.",
            cell(q(240), q(60), 1, CoverageStatus::peu_couvert));
        assert_reason(
            "240 personnes concernées, 2 dispositifs pour 120 personnes par an (50 %, sous le seuil de "
            "80 %) : il reste 120 personnes sans réponse.",
            cell(q(240), q(120), 2, CoverageStatus::partiellement_couvert));
        assert_reason("240 personnes concernées, aucun dispositif : il reste 240 personnes sans réponse.",
                      cell(q(240), q(0), 0, CoverageStatus::non_couvert));
        assert_reason(
            "1 personne concernée, un dispositif dont la capacité n'est pas connue : la réponse ne peut "
            "pas être mesurée.",
            cell(q(1), {}, 1, CoverageStatus::a_preciser));
        assert_reason(
            "Un besoin qui n'est pas connu, un dispositif pour 12 personnes par an : l'écart ne peut pas "
            "être mesuré.",
            cell({}, q(12), 1, CoverageStatus::non_evaluable));
        assert_reason("Un besoin qui n'est pas connu, aucun dispositif : l'écart ne peut pas être mesuré.",
                      cell({}, q(0), 0, CoverageStatus::non_couvert));
    }

    void a_secret_cannot_be_reckoned()
    {
        assert_reason(
            "Un besoin couvert par le secret statistique, un dispositif pour 12 personnes par an : l'écart "
            "ne peut pas être mesuré.",
            cell(Quantity::secret(), q(12), 1, CoverageStatus::non_evaluable));
    }

    void what_is_left_out_is_said()
    {
        CoverageCell partial = cell(q(240), q(60), 3, CoverageStatus::peu_couvert);
        partial.unknown_capacities = 2;
        CPPUNIT_ASSERT_EQUAL(std::string("2 dispositifs sans capacité connue ne sont pas comptés"),
                             reservation_of(partial));
        CPPUNIT_ASSERT(reason_of(partial, thematique_).ends_with("ne sont pas comptés."));
        CPPUNIT_ASSERT(reservation_of(cell(q(1), {}, 1, CoverageStatus::a_preciser)).empty());
    }

    void people_are_whole()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("environ 70 personnes"), people_in_words(69.6));
        CPPUNIT_ASSERT_EQUAL(std::string("69 personnes"), people_in_words(69.0));
        CPPUNIT_ASSERT_EQUAL(std::string("environ 0 personne"), people_in_words(0.3));
        CPPUNIT_ASSERT_EQUAL(std::string("1 personne"), people_in_words(1.0));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CoverageSentencesTest);
