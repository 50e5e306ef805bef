#include "calc_functions.hpp"
#include "installed.hpp"
#include "laid_tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/sheet/FormulaResult.hpp>
#include <com/sun/star/sheet/XArrayFormulaRange.hpp>
#include <com/sun/star/sheet/XCalculatable.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "core/csv.hpp"
#include "core/text.hpp"

// Every golden sheet (tests/golden), laid in a spreadsheet of the real office with
// the built extension: each formula is calculated by Calc, and what it gives is
// compared with what was worked out by hand.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

const fs::path golden = PACTE_GOLDEN;
const fs::path laid_out = PACTE_BINARY_DIR "/feuilles-de-controle.ods";

constexpr sal_Int32 result = 2; ///< columns of the laid sheet
constexpr sal_Int32 explanation = 4;

struct Case {
    std::string file;
    std::size_t line = 0;
    std::string description;
    std::string formula;
    std::string wanted;
    std::string explanation;

    [[nodiscard]] bool is_array() const { return formula.starts_with("{="); }
};

struct Sheet {
    std::string name; ///< the file's, without `.csv`
    std::vector<Case> cases;

    /// `communes` is a table, and the name of a function.
    [[nodiscard]] std::string laid_name() const { return "cas " + name; }
};

Sheet read_sheet(const fs::path& file)
{
    const auto records = pacte::read_csv(file);
    const std::vector<std::string> headers{"description", "formule", "attendu", "comment on le sait"};
    CPPUNIT_ASSERT_MESSAGE(file.string() + ": the headers",
                           !records.empty() && records.front().fields == headers);
    Sheet sheet{file.stem().string(), {}};
    for (std::size_t i = 1; i < records.size(); ++i) {
        const auto& fields = records[i].fields;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(file.string() + ":" + std::to_string(records[i].line) + ": the fields",
                                     headers.size(), fields.size());
        sheet.cases.push_back(
            {file.filename().string(), records[i].line, fields[0], fields[1], fields[2], fields[3]});
    }
    CPPUNIT_ASSERT_MESSAGE(file.string() + ": no case", !sheet.cases.empty());
    return sheet;
}

std::vector<Sheet> read_sheets()
{
    std::vector<Sheet> sheets;
    for (const auto& entry : fs::directory_iterator(golden))
        if (entry.path().extension() == ".csv")
            sheets.push_back(read_sheet(entry.path()));
    std::sort(sheets.begin(), sheets.end(), [](const Sheet& a, const Sheet& b) { return a.name < b.name; });
    return sheets;
}

