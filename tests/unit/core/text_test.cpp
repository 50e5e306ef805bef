#include "core/text.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <limits>

using namespace pacte;

class TextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TextTest);
    CPPUNIT_TEST(trimming_takes_every_kind_of_space);
    CPPUNIT_TEST(folding_ignores_case_accents_spaces_and_punctuation);
    CPPUNIT_TEST(folding_writes_ligatures_as_two_letters);
    CPPUNIT_TEST(folding_meets_composed_and_decomposed_accents);
    CPPUNIT_TEST(folding_survives_bytes_that_are_not_utf8);
    CPPUNIT_TEST(codes_meet_whatever_their_case_but_keep_their_points);
    CPPUNIT_TEST(a_list_is_cut_at_semicolons_and_line_breaks);
    CPPUNIT_TEST(the_distance_counts_letters_added_removed_changed_and_swapped);
    CPPUNIT_TEST(the_distance_stops_above_its_limit);
    CPPUNIT_TEST(similarity_goes_from_0_to_1);
    CPPUNIT_TEST(the_nearest_candidate_is_found);
    CPPUNIT_TEST(nothing_is_nearest_below_the_floor);
    CPPUNIT_TEST(numbers_are_read_as_french_and_english_agents_write_them);
    CPPUNIT_TEST(what_is_not_a_number_alone_is_refused);
    CPPUNIT_TEST(numbers_are_written_in_french);
    CPPUNIT_TEST_SUITE_END();

    void trimming_takes_every_kind_of_space()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("CC des Sucs"), trim("\u00A0 \tCC des Sucs\u202F\n"));
        CPPUNIT_ASSERT_EQUAL(std::string(), trim(" \u2009 "));
        CPPUNIT_ASSERT_EQUAL(std::string("é"), trim("é"));
        // 0xA0 ends « à » in UTF-8, and is no space there.
        CPPUNIT_ASSERT_EQUAL(std::string("voilà"), trim("voilà "));
    }

    void folding_ignores_case_accents_spaces_and_punctuation()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("codeepci"), fold("Code EPCI"));
        CPPUNIT_ASSERT_EQUAL(std::string("codeepci"), fold("code-épci"));
        CPPUNIT_ASSERT_EQUAL(std::string("autresfinancements"), fold("Autres\u00A0financements (€)"));
        CPPUNIT_ASSERT_EQUAL(std::string("lilesurlaloue"), fold("L’Île-sur-la-Loue"));
        CPPUNIT_ASSERT_EQUAL(std::string(), fold(" – % "));
    }

    void folding_writes_ligatures_as_two_letters()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("oeuvre"), fold("Œuvre"));
        CPPUNIT_ASSERT_EQUAL(std::string("oeuvre"), fold("œuvre"));
        CPPUNIT_ASSERT_EQUAL(std::string("exaequo"), fold("ex æquo"));
    }

    void folding_meets_composed_and_decomposed_accents()
    {
        CPPUNIT_ASSERT_EQUAL(fold("m\u00E9tropole"), fold("me\u0301tropole"));
        CPPUNIT_ASSERT_EQUAL(std::string("metropole"), fold("me\u0301tropole"));
    }

    void folding_survives_bytes_that_are_not_utf8()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("caf"), fold("caf\xE9"));
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), fold("a\xFF\xC3"
                                                     "b"));
    }

    void codes_meet_whatever_their_case_but_keep_their_points()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("2.4a"), code_key(" 2.4\u00A0A"));
        CPPUNIT_ASSERT(code_key("1.11") != code_key("11.1"));
        CPPUNIT_ASSERT_EQUAL(std::string(), code_key(" "));
    }

    void a_list_is_cut_at_semicolons_and_line_breaks()
    {
        const std::vector<std::string> expected = {"jeunes", "femmes seules", "familles"};
        CPPUNIT_ASSERT(expected == split_list(" jeunes;femmes seules ;; \nfamilles;"));
        CPPUNIT_ASSERT(expected == split_list("jeunes\r\nfemmes seules\r\nfamilles"));
        CPPUNIT_ASSERT(split_list(" ; ").empty());
        CPPUNIT_ASSERT(split_list("").empty());
    }

    void the_distance_counts_letters_added_removed_changed_and_swapped()
    {
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, edit_distance("garage", "garage", 9));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, edit_distance("garage", "garages", 9));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, edit_distance("garage", "gaage", 9));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, edit_distance("garage", "garege", 9));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, edit_distance("garage", "graage", 9));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, edit_distance("kitten", "sitting", 9));
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, edit_distance("", "garage", 9));
    }

    void the_distance_stops_above_its_limit()
    {
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, edit_distance("kitten", "sitting", 2));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, edit_distance("", "garage", 1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, edit_distance("a", "b", 0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, edit_distance("a", "a", 0));
    }

    void similarity_goes_from_0_to_1()
    {
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, similarity("Métropole", "metropole"), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0 - 3.0 / 7.0, similarity("kitten", "sitting"), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, similarity("abc", "xyz"), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, similarity("", "xyz"), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, similarity("", " - "), 1e-12);
    }

    void the_nearest_candidate_is_found()
    {
        const std::vector<std::string> candidates = {"entretien", "questionnaire", "étude"};
        CPPUNIT_ASSERT_EQUAL(std::string("questionnaire"), nearest("Questionaire", candidates));
        CPPUNIT_ASSERT_EQUAL(std::string("étude"), nearest("etudes", candidates));
        // Of two at the same distance, the first.
        CPPUNIT_ASSERT_EQUAL(std::string("axe 1"), nearest("axe 3", {"axe 1", "axe 2"}));
    }

    void nothing_is_nearest_below_the_floor()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), nearest("réunion", {"entretien", "étude"}));
        CPPUNIT_ASSERT_EQUAL(std::string(), nearest("réunion", {}));
        CPPUNIT_ASSERT_EQUAL(std::string(), nearest("etudes", {"étude"}, 0.9)); // 1 − 1/6
    }

    static double number(const char* text)
    {
        double value = std::numeric_limits<double>::quiet_NaN();
        CPPUNIT_ASSERT_MESSAGE(text, parse_number(text, value));
        return value;
    }

    void numbers_are_read_as_french_and_english_agents_write_them()
    {
        CPPUNIT_ASSERT_EQUAL(1234.5, number("1 234,5"));
        CPPUNIT_ASSERT_EQUAL(1234.5, number("1234.5"));
        CPPUNIT_ASSERT_EQUAL(1234567.0, number("1\u202F234\u00A0567"));
        CPPUNIT_ASSERT_EQUAL(-0.25, number(" -0,25 "));
        CPPUNIT_ASSERT_EQUAL(-12.0, number("\u221212"));
        CPPUNIT_ASSERT_EQUAL(43005.0, number("43005"));
        CPPUNIT_ASSERT_EQUAL(7.0, number("007"));
    }

    void what_is_not_a_number_alone_is_refused()
    {
        for (const char* text :
             {"",   " ", "env. 30", "12-15",  "30 €", "30%",       "1e5", "0x1F", "1,2,3", "1.",
              ",5", "-", "12 15",   "1 2345", "1 23", "12345 678", "nan", "inf",  "s",     "N/A"}) {
            double value = 42.0;
            CPPUNIT_ASSERT_MESSAGE(text, !parse_number(text, value));
            CPPUNIT_ASSERT_EQUAL(42.0, value);
        }
    }

    void numbers_are_written_in_french()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("1\u202F234,5"), french_number(1234.5, 1));
        CPPUNIT_ASSERT_EQUAL(std::string("1\u202F235"), french_number(1234.5));
        CPPUNIT_ASSERT_EQUAL(std::string("999"), french_number(999.4));
        CPPUNIT_ASSERT_EQUAL(std::string("12\u202F345\u202F678"), french_number(12345678.0, 2));
        CPPUNIT_ASSERT_EQUAL(std::string("0,4"), french_number(0.4, 3));
        CPPUNIT_ASSERT_EQUAL(std::string("-1,5"), french_number(-1.5, 1));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), french_number(-0.2));
        CPPUNIT_ASSERT_EQUAL(std::string("1,01"), french_number(1.005000001, 2));
        CPPUNIT_ASSERT_EQUAL(std::string(), french_number(std::numeric_limits<double>::quiet_NaN()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TextTest);
