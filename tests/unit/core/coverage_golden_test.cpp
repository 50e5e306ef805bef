#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include <cppunit/extensions/HelperMacros.h>

#include "core/cog.hpp"
#include "core/coverage.hpp"
#include "core/text.hpp"
#include "diagnosis_files.hpp"

// The coverage of whole diagnoses: one worked out by hand (tests/golden/couverture)
// and the example of Haute-Loire, computed again by SQLite (tests/golden/check_coverage).

using namespace pacte;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr Date reference_day = 2024y / 6 / 30;
const fs::path golden = PACTE_TEMPLATES "/../tests/golden";

/// A line of `code EPCI;thématique;besoin;capacité;taux;statut;écart`.
using Line = std::array<std::string, 7>;

std::vector<Line> lines_of(const std::vector<CsvRecord>& records)
{
    std::vector<Line> lines;
    for (std::size_t i = 1; i < records.size(); ++i) { // after the headers
        CPPUNIT_ASSERT(records[i].fields.size() >= 7);
        Line& line = lines.emplace_back();
        std::copy_n(records[i].fields.begin(), line.size(), line.begin());
    }
    return lines;
}

/// 12 digits: beyond them, two sums of the same figures may differ.
void assert_figure(const std::string& where, const std::string& expected, const Quantity& actual)
{
    if (expected == "s") {
        CPPUNIT_ASSERT_MESSAGE(where, actual.is_secret());
    } else if (expected == "nd") {
        CPPUNIT_ASSERT_MESSAGE(where, actual.state() == Quantity::State::unknown);
    } else {
        double figure = 0.0;
        CPPUNIT_ASSERT_MESSAGE(where, parse_number(expected, figure) && actual.is_known());
        CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(where, figure, actual.value(), 1e-10 * (1.0 + figure));
    }
}

void assert_coverage(const std::vector<Line>& expected, const Coverage& coverage)
{
    CPPUNIT_ASSERT_EQUAL(expected.size(), coverage.thematiques.size() * coverage.epcis.size());
    for (const auto& [epci, thematique, need, capacity, rate, status, gap] : expected) {
        const std::string where = epci + ", " + thematique + ", ";
        const auto* cell = coverage.at(epci, thematique);
        CPPUNIT_ASSERT_MESSAGE(where, cell != nullptr);
        assert_figure(where + "besoin", need, cell->need);
        assert_figure(where + "capacité", capacity, cell->capacity);
        assert_figure(where + "taux", rate, cell->rate);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(where + "statut", status, std::string(label_of(cell->status)));
        assert_figure(where + "écart", gap, cell->gap);
    }
}

/// A folder of its own, taken away with all it holds.
class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(fs::temp_directory_path() /
                ("pacte-couverture-" +
                 std::to_string(std::chrono::steady_clock::now().time_since_epoch().count())))
    {
        fs::create_directories(path_);
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// The example as the workbook opens it: its own tables, and the territory of
/// the Code officiel géographique.
void write_example(const fs::path& folder)
{
    for (const char* table : {"thematiques", "variables", "besoins", "dispositifs"})
        fs::copy_file(fs::path(PACTE_TEMPLATES "/exemple-haute-loire") / (std::string(table) + ".csv"),
                      folder / (std::string(table) + ".csv"));
    const Cog cog = Cog::load(PACTE_TEMPLATES "/territoire");
    std::ofstream epcis(folder / "territoires.csv");
    std::ofstream communes(folder / "communes.csv");
    epcis << "code EPCI;nom;population;retenu\n";
    communes << "code INSEE;nom;code EPCI;population\n";
    for (const EpciRecord* epci : cog.epcis_of("43")) {
        epcis << epci->siren << ';' << epci->name << ';' << epci->population << ";oui\n";
        for (const Commune* commune : cog.members(epci->siren))
            communes << commune->code << ';' << commune->name << ';' << epci->siren << ';'
                     << commune->population << '\n';
    }
}

/// The answer of SQLite, in a file of that folder; false where SQLite is not here.
bool ask_sqlite(const fs::path& folder, const fs::path& answer)
{
    if (std::system("command -v sqlite3 > /dev/null 2>&1") != 0) {
        std::cout << "(skipped: sqlite3 is not installed) ";
        return false;
    }
    const std::string command = "'" + (golden / "check_coverage").string() + "' '" + folder.string() +
                                "' 2024-06-30 43 Haute-Loire > '" + answer.string() + "'";
    CPPUNIT_ASSERT_EQUAL(0, std::system(command.c_str()));
    return true;
}

} // namespace

class CoverageGoldenTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoverageGoldenTest);
    CPPUNIT_TEST(every_cell_is_as_worked_out_by_hand);
    CPPUNIT_TEST(sqlite_finds_what_was_worked_out_by_hand);
    CPPUNIT_TEST(sqlite_finds_the_same_coverage_of_the_example);
    CPPUNIT_TEST_SUITE_END();

    const Schemas schemas = Schemas::load(PACTE_TEMPLATES);

    void every_cell_is_as_worked_out_by_hand()
    {
        const test::DiagnosisFiles diagnosis(golden / "couverture", schemas, "43", "Haute-Loire");
        assert_coverage(lines_of(read_csv(golden / "couverture" / "expected.csv")),
                        diagnosis.coverage(reference_day));
    }

    void sqlite_finds_what_was_worked_out_by_hand()
    {
        const TemporaryFolder folder;
        const fs::path answer = folder.path() / "answer.csv";
        if (ask_sqlite(golden / "couverture", answer))
            CPPUNIT_ASSERT(lines_of(read_csv(golden / "couverture" / "expected.csv")) ==
                           lines_of(read_csv(answer)));
    }

    void sqlite_finds_the_same_coverage_of_the_example()
    {
        const TemporaryFolder folder;
        write_example(folder.path());
        const fs::path answer = folder.path() / "answer.csv";
        if (!ask_sqlite(folder.path(), answer))
            return;
        const test::DiagnosisFiles example(folder.path(), schemas, "43", "Haute-Loire");
        const auto lines = lines_of(read_csv(answer));
        CPPUNIT_ASSERT(lines.size() >= 100);
        assert_coverage(lines, example.coverage(reference_day));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CoverageGoldenTest);
