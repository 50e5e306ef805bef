#include <cppunit/extensions/HelperMacros.h>

#include "core/csv.hpp"
#include "core/text.hpp"
#include "core/validation_row.hpp"
#include "example_tables.hpp"

// tests/golden/validation: one file a table, each line one fault in the clean
// example and what the validation must find, no more and no less.

using namespace pacte;
using namespace pacte::test;
namespace fs = std::filesystem;

namespace {

const fs::path folder = PACTE_TEMPLATES "/../tests/golden/validation";

/// `cas;ligne;champ;valeur;attendu` (tests/golden/README.md).
struct Case {
    std::string name;
    std::string row;
    std::vector<std::string> fields;
    std::vector<std::string> values;
    std::multiset<std::string> expected;
};

std::vector<std::string> split(const std::string& text, char mark)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
        end = text.find(mark, begin);
        parts.push_back(trim(text.substr(begin, end - begin)));
    }
    return parts;
}

std::vector<Case> cases_of(const fs::path& file)
{
    std::vector<Case> cases;
    const auto records = read_csv(file);
    for (std::size_t i = 1; i < records.size(); ++i) {
        const auto& fields = records[i].fields;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(file.string() + ":" + std::to_string(records[i].line), std::size_t{5},
                                     fields.size());
        Case one{file.stem().string() + ", " + fields[0],
                 fields[1],
                 split(fields[2], '|'),
                 split(fields[3], '|'),
                 {}};
        for (const auto& expected : split(fields[4], ','))
            if (!expected.empty())
                one.expected.insert(expected);
        cases.push_back(std::move(one));
    }
    return cases;
}

/// As a person types it: a number, a date, a text; a code is text. `'` before what
/// stays a text, `=` before a code that became a number, `#` for a formula in error.
Cell typed(const TableSchema& schema, const std::string& field, const std::string& value)
{
    if (value.empty())
        return Blank{};
    if (value == "#")
        return CellError{};
    if (value.starts_with('\''))
        return value.substr(1);
    const auto* described = schema.find(field);
    if (described != nullptr && described->type == "date")
        if (const auto date = parse_date(value))
            return serial_of(*date);
    double number = 0.0;
    const bool became_number = value.starts_with('=');
    const std::set<std::string> codes = {"code", "siren", "siret", "insee", "territoire"};
    const bool code = described != nullptr && codes.contains(described->kind) && !became_number;
    return !code && parse_number(value.substr(became_number ? 1 : 0), number) ? Cell(number) : Cell(value);
}

/// The rows that the case names: `A-01`, several of them (`4.2 + 4.3`), or all (`*`).
std::vector<std::size_t> rows_of(const Table& table, const std::string& rows)
{
    std::vector<std::size_t> found;
    if (rows == "*")
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            found.push_back(row);
    else
        for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 3) {
            end = rows.find(" + ", begin);
            found.push_back(row_of(table, rows.substr(begin, end - begin)));
        }
    return found;
}

void spoil_row(Table& table, std::size_t row, const Case& one)
{
    CPPUNIT_ASSERT_EQUAL_MESSAGE(one.name, one.fields.size(), one.values.size());
    for (std::size_t i = 0; i < one.fields.size(); ++i) {
        const int column = column_of(table, one.fields[i]);
        CPPUNIT_ASSERT_MESSAGE(one.name + ": " + one.fields[i], column >= 0);
        table.rows[row][static_cast<std::size_t>(column)] =
            typed(shipped_schemas().table(table.name), one.fields[i], one.values[i]);
    }
}

void spoil(Tables& tables, const std::string& name, const Case& one)
{
    auto& table = tables.at(name);
    const auto& field = one.fields.front();
    if (one.row == "table" && field == "lignes") {
        table.rows.clear();
    } else if (one.row == "table") {
        tables.erase(name);
    } else if (one.row == "en-tête") {
        table.headers[static_cast<std::size_t>(column_of(table, field))] = one.values.front();
    } else if (field == "ligne") {
        table.rows.erase(table.rows.begin() + static_cast<std::ptrdiff_t>(row_of(table, one.row)));
    } else {
        for (const auto row : rows_of(table, one.row))
            spoil_row(table, row, one);
    }
}

