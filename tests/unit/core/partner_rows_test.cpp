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
    CPPUNIT_TEST(an_empty_workbook_has_no_partner);
    CPPUNIT_TEST_SUITE_END();

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

    void an_empty_workbook_has_no_partner()
    {
        CPPUNIT_ASSERT(partners_of(shipped_schemas(), {}).empty());
        CPPUNIT_ASSERT(find_partner({}, "CAF") == nullptr);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PartnerRowsTest);
