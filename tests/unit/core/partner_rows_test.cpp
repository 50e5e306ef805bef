#include "core/partner_rows.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include "example_tables.hpp"

using namespace pacte;
using namespace pacte::test;

class PartnerRowsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PartnerRowsTest);
    CPPUNIT_TEST(a_row_is_that_of_who_answers_for_it);
    CPPUNIT_TEST(two_writings_are_one_partner);
    CPPUNIT_TEST(places_follow_their_dispositif);
    CPPUNIT_TEST(a_finding_quotes_no_row_of_another_partner);
    CPPUNIT_TEST(a_finding_quotes_the_partner_s_own_rows);
    CPPUNIT_TEST(an_empty_workbook_has_no_partner);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* their_title = "Bus des droits de la vallée";

    static std::set<std::string> keys_of(const Tables& tables, const PartnerRows& partner,
                                         const std::string& name)
    {
        std::set<std::string> keys;
        if (const auto rows = partner.rows.find(name); rows != partner.rows.end())
            for (const auto row : rows->second)
                keys.insert(text_of(tables.at(name).rows[row].front()));
        return keys;
    }

public:
    void a_row_is_that_of_who_answers_for_it()
    {
        const auto tables = clean_example();
        const auto partners = partners_of(shipped_schemas(), tables);
        const auto* department = find_partner(partners, "conseil départemental de Haute-Loire");
        CPPUNIT_ASSERT(department != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("Conseil départemental de la Haute-Loire"), department->name);
        const auto keys = keys_of(tables, *department, "dispositifs");
        CPPUNIT_ASSERT(keys.contains("D-001") && !keys.contains("D-002")); // partner of the second only
        for (std::size_t i = 1; i < partners.size(); ++i)
            CPPUNIT_ASSERT(partners[i - 1].count() >= partners[i].count());
    }

    void two_writings_are_one_partner()
    {
        auto tables = clean_example();
        const auto count = partners_of(shipped_schemas(), tables).size();
        auto& table = tables.at("dispositifs");
        table.rows[row_of(table, "D-001")][static_cast<std::size_t>(column_of(table, "porteur_principal"))] =
            std::string("CONSEIL DEPARTEMENTAL DE LA HAUTE LOIRE ");
        const auto partners = partners_of(shipped_schemas(), tables);
        CPPUNIT_ASSERT_EQUAL(count, partners.size());
        CPPUNIT_ASSERT_EQUAL(std::string("Conseil départemental de la Haute-Loire"),
                             find_partner(partners, "Conseil départemental de la Haute-Loire")->name);
    }

    void places_follow_their_dispositif()
    {
        const auto tables = clean_example();
        const auto partners = partners_of(shipped_schemas(), tables);
        std::size_t places = 0;
        for (const auto& partner : partners) {
            const auto dispositifs = keys_of(tables, partner, "dispositifs");
            if (const auto rows = partner.rows.find("offre"); rows != partner.rows.end())
                for (const auto row : rows->second) {
                    const auto& table = tables.at("offre");
                    const auto column = static_cast<std::size_t>(column_of(table, "dispositif"));
                    CPPUNIT_ASSERT(dispositifs.contains(text_of(table.rows[row][column])));
                    ++places;
                }
        }
        CPPUNIT_ASSERT(places > 10);
    }

    /// D-002 is made the probable double of D-001, with that porteur.
    static Finding double_of_first(Tables& tables, const std::string& porteur)
    {
        auto& table = tables.at("dispositifs");
        auto& row = table.rows[row_of(table, "D-002")];
        row[static_cast<std::size_t>(column_of(table, "intitule"))] = std::string(their_title) + "s";
        row[static_cast<std::size_t>(column_of(table, "porteur_principal"))] = porteur;
        auto& first = table.rows[row_of(table, "D-001")];
        first[static_cast<std::size_t>(column_of(table, "intitule"))] = std::string(their_title);
        FindingList list;
        validate({shipped_schemas(), tables, &shipped_cog(), example_day, Language::french, {}}, list);
        for (const auto& finding : list.findings)
            if (finding.code == "DIS-009" && finding.key == "D-002")
                return finding;
        CPPUNIT_FAIL("no probable double");
        return {};
    }

    void a_finding_quotes_no_row_of_another_partner()
    {
        auto tables = clean_example();
        const std::string near_by = "Conseils départementaux de la Haute-Loire"; // another name
        const auto finding = double_of_first(tables, near_by);
        CPPUNIT_ASSERT(finding.message.find(their_title) != std::string::npos);
        const auto& table = tables.at("dispositifs");
        const auto partners = partners_of(shipped_schemas(), tables);
        const auto* partner = find_partner(partners, near_by);
        CPPUNIT_ASSERT(partner != nullptr && partner->has(table, finding.row));
        const auto told = as_told_to(*partner, table, finding, Language::french);
        for (const std::string words : {their_title, "Conseil départemental", "ligne 5"})
            CPPUNIT_ASSERT_MESSAGE(told.message, told.message.find(words) == std::string::npos);
        CPPUNIT_ASSERT(told.code == finding.code && told.row == finding.row && !told.suggestion.empty());
    }

    void a_finding_quotes_the_partner_s_own_rows()
    {
        auto tables = clean_example();
        const auto finding = double_of_first(tables, "Conseil départemental de la Haute-Loire");
        const auto partners = partners_of(shipped_schemas(), tables);
        const auto* partner = find_partner(partners, "Conseil départemental de la Haute-Loire");
        const auto told = as_told_to(*partner, tables.at("dispositifs"), finding, Language::french);
        CPPUNIT_ASSERT_EQUAL(finding.message, told.message);
        CPPUNIT_ASSERT_EQUAL(finding.suggestion, told.suggestion);
    }

    void an_empty_workbook_has_no_partner()
    {
        CPPUNIT_ASSERT(partners_of(shipped_schemas(), {}).empty());
        CPPUNIT_ASSERT(find_partner({}, "CAF") == nullptr);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PartnerRowsTest);
