#include <algorithm>
#include <boost/regex.hpp>
#include <cmath>

#include "core/figure.hpp"
#include "core/standard.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// The rules that the Table Schemas declare themselves (`pacte.rules`).

namespace pacte {

namespace {

using Test = DeclaredRule::Test;

/// What a comparison compares: a number, a date as its serial number, or a text.
struct Operand {
    std::optional<double> number;
    std::string text;
    std::string shown;
};

class DeclaredCheck {
public:
    DeclaredCheck(Examination& examination, Sheet& sheet, const DeclaredRule& rule)
        : examination_(examination), sheet_(sheet), rule_(rule), column_(sheet.columns().index(rule.field))
    {
        if (rule.test == Test::pattern)
            pattern_ = boost::regex(rule.pattern);
        for (const auto& value : rule.values)
            values_.insert(fold(value));
        for (const auto& value : rule.when.values)
            cases_.insert(fold(value));
        if (rule.test == Test::reference)
            read_targets();
    }

    void run()
    {
        if (column_ < 0 || lacks_column(rule_.when.field) || lacks_column(rule_.other) ||
            (rule_.test == Test::reference && targets_.empty()))
            return;
        for (const auto row : sheet_.keyed_rows())
            if (sheet_.is_sound(row, column_) && applies(row))
                check(row);
    }

private:
    [[nodiscard]] bool lacks_column(const std::string& field) const
    {
        return !field.empty() && !field.starts_with('@') && sheet_.columns().index(field) < 0;
    }

    [[nodiscard]] bool is_blank_at(std::size_t row, const std::string& field) const
    {
        const auto& cell = sheet_.cell(row, field);
        return is_blank(cell) || std::holds_alternative<CellError>(cell) ||
               is_missing_value(trim(text_of(cell)), sheet_.schema());
    }

    [[nodiscard]] bool applies(std::size_t row) const
    {
        const auto& when = rule_.when;
        if (when.field.empty())
            return true;
        switch (when.test) {
        case Condition::Test::filled:
            return !is_blank_at(row, when.field);
        case Condition::Test::blank:
            return is_blank_at(row, when.field);
        case Condition::Test::among:
            return cases_.contains(fold(text_of(sheet_.cell(row, when.field))));
        case Condition::Test::below:
        case Condition::Test::above: {
            const auto figure = sheet_.figure(row, when.field);
            return figure &&
                   (when.test == Condition::Test::below ? *figure < when.limit : *figure > when.limit);
        }
        }
        return false;
    }

    void check(std::size_t row)
    {
        const bool blank = is_blank_at(row, rule_.field);
        if (rule_.test == Test::required || rule_.test == Test::blank) {
            if (blank == (rule_.test == Test::required))
                report(row, {});
            return;
        }
        if (blank)
            return;
        if (rule_.test == Test::compare)
            compare(row);
        else if (!holds(row))
            report(row, {});
    }

    [[nodiscard]] std::vector<std::string> elements(std::size_t row) const
    {
        const auto* field = sheet_.schema().find(rule_.field);
        const auto text = read_code(sheet_.cell(row, rule_.field));
        return field != nullptr && field->is_list ? split_list(text) : std::vector{text};
    }

    /// The test of the rule, on each element of the cell.
    [[nodiscard]] bool holds(std::size_t row) const
    {
        const auto all = elements(row);
        return std::all_of(all.begin(), all.end(), [&](const std::string& text) {
            switch (rule_.test) {
            case Test::pattern:
                return boost::regex_match(text, pattern_);
            case Test::among:
                return values_.contains(fold(text));
            case Test::reference:
                return targets_.contains(code_key(text));
            case Test::range:
                return is_within(row);
            default:
                return has_type(row);
            }
        });
    }

    [[nodiscard]] std::optional<double> number_at(std::size_t row, const std::string& field) const
    {
        const auto& cell = sheet_.cell(row, field);
        const auto* described = sheet_.schema().find(field);
        const bool is_date = described != nullptr && described->type == "date";
        if (is_date || rule_.type == "date") {
            const auto date = read_date(cell);
            return date ? std::optional(serial_of(*date)) : std::nullopt;
        }
        const auto read = sheet_.quantity(row, field);
        return read.is_known() ? std::optional(read.value()) : std::nullopt;
    }

    [[nodiscard]] bool is_within(std::size_t row) const
    {
        const auto number = number_at(row, rule_.field);
        return number && (!rule_.minimum || *number >= *rule_.minimum) &&
               (!rule_.maximum || *number <= *rule_.maximum);
    }

