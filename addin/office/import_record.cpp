#include "office/import_record.hpp"

#include <algorithm>
#include <set>

#include "core/next_id.hpp"
#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/table_editor.hpp"

namespace pacte::office {

namespace {

constexpr const char* sources = "sources";
constexpr const char* refusals = "refus";

using Row = std::vector<Cell>;

const std::vector<std::string>& refusal_fields()
{
    static const std::vector<std::string> fields{"import", "emplacement", "valeur", "motif", "a_faire"};
    return fields;
}

/// The refusals that stay: those of other files.
std::vector<Row> kept_rows(const Workbook& workbook, const std::set<std::string>& replaced)
{
    std::vector<Row> rows;
    const Table table = workbook.table(refusals);
    const Columns columns(schemas().table(refusals), table);
    for (const auto& row : table.rows) {
        if (is_blank(row) || replaced.contains(read_code(columns.cell(row, "import"))))
            continue;
        Row& kept = rows.emplace_back();
        for (const std::string& field : refusal_fields())
            kept.push_back(columns.cell(row, field));
    }
    return rows;
}

std::string link_formula(const std::string& sheet, std::int32_t row, std::size_t count)
{
    std::string name;
    for (const char letter : sheet)
        name += letter == '\'' ? "''" : std::string(1, letter);
    return "=HYPERLINK(\"#$'" + name + "'.A" + std::to_string(row + 1) + "\";\"" + std::to_string(count) +
           (count == 1 ? " ligne\")" : " lignes\")");
}

/// Earlier imports of that file, of that nature.
std::set<std::string> former_imports(const TableEditor& editor, const ImportRecord& record)
{
    std::set<std::string> ids;
    for (std::size_t row = 0; row < editor.table().rows.size(); ++row)
        if (text_of(editor.at(row, "fichier")) == record.file &&
            fold(text_of(editor.at(row, "nature"))) == fold(record.nature))
            ids.insert(read_code(editor.at(row, "id")));
    return ids;
}

/// Where the list of an import begins in the sheet of refusals.
std::int32_t write_refusals(UndoStep& step, Workbook& workbook, const std::string& id,
                            const ImportRecord& record, const std::set<std::string>& replaced)
{
    ensure_table(step, workbook, refusals);
    std::vector<Row> rows = kept_rows(workbook, replaced);
    const auto first = static_cast<std::int32_t>(rows.size());
    for (const Refusal& refusal : record.refusals)
        rows.push_back({id, refusal.place, refusal.value, refusal.reason, refusal.advice});
    workbook.write_rows(refusals, refusal_fields(), rows);
    return workbook.area(refusals).StartRow + 1 + first;
}

} // namespace

SourceCitations read_citations(const Workbook& workbook)
{
    return workbook.has_table(sources) ? SourceCitations(workbook.table(sources), schemas().table(sources))
                                       : SourceCitations();
}

void require_writable_import(const Workbook& workbook, const std::vector<std::string_view>& tables)
{
    workbook.require_writable();
    for (const std::string_view table : tables)
        if (workbook.has_table(table))
            workbook.require_writable_table(table);
    for (const std::string_view table : {sources, refusals})
        if (workbook.has_table(table))
            workbook.require_writable_table(table);
}

std::string next_import_id(const Workbook& workbook)
{
    const Table table = workbook.has_table(sources) ? workbook.table(sources) : Table();
    return NextId(schemas().table(sources), table, "SRC-")();
}

void write_import_record(UndoStep& step, Workbook& workbook, const std::string& id,
                         const ImportRecord& record)
{
    ensure_table(step, workbook, sources);
    ensure_columns(step, workbook, sources, {"contenu"});
    TableEditor editor(workbook, sources);
    const auto replaced = former_imports(editor, record);
    const std::int32_t first = write_refusals(step, workbook, id, record, replaced);
    const auto number = [](std::size_t count) { return Cell(static_cast<double>(count)); };
    const std::size_t row = editor.append({{"id", id},
                                           {"nature", record.nature},
                                           {"fichier", record.file},
                                           {"empreinte", record.hash},
                                           {"producteur", record.producer},
                                           {"millesime", record.vintage},
                                           {"licence", record.licence},
                                           {"importe_le", serial_of(today())},
                                           {"lignes_lues", number(record.rows_read)},
                                           {"lignes_retenues", number(record.rows_matched)},
                                           {"lignes_refusees", number(record.rows_refused)},
                                           {"contenu", record.content},
                                           {"remarque", record.remark}});
    editor.write(step);
    const int column = editor.columns().index("liste_des_refus");
    if (column < 0 || record.refusals.empty())
        return;
    const std::string sheet = name_of(workbook.sheet(workbook.area(refusals).Sheet));
    const auto where = editor.address(row, static_cast<std::size_t>(column));
    editor.sheet()
        ->getCellByPosition(where.Column, where.Row)
        ->setFormula(ustring(link_formula(sheet, first, record.refusals.size())));
}

} // namespace pacte::office
