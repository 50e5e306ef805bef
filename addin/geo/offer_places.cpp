#include "geo/offer_places.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/error.hpp"
#include "core/text.hpp"
#include "geo/distance.hpp"
#include "geo/point_locator.hpp"
#include "geo/projection.hpp"

namespace pacte::geo {

namespace {

constexpr double furthest_from_commune_km = 25.0; ///< no commune of mainland France is wider
constexpr double margin_of_departement = 0.2;     ///< degrees around the points of its communes
constexpr double nearest_commune_km = 12.0;
constexpr double around_contour_m = 1000.0; ///< a geocoder's error, a simplified border, a quay

struct Box {
    double south = 90.0, west = 180.0, north = -90.0, east = -180.0;

    void add(LatLon point)
    {
        south = std::min(south, point.latitude);
        north = std::max(north, point.latitude);
        west = std::min(west, point.longitude);
        east = std::max(east, point.longitude);
    }
    [[nodiscard]] bool holds(LatLon point, double around) const
    {
        return point.latitude >= south - around && point.latitude <= north + around &&
               point.longitude >= west - around && point.longitude <= east + around;
    }
};

bool is_on_earth(LatLon point)
{
    return std::abs(point.latitude) <= 90.0 && std::abs(point.longitude) <= 180.0;
}

/// « Saint-Étienne » and « ST ETIENNE » meet.
std::string city_key(std::string_view name)
{
    std::string text(name);
    for (const auto& [from, to] :
         std::array<std::pair<std::string_view, std::string_view>, 2>{{{"st", "saint"}, {"ste", "sainte"}}}) {
        std::string word;
        std::string result;
        for (const char c : text + " ") {
            if (c != ' ' && c != '-') {
                word += c;
                continue;
            }
            result += fold(word) == from ? std::string(to) : word;
            result += ' ';
            word.clear();
        }
        text = result;
    }
    const auto cedex = fold(text).find("cedex");
    std::string key = fold(text);
    return cedex == std::string::npos ? key : key.substr(0, cedex);
}

/// The départements that a postcode may stand for.
std::vector<std::string> departements_of(std::string_view postcode)
{
    std::string digits(postcode);
    if (digits.size() == 4)
        digits.insert(digits.begin(), '0');
    if (digits.size() < 5)
        return {};
    if (digits.starts_with("97") || digits.starts_with("98"))
        return {digits.substr(0, 3)};
    if (digits.starts_with("20"))
        return {"2A", "2B"};
    return {digits.substr(0, 2)};
}

} // namespace

struct OfferLocator::Places {
    const Cog* cog = nullptr;
    double margin_km = 0.0;
    std::unordered_set<std::string> territory;
    std::vector<LatLon> territory_points;
    std::unordered_set<std::string> near;               ///< communes whose point is within the margin
    std::unordered_map<std::string, Box> boxes;         ///< by département
    std::unordered_map<std::string, std::string> codes; ///< by département and city_key; empty: several
    std::map<std::string, LatLon> stated;               ///< points that the workbook has
    std::set<std::string> departements;                 ///< of the territory
    std::map<int, Projection> projections;              ///< the legal ones, by EPSG code
    int contours_epsg = 2154;
    PointLocator contours{{}};
    std::vector<std::string> communes;                                     ///< of today, by contour
    std::unordered_map<std::string, std::vector<std::size_t>> contours_of; ///< by commune

    void take(const ContourLayer& layer);

    [[nodiscard]] std::optional<LatLon> point_of(const std::string& code) const
    {
        if (const auto found = stated.find(code); found != stated.end())
            return found->second;
        const Commune* commune = cog->commune(code);
        return commune != nullptr ? commune->point : std::nullopt;
    }

    [[nodiscard]] bool is_near(LatLon point) const
    {
        const double degrees = margin_km / 111.0;
        return std::any_of(territory_points.begin(), territory_points.end(), [&](LatLon other) {
            return std::abs(other.latitude - point.latitude) <= degrees * 1.02 &&
                   geodesic_km(point, other) <= margin_km;
        });
    }

    /// In the projection of the contours; nothing where the point is on the other side of the Earth.
    [[nodiscard]] std::optional<Point> metres_of(LatLon point) const
    {
        constexpr double degrees = 15.0;
        const auto projection = projections.find(contours_epsg);
        if (communes.empty() || projection == projections.end() || territory_points.empty() ||
            std::abs(point.latitude - territory_points.front().latitude) > degrees ||
            std::abs(point.longitude - territory_points.front().longitude) > degrees)
            return std::nullopt;
        return projection->second.forward(point);
    }

    /// Of today; empty where no contour holds the point, nor comes near it.
    [[nodiscard]] std::string commune_around(LatLon point) const
    {
        const std::optional<Point> metres = metres_of(point);
        const auto found = metres ? contours.near(*metres, around_contour_m) : std::nullopt;
        return found ? communes[found->contour] : std::string();
    }

