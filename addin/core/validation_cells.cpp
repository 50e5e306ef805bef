#include <algorithm>
#include <boost/regex.hpp>
#include <cmath>

#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// The type and the constraints of each cell, as its field's schema states them.

namespace pacte {

namespace {

/// A year typed where a date is expected: Calc shows 14/07/1905 for 2022.
constexpr double last_year_typed_as_date = 2200.0;
constexpr double first_year_typed_as_date = 1900.0;

/// More values than that do not fit in a message.
constexpr std::size_t most_values_listed = 8;

constexpr int shown_decimals = 6;

std::string figure(double value) { return french_number(value, shown_decimals); }

/// The number in `env. 30` or `30 €`, where there is one and only one.
std::string number_within(const std::string& text)
{
    std::vector<std::string> numbers;
    constexpr std::string_view digits = "0123456789";
    for (std::size_t begin = text.find_first_of(digits); begin != std::string::npos;) {
        const auto end = text.find_first_not_of("0123456789,.", begin);
        auto number = text.substr(begin, end - begin);
        while (!number.empty() && digits.find(number.back()) == std::string_view::npos)
            number.pop_back();
        numbers.push_back(std::move(number));
        begin = end == std::string::npos ? end : text.find_first_of(digits, end);
    }
    return numbers.size() == 1 ? numbers.front() : std::string();
}

std::string list_of(const std::vector<std::string>& values)
{
    std::string list;
    for (const auto& value : values)
        list += (list.empty() ? "" : ", ") + value;
    return list;
}

std::size_t length_in_characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Texts compared folded: enumerations, missing and secret values.
class FoldedSet {
public:
    FoldedSet() = default;
    explicit FoldedSet(const std::vector<std::string>& values)
    {
        for (const auto& value : values) {
            exact_.insert(value);
            folded_.insert(fold(value));
            longest_ = std::max(longest_, value.size());
        }
        folded_.erase("");
    }

    [[nodiscard]] bool empty() const { return exact_.empty(); }
    [[nodiscard]] bool contains(const std::string& text) const
    {
        // Nothing longer folds to one of them, but for a few spaces and accents.
        if (text.size() > 2 * longest_ + 8)
            return false;
        return exact_.contains(text) || folded_.contains(fold(text));
    }

private:
    std::unordered_set<std::string> exact_;
    std::unordered_set<std::string> folded_;
    std::size_t longest_ = 0;
};

/// One column of a sheet, checked from top to bottom.
class ColumnCheck {
public:
    ColumnCheck(Sheet& sheet, const Field& field, int column)
        : sheet_(sheet), field_(field), column_(column), title_(sheet.header(column)),
          enumeration_(field.enumeration), speller_(field.enumeration)
    {
        auto unknowns = sheet.schema().missing_values;
        unknowns.insert(unknowns.end(), sheet.schema().secret_values.begin(),
                        sheet.schema().secret_values.end());
        unknowns_ = FoldedSet(unknowns);
        if (!field.pattern.empty())
            pattern_ = boost::regex(field.pattern);
        const auto& key = sheet.schema().primary_key;
        is_key_ = std::find(key.begin(), key.end(), field.name) != key.end();
    }

    void run()
    {
        for (const auto row : sheet_.rows())
            check_errors(row);
        if (field_.required && !is_key_)
            for (const auto row : sheet_.keyed_rows())
                check_required(row);
        if (has_constraints())
            for (const auto row : sheet_.rows())
                check_cell(row);
        if (field_.unique && !is_key_)
            check_unique();
    }

private:
    [[nodiscard]] const Cell& cell(std::size_t row) const { return sheet_.cell(row, column_); }

    template <typename... Values>
    void report(Rule rule, std::size_t row, Values... values)
    {
        sheet_.report_cell(rule, row, column_, {title_, std::move(values)...});
    }

    void check_errors(std::size_t row)
    {
        if (std::holds_alternative<CellError>(cell(row)))
            report(Rule::cell_error, row);
    }

    /// Blank, or a text that stands for an unknown value.
    [[nodiscard]] bool is_unknown(const Cell& value) const
    {
        const auto* text = std::get_if<std::string>(&value);
        return is_blank(value) || (text != nullptr && unknowns_.contains(trim(*text)));
    }

    void check_required(std::size_t row)
    {
        if (is_unknown(cell(row)))
            report(Rule::required_value, row);
    }

    [[nodiscard]] bool has_constraints() const
    {
        return (field_.type != "string" && field_.type != "any") || !enumeration_.empty() || pattern_ ||
               field_.minimum || field_.maximum || field_.min_length || field_.max_length;
    }

    void check_cell(std::size_t row)
    {
        const auto& value = cell(row);
        if (std::holds_alternative<CellError>(value) || is_unknown(value))
            return;
        if (!field_.is_list) {
            check_value(row, value);
            return;
        }
        for (auto& element : split_list(read_code(value)))
            check_value(row, Cell(std::move(element)));
    }

