#include "installed.hpp"
#include "laid_tables.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/script/XLibraryContainer.hpp>
#include <com/sun/star/script/provider/XScriptProviderSupplier.hpp>
#include <com/sun/star/sheet/XCalculatable.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XCellRangeMovement.hpp>
#include <com/sun/star/sheet/XDatabaseRange.hpp>
#include <com/sun/star/table/TableSortField.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/util/XSortable.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "core/coverage.hpp"

// Many cells share what they read: they must never show what the tables no longer
// say. After each change, every cell is compared with the coverage computed in this
// process from the tables as the document has them.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

using css::uno::Sequence;
using Model = Reference<css::frame::XModel>;
using Sheet = Reference<css::sheet::XSpreadsheet>;

const std::vector<std::string> thematiques{"1.1", "1.2", "2.1", "4.1", "9.9"};
const std::vector<std::string> epcis{"999000110", "999000128", "999000136", "999000144", "999999999"};

const pacte::Schemas& schemas()
{
    static const pacte::Schemas all = pacte::Schemas::load(PACTE_TEMPLATES);
    return all;
}

css::table::CellRangeAddress area_of(const Model& model, const std::string& name)
{
    const Reference<css::container::XNameAccess> ranges(
        Reference<css::beans::XPropertySet>(model, UNO_QUERY_THROW)->getPropertyValue("DatabaseRanges"),
        UNO_QUERY_THROW);
    return Reference<css::sheet::XDatabaseRange>(ranges->getByName(ustring(name)), UNO_QUERY_THROW)
        ->getDataArea();
}

pacte::Cell cell_of(const Any& value)
{
    double number = 0.0;
    OUString text;
    if (value >>= number)
        return number;
    if (value >>= text)
        return text.isEmpty() ? pacte::Cell(pacte::Blank{}) : pacte::Cell(utf8(text));
    return pacte::CellError{};
}

pacte::Table table_in(const Model& model, const std::string& name)
{
    const auto area = area_of(model, name);
    const Reference<css::sheet::XCellRangeData> range(
        sheet(model, name)
            ->getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow),
        UNO_QUERY_THROW);
    pacte::Table table;
    for (const Sequence<Any>& line : range->getDataArray()) {
        std::vector<pacte::Cell> row;
        std::transform(line.begin(), line.end(), std::back_inserter(row), cell_of);
        table.rows.push_back(std::move(row));
    }
    for (const pacte::Cell& header : table.rows.front())
        table.headers.push_back(pacte::text_of(header));
    table.rows.erase(table.rows.begin());
    return table;
}

template <typename Read>
auto rows_in(const Model& model, const std::string& name, Read read)
{
    return read(table_in(model, name), schemas().table(name));
}

/// What the tables of the document say, computed here and now.
pacte::Coverage coverage_in(const Model& model)
{
    const pacte::Parameters parameters(table_in(model, "parametres"), schemas().table("parametres"));
    pacte::Thematique defaults;
    defaults.partial_threshold = parameters.number("seuil partiel", 0.4);
    defaults.covered_threshold = parameters.number("seuil couvert", 0.8);
    const pacte::Territory territory(rows_in(model, "territoires", pacte::read_epcis),
                                     rows_in(model, "communes", pacte::read_communes),
                                     parameters.text("code du territoire"), parameters.text("territoire"));
    return pacte::compute_coverage(
        {territory,
         pacte::read_thematiques(table_in(model, "thematiques"), schemas().table("thematiques"), defaults),
         rows_in(model, "variables", pacte::read_variables), rows_in(model, "besoins", pacte::read_needs),
         rows_in(model, "dispositifs", pacte::read_dispositifs),
         *pacte::read_date(parameters.text("date de référence").empty()
                               ? pacte::Cell(parameters.number("date de référence", 0.0))
                               : pacte::Cell(std::string("2024-06-30")))});
}

std::string shown(const pacte::CoverageCell* cell, bool capacity)
{
    if (!cell)
        return "#N/A";
    if (!capacity)
        return label_of(cell->status);
    return cell->capacity.is_known() ? std::to_string(std::round(cell->capacity.value() * 1e6)) : "#N/A";
}