/// `DIS-002 montant_annuel` on the row of the case; `THE-001 thematiques:1.2:code`
/// elsewhere; the code alone, with the table where it is another, without a cell.
std::string told(const Finding& finding, const std::string& table, const std::string& row)
{
    if (finding.row < 0)
        return finding.table == table ? finding.code : finding.code + " " + finding.table;
    if (finding.table == table && finding.key == row)
        return finding.code + " " + finding.field;
    return finding.code + " " + finding.table + ":" + finding.key + ":" + finding.field;
}

std::multiset<std::string> all_told(const std::vector<Finding>& findings, const std::string& table,
                                    const std::string& row)
{
    std::multiset<std::string> lines;
    for (const auto& finding : findings)
        lines.insert(told(finding, table, row));
    return lines;
}

std::string joined(const std::multiset<std::string>& lines)
{
    std::string text;
    for (const auto& line : lines)
        text += (text.empty() ? "" : ", ") + line;
    return text;
}

} // namespace

class ValidationGoldenTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValidationGoldenTest);
    CPPUNIT_TEST(the_clean_example_has_no_error_and_no_alert);
    CPPUNIT_TEST(the_clean_example_says_what_it_could_not_check);
    CPPUNIT_TEST(each_fault_is_found_at_its_cell_and_nothing_else);
    CPPUNIT_TEST(a_row_alone_tells_what_is_its_own);
    CPPUNIT_TEST(each_rule_has_a_case);
    CPPUNIT_TEST(every_finding_says_what_and_what_to_do_in_both_languages);
    CPPUNIT_TEST_SUITE_END();

    void the_clean_example_has_no_error_and_no_alert()
    {
        for (const auto& finding : findings_of(clean_example()))
            CPPUNIT_ASSERT_MESSAGE(finding.code + " " + finding.key + " " + finding.message,
                                   finding.severity == Severity::conseil ||
                                       finding.severity == Severity::non_verifie);
    }

    /// A secret or an unknown figure keeps the capacities from being compared.
    void the_clean_example_says_what_it_could_not_check()
    {
        std::multiset<std::string> lines;
        for (const auto& finding : findings_of(clean_example()))
            if (finding.severity == Severity::non_verifie)
                lines.insert(finding.code + " " + finding.message);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, lines.size());
        CPPUNIT_ASSERT(lines.begin()->starts_with("NV-005"));
        CPPUNIT_ASSERT(lines.rbegin()->find("DOC-001") != std::string::npos); // no report yet
        for (const char* code : {"1.2", "1.3", "2.4c", "3.6"})                // secret, nd, blank, secret
            CPPUNIT_ASSERT_MESSAGE(*lines.begin(), lines.begin()->find(code) != std::string::npos);
    }

    static std::vector<fs::path> files()
    {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".csv")
                found.push_back(entry.path());
        std::sort(found.begin(), found.end());
        return found;
    }

    void each_fault_is_found_at_its_cell_and_nothing_else()
    {
        const auto clean = clean_example();
        std::string wrong;
        for (const auto& file : files()) {
            const auto name = file.stem().string();
            for (const auto& one : cases_of(file)) {
                auto tables = clean;
                spoil(tables, name, one);
                auto found = all_told(findings_of(tables), name, one.row);
                for (const auto& line : all_told(findings_of(clean), name, one.row))
                    if (const auto same = found.find(line); same != found.end())
                        found.erase(same);
                if (found != one.expected)
                    wrong += "\n" + one.name + "\n  expected: " + joined(one.expected) +
                             "\n  found:    " + joined(found);
            }
        }
        CPPUNIT_ASSERT_MESSAGE(wrong, wrong.empty());
    }

    static std::set<std::string> at_rows(const std::vector<Finding>& findings, const std::string& table,
                                         const std::set<std::int32_t>& rows)
    {
        std::set<std::string> lines;
        for (const auto& finding : findings)
            if (finding.table == table && rows.contains(finding.row))
                lines.insert(finding.code + " " + finding.field + " " + std::to_string(finding.row));
        return lines;
    }

    /// What compares rows with one another waits for the whole validation.
    static bool is_of_one_row(const std::string& line)
    {
        static const std::set<std::string> of_many = {"CEL-014", "REF-002", "REF-005", "DIS-009", "OFF-006",
                                                      "PIS-012", "ACT-014", "NOM-002", "TER-001", "IND-005"};
        static const std::set<std::string> families = {"CEL", "REF", "IDE", "NOM", "TER",
                                                       "DIS", "OFF", "BES", "IND", "PAR"};
        const auto code = line.substr(0, line.find(' '));
        return families.contains(code.substr(0, 3)) && !of_many.contains(code) && code != "PAR-002" &&
               code != "PAR-003" && code != "IDE-013";
    }

    /// As one types: nothing that the whole validation would not find, and all of the row's rules.
    void a_row_alone_tells_what_is_its_own()
    {
        const auto clean = clean_example();
        std::size_t compared = 0;
        std::string wrong;
        for (const auto& file : files()) {
            const auto name = file.stem().string();
            for (const auto& one : cases_of(file)) {
                if (one.row == "table" || one.row == "en-tête" || one.row == "*" ||
                    one.fields.front() == "ligne")
                    continue;
                const auto rows = rows_of(clean.at(name), one.row);
                auto tables = clean;
                spoil(tables, name, one);
                const auto whole = findings_of(tables);
                Table& table = tables.at(name);
                std::set<std::int32_t> places;
                for (std::size_t row = 0; row < table.rows.size(); ++row)
                    if (std::find(rows.begin(), rows.end(), row) == rows.end())
                        table.rows[row].clear();
                    else
                        places.insert(table.header_row + 1 + static_cast<std::int32_t>(row));
                FindingList list;
                validate_rows({shipped_schemas(), tables, &shipped_cog(), example_day}, name, list);
                const auto found = at_rows(list.findings, name, places);
                const auto all = at_rows(whole, name, places);
                for (const auto& line : found)
                    wrong += all.contains(line) ? "" : "\n" + one.name + ": only as one types, " + line;
                for (const auto& line : all)
                    wrong += !is_of_one_row(line) || found.contains(line)
                                 ? ""
                                 : "\n" + one.name + ": not as one types, " + line;
                compared += all.size();
            }
        }
        CPPUNIT_ASSERT_MESSAGE(wrong, wrong.empty());
        CPPUNIT_ASSERT(compared > 100);
    }

    /// Those that no shipped schema uses, or that need a whole workbook, have
    /// their own tests in validation_test.cpp and frozen_t0_test.cpp.
    void each_rule_has_a_case()
    {
        std::set<std::string> covered = {"TAB-005", "TAB-007", "CEL-011", "CEL-012", "CEL-013", "CEL-014",
                                         "CEL-019", "CEL-020", "REF-005", "NV-004",  "NV-005",  "IND-011"};
        for (const auto& file : files())
            for (const auto& one : cases_of(file))
                for (const auto& line : one.expected)
                    covered.insert(line.substr(0, line.find(' ')));
        std::string without;
        for (const auto& rule : all_rules())
            without += covered.contains(rule.code) ? "" : std::string(" ") + rule.code;
        for (const auto& schema : shipped_schemas().tables())
            for (const auto& rule : schema.rules)
                without += covered.contains(rule.code) ? "" : " " + rule.code;
        CPPUNIT_ASSERT_EQUAL(std::string(), without);
    }

    void every_finding_says_what_and_what_to_do_in_both_languages()
    {
        const auto clean = clean_example();
        for (const auto& file : files()) {
            const auto name = file.stem().string();
            for (const auto& one : cases_of(file)) {
                auto tables = clean;
                spoil(tables, name, one);
                for (const auto language : {Language::french, Language::english}) {
                    FindingList list;
                    validate({shipped_schemas(), tables, &shipped_cog(), example_day, language}, list);
                    for (const auto& finding : list.findings) {
                        const auto said = finding.code + ": " + finding.message + " → " + finding.suggestion;
                        CPPUNIT_ASSERT_MESSAGE(said, !finding.message.empty());
                        CPPUNIT_ASSERT_MESSAGE(said, !finding.suggestion.empty() ||
                                                         finding.severity == Severity::non_verifie);
                        CPPUNIT_ASSERT_MESSAGE(said, said.find('{') == std::string::npos);
                    }
                }
            }
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidationGoldenTest);
