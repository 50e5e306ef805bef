#include "core/validation_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/identifiers.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

/// Beyond this number of different misspelt words, no more values are proposed:
/// the column holds something else altogether.
constexpr std::size_t most_answers = 500;

constexpr std::size_t shown_length = 80;

std::uint64_t cell_key(std::size_t row, int column)
{
    return (static_cast<std::uint64_t>(row) << 32) | static_cast<std::uint32_t>(column);
}

std::vector<ListItem> list_of_institutions(const Schemas& schemas)
{
    const auto* items = schemas.find_list("acteurs");
    return items != nullptr ? *items : std::vector<ListItem>{};
}

bool is_error(const Cell& cell) { return std::holds_alternative<CellError>(cell); }

} // namespace

Sheet::Sheet(const TableSchema& schema, const Table& table, Language language)
    : schema_(&schema), table_(&table), language_(language), columns_(schema, table)
{
    for (const auto& field : schema.primary_key) {
        const auto* described = schema.find(field);
        key_.emplace_back(columns_.index(field), described != nullptr ? code_length(*described) : 0);
    }
    rows_.reserve(table.rows.size());
    keyed_rows_.reserve(table.rows.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        if (is_blank(row))
            continue;
        rows_.push_back(i);
        if (has_key(i))
            keyed_rows_.push_back(i);
        errors_ += static_cast<std::size_t>(std::count_if(row.begin(), row.end(), is_error));
    }
    if (errors_ > 0)
        for (const auto i : rows_)
            filled_ +=
                static_cast<std::size_t>(std::count_if(table.rows[i].begin(), table.rows[i].end(),
                                                       [](const Cell& cell) { return !is_blank(cell); }));
}

bool Sheet::has_key(std::size_t row) const
{
    return std::all_of(key_.begin(), key_.end(), [&](const auto& part) {
        const auto& key = cell(row, part.first);
        return !is_blank(key) && !is_error(key);
    });
}

bool Sheet::is_full_of_errors() const { return are_mostly_errors(errors_, filled_); }

const Cell& Sheet::cell(std::size_t row, std::string_view field) const
{
    return columns_.cell(table_->rows[row], field);
}

Quantity Sheet::quantity(std::size_t row, std::string_view field) const
{
    return read_quantity(cell(row, field), *schema_, field);
}

std::string Sheet::text(std::size_t row, std::string_view field) const
{
    return trim(text_of(cell(row, field)));
}

std::string Sheet::code(std::size_t row, std::string_view field) const { return read_code(cell(row, field)); }

std::optional<double> Sheet::figure(std::size_t row, std::string_view field) const
{
    const auto read = quantity(row, field);
    if (!read.is_known() || !is_sound(row, columns_.index(field)))
        return std::nullopt;
    return read.value();
}

const std::string& Sheet::title() const { return table_->sheet.empty() ? schema_->sheet : table_->sheet; }

std::string Sheet::header(int column) const
{
    return trim(table_->headers[static_cast<std::size_t>(column)]);
}

std::string Sheet::name_of(std::size_t row, int column) const
{
    return cell_name(table_->first_column + column, table_->header_row + 1 + static_cast<std::int32_t>(row));
}

bool Sheet::is_sound(std::size_t row, int column) const
{
    return column < 0 || unsound_.empty() || !unsound_.contains(cell_key(row, column));
}

std::string Sheet::key(std::size_t row) const
{
    std::string joined;
    for (const auto& [column, length] : key_) {
        joined += joined.empty() ? "" : " – ";
        joined += read_code(cell(row, column), length);
    }
    return joined;
}

std::string Sheet::field_name(int column) const
{
    const auto name = columns_.name(column);
    return name.empty() ? header(column) : std::string(name);
}

Finding Sheet::finding(Rule rule, std::initializer_list<std::string> values) const
{
    const auto& words = words_of(rule);
    return {words.severity,
            words.code,
            worded(say(words.message), values),
            worded(say(words.suggestion), values),
            schema_->name,
            table_->sheet,
            -1,
            -1};
}