    void check_value(std::size_t row, const Cell& value)
    {
        if (field_.type == "boolean")
            check_boolean(row, value);
        else if (field_.type == "date")
            check_date(row, value);
        else if (field_.kind == "axe")
            check_axe(row, value);
        else if (field_.type == "number" || field_.type == "integer" || field_.type == "year")
            check_number(row, value);
        else
            check_text(row, read_code(value));
    }

    void check_boolean(std::size_t row, const Cell& value)
    {
        if (!read_boolean(value))
            report(Rule::not_a_boolean, row, shown(text_of(value)));
    }

    void check_date(std::size_t row, const Cell& value)
    {
        const auto* serial = std::get_if<double>(&value);
        const bool year = serial != nullptr && *serial >= first_year_typed_as_date &&
                          *serial <= last_year_typed_as_date && *serial == std::floor(*serial);
        const auto date = read_date(value);
        const std::string how = "Écrivez le jour, le mois et l'année, par exemple ";
        if (year)
            report(Rule::not_a_date, row, text_of(value), how + "01/01/" + text_of(value) + ".");
        else if (!date)
            report(Rule::not_a_date, row, shown(text_of(value)), how + "30/06/2024.");
        else if (serial == nullptr)
            report(Rule::date_as_text, row, trim(text_of(value)),
                   "Saisissez de nouveau " + french_date(*date) + ".");
    }

    /// An axe may be written `2`, `axe 2` or `2 emploi`.
    void check_axe(std::size_t row, const Cell& value)
    {
        if (read_axe(value) == 0)
            report(Rule::not_in_enumeration, row, shown(text_of(value)),
                   std::string("Écrivez 1 (prévention), 2 (emploi), 3 (accès aux droits) ou 4 (transition "
                               "écologique)."));
    }

    void check_number(std::size_t row, const Cell& value)
    {
        const auto* stored = std::get_if<double>(&value);
        double number = stored != nullptr ? *stored : 0.0;
        const auto text = stored == nullptr ? trim(text_of(value)) : std::string();
        if (stored == nullptr && !parse_number(text, number)) {
            report_not_a_number(row, text);
            return;
        }
        if (!check_whole(row, number))
            return;
        if (stored == nullptr && field_.type != "year")
            report(Rule::number_as_text, row, text, "Saisissez de nouveau " + figure(number) + ".");
        check_bounds(row, number);
        if (!enumeration_.empty())
            check_enumeration(row, read_code(value));
    }

    void report_not_a_number(std::size_t row, const std::string& text)
    {
        if (field_.type == "year") {
            report(Rule::not_a_year, row, shown(text));
            return;
        }
        const auto within = number_within(text);
        report(Rule::not_a_number, row, shown(text),
               within.empty() ? "Écrivez un nombre seul, ou laissez la cellule vide s'il est inconnu."
                              : "Écrivez un nombre seul (" + within + " ?) ; le reste va dans une remarque.");
    }

    [[nodiscard]] bool check_whole(std::size_t row, double number)
    {
        const bool whole = number == std::floor(number);
        if (field_.type == "year" && (!whole || number < 1000.0 || number > 9999.0)) {
            report(Rule::not_a_year, row, figure(number));
            return false;
        }
        if (field_.type == "integer" && !whole)
            report(Rule::not_an_integer, row, figure(number));
        return whole || field_.type != "integer";
    }

    void check_bounds(std::size_t row, double number)
    {
        // A year is written without a space between its digits.
        const auto written = [&](double value) {
            return field_.type == "year" ? std::to_string(std::lround(value)) : figure(value);
        };
        if (field_.minimum && number < *field_.minimum)
            report(Rule::below_minimum, row, written(number), written(*field_.minimum));
        else if (field_.maximum && number > *field_.maximum)
            report(Rule::above_maximum, row, written(number), written(*field_.maximum));
    }

    void check_text(std::size_t row, const std::string& text)
    {
        const auto length = length_in_characters(text);
        if (!enumeration_.empty())
            check_enumeration(row, text);
        else if (pattern_ && !boost::regex_match(text, *pattern_))
            report(Rule::not_matching_pattern, row, shown(text),
                   field_.description.empty() ? std::string() : field_.description);
        else if (field_.min_length && length < *field_.min_length)
            report(Rule::too_short, row, shown(text), std::to_string(*field_.min_length));
        else if (field_.max_length && length > *field_.max_length)
            report(Rule::too_long, row, std::to_string(length), std::to_string(*field_.max_length));
    }

    void check_enumeration(std::size_t row, const std::string& text)
    {
        if (enumeration_.contains(text))
            return;
        const auto& values = field_.enumeration;
        const auto all = values.size() <= most_values_listed
                             ? "Valeurs admises : " + list_of(values) + "."
                             : "Choisissez une valeur dans la liste de la cellule.";
        report(Rule::not_in_enumeration, row, shown(text), is_it(speller_.nearest(text), all));
    }

