#include "installed.hpp"
#include "laid_tables.hpp"

#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/sheet/XCellRangeData.hpp>
#include <com/sun/star/sheet/XCellRangeMovement.hpp>
#include <com/sun/star/sheet/XGoalSeek.hpp>
#include <cppunit/extensions/HelperMacros.h>

// The formulas of one table share what was read of it: whatever changes it, and
// however fast, each must give the figures of the table as it stands.

using namespace office_test;

namespace {

/// The golden diagnosis, and beside it the capacity that D-02 (120 people, of whom a
/// quarter for CC des Monts) and the others give to CC des Monts for 1.1.
class Changing {
public:
    explicit Changing(Office& office) : document_(office.open("private:factory/scalc", true))
    {
        lay_diagnosis(document_, std::filesystem::path(PACTE_GOLDEN) / "couverture",
                      pacte::Schemas::load(PACTE_TEMPLATES));
        const auto results = lay_cells(document_, "resultats", {{pacte::Blank{}}});
        for (sal_Int32 i = 0; i < formulas; ++i) {
            cells_.push_back(results->getCellByPosition(0, i));
            cells_.back()->setFormula(
                "=PACTE.CAPACITY(dispositifs;besoins;thematiques;\"999000110\";\"1.1\")");
        }
        assert_capacity("at first", 70.0);
    }
    ~Changing() { close(document_); }
    Changing(const Changing&) = delete;
    Changing& operator=(const Changing&) = delete;

    [[nodiscard]] const Reference<css::frame::XModel>& document() const { return document_; }
    [[nodiscard]] Reference<css::sheet::XSpreadsheet> dispositifs() const
    {
        return sheet(document_, "dispositifs");
    }
    /// Of a dispositif, by its row: D-01 is 1.
    [[nodiscard]] Reference<css::table::XCell> capacity(sal_Int32 row) const
    {
        return dispositifs()->getCellByPosition(6, row);
    }

    void assert_capacity(const std::string& when, double wanted) const
    {
        for (const auto& cell : cells_)
            CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(when, wanted, cell->getValue(), 1e-9);
    }

private:
    static constexpr sal_Int32 formulas = 20;
    Reference<css::frame::XModel> document_;
    std::vector<Reference<css::table::XCell>> cells_;
};

} // namespace

class FreshValuesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FreshValuesTest);
    CPPUNIT_TEST(a_cell_typed_over_and_over_is_read_each_time);
    CPPUNIT_TEST(rows_written_inserted_and_removed_are_seen);
    CPPUNIT_TEST(the_tables_that_no_formula_names_are_read_again_too);
    CPPUNIT_TEST(goal_seek_finds_the_capacity_that_is_needed);
    CPPUNIT_TEST_SUITE_END();

    void a_cell_typed_over_and_over_is_read_each_time()
    {
        const Changing table(office_with_pacte("fr"));
        const auto capacity = table.capacity(2); // D-02: a quarter goes to CC des Monts
        for (int i = 0; i < 300; ++i) {
            capacity->setValue(4.0 * i);
            table.assert_capacity("D-02 at " + std::to_string(4 * i), 40.0 + i);
        }
        capacity->setFormula("nd");
        table.assert_capacity("D-02 not known", 40.0);
    }

    void rows_written_inserted_and_removed_are_seen()
    {
        const Changing table(office_with_pacte("fr"));
        const auto where = table.dispositifs();
        const Reference<css::sheet::XCellRangeMovement> movement(where, UNO_QUERY_THROW);
        for (int i = 0; i < 30; ++i) {
            const Any value = css::uno::makeAny(4.0 * i);
            const css::uno::Sequence<Any> line(&value, 1);
            Reference<css::sheet::XCellRangeData>(where->getCellRangeByPosition(6, 2, 6, 2), UNO_QUERY_THROW)
                ->setDataArray(css::uno::Sequence<css::uno::Sequence<Any>>(&line, 1));
            table.assert_capacity("written at once, " + std::to_string(i), 40.0 + i);
        }
        const auto address = Reference<css::sheet::XCellRangeAddressable>(
                                 where->getCellRangeByPosition(0, 2, 8, 2), UNO_QUERY_THROW)
                                 ->getRangeAddress();
        movement->removeRange(address, css::sheet::CellDeleteMode_ROWS);
        table.assert_capacity("without D-02", 40.0);
        undo(table.document());
        table.assert_capacity("with D-02 again", 69.0);
        movement->insertCells(address, css::sheet::CellInsertMode_ROWS);
        table.assert_capacity("with a blank row", 69.0);
    }

    void the_tables_that_no_formula_names_are_read_again_too()
    {
        const Changing table(office_with_pacte("fr"));
        const auto date = sheet(table.document(), "parametres")->getCellByPosition(1, 1);
        const auto capacity = table.capacity(2);
        for (int i = 0; i < 10; ++i) {
            date->setFormula("2024-07-01"); // D-06 has begun: 1000 × 100/1000
            capacity->setValue(4.0 * i);
            table.assert_capacity("the day after", 140.0 + i);
            date->setFormula("2024-06-30");
            capacity->setValue(4.0 * i + 4.0);
            table.assert_capacity("the day itself", 41.0 + i);
        }
    }

    /// Outils > Recherche de valeur cible: Calc tries values faster than anyone types.
    void goal_seek_finds_the_capacity_that_is_needed()
    {
        const Changing table(office_with_pacte("fr"));
        table.capacity(2)->setValue(1.0);
        const auto results = sheet(table.document(), "resultats");
        const auto address_of = [](const Reference<css::table::XCell>& cell) {
            return Reference<css::sheet::XCellAddressable>(cell, UNO_QUERY_THROW)->getCellAddress();
        };
        const auto found = Reference<css::sheet::XGoalSeek>(table.document(), UNO_QUERY_THROW)
                               ->seekGoal(address_of(results->getCellByPosition(0, 0)),
                                          address_of(table.capacity(2)), "100");
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, found.Divergence, 1e-6);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(240.0, found.Result, 1e-3); // 20 + 240/4 + 20
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FreshValuesTest);
