#include "core/schema.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"

using namespace pacte;

namespace {

constexpr const char* places = R"({
  "name": "places", "title": "Lieux", "description": "Les lieux.",
  "fields": [
    {"name": "id", "title": "id", "type": "string", "constraints": {"required": true, "unique": true},
     "pacte": {"kind": "code", "synonyms": ["identifiant", "n°"], "widthCm": 1.9, "titleEn": "identifier"}},
    {"name": "porteur_principal", "title": "porteur principal", "type": "string",
     "constraints": {"required": true}, "pacte": {"synonyms": ["porteur"]}},
    {"name": "porteur", "title": "porteur", "type": "string",
     "constraints": {"pattern": "[0-4]", "minLength": 1, "maxLength": 3}},
    {"name": "type", "title": "type", "type": "string", "constraints": {"enum": ["fixe", "itinérant"]},
     "pacte": {"list": true, "suggestions": "types"}},
    {"name": "note", "title": "note", "type": "integer",
     "constraints": {"minimum": 0, "maximum": 4.5},
     "pacte": {"unit": "points"}},
    {"name": "cible_{annee}", "title": "cible {annee}", "type": "number", "pacte": {"perYear": "periode"}}
  ],
  "primaryKey": "id",
  "foreignKeys": [
    {"fields": "type", "reference": {"resource": "types", "fields": "code"}},
    {"fields": ["porteur"], "reference": {"resource": "", "fields": ["id"]}}
  ],
  "missingValues": ["", "nd"],
  "pacte": {"order": 3, "sheet": "Offre", "generated": true, "blankRows": 12, "columnsFrom": "variables.code",
            "secretValues": ["s"]}
})";

Table with_headers(std::vector<std::string> headers)
{
    Table table;
    table.headers = std::move(headers);
    return table;
}

/// The message of the failure that a bad schema ends in.
std::string failure_of(std::string_view json)
{
    try {
        (void)parse_schema(json, "x.json");
    } catch (const Failure& failure) {
        CPPUNIT_ASSERT(failure.cause() == Failure::Cause::bad_file);
        return failure.what();
    }
    return {};
}

void assert_mentions(const std::string& message, const char* words)
{
    CPPUNIT_ASSERT_MESSAGE(message + " ⇐ " + words, message.find(words) != std::string::npos);
}

} // namespace

class SchemaTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SchemaTest);
    CPPUNIT_TEST(a_schema_is_read_whole);
    CPPUNIT_TEST(what_is_absent_takes_its_default);
    CPPUNIT_TEST(a_malformed_file_is_named_with_its_line);
    CPPUNIT_TEST(a_wrong_schema_is_told_where_it_is_wrong);
    CPPUNIT_TEST(the_tables_stand_in_the_order_of_the_sheets);
    CPPUNIT_TEST(schemas_and_lists_are_loaded_from_a_folder);
    CPPUNIT_TEST(a_missing_folder_is_a_failure);
    CPPUNIT_TEST(every_shipped_schema_can_be_read);
    CPPUNIT_TEST(columns_are_found_by_folded_header_name_or_synonym);
    CPPUNIT_TEST(a_title_wins_over_a_synonym);
    CPPUNIT_TEST(yearly_columns_are_found_by_year);
    CPPUNIT_TEST(duplicates_others_and_missing_columns_are_told);
    CPPUNIT_TEST(a_cell_of_a_missing_column_is_blank);
    CPPUNIT_TEST_SUITE_END();

    void a_schema_is_read_whole()
    {
        const auto schema = parse_schema(places, "places.json");
        CPPUNIT_ASSERT_EQUAL(std::string("places"), schema.name);
        CPPUNIT_ASSERT_EQUAL(std::string("Lieux"), schema.title);
        CPPUNIT_ASSERT_EQUAL(std::string("Offre"), schema.sheet);
        CPPUNIT_ASSERT_EQUAL(3, schema.order);
        CPPUNIT_ASSERT_EQUAL(12, schema.blank_rows);
        CPPUNIT_ASSERT(schema.generated);
        CPPUNIT_ASSERT_EQUAL(std::string("variables.code"), schema.columns_from);
        CPPUNIT_ASSERT(schema.primary_key == std::vector<std::string>{"id"});
        CPPUNIT_ASSERT((schema.missing_values == std::vector<std::string>{"", "nd"}));
        CPPUNIT_ASSERT(schema.secret_values == std::vector<std::string>{"s"});
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, schema.fields.size());
        const auto* id = schema.find("id");
        CPPUNIT_ASSERT(id != nullptr && id->required && id->unique);
        CPPUNIT_ASSERT_EQUAL(std::string("code"), id->kind);
        CPPUNIT_ASSERT_EQUAL(std::string("identifier"), id->title_en);
        CPPUNIT_ASSERT_EQUAL(1.9, id->width_cm);
        const auto* type = schema.find("type");
        CPPUNIT_ASSERT(type != nullptr && type->is_list && !type->required);
        CPPUNIT_ASSERT((type->enumeration == std::vector<std::string>{"fixe", "itinérant"}));
        CPPUNIT_ASSERT_EQUAL(std::string("types"), type->suggestions);
        const auto* note = schema.find("note");
        CPPUNIT_ASSERT(note != nullptr && note->minimum == 0.0 && note->maximum == 4.5);
        const auto* porteur = schema.find("porteur");
        CPPUNIT_ASSERT(porteur->min_length == 1u && porteur->max_length == 3u);
        CPPUNIT_ASSERT_EQUAL(std::string("[0-4]"), porteur->pattern);
        CPPUNIT_ASSERT_EQUAL(std::string("points"), note->unit);
        CPPUNIT_ASSERT(schema.find("nothing") == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, schema.foreign_keys.size());
        CPPUNIT_ASSERT_EQUAL(std::string("types"), schema.foreign_keys[0].table);
        CPPUNIT_ASSERT_EQUAL(std::string("code"), schema.foreign_keys[0].reference);
        CPPUNIT_ASSERT_EQUAL(std::string("places"), schema.foreign_keys[1].table); // itself
    }

    void what_is_absent_takes_its_default()
    {
        const auto schema = parse_schema(R"({"name": "t", "fields": [{"name": "a"}]})", "t.json");
        CPPUNIT_ASSERT_EQUAL(std::string("t"), schema.title);
        CPPUNIT_ASSERT_EQUAL(std::string("t"), schema.sheet);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), schema.fields[0].title);
        CPPUNIT_ASSERT_EQUAL(std::string("string"), schema.fields[0].type);
        CPPUNIT_ASSERT(!schema.fields[0].minimum && !schema.generated && schema.primary_key.empty());
    }

    void a_malformed_file_is_named_with_its_line()
    {
        const auto message = failure_of("{\n \"name\": \"t\",\n oops\n}");
        assert_mentions(message, "x.json");
        assert_mentions(message, "ligne 3");
        assert_mentions(failure_of("{\"name\": \"t\""), "mal formé");
        assert_mentions(failure_of(""), "mal formé");
        assert_mentions(failure_of("{} {}"), "mal formé");
    }

    void a_wrong_schema_is_told_where_it_is_wrong()
    {
        assert_mentions(failure_of("[]"), "objet");
        assert_mentions(failure_of(R"({"fields": []})"), "name");
        assert_mentions(failure_of(R"({"name": "t", "fields": []})"), "fields");
        assert_mentions(failure_of(R"({"name": "t", "fields": [{"name": "a"}, {"name": "a"}]})"),
                        "fields[1].name");
        assert_mentions(failure_of(R"({"name": "t", "fields": [{"name": "a", "type": "nombre"}]})"),
                        "« nombre »");
        assert_mentions(
            failure_of(R"({"name": "t", "fields": [{"name": "a", "constraints": {"required": 1}}]})"),
            "fields[0].constraints.required");
        assert_mentions(
            failure_of(R"({"name": "t", "fields": [{"name": "a", "constraints": {"pattern": "["}}]})"),
            "expression");
        assert_mentions(failure_of(R"({"name": "t", "fields": [{"name": "a"}], "primaryKey": "b"})"),
                        "primaryKey");
        assert_mentions(failure_of(R"({"name": "t", "fields": [{"name": "a"}],
            "foreignKeys": [{"fields": "b", "reference": {"resource": "", "fields": "a"}}]})"),
                        "« b »");
    }

    void the_tables_stand_in_the_order_of_the_sheets()
    {
        auto third = parse_schema(places, "places.json");
        auto first =
            parse_schema(R"({"name": "t", "fields": [{"name": "a"}], "pacte": {"order": 1}})", "t.json");
        const Schemas schemas({third, first}, {{"types", {{"f", "fixe"}}}});
        CPPUNIT_ASSERT_EQUAL(std::string("t"), schemas.tables()[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("places"), schemas.table("places").name);
        CPPUNIT_ASSERT_EQUAL(std::string("fixe"), schemas.list("types")[0].label);
        CPPUNIT_ASSERT(schemas.find("nothing") == nullptr && schemas.find_list("nothing") == nullptr);
        CPPUNIT_ASSERT_THROW((void)schemas.table("nothing"), Failure);
        CPPUNIT_ASSERT_THROW((void)schemas.list("nothing"), Failure);
    }

    void schemas_and_lists_are_loaded_from_a_folder()
    {
        const std::filesystem::path folder = std::filesystem::path(PACTE_BINARY_DIR) / "schema-test";
        std::filesystem::create_directories(folder / "schemas");
        std::filesystem::create_directories(folder / "listes");
        std::ofstream(folder / "schemas" / "places.json") << places;
        std::ofstream(folder / "listes" / "types.json")
            << R"({"name": "types", "items": [{"code": "f", "label": "fixe"}, {"code": "i"}]})";
        const auto schemas = Schemas::load(folder);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, schemas.tables().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, schemas.list("types").size());
        CPPUNIT_ASSERT_EQUAL(std::string("i"), schemas.list("types")[1].label);
        std::filesystem::remove_all(folder);
    }

    void a_missing_folder_is_a_failure()
    {
        CPPUNIT_ASSERT_THROW((void)Schemas::load("/nowhere/at/all"), Failure);
    }

    /// Every reference names a field that exists, and every list a list that is shipped.
    void every_shipped_schema_can_be_read()
    {
        const auto schemas = Schemas::load(PACTE_TEMPLATES);
        CPPUNIT_ASSERT(schemas.find("dispositifs") != nullptr);
        for (const auto& table : schemas.tables()) {
            for (const auto& key : table.foreign_keys) {
                const auto* target = schemas.find(key.table);
                CPPUNIT_ASSERT_MESSAGE(table.name + "." + key.field,
                                       target != nullptr && target->find(key.reference) != nullptr);
            }
            for (const auto& field : table.fields)
                CPPUNIT_ASSERT_MESSAGE(table.name + "." + field.name,
                                       field.suggestions.empty() ||
                                           schemas.find_list(field.suggestions) != nullptr);
        }
    }

    void columns_are_found_by_folded_header_name_or_synonym()
    {
        const auto schema = parse_schema(places, "places.json");
        CPPUNIT_ASSERT_EQUAL(
            1, Columns(schema, with_headers({"x", "PORTEUR  Principal"})).index("porteur_principal"));
        CPPUNIT_ASSERT_EQUAL(0, Columns(schema, with_headers({"Identifiant"})).index("id"));
        CPPUNIT_ASSERT_EQUAL(0, Columns(schema, with_headers({"IDENTIFIER"})).index("id"));
        CPPUNIT_ASSERT_EQUAL(0,
                             Columns(schema, with_headers({"porteur_principal"})).index("porteur_principal"));
        CPPUNIT_ASSERT_EQUAL(-1, Columns(schema, with_headers({"id"})).index("note"));
    }

    void a_title_wins_over_a_synonym()
    {
        const Columns columns(parse_schema(places, "places.json"), with_headers({"porteur"}));
        CPPUNIT_ASSERT_EQUAL(0, columns.index("porteur"));
        CPPUNIT_ASSERT_EQUAL(-1, columns.index("porteur_principal"));
    }

    void yearly_columns_are_found_by_year()
    {
        const Columns columns(parse_schema(places, "places.json"),
                              with_headers({"Cible 2024", "cible_2025", "cible", "cible 20256"}));
        CPPUNIT_ASSERT_EQUAL(0, columns.index("cible_{annee}", 2024));
        CPPUNIT_ASSERT_EQUAL(1, columns.index("cible", 2025));
        CPPUNIT_ASSERT_EQUAL(1, columns.index("cible_2025"));
        CPPUNIT_ASSERT_EQUAL(-1, columns.index("cible", 2026));
        CPPUNIT_ASSERT((columns.others() == std::vector<int>{2, 3}));
    }

    void duplicates_others_and_missing_columns_are_told()
    {
        const Columns columns(parse_schema(places, "places.json"),
                              with_headers({"id", "mon idée", "", "n°", "cible 2024", "Cible  2024"}));
        CPPUNIT_ASSERT((columns.others() == std::vector<int>{1})); // a column without header is no column
        CPPUNIT_ASSERT((columns.duplicates() == std::vector<int>{3, 5}));
        CPPUNIT_ASSERT(columns.missing() == std::vector<std::string>{"porteur_principal"});
    }

    void a_cell_of_a_missing_column_is_blank()
    {
        const Columns columns(parse_schema(places, "places.json"), with_headers({"id", "type"}));
        const std::vector<Cell> row = {std::string("P-001")}; // shorter than the headers
        CPPUNIT_ASSERT(columns.cell(row, "id") == Cell(std::string("P-001")));
        CPPUNIT_ASSERT(columns.cell(row, "type") == Cell(Blank{}));
        CPPUNIT_ASSERT(columns.cell(row, "note") == Cell(Blank{}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SchemaTest);
