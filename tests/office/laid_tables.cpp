#include "laid_tables.hpp"

#include <algorithm>
#include <set>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XDatabaseRanges.hpp>

#include "core/rows.hpp"
#include "core/text.hpp"

namespace office_test {

namespace {

using css::uno::Sequence;
using pacte::Cell;
using Rows = std::vector<std::vector<Cell>>;

Any any_of(const Cell& cell)
{
    if (const auto* number = std::get_if<double>(&cell))
        return css::uno::makeAny(*number);
    const auto* text = std::get_if<std::string>(&cell);
    return css::uno::makeAny(text ? ustring(*text) : OUString());
}

/// What a person's typing gives in a cell of that field.
Cell typed(const std::string& text, const pacte::Field* field)
{
    if (text.empty())
        return pacte::Blank{};
    if (field && field->type == "date")
        if (const auto date = pacte::read_date(text))
            return pacte::serial_of(*date);
    double number = 0.0;
    const bool may_be_number = !field || (field->type != "string" && field->type != "any");
    return may_be_number && pacte::parse_number(text, number) ? Cell(number) : Cell(text);
}

Rows rows_of(const std::filesystem::path& file, const pacte::TableSchema& schema)
{
    const auto records = pacte::read_csv(file);
    pacte::Table headers;
    headers.headers = records.front().fields;
    const pacte::Columns columns(schema, headers);
    std::vector<const pacte::Field*> fields(headers.headers.size(), nullptr);
    for (const pacte::Field& field : schema.fields)
        if (const int index = columns.index(field.name); index >= 0)
            fields[static_cast<std::size_t>(index)] = &field;

    Rows rows{{headers.headers.begin(), headers.headers.end()}};
    for (std::size_t i = 1; i < records.size(); ++i) {
        auto& row = rows.emplace_back();
        for (std::size_t column = 0; column < fields.size(); ++column)
            row.push_back(column < records[i].fields.size() ? typed(records[i].fields[column], fields[column])
                                                            : Cell(pacte::Blank{}));
    }
    return rows;
}

std::set<std::filesystem::path> csv_files(const std::filesystem::path& folder)
{
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".csv")
            files.insert(entry.path());
    return files;
}

void name_range(const Reference<css::frame::XModel>& model, const std::string& name,
                const css::table::CellRangeAddress& area)
{
    const Reference<css::beans::XPropertySet> properties(model, UNO_QUERY_THROW);
    const Reference<css::sheet::XDatabaseRanges> ranges(properties->getPropertyValue("DatabaseRanges"),
                                                        UNO_QUERY_THROW);
    ranges->addNewByName(ustring(name), area);
}

Reference<css::sheet::XSpreadsheet> new_sheet(const Reference<css::frame::XModel>& model,
                                              const std::string& name)
{
    const auto sheets = Reference<css::sheet::XSpreadsheetDocument>(model, UNO_QUERY_THROW)->getSheets();
    const auto count = Reference<css::container::XIndexAccess>(sheets, UNO_QUERY_THROW)->getCount();
    sheets->insertNewByName(ustring(name), static_cast<sal_Int16>(count));
    return sheet(model, name);
}

} // namespace

Reference<css::sheet::XSpreadsheet> lay_cells(const Reference<css::frame::XModel>& model,
                                              const std::string& name, const Rows& rows)
{
    const auto where = new_sheet(model, name);
    Sequence<Sequence<Any>> data(static_cast<sal_Int32>(rows.size()));
    for (sal_Int32 i = 0; i < data.getLength(); ++i) {
        Sequence<Any> line(static_cast<sal_Int32>(rows.front().size()));
        std::transform(rows[static_cast<std::size_t>(i)].begin(), rows[static_cast<std::size_t>(i)].end(),
                       line.getArray(), any_of);
        data[i] = line;
    }
    Reference<css::sheet::XCellRangeData>(
        where->getCellRangeByPosition(0, 0, static_cast<sal_Int32>(rows.front().size()) - 1,
                                      static_cast<sal_Int32>(rows.size()) - 1),
        UNO_QUERY_THROW)
        ->setDataArray(data);
    return where;
}

Reference<css::sheet::XSpreadsheet> lay_table(const Reference<css::frame::XModel>& model,
                                              const std::string& name, const Rows& rows)
{
    const auto where = lay_cells(model, name, rows);
    const auto area = where->getCellRangeByPosition(0, 0, static_cast<sal_Int32>(rows.front().size()) - 1,
                                                    static_cast<sal_Int32>(rows.size()) - 1);
    name_range(model, name,
               Reference<css::sheet::XCellRangeAddressable>(area, UNO_QUERY_THROW)->getRangeAddress());
    return where;
}

void lay_tables(const Reference<css::frame::XModel>& model, const std::filesystem::path& folder)
{
    for (const auto& file : csv_files(folder)) {
        const auto where = new_sheet(model, file.stem().string());
        sal_Int32 row = 0;
        for (const auto& record : pacte::read_csv(file)) {
            for (std::size_t column = 0; column < record.fields.size(); ++column) {
                const auto cell = where->getCellByPosition(static_cast<sal_Int32>(column), row);
                const Cell value = typed(record.fields[column], nullptr);
                if (const auto* number = std::get_if<double>(&value))
                    cell->setValue(*number);
                else
                    cell->setFormula(ustring(record.fields[column]));
            }
            ++row;
        }
    }
}

void lay_diagnosis(const Reference<css::frame::XModel>& model, const std::filesystem::path& folder,
                   const pacte::Schemas& schemas)
{
    for (const auto& file : csv_files(folder)) {
        const std::string name = file.stem().string();
        const pacte::TableSchema* schema = schemas.find(name);
        if (!schema)
            continue;
        lay_table(model, name, rows_of(file, *schema));
    }
}

} // namespace office_test