/// `PACTE.CIBLE.EPCI` has its cases in `cible-epci.csv`.
std::string sheet_of(const std::string& function)
{
    std::string name = function.substr(function.find('.') + 1);
    std::replace(name.begin(), name.end(), '.', '-');
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

using Names = std::map<std::string, std::string>; ///< French name to English name

Names names_of_functions(const Office& office)
{
    const auto french = function_texts(office, "fr");
    const auto english = function_texts(office, "en");
    Names names;
    for (std::size_t i = 0; i < french.size(); ++i)
        names.emplace(french[i].name, english[i].name);
    return names;
}

/// The formula with the functions' English names.
std::string in_english(std::string text, const Names& names)
{
    for (const auto& [french, english] : names)
        for (std::size_t at = 0; (at = text.find(french + "(", at)) != std::string::npos;
             at += english.size())
            text.replace(at, french.size(), english);
    return text;
}

// ---- What a cell gives

std::string error_name(sal_Int32 error)
{
    static const std::map<sal_Int32, std::string> names{{503, "#NUM!"},  {519, "#VALUE!"}, {524, "#REF!"},
                                                        {525, "#NAME?"}, {532, "#DIV/0!"}, {32767, "#N/A"}};
    const auto found = names.find(error);
    return found == names.end() ? "Err:" + std::to_string(error) : found->second;
}

bool is_text(const Reference<css::table::XCell>& cell)
{
    sal_Int32 type = 0;
    Reference<css::beans::XPropertySet>(cell, UNO_QUERY_THROW)->getPropertyValue("FormulaResultType2") >>=
        type;
    return type == css::sheet::FormulaResult::STRING;
}

std::string shown(double number)
{
    std::ostringstream text;
    text.precision(15);
    text << number;
    return text.str();
}

/// A code is a text of digits only, and at least as long as a code INSEE.
bool looks_like_code(const std::string& text)
{
    return text.size() >= 5 && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Empty where the cell gives what is wanted, else what it gives.
std::string other_than(const std::string& wanted, const Reference<css::table::XCell>& cell)
{
    if (const sal_Int32 error = cell->getError(); error != 0)
        return error_name(error) == wanted ? "" : error_name(error);
    double figure = 0.0;
    const bool is_figure = pacte::parse_number(wanted, figure);
    if (is_text(cell)) {
        const std::string text = utf8(Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->getString());
        const bool same = wanted.starts_with('\'')
                              ? text == wanted.substr(1)
                              : text == wanted && (!is_figure || looks_like_code(wanted));
        return same ? "" : "the text « " + text + " »";
    }
    const double value = cell->getValue();
    if (wanted == "TRUE" || wanted == "FALSE")
        return value == (wanted == "TRUE" ? 1.0 : 0.0) ? "" : shown(value);
    return is_figure && std::abs(value - figure) <= 1e-9 * std::max(1.0, std::abs(figure)) ? ""
                                                                                           : shown(value);
}

/// `{1;2|3;4}`: two rows of two.
std::vector<std::vector<std::string>> elements_of(const std::string& matrix)
{
    CPPUNIT_ASSERT_MESSAGE("an array is wanted: " + matrix, matrix.starts_with('{') && matrix.ends_with('}'));
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
    for (const char c : matrix.substr(1, matrix.size() - 2)) {
        if (c == '|')
            rows.emplace_back(1);
        else if (c == ';')
            rows.back().emplace_back();
        else
            rows.back().back() += c;
    }
    return rows;
}

// ---- The workbook: every golden sheet is a sheet of it, beside the tables that the formulas read

/// Where a case is calculated: an array in as many cells as are wanted, beside the
/// table, one under the other.
struct Place {
    sal_Int32 column = result;
    sal_Int32 row = 0;
    std::vector<std::vector<std::string>> wanted;
};

std::vector<Place> places_of(const Sheet& sheet)
{
    std::vector<Place> places;
    sal_Int32 free_row = 1;
    for (const Case& c : sheet.cases) {
        const auto row = static_cast<sal_Int32>(places.size()) + 1;
        if (!c.is_array()) {
            places.push_back({result, row, {{c.wanted}}});
            continue;
        }
        places.push_back({explanation + 2, free_row, elements_of(c.wanted)});
        free_row += static_cast<sal_Int32>(places.back().wanted.size()) + 1;
    }
    return places;
}

Reference<css::table::XCellRange> cells_of(const Reference<css::sheet::XSpreadsheet>& where,
                                           const Place& place)
{
    const auto height = static_cast<sal_Int32>(place.wanted.size());
    const auto width = static_cast<sal_Int32>(place.wanted.front().size());
    return where->getCellRangeByPosition(place.column, place.row, place.column + width - 1,
                                         place.row + height - 1);
}

/// Empty where every cell of that place gives what is wanted.
std::string other_than_wanted(const Place& place, const Reference<css::sheet::XSpreadsheet>& where)
{
    const auto range = cells_of(where, place);
    for (std::size_t row = 0; row < place.wanted.size(); ++row)
        for (std::size_t column = 0; column < place.wanted[row].size(); ++column) {
            const std::string got =
                other_than(place.wanted[row][column], range->getCellByPosition(static_cast<sal_Int32>(column),
                                                                               static_cast<sal_Int32>(row)));
            if (!got.empty())
                return got + " (row " + std::to_string(row + 1) + ", column " + std::to_string(column + 1) +
                       ")";
        }
    return {};
}

/// Types each formula, by the functions' English names: those of the API, whatever
/// the language of the office.
void lay_sheet(const Reference<css::frame::XModel>& document, const Sheet& sheet, const Names& names)
{
    std::vector<std::vector<pacte::Cell>> rows{{std::string("description"), std::string("formule"),
                                                std::string("résultat"), std::string("attendu"),
                                                std::string("comment on le sait")}};
    for (const Case& c : sheet.cases)
        rows.push_back({c.description, c.formula, pacte::Blank{}, c.wanted, c.explanation});
    const auto where = lay_cells(document, sheet.laid_name(), rows);
    const auto places = places_of(sheet);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::string typed = in_english(sheet.cases[i].formula, names);
        const auto range = cells_of(where, places[i]);
        if (sheet.cases[i].is_array())
            Reference<css::sheet::XArrayFormulaRange>(range, UNO_QUERY_THROW)
                ->setArrayFormula(ustring(typed.substr(1, typed.size() - 2)));
        else
            range->getCellByPosition(0, 0)->setFormula(ustring(typed));
    }
}

std::string where_is(const Case& c)
{
    return "\ntests/golden/" + c.file + ":" + std::to_string(c.line) + ": " + c.description + ": " +
           c.formula + ": ";
}

/// The cases of that sheet that do not give what is wanted.
std::string wrong_cases(const Reference<css::frame::XModel>& document, const Sheet& golden_sheet)
{
    const auto where = sheet(document, golden_sheet.laid_name());
    const auto places = places_of(golden_sheet);
    std::string wrong;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::string got = other_than_wanted(places[i], where);
        if (!got.empty())
            wrong +=
                where_is(golden_sheet.cases[i]) + "got " + got + ", wanted " + golden_sheet.cases[i].wanted;
    }
    return wrong;
}

