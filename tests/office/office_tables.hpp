#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/schema.hpp"
#include "core/table.hpp"
#include "office.hpp"

// A workbook's tables as they stand in its cells, not as they are shown.

namespace office_test {

/// The cells of a database range, headers first; the blank rows below are left out.
[[nodiscard]] std::vector<std::vector<pacte::Cell>> cells_of_table(const Reference<css::frame::XModel>& model,
                                                                   const std::string& range);

/// Puts those rows under the headers of a database range, in place of what it had.
void fill_table(const Reference<css::frame::XModel>& model, const std::string& range,
                const css::uno::Sequence<css::uno::Sequence<Any>>& rows);

/// The cell as a CSV file has it: a figure in full, with a point; a date as AAAA-MM-JJ.
[[nodiscard]] std::string csv_text(const pacte::Cell& cell, bool is_date = false);

/// Writes such a table, `;` between the columns (RFC 4180), without the columns
/// that have no header.
void write_csv(const std::filesystem::path& file, const std::vector<std::vector<pacte::Cell>>& rows,
               const pacte::TableSchema& schema);

} // namespace office_test
