#include "commands/action_reports.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "commands/counted.hpp"
#include "core/error.hpp"
#include "core/figure.hpp"
#include "core/text.hpp"

namespace pacte::commands {

namespace {

/// `Enfants suivis (enfants)`: a figure has its unit.
std::string label_of(const Indicateur& indicateur)
{
    return indicateur.unit.empty() ? indicateur.label : indicateur.label + " (" + indicateur.unit + ")";
}

std::vector<Cell> money_row(const std::string& kind, const std::string& name, const MoneyTotal& of)
{
    const Quantity total = of.total();
    return {kind,
            name,
            cell_of(of.state),
            cell_of(of.departement),
            cell_of(of.others),
            cell_of(total),
            cell_of(state_share(of.state, total)),
            cell_of(leverage(of.state, total)),
            of.incomplete > 0
                ? Cell(counted(of.incomplete, "ligne où une part manque", "lignes où une part manque"))
                : Cell(Blank{})};
}

/// To the cent where there are cents: « 43 999,50 € ».
std::string in_euros(double amount)
{
    std::string text = french_number(amount, 2);
    if (const auto comma = text.rfind(','); comma != std::string::npos && text.size() - comma == 2)
        text += '0';
    return text + " €";
}

/// Two lines of the table and a note: the State's total against its envelope. Where its
/// part is not known on every line, what is known is a floor of what it has engaged.
void add_envelope(Report& report, const std::vector<BudgetLine>& lines, const std::string& stated)
{
    if (stated.empty()) {
        report.notes.emplace_back(
            "Aucune enveloppe de l'État n'est donnée (Paramètres, « enveloppe de l'État (€) »).");
        return;
    }
    const Figure envelope = read_figure(stated, "€");
    if (envelope.kind != Figure::Kind::number || envelope.value < 0.0) {
        report.notes.push_back("« " + stated +
                               " » n'est pas un montant : écrivez l'enveloppe de l'État en euros dans "
                               "Paramètres, « enveloppe de l'État (€) », puis refaites la synthèse.");
        return;
    }
    double engaged = 0.0;
    int unknown = 0;
    for (const BudgetLine& line : lines) {
        engaged += line.state.is_known() ? line.state.value() : 0.0;
        unknown += line.state.is_known() ? 0 : 1;
    }
    const double left = std::round((envelope.value - engaged) * 100.0) / 100.0; // to the cent
    const std::string amount = in_euros(std::abs(left));
    std::string sentence;
    if (left < 0.0)
        sentence = "elle est dépassée de " + amount + (unknown > 0 ? " au moins" : "");
    else if (left == 0.0)
        sentence = unknown > 0 ? "les parts connues l'engagent en entier" : "elle est engagée en entier";
    else
        sentence = "il reste " + amount + (unknown > 0 ? " au plus" : " à engager");
    report.rows.push_back(
        {std::string("enveloppe"), std::string("Enveloppe de l'État (Paramètres)"), envelope.value});
    const std::size_t row = report.rows.size();
    report.rows.push_back({std::string("reste"),
                           std::string(left < 0.0 ? "Dépassement de l'enveloppe" : "Reste à engager"),
                           unknown > 0 ? Cell(std::string("nd")) : Cell(left)});
    if (left < 0.0)
        report.styles[{row, 0}] = report.styles[{row, 1}] = "Pacte erreur";
    sentence = "Enveloppe de l'État : " + in_euros(envelope.value) + " ; " + sentence;
    if (unknown > 0)
        sentence += ", " + counted(unknown, "ligne du budget n'ayant pas de part de l'État",
                                   "lignes du budget n'ayant pas de part de l'État");
    report.notes.push_back(sentence + ".");
}

/// The target of the year as the table has it, else by its trajectory; nothing where
/// neither says it.
std::optional<double> target_of(const Indicateur& indicateur, int year)
{
    const auto stated = indicateur.targets.find(year);
    if (stated != indicateur.targets.end() && stated->second.is_known())
        return stated->second.value();
    if (!indicateur.t0.is_known() || !indicateur.target.is_known())
        return std::nullopt;
    try {
        return target_at({indicateur.t0.value(),
                          indicateur.target.value(),
                          indicateur.t0_year,
                          indicateur.target_year,
                          indicateur.trajectory,
                          {}},
                         year);
    } catch (const Failure&) {
        return std::nullopt; // the validation says what is wrong with the plan
    }
}

std::vector<Cell> follow_up_row(const Indicateur& indicateur, int year, double reached,
                                const TrendBounds& bounds, std::string& style)
{
    const auto target = target_of(indicateur, year);
    std::vector<Cell> row{indicateur.action,
                          indicateur.id,
                          label_of(indicateur),
                          static_cast<double>(year),
                          cell_of(indicateur.t0),
                          target ? Cell(*target) : Cell(std::string("nd")),
                          reached};
    if (!target || !indicateur.t0.is_known()) {
        row.insert(row.end(), {std::string("nd"), std::string("nd"), Blank{}});
        return row;
    }
    const double share = attainment(reached, indicateur.t0.value(), *target, indicateur.to_increase);
    const Trend trend = trend_of(share, bounds);
    const bool is_alert = trend == Trend::en_retard || trend == Trend::recul;
    style = trend == Trend::recul ? "Pacte erreur" : is_alert ? "Pacte alerte" : "";
    row.insert(row.end(),
               {share, std::string(label_of(trend)),
                is_alert ? Cell("À examiner : la cible de " + std::to_string(year) + " n'est pas tenue.")
                         : Cell(Blank{})});
    return row;
}

} // namespace

Report budget_report(const std::vector<BudgetLine>& lines, const std::map<std::string, int>& axes,
                     const std::map<std::string, std::string>& titles, const std::string& envelope)
{
    Report report{"Synthèse du budget",
                  "Budget des actions",
                  "Par axe, année et action, et selon qui paie ; effet levier : euros des autres pour un "
                  "euro de l'État.",
                  {{"par", "Texte", 2.4},
                   {"", "Texte", 8.0},
                   {"État", "Euro", 3.0},
                   {"Département", "Euro", 3.0},
                   {"autres", "Euro", 3.0},
                   {"total", "Euro", 3.0},
                   {"part État", "Pour cent", 2.4},
                   {"effet levier", "Décimal", 2.4, "0.00"},
                   {"remarque", "Texte", 5.0}},
                  {},
                  {},
                  {}};
    const MoneyTotals totals = money_totals(lines, axes);
    for (const auto& [axe, total] : totals.by_axe)
        report.rows.push_back(
            money_row("axe", axe > 0 ? "Axe " + std::to_string(axe) : "axe inconnu", total));
    for (const auto& [year, total] : totals.by_year)
        report.rows.push_back(money_row("année", std::to_string(year), total));
    for (const auto& [action, total] : totals.by_action) {
        const auto title = titles.find(action);
        report.rows.push_back(
            money_row("action", action + (title == titles.end() ? "" : " – " + title->second), total));
    }
    report.rows.push_back(money_row("ensemble", "Toutes les actions", totals.all));
    add_envelope(report, lines, envelope);
    for (const OverHalf& over : over_half(lines))
        report.notes.push_back("Action " + over.action + ", " + std::to_string(over.year) +
                               " : l'État paie " + french_number(over.state) + " € sur " +
                               french_number(over.total) + " €, plus de la moitié" +
                               (over.certain ? "." : " (une part n'est pas saisie)."));
    return report;
}

Report follow_up_report(const std::vector<Indicateur>& indicateurs, const TrendBounds& bounds)
{
    Report report{"Suivi des indicateurs",
                  "Où en sont les indicateurs",
                  "Chaque année dont la valeur est connue, contre la cible de l'année.",
                  {{"action", "Code", 2.2},
                   {"indicateur", "Code", 2.2},
                   {"libellé", "Texte long", 8.0},
                   {"année", "Année", 1.8},
                   {"T0", "Décimal", 2.2},
                   {"cible de l'année", "Décimal", 2.4},
                   {"réalisé", "Décimal", 2.2},
                   {"part atteinte", "Pour cent", 2.4},
                   {"tendance", "Texte", 3.0},
                   {"alerte", "Texte", 6.0}},
                  {},
                  {},
                  {}};
    for (const Indicateur& indicateur : indicateurs)
        for (const auto& [year, reached] : indicateur.reached) {
            if (!reached.is_known())
                continue;
            std::string style;
            report.rows.push_back(follow_up_row(indicateur, year, reached.value(), bounds, style));
            if (!style.empty())
                report.styles[{report.rows.size() - 1, 8}] = style;
        }
    report.notes = {"Atteint à partir de " + french_number(bounds.reached * 100.0) +
                    " % du chemin de l'année, en bonne "
                    "voie à partir de " +
                    french_number(bounds.on_track * 100.0) +
                    " %, en retard en deçà, recul "
                    "sous le T0 (Paramètres)."};
    std::map<int, std::pair<int, int>> by_year; // alerts, of all that were reached
    for (const auto& row : report.rows) {
        auto& [alerts, all] = by_year[static_cast<int>(std::get<double>(row[3]))];
        ++all;
        alerts += std::holds_alternative<std::string>(row[9]) ? 1 : 0;
    }
    for (const auto& [year, count] : by_year)
        report.notes.push_back(std::to_string(year) + " : " + counted(count.first, "alerte", "alertes") +
                               " pour " + counted(count.second, "valeur connue.", "valeurs connues."));
    if (report.rows.empty())
        report.notes.insert(report.notes.begin(),
                            "Aucune valeur n'est encore saisie dans les colonnes « réalisé ».");
    return report;
}

namespace {

/// People, one by one or by household: what follows a need that is counted in people.
bool counts_people(const Indicateur& indicateur)
{
    constexpr std::array units{"personnes",     "menages",      "familles", "enfants",    "jeunes",
                               "foyers",        "femmes",       "parents",  "collegiens", "accompagnements",
                               "beneficiaires", "allocataires", "logements"};
    const std::string unit = fold(indicateur.unit);
    return indicateur.to_increase && std::any_of(units.begin(), units.end(),
                                                 [&](const char* known) { return unit.starts_with(known); });
}

} // namespace

Report epci_targets_report(const std::vector<Indicateur>& indicateurs, const std::vector<Epci>& epcis,
                           const std::map<std::string, ActionScope>& scopes)
{
    Report report{
        "Cibles par EPCI",
        "Cibles annuelles réparties entre les EPCI",
        "Nombres entiers dont la somme est la cible (plus forts restes) ; à discuter avec chaque EPCI.",
        {{"action", "Code", 1.8},
         {"indicateur", "Code", 2.2},
         {"libellé", "Texte long", 6.0},
         {"année", "Année", 1.6},
         {"cible", "Nombre", 1.8},
         {"répartie selon", "Texte", 2.8}},
        {},
        {},
        {}};
    for (const Epci& epci : epcis)
        report.columns.push_back({epci.name, "Nombre", 2.2});
    for (const Indicateur& indicateur : indicateurs) {
        const auto scope = scopes.find(indicateur.action);
        if (!counts_people(indicateur) || scope == scopes.end() || indicateur.targets.empty())
            continue;
        for (const auto& [year, stated] : indicateur.targets) {
            const auto target = target_of(indicateur, year);
            if (!target || *target != std::floor(*target))
                continue;
            std::vector<Cell> row{indicateur.action,         indicateur.id, label_of(indicateur),
                                  static_cast<double>(year), *target,       scope->second.shared_by};
            const auto parts = share_out(*target, scope->second.weights);
            for (std::size_t e = 0; e < parts.size(); ++e)
                row.push_back(scope->second.weights[e] > 0.0 ? Cell(parts[e]) : Cell(std::string("–")));
            report.rows.push_back(std::move(row));
        }
    }
    report.notes = {
        "Seuls les indicateurs à augmenter dont l'unité compte des personnes ou des ménages se répartissent "
        "; "
        "un pourcentage, un délai ou des ETP, non. – : hors du territoire de l'action.",
        "Le besoin est celui de la thématique de la piste ; où il n'est pas connu dans tous les EPCI de "
        "l'action, la population le remplace."};
    return report;
}

} // namespace pacte::commands
