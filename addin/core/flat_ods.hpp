#pragma once

#include <string>
#include <string_view>

#include "core/table.hpp"

// How what stands in a workbook is written in flat OpenDocument (OpenDocument
// 1.3, part 3): texts, cells, addresses, names of styles.

namespace pacte::ods {

/// For an element's text or an attribute's value. Characters that XML 1.0 does
/// not allow are left out.
[[nodiscard]] std::string escaped(std::string_view text);

/// The name under which the style shown as « Texte long » is written:
/// `Texte_20_long`.
[[nodiscard]] std::string style_name(std::string_view shown);

/// One `<text:p>` a line; runs of spaces, which XML would collapse, are kept.
[[nodiscard]] std::string paragraphs(std::string_view text);

/// A rectangle of cells, zero-based, both ends within.
struct Area {
    std::string sheet;
    int first_column = 0;
    int first_row = 0;
    int last_column = 0;
    int last_row = 0;
};

/// `'Thématiques'.A4:'Thématiques'.J28`, for database and conditional ranges.
[[nodiscard]] std::string address(const Area& area);

/// `[$'Thématiques'.$A$5:.$A$28]`, for formulas and conditions.
[[nodiscard]] std::string reference(const Area& area);

/// `2024-06-30` for a serial number (days since 1899-12-30).
[[nodiscard]] std::string iso_date(double serial);

/// What a number in a cell stands for.
enum class NumberKind { number, percentage, date };

/// Where a comment opens, from the sheet's top left corner, in centimetres.
struct NoteBox {
    double x = 0.0;
    double y = 0.0;
    double width = 0.0;
    double height = 0.0;
};

/// A cell's look and rules; `style` and `validation` as written, not as shown.
struct CellLook {
    std::string_view style{};
    std::string_view validation{};
    NumberKind kind = NumberKind::number;
    int columns = 1;         ///< merged to the right
    std::string_view note{}; ///< comment, in plain text
    NoteBox note_box{};
    int repeated = 1; ///< the same cell, so many times
};

/// One `<table:table-cell>`, followed by the covered ones where it is merged.
/// A cell in error is written blank.
void append_cell(std::string& out, const Cell& cell, const CellLook& look);

} // namespace pacte::ods
