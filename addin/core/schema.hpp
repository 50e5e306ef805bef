#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.hpp"
#include "core/standard.hpp"
#include "core/table.hpp"

namespace pacte {

/// One column of a table, from a frictionless Table Schema field. What the
/// standard has no word for stands in the field's `pacte` object.
struct Field {
    std::string name;  ///< stable identifier: `porteur_principal`
    std::string title; ///< the header that is shown: `porteur principal`
    std::string title_en;
    std::string description; ///< becomes the header's note
    std::string type;   ///< string, number, integer, year, date, boolean, any, or another of the standard
    std::string format; ///< of the frictionless standard; may be empty
    std::string unit;   ///< `personnes/an`, `€`, `%`… may be empty
    bool required = false;
    bool expected = false; ///< a row may lack it, a complete one has it: it counts in the quality
    bool unique = false;
    std::vector<std::string> enumeration; ///< constraints.enum: nothing else is accepted
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::optional<std::size_t> min_length; ///< in characters
    std::optional<std::size_t> max_length;
    std::string pattern;               ///< regular expression the whole text must match
    std::vector<std::string> synonyms; ///< other headers accepted (folded comparison)
    bool is_list = false;              ///< several elements separated by `;`
    std::string suggestions;           ///< a reference list proposed, not imposed: `publics`
    std::string kind; ///< `code` (text always), `siren`, `siret`, `insee`, `territoire`, `texte long`, …
    double width_cm = 3.0;
    /// The same field to the letter of the standard: the types, formats and options
    /// for which the workbook has no cell of its own. Null where it was not read.
    std::shared_ptr<const standard::Field> descriptor;
    std::string per_year; ///< `periode`: the column repeats for each year, `{annee}` in name and title
};

struct ForeignKey {
    std::string field;     ///< of this table
    std::string table;     ///< `reference.resource`; this table's own name refers to itself
    std::string reference; ///< field of that table
};

/// The same words in the two languages of the product.
struct Text {
    std::string french;
    std::string english;
};

/// When a declared rule applies to a row.
struct Condition {
    std::string field; ///< empty: always
    enum class Test { among, filled, blank, below, above } test = Test::filled;
    std::vector<std::string> values; ///< of `among`, compared folded
    double limit = 0.0;              ///< of `below` and `above`
};

/// A rule that the schema states without C++ (`pacte.rules`): one test on one
/// field of each row.
struct DeclaredRule {
    enum class Test { required, blank, type, pattern, range, among, reference, compare };

    std::string code;
    Severity severity = Severity::alerte;
    std::string field;
    Condition when;
    Test test = Test::required;
    std::string type;              ///< of `type`: a type of the standard
    std::string pattern;           ///< of `pattern`
    std::optional<double> minimum; ///< of `range`
    std::optional<double> maximum;
    std::vector<std::string> values; ///< of `among`, compared folded
    std::string table;               ///< of `reference`
    std::string reference;           ///< field of that table
    std::string comparison;          ///< of `compare`: `<`, `<=`, `=`, `>=`, `>`, `<>`
    std::string other; ///< a field of the row, `@date` (the reference date) or `@clé` of a setting
    Text title;
    Text message; ///< {0} the header, {1} the value, {2} the other header or setting, {3} its value
    Text suggestion;
    Text cost;
    std::string example;
};

/// A table of the workbook, as `templates/schemas/<name>.json` describes it.
struct TableSchema {
    std::string name;  ///< also the name of its database range
    std::string sheet; ///< the sheet's name in a new workbook
    std::string title;
    std::string description;
    int order = 0;          ///< rank of the sheet in a new workbook
    bool generated = false; ///< written by Pacte (Couverture, Contrôles)
    bool optional =
        false; ///< an older workbook may lack it: Pacte adds it when it has something to write there
    int blank_rows = 100; ///< rows ready to be filled in a new workbook
    /// Further columns are headed by the values of this field: `variables.code`
    /// for `besoins`. Empty where there are none.
    std::string columns_from;
    std::vector<Field> fields;
    std::vector<std::string> primary_key;
    std::vector<ForeignKey> foreign_keys;
    std::vector<std::string> missing_values;           ///< texts that mean « unknown »
    std::vector<std::string> secret_values;            ///< texts that mean « secret »: `s`
    std::vector<std::vector<std::string>> unique_keys; ///< of the standard, version 2: fields unique together
    /// `fieldsMatch` of the standard, version 2. Empty where the schema does not state
    /// it: columns in any order, further ones and missing ones that are not required.
    std::string fields_match;
    std::vector<DeclaredRule> rules;

