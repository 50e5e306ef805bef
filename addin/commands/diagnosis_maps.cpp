#include "commands/diagnosis_maps.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "geo/mosaic.hpp"
#include "geo/projection.hpp"
#include "office/contour_store.hpp"
#include "office/import_record.hpp"
#include "office/installation.hpp"

namespace pacte::commands {

namespace {

using office::Diagnosis;

const Variable* find_variable(const Diagnosis& diagnosis, const std::string& code)
{
    const auto found =
        std::find_if(diagnosis.variables.begin(), diagnosis.variables.end(),
                     [&](const Variable& variable) { return fold(variable.code) == fold(code); });
    return found == diagnosis.variables.end() ? nullptr : &*found;
}

map::ClassSettings class_settings(const Parameters& parameters)
{
    map::ClassSettings settings;
    settings.method = parameters.text("méthode de classes", settings.method);
    settings.classes = static_cast<int>(parameters.number("nombre de classes", settings.classes));
    settings.palette = parameters.text("palette");
    if (fold(settings.palette) == "automatique")
        settings.palette.clear();
    return settings;
}

/// The chefs-lieux that a reader looks for: that of the département first.
std::vector<Commune> capitals_of(const Diagnosis& diagnosis)
{
    const Departement* departement =
        office::cog().departement(diagnosis.parameters.text("code du territoire"));
    if (!departement)
        return {};
    const Commune* capital = office::cog().commune(departement->chef_lieu);
    return capital && capital->point ? std::vector<Commune>{*capital} : std::vector<Commune>();
}

map::MapFrame frame_of(const Diagnosis& diagnosis, const MapGround& ground)
{
    map::MapFrame frame;
    frame.territory = diagnosis.parameters.text("territoire");
    frame.date = office::french_date(office::today());
    frame.contours = &ground.contours;
    frame.capitals = capitals_of(diagnosis);
    return frame;
}

std::vector<map::EpciFigure> figures_of(const Diagnosis& diagnosis, const std::string& variable)
{
    std::vector<map::EpciFigure> figures;
    for (const Epci& epci : diagnosis.territory.epcis())
        figures.push_back({epci.code, epci.name, diagnosis.needs.at(epci.code, variable)});
    return figures;
}

std::string thematique_line(const Thematique& thematique)
{
    return "Thématique " + thematique.code + " – " + thematique.title;
}

map::NeedMap need_map(const Diagnosis& diagnosis, const Variable& variable, const MapGround& ground)
{
    map::NeedMap need{frame_of(diagnosis, ground), figures_of(diagnosis, variable.code), variable,
                      class_settings(diagnosis.parameters)};
    need.frame.id = "besoin:" + variable.code;
    need.frame.sheet_title = variable.code;
    need.frame.title = variable.label;
    need.frame.subtitle = "Par EPCI" + (variable.vintage.empty() ? std::string() : ", " + variable.vintage);
    need.frame.source = cited(variable, ground.citations);
    return need;
}

/// A count is never a choropleth: the need of the thématique as a share of the
/// population, in per cent.
Variable share_of_population(const Variable& count)
{
    Variable share = count;
    share.nature = VariableNature::taux;
    share.label = count.label + ", pour 100 habitants";
    share.unit = "%";
    return share;
}

map::CrossingMap crossing_map(const Diagnosis& diagnosis, const Coverage& coverage, std::size_t t,
                              const Variable& variable, const MapGround& ground)
{
    const Thematique& thematique = coverage.thematiques[t];
    map::CrossingMap crossing;
    crossing.frame = frame_of(diagnosis, ground);
    crossing.classes = class_settings(diagnosis.parameters);
    crossing.frame.id = "croisement:" + thematique.code;
    crossing.frame.sheet_title = "besoin et offre " + thematique.code;
    crossing.frame.title = "Besoin et offre : " + thematique.title;
    crossing.frame.subtitle =
        thematique_line(thematique) + ", offre au " + office::french_date(diagnosis.date);
    crossing.figures = figures_of(diagnosis, variable.code);
    crossing.variable = variable;
    if (variable.nature == VariableNature::effectif) {
        crossing.variable = share_of_population(variable);
        for (std::size_t e = 0; e < crossing.figures.size(); ++e) {
            const double population = diagnosis.territory.epcis()[e].population;
            Quantity& figure = crossing.figures[e].value;
            if (figure.is_known())
                figure = population > 0.0 ? Quantity::known(100.0 * figure.value() / population)
                                          : Quantity::unknown();
        }
    }
    for (const Place& place : diagnosis.places)
        if (place.thematique == thematique.code)
            crossing.places.push_back(place);
    crossing.frame.source = cited(variable, ground.citations);
    if (const std::string sources = cited_once(crossing.places, ground.citations); !sources.empty())
        crossing.frame.source += " ; " + sources;
    for (std::size_t e = 0; e < coverage.epcis.size(); ++e)
        crossing.capacities.push_back(
            {coverage.epcis[e].code, coverage.epcis[e].name, coverage.cells[t][e].capacity});
    return crossing;
}

/// The retained thématique that the offer illustrates best.
std::string default_thematique(const Diagnosis& diagnosis, const Coverage& coverage)
{
    std::map<std::string, int> places;
    for (const Place& place : diagnosis.places)
        ++places[place.thematique];
    const auto best = std::max_element(
        coverage.thematiques.begin(), coverage.thematiques.end(),
        [&](const Thematique& a, const Thematique& b) { return places[a.code] < places[b.code]; });
    return best == coverage.thematiques.end() ? std::string() : best->code;
}

/// The first rate; else the first index; else the first variable.
std::string default_variable(const Diagnosis& diagnosis)
{
    for (const VariableNature nature : {VariableNature::taux, VariableNature::indice})
        for (const Variable& variable : diagnosis.variables)
            if (variable.nature == nature)
                return variable.code;
    return diagnosis.variables.empty() ? std::string() : diagnosis.variables.front().code;
}

std::vector<std::string> wanted(const Diagnosis& diagnosis, const char* key, const std::string& otherwise)
{
    const auto stated = split_list(diagnosis.parameters.text(key));
    if (!stated.empty() || otherwise.empty())
        return stated;
    return {otherwise};
}

std::size_t thematique_index(const Coverage& coverage, const std::string& code)
{
    const auto found = std::find_if(coverage.thematiques.begin(), coverage.thematiques.end(),
                                    [&](const Thematique& t) { return fold(t.code) == fold(code); });
    return static_cast<std::size_t>(found - coverage.thematiques.begin());
}

} // namespace

MapGround read_ground(const office::Workbook& workbook, const Diagnosis& diagnosis)
{
    const SourceCitations citations = office::read_citations(workbook);
    const std::string name = diagnosis.parameters.text("contours");
    if (auto imported = office::load_contours(workbook.model(), name)) {
        const Citation* citation = citations.find("contours", name);
        const std::string cited = citation == nullptr ? std::string() : citation->text();
        imported->source =
            diagnosis.parameters.text("source des contours", cited.empty() ? imported->source : cited);
        return {std::move(*imported), citations, {}};
    }
    std::vector<std::string> without_point;
    MapGround ground{geo::mosaic(diagnosis.territory.epcis(), diagnosis.territory.communes(),
                                 geo::legal_epsg(diagnosis.parameters.text("code du territoire")),
                                 &without_point),
                     citations,
                     {}};
    for (const std::string& code : without_point) {
        const int index = diagnosis.territory.epci_index(code);
        ground.without_place +=
            (ground.without_place.empty() ? "" : ", ") +
            (index < 0 ? code : diagnosis.territory.epcis()[static_cast<std::size_t>(index)].name);
    }
    return ground;
}

map::StatusMap status_map(const Diagnosis& diagnosis, const Coverage& coverage, std::size_t t,
                          const MapGround& ground)
{
    const Thematique& thematique = coverage.thematiques[t];
    map::StatusMap status{frame_of(diagnosis, ground), thematique, coverage.epcis, coverage.cells[t]};
    status.frame.id = "statut:" + thematique.code;
    status.frame.sheet_title = "couverture " + thematique.code;
    status.frame.title = "Couverture du besoin : " + thematique.title;
    status.frame.subtitle =
        thematique_line(thematique) + ", dispositifs actifs au " + office::french_date(diagnosis.date);
    const Variable* need = find_variable(diagnosis, thematique.need);
    status.frame.source = "tableau des dispositifs du diagnostic ; besoin : " +
                          (need ? cited(*need, ground.citations) : std::string("non renseigné"));
    return status;
}

std::vector<map::Drawing> diagnosis_maps(const Diagnosis& diagnosis, const Coverage& coverage,
                                         const MapGround& ground)
{
    std::vector<map::Drawing> drawings;
    for (const std::string& code : wanted(diagnosis, "carte du besoin", default_variable(diagnosis)))
        if (const Variable* variable = find_variable(diagnosis, code))
            drawings.push_back(map::draw(need_map(diagnosis, *variable, ground)));
    const std::string thematique = default_thematique(diagnosis, coverage);
    for (const std::string& code : wanted(diagnosis, "cartes de statut", thematique)) {
        const std::size_t t = thematique_index(coverage, code);
        if (t < coverage.thematiques.size())
            drawings.push_back(map::draw(status_map(diagnosis, coverage, t, ground)));
    }
    for (const std::string& code : wanted(diagnosis, "cartes croisées", thematique)) {
        const std::size_t t = thematique_index(coverage, code);
        if (t >= coverage.thematiques.size())
            continue;
        const Variable* need = find_variable(diagnosis, coverage.thematiques[t].need);
        if (!need)
            need = find_variable(diagnosis, default_variable(diagnosis));
        if (need)
            drawings.push_back(map::draw(crossing_map(diagnosis, coverage, t, *need, ground)));
    }
    return drawings;
}

} // namespace pacte::commands
