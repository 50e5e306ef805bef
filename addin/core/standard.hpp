#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The checks of the Table Schema standard, to the letter of its text: version 1
// (https://specs.frictionlessdata.io/table-schema/) with the `list` type, the
// exclusive bounds, the `uniqueKeys`, the `fieldsMatch`, the `jsonSchema` and the
// labelled missing values of version 2 (https://datapackage.org/standard/table-schema/).
//
// A cell of a workbook may hold more than the standard's text (a number, a date),
// and Pacte understands more writings: see validation_cells.cpp, which comes here
// for the types and formats that Calc has no word for.

namespace pacte {

class JsonSchema;

} // namespace pacte

namespace pacte::standard {

/// A field descriptor, and a schema around it.
struct Field {
    std::string name;
    std::string type = "any";
    std::string format = "default";
    // Options of the types.
    std::string decimal_char = ".";
    std::string group_char;
    bool bare_number = true;
    std::vector<std::string> true_values = {"true", "True", "TRUE", "1"};
    std::vector<std::string> false_values = {"false", "False", "FALSE", "0"};
    std::string delimiter = ","; ///< of a list
    std::string item_type = "string";
    // Constraints, as they are written.
    bool required = false;
    bool unique = false;
    std::optional<std::size_t> min_length;
    std::optional<std::size_t> max_length;
    std::optional<std::string> minimum;
    std::optional<std::string> maximum;
    std::optional<std::string> exclusive_minimum;
    std::optional<std::string> exclusive_maximum;
    std::string pattern;
    std::vector<std::string> enumeration;                   ///< `enum`, or `categories`
    std::optional<std::vector<std::string>> missing_values; ///< instead of the schema's
    std::shared_ptr<const JsonSchema> json_schema;          ///< of an object, an array or a GeoJSON
};

struct ForeignKey {
    std::vector<std::string> fields;
    std::string resource; ///< empty: this table itself
    std::vector<std::string> references;
};

struct Schema {
    std::vector<Field> fields;
    std::vector<std::string> missing_values = {""};
    std::vector<std::string> primary_key;
    std::vector<std::vector<std::string>> unique_keys;
    std::vector<ForeignKey> foreign_keys;
    std::string fields_match = "exact"; ///< exact, equal, subset, superset or partial

    /// −1 where there is none.
    [[nodiscard]] int index(std::string_view field) const;
};

/// Reads a descriptor; throws Failure (bad_file) where it is not valid: a field
/// without a name, an unknown type, a constraint that its type does not bear, a
/// key that names no field.
[[nodiscard]] Schema parse(std::string_view json, std::string_view origin);

/// A value as its type understands it.
struct Value {
    enum class Kind { text, number, boolean, moment, other } kind = Kind::text;
    std::string text;       ///< canonical: two equal values have the same
    double number = 0.0;    ///< of a number; days since 1970 of a date, seconds of a time…
    std::size_t length = 0; ///< characters of a string, elements of an array, members of an object
};

/// The logical value of a text that is no missing value; nothing where it is not
/// of the field's type and format.
[[nodiscard]] std::optional<Value> cast(const Field& field, std::string_view text);

/// What is wrong in a cell.
enum class Problem {
    type,
    required,
    unique,
    min_length,
    max_length,
    minimum,
    maximum,
    pattern,
    enumeration,
    json_schema,
    primary_key,
    unique_key,
    foreign_key,
};

struct Fault {
    Problem problem;
    std::size_t row;   ///< from 0
    std::size_t field; ///< index in the schema; the first field of a key

    friend bool operator==(const Fault&, const Fault&) = default;
};

/// Rows of texts, in the order of the schema's fields.
using Rows = std::vector<std::vector<std::string>>;

struct Resource {
    Schema schema;
    Rows rows;
};

/// The column of each field, −1 where there is none, in a table of these headers;
/// nothing where `fieldsMatch` does not admit them: `exact`, the fields in their
/// order and nothing else; `equal`, in any order; `subset`, and other columns;
/// `superset`, without some of them; `partial`, one of them at least.
[[nodiscard]] std::optional<std::vector<int>> match_fields(const Schema& schema,
                                                           const std::vector<std::string>& headers);

/// Every fault of a table, row by row, then field by field, then the keys.
/// `resources`: the tables that its foreign keys name.
[[nodiscard]] std::vector<Fault> check(const Schema& schema, const Rows& rows,
                                       const std::map<std::string, Resource>& resources = {});

} // namespace pacte::standard
