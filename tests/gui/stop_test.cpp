// A long command is stopped with the mouse or the keyboard, or its document is
// closed: each time a clear message, the document as it was, the office alive.
// The tables are large, and the office runs as on a very busy workstation (it is
// frozen most of the time), so that the small window of the progress comes in every
// command, whatever the speed of the machine.

#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/util/CloseVetoException.hpp>
#include <com/sun/star/util/XCloseable.hpp>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include "desk.hpp"
#include "document_picture.hpp"
#include "office_tables.hpp"

using namespace gui_test;
using namespace office_test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

const fs::path scratch = fs::path(PACTE_BINARY_DIR) / "stop";

/// As long as it lives the office sleeps a while each time that it worked a little
/// (busy_workstation.cpp). `freeze` stops it altogether.
class BusyWorkstation {
public:
    explicit BusyWorkstation(const Office& office) : office_(office) { tell(500); }
    BusyWorkstation(const BusyWorkstation&) = delete;
    BusyWorkstation& operator=(const BusyWorkstation&) = delete;
    ~BusyWorkstation()
    {
        tell(0);
        office_.thaw();
    }
    void freeze() { office_.freeze(); }

private:
    void tell(int milliseconds) const
    {
        for (const pid_t process : office_.processes()) {
            std::string name;
            std::getline(std::ifstream("/proc/" + std::to_string(process) + "/comm"), name);
            sigval value{};
            value.sival_int = milliseconds;
            if (name == "soffice.bin")
                sigqueue(process, SIGRTMIN + 5, value);
        }
    }

    const Office& office_;
};

/// The time that the office had of the processors.
std::chrono::nanoseconds worked(const Office& office)
{
    std::chrono::nanoseconds sum{};
    for (const pid_t process : office.processes()) {
        clockid_t clock{};
        timespec own{};
        if (clock_getcpuclockid(process, &clock) == 0 && clock_gettime(clock, &own) == 0)
            sum += std::chrono::seconds(own.tv_sec) + std::chrono::nanoseconds(own.tv_nsec);
    }
    return sum;
}

struct LongCommand {
    const char* name;
    const char* window; ///< words of the title of its progress
    Arguments arguments;
    std::chrono::nanoseconds works_first{}; ///< at least, before it is interrupted
};

enum class By { button, escape };

css::uno::Sequence<OUString> undo_titles(const Model& model)
{
    return Reference<css::document::XUndoManagerSupplier>(model, UNO_QUERY_THROW)
        ->getUndoManager()
        ->getAllUndoActionTitles();
}

fs::path write(const std::string& name, const std::string& bytes)
{
    fs::create_directories(scratch);
    std::ofstream(scratch / name, std::ios::binary) << bytes;
    return scratch / name;
}

Arguments file(const fs::path& path) { return {{"Fichier", css::uno::makeAny(file_url(path))}}; }

/// A contour file of one commune and of many blanks.
fs::path contours()
{
    return write(
        "contours.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"insee":"43001"},)"
        R"("geometry":{"type":"Polygon","coordinates":[[[3.5,45],[3.6,45],[3.6,45.1],[3.5,45]]]}})" +
            std::string(30'000'000, ' ') + "]}");
}

