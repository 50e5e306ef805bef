#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pacte {

struct Blank {
    friend bool operator==(const Blank&, const Blank&) = default;
};

/// A cell whose formula ended in an error (`#REF!`, `#N/A`, …).
struct CellError {
    friend bool operator==(const CellError&, const CellError&) = default;
};

/// What a cell of the workbook holds. Dates are numbers: days since 1899-12-30.
using Cell = std::variant<Blank, double, std::string, CellError>;

/// A table of the workbook as it stands, before any interpretation.
struct Table {
    std::string name;              ///< name of its database range: `dispositifs`
    std::string sheet;             ///< name of its sheet, as the user sees it
    std::int32_t first_column = 0; ///< zero-based column of the first header
    std::int32_t header_row = 0;   ///< zero-based row of the headers
    std::vector<std::string> headers;
    /// The rows under the headers, each as long as `headers`. Blank rows are
    /// kept: row `i` stands at the sheet's row `header_row + 1 + i`.
    std::vector<std::vector<Cell>> rows;
};

[[nodiscard]] bool is_blank(const Cell& cell); ///< Blank, or text of white space only
[[nodiscard]] bool is_blank(const std::vector<Cell>& row);

/// Whether so many of the filled cells are errors that the table says nothing any
/// more: the sheet or the file that its formulas look at is gone.
[[nodiscard]] bool are_mostly_errors(std::size_t errors, std::size_t filled);
[[nodiscard]] bool is_full_of_errors(const Table& table);

/// What a person reads in the cell. A whole number has no decimals; a blank
/// cell and an error give an empty string.
[[nodiscard]] std::string text_of(const Cell& cell);

/// `C12` for column 2 and row 11 (both zero-based).
[[nodiscard]] std::string cell_name(std::int32_t column, std::int32_t row);

} // namespace pacte
