#include "geo/accessibility.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "core/text.hpp"
#include "geo/place_index.hpp"

namespace pacte::geo {

namespace {

[[noreturn]] void refuse_rings(std::string_view text)
{
    throw Failure(Failure::Cause::bad_value,
                  "Les anneaux de l'APL « " + std::string(text) +
                      " » ne se lisent pas. Écrire des distances croissantes en km et des poids de 1 à 0 qui "
                      "ne remontent jamais, par exemple « 5=1; 10=0,3; 15=0,1 ».");
}

bool is_number_of_people(double population) { return std::isfinite(population) && population > 0.0; }

/// There are places, and nothing says where.
bool nothing_is_located(const Services& services)
{
    return services.places.empty() && !services.without_point.empty();
}

// ---- APL

/// The places that each commune reaches, with the weight of their ring: found once,
/// used by both steps.
class Reach {
public:
    Reach(const PlaceIndex& index, const std::vector<Ring>& rings) : index_(index)
    {
        for (const Ring& ring : rings) {
            bounds_.push_back(ring.km);
            weights_.push_back(ring.weight);
        }
    }

    void add(const Inhabitants& commune)
    {
        if (commune.point)
            index_.in_rings(*commune.point, bounds_, found_);
        else
            found_.clear();
        links_.insert(links_.end(), found_.begin(), found_.end());
        ends_.push_back(links_.size());
    }

    /// `use(place, weight)` for each place of the i-th commune added.
    template <typename Use>
    void each(std::size_t i, Use use) const
    {
        for (std::size_t k = i == 0 ? 0 : ends_[i - 1]; k < ends_[i]; ++k)
            use(links_[k].place, weights_[links_[k].ring]);
    }

private:
    const PlaceIndex& index_;
    std::vector<double> bounds_;
    std::vector<double> weights_;
    std::vector<PlaceIndex::InRing> links_;
    std::vector<std::size_t> ends_;
    std::vector<PlaceIndex::InRing> found_;
};

/// R(j): what each place gives to one inhabitant around it.
std::vector<double> ratios_of(const AccessibilityInput& input, const Reach& reach,
                              const std::vector<double>& supply)
{
    std::vector<double> demand(supply.size(), 0.0);
    std::size_t i = 0;
    for (const auto* part : {&input.communes, &input.around})
        for (const Inhabitants& commune : *part) {
            if (is_number_of_people(commune.population))
                reach.each(i,
                           [&](std::size_t j, double weight) { demand[j] += commune.population * weight; });
            ++i;
        }
    std::vector<double> ratios(supply.size(), 0.0);
    for (std::size_t j = 0; j < supply.size(); ++j)
        ratios[j] = demand[j] > 0.0 ? supply[j] / demand[j] : 0.0;
    return ratios;
}

/// S(j); a capacity that is not known adds nothing, unless none is.
std::vector<double> supply_of(const Services& services, Accessibility& result)
{
    const auto is_known = [](const ServicePoint& place) {
        return place.capacity.is_known() && place.capacity.value() >= 0.0;
    };
    result.counts_places = std::none_of(services.places.begin(), services.places.end(), is_known);
    std::vector<double> supply;
    for (const ServicePoint& place : services.places) {
        supply.push_back(result.counts_places ? 1.0 : is_known(place) ? place.capacity.value() : 0.0);
        result.without_capacity += result.counts_places || is_known(place) ? 0 : 1;
    }
    return supply;
}

void add_apl(const AccessibilityInput& input, const PlaceIndex& index, Accessibility& result)
{
    Reach reach(index, input.rings);
    for (const auto* part : {&input.communes, &input.around})
        for (const Inhabitants& commune : *part)
            reach.add(commune);
    const std::vector<double> ratios = ratios_of(input, reach, supply_of(input.services, result));
    if (nothing_is_located(input.services))
        return;
    for (std::size_t i = 0; i < input.communes.size(); ++i) {
        if (!input.communes[i].point)
            continue;
        double apl = 0.0;
        reach.each(i, [&](std::size_t j, double weight) { apl += ratios[j] * weight; });
        result.communes[i].apl = Quantity::known(apl);
    }
}

// ---- From the communes to their EPCI

class Mean {
public:
    explicit Mean(std::size_t radii) : within_(radii, 0.0) {}

    void add(const Inhabitants& commune, std::size_t index, const CommuneAccess& access,
             const std::vector<double>& radii)
    {
        if (!is_number_of_people(commune.population))
            return;
        population_ += commune.population;
        if (!commune.point)
            return;
        located_ += commune.population;
        if (access.apl.is_known())
            apl_ += commune.population * access.apl.value();
        if (!access.nearest_km)
            return;
        distance_ += commune.population * *access.nearest_km;
        for (std::size_t r = 0; r < radii.size(); ++r)
            within_[r] += *access.nearest_km <= radii[r] ? commune.population : 0.0;
        if (worst_commune_ < 0 || *access.nearest_km > worst_) {
            worst_ = *access.nearest_km;
            worst_commune_ = static_cast<int>(index);
        }
    }

