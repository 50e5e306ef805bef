// Every command of the menu is one step of Edit > Undo: taken back, the document
// is as it was; done again, as the command had left it.

#include <vector>

#include <com/sun/star/table/XCell.hpp>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include "document_picture.hpp"
#include "installed.hpp"
#include "office.hpp"

using namespace office_test;

class UndoTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UndoTest);
    CPPUNIT_TEST(each_command_is_one_step_back_and_forth);
    CPPUNIT_TEST(the_whole_job_is_undone_and_done_again);
    CPPUNIT_TEST(maps_made_again_are_one_step_too);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        const auto start = office().new_spreadsheet();
        CPPUNIT_ASSERT(office().run(start, "exemple").done);
        model_ = office().active();
        close(start);
    }

    void tearDown() override
    {
        close(model_);
        model_.clear();
    }

    void each_command_is_one_step_back_and_forth()
    {
        for (const char* command : {"valider", "couverture", "cartes", "fiches", "pistes", "synthese"}) {
            const std::string before = picture_of(model_);
            run(command);
            const std::string after = picture_of(model_);
            CPPUNIT_ASSERT_MESSAGE(command, before != after);
            for (int turn = 0; turn < 2; ++turn) {
                undo(model_);
                assert_same(std::string(command) + ", taken back", before, picture_of(model_));
                redo(model_);
                assert_same(std::string(command) + ", done again", after, picture_of(model_));
            }
            undo(model_);
        }
        CPPUNIT_ASSERT(office().is_alive());
    }

    void the_whole_job_is_undone_and_done_again()
    {
        std::vector<std::string> pictures{picture_of(model_)};
        for (const char* command : {"valider", "couverture", "cartes", "fiches"}) {
            run(command);
            pictures.push_back(picture_of(model_));
        }
        for (std::size_t i = pictures.size() - 1; i-- > 0;) {
            undo(model_);
            assert_same("step " + std::to_string(i) + " taken back", pictures[i], picture_of(model_));
        }
        for (std::size_t i = 1; i < pictures.size(); ++i) {
            redo(model_);
            assert_same("step " + std::to_string(i) + " done again", pictures[i], picture_of(model_));
        }
        CPPUNIT_ASSERT(office().is_alive());
    }

    void maps_made_again_are_one_step_too()
    {
        run("cartes");
        run("fiches");
        cell_at(sheet(model_, "Besoins"), "C7")->setValue(35.0);
        cell_at(sheet(model_, "Actions"), "J5")->setFormula(ustring(long_text())); // its row in F-01 grows
        const std::string before = picture_of(model_);
        run("cartes");
        const std::string maps = picture_of(model_);
        run("fiches");
        const std::string fiches = picture_of(model_);
        undo(model_);
        assert_same("fiches taken back", maps, picture_of(model_));
        undo(model_);
        assert_same("maps taken back", before, picture_of(model_));
        redo(model_);
        assert_same("maps done again", maps, picture_of(model_));
        redo(model_);
        assert_same("fiches done again", fiches, picture_of(model_));
    }

private:
    static Office& office() { return office_with_pacte("fr"); }

    void run(const char* command)
    {
        const Outcome outcome = office().run(model_, command);
        CPPUNIT_ASSERT_MESSAGE(command + (": " + outcome.sentence), outcome.done);
    }

    static std::string long_text()
    {
        std::string text;
        for (int i = 0; i < 60; ++i)
            text += "Une phrase de plus sur l'action. ";
        return text;
    }

    Reference<css::frame::XModel> model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(UndoTest);
