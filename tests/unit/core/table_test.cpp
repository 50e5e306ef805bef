#include "core/table.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace pacte;

class TableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TableTest);
    CPPUNIT_TEST(a_cell_of_white_space_is_blank);
    CPPUNIT_TEST(an_error_is_not_blank);
    CPPUNIT_TEST(a_row_is_blank_when_all_its_cells_are);
    CPPUNIT_TEST(a_whole_number_is_written_without_decimals);
    CPPUNIT_TEST(a_decimal_number_is_written_with_a_comma);
    CPPUNIT_TEST(cells_are_named_as_in_the_sheet);
    CPPUNIT_TEST_SUITE_END();

    void a_cell_of_white_space_is_blank()
    {
        CPPUNIT_ASSERT(is_blank(Cell{}));
        CPPUNIT_ASSERT(is_blank(Cell{std::string()}));
        CPPUNIT_ASSERT(is_blank(Cell{std::string(" \t\u00A0\u202F\n")}));
        CPPUNIT_ASSERT(!is_blank(Cell{std::string(" x ")}));
        CPPUNIT_ASSERT(!is_blank(Cell{0.0}));
    }

    void an_error_is_not_blank()
    {
        CPPUNIT_ASSERT(!is_blank(Cell{CellError{}}));
        CPPUNIT_ASSERT_EQUAL(std::string(), text_of(Cell{CellError{}}));
    }

    void a_row_is_blank_when_all_its_cells_are()
    {
        CPPUNIT_ASSERT(is_blank(std::vector<Cell>{}));
        CPPUNIT_ASSERT(is_blank(std::vector<Cell>{Blank{}, std::string(" ")}));
        CPPUNIT_ASSERT(!is_blank(std::vector<Cell>{Blank{}, 0.0}));
    }

    void a_whole_number_is_written_without_decimals()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("200073419"), text_of(Cell{200073419.0}));
        CPPUNIT_ASSERT_EQUAL(std::string("35600000000048"), text_of(Cell{35600000000048.0}));
        CPPUNIT_ASSERT_EQUAL(std::string("0"), text_of(Cell{-0.0}));
        CPPUNIT_ASSERT_EQUAL(std::string("-3"), text_of(Cell{-3.0}));
    }

    void a_decimal_number_is_written_with_a_comma()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("2,4"), text_of(Cell{2.4}));
        CPPUNIT_ASSERT_EQUAL(std::string("0,1"), text_of(Cell{0.1}));
        CPPUNIT_ASSERT_EQUAL(std::string("2.4a"), text_of(Cell{std::string("2.4a")}));
    }

    void cells_are_named_as_in_the_sheet()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("C12"), cell_name(2, 11));
        CPPUNIT_ASSERT_EQUAL(std::string("A1"), cell_name(0, 0));
        CPPUNIT_ASSERT_EQUAL(std::string("Z1"), cell_name(25, 0));
        CPPUNIT_ASSERT_EQUAL(std::string("AA1"), cell_name(26, 0));
        CPPUNIT_ASSERT_EQUAL(std::string("AMJ1048576"), cell_name(1023, 1048575));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TableTest);
