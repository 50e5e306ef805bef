#include "core/clean_up.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include "example_tables.hpp"

using namespace pacte;
using namespace pacte::test;

namespace {

/// What is proposed for that text in a field of D-001; the text itself where nothing is.
std::string cleaned(const char* field, const std::string& text)
{
    auto tables = clean_example();
    auto& table = tables.at("dispositifs");
    const auto row = row_of(table, "D-001");
    table.rows[row][static_cast<std::size_t>(column_of(table, field))] = text;
    for (const auto& clean : clean_ups(shipped_schemas(), tables))
        if (clean.table == "dispositifs" && clean.key == "D-001" && clean.field == field)
            return clean.after;
    return text;
}

} // namespace

class CleanUpTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CleanUpTest);
    CPPUNIT_TEST(spaces_that_nobody_meant_are_taken_away);
    CPPUNIT_TEST(french_spaces_stay);
    CPPUNIT_TEST(a_value_of_the_list_is_written_as_in_the_list);
    CPPUNIT_TEST(the_clean_example_is_clean);
    CPPUNIT_TEST_SUITE_END();

    static void assert_cleaned(const char* field, const char* expected, const char* text)
    {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), cleaned(field, text));
    }

public:
    void spaces_that_nobody_meant_are_taken_away()
    {
        assert_cleaned("intitule", "Garage solidaire", "  Garage  solidaire\u00A0");
        assert_cleaned("intitule", "Garage solidaire", "Garage\u00A0solidaire");
        assert_cleaned("intitule", "Garage solidaire", "Garage\nsolidaire");
        assert_cleaned("public_cible", "Femmes;Familles", "Femmes ;Familles");
    }

    void french_spaces_stay()
    {
        for (const char* text : {"Aide\u00A0: garde d'enfants", "Qui\u202F?", "«\u00A0Relais\u00A0»",
                                 "12\u00A0%", "Bus ; navette"})
            assert_cleaned("intitule", text, text);
        assert_cleaned("public_cible", "Femmes; Familles", "Femmes; Familles");
    }

    void a_value_of_the_list_is_written_as_in_the_list()
    {
        auto tables = clean_example();
        auto& table = tables.at("actions");
        const auto row = row_of(table, "A-01");
        const auto column = static_cast<std::size_t>(column_of(table, "nature"));
        const auto right = text_of(table.rows[row][column]);
        table.rows[row][column] =
            "  " + std::string(1, static_cast<char>(right[0] - 'a' + 'A')) + right.substr(1);
        const auto found = clean_ups(shipped_schemas(), tables);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found.size());
        CPPUNIT_ASSERT_EQUAL(right, found.front().after);
    }

    void the_clean_example_is_clean()
    {
        CPPUNIT_ASSERT(clean_ups(shipped_schemas(), clean_example()).empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CleanUpTest);
