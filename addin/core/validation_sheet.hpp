#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/coverage.hpp"
#include "core/names.hpp"
#include "core/validation.hpp"
#include "core/validation_rules.hpp"

// What the checks share: the tables under examination and what was found in them.

namespace pacte {

/// A table under examination. Columns and rows are indices in the Table.
class Sheet {
public:
    Sheet(const TableSchema& schema, const Table& table, Language language);

    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] const char* say(Words words) const { return words.in(language_); }

    [[nodiscard]] const TableSchema& schema() const { return *schema_; }
    [[nodiscard]] const Table& table() const { return *table_; }
    [[nodiscard]] const Columns& columns() const { return columns_; }
    /// Indices of the rows that are not blank.
    [[nodiscard]] const std::vector<std::size_t>& rows() const { return rows_; }
    /// Among them, the rows whose primary key is there.
    [[nodiscard]] const std::vector<std::size_t>& keyed_rows() const { return keyed_rows_; }
    [[nodiscard]] const Cell& cell(std::size_t row, std::string_view field) const;
    /// Here, for the millions of calls: the column of a field is found once.
    [[nodiscard]] const Cell& cell(std::size_t row, int column) const
    {
        static const Cell blank;
        const auto& cells = table_->rows[row];
        const auto at = static_cast<std::size_t>(column);
        return column >= 0 && at < cells.size() ? cells[at] : blank;
    }
    [[nodiscard]] Quantity quantity(std::size_t row, std::string_view field) const;
    [[nodiscard]] std::string text(std::size_t row, std::string_view field) const;
    [[nodiscard]] std::string code(std::size_t row, std::string_view field) const;
    /// A known, sound figure; nothing where the cell says none or is at fault.
    [[nodiscard]] std::optional<double> figure(std::size_t row, std::string_view field) const;
    /// The sheet as the user sees it.
    [[nodiscard]] const std::string& title() const;
    /// The header as a person wrote it.
    [[nodiscard]] std::string header(int column) const;
    /// `C12`: the cell as it is called in the sheet.
    [[nodiscard]] std::string name_of(std::size_t row, int column) const;

    /// Most filled cells are errors, and there are many: nothing else is checked.
    [[nodiscard]] bool is_full_of_errors() const;
    [[nodiscard]] std::size_t errors() const { return errors_; }
    [[nodiscard]] std::size_t filled() const { return filled_; }

    /// False where an error was found in the cell: nothing more is said of it.
    [[nodiscard]] bool is_sound(std::size_t row, int column) const;

    /// The key's fields, joined: `A-01 – 2025`.
    [[nodiscard]] std::string key(std::size_t row) const;
    /// Name of the field of that column; the header where no field knows it.
    [[nodiscard]] std::string field_name(int column) const;

    /// The finding, to which a repair may be added at once.
    Finding& report_cell(Rule rule, std::size_t row, int column, std::initializer_list<std::string> values);
    Finding& report_header(Rule rule, int column, std::initializer_list<std::string> values);
    Finding& report_table(Rule rule, std::initializer_list<std::string> values);
    /// A finding that has its words already, of a rule that a schema declares.
    Finding& report_cell(Finding finding, std::size_t row, int column);

    [[nodiscard]] std::vector<Finding>& findings() { return findings_; }
    [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }

private:
    [[nodiscard]] Finding finding(Rule rule, std::initializer_list<std::string> values) const;
    [[nodiscard]] bool has_key(std::size_t row) const;

    const TableSchema* schema_;
    const Table* table_;
    Language language_;
    Columns columns_;
    std::vector<std::size_t> rows_;
    std::vector<std::size_t> keyed_rows_;
    std::vector<std::pair<int, std::size_t>> key_; ///< column and length of the code, by field of the key
    std::size_t filled_ = 0;                       ///< reckoned where there are errors alone
    std::size_t errors_ = 0;
    std::unordered_set<std::uint64_t> unsound_;
    std::vector<Finding> findings_;
};

/// The diagnosis under examination.
class Examination {
public:
    /// `focus`: the one table that is examined, the others being there to be referred
    /// to; all of them where it is empty.
    explicit Examination(const ValidationInput& input, std::string_view focus = {});

    [[nodiscard]] const ValidationInput& input() const { return *input_; }
    /// Those to examine, that people fill and that can be read, in the order of the sheets.
    [[nodiscard]] std::vector<Sheet*> sheets();
    /// Null where the table is missing or full of errors.
    [[nodiscard]] Sheet* find(std::string_view table);
    /// The rows of a table by one of the readers of rows.hpp; none where it is not there.
    template <typename Row>
    [[nodiscard]] std::vector<Row> read(std::string_view table,
                                        std::vector<Row> (*reader)(const Table&, const TableSchema&))
    {
        const auto* sheet = find(table);
        return sheet != nullptr ? reader(sheet->table(), sheet->schema()) : std::vector<Row>{};
    }

    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    [[nodiscard]] Date date() const { return date_; }
    /// False where the settings give a reference date that cannot be read: nothing
    /// is then compared with it.
    [[nodiscard]] bool knows_date() const { return knows_date_; }
    /// Null where the table of the EPCI is not there or empty.
    [[nodiscard]] const Territory* territory() const { return territory_ ? &*territory_ : nullptr; }

