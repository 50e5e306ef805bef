#include "installed.hpp"
#include "laid_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "core/csv.hpp"
#include "core/rows.hpp"
#include "core/schema.hpp"
#include "core/text.hpp"
#include "office_tables.hpp"

// The coverage of the example, as the installed extension writes it, against SQL
// over the same tables; and what becomes of it in a file.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

const pacte::Schemas& schemas()
{
    static const pacte::Schemas all = pacte::Schemas::load(PACTE_TEMPLATES);
    return all;
}

/// A folder of its own in the build folder, emptied first.
fs::path fresh_folder(const char* name)
{
    const fs::path folder = fs::path(PACTE_BINARY_DIR) / name;
    fs::remove_all(folder);
    fs::create_directories(folder);
    return folder;
}

std::string setting(const std::vector<std::vector<pacte::Cell>>& parametres, const std::string& key)
{
    for (const auto& row : parametres)
        if (pacte::fold(pacte::text_of(row[0])) == pacte::fold(key))
            return csv_text(row[1], key.starts_with("date"));
    return {};
}

/// The sheet Couverture, computed by SQLite from the tables of that document.
std::vector<pacte::CsvRecord> coverage_by_sql(const Reference<css::frame::XModel>& document)
{
    const fs::path folder = fresh_folder("couverture-exemple");
    for (const char* name : {"territoires", "communes", "thematiques", "variables", "besoins", "dispositifs"})
        write_csv(folder / (std::string(name) + ".csv"), cells_of_table(document, name),
                  schemas().table(name));
    const auto parametres = cells_of_table(document, "parametres");
    const std::string date = setting(parametres, "date de référence");
    const fs::path answer = folder / "feuille.csv";
    const std::string command = "PACTE_S1=" + setting(parametres, "seuil partiel") +
                                " PACTE_S2=" + setting(parametres, "seuil couvert") +
                                " '" PACTE_GOLDEN "/check_coverage' --feuille '" + folder.string() + "' " +
                                (date.empty() ? "$(date +%F)" : date) + " '" +
                                setting(parametres, "code du territoire") + "' '" +
                                setting(parametres, "territoire") + "' > '" + answer.string() + "'";
    CPPUNIT_ASSERT_EQUAL_MESSAGE(command, 0, std::system(command.c_str()));
    return pacte::read_csv(answer);
}

/// Empty where the cell holds what is wanted: a figure to 10 digits, or a text.
std::string other_than(const std::string& wanted, const pacte::Cell& cell)
{
    double figure = 0.0;
    if (const auto* number = std::get_if<double>(&cell))
        return pacte::parse_number(wanted, figure) &&
                       std::abs(*number - figure) <= 1e-10 * (1.0 + std::abs(figure))
                   ? ""
                   : csv_text(cell);
    const std::string text = pacte::text_of(cell);
    return text == wanted ? "" : "« " + text + " »";
}

void assert_sheet(const std::vector<pacte::CsvRecord>& wanted,
                  const std::vector<std::vector<pacte::Cell>>& rows)
{
    std::vector<std::size_t> columns;
    for (const std::string& header : wanted.front().fields) {
        std::size_t column = 0;
        while (column < rows.front().size() && pacte::text_of(rows.front()[column]) != header)
            ++column;
        CPPUNIT_ASSERT_MESSAGE("no column « " + header + " »", column < rows.front().size());
        columns.push_back(column);
    }
    CPPUNIT_ASSERT_EQUAL(wanted.size(), rows.size());
    // « fiabilité » and « pour fiabiliser » are checked by assert_reliability.
    CPPUNIT_ASSERT_EQUAL_MESSAGE("columns", rows.front().size(), columns.size() + 2);
    std::string wrong;
    for (std::size_t i = 1; i < rows.size(); ++i)
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::string got = other_than(wanted[i].fields[c], rows[i][columns[c]]);
            if (!got.empty())
                wrong += "\nline " + std::to_string(i + 1) + " (" + wanted[i].fields[0] + ", " +
                         wanted[i].fields[2] + "), " + wanted.front().fields[c] + ": got " + got +
                         ", wanted " + wanted[i].fields[c];
        }
    CPPUNIT_ASSERT_EQUAL(std::string(), wrong);
}

