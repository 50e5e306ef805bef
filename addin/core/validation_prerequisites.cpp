#include <algorithm>
#include <map>
#include <optional>

#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// « Non vérifié »: the rules that lacked what they need, and the length of the
// final document.

namespace pacte {

namespace {

constexpr int most_pages = 30;
constexpr const char* pages_setting = "pages du rapport";

/// Counted by who made the report, or else stated by the agent.
std::optional<int> pages_of_report(const Examination& examination)
{
    const double stated = examination.parameters().number(pages_setting, 0.0);
    const auto counted = examination.input().report_pages;
    return counted || !(stated >= 1.0) ? counted : static_cast<int>(std::min(stated, 9999.0));
}

/// There is a document to be counted once the actions have their budget.
bool is_final(Examination& examination)
{
    const auto* actions = examination.find("actions");
    const auto* budget = examination.find("budget");
    return examination.find("parametres") != nullptr && actions != nullptr &&
           !actions->keyed_rows().empty() && budget != nullptr && !budget->keyed_rows().empty();
}

class Prerequisites {
public:
    explicit Prerequisites(Examination& examination) : examination_(examination) {}

    void run()
    {
        for (const auto& rule : all_rules())
            for (const auto& need : split_words(rule.needs))
                check(need, rule.code);
        for (auto* sheet : examination_.sheets())
            for (const auto& rule : sheet->schema().rules)
                check_declared(*sheet, rule);
        tell();
    }

private:
    static std::vector<std::string> split_words(std::string_view text)
    {
        std::vector<std::string> words;
        while (!text.empty()) {
            const auto end = std::min(text.find(' '), text.size());
            words.emplace_back(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return words;
    }

    void check(const std::string& need, const std::string& code)
    {
        if (need == "cog") {
            if (examination_.input().cog == nullptr && schema("communes") != nullptr)
                add(without_territory_, code);
            return;
        }
        const bool rows = need.ends_with('+');
        const auto dot = need.find('.');
        const auto table = need.substr(0, rows ? need.size() - 1 : dot);
        if (schema(table) == nullptr)
            return; // these schemas are not a whole diagnosis
        const auto* sheet = examination_.find(table);
        if (sheet == nullptr)
            add(missing_tables_[table], code);
        else if (dot != std::string::npos && sheet->columns().index(need.substr(dot + 1)) < 0)
            add(missing_columns_[{table, need.substr(dot + 1)}], code);
        else if (rows && sheet->keyed_rows().empty())
            add(empty_tables_[table], code);
    }

    void check_declared(const Sheet& sheet, const DeclaredRule& rule)
    {
        if (!rule.table.empty())
            check(rule.table + "." + rule.reference, rule.code);
        for (const auto& field : {rule.field, rule.when.field, rule.other})
            if (!field.empty() && !field.starts_with('@') && !sheet.keyed_rows().empty())
                check(sheet.schema().name + "." + field, rule.code);
        if (rule.other.starts_with('@') && rule.other != "@date" &&
            examination_.parameters().text(rule.other.substr(1)).empty())
            add(missing_settings_[rule.other.substr(1)], rule.code);
    }

    /// `THE-001, PIS-004`: each rule once.
    static void add(std::string& list, const std::string& code)
    {
        if (list.find(code) == std::string::npos)
            list += (list.empty() ? "" : ", ") + code;
    }

    [[nodiscard]] const TableSchema* schema(const std::string& table) const
    {
        return examination_.input().schemas.find(table);
    }

    void tell()
    {
        for (const auto& [table, codes] : missing_tables_)
            examination_.not_checked(Rule::not_checked_table, table, {table, codes});
        for (const auto& [place, codes] : missing_columns_) {
            const auto* field =
                schema(place.first) != nullptr ? schema(place.first)->find(place.second) : nullptr;
            examination_.not_checked(
                Rule::not_checked_column, place.first,
                {field != nullptr ? field->title : place.second,
                 schema(place.first) != nullptr ? schema(place.first)->sheet : place.first, codes});
        }
        for (const auto& [table, codes] : empty_tables_)
            examination_.not_checked(Rule::not_checked_empty, table,
                                     {schema(table) != nullptr ? schema(table)->sheet : table, codes});
        if (!without_territory_.empty())
            examination_.not_checked(Rule::not_checked_territory, "", {without_territory_});
        for (const auto& [setting, codes] : missing_settings_)
            examination_.not_checked(Rule::not_checked_setting, "parametres", {setting, codes});
        if (!examination_.knows_date())
            examination_.not_checked(Rule::not_checked_setting, "parametres",
                                     {"date de référence", "DIS-008, DIS-010, DIS-011, IND-008, COM-005"});
        if (!examination_.period() && examination_.find("parametres") != nullptr)
            examination_.not_checked(Rule::not_checked_setting, "parametres",
                                     {"fin de la période", "ACT-012, BUD-002, IND-002, IND-009"});
        if (!pages_of_report(examination_) && is_final(examination_))
            examination_.not_checked(Rule::not_checked_setting, "parametres", {pages_setting, "DOC-001"});
    }

    Examination& examination_;
    std::map<std::string, std::string> missing_tables_; ///< codes of the rules, by table
    std::map<std::pair<std::string, std::string>, std::string> missing_columns_;
    std::map<std::string, std::string> empty_tables_;
    std::map<std::string, std::string> missing_settings_;
    std::string without_territory_;
};

void check_pages(Examination& examination)
{
    const auto pages = pages_of_report(examination);
    auto* sheet = examination.find("parametres");
    if (pages && *pages > most_pages && sheet != nullptr)
        sheet->report_table(Rule::too_many_pages, {std::to_string(*pages)});
}

} // namespace

void check_prerequisites(Examination& examination)
{
    check_pages(examination);
    Prerequisites(examination).run();
}

} // namespace pacte