    /// Whether coordinates may be in that commune.
    [[nodiscard]] bool fits(LatLon point, const std::string& code) const
    {
        if (!is_on_earth(point) || point == LatLon{0.0, 0.0})
            return false;
        if (const auto own = contours_of.find(code); own != contours_of.end()) {
            const std::optional<Point> metres = metres_of(point);
            return metres && std::any_of(own->second.begin(), own->second.end(), [&](std::size_t contour) {
                       return contours.distance_m(contour, *metres) <= around_contour_m;
                   });
        }
        if (const auto reference = point_of(code))
            return geodesic_km(*reference, point) <= furthest_from_commune_km;
        const Commune* commune = cog->commune(code);
        const auto box = commune == nullptr ? boxes.end() : boxes.find(commune->departement);
        return box == boxes.end() || box->second.holds(point, margin_of_departement);
    }

    /// Of metres in the legal projection of that commune; nothing where they are none.
    [[nodiscard]] std::optional<LatLon> degrees_of(Point metres, const std::string& code) const
    {
        const Commune* commune = cog->commune(code);
        const int epsg = legal_epsg(commune == nullptr ? std::string_view() : commune->departement);
        const bool is_lambert = epsg == 2154;
        const Point low = is_lambert ? Point(0.0, 6'000'000.0) : Point(100'000.0, 0.0);
        const Point high = is_lambert ? Point(1'400'000.0, 7'300'000.0) : Point(900'000.0, 10'000'000.0);
        if (metres.x() <= low.x() || metres.x() >= high.x() || metres.y() <= low.y() ||
            metres.y() >= high.y())
            return std::nullopt;
        return projections.at(epsg).inverse(metres);
    }

    [[nodiscard]] std::string commune_of(const OfferRecord& record) const;
    [[nodiscard]] std::string nearest_commune(LatLon point) const;
    /// That of its point; false where there is none.
    [[nodiscard]] bool take_commune(LocatedOffer& located) const;
    void place(const OfferRecord& record, LocatedOffer& located) const;
};

/// By its code, a former one included; else by the name of the city.
std::string OfferLocator::Places::commune_of(const OfferRecord& record) const
{
    if (cog->commune(record.commune) != nullptr)
        return record.commune;
    if (const Commune* successor = cog->successor(record.commune))
        return successor->code;
    const std::string key = city_key(record.city);
    if (key.empty())
        return {};
    for (const std::string& departement : departements_of(record.postcode))
        if (const auto found = codes.find(departement + key); found != codes.end())
            return found->second;
    if (record.postcode.empty())
        for (const std::string& departement : departements)
            if (const auto found = codes.find(departement + key); found != codes.end())
                return found->second;
    return {};
}

std::string OfferLocator::Places::nearest_commune(LatLon point) const
{
    std::string nearest;
    double least = nearest_commune_km;
    for (const Commune& commune : cog->communes()) {
        if (contours_of.contains(commune.code))
            continue; // the point is not in it
        const auto other = point_of(commune.code);
        if (!other || std::abs(other->latitude - point.latitude) > least / 110.0)
            continue;
        if (const double distance = geodesic_km(*other, point); distance < least) {
            least = distance;
            nearest = commune.code;
        }
    }
    return nearest;
}

bool OfferLocator::Places::take_commune(LocatedOffer& located) const
{
    located.commune = commune_around(*located.point);
    const bool by_contour = !located.commune.empty();
    if (!by_contour)
        located.commune = nearest_commune(*located.point);
    located.repair = by_contour ? "commune déduite des coordonnées (son contour)"
                                : "commune déduite des coordonnées (la plus proche)";
    return !located.commune.empty();
}

/// The coordinates as they are, else the first mending of them that fits the commune.
void OfferLocator::Places::place(const OfferRecord& record, LocatedOffer& located) const
{
    if (!record.latitude || !record.longitude)
        return;
    const LatLon given{*record.latitude, *record.longitude};
    const bool metric = record.metric || !is_on_earth(given);
    struct Mending {
        LatLon point;
        std::string words;
    };
    std::vector<Mending> mendings;
    if (metric) {
        for (const auto& [x, y] :
             {std::pair(given.longitude, given.latitude), std::pair(given.latitude, given.longitude)})
            if (const auto degrees = degrees_of(Point(x, y), located.commune))
                mendings.push_back(
                    {*degrees, record.metric ? "" : "coordonnées en mètres converties en degrés"});
    } else {
        mendings = {{given, ""},
                    {{given.longitude, given.latitude}, "latitude et longitude étaient inversées"},
                    {{given.latitude, -given.longitude}, "la longitude n'avait pas le bon signe"},
                    {{-given.latitude, given.longitude}, "la latitude n'avait pas le bon signe"},
                    {{given.longitude, -given.latitude},
                     "latitude et longitude étaient inversées, avec un mauvais signe"}};
    }
    for (const Mending& mending : mendings) {
        if (!fits(mending.point, located.commune))
            continue;
        located.point = mending.point;
        located.repair = mending.words;
        return;
    }
    const bool zero = given.latitude == 0.0 || given.longitude == 0.0;
    const Commune* commune = cog->commune(located.commune);
    const Commune* actual = metric ? nullptr : cog->commune(commune_around(given));
    located.problem =
        zero ? "Les coordonnées sont nulles : le point de la commune les remplace."
             : "Les coordonnées (" + french_number(given.latitude, 5) + " ; " +
                   french_number(given.longitude, 5) + ") ne sont pas dans la commune « " +
                   (commune == nullptr ? located.commune : commune->name) +
                   (actual == nullptr ? std::string(" »") : " », mais dans « " + actual->name + " »") +
                   " : le point de la commune les remplace.";
}

void OfferLocator::Places::take(const ContourLayer& layer)
{
    std::vector<Contour> all;
    for (const auto* known : {&layer.epcis, &layer.neighbours})
        for (const Contour& contour : *known) {
            const Commune* commune = cog->commune(contour.code);
            if (commune == nullptr)
                commune = cog->successor(contour.code);
            if (commune == nullptr)
                continue;
            contours_of[commune->code].push_back(all.size());
            communes.push_back(commune->code);
            all.push_back(contour);
        }
    contours_epsg = layer.epsg;
    contours = PointLocator(all);
}

OfferLocator::OfferLocator(const Cog& cog, const std::vector<CommuneRow>& communes, double margin_km,
                           const ContourLayer& contours)
{
    auto places = std::make_unique<Places>();
    places->cog = &cog;
    places->margin_km = margin_km;
    for (const int epsg : {2154, 5490, 2972, 2975, 4467, 4471})
        places->projections.emplace(epsg, Projection(epsg));
    for (const CommuneRow& row : communes) {
        const Commune* commune = cog.commune(row.code);
        places->territory.insert(row.code);
        if (row.point)
            places->stated.emplace(row.code, *row.point);
        if (commune != nullptr)
            places->departements.insert(commune->departement);
        if (const auto point = places->point_of(row.code))
            places->territory_points.push_back(*point);
    }
    if (places->departements.empty())
        throw Failure(Failure::Cause::bad_value,
                      "Aucune commune de la feuille « Communes » n'existe dans le Code officiel "
                      "géographique : complétez-la, puis recommencez.");
    for (const Commune& commune : cog.communes()) {
        if (commune.point)
            places->boxes[commune.departement].add(*commune.point);
        const auto [known, added] =
            places->codes.try_emplace(commune.departement + city_key(commune.name), commune.code);
        if (!added)
            known->second.clear();
    }
    for (const Commune& commune : cog.communes())
        if (commune.point && places->is_near(*commune.point))
            places->near.insert(commune.code);
    places->take(contours);
    places_ = std::move(places);
}

OfferLocator::~OfferLocator() = default;
OfferLocator::OfferLocator(OfferLocator&&) noexcept = default;

OfferLocator::Verdict OfferLocator::locate(const OfferRecord& record, LocatedOffer& located) const
{
    const Places& places = *places_;
    located = {};
    located.commune = places.commune_of(record);
    const bool has_point =
        record.latitude && record.longitude && (*record.latitude != 0.0 || *record.longitude != 0.0);
    if (located.commune.empty() && !has_point) {
        // Nobody needs the list of the places of all of France that lack a commune.
        const auto departements = departements_of(record.postcode.empty() ? record.commune : record.postcode);
        const bool elsewhere = !departements.empty() &&
                               std::none_of(departements.begin(), departements.end(),
                                            [&](const auto& d) { return places.departements.contains(d); });
        located.problem = "Ni la commune ni les coordonnées ne permettent de situer ce lieu.";
        return elsewhere ? Verdict::outside : Verdict::nowhere;
    }
    if (located.commune.empty()) {
        places.place(record, located); // without a commune, whatever is on Earth fits
        if (!located.point || !places.is_near(*located.point) || !places.take_commune(located))
            return Verdict::outside;
    } else {
        const bool known_point = places.point_of(located.commune).has_value();
        if (known_point && !places.near.contains(located.commune) &&
            !places.territory.contains(located.commune))
            return Verdict::outside;
        places.place(record, located);
        if (!known_point && !places.territory.contains(located.commune) &&
            !(located.point && places.is_near(*located.point)))
            return Verdict::outside;
    }
    located.in_territory = places.territory.contains(located.commune);
    return Verdict::kept;
}

} // namespace pacte::geo
