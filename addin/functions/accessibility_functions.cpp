#include "functions/accessibility_functions.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <boost/geometry/algorithms/covered_by.hpp>
#include <com/sun/star/frame/XModel.hpp>

#include "core/identifiers.hpp"
#include "core/text.hpp"
#include "functions/coverage_functions.hpp"
#include "geo/place_index.hpp"
#include "geo/projection.hpp"
#include "office/contour_store.hpp"
#include "office/installation.hpp"

namespace pacte::functions {

namespace {

using office::cog;
using office::schemas;

/// Farther than this from the point of any commune, a point is in none.
constexpr double farthest_commune_km = 30.0;

Shared table_with(const Document& document, const Range& range, const WantedTable& wanted)
{
    Shared table = shared_table(document, range, wanted);
    if (!table->has_headers())
        bad_argument();
    return table;
}

/// The points of communes that the workbook states, else those of the Code.
std::optional<LatLon> point_of(const std::unordered_map<std::string, const CommuneRow*>& stated,
                               const std::string& code)
{
    if (const auto found = stated.find(code); found != stated.end() && found->second->point)
        return found->second->point;
    const Commune* commune = cog().commune(code);
    return commune ? commune->point : std::nullopt;
}

/// The communes of the Code that the table does not have.
std::vector<geo::Inhabitants>
communes_around(const std::unordered_map<std::string, const CommuneRow*>& stated)
{
    std::vector<geo::Inhabitants> around;
    for (const Commune& commune : cog().communes())
        if (commune.point && !stated.contains(commune.code))
            around.push_back({commune.code, {}, static_cast<double>(commune.population), commune.point});
    return around;
}

std::shared_ptr<const IndexedAccessibility> computed(const std::vector<Place>& offer,
                                                     const std::vector<CommuneRow>& rows,
                                                     const std::string& thematique, double radius_km,
                                                     const std::vector<geo::Ring>& rings, bool with_itinerant)
{
    std::unordered_map<std::string, const CommuneRow*> stated;
    std::vector<geo::Inhabitants> communes;
    auto result = std::make_shared<IndexedAccessibility>();
    for (const CommuneRow& row : rows) {
        if (!stated.try_emplace(row.code, &row).second)
            continue; // the row is there twice
        result->communes.emplace(row.code, communes.size());
        communes.push_back({row.code, row.epci, row.population, row.point});
    }
    const geo::Services services = geo::services_of(
        offer, thematique, [&](const std::string& code) { return point_of(stated, code); }, with_itinerant);
    result->access =
        geo::compute_accessibility({communes, communes_around(stated), services, {radius_km}, rings});
    return result;
}

std::vector<Thematique> read_all_thematiques(const Table& table, const TableSchema& schema)
{
    return read_thematiques(table, schema);
}

std::string text_of_rings(const std::vector<geo::Ring>& rings)
{
    std::string text;
    for (const geo::Ring& ring : rings)
        text += std::to_string(ring.km) + "=" + std::to_string(ring.weight) + ";";
    return text;
}

double checked_radius(double radius_km)
{
    if (!(radius_km > 0.0) || !std::isfinite(radius_km))
        bad_argument();
    return radius_km;
}

// ---- EPCI.POINT

/// The communes of the Code that have a point.
struct PointedCommunes {
    std::vector<const Commune*> communes;
    geo::PlaceIndex index;
};

PointedCommunes pointed_communes()
{
    std::vector<const Commune*> communes;
    std::vector<LatLon> points;
    for (const Commune& commune : cog().communes())
        if (commune.point && !commune.epci.empty()) {
            communes.push_back(&commune);
            points.push_back(*commune.point);
        }
    return {std::move(communes), geo::PlaceIndex(std::move(points))};
}

/// The contours that the workbook has; null where it has none.
std::shared_ptr<const geo::ContourLayer> contours_of(const Document& document)
{
    static auto* const layers = new Remembered<geo::ContourLayer>;
    const WorkbookTables tables = workbook_tables(document);
    const std::string name = parameters_of(tables).text("contours");
    if (name.empty())
        return nullptr;
    return layers->get({{version_of(tables.parametres)}, name}, [&] {
        const Reference<css::frame::XModel> model(document, office::UNO_QUERY);
        auto layer = office::load_contours(model, name);
        return std::make_shared<const geo::ContourLayer>(layer ? std::move(*layer) : geo::ContourLayer());
    });
}

/// The SIREN of the contour that holds the point; empty where none does.
std::string epci_by_contour(const geo::ContourLayer& layer, LatLon place)
{
    const geo::Point point = geo::Projection(layer.epsg).forward(place);
    for (const geo::Contour& contour : layer.epcis)
        if (boost::geometry::covered_by(point, contour.shape))
            return contour.code;
    return {};
}

} // namespace

AccessibilityQuery::AccessibilityQuery(const AccessibilityArguments& arguments, const Any& radius)
    : offer_(table_with(
          arguments.document, arguments.offer,
          {"offre",
           {"id", "thematique"},
           {"id", "nom", "thematique", "code_insee", "latitude", "longitude", "itinerant", "capacite"}})),
      communes_(table_with(arguments.document, arguments.communes,
                           {"communes",
                            {"code_insee", "code_epci", "population"},
                            {"code_insee", "nom", "code_epci", "population", "latitude", "longitude"}}))
{
    const WorkbookTables tables = workbook_tables(arguments.document);
    thematiques_ = tables.thematiques;
    const Parameters& parameters = parameters_of(tables);
    radius_km_ = checked_radius(parameters.number("rayon d'accès (km)", geo::default_radius_km));
    with_itinerant_ = read_boolean(Cell(parameters.text(geo::itinerant_setting))).value_or(false);
    std::string rings = parameters.text("anneaux de l'APL");
    if (!is_left_out(radius)) {
        const std::string text = text_of(radius);
        rings = text.find('=') == std::string::npos ? std::string() : text;
        radius_km_ = rings.empty() ? checked_radius(number_of(radius)) : geo::read_rings(rings).back().km;
    }
    rings_ = rings.empty() ? geo::rings_of(radius_km_) : geo::read_rings(rings);
}

bool AccessibilityQuery::is_known(const std::string& thematique) const
{
    if (!thematiques_ || !thematiques_->has_headers())
        return true;
    const auto& rows =
        thematiques_->rows<std::vector<Thematique>>(schemas().table("thematiques"), read_all_thematiques);
    return std::any_of(rows.begin(), rows.end(),
                       [&](const Thematique& row) { return code_key(row.code) == code_key(thematique); });
}

AccessibilityQuery::Found AccessibilityQuery::of_thematique(const Any& thematique) const
{
    static auto* const remembered = new Remembered<IndexedAccessibility>;
    const std::string code = is_left_out(thematique) ? std::string() : code_of(thematique);
    if (code.empty() || !is_known(code))
        throw NotKnown();
    const std::string key = code + "\n" + std::to_string(radius_km_) + "\n" + text_of_rings(rings_) +
                            (with_itinerant_ ? " itinérants" : "");
    return remembered->get({{offer_->version(), communes_->version()}, key}, [&] {
        return computed(offer_->rows<std::vector<Place>>(schemas().table("offre"), read_places),
                        communes_->rows<std::vector<CommuneRow>>(schemas().table("communes"), read_communes),
                        code, radius_km_, rings_, with_itinerant_);
    });
}

template <typename OfEpci, typename OfCommune>
Any AccessibilityQuery::about(const Any& territory, const Any& thematique, OfEpci of_epci,
                              OfCommune of_commune) const
{
    const Found found = of_thematique(thematique);
    const std::string code = code_of(territory);
    if (fold(code) == "ensemble")
        return value_of(of_epci(found->access.all));
    if (const geo::EpciAccess* epci = found->access.epci(code))
        return value_of(of_epci(*epci));
    if (const auto commune = found->communes.find(code_of(territory, insee_length));
        commune != found->communes.end())
        return value_of(of_commune(found->access.communes[commune->second]));
    const EpciRecord* named = cog().find_epci(code);
    const geo::EpciAccess* epci = named ? found->access.epci(named->siren) : nullptr;
    return epci ? value_of(of_epci(*epci)) : error_value(CalcError::not_available);
}

Any AccessibilityQuery::share_within(const Any& territory, const Any& thematique) const
{
    return about(
        territory, thematique, [](const geo::EpciAccess& access) { return access.within[0]; },
        [&](const geo::CommuneAccess& access) {
            // Where there is no place at all, no commune is near one; APL is then known, and 0.
            if (!access.nearest_km)
                return access.apl;
            return Quantity::known(*access.nearest_km <= radius_km_ ? 1.0 : 0.0);
        });
}

Any AccessibilityQuery::mean_km(const Any& territory, const Any& thematique) const
{
    return about(
        territory, thematique, [](const geo::EpciAccess& access) { return access.mean_km; },
        [](const geo::CommuneAccess& access) {
            return access.nearest_km ? Quantity::known(*access.nearest_km) : Quantity::unknown();
        });
}

Any AccessibilityQuery::worst_km(const Any& territory, const Any& thematique) const
{
    return about(
        territory, thematique, [](const geo::EpciAccess& access) { return access.worst_km; },
        [](const geo::CommuneAccess& access) {
            return access.nearest_km ? Quantity::known(*access.nearest_km) : Quantity::unknown();
        });
}

Any AccessibilityQuery::apl(const Any& territory, const Any& thematique) const
{
    return about(
        territory, thematique, [](const geo::EpciAccess& access) { return access.apl; },
        [](const geo::CommuneAccess& access) { return access.apl; });
}

Any epci_at(const Document& document, double latitude, double longitude)
{
    if (!(std::abs(latitude) <= 90.0) || !(std::abs(longitude) <= 180.0))
        bad_argument();
    const LatLon place{latitude, longitude};
    std::set<std::string> drawn; // the point is in none of these
    if (const auto layer = contours_of(document)) {
        if (const std::string epci = epci_by_contour(*layer, place); !epci.empty())
            return value_of(epci);
        for (const geo::Contour& contour : layer->epcis)
            drawn.insert(contour.code);
    }
    static const PointedCommunes known = pointed_communes();
    const auto nearest = known.index.nearest(place);
    if (!nearest || nearest->distance_km > farthest_commune_km)
        return error_value(CalcError::not_available);
    const std::string& epci = known.communes[nearest->place]->epci;
    return drawn.contains(epci) ? error_value(CalcError::not_available) : value_of(epci);
}

} // namespace pacte::functions
