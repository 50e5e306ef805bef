#include "office/workbook.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XSheetCellCursor.hpp>
#include <com/sun/star/sheet/XUsedAreaCursor.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/util/Date.hpp>
#include <com/sun/star/util/XMergeable.hpp>
#include <com/sun/star/util/XProtectable.hpp>

#include "core/error.hpp"
#include "core/text.hpp"
#include "core/workbook.hpp"
#include "office/held_heights.hpp"
#include "office/installation.hpp"
#include "office/undo.hpp"

namespace pacte::office {

namespace {

using css::table::CellRangeAddress;
using Sheet = Reference<css::sheet::XSpreadsheet>;

Reference<css::container::XNameAccess> database_ranges(const Reference<css::frame::XModel>& model)
{
    return {get(model, "DatabaseRanges"), UNO_QUERY};
}

bool is_blank_at(const Sheet& sheet, std::int32_t column, std::int32_t row)
{
    return sheet->getCellByPosition(column, row)->getType() == css::table::CellContentType_EMPTY;
}

/// A person types under the last row, or a header beside the last column: what
/// touches the range belongs to the table, until the first blank.
CellRangeAddress grown(const Sheet& sheet, CellRangeAddress area, const CellRangeAddress& used)
{
    while (area.EndColumn < used.EndColumn && !is_blank_at(sheet, area.EndColumn + 1, area.StartRow))
        ++area.EndColumn;
    if (used.EndRow <= area.EndRow)
        return area;
    CellRangeAddress below = area;
    below.StartRow = area.EndRow + 1;
    below.EndRow = used.EndRow;
    for (const auto& row : read_cells(sheet, below)) {
        if (is_blank(row))
            break;
        ++area.EndRow;
    }
    return area;
}

void require_separate_headers(const Sheet& sheet, const CellRangeAddress& area)
{
    const auto is_merged = [&](std::int32_t first, std::int32_t last) {
        return Reference<css::util::XMergeable>(cells(sheet, first, area.StartRow, last, area.StartRow),
                                                UNO_QUERY_THROW)
            ->getIsMerged();
    };
    if (!is_merged(area.StartColumn, area.EndColumn))
        return;
    std::int32_t column = area.StartColumn;
    while (column < area.EndColumn && !is_merged(column, column))
        ++column;
    throw Failure(Failure::Cause::bad_table,
                  "Feuille « " + name_of(sheet) + " », cellule " + cell_name(column, area.StartRow) +
                      " : l'en-tête est fusionné avec une cellule voisine. Défaites la fusion (Format > "
                      "Fusionner et scinder les cellules), puis recommencez.");
}

void require_unprotected(const Sheet& sheet)
{
    if (is_protected(sheet))
        throw Failure(Failure::Cause::bad_document,
                      "La feuille « " + name_of(sheet) +
                          " » est protégée : rien n'a été modifié. Ôtez la protection (Outils > Protéger la "
                          "feuille…), puis recommencez.");
}

/// Days between the document's own origin of dates and 1899-12-30.
int date_shift(const Reference<css::frame::XModel>& model)
{
    const auto origin = get_as<css::util::Date>(model, "NullDate");
    const std::chrono::sys_days days =
        std::chrono::year(origin.Year) / std::chrono::month(origin.Month) / std::chrono::day(origin.Day);
    const std::chrono::sys_days standard =
        std::chrono::year(1899) / std::chrono::December / std::chrono::day(30);
    return static_cast<int>((days - standard).count());
}

void shift_dates(Table& table, const TableSchema& schema, int days)
{
    if (days == 0)
        return;
    const Columns columns(schema, table);
    for (const Field& field : schema.fields) {
        const int column = field.type == "date" ? columns.index(field.name) : -1;
        if (column < 0)
            continue;
        for (auto& row : table.rows)
            if (auto* number =
                    row.empty() ? nullptr : std::get_if<double>(&row[static_cast<std::size_t>(column)]))
                *number += days;
    }
}

} // namespace

bool is_protected(const Reference<css::uno::XInterface>& sheet_or_document)
{
    const Reference<css::util::XProtectable> protectable(sheet_or_document, UNO_QUERY);
    return protectable.is() && protectable->isProtected();
}

Reference<css::table::XCellRange> cells(const Sheet& sheet, std::int32_t first_column, std::int32_t first_row,
                                        std::int32_t last_column, std::int32_t last_row)
{
    return sheet->getCellRangeByPosition(first_column, first_row, last_column, last_row);
}

void write_cells(const Sheet& sheet, std::int32_t column, std::int32_t row,
                 const std::vector<std::vector<Cell>>& rows)
{
    const auto height = static_cast<sal_Int32>(rows.size());
    const auto width = static_cast<sal_Int32>(rows.front().size());
    Sequence<Sequence<Any>> data(height);
    for (sal_Int32 i = 0; i < height; ++i) {
        Sequence<Any> line(width);
        std::transform(rows[static_cast<std::size_t>(i)].begin(), rows[static_cast<std::size_t>(i)].end(),
                       line.getArray(), any_of);
        data[i] = line;
    }
    Reference<css::sheet::XCellRangeData>(cells(sheet, column, row, column + width - 1, row + height - 1),
                                          UNO_QUERY_THROW)
        ->setDataArray(data);
}

void rewrite_cells(const Sheet& sheet, std::int32_t column, std::int32_t row,
                   const std::vector<std::vector<Cell>>& rows)
{
    const auto height = static_cast<std::int32_t>(rows.size());
    const auto width = static_cast<std::int32_t>(rows.front().size());
    UndoStep::write_range(cells(sheet, column, row, column + width - 1, row + height - 1),
                          [&] { write_cells(sheet, column, row, rows); });
}

std::vector<std::vector<Cell>> read_cells(const Sheet& sheet, const CellRangeAddress& area)
{
    const Reference<css::sheet::XCellRangeData> range(
        cells(sheet, area.StartColumn, area.StartRow, area.EndColumn, area.EndRow), UNO_QUERY_THROW);
    const Sequence<Sequence<Any>> data = range->getDataArray();
    std::vector<std::vector<Cell>> rows;
    rows.reserve(static_cast<std::size_t>(data.getLength()));
    for (const Sequence<Any>& line : data) {
        std::vector<Cell> row;
        row.reserve(static_cast<std::size_t>(line.getLength()));
        std::transform(line.begin(), line.end(), std::back_inserter(row), cell_of);
        rows.push_back(std::move(row));
    }
    return rows;
}

CellRangeAddress used_area(const Sheet& sheet)
{
    const Reference<css::sheet::XUsedAreaCursor> cursor(sheet->createCursor(), UNO_QUERY_THROW);
    cursor->gotoStartOfUsedArea(false);
    cursor->gotoEndOfUsedArea(true);
    return Reference<css::sheet::XCellRangeAddressable>(cursor, UNO_QUERY_THROW)->getRangeAddress();
}

std::string name_of(const Sheet& sheet)
{
    return utf8(Reference<css::container::XNamed>(sheet, UNO_QUERY_THROW)->getName());
}

Table read_table(const Sheet& sheet, const CellRangeAddress& area, std::string name)
{
    CellRangeAddress filled = area;
    filled.EndRow = std::min(area.EndRow, std::max(area.StartRow, used_area(sheet).EndRow));
    std::vector<std::vector<Cell>> rows = read_cells(sheet, filled);

    Table table;
    table.name = std::move(name);
    table.sheet = name_of(sheet);
    table.first_column = area.StartColumn;
    table.header_row = area.StartRow;
    for (const Cell& header : rows.front())
        table.headers.push_back(text_of(header));
    rows.erase(rows.begin());
    while (!rows.empty() && is_blank(rows.back()))
        rows.pop_back();
    table.rows = std::move(rows);
    return table;
}

Workbook::Workbook(const Reference<css::frame::XModel>& model) : model_(model), document_(model, UNO_QUERY)
{
    if (!document_.is())
        throw Failure(
            Failure::Cause::bad_document,
            "Ce document n'est pas un classeur. Ouvrez un diagnostic, ou commencez-en un par Pacte > "
            "Nouveau diagnostic…");
}

bool Workbook::is_diagnosis(const Reference<css::frame::XModel>& model)
{
    if (!Reference<css::sheet::XSpreadsheetDocument>(model, UNO_QUERY).is())
        return false;
    const auto ranges = database_ranges(model);
    // A diagnosis that lost one of its tables is still one: the command says which.
    static constexpr std::array marks{"dispositifs", "thematiques", "territoires", "parametres"};
    return ranges.is() && std::count_if(marks.begin(), marks.end(), [&](const char* name) {
                              return ranges->hasByName(OUString::createFromAscii(name));
                          }) >= 2;
}

Reference<css::sheet::XDatabaseRange> Workbook::range(std::string_view name) const
{
    const auto ranges = database_ranges(model_);
    if (!ranges.is())
        return {};
    if (ranges->hasByName(ustring(name)))
        return {ranges->getByName(ustring(name)), UNO_QUERY};
    for (const OUString& other : ranges->getElementNames())
        if (fold(utf8(other)) == fold(name))
            return {ranges->getByName(other), UNO_QUERY};
    return {};
}

bool Workbook::has_table(std::string_view name) const { return range(name).is(); }

CellRangeAddress Workbook::area(std::string_view name) const
{
    const auto found = range(name);
    if (!found.is()) {
        const TableSchema& schema = schemas().table(name);
        throw Failure(
            Failure::Cause::missing_table,
            "La plage de base de données « " + schema.name + " » (feuille « " + schema.sheet +
                " ») est introuvable. Rétablissez-la par Données > Définir une plage, sur les en-têtes "
                "et les lignes du tableau.");
    }
    const CellRangeAddress stated = found->getDataArea();
    const Sheet where = sheet(stated.Sheet);
    return grown(where, stated, used_area(where));
}

void Workbook::set_area(std::string_view name, const CellRangeAddress& area)
{
    range(name)->setDataArea(area);
}

Table Workbook::table(std::string_view name) const
{
    const CellRangeAddress where = area(name);
    require_separate_headers(sheet(where.Sheet), where);
    return table_as_it_is(name);
}

Table Workbook::table_as_it_is(std::string_view name) const
{
    const CellRangeAddress where = area(name);
    const Sheet holder = sheet(where.Sheet);
    Table result = read_table(holder, where, std::string(name));
    shift_dates(result, schemas().table(name), date_shift(model_));
    return result;
}

Table Workbook::table_rows(std::string_view name, std::int32_t first, std::int32_t last) const
{
    CellRangeAddress where = area(name);
    const Sheet holder = sheet(where.Sheet);
    require_separate_headers(holder, where);
    const auto header_row = where.StartRow;
    CellRangeAddress header = where;
    header.EndRow = header_row;
    Table result = read_table(holder, header, std::string(name));
    where.StartRow = std::max(first, header_row + 1);
    where.EndRow = std::min(last, where.EndRow);
    if (where.StartRow > where.EndRow)
        return result;
    result.rows.resize(static_cast<std::size_t>(where.StartRow - header_row - 1));
    for (auto& row : read_cells(holder, where))
        result.rows.push_back(std::move(row));
    shift_dates(result, schemas().table(name), date_shift(model_));
    return result;
}

Parameters Workbook::parameters() const
{
    return has_table("parametres") ? Parameters(table("parametres"), schemas().table("parametres"))
                                   : Parameters();
}

Sheet Workbook::sheet(std::int32_t index) const
{
    const Reference<css::container::XIndexAccess> sheets(document_->getSheets(), UNO_QUERY_THROW);
    return Sheet(sheets->getByIndex(index), UNO_QUERY_THROW);
}

Sheet Workbook::find_sheet(std::string_view name) const
{
    const auto sheets = document_->getSheets();
    return sheets->hasByName(ustring(name)) ? Sheet(sheets->getByName(ustring(name)), UNO_QUERY) : Sheet();
}

Sheet Workbook::add_sheet(std::string_view name)
{
    const auto sheets = document_->getSheets();
    const auto count = Reference<css::container::XIndexAccess>(sheets, UNO_QUERY_THROW)->getCount();
    sheets->insertNewByName(ustring(name), static_cast<sal_Int16>(count));
    return find_sheet(name);
}

Sheet Workbook::copy_sheet(std::string_view from, std::string_view name)
{
    const auto sheets = document_->getSheets();
    const auto count = Reference<css::container::XIndexAccess>(sheets, UNO_QUERY_THROW)->getCount();
    sheets->copyByName(ustring(from), ustring(name), static_cast<sal_Int16>(count));
    return find_sheet(name);
}

void Workbook::write_rows(std::string_view name, const std::vector<std::string>& fields,
                          const std::vector<std::vector<Cell>>& rows)
{
    CellRangeAddress where = area(name);
    const Sheet holder = sheet(where.Sheet);
    const Table old = read_table(holder, where, std::string(name));
    const Columns columns(schemas().table(name), old);

    const std::size_t height = std::max(rows.size(), old.rows.size());
    std::optional<HeldHeights> held(model_);
    for (std::size_t f = 0; f < fields.size(); ++f) {
        if (f + 1 == fields.size())
            held.reset(); // the last one fits the rows
        const int column = columns.index(fields[f]);
        if (column < 0 || height == 0)
            continue;
        std::vector<std::vector<Cell>> values(height, std::vector<Cell>{Blank{}});
        for (std::size_t i = 0; i < rows.size(); ++i)
            values[i].front() = rows[i][f];
        rewrite_cells(holder, where.StartColumn + column, where.StartRow + 1, values);
    }
    const auto last_row = where.StartRow + static_cast<std::int32_t>(std::max<std::size_t>(rows.size(), 1));
    if (where.EndRow < last_row) {
        where.EndRow = last_row;
        range(name)->setDataArea(where);
    }
}

void Workbook::require_diagnosis() const
{
    if (!is_diagnosis(model_))
        throw Failure(
            Failure::Cause::bad_document,
            "Ce classeur n'est pas un diagnostic de Pacte : rien n'a été modifié. Ouvrez un diagnostic, ou "
            "commencez-en un par Pacte > Nouveau diagnostic…");
}

void Workbook::require_writable() const
{
    require_diagnosis();
    const Reference<css::frame::XStorable> storable(model_, UNO_QUERY);
    if (storable.is() && storable->isReadonly())
        throw Failure(
            Failure::Cause::bad_document,
            "Ce document est en lecture seule : rien n'a été modifié. Enregistrez-le sous un autre nom "
            "(Fichier > Enregistrer sous…), puis recommencez.");
    const double version = parameters().number("version", workbook_version);
    if (version > workbook_version)
        throw Failure(
            Failure::Cause::bad_document,
            "Ce classeur vient d'un Pacte plus récent (« version » de Paramètres : " +
                french_number(version) + " ; celui-ci connaît la " + std::to_string(workbook_version) +
                ") : rien n'a été modifié. Installez la nouvelle version de Pacte, puis recommencez.");
}

void Workbook::require_writable_table(std::string_view name) const
{
    require_unprotected(sheet(area(name).Sheet));
}

void Workbook::require_writable_sheet(std::string_view name) const
{
    if (const Sheet there = find_sheet(name); there.is())
        return require_unprotected(there);
    if (is_protected(document_))
        throw Failure(
            Failure::Cause::bad_document,
            "La structure du classeur est protégée : la feuille « " + std::string(name) +
                " » ne peut pas être ajoutée, et rien n'a été modifié. Ôtez la protection (Outils > "
                "Protéger la structure du classeur…), puis recommencez.");
}

} // namespace pacte::office
