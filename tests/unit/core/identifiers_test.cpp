#include "core/identifiers.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

class IdentifiersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IdentifiersTest);
    CPPUNIT_TEST(the_sirens_of_haute_loire_have_a_right_key);
    CPPUNIT_TEST(a_siren_with_two_digits_swapped_has_a_wrong_key);
    CPPUNIT_TEST(a_siren_has_nine_digits);
    CPPUNIT_TEST(a_siret_obeys_luhn);
    CPPUNIT_TEST(a_siret_of_la_poste_obeys_its_own_rule);
    CPPUNIT_TEST(the_form_of_an_insee_code_knows_corsica_and_overseas);
    CPPUNIT_TEST(separators_are_taken_out);
    CPPUNIT_TEST(a_code_turned_into_a_number_is_written_again);
    CPPUNIT_TEST(a_number_that_was_no_code_gives_nothing);
    CPPUNIT_TEST_SUITE_END();

    void the_sirens_of_haute_loire_have_a_right_key()
    {
        for (const char* siren :
             {"200073393", "200073401", "200073419", "200073427", "200085728", "244300307", "244301016",
              "244301099", "244301107", "244301123", "244301131"})
            CPPUNIT_ASSERT_MESSAGE(siren, check_siren(siren) == IdentifierState::valid);
    }

    void a_siren_with_two_digits_swapped_has_a_wrong_key()
    {
        CPPUNIT_ASSERT(check_siren("200073491") == IdentifierState::bad_key);
        CPPUNIT_ASSERT(check_siren("200073418") == IdentifierState::bad_key);
    }

    void a_siren_has_nine_digits()
    {
        for (const char* siren : {"", "20007341", "2000734190", "20007341A", "200 73419"})
            CPPUNIT_ASSERT_MESSAGE(siren, check_siren(siren) == IdentifierState::bad_form);
    }

    /// 732 829 320 00074 is the textbook example of Insee's key: Luhn sums 40 and 50.
    void a_siret_obeys_luhn()
    {
        CPPUNIT_ASSERT(check_siret("73282932000074") == IdentifierState::valid);
        CPPUNIT_ASSERT(check_siret("73282932000075") == IdentifierState::bad_key);
        CPPUNIT_ASSERT(check_siret("7328293200007") == IdentifierState::bad_form);
        CPPUNIT_ASSERT(check_siret("7328293200007X") == IdentifierState::bad_form);
        CPPUNIT_ASSERT(check_siret("00000000000000") == IdentifierState::bad_key);
        CPPUNIT_ASSERT(check_siren("000000000") == IdentifierState::bad_key);
    }

    void a_siret_of_la_poste_obeys_its_own_rule()
    {
        CPPUNIT_ASSERT(check_siret("35600000000048") == IdentifierState::valid); // the seat, by Luhn
        CPPUNIT_ASSERT(check_siret("35600000049837") == IdentifierState::valid); // 14 + 31 = 45
        CPPUNIT_ASSERT(check_siret("35600000049838") == IdentifierState::bad_key);
        // 7+3+2+8+2+9+3+2 = 36, plus 4: a multiple of 5, but not La Poste.
        CPPUNIT_ASSERT(check_siret("73282932000004") == IdentifierState::bad_key);
    }

    void the_form_of_an_insee_code_knows_corsica_and_overseas()
    {
        for (const char* code : {"43157", "2A004", "2B033", "97411", "01004"})
            CPPUNIT_ASSERT_MESSAGE(code, has_insee_form(code));
        for (const char* code : {"", "4315", "431570", "2C004", "2a004", "A2004", "43 57", "4315O"})
            CPPUNIT_ASSERT_MESSAGE(code, !has_insee_form(code));
    }

    void separators_are_taken_out()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("73282932000074"),
                             compact_identifier("732 829\u00A0320\u202F00074"));
        CPPUNIT_ASSERT_EQUAL(std::string("73282932000074"), compact_identifier("732.829.320-00074 "));
        CPPUNIT_ASSERT_EQUAL(std::string("2A004"), compact_identifier("2A004"));
    }

    void a_code_turned_into_a_number_is_written_again()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("01004"), code_from_number(1004.0, 5));
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), code_from_number(43157.0, 5));
        CPPUNIT_ASSERT_EQUAL(std::string("05880000000019"), code_from_number(5880000000019.0, 14));
    }

    void a_number_that_was_no_code_gives_nothing()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), code_from_number(4.5, 5));
        CPPUNIT_ASSERT_EQUAL(std::string(), code_from_number(-43157.0, 5));
        CPPUNIT_ASSERT_EQUAL(std::string(), code_from_number(431570.0, 5));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdentifiersTest);