fs::path needs()
{
    std::string text = "codgeo;Population;Logements vacants\n";
    for (int i = 0; i < 60'000; ++i)
        text +=
            std::to_string(43001 + i % 260) + ";" + std::to_string(i) + ";" + std::to_string(i % 97) + "\n";
    return write("besoins.csv", text);
}

fs::path offer()
{
    std::string text = "id_fs,lib_fs,adresse,insee_com,latitude,longitude,itinerance\n";
    for (int i = 0; i < 60'000; ++i)
        text += std::to_string(i) + ",France services " + std::to_string(i) + ",1 rue,43157,45.04,3.88,non\n";
    return write("offre.csv", text);
}

} // namespace

class StopTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StopTest);
    CPPUNIT_TEST(each_long_command_is_stopped_in_a_new_diagnosis);
    CPPUNIT_TEST(what_is_made_again_is_stopped_and_stays);
    CPPUNIT_TEST(the_document_is_closed_during_a_command);
    CPPUNIT_TEST(the_document_is_closed_while_a_command_asks);
    CPPUNIT_TEST(the_office_does_not_end_during_a_command);
    CPPUNIT_TEST(a_command_called_again_while_it_runs_waits_for_its_end);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override
    {
        fs::remove_all(scratch);
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

    /// Runs it on a busy workstation, and calls `then` while its window is there and
    /// the office stands still.
    template <typename Then>
    Outcome interrupt(const Model& model, const LongCommand& command, Then then)
    {
        Office& office = desk_->office();
        auto outcome = std::async(std::launch::async,
                                  [&] { return office.run(model, command.name, command.arguments); });
        {
            BusyWorkstation busy(office);
            const auto start = worked(office);
            wait_for(std::string("the progress of « ") + command.name + " »", [&] {
                if (outcome.wait_for(0s) == std::future_status::ready)
                    throw std::runtime_error(std::string(command.name) +
                                             " ended without a progress: " + outcome.get().sentence);
                return worked(office) - start >= command.works_first && is_on_screen(command.window);
            });
            busy.freeze();
            then();
        }
        return outcome.get();
    }

    void assert_stopped(const Model& model, const LongCommand& command, By by)
    {
        const std::string before = picture_of(model);
        const auto steps = undo_titles(model);
        const Outcome outcome = interrupt(model, command, [&] {
            if (by == By::button)
                click_in(command.window, 0.83, 0.71); // « Annuler », bottom right
            else
                press_in(command.window, "Escape");
        });
        CPPUNIT_ASSERT_EQUAL_MESSAGE(command.name,
                                     std::string("Commande arrêtée : le document est resté comme il était."),
                                     outcome.sentence);
        CPPUNIT_ASSERT_MESSAGE(command.name, !outcome.done);
        CPPUNIT_ASSERT_MESSAGE(command.name, desk_->office().is_alive());
        assert_same(command.name, before, picture_of(model));
        CPPUNIT_ASSERT_MESSAGE(command.name, steps == undo_titles(model));
        wait_for("the window to take input again", [&] { return window_of(model).is_enabled(); });
        CPPUNIT_ASSERT_MESSAGE(command.name, !is_on_screen(command.window));
    }

    /// The example with twelve times as many dispositifs: commands that last.
    Model large_diagnosis()
    {
        const Model model = here().example();
        const auto rows = cells_of_table(model, "dispositifs");
        std::vector<css::uno::Sequence<Any>> filled;
        for (int copy = 0; copy < 12; ++copy)
            for (std::size_t i = 1; i < rows.size(); ++i) {
                css::uno::Sequence<Any> row(static_cast<sal_Int32>(rows[i].size()));
                for (std::size_t c = 0; c < rows[i].size(); ++c)
                    row[static_cast<sal_Int32>(c)] = value_of(rows[i][c]);
                row[0] <<= ustring("D-" + std::to_string(copy) + "-" + std::to_string(i));
                filled.push_back(row);
            }
        fill_table(model, "dispositifs", {filled.data(), static_cast<sal_Int32>(filled.size())});
        return model;
    }

    static Any value_of(const pacte::Cell& cell)
    {
        if (const auto* number = std::get_if<double>(&cell))
            return css::uno::makeAny(*number);
        const auto* text = std::get_if<std::string>(&cell);
        return css::uno::makeAny(text ? ustring(*text) : OUString());
    }

    void each_long_command_is_stopped_in_a_new_diagnosis()
    {
        const Model model = large_diagnosis();
        const fs::path copy = scratch / "copie.ods";
        const std::vector<LongCommand> commands{
            {"valider", "Validation du diagnostic", {}},
            {"valider-feuille", "Validation de la feuille", {}},
            {"couverture", "Calcul de la couverture", {}},
            {"cartes", "ration des cartes", {}},
            {"fiches", "ration des fiches", {}},
            {"synthese", "se du diagnostic", {}},
            {"pistes", "valuation des pistes", {}},
            {"qualite", "Qualit", {}},
            // Stopped, it leaves a hidden document of new sheets, which Calc would take back
            // in this one.
            {"rapport-partenaire",
             "Rapport de contr",
             {{"Partenaire", css::uno::makeAny(ustring("Conseil départemental de la Haute-Loire"))},
              {"Fichier", css::uno::makeAny(ustring((scratch / "rapport.ods").string()))}}},
            {"figer-t0", "Le T0 est fig", {}},
            {"millesime",
             "Changement de mill",
             {{"Annee", css::uno::makeAny(OUString("2022"))},
              {"Confirmer", css::uno::makeAny(OUString("oui"))}}},
            {"contours", "Import des contours", file(contours())},
            {"besoins", "Lecture du fichier|Import des besoins", file(needs())},
            {"offre", "Lecture", file(offer())},
            {"diffusion", "Copie pour diffusion", file(copy)}};
        const Arguments shown{{"Annee", css::uno::makeAny(OUString("2022"))}};
        CPPUNIT_ASSERT(desk_->office().run(model, "millesime", shown).done); // the years are read once
        auto by = By::button;
        for (const LongCommand& command : commands) {
            if (std::string(command.name) == "valider-feuille")
                select(model, "Dispositifs");
            assert_stopped(model, command, by);
            by = by == By::button ? By::escape : By::button;
        }
        for (const fs::path& file : {copy, scratch / "rapport.ods"})
            CPPUNIT_ASSERT_MESSAGE("half a file is left", !fs::exists(file));
        CPPUNIT_ASSERT(desk_->office().run(model, "figer-t0").done);
        assert_stopped(model, {"comparer-t0", "Comparaison au T0", {}}, by);
        CPPUNIT_ASSERT(desk_->office().run(model, "couverture").done); // and it works on
    }

    // With sheets that were made before, and a stop in the middle of the writing.
    void what_is_made_again_is_stopped_and_stays()
    {
        const Model model = large_diagnosis();
        CPPUNIT_ASSERT(desk_->office().run(model, "couverture").done);
        auto by = By::button;
        for (LongCommand command :
             {LongCommand{"cartes", "ration des cartes", {}}, LongCommand{"fiches", "ration des fiches", {}},
              LongCommand{"synthese", "se du diagnostic", {}}}) {
            CPPUNIT_ASSERT_MESSAGE(command.name, desk_->office().run(model, command.name).done);
            const auto start = worked(desk_->office());
            CPPUNIT_ASSERT_MESSAGE(command.name, desk_->office().run(model, command.name).done);
            command.works_first = (worked(desk_->office()) - start) / 2;
            assert_stopped(model, command, by);
            by = By::escape;
        }
        CPPUNIT_ASSERT(desk_->office().run(model, "cartes").done);
    }

    void the_document_is_closed_during_a_command()
    {
        const Model other = here().plain_spreadsheet();
        for (const LongCommand& command :
             {LongCommand{"valider", "Validation du diagnostic", {}},
              LongCommand{"cartes", "ration des cartes", {}},
              LongCommand{"contours", "Import des contours", file(contours())}}) {
            const Model model = large_diagnosis();
            std::future<bool> refused;
            const Outcome outcome = interrupt(model, command, [&] {
                refused = std::async(std::launch::async, [&] { return refuses_to_close(model); });
                std::this_thread::sleep_for(50ms); // until the office has it to do
            });
            CPPUNIT_ASSERT_MESSAGE(command.name, refused.get());
            CPPUNIT_ASSERT_MESSAGE(command.name + outcome.sentence,
                                   outcome.sentence.find("Le document a été fermé pendant") == 0);
            CPPUNIT_ASSERT_MESSAGE(command.name, desk_->office().is_alive());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(command.name, std::size_t(1), desk_->documents().size());
            wait_for("the message in the window that is left",
                     [&] { return window_of(other).shows("Le document a été fermé pendant"); });
        }
        CPPUNIT_ASSERT(desk_->office().run(other, "exemple").done);
    }

    void the_document_is_closed_while_a_command_asks()
    {
        static_cast<void>(here().plain_spreadsheet());
        const Model model = here().example();
        Office& office = desk_->office();
        auto outcome = std::async(std::launch::async, [&] { return office.run(model, "nouveau"); });
        static_cast<void>(desk_->opened_dialog("Nouveau diagnostic"));
        CPPUNIT_ASSERT(refuses_to_close(model));
        CPPUNIT_ASSERT(outcome.get().sentence.find("Le document a été fermé pendant") == 0);
        CPPUNIT_ASSERT(office.is_alive());
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), desk_->documents().size());
    }

    void the_office_does_not_end_during_a_command()
    {
        const Model model = large_diagnosis();
        const std::string before = picture_of(model);
        std::future<bool> ended;
        const Outcome outcome = interrupt(model, {"couverture", "Calcul de la couverture", {}}, [&] {
            ended =
                std::async(std::launch::async, [&] { return bool(desk_->office().desktop()->terminate()); });
            std::this_thread::sleep_for(50ms);
        });
        CPPUNIT_ASSERT(!ended.get());
        CPPUNIT_ASSERT_EQUAL(std::string("Commande arrêtée : le document est resté comme il était."),
                             outcome.sentence);
        CPPUNIT_ASSERT(desk_->office().is_alive());
        assert_same("couverture", before, picture_of(model));
    }

    void a_command_called_again_while_it_runs_waits_for_its_end()
    {
        const Model model = large_diagnosis();
        const auto steps = undo_titles(model).getLength();
        std::future<Outcome> again;
        const Outcome outcome = interrupt(model, {"fiches", "ration des fiches", {}}, [&] {
            again = std::async(std::launch::async, [&] { return desk_->office().run(model, "fiches"); });
            std::this_thread::sleep_for(50ms);
        });
        const Outcome refused = again.get();
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_EQUAL(
            std::string("Une autre commande de Pacte est en cours : attendez qu'elle se termine."),
            refused.sentence);
        CPPUNIT_ASSERT(!refused.done);
        CPPUNIT_ASSERT_EQUAL(steps + 1, undo_titles(model).getLength());
        CPPUNIT_ASSERT(desk_->office().run(model, "fiches").done);
    }

    /// As a program closes it, that leaves the closing to whoever refuses.
    static bool refuses_to_close(const Model& model)
    {
        try {
            Reference<css::util::XCloseable>(model, UNO_QUERY_THROW)->close(true);
        } catch (const css::util::CloseVetoException&) {
            return true;
        }
        return false;
    }

    static void select(const Model& model, const std::string& name)
    {
        Reference<css::sheet::XSpreadsheetView>(model->getCurrentController(), UNO_QUERY_THROW)
            ->setActiveSheet(sheet(model, name));
    }

    Desk* desk_ = nullptr;
};

CPPUNIT_TEST_SUITE_REGISTRATION(StopTest);
