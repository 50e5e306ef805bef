// The validator as a person meets it: « Corriger… » with old and new side by side, the
// findings one after the other by the keyboard, a cell marked as it is typed.

#include <algorithm>

#include <com/sun/star/accessibility/AccessibleRole.hpp>
#include <com/sun/star/accessibility/AccessibleStateType.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XSheetAnnotations.hpp>
#include <com/sun/star/sheet/XSheetAnnotationsSupplier.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/sheet/XViewFreezable.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include "desk.hpp"

using namespace gui_test;
using namespace office_test;
namespace role = gui_test::css::accessibility::AccessibleRole;

namespace {

std::string selected(const Model& model)
{
    const Reference<css::view::XSelectionSupplier> view(model->getCurrentController(), UNO_QUERY_THROW);
    const Reference<css::sheet::XCellAddressable> cell(view->getSelection(), UNO_QUERY);
    if (!cell.is())
        return {};
    const auto at = cell->getCellAddress();
    return sheet_names(model)[static_cast<std::size_t>(at.Sheet)] + ":" + std::to_string(at.Column) + ":" +
           std::to_string(at.Row);
}

/// As `selected` gives it.
std::string cell_in(const Model& model, const std::string& name, const std::string& cell)
{
    const Reference<css::sheet::XCellAddressable> addressable(cell_at(sheet(model, name), cell),
                                                              UNO_QUERY_THROW);
    const auto at = addressable->getCellAddress();
    return name + ":" + std::to_string(at.Column) + ":" + std::to_string(at.Row);
}

void show(const Model& model, const std::string& name)
{
    const Reference<css::sheet::XSpreadsheetView> view(model->getCurrentController(), UNO_QUERY_THROW);
    view->setActiveSheet(sheet(model, name));
}

std::size_t steps(const Model& model)
{
    const Reference<css::document::XUndoManagerSupplier> supplier(model, UNO_QUERY_THROW);
    return static_cast<std::size_t>(supplier->getUndoManager()->getAllUndoActionTitles().getLength());
}

void write(const Model& model, const char* cell, const char* text)
{
    Reference<css::text::XTextRange>(cell_at(sheet(model, "Dispositifs"), cell), UNO_QUERY_THROW)
        ->setString(ustring(text));
}

sal_Int32 notes(const Model& model)
{
    const Reference<css::sheet::XSheetAnnotationsSupplier> supplier(sheet(model, "Dispositifs"),
                                                                    UNO_QUERY_THROW);
    return Reference<css::container::XIndexAccess>(supplier->getAnnotations(), UNO_QUERY_THROW)->getCount();
}

/// The background of an error or of an alert, somewhere in the window.
bool shows_mark(const Model& model)
{
    const auto place = window_of(model).place();
    const auto seen = pixels(place.X, place.Y, place.Width, place.Height);
    return std::any_of(seen.begin(), seen.end(), [](const Pixel& pixel) {
        return (pixel.red == 0xF9 && pixel.green == 0xD6 && pixel.blue == 0xD5) ||
               (pixel.red == 0xFD && pixel.green == 0xE7 && pixel.blue == 0xC3);
    });
}

} // namespace

class ValidatorWindowTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValidatorWindowTest);
    CPPUNIT_TEST(repairs_are_shown_side_by_side_and_can_be_unticked);
    CPPUNIT_TEST(findings_are_walked_through_with_the_keyboard);
    CPPUNIT_TEST(a_line_of_controls_leads_to_its_cell);
    CPPUNIT_TEST(a_partner_is_chosen_in_a_list);
    CPPUNIT_TEST(a_cell_is_marked_as_it_is_typed);
    CPPUNIT_TEST(repairs_speak_english);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override
    {
        try {
            desk_->clear();
        } catch (...) {
            end_desk();
            throw;
        }
    }

