// Puts the tables' sheets into the skeleton of the workbook.

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <set>

#include "core/error.hpp"
#include "core/table_sheet.hpp"
#include "core/workbook.hpp"

namespace pacte {

namespace {

[[noreturn]] void bad_skeleton(const std::string& what)
{
    throw Failure(Failure::Cause::bad_file, "Le modèle du classeur (classeur.fods) ne peut pas servir : " +
                                                what + " Corrigez ce fichier ou réinstallez l'extension.");
}

/// What a cell accepts, and how the office says so.
struct Validity {
    std::string condition;
    std::string message; ///< empty: nothing is refused, the list is only proposed
    bool is_list = false;
    bool strict = false; ///< refused; else the person is asked
};

std::string list_condition(const std::vector<std::string>& values)
{
    std::vector<std::string> quoted;
    for (const auto& value : values)
        quoted.push_back("\"" + value + "\"");
    return "of:cell-content-is-in-list(" + boost::join(quoted, ";") + ")";
}

Validity closed_list(const std::vector<std::string>& values)
{
    return {list_condition(values), "Choisissez une valeur de la liste : " + boost::join(values, ", ") + ".",
            true, true};
}

Validity open_list(const std::vector<ListItem>& items)
{
    std::vector<std::string> labels;
    for (const auto& item : items)
        labels.push_back(item.label);
    return {list_condition(labels), "", true, false};
}

std::string plain(double bound)
{
    return std::to_string(static_cast<long long>(bound)); // the schemas' bounds are whole
}

/// A figure out of its bounds may still be meant (`nd`, `s`): the person is asked.
Validity figure(const Field& field)
{
    const std::string type =
        field.type == "number" ? "of:cell-content-is-decimal-number()" : "of:cell-content-is-whole-number()";
    const std::string what =
        field.type == "number" ? "Un nombre est attendu" : "Un nombre entier est attendu";
    if (field.minimum && field.maximum)
        return {type + " and cell-content-is-between(" + plain(*field.minimum) + "," + plain(*field.maximum) +
                    ")",
                what + ", de " + plain(*field.minimum) + " à " + plain(*field.maximum) + "."};
    if (field.minimum)
        return {type + " and cell-content()>=" + plain(*field.minimum),
                what + ", au moins " + plain(*field.minimum) + ". Inconnu : laissez la case vide."};
    return {};
}

Validity date()
{
    constexpr double first = 1.0; // 31 December 1899: any date is above
    return {"of:cell-content-is-date() and cell-content()>=" + plain(first),
            "Une date est attendue, par exemple 30/06/2024."};
}

class DocumentWriter {
public:
    DocumentWriter(std::string_view skeleton, const Schemas& schemas, const WorkbookContent& content)
        : rest_(skeleton), schemas_(schemas), content_(content)
    {
        for (const auto& table : schemas.tables())
            layouts_.push_back(lay_out(table, schemas, content));
        make_sheets();
    }