    void check_unique()
    {
        std::unordered_map<std::string, std::size_t> seen;
        for (const auto row : sheet_.keyed_rows()) {
            auto text = read_code(cell(row));
            if (is_unknown(cell(row)) || text.empty())
                continue;
            if (const auto [first, added] = seen.emplace(std::move(text), row); !added)
                report(Rule::not_unique, row, shown(first->first), sheet_.name_of(first->second, column_));
        }
    }

    Sheet& sheet_;
    const Field& field_;
    int column_;
    std::string title_;
    FoldedSet enumeration_;
    Speller speller_;
    FoldedSet unknowns_;
    std::optional<boost::regex> pattern_;
    bool is_key_ = false;
};

void check_known_columns(Sheet& sheet)
{
    for (const auto& field : sheet.schema().fields)
        if (const int column = sheet.columns().index(field.name); column >= 0)
            ColumnCheck(sheet, field, column).run();
}

/// `cible 2025`, `cible 2026`…
void check_yearly_columns(Sheet& sheet)
{
    for (const auto& field : sheet.schema().fields)
        for (int year = 1990; !field.per_year.empty() && year <= 2100; ++year)
            if (const int column = sheet.columns().index(field.name, year); column >= 0)
                ColumnCheck(sheet, field, column).run();
}

/// The columns headed by a variable's code hold figures.
void check_figures(Examination& examination, Sheet& sheet)
{
    if (sheet.schema().columns_from != "variables.code")
        return;
    Field number;
    number.type = "number";
    std::unordered_set<std::string> codes;
    for (const auto& variable : examination.read("variables", read_variables))
        codes.insert(fold(variable.code));
    for (const int column : sheet.columns().others())
        if (codes.contains(fold(sheet.header(column))))
            ColumnCheck(sheet, number, column).run();
}

/// The key's fields, joined: `A-01 – 2025`.
std::string key_of(const Sheet& sheet, std::size_t row)
{
    std::string key;
    for (const auto& field : sheet.schema().primary_key)
        key += (key.empty() ? "" : " – ") +
               read_code(sheet.cell(row, field), code_length(*sheet.schema().find(field)));
    return key;
}

std::string key_title(const TableSchema& schema)
{
    std::vector<std::string> titles;
    for (const auto& field : schema.primary_key)
        titles.push_back(schema.find(field)->title);
    return list_of(titles);
}

void check_keys(Sheet& sheet)
{
    const auto& schema = sheet.schema();
    if (schema.primary_key.empty())
        return;
    for (const auto& field : schema.primary_key)
        if (sheet.columns().index(field) < 0)
            return; // the missing column is told already
    for (const auto row : sheet.rows())
        for (const auto& field : schema.primary_key)
            if (is_blank(sheet.cell(row, field)))
                sheet.report_cell(Rule::missing_key, row, sheet.columns().index(field),
                                  {schema.find(field)->title});
    const int column = sheet.columns().index(schema.primary_key.front());
    std::unordered_map<std::string, std::size_t> seen;
    for (const auto row : sheet.keyed_rows())
        if (const auto [first, added] = seen.emplace(code_key(key_of(sheet, row)), row); !added)
            sheet.report_cell(
                Rule::duplicate_key, row, column,
                {key_title(schema), shown(key_of(sheet, row)), sheet.name_of(first->second, column)});
}

/// Pairs of columns that hold a beginning and an end, in any table.
constexpr std::pair<const char*, const char*> periods[] = {
    {"date_de_debut", "date_de_fin"}, {"debut", "fin"}, {"annee_t0", "annee_cible"}};

void check_period(Sheet& sheet, const Field& begin, const Field& end)
{
    for (const auto row : sheet.keyed_rows()) {
        const auto& from = sheet.cell(row, begin.name);
        const auto& to = sheet.cell(row, end.name);
        const auto first = read_date(from);
        const auto last = read_date(to);
        if (begin.type == "date" && first && last && *last < *first)
            sheet.report_cell(Rule::dates_out_of_order, row, sheet.columns().index(end.name),
                              {end.title, french_date(*last), begin.title, french_date(*first)});
        const auto year = read_quantity(from, sheet.schema());
        const auto target = read_quantity(to, sheet.schema());
        if (begin.type == "year" && year.is_known() && target.is_known() && target.value() < year.value())
            sheet.report_cell(Rule::dates_out_of_order, row, sheet.columns().index(end.name),
                              {end.title, text_of(to), begin.title, text_of(from)});
    }
}

void check_periods(Sheet& sheet)
{
    for (const auto& [begin, end] : periods) {
        const auto* first = sheet.schema().find(begin);
        const auto* last = sheet.schema().find(end);
        if (first != nullptr && last != nullptr && sheet.columns().index(end) >= 0)
            check_period(sheet, *first, *last);
    }
}

} // namespace

void check_cells(Examination& examination)
{
    for (auto* sheet : examination.sheets()) {
        check_keys(*sheet);
        check_known_columns(*sheet);
        check_yearly_columns(*sheet);
        check_figures(examination, *sheet);
        check_periods(*sheet);
    }
}

} // namespace pacte
