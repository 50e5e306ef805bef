#include <algorithm>
#include <bitset>
#include <boost/regex.hpp>
#include <cmath>
#include <map>

#include "core/figure.hpp"
#include "core/first_seen.hpp"
#include "core/json_schema.hpp"
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

std::string list_of(const std::vector<std::string>& values)
{
    std::string list;
    for (const auto& value : values)
        list += (list.empty() ? "" : ", ") + value;
    return list;
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
        for (const auto& value : folded_)
            initials_.set(static_cast<unsigned char>(value.front()));
    }

    [[nodiscard]] bool empty() const { return exact_.empty(); }
    [[nodiscard]] bool contains(std::string_view written) const
    {
        // Nothing longer folds to one of them, but for a few spaces and accents.
        if (written.size() > 2 * longest_ + 8 || longest_ == 0)
            return longest_ == 0 && written.empty() && !exact_.empty();
        if (exact_.contains(written))
            return true;
        const auto first = written.empty() ? '\0' : written.front();
        const bool letter = (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9');
        return (!letter || initials_.test(static_cast<unsigned char>(first))) &&
               folded_.contains(fold(written));
    }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_set<std::string, Hash, std::equal_to<>> exact_;
    std::unordered_set<std::string> folded_;
    std::bitset<256> initials_; ///< of the folded values
    std::size_t longest_ = 0;
};

/// How the cells of a column are understood.
enum class Reading { text, boolean, date, axe, number, integer, year, standard };

/// Calc has no word for that type or format: the standard's own reading is taken.
bool is_standard(const Field& field)
{
    static const std::unordered_set<std::string> native = {"string", "number",  "integer", "year",
                                                           "date",   "boolean", "any"};
    const bool formatted = field.type == "string" && !field.format.empty() && field.format != "default";
    return field.descriptor != nullptr && (!native.contains(field.type) || formatted);
}

Reading reading_of(const Field& field)
{
    static const std::map<std::string, Reading> readings = {{"boolean", Reading::boolean},
                                                            {"date", Reading::date},
                                                            {"number", Reading::number},
                                                            {"integer", Reading::integer},
                                                            {"year", Reading::year}};
    if (is_standard(field))
        return Reading::standard;
    const auto found = readings.find(field.type);
    const auto reading = found != readings.end() ? found->second : Reading::text;
    return field.kind == "axe" && reading != Reading::boolean && reading != Reading::date ? Reading::axe
                                                                                          : reading;
}

/// One column of a sheet, checked row by row.
class ColumnCheck {
public:
    ColumnCheck(Sheet& sheet, const Field& field, int column)
        : sheet_(sheet), field_(field), reading_(reading_of(field)), column_(column),
          title_(sheet.header(column)), enumeration_(field.enumeration), speller_(field.enumeration)
    {
        auto unknowns = sheet.schema().missing_values;
        unknowns.insert(unknowns.end(), sheet.schema().secret_values.begin(),
                        sheet.schema().secret_values.end());
        unknowns_ = FoldedSet(unknowns);
        if (!field.pattern.empty())
            pattern_ = boost::regex(field.pattern);
        const auto& key = sheet.schema().primary_key;
        const bool is_key = std::find(key.begin(), key.end(), field.name) != key.end();
        required_ = field.required && !is_key;
        constrained_ = has_constraints();
        if (field.unique && !is_key)
            seen_.emplace(sheet.keyed_rows().size());
    }

    void check_row(std::size_t row, bool has_key)
    {
        const Cell& value = cell(row);
        if (std::holds_alternative<CellError>(value)) {
            report(Rule::cell_error, row);
            return;
        }
        if (!required_ && !constrained_ && !seen_)
            return; // any text will do: it is not even read
        const bool unknown = is_unknown(value);
        if (required_ && has_key && (unknown || says_unknown(value)))
            report(Rule::required_value, row);
        if (unknown)
            return;
        if (constrained_)
            check_cell(row, value);
        if (seen_ && has_key)
            check_unique(row, value);
    }

private:
    [[nodiscard]] const Cell& cell(std::size_t row) const { return sheet_.cell(row, column_); }

