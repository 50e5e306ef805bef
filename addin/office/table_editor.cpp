#include "office/table_editor.hpp"

#include <algorithm>

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XDatabaseRanges.hpp>

#include "core/text.hpp"
#include "office/installation.hpp"

namespace pacte::office {

namespace {

using css::table::CellRangeAddress;

Table read(const Workbook& workbook, std::string_view name) { return workbook.table(name); }

} // namespace

void ensure_table(UndoStep& /*step*/, Workbook& workbook, std::string_view name)
{
    if (workbook.has_table(name))
        return;
    const TableSchema& schema = schemas().table(name);
    auto sheet = workbook.find_sheet(schema.sheet);
    if (sheet.is()) {
        std::string free = schema.sheet;
        for (int number = 2; workbook.find_sheet(free).is(); ++number)
            free = schema.sheet + " " + std::to_string(number);
        sheet = workbook.add_sheet(free);
    } else {
        sheet = workbook.add_sheet(schema.sheet);
    }
    constexpr std::int32_t header_row = 3; // as in a new workbook
    std::vector<Cell> headers;
    for (const Field& field : schema.fields)
        headers.emplace_back(field.title);
    write_cells(sheet, 0, 0, {{schema.title}});
    write_cells(sheet, 0, 1, {{schema.description}});
    write_cells(sheet, 0, header_row, {headers});
    const auto last = static_cast<std::int32_t>(headers.size()) - 1;
    set(cells(sheet, 0, 0, 0, 0), "CharWeight", 150.0F);
    set(cells(sheet, 0, header_row, last, header_row), "CharWeight", 150.0F);
    CellRangeAddress area =
        Reference<css::sheet::XCellRangeAddressable>(
            cells(sheet, 0, header_row, last, header_row + std::max(1, schema.blank_rows)), UNO_QUERY_THROW)
            ->getRangeAddress();
    Reference<css::sheet::XDatabaseRanges>(get(workbook.model(), "DatabaseRanges"), UNO_QUERY_THROW)
        ->addNewByName(ustring(name), area);
}

void ensure_columns(UndoStep& step, Workbook& workbook, std::string_view name,
                    std::initializer_list<const char*> fields)
{
    const TableSchema& schema = schemas().table(name);
    TableEditor editor(workbook, name);
    bool added = false;
    for (const char* field : fields)
        if (editor.columns().index(field) < 0) {
            editor.column_headed(schema.find(field)->title);
            added = true;
        }
    if (added)
        editor.write(step);
}

TableEditor::TableEditor(Workbook& workbook, std::string_view name)
    : workbook_(workbook), name_(name), area_(workbook.area(name)), sheet_(workbook.sheet(area_.Sheet)),
      table_(read(workbook, name)), columns_(schemas().table(name), table_), row_count_(table_.rows.size())
{
}

std::optional<std::size_t> TableEditor::find(std::string_view field, std::string_view code) const
{
    const std::string key = code_key(code);
    for (std::size_t row = 0; row < table_.rows.size(); ++row)
        if (code_key(read_code(columns_.cell(table_.rows[row], field))) == key)
            return row;
    return std::nullopt;
}

const Cell& TableEditor::at(std::size_t row, std::string_view field) const
{
    static const Cell blank;
    return row < table_.rows.size() ? columns_.cell(table_.rows[row], field) : blank;
}

void TableEditor::set(std::size_t row, std::string_view field, const Cell& value)
{
    if (const int column = columns_.index(field); column >= 0)
        set_column(row, static_cast<std::size_t>(column), value);
}

void TableEditor::set_column(std::size_t row, std::size_t column, const Cell& value)
{
    changes_[column][row] = value;
}

std::size_t TableEditor::append(const Values& values)
{
    const std::size_t row = row_count_++;
    for (const auto& [field, value] : values)
        if (!is_blank(value))
            set(row, field, value);
    return row;
}

std::size_t TableEditor::column_headed(const std::string& header)
{
    const std::string key = fold(header);
    for (std::size_t column = 0; column < table_.headers.size(); ++column)
        if (fold(table_.headers[column]) == key)
            return column;
    if (const auto found = new_columns_.find(key); found != new_columns_.end())
        return found->second;
    const auto is_free = [&](std::size_t column) {
        return trimmed(table_.headers[column]).empty() && !headers_.contains(column) &&
               std::all_of(table_.rows.begin(), table_.rows.end(),
                           [&](const auto& row) { return is_blank(row[column]); });
    };
    std::size_t column = 0;
    while (column < table_.headers.size() && !is_free(column))
        ++column;
    while (headers_.contains(column))
        ++column;
    new_columns_[key] = column;
    headers_[column] = header;
    return column;
}

css::table::CellAddress TableEditor::address(std::size_t row, std::size_t column) const
{
    return {area_.Sheet, area_.StartColumn + static_cast<std::int32_t>(column),
            area_.StartRow + 1 + static_cast<std::int32_t>(row)};
}

/// Rows that are new take the look of the table's first one.
void TableEditor::style_new_rows(UndoStep& /*step*/) const
{
    const std::int32_t first = area_.EndRow + 1;
    const std::int32_t last = area_.StartRow + static_cast<std::int32_t>(row_count_);
    if (last < first)
        return;
    for (std::int32_t column = area_.StartColumn; column <= area_.EndColumn; ++column) {
        const auto style =
            get_as<OUString>(sheet_->getCellByPosition(column, area_.StartRow + 1), "CellStyle");
        pacte::office::set(cells(sheet_, column, first, column, last), "CellStyle", style);
    }
}

void TableEditor::extend_range(UndoStep& /*step*/)
{
    CellRangeAddress area = area_;
    area.EndRow = std::max(area.EndRow, area.StartRow + static_cast<std::int32_t>(row_count_));
    if (!headers_.empty())
        area.EndColumn =
            std::max(area.EndColumn, area.StartColumn + static_cast<std::int32_t>(headers_.rbegin()->first));
    if (area.EndRow == area_.EndRow && area.EndColumn == area_.EndColumn)
        return;
    workbook_.set_area(name_, area);
}

void TableEditor::write(UndoStep& step)
{
    style_new_rows(step);
    for (const auto& [column, header] : headers_)
        rewrite_cells(sheet_, area_.StartColumn + static_cast<std::int32_t>(column), area_.StartRow,
                      {{header}});
    for (const auto& [column, cells_of] : changes_) {
        std::vector<std::vector<Cell>> run;
        std::size_t first = 0;
        const auto flush = [&] {
            if (!run.empty())
                rewrite_cells(sheet_, area_.StartColumn + static_cast<std::int32_t>(column),
                              area_.StartRow + 1 + static_cast<std::int32_t>(first), run);
            run.clear();
        };
        for (const auto& [row, value] : cells_of) {
            if (run.empty() || row != first + run.size()) {
                flush();
                first = row;
            }
            run.push_back({value});
        }
        flush();
    }
    extend_range(step);
    changes_.clear();
}

} // namespace pacte::office
