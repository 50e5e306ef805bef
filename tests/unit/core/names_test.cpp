#include "core/names.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include "example_tables.hpp"

using namespace pacte;

namespace {

const std::vector<std::string>& epcis()
{
    static const std::vector<std::string> names = {
        "CC des Rives du Haut Allier", "CC Mézenc-Loire-Meygal",
        "CA du Puy-en-Velay",          "CC Marches du Velay-Rochebaron",
        "CC Haut Pays du Velay",       "CC des Sucs",
        "CC Auzon Communauté",         "CC du Haut Lignon",
        "CC Loire et Semène"};
    return names;
}

std::string found(const char* name)
{
    const auto match = NameIndex(epcis()).find(name);
    return match ? epcis()[match->index] : std::string();
}

const Institutions& institutions()
{
    static const Institutions known(test::shipped_schemas().list("acteurs"));
    return known;
}

} // namespace

class NamesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NamesTest);
    CPPUNIT_TEST(the_words_of_a_name_meet);
    CPPUNIT_TEST(an_epci_is_known_under_other_writings);
    CPPUNIT_TEST(certainty_falls_with_the_letters_that_differ);
    CPPUNIT_TEST(what_is_no_name_of_the_list_is_not_found);
    CPPUNIT_TEST(two_names_as_near_are_not_chosen_between);
    CPPUNIT_TEST(a_former_name_becomes_that_of_today);
    CPPUNIT_TEST(a_name_of_today_is_left_alone);
    CPPUNIT_TEST(institutions_are_named_in_many_ways);
    CPPUNIT_TEST_SUITE_END();

    void the_words_of_a_name_meet()
    {
        using Words = std::vector<std::string>;
        for (const char* name :
             {"CC du Haut Lignon", "Com. de com. du Haut-Lignon", "COMMUNAUTÉ DE COMMUNES du  haut lignon",
              "comcom du Haut\u00A0Lignon", "C.C. du Haut Lignon"})
            CPPUNIT_ASSERT_MESSAGE(name, (name_words(name) == Words{"cc", "haut", "lignon"}));
        CPPUNIT_ASSERT(name_words("Mission locale") == name_words("mission  locale"));
        CPPUNIT_ASSERT(name_words("Mission locale du Velay") == name_words("Missions locales Velay"));
        CPPUNIT_ASSERT(name_words("L'Arche d’Or") == name_words("l’arche d'or"));
        CPPUNIT_ASSERT((name_words("St-Julien") == Words{"saint", "julien"}));
        CPPUNIT_ASSERT((name_words("Caisse d'allocations familiales de la Haute-Loire") ==
                        Words{"caf", "haute", "loire"}));
        CPPUNIT_ASSERT(name_words("").empty());
    }

    void an_epci_is_known_under_other_writings()
    {
        for (const char* name : {"Com. de com. du Haut-Lignon", "Haut-Lignon", "CC Haut Lignon",
                                 "cc du haut lignom", "communauté de communes du Haut Lignon"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string("CC du Haut Lignon"), found(name));
        CPPUNIT_ASSERT_EQUAL(std::string("CA du Puy-en-Velay"), found("Agglo du Puy en Velay"));
        CPPUNIT_ASSERT_EQUAL(std::string("CA du Puy-en-Velay"),
                             found("Communauté d'agglomération du Puy-en-Velay"));
        CPPUNIT_ASSERT_EQUAL(std::string("CC Loire et Semène"), found("Loire-Semene"));
    }

    void certainty_falls_with_the_letters_that_differ()
    {
        const NameIndex index(epcis());
        CPPUNIT_ASSERT_EQUAL(1.0, index.find("Com. de com. du Haut-Lignon")->certainty);
        const auto without_form = index.find("Haut-Lignon")->certainty;
        const auto misspelt = index.find("CC du Haut Lignom")->certainty; // one letter of ten
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.95, without_form, 1e-9);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.9, misspelt, 1e-9);
        CPPUNIT_ASSERT(index.find("CA du Haut Lignon")->certainty < without_form);
    }

    void what_is_no_name_of_the_list_is_not_found()
    {
        for (const char* name :
             {"Atlantide", "le sud", "", "CC", "Clermont Auvergne Métropole", "département"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::string(), found(name));
    }

    void two_names_as_near_are_not_chosen_between()
    {
        const NameIndex index({"CC du Val d'Oise", "CC du Val d'Aise"});
        CPPUNIT_ASSERT(!index.find("CC du Val d'Uise").has_value());
        CPPUNIT_ASSERT(index.find("CC du Val d'Oise").has_value());
    }

    void a_former_name_becomes_that_of_today()
    {
        const auto text = [](const char* name) {
            const auto renamed = institutions().renamed(name);
            return renamed ? renamed->text : std::string();
        };
        CPPUNIT_ASSERT_EQUAL(std::string("France Travail"), text("Pôle emploi"));
        CPPUNIT_ASSERT_EQUAL(std::string("France Travail Haute-Loire"), text("PÔLE EMPLOI Haute-Loire"));
        CPPUNIT_ASSERT_EQUAL(std::string("Agence France Travail du Puy"), text("Agence pole-emploi du Puy"));
        CPPUNIT_ASSERT_EQUAL(std::string("DDETSPP de la Haute-Loire"), text("DDCSPP de la Haute-Loire"));
        CPPUNIT_ASSERT_EQUAL(std::string("Conseil départemental 43"), text("Conseil général 43"));
        CPPUNIT_ASSERT_EQUAL(std::string("Pôle emploi"), institutions().renamed("pôle emploi")->former);
    }

    void a_name_of_today_is_left_alone()
    {
        for (const char* name :
             {"France Travail Haute-Loire", "CAF de la Haute-Loire", "Pôle de l'emploi associatif",
              "Association exemple Traverse (fictive)", "Emploi et pôle", ""})
            CPPUNIT_ASSERT_MESSAGE(name, !institutions().renamed(name).has_value());
    }

    void institutions_are_named_in_many_ways()
    {
        for (const char* name :
             {"CAF", "CAF de la Haute-Loire", "Directrice de la CAF", "Caisse d’Allocations Familiales"})
            CPPUNIT_ASSERT_MESSAGE(name, institutions().names(name, "caf"));
        for (const char* name : {"France Travail", "Pôle emploi Haute-Loire", "FRANCE TRAVAIL 43"})
            CPPUNIT_ASSERT_MESSAGE(name, institutions().names(name, "france-travail"));
        for (const char* name :
             {"Département de la Haute-Loire", "Conseil départemental", "CD 43", "Conseil général"})
            CPPUNIT_ASSERT_MESSAGE(name, institutions().names(name, "departement"));
        CPPUNIT_ASSERT(!institutions().names("Association des maires du département", "departement"));
        CPPUNIT_ASSERT(!institutions().names("Cafétéria solidaire", "caf"));
        CPPUNIT_ASSERT(!institutions().names("MSA Auvergne", "caf"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NamesTest);