    template <typename... Values>
    Finding& report(Rule rule, std::size_t row, Values... values)
    {
        return sheet_.report_cell(rule, row, column_, {title_, std::move(values)...});
    }

    template <typename... Values>
    [[nodiscard]] std::string say(Words words, Values... values) const
    {
        return worded(sheet_.say(words), {std::move(values)...});
    }

    /// Blank, or a text that stands for an unknown value.
    [[nodiscard]] bool is_unknown(const Cell& value) const
    {
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr)
            return is_blank(value);
        const auto written = trimmed(*text);
        return written.empty() || unknowns_.contains(written);
    }

    [[nodiscard]] bool is_figure() const
    {
        return reading_ == Reading::number || reading_ == Reading::integer;
    }

    /// `n.c.` where a figure is expected.
    [[nodiscard]] bool says_unknown(const Cell& value) const
    {
        const auto* text = std::get_if<std::string>(&value);
        return text != nullptr && is_figure() &&
               read_figure(*text, field_.unit).kind == Figure::Kind::unknown;
    }

    void check_standard(std::size_t row, const std::string& text)
    {
        if (!standard::cast(*field_.descriptor, text))
            report(Rule::not_of_type, row, shown(text), name_of_type(), field_.description);
        else if (const auto& structure = field_.descriptor->json_schema;
                 structure && !structure->accepts(text))
            report(Rule::not_of_structure, row, shown(text), field_.description);
    }

    [[nodiscard]] std::string name_of_type() const
    {
        static const std::map<std::string, Words> names = {
            {"email", {"une adresse de courriel", "an e-mail address"}},
            {"uri", {"une adresse (https://…)", "an address (https://…)"}},
            {"uuid", {"un UUID", "a UUID"}},
            {"binary", {"un contenu en base64", "base64 content"}},
            {"time", {"une heure (hh:mm:ss)", "a time (hh:mm:ss)"}},
            {"datetime",
             {"une date et une heure (2024-06-30T15:00:00)", "a date and time (2024-06-30T15:00:00)"}},
            {"yearmonth", {"un mois (2024-06)", "a month (2024-06)"}},
            {"duration", {"une durée (P1Y6M)", "a duration (P1Y6M)"}},
            {"geopoint", {"un point (longitude, latitude)", "a point (longitude, latitude)"}},
            {"geojson", {"un objet GeoJSON", "a GeoJSON object"}},
            {"object", {"un objet JSON", "a JSON object"}},
            {"array", {"une liste JSON", "a JSON array"}},
            {"list", {"une liste", "a list"}}};
        const auto found = names.find(field_.type == "string" ? field_.format : field_.type);
        return found != names.end() ? sheet_.say(found->second) : field_.type;
    }

    [[nodiscard]] bool has_constraints() const
    {
        return (field_.type != "string" && field_.type != "any") || reading_ != Reading::text ||
               !enumeration_.empty() || pattern_ || field_.minimum || field_.maximum || field_.min_length ||
               field_.max_length;
    }

    void check_cell(std::size_t row, const Cell& value)
    {
        if (!field_.is_list) {
            check_value(row, value);
            return;
        }
        for (auto& element : split_list(read_code(value)))
            check_value(row, Cell(std::move(element)));
    }

    void check_value(std::size_t row, const Cell& value)
    {
        switch (reading_) {
        case Reading::standard:
            check_standard(row, trim(read_code(value)));
            break;
        case Reading::boolean:
            check_boolean(row, value);
            break;
        case Reading::date:
            check_date(row, value);
            break;
        case Reading::axe:
            check_axe(row, value);
            break;
        case Reading::number:
        case Reading::integer:
        case Reading::year:
            check_number(row, value);
            break;
        case Reading::text:
            if (const auto* text = std::get_if<std::string>(&value))
                check_text(row, trimmed(*text));
            else
                check_text(row, read_code(value));
            break;
        }
    }

    void check_boolean(std::size_t row, const Cell& value)
    {
        if (!read_boolean(value))
            report(Rule::not_a_boolean, row, shown(text_of(value)));
    }

    static constexpr Words write_day = {"Écrivez le jour, le mois et l'année, par exemple {0}.",
                                        "Write the day, the month and the year, such as {0}."};

    void check_date(std::size_t row, const Cell& value)
    {
        const auto* serial = std::get_if<double>(&value);
        const bool year = serial != nullptr && *serial >= first_year_typed_as_date &&
                          *serial <= last_year_typed_as_date && *serial == std::floor(*serial);
        const auto date = read_date(value);
        if (year)
            report(Rule::not_a_date, row, text_of(value), say(write_day, "01/01/" + text_of(value)));
        else if (!date)
            report_not_a_date(row, value);
        else if (serial == nullptr)
            report(Rule::date_as_text, row, shown(text_of(value)), french_date(*date)).repair =
                Repair{Cell(serial_of(*date)), 1.0, true};
        else
            check_bounds(row, *serial);
    }

    /// `30/06/24` and `06/30/2024` are probably dates, but that would be guessing.
    void report_not_a_date(std::size_t row, const Cell& value)
    {
        constexpr double certainty = 0.9;
        const auto text = text_of(value);
        const auto probable = probable_date(text);
        if (!probable) {
            report(Rule::not_a_date, row, shown(text), say(write_day, "30/06/2024"));
            return;
        }
        const auto question = is_it(sheet_.language(), {french_date(*probable), certainty});
        report(Rule::not_a_date, row, shown(text), question).repair =
            Repair{Cell(serial_of(*probable)), certainty, true};
    }

    /// An axe may be written `2`, `axe 2` or `2 emploi`.
    void check_axe(std::size_t row, const Cell& value)
    {
        if (read_axe(value) == 0)
            report(
                Rule::not_in_enumeration, row, shown(text_of(value)),
                say({"Écrivez 1 (prévention), 2 (emploi), 3 (accès aux droits) ou 4 (transition écologique).",
                     "Write 1 (prevention), 2 (employment), 3 (access to rights) or 4 (ecological "
                     "transition)."}));
    }

    void check_number(std::size_t row, const Cell& value)
    {
        const auto* stored = std::get_if<double>(&value);
        const auto text = stored == nullptr ? trim(text_of(value)) : std::string();
        const auto read = stored == nullptr ? read_figure(text, field_.unit, field_.kind == "part")
                                            : Figure{Figure::Kind::number, *stored, 0.0};
        if (read.kind != Figure::Kind::number) {
            report_no_number(row, text, read);
            return;
        }
        if (!check_whole(row, read.value))
            return;
        if (stored == nullptr && reading_ != Reading::year)
            report(Rule::number_as_text, row, shown(text), figure(read.value)).repair =
                Repair{Cell(read.value), 1.0};
        check_bounds(row, read.value);
        if (!enumeration_.empty())
            check_enumeration(row, read_code(value));
    }

    void report_no_number(std::size_t row, const std::string& text, const Figure& read)
    {
        if (read.kind == Figure::Kind::unknown && reading_ != Reading::year) {
            // A required figure that is not known is told already.
            if (!field_.required)
                report(Rule::unknown_as_text, row, shown(text)).repair = Repair{Cell(std::string("nd")), 1.0};
            return;
        }
        if (reading_ == Reading::year)
            report(Rule::not_a_year, row, shown(text));
        else
            report(Rule::not_a_number, row, shown(text), how_to_write(read));
    }

    [[nodiscard]] std::string how_to_write(const Figure& read) const
    {
        switch (read.kind) {
        case Figure::Kind::about:
            return say({"Écrivez un nombre seul ({0} ?) ; la précision va dans une remarque.",
                        "Write one number ({0}?); the rest goes into a remark."},
                       figure(read.value));
        case Figure::Kind::range:
            return say({"Choisissez un nombre entre {0} et {1} ; la fourchette va dans une remarque.",
                        "Choose one number between {0} and {1}; the range goes into a remark."},
                       figure(read.value), figure(read.upper));
        default:
            return say({"Écrivez un nombre seul, ou laissez la cellule vide s'il est inconnu.",
                        "Write one number, or leave the cell blank where it is not known."});
        }
    }

    [[nodiscard]] bool check_whole(std::size_t row, double number)
    {
        const bool whole = number == std::floor(number);
        if (reading_ == Reading::year && (!whole || number < 1000.0 || number > 9999.0)) {
            report(Rule::not_a_year, row, figure(number));
            return false;
        }
        if (reading_ == Reading::integer && !whole)
            report(Rule::not_an_integer, row, figure(number));
        return whole || reading_ != Reading::integer;
    }

    void check_bounds(std::size_t row, double number)
    {
        // A year is written without a space between its digits.
        const auto written = [&](double value) {
            if (reading_ == Reading::date)
                return french_date(read_date(Cell(value)).value_or(Date{}));
            return reading_ == Reading::year ? std::to_string(std::lround(value)) : figure(value);
        };
        if (field_.minimum && number < *field_.minimum)
            report(Rule::below_minimum, row, written(number), written(*field_.minimum));
        else if (field_.maximum && number > *field_.maximum)
            report(Rule::above_maximum, row, written(number), written(*field_.maximum));
    }

    void check_text(std::size_t row, std::string_view text)
    {
        const auto length = field_.min_length || field_.max_length ? characters(text) : 0;
        if (!enumeration_.empty())
            check_enumeration(row, text);
        else if (pattern_ && !boost::regex_match(text.begin(), text.end(), *pattern_))
            report(Rule::not_matching_pattern, row, shown(text),
                   field_.description.empty() ? std::string() : field_.description);
        else if (field_.min_length && length < *field_.min_length)
            report(Rule::too_short, row, shown(text), std::to_string(*field_.min_length));
        else if (field_.max_length && length > *field_.max_length)
            report(Rule::too_long, row, std::to_string(length), std::to_string(*field_.max_length));
    }

    void check_enumeration(std::size_t row, std::string_view written)
    {
        if (enumeration_.contains(written))
            return;
        const std::string text(written);
        const auto& values = field_.enumeration;
        const auto all = values.size() <= most_values_listed
                             ? say({"Valeurs admises : {0}.", "Accepted values: {0}."}, list_of(values))
                             : say({"Choisissez une valeur dans la liste de la cellule.",
                                    "Choose a value in the list of the cell."});
        const auto& likely = speller_.nearest(text);
        auto& found =
            report(Rule::not_in_enumeration, row, shown(text), is_it(sheet_.language(), likely, all));
        if (!likely.value.empty())
            found.repair =
                Repair{Cell(field_.is_list ? replaced_element(text_of(cell(row)), text, likely.value)
                                           : likely.value),
                       likely.certainty};
    }

    void check_unique(std::size_t row, const Cell& value)
    {
        const auto* written = std::get_if<std::string>(&value);
        const auto code = written == nullptr ? read_code(value) : std::string();
        const auto text = written != nullptr ? trimmed(*written) : std::string_view(code);
        if (const auto first = seen_->put(text, row))
            report(Rule::not_unique, row, shown(text), sheet_.name_of(*first, column_));
    }

    Sheet& sheet_;
    const Field& field_;
    Reading reading_;
    int column_;
    std::string title_;
    FoldedSet enumeration_;
    Speller speller_;
    FoldedSet unknowns_;
    std::optional<boost::regex> pattern_;
    bool required_ = false;
    bool constrained_ = false;
    std::optional<FirstSeen> seen_; ///< of a unique column
};

