#include "commands/report_sheet.hpp"

#include <algorithm>
#include <string_view>

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/sheet/CellFlags.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XPrintAreas.hpp>
#include <com/sun/star/sheet/XSheetOperation.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/table/CellHoriJustify.hpp>
#include <com/sun/star/table/CellVertJustify2.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/util/XMergeable.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>

#include "office/page_style.hpp"
#include "office/text_room.hpp"

namespace pacte::commands {

namespace {

namespace css = office::css;
using office::Reference;
using office::set;
using office::UNO_QUERY_THROW;
using office::ustring;
using Sheet = Reference<css::sheet::XSpreadsheet>;

constexpr sal_Int32 title_row = 0;
constexpr sal_Int32 subtitle_row = 1;
constexpr sal_Int32 header_row = 3;

Reference<css::container::XNameContainer> styles_of(const office::Workbook& workbook, const char* family)
{
    const Reference<css::style::XStyleFamiliesSupplier> families(workbook.model(), UNO_QUERY_THROW);
    return {families->getStyleFamilies()->getByName(rtl::OUString::createFromAscii(family)), UNO_QUERY_THROW};
}

/// Puts styles on cells; a workbook that lost one of them keeps its default.
class Styler {
public:
    Styler(const office::Workbook& workbook, Sheet sheet)
        : styles_(styles_of(workbook, "CellStyles")), sheet_(std::move(sheet))
    {
    }

