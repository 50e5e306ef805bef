#pragma once

#include <string>
#include <vector>

#include "core/flat_ods.hpp"
#include "core/schema.hpp"
#include "core/workbook.hpp"

// The sheet of a table in a new workbook: title, description, link to Accueil,
// headers on row 4 with their notes, then the rows, then blank ones.

namespace pacte {

/// A column of the sheet.
struct SheetColumn {
    const Field* field = nullptr; ///< null: headed by a code (`columns_from`), or room for one
    std::string key;              ///< in WorkbookContent::Row; empty: room for a further column
    std::string title;
    std::string note;
    std::string style; ///< cell style of the rows, as shown
    double width_cm = 3.0;

    [[nodiscard]] bool is_room() const { return key.empty(); }
};

/// What stands where in the sheet of a table.
struct SheetLayout {
    const TableSchema* schema = nullptr;
    std::vector<SheetColumn> columns;
    int filled_rows = 0;
    int blank_rows = 1;

    static constexpr int header_row = 3; ///< zero-based

    [[nodiscard]] int last_row() const { return header_row + filled_rows + blank_rows; }
    [[nodiscard]] ods::Area area() const; ///< headers and rows: the database range
    /// The rows of columns `first` to `last`, without the header, and the room
    /// into which the table may grow.
    [[nodiscard]] ods::Area rows_of(int first, int last) const;
    /// Index of the column of that field; −1 where there is none.
    [[nodiscard]] int find(std::string_view field_name) const;
    /// The first columns, which stay in sight: up to the name of the row.
    [[nodiscard]] int key_columns() const;
    [[nodiscard]] double width_cm() const; ///< without the room for further columns
    /// Pages side by side that the table needs to be read in print, each with
    /// the key columns.
    [[nodiscard]] int pages_across() const;
    [[nodiscard]] bool is_wide() const { return pages_across() > 1; }
};

[[nodiscard]] SheetLayout lay_out(const TableSchema& schema, const Schemas& schemas,
                                  const WorkbookContent& content);

/// The styles that the sheets use beside those of the skeleton.
class SheetStyles {
public:
    [[nodiscard]] std::string column(double width_cm);
    [[nodiscard]] std::string row(double height_cm);
    /// The style shown under that name, with a thin line under the cell.
    [[nodiscard]] std::string ruled(const std::string& shown);
    /// The style shown under that name, its text set `start`, `center` or `end`.
    [[nodiscard]] std::string aligned(const std::string& shown, const std::string& where);
    [[nodiscard]] const std::string& xml() const { return xml_; }

private:
    std::string once(const std::string& name, const std::string& xml);

    std::vector<std::string> names_;
    std::string xml_;
};

/// The `<table:table>` of the layout. `validations` names the validity of each
/// column (empty: none).
[[nodiscard]] std::string sheet_xml(const SheetLayout& layout, const std::vector<WorkbookContent::Row>& rows,
                                    const std::vector<std::string>& validations, SheetStyles& styles);

/// The view settings of the sheet: headers and key columns frozen.
[[nodiscard]] std::string view_xml(const SheetLayout& layout);

} // namespace pacte
