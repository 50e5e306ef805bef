#include "map/text_metrics.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace pacte::map;

namespace {

class TextMetricsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TextMetricsTest);
    CPPUNIT_TEST(a_line_is_as_wide_as_its_letters);
    CPPUNIT_TEST(accents_do_not_change_the_width);
    CPPUNIT_TEST(ligatures_and_euro_have_their_own_width);
    CPPUNIT_TEST(several_lines_are_as_wide_as_the_widest);
    CPPUNIT_TEST(wrapped_lines_fit);
    CPPUNIT_TEST(a_sign_stays_with_its_word);
    CPPUNIT_TEST(a_word_too_long_stays_whole);
    CPPUNIT_TEST(a_name_is_balanced_on_its_lines);
    CPPUNIT_TEST(a_line_does_not_end_with_a_word_that_calls_for_the_next);
    CPPUNIT_TEST(a_name_of_one_word_stays_on_one_line);
    CPPUNIT_TEST(narrow_spaces_become_common_ones);
    CPPUNIT_TEST(wrong_utf8_does_no_harm);
    CPPUNIT_TEST_SUITE_END();

public:
    /// Helvetica's AFM: L 556, e 556, space 278, P 667, u 556, y 500 = 3113
    /// thousandths; at 10 pt 31.13 pt, that is 10.98 mm. Bold: 611, 556, 278,
    /// 667, 611, 556 = 3279, 11.57 mm.
    void a_line_is_as_wide_as_its_letters()
    {
        CPPUNIT_ASSERT_EQUAL(1098, text_width("Le Puy", 10.0));
        CPPUNIT_ASSERT_EQUAL(1157, text_width("Le Puy", 10.0, true));
        CPPUNIT_ASSERT_EQUAL(0, text_width("", 10.0));
    }

    void accents_do_not_change_the_width()
    {
        CPPUNIT_ASSERT_EQUAL(text_width("EACcaeu", 9.0), text_width("ÉÀÇçàêü", 9.0));
        CPPUNIT_ASSERT_EQUAL(text_width("Mezenc", 9.0, true), text_width("Mézenc", 9.0, true));
    }

    /// œ 944, € 556 thousandths: 1.5 em = 15 pt at 10 pt, 5.29 mm.
    void ligatures_and_euro_have_their_own_width() { CPPUNIT_ASSERT_EQUAL(529, text_width("œ€", 10.0)); }

    void several_lines_are_as_wide_as_the_widest()
    {
        const auto size = text_size("CC\ndu Haut Lignon\nx", 8.0);
        CPPUNIT_ASSERT_EQUAL(text_width("du Haut Lignon", 8.0), size.width);
        CPPUNIT_ASSERT_EQUAL(3 * line_height(8.0), size.height);
    }

    void a_sign_stays_with_its_word()
    {
        const auto width = text_width("au seuil de 60", 9.0);
        CPPUNIT_ASSERT_EQUAL(std::string("au seuil de\n60 % de la"),
                             wrap("au seuil de 60 % de la", width, 9.0));
        CPPUNIT_ASSERT_EQUAL(std::string("le\n« bus » :\nici"),
                             wrap("le « bus » : ici", text_width("« bus »", 9.0), 9.0));
    }

    void wrapped_lines_fit()
    {
        const std::string words =
            "Insee, DGFiP-Cnaf-Cnav-CCMSA, Fichier localisé social et fiscal (Filosofi) 2016";
        const auto wrapped = wrap(words, 6000, 9.0);
        CPPUNIT_ASSERT(wrapped.find('\n') != std::string::npos);
        CPPUNIT_ASSERT(text_size(wrapped, 9.0).width <= 6000);
        auto joined = wrapped;
        for (auto& letter : joined)
            if (letter == '\n')
                letter = ' ';
        CPPUNIT_ASSERT_EQUAL(words, joined);
    }

    void a_word_too_long_stays_whole()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("anticonstitutionnellement\nbref"),
                             wrap("anticonstitutionnellement bref", 500, 9.0));
    }

    void a_name_is_balanced_on_its_lines()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("CC Brioude\nSud Auvergne"),
                             balance("CC Brioude Sud Auvergne", 2, 8.0));
        CPPUNIT_ASSERT_EQUAL(std::string("CC Auzon Communauté"), balance("CC Auzon Communauté", 1, 8.0));
    }

    void a_line_does_not_end_with_a_word_that_calls_for_the_next()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("CC des Pays de Cayres\net de Pradelles"),
                             balance("CC des Pays de Cayres et de Pradelles", 2, 8.0));
    }

    void a_name_of_one_word_stays_on_one_line()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("Brioude"), balance("Brioude", 3, 8.0));
        CPPUNIT_ASSERT_EQUAL(std::string(), balance("", 2, 8.0));
    }

    void narrow_spaces_become_common_ones()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("1\u00A0234\u00A0%"), with_common_spaces("1\u202F234\u202F%"));
    }

    void wrong_utf8_does_no_harm()
    {
        CPPUNIT_ASSERT(text_width("\xC3", 10.0) >= 0);
        CPPUNIT_ASSERT(text_width("a\xFF\xFE b", 10.0) > 0);
        CPPUNIT_ASSERT(!wrap("\xE2\x80", 100, 9.0).empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TextMetricsTest);

} // namespace
