#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/XDatabaseRange.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/table/CellAddress.hpp>
#include <com/sun/star/table/CellRangeAddress.hpp>

#include "core/rows.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// A range as a table: its first row is the header. Columns of the range whose
/// header is blank are kept (the validation names them). Blank rows at the end
/// are cut off.
[[nodiscard]] Table read_table(const Reference<css::sheet::XSpreadsheet>& sheet,
                               const css::table::CellRangeAddress& area, std::string name);

/// A diagnosis, open in Calc: its tables are found by the names of their
/// database ranges, wherever they stand.
class Workbook {
public:
    /// Throws Failure (bad_document) where the model is no spreadsheet.
    explicit Workbook(const Reference<css::frame::XModel>& model);

    /// Whether the document looks like a diagnosis: it has some of its tables.
    [[nodiscard]] static bool is_diagnosis(const Reference<css::frame::XModel>& model);

    [[nodiscard]] const Reference<css::frame::XModel>& model() const { return model_; }
    [[nodiscard]] const Reference<css::sheet::XSpreadsheetDocument>& document() const { return document_; }

    [[nodiscard]] bool has_table(std::string_view name) const;
    /// Throws Failure: missing_table; bad_table where headers are merged.
    [[nodiscard]] Table table(std::string_view name) const;
    /// The same where headers may be merged: those that are not there are blank.
    [[nodiscard]] Table table_as_it_is(std::string_view name) const;
    /// The same with these rows of the sheet alone, the others being blank: at their places.
    [[nodiscard]] Table table_rows(std::string_view name, std::int32_t first, std::int32_t last) const;
    [[nodiscard]] css::table::CellRangeAddress area(std::string_view name) const;
    void set_area(std::string_view name, const css::table::CellRangeAddress& area);

    [[nodiscard]] Parameters parameters() const;

    [[nodiscard]] Reference<css::sheet::XSpreadsheet> sheet(std::int32_t index) const;
    /// Null where there is none of that name.
    [[nodiscard]] Reference<css::sheet::XSpreadsheet> find_sheet(std::string_view name) const;
    /// Inserts an empty sheet of that name at the end and gives it.
    Reference<css::sheet::XSpreadsheet> add_sheet(std::string_view name);

    /// Copies a sheet, named cells and all, to the end.
    Reference<css::sheet::XSpreadsheet> copy_sheet(std::string_view from, std::string_view name);

    /// Replaces the rows of a generated table: row by row, cells in the order of
    /// `fields`. Columns that are the user's own are left alone.
    void write_rows(std::string_view name, const std::vector<std::string>& fields,
                    const std::vector<std::vector<Cell>>& rows);

    /// Throws Failure (bad_document) where the workbook is no diagnosis: a command
    /// may be called without its menu entry.
    void require_diagnosis() const;
    /// The same, and where the document is read-only.
    void require_writable() const;
    /// Throws Failure before anything is written: missing_table, or bad_document
    /// where the sheet of that table is protected.
    void require_writable_table(std::string_view name) const;
    /// The same for a sheet that is to be written, or added where there is none
    /// of that name.
    void require_writable_sheet(std::string_view name) const;

private:
    [[nodiscard]] Reference<css::sheet::XDatabaseRange> range(std::string_view name) const;

    Reference<css::frame::XModel> model_;
    Reference<css::sheet::XSpreadsheetDocument> document_;
};

/// The rectangle of cells of a sheet.
[[nodiscard]] Reference<css::table::XCellRange> cells(const Reference<css::sheet::XSpreadsheet>& sheet,
                                                      std::int32_t first_column, std::int32_t first_row,
                                                      std::int32_t last_column, std::int32_t last_row);

/// From the first to the last cell that holds something.
[[nodiscard]] css::table::CellRangeAddress used_area(const Reference<css::sheet::XSpreadsheet>& sheet);

/// The values of a rectangle, row by row.
[[nodiscard]] std::vector<std::vector<Cell>> read_cells(const Reference<css::sheet::XSpreadsheet>& sheet,
                                                        const css::table::CellRangeAddress& area);

/// One call to setDataArray; rows must be of one length and not empty. For a
/// sheet that was made in the same undo step.
void write_cells(const Reference<css::sheet::XSpreadsheet>& sheet, std::int32_t column, std::int32_t row,
                 const std::vector<std::vector<Cell>>& rows);

/// The same for cells that were there before, so that Undo brings them back.
void rewrite_cells(const Reference<css::sheet::XSpreadsheet>& sheet, std::int32_t column, std::int32_t row,
                   const std::vector<std::vector<Cell>>& rows);

/// Whether a person has protected it (a sheet, or the structure of a document).
[[nodiscard]] bool is_protected(const Reference<css::uno::XInterface>& sheet_or_document);

/// Name of the sheet.
[[nodiscard]] std::string name_of(const Reference<css::sheet::XSpreadsheet>& sheet);

} // namespace pacte::office
