#include "core/dates.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;
using namespace std::chrono_literals;

class DatesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DatesTest);
    CPPUNIT_TEST(a_date_is_read_in_every_writing);
    CPPUNIT_TEST(months_are_read_in_words);
    CPPUNIT_TEST(nothing_is_guessed);
    CPPUNIT_TEST(what_is_probably_meant_is_told_apart);
    CPPUNIT_TEST_SUITE_END();

    void a_date_is_read_in_every_writing()
    {
        for (const char* text :
             {"30/06/2024", "30.06.2024", "30-06-2024", "2024-06-30", "2024/06/30", "20240630",
              "30 juin 2024", "30\u00A0juin\u00A02024", "dimanche 30 juin 2024", "dim. 30 JUIN 2024",
              "2024-06-30T00:00:00", "2024-06-30 12:30", " 30/6/2024 "})
            CPPUNIT_ASSERT_MESSAGE(text, parse_date(text) == Date{2024y / 6 / 30});
    }

    void months_are_read_in_words()
    {
        CPPUNIT_ASSERT(parse_date("1er juillet 2024") == Date{2024y / 7 / 1});
        CPPUNIT_ASSERT(parse_date("1 août 2024") == Date{2024y / 8 / 1});
        CPPUNIT_ASSERT(parse_date("29 FÉV. 2024") == Date{2024y / 2 / 29});
        CPPUNIT_ASSERT(parse_date("25 décembre 2026") == Date{2026y / 12 / 25});
        CPPUNIT_ASSERT(!parse_date("31 juin 2024"));
        CPPUNIT_ASSERT(!parse_date("30 juen 2024"));
    }

    void nothing_is_guessed()
    {
        for (const char* text :
             {"30/06/24", "06/30/2024", "juin 2024", "06/2024", "2024", "fin 2024", "31/06/2024",
              "29/02/2023", "30/06-2024", "2024-13-01", "20241301", "1/2/3/2024", "", "T2 2024"})
            CPPUNIT_ASSERT_MESSAGE(text, !parse_date(text));
    }

    void what_is_probably_meant_is_told_apart()
    {
        CPPUNIT_ASSERT(probable_date("30/06/24") == Date{2024y / 6 / 30});
        CPPUNIT_ASSERT(probable_date("01.02.98") == Date{1998y / 2 / 1});
        CPPUNIT_ASSERT(probable_date("06/30/2024") == Date{2024y / 6 / 30});
        CPPUNIT_ASSERT(!probable_date("31/06/2024"));
        CPPUNIT_ASSERT(!probable_date("fin 2024"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DatesTest);