/// The cases whose formula, as the office shows it in its own language, lacks the
/// names of that language, or gives something else once a person has typed it.
template <typename Localised>
std::string wrong_when_typed(const Reference<css::frame::XModel>& document, const Sheet& golden_sheet,
                             Localised localised)
{
    const auto where = sheet(document, golden_sheet.laid_name());
    const auto places = places_of(golden_sheet);
    std::string wrong;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Case& c = golden_sheet.cases[i];
        if (c.is_array())
            continue;
        const Reference<css::beans::XPropertySet> cell(
            where->getCellByPosition(places[i].column, places[i].row), UNO_QUERY_THROW);
        OUString formula_shown;
        const Any as_shown = cell->getPropertyValue("FormulaLocal");
        as_shown >>= formula_shown;
        const std::string local = localised(c.formula);
        const std::size_t name = local.find("PACTE.");
        if (utf8(formula_shown).find(local.substr(name, local.find('(', name) - name + 1)) ==
            std::string::npos)
            wrong += where_is(c) + "shown as « " + utf8(formula_shown) + " »";
        cell->setPropertyValue("FormulaLocal", as_shown);
        const std::string got = other_than_wanted(places[i], where);
        if (!got.empty())
            wrong += where_is(c) + "typed as « " + utf8(formula_shown) + " », got " + got;
    }
    return wrong;
}

} // namespace

class GoldenTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GoldenTest);
    CPPUNIT_TEST(every_function_has_its_sheet);
    CPPUNIT_TEST(every_case_gives_what_was_worked_out);
    CPPUNIT_TEST(every_case_gives_the_same_in_the_english_office);
    CPPUNIT_TEST_SUITE_END();

    const std::vector<Sheet> sheets_ = read_sheets();

    void every_function_has_its_sheet()
    {
        std::string lacking;
        for (const FunctionText& function : function_texts(office_with_pacte("fr"), "fr")) {
            const std::string wanted_sheet = sheet_of(function.name);
            const auto found = std::find_if(sheets_.begin(), sheets_.end(),
                                            [&](const Sheet& sheet) { return sheet.name == wanted_sheet; });
            if (found == sheets_.end())
                lacking += "\n" + function.id + " has no tests/golden/" + wanted_sheet + ".csv";
            else if (std::none_of(found->cases.begin(), found->cases.end(), [&](const Case& c) {
                         return c.formula.find(function.name + "(") != std::string::npos;
                     }))
                lacking += "\ntests/golden/" + wanted_sheet + ".csv has no case of " + function.name;
        }
        CPPUNIT_ASSERT_EQUAL(std::string(), lacking);
    }

    /// The workbook is left in the build folder: the sheets as an agent reads them.
    void every_case_gives_what_was_worked_out()
    {
        Office& office = office_with_pacte("fr");
        const Names names = names_of_functions(office);
        const auto document = office.open("private:factory/scalc", true);
        lay_diagnosis(document, golden / "couverture", pacte::Schemas::load(PACTE_TEMPLATES));
        lay_tables(document, golden / "tables");
        std::string wrong;
        for (const Sheet& golden_sheet : sheets_) {
            lay_sheet(document, golden_sheet, names);
            wrong += wrong_cases(document, golden_sheet);
        }
        store(document, laid_out);
        for (const Sheet& golden_sheet : sheets_)
            wrong +=
                wrong_when_typed(document, golden_sheet, [](const std::string& formula) { return formula; });
        close(document);
        CPPUNIT_ASSERT_EQUAL(std::string(), wrong);
    }

    /// What the French office stored, opened, and calculated again from nothing.
    void every_case_gives_the_same_in_the_english_office()
    {
        Office& office = office_with_pacte("en-US");
        const Names names = names_of_functions(office);
        const auto document = office.open(file_url(laid_out), true);
        std::string wrong;
        for (const Sheet& golden_sheet : sheets_)
            wrong += wrong_cases(document, golden_sheet);
        Reference<css::sheet::XCalculatable>(document, UNO_QUERY_THROW)->calculateAll();
        for (const Sheet& golden_sheet : sheets_) {
            wrong += wrong_cases(document, golden_sheet);
            wrong += wrong_when_typed(document, golden_sheet,
                                      [&](const std::string& formula) { return in_english(formula, names); });
        }
        close(document);
        CPPUNIT_ASSERT_EQUAL(std::string(), wrong);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GoldenTest);
