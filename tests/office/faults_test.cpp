#include "installed.hpp"
#include "office.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/table/XTableColumns.hpp>
#include <com/sun/star/table/XTableRows.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

// What goes wrong on a real workstation. Each time: a clear message, the document
// as it was, the office alive.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

const fs::path scratch = fs::path(PACTE_BINARY_DIR) / "faults";

void assert_mentions(const std::string& message, const std::string& words)
{
    CPPUNIT_ASSERT_MESSAGE(message + " ⇐ " + words, message.find(words) != std::string::npos);
}

/// A contour file of one commune, with as many bytes of blanks in it.
void write_contours(const fs::path& path, std::size_t blanks)
{
    std::ofstream(path, std::ios::binary)
        << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"insee":"43001"},)"
        << R"("geometry":{"type":"Polygon","coordinates":[[[3.5,45],[3.6,45],[3.6,45.1],[3.5,45]]]}})"
        << std::string(blanks, ' ') << "]}";
}

} // namespace

class FaultsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FaultsTest);
    CPPUNIT_TEST(the_contour_file_is_cut_short_during_the_import);
    CPPUNIT_TEST(two_documents_do_not_meet);
    CPPUNIT_TEST(a_command_twice_is_the_command_once);
    CPPUNIT_TEST(a_workbook_of_a_newer_pacte_is_not_written_to);
    CPPUNIT_TEST(a_workbook_of_an_older_pacte_is_worked_on);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        fs::remove_all(scratch);
        fs::create_directories(scratch);
    }

    // A file on a share of the network that goes away: what is left is no file of contours.
    void the_contour_file_is_cut_short_during_the_import()
    {
        const auto model = example();
        const std::string before = all_text(model);
        const fs::path file = scratch / "contours.geojson";
        write_contours(file, 200'000'000);
        std::atomic<bool> goes_on = true;
        std::thread thief([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            fs::resize_file(file, 1000);
            while (goes_on)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
        });
        const Outcome outcome =
            office().run(model, "contours", {{"Fichier", css::uno::makeAny(file_url(file))}});
        goes_on = false;
        thief.join();
        CPPUNIT_ASSERT(!outcome.done);
        assert_mentions(outcome.sentence, "contours.geojson");
        assert_as_it_was(model, before);
    }

    void two_documents_do_not_meet()
    {
        const auto first = example();
        const auto second = example();
        const std::string untouched = all_text(second);
        run(first, "couverture");
        run(first, "cartes");
        CPPUNIT_ASSERT_EQUAL(untouched, all_text(second));
        run(second, "couverture");
        const auto computed = table(second, "couverture");
        CPPUNIT_ASSERT(table(first, "couverture") == computed);
        close(first);
        run(second, "fiches");
        CPPUNIT_ASSERT(table(second, "couverture") == computed);
        CPPUNIT_ASSERT(office().is_alive());
        close(second);
    }

    void a_command_twice_is_the_command_once()
    {
        const auto model = example();
        for (const char* command : {"valider", "couverture", "cartes", "fiches", "synthese", "qualite"}) {
            run(model, command);
            const std::string once = all_text(model);
            const auto sheets = sheet_names(model);
            run(model, command);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(command, once, all_text(model));
            CPPUNIT_ASSERT_MESSAGE(command, sheets == sheet_names(model));
        }
        close(model);
    }

    void a_workbook_of_a_newer_pacte_is_not_written_to()
    {
        const auto model = example();
        set_version(model, "2");
        const std::string before = all_text(model);
        for (const char* command : {"valider", "couverture", "cartes", "fiches"}) {
            const Outcome outcome = office().run(model, command);
            CPPUNIT_ASSERT_MESSAGE(command, !outcome.done);
            assert_mentions(outcome.sentence, "plus récent");
        }
        CPPUNIT_ASSERT_EQUAL(before, all_text(model));
        set_version(model, "1");
        run(model, "couverture");
        close(model);
    }

    // Without what came later (the version, settings, a column that may be left out): the
    // defaults count, every command works, and nothing is put in their place.
    void a_workbook_of_an_older_pacte_is_worked_on()
    {
        const auto model = example();
        run(model, "couverture");
        const auto computed = table(model, "couverture");
        for (const char* setting : {"version", "palette", "contrôle à la saisie", "anneaux de l'APL"})
            remove_setting(model, setting);
        remove_column(model, "Dispositifs", "cadre");
        const auto settings = table(model, "parametres");
        for (const char* command : {"valider", "couverture", "cartes", "fiches", "synthese"})
            run(model, command);
        CPPUNIT_ASSERT(table(model, "couverture") == computed);
        CPPUNIT_ASSERT(table(model, "parametres") == settings);
        close(model);
    }

private:
    static Office& office() { return office_with_pacte("fr"); }

    static Reference<css::frame::XModel> example()
    {
        const auto start = office().new_spreadsheet();
        const Outcome outcome = office().run(start, "exemple");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        const auto model = office().active();
        close(start);
        return model;
    }

    static void run(const Reference<css::frame::XModel>& model, const char* command)
    {
        const Outcome outcome = office().run(model, command);
        CPPUNIT_ASSERT_MESSAGE(command + (": " + outcome.sentence), outcome.done);
    }

    static void set_version(const Reference<css::frame::XModel>& model, const std::string& version)
    {
        cell_at(sheet(model, "Paramètres"), setting_cell(model, "version"))->setFormula(ustring(version));
    }

    static void remove_setting(const Reference<css::frame::XModel>& model, const char* setting)
    {
        const int row = std::stoi(setting_cell(model, setting).substr(1));
        Reference<css::table::XColumnRowRange>(sheet(model, "Paramètres"), UNO_QUERY_THROW)
            ->getRows()
            ->removeByIndex(row - 1, 1);
    }

    static void remove_column(const Reference<css::frame::XModel>& model, const char* sheet_name,
                              const std::string& header)
    {
        const auto where = sheet(model, sheet_name);
        for (sal_Int32 column = 0; column < 50; ++column)
            for (sal_Int32 row = 0; row < 10; ++row)
                if (utf8(Reference<css::text::XTextRange>(where->getCellByPosition(column, row),
                                                          UNO_QUERY_THROW)
                             ->getString())
                        .starts_with(header))
                    return Reference<css::table::XColumnRowRange>(where, UNO_QUERY_THROW)
                        ->getColumns()
                        ->removeByIndex(column, 1);
        CPPUNIT_FAIL("no column « " + header + " »");
    }

    static void assert_as_it_was(const Reference<css::frame::XModel>& model, const std::string& before)
    {
        CPPUNIT_ASSERT(office().is_alive());
        CPPUNIT_ASSERT_EQUAL(before, all_text(model));
        run(model, "couverture"); // and it works on
        close(model);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FaultsTest);
