#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

// A file that others published, before any understanding: sheets of plain text,
// whatever the format. A number is the text that reads back as that number.

namespace pacte {

/// One sheet. Cells lie in one buffer, so that a file of 500,000 lines stays
/// about as large in memory as on the disk.
class SourceSheet {
public:
    SourceSheet() = default;
    /// `text` is the buffer in which `add_cell` finds what it is told of.
    explicit SourceSheet(std::string name, std::string text = {})
        : name_(std::move(name)), text_(std::move(text))
    {
    }

    [[nodiscard]] const std::string& name() const { return name_; } ///< empty for a file without sheets
    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    [[nodiscard]] std::size_t columns() const { return columns_; } ///< of the widest row
    [[nodiscard]] std::size_t width(std::size_t row) const;
    /// Trimmed; empty where the row has no such cell.
    [[nodiscard]] std::string_view at(std::size_t row, std::size_t column) const;
    /// The line of the file, or the row of the sheet, as a person counts them: from 1.
    [[nodiscard]] std::size_t line(std::size_t row) const { return rows_[row].line; }

    void begin_row(std::size_t line);
    void add_cell(std::size_t begin, std::size_t length); ///< of the buffer
    void append_cell(std::string_view text);              ///< copied to the buffer

private:
    struct Row {
        std::size_t line = 0;
        std::size_t first = 0; ///< index in cells_
    };
    struct Extent {
        std::size_t begin = 0;
        std::size_t length = 0;
    };

    std::string name_;
    std::string text_;
    std::vector<Row> rows_;
    std::vector<Extent> cells_;
    std::size_t columns_ = 0;
};

struct SourceFile {
    std::string name; ///< as a person knows it: without its folder
    std::vector<SourceSheet> sheets;
    std::string encoding;  ///< `UTF-8`, `Windows-1252`, `UTF-16`; empty for a workbook
    std::string separator; ///< `;`, `,`, tab or `|`; empty for a workbook
};

/// Where a person finds that cell: « fichier « a.xlsx », feuille « Data », ligne
/// 12, colonne C ». `column` −1: the whole line.
[[nodiscard]] std::string place_of(const std::string& file, const std::string& sheet, std::size_t line,
                                   std::ptrdiff_t column = -1);

/// Text of a file in UTF-8, whatever it was written in: UTF-8 or UTF-16 by its
/// byte order mark, or by its look; else Windows-1252, in which most French files
/// that are not UTF-8 are. `encoding` says which.
[[nodiscard]] std::string decoded(std::string bytes, std::string& encoding);

/// The separator that cuts most lines into the same number of fields, more than one: `;`, `,`,
/// tab or `|`; `;` where none does.
[[nodiscard]] char separator_of(std::string_view text);

/// The rows of a delimited text (RFC 4180, any separator, blank lines left out).
/// Throws Failure (bad_file) with the line of a quotation mark that is not closed.
[[nodiscard]] SourceSheet parse_delimited(std::string text, char separator, const std::string& file);

/// A text file of columns: `.csv`, `.txt`, `.tsv`. Throws Failure (bad_file) where it
/// does not open, is empty, is larger than 1 GB or is no text.
[[nodiscard]] SourceFile read_delimited(const std::filesystem::path& path);

/// The bytes of a file. Throws Failure (bad_file) where it does not open or is
/// larger than `most`.
[[nodiscard]] std::string bytes_of(const std::filesystem::path& path, std::uintmax_t most);

} // namespace pacte
