#include "commands/comparison_reports.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "commands/counted.hpp"
#include "core/text.hpp"

namespace pacte::commands {

namespace {

const Variable* variable_of(const NeedsState& state, const std::string& code)
{
    const auto found = std::find_if(state.variables.begin(), state.variables.end(),
                                    [&](const Variable& variable) { return variable.code == code; });
    return found == state.variables.end() ? nullptr : &*found;
}

std::string name_of(const NeedsState& before, const NeedsState& after, const std::string& code)
{
    for (const NeedsState* state : {&after, &before})
        for (const Epci& epci : state->epcis)
            if (epci.code == code && !epci.name.empty())
                return epci.name;
    return code;
}

std::string label_with_unit(const Variable& variable)
{
    return variable.label + (variable.unit.empty() ? "" : " (" + variable.unit + ")");
}

std::string definition_reason(const Variable* then, const Variable* now)
{
    if (!then)
        return "Absent du T0 : suivi depuis seulement.";
    if (!now)
        return "Suivi au T0 seulement : il n'est plus dans le classeur.";
    const auto changed = [](const char* what, const std::string& before, const std::string& after) {
        return std::string("Définition modifiée : ") + what + " « " + (after.empty() ? "aucune" : after) +
               " » au lieu de « " + (before.empty() ? "aucune" : before) + " ».";
    };
    if (trimmed(then->unit) != trimmed(now->unit))
        return changed("unité", then->unit, now->unit);
    if (fold(then->base) != fold(now->base))
        return changed("base", then->base, now->base);
    return "Définition modifiée : la nature du chiffre n'est plus la même.";
}

std::string perimeter_reason(const NeedsState& before, const NeedsState& after, const std::string& epci)
{
    const auto is_there = [&](const NeedsState& state) {
        return std::any_of(state.epcis.begin(), state.epcis.end(),
                           [&](const Epci& known) { return known.code == epci; });
    };
    if (!is_there(before))
        return "EPCI absent du T0.";
    if (!is_there(after))
        return "EPCI qui n'est plus retenu.";
    const auto then = before.members.find(epci);
    const auto now = after.members.find(epci);
    const auto lacking = [](const std::set<std::string>& all, const std::set<std::string>& in) {
        std::string list;
        std::size_t count = 0;
        constexpr std::size_t most = 5;
        for (const std::string& code : all)
            if (!in.contains(code) && ++count <= most)
                list += (list.empty() ? "" : ", ") + code;
        return count > most ? french_number(static_cast<double>(count)) + " communes" : list;
    };
    const std::string gained = lacking(now->second, then->second);
    const std::string lost = lacking(then->second, now->second);
    std::string reason = "Périmètre modifié :";
    if (!gained.empty())
        reason += " gagne " + gained;
    if (!lost.empty())
        reason += (gained.empty() ? " perd " : ", perd ") + lost;
    return reason + ".";
}

std::string unknown_reason(const Difference& difference)
{
    const auto said = [](const Quantity& figure, const char* when) {
        return figure.is_known()
                   ? std::string()
                   : (figure.is_secret() ? "Secret statistique " : "Valeur inconnue ") + std::string(when);
    };
    const std::string before = said(difference.before, "au T0");
    const std::string after = said(difference.after, "à mi-parcours");
    return before + (before.empty() || after.empty() ? "" : " ; ") + after + ".";
}

/// Sorts the figures of one subject into what is told, and how.
class Sorter {
public:
    Sorter(Comparison& comparison, const char* subject, const NeedsState& before, const NeedsState& after)
        : comparison_(comparison), subject_(subject), before_(before), after_(after)
    {
    }

    void sort(const std::vector<Difference>& differences)
    {
        std::set<std::string> changed;
        for (const Difference& difference : differences)
            if (difference.change.is_known() && difference.change.value() != 0.0)
                changed.insert(difference.variable);
        std::set<std::string> unchanged;
        for (const Difference& difference : differences)
            add(difference, changed, unchanged);
    }

private:
    void add(const Difference& difference, const std::set<std::string>& changed,
             std::set<std::string>& unchanged)
    {
        if (!difference.before.is_known() && !difference.after.is_known()) {
            if (difference.comparability == Comparability::not_known)
                ++comparison_.never_known;
            return;
        }
        const Variable* const now = variable_of(after_, difference.variable);
        const Variable* const then = variable_of(before_, difference.variable);
        const Variable& any = now ? *now : *then;
        ComparedFigure figure{subject_,
                              label_with_unit(any),
                              name_of(before_, after_, difference.epci),
                              any.nature == VariableNature::taux,
                              difference,
                              {}};
        switch (difference.comparability) {
        case Comparability::comparable:
            if (changed.contains(difference.variable))
                comparison_.figures.push_back(std::move(figure));
            else if (unchanged.insert(difference.variable).second)
                comparison_.unchanged.push_back(any.label);
            return;
        case Comparability::definition_changed:
            figure.reason = definition_reason(then, now);
            break;
        case Comparability::perimeter_changed:
            figure.reason = perimeter_reason(before_, after_, difference.epci);
            break;
        case Comparability::not_known:
            figure.reason = unknown_reason(difference);
            break;
        }
        comparison_.apart.push_back(std::move(figure));
    }