Finding& Sheet::report_cell(Rule rule, std::size_t row, int column, std::initializer_list<std::string> values)
{
    return report_cell(finding(rule, values), row, column);
}

Finding& Sheet::report_cell(Finding found, std::size_t row, int column)
{
    found.row = table_->header_row + 1 + static_cast<std::int32_t>(row);
    found.column = column < 0 ? -1 : table_->first_column + column;
    found.key = key(row);
    if (column >= 0)
        found.field = field_name(column);
    if (found.severity == Severity::erreur)
        unsound_.insert(cell_key(row, column));
    return findings_.emplace_back(std::move(found));
}

Finding& Sheet::report_header(Rule rule, int column, std::initializer_list<std::string> values)
{
    auto found = finding(rule, values);
    found.row = table_->header_row;
    found.column = table_->first_column + column;
    found.field = field_name(column);
    return findings_.emplace_back(std::move(found));
}

Finding& Sheet::report_table(Rule rule, std::initializer_list<std::string> values)
{
    return findings_.emplace_back(finding(rule, values));
}

Examination::Examination(const ValidationInput& input, std::string_view focus)
    : input_(&input), focus_(focus), date_(input.today), institutions_(list_of_institutions(input.schemas))
{
    for (const auto& schema : input.schemas.tables()) {
        if (schema.generated)
            continue;
        const auto table = input.tables.find(schema.name);
        if (table != input.tables.end())
            sheets_.emplace(schema.name, Sheet(schema, table->second, input.language));
        else if (!schema.optional)
            report_missing(schema);
    }
    if (const auto* sheet = find("parametres")) {
        parameters_ = Parameters(sheet->table(), sheet->schema());
        const auto date = parameters_.text("date de référence");
        double serial = 0.0;
        const bool number = parse_number(date, serial);
        const auto stated = read_date(number ? Cell(serial) : Cell(date));
        date_ = stated.value_or(date_);
        knows_date_ = stated.has_value() || date.empty();
    }
    read_territory();
}

void Examination::read_territory()
{
    auto epcis = read("territoires", read_epcis);
    std::erase_if(epcis, [](const Epci& epci) { return !epci.retained; });
    if (!epcis.empty())
        territory_.emplace(std::move(epcis), read("communes", read_communes),
                           parameters_.text("code du territoire"), parameters_.text("territoire"));
}

void Examination::report_missing(const TableSchema& schema)
{
    const auto& words = words_of(Rule::missing_table);
    const std::initializer_list<std::string> values = {schema.name, schema.sheet};
    const auto language = input_->language;
    missing_.emplace(schema.name,
                     Finding{words.severity, words.code, worded(words.message.in(language), values),
                             worded(words.suggestion.in(language), values), schema.name, "", -1, -1});
}

std::vector<Sheet*> Examination::sheets()
{
    std::vector<Sheet*> readable;
    for (const auto& schema : input_->schemas.tables())
        if (auto* sheet = focus_.empty() || focus_ == schema.name ? find(schema.name) : nullptr)
            readable.push_back(sheet);
    return readable;
}

Sheet* Examination::find(std::string_view table)
{
    const auto found = sheets_.find(table);
    return found != sheets_.end() && !found->second.is_full_of_errors() ? &found->second : nullptr;
}

const std::unordered_map<std::string, int>& Examination::axes_of_pistes()
{
    if (axes_of_pistes_)
        return *axes_of_pistes_;
    axes_of_pistes_.emplace();
    if (const auto* sheet = find("pistes"))
        for (const auto row : sheet->keyed_rows())
            axes_of_pistes_->emplace(code_key(sheet->code(row, "id")), read_axe(sheet->cell(row, "axe")));
    return *axes_of_pistes_;
}

const std::unordered_map<std::string, int>& Examination::axes_of_actions()
{
    if (axes_of_actions_)
        return *axes_of_actions_;
    axes_of_actions_.emplace();
    if (const auto* sheet = find("actions"))
        for (const auto row : sheet->keyed_rows()) {
            const auto piste = axes_of_pistes().find(code_key(sheet->code(row, "piste")));
            axes_of_actions_->emplace(code_key(sheet->code(row, "id")),
                                      piste != axes_of_pistes().end() ? piste->second : 0);
        }
    return *axes_of_actions_;
}