std::string shown(const Reference<css::table::XCell>& cell, bool capacity)
{
    if (cell->getError() != 0)
        return cell->getError() == 32767 ? "#N/A" : "Err:" + std::to_string(cell->getError());
    return capacity ? std::to_string(std::round(cell->getValue() * 1e6))
                    : utf8(Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->getString());
}

/// A workbook of the golden diagnosis, and, in the very sheet of the dispositifs, a
/// formula for each EPCI, thématique and measure.
class Workbook {
public:
    explicit Workbook(Office& office, const Arguments& arguments = {})
    {
        Sequence<css::beans::PropertyValue> loading(static_cast<sal_Int32>(arguments.size()));
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            loading[static_cast<sal_Int32>(i)].Name = ustring(arguments[i].first);
            loading[static_cast<sal_Int32>(i)].Value = arguments[i].second;
        }
        model.set(office.desktop()->loadComponentFromURL("private:factory/scalc", "_blank", 0, loading),
                  UNO_QUERY_THROW);
        lay_diagnosis(model, fs::path(PACTE_GOLDEN) / "couverture", schemas());
        lay_formulas("dispositifs");
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    ~Workbook() { close(model); }

    [[nodiscard]] Sheet dispositifs() const { return sheet(model, "dispositifs"); }
    [[nodiscard]] Reference<css::table::XCell> capacity(sal_Int32 row) const
    {
        return dispositifs()->getCellByPosition(6, row);
    }

    void lay_formulas(const std::string& table)
    {
        for (std::size_t t = 0; t < thematiques.size(); ++t)
            for (std::size_t e = 0; e < epcis.size(); ++e) {
                const std::string arguments =
                    "(" + table + ";besoins;thematiques;\"" + epcis[e] + "\";\"" + thematiques[t] + "\")";
                formula(t, e, true)->setFormula(ustring("=PACTE.CAPACITY" + arguments));
                formula(t, e, false)->setFormula(ustring("=PACTE.STATUS" + arguments));
            }
    }

    [[nodiscard]] Reference<css::table::XCell> formula(std::size_t t, std::size_t e, bool capacity) const
    {
        return dispositifs()->getCellByPosition(static_cast<sal_Int32>(2 * e + (capacity ? 0 : 1)) + 12,
                                                static_cast<sal_Int32>(t) + 2);
    }

    /// Empty where every formula shows what the tables say.
    [[nodiscard]] std::string wrong() const
    {
        const pacte::Coverage coverage = coverage_in(model);
        std::string wrong;
        for (std::size_t t = 0; t < thematiques.size(); ++t)
            for (std::size_t e = 0; e < epcis.size(); ++e)
                for (const bool capacity : {true, false}) {
                    const std::string wanted = shown(coverage.at(epcis[e], thematiques[t]), capacity);
                    const std::string got = shown(formula(t, e, capacity), capacity);
                    if (got != wanted)
                        wrong += "\n" + epcis[e] + " " + thematiques[t] + ": " + got + ", wanted " + wanted;
                }
        return wrong;
    }

    /// Rows without a capacity under the table, which the formulas then take too: such
    /// a table is long to read.
    void lengthen(sal_Int32 rows)
    {
        const auto area = area_of(model, "dispositifs");
        Sequence<Any> line(4);
        const char* const values[] = {"D", "4", "4.1", "Une ligne de plus"};
        std::transform(std::begin(values), std::end(values), line.getArray(),
                       [](const char* value) { return css::uno::makeAny(ustring(value)); });
        Sequence<Sequence<Any>> data(rows);
        std::fill_n(data.getArray(), rows, line);
        Reference<css::sheet::XCellRangeData>(
            dispositifs()->getCellRangeByPosition(0, area.EndRow + 1, 3, area.EndRow + rows), UNO_QUERY_THROW)
            ->setDataArray(data);
        lay_formulas("$A$1:$I$" + std::to_string(area.EndRow + rows + 1));
    }

    void calculate_all() const
    {
        Reference<css::sheet::XCalculatable>(model, UNO_QUERY_THROW)->calculateAll();
    }

    Model model;
};

