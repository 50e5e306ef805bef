#include <algorithm>
#include <map>
#include <set>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XDatabaseRange.hpp>
#include <com/sun/star/sheet/XSheetAnnotationsSupplier.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/table/CellContentType.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>

#include <cppunit/extensions/HelperMacros.h>

#include "installed.hpp"
#include "office.hpp"

// The validation as an agent uses it: the sheet alone, finding after finding,
// what is accepted, what is repaired.

using namespace office_test;

namespace {

using Model = Reference<css::frame::XModel>;
using Row = std::map<std::string, std::string>;

/// The rows of « Contrôles » by header.
std::vector<Row> controls(const Model& model)
{
    const auto cells = table(model, "controles");
    std::vector<Row> rows;
    for (std::size_t i = 1; i < cells.size(); ++i) {
        Row row;
        for (std::size_t j = 0; j < cells[0].size(); ++j)
            row[cells[0][j]] = cells[i][j];
        if (!row["code"].empty())
            rows.push_back(row);
    }
    return rows;
}

std::size_t count(const Model& model, const std::string& code)
{
    const auto rows = controls(model);
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](Row row) { return row["code"] == code; }));
}

/// The cell of a table, its header being the row 0 of the range.
Reference<css::table::XCell> cell_of(const Model& model, const std::string& range, std::size_t column,
                                     std::size_t row)
{
    const Reference<css::beans::XPropertySet> properties(model, UNO_QUERY_THROW);
    const Reference<css::container::XNameAccess> ranges(properties->getPropertyValue("DatabaseRanges"),
                                                        UNO_QUERY_THROW);
    const Reference<css::sheet::XDatabaseRange> found(ranges->getByName(ustring(range)), UNO_QUERY_THROW);
    const auto area = found->getDataArea();
    const Reference<css::sheet::XSpreadsheetDocument> document(model, UNO_QUERY_THROW);
    const Reference<css::container::XIndexAccess> sheets(document->getSheets(), UNO_QUERY_THROW);
    const Reference<css::sheet::XSpreadsheet> holder(sheets->getByIndex(area.Sheet), UNO_QUERY_THROW);
    return holder->getCellByPosition(area.StartColumn + static_cast<sal_Int32>(column),
                                     area.StartRow + static_cast<sal_Int32>(row));
}

/// The cell of « Contrôles » in that column, on the line of that rule and place.
Reference<css::table::XCell> control_cell(const Model& model, const std::string& code,
                                          const std::string& place, const std::string& header)
{
    const auto cells = table(model, "controles");
    const auto column = [&](const std::string& name) {
        return static_cast<std::size_t>(std::find(cells[0].begin(), cells[0].end(), name) - cells[0].begin());
    };
    for (std::size_t i = 1; i < cells.size(); ++i)
        if (cells[i][column("code")] == code && cells[i][column("repère")] == place)
            return cell_of(model, "controles", column(header), i);
    CPPUNIT_FAIL("no line " + code + " " + place);
    return {};
}

/// Row (from 1) of a dispositif, and the letter of a column, in « Dispositifs ».
Reference<css::table::XCell> dispositif_cell(const Model& model, const std::string& id,
                                             const std::string& header)
{
    const auto cells = table(model, "dispositifs");
    const auto column = std::find(cells[0].begin(), cells[0].end(), header) - cells[0].begin();
    for (std::size_t i = 1; i < cells.size(); ++i)
        if (cells[i][0] == id)
            return cell_of(model, "dispositifs", static_cast<std::size_t>(column), i);
    CPPUNIT_FAIL("no dispositif " + id);
    return {};
}

std::string text_of(const Reference<css::table::XCell>& cell)
{
    return utf8(Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->getString());
}

void write(const Reference<css::table::XCell>& cell, const std::string& text)
{
    Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->setString(ustring(text));
}

std::size_t notes_in(const Model& model, const std::string& name)
{
    const Reference<css::sheet::XSheetAnnotationsSupplier> supplier(sheet(model, name), UNO_QUERY_THROW);
    const Reference<css::container::XIndexAccess> notes(supplier->getAnnotations(), UNO_QUERY_THROW);
    return static_cast<std::size_t>(notes->getCount());
}