    void put(const std::string& style, sal_Int32 column, sal_Int32 row, sal_Int32 last_column,
             sal_Int32 last_row) const
    {
        if (styles_->hasByName(ustring(style)))
            set(office::cells(sheet_, column, row, last_column, last_row), "CellStyle", ustring(style));
    }

private:
    Reference<css::container::XNameContainer> styles_;
    Sheet sheet_;
};

constexpr office::LandscapePage report_page{"Pacte synthèse", 1200};

/// Its page, and its headers at the top of each.
void set_page(const Reference<css::frame::XModel>& model, const Sheet& sheet)
{
    office::set_page_style(model, sheet, report_page);
    auto headers = Reference<css::sheet::XCellRangeAddressable>(sheet, UNO_QUERY_THROW)->getRangeAddress();
    headers.StartRow = headers.EndRow = header_row;
    const Reference<css::sheet::XPrintAreas> printed(sheet, UNO_QUERY_THROW);
    printed->setTitleRows(headers);
    printed->setPrintTitleRows(true);
}

void clear(const Sheet& sheet, sal_Int32 columns)
{
    using namespace css::sheet::CellFlags;
    const sal_Int32 last = std::max<sal_Int32>(header_row, office::used_area(sheet).EndRow);
    const auto area = office::cells(sheet, 0, 0, columns - 1, last);
    Reference<css::util::XMergeable>(area, UNO_QUERY_THROW)->merge(false);
    Reference<css::sheet::XSheetOperation>(area, UNO_QUERY_THROW)
        ->clearContents(VALUE | DATETIME | STRING | FORMULA | HARDATTR | STYLES);
}

void write_table(const Sheet& sheet, const Report& report)
{
    std::vector<std::vector<Cell>> rows(1);
    for (const ReportColumn& column : report.columns)
        rows[0].emplace_back(column.header);
    for (std::vector<Cell> row : report.rows) {
        row.resize(report.columns.size());
        rows.push_back(std::move(row));
    }
    office::rewrite_cells(sheet, 0, header_row, rows);
}

/// The key of a number format written in English, as the reader's office shows it.
sal_Int32 number_format(const office::Workbook& workbook, const char* format)
{
    const css::lang::Locale english("en", "US", "");
    const css::lang::Locale of_the_reader; // as the styles of the other sheets
    return Reference<css::util::XNumberFormatsSupplier>(workbook.model(), UNO_QUERY_THROW)
        ->getNumberFormats()
        ->addNewConverted(rtl::OUString::createFromAscii(format), english, of_the_reader);
}

/// A line of text across the table.
void lay_line(const Styler& styler, const Sheet& sheet, const Report& report, sal_Int32 row,
              const std::string& text, const char* style)
{
    const auto last = static_cast<sal_Int32>(report.columns.size()) - 1;
    office::rewrite_cells(sheet, 0, row, {{text}});
    styler.put(style, 0, row, 0, row);
    const auto line = office::cells(sheet, 0, row, last, row);
    Reference<css::util::XMergeable>(line, UNO_QUERY_THROW)->merge(true);
    set(line, "IsTextWrapped", true);
}

bool holds_numbers(const ReportColumn& column)
{
    return !std::string_view(column.style).starts_with("Texte") && std::string_view(column.style) != "Code";
}

void dress_column(const office::Workbook& workbook, const Styler& styler, const Sheet& sheet,
                  const ReportColumn& column, sal_Int32 at, sal_Int32 last_row)
{
    styler.put(column.style, at, header_row + 1, at, last_row);
    if (*column.format != '\0')
        set(office::cells(sheet, at, header_row + 1, at, last_row), "NumberFormat",
            number_format(workbook, column.format));
}

/// Numbers and their header stand on the right; every column is clear of the next one.
void align(const Sheet& sheet, const Report& report, sal_Int32 last_row)
{
    constexpr sal_Int32 margin = 200; // hundredths of a millimetre
    for (std::size_t c = 0; c < report.columns.size(); ++c) {
        const auto cells =
            office::cells(sheet, static_cast<sal_Int32>(c), header_row, static_cast<sal_Int32>(c), last_row);
        if (holds_numbers(report.columns[c]))
            set(cells, "HoriJustify", css::table::CellHoriJustify_RIGHT);
        set(cells, "ParaRightMargin", margin);
    }
}

void dress(const office::Workbook& workbook, const Sheet& sheet, const Report& report)
{
    const Styler styler(workbook, sheet);
    const auto width = static_cast<sal_Int32>(report.columns.size());
    const auto last_row = header_row + static_cast<sal_Int32>(report.rows.size());
    styler.put("Titre", 0, title_row, 0, title_row);
    styler.put("En-tête généré", 0, header_row, width - 1, header_row);
    for (sal_Int32 c = 0; c < width && last_row > header_row; ++c)
        dress_column(workbook, styler, sheet, report.columns[static_cast<std::size_t>(c)], c, last_row);
    for (const auto& [place, style] : report.styles) {
        const auto row = header_row + 1 + static_cast<sal_Int32>(place.first);
        const auto column = static_cast<sal_Int32>(place.second);
        styler.put(style, column, row, column, row);
    }
    const auto columns =
        Reference<css::table::XColumnRowRange>(office::cells(sheet, 0, 0, width - 1, 0), UNO_QUERY_THROW)
            ->getColumns();
    for (sal_Int32 c = 0; c < width; ++c)
        set(columns->getByIndex(c).get<Reference<css::uno::XInterface>>(), "Width",
            static_cast<sal_Int32>(report.columns[static_cast<std::size_t>(c)].width_cm * 1000.0));
    align(sheet, report, last_row);
    const auto body = office::cells(sheet, 0, header_row, width - 1, last_row);
    set(body, "IsTextWrapped", true);
    set(body, "VertJustify", sal_Int32(css::table::CellVertJustify2::TOP));
    set(Reference<css::table::XColumnRowRange>(body, UNO_QUERY_THROW)->getRows(), "OptimalHeight", true);
    set_page(workbook.model(), sheet);
}

} // namespace

std::string sources_note(const std::string& of, const std::string& sources)
{
    return "Sources des " + of + " : " + (sources.empty() ? "aucune" : sources) + ".";
}

Cell cell_of(const Quantity& quantity)
{
    if (quantity.is_known())
        return quantity.value();
    return std::string(quantity.is_secret() ? "s" : "nd");
}

void write_report(office::UndoStep& step, office::Workbook& workbook, const Report& report)
{
    Sheet sheet = workbook.find_sheet(report.sheet);
    if (sheet.is())
        clear(sheet, static_cast<sal_Int32>(report.columns.size()));
    else
        sheet = workbook.add_sheet(report.sheet);
    // Calc does not record the page style of a sheet.
    step.add([] {},
             [model = workbook.model(), name = report.sheet] {
                 // Not its headers: Calc records and redoes them.
                 office::set_page_style(model, office::Workbook(model).find_sheet(name), report_page);
             });
    office::rewrite_cells(sheet, 0, title_row, {{report.title}});
    write_table(sheet, report);
    dress(workbook, sheet, report);
    const Styler styler(workbook, sheet);
    std::vector<css::table::CellRangeAddress> lines;
    const auto lay = [&](sal_Int32 row, const std::string& text, const char* style) {
        lay_line(styler, sheet, report, row, text, style);
        lines.push_back({0, 0, row, 0, row});
    };
    lay(subtitle_row, report.subtitle, "Sous-titre");
    sal_Int32 row = header_row + static_cast<sal_Int32>(report.rows.size()) + 2;
    for (const std::string& note : report.notes)
        lay(row++, note, "Aide");
    office::make_room_for_text(step, workbook, sheet, lines, office::RowFit::exact);
}

} // namespace pacte::commands
