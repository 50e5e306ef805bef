#include "document_picture.hpp"
#include "import_fixture.hpp"

#include <cppunit/extensions/HelperMacros.h>

// The example of Haute-Loire taken to the geography of another year.

using namespace office_test;

class ChangeVintageTest : public ImportFixture {
    CPPUNIT_TEST_SUITE(ChangeVintageTest);
    CPPUNIT_TEST(nothing_is_written_before_it_is_agreed);
    CPPUNIT_TEST(names_and_populations_become_those_of_the_year);
    CPPUNIT_TEST(a_year_that_is_not_there_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void nothing_is_written_before_it_is_agreed()
    {
        const std::string before = all_text(model_);
        const Outcome outcome =
            office_->run(model_, "millesime", {{"Annee", css::uno::makeAny(OUString("2023"))}});
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence,
                               outcome.sentence.find("rien n'est écrit") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(before, all_text(model_));
    }

    void names_and_populations_become_those_of_the_year()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("CC Haut Pays du Velay"), name_of_montfaucon());
        const std::string before = picture_of(model_);
        const Outcome outcome = office_->run(model_, "millesime",
                                             {{"Annee", css::uno::makeAny(OUString("2023"))},
                                              {"Confirmer", css::uno::makeAny(OUString("oui"))}});
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        assert_one_step(before);
        CPPUNIT_ASSERT(name_of_montfaucon().find("Montfaucon") != std::string::npos);
        const Outcome again =
            office_->run(model_, "millesime", {{"Annee", css::uno::makeAny(OUString("2023"))}});
        CPPUNIT_ASSERT_MESSAGE(again.sentence, again.sentence.find("déjà") != std::string::npos);
        CPPUNIT_ASSERT(office_
                           ->run(model_, "millesime",
                                 {{"Annee", css::uno::makeAny(OUString("2026"))},
                                  {"Confirmer", css::uno::makeAny(OUString("oui"))}})
                           .done);
        CPPUNIT_ASSERT_EQUAL(std::string("CC Haut Pays du Velay"), name_of_montfaucon());
    }

    void a_year_that_is_not_there_is_refused()
    {
        const Outcome outcome =
            office_->run(model_, "millesime", {{"Annee", css::uno::makeAny(OUString("1999"))}});
        CPPUNIT_ASSERT(!outcome.done);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.sentence.find("1999") != std::string::npos);
    }

private:
    [[nodiscard]] std::string name_of_montfaucon() const
    {
        return at(table(model_, "territoires"), "244300307", "nom");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ChangeVintageTest);
