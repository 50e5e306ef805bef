#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/undo.hpp"
#include "office/workbook.hpp"

namespace pacte::office {

/// Changes a table cell by cell: everything that is not told stays as it is,
/// formulas and columns of a person's own too. Nothing is written before
/// `write`.
class TableEditor {
public:
    using Values = std::map<std::string, Cell>; ///< by field name

    TableEditor(Workbook& workbook, std::string_view name);

    [[nodiscard]] const Table& table() const { return table_; }
    [[nodiscard]] const Columns& columns() const { return columns_; }
    [[nodiscard]] std::size_t rows() const { return row_count_; } ///< with those to be appended
    /// The first row whose field holds that code; nothing where there is none.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view field, std::string_view code) const;
    /// As it was when the editor was made.
    [[nodiscard]] const Cell& at(std::size_t row, std::string_view field) const;

    void set(std::size_t row, std::string_view field, const Cell& value);
    void set_column(std::size_t row, std::size_t column, const Cell& value);
    /// Gives the new row's number.
    std::size_t append(const Values& values);
    /// The column of that header; one is added (in the first free column of the
    /// range, or beside it) where there is none.
    std::size_t column_headed(const std::string& header);

    void write(UndoStep& step);

    [[nodiscard]] css::table::CellAddress address(std::size_t row, std::size_t column) const;
    [[nodiscard]] const Reference<css::sheet::XSpreadsheet>& sheet() const { return sheet_; }

private:
    void extend_range(UndoStep& step);
    void style_new_rows(UndoStep& step) const;

    Workbook& workbook_;
    std::string name_;
    css::table::CellRangeAddress area_;
    Reference<css::sheet::XSpreadsheet> sheet_;
    Table table_;
    Columns columns_;
    std::size_t row_count_ = 0;
    std::map<std::string, std::size_t> new_columns_;             ///< by folded header
    std::map<std::size_t, std::map<std::size_t, Cell>> changes_; ///< by column, by row
    std::map<std::size_t, std::string> headers_;
};

/// Adds the sheet, the headers and the range of a table to a workbook that was made before
/// that table existed. Does nothing where it is there.
void ensure_table(UndoStep& step, Workbook& workbook, std::string_view name);

/// Adds the columns of these fields, at the right, to a workbook that was made before
/// they existed.
void ensure_columns(UndoStep& step, Workbook& workbook, std::string_view name,
                    std::initializer_list<const char*> fields);

} // namespace pacte::office
