#include "core/standard.hpp"

#include <cmath>
#include <cppunit/extensions/HelperMacros.h>

#include "core/error.hpp"
#include "core/json_schema.hpp"

// The cases of the Table Schema standard's own text, section by section:
// https://datapackage.org/standard/table-schema/ (version 2.0) and, where they
// differ, https://specs.frictionlessdata.io/table-schema/ (version 1).

using namespace pacte;
using namespace pacte::standard;

namespace {

standard::Field field_of(const std::string& descriptor)
{
    return parse(R"({"fields": [)" + descriptor + "]}", "t.json").fields.front();
}

void assert_valid(const std::string& descriptor, std::initializer_list<const char*> texts)
{
    const auto field = field_of(descriptor);
    for (const char* text : texts)
        CPPUNIT_ASSERT_MESSAGE(descriptor + " should take " + text, cast(field, text).has_value());
}

void assert_invalid(const std::string& descriptor, std::initializer_list<const char*> texts)
{
    const auto field = field_of(descriptor);
    for (const char* text : texts)
        CPPUNIT_ASSERT_MESSAGE(descriptor + " should refuse " + text, !cast(field, text).has_value());
}

void assert_refused(const char* schema)
{
    CPPUNIT_ASSERT_THROW_MESSAGE(schema, (void)parse(schema, "t.json"), Failure);
}

std::vector<Fault> faults(const char* schema, const Rows& rows,
                          const std::map<std::string, Resource>& others = {})
{
    const auto read = parse(schema, "t.json");
    return check(read, rows, others);
}

} // namespace

class StandardTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StandardTest);
    CPPUNIT_TEST(a_field_without_a_type_takes_anything);
    CPPUNIT_TEST(strings_have_formats);
    CPPUNIT_TEST(numbers_are_written_as_xml_schema_does);
    CPPUNIT_TEST(a_number_may_have_other_marks);
    CPPUNIT_TEST(integers);
    CPPUNIT_TEST(booleans_have_their_own_words);
    CPPUNIT_TEST(objects_and_arrays_are_json);
    CPPUNIT_TEST(lists_have_a_delimiter_and_a_type);
    CPPUNIT_TEST(dates_and_times);
    CPPUNIT_TEST(datetimes_have_zones);
    CPPUNIT_TEST(years_months_and_durations);
    CPPUNIT_TEST(geopoints_in_three_formats);
    CPPUNIT_TEST(geojson_and_topojson);
    CPPUNIT_TEST(missing_values_come_before_any_reading);
    CPPUNIT_TEST(a_field_may_have_missing_values_of_its_own);
    CPPUNIT_TEST(missing_values_may_be_labelled);
    CPPUNIT_TEST(constraints_hold_on_logical_values);
    CPPUNIT_TEST(lengths_count_characters_and_elements);
    CPPUNIT_TEST(bounds_follow_the_type);
    CPPUNIT_TEST(a_pattern_matches_the_whole_value);
    CPPUNIT_TEST(an_enumeration_matches_exactly);
    CPPUNIT_TEST(categories_restrict_as_an_enumeration);
    CPPUNIT_TEST(a_primary_key_is_unique_and_filled);
    CPPUNIT_TEST(unique_leaves_null_out);
    CPPUNIT_TEST(unique_keys_are_tuples);
    CPPUNIT_TEST(foreign_keys_to_another_table);
    CPPUNIT_TEST(foreign_keys_to_itself);
    CPPUNIT_TEST(foreign_keys_of_several_fields);
    CPPUNIT_TEST(keys_of_version_1_may_be_one_text);
    CPPUNIT_TEST(a_json_schema_checks_what_a_cell_holds);
    CPPUNIT_TEST(a_json_schema_is_refused_where_it_cannot_be_read);
    CPPUNIT_TEST(fields_match_says_which_columns_are_admitted);
    CPPUNIT_TEST(what_is_no_schema_is_refused);
    CPPUNIT_TEST_SUITE_END();

    // « the absence of a type property indicates that the field is of the type any »
    void a_field_without_a_type_takes_anything()
    {
        assert_valid(R"({"name": "a"})", {"1", "apple", "{", "-"});
        assert_valid(R"({"name": "a", "type": "any"})", {"1", "apple"});
    }

    void strings_have_formats()
    {
        assert_valid(R"({"name": "a", "type": "string"})", {"any valid string", "é", "1"});
        const char* const email = R"({"name": "a", "type": "string", "format": "email"})";
        assert_valid(email, {"ddetspp@haute-loire.gouv.fr", "a.b+c@d.fr"});
        assert_invalid(email, {"ddetspp", "ddetspp@", "@haute-loire.gouv.fr", "a b@c.fr", "a@b"});
        const char* const uri = R"({"name": "a", "type": "string", "format": "uri"})";
        assert_valid(uri, {"https://www.insee.fr/fr/accueil", "mailto:a@b.fr", "urn:isbn:0451450523"});
        assert_invalid(uri, {"www.insee.fr", "https://a b", "1http://a"});
        const char* const uuid = R"({"name": "a", "type": "string", "format": "uuid"})";
        assert_valid(uuid, {"123e4567-e89b-12d3-a456-426614174000"});
        assert_invalid(uuid, {"123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"});
        const char* const binary = R"({"name": "a", "type": "string", "format": "binary"})";
        assert_valid(binary, {"", "UGFjdGU=", "UGFjdGVz", "UA=="});
        assert_invalid(binary, {"UGFjdGU", "é", "U==="});
    }

    // « For example: '-1.23', '12678967.543233', '+100000.00', '210' »
    void numbers_are_written_as_xml_schema_does()
    {
        const char* const number = R"({"name": "a", "type": "number"})";
        assert_valid(number, {"-1.23", "12678967.543233", "+100000.00", "210", "NaN", "nan", "INF", "-INF",
                              "-inf", "1.5E3", "1e-3", "2E+10", ".5", "5."});
        assert_invalid(number, {"1,5", "1 000", "12-15", "95%", "€95", "E5", "1e", "--1", "", "0x1F"});
        CPPUNIT_ASSERT_EQUAL(1500.0, cast(field_of(number), "1.5E3")->number);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), cast(field_of(number), "+01.00")->text); // one logical value
        CPPUNIT_ASSERT(std::isnan(cast(field_of(number), "NaN")->number));
        CPPUNIT_ASSERT(std::isinf(cast(field_of(number), "-INF")->number));
    }

    // « A common value is "," e.g. "100,000" », « 95% », « €95 or EUR 95 »
    void a_number_may_have_other_marks()
    {
        const char* const grouped = R"({"name": "a", "type": "number", "groupChar": ","})";
        CPPUNIT_ASSERT_EQUAL(100000.0, cast(field_of(grouped), "100,000")->number);
        const char* const french = R"({"name": "a", "type": "number", "decimalChar": ",", "groupChar": " "})";
        CPPUNIT_ASSERT_EQUAL(1234.5, cast(field_of(french), "1 234,5")->number);
        assert_invalid(french, {"1234.5"});
        const char* const bare = R"({"name": "a", "type": "number", "bareNumber": false})";
        for (const char* text : {"95%", "€95", "EUR 95"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, 95.0, cast(field_of(bare), text)->number);
        CPPUNIT_ASSERT_EQUAL(-95.0, cast(field_of(bare), "-95 €")->number);
    }

    void integers()
    {
        assert_valid(R"({"name": "a", "type": "integer"})", {"0", "-12", "+7", "007"});
        assert_invalid(R"({"name": "a", "type": "integer"})", {"1.0", "1e3", "", "douze", "1,000"});
        CPPUNIT_ASSERT_EQUAL(
            100000.0,
            cast(field_of(R"({"name": "a", "type": "integer", "groupChar": ","})"), "100,000")->number);
        CPPUNIT_ASSERT_EQUAL(
            95.0, cast(field_of(R"({"name": "a", "type": "integer", "bareNumber": false})"), "95%")->number);
        CPPUNIT_ASSERT_EQUAL(std::string("7"),
                             cast(field_of(R"({"name": "a", "type": "integer"})"), "+007")->text);
    }

    // trueValues: [ "true", "True", "TRUE", "1" ], falseValues: [ "false", "False", "FALSE", "0" ]
    void booleans_have_their_own_words()
    {
        assert_valid(R"({"name": "a", "type": "boolean"})",
                     {"true", "True", "TRUE", "1", "false", "False", "FALSE", "0"});
        assert_invalid(R"({"name": "a", "type": "boolean"})", {"oui", "tRUE", "yes", "2", ""});
        const char* const own =
            R"({"name": "a", "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]})";
        assert_valid(own, {"oui", "non"});
        assert_invalid(own, {"true", "0"});
    }

    void objects_and_arrays_are_json()
    {
        assert_valid(R"({"name": "a", "type": "object"})", {"{}", R"({"a": 1})"});
        assert_invalid(R"({"name": "a", "type": "object"})", {"[]", "1", "{a: 1}", "{"});
        assert_valid(R"({"name": "a", "type": "array"})", {"[]", "[1, \"b\"]"});
        assert_invalid(R"({"name": "a", "type": "array"})", {"{}", "1,2", "["});
    }

    // « values separated by a delimiter which is , by default e.g. value1,value2 »
    void lists_have_a_delimiter_and_a_type()
    {
        CPPUNIT_ASSERT_EQUAL(std::size_t{2},
                             cast(field_of(R"({"name": "a", "type": "list"})"), "value1,value2")->length);
        const char* const dates = R"({"name": "a", "type": "list", "delimiter": ";", "itemType": "date"})";
        assert_valid(dates, {"2024-01-26", "2024-01-26;2024-01-27"});
        assert_invalid(dates, {"2024-01-26,2024-01-27", "26/01/2024", "2024-01-26;"});
    }

    void dates_and_times()
    {
        assert_valid(R"({"name": "a", "type": "date"})", {"2024-01-26", "2024-02-29"});
        assert_invalid(R"({"name": "a", "type": "date"})",
                       {"2024-1-26", "26/01/2024", "2023-02-29", "2024-13-01", "2024-01-26T00:00:00", ""});
        assert_valid(R"({"name": "a", "type": "date", "format": "%d/%m/%Y"})", {"26/01/2024"});
        assert_invalid(R"({"name": "a", "type": "date", "format": "%d/%m/%Y"})",
                       {"2024-01-26", "26/01/2024 ", "31/02/2024", "26/13/2024"});
        assert_valid(R"({"name": "a", "type": "date", "format": "fmt:%d/%m/%Y"})",
                     {"26/01/2024"}); // version 0
        assert_valid(R"({"name": "a", "type": "time"})", {"15:00:00", "00:00:00"});
        assert_invalid(R"({"name": "a", "type": "time"})", {"15:00", "25:00:00", "15:60:00"});
        assert_valid(R"({"name": "a", "type": "time", "format": "%H:%M"})", {"15:00"});
    }

    // « 2024-01-26T15:00:00 or 2024-01-26T15:00:00.300-05:00 », « 12/11/2018 09:15:32 »
    void datetimes_have_zones()
    {
        const char* const datetime = R"({"name": "a", "type": "datetime"})";
        assert_valid(datetime,
                     {"2024-01-26T15:00:00", "2024-01-26T15:00:00.300-05:00", "2024-01-26T15:00:00Z"});
        assert_invalid(datetime,
                       {"2024-01-26 15:00:00", "2024-01-26", "2024-01-26T25:00:00", "2024-02-30T15:00:00"});
        CPPUNIT_ASSERT_EQUAL(cast(field_of(datetime), "2024-01-26T20:00:00Z")->text,
                             cast(field_of(datetime), "2024-01-26T15:00:00-05:00")->text);
        assert_valid(R"({"name": "a", "type": "datetime", "format": "%d/%m/%Y %H:%M:%S"})",
                     {"12/11/2018 09:15:32"});
    }

    void years_months_and_durations()
    {
        assert_valid(R"({"name": "a", "type": "year"})", {"2024", "0999", "-0044", "12024"});
        assert_invalid(R"({"name": "a", "type": "year"})", {"24", "2024.0", "deux mille", "002024"});
        assert_valid(R"({"name": "a", "type": "yearmonth"})", {"2024-01"});
        assert_invalid(R"({"name": "a", "type": "yearmonth"})", {"2024-13", "2024", "01-2024"});
        const char* const duration = R"({"name": "a", "type": "duration"})";
        assert_valid(duration, {"P1Y2M3DT10H30M", "P1Y", "PT36H", "-P120D", "PT0.5S", "P0D"});
        assert_invalid(duration, {"1Y", "P", "P1YT", "P-1Y", "PT1D", "P1S"});
        CPPUNIT_ASSERT_EQUAL(cast(field_of(duration), "P1Y")->text, cast(field_of(duration), "P12M")->text);
    }

    // « "90.50, 45.50" (note the space is optional after the ,) », « [90.50, 45.50] »,
    // « {"lon": 90.50, "lat": 45.50} »
    void geopoints_in_three_formats()
    {
        assert_valid(R"({"name": "a", "type": "geopoint"})", {"90.50, 45.50", "90.50,45.50", "-3,0"});
        assert_invalid(R"({"name": "a", "type": "geopoint"})",
                       {"90.50", "a, b", "200, 45", "90.50, 95", "[90.5, 45.5]", "1,2,3"});
        assert_valid(R"({"name": "a", "type": "geopoint", "format": "array"})", {"[90.50, 45.50]"});
        assert_invalid(R"({"name": "a", "type": "geopoint", "format": "array"})",
                       {"90.50, 45.50", "[90.50]", "[\"a\", 1]"});
        assert_valid(R"({"name": "a", "type": "geopoint", "format": "object"})",
                     {R"({"lon": 90.50, "lat": 45.50})"});
        assert_invalid(R"({"name": "a", "type": "geopoint", "format": "object"})",
                       {R"({"lon": 90.50})", R"({"lon": 90.5, "lat": 45.5, "z": 1})"});
    }

    void geojson_and_topojson()
    {
        assert_valid(R"({"name": "a", "type": "geojson"})",
                     {R"({"type": "Point", "coordinates": [3.88, 45.04]})",
                      R"({"type": "Feature", "geometry": null, "properties": {}})",
                      R"({"type": "FeatureCollection", "features": []})"});
        assert_invalid(R"({"name": "a", "type": "geojson"})",
                       {R"({"type": "Place"})", R"({"coordinates": []})", "[]",
                        R"({"type": "Topology", "objects": {}, "arcs": []})"});
        assert_valid(R"({"name": "a", "type": "geojson", "format": "topojson"})",
                     {R"({"type": "Topology", "objects": {}, "arcs": []})"});
    }

    // « converted to null before any other processing takes place », « Providing the
    // empty list [] means that no conversion to null will be done »
    void missing_values_come_before_any_reading()
    {
        const char* const marked =
            R"({"fields": [{"name": "a", "type": "number", "constraints": {"required": true}}],
                                       "missingValues": ["NaN", "-"]})";
        CPPUNIT_ASSERT((
            faults(marked, {{"1"}, {"-"}, {"NaN"}, {""}}) ==
            std::vector<Fault>{{Problem::required, 1, 0}, {Problem::required, 2, 0}, {Problem::type, 3, 0}}));
        const char* const none =
            R"({"fields": [{"name": "a", "type": "string", "constraints": {"required": true}}],
                                     "missingValues": []})";
        CPPUNIT_ASSERT(faults(none, {{""}}).empty());
        const char* const usual = R"({"fields": [{"name": "a", "constraints": {"required": true}}]})";
        CPPUNIT_ASSERT((faults(usual, {{""}}) == std::vector<Fault>{{Problem::required, 0, 0}}));
    }

    // « interpret "" and NA as missing values for column1, only - for column2 »
    void a_field_may_have_missing_values_of_its_own()
    {
        const char* const schema = R"({"fields": [
            {"name": "column1", "type": "number"}, {"name": "column2", "type": "number", "missingValues": ["-"]}],
            "missingValues": ["", "NA"]})";
        CPPUNIT_ASSERT(faults(schema, {{"NA", "-"}, {"", "1"}}).empty());
        CPPUNIT_ASSERT((faults(schema, {{"-", "NA"}}) ==
                        std::vector<Fault>{{Problem::type, 0, 0}, {Problem::type, 0, 1}}));
    }

    void missing_values_may_be_labelled()
    {
        const char* const schema = R"({"fields": [{"name": "a", "type": "number"}], "missingValues": [
            {"value": "", "label": "OMITTED"}, {"value": "-99", "label": "REFUSED"}]})";
        CPPUNIT_ASSERT(faults(schema, {{""}, {"-99"}, {"5"}}).empty());
    }

    // « Constraints MUST be applied on the logical representation », « strings that are
    // castable with the type and format rules of the field »
    void constraints_hold_on_logical_values()
    {
        const char* const schema = R"({"fields": [{"name": "a", "type": "number", "decimalChar": ",",
            "constraints": {"minimum": "1,5", "maximum": "2,5"}}]})";
        CPPUNIT_ASSERT((faults(schema, {{"1,5"}, {"1,4"}, {"2,50"}, {"2,51"}}) ==
                        std::vector<Fault>{{Problem::minimum, 1, 0}, {Problem::maximum, 3, 0}}));
    }

    void lengths_count_characters_and_elements()
    {
        const char* const text =
            R"({"fields": [{"name": "a", "type": "string", "constraints": {"minLength": 2, "maxLength": 4}}]})";
        CPPUNIT_ASSERT((faults(text, {{"éé"}, {"é"}, {"éééé"}, {"ééééé"}}) ==
                        std::vector<Fault>{{Problem::min_length, 1, 0}, {Problem::max_length, 3, 0}}));
        const char* const array =
            R"({"fields": [{"name": "a", "type": "array", "constraints": {"minLength": 2}}]})";
        CPPUNIT_ASSERT(
            (faults(array, {{"[1, 2]"}, {"[1]"}}) == std::vector<Fault>{{Problem::min_length, 1, 0}}));
    }

    // « an integer field may have a minimum value of 100; a date field might have a minimum date »
    void bounds_follow_the_type()
    {
        const char* const integer =
            R"({"fields": [{"name": "a", "type": "integer", "constraints": {"minimum": 100}}]})";
        CPPUNIT_ASSERT((faults(integer, {{"100"}, {"99"}}) == std::vector<Fault>{{Problem::minimum, 1, 0}}));
        const char* const date = R"({"fields": [{"name": "a", "type": "date", "format": "%d/%m/%Y",
            "constraints": {"minimum": "01/01/2024", "maximum": "31/12/2027"}}]})";
        CPPUNIT_ASSERT((faults(date, {{"31/12/2023"}, {"01/01/2024"}, {"01/01/2028"}}) ==
                        std::vector<Fault>{{Problem::minimum, 0, 0}, {Problem::maximum, 2, 0}}));
        const char* const open = R"({"fields": [{"name": "a", "type": "number",
            "constraints": {"exclusiveMinimum": 0, "exclusiveMaximum": 1}}]})";
        CPPUNIT_ASSERT((faults(open, {{"0"}, {"0.1"}, {"1"}}) ==
                        std::vector<Fault>{{Problem::minimum, 0, 0}, {Problem::maximum, 2, 0}}));
        const char* const duration =
            R"({"fields": [{"name": "a", "type": "duration", "constraints": {"maximum": "P1Y"}}]})";
        CPPUNIT_ASSERT(
            (faults(duration, {{"P12M"}, {"P13M"}}) == std::vector<Fault>{{Problem::maximum, 1, 0}}));
    }

    void a_pattern_matches_the_whole_value()
    {
        const char* const schema =
            R"({"fields": [{"name": "a", "type": "string", "constraints": {"pattern": "[A-Z]-[0-9]+"}}]})";
        CPPUNIT_ASSERT((faults(schema, {{"A-12"}, {"A-12b"}, {"xA-12"}}) ==
                        std::vector<Fault>{{Problem::pattern, 1, 0}, {Problem::pattern, 2, 0}}));
    }

    void an_enumeration_matches_exactly()
    {
        const char* const schema =
            R"({"fields": [{"name": "a", "type": "integer", "constraints": {"enum": [1, "2"]}}]})";
        CPPUNIT_ASSERT(
            (faults(schema, {{"1"}, {"02"}, {"3"}}) == std::vector<Fault>{{Problem::enumeration, 2, 0}}));
        const char* const text =
            R"({"fields": [{"name": "a", "type": "string", "constraints": {"enum": ["moyens"]}}]})";
        CPPUNIT_ASSERT((faults(text, {{"Moyens"}}) == std::vector<Fault>{{Problem::enumeration, 0, 0}}));
    }

    void categories_restrict_as_an_enumeration()
    {
        const char* const schema = R"({"fields": [{"name": "fruit", "type": "string", "categories":
            [{"value": "apple", "label": "pomme"}, {"value": "orange"}]}]})";
        CPPUNIT_ASSERT(
            (faults(schema, {{"apple"}, {"banana"}}) == std::vector<Fault>{{Problem::enumeration, 1, 0}}));
    }

    // « their use in the primary key is equivalent to adding required: true »
    void a_primary_key_is_unique_and_filled()
    {
        const char* const schema =
            R"({"fields": [{"name": "a"}, {"name": "b"}, {"name": "c"}], "primaryKey": ["a", "c"]})";
        CPPUNIT_ASSERT((faults(schema, {{"1", "x", "1"}, {"1", "x", "2"}, {"1", "y", "1"}, {"", "", "3"}}) ==
                        std::vector<Fault>{{Problem::primary_key, 2, 0}, {Problem::required, 3, 0}}));
    }

    void unique_leaves_null_out()
    {
        const char* const schema =
            R"({"fields": [{"name": "a", "type": "number", "constraints": {"unique": true}}]})";
        CPPUNIT_ASSERT(
            (faults(schema, {{"1"}, {"1.0"}, {""}, {""}}) == std::vector<Fault>{{Problem::unique, 1, 0}}));
    }

    // « All the field values that are considered to be null MUST be excluded »
    void unique_keys_are_tuples()
    {
        const char* const schema = R"({"fields": [{"name": "a"}, {"name": "b"}, {"name": "c"}],
            "uniqueKeys": [["a"], ["a", "b"], ["a", "c"]]})";
        CPPUNIT_ASSERT(
            faults(schema, {{"1", "x", "y"}, {"2", "x", "y"}, {"", "x", "y"}, {"", "x", "y"}}).empty());
        CPPUNIT_ASSERT((faults(schema, {{"1", "x", "y"}, {"1", "x", "z"}}) ==
                        std::vector<Fault>{{Problem::unique_key, 1, 0}, {Problem::unique_key, 1, 0}}));
    }

    // « state-codes » and « population-by-state »
    void foreign_keys_to_another_table()
    {
        const std::map<std::string, Resource> others = {
            {"state-codes", {parse(R"({"fields": [{"name": "code"}]})", "s.json"), {{"AL"}, {"AK"}}}}};
        const char* const schema = R"({"fields": [{"name": "state-code"}], "foreignKeys": [
            {"fields": ["state-code"], "reference": {"resource": "state-codes", "fields": ["code"]}}]})";
        CPPUNIT_ASSERT((faults(schema, {{"AL"}, {"ZZ"}, {""}}, others) ==
                        std::vector<Fault>{{Problem::foreign_key, 1, 0}}));
    }

    // « parent » and « id »
    void foreign_keys_to_itself()
    {
        for (const char* reference : {R"({"fields": ["id"]})", R"({"resource": "", "fields": ["id"]})"}) {
            const auto schema = R"({"fields": [{"name": "parent"}, {"name": "id"}], "foreignKeys": [
                {"fields": ["parent"], "reference": )" +
                                std::string(reference) + "}]}";
            CPPUNIT_ASSERT((faults(schema.c_str(), {{"", "1"}, {"1", "2"}, {"9", "3"}}) ==
                            std::vector<Fault>{{Problem::foreign_key, 2, 0}}));
        }
    }

    void foreign_keys_of_several_fields()
    {
        const std::map<std::string, Resource> others = {
            {"years",
             {parse(R"({"fields": [{"name": "action"}, {"name": "year", "type": "year"}]})", "y.json"),
              {{"A-01", "2024"}, {"A-02", "2025"}}}}};
        const char* const schema =
            R"({"fields": [{"name": "a"}, {"name": "y", "type": "year"}], "foreignKeys": [
            {"fields": ["a", "y"], "reference": {"resource": "years", "fields": ["action", "year"]}}]})";
        CPPUNIT_ASSERT((faults(schema, {{"A-01", "2024"}, {"A-01", "2025"}, {"A-01", ""}}, others) ==
                        std::vector<Fault>{{Problem::foreign_key, 1, 0}}));
    }

    void keys_of_version_1_may_be_one_text()
    {
        const auto schema = parse(R"({"fields": [{"name": "a"}], "primaryKey": "a",
            "foreignKeys": [{"fields": "a", "reference": {"resource": "t", "fields": "b"}}]})",
                                  "t.json");
        CPPUNIT_ASSERT(schema.primary_key == std::vector<std::string>{"a"});
        CPPUNIT_ASSERT(schema.foreign_keys.front().references == std::vector<std::string>{"b"});
    }

    static bool accepts(const char* schema, const char* text) { return JsonSchema(schema).accepts(text); }

    // « a valid JSON Schema object to validate field values »
    void a_json_schema_checks_what_a_cell_holds()
    {
        const char* const schema =
            R"({"fields": [{"name": "a", "type": "object", "constraints": {"jsonSchema":
            {"required": ["code"], "properties": {"code": {"type": "string", "pattern": "^43"}}}}}]})";
        CPPUNIT_ASSERT((faults(schema, {{R"({"code": "43157"})"}, {R"({"code": "63113"})"}, {"{}"}, {""}}) ==
                        std::vector<Fault>{{Problem::json_schema, 1, 0}, {Problem::json_schema, 2, 0}}));
        // The vocabulary, by keyword.
        CPPUNIT_ASSERT(accepts(R"({"type": ["integer", "null"]})", "1.0"));
        CPPUNIT_ASSERT(!accepts(R"({"type": "integer"})", "1.5"));
        CPPUNIT_ASSERT(accepts(R"({"enum": [1, {"a": [2]}]})", R"({"a": [2.0]})"));
        CPPUNIT_ASSERT(!accepts(R"({"const": "a"})", R"("b")"));
        CPPUNIT_ASSERT(accepts(R"({"multipleOf": 0.1})", "0.3") && !accepts(R"({"multipleOf": 2})", "3"));
        CPPUNIT_ASSERT(!accepts(R"({"exclusiveMinimum": 1})", "1") && accepts(R"({"minimum": 1})", "1"));
        CPPUNIT_ASSERT(!accepts(R"({"exclusiveMaximum": 1})", "1") && !accepts(R"({"maximum": 1})", "2"));
        CPPUNIT_ASSERT(accepts(R"({"maxLength": 2})", R"("éé")") &&
                       !accepts(R"({"minLength": 3})", R"("éé")"));
        CPPUNIT_ASSERT(!accepts(R"({"minItems": 1})", "[]") && !accepts(R"({"maxItems": 1})", "[1, 2]"));
        CPPUNIT_ASSERT(!accepts(R"({"uniqueItems": true})", "[1, 2, 1.0]"));
        CPPUNIT_ASSERT(
            accepts(R"({"prefixItems": [{"type": "string"}], "items": {"type": "number"}})", R"(["a", 1])"));
        CPPUNIT_ASSERT(!accepts(R"({"prefixItems": [{"type": "string"}], "items": false})", R"(["a", 1])"));
        CPPUNIT_ASSERT(!accepts(R"({"contains": {"const": 3}})", "[1, 2]"));
        CPPUNIT_ASSERT(!accepts(R"({"contains": {"const": 3}, "maxContains": 1})", "[3, 3]"));
        CPPUNIT_ASSERT(!accepts(R"({"maxProperties": 1})", R"({"a": 1, "b": 2})"));
        CPPUNIT_ASSERT(!accepts(R"({"dependentRequired": {"lat": ["lon"]}})", R"({"lat": 45})"));
        CPPUNIT_ASSERT(!accepts(R"({"dependentSchemas": {"lat": {"required": ["lon"]}}})", R"({"lat": 45})"));
        CPPUNIT_ASSERT(
            !accepts(R"({"properties": {"a": true}, "additionalProperties": false})", R"({"b": 1})"));
        CPPUNIT_ASSERT(
            accepts(R"({"patternProperties": {"^x": {"type": "number"}}, "additionalProperties": false})",
                    R"({"x1": 1})"));
        CPPUNIT_ASSERT(!accepts(R"({"propertyNames": {"maxLength": 1}})", R"({"ab": 1})"));
        CPPUNIT_ASSERT(!accepts(R"({"allOf": [{"type": "number"}, {"minimum": 2}]})", "1"));
        CPPUNIT_ASSERT(!accepts(R"({"anyOf": [{"type": "string"}, {"minimum": 2}]})", "1"));
        CPPUNIT_ASSERT(!accepts(R"({"oneOf": [{"type": "number"}, {"minimum": 0}]})", "1"));
        CPPUNIT_ASSERT(!accepts(R"({"not": {"type": "number"}})", "1"));
        CPPUNIT_ASSERT(
            !accepts(R"({"if": {"minimum": 5}, "then": {"multipleOf": 5}, "else": {"maximum": 3}})", "4"));
        CPPUNIT_ASSERT(accepts(R"({"if": {"minimum": 5}, "then": {"multipleOf": 5}})", "4"));
        // A tree that refers to itself.
        const char* const tree = R"({"$ref": "#/$defs/noeud", "$defs": {"noeud": {"type": "array",
            "items": {"$ref": "#/$defs/noeud"}}}})";
        CPPUNIT_ASSERT(accepts(tree, "[[], [[]]]") && !accepts(tree, "[[], [1]]"));
        CPPUNIT_ASSERT(!accepts(R"({"$ref": "#"})", "1")); // without end
        CPPUNIT_ASSERT(accepts(R"({"minimum": 5})", R"("a text is not concerned")"));
        CPPUNIT_ASSERT(!accepts("{}", "{not JSON"));
    }

    void a_json_schema_is_refused_where_it_cannot_be_read()
    {
        assert_refused(
            R"({"fields": [{"name": "a", "type": "number", "constraints": {"jsonSchema": {"minimum": 1}}}]})");
        assert_refused(
            R"({"fields": [{"name": "a", "type": "object", "constraints": {"jsonSchema": "x"}}]})");
        for (const char* bad :
             {R"({"pattern": "("})", R"({"$ref": "#/$defs/absent"})", R"({"$ref": "http://x/y"})", "{"})
            CPPUNIT_ASSERT_THROW_MESSAGE(bad, JsonSchema{bad}, Failure);
    }

    void fields_match_says_which_columns_are_admitted()
    {
        const auto columns = [](const char* match, const std::vector<std::string>& headers) {
            const auto stated = *match == '\0' ? std::string() : R"(, "fieldsMatch": )" + std::string(match);
            return match_fields(
                parse(R"({"fields": [{"name": "a"}, {"name": "b"}])" + stated + "}", "t.json"), headers);
        };
        using Columns = std::vector<int>;
        CPPUNIT_ASSERT(columns("", {"a", "b"}) == Columns({0, 1})); // exact
        CPPUNIT_ASSERT(!columns("", {"a"}) && !columns("", {"a", "b", "c"}));
        CPPUNIT_ASSERT(columns(R"("equal")", {"b", "a"}) == Columns({1, 0}));
        CPPUNIT_ASSERT(!columns(R"("equal")", {"b", "a", "c"}) && !columns(R"("equal")", {"b"}));
        CPPUNIT_ASSERT(columns(R"("subset")", {"c", "b", "a"}) == Columns({2, 1}));
        CPPUNIT_ASSERT(!columns(R"("subset")", {"c", "b"}));
        CPPUNIT_ASSERT(columns(R"("superset")", {"b"}) == Columns({-1, 0}));
        CPPUNIT_ASSERT(!columns(R"("superset")", {"b", "c"}) && !columns(R"("superset")", {}));
        CPPUNIT_ASSERT(columns(R"(["partial"])", {"b", "c"}) == Columns({-1, 0})); // as version 2.0 wrote it
        CPPUNIT_ASSERT(!columns(R"("partial")", {"c"}));
        assert_refused(R"({"fields": [{"name": "a"}], "fieldsMatch": "nearly"})");
    }

    void what_is_no_schema_is_refused()
    {
        for (
            const char* schema :
            {"[]", "{}", R"({"fields": []})", R"({"fields": [{"title": "without a name"}]})",
             R"({"fields": [{"name": "a", "type": "colour"}]})",
             R"({"fields": [{"name": "a", "type": "number", "constraints": {"pattern": "x"}}]})",
             R"({"fields": [{"name": "a", "type": "string", "constraints": {"minimum": 1}}]})",
             R"({"fields": [{"name": "a", "type": "integer", "constraints": {"minLength": 1}}]})",
             R"({"fields": [{"name": "a", "type": "date", "constraints": {"minimum": "soon"}}]})",
             R"({"fields": [{"name": "a", "constraints": {"required": "yes"}}]})",
             R"({"fields": [{"name": "a", "constraints": {"enum": []}}]})",
             R"({"fields": [{"name": "a", "constraints": {"tallest": 1}}]})",
             R"({"fields": [{"name": "a"}], "primaryKey": ["b"]})",
             R"({"fields": [{"name": "a"}], "uniqueKeys": []})",
             R"({"fields": [{"name": "a"}], "missingValues": ""})",
             R"({"fields": [{"name": "a"}], "foreignKeys": [{"fields": ["a"]}]})",
             R"({"fields": [{"name": "a"}], "foreignKeys": [{"fields": ["a"], "reference": {"fields": ["b", "c"]}}]})"})
            assert_refused(schema);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StandardTest);
