#include "commands/map_sheet.hpp"

#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XPrintAreas.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>

#include "core/text.hpp"
#include "office/page_style.hpp"

namespace pacte::commands {

namespace {

namespace css = office::css;
using office::Reference;
using office::Sequence;
using office::set;
using office::UNO_QUERY_THROW;
using office::ustring;
using Sheet = Reference<css::sheet::XSpreadsheet>;

// The page is 13 columns by 42 rows of equal size, so that it prints as drawn.
constexpr sal_Int32 page_columns = 13;
constexpr sal_Int32 page_rows = 42;
constexpr sal_Int32 figures_column = page_columns + 1;
constexpr sal_Int32 record_column = 40;
constexpr std::size_t longest_sheet_name = 31;

constexpr office::LandscapePage map_page{"Pacte carte", 1000, true, false};

void lay_out_page(const office::Workbook& workbook, const Sheet& sheet, const map::Rectangle& page)
{
    const auto area = office::cells(sheet, 0, 0, page_columns - 1, page_rows - 1);
    const Reference<css::table::XColumnRowRange> grid(area, UNO_QUERY_THROW);
    set(grid->getColumns(), "Width", sal_Int32(page.width / page_columns));
    set(grid->getRows(), "Height", sal_Int32(page.height / page_rows));
    office::set_page_style(workbook.model(), sheet, map_page);
    const auto index =
        Reference<css::sheet::XCellRangeAddressable>(sheet, UNO_QUERY_THROW)->getRangeAddress().Sheet;
    Sequence<css::table::CellRangeAddress> printed(1);
    printed[0] = css::table::CellRangeAddress(index, 0, 0, page_columns - 1, page_rows - 1);
    Reference<css::sheet::XPrintAreas>(sheet, UNO_QUERY_THROW)->setPrintAreas(printed);
}

std::vector<std::vector<Cell>> figures_of(const map::Drawing& drawing)
{
    std::vector<std::vector<Cell>> rows;
    std::vector<Cell> header{std::string("code"), std::string("nom")};
    header.insert(header.end(), drawing.figure_headers.begin(), drawing.figure_headers.end());
    rows.push_back(header);
    for (const map::FigureRow& figure : drawing.figures) {
        std::vector<Cell> row{figure.code, figure.name};
        row.insert(row.end(), figure.values.begin(), figure.values.end());
        row.resize(header.size(), Blank{});
        rows.push_back(std::move(row));
    }
    return rows;
}

void set_figures_style(const Sheet& sheet, const std::vector<std::vector<Cell>>& figures)
{
    const auto width = static_cast<sal_Int32>(figures.front().size());
    const auto headers = office::cells(sheet, figures_column, 0, figures_column + width - 1, 0);
    set(headers, "CharWeight", 150.0F);
    set(Reference<css::table::XColumnRowRange>(headers, UNO_QUERY_THROW)->getColumns(), "OptimalWidth", true);
}

} // namespace

std::string sheet_name_of(const map::Drawing& drawing)
{
    std::string name = "Carte – " + drawing.title;
    for (char& c : name)
        if (std::string_view("[]*?:/\\'").find(c) != std::string_view::npos)
            c = ' ';
    rtl::OUString short_name = ustring(name);
    if (short_name.getLength() > static_cast<sal_Int32>(longest_sheet_name))
        short_name = short_name.copy(0, longest_sheet_name);
    return office::utf8(short_name.trim());
}

office::Kept draw_map_sheet(office::UndoStep& step, office::Workbook& workbook, const map::Drawing& drawing)
{
    const std::string name = sheet_name_of(drawing);
    const auto figures = figures_of(drawing);
    if (const Sheet sheet = workbook.find_sheet(name); sheet.is()) {
        office::rewrite_cells(sheet, figures_column, 0, figures);
        return office::draw(step, workbook, {sheet, {}, record_column}, drawing.shapes);
    }
    const Sheet sheet = workbook.add_sheet(name);
    lay_out_page(workbook, sheet, drawing.page);
    // Calc does not record the page style of a sheet.
    step.add([] {},
             [model = workbook.model(), name] {
                 office::set_page_style(model, office::Workbook(model).find_sheet(name), map_page);
             });
    office::write_cells(sheet, figures_column, 0, figures);
    set_figures_style(sheet, figures);
    office::draw_on_new_sheet(step, workbook, {sheet, {}, record_column}, drawing.shapes);
    return {};
}

} // namespace pacte::commands