void assert_true_to_the_tables(const Workbook& workbook, const char* when)
{
    CPPUNIT_ASSERT_EQUAL_MESSAGE(when, std::string(), workbook.wrong());
}

} // namespace

class FunctionsCacheTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FunctionsCacheTest);
    CPPUNIT_TEST(edits_are_seen);
    CPPUNIT_TEST(undo_and_redo_are_seen);
    CPPUNIT_TEST(sorting_filtering_and_moving_rows_are_seen);
    CPPUNIT_TEST(a_range_copied_over_is_seen);
    CPPUNIT_TEST(what_could_not_be_computed_is_computed_once_it_can);
    CPPUNIT_TEST(a_formula_in_the_table_is_seen);
    CPPUNIT_TEST(the_tables_that_no_formula_names_are_seen_at_the_next_recalculation);
    CPPUNIT_TEST(two_documents_and_copied_sheets_stay_apart);
    CPPUNIT_TEST(a_document_loaded_again_is_calculated_anew);
    CPPUNIT_TEST(no_edit_of_many_is_missed);
    CPPUNIT_TEST(no_edit_of_a_macro_is_missed);
    CPPUNIT_TEST(no_array_or_move_of_a_macro_is_missed);
    CPPUNIT_TEST_SUITE_END();

    Office& office_ = office_with_pacte("fr");