std::optional<std::pair<int, int>> Examination::period() const
{
    const double first = parameters_.number("début de la période", 0.0);
    const double last = parameters_.number("fin de la période", 0.0);
    if (first < 1000.0 || last < first || last > 9999.0)
        return std::nullopt;
    return std::pair(static_cast<int>(first), static_cast<int>(last));
}

void Examination::not_checked(Rule rule, std::string_view table, std::initializer_list<std::string> values)
{
    const auto& words = words_of(rule);
    const auto language = input_->language;
    const auto sheet = sheets_.find(table);
    not_checked_.push_back({words.severity, words.code, worded(words.message.in(language), values),
                            worded(words.suggestion.in(language), values), std::string(table),
                            sheet != sheets_.end() ? sheet->second.table().sheet : std::string(), -1, -1});
}

void Examination::hand_over(Reporter& reporter)
{
    for (const auto& schema : input_->schemas.tables()) {
        if (const auto missing = missing_.find(schema.name); missing != missing_.end())
            reporter.report(std::move(missing->second));
        const auto sheet = sheets_.find(schema.name);
        if (sheet == sheets_.end())
            continue;
        auto& findings = sheet->second.findings();
        if (sheet->second.is_full_of_errors())
            sheet->second.report_table(Rule::table_of_errors,
                                       {schema.title,
                                        french_number(static_cast<double>(sheet->second.errors())),
                                        french_number(static_cast<double>(sheet->second.filled()))});
        std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
            return std::tie(a.row, a.column) < std::tie(b.row, b.column);
        });
        for (auto& finding : findings)
            reporter.report(std::move(finding));
    }
    for (auto& finding : not_checked_)
        reporter.report(std::move(finding));
}

RefusedKeys::RefusedKeys(const Sheet& sheet, std::string_view field, const Cog* cog) : cog_(cog)
{
    const int column = sheet.columns().index(field);
    if (column < 0)
        return;
    const auto& table = sheet.table();
    for (const auto& finding : sheet.findings()) {
        if (finding.severity != Severity::erreur || finding.row <= table.header_row ||
            finding.column != table.first_column + column)
            continue;
        const auto row = static_cast<std::size_t>(finding.row - table.header_row - 1);
        if (auto key = code_key(read_code(sheet.cell(row, column))); !key.empty())
            keys_.push_back(std::move(key));
        if (auto name = fold(text_of(sheet.cell(row, "nom"))); !name.empty())
            names_.insert(std::move(name));
    }
}

bool RefusedKeys::explain(const std::string& code) const
{
    constexpr std::size_t letters_an_error = 6; // one letter of a code INSEE or a SIREN, two of a SIRET
    const auto key = code_key(code);
    if (std::any_of(keys_.begin(), keys_.end(), [&](const std::string& refused) {
            const auto limit =
                std::max<std::size_t>(1, std::max(key.size(), refused.size()) / letters_an_error);
            return edit_distance(key, refused, limit) <= limit;
        }))
        return true;
    if (names_.empty() || cog_ == nullptr)
        return false;
    const auto* epci = cog_->epci(code);
    const auto* commune = cog_->commune(code);
    return (epci != nullptr && names_.contains(fold(epci->name))) ||
           (commune != nullptr && names_.contains(fold(commune->name)));
}

void Examination::hand_over_rows(Reporter& reporter)
{
    auto* sheet = find(focus_);
    if (sheet == nullptr)
        return;
    for (auto& finding : sheet->findings())
        if (finding.row > sheet->table().header_row)
            reporter.report(std::move(finding));
}

Speller::Speller(const std::vector<std::string>& values, double floor) : floor_(floor)
{
    for (const auto& value : values)
        values_.emplace_back(fold(value), value);
}