    std::string write()
    {
        out_.reserve(rest_.size() + sheets_.size() + 100'000);
        std::set<std::string, std::less<>> expected = {"vues", "styles", "validations", "tables",
                                                       "database-ranges"};
        while (!rest_.empty()) {
            const auto mark = std::min(rest_.find("{{"), rest_.find("<!--"));
            out_ += take(std::min(mark, rest_.size()));
            if (rest_.starts_with("{{"))
                append_text();
            else if (!rest_.empty())
                append_mark(expected);
        }
        if (!expected.empty())
            bad_skeleton("il y manque la marque « pacte:" + *expected.begin() + " ».");
        return std::move(out_);
    }

private:
    std::string_view take(std::size_t length)
    {
        const auto taken = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return taken;
    }

    /// What stands up to `end`, which is passed.
    std::string_view take_until(std::string_view begin, std::string_view end)
    {
        rest_.remove_prefix(begin.size());
        const auto length = rest_.find(end);
        if (length == std::string_view::npos)
            bad_skeleton("« " + std::string(begin) + " » n'y est pas fermé.");
        const auto taken = take(length);
        rest_.remove_prefix(end.size());
        return taken;
    }

    void append_text()
    {
        const std::string name(take_until("{{", "}}"));
        if (constexpr std::string_view count = "feuilles "; name.starts_with(count))
            out_ += ods::escaped(sheets_named(std::string_view(name).substr(count.size())));
        else if (const auto text = content_.texts.find(name); text != content_.texts.end())
            out_ += ods::escaped(text->second);
        else if (const auto range = range_named(name); !range.empty())
            out_ += ods::escaped(range);
        else if (name.find('.') != std::string::npos)
            bad_skeleton("aucune colonne ne répond à « {{" + name + "}} ».");
    }

    /// `table.field : prefix`. Calc has no function that counts the sheets of such names: each of
    /// the first values is asked for.
    [[nodiscard]] std::string sheets_named(std::string_view what) const
    {
        constexpr int most_values = 60;
        constexpr std::string_view colon = " : ";
        const auto at = what.find(colon);
        const auto range = range_named(std::string(what.substr(0, at)));
        if (at == std::string_view::npos || range.empty())
            bad_skeleton("« {{feuilles " + std::string(what) + "}} » ne désigne aucune colonne.");
        const std::string prefix(what.substr(at + colon.size()));
        std::string sum;
        for (int i = 1; i <= most_values; ++i)
            sum += (i == 1 ? "(ISNUMBER(SHEET(\"" : "+ISNUMBER(SHEET(\"") + prefix + "\"&INDEX(" + range +
                   ";" + std::to_string(i) + ")))";
        return sum + ")";
    }

    /// `{{table}}`, `{{table.field}}`, or `{{table.*}}` for the columns that no
    /// field describes; empty where there is no such table or field.
    [[nodiscard]] std::string range_named(const std::string& name) const
    {
        const auto dot = std::min(name.find('.'), name.size());
        const auto* layout = layout_of(name.substr(0, dot));
        if (layout == nullptr)
            return {};
        const int last = static_cast<int>(layout->columns.size()) - 1;
        if (dot == name.size())
            return ods::reference(layout->rows_of(0, last));
        const auto field = name.substr(dot + 1);
        if (field == "*")
            return ods::reference(layout->rows_of(static_cast<int>(layout->schema->fields.size()), last));
        const int column = layout->find(field);
        return column >= 0 ? ods::reference(layout->rows_of(column, column)) : std::string();
    }

    [[nodiscard]] const SheetLayout* layout_of(std::string_view table) const
    {
        const auto found = std::find_if(layouts_.begin(), layouts_.end(), [&](const SheetLayout& layout) {
            return layout.schema->name == table;
        });
        return found != layouts_.end() ? &*found : nullptr;
    }

    /// A comment of the skeleton: one of the marks, or words for whoever edits
    /// it, which are left out.
    void append_mark(std::set<std::string, std::less<>>& expected)
    {
        auto comment = boost::trim_copy(std::string(take_until("<!--", "-->")));
        if (!comment.starts_with("pacte:"))
            return;
        comment.erase(0, 6);
        if (expected.erase(comment) == 0)
            bad_skeleton("la marque « pacte:" + comment + " » est inconnue ou double.");
        if (comment == "styles")
            out_ += styles_.xml();
        else if (comment == "tables")
            out_ += sheets_;
        else if (comment == "validations")
            append_validities();
        else if (comment == "database-ranges")
            append_database_ranges();
        else
            for (const auto& layout : layouts_)
                out_ += view_xml(layout);
    }

    void make_sheets()
    {
        static const std::vector<WorkbookContent::Row> none;
        for (const auto& layout : layouts_) {
            std::vector<std::string> validations;
            for (const auto& column : layout.columns)
                validations.push_back(name_of(validity_of(layout, column)));
            const auto rows = content_.rows.find(layout.schema->name);
            sheets_ +=
                sheet_xml(layout, rows != content_.rows.end() ? rows->second : none, validations, styles_);
        }
    }

    [[nodiscard]] Validity validity_of(const SheetLayout& layout, const SheetColumn& column) const
    {
        if (layout.schema->generated)
            return {};
        if (column.field == nullptr)
            return column.key.empty() ? header_validity(*layout.schema) : Validity{};
        const auto& field = *column.field;
        if (field.is_list || field.kind == "calculé")
            return {};
        for (const auto& key : layout.schema->foreign_keys)
            if (key.field == field.name)
                return reference_to(key);
        if (!field.enumeration.empty())
            return closed_list(field.enumeration);
        if (field.type == "boolean")
            return closed_list({"oui", "non"});
        if (!field.suggestions.empty())
            return open_list(schemas_.list(field.suggestions));
        if (field.type == "date")
            return date();
        const bool numeric = field.type == "number" || field.type == "integer" || field.type == "year";
        return numeric ? figure(field) : Validity{};
    }

    /// A further column of `besoins` is headed by the code of a variable.
    [[nodiscard]] Validity header_validity(const TableSchema& schema) const
    {
        return {"of:cell-content-is-in-list(" + range_named(schema.columns_from) + ")",
                "Choisissez le code d'une variable, décrite d'abord dans la feuille Variables.", true, false};
    }

    /// A key that is not yet in the other table may be on its way: the person is asked.
    [[nodiscard]] Validity reference_to(const ForeignKey& key) const
    {
        const auto range = range_named(key.table + "." + key.reference);
        if (range.empty())
            bad_skeleton("un schéma se réfère à « " + key.table + "." + key.reference +
                         " », qui n'existe pas.");
        return {"of:cell-content-is-in-list(" + range + ")",
                "Cette valeur n'est pas dans la feuille « " + schemas_.table(key.table).sheet +
                    " ». La garder tout de même ?",
                true, false};
    }

    /// The name of the validity, which columns that accept the same share.
    std::string name_of(const Validity& validity)
    {
        if (validity.condition.empty())
            return {};
        const auto found = std::find_if(validities_.begin(), validities_.end(), [&](const Validity& known) {
            return known.condition == validity.condition && known.strict == validity.strict;
        });
        const auto index = static_cast<std::size_t>(found - validities_.begin());
        if (found == validities_.end())
            validities_.push_back(validity);
        return "v" + std::to_string(index + 1);
    }

    void append_validities()
    {
        out_ += "<table:content-validations>\n";
        for (std::size_t i = 0; i < validities_.size(); ++i) {
            const auto& validity = validities_[i];
            out_ += "    <table:content-validation table:name=\"v" + std::to_string(i + 1) +
                    "\" table:condition=\"" + ods::escaped(validity.condition) +
                    "\" table:allow-empty-cell=\"true\"" +
                    (validity.is_list ? " table:display-list=\"unsorted\"" : "") +
                    " table:base-cell-address=\"Accueil.A1\"><table:error-message table:message-type=\"" +
                    (validity.strict ? "stop" : "warning") + "\" table:display=\"" +
                    (validity.message.empty() ? "false" : "true") + "\" table:title=\"Pacte\">" +
                    ods::paragraphs(validity.message) + "</table:error-message></table:content-validation>\n";
        }
        out_ += "   </table:content-validations>";
    }

    void append_database_ranges()
    {
        out_ += "<table:database-ranges>\n";
        for (const auto& layout : layouts_)
            out_ += "    <table:database-range table:name=\"" + ods::escaped(layout.schema->name) +
                    "\" table:target-range-address=\"" + ods::escaped(ods::address(layout.area())) +
                    "\" table:display-filter-buttons=\"true\"/>\n";
        out_ += "   </table:database-ranges>";
    }

    std::string_view rest_;
    const Schemas& schemas_;
    const WorkbookContent& content_;
    std::vector<SheetLayout> layouts_;
    std::vector<Validity> validities_;
    SheetStyles styles_;
    std::string sheets_;
    std::string out_;
};

} // namespace

std::string write_workbook(std::string_view skeleton, const Schemas& schemas, const WorkbookContent& content)
{
    return DocumentWriter(skeleton, schemas, content).write();
}

} // namespace pacte
