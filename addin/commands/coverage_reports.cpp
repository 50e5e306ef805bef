#include "commands/coverage_reports.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "core/coverage_sentences.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "core/typology.hpp"

namespace pacte::commands {

namespace {

std::string percent(double share) { return french_number(share * 100.0, 1) + " %"; }

const char* style_of(CoverageStatus status)
{
    switch (status) {
    case CoverageStatus::couvert:
        return "Statut couvert";
    case CoverageStatus::partiellement_couvert:
        return "Statut partiel";
    case CoverageStatus::peu_couvert:
        return "Statut peu";
    case CoverageStatus::non_couvert:
        return "Statut non couvert";
    default:
        return "Statut autre";
    }
}

/// What a status looks like where no colour is printed; nothing where it is no degree.
const char* gauge_of(CoverageStatus status)
{
    switch (status) {
    case CoverageStatus::couvert:
        return "●●●";
    case CoverageStatus::partiellement_couvert:
        return "●●○";
    case CoverageStatus::peu_couvert:
        return "●○○";
    case CoverageStatus::non_couvert:
        return "○○○";
    default:
        return "";
    }
}

std::string gauges_note()
{
    std::string note;
    for (const CoverageStatus status : {CoverageStatus::couvert, CoverageStatus::partiellement_couvert,
                                        CoverageStatus::peu_couvert, CoverageStatus::non_couvert})
        note += (note.empty() ? "" : " ; ") + std::string(gauge_of(status)) + " " + label_of(status);
    return note + ".";
}

/// « Seuils (peu couvert sous / couvert à partir de) : 40 % / 80 % ; 4.2 : 20 % / 50 %. »
std::string thresholds_note(const std::vector<Thematique>& thematiques)
{
    std::map<std::string, std::vector<std::string>> codes; // by thresholds
    for (const Thematique& thematique : thematiques)
        codes[percent(thematique.partial_threshold) + " / " + percent(thematique.covered_threshold)]
            .push_back(thematique.code);
    const auto most = std::max_element(codes.begin(), codes.end(), [](const auto& a, const auto& b) {
        return a.second.size() < b.second.size();
    });
    if (most == codes.end())
        return "Aucune thématique n'est retenue.";
    std::string note = "Seuils (peu couvert sous / couvert à partir de) : " + most->first;
    for (const auto& [thresholds, of] : codes) {
        if (thresholds == most->first)
            continue;
        note += " ; ";
        for (std::size_t i = 0; i < of.size(); ++i)
            note += (i ? ", " : "") + of[i];
        note += " : " + thresholds;
    }
    return note + ".";
}

/// The median of the known figures; unknown where none is.
Quantity median_of(std::vector<double> figures)
{
    if (figures.empty())
        return {};
    std::sort(figures.begin(), figures.end());
    const std::size_t half = figures.size() / 2;
    return Quantity::known(figures.size() % 2 == 1 ? figures[half]
                                                   : (figures[half - 1] + figures[half]) / 2.0);
}

/// A rate or an index whose rise is for the worse.
bool is_compared(const Variable& variable)
{
    const bool is_comparable =
        variable.nature == VariableNature::taux || variable.nature == VariableNature::indice;
    return is_comparable && variable.has_sense && variable.increase_is_bad;
}

/// The three rates that are the most unfavourable beside the median.
std::string strong_needs(const std::string& epci, const std::vector<Epci>& epcis,
                         const std::vector<Variable>& variables, const pacte::Needs& needs)
{
    constexpr std::size_t most = 3;
    std::vector<std::pair<double, std::string>> found;
    for (const Variable& variable : variables) {
        const Quantity figure = needs.at(epci, variable.code);
        if (!is_compared(variable) || !figure.is_known())
            continue;
        std::vector<double> all;
        for (const Epci& other : epcis)
            if (const Quantity known = needs.at(other.code, variable.code); known.is_known())
                all.push_back(known.value());
        const Quantity median = median_of(all);
        if (median.value() > 0.0 && figure.value() > median.value())
            found.emplace_back(figure.value() / median.value(),
                               variable.label + " : " + french_number(figure.value(), 1) + " contre " +
                                   french_number(median.value(), 1));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::string text;
    for (std::size_t i = 0; i < std::min(most, found.size()); ++i)
        text += (i ? "\n" : "") + found[i].second;
    return text.empty() ? "aucun au-dessus de la médiane" : text;
}

std::string listed(const Coverage& coverage, std::size_t epci, std::initializer_list<CoverageStatus> statuses)
{
    std::string text;
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
        if (std::find(statuses.begin(), statuses.end(), coverage.cells[t][epci].status) != statuses.end())
            text += (text.empty() ? "" : "\n") + coverage.thematiques[t].code + " " +
                    coverage.thematiques[t].title;
    return text;
}

Cell text_or_none(const std::string& text) { return text.empty() ? std::string("–") : text; }

} // namespace

Report uncovered_report(const Coverage& coverage, const std::string& date, const std::string& sources)
{
    Report report{"Besoins non couverts",
                  "Besoins peu ou non couverts",
                  "Classés par nombre de personnes sans réponse, au " + date + ".",
                  {{"rang", "Nombre", 1.4},
                   {"EPCI", "Texte", 5.0},
                   {"thématique", "Code", 2.2},
                   {"intitulé", "Texte", 5.5},
                   {"statut", "Texte", 3.9},
                   {"écart (personnes)", "Nombre", 2.2},
                   {"pourquoi", "Texte long", 13.0}},
                  {},
                  {},
                  {}};
    for (const auto& [t, e] : uncovered_needs(coverage)) {
        const CoverageCell& cell = coverage.cells[t][e];
        const std::size_t row = report.rows.size();
        report.styles[{row, 4}] = style_of(cell.status);
        report.rows.push_back({static_cast<double>(row + 1), coverage.epcis[e].name,
                               coverage.thematiques[t].code, coverage.thematiques[t].title,
                               std::string(label_of(cell.status)), cell_of(cell.gap),
                               reason_of(cell, coverage.thematiques[t])});
    }
    report.notes = {thresholds_note(coverage.thematiques),
                    "Un écart non connu (nd) ou secret (s) vient après tous ceux qui le sont.",
                    sources_note("besoins", sources)};
    return report;
}

Report matrix_report(const Coverage& coverage, const std::string& date, const std::string& sources)
{
    Report report{"Matrice de couverture",
                  "Couverture par EPCI et par thématique",
                  "Statut et taux au " + date + ". " + gauges_note(),
                  {{"thématique", "Texte", 6.0}},
                  {},
                  {},
                  {}};
    for (const Epci& epci : coverage.epcis)
        report.columns.push_back({epci.name, "Texte", 2.7});
    report.columns.push_back({"Ensemble du territoire", "Texte", 2.4});
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t) {
        const Thematique& thematique = coverage.thematiques[t];
        std::vector<Cell> row{thematique.code + " " + thematique.title};
        for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
            const CoverageCell& cell = coverage.cells[t][e];
            std::string text = label_of(cell.status);
            if (const std::string gauge = gauge_of(cell.status); !gauge.empty())
                text += "\n" + gauge;
            if (cell.rate.is_known() && cell.dispositifs > 0)
                text += " " + percent(cell.rate.value());
            report.styles[{t, e + 1}] = style_of(cell.status);
            row.emplace_back(text);
        }
        const Quantity rate = coverage.totals[t].rate;
        row.emplace_back(rate.is_known() ? percent(rate.value()) : std::string("nd"));
        report.rows.push_back(std::move(row));
    }
    // One line: the thresholds stay on the page of the statuses.
    report.notes = {thresholds_note(coverage.thematiques) +
                    " Ensemble : part du besoin couverte, un excédent ici ne cachant pas un manque là. " +
                    sources_note("besoins", sources)};
    return report;
}

