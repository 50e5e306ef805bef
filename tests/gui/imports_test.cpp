// The imports, as a person does them: the menu, the choice of a file, a dialog
// that is read and filled in, the workbook.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <com/sun/star/accessibility/AccessibleRole.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include "desk.hpp"
#include "http_server.hpp"

using namespace gui_test;
using namespace office_test;
namespace role = gui_test::css::accessibility::AccessibleRole;
namespace fs = std::filesystem;

namespace {

const fs::path scratch = fs::path(PACTE_OXT).parent_path() / "imports-fenetre";

using Rows = std::vector<std::vector<std::string>>;

fs::path write(const std::string& name, const std::string& bytes)
{
    fs::create_directories(scratch);
    std::ofstream(scratch / name, std::ios::binary) << bytes;
    return scratch / name;
}

std::string at(const Rows& rows, const std::string& key, const std::string& header)
{
    const auto column = std::find(rows.front().begin(), rows.front().end(), header) - rows.front().begin();
    for (const auto& row : rows)
        if (row.front() == key)
            return row.at(static_cast<std::size_t>(column));
    return "no row " + key;
}

/// Its labels are whole and its parts apart; nothing leaves the dialog, nor the screen of
/// a small laptop.
void assert_well_laid(const Widget& dialog)
{
    const auto place = dialog.place();
    CPPUNIT_ASSERT_MESSAGE("higher than a screen of 768 lines: " + std::to_string(place.Height),
                           place.Height <= 700);
    for (const sal_Int16 kind : {role::PUSH_BUTTON, role::SPIN_BOX, role::COMBO_BOX, role::LABEL, role::LIST,
                                 role::TEXT, role::CHECK_BOX})
        for (const Widget& part : dialog.children())
            if (part.role() == kind)
                CPPUNIT_ASSERT_MESSAGE(part.name() + " is cut off", is_within(part.place(), place));
}

} // namespace

class ImportsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ImportsTest);
    CPPUNIT_TEST(needs_are_understood_corrected_and_imported);
    CPPUNIT_TEST(the_next_file_of_a_layout_is_known_and_shows_what_it_changes);
    CPPUNIT_TEST(the_place_of_the_codes_is_corrected_once);
    CPPUNIT_TEST(places_are_shown_and_imported);
    CPPUNIT_TEST(services_are_proposed_as_dispositifs);
    CPPUNIT_TEST(a_change_of_vintage_is_shown_before_it_is_done);
    CPPUNIT_TEST(contours_are_imported);
    CPPUNIT_TEST(a_download_that_does_not_come_is_given_up);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override
    {
        fs::remove_all(scratch);
        if (!desk_)
            return; // the test needs data that is not here
        try {
            desk_->clear();
        } catch (...) {
            end_desk(); // what stays open is not left to the next test
            throw;
        }
    }