using ColumnChecks = std::vector<ColumnCheck>;
using Figures = std::unordered_map<std::string, Field>; ///< by folded code

void add_known_columns(Sheet& sheet, ColumnChecks& checks)
{
    for (const auto& field : sheet.schema().fields)
        if (const int column = sheet.columns().index(field.name); column >= 0)
            checks.emplace_back(sheet, field, column);
}

/// `cible 2025`, `cible 2026`…
void add_yearly_columns(Sheet& sheet, ColumnChecks& checks)
{
    for (const auto& field : sheet.schema().fields)
        for (int year = 1990; !field.per_year.empty() && year <= 2100; ++year)
            if (const int column = sheet.columns().index(field.name, year); column >= 0)
                checks.emplace_back(sheet, field, column);
}

/// The columns headed by a variable's code hold figures. The checks refer to `figures`.
void add_figures(Examination& examination, Sheet& sheet, Figures& figures, ColumnChecks& checks)
{
    if (sheet.schema().columns_from != "variables.code")
        return;
    for (const auto& variable : examination.read("variables", read_variables)) {
        Field number;
        number.type = "number";
        number.unit = variable.unit;
        figures.emplace(fold(variable.code), std::move(number));
    }
    for (const int column : sheet.columns().others())
        if (const auto found = figures.find(fold(sheet.header(column))); found != figures.end())
            checks.emplace_back(sheet, found->second, column);
}

