#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <set>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/sheet/FilterOperator.hpp>
#include <com/sun/star/sheet/TableFilterField.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeMovement.hpp>
#include <com/sun/star/sheet/XDatabaseRange.hpp>
#include <com/sun/star/sheet/XSheetOutline.hpp>
#include <com/sun/star/table/TableOrientation.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/util/XMergeable.hpp>
#include <com/sun/star/util/XProtectable.hpp>
#include <com/sun/star/util/XRefreshable.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "installed.hpp"

// What partners do to a table before they send it back: the validation reads it all the
// same, says what it understood, and guesses nothing.

using namespace office_test;
using Model = Reference<css::frame::XModel>;

namespace {

constexpr const char* where = "Dispositifs";
using Lines = std::multiset<std::string>;

void set_property(const Reference<css::uno::XInterface>& object, const char* name, const Any& value)
{
    Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->setPropertyValue(OUString::createFromAscii(name), value);
}

bool flag(const Reference<css::uno::XInterface>& object, const char* name)
{
    bool value = false;
    Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->getPropertyValue(OUString::createFromAscii(name)) >>= value;
    return value;
}

void write(const Model& model, const std::string& cell, const std::string& text)
{
    Reference<css::text::XTextRange>(cell_at(sheet(model, where), cell), UNO_QUERY_THROW)
        ->setString(ustring(text));
}

} // namespace

class ValidatorInputTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValidatorInputTest);
    CPPUNIT_TEST(a_million_formatted_rows_cost_nothing);
    CPPUNIT_TEST(what_is_hidden_filtered_or_grouped_is_read);
    CPPUNIT_TEST(merged_cells_are_read_as_they_stand);
    CPPUNIT_TEST(figures_are_understood_or_told);
    CPPUNIT_TEST(dates_are_understood_or_told);
    CPPUNIT_TEST(many_rows_more_than_a_sheet_was_made_for);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        const Model start = office().new_spreadsheet();
        CPPUNIT_ASSERT(office().run(start, "exemple").done);
        model_ = office().active();
        close(start);
    }
    void tearDown() override
    {
        close(model_);
        CPPUNIT_ASSERT_MESSAGE("the office is dead", office().is_alive());
    }