    Comparison& comparison_;
    const char* subject_;
    const NeedsState& before_;
    const NeedsState& after_;
};

/// The definitions of indicators, where Sorter looks for them.
NeedsState definitions_of(const std::vector<IndicatorState>& indicators)
{
    NeedsState state;
    for (const IndicatorState& indicator : indicators)
        state.variables.push_back(indicator.definition);
    return state;
}

const char* judgement_of(const Difference& difference)
{
    if (difference.change.is_known() && difference.change.value() == 0.0)
        return "stable";
    if (!difference.is_better)
        return "–";
    return *difference.is_better ? "amélioration" : "dégradation";
}

std::vector<ReportColumn> common_columns()
{
    return {{"sur", "Texte", 2.6},
            {"mesure", "Texte long", 9.0},
            {"EPCI ou action", "Texte", 5.5},
            {"T0", "Nombre", 2.4},
            {"à mi-parcours", "Nombre", 2.6}};
}

void add_row(Report& report, const ComparedFigure& figure, std::initializer_list<Cell> further)
{
    const std::size_t row = report.rows.size();
    std::vector<Cell> cells{std::string(figure.subject), figure.label, figure.place,
                            cell_of(figure.difference.before), cell_of(figure.difference.after)};
    cells.insert(cells.end(), further);
    if (figure.is_rate)
        for (std::size_t column = 3; column < cells.size(); ++column)
            if (std::holds_alternative<double>(cells[column]))
                report.styles[{row, column}] = "Taux";
    report.rows.push_back(std::move(cells));
}

} // namespace

Comparison compare(const FrozenT0& before, const FrozenT0& after)
{
    Comparison comparison;
    Sorter(comparison, "besoin", before.needs, after.needs).sort(compare_states(before.needs, after.needs));
    Sorter(comparison, "couverture", before.coverage, after.coverage)
        .sort(compare_states(before.coverage, after.coverage));
    const NeedsState then = definitions_of(before.indicators);
    const NeedsState now = definitions_of(after.indicators);
    Sorter(comparison, "indicateur", then, now).sort(compare_indicators(before.indicators, after.indicators));
    return comparison;
}

std::string comparison_in_words(const Comparison& comparison)
{
    std::map<std::string, std::size_t> judged;
    for (const ComparedFigure& figure : comparison.figures)
        ++judged[judgement_of(figure.difference)];
    if (comparison.figures.empty())
        return "Aucun chiffre comparable n'a changé depuis le T0.";
    return counted(comparison.figures.size(), "chiffre comparé au T0 : ", "chiffres comparés au T0 : ") +
           counted(judged["amélioration"], "amélioration, ", "améliorations, ") +
           counted(judged["dégradation"], "dégradation, ", "dégradations, ") +
           counted(judged["stable"], "stable ; ", "stables ; ") +
           counted(comparison.apart.size(), "ne peut pas l'être.", "ne peuvent pas l'être.");
}

Report comparison_report(const Comparison& comparison, const std::string& dates)
{
    Report report{"Comparaison au T0",
                  "Du T0 à la mi-parcours",
                  dates + ". " + comparison_in_words(comparison),
                  common_columns(),
                  {},
                  {},
                  {}};
    report.columns.insert(report.columns.end(), {{"évolution", "Nombre", 2.4},
                                                 {"évolution relative", "Pour cent", 2.4},
                                                 {"appréciation", "Texte", 3.0}});
    for (const ComparedFigure& figure : comparison.figures) {
        const std::size_t row = report.rows.size();
        // A rate changes by points: a share of a share misleads.
        add_row(report, figure,
                {cell_of(figure.difference.change),
                 figure.is_rate || !figure.difference.relative.is_known()
                     ? Cell(std::string("–"))
                     : cell_of(figure.difference.relative),
                 std::string(judgement_of(figure.difference))});
        if (figure.difference.is_better)
            report.styles[{row, 7}] = *figure.difference.is_better ? "Statut couvert" : "Statut peu";
    }
    report.notes.push_back("L'évolution d'un taux est en points. Une hausse ou une baisse est jugée par le "
                           "« sens » de la variable ou de l'indicateur ; sans sens, elle ne l'est pas (–).");
    if (!comparison.unchanged.empty()) {
        std::string list = "Inchangés partout (données non renouvelées, ou stables) :";
        for (const std::string& label : comparison.unchanged)
            list += " " + label + " ;";
        list.back() = '.';
        report.notes.push_back(std::move(list));
    }
    if (!comparison.apart.empty())
        report.notes.push_back(
            "Ce qui ne peut pas être comparé est à part, dans la feuille « Non comparables "
            "au T0 ».");
    return report;
}

Report set_apart_report(const Comparison& comparison, const std::string& dates)
{
    Report report{"Non comparables au T0",
                  "Ce qui ne peut pas être comparé au T0",
                  dates + ". Ces chiffres ne doivent pas être lus comme une évolution.",
                  common_columns(),
                  {},
                  {},
                  {}};
    report.columns.push_back({"pourquoi", "Texte long", 10.0});
    for (const ComparedFigure& figure : comparison.apart)
        add_row(report, figure, {figure.reason});
    if (comparison.apart.empty())
        report.notes.emplace_back("Tout ce qui est connu aux deux dates peut être comparé.");
    if (comparison.never_known > 0)
        report.notes.push_back(counted(
            comparison.never_known, "chiffre est inconnu ou secret aux deux dates : il n'est pas listé.",
            "chiffres sont inconnus ou secrets aux deux dates : ils ne sont pas listés."));
    return report;
}

} // namespace pacte::commands
