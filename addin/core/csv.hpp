#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace pacte {

/// A record of a CSV file and the line (from 1) on which it begins.
struct CsvRecord {
    std::size_t line = 0;
    std::vector<std::string> fields;
};

/// Reads a CSV file as RFC 4180 describes it, with `;` between fields, in UTF-8
/// with or without a byte order mark: a field may stand in quotation marks,
/// within which `;` and line breaks are text and `""` is one mark. Blank lines
/// are left out. Throws Failure (bad_file) with the file, and the line where a
/// quotation mark is not closed or text follows it.
[[nodiscard]] std::vector<CsvRecord> read_csv(const std::filesystem::path& path);

} // namespace pacte
