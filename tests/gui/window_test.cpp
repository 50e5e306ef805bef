// The real window, as a person meets it: what they see is read from it, what
// they do is done with the mouse and the keyboard.

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <com/sun/star/accessibility/AccessibleRole.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include "desk.hpp"

using namespace gui_test;
using namespace office_test;
namespace role = gui_test::css::accessibility::AccessibleRole;

namespace {

using Names = std::vector<std::string>;

struct Entry {
    const char* name;
    const char* english_name;
    bool needs_diagnosis;
};

/// Those that any version has, in their order; others may stand between them.
const std::vector<Entry> entries{{"Nouveau diagnostic…", "New diagnosis…", false},
                                 {"Ouvrir l'exemple", "Open the example", false},
                                 {"Valider", "Validate", true},
                                 {"Calculer la couverture", "Compute the coverage", true},
                                 {"Importer des contours…", "Import boundaries…", true},
                                 {"Générer les cartes", "Make the maps", true},
                                 {"Générer les fiches-actions", "Make the action sheets", true},
                                 {"Copie pour diffusion…", "Copy for distribution…", true},
                                 {"Aide", "Help", false},
                                 {"À propos de Pacte", "About Pacte", false}};

const Names buttons{"Nouveau diagnostic", "Valider", "Calculer la couverture", "Générer les cartes",
                    "Générer les fiches-actions"};

bool has(const Names& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The names are all there, in this order.
void assert_in_order(const Names& wanted, const Names& shown)
{
    auto from = shown.begin();
    for (const std::string& name : wanted) {
        from = std::find(from, shown.end(), name);
        CPPUNIT_ASSERT_MESSAGE("« " + name + " » is not in the menu, or not in its place",
                               from != shown.end());
    }
}

Names names_of(const char* Entry::*language)
{
    Names names;
    for (const Entry& entry : entries)
        names.emplace_back(entry.*language);
    return names;
}

bool overlap(const css::awt::Rectangle& a, const css::awt::Rectangle& b)
{
    return a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;
}

/// The icons are drawn in the blue of the State, on a grey bar.
int blue_pixels(const css::awt::Rectangle& place)
{
    const auto shown = pixels(place.X, place.Y, place.Width, place.Height);
    return static_cast<int>(std::count_if(shown.begin(), shown.end(),
                                          [](const Pixel& pixel) { return pixel.blue - pixel.red > 40; }));
}

std::string setting(const Model& model, const std::string& key)
{
    for (const auto& row : table(model, "parametres"))
        if (row.front() == key)
            return row.at(1);
    return {};
}

Widget toolbar_of(const Model& model)
{
    const auto toolbar = window_of(model).find(role::TOOL_BAR, "Pacte");
    CPPUNIT_ASSERT_MESSAGE("no toolbar « Pacte » in the window", toolbar.has_value());
    return *toolbar;
}

} // namespace

class WindowTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WindowTest);
    CPPUNIT_TEST(the_menu_greys_out_what_needs_a_diagnosis);
    CPPUNIT_TEST(the_menu_offers_everything_in_a_diagnosis);
    CPPUNIT_TEST(the_menu_opens_with_the_keyboard);
    CPPUNIT_TEST(the_toolbar_stands_among_those_of_calc);
    CPPUNIT_TEST(the_toolbar_greys_out_what_needs_a_diagnosis);
    CPPUNIT_TEST(a_button_runs_its_command_which_ends_with_a_sentence);
    CPPUNIT_TEST(a_cell_of_the_matrix_says_why);
    CPPUNIT_TEST(a_new_diagnosis_is_asked_for_and_opened);
    CPPUNIT_TEST(a_new_diagnosis_given_up_opens_nothing);
    CPPUNIT_TEST(the_menu_and_the_dialog_speak_english);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override
    {
        try {
            desk_->clear();
        } catch (...) {
            end_desk(); // what stays open is not left to the next test
            throw;
        }
    }

