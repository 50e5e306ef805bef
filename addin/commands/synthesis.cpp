#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "commands/accessibility_reports.hpp"
#include "commands/action_reports.hpp"
#include "commands/command.hpp"
#include "commands/coverage_reports.hpp"
#include "commands/panorama_report.hpp"
#include "core/error.hpp"
#include "core/pistes.hpp"
#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/import_record.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"
#include "office/undo.hpp"

// « Faire la synthèse »: the sheets that a report quotes, made from the tables.

namespace pacte::commands {

namespace {

/// « Sensitivity »: the shares at these distances.
const std::vector<double> radii_km{10.0, 15.0, 20.0, 30.0};

std::vector<geo::Ring> rings_of(const Parameters& parameters)
{
    const std::string stated = parameters.text("anneaux de l'APL");
    return stated.empty() ? geo::rings_of(parameters.number("rayon d'accès (km)", geo::default_radius_km))
                          : geo::read_rings(stated);
}

/// The communes of the Code around the territory: they use the same places.
std::vector<geo::Inhabitants> around(const std::vector<CommuneRow>& communes)
{
    std::set<std::string> inside;
    for (const CommuneRow& commune : communes)
        inside.insert(commune.code);
    std::vector<geo::Inhabitants> outside;
    for (const Commune& commune : office::cog().communes())
        if (commune.point && !inside.contains(commune.code))
            outside.push_back({commune.code, {}, static_cast<double>(commune.population), commune.point});
    return outside;
}

/// Those that the retained thématiques measure, and what their rates apply to.
std::vector<Variable> needs_of(const office::Diagnosis& diagnosis)
{
    std::set<std::string> codes;
    for (const Thematique& thematique : diagnosis.thematiques)
        if (thematique.retained)
            codes.insert(fold(thematique.need));
    for (const Variable& variable : diagnosis.variables)
        if (codes.contains(fold(variable.code)) && variable.nature == VariableNature::taux)
            codes.insert(fold(variable.base));
    std::vector<Variable> needs;
    for (const Variable& variable : diagnosis.variables)
        if (codes.contains(fold(variable.code)))
            needs.push_back(variable);
    return needs;
}

void add_accessibility(const office::Diagnosis& diagnosis, const SourceCitations& citations,
                       std::vector<Report>& reports)
{
    const auto& communes = diagnosis.territory.communes();
    std::vector<geo::Inhabitants> inhabitants;
    std::map<std::string, std::optional<LatLon>> points;
    for (const CommuneRow& commune : communes) {
        inhabitants.push_back({commune.code, commune.epci, commune.population, commune.point});
        points.emplace(commune.code, commune.point);
    }
    const auto point_of = [&](const std::string& code) -> std::optional<LatLon> {
        if (const auto found = points.find(code); found != points.end() && found->second)
            return found->second;
        const Commune* commune = office::cog().commune(code);
        return commune ? commune->point : std::nullopt;
    };
    const auto neighbours = around(communes);
    const auto rings = rings_of(diagnosis.parameters);
    const bool with_itinerant =
        read_boolean(Cell(diagnosis.parameters.text(geo::itinerant_setting))).value_or(false);
    std::vector<ThematiqueAccess> accesses;
    std::vector<Place> places;
    for (const Thematique& thematique : diagnosis.thematiques) {
        if (!thematique.retained)
            continue;
        const geo::Services services =
            geo::services_of(diagnosis.places, thematique.code, point_of, with_itinerant);
        if (services.places.empty() && services.without_point.empty())
            continue;
        std::copy_if(diagnosis.places.begin(), diagnosis.places.end(), std::back_inserter(places),
                     [&](const Place& place) { return place.thematique == thematique.code; });
        accesses.push_back(
            {thematique, services,
             geo::compute_accessibility({inhabitants, neighbours, services, radii_km, rings})});
    }
    const std::string sources = cited_once(places, citations);
    const auto& epcis = diagnosis.territory.epcis();
    reports.push_back(accessibility_report(accesses, epcis, communes, radii_km, rings, sources));
    reports.push_back(commune_access_report(accesses, epcis, communes, sources));
}

/// The rows of a table that a workbook may lack.
template <typename Read>
auto rows_of(const office::Workbook& workbook, const char* name, Read read)
{
    using Rows = decltype(read(Table(), TableSchema()));
    return workbook.has_table(name) ? read(workbook.table(name), office::schemas().table(name)) : Rows();
}

Report budget_of(const office::Workbook& workbook, const Parameters& parameters)
{
    std::map<std::string, int> axe_of_piste;
    for (const Piste& piste : rows_of(workbook, "pistes", read_pistes))
        axe_of_piste.emplace(piste.id, piste.axe);
    std::map<std::string, int> axes;
    std::map<std::string, std::string> titles;
    for (const Action& action : rows_of(workbook, "actions", read_actions)) {
        titles.emplace(action.id, action.title);
        if (const auto axe = axe_of_piste.find(action.piste); axe != axe_of_piste.end())
            axes.emplace(action.id, axe->second);
    }
    return budget_report(rows_of(workbook, "budget", read_budget), axes, titles,
                         parameters.text("enveloppe de l'État (€)"));
}

Report follow_up_of(const office::Workbook& workbook, const Parameters& parameters)
{
    TrendBounds bounds;
    bounds.reached = parameters.number("seuil atteint", bounds.reached);
    bounds.on_track = parameters.number("seuil bonne voie", bounds.on_track);
    return follow_up_report(rows_of(workbook, "indicateurs", read_indicateurs), bounds);
}

/// What shares out the targets of an action: the need of its thématique where it is known
/// in all the EPCI of its territory, else their inhabitants.
ActionScope scope_of(const office::Diagnosis& diagnosis, const Coverage& coverage,
                     const std::string& territory, const std::string& thematique)
{
    const auto& epcis = diagnosis.territory.epcis();
    Zone zone = diagnosis.territory.read_zone(territory);
    if (zone.shares.empty())
        zone = diagnosis.territory.read_zone("territoire");
    ActionScope by_need{"besoin " + thematique, std::vector<double>(epcis.size(), 0.0)};
    ActionScope by_population{"population", by_need.weights};
    bool is_known = true;
    double sum = 0.0;
    for (const auto& [e, share] : zone.shares) {
        const CoverageCell* const cell = coverage.at(epcis[e].code, thematique);
        is_known = is_known && cell && cell->need.is_known();
        by_need.weights[e] = is_known ? share * cell->need.value() : 0.0;
        by_population.weights[e] = share * std::max(1.0, diagnosis.territory.population(e));
        sum += by_need.weights[e];
    }
    return is_known && sum > 0.0 ? by_need : by_population;
}

Report epci_targets_of(const office::Workbook& workbook, const office::Diagnosis& diagnosis,
                       const Coverage& coverage)
{
    std::map<std::string, std::string> thematiques;
    for (const Piste& piste : rows_of(workbook, "pistes", read_pistes))
        thematiques.emplace(piste.id, piste.thematique);
    std::map<std::string, ActionScope> scopes;
    if (workbook.has_table("actions")) {
        const Table table = workbook.table("actions");
        const Columns columns(office::schemas().table("actions"), table);
        for (const auto& row : table.rows)
            if (const std::string id = read_code(columns.cell(row, "id")); !id.empty())
                scopes.emplace(id,
                               scope_of(diagnosis, coverage, pacte::text_of(columns.cell(row, "territoire")),
                                        thematiques[read_code(columns.cell(row, "piste"))]));
    }
    return epci_targets_report(rows_of(workbook, "indicateurs", read_indicateurs),
                               diagnosis.territory.epcis(), scopes);
}

/// A typology needs figures that differ: without them the other sheets are made.
void add_typology(const office::Diagnosis& diagnosis, const SourceCitations& citations,
                  std::vector<Report>& reports, std::string& lacking)
{
    try {
        reports.push_back(typology_report(
            diagnosis.territory.epcis(), diagnosis.variables, diagnosis.needs,
            static_cast<int>(diagnosis.parameters.number("classes de la typologie", 3.0)), citations));
    } catch (const Failure& failure) {
        lacking = std::string(" Pas de typologie : ") + failure.what();
    }
}

} // namespace

std::string make_synthesis(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    office::Progress progress(request.frame, "Synthèse du diagnostic…");
    const office::Diagnosis diagnosis = office::read_diagnosis(workbook);
    const Coverage coverage = office::coverage_of(diagnosis);
    progress.reach(0.2);
    const std::string date = office::french_date(diagnosis.date);
    const SourceCitations citations = office::read_citations(workbook);
    const std::string sources = cited_once(needs_of(diagnosis), citations);
    std::vector<Report> reports{
        uncovered_report(coverage, date, sources), matrix_report(coverage, date, sources),
        portrait_report(coverage, diagnosis.variables, diagnosis.needs, citations),
        panorama_report(diagnosis.territory, diagnosis.variables, diagnosis.needs, citations)};
    add_accessibility(diagnosis, citations, reports);
    std::string lacking;
    add_typology(diagnosis, citations, reports, lacking);
    reports.push_back(budget_of(workbook, diagnosis.parameters));
    reports.push_back(follow_up_of(workbook, diagnosis.parameters));
    reports.push_back(epci_targets_of(workbook, diagnosis, coverage));
    progress.reach(0.5);

    office::UndoStep step(workbook.model(), "Faire la synthèse");
    std::string names;
    std::size_t written = 0;
    for (const Report& report : reports) {
        write_report(step, workbook, report);
        names += (names.empty() ? "« " : ", « ") + report.sheet + " »";
        progress.reach(0.5 + 0.5 * static_cast<double>(++written) / static_cast<double>(reports.size()));
    }
    step.commit();
    return "Synthèse faite au " + date + " : " + names + "." + lacking;
}

} // namespace pacte::commands
