#include "core/rules_page.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include "example_tables.hpp"

using namespace pacte;

class RulesPageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RulesPageTest);
    CPPUNIT_TEST(each_rule_stands_once_with_its_words_and_an_example);
    CPPUNIT_TEST(the_summary_leads_to_each_family);
    CPPUNIT_TEST(no_code_is_used_twice);
    CPPUNIT_TEST(each_column_says_what_it_expects);
    CPPUNIT_TEST_SUITE_END();

    static std::size_t count(const std::string& text, const std::string& words)
    {
        std::size_t found = 0;
        for (std::size_t at = 0; (at = text.find(words, at)) != std::string::npos; at += words.size())
            ++found;
        return found;
    }

    void each_rule_stands_once_with_its_words_and_an_example()
    {
        std::size_t rules = all_rules().size();
        for (const auto& schema : test::shipped_schemas().tables())
            rules += schema.rules.size();
        for (const auto language : {Language::french, Language::english}) {
            const auto page = rules_page(test::shipped_schemas(), language);
            for (const auto& rule : all_rules())
                CPPUNIT_ASSERT_EQUAL_MESSAGE(rule.code, std::size_t{1},
                                             count(page, "<h3 id=\"" + std::string(rule.code) + "\">"));
            for (const auto& schema : test::shipped_schemas().tables())
                for (const auto& rule : schema.rules)
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(rule.code, std::size_t{1},
                                                 count(page, "<h3 id=\"" + rule.code + "\">"));
            const bool french = language == Language::french;
            CPPUNIT_ASSERT_EQUAL(rules, count(page, french ? "<dt>Exemple</dt>" : "<dt>Example</dt>"));
            CPPUNIT_ASSERT_EQUAL(
                rules, count(page, french ? "<dt>Ce que cela coûte</dt>" : "<dt>What it costs</dt>"));
            CPPUNIT_ASSERT_EQUAL(rules,
                                 count(page, french ? "<dt>Ce qui est dit</dt>" : "<dt>What is said</dt>"));
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, count(page, "{0}"));
        }
    }

    void the_summary_leads_to_each_family()
    {
        const auto page = rules_page(test::shipped_schemas(), Language::french);
        std::set<std::string> families;
        for (const auto& rule : all_rules())
            families.insert(std::string(rule.code).substr(0, std::string(rule.code).find('-')));
        CPPUNIT_ASSERT(families.size() > 10);
        for (const auto& family : families) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(family, std::size_t{1}, count(page, "<a href=\"#" + family + "\">"));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(family, std::size_t{1}, count(page, "<h2 id=\"" + family + "\">"));
        }
    }

    void no_code_is_used_twice()
    {
        std::set<std::string> codes;
        for (const auto& rule : all_rules())
            CPPUNIT_ASSERT_MESSAGE(rule.code, codes.insert(rule.code).second);
        for (const auto& schema : test::shipped_schemas().tables())
            for (const auto& rule : schema.rules) {
                CPPUNIT_ASSERT_MESSAGE(rule.code, codes.insert(rule.code).second);
                for (const auto& words : {rule.title, rule.message, rule.suggestion, rule.cost})
                    CPPUNIT_ASSERT_MESSAGE(rule.code, !words.french.empty() && !words.english.empty());
            }
    }

    void each_column_says_what_it_expects()
    {
        const auto page = rules_page(test::shipped_schemas(), Language::french);
        CPPUNIT_ASSERT(page.find("<td>axe</td><td>nombre entier, obligatoire, au moins 1, au plus 4</td>") !=
                       std::string::npos);
        CPPUNIT_ASSERT(page.find("renvoie à la feuille Thématiques") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RulesPageTest);