public:
    void edits_are_seen()
    {
        const Workbook workbook(office_);
        assert_true_to_the_tables(workbook, "as laid");
        CPPUNIT_ASSERT(workbook.formula(0, 0, true)->getValue() > 0.0);
        const double before = workbook.formula(0, 0, true)->getValue();
        workbook.capacity(1)->setValue(900.0);
        CPPUNIT_ASSERT(workbook.formula(0, 0, true)->getValue() > before);
        assert_true_to_the_tables(workbook, "a figure");
        workbook.capacity(1)->setFormula("env. 30");
        assert_true_to_the_tables(workbook, "a text");
        workbook.capacity(1)->setFormula("");
        assert_true_to_the_tables(workbook, "a blank");
        workbook.dispositifs()->getCellByPosition(4, 2)->setFormula("43901");
        assert_true_to_the_tables(workbook, "a zone");
        sheet(workbook.model, "besoins")->getCellByPosition(2, 1)->setValue(12.0);
        assert_true_to_the_tables(workbook, "a need");
        sheet(workbook.model, "thematiques")->getCellByPosition(6, 1)->setValue(0.01);
        assert_true_to_the_tables(workbook, "a threshold");
        write_row_of_formulas(workbook, 700.0);
        assert_true_to_the_tables(workbook, "cells written beside the formulas of their row");
    }

    void undo_and_redo_are_seen()
    {
        const Workbook workbook(office_);
        workbook.capacity(1)->setValue(900.0);
        assert_true_to_the_tables(workbook, "edited");
        undo(workbook.model);
        CPPUNIT_ASSERT_EQUAL(200.0, workbook.capacity(1)->getValue());
        assert_true_to_the_tables(workbook, "undone");
        redo(workbook.model);
        assert_true_to_the_tables(workbook, "redone");
    }

    void sorting_filtering_and_moving_rows_are_seen()
    {
        const Workbook workbook(office_);
        const auto area = area_of(workbook.model, "dispositifs");
        Sequence<css::table::TableSortField> fields(1);
        fields[0].Field = 6;
        fields[0].IsAscending = false;
        Sequence<css::beans::PropertyValue> order(2);
        order[0].Name = "SortFields";
        order[0].Value <<= fields;
        order[1].Name = "ContainsHeader";
        order[1].Value <<= true;
        Reference<css::util::XSortable>(
            workbook.dispositifs()->getCellRangeByPosition(0, area.StartRow, area.EndColumn, area.EndRow),
            UNO_QUERY_THROW)
            ->sort(order);
        assert_true_to_the_tables(workbook, "sorted");
        const auto rows =
            Reference<css::table::XColumnRowRange>(workbook.dispositifs(), UNO_QUERY_THROW)->getRows();
        rows->insertByIndex(10, 3);
        assert_true_to_the_tables(workbook, "rows inserted");
        workbook.capacity(14)->setValue(77.0);
        assert_true_to_the_tables(workbook, "a row below edited");
        rows->removeByIndex(15, 2);
        assert_true_to_the_tables(workbook, "rows removed");
        const Reference<css::beans::XPropertySet> hidden(rows->getByIndex(9), UNO_QUERY_THROW);
        hidden->setPropertyValue("IsVisible", css::uno::makeAny(false));
        assert_true_to_the_tables(workbook, "a row hidden: it counts");
        Reference<css::table::XColumnRowRange>(workbook.dispositifs(), UNO_QUERY_THROW)
            ->getColumns()
            ->insertByIndex(5, 1);
        CPPUNIT_ASSERT_EQUAL(std::string(), wrong_after_a_new_column(workbook));
    }

    void a_range_copied_over_is_seen()
    {
        const Workbook workbook(office_);
        const auto from = Reference<css::sheet::XCellRangeAddressable>(
            workbook.dispositifs()->getCellRangeByPosition(6, 5, 6, 9), UNO_QUERY_THROW);
        const auto to = Reference<css::sheet::XCellAddressable>(workbook.capacity(1), UNO_QUERY_THROW);
        Reference<css::sheet::XCellRangeMovement>(workbook.dispositifs(), UNO_QUERY_THROW)
            ->copyRange(to->getCellAddress(), from->getRangeAddress());
        CPPUNIT_ASSERT_EQUAL(90.0, workbook.capacity(1)->getValue());
        assert_true_to_the_tables(workbook, "copied over");
        undo(workbook.model);
        CPPUNIT_ASSERT_EQUAL(200.0, workbook.capacity(1)->getValue());
        assert_true_to_the_tables(workbook, "undone");
        Reference<css::sheet::XCellRangeMovement>(workbook.dispositifs(), UNO_QUERY_THROW)
            ->moveRange(to->getCellAddress(), from->getRangeAddress());
        assert_true_to_the_tables(workbook, "moved over");
    }

    void what_could_not_be_computed_is_computed_once_it_can()
    {
        const Workbook workbook(office_);
        const auto header = workbook.dispositifs()->getCellByPosition(6, 0);
        header->setFormula("places");
        CPPUNIT_ASSERT_EQUAL(std::string("Err:502"), shown(workbook.formula(0, 0, true), true));
        CPPUNIT_ASSERT_EQUAL(std::string("Err:502"), shown(workbook.formula(1, 1, false), false));
        header->setFormula(ustring("capacité"));
        assert_true_to_the_tables(workbook, "the header is back");
        CPPUNIT_ASSERT_EQUAL(std::string("#N/A"), shown(workbook.formula(4, 0, true), true));
        sheet(workbook.model, "thematiques")->getCellByPosition(0, 1)->setFormula("'9.9");
        assert_true_to_the_tables(workbook, "the thématique that was unknown");
        CPPUNIT_ASSERT_EQUAL(std::string("#N/A"), shown(workbook.formula(0, 0, true), true));
        workbook.capacity(1)->setFormula("=NA()");
        assert_true_to_the_tables(workbook, "a cell in error");
    }

    void a_formula_in_the_table_is_seen()
    {
        const Workbook workbook(office_);
        const auto elsewhere = sheet(workbook.model, "parametres")->getCellByPosition(5, 30);
        elsewhere->setValue(10.0);
        workbook.capacity(1)->setFormula("=$parametres.F31*2");
        assert_true_to_the_tables(workbook, "a formula");
        elsewhere->setValue(400.0);
        CPPUNIT_ASSERT_EQUAL(800.0, workbook.capacity(1)->getValue());
        assert_true_to_the_tables(workbook, "what it depends on");
    }

    void the_tables_that_no_formula_names_are_seen_at_the_next_recalculation()
    {
        const Workbook workbook(office_);
        assert_true_to_the_tables(workbook, "as laid");
        const struct {
            const char* table;
            sal_Int32 column;
            sal_Int32 row;
            const char* value;
        } edits[] = {{"variables", 2, 1, "indice"},   {"territoires", 4, 1, "non"},
                     {"communes", 3, 1, "1"},         {"parametres", 1, 2, "99"},
                     {"territoires", 3, 2, "123456"}, {"variables", 2, 1, "effectif"}};
        for (const auto& edit : edits) {
            sheet(workbook.model, edit.table)
                ->getCellByPosition(edit.column, edit.row)
                ->setFormula(ustring(edit.value));
            workbook.calculate_all();
            assert_true_to_the_tables(workbook, edit.table);
        }
    }

    void two_documents_and_copied_sheets_stay_apart()
    {
        const Workbook first(office_);
        const Workbook second(office_);
        second.capacity(1)->setValue(900.0);
        assert_true_to_the_tables(first, "the first document");
        assert_true_to_the_tables(second, "the second document");
        first.capacity(2)->setValue(5.0);
        assert_true_to_the_tables(second, "the second document, the first edited");
        assert_true_to_the_tables(first, "the first document, edited");

        const auto sheets =
            Reference<css::sheet::XSpreadsheetDocument>(first.model, UNO_QUERY_THROW)->getSheets();
        const double original = first.formula(0, 0, true)->getValue();
        sheets->copyByName("dispositifs", "copie", 0);
        const auto copy = sheet(first.model, "copie");
        const auto on_copy = copy->getCellByPosition(30, 2);
        on_copy->setFormula("=PACTE.CAPACITY($copie.A1:I30;besoins;thematiques;\"999000110\";\"1.1\")");
        CPPUNIT_ASSERT_EQUAL(original, on_copy->getValue());
        copy->getCellByPosition(6, 1)->setValue(100000.0);
        CPPUNIT_ASSERT(on_copy->getValue() > 1000.0);
        CPPUNIT_ASSERT_EQUAL(original, first.formula(0, 0, true)->getValue());
    }

    void a_document_loaded_again_is_calculated_anew()
    {
        const fs::path path = fs::temp_directory_path() / "pacte-partage.ods";
        for (const double capacity : {900.0, 12.0, 200.0}) {
            const Workbook workbook(office_);
            workbook.capacity(1)->setValue(capacity);
            const double expected = workbook.formula(0, 0, true)->getValue();
            store(workbook.model, path);
            const Model loaded = office_.open(file_url(path), true);
            Reference<css::sheet::XCalculatable>(loaded, UNO_QUERY_THROW)->calculateAll();
            CPPUNIT_ASSERT_EQUAL(expected,
                                 sheet(loaded, "dispositifs")->getCellByPosition(12, 2)->getValue());
            close(loaded);
        }
        fs::remove(path);
    }

    /// One edit, one cell read at once, at random.
    void no_edit_of_many_is_missed()
    {
        const Workbook workbook(office_);
        std::mt19937 random(6);
        for (int turn = 0; turn < 300; ++turn) {
            const auto row = static_cast<sal_Int32>(1 + random() % 16);
            workbook.capacity(row)->setValue(static_cast<double>(random() % 1000));
            if (turn % 10 != 0) { // most edits are followed by one reading, as a macro does
                (void)workbook.formula(random() % 4, random() % 4, true)->getValue();
                continue;
            }
            assert_true_to_the_tables(workbook, ("edit " + std::to_string(turn)).c_str());
        }
    }

    /// In the office's own process, an edit and a reading are microseconds apart.
    void no_edit_of_a_macro_is_missed()
    {
        for (const sal_Int32 more_rows : {0, 3000})
            CPPUNIT_ASSERT_EQUAL(0.0, missed_by_macro("    capacite.Value = i\n", more_rows));
    }

    /// Calc calculates the formulas of the rows that it writes before it tells of the
    /// change: those that follow, in the same rows, must not be given what was.
    void no_array_or_move_of_a_macro_is_missed()
    {
        for (const sal_Int32 more_rows : {0, 3000})
            for (const char* change :
                 {"    plage.setDataArray(Array(Array(i), Array(\"\"), Array(\"\")))\n",
                  "    feuille.getCellByPosition(30, 1).Value = i\n"
                  "    feuille.copyRange(capacite.CellAddress, source)\n",
                  "    feuille.getCellByPosition(30, 1).Value = i\n"
                  "    feuille.moveRange(capacite.CellAddress, source)\n",
                  "    feuille.getCellByPosition(6, 3).Value = i\n"
                  "    feuille.moveRange(capacite.CellAddress, dessous)\n"})
                CPPUNIT_ASSERT_EQUAL_MESSAGE(change, 0.0, missed_by_macro(change, more_rows));
    }

