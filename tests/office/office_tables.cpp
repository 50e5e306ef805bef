#include "office_tables.hpp"

#include <fstream>
#include <iomanip>
#include <optional>
#include <set>
#include <sstream>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XDatabaseRange.hpp>

#include "core/rows.hpp"

namespace office_test {

namespace {

using css::uno::Sequence;
using Rows = std::vector<std::vector<pacte::Cell>>;

pacte::Cell cell_of(const Any& value)
{
    double number = 0.0;
    OUString text;
    if (value >>= number)
        return number;
    if (value >>= text)
        return text.isEmpty() ? pacte::Cell(pacte::Blank{}) : pacte::Cell(utf8(text));
    return pacte::CellError{};
}

Reference<css::sheet::XDatabaseRange> range_of(const Reference<css::frame::XModel>& model,
                                               const std::string& range)
{
    const Reference<css::beans::XPropertySet> properties(model, UNO_QUERY_THROW);
    const Reference<css::container::XNameAccess> ranges(properties->getPropertyValue("DatabaseRanges"),
                                                        UNO_QUERY_THROW);
    return {ranges->getByName(ustring(range)), UNO_QUERY_THROW};
}

Reference<css::sheet::XCellRangeData> data_of(const Reference<css::frame::XModel>& model,
                                              const css::table::CellRangeAddress& area)
{
    const Reference<css::container::XIndexAccess> sheets(
        Reference<css::sheet::XSpreadsheetDocument>(model, UNO_QUERY_THROW)->getSheets(), UNO_QUERY_THROW);
    const Reference<css::sheet::XSpreadsheet> where(sheets->getByIndex(area.Sheet), UNO_QUERY_THROW);
    return {where->getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow),
            UNO_QUERY_THROW};
}

std::string quoted(const std::string& text)
{
    if (text.find_first_of(";\"\n\r") == std::string::npos)
        return text;
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + "\"";
}

} // namespace

Rows cells_of_table(const Reference<css::frame::XModel>& model, const std::string& range)
{
    const auto area = range_of(model, range)->getDataArea();
    const Sequence<Sequence<Any>> data = data_of(model, area)->getDataArray();
    Rows rows;
    for (const Sequence<Any>& line : data) {
        auto& row = rows.emplace_back();
        for (const Any& value : line)
            row.push_back(cell_of(value));
    }
    while (!rows.empty() && pacte::is_blank(rows.back()))
        rows.pop_back();
    return rows;
}

void fill_table(const Reference<css::frame::XModel>& model, const std::string& range,
                const Sequence<Sequence<Any>>& rows)
{
    auto area = range_of(model, range)->getDataArea();
    area.EndRow = area.StartRow + rows.getLength();
    range_of(model, range)->setDataArea(area);
    ++area.StartRow;
    area.EndColumn = area.StartColumn + rows[0].getLength() - 1;
    data_of(model, area)->setDataArray(rows);
}

std::string csv_text(const pacte::Cell& cell, bool is_date)
{
    std::ostringstream text;
    if (const auto date = is_date ? pacte::read_date(cell) : std::nullopt) {
        text << std::setfill('0') << static_cast<int>(date->year()) << '-' << std::setw(2)
             << static_cast<unsigned>(date->month()) << '-' << std::setw(2)
             << static_cast<unsigned>(date->day());
    } else if (const auto* number = std::get_if<double>(&cell)) {
        text << std::setprecision(17) << *number;
    } else {
        text << pacte::text_of(cell);
    }
    return text.str();
}

void write_csv(const std::filesystem::path& file, const Rows& rows, const pacte::TableSchema& schema)
{
    pacte::Table headers;
    for (const pacte::Cell& header : rows.front())
        headers.headers.push_back(pacte::text_of(header));
    const pacte::Columns columns(schema, headers);
    std::set<int> dates;
    for (const pacte::Field& field : schema.fields)
        if (field.type == "date")
            dates.insert(columns.index(field.name));

    std::ofstream out(file);
    for (const auto& row : rows) {
        const char* separator = "";
        for (std::size_t column = 0; column < row.size(); ++column) {
            if (headers.headers[column].empty())
                continue;
            out << separator << quoted(csv_text(row[column], dates.contains(static_cast<int>(column))));
            separator = ";";
        }
        out << "\n";
    }
}

} // namespace office_test
