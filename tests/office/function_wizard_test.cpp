#include "calc_functions.hpp"
#include "installed.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/sheet/FunctionArgument.hpp>
#include <cppunit/extensions/HelperMacros.h>

// What the Function Wizard shows of each function, in the French and in the
// English office.

using namespace office_test;

namespace {

struct WizardArgument {
    std::string name;
    std::string description;
    bool is_optional = false;
};

struct WizardFunction {
    std::string description;
    std::vector<WizardArgument> arguments;
};

/// The Wizard's own data; a Failure of the test where it knows no such function.
WizardFunction in_wizard(const Office& office, const std::string& name)
{
    const Reference<css::container::XNameAccess> functions(
        office.context()->getServiceManager()->createInstanceWithContext(
            "com.sun.star.sheet.FunctionDescriptions", office.context()),
        UNO_QUERY_THROW);
    CPPUNIT_ASSERT_MESSAGE("the Function Wizard has no « " + name + " »",
                           functions->hasByName(ustring(name)));
    css::uno::Sequence<css::beans::PropertyValue> properties;
    functions->getByName(ustring(name)) >>= properties;

    WizardFunction function;
    for (const auto& property : properties) {
        OUString text;
        css::uno::Sequence<css::sheet::FunctionArgument> arguments;
        if (property.Name == "Description" && (property.Value >>= text))
            function.description = utf8(text);
        if (property.Name == "Arguments" && (property.Value >>= arguments))
            for (const auto& argument : arguments)
                function.arguments.push_back({utf8(argument.Name), utf8(argument.Description),
                                              static_cast<bool>(argument.IsOptional)});
    }
    return function;
}

void assert_text(const std::string& what, const std::string& wanted, const std::string& shown)
{
    CPPUNIT_ASSERT_MESSAGE(what + " is empty", !shown.empty());
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, wanted, shown);
}

void assert_in_wizard(const Office& office, const FunctionText& function, const std::string& optional_word)
{
    CPPUNIT_ASSERT_MESSAGE(function.id + " has no name", function.name.starts_with("PACTE."));
    const WizardFunction shown = in_wizard(office, function.name);
    assert_text(function.name + ", description", function.description, shown.description);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(function.name + ", arguments", function.arguments.size(),
                                 shown.arguments.size());
    for (std::size_t i = 0; i < shown.arguments.size(); ++i) {
        const ArgumentText& argument = function.arguments[i];
        const std::string what = function.name + ", " + argument.id;
        assert_text(what + ", name", argument.name, shown.arguments[i].name);
        assert_text(what + ", help", argument.description, shown.arguments[i].description);
        // Once an argument may be left out, those after it may be too, and say so.
        if (i > 0 && function.arguments[i - 1].description.starts_with(optional_word))
            CPPUNIT_ASSERT_MESSAGE(what + " follows an optional argument",
                                   argument.description.starts_with(optional_word));
        if (argument.description.starts_with(optional_word))
            CPPUNIT_ASSERT_MESSAGE(what + " can be left out", shown.arguments[i].is_optional);
    }
}

/// The examples that give an error once typed in the workbook of the
/// example, in the sheet of the needs.
std::string wrong_examples(Office& office, const std::string& language, const std::string& word)
{
    const auto blank = office.new_spreadsheet();
    CPPUNIT_ASSERT(office.run(blank, "exemple").done);
    const auto example = office.active();
    const auto cell = sheet(example, "Besoins")->getCellByPosition(60, 60);
    const Reference<css::beans::XPropertySet> properties(cell, UNO_QUERY_THROW);
    std::string wrong;
    for (const FunctionText& function : function_texts(office, language)) {
        const std::size_t at = function.description.find(word);
        const std::string formula =
            at == std::string::npos ? "" : function.description.substr(at + word.size());
        properties->setPropertyValue("FormulaLocal", css::uno::makeAny(ustring(formula)));
        if (formula.find("=" + function.name + "(") != 0 || cell->getError() != 0)
            wrong += "\n" + function.id + ": " + formula + " gives error " + std::to_string(cell->getError());
    }
    close(example);
    close(blank);
    return wrong;
}

} // namespace

class FunctionWizardTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FunctionWizardTest);
    CPPUNIT_TEST(each_function_is_explained_in_french);
    CPPUNIT_TEST(each_function_is_explained_in_english);
    CPPUNIT_TEST(each_language_has_its_own_words);
    CPPUNIT_TEST(a_french_agent_reads_what_was_written_for_them);
    CPPUNIT_TEST(each_example_can_be_pasted_in_french);
    CPPUNIT_TEST(each_example_can_be_pasted_in_english);
    CPPUNIT_TEST_SUITE_END();

    void each_function_is_explained_in_french()
    {
        Office& office = office_with_pacte("fr");
        for (const FunctionText& function : function_texts(office, "fr"))
            assert_in_wizard(office, function, "Facultatif : ");
    }

    void each_function_is_explained_in_english()
    {
        Office& office = office_with_pacte("en-US");
        for (const FunctionText& function : function_texts(office, "en"))
            assert_in_wizard(office, function, "Optional: ");
    }

    void each_language_has_its_own_words()
    {
        const auto french = function_texts(office_with_pacte("fr"), "fr");
        const auto english = function_texts(office_with_pacte("fr"), "en");
        CPPUNIT_ASSERT(french.size() >= 21);
        for (std::size_t i = 0; i < french.size(); ++i) {
            CPPUNIT_ASSERT_MESSAGE(french[i].id, french[i].description != english[i].description);
            for (std::size_t a = 0; a < french[i].arguments.size(); ++a)
                CPPUNIT_ASSERT_MESSAGE(french[i].id + ", " + french[i].arguments[a].id,
                                       french[i].arguments[a].description !=
                                           english[i].arguments[a].description);
        }
    }

    void each_example_can_be_pasted_in_french()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), wrong_examples(office_with_pacte("fr"), "fr", "Exemple : "));
    }

    void each_example_can_be_pasted_in_english()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), wrong_examples(office_with_pacte("en-US"), "en", "Example: "));
    }

    void a_french_agent_reads_what_was_written_for_them()
    {
        const WizardFunction coverage = in_wizard(office_with_pacte("fr"), "PACTE.COUVERTURE");
        CPPUNIT_ASSERT_EQUAL(
            std::string("Taux de couverture du besoin d'une thématique dans un EPCI (capacité / besoin). "
                        "Exemple : =PACTE.COUVERTURE(dispositifs;besoins;thematiques;\"200073419\";\"3.3\")"),
            coverage.description);
        CPPUNIT_ASSERT_EQUAL(std::size_t(6), coverage.arguments.size());
        CPPUNIT_ASSERT_EQUAL(std::string("thématique"), coverage.arguments[4].name);
        CPPUNIT_ASSERT_EQUAL(std::string("Le code de la thématique, par exemple 2.4a."),
                             coverage.arguments[4].description);
        const WizardFunction target = in_wizard(office_with_pacte("en-US"), "PACTE.TARGET");
        CPPUNIT_ASSERT_EQUAL(std::string("trajectory"), target.arguments.back().name);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FunctionWizardTest);
