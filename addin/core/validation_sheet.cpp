#include "core/validation_sheet.hpp"

#include <algorithm>
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

bool is_error(const Cell& cell) { return std::holds_alternative<CellError>(cell); }

} // namespace

Sheet::Sheet(const TableSchema& schema, const Table& table)
    : schema_(&schema), table_(&table), columns_(schema, table)
{
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        if (is_blank(row))
            continue;
        rows_.push_back(i);
        if (has_key(row))
            keyed_rows_.push_back(i);
        count_cells(row);
    }
}

bool Sheet::has_key(const std::vector<Cell>& row) const
{
    return std::all_of(schema_->primary_key.begin(), schema_->primary_key.end(),
                       [&](const std::string& field) {
                           const auto& key = columns_.cell(row, field);
                           return !is_blank(key) && !is_error(key);
                       });
}

void Sheet::count_cells(const std::vector<Cell>& row)
{
    for (const auto& cell : row) {
        filled_ += is_blank(cell) ? 0 : 1;
        errors_ += is_error(cell) ? 1 : 0;
    }
}

bool Sheet::is_full_of_errors() const { return are_mostly_errors(errors_, filled_); }

const Cell& Sheet::cell(std::size_t row, std::string_view field) const
{
    return columns_.cell(table_->rows[row], field);
}

const Cell& Sheet::cell(std::size_t row, int column) const
{
    static const Cell blank;
    const auto& cells = table_->rows[row];
    const auto at = static_cast<std::size_t>(column);
    return column >= 0 && at < cells.size() ? cells[at] : blank;
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

Finding Sheet::finding(Rule rule, std::initializer_list<std::string> values) const
{
    const auto& words = words_of(rule);
    return {words.severity,
            words.code,
            worded(words.message, values),
            worded(words.suggestion, values),
            schema_->name,
            table_->sheet,
            -1,
            -1};
}

void Sheet::report_cell(Rule rule, std::size_t row, int column, std::initializer_list<std::string> values)
{
    auto found = finding(rule, values);
    found.row = table_->header_row + 1 + static_cast<std::int32_t>(row);
    found.column = column < 0 ? -1 : table_->first_column + column;
    if (found.severity == Severity::erreur)
        unsound_.insert(cell_key(row, column));
    findings_.push_back(std::move(found));
}

void Sheet::report_header(Rule rule, int column, std::initializer_list<std::string> values)
{
    auto found = finding(rule, values);
    found.row = table_->header_row;
    found.column = table_->first_column + column;
    findings_.push_back(std::move(found));
}

void Sheet::report_table(Rule rule, std::initializer_list<std::string> values)
{
    findings_.push_back(finding(rule, values));
}

Examination::Examination(const ValidationInput& input) : input_(&input), date_(input.today)
{
    for (const auto& schema : input.schemas.tables()) {
        if (schema.generated)
            continue;
        const auto table = input.tables.find(schema.name);
        if (table != input.tables.end())
            sheets_.emplace(schema.name, Sheet(schema, table->second));
        else if (!schema.optional)
            report_missing(schema);
    }
    if (const auto* sheet = find("parametres")) {
        parameters_ = Parameters(sheet->table(), sheet->schema());
        const auto date = parameters_.text("date de référence");
        double serial = 0.0;
        const bool number = parse_number(date, serial);
        date_ = read_date(number ? Cell(serial) : Cell(date)).value_or(date_);
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
    missing_.emplace(schema.name, Finding{words.severity, words.code, worded(words.message, values),
                                          worded(words.suggestion, values), schema.name, "", -1, -1});
}

std::vector<Sheet*> Examination::sheets()
{
    std::vector<Sheet*> readable;
    for (const auto& schema : input_->schemas.tables())
        if (auto* sheet = find(schema.name))
            readable.push_back(sheet);
    return readable;
}

Sheet* Examination::find(std::string_view table)
{
    const auto found = sheets_.find(table);
    return found != sheets_.end() && !found->second.is_full_of_errors() ? &found->second : nullptr;
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
}

Speller::Speller(const std::vector<std::string>& values, double floor) : floor_(floor)
{
    for (const auto& value : values)
        values_.emplace_back(fold(value), value);
}

const std::string& Speller::nearest(const std::string& word)
{
    static const std::string none;
    if (const auto found = answers_.find(word); found != answers_.end())
        return found->second;
    return answers_.size() < most_answers ? answers_.emplace(word, search(word)).first->second : none;
}

std::string Speller::search(const std::string& word) const
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
    return best != nullptr ? *best : std::string();
}

std::string is_it(const std::string& value, std::string otherwise)
{
    return value.empty() ? std::move(otherwise) : "S'agit-il de « " + value + " » ?";
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
