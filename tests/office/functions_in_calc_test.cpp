#include "installed.hpp"
#include "laid_tables.hpp"
#include "pictures.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <thread>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/chart2/XChartDocument.hpp>
#include <com/sun/star/chart2/XChartTypeContainer.hpp>
#include <com/sun/star/chart2/XCoordinateSystemContainer.hpp>
#include <com/sun/star/chart2/XDataSeriesContainer.hpp>
#include <com/sun/star/chart2/data/XDataSource.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/document/XEmbeddedObjectSupplier.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/sheet/ConditionEntryType.hpp>
#include <com/sun/star/sheet/ConditionFormatOperator.hpp>
#include <com/sun/star/sheet/FillDirection.hpp>
#include <com/sun/star/sheet/XArrayFormulaRange.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellSeries.hpp>
#include <com/sun/star/sheet/XConditionalFormat.hpp>
#include <com/sun/star/sheet/XConditionalFormats.hpp>
#include <com/sun/star/sheet/XNamedRanges.hpp>
#include <com/sun/star/sheet/XSheetCellRangeContainer.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/table/XTableChartsSupplier.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

// The functions used as any other of Calc: filled down, in named ranges, arrays, other
// functions, conditional formats and charts, and through a file of Excel.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

using css::uno::Sequence;
using Model = Reference<css::frame::XModel>;
using Sheet = Reference<css::sheet::XSpreadsheet>;

const std::vector<std::string> epcis{"999000110", "999000128", "999000136", "999000144"};

Any property(const Reference<css::uno::XInterface>& object, const char* name)
{
    return Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->getPropertyValue(OUString::createFromAscii(name));
}

std::string shown(const Sheet& sheet, sal_Int32 column, sal_Int32 row)
{
    return utf8(Reference<css::text::XTextRange>(sheet->getCellByPosition(column, row), UNO_QUERY_THROW)
                    ->getString());
}

/// The golden diagnosis, and a sheet `mesures` with the codes of its EPCI in A2:A5, the
/// thématiques 1.1 and 1.2 in B1:C1, and their capacities below, filled down and across.
class Measured {
public:
    explicit Measured(Office& office, bool hidden = true)
        : model(office.open("private:factory/scalc", hidden))
    {
        lay_diagnosis(model, fs::path(PACTE_GOLDEN) / "couverture", pacte::Schemas::load(PACTE_TEMPLATES));
        std::vector<std::vector<pacte::Cell>> cells{{pacte::Blank{}, std::string("1.1"), std::string("1.2")}};
        for (const std::string& epci : epcis)
            cells.push_back({epci, pacte::Blank{}, pacte::Blank{}});
        measures = lay_cells(model, "mesures", cells);
        measures->getCellByPosition(1, 1)->setFormula(
            "=PACTE.CAPACITY(dispositifs;besoins;thematiques;$A2;B$1)");
        for (const auto& [last_column, last_row, direction] :
             {std::tuple{2, 1, css::sheet::FillDirection_TO_RIGHT},
              std::tuple{2, 4, css::sheet::FillDirection_TO_BOTTOM}})
            Reference<css::sheet::XCellSeries>(measures->getCellRangeByPosition(1, 1, last_column, last_row),
                                               UNO_QUERY_THROW)
                ->fillAuto(direction, 1);
    }
    Measured(const Measured&) = delete;
    Measured& operator=(const Measured&) = delete;
    ~Measured() { close(model); }

    [[nodiscard]] double value(sal_Int32 column, sal_Int32 row) const
    {
        return measures->getCellByPosition(column, row)->getValue();
    }
    void set(sal_Int32 column, sal_Int32 row, const char* formula) const
    {
        measures->getCellByPosition(column, row)->setFormula(OUString::createFromAscii(formula));
    }
    /// Another capacity for D-02, of which a quarter goes to CC des Monts.
    void give_d02(double capacity) const
    {
        sheet(model, "dispositifs")->getCellByPosition(6, 2)->setValue(capacity);
    }

    Model model;
    Sheet measures;
};

} // namespace

class FunctionsInCalcTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FunctionsInCalcTest);
    CPPUNIT_TEST(filled_down_and_across_each_cell_has_its_own);
    CPPUNIT_TEST(named_ranges_and_expressions_stand_for_the_tables);
    CPPUNIT_TEST(an_array_formula_gives_what_the_cells_give);
    CPPUNIT_TEST(errors_are_caught_as_those_of_any_function);
    CPPUNIT_TEST(a_conditional_format_asks_a_function);
    CPPUNIT_TEST(a_chart_shows_the_figures_and_follows_them);
    CPPUNIT_TEST(a_file_of_excel_keeps_formulas_and_values);
    CPPUNIT_TEST(a_point_is_in_the_contour_that_the_workbook_has);
    CPPUNIT_TEST_SUITE_END();

    void filled_down_and_across_each_cell_has_its_own()
    {
        const Measured table(office_with_pacte("fr"));
        CPPUNIT_ASSERT(table.measures->getCellByPosition(2, 4)->getFormula().endsWith("$A5;C$1)"));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(70.0, table.value(1, 1), 1e-9);
        double in_all = 0.0;
        for (sal_Int32 row = 1; row <= 4; ++row)
            for (sal_Int32 column = 1; column <= 2; ++column) {
                table.set(5, 5,
                          ("=PACTE.CAPACITY(dispositifs;besoins;thematiques;\"" +
                           epcis[static_cast<std::size_t>(row - 1)] + "\";\"1." + std::to_string(column) +
                           "\")")
                              .c_str());
                CPPUNIT_ASSERT_EQUAL(shown(table.measures, 5, 5), shown(table.measures, column, row));
                in_all += table.value(column, row);
            }
        CPPUNIT_ASSERT(in_all > 100.0);
    }

    void named_ranges_and_expressions_stand_for_the_tables()
    {
        const Measured table(office_with_pacte("fr"));
        const Reference<css::sheet::XNamedRanges> names(property(table.model, "NamedRanges"),
                                                        UNO_QUERY_THROW);
        names->addNewByName("offre_de_service", "$dispositifs.$A$1:$I$40", {}, 0);
        names->addNewByName("pour_les_monts", "\"999000110\"", {}, 0);
        table.set(4, 1, "=PACTE.CAPACITY(offre_de_service;besoins;thematiques;pour_les_monts;B1)");
        CPPUNIT_ASSERT_DOUBLES_EQUAL(70.0, table.value(4, 1), 1e-9);
        table.give_d02(160.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(80.0, table.value(4, 1), 1e-9);
    }

    void an_array_formula_gives_what_the_cells_give()
    {
        const Measured table(office_with_pacte("fr"));
        Reference<css::sheet::XArrayFormulaRange>(table.measures->getCellRangeByPosition(4, 1, 5, 4),
                                                  UNO_QUERY_THROW)
            ->setArrayFormula("=PACTE.CAPACITY(dispositifs;besoins;thematiques;A2:A5;B1:C1)");
        for (const double capacity : {120.0, 360.0}) {
            table.give_d02(capacity);
            for (sal_Int32 row = 1; row <= 4; ++row)
                for (sal_Int32 column = 1; column <= 2; ++column)
                    CPPUNIT_ASSERT_EQUAL(shown(table.measures, column, row),
                                         shown(table.measures, column + 3, row));
        }
    }

    void errors_are_caught_as_those_of_any_function()
    {
        const Measured table(office_with_pacte("fr"));
        table.set(4, 1, "=IFERROR(PACTE.CAPACITY(dispositifs;besoins;thematiques;\"000000000\";B1);-1)");
        table.set(4, 3, "=IF(ISNA(PACTE.CAPACITY(dispositifs;besoins;thematiques;A2;\"8.8\"));\"nd\";0)");
        table.set(4, 4, "=SUM(B2:B5)-SUMPRODUCT(PACTE.CAPACITY(dispositifs;besoins;thematiques;A2:A5;B1))");
        CPPUNIT_ASSERT_DOUBLES_EQUAL(-1.0, table.value(4, 1), 0.0);
        CPPUNIT_ASSERT_EQUAL(std::string("nd"), shown(table.measures, 4, 3));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, table.value(4, 4), 1e-9);
    }

    void a_conditional_format_asks_a_function()
    {
        const Measured table(office_with_pacte("fr"));
        const Reference<css::sheet::XConditionalFormats> formats(
            property(table.measures, "ConditionalFormats"), UNO_QUERY_THROW);
        const Reference<css::sheet::XSheetCellRanges> where(
            Reference<css::lang::XMultiServiceFactory>(table.model, UNO_QUERY_THROW)
                ->createInstance("com.sun.star.sheet.SheetCellRanges"),
            UNO_QUERY_THROW);
        Reference<css::sheet::XSheetCellRangeContainer>(where, UNO_QUERY_THROW)
            ->addRangeAddress(Reference<css::sheet::XCellRangeAddressable>(
                                  table.measures->getCellRangeByPosition(0, 1, 0, 4), UNO_QUERY_THROW)
                                  ->getRangeAddress(),
                              false);
        const Reference<css::container::XNameContainer> styles(
            Reference<css::style::XStyleFamiliesSupplier>(table.model, UNO_QUERY_THROW)
                ->getStyleFamilies()
                ->getByName("CellStyles"),
            UNO_QUERY_THROW);
        const auto style = Reference<css::lang::XMultiServiceFactory>(table.model, UNO_QUERY_THROW)
                               ->createInstance("com.sun.star.style.CellStyle");
        styles->insertByName("fort", css::uno::makeAny(style));
        Reference<css::beans::XPropertySet>(styles->getByName("fort"), UNO_QUERY_THROW)
            ->setPropertyValue("CellBackColor", css::uno::makeAny(sal_Int32(0xF4B896)));
        const sal_Int32 id = formats->createByRange(where);
        for (const auto& format : formats->getConditionalFormats()) {
            sal_Int32 known = -1;
            property(format, "ID") >>= known;
            if (known != id)
                continue;
            format->createEntry(css::sheet::ConditionEntryType::CONDITION, 0);
            const Reference<css::beans::XPropertySet> entry(
                Reference<css::container::XIndexAccess>(format, UNO_QUERY_THROW)->getByIndex(0),
                UNO_QUERY_THROW);
            entry->setPropertyValue(
                "Operator", css::uno::makeAny(sal_Int32(css::sheet::ConditionFormatOperator::EXPRESSION)));
            entry->setPropertyValue(
                "Formula1", css::uno::makeAny(
                                OUString("PACTE.CAPACITE(dispositifs;besoins;thematiques;$A2;\"1.1\")>75")));
            // In the language of the office, as a person types it.
            entry->setPropertyValue("StyleName", css::uno::makeAny(OUString("fort")));
        }
        // As it is for the person who opens the workbook.
        const fs::path file = fs::path(PACTE_BINARY_DIR) / "mise-en-forme.ods";
        store(table.model, file);
        const Model again = office_with_pacte("fr").open(file_url(file));
        const double at_70 = pixels_of_that_style(again);
        CPPUNIT_ASSERT(at_70 > 0.0);
        sheet(again, "dispositifs")
            ->getCellByPosition(6, 2)
            ->setValue(160.0); // 80 for CC des Monts: one more
        CPPUNIT_ASSERT(pixels_of_that_style(again) > 1.3 * at_70);
        close(again);
    }

    void a_chart_shows_the_figures_and_follows_them()
    {
        const Measured table(office_with_pacte("fr"), false);
        const auto charts =
            Reference<css::table::XTableChartsSupplier>(table.measures, UNO_QUERY_THROW)->getCharts();
        Sequence<css::table::CellRangeAddress> ranges(1);
        ranges[0] = Reference<css::sheet::XCellRangeAddressable>(
                        table.measures->getCellRangeByPosition(0, 0, 2, 4), UNO_QUERY_THROW)
                        ->getRangeAddress();
        charts->addNewByName("capacités", {0, 6000, 12000, 7000}, ranges, true, true);
        const Reference<css::chart2::XChartDocument> chart(
            Reference<css::document::XEmbeddedObjectSupplier>(
                Reference<css::container::XNameAccess>(charts, UNO_QUERY_THROW)->getByName("capacités"),
                UNO_QUERY_THROW)
                ->getEmbeddedObject(),
            UNO_QUERY_THROW);
        const auto first = [&] {
            const auto axes =
                Reference<css::chart2::XCoordinateSystemContainer>(chart->getFirstDiagram(), UNO_QUERY_THROW)
                    ->getCoordinateSystems();
            const auto types =
                Reference<css::chart2::XChartTypeContainer>(axes[0], UNO_QUERY_THROW)->getChartTypes();
            const auto series =
                Reference<css::chart2::XDataSeriesContainer>(types[0], UNO_QUERY_THROW)->getDataSeries();
            const auto data =
                Reference<css::chart2::data::XDataSource>(series[0], UNO_QUERY_THROW)->getDataSequences();
            double value = 0.0;
            data[0]->getValues()->getData()[0] >>= value;
            return value;
        };
        CPPUNIT_ASSERT_DOUBLES_EQUAL(70.0, first(), 1e-9);
        table.give_d02(160.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(80.0, table.value(1, 1), 1e-9);
        for (int i = 0; i < 100 && first() != 80.0; ++i) // Calc redraws its charts when it has time
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(80.0, first(), 1e-9);
    }

    void a_file_of_excel_keeps_formulas_and_values()
    {
        Office& office = office_with_pacte("fr");
        const fs::path file = fs::path(PACTE_BINARY_DIR) / "mesures.xlsx";
        std::vector<std::string> before;
        {
            const Measured table(office);
            Reference<css::sheet::XArrayFormulaRange>(table.measures->getCellRangeByPosition(4, 0, 7, 4),
                                                      UNO_QUERY_THROW)
                ->setArrayFormula("=PACTE.COVERAGE.TABLE(dispositifs;besoins;thematiques;\"capacite\")");
            table.set(9, 1, "=IFERROR(PACTE.STATUS(dispositifs;besoins;thematiques;A2;B1);\"?\")");
            before = lines_of(table.measures);
            store(table.model, file, "Calc MS Excel 2007 XML");
        }
        const Model again = office.open(file_url(file), true);
        const Sheet measures = sheet(again, "mesures");
        const std::vector<std::string> after = lines_of(measures);
        for (std::size_t i = 0; i < before.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(before[i], after[i]);
        CPPUNIT_ASSERT_EQUAL(before.size(), after.size());
        // They are alive: a table that changes is followed.
        sheet(again, "dispositifs")->getCellByPosition(6, 2)->setValue(160.0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(80.0, measures->getCellByPosition(1, 1)->getValue(), 1e-9);
        close(again);
    }

    /// Le Haut Lignon, drawn for once around Le Puy: the contour says it, not the nearest commune.
    void a_point_is_in_the_contour_that_the_workbook_has()
    {
        Office& office = office_with_pacte("fr");
        const Model blank = office.new_spreadsheet();
        CPPUNIT_ASSERT(office.run(blank, "exemple").done);
        const Model model = office.active();
        close(blank);
        const Sheet home = sheet(model, "Accueil");
        const auto at = [&](const char* point) {
            home->getCellByPosition(100, 100)->setFormula(
                ustring("=PACTE.EPCI.AT(" + std::string(point) + ")"));
            return shown(home, 100, 100);
        };
        CPPUNIT_ASSERT_EQUAL(std::string("200073419"), at("45.0433;3.885"));
        for (const auto& [siren, west] : {std::pair{"244301107", 3.8}, std::pair{"244301016", 4.1}}) {
            const fs::path file = fs::path(PACTE_BINARY_DIR) / "autour-du-puy.geojson";
            std::ofstream(file) << R"({"type":"FeatureCollection","features":[{"type":"Feature",)"
                                << R"("properties":{"code":")" << siren << R"("},"geometry":{"type":)"
                                << R"("Polygon","coordinates":[[[)" << west << ",45.0],[" << west + 0.2
                                << ",45.0],[" << west + 0.2 << ",45.1],[" << west << ",45.1],[" << west
                                << ",45.0]]]}}]}";
            const Outcome outcome = office.run(model, "contours",
                                               {{"Fichier", css::uno::makeAny(file_url(file))},
                                                {"Source", css::uno::makeAny(OUString("essai"))}});
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
            const bool is_around_le_puy = west < 4.0;
            CPPUNIT_ASSERT_EQUAL(std::string(is_around_le_puy ? "244301107" : "200073419"),
                                 at("45.0433;3.885"));
            CPPUNIT_ASSERT_EQUAL(
                std::string(is_around_le_puy ? "#N/D" : "244301016"),
                at(is_around_le_puy ? "45.114;4.291" : "45.05;4.2")); // Tence, drawn elsewhere
        }
        close(model);
    }

private:
    /// Those of the background that the conditional format gives, on the printed page.
    static double pixels_of_that_style(const Model& model)
    {
        const fs::path png = fs::path(PACTE_BINARY_DIR) / "mise-en-forme.png";
        picture_of_sheet(model, "mesures", png);
        const std::string command = "convert '" + png.string() +
                                    "' -fill black +opaque '#F4B896' -fill white -opaque '#F4B896' "
                                    "-format '%[fx:mean*w*h]' info:";
        const std::unique_ptr<FILE, int (*)(FILE*)> output(popen(command.c_str(), "r"), pclose);
        double count = 0.0;
        CPPUNIT_ASSERT_EQUAL(1, std::fscanf(output.get(), "%lf", &count));
        return count;
    }

    /// Formula and value of each cell.
    static std::vector<std::string> lines_of(const Sheet& sheet)
    {
        std::vector<std::string> lines;
        for (sal_Int32 row = 0; row < 5; ++row)
            for (sal_Int32 column = 0; column < 10; ++column)
                lines.push_back(std::to_string(column) + "," + std::to_string(row) + " " +
                                utf8(sheet->getCellByPosition(column, row)->getFormula()) + " → " +
                                shown(sheet, column, row));
        return lines;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FunctionsInCalcTest);
