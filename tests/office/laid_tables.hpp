#pragma once

#include <filesystem>
#include <string>

#include "core/csv.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"
#include "office.hpp"

// Tables written as CSV files, laid in a document as a person would type them.

namespace office_test {

/// A new sheet that holds those cells from A1; every row as long as the first.
Reference<css::sheet::XSpreadsheet> lay_cells(const Reference<css::frame::XModel>& model,
                                              const std::string& name,
                                              const std::vector<std::vector<pacte::Cell>>& rows);

/// The same, with a database range of that name over them.
Reference<css::sheet::XSpreadsheet> lay_table(const Reference<css::frame::XModel>& model,
                                              const std::string& name,
                                              const std::vector<std::vector<pacte::Cell>>& rows);

/// One sheet for each CSV file of the folder: what begins with `=` is a formula,
/// what reads as a number is one, an empty field is a blank cell.
void lay_tables(const Reference<css::frame::XModel>& model, const std::filesystem::path& folder);

/// The tables of a diagnosis, each in a sheet and a database range of its name;
/// the schema of each says what is text (a code), a number or a date. Files that
/// are no table of a diagnosis are left out.
void lay_diagnosis(const Reference<css::frame::XModel>& model, const std::filesystem::path& folder,
                   const pacte::Schemas& schemas);

} // namespace office_test
