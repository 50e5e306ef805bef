#include "commands/accessibility_reports.hpp"

#include <map>

#include "commands/counted.hpp"
#include "core/text.hpp"

namespace pacte::commands {

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
    std::string note = of.thematique.code + " : " + counted(of.services.places.size(), "lieu", "lieux");
    if (of.services.itinerant > 0)
        note += ", " + counted(of.services.itinerant, "itinérant laissé à part", "itinérants laissés à part");
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
                            const std::vector<geo::Ring>& rings, const std::string& sources)
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
    report.notes.push_back(sources_note("lieux", sources));
    return report;
}

Report commune_access_report(const std::vector<ThematiqueAccess>& thematiques, const std::vector<Epci>& epcis,
                             const std::vector<CommuneRow>& communes, const std::string& sources)
{
    Report report{"Accessibilité des communes",
                  "Accès de chaque commune au lieu le plus proche",
                  geo::crow_flies,
                  {{"EPCI", "Texte", 5.5},
                   {"code INSEE", "Code", 1.8},
                   {"commune", "Texte", 4.5},
                   {"population", "Nombre", 2.0}},
                  {},
                  {},
                  {}};
    std::map<std::string, std::string> names;
    for (const Epci& epci : epcis)
        names.emplace(epci.code, epci.name);
    for (const ThematiqueAccess& of : thematiques) {
        const std::string heading = of.thematique.code + " " + of.thematique.title;
        report.columns.push_back({heading + "\ndistance (km)", "Décimal", 2.4, "0.0"});
        report.columns.push_back({heading + "\nAPL pour 1 000 hab.", "Décimal", 2.4, "0.00"});
    }
    std::size_t without_point = 0;
    for (const Epci& epci : epcis)
        for (std::size_t c = 0; c < communes.size(); ++c) {
            if (communes[c].epci != epci.code)
                continue;
            if (!communes[c].point) {
                ++without_point;
                continue;
            }
            std::vector<Cell> row{epci.name, communes[c].code, communes[c].name,
                                  communes[c].population > 0.0 ? Cell(communes[c].population)
                                                               : Cell(std::string("nd"))};
            for (const ThematiqueAccess& of : thematiques) {
                const geo::CommuneAccess& access = of.access.communes[c];
                row.push_back(access.nearest_km ? Cell(*access.nearest_km) : Cell(std::string("nd")));
                row.push_back(access.apl.is_known() ? Cell(access.apl.value() * 1000.0)
                                                    : cell_of(access.apl));
            }
            report.rows.push_back(std::move(row));
        }
    if (without_point > 0)
        report.notes.push_back(counted(without_point,
                                       "commune dont le point n'est pas connu n'est pas listée.",
                                       "communes dont le point n'est pas connu ne sont pas listées.") +
                               " Donnez leur latitude et leur longitude dans la feuille « Communes », puis "
                               "refaites la synthèse.");
    report.notes.push_back(sources_note("lieux", sources));
    return report;
}

} // namespace pacte::commands