const Likely& Speller::nearest(const std::string& word)
{
    static const Likely none;
    if (const auto found = answers_.find(word); found != answers_.end())
        return found->second;
    return answers_.size() < most_answers ? answers_.emplace(word, search(word)).first->second : none;
}

Likely Speller::search(const std::string& word) const
{
    const auto folded = fold(word);
    const std::string* best = nullptr;
    double best_distance = 1.0 - floor_; // as a share of the longer length
    for (const auto& [key, value] : values_) {
        const auto longer = static_cast<double>(std::max(key.size(), folded.size()));
        if (longer == 0.0)
            continue;
        const auto limit = static_cast<std::size_t>(best_distance * longer + 1e-9);
        const auto distance = edit_distance(folded, key, limit);
        const bool nearer = best == nullptr || static_cast<double>(distance) / longer < best_distance;
        if (distance > limit || !nearer)
            continue;
        best = &value;
        best_distance = static_cast<double>(distance) / longer;
    }
    return best != nullptr ? Likely{*best, 1.0 - best_distance} : Likely{};
}

std::string is_it(Language language, const Likely& likely, std::string otherwise)
{
    if (likely.value.empty())
        return otherwise;
    const Words words = {"S'agit-il de « {0} » (sûr à {1} %) ?", "Is it “{0}” ({1} % sure)?"};
    return worded(words.in(language), {likely.value, percent(likely.certainty)});
}

std::string write_it(Language language, const std::string& value)
{
    const Words words = {"Écrivez « {0} », dans une cellule au format texte.",
                         "Write “{0}”, in a cell formatted as text."};
    return value.empty() ? std::string() : worded(words.in(language), {value});
}

std::string percent(double share) { return std::to_string(std::lround(100.0 * share)); }

std::string replaced_element(std::string_view text, std::string_view from, std::string_view to)
{
    std::string list;
    for (const auto& element : split_list(text)) {
        list += list.empty() ? "" : ";";
        list += element == from ? to : std::string_view(element);
    }
    return list;
}

std::unordered_map<std::string, Thematique> thematiques_of(const Sheet& sheet)
{
    std::unordered_map<std::string, Thematique> thematiques;
    for (auto& thematique : read_thematiques(sheet.table(), sheet.schema()))
        thematiques.emplace(code_key(thematique.code), std::move(thematique));
    for (const auto row : sheet.keyed_rows())
        if (!sheet.is_sound(row, sheet.columns().index("axe")))
            thematiques[code_key(sheet.code(row, "code"))].axe = 0;
    return thematiques;
}

std::vector<Variable> sound_variables(Examination& examination)
{
    auto variables = examination.read("variables", read_variables);
    const auto* sheet = examination.find("variables");
    if (sheet == nullptr)
        return variables;
    std::unordered_set<std::string> bad;
    for (const auto row : sheet->keyed_rows())
        for (const char* field : {"nature", "base"})
            if (!sheet->is_sound(row, sheet->columns().index(field)))
                bad.insert(code_key(sheet->code(row, "code")));
    std::erase_if(variables, [&](const Variable& variable) { return bad.contains(code_key(variable.code)); });
    return variables;
}

bool is_missing_value(const std::string& text, const TableSchema& schema)
{
    return std::find(schema.missing_values.begin(), schema.missing_values.end(), text) !=
           schema.missing_values.end();
}

std::string shown(std::string_view text)
{
    text = trimmed(text);
    if (text.size() <= shown_length)
        return std::string(text);
    auto end = shown_length;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) // not inside a character
        --end;
    return std::string(text.substr(0, end)) + "…";
}

std::string french_date(Date date)
{
    const auto two = [](unsigned value) { return std::to_string(100 + value).substr(1); };
    return two(static_cast<unsigned>(date.day())) + "/" + two(static_cast<unsigned>(date.month())) + "/" +
           std::to_string(static_cast<int>(date.year()));
}

std::size_t code_length(const Field& field)
{
    if (field.kind == "siren" || field.kind == "epci")
        return siren_length;
    if (field.kind == "siret")
        return siret_length;
    return field.kind == "insee" ? insee_length : 0;
}

} // namespace pacte
