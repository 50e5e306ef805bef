#include "core/flat_ods.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

namespace {

std::string cell(const Cell& value, const ods::CellLook& look)
{
    std::string out;
    ods::append_cell(out, value, look);
    return out;
}

class FlatOdsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FlatOdsTest);
    CPPUNIT_TEST(text_is_escaped_and_forbidden_characters_left_out);
    CPPUNIT_TEST(each_line_is_a_paragraph_and_runs_of_spaces_stay);
    CPPUNIT_TEST(a_style_is_written_without_spaces);
    CPPUNIT_TEST(sheet_names_are_quoted_in_addresses);
    CPPUNIT_TEST(serial_numbers_are_dates);
    CPPUNIT_TEST(cells_say_what_they_hold);
    CPPUNIT_TEST(a_merged_cell_covers_its_neighbours);
    CPPUNIT_TEST_SUITE_END();

    void text_is_escaped_and_forbidden_characters_left_out()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("R&amp;D &lt;s&gt; &quot;x&quot; l'été"),
                             ods::escaped("R&D <s> \"x\" l'\x01\x1Fété"));
    }

    void each_line_is_a_paragraph_and_runs_of_spaces_stay()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("<text:p>a b</text:p><text:p>c</text:p>"),
                             ods::paragraphs("a b\r\nc"));
        CPPUNIT_ASSERT_EQUAL(std::string("<text:p>a<text:s text:c=\"3\"/>b</text:p>"),
                             ods::paragraphs("a   b"));
    }

    void a_style_is_written_without_spaces()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("En-tête_20_obligatoire"), ods::style_name("En-tête obligatoire"));
    }

    void sheet_names_are_quoted_in_addresses()
    {
        const ods::Area area{"L'offre", 0, 3, 28, 203};
        CPPUNIT_ASSERT_EQUAL(std::string("'L''offre'.A4:'L''offre'.AC204"), ods::address(area));
        CPPUNIT_ASSERT_EQUAL(std::string("[$'L''offre'.$A$4:.$AC$204]"), ods::reference(area));
    }

    void serial_numbers_are_dates()
    {
        // A spreadsheet's own: =DATEVALUE("2024-06-30") is 45473, 29 February 2024 is 45351.
        CPPUNIT_ASSERT_EQUAL(std::string("2024-06-30"), ods::iso_date(45473.0));
        CPPUNIT_ASSERT_EQUAL(std::string("2024-02-29"), ods::iso_date(45351.75));
    }

    void cells_say_what_they_hold()
    {
        CPPUNIT_ASSERT_EQUAL(
            std::string("<table:table-cell table:style-name=\"Nombre\" "
                        "office:value-type=\"float\" office:value=\"16442.5\"></table:table-cell>"),
            cell(16442.5, {.style = "Nombre"}));
        CPPUNIT_ASSERT_EQUAL(std::string("<table:table-cell office:value-type=\"percentage\" "
                                         "office:value=\"0.4\"></table:table-cell>"),
                             cell(0.4, {.kind = ods::NumberKind::percentage}));
        CPPUNIT_ASSERT_EQUAL(std::string("<table:table-cell office:value-type=\"date\" "
                                         "office:date-value=\"2024-06-30\"></table:table-cell>"),
                             cell(45473.0, {.kind = ods::NumberKind::date}));
        CPPUNIT_ASSERT_EQUAL(
            std::string("<table:table-cell table:content-validation-name=\"v1\" "
                        "office:value-type=\"string\"><text:p>2A004</text:p></table:table-cell>"),
            cell(std::string("2A004"), {.validation = "v1"}));
        CPPUNIT_ASSERT_EQUAL(std::string("<table:table-cell></table:table-cell>"), cell(CellError{}, {}));
    }

    void a_merged_cell_covers_its_neighbours()
    {
        const auto xml = cell(Blank{}, {.style = "Titre", .columns = 3});
        CPPUNIT_ASSERT(xml.find("table:number-columns-spanned=\"3\"") != std::string::npos);
        CPPUNIT_ASSERT(xml.ends_with("<table:covered-table-cell table:style-name=\"Titre\" "
                                     "table:number-columns-repeated=\"2\"/>"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FlatOdsTest);

} // namespace
