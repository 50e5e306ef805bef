#pragma once

#include <map>
#include <string>

#include "core/source_sheet.hpp"

namespace pacte {

/// What the metadata sheets of a workbook say of one column.
struct ColumnMetadata {
    std::string label;
    std::string unit;
    std::string source;
    std::string formula;
};

/// By identifier of the column, folded: the name of the metadata sheet (Insee's
/// « Indic6 »), the code in a dictionary of variables (`COD_VAR`), or the folded
/// label. `data_sheet` is left out.
[[nodiscard]] std::map<std::string, ColumnMetadata> read_metadata(const SourceFile& file,
                                                                  std::size_t data_sheet);

} // namespace pacte