    [[nodiscard]] const Institutions& institutions() const { return institutions_; }
    /// The axe of each piste and of each action, by the key of its code; 0 where it is not known.
    [[nodiscard]] const std::unordered_map<std::string, int>& axes_of_pistes();
    [[nodiscard]] const std::unordered_map<std::string, int>& axes_of_actions();
    /// The first and the last year of the pacte; nothing where the settings do not say.
    [[nodiscard]] std::optional<std::pair<int, int>> period() const;

    /// « Non vérifié »: what `rule` says of a table, once.
    void not_checked(Rule rule, std::string_view table, std::initializer_list<std::string> values);

    /// Everything found, in the order of the sheets, rows and columns.
    void hand_over(Reporter& reporter);
    /// The same, for the rows of the table in focus alone.
    void hand_over_rows(Reporter& reporter);

private:
    void read_territory();
    void report_missing(const TableSchema& schema);

    const ValidationInput* input_;
    std::string focus_;
    std::map<std::string, Sheet, std::less<>> sheets_;
    std::map<std::string, Finding, std::less<>> missing_; ///< by table
    std::vector<Finding> not_checked_;
    Parameters parameters_;
    Date date_;
    bool knows_date_ = true;
    std::optional<Territory> territory_;
    Institutions institutions_;
    std::optional<std::unordered_map<std::string, int>> axes_of_pistes_;
    std::optional<std::unordered_map<std::string, int>> axes_of_actions_;
};

/// A value that may be meant by another, and how sure it is, from 0 to 1.
struct Likely {
    std::string value; ///< empty where nothing is near
    double certainty = 0.0;
};

/// Finds the value meant by a misspelt one, quickly: the values are folded once,
/// and an answer is kept.
class Speller {
public:
    /// `floor`: how alike, from 0 to 1, two writings must be to be near.
    explicit Speller(const std::vector<std::string>& values, double floor = 0.6);

    /// The nearest value, or an empty string where none is near.
    [[nodiscard]] const Likely& nearest(const std::string& word);

private:
    [[nodiscard]] Likely search(const std::string& word) const;

    double floor_;
    std::vector<std::pair<std::string, std::string>> values_; ///< folded, as written
    std::unordered_map<std::string, Likely> answers_;
};

/// The keys of a table that were refused. Those that refer to such a row are not at
/// fault: they follow from it, and nothing is said of them.
class RefusedKeys {
public:
    /// `field`: the key that others refer to. `cog` tells the name of a code; may be null.
    RefusedKeys(const Sheet& sheet, std::string_view field, const Cog* cog);

    /// Whether a code that is not in the table is probably that of a refused row: it
    /// is written almost as the refused key, or is that of the row's name.
    [[nodiscard]] bool explain(const std::string& code) const;

private:
    std::vector<std::string> keys_;
    std::unordered_set<std::string> names_; ///< folded
    const Cog* cog_;
};

/// « S'agit-il de « x » (sûr à 92 %) ? », or `otherwise` where there is no value.
[[nodiscard]] std::string is_it(Language language, const Likely& likely, std::string otherwise = {});

/// « Écrivez « x », dans une cellule au format texte. », or nothing for nothing.
[[nodiscard]] std::string write_it(Language language, const std::string& value);

/// A whole percentage: `92`.
[[nodiscard]] std::string percent(double share);

/// The list cell `text` with the element `from` replaced by `to`.
[[nodiscard]] std::string replaced_element(std::string_view text, std::string_view from, std::string_view to);

/// A long text cut to what a message can show.
[[nodiscard]] std::string shown(std::string_view text);

/// `30/06/2024`.
[[nodiscard]] std::string french_date(Date date);

/// The length of the codes of that kind of field; 0 where it is not fixed.
[[nodiscard]] std::size_t code_length(const Field& field);

/// By the key of their code; the axe is 0 where it is at fault.
[[nodiscard]] std::unordered_map<std::string, Thematique> thematiques_of(const Sheet& sheet);

/// But for those whose nature or base is at fault: what they count is not known.
[[nodiscard]] std::vector<Variable> sound_variables(Examination& examination);

/// Is the text one of the schema's missing values?
[[nodiscard]] bool is_missing_value(const std::string& text, const TableSchema& schema);

// The families of rules, each in its own file, in the order in which they run.
void check_headers(Examination& examination);       // validation_headers.cpp
void check_cells(Examination& examination);         // validation_cells.cpp
void check_identifiers(Examination& examination);   // validation_identifiers.cpp
void check_references(Examination& examination);    // validation_references.cpp
void check_settings(Examination& examination);      // validation_settings.cpp
void check_zones(Examination& examination);         // validation_territory.cpp
void check_names(Examination& examination);         // validation_names.cpp
void check_needs(Examination& examination);         // validation_needs.cpp
void check_dispositifs(Examination& examination);   // validation_dispositifs.cpp
void check_duplicates(Examination& examination);    // validation_duplicates.cpp
void check_places(Examination& examination);        // validation_places.cpp
void check_thematiques(Examination& examination);   // validation_thematiques.cpp
void check_pistes(Examination& examination);        // validation_pistes.cpp
void check_actions(Examination& examination);       // validation_actions.cpp
void check_budget(Examination& examination);        // validation_budget.cpp
void check_indicateurs(Examination& examination);   // validation_indicateurs.cpp
void check_committee(Examination& examination);     // validation_committee.cpp
void check_declared(Examination& examination);      // validation_declared.cpp
void check_prerequisites(Examination& examination); // validation_prerequisites.cpp

} // namespace pacte