/// Row by row: the cells of one row lie together in memory, those of a column do not.
void check_columns(Examination& examination, Sheet& sheet)
{
    Figures figures;
    ColumnChecks checks;
    add_known_columns(sheet, checks);
    add_yearly_columns(sheet, checks);
    add_figures(examination, sheet, figures, checks);
    auto keyed = sheet.keyed_rows().begin();
    for (const auto row : sheet.rows()) {
        const bool has_key = keyed != sheet.keyed_rows().end() && *keyed == row;
        keyed += has_key ? 1 : 0;
        for (auto& check : checks)
            check.check_row(row, has_key);
    }
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
    if (sheet.keyed_rows().size() < sheet.rows().size())
        for (const auto row : sheet.rows())
            for (const auto& field : schema.primary_key)
                if (is_blank(sheet.cell(row, field)))
                    sheet.report_cell(Rule::missing_key, row, sheet.columns().index(field),
                                      {schema.find(field)->title});
    const int column = sheet.columns().index(schema.primary_key.front());
    FirstSeen seen(sheet.keyed_rows().size());
    for (const auto row : sheet.keyed_rows())
        if (const auto first = seen.put(code_key(sheet.key(row)), row))
            sheet.report_cell(Rule::duplicate_key, row, column,
                              {key_title(schema), shown(sheet.key(row)), sheet.name_of(*first, column)});
}

