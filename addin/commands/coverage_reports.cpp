#include "commands/coverage_reports.hpp"

#include <algorithm>

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

std::string thresholds_note(const std::vector<Thematique>& thematiques)
{
    std::string note = "Seuils (peu couvert / couvert) :";
    for (const Thematique& thematique : thematiques)
        note += " " + thematique.code + " " + percent(thematique.partial_threshold) + " / " +
                percent(thematique.covered_threshold) + " ;";
    note.back() = '.';
    return note;
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

bool is_comparable(const Variable& variable)
{
    return variable.nature == VariableNature::taux || variable.nature == VariableNature::indice;
}

/// The three rates that are the most unfavourable beside the median.
std::string strong_needs(const std::string& epci, const std::vector<Epci>& epcis,
                         const std::vector<Variable>& variables, const pacte::Needs& needs)
{
    constexpr std::size_t most = 3;
    std::vector<std::pair<double, std::string>> found;
    for (const Variable& variable : variables) {
        const Quantity figure = needs.at(epci, variable.code);
        if (!is_comparable(variable) || !variable.increase_is_bad || !figure.is_known())
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

Report uncovered_report(const Coverage& coverage, const std::string& date)
{
    Report report{"Besoins non couverts",
                  "Besoins peu ou non couverts",
                  "Classés par nombre de personnes sans réponse, au " + date + ".",
                  {{"rang", "Nombre", 1.4},
                   {"EPCI", "Texte", 5.0},
                   {"thématique", "Code", 2.2},
                   {"intitulé", "Texte", 5.5},
                   {"statut", "Texte", 3.4},
                   {"écart", "Nombre", 2.2},
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
                    "Un écart non connu (nd) ou secret (s) vient après tous ceux qui le sont."};
    return report;
}

Report matrix_report(const Coverage& coverage, const std::string& date)
{
    Report report{"Matrice de couverture",
                  "Couverture par EPCI et par thématique",
                  "Statut et taux au " + date + ".",
                  {{"EPCI", "Texte", 5.5}},
                  {},
                  {},
                  {}};
    for (const Thematique& thematique : coverage.thematiques)
        report.columns.push_back({thematique.code + "\n" + thematique.title, "Texte", 2.6});
    for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
        std::vector<Cell> row{coverage.epcis[e].name};
        for (std::size_t t = 0; t < coverage.thematiques.size(); ++t) {
            const CoverageCell& cell = coverage.cells[t][e];
            std::string text = label_of(cell.status);
            if (cell.rate.is_known() && cell.dispositifs > 0)
                text += "\n" + percent(cell.rate.value());
            report.styles[{e, t + 1}] = style_of(cell.status);
            row.emplace_back(text);
        }
        report.rows.push_back(std::move(row));
    }
    std::vector<Cell> total{std::string("Ensemble du territoire")};
    for (const CoverageTotal& of : coverage.totals)
        total.emplace_back(of.rate.is_known() ? percent(of.rate.value()) : std::string("nd"));
    report.rows.push_back(std::move(total));
    report.notes = {thresholds_note(coverage.thematiques),
                    "Ensemble : part du besoin couverte, un excédent ici ne cachant pas un manque là."};
    return report;
}

Report portrait_report(const Coverage& coverage, const std::vector<Variable>& variables,
                       const pacte::Needs& needs)
{
    Report report{
        "Portraits des EPCI",
        "Portrait de chaque EPCI",
        "Ses besoins au-dessus de la médiane des EPCI, ce qui le couvre, ce qui lui manque.",
        {{"EPCI", "Texte", 4.5},
         {"population", "Nombre", 2.4},
         {"besoins plus forts que la médiane", "Texte long", 9.0},
         {"couvert", "Texte long", 5.5},
         {"peu ou partiellement couvert", "Texte long", 6.0},
         {"non couvert", "Texte long", 5.5},
         {"à préciser ou non évaluable", "Texte long", 5.5}},
        {},
        {},
        {"Médiane : celle des EPCI retenus dont la valeur est connue ; taux et indices dont la hausse est "
         "défavorable."}};
    for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
        const Epci& epci = coverage.epcis[e];
        report.rows.push_back(
            {epci.name, epci.population > 0.0 ? Cell(epci.population) : Cell(std::string("nd")),
             strong_needs(epci.code, coverage.epcis, variables, needs),
             text_or_none(listed(coverage, e, {CoverageStatus::couvert})),
             text_or_none(
                 listed(coverage, e, {CoverageStatus::peu_couvert, CoverageStatus::partiellement_couvert})),
             text_or_none(listed(coverage, e, {CoverageStatus::non_couvert})),
             text_or_none(listed(coverage, e, {CoverageStatus::a_preciser, CoverageStatus::non_evaluable}))});
    }
    return report;
}

Report typology_report(const std::vector<Epci>& epcis, const std::vector<Variable>& variables,
                       const pacte::Needs& needs, int classes)
{
    std::vector<TypologyVariable> used;
    for (const Variable& variable : variables) {
        TypologyVariable candidate{variable.label, {}};
        for (const Epci& epci : epcis)
            candidate.figures.push_back(needs.at(epci.code, variable.code));
        const bool is_complete = std::all_of(candidate.figures.begin(), candidate.figures.end(),
                                             [](const Quantity& figure) { return figure.is_known(); });
        if (variable.nature == VariableNature::taux && is_complete)
            used.push_back(std::move(candidate));
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
    report.notes = {names, "Part des écarts entre EPCI que les classes expliquent : " +
                               percent(1.0 - result.within_share) + "."};
    return report;
}

namespace {

std::vector<Cell> access_row(const ThematiqueAccess& of, const geo::EpciAccess& access,
                             const std::string& name, const std::vector<CommuneRow>& communes)
{
    std::vector<Cell> row{of.thematique.code, of.thematique.title, name};
    for (const Quantity& share : access.within)
        row.push_back(cell_of(share));
    row.push_back(cell_of(access.mean_km));
    row.push_back(cell_of(access.worst_km));
    row.emplace_back(access.worst_commune < 0
                         ? std::string()
                         : communes[static_cast<std::size_t>(access.worst_commune)].name);
    row.push_back(access.apl.is_known() ? Cell(access.apl.value() * 1000.0) : cell_of(access.apl));
    row.push_back(access.population > 0.0 ? Cell(access.located / access.population)
                                          : Cell(std::string("nd")));
    return row;
}

std::string services_note(const ThematiqueAccess& of)
{
    std::string note = of.thematique.code + " : " +
                       french_number(static_cast<double>(of.services.places.size())) + " lieu(x)";
    if (of.services.itinerant > 0)
        note += ", " + french_number(of.services.itinerant) + " itinérant(s) laissé(s) de côté";
    if (!of.services.without_point.empty())
        note += ", " + french_number(static_cast<double>(of.services.without_point.size())) +
                " que rien ne situe";
    note += of.access.counts_places ? " ; APL en lieux pour 1 000 habitants"
                                    : " ; APL en personnes par an pour 1 000 habitants";
    if (of.access.without_capacity > 0)
        note += " (plancher : " + french_number(of.access.without_capacity) + " sans capacité connue)";
    return note + ".";
}

std::string rings_note(const std::vector<geo::Ring>& rings)
{
    std::string note = "Anneaux de l'APL :";
    for (const geo::Ring& ring : rings)
        note += " poids " + french_number(ring.weight, 2) + " jusqu'à " + french_number(ring.km, 2) + " km ;";
    note.back() = '.';
    return note;
}

} // namespace

Report accessibility_report(const std::vector<ThematiqueAccess>& thematiques, const std::vector<Epci>& epcis,
                            const std::vector<CommuneRow>& communes, const std::vector<double>& radii_km,
                            const std::vector<geo::Ring>& rings)
{
    Report report{"Accessibilité",
                  "Accès de la population aux lieux",
                  geo::crow_flies,
                  {{"thématique", "Code", 2.2}, {"intitulé", "Texte", 5.0}, {"EPCI", "Texte", 5.0}},
                  {},
                  {},
                  {}};
    for (const double radius : radii_km)
        report.columns.push_back({"part à moins de " + french_number(radius) + " km", "Pour cent", 2.2});
    report.columns.insert(report.columns.end(), {{"distance moyenne (km)", "Décimal", 2.4, "0.0"},
                                                 {"distance maximale (km)", "Décimal", 2.4, "0.0"},
                                                 {"commune la plus éloignée", "Texte", 4.0},
                                                 {"APL pour 1 000 habitants", "Décimal", 2.6, "0.00"},
                                                 {"population localisée", "Pour cent", 2.4}});
    for (const ThematiqueAccess& of : thematiques) {
        for (const Epci& epci : epcis)
            if (const geo::EpciAccess* access = of.access.epci(epci.code))
                report.rows.push_back(access_row(of, *access, epci.name, communes));
        report.rows.push_back(access_row(of, of.access.all, "Ensemble du territoire", communes));
        report.notes.push_back(services_note(of));
    }
    report.notes.push_back(rings_note(rings));
    report.notes.push_back(
        "Les lieux et les habitants des départements voisins comptent ; une commune dont le point "
        "n'est pas connu est laissée de côté (population localisée).");
    return report;
}

namespace {

std::string need_source(const CoverageInput& input, const Thematique& thematique)
{
    for (const Variable& variable : input.variables)
        if (variable.code == thematique.need) {
            std::string text = variable.label + " (" + variable.code + ")";
            if (variable.nature == VariableNature::taux)
                text += ", taux appliqué à " + variable.base;
            return text + ". Source : " + variable.source +
                   (variable.vintage.empty() ? "" : ", millésime " + variable.vintage) + ".";
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

} // namespace

Report why_report(const CoverageInput& input, const Coverage& coverage, const std::string& epci,
                  const std::string& thematique)
{
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
                  std::string(label_of(cell->status)) + ". " + reason_of(*cell, of),
                  {{"dispositif", "Code", 2.4},
                   {"intitulé", "Texte long", 7.0},
                   {"porteur", "Texte", 5.0},
                   {"capacité", "Nombre", 2.2},
                   {"population desservie", "Pour cent", 2.4},
                   {"part de la capacité allouée ici", "Pour cent", 2.6},
                   {"règle de répartition", "Texte", 5.0},
                   {"capacité allouée ici", "Décimal", 2.6, "0.0"}},
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
            ". " + need_source(input, of),
        "Taux : " +
            (cell->rate.is_known() ? percent(cell->rate.value()) : pacte::text_of(cell_of(cell->rate))) +
            ". Seuils : peu couvert sous " + percent(of.partial_threshold) + ", couvert à partir de " +
            percent(of.covered_threshold) + "."};
    return report;
}

} // namespace pacte::commands
