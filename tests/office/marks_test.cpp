#include "installed.hpp"
#include "marked_cells.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/sheet/ConditionEntryType.hpp>
#include <com/sun/star/sheet/ConditionFormatOperator.hpp>
#include <com/sun/star/sheet/XCellAddressable.hpp>
#include <com/sun/star/sheet/XCellRangesQuery.hpp>
#include <com/sun/star/sheet/XConditionalFormat.hpp>
#include <com/sun/star/sheet/XConditionalFormats.hpp>
#include <com/sun/star/sheet/XSheetAnnotationAnchor.hpp>
#include <com/sun/star/sheet/XSheetAnnotations.hpp>
#include <com/sun/star/sheet/XSheetAnnotationsSupplier.hpp>
#include <com/sun/star/sheet/XSheetCellRanges.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

// The mark of a cell at fault, in the real office: it comes, it goes when the
// cell is mended, and what a person gave the cell is as it was.

using namespace office_test;
using Model = Reference<css::frame::XModel>;

namespace {

constexpr const char* where = "Dispositifs";
// In the example the parts of this line do not add up to its amount.
constexpr const char* wrong = "K37";
constexpr double wrong_amount = 104000;
constexpr double right_amount = 103000;

Any property(const Reference<css::uno::XInterface>& object, const char* name)
{
    return Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->getPropertyValue(OUString::createFromAscii(name));
}

void set_property(const Reference<css::uno::XInterface>& object, const char* name, const Any& value)
{
    Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->setPropertyValue(OUString::createFromAscii(name), value);
}

std::string note_at(const Model& model, const char* cell) { return office_test::note_at(model, where, cell); }

void write_note(const Model& model, const char* cell, const char* text)
{
    const Reference<css::sheet::XSheetAnnotationsSupplier> supplier(sheet(model, where), UNO_QUERY_THROW);
    const Reference<css::sheet::XCellAddressable> address(cell_at(sheet(model, where), cell),
                                                          UNO_QUERY_THROW);
    supplier->getAnnotations()->insertNew(address->getCellAddress(), ustring(text));
}

std::vector<std::string> laid_over(const Model& model, const char* cell)
{
    return office_test::laid_over(model, where, cell);
}

/// What a person sets on a cell.
struct Look {
    sal_Int32 background = 0;
    sal_Int32 colour = 0;
    float height = 0;
    float weight = 0;
    OUString style;
    sal_Int32 number_format = 0;

    bool operator==(const Look&) const = default;
};

Look look_of(const Model& model, const char* cell)
{
    const auto object = cell_at(sheet(model, where), cell);
    Look look;
    property(object, "CellBackColor") >>= look.background;
    property(object, "CharColor") >>= look.colour;
    property(object, "CharHeight") >>= look.height;
    property(object, "CharWeight") >>= look.weight;
    property(object, "CellStyle") >>= look.style;
    property(object, "NumberFormat") >>= look.number_format;
    return look;
}

} // namespace

class MarksTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MarksTest);
    CPPUNIT_TEST(a_mark_comes_and_goes);
    CPPUNIT_TEST(a_person_s_own_format_and_comment_stay);
    CPPUNIT_TEST(a_comment_of_ours_that_a_person_rewrote_is_theirs);
    CPPUNIT_TEST(a_person_s_conditional_format_stays);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        const Model start = office().new_spreadsheet();
        CPPUNIT_ASSERT(office().run(start, "exemple").done);
        model_ = office().active();
        close(start);
    }
    void tearDown() override { close(model_); }