/// « fiabilité » and « pour fiabiliser », found by hand in the tables of the example at
/// its date of reference, 30 June 2024. A dispositif scores 40 (its 14 awaited cells) +
/// 20 (checked in the last 12 months) + 20 (its territory) + 20 (its capacity).
void assert_reliability(const std::vector<std::vector<pacte::Cell>>& rows)
{
    struct Line {
        const char* epci;
        const char* thematique;
        double share; ///< negative: `nd`
        const char* advice;
    };
    const Line lines[] = {
        // D-001 alone: complete and recent, the whole territory without répartition: 40 + 20 + 10 + 20.
        {"200073401", "1.1", 0.9, "D-001 : indiquer la répartition entre les EPCI"},
        // And D-003: 13 cells of 14, several EPCI, a file active for a capacity: 40 × 13/14 + 20 + 15 + 10.
        {"200073419", "1.1", (90.0 + 40.0 * 13.0 / 14.0 + 45.0) / 200.0, "D-003 : indiquer la capacité"},
        // D-001, and D-002 in two EPCI: 40 + 20 + 15 + 20.
        {"200073427", "1.1", (90.0 + 95.0) / 200.0, "D-001 : indiquer la répartition entre les EPCI"},
        // D-007 alone, in two EPCI.
        {"200085728", "1.2", 0.95, "D-007 : indiquer la répartition entre les EPCI"},
        // No dispositif: the need alone, of 2023.
        {"200073393", "1.2", 1.0, ""},
        {"200073401", "1.2", -1.0, "besoin couvert par le secret statistique"},
        {"244301123", "1.3", -1.0, "renseigner le besoin (COLDEC)"},
        // TP60 is of 2016: eight years, ½ + ½ × 0.
        {"200073419", "3.3", 0.5, "millésime plus récent de TP60"},
        // 52 people, of whom the 8 of CC Brioude Sud Auvergne at 0.95 and the others at 1.
        {"ensemble", "1.2", (44.0 + 8.0 * 0.95) / 52.0, "commencer par CC Brioude Sud Auvergne"},
    };
    const auto column = [&](const char* header) {
        std::size_t at = 0;
        while (pacte::text_of(rows.front().at(at)) != header)
            ++at;
        return at;
    };
    const std::size_t share = column("fiabilité");
    const std::size_t advice = column("pour fiabiliser");
    for (const Line& line : lines) {
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& cells) {
            return pacte::text_of(cells[0]) == line.epci && pacte::text_of(cells[2]) == line.thematique;
        });
        const std::string what = std::string(line.epci) + ", " + line.thematique;
        CPPUNIT_ASSERT_MESSAGE(what, row != rows.end());
        if (line.share < 0.0)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string("nd"), pacte::text_of((*row)[share]));
        else
            CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(what, line.share, std::get<double>((*row)[share]), 1e-12);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string(line.advice), pacte::text_of((*row)[advice]));
    }
}

/// The lines that differ between two readings of a workbook.
std::string differences(const std::string& before, const std::string& after)
{
    std::istringstream old_lines(before);
    std::istringstream new_lines(after);
    std::string old_line;
    std::string new_line;
    std::string sheet_line;
    std::string found;
    while (std::getline(old_lines, old_line)) {
        std::getline(new_lines, new_line);
        if (old_line.starts_with("## "))
            sheet_line = old_line;
        if (old_line != new_line)
            found += "\n" + sheet_line + ": « " + old_line + " » became « " + new_line + " »";
    }
    return std::getline(new_lines, new_line) ? found + "\nmore lines" : found;
}