std::string selected(const Model& model)
{
    const Reference<css::view::XSelectionSupplier> view(model->getCurrentController(), UNO_QUERY_THROW);
    const Reference<css::sheet::XCellAddressable> cell(view->getSelection(), UNO_QUERY_THROW);
    const auto at = cell->getCellAddress();
    return std::to_string(at.Sheet) + ":" + std::to_string(at.Row) + ":" + std::to_string(at.Column);
}

} // namespace

class ValidatorDeskTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValidatorDeskTest);
    CPPUNIT_TEST(the_example_has_the_findings_that_its_readme_lists);
    CPPUNIT_TEST(each_line_of_controls_shows_its_whole_message);
    CPPUNIT_TEST(one_sheet_is_validated_alone);
    CPPUNIT_TEST(findings_are_walked_through);
    CPPUNIT_TEST(an_accepted_finding_stays_accepted);
    CPPUNIT_TEST(repairs_are_one_undo_step);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        office_ = &office_with_pacte("fr");
        office_->run(office_->new_spreadsheet(), "exemple");
        model_ = office_->active();
        CPPUNIT_ASSERT(office_->run(model_, "valider").done);
    }

    void tearDown() override { close(model_); }

private:
    void the_example_has_the_findings_that_its_readme_lists()
    {
        for (const auto& [code, expected] : std::map<std::string, std::size_t>{{"DIS-002", 2},
                                                                               {"DIS-003", 1},
                                                                               {"DIS-008", 2},
                                                                               {"DIS-009", 1},
                                                                               {"DIS-010", 1},
                                                                               {"THE-002", 1}})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(code, expected, count(model_, code));
        for (Row row : controls(model_))
            CPPUNIT_ASSERT_MESSAGE(row["code"], row["sévérité"] == "non vérifié" ||
                                                    row["code"].starts_with("DIS-0") ||
                                                    row["code"] == "THE-002");
    }

    void each_line_of_controls_shows_its_whole_message()
    {
        const auto lines = table(model_, "controles");
        const auto height = [&](std::size_t line) {
            sal_Int32 high = 0;
            Reference<css::beans::XPropertySet>(
                Reference<css::table::XColumnRowRange>(sheet(model_, "Contrôles"), UNO_QUERY_THROW)
                    ->getRows()
                    ->getByIndex(static_cast<sal_Int32>(line) + 3),
                UNO_QUERY_THROW)
                ->getPropertyValue("Height") >>= high;
            return high;
        };
        std::map<std::string, sal_Int32> heights; // of one line with this rule
        for (std::size_t line = 1; line < lines.size(); ++line)
            heights[lines[line][1]] = height(line);
        CPPUNIT_ASSERT(heights["DIS-009"] > heights["NV-006"] * 8 / 5); // two lines, and one
        // And the rows that a person writes are still fitted.
        bool is_fitted = false;
        Reference<css::beans::XPropertySet>(model_, UNO_QUERY_THROW)
            ->getPropertyValue("IsAdjustHeightEnabled") >>= is_fitted;
        CPPUNIT_ASSERT(is_fitted);
    }

    void one_sheet_is_validated_alone()
    {
        // A fault in another sheet, and one here.
        cell_of(model_, "pistes", 3, 1)->setFormula(OUString()); // its intitulé
        dispositif_cell(model_, "D-001", "source")->setFormula(OUString());
        const Reference<css::sheet::XSpreadsheetView> view(model_->getCurrentController(), UNO_QUERY_THROW);
        view->setActiveSheet(sheet(model_, "Dispositifs"));
        const auto outcome = office_->run(model_, "valider-feuille");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count(model_, "CEL-001")); // the piste waits
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count(model_, "THE-002")); // and what was known stays
        view->setActiveSheet(sheet(model_, "Accueil"));
        CPPUNIT_ASSERT(!office_->run(model_, "valider-feuille").done);
        CPPUNIT_ASSERT(office_->run(model_, "valider").done);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, count(model_, "CEL-001"));
    }

    void findings_are_walked_through()
    {
        const Reference<css::sheet::XSpreadsheetView> view(model_->getCurrentController(), UNO_QUERY_THROW);
        view->setActiveSheet(sheet(model_, "Accueil"));
        std::set<std::string> places;
        std::string first;
        for (int i = 0; i < 8; ++i) {
            const auto outcome = office_->run(model_, "constat-suivant");
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence,
                                   outcome.done && outcome.sentence.find(" : ") != std::string::npos);
            if (i == 0)
                first = selected(model_);
            places.insert(selected(model_));
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, places.size()); // each of the eight cells
        office_->run(model_, "constat-suivant");
        CPPUNIT_ASSERT_EQUAL(first, selected(model_)); // and round again
        office_->run(model_, "constat-precedent");
        CPPUNIT_ASSERT(places.contains(selected(model_)) && selected(model_) != first);
    }

    void an_accepted_finding_stays_accepted()
    {
        const auto notes = notes_in(model_, "Dispositifs");
        const std::string place = "dispositifs:D-033:montant_annuel";
        write(control_cell(model_, "DIS-002", place, "acceptée (motif)"), "vu, arrondi convenu");
        const auto outcome = office_->run(model_, "valider");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.sentence.find("1 accepté") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("vu, arrondi convenu"),
                             text_of(control_cell(model_, "DIS-002", place, "acceptée (motif)")));
        CPPUNIT_ASSERT_EQUAL(notes - 1, notes_in(model_, "Dispositifs")); // not marked any more
        CPPUNIT_ASSERT(all_text(model_).find("Contrôles : 1 erreur(s)") != std::string::npos); // on Accueil

        // Other rows, another order: the reason follows its line. Other figures: to be seen again.
        dispositif_cell(model_, "D-033", "montant annuel")->setValue(200000.0);
        office_->run(model_, "valider");
        CPPUNIT_ASSERT_EQUAL(std::string("(à revoir) vu, arrondi convenu"),
                             text_of(control_cell(model_, "DIS-002", place, "acceptée (motif)")));
        CPPUNIT_ASSERT_EQUAL(notes, notes_in(model_, "Dispositifs"));
    }

    void repairs_are_one_undo_step()
    {
        write(dispositif_cell(model_, "D-001", "capacité"), "300 personnes");
        write(dispositif_cell(model_, "D-007", "date de fin"), "28 février 2025");
        write(dispositif_cell(model_, "D-016", "porteur principal"), "Pôle emploi Haute-Loire");
        write(dispositif_cell(model_, "D-002", "territoire couvert"), "Com. de com. du Haut-Lignon");
        dispositif_cell(model_, "D-003", "SIRET du porteur")->setValue(99900001100018.0);
        const auto before = all_text(model_);
        const auto outcome =
            office_->run(model_, "corriger", {{"Choix", css::uno::makeAny(OUString("D-002"))}});
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_EQUAL(300.0, dispositif_cell(model_, "D-001", "capacité")->getValue());
        CPPUNIT_ASSERT_EQUAL(45716.0, dispositif_cell(model_, "D-007", "date de fin")->getValue());
        CPPUNIT_ASSERT_EQUAL(std::string("France Travail Haute-Loire"),
                             text_of(dispositif_cell(model_, "D-016", "porteur principal")));
        const auto siret = dispositif_cell(model_, "D-003", "SIRET du porteur");
        CPPUNIT_ASSERT_EQUAL(std::string("99900001100018"), text_of(siret));
        CPPUNIT_ASSERT(siret->getType() == css::table::CellContentType_TEXT);
        // What was left out stays as it was, and is told.
        CPPUNIT_ASSERT_EQUAL(std::string("Com. de com. du Haut-Lignon"),
                             text_of(dispositif_cell(model_, "D-002", "territoire couvert")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count(model_, "TER-002"));
        undo(model_);
        CPPUNIT_ASSERT_EQUAL(before, all_text(model_));
        redo(model_);
        CPPUNIT_ASSERT_EQUAL(300.0, dispositif_cell(model_, "D-001", "capacité")->getValue());
    }

    Office* office_ = nullptr;
    Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidatorDeskTest);