private:
    Desk& here(const std::string& language = "fr")
    {
        desk_ = &desk(language);
        return *desk_;
    }

    static Widget line(const Widget& dialog, const std::string& beginning)
    {
        for (const Widget& box : dialog.all(role::CHECK_BOX))
            if (box.name().starts_with(beginning))
                return box;
        CPPUNIT_FAIL("no line " + beginning);
        return dialog;
    }

    static void spoil(const Model& model)
    {
        write(model, "R5", "300 personnes");     // D-001, capacité
        write(model, "AA11", "28 février 2025"); // D-007, date de fin
        write(model, "F20", "Pôle emploi Haute-Loire");
    }

    void repairs_are_shown_side_by_side_and_can_be_unticked()
    {
        const Model model = here().example();
        spoil(model);
        const auto before = all_text(model);
        const auto done = steps(model);
        OpenMenu(model).choose("Corriger…");
        const Widget dialog = desk_->opened_dialog("Corriger");
        picture("corriger");
        const auto place = dialog.place();
        for (const sal_Int16 kind : {role::PUSH_BUTTON, role::CHECK_BOX, role::LABEL})
            for (const Widget& part : dialog.all(kind))
                CPPUNIT_ASSERT_MESSAGE(part.name() + " is cut off", is_within(part.place(), place));
        for (const char* words : {"Écrit aujourd'hui", "Proposé", "300 personnes", "28 février 2025",
                                  "28/02/2025", "Pôle emploi Haute-Loire", "France Travail Haute-Loire"})
            CPPUNIT_ASSERT_MESSAGE(words, dialog.shows(words));
        line(dialog, "D-007").click(); // not that one
        picture("corriger-decoche");
        dialog.find(role::PUSH_BUTTON, "OK")->click();
        wait_for("the sentence", [&] { return window_of(model).shows("réparations faites"); });
        CPPUNIT_ASSERT_EQUAL(300.0, cell_at(sheet(model, "Dispositifs"), "R5")->getValue());
        CPPUNIT_ASSERT_EQUAL(std::string("28 février 2025"), text_at(sheet(model, "Dispositifs"), "AA11"));
        CPPUNIT_ASSERT_EQUAL(done + 1, steps(model));
        window_of(model).find(role::DOCUMENT_SPREADSHEET)->click();
        press("ctrl+z");
        wait_for("the undo", [&] { return all_text(model) == before; });
    }

    void findings_are_walked_through_with_the_keyboard()
    {
        const Model model = here().example();
        CPPUNIT_ASSERT(here().office().run(model, "valider").done);
        show(model, "Dispositifs");
        window_of(model).find(role::DOCUMENT_SPREADSHEET)->click();
        const auto from = selected(model);
        press("ctrl+F11");
        wait_for("Ctrl+F11 to go to a finding", [&] { return selected(model) != from; });
        const auto first = selected(model);
        picture("constat-suivant");
        press("ctrl+F11");
        wait_for("Ctrl+F11 to go to the next", [&] { return selected(model) != first; });
        press("ctrl+shift+F11");
        wait_for("Ctrl+Shift+F11 to come back", [&] { return selected(model) == first; });
        press("Down");
        wait_for("the colour of the mark", [&] { return shows_mark(model); });
        picture("marque");
    }

    void a_line_of_controls_leads_to_its_cell()
    {
        const Model model = here().example();
        CPPUNIT_ASSERT(here().office().run(model, "valider").done);
        show(model, "Contrôles");
        const auto lines = table(model, "controles");
        CPPUNIT_ASSERT_EQUAL(std::string("K37"), lines[1][4]);
        Reference<css::sheet::XViewFreezable>(model->getCurrentController(), UNO_QUERY_THROW)
            ->freezeAtPosition(0, 0); // a screen reader sees one pane alone
        constexpr int column = 4;     // « cellule »
        constexpr int row = 4;        // under the title, the description, the way back and the headers
        const auto link = window_of(model).find(role::DOCUMENT_SPREADSHEET)->cell(column, row).place();
        click_holding("ctrl", link.X + 10, link.Y + link.Height / 2);
        wait_for("the cell at fault",
                 [&] { return selected(model) == cell_in(model, "Dispositifs", "K37"); });
        picture("lien-suivi");
        show(model, "Contrôles");
        picture("controles");
    }

    void a_partner_is_chosen_in_a_list()
    {
        const Model model = here().example();
        const auto before = all_text(model);
        OpenMenu(model).choose("Rapport de contrôle à un partenaire…");
        const Widget dialog = desk_->opened_dialog("Rapport de contrôle à un partenaire");
        picture("rapport-partenaire");
        const auto place = dialog.place();
        for (const sal_Int16 kind : {role::PUSH_BUTTON, role::LIST, role::LABEL})
            for (const Widget& part : dialog.all(kind))
                CPPUNIT_ASSERT_MESSAGE(part.name() + " is cut off", is_within(part.place(), place));
        dialog.find(role::PUSH_BUTTON, "Annuler")->click();
        wait_for("the dialog to close",
                 [&] { return !desk_->dialog("Rapport de contrôle à un partenaire"); });
        CPPUNIT_ASSERT(before == all_text(model));
    }

    static void type_in(const Model& model, const std::string& name, const std::string& cell,
                        const std::string& text)
    {
        show(model, name);
        window_of(model).find(role::DOCUMENT_SPREADSHEET)->click();
        Reference<css::view::XSelectionSupplier>(model->getCurrentController(), UNO_QUERY_THROW)
            ->select(css::uno::makeAny(sheet(model, name)->getCellRangeByName(ustring(cell))));
        type(text);
        press("Return");
        wait_for(text + " in " + cell, [&] { return text_at(sheet(model, name), cell) == text; });
    }

    void a_cell_is_marked_as_it_is_typed()
    {
        const Model model = here().example();
        const auto settings = table(model, "parametres");
        for (std::size_t row = 1; row < settings.size(); ++row)
            if (settings[row][0] == "contrôle à la saisie")
                type_in(model, "Paramètres", "B" + std::to_string(row + 4), "oui");
        const auto before = notes(model);
        // Not a column whose validity list would already ask.
        type_in(model, "Dispositifs", "P8", "le sud");
        wait_for("the comment", [&] { return notes(model) == before + 1; });
        press("Down"); // the colour of the selection lies over that of the mark
        wait_for("the colour of the mark", [&] { return shows_mark(model); });
        picture("controle-a-la-saisie");
        press("ctrl+z");
        wait_for("the comment to go", [&] { return notes(model) == before; });
        wait_for("the colour to go", [&] { return !shows_mark(model); });
        CPPUNIT_ASSERT(text_at(sheet(model, "Dispositifs"), "P8") != "le sud");
    }

    void repairs_speak_english()
    {
        const Model model = here("en-US").example();
        spoil(model);
        OpenMenu(model).choose("Repair…");
        const Widget dialog = desk_->opened_dialog("Repair");
        picture("corriger-anglais");
        CPPUNIT_ASSERT(dialog.shows("Written now") && dialog.shows("Proposed"));
        dialog.find(role::PUSH_BUTTON, "Cancel")->click();
        wait_for("the dialog to close", [&] { return !desk_->dialog("Repair"); });
        CPPUNIT_ASSERT(here("en-US").office().run(model, "valider").done);
        bool english = false;
        for (const auto& row : table(model, "controles"))
            english = english || (row[1] == "DIS-002" && row[2].starts_with("The parts"));
        CPPUNIT_ASSERT(english);
    }

    Desk* desk_ = nullptr;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidatorWindowTest);