    [[nodiscard]] EpciAccess result(const std::string& epci, const Services& services) const
    {
        EpciAccess mean;
        mean.epci = epci;
        mean.population = population_;
        mean.located = located_;
        mean.within.resize(within_.size());
        if (located_ <= 0.0 || nothing_is_located(services))
            return mean;
        for (std::size_t r = 0; r < within_.size(); ++r)
            mean.within[r] = Quantity::known(within_[r] / located_);
        mean.apl = Quantity::known(apl_ / located_);
        if (!services.places.empty()) {
            mean.mean_km = Quantity::known(distance_ / located_);
            mean.worst_km = Quantity::known(worst_);
            mean.worst_commune = worst_commune_;
        }
        return mean;
    }

private:
    double population_ = 0.0;
    double located_ = 0.0;
    double distance_ = 0.0;
    double apl_ = 0.0;
    double worst_ = 0.0;
    int worst_commune_ = -1;
    std::vector<double> within_;
};

void add_epcis(const AccessibilityInput& input, Accessibility& result)
{
    std::map<std::string, std::size_t> index;
    std::vector<std::pair<std::string, Mean>> means;
    Mean all(input.radii_km.size());
    for (std::size_t i = 0; i < input.communes.size(); ++i) {
        const Inhabitants& commune = input.communes[i];
        all.add(commune, i, result.communes[i], input.radii_km);
        if (commune.epci.empty())
            continue;
        const auto [at, added] = index.try_emplace(commune.epci, means.size());
        if (added)
            means.emplace_back(commune.epci, Mean(input.radii_km.size()));
        means[at->second].second.add(commune, i, result.communes[i], input.radii_km);
    }
    for (const auto& [epci, mean] : means)
        result.epcis.push_back(mean.result(epci, input.services));
    result.all = all.result({}, input.services);
}

} // namespace

std::vector<Ring> rings_of(double radius_km)
{
    return {{radius_km / 2.0, 1.0}, {radius_km * 0.75, 0.3}, {radius_km, 0.1}};
}

std::vector<Ring> read_rings(std::string_view text)
{
    std::vector<Ring> rings;
    for (const std::string& element : split_list(text)) {
        const std::size_t equal = element.find('=');
        Ring ring;
        if (equal == std::string::npos || !parse_number(element.substr(0, equal), ring.km) ||
            !parse_number(element.substr(equal + 1), ring.weight))
            refuse_rings(text);
        const Ring before = rings.empty() ? Ring{0.0, 1.0} : rings.back();
        if (!(ring.km > before.km) || !(ring.weight > 0.0) || !(ring.weight <= before.weight))
            refuse_rings(text);
        rings.push_back(ring);
    }
    if (rings.empty())
        refuse_rings(text);
    return rings;
}

Services services_of(const std::vector<Place>& offer, std::string_view thematique,
                     const std::function<std::optional<LatLon>(const std::string&)>& point_of,
                     bool with_itinerant)
{
    Services services;
    const std::string wanted = code_key(thematique);
    for (const Place& place : offer) {
        if (!wanted.empty() && code_key(place.thematique) != wanted)
            continue;
        if (place.itinerant && !with_itinerant) {
            ++services.itinerant;
            continue;
        }
        const std::optional<LatLon> point = place.point ? place.point : point_of(place.commune);
        if (point)
            services.places.push_back({place.id, place.name, *point, place.capacity});
        else
            services.without_point.push_back(place.id);
    }
    return services;
}

const EpciAccess* Accessibility::epci(std::string_view siren) const
{
    const auto found = std::find_if(epcis.begin(), epcis.end(),
                                    [&](const EpciAccess& access) { return access.epci == siren; });
    return found == epcis.end() ? nullptr : &*found;
}

Accessibility compute_accessibility(const AccessibilityInput& input)
{
    std::vector<LatLon> points;
    for (const ServicePoint& place : input.services.places)
        points.push_back(place.point);
    const PlaceIndex index(std::move(points));
    Accessibility result;
    result.communes.resize(input.communes.size());
    for (std::size_t i = 0; i < input.communes.size(); ++i) {
        if (!input.communes[i].point)
            continue;
        if (const auto nearest = index.nearest(*input.communes[i].point)) {
            result.communes[i].nearest_km = nearest->distance_km;
            result.communes[i].place = static_cast<int>(nearest->place);
        }
    }
    add_apl(input, index, result);
    add_epcis(input, result);
    return result;
}

} // namespace pacte::geo