private:
    static Office& office() { return office_with_pacte("fr"); }

    void validate()
    {
        const Outcome outcome = office().run(model_, "valider");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
    }

    void mend() { cell_at(sheet(model_, where), wrong)->setValue(right_amount); }

    void a_mark_comes_and_goes()
    {
        const Look before = look_of(model_, wrong);
        CPPUNIT_ASSERT_EQUAL(wrong_amount, cell_at(sheet(model_, where), wrong)->getValue());
        CPPUNIT_ASSERT(laid_over(model_, wrong).empty());
        validate();
        CPPUNIT_ASSERT(laid_over(model_, wrong) == std::vector<std::string>{"Pacte marque erreur"});
        CPPUNIT_ASSERT(note_at(model_, wrong).starts_with("Pacte – erreur DIS-002"));
        validate(); // marks do not pile up
        CPPUNIT_ASSERT(laid_over(model_, wrong) == std::vector<std::string>{"Pacte marque erreur"});
        mend();
        validate();
        CPPUNIT_ASSERT(laid_over(model_, wrong).empty());
        CPPUNIT_ASSERT_EQUAL(std::string(), note_at(model_, wrong));
        CPPUNIT_ASSERT(before == look_of(model_, wrong));
        // The other one at fault keeps its own.
        CPPUNIT_ASSERT(laid_over(model_, "K68") == std::vector<std::string>{"Pacte marque erreur"});
    }

    void a_person_s_own_format_and_comment_stay()
    {
        const auto cell = cell_at(sheet(model_, where), wrong);
        set_property(cell, "CellBackColor", css::uno::makeAny(sal_Int32(0x00FF00)));
        set_property(cell, "CharColor", css::uno::makeAny(sal_Int32(0x123456)));
        set_property(cell, "CharHeight", css::uno::makeAny(14.0F));
        set_property(cell, "CharWeight", css::uno::makeAny(150.0F));
        write_note(model_, wrong, "À vérifier avec la CAF");
        const Look before = look_of(model_, wrong);

        validate();
        CPPUNIT_ASSERT(laid_over(model_, wrong) == std::vector<std::string>{"Pacte marque erreur"});
        CPPUNIT_ASSERT(before == look_of(model_, wrong));
        CPPUNIT_ASSERT_EQUAL(std::string("À vérifier avec la CAF"), note_at(model_, wrong));
        mend();
        validate();
        CPPUNIT_ASSERT(laid_over(model_, wrong).empty());
        CPPUNIT_ASSERT(before == look_of(model_, wrong));
        CPPUNIT_ASSERT_EQUAL(std::string("À vérifier avec la CAF"), note_at(model_, wrong));
    }

    void a_comment_of_ours_that_a_person_rewrote_is_theirs()
    {
        validate();
        const Reference<css::sheet::XSheetAnnotationAnchor> anchor(cell_at(sheet(model_, where), wrong),
                                                                   UNO_QUERY_THROW);
        const std::string rewritten = note_at(model_, wrong) + "\nVu avec la CAF le 3.";
        Reference<css::text::XTextRange>(anchor->getAnnotation(), UNO_QUERY_THROW)
            ->setString(ustring(rewritten));
        mend();
        validate();
        CPPUNIT_ASSERT_EQUAL(rewritten, note_at(model_, wrong));
        CPPUNIT_ASSERT(laid_over(model_, wrong).empty());
    }

    void a_person_s_conditional_format_stays()
    {
        const Reference<css::sheet::XConditionalFormats> formats(
            property(sheet(model_, where), "ConditionalFormats"), UNO_QUERY_THROW);
        const Reference<css::sheet::XSheetCellRanges> ranges(
            Reference<css::sheet::XCellRangesQuery>(sheet(model_, where)->getCellRangeByName("K5:K86"),
                                                    UNO_QUERY_THROW)
                ->queryVisibleCells(),
            UNO_QUERY_THROW);
        const sal_Int32 id = formats->createByRange(ranges);
        for (const auto& format : formats->getConditionalFormats())
            if (sal_Int32 its = 0; (property(format, "ID") >>= its) && its == id) {
                format->createEntry(css::sheet::ConditionEntryType::CONDITION, 0);
                const Reference<css::uno::XInterface> entry(
                    Reference<css::container::XIndexAccess>(format, UNO_QUERY_THROW)->getByIndex(0),
                    UNO_QUERY_THROW);
                set_property(entry, "Operator",
                             css::uno::makeAny(css::sheet::ConditionFormatOperator::GREATER));
                set_property(entry, "Formula1", css::uno::makeAny(OUString("100000")));
                set_property(entry, "StyleName", css::uno::makeAny(OUString("Titre")));
            }
        CPPUNIT_ASSERT(laid_over(model_, wrong) == std::vector<std::string>{"Titre"});
        validate();
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), laid_over(model_, wrong).size());
        mend();
        validate();
        CPPUNIT_ASSERT(laid_over(model_, wrong) == std::vector<std::string>{"Titre"});
    }

    Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(MarksTest);