/// The fields of the key of a row, as one text; empty where one of them is blank:
/// an unknown value is unlike any other.
std::string combination(const Sheet& sheet, std::size_t row, const std::vector<std::string>& fields)
{
    std::string joined;
    for (const auto& field : fields) {
        const auto part = sheet.code(row, field);
        if (part.empty() || is_missing_value(part, sheet.schema()))
            return {};
        joined += (joined.empty() ? "" : " – ") + part;
    }
    return joined;
}

void check_unique_keys(Sheet& sheet)
{
    for (const auto& fields : sheet.schema().unique_keys) {
        std::vector<std::string> titles;
        for (const auto& field : fields)
            titles.push_back(sheet.schema().find(field)->title);
        const int column = sheet.columns().index(fields.front());
        std::unordered_map<std::string, std::size_t> seen;
        for (const auto row : sheet.keyed_rows()) {
            const auto key = combination(sheet, row, fields);
            if (key.empty())
                continue;
            if (const auto [first, added] = seen.emplace(code_key(key), row); !added)
                sheet.report_cell(Rule::duplicate_unique_key, row, column,
                                  {list_of(titles), shown(key), sheet.name_of(first->second, column)});
        }
    }
}

/// Pairs of columns that hold a beginning and an end, in any table.
constexpr std::pair<const char*, const char*> periods[] = {
    {"date_de_debut", "date_de_fin"}, {"debut", "fin"}, {"annee_t0", "annee_cible"}};

void check_period(Sheet& sheet, const Field& begin, const Field& end)
{
    const int column = sheet.columns().index(end.name);
    for (const auto row : sheet.keyed_rows()) {
        if (!sheet.is_sound(row, column) || !sheet.is_sound(row, sheet.columns().index(begin.name)))
            continue;
        const auto& from = sheet.cell(row, begin.name);
        const auto& to = sheet.cell(row, end.name);
        const auto first = read_date(from);
        const auto last = read_date(to);
        if (begin.type == "date" && first && last && *last < *first)
            sheet.report_cell(Rule::dates_out_of_order, row, column,
                              {end.title, french_date(*last), begin.title, french_date(*first)});
        const auto year = sheet.quantity(row, begin.name);
        const auto target = sheet.quantity(row, end.name);
        if (begin.type == "year" && year.is_known() && target.is_known() && target.value() < year.value())
            sheet.report_cell(Rule::dates_out_of_order, row, column,
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
        check_unique_keys(*sheet);
        check_columns(examination, *sheet);
        check_periods(*sheet);
    }
}

} // namespace pacte