private:
    /// A macro of the document changes the capacity of the only dispositif to i, 200
    /// times, each time reading first a formula of another row, then the one that must
    /// be i: how often it is not.
    double missed_by_macro(const std::string& change, sal_Int32 more_rows)
    {
        Workbook workbook(office_, {{"MacroExecutionMode", css::uno::makeAny(sal_Int16(4))}});
        for (sal_Int32 row = 2; row <= 25; ++row)
            workbook.capacity(row)->setFormula("");
        workbook.dispositifs()->getCellByPosition(4, 1)->setFormula("999000110");
        if (more_rows > 0)
            workbook.lengthen(more_rows);
        const Reference<css::script::XLibraryContainer> libraries(
            Reference<css::beans::XPropertySet>(workbook.model, UNO_QUERY_THROW)
                ->getPropertyValue("BasicLibraries"),
            UNO_QUERY_THROW);
        if (!libraries->hasByName("Standard"))
            libraries->createLibrary("Standard");
        const std::string macro = "Function Manquees()\n"
                                  "  feuille = ThisComponent.Sheets.getByName(\"dispositifs\")\n"
                                  "  capacite = feuille.getCellByPosition(6, 1)\n"
                                  "  plage = feuille.getCellRangeByPosition(6, 1, 6, 3)\n"
                                  "  source = feuille.getCellRangeByPosition(30, 1, 30, 1).RangeAddress\n"
                                  "  dessous = feuille.getCellRangeByPosition(6, 3, 6, 7).RangeAddress\n"
                                  "  formule = feuille.getCellByPosition(12, 2)\n"
                                  "  autre = feuille.getCellByPosition(14, 3)\n"
                                  "  manquees = 0\n"
                                  "  For i = 1 To 200\n" +
                                  change +
                                  "    If Abs(formule.Value - i) > 0.000001 Then manquees = manquees + 1\n"
                                  "    lue = autre.Value\n"
                                  "  Next i\n"
                                  "  Manquees = manquees\n"
                                  "End Function\n";
        Reference<css::container::XNameContainer>(libraries->getByName("Standard"), UNO_QUERY_THROW)
            ->insertByName("Partage", css::uno::makeAny(ustring(macro)));
        const auto script =
            Reference<css::script::provider::XScriptProviderSupplier>(workbook.model, UNO_QUERY_THROW)
                ->getScriptProvider()
                ->getScript("vnd.sun.star.script:Standard.Partage.Manquees?language=Basic&location=document");
        Sequence<sal_Int16> indexes;
        Sequence<Any> out;
        double missed = -1.0;
        script->invoke({}, indexes, out) >>= missed;
        CPPUNIT_ASSERT_EQUAL(200.0, workbook.formula(0, 0, true)->getValue());
        return missed;
    }

    /// The capacities of the first rows, whose cells beside hold formulas: Calc may
    /// measure the height of those rows before it tells of the change.
    static void write_row_of_formulas(const Workbook& workbook, double first)
    {
        Sequence<Sequence<Any>> data(6);
        for (sal_Int32 i = 0; i < data.getLength(); ++i) {
            Sequence<Any> line(1);
            line[0] <<= first + i;
            data[i] = line;
        }
        Reference<css::sheet::XCellRangeData>(workbook.dispositifs()->getCellRangeByPosition(6, 1, 6, 6),
                                              UNO_QUERY_THROW)
            ->setDataArray(data);
    }

    /// The formulas and the capacities have moved by one column.
    static std::string wrong_after_a_new_column(const Workbook& workbook)
    {
        workbook.dispositifs()->getCellByPosition(7, 1)->setValue(4321.0);
        const pacte::Coverage coverage = coverage_in(workbook.model);
        const std::string wanted = shown(coverage.at(epcis[0], thematiques[0]), true);
        const std::string got = shown(workbook.dispositifs()->getCellByPosition(13, 2), true);
        return got == wanted ? "" : got + ", wanted " + wanted;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FunctionsCacheTest);
