#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "office/undo.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

struct ReportColumn {
    std::string header;
    const char* style; ///< a cell style of the workbook: `Texte`, `Nombre`, `Pour cent`…
    double width_cm = 3.0;
    const char* format = ""; ///< of its numbers, `0.0`; that of the style where it is empty
};

/// A generated sheet: a title, what it rests on, one table, notes. It prints on
/// landscape A4, as wide as the page.
struct Report {
    std::string sheet; ///< its name; the same report is written again in its place
    std::string title;
    std::string subtitle;
    std::vector<ReportColumn> columns;
    std::vector<std::vector<Cell>> rows; ///< each as long as the columns, or shorter
    std::map<std::pair<std::size_t, std::size_t>, std::string> styles; ///< of some cells, by row and column
    std::vector<std::string> notes;
};

/// Writes the sheet, at the end of the workbook where it is new. What a person wrote
/// beside the report, in other columns, stays.
void write_report(office::UndoStep& step, office::Workbook& workbook, const Report& report);

/// The note that ends a report: « Sources des besoins : Insee, Filosofi, 2021. » `of`: `besoins`,
/// `lieux`. `sources`: as they are cited; none where it is empty.
[[nodiscard]] std::string sources_note(const std::string& of, const std::string& sources);

/// A figure, or `nd`, or `s`: unknown is never blank nor 0.
[[nodiscard]] Cell cell_of(const Quantity& quantity);

} // namespace pacte::commands
