#include <algorithm>
#include <sstream>

#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/util/XProtectable.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "document_picture.hpp"
#include "installed.hpp"

// The T0 of the example is frozen, then compared with what the workbook became.

using namespace office_test;

namespace {

using Model = Reference<css::frame::XModel>;

} // namespace

class FrozenT0Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FrozenT0Test);
    CPPUNIT_TEST(it_is_frozen_once_and_taken_back_at_once);
    CPPUNIT_TEST(what_changed_is_compared_and_what_cannot_is_set_apart);
    CPPUNIT_TEST(an_older_workbook_gets_its_sheet);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        office_ = &office_with_pacte("fr");
        const auto blank = office_->new_spreadsheet();
        CPPUNIT_ASSERT(office_->run(blank, "exemple").done);
        model_ = office_->active();
        close(blank);
    }

    void tearDown() override { close(model_); }

    void it_is_frozen_once_and_taken_back_at_once()
    {
        const Outcome nothing = office_->run(model_, "comparer-t0");
        CPPUNIT_ASSERT(!nothing.done);
        CPPUNIT_ASSERT_MESSAGE(nothing.sentence,
                               nothing.sentence.find("pas encore figé") != std::string::npos);
        const std::string before = picture_of(model_);
        const Outcome outcome = office_->run(model_, "figer-t0");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.sentence.find("11 EPCI") != std::string::npos);
        CPPUNIT_ASSERT(is_protected());
        const std::string frozen = picture_of(model_);
        undo(model_);
        CPPUNIT_ASSERT(!is_protected());
        assert_same("undone", before, picture_of(model_));
        redo(model_);
        CPPUNIT_ASSERT(is_protected());
        assert_same("redone", frozen, picture_of(model_));
        const Outcome again = office_->run(model_, "figer-t0");
        CPPUNIT_ASSERT(!again.done);
        CPPUNIT_ASSERT_MESSAGE(again.sentence, again.sentence.find("a été figé le") != std::string::npos);
        assert_same("frozen twice", frozen, picture_of(model_));
    }

    void what_changed_is_compared_and_what_cannot_is_set_apart()
    {
        CPPUNIT_ASSERT(office_->run(model_, "figer-t0").done);
        change_the_workbook();
        const std::string before = picture_of(model_);
        const Outcome outcome = office_->run(model_, "comparer-t0");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        store(model_, PACTE_BINARY_DIR "/exemple-t0.ods"); // left for the eye
        const std::string made = picture_of(model_);
        // The poverty rate of Le Puy fell from 13.1 to 12: a change for the better.
        CPPUNIT_ASSERT_EQUAL(std::string("-1,1 amélioration"), line_of("Comparaison au T0", "TP60", 5, 7));
        CPPUNIT_ASSERT_EQUAL(std::string("Définition modifiée : unité « foyers » au lieu de « ménages »."),
                             line_of("Non comparables au T0", "NRECOURS", 5, 5));
        CPPUNIT_ASSERT_EQUAL(std::string("Valeur inconnue à mi-parcours."),
                             line_of("Non comparables au T0", "ALIM", 5, 5));
        undo(model_);
        assert_same("undone", before, picture_of(model_));
        redo(model_);
        assert_same("redone", made, picture_of(model_));
        const Outcome again = office_->run(model_, "comparer-t0");
        CPPUNIT_ASSERT_MESSAGE(again.sentence, again.done);
        assert_same("made again", without_heights(made), without_heights(picture_of(model_)));
    }

    /// A workbook made before there was a T0 has neither the sheet nor the range.
    void an_older_workbook_gets_its_sheet()
    {
        Reference<css::sheet::XSpreadsheetDocument>(model_, UNO_QUERY_THROW)->getSheets()->removeByName("T0");
        const std::string before = picture_of(model_);
        CPPUNIT_ASSERT(before.find("range t0") == std::string::npos);
        const Outcome outcome = office_->run(model_, "figer-t0");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT(table(model_, "t0").size() > 500);
        undo(model_);
        assert_same("undone", before, picture_of(model_));
    }

private:
    [[nodiscard]] bool is_protected() const
    {
        return Reference<css::util::XProtectable>(sheet(model_, "T0"), UNO_QUERY_THROW)->isProtected();
    }

    /// Calc fits a row to its text to a fiftieth of a millimetre or two.
    static std::string without_heights(const std::string& picture)
    {
        std::istringstream lines(picture);
        std::string kept;
        for (std::string line; std::getline(lines, line);)
            if (!line.starts_with("row "))
                kept += line + "\n";
        return kept;
    }

    void set(const char* range, const std::string& key, const std::string& header, const char* formula) const
    {
        const auto rows = table(model_, range);
        const auto column = std::find(rows[0].begin(), rows[0].end(), header) - rows[0].begin();
        for (std::size_t row = 1; row < rows.size(); ++row)
            if (rows[row][0] == key) {
                const std::string name = std::string(range) == "besoins" ? "Besoins" : "Variables";
                sheet(model_, name)
                    ->getCellByPosition(static_cast<sal_Int32>(column), 3 + static_cast<sal_Int32>(row))
                    ->setFormula(OUString::createFromAscii(formula));
                return;
            }
        CPPUNIT_FAIL(key);
    }

    void change_the_workbook() const
    {
        set("besoins", "200073419", "TP60", "12");
        set("besoins", "200073419", "ALIM", "");
        set("variables", "NRECOURS", "unité", "foyers");
    }

    /// Of the line of Le Puy: what stands in the columns from `first` to `last` that says
    /// something to the person.
    [[nodiscard]] std::string line_of(const char* report, const std::string& variable, sal_Int32 first,
                                      sal_Int32 last) const
    {
        std::string label;
        for (const auto& row : table(model_, "variables"))
            if (row[0] == variable)
                label = row[1];
        const auto holder = sheet(model_, report);
        const auto text = [&](sal_Int32 column, sal_Int32 row) {
            return utf8(
                Reference<css::text::XTextRange>(holder->getCellByPosition(column, row), UNO_QUERY_THROW)
                    ->getString());
        };
        for (sal_Int32 row = 4; !text(0, row).empty(); ++row)
            if (text(1, row).find(label) == 0 && text(2, row) == "CA du Puy-en-Velay")
                return first == last ? text(first, row) : text(first, row) + " " + text(last, row);
        return "no line";
    }

    Office* office_ = nullptr;
    Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(FrozenT0Test);
