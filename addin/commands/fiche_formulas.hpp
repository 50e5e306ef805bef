#pragma once

#include <map>
#include <string>
#include <vector>

#include <com/sun/star/table/CellRangeAddress.hpp>

#include "core/rows.hpp"
#include "office/workbook.hpp"

// The fiche never holds a second copy: each of its fields is a formula of Calc's
// own functions that looks into the tables, so that it lives without Pacte.

namespace pacte::commands {

/// How a formula names the columns of the workbook's tables: `$'Actions'.$C$5:$C$104`.
class TableRanges {
public:
    explicit TableRanges(const office::Workbook& workbook) : workbook_(workbook) {}

    [[nodiscard]] bool has(const std::string& table) const { return workbook_.has_table(table); }
    /// Throws Failure (missing_table, missing_column).
    [[nodiscard]] std::string column(const std::string& table, const std::string& field);
    [[nodiscard]] std::string column(const std::string& table, const std::string& field, int year);

    [[nodiscard]] std::int32_t rows(const std::string& table); ///< below the headers

private:
    struct Place {
        office::css::table::CellRangeAddress area;
        Table headers;
    };

    const Place& place_of(const std::string& table);
    [[nodiscard]] static std::string range(const Place& place, int column);

    const office::Workbook& workbook_;
    std::map<std::string, Place> places_;
};

/// The formulas of one fiche, by the name of the field without `champ_`.
/// `id_cell` is the absolute address of the cell that holds the action's id.
[[nodiscard]] std::map<std::string, std::string>
fiche_formulas(TableRanges& ranges, const std::string& action, const std::string& id_cell);

/// The rows of the budget, one a year and the total, seven columns each:
/// `first_row` is the zero-based row, `column` the zero-based first column.
[[nodiscard]] std::vector<std::vector<std::string>>
budget_formulas(TableRanges& ranges, const std::string& id_cell, std::int32_t column, std::int32_t first_row,
                int first_year, int last_year);

/// The two rows of an indicator: label, type and T0 with a target a year; then
/// unit and year of T0 with the value reached each year.
[[nodiscard]] std::vector<std::vector<std::string>>
indicator_formulas(TableRanges& ranges, const std::string& indicator, int first_year, int last_year);

/// All the fields that Pacte can fill.
[[nodiscard]] const std::vector<std::string>& fiche_fields();

} // namespace pacte::commands