private:
    static Office& office() { return office_with_pacte("fr"); }

    double validate()
    {
        const auto start = std::chrono::steady_clock::now();
        const auto outcome = office().run(model_, "valider");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }

    /// `CEL-003 R5` for each finding of the sheet.
    [[nodiscard]] Lines findings() const
    {
        const auto cells = table(model_, "controles");
        Lines lines;
        for (std::size_t i = 1; i < cells.size(); ++i)
            if (cells[i][3] == where)
                lines.insert(cells[i][1] + " " + cells[i][4]);
        return lines;
    }

    [[nodiscard]] std::string message_at(const std::string& cell) const
    {
        std::string message;
        for (const auto& row : table(model_, "controles"))
            if (row[3] == where && row[4] == cell)
                message += row[1] + " " + row[2] + " → " + row[5] + "\n";
        return message;
    }

    Reference<css::table::XColumnRowRange> grid() const { return {sheet(model_, where), UNO_QUERY_THROW}; }

    void a_million_formatted_rows_cost_nothing()
    {
        const double before = validate();
        const auto expected = findings();
        set_property(sheet(model_, where)->getCellRangeByName("A5:AC1048576"), "CellBackColor",
                     css::uno::makeAny(sal_Int32(0xFFFFEE)));
        set_property(sheet(model_, where)->getCellRangeByName("A90:AC1048576"), "NumberFormat",
                     css::uno::makeAny(sal_Int32(10)));
        const double after = validate();
        CPPUNIT_ASSERT(expected == findings());
        CPPUNIT_ASSERT_MESSAGE(std::to_string(before) + " s, then " + std::to_string(after),
                               after < before + 1.0);
    }

    void what_is_hidden_filtered_or_grouped_is_read()
    {
        validate();
        const auto expected = findings();
        const Reference<css::uno::XInterface> column(grid()->getColumns()->getByIndex(10),
                                                     UNO_QUERY_THROW); // amount
        set_property(column, "IsVisible", css::uno::makeAny(false));
        set_property(Reference<css::uno::XInterface>(grid()->getRows()->getByIndex(36), UNO_QUERY_THROW),
                     "IsVisible", css::uno::makeAny(false));
        const auto lines = Reference<css::sheet::XCellRangeAddressable>(
                               sheet(model_, where)->getCellRangeByName("A10:A20"), UNO_QUERY_THROW)
                               ->getRangeAddress();
        const Reference<css::sheet::XSheetOutline> outline(sheet(model_, where), UNO_QUERY_THROW);
        outline->group(lines, css::table::TableOrientation_ROWS);
        outline->hideDetail(lines);
        const Reference<css::beans::XPropertySet> properties(model_, UNO_QUERY_THROW);
        const Reference<css::container::XNameAccess> ranges(properties->getPropertyValue("DatabaseRanges"),
                                                            UNO_QUERY_THROW);
        const Reference<css::sheet::XDatabaseRange> range(ranges->getByName("dispositifs"), UNO_QUERY_THROW);
        css::uno::Sequence<css::sheet::TableFilterField> only(1);
        only[0].Field = 1; // axe
        only[0].Operator = css::sheet::FilterOperator_EQUAL;
        only[0].IsNumeric = true;
        only[0].NumericValue = 1.0;
        range->getFilterDescriptor()->setFilterFields(only);
        Reference<css::util::XRefreshable>(range, UNO_QUERY_THROW)->refresh();
        const Reference<css::uno::XInterface> filtered(grid()->getRows()->getByIndex(80), UNO_QUERY_THROW);
        CPPUNIT_ASSERT(!flag(filtered, "IsVisible"));

        validate();
        CPPUNIT_ASSERT(expected == findings());
        CPPUNIT_ASSERT(!flag(filtered, "IsVisible") && !flag(column, "IsVisible"));
    }

    void merged_cells_are_read_as_they_stand()
    {
        // The source of D-001 and D-002 merged: the second one has none any more.
        Reference<css::util::XMergeable>(sheet(model_, where)->getCellRangeByName("AB5:AB6"), UNO_QUERY_THROW)
            ->merge(true);
        write(model_, "AB6", "");
        validate();
        CPPUNIT_ASSERT_MESSAGE(message_at("AB6"), message_at("AB6").starts_with("CEL-001"));
        CPPUNIT_ASSERT_EQUAL(std::string(), message_at("AB5"));
        CPPUNIT_ASSERT(Reference<css::util::XMergeable>(sheet(model_, where)->getCellRangeByName("AB5:AB6"),
                                                        UNO_QUERY_THROW)
                           ->getIsMerged());
    }

    struct Case {
        const char* written;
        const char* code;
        const char* told; ///< in the message or in the suggestion
    };

    void assert_cases(const std::string& column, const std::vector<Case>& cases)
    {
        for (std::size_t i = 0; i < cases.size(); ++i)
            write(model_, column + std::to_string(5 + i), cases[i].written);
        validate();
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const auto message = message_at(column + std::to_string(5 + i));
            const std::string what = std::string(cases[i].written) + ": " + message;
            CPPUNIT_ASSERT_MESSAGE(what, message.find(cases[i].code) != std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(what, message.find(cases[i].told) != std::string::npos);
        }
    }

    void figures_are_understood_or_told()
    {
        assert_cases("M", // part Département
                     {{"12 000 €", "CEL-015", "compris comme 12\u202F000"},
                      {"12\u202F000,50", "CEL-015", "compris comme 12\u202F000,5"},
                      {"12\u00A0k€", "CEL-015", "compris comme 12\u202F000"},
                      {"12-15", "CEL-003", "entre 12 et 15"},
                      {"env. 30", "CEL-003", "(30 ?)"},
                      {"n.c.", "CEL-018", "nd"},
                      {"12 %", "CEL-003", "nombre seul"},
                      {"beaucoup", "CEL-003", "laissez la cellule vide"}});
        cell_at(sheet(model_, where), "R5")->setFormula("=1/0");
        cell_at(sheet(model_, where), "R6")->setFormula("=#REF!");
        validate();
        CPPUNIT_ASSERT(message_at("R5").starts_with("CEL-002") && message_at("R6").starts_with("CEL-002"));
    }

    void dates_are_understood_or_told()
    {
        assert_cases("AC", // mis à jour le
                     {{"30/06/2024", "CEL-016", "30/06/2024"},
                      {"30.06.2024", "CEL-016", "30/06/2024"},
                      {"2024-06-30", "CEL-016", "30/06/2024"},
                      {"30 juin 2024", "CEL-016", "30/06/2024"},
                      {"dimanche 30 juin 2024", "CEL-016", "30/06/2024"},
                      {"30/06/24", "CEL-005", "30/06/2024"},
                      {"fin juin", "CEL-005", "Écrivez le jour"}});
    }

    /// Of the same rule, the first being fitted by Calc.
    void the_last_line_has_the_room_of_the_first()
    {
        const auto lines = table(model_, "controles");
        const auto room = [&](std::size_t line) {
            const Reference<css::table::XColumnRowRange> rows(sheet(model_, "Contrôles"), UNO_QUERY_THROW);
            sal_Int32 height = 0;
            Reference<css::beans::XPropertySet>(rows->getRows()->getByIndex(static_cast<sal_Int32>(line) + 3),
                                                UNO_QUERY_THROW)
                ->getPropertyValue("Height") >>= height;
            return height;
        };
        const auto is_told = [](const auto& line) { return line[1] == "CEL-003"; };
        const auto first = std::find_if(lines.begin(), lines.end(), is_told);
        const auto last = std::find_if(lines.rbegin(), lines.rend(), is_told);
        const auto at = static_cast<std::size_t>(first - lines.begin());
        const auto end = lines.size() - 1 - static_cast<std::size_t>(last - lines.rbegin());
        CPPUNIT_ASSERT(at < 100 && end > 500);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(room(end)) + " for " + std::to_string(room(at)),
                               room(end) >= room(at));
    }

    void many_rows_more_than_a_sheet_was_made_for()
    {
        // A hundred thousand where PACTE_LONG is set: twenty seconds are too long for each day.
        const sal_Int32 count = std::getenv("PACTE_LONG") != nullptr ? 100'000 : 20'000;
        const std::vector<std::pair<const char*, const char*>> row{
            {"A", "=\"X-\"&ROW()"},
            {"B", "3"},
            {"C", "'3.3"},
            {"D", "=\"Accueil \"&ROW()"},
            {"F", "=\"Porteur \"&MOD(ROW();977)"},
            {"G", "Association"},
            {"J", "Département"},
            {"O", "Tous publics"},
            {"P", "département"},
            {"R", "=IF(MOD(ROW();25)=0;\"env. 30\";30)"},
            {"AB", "Essai"}};
        for (const auto& [column, formula] : row)
            cell_at(sheet(model_, where), std::string(column) + "87")
                ->setFormula(OUString::createFromAscii(formula));
        cell_at(sheet(model_, where), "J87")->setFormula(ustring("Département"));
        cell_at(sheet(model_, where), "P87")->setFormula(ustring("département"));
        const Reference<css::sheet::XCellRangeMovement> mover(sheet(model_, where), UNO_QUERY_THROW);
        const auto address = [&](sal_Int32 first, sal_Int32 rows) {
            return Reference<css::sheet::XCellRangeAddressable>(
                       sheet(model_, where)->getCellRangeByPosition(0, first, 28, first + rows - 1),
                       UNO_QUERY_THROW)
                ->getRangeAddress();
        };
        for (sal_Int32 filled = 1; filled < count; filled *= 2) {
            const auto rows = std::min(filled, count - filled);
            const auto target = address(86 + filled, rows);
            mover->copyRange(css::table::CellAddress(target.Sheet, 0, target.StartRow), address(86, rows));
        }
        const double seconds = validate();
        const auto found = findings();
        const auto told = std::count_if(found.begin(), found.end(), [](const std::string& line) {
            return line.starts_with("CEL-003 R");
        });
        std::cout << '\n' << count << " rows, " << told << " faults: " << seconds << " s\n";
        CPPUNIT_ASSERT_EQUAL(static_cast<std::ptrdiff_t>(count / 25), told);
        the_last_line_has_the_room_of_the_first();
    }

    Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidatorInputTest);
