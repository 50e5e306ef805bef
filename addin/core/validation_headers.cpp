#include <map>

#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// Are the columns there, once each, with a header?

namespace pacte {

namespace {

/// The headers that no field knows: one of them may be a column renamed.
std::vector<std::string> unknown_headers(const Sheet& sheet)
{
    std::vector<std::string> headers;
    for (const int column : sheet.columns().others())
        headers.push_back(sheet.header(column));
    return headers;
}

void check_missing(Sheet& sheet)
{
    for (const auto& name : sheet.columns().missing()) {
        const auto& title = sheet.schema().find(name)->title;
        const auto renamed = nearest(title, unknown_headers(sheet));
        const Words words =
            renamed.empty() ? Words{"Ajoutez une colonne d'en-tête « {0} ».", "Add a column headed “{0}”."}
                            : Words{"Si c'est la colonne « {1} », redonnez-lui l'en-tête « {0} ».",
                                    "If it is the column “{1}”, give it the header “{0}” again."};
        const auto suggestion = worded(sheet.say(words), {title, renamed});
        sheet.report_table(Rule::missing_column, {title, sheet.title(), suggestion});
    }
}

void report_duplicate(Sheet& sheet, int column, int first)
{
    const auto& table = sheet.table();
    sheet.report_header(Rule::duplicate_header, column,
                        {sheet.header(column), cell_name(table.first_column + first, table.header_row)});
}

/// The name of the field that a column of that header would be.
std::string field_of(const Sheet& sheet, int column)
{
    Table alone;
    alone.headers = {sheet.header(column)};
    const Columns columns(sheet.schema(), alone);
    for (const auto& field : sheet.schema().fields)
        if (columns.index(field.name) == 0)
            return field.name;
    return {};
}

void check_duplicates(Sheet& sheet)
{
    for (const int column : sheet.columns().duplicates())
        report_duplicate(sheet, column, std::max(0, sheet.columns().index(field_of(sheet, column))));
    std::map<std::string, int> seen;
    for (const int column : sheet.columns().others())
        if (const auto [first, added] = seen.emplace(fold(sheet.header(column)), column); !added)
            report_duplicate(sheet, column, first->second);
}

bool has_values(const Sheet& sheet, int column)
{
    for (const auto row : sheet.rows())
        if (!is_blank(sheet.cell(row, column)))
            return true;
    return false;
}

/// A column without a header matters where it holds something, or where it
/// stands between others: merged headers look like that.
void check_blank_headers(Sheet& sheet)
{
    bool within = false; // is there a header further right?
    for (int column = static_cast<int>(sheet.table().headers.size()); column-- > 0;) {
        const bool blank = sheet.header(column).empty();
        if (blank && (within || has_values(sheet, column)))
            sheet.report_header(Rule::blank_header, column, {});
        within = within || !blank;
    }
}

/// The table and the field that `columns_from` names: `variables.code`.
std::vector<std::string> column_codes(Examination& examination, const std::string& columns_from)
{
    std::vector<std::string> codes;
    const auto dot = columns_from.find('.');
    if (dot == std::string::npos)
        return codes;
    if (const auto* source = examination.find(columns_from.substr(0, dot)))
        for (const auto row : source->rows())
            if (auto code = read_code(source->cell(row, columns_from.substr(dot + 1))); !code.empty())
                codes.push_back(std::move(code));
    return codes;
}

/// A column of a person's own is left alone; one that looks like a known code
/// is a code misspelt.
void check_column_codes(Examination& examination, Sheet& sheet)
{
    const auto codes = column_codes(examination, sheet.schema().columns_from);
    if (codes.empty())
        return;
    for (const int column : sheet.columns().others()) {
        const auto meant = nearest(sheet.header(column), codes, 0.75);
        if (!meant.empty() && fold(meant) != fold(sheet.header(column)))
            sheet.report_header(Rule::unknown_variable_column, column, {sheet.header(column), meant}).repair =
                Repair{Cell(meant), similarity(meant, sheet.header(column))};
    }
}

/// To the letter of the standard, where the schema says `fieldsMatch`.
void check_fields_match(Sheet& sheet)
{
    const auto& schema = sheet.schema();
    if (schema.fields_match.empty())
        return;
    standard::Schema described;
    described.fields_match = schema.fields_match;
    std::vector<std::string> names;
    for (const auto& field : schema.fields) {
        described.fields.push_back(*field.descriptor);
        names.push_back(field.name);
    }
    std::vector<std::string> columns;
    std::string told;
    for (int column = 0; column < static_cast<int>(sheet.table().headers.size()); ++column)
        if (!sheet.header(column).empty()) {
            columns.push_back(sheet.field_name(column));
            told += (told.empty() ? "« " : ", « ") + sheet.header(column) + " »";
        }
    // A header is known by its words: « exact » is then the fields in their order.
    const bool in_order = schema.fields_match != "exact" || columns == names;
    if (!in_order || !standard::match_fields(described, columns))
        sheet.report_table(Rule::columns_not_matching, {sheet.title(), schema.fields_match, told});
}

} // namespace

void check_headers(Examination& examination)
{
    for (auto* sheet : examination.sheets()) {
        check_missing(*sheet);
        check_duplicates(*sheet);
        check_blank_headers(*sheet);
        check_fields_match(*sheet);
        check_column_codes(examination, *sheet);
    }
}

} // namespace pacte
