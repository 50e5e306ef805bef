#include "commands/panorama_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/composite_index.hpp"
#include "core/text.hpp"

namespace pacte::commands {

namespace {

constexpr double inhabitants_of_a_count = 1000.0;
/// Euros are whole, rates have one decimal.
constexpr const char* figures_format = "[>=1000]#,##0;0.0";

struct Family {
    const char* key; ///< folded
    const char* title;
    const char* index;
};

constexpr std::array families{
    Family{"profildepauvrete", "profil de pauvreté", "Indice des profils de pauvreté"},
    Family{"facteuraggravant", "facteur aggravant", "Indice des facteurs aggravants"}};

double to_one_decimal(double value) { return std::round(value * 10.0) / 10.0; }

/// One variable by EPCI, on a scale that compares them.
struct Line {
    std::string label;
    std::vector<Quantity> figures;
    bool has_sense = true;
    bool increase_is_bad = true;
};

Line line_of(const Variable& variable, const Territory& territory, const pacte::Needs& needs)
{
    Line line{variable.label, {}, variable.has_sense, variable.increase_is_bad};
    const bool is_count = variable.nature == VariableNature::effectif;
    if (is_count)
        line.label += " (pour 1 000 habitants)";
    else if (!variable.unit.empty())
        line.label += " (" + variable.unit + ")";
    for (std::size_t e = 0; e < territory.epcis().size(); ++e) {
        Quantity figure = needs.at(territory.epcis()[e].code, variable.code);
        if (is_count && figure.is_known())
            figure = territory.population(e) > 0.0
                         ? Quantity::known(figure.value() * inhabitants_of_a_count / territory.population(e))
                         : Quantity::unknown();
        line.figures.push_back(figure);
    }
    return line;
}

std::vector<double> sorted_known(const std::vector<Quantity>& figures)
{
    std::vector<double> known;
    for (const Quantity& figure : figures)
        if (figure.is_known())
            known.push_back(figure.value());
    std::sort(known.begin(), known.end());
    return known;
}

/// Hyndman and Fan's type 7, of sorted values that are there.
double quantile(const std::vector<double>& sorted, double share)
{
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    return std::lerp(sorted[below], sorted[std::min(below + 1, sorted.size() - 1)],
                     position - static_cast<double>(below));
}

/// In the least favourable quarter, and not all alike.
bool is_unfavourable(const Line& line, const std::vector<double>& sorted, double value)
{
    constexpr double quarter = 0.25;
    if (!line.has_sense || sorted.front() == sorted.back())
        return false;
    return line.increase_is_bad ? value >= quantile(sorted, 1.0 - quarter)
                                : value <= quantile(sorted, quarter);
}

void add_line(Report& report, const char* family, const Line& line)
{
    const auto sorted = sorted_known(line.figures);
    const std::size_t row = report.rows.size();
    std::vector<Cell> cells{std::string(family), line.label,
                            sorted.empty() ? Cell(std::string("nd"))
                                           : Cell(to_one_decimal(quantile(sorted, 0.5)))};
    for (const Quantity& figure : line.figures) {
        if (figure.is_known() && is_unfavourable(line, sorted, figure.value()))
            report.styles[{row, cells.size()}] = "Statut non couvert";
        cells.push_back(figure.is_known() ? Cell(to_one_decimal(figure.value())) : cell_of(figure));
    }
    report.rows.push_back(std::move(cells));
}

/// Of the lines that have a sense; nothing where none tells an EPCI from another.
void add_index(Report& report, const Family& family, const std::vector<Line>& lines)
{
    std::vector<IndexVariable> variables;
    for (const Line& line : lines)
        if (line.has_sense)
            variables.push_back({line.figures, line.increase_is_bad, 1.0});
    if (variables.empty())
        return;
    const CompositeIndex index = composite_index(variables);
    if (index.is_constant)
        return;
    add_line(report, family.title,
             {std::string(family.index) + " (0 : EPCI le moins touché ; 100 : le plus touché)", index.values,
              true, true});
    const std::size_t row = report.rows.size() - 1;
    for (std::size_t column = 0; column < 3; ++column)
        report.styles[{row, column}] = "Statut autre";
}

} // namespace

Report panorama_report(const Territory& territory, const std::vector<Variable>& variables,
                       const pacte::Needs& needs, const SourceCitations& citations)
{
    std::vector<Variable> shown;
    Report report{"Profils et facteurs",
                  "Profils de pauvreté et facteurs aggravants",
                  "Par EPCI. En couleur : le quart des EPCI où la situation est la moins favorable.",
                  {{"famille", "Texte", 2.6},
                   {"mesure", "Texte long", 8.0},
                   {"médiane", "Décimal", 2.0, figures_format}},
                  {},
                  {},
                  {}};
    for (const Epci& epci : territory.epcis())
        report.columns.push_back({epci.name, "Décimal", 2.3, figures_format});
    for (const Family& family : families) {
        std::vector<Line> lines;
        for (const Variable& variable : variables)
            if (fold(variable.family) == family.key && variable.nature != VariableNature::typologie) {
                lines.push_back(line_of(variable, territory, needs));
                shown.push_back(variable);
            }
        for (const Line& line : lines)
            add_line(report, family.title, line);
        add_index(report, family, lines);
    }
    report.notes = {
        "Un effectif est rapporté à la population de l'EPCI pour que les EPCI se comparent. s : secret "
        "statistique ; nd : non disponible. Une variable sans « sens » n'est ni colorée ni comptée dans "
        "l'indice.",
        "Indice : moyenne des variables centrées et réduites, tournées selon leur sens, à poids égaux, "
        "ramenée de 0 à 100 ; non disponible où moins de la moitié des variables est connue.",
        sources_note("mesures", cited_once(shown, citations))};
    if (report.rows.empty())
        report.notes.insert(report.notes.begin(),
                            "Aucune variable n'est d'une de ces familles : remplissez la colonne « famille » "
                            "de la feuille « Variables », puis refaites la synthèse.");
    return report;
}

} // namespace pacte::commands
