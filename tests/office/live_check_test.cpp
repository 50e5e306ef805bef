#include <chrono>
#include <filesystem>
#include <thread>

#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XSheetAnnotations.hpp>
#include <com/sun/star/sheet/XSheetAnnotationsSupplier.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/view/XSelectionSupplier.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "document_picture.hpp"
#include "installed.hpp"
#include "marked_cells.hpp"

// « Contrôle à la saisie »: what a person types or pastes is marked at once, and their
// undo stays what it was.

using namespace office_test;
using Model = Reference<css::frame::XModel>;

namespace {

constexpr const char* where = "Dispositifs";
constexpr const char* capacity = "R5"; // of D-001
constexpr const char* source = "AB6";  // of D-002

} // namespace

class LiveCheckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LiveCheckTest);
    CPPUNIT_TEST(what_is_typed_is_marked_and_one_undo_takes_it_back);
    CPPUNIT_TEST(what_is_pasted_is_marked_row_by_row);
    CPPUNIT_TEST(a_person_s_comment_stays);
    CPPUNIT_TEST(marks_are_known_again_when_the_file_is_opened);
    CPPUNIT_TEST(nothing_is_checked_where_the_setting_says_no);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        const Model start = office().new_spreadsheet();
        CPPUNIT_ASSERT(office().run(start, "exemple").done);
        model_ = office().active();
        close(start);
        set_live(true);
    }
    void tearDown() override { close(model_); }

private:
    static Office& office() { return office_with_pacte("fr"); }

    void set_live(bool on)
    {
        office().enter(model_, "Paramètres", setting_cell(model_, "contrôle à la saisie"),
                       on ? "oui" : "non");
        show(where);
    }

    void show(const char* name)
    {
        const Reference<css::sheet::XSpreadsheetView> view(model_->getCurrentController(), UNO_QUERY_THROW);
        view->setActiveSheet(sheet(model_, name));
    }

    void select(const char* cells)
    {
        Reference<css::view::XSelectionSupplier>(model_->getCurrentController(), UNO_QUERY_THROW)
            ->select(css::uno::makeAny(
                sheet(model_, where)->getCellRangeByName(OUString::createFromAscii(cells))));
    }

    void type(const char* cell, const std::string& text) { office().enter(model_, where, cell, text); }

    [[nodiscard]] bool is_marked(const char* cell) const { return !laid_over(model_, where, cell).empty(); }
    void assert_marked(const char* cell)
    {
        CPPUNIT_ASSERT_MESSAGE(cell, soon([&] { return is_marked(cell); }));
    }
    void assert_clear(const char* cell)
    {
        CPPUNIT_ASSERT_MESSAGE(
            cell, soon([&] { return !is_marked(cell) && note_at(model_, where, cell).empty(); }));
    }

    [[nodiscard]] std::size_t steps() const
    {
        const Reference<css::document::XUndoManagerSupplier> supplier(model_, UNO_QUERY_THROW);
        return static_cast<std::size_t>(supplier->getUndoManager()->getAllUndoActionTitles().getLength());
    }

    void what_is_typed_is_marked_and_one_undo_takes_it_back()
    {
        const auto before = text_at(sheet(model_, where), capacity);
        const auto done = steps();
        type(capacity, "beaucoup");
        assert_marked(capacity);
        CPPUNIT_ASSERT(laid_over(model_, where, capacity) == std::vector<std::string>{"Pacte marque erreur"});
        CPPUNIT_ASSERT_MESSAGE(note_at(model_, where, capacity),
                               note_at(model_, where, capacity).starts_with("Pacte – erreur CEL-003"));
        CPPUNIT_ASSERT_EQUAL(done + 1, steps());
        undo(model_);
        assert_clear(capacity);
        CPPUNIT_ASSERT_EQUAL(before, text_at(sheet(model_, where), capacity));
        CPPUNIT_ASSERT_EQUAL(done, steps());
        redo(model_);
        assert_marked(capacity);
        type(capacity, "300");
        assert_clear(capacity);
        // Another cell of the row: the parts no longer add up to the amount.
        type("L5", "1");
        assert_marked("K5");
        CPPUNIT_ASSERT(note_at(model_, where, "K5").find("DIS-002") != std::string::npos);
    }

    void what_is_pasted_is_marked_row_by_row()
    {
        const auto before = picture_of(model_);
        const auto done = steps();
        for (const char* cell : {"AG5", "AG6", "AG7"}) // beside the table: nothing to say
            type(cell, "12-15");
        select("AG5:AG7");
        office().dispatch(model_, ".uno:Copy");
        select("Q10:Q12"); // blank: Calc asks before it pastes over something
        office().dispatch(model_, ".uno:Paste");
        for (const char* cell : {"Q10", "Q11", "Q12"})
            assert_marked(cell);
        CPPUNIT_ASSERT(!is_marked("AG5"));
        CPPUNIT_ASSERT_EQUAL(done + 4, steps());
        undo(model_);
        for (const char* cell : {"Q10", "Q11", "Q12"})
            assert_clear(cell);
        for (int i = 0; i < 3; ++i)
            undo(model_);
        assert_same("before the paste", before, picture_of(model_));
    }

    void a_person_s_comment_stays()
    {
        const Reference<css::sheet::XSheetAnnotationsSupplier> supplier(sheet(model_, where),
                                                                        UNO_QUERY_THROW);
        const Reference<css::sheet::XCellAddressable> address(cell_at(sheet(model_, where), source),
                                                              UNO_QUERY_THROW);
        supplier->getAnnotations()->insertNew(address->getCellAddress(), ustring("Demander à la MSA"));
        type(source, "");
        assert_marked(source);
        CPPUNIT_ASSERT_EQUAL(std::string("Demander à la MSA"), note_at(model_, where, source));
        type(source, "Entretien du 3 mars");
        CPPUNIT_ASSERT(soon([&] { return !is_marked(source); }));
        CPPUNIT_ASSERT_EQUAL(std::string("Demander à la MSA"), note_at(model_, where, source));
    }

    void marks_are_known_again_when_the_file_is_opened()
    {
        type(capacity, "beaucoup");
        assert_marked(capacity);
        const auto file = std::filesystem::temp_directory_path() / "pacte-controle-a-la-saisie.ods";
        store_as(model_, file);
        close(model_);
        model_ = office().open(file_url(file));
        std::filesystem::remove(file);
        CPPUNIT_ASSERT(!note_at(model_, where, capacity).empty());
        (void)office().is_enabled(model_, "valider"); // as the toolbar asks
        type(capacity, "300");
        assert_clear(capacity);
        type(capacity, "beaucoup");
        assert_marked(capacity);
        CPPUNIT_ASSERT(office().run(model_, "valider").done); // takes them over, one a cell
        CPPUNIT_ASSERT(laid_over(model_, where, capacity) == std::vector<std::string>{"Pacte marque erreur"});
        type(capacity, "300");
        assert_clear(capacity);
        CPPUNIT_ASSERT(is_marked("K68")); // at fault, and not typed in
    }

    void nothing_is_checked_where_the_setting_says_no()
    {
        set_live(false);
        type(capacity, "beaucoup");
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        set_live(true);
        type("R6", "beaucoup"); // once this one is marked, the other has had its time
        assert_marked("R6");
        CPPUNIT_ASSERT(!is_marked(capacity));
    }

    Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LiveCheckTest);