Report portrait_report(const Coverage& coverage, const std::vector<Variable>& variables,
                       const pacte::Needs& needs, const SourceCitations& citations)
{
    std::vector<Variable> compared;
    std::copy_if(variables.begin(), variables.end(), std::back_inserter(compared), is_compared);
    Report report{
        "Portraits des EPCI",
        "Portrait de chaque EPCI",
        "Ses besoins au-dessus de la médiane des EPCI, ce qui le couvre, ce qui lui manque.",
        {{"EPCI", "Texte", 4.5},
         {"population", "Nombre", 2.4},
         {"besoins plus forts que la médiane", "Texte long", 7.5},
         {"couvert", "Texte long", 5.0},
         {"partiellement couvert", "Texte long", 5.0},
         {"peu couvert", "Texte long", 5.0},
         {"non couvert", "Texte long", 5.0},
         {"à préciser ou non évaluable", "Texte long", 5.0}},
        {},
        {},
        {"Médiane : celle des EPCI retenus dont la valeur est connue ; taux et indices dont la hausse est "
         "défavorable.",
         sources_note("besoins", cited_once(compared, citations))}};
    for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
        const Epci& epci = coverage.epcis[e];
        report.rows.push_back(
            {epci.name, epci.population > 0.0 ? Cell(epci.population) : Cell(std::string("nd")),
             strong_needs(epci.code, coverage.epcis, variables, needs),
             text_or_none(listed(coverage, e, {CoverageStatus::couvert})),
             text_or_none(listed(coverage, e, {CoverageStatus::partiellement_couvert})),
             text_or_none(listed(coverage, e, {CoverageStatus::peu_couvert})),
             text_or_none(listed(coverage, e, {CoverageStatus::non_couvert})),
             text_or_none(listed(coverage, e, {CoverageStatus::a_preciser, CoverageStatus::non_evaluable}))});
    }
    return report;
}