private:
    Desk& here(const std::string& language = "fr")
    {
        desk_ = &desk(language);
        return *desk_;
    }

    Widget asked_for_new_diagnosis(const Model& model)
    {
        OpenMenu(model).choose("Nouveau diagnostic…");
        return desk_->opened_dialog("Nouveau diagnostic");
    }

    void the_menu_greys_out_what_needs_a_diagnosis()
    {
        const OpenMenu menu(here().plain_spreadsheet());
        picture("menu-classeur-ordinaire");
        assert_in_order(names_of(&Entry::name), menu.names());
        const Names enabled = menu.enabled();
        for (const Entry& entry : entries)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(entry.name, !entry.needs_diagnosis, has(enabled, entry.name));
    }

    void the_menu_offers_everything_in_a_diagnosis()
    {
        const OpenMenu menu(here().example());
        picture("menu-diagnostic");
        assert_in_order(names_of(&Entry::name), menu.enabled());
        CPPUNIT_ASSERT_EQUAL(std::string("À propos de Pacte"), menu.names().back());
    }

    void the_menu_opens_with_the_keyboard()
    {
        const Model plain = here().plain_spreadsheet();
        window_of(plain).find(role::DOCUMENT_SPREADSHEET)->click();
        press("F10");
        press("p");
        const auto menu = window_of(plain).find(role::MENU_BAR)->find(role::MENU, "Pacte");
        wait_for("F10, P to open the menu", [&] { return menu->children().front().is_showing(); });
        press("n"); // ~Nouveau diagnostic…
        static_cast<void>(desk_->opened_dialog("Nouveau diagnostic"));
        press("Escape");
        wait_for("the dialog to close", [&] { return !desk_->dialog("Nouveau diagnostic"); });
    }

    void the_toolbar_stands_among_those_of_calc()
    {
        const Model model = here().example();
        const Widget toolbar = toolbar_of(model);
        picture("barre-d-outils");
        const auto place = toolbar.place();
        CPPUNIT_ASSERT(is_within(place, window_of(model).place()));
        for (const Widget& other : window_of(model).all(role::TOOL_BAR))
            if (other.name() != "Pacte" && other.is_showing() && other.place().Width > 0)
                CPPUNIT_ASSERT_MESSAGE("over « " + other.name() + " »", !overlap(place, other.place()));

        const auto shown = toolbar.all(role::PUSH_BUTTON);
        CPPUNIT_ASSERT_EQUAL(buttons.size(), shown.size());
        for (std::size_t i = 0; i < buttons.size(); ++i) {
            CPPUNIT_ASSERT_EQUAL(buttons[i], shown[i].name());
            CPPUNIT_ASSERT_MESSAGE(buttons[i] + " is cut off", is_within(shown[i].place(), place));
            CPPUNIT_ASSERT_MESSAGE(buttons[i] + " shows no icon", blue_pixels(shown[i].place()) > 20);
        }
    }

    void the_toolbar_greys_out_what_needs_a_diagnosis()
    {
        const auto in_plain = toolbar_of(here().plain_spreadsheet()).all(role::PUSH_BUTTON);
        CPPUNIT_ASSERT_EQUAL(buttons.size(), in_plain.size());
        for (const Widget& button : in_plain)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(button.name(), button.name() == buttons.front(),
                                         button.is_enabled());
        for (const Widget& button : toolbar_of(here().example()).all(role::PUSH_BUTTON))
            CPPUNIT_ASSERT_MESSAGE(button.name(), button.is_enabled());
    }

    void a_button_runs_its_command_which_ends_with_a_sentence()
    {
        const Model model = here().example();
        CPPUNIT_ASSERT(!window_of(model).shows("mène à chaque cellule"));
        const Widget button = *toolbar_of(model).find(role::PUSH_BUTTON, "Valider");
        wait_for("the button to be ready", [&] { return button.is_enabled() && button.place().Width > 0; });
        click_until("the sentence of the validation", button,
                    [&] { return window_of(model).shows("la feuille « Contrôles » mène à chaque cellule"); });
        picture("message");
        CPPUNIT_ASSERT(table(model, "controles").size() > 2);
    }

    void a_cell_of_the_matrix_says_why()
    {
        const Model model = here().example();
        CPPUNIT_ASSERT(here().office().run(model, "synthese").done);
        const auto controller = model->getCurrentController();
        const auto matrix = sheet(model, "Matrice de couverture");
        Reference<css::sheet::XSpreadsheetView>(controller, UNO_QUERY_THROW)->setActiveSheet(matrix);
        Reference<css::view::XSelectionSupplier>(controller, UNO_QUERY_THROW)
            ->select(css::uno::makeAny(matrix->getCellByPosition(3, 4)));
        OpenMenu(model).choose("Pourquoi ce chiffre ?…");
        const Widget dialog = desk_->opened_dialog("Pourquoi ce chiffre ?");
        wait_for("the words of the window", [&] { return dialog.shows("Source : "); });
        std::this_thread::sleep_for(std::chrono::seconds(1)); // it is painted after it is there
        picture("pourquoi-ce-chiffre");
        CPPUNIT_ASSERT(dialog.shows("1.1 "));
        CPPUNIT_ASSERT(dialog.shows("CA du Puy-en-Velay"));
        CPPUNIT_ASSERT(dialog.shows("Seuils : peu couvert sous"));
        const auto place = dialog.place();
        CPPUNIT_ASSERT(is_within(place, window_of(model).place()));
        for (const sal_Int16 kind : {role::PUSH_BUTTON, role::TABLE, role::LABEL})
            for (const Widget& part : dialog.all(kind))
                CPPUNIT_ASSERT_MESSAGE(part.name() + " is cut off", is_within(part.place(), place));
        const Widget button = *dialog.find(role::PUSH_BUTTON, "Faire la feuille à imprimer");
        click_until("the sheet to print", button,
                    [&] { return has(sheet_names(model), "Pourquoi ce chiffre"); });
        picture("pourquoi-ce-chiffre-feuille");
    }

    void a_new_diagnosis_is_asked_for_and_opened()
    {
        const Model plain = here().plain_spreadsheet();
        const Widget dialog = asked_for_new_diagnosis(plain);
        picture("nouveau-diagnostic");
        const auto place = dialog.place();
        CPPUNIT_ASSERT(is_within(place, window_of(plain).place()));
        CPPUNIT_ASSERT_MESSAGE("over the menu", place.Y > 50);
        for (const sal_Int16 kind : {role::PUSH_BUTTON, role::SPIN_BOX, role::COMBO_BOX, role::LABEL})
            for (const Widget& part : dialog.all(kind))
                CPPUNIT_ASSERT_MESSAGE(part.name() + " is cut off", is_within(part.place(), place));

        dialog.find(role::COMBO_BOX, "Territoire")->click();
        type("43");
        press("Return");
        wait_for("Haute-Loire to be chosen", [&] {
            return dialog.find(role::COMBO_BOX, "Territoire")->find(role::TEXT)->text() == "43 – Haute-Loire";
        });
        fill(*dialog.find(role::SPIN_BOX, "Année de T0"), "2022");
        fill(*dialog.find(role::SPIN_BOX, "Début de la période"), "2025");
        fill(*dialog.find(role::SPIN_BOX, "Fin de la période"), "2028");
        picture("nouveau-diagnostic-rempli");

        const auto start = std::chrono::steady_clock::now();
        dialog.find(role::PUSH_BUTTON, "OK")->click();
        wait_for("the workbook to open", [&] { return here().documents().size() == 2; });
        const Model diagnosis = here().other_than(plain);
        wait_for("its window", [&] { return window_of(diagnosis).shows("Le diagnostic est prêt"); });
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        std::cout << "\nfrom OK to the open workbook: " << elapsed.count() << " s (wanted: under 2 s)\n";
        picture("diagnostic-ouvert");

        CPPUNIT_ASSERT_EQUAL(std::string("Haute-Loire"), setting(diagnosis, "territoire"));
        CPPUNIT_ASSERT_EQUAL(std::string("2022"), setting(diagnosis, "année T0"));
        CPPUNIT_ASSERT_EQUAL(std::string("2025"), setting(diagnosis, "début de la période"));
        CPPUNIT_ASSERT_EQUAL(std::string("2028"), setting(diagnosis, "fin de la période"));
        CPPUNIT_ASSERT_EQUAL(std::string("CA du Puy-en-Velay"),
                             text_at(sheet(diagnosis, "Territoires"), "B7"));
    }

    void a_new_diagnosis_given_up_opens_nothing()
    {
        const Model plain = here().plain_spreadsheet();
        const auto is_closed = [&] { return !desk_->dialog("Nouveau diagnostic"); };
        asked_for_new_diagnosis(plain).find(role::PUSH_BUTTON, "Annuler")->click();
        wait_for("« Annuler » to close the dialog", is_closed);
        static_cast<void>(asked_for_new_diagnosis(plain));
        press("Escape");
        wait_for("Escape to close the dialog", is_closed);

        // The next command starts: the one given up is over, and it opened nothing.
        CPPUNIT_ASSERT(!here().office().run(plain, "valider").done);
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), here().documents().size());
    }

    void the_menu_and_the_dialog_speak_english()
    {
        const Model plain = here("en-US").plain_spreadsheet();
        {
            OpenMenu menu(plain);
            picture("menu-anglais");
            assert_in_order(names_of(&Entry::english_name), menu.names());
            menu.choose("New diagnosis…");
        }
        const Widget dialog = desk_->opened_dialog("New diagnosis");
        picture("nouveau-diagnostic-anglais");
        for (const char* label : {"Territory", "Year of T0", "Start of the period", "End of the period"})
            CPPUNIT_ASSERT_MESSAGE(label, dialog.find(role::LABEL, label).has_value());
        dialog.find(role::PUSH_BUTTON, "Cancel")->click();
        wait_for("the dialog to close", [&] { return !desk_->dialog("New diagnosis"); });
    }

    Desk* desk_ = nullptr;
};

CPPUNIT_TEST_SUITE_REGISTRATION(WindowTest);