private:
    Desk& here()
    {
        desk_ = &desk("fr");
        return *desk_;
    }

    /// Chooses a file as a person does, in the dialog of that title.
    void choose(const fs::path& file, const std::string& title)
    {
        static_cast<void>(desk_->opened_dialog(title));
        picture("fichier");
        type(file.string());
        press("Return");
    }

    static void show_sheet(const Model& model, const std::string& name, const std::string& cell)
    {
        const auto controller = model->getCurrentController();
        css::uno::Reference<css::sheet::XSpreadsheetView>(controller, css::uno::UNO_QUERY_THROW)
            ->setActiveSheet(sheet(model, name));
        css::uno::Reference<css::view::XSelectionSupplier>(controller, css::uno::UNO_QUERY_THROW)
            ->select(css::uno::makeAny(sheet(model, name)->getCellRangeByName(ustring(cell))));
    }

    /// The dialog that has that button.
    Widget dialog_with(const std::string& title, const std::string& button)
    {
        const auto there = [&] {
            const auto dialog = desk_->dialog(title);
            return dialog && dialog->find(role::PUSH_BUTTON, button);
        };
        wait_for("the dialog « " + title + " » with « " + button + " »", there);
        return desk_->opened_dialog(title);
    }

    void needs_are_understood_corrected_and_imported()
    {
        const Model model = here().example();
        const fs::path file = write(
            "menages.csv", "Source : Insee, essai 2021\nCODGEO;LIBGEO;Ménages sans voiture 2021;Part des "
                           "ménages sans voiture (%)\n43268;Yssingeaux;120;4,5\n"
                           "43162;Retournac;s;3\n43007;Araules;30;2\nxx;Inconnue;4;2\n43157;Le Puy;7,5;1\n");
        OpenMenu(model).choose("Importer des besoins…");
        choose(file, "Importer des besoins");
        const Widget dialog = dialog_with("Importer des besoins", "Relire le fichier");
        picture("besoins");
        assert_well_laid(dialog);
        fill(*dialog.find(role::TEXT, "Code de la variable"), "SANSVOITURE");
        picture("besoins-rempli");
        dialog.find(role::PUSH_BUTTON, "OK")->click();
        wait_for("the sentence", [&] { return window_of(model).shows("variable"); });
        picture("besoins-fait");
        CPPUNIT_ASSERT_EQUAL(std::string("150"), at(table(model, "besoins"), "244301016", "SANSVOITURE"));
    }

    /// Next year's file of the same layout: its settings are there, and what it would
    /// change is shown first.
    void the_next_file_of_a_layout_is_known_and_shows_what_it_changes()
    {
        const Model model = here().example();
        const auto open = [&](const fs::path& file) {
            OpenMenu(model).choose("Importer des besoins…");
            choose(file, "Importer des besoins");
            return dialog_with("Importer des besoins", "Relire le fichier");
        };
        const Widget first = open(write("aides-2021.csv", "CODGEO;LIBGEO;Foyers aidés 2021\n43157;Le Puy;70\n"
                                                          "43268;Yssingeaux;12\n43162;Retournac;8\n"));
        fill(*first.find(role::TEXT, "Code de la variable"), "AIDES");
        first.find(role::PUSH_BUTTON, "OK")->click();
        wait_for("the sentence", [&] { return window_of(model).shows("variable"); });
        const Widget next = open(write("aides-2022.csv", "CODGEO;LIBGEO;Foyers aidés 2022\n43157;Le Puy;75\n"
                                                         "43268;Yssingeaux;12\n43162;Retournac;8\n"));
        CPPUNIT_ASSERT(next.shows("Vos réglages d'un fichier de même présentation sont repris."));
        CPPUNIT_ASSERT_EQUAL(std::string("AIDES"), next.find(role::TEXT, "Code de la variable")->text());
        const Widget year = *next.find(role::COMBO_BOX, "Année des codes (COG)");
        CPPUNIT_ASSERT_EQUAL(std::string("2022"), year.find(role::TEXT)->text());
        year.click();
        type("2024");
        press("Return");
        picture("besoins-reconnus");
        next.find(role::PUSH_BUTTON, "OK")->click();
        const Widget changes = dialog_with("Importer des besoins", "Garder l'ancien");
        picture("besoins-changes");
        assert_well_laid(changes);
        CPPUNIT_ASSERT_EQUAL(std::string("70"), at(table(model, "besoins"), "200073419", "AIDES"));
        changes.find(role::PUSH_BUTTON, "Remplacer")->click();
        wait_for("the new figure", [&] { return at(table(model, "besoins"), "200073419", "AIDES") == "75"; });
        CPPUNIT_ASSERT_EQUAL(std::string("20"), at(table(model, "besoins"), "244301016", "AIDES"));
        CPPUNIT_ASSERT_EQUAL(std::string("2022"), at(table(model, "variables"), "AIDES", "millésime"));
        CPPUNIT_ASSERT_EQUAL(std::string("2024"), at(table(model, "variables"), "AIDES", "géographie"));
    }

    /// The file bears two columns of codes: where the work is, which is taken at first, and where the
    /// home is, which the person wants; next year's file is read as they said.
    void the_place_of_the_codes_is_corrected_once()
    {
        const Model model = here().example();
        const auto open = [&](const char* name, const char* figures) {
            OpenMenu(model).choose("Importer des besoins…");
            choose(write(name, figures), "Importer des besoins");
            return dialog_with("Importer des besoins", "Relire le fichier");
        };
        const Widget first =
            open("navettes-2021.csv", "TRAVAIL;DOMICILE;Actifs en navette 2021\n43157;43268;70\n"
                                      "43268;43268;12\n43112;43157;8\n");
        const auto codes = [](const Widget& dialog) {
            return *dialog.find(role::COMBO_BOX, "Colonne des codes");
        };
        CPPUNIT_ASSERT_EQUAL(std::string("A – TRAVAIL"), codes(first).find(role::TEXT)->text());
        codes(first).click();
        type("B");
        press("Return");
        first.find(role::PUSH_BUTTON, "Relire le fichier")->click();
        const auto read_again = [&] {
            const auto dialog = desk_->dialog("Importer des besoins");
            return dialog && dialog->find(role::COMBO_BOX, "Colonne des codes") &&
                   codes(*dialog).find(role::TEXT)->text() == "B – DOMICILE";
        };
        wait_for("the file read again", read_again);
        desk_->opened_dialog("Importer des besoins").find(role::PUSH_BUTTON, "OK")->click();
        wait_for("the sentence", [&] { return window_of(model).shows("variable"); });
        const Widget next =
            open("navettes-2022.csv", "TRAVAIL;DOMICILE;Actifs en navette 2022\n43157;43268;75\n"
                                      "43268;43268;15\n43112;43157;9\n");
        picture("besoins-place");
        CPPUNIT_ASSERT_EQUAL(std::string("B – DOMICILE"), codes(next).find(role::TEXT)->text());
        CPPUNIT_ASSERT(next.shows("Vos réglages d'un fichier de même présentation sont repris."));
        next.find(role::PUSH_BUTTON, "Annuler")->click();
        wait_for("the dialog to close", [&] { return !desk_->dialog("Importer des besoins"); });
    }

    void places_are_shown_and_imported()
    {
        const Model model = here().example();
        const fs::path file =
            write("fs.csv", "id_fs,lib_fs,adresse,insee_com,latitude,longitude,itinerance\n"
                            "9001,Lieu nouveau,1 rue A,43157,45.0437,3.8852,Non\n"
                            "9002,Bus nouveau,2 rue B,43268,3.9999,45.1426,Oui\n"
                            "9003,Loin,3 rue C,75056,48.85,2.35,Non\n"
                            "9004,France services de Langeac,6 Place André Roux,43112,45.0986,3.4951,Non\n");
        OpenMenu(model).choose("Importer l'offre…");
        choose(file, "Importer l'offre");
        const Widget dialog = dialog_with("Importer l'offre", "OK");
        picture("offre");
        assert_well_laid(dialog);
        dialog.find(role::PUSH_BUTTON, "OK")->click();
        wait_for("the sentence", [&] { return window_of(model).shows("lignes ajoutées"); });
        picture("offre-fait");
        // A person corrects a name; the list comes again, with another address.
        const auto offer = sheet(model, "Offre");
        const auto named = [&](const std::string& name) {
            int row = 3;
            while (text_at(offer, "B" + std::to_string(row)) != name)
                ++row;
            return "B" + std::to_string(row);
        };
        cell_at(offer, named("Bus nouveau"))->setFormula("Bus des Sucs");
        write("fs.csv", "id_fs,lib_fs,adresse,insee_com,latitude,longitude,itinerance\n"
                        "9001,Lieu nouveau,8 rue Y,43157,45.0437,3.8852,Non\n"
                        "9002,Bus nouveau,9 rue Z,43268,45.1426,3.9999,Oui\n");
        OpenMenu(model).choose("Importer l'offre…");
        choose(file, "Importer l'offre");
        dialog_with("Importer l'offre", "OK").find(role::PUSH_BUTTON, "OK")->click();
        wait_for("what was kept",
                 [&] { return window_of(model).shows("1 case modifiée par vous est gardée"); });
        CPPUNIT_ASSERT_EQUAL(std::string("9 rue Z"), text_at(offer, "F" + named("Bus des Sucs").substr(1)));
        show_sheet(model, "Offre", named("Bus des Sucs"));
        picture("offre-reprise");
        show_sheet(model, "Offre", "N" + named("Bus des Sucs").substr(1));
        picture("offre-doublons");
        show_sheet(model, "Refus", "A4");
        picture("offre-refus");
        show_sheet(model, "Sources", "A4");
        picture("offre-sources");
    }

    void services_are_proposed_as_dispositifs()
    {
        const Model model = here().example();
        const fs::path file = write(
            "services.json",
            R"([{"id":"dora--a","structure_id":"dora--1","nom":"Prêt de voitures","code_insee":"43157",)"
            R"("thematiques":["mobilite--acceder-a-un-vehicule"],"zone_eligibilite":["43"]}])");
        OpenMenu(model).choose("Importer l'offre…");
        choose(file, "Importer l'offre");
        const Widget dialog = dialog_with("Importer l'offre", "OK");
        const auto box =
            dialog.find(role::CHECK_BOX, "Les proposer dans « Dispositifs », à compléter")->place();
        click(box.X + 8, box.Y + box.Height / 2);
        picture("services");
        assert_well_laid(dialog);
        dialog.find(role::PUSH_BUTTON, "OK")->click();
        wait_for("the sentence", [&] { return window_of(model).shows("1 dispositif proposé"); });
    }

    void a_change_of_vintage_is_shown_before_it_is_done()
    {
        const Model model = here().example();
        OpenMenu(model).choose("Changer de millésime…");
        const Widget dialog = here().opened_dialog("Changer de millésime");
        picture("millesime");
        dialog.find(role::COMBO_BOX, "Géographie au 1er janvier")->click();
        type("2023");
        press("Return");
        picture("millesime-choisi");
        dialog.find(role::PUSH_BUTTON, "OK")->click();
        const Widget changes = dialog_with("Changer de millésime", "Appliquer");
        picture("millesime-changements");
        assert_well_laid(changes);
        changes.find(role::PUSH_BUTTON, "Appliquer")->click();
        wait_for("the sentence", [&] { return window_of(model).shows("changées"); });
        CPPUNIT_ASSERT_EQUAL(std::string("CC du Pays de Montfaucon"),
                             at(table(model, "territoires"), "244300307", "nom"));
        picture("millesime-fait");
    }

    void contours_are_imported()
    {
        const char* data = std::getenv("PACTE_DATA");
        if (data == nullptr || *data == 0) {
            std::cerr << "PACTE_DATA is not set: skipped\n";
            return;
        }
        const Model model = here().example();
        OpenMenu(model).choose("Importer des contours…");
        choose(fs::path(data) / "contours/communes-43-haute-loire.geojson", "Importer des contours");
        const Widget dialog = dialog_with("Importer des contours", "OK");
        picture("contours");
        assert_well_laid(dialog);
        fill(*dialog.find(role::TEXT, "Producteur"), "IGN, Admin Express");
        fill(*dialog.find(role::TEXT, "Millésime"), "2018");
        dialog.find(role::PUSH_BUTTON, "OK")->click();
        wait_for("the sentence", [&] { return window_of(model).shows("contours d'EPCI importés"); });
        CPPUNIT_ASSERT_EQUAL(std::string("IGN, Admin Express"),
                             at(table(model, "sources"), "SRC-001", "producteur"));
        CPPUNIT_ASSERT_EQUAL(std::string("contours importés"),
                             at(table(model, "communes"), "43157", "source des coordonnées"));
        picture("contours-fait");
    }

    void a_download_that_does_not_come_is_given_up()
    {
        HttpServer::Answer nothing;
        nothing.silent = true;
        const HttpServer server({{"/communes.geojson", nothing}});
        const std::string title = "Télécharger les contours officiels";
        const Model model = here().example();
        OpenMenu(model).choose(title + "…");
        const Widget dialog = dialog_with(title, "OK");
        picture("telecharger");
        assert_well_laid(dialog);
        fill(*dialog.find(role::TEXT, "Adresse"), server.address("/communes.geojson"));
        dialog.find(role::PUSH_BUTTON, "OK")->click();
        const auto waiting = [&] {
            const auto shown = desk_->dialog(title);
            return shown && !shown->find(role::PUSH_BUTTON, "OK") &&
                   shown->find(role::PUSH_BUTTON, "Annuler");
        };
        wait_for("the window that waits", waiting);
        picture("telecharger-attente");
        click_until("« Annuler » to close it", *desk_->dialog(title)->find(role::PUSH_BUTTON, "Annuler"),
                    [&] { return !desk_->dialog(title); });
        // Though the server holds the connection, the next command starts.
        const auto outcome = here().office().run(model, "valider");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
    }

    Desk* desk_ = nullptr;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ImportsTest);