    /// Null where the schema has no such field.
    [[nodiscard]] const Field* find(std::string_view field_name) const;
};

/// A value of a reference list: `templates/listes/<list>.json`.
struct ListItem {
    std::string code;
    std::string label;
    std::string description{};           ///< in full: the question of a thématique; may be empty
    std::vector<std::string> synonyms{}; ///< other names of the same thing, in use
    std::vector<std::string> former{};   ///< names it no longer bears
};

/// One Table Schema. `origin` (a file) is named in the message of the Failure
/// (bad_file) that is thrown where the text is no schema.
[[nodiscard]] TableSchema parse_schema(std::string_view json, std::string_view origin);

/// All the schemas and reference lists of the extension.
class Schemas {
public:
    using Lists = std::map<std::string, std::vector<ListItem>, std::less<>>;

    Schemas() = default;
    explicit Schemas(std::vector<TableSchema> tables, Lists lists = {});

    /// Reads every `schemas/*.json` and `listes/*.json` under `templates`.
    /// Throws Failure (bad_file) with the file and what is wrong in it.
    static Schemas load(const std::filesystem::path& templates);

    [[nodiscard]] const std::vector<TableSchema>& tables() const { return tables_; } ///< in the sheets' order
    /// Null where there is none.
    [[nodiscard]] const TableSchema* find(std::string_view name) const;
    /// Throws Failure (bad_file) where there is none.
    [[nodiscard]] const TableSchema& table(std::string_view name) const;
    [[nodiscard]] const std::vector<ListItem>& list(std::string_view name) const;
    /// Null where there is none.
    [[nodiscard]] const std::vector<ListItem>* find_list(std::string_view name) const;

private:
    std::vector<TableSchema> tables_;
    Lists lists_;
};

/// Where each field of a schema stands in a table. Columns are found by their
/// header, case, accents and spaces ignored, known synonyms accepted.
class Columns {
public:
    Columns(const TableSchema& schema, const Table& table);

    /// Index in `Table::headers`, or −1 where the column is not there.
    [[nodiscard]] int index(std::string_view field_name) const;
    /// The column of a per-year field (`cible_{annee}` or `cible`) for that year, or −1.
    [[nodiscard]] int index(std::string_view field_name, int year) const;
    /// The cell of that field; Blank where the column is not there.
    [[nodiscard]] const Cell& cell(const std::vector<Cell>& row, std::string_view field_name) const;
    /// Columns whose header no field knows (variables in `besoins`, a user's own).
    [[nodiscard]] const std::vector<int>& others() const { return others_; }
    /// Name of the field of that column (`cible_2025` for a per-year one); empty where there is none.
    [[nodiscard]] std::string_view name(int column) const;
    /// Headers that meet a field already found (index of the second one).
    [[nodiscard]] const std::vector<int>& duplicates() const { return duplicates_; }
    /// Names of the required fields that have no column.
    [[nodiscard]] const std::vector<std::string>& missing() const { return missing_; }

private:
    std::map<std::string, int, std::less<>> index_;
    std::vector<int> others_;
    std::vector<int> duplicates_;
    std::vector<std::string> missing_;
};

} // namespace pacte