Report typology_report(const std::vector<Epci>& epcis, const std::vector<Variable>& variables,
                       const pacte::Needs& needs, int classes, const SourceCitations& citations)
{
    std::vector<TypologyVariable> used;
    std::vector<Variable> to_cite;
    for (const Variable& variable : variables) {
        TypologyVariable candidate{variable.label, {}};
        for (const Epci& epci : epcis)
            candidate.figures.push_back(needs.at(epci.code, variable.code));
        const bool is_complete = std::all_of(candidate.figures.begin(), candidate.figures.end(),
                                             [](const Quantity& figure) { return figure.is_known(); });
        if (variable.nature != VariableNature::taux || !is_complete)
            continue;
        used.push_back(std::move(candidate));
        to_cite.push_back(variable);
    }
    const Typology result = typology(used, classes);
    Report report{
        "Typologie des EPCI",
        "EPCI qui se ressemblent",
        "Classes par k-moyennes sur " + french_number(static_cast<double>(used.size())) +
            " taux connus partout, centrés et réduits.",
        {{"classe", "Nombre", 1.6}, {"EPCI", "Texte long", 9.0}, {"ce qui la distingue", "Texte long", 18.0}},
        {},
        {},
        {}};
    for (std::size_t k = 0; k < result.classes.size(); ++k) {
        std::string members;
        for (const std::size_t e : result.classes[k].members)
            members += (members.empty() ? "" : "\n") + epcis[e].name;
        report.rows.push_back({static_cast<double>(k + 1), members, result.classes[k].description});
    }
    std::string names = "Taux employés :";
    for (const TypologyVariable& variable : used)
        names += " " + variable.label + " ;";
    names.back() = '.';
    report.notes = {
        names,
        "Part des écarts entre EPCI que les classes expliquent : " + percent(1.0 - result.within_share) + ".",
        sources_note("besoins", cited_once(to_cite, citations))};
    return report;
}

namespace {

std::string need_source(const CoverageInput& input, const Thematique& thematique,
                        const SourceCitations& citations)
{
    for (const Variable& variable : input.variables)
        if (variable.code == thematique.need) {
            std::string text = variable.label + " (" + variable.code + ")";
            if (variable.nature == VariableNature::taux)
                text += ", taux appliqué à " + variable.base;
            return text + ". Source : " + cited(variable, citations) + ".";
        }
    return thematique.need.empty() ? "Aucune variable de besoin n'est donnée."
                                   : "Variable " + thematique.need + ".";
}

const Thematique& thematique_of(const Coverage& coverage, const std::string& code)
{
    for (const Thematique& thematique : coverage.thematiques)
        if (code_key(thematique.code) == code_key(code))
            return thematique;
    throw Failure(Failure::Cause::bad_value, "La thématique « " + code + " » n'est pas retenue.");
}

bool is_whole_territory(const std::string& epci)
{
    const std::string key = fold(epci);
    return key == "ensemble" || key == "ensembleduterritoire";
}

/// What the figure of the whole territory is made of: one EPCI a row.
Report why_total_report(const CoverageInput& input, const Coverage& coverage, const Thematique& of,
                        const SourceCitations& citations)
{
    const auto t = static_cast<std::size_t>(&of - coverage.thematiques.data());
    const CoverageTotal& total = coverage.totals[t];
    Report report{
        "Pourquoi ce chiffre",
        of.code + " " + of.title + " – Ensemble du territoire",
        "Part du besoin couverte : ce qui est couvert dans chaque EPCI, divisé par le besoin de tous. "
        "Un excédent ici ne cache pas un manque là.",
        {{"EPCI", "Texte", 6.5},
         {"statut", "Texte", 4.0},
         {"besoin", "Nombre", 2.6},
         {"capacité", "Nombre", 2.6},
         {"couvert", "Nombre", 2.6},
         {"écart", "Nombre", 2.6},
         {"taux", "Pour cent", 2.4},
         {"dispositifs", "Nombre", 2.4}},
        {},
        {},
        {}};
    for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
        const CoverageCell& cell = coverage.cells[t][e];
        report.styles[{report.rows.size(), 1}] = style_of(cell.status);
        report.rows.push_back({coverage.epcis[e].name, std::string(label_of(cell.status)), cell_of(cell.need),
                               cell_of(cell.capacity), cell_of(cell.covered), cell_of(cell.gap),
                               cell_of(cell.rate), static_cast<double>(cell.dispositifs)});
    }
    const bool is_known = total.need.is_known() && total.gap.is_known();
    report.rows.push_back({std::string("ensemble"), Blank{}, cell_of(total.need), cell_of(total.capacity),
                           is_known ? Cell(total.need.value() - total.gap.value()) : Cell(std::string("nd")),
                           cell_of(total.gap), cell_of(total.rate), Blank{}});
    report.notes = {need_source(input, of, citations)};
    if (total.plain_rate.is_known())
        report.notes.push_back(
            "Capacité divisée par besoin, excédents compris : " + percent(total.plain_rate.value()) + ".");
    if (total.left_out > 0)
        report.notes.push_back(french_number(total.left_out) +
                               " EPCI dont le besoin n'est pas connu ne sont comptés dans aucun total.");
    if (total.without_capacity > 0)
        report.notes.push_back(
            french_number(total.without_capacity) +
            " EPCI « à préciser » comptent pour leur besoin sans capacité : le taux est un "
            "plancher.");
    return report;
}

} // namespace

