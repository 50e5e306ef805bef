#include "office/indicator_chart.hpp"

#include <com/sun/star/awt/Rectangle.hpp>
#include <com/sun/star/chart/ChartDataRowSource.hpp>
#include <com/sun/star/chart/X3DDisplay.hpp>
#include <com/sun/star/chart/XAxisXSupplier.hpp>
#include <com/sun/star/chart/XAxisYSupplier.hpp>
#include <com/sun/star/chart/XChartDocument.hpp>
#include <com/sun/star/chart/XDiagram.hpp>
#include <com/sun/star/document/XEmbeddedObjectSupplier.hpp>
#include <com/sun/star/drawing/FillStyle.hpp>
#include <com/sun/star/drawing/LineStyle.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/table/XTableChart.hpp>
#include <com/sun/star/table/XTableCharts.hpp>
#include <com/sun/star/table/XTableChartsSupplier.hpp>

namespace pacte::office {

namespace {

using Sheet = Reference<css::sheet::XSpreadsheet>;

constexpr sal_Int32 target_colour = 0xB1B1F5;
constexpr sal_Int32 reached_colour = 0x000091;
constexpr float small_type = 7.0F;

Reference<css::table::XTableCharts> charts_of(const Sheet& sheet)
{
    return Reference<css::table::XTableChartsSupplier>(sheet, UNO_QUERY_THROW)->getCharts();
}

/// Calc wants a name of its own for each chart of the document.
OUString name_of_chart(const Sheet& sheet)
{
    return ustring("graphique " + name_of(sheet));
}

void style(const Reference<css::chart::XChartDocument>& document, const std::string& title)
{
    set(document, "HasMainTitle", true);
    set(document->getTitle(), "String", ustring(title));
    set(document->getTitle(), "CharHeight", small_type + 1.0F);
    set(document, "HasSubTitle", true);
    set(document->getSubTitle(), "String", ustring("clair : cible ; foncé : réalisé"));
    set(document->getSubTitle(), "CharHeight", small_type);
    set(document, "HasLegend", false);
    set(document->getArea(), "LineStyle", css::drawing::LineStyle_NONE);
    const Reference<css::beans::XPropertySet> diagram(document->getDiagram(), UNO_QUERY_THROW);
    set(diagram, "DataRowSource", css::chart::ChartDataRowSource_ROWS);
    set(diagram, "HasYAxisGrid", true);
    for (const char* axis : {"HasXAxis", "HasYAxis"})
        set(diagram, axis, true);
    const Reference<css::chart::XAxisXSupplier> x(diagram, UNO_QUERY_THROW);
    const Reference<css::chart::XAxisYSupplier> y(diagram, UNO_QUERY_THROW);
    set(x->getXAxis(), "CharHeight", small_type);
    set(y->getYAxis(), "CharHeight", small_type);
    const Reference<css::chart::X3DDisplay> walls(diagram, UNO_QUERY);
    if (walls.is())
        set(walls->getWall(), "FillStyle", css::drawing::FillStyle_NONE);
    const auto first = document->getDiagram()->getDataRowProperties(0);
    const auto second = document->getDiagram()->getDataRowProperties(1);
    set(first, "Color", target_colour);
    set(second, "Color", reached_colour);
}

} // namespace

void remove_indicator_chart(const Sheet& sheet)
{
    // By the drawing's page: removeByName ends the office where it may not
    // record what it does (7.4.7).
    const auto page = Reference<css::drawing::XDrawPageSupplier>(sheet, UNO_QUERY_THROW)->getDrawPage();
    for (sal_Int32 i = page->getCount(); i-- > 0;) {
        const Reference<css::drawing::XShape> shape(page->getByIndex(i), UNO_QUERY_THROW);
        if (shape->getShapeType().equalsAscii("com.sun.star.drawing.OLE2Shape") &&
            get_as<OUString>(shape, "PersistName") == name_of_chart(sheet))
            page->remove(shape);
    }
}

void add_indicator_chart(const Sheet& sheet, const IndicatorChart& chart)
{
    const auto charts = charts_of(sheet);
    const OUString chart_name = name_of_chart(sheet);
    const auto index = Reference<css::sheet::XCellRangeAddressable>(sheet, UNO_QUERY_THROW)->getRangeAddress().Sheet;
    // The label of each series is the cell before its first year.
    Sequence<css::table::CellRangeAddress> ranges(2);
    ranges[0] = {index, chart.first_column, chart.years_row, chart.last_column, chart.years_row};
    ranges[1] = {index, chart.first_column, chart.targets_row, chart.last_column, chart.targets_row + 1};
    charts->addNewByName(chart_name,
                         css::awt::Rectangle(chart.place.x, chart.place.y, chart.place.width, chart.place.height),
                         ranges, true, false);
    const Reference<css::document::XEmbeddedObjectSupplier> holder(charts->getByName(chart_name), UNO_QUERY_THROW);
    style(Reference<css::chart::XChartDocument>(holder->getEmbeddedObject(), UNO_QUERY_THROW), chart.title);
    // Reading the series from rows swapped the two kinds of headers.
    const Reference<css::table::XTableChart> table(holder, UNO_QUERY_THROW);
    table->setHasColumnHeaders(true);
    table->setHasRowHeaders(false);
}

} // namespace pacte::office
