#include "core/figure.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;
using Kind = Figure::Kind;

namespace {

void assert_number(double expected, const char* text, const char* unit = "", bool share = false)
{
    const auto read = read_figure(text, unit, share);
    CPPUNIT_ASSERT_MESSAGE(text, read.kind == Kind::number);
    CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(text, expected, read.value, 1e-9);
}

} // namespace

class FigureTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FigureTest);
    CPPUNIT_TEST(a_number_is_read_in_every_writing);
    CPPUNIT_TEST(an_amount_may_say_euros);
    CPPUNIT_TEST(a_percentage_is_one_or_a_share);
    CPPUNIT_TEST(the_unit_of_the_field_may_be_said);
    CPPUNIT_TEST(another_unit_is_not_swallowed);
    CPPUNIT_TEST(a_range_is_no_number);
    CPPUNIT_TEST(about_is_no_number);
    CPPUNIT_TEST(an_unknown_is_said_in_many_ways);
    CPPUNIT_TEST(the_rest_is_words);
    CPPUNIT_TEST_SUITE_END();

    void a_number_is_read_in_every_writing()
    {
        for (const char* text : {"1234,5", "1234.5", "1 234,5", "1\u00A0234,5", "1\u202F234,5", " 1234,5 "})
            assert_number(1234.5, text);
        assert_number(1234567.0, "1.234.567");
        assert_number(1234567.0, "1,234,567");
        assert_number(-7.0, "\u22127");
        CPPUNIT_ASSERT(read_figure("1.23.456").kind != Kind::number);
        CPPUNIT_ASSERT(read_figure("12.34.567.8").kind != Kind::number);
    }

    void an_amount_may_say_euros()
    {
        for (const char* text :
             {"12 000 €", "12\u202F000\u00A0€", "€12000", "12000 euros", "12 k€", "12 K€", "0,012 M€"})
            assert_number(12000.0, text, "€");
        CPPUNIT_ASSERT(read_figure("12 000 €", "personnes/an").kind == Kind::about);
        CPPUNIT_ASSERT(read_figure("12 k", "€").kind != Kind::number);
    }

    void a_percentage_is_one_or_a_share()
    {
        assert_number(12.5, "12,5 %", "%");
        assert_number(12.5, "12,5\u202F%", "%");
        assert_number(0.4, "40 %", "%", true);
        assert_number(0.4, "0,4", "%", true);
        CPPUNIT_ASSERT(read_figure("12 %", "personnes").kind != Kind::number);
    }

    void the_unit_of_the_field_may_be_said()
    {
        for (const char* text :
             {"30 personnes", "30 personnes/an", "30 pers.", "30 par an", "30 PERSONNES", "30 personne"})
            assert_number(30.0, text, "personnes/an");
        assert_number(83000.0, "83 000 hab.", "habitants");
    }

    void another_unit_is_not_swallowed()
    {
        for (const char* text : {"30 places", "30 kg", "30 familles"}) {
            const auto read = read_figure(text, "personnes/an");
            CPPUNIT_ASSERT_MESSAGE(text, read.kind == Kind::about && read.value == 30.0);
        }
    }

    void a_range_is_no_number()
    {
        for (const char* text :
             {"12-15", "12 - 15", "12–15", "12 à 15", "entre 12 et 15", "de 12 à 15", "12/15"}) {
            const auto read = read_figure(text);
            CPPUNIT_ASSERT_MESSAGE(text, read.kind == Kind::range);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, 12.0, read.value);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, 15.0, read.upper);
        }
    }

    void about_is_no_number()
    {
        for (const char* text : {"env. 30", "environ 30", "~30", "≈ 30", "plus de 30", "moins de 30", ">30",
                                 "30 environ", "30+", "30 ?", "jusqu'à 30", "30 (estimation)"}) {
            const auto read = read_figure(text);
            CPPUNIT_ASSERT_MESSAGE(text, read.kind == Kind::about && read.value == 30.0);
        }
    }

    void an_unknown_is_said_in_many_ways()
    {
        for (const char* text : {"n.c.", "NC", "n.c", "nr", "?", "-", "–", "non communiqué", "Non renseigné",
                                 "inconnu", "à préciser", "N/A", "…"})
            CPPUNIT_ASSERT_MESSAGE(text, read_figure(text).kind == Kind::unknown);
    }

    void the_rest_is_words()
    {
        for (const char* text : {"beaucoup", "une trentaine", "", "s", "3 sites de 12 places"})
            CPPUNIT_ASSERT_MESSAGE(text, read_figure(text).kind == Kind::other);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FigureTest);