Report why_report(const CoverageInput& input, const Coverage& coverage, const std::string& epci,
                  const std::string& thematique, const SourceCitations& citations)
{
    if (is_whole_territory(epci))
        return why_total_report(input, coverage, thematique_of(coverage, thematique), citations);
    const CoverageCell* const cell = coverage.at(epci, thematique);
    if (!cell)
        throw Failure(
            Failure::Cause::bad_value,
            "« " + epci + " » et « " + thematique +
                " » ne sont pas un EPCI et une thématique retenus. Sélectionnez une ligne de « Couverture » "
                "ou une case de « Matrice de couverture », puis recommencez.");
    const Thematique& of = thematique_of(coverage, thematique);
    const int index = input.territory.epci_index(epci);
    const std::string name = input.territory.epcis()[static_cast<std::size_t>(index)].name;
    Report report{"Pourquoi ce chiffre",
                  of.code + " " + of.title + " – " + name,
                  "Statut : " + std::string(label_of(cell->status)) + ". " + reason_of(*cell, of),
                  {{"dispositif", "Code", 2.0},
                   {"intitulé", "Texte", 8.0},
                   {"porteur", "Texte", 5.5},
                   {"capacité", "Nombre", 2.0},
                   {"part desservie", "Pour cent", 2.8, "0.0 %"},
                   {"part allouée", "Pour cent", 2.6, "0.0 %"},
                   {"règle de répartition", "Texte", 4.6},
                   {"capacité allouée", "Décimal", 3.2, "0.0"}},
                  {},
                  {},
                  {}};
    for (const Contribution& part : contributions(input, epci, thematique)) {
        const Dispositif& dispositif = input.dispositifs[part.dispositif];
        report.rows.push_back({dispositif.id, dispositif.title, dispositif.porteur, cell_of(part.capacity),
                               part.served_share, part.weight, std::string(label_of(part.rule)),
                               cell_of(part.allocated)});
    }
    report.rows.push_back({std::string("ensemble"), std::string("Capacité allouée à cet EPCI"), Blank{},
                           Blank{}, Blank{}, Blank{}, Blank{}, cell_of(cell->capacity)});
    report.notes = {
        "Besoin : " +
            (cell->need.is_known() ? people_in_words(cell->need.value())
                                   : pacte::text_of(cell_of(cell->need))) +
            ". " + need_source(input, of, citations),
        "Taux : " +
            (cell->rate.is_known() ? percent(cell->rate.value()) : pacte::text_of(cell_of(cell->rate))) +
            ". Seuils : peu couvert sous " + percent(of.partial_threshold) + ", couvert à partir de " +
            percent(of.covered_threshold) + ".",
        "Part desservie : part de la population de l'EPCI que le dispositif dessert. Part allouée : part "
        "de la capacité du dispositif qui revient à l'EPCI, par la règle de répartition."};
    return report;
}

} // namespace pacte::commands