/// The example, with its coverage computed by the menu's command.
Reference<css::frame::XModel> covered_example(Office& office)
{
    const auto start = office.new_spreadsheet();
    CPPUNIT_ASSERT(office.run(start, "exemple").done);
    auto example = office.active();
    close(start);
    const Outcome outcome = office.run(example, "couverture");
    CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
    return example;
}

/// Formulas of the extension on the example's tables, in the first blank column of
/// a sheet of their own.
void add_formulas(const Reference<css::frame::XModel>& document)
{
    const auto sheets = Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)->getSheets();
    sheets->insertNewByName("Calculs", 0);
    const auto where = sheet(document, "Calculs");
    const char* const formulas[] = {
        "=PACTE.COVERAGE(dispositifs;besoins;thematiques;\"200073419\";\"3.3\")",
        "=PACTE.STATUS(dispositifs;besoins;thematiques;\"200073419\";\"3.3\")",
        "=PACTE.CAPACITY(dispositifs;besoins;thematiques;\"999999999\";\"3.3\")",
        "=PACTE.NAME(\"43157\")",
        "=PACTE.STATE.SHARE(0;0)",
        "=PACTE.SIREN.VALID(\"200073419\")",
        "=SUM(PACTE.TARGETS(100;200;2023;2027))",
        "=IF(PACTE.TARGET(100;200;2023;2027;2024)=125;\"juste\";\"faux\")",
    };
    sal_Int32 row = 0;
    for (const char* formula : formulas)
        where->getCellByPosition(0, row++)->setFormula(ustring(formula));
}

void remove_formulas(const Reference<css::frame::XModel>& document)
{
    Reference<css::sheet::XSpreadsheetDocument>(document, UNO_QUERY_THROW)
        ->getSheets()
        ->removeByName("Calculs");
}

} // namespace

class CoverageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageTest);
    CPPUNIT_TEST(the_example_is_covered_as_sql_computes_it);
    CPPUNIT_TEST(the_functions_agree_with_the_sheet);
    CPPUNIT_TEST(a_workbook_that_is_no_diagnosis_is_covered_too);
    CPPUNIT_TEST(a_saved_workbook_shows_the_same_values);
    CPPUNIT_TEST(it_shows_them_without_the_extension);
    CPPUNIT_TEST_SUITE_END();

    const fs::path file_ = fs::path(PACTE_BINARY_DIR) / "exemple-calcule.ods";

    void the_example_is_covered_as_sql_computes_it()
    {
        const auto example = covered_example(office_with_pacte("fr"));
        const auto wanted = coverage_by_sql(example);
        const auto rows = cells_of_table(example, "couverture");
        close(example);
        CPPUNIT_ASSERT(rows.size() > 100);
        assert_sheet(wanted, rows);
        assert_reliability(rows);
    }

    void the_functions_agree_with_the_sheet()
    {
        const auto example = covered_example(office_with_pacte("fr"));
        const auto rows = cells_of_table(example, "couverture");
        const auto where = sheet(example, "Accueil");
        const auto cell = where->getCellByPosition(200, 200);
        std::string wrong;
        for (std::size_t i = 1; i < rows.size();
             i += 7) { // one line in seven: each function reads all the tables
            const std::string keys =
                pacte::text_of(rows[i][0]) + "\";\"" + pacte::text_of(rows[i][2]) + "\")";
            const std::pair<const char*, std::size_t> measures[] = {{"NEED", 4}, {"CAPACITY", 5}, {"GAP", 8}};
            for (const auto& [name, column] : measures) {
                cell->setFormula(
                    ustring("=PACTE." + std::string(name) + "(dispositifs;besoins;thematiques;\"" + keys));
                const auto* figure = std::get_if<double>(&rows[i][column]);
                const bool is_total = pacte::text_of(rows[i][0]) == "ensemble"; // no EPCI: `#N/A`
                const bool same = figure && !is_total ? cell->getError() == 0 && cell->getValue() == *figure
                                                      : cell->getError() == 32767;
                if (!same)
                    wrong += "\n" + std::string(name) + ", " + keys + ": " +
                             utf8(Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->getString());
            }
        }
        close(example);
        CPPUNIT_ASSERT_EQUAL(std::string(), wrong);
    }

    /// Three tables received by mail: the territory is then that of the Code officiel
    /// géographique, and every need a number of people.
    void a_workbook_that_is_no_diagnosis_is_covered_too()
    {
        using Rows = std::vector<std::vector<pacte::Cell>>;
        const auto document = office_with_pacte("fr").open("private:factory/scalc", true);
        const auto text = [](const char* written) { return pacte::Cell(std::string(written)); };
        const pacte::Cell blank;
        lay_cells(document, "d",
                  Rows{{text("id"), text("thématique"), text("territoire couvert"), text("capacité")},
                       {text("1"), text("3.3"), text("244301107"), 30.0},
                       {text("2"), text("3.3"), text("Tence"), 12.0},
                       {text("3"), text("3.3"), text("244301107;200073419"), 88.0}});
        lay_cells(
            document, "b",
            Rows{{text("code EPCI"), text("N")}, {text("244301107"), 100.0}, {text("200073419"), 1000.0}});
        lay_cells(
            document, "t",
            Rows{{text("code"), text("retenue"), text("besoin")}, {text("3.3"), text("oui"), text("N")}});
        const auto where = lay_cells(document, "calculs", Rows{{blank}});
        const auto value = [&](const char* function, const char* epci) {
            const auto cell = where->getCellByPosition(0, 0);
            cell->setFormula(ustring(std::string("=PACTE.") + function + "($d.A:D;$b.A:B;$t.A:C;\"" + epci +
                                     "\";\"3.3\")"));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(function, sal_Int32(0), cell->getError());
            return cell->getValue();
        };
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, value("NEED", "244301107"), 1e-9);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(50.0, value("CAPACITY", "244301107"), 1e-9); // 30 + 12 + 88 × 100/1100
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, value("COVERAGE", "244301107"), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.08, value("COVERAGE", "CA du Puy-en-Velay"),
                                     1e-12); // 88 × 1000/1100/1000
        close(document);
    }

    void a_saved_workbook_shows_the_same_values()
    {
        Office& office = office_with_pacte("fr");
        const auto example = covered_example(office);
        add_formulas(example);
        const std::string before = all_text(example);
        CPPUNIT_ASSERT(before.find("juste|") != std::string::npos);
        store_as(example, file_);
        close(example);

        const auto again = office.open(file_url(file_), true);
        const std::string after = all_text(again);
        close(again);
        CPPUNIT_ASSERT_EQUAL(std::string(), differences(before, after));
    }

    /// LibreOffice itself shows `#NOM ?` for a formula whose function it does not
    /// know: such formulas, which a person wrote, are for « Copie pour diffusion ».
    void it_shows_them_without_the_extension()
    {
        const fs::path copy = fresh_folder("couverture-diffusion") / "copie.ods";
        Office& office = office_with_pacte("fr");
        const auto example = office.open(file_url(file_));
        const std::string with_formulas = all_text(example);
        const Outcome outcome =
            office.run(example, "diffusion", {{"Fichier", css::uno::makeAny(file_url(copy))}});
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        remove_formulas(example);
        const std::string before = all_text(example);
        store(example, file_);
        close(example);

        const Profile bare;
        Office other(bare, Window::none);
        const auto elsewhere = other.open(file_url(file_), true);
        CPPUNIT_ASSERT_EQUAL(std::string(), differences(before, all_text(elsewhere)));
        close(elsewhere);
        const auto distributed = other.open(file_url(copy), true);
        CPPUNIT_ASSERT_EQUAL(std::string(), differences(with_formulas, all_text(distributed)));
        close(distributed);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CoverageTest);
