#include <algorithm>
#include <array>
#include <set>

#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// What an action must have, here and in the tables of its budget and indicators.

namespace pacte {

namespace {

class ActionCheck {
public:
    ActionCheck(Examination& examination, Sheet& sheet) : examination_(examination), sheet_(sheet)
    {
        read_indicators();
        read_budget();
        if (const auto* pistes = examination.find("pistes"))
            for (const auto row : pistes->keyed_rows())
                decisions_.emplace(code_key(pistes->code(row, "id")), fold(pistes->text(row, "decision")));
    }

    void run()
    {
        for (const auto row : sheet_.keyed_rows()) {
            check_piste(row);
            check_bodies(row);
            check_indicators(row);
            check_budget(row);
        }
        check_axes();
    }

private:
    [[nodiscard]] std::string id(std::size_t row) const { return sheet_.code(row, "id"); }

    void report(Rule rule, std::size_t row, const char* field, std::initializer_list<std::string> values)
    {
        sheet_.report_cell(rule, row, sheet_.columns().index(field), values);
    }

    void read_indicators()
    {
        const auto* sheet = examination_.find("indicateurs");
        if (sheet == nullptr || sheet->columns().index("action") < 0 || sheet->columns().index("type") < 0)
            return;
        knows_indicators_ = true;
        for (const auto row : sheet->keyed_rows())
            types_[code_key(sheet->code(row, "action"))].insert(fold(sheet->text(row, "type")));
    }

    void read_budget()
    {
        const auto* sheet = examination_.find("budget");
        if (sheet == nullptr || sheet->columns().index("action") < 0 || sheet->columns().index("annee") < 0)
            return;
        knows_budget_ = true;
        for (const auto row : sheet->keyed_rows())
            if (const auto year = sheet->figure(row, "annee"))
                years_[code_key(sheet->code(row, "action"))].insert(static_cast<int>(*year));
    }

    void check_piste(std::size_t row)
    {
        const auto piste = sheet_.code(row, "piste");
        const auto decision = decisions_.find(code_key(piste));
        if (decision != decisions_.end() && decision->second == "infirmee")
            report(Rule::action_of_rejected_piste, row, "piste", {piste});
    }

    void check_bodies(std::size_t row)
    {
        const auto axe = examination_.axes_of_actions().find(code_key(id(row)));
        const auto associated = sheet_.text(row, "acteur_associe");
        if (axe == examination_.axes_of_actions().end() || associated.empty())
            return;
        auto bodies = split_list(associated);
        bodies.push_back(sheet_.text(row, "porteur"));
        const auto names = [&](const char* code) {
            return std::any_of(bodies.begin(), bodies.end(), [&](const std::string& body) {
                return examination_.institutions().names(body, code);
            });
        };
        if (axe->second == 1 && !names("caf"))
            report(Rule::action_without_caf, row, "acteur_associe", {});
        if (axe->second == 2 && !names("france-travail"))
            report(Rule::action_without_france_travail, row, "acteur_associe", {});
    }

    void check_indicators(std::size_t row)
    {
        if (!knows_indicators_)
            return;
        const auto& types = types_[code_key(id(row))];
        if (!types.contains("realisation"))
            report(Rule::action_without_realisation, row, "id", {id(row)});
        if (!types.contains("resultat"))
            report(Rule::action_without_result, row, "id", {id(row)});
    }

    void check_budget(std::size_t row)
    {
        const auto period = examination_.period();
        if (!knows_budget_ || !period)
            return;
        const auto& years = years_[code_key(id(row))];
        std::string missing;
        for (int year = period->first; year <= period->second; ++year)
            if (!years.contains(year))
                missing += (missing.empty() ? "" : ", ") + std::to_string(year);
        if (!missing.empty())
            report(Rule::action_without_budget, row, "id", {id(row), missing});
    }

    /// « Convention France Travail » in the settings stands for the actions of axe 2.
    [[nodiscard]] bool is_declared(int axe) const
    {
        const auto setting = fold(examination_.parameters().text("axe 2"));
        return axe == 2 && setting.find("francetravail") != std::string::npos;
    }

    void check_axes()
    {
        if (sheet_.keyed_rows().empty() || examination_.find("pistes") == nullptr ||
            sheet_.columns().index("piste") < 0)
            return;
        std::array<bool, 5> there{};
        for (const auto& [action, axe] : examination_.axes_of_actions())
            there[static_cast<std::size_t>(axe)] = true;
        if (there[0])
            return; // the reference of an action leads nowhere: its axe is not known
        for (int axe = 1; axe <= 4; ++axe)
            if (!there[static_cast<std::size_t>(axe)] && !is_declared(axe))
                sheet_.report_table(Rule::axe_without_action, {std::to_string(axe)});
    }

    Examination& examination_;
    Sheet& sheet_;
    bool knows_indicators_ = false;
    bool knows_budget_ = false;
    std::unordered_map<std::string, std::set<std::string>> types_; ///< of the indicators, by action
    std::unordered_map<std::string, std::set<int>> years_;         ///< of the budget, by action
    std::unordered_map<std::string, std::string> decisions_;       ///< by piste
};

} // namespace

void check_actions(Examination& examination)
{
    if (auto* sheet = examination.find("actions"))
        ActionCheck(examination, *sheet).run();
}

} // namespace pacte
