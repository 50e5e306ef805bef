#include "map/wording.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;
using namespace pacte::map;

namespace {

const std::string nbsp = "\u00A0";

class WordingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WordingTest);
    CPPUNIT_TEST(numbers_have_a_comma_and_fixed_decimals);
    CPPUNIT_TEST(bounds_are_written_as_a_french_reader_writes_them);
    CPPUNIT_TEST(a_class_of_one_value_is_that_value);
    CPPUNIT_TEST(bounds_get_the_decimals_that_keep_each_value_in_its_class);
    CPPUNIT_TEST(a_bound_of_many_decimals_is_printed_short);
    CPPUNIT_TEST(the_outer_bounds_enclose_the_values);
    CPPUNIT_TEST(binary_noise_adds_no_decimals);
    CPPUNIT_TEST(secret_and_unknown_are_said_in_words);
    CPPUNIT_TEST(an_acronym_keeps_its_capitals);
    CPPUNIT_TEST(the_plural_begins_at_two);
    CPPUNIT_TEST_SUITE_END();

public:
    void numbers_have_a_comma_and_fixed_decimals()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("10,0"), fixed_number(10.0, 1));
        CPPUNIT_ASSERT_EQUAL("16" + nbsp + "443", fixed_number(16442.5, 0));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), fixed_number(-0.2, 0));
    }

    void bounds_are_written_as_a_french_reader_writes_them()
    {
        const BoundsWording wording({8.3, 10.2, 13.1, 17.8}, {8.3, 9.9, 10.2, 12.0, 13.1, 17.8}, "%");
        CPPUNIT_ASSERT_EQUAL("de 8,3 à moins de 10,2" + nbsp + "%", wording.of(0));
        CPPUNIT_ASSERT_EQUAL("de 10,2 à moins de 13,1" + nbsp + "%", wording.of(1));
        CPPUNIT_ASSERT_EQUAL("de 13,1 à 17,8" + nbsp + "%", wording.of(2));
    }

    void a_class_of_one_value_is_that_value()
    {
        CPPUNIT_ASSERT_EQUAL("13,1" + nbsp + "%", BoundsWording({13.1, 13.1}, {13.1}, "%").of(0));
        const BoundsWording wording({1.0, 46.1, 46.1}, {1.0, 46.1}, "");
        CPPUNIT_ASSERT_EQUAL(std::string("de 1,0 à moins de 46,1"), wording.of(0));
        CPPUNIT_ASSERT_EQUAL(std::string("46,1"), wording.of(1));
    }

    /// With one decimal 13.12 (lower class) would be written 13,1 and so would
    /// any bound up to 13.14: the value would seem to be in the upper class.
    void bounds_get_the_decimals_that_keep_each_value_in_its_class()
    {
        const BoundsWording wording({10.0, 13.14, 15.0}, {10.0, 13.12, 13.14, 15.0}, "%");
        CPPUNIT_ASSERT_EQUAL(2, wording.decimals());
        CPPUNIT_ASSERT_EQUAL("de 10,00 à moins de 13,14" + nbsp + "%", wording.of(0));
    }

    /// 16,2 would put 16.1964 in the lower class, 16,1 parts 15.4 and 16.1964.
    void a_bound_of_many_decimals_is_printed_short()
    {
        const BoundsWording wording({11.849525, 16.1964238, 20.5}, {11.849525, 15.4, 16.1964238, 20.5}, "");
        CPPUNIT_ASSERT_EQUAL(std::string("de 11,8 à moins de 16,1"), wording.of(0));
        CPPUNIT_ASSERT_EQUAL(std::string("de 16,1 à 20,5"), wording.of(1));
        const BoundsWording euros({17'255.8, 20'101.4, 24'129.5}, {17'255.8, 19'000.0, 20'101.4, 24'129.5},
                                  "€");
        CPPUNIT_ASSERT_EQUAL("de 17" + nbsp + "255 à moins de 20" + nbsp + "101" + nbsp + "€", euros.of(0));
        CPPUNIT_ASSERT_EQUAL("de 20" + nbsp + "101 à 24" + nbsp + "130" + nbsp + "€", euros.of(1));
    }

    void the_outer_bounds_enclose_the_values()
    {
        const BoundsWording wording({10.16, 14.0, 17.82}, {10.16, 12.0, 14.0, 17.82}, "");
        CPPUNIT_ASSERT_EQUAL(std::string("de 10,1 à moins de 14,0"), wording.of(0));
        CPPUNIT_ASSERT_EQUAL(std::string("de 14,0 à 17,9"), wording.of(1));
    }

    void binary_noise_adds_no_decimals()
    {
        const double value = 0.1 + 0.2; // 0.30000000000000004
        CPPUNIT_ASSERT_EQUAL(1, BoundsWording({0.1, value, 0.7}, {0.1, value, 0.7}, "").decimals());
        CPPUNIT_ASSERT_EQUAL(1, decimals_of({value, 41.1}, 6));
    }

    void secret_and_unknown_are_said_in_words()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("secret statistique"), in_words(Quantity::secret(), "%", 1));
        CPPUNIT_ASSERT_EQUAL(std::string("donnée non disponible"), in_words(Quantity::unknown(), "%", 1));
        CPPUNIT_ASSERT_EQUAL("0,0" + nbsp + "%", in_words(Quantity::known(0.0), "%", 1));
    }

    void an_acronym_keeps_its_capitals()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("taux de pauvreté"), lower_first("Taux de pauvreté"));
        CPPUNIT_ASSERT_EQUAL(std::string("RSA"), lower_first("RSA"));
        CPPUNIT_ASSERT_EQUAL(std::string("évolution"), lower_first("Évolution"));
        CPPUNIT_ASSERT_EQUAL(std::string("Évolution"), upper_first("évolution"));
        CPPUNIT_ASSERT_EQUAL(std::string("Seuils"), upper_first("seuils"));
    }

    void the_plural_begins_at_two()
    {
        CPPUNIT_ASSERT_EQUAL("0" + nbsp + "lieu", counted(0, "lieu", "lieux"));
        CPPUNIT_ASSERT_EQUAL("1" + nbsp + "lieu", counted(1, "lieu", "lieux"));
        CPPUNIT_ASSERT_EQUAL("2" + nbsp + "lieux", counted(2, "lieu", "lieux"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WordingTest);

} // namespace