    [[nodiscard]] bool has_type(std::size_t row) const
    {
        const auto& cell = sheet_.cell(row, rule_.field);
        if (rule_.type == "date")
            return read_date(cell).has_value();
        if (rule_.type == "boolean")
            return read_boolean(cell).has_value();
        const auto number = number_at(row, rule_.field);
        if (rule_.type == "number")
            return number.has_value();
        if (rule_.type == "integer")
            return number && *number == std::floor(*number);
        if (rule_.type == "year")
            return number && *number == std::floor(*number) && *number >= 1000.0 && *number <= 9999.0;
        standard::Field field;
        field.type = rule_.type;
        return standard::cast(field, text_of(cell)).has_value();
    }

    [[nodiscard]] Operand operand(std::size_t row, const std::string& field) const
    {
        const auto number = number_at(row, field);
        const auto& cell = sheet_.cell(row, field);
        const auto* described = sheet_.schema().find(field);
        const bool is_date = described != nullptr && described->type == "date" && number;
        return {number, text_of(cell), is_date ? french_date(*read_date(cell)) : text_of(cell)};
    }

    /// A field of the row, `@date`, or `@clé` of a setting.
    [[nodiscard]] Operand other(std::size_t row) const
    {
        if (!rule_.other.starts_with('@'))
            return operand(row, rule_.other);
        if (rule_.other == "@date" && !examination_.knows_date())
            return {};
        if (rule_.other == "@date")
            return {serial_of(examination_.date()), {}, french_date(examination_.date())};
        const auto key = rule_.other.substr(1);
        const auto text = examination_.parameters().text(key);
        double number = 0.0;
        const bool is_number = parse_number(text, number);
        return {is_number ? std::optional(number) : std::nullopt, text, text};
    }

    template <typename Value>
    [[nodiscard]] bool compares(const Value& a, const Value& b) const
    {
        const auto& comparison = rule_.comparison;
        if (comparison == "<")
            return a < b;
        if (comparison == "<=")
            return a <= b;
        if (comparison == "=")
            return a == b;
        if (comparison == ">=")
            return a >= b;
        return comparison == ">" ? a > b : a != b;
    }

    void compare(std::size_t row)
    {
        const bool same_row = !rule_.other.starts_with('@');
        if (same_row &&
            (is_blank_at(row, rule_.other) || !sheet_.is_sound(row, sheet_.columns().index(rule_.other))))
            return;
        const auto a = operand(row, rule_.field);
        const auto b = other(row);
        if (b.shown.empty())
            return; // told by check_prerequisites
        const bool numbers = a.number && b.number;
        if (numbers ? !compares(*a.number, *b.number) : !compares(fold(a.text), fold(b.text)))
            report(row, b.shown);
    }

    void read_targets()
    {
        const auto* sheet = examination_.find(rule_.table);
        const int column = sheet != nullptr ? sheet->columns().index(rule_.reference) : -1;
        if (column >= 0)
            for (const auto row : sheet->keyed_rows())
                targets_.insert(code_key(read_code(sheet->cell(row, column))));
    }

    [[nodiscard]] std::string title_of_other() const
    {
        if (rule_.other.empty())
            return {};
        if (rule_.other.starts_with('@'))
            return rule_.other.substr(1);
        return sheet_.header(sheet_.columns().index(rule_.other));
    }

    void report(std::size_t row, const std::string& compared)
    {
        const auto in = [&](const Text& text) {
            const bool english = sheet_.language() == Language::english && !text.english.empty();
            return english ? text.english : text.french;
        };
        const auto value = operand(row, rule_.field).shown;
        const auto words = [&](const Text& text) {
            return worded(in(text).c_str(),
                          {sheet_.header(column_), shown(value), title_of_other(), compared});
        };
        Finding finding;
        finding.severity = rule_.severity;
        finding.code = rule_.code;
        finding.message = words(rule_.message);
        finding.suggestion = words(rule_.suggestion);
        finding.table = sheet_.schema().name;
        finding.sheet = sheet_.table().sheet;
        sheet_.report_cell(std::move(finding), row, column_);
    }

    Examination& examination_;
    Sheet& sheet_;
    const DeclaredRule& rule_;
    int column_;
    boost::regex pattern_;
    std::unordered_set<std::string> values_;
    std::unordered_set<std::string> cases_;
    std::unordered_set<std::string> targets_;
};

} // namespace

void check_declared(Examination& examination)
{
    for (auto* sheet : examination.sheets())
        for (const auto& rule : sheet->schema().rules)
            DeclaredCheck(examination, *sheet, rule).run();
}

} // namespace pacte
