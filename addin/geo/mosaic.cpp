#include "geo/mosaic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <queue>
#include <set>
#include <utility>

#include "core/error.hpp"
#include "geo/hexagons.hpp"
#include "geo/projection.hpp"

namespace pacte::geo {

namespace {

constexpr double hexagons_per_commune = 3.0;
constexpr std::size_t fewest_hexagons = 150;
constexpr std::size_t most_hexagons = 3000;

struct Seed {
    Point point;
    std::size_t epci = 0;
    double reach_m = 0.0; ///< farther than that from every seed is outside the territory
};

/// What the mosaic is made from: the EPCI that have a point, their weights, their points.
struct Territory {
    std::vector<const Epci*> epcis;
    std::vector<double> communes; ///< of each, with or without a point
    std::vector<Seed> seeds;
};

double distance(const Point& a, const Point& b) { return std::hypot(a.x() - b.x(), a.y() - b.y()); }

Territory territory_of(const std::vector<Epci>& epcis, const std::vector<CommuneRow>& communes, int epsg,
                       std::vector<std::string>& without_point)
{
    const Projection projection(epsg);
    Territory territory;
    for (const Epci& epci : epcis) {
        if (!epci.retained)
            continue;
        const std::size_t number = territory.epcis.size();
        const std::size_t before = territory.seeds.size();
        double members = 0.0;
        for (const CommuneRow& commune : communes) {
            if (commune.epci != epci.code)
                continue;
            members += 1.0;
            if (commune.point)
                territory.seeds.push_back({projection.forward(*commune.point), number, 0.0});
        }
        if (territory.seeds.size() == before) {
            without_point.push_back(epci.code);
            continue;
        }
        territory.epcis.push_back(&epci);
        territory.communes.push_back(members);
    }
    return territory;
}

// Where the points are far apart, so are the borders from them: the reach of a
// seed is about the distance to its fourth neighbour, within bounds.
void set_reaches(std::vector<Seed>& seeds)
{
    constexpr std::size_t rank = 4;
    constexpr double alone_m = 6000.0;
    std::vector<double> fourth;
    for (const Seed& seed : seeds) {
        std::vector<double> distances;
        for (const Seed& other : seeds)
            if (&other != &seed)
                distances.push_back(distance(seed.point, other.point));
        std::sort(distances.begin(), distances.end());
        fourth.push_back(distances.empty() ? alone_m : distances[std::min(rank, distances.size()) - 1]);
    }
    std::vector<double> sorted = fourth;
    std::sort(sorted.begin(), sorted.end());
    const double median = std::max(sorted[sorted.size() / 2], 500.0);
    for (std::size_t i = 0; i < seeds.size(); ++i)
        seeds[i].reach_m = std::clamp(fourth[i], 0.7 * median, 1.6 * median);
}

/// Who has which hexagon. Each EPCI grows from its points, hexagon after
/// hexagon, until it has its share; the outline is what comes out.
class Growth {
public:
    Growth(const Territory& territory, const HexagonGrid& grid, std::size_t wanted)
        : territory_(territory), grid_(grid), cells_(territory.epcis.size()),
          frontiers_(territory.epcis.size())
    {
        const double communes = std::accumulate(territory.communes.begin(), territory.communes.end(), 0.0);
        per_commune_ = static_cast<double>(wanted) / communes;
    }

    void run()
    {
        plant();
        for (const Link& link : links())
            connect(territory_.seeds[link.a], territory_.seeds[link.b]);
        while (grow_the_poorest()) {
        }
        fill_gaps();
    }

    [[nodiscard]] const std::map<Hexagon, std::size_t>& owners() const { return owners_; }

private:
    struct Link {
        double length = 0.0;
        std::size_t a = 0; ///< seeds
        std::size_t b = 0;
    };

    [[nodiscard]] bool is_free(Hexagon hexagon) const { return !owners_.contains(hexagon); }

    void give(Hexagon hexagon, std::size_t epci)
    {
        owners_[hexagon] = epci;
        cells_[epci].push_back(hexagon);
        for (const Hexagon next : HexagonGrid::neighbours(hexagon))
            if (is_free(next) && is_within_reach(next, epci))
                frontiers_[epci].emplace(next, distances(next)[epci]);
    }

    /// From the hexagon to the nearest point of each EPCI.
    const std::vector<double>& distances(Hexagon hexagon)
    {
        std::vector<double>& result = distances_[hexagon];
        if (result.empty()) {
            result.assign(territory_.epcis.size(), std::numeric_limits<double>::infinity());
            const Point centre = grid_.centre(hexagon);
            for (const Seed& seed : territory_.seeds)
                result[seed.epci] = std::min(result[seed.epci], distance(seed.point, centre));
        }
        return result;
    }

    [[nodiscard]] std::size_t nearest_epci(Hexagon hexagon)
    {
        const std::vector<double>& all = distances(hexagon);
        return static_cast<std::size_t>(std::min_element(all.begin(), all.end()) - all.begin());
    }

    // An EPCI does not run round another one's points.
    [[nodiscard]] bool is_within_reach(Hexagon hexagon, std::size_t epci)
    {
        constexpr double furthest = 1.6;
        const std::vector<double>& all = distances(hexagon);
        return all[epci] <= furthest * *std::min_element(all.begin(), all.end()) + grid_.pitch_m();
    }

    // Each EPCI has the hexagons of its points. Two that meet in one: it goes to
    // the nearer point, and an EPCI left with nothing takes the nearest free one.
    void plant()
    {
        std::map<Hexagon, std::pair<double, std::size_t>> wanted;
        for (const Seed& seed : territory_.seeds) {
            const Hexagon hexagon = grid_.at(seed.point);
            const std::pair offer(distance(seed.point, grid_.centre(hexagon)), seed.epci);
            const auto [held, is_new] = wanted.emplace(hexagon, offer);
            if (!is_new)
                held->second = std::min(held->second, offer);
        }
        for (const auto& [hexagon, offer] : wanted)
            give(hexagon, offer.second);
        for (std::size_t epci = 0; epci < cells_.size(); ++epci)
            if (cells_[epci].empty())
                give(nearest_free(epci), epci);
    }

    // Ring after ring round the first point of the EPCI.
    [[nodiscard]] Hexagon nearest_free(std::size_t epci) const
    {
        const auto own = std::find_if(territory_.seeds.begin(), territory_.seeds.end(),
                                      [&](const Seed& seed) { return seed.epci == epci; });
        for (double radius_m = grid_.pitch_m();; radius_m += grid_.pitch_m())
            for (const Hexagon hexagon : grid_.around(own->point, radius_m))
                if (is_free(hexagon))
                    return hexagon;
    }

    // The shortest tree that joins the seeds of each EPCI (Prim), shortest links first.
    [[nodiscard]] std::vector<Link> links() const
    {
        std::vector<Link> result;
        const std::vector<Seed>& seeds = territory_.seeds;
        for (std::size_t epci = 0; epci < territory_.epcis.size(); ++epci) {
            std::vector<std::size_t> joined;
            std::vector<std::size_t> alone;
            for (std::size_t i = 0; i < seeds.size(); ++i)
                if (seeds[i].epci == epci)
                    (joined.empty() ? joined : alone).push_back(i);
            while (!alone.empty()) {
                Link best{std::numeric_limits<double>::infinity(), 0, 0};
                for (const std::size_t a : joined)
                    for (const std::size_t b : alone)
                        if (const double length = distance(seeds[a].point, seeds[b].point);
                            length < best.length)
                            best = {length, a, b};
                result.push_back(best);
                joined.push_back(best.b);
                std::erase(alone, best.b);
            }
        }
        std::stable_sort(result.begin(), result.end(),
                         [](const Link& a, const Link& b) { return a.length < b.length; });
        return result;
    }

    // Gives the hexagons of the easiest way between two seeds, so that an EPCI is
    // in one piece where nothing stands between its points.
    void connect(const Seed& from, const Seed& to)
    {
        constexpr double apart = 6.0; // beyond so many reaches: an island, or a wrong point
        constexpr double detour = 3.0;
        const double length_m = distance(from.point, to.point);
        if (length_m > apart * std::max(from.reach_m, to.reach_m))
            return;
        const Hexagon start = grid_.at(from.point);
        const Hexagon end = grid_.at(to.point);
        if (owners_.at(start) != from.epci || owners_.at(end) != from.epci)
            return;
        for (const Hexagon hexagon : way(start, end, from.epci, detour * length_m / grid_.pitch_m() + 6.0))
            if (is_free(hexagon))
                give(hexagon, from.epci);
    }

    /// The hexagons of the cheapest way (Dijkstra); none where it costs more than `most`.
    std::vector<Hexagon> way(Hexagon start, Hexagon end, std::size_t epci, double most)
    {
        std::map<Hexagon, std::pair<double, Hexagon>> reached{{start, {0.0, start}}}; // cost, from where
        using Step = std::pair<double, Hexagon>;
        std::priority_queue<Step, std::vector<Step>, std::greater<>> open;
        open.emplace(0.0, start);
        while (!open.empty() && open.top().second != end) {
            const auto [cost, current] = open.top();
            open.pop();
            if (cost > reached.at(current).first)
                continue;
            for (const Hexagon next : HexagonGrid::neighbours(current)) {
                const double total = cost + step_cost(next, epci);
                const auto known = reached.find(next);
                if (total > most || (known != reached.end() && known->second.first <= total))
                    continue;
                reached[next] = {total, current};
                open.emplace(total, next);
            }
        }
        std::vector<Hexagon> result;
        if (reached.contains(end))
            for (Hexagon hexagon = end; hexagon != start; hexagon = reached.at(hexagon).second)
                result.push_back(hexagon);
        return result;
    }

    [[nodiscard]] double step_cost(Hexagon hexagon, std::size_t epci)
    {
        constexpr double own = 0.1;
        constexpr double free = 1.0;
        constexpr double nearer_to_another = 3.0;
        if (const auto owner = owners_.find(hexagon); owner != owners_.end())
            return owner->second == epci ? own : std::numeric_limits<double>::infinity();
        return nearest_epci(hexagon) == epci ? free : nearer_to_another;
    }

    // The EPCI that is farthest from its share takes the hexagon of its frontier
    // that is nearest to its points.
    bool grow_the_poorest()
    {
        constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();
        std::size_t poorest = nobody;
        for (std::size_t epci = 0; epci < cells_.size(); ++epci) {
            std::erase_if(frontiers_[epci], [this](const auto& entry) { return !is_free(entry.first); });
            if (!frontiers_[epci].empty() && share(epci) < 1.0 &&
                (poorest == nobody || share(epci) < share(poorest)))
                poorest = epci;
        }
        if (poorest == nobody)
            return false;
        const auto best = std::min_element(
            frontiers_[poorest].begin(), frontiers_[poorest].end(), [&](const auto& a, const auto& b) {
                return roughness(a.first, poorest) * a.second < roughness(b.first, poorest) * b.second;
            });
        give(best->first, poorest);
        return true;
    }

    // What is enclosed, or nearly, belongs to the territory.
    void fill_gaps()
    {
        std::set<Hexagon> beside;
        for (const auto& [hexagon, owner] : owners_)
            for (const Hexagon next : HexagonGrid::neighbours(hexagon))
                beside.insert(next);
        while (!beside.empty()) {
            const Hexagon hexagon = *beside.begin();
            beside.erase(beside.begin());
            if (!is_free(hexagon) || !is_enclosed(hexagon))
                continue;
            give(hexagon, poorest_around(hexagon));
            for (const Hexagon next : HexagonGrid::neighbours(hexagon))
                beside.insert(next);
        }
    }

    /// 1 when it has all it should.
    [[nodiscard]] double share(std::size_t epci) const
    {
        return static_cast<double>(cells_[epci].size()) / (per_commune_ * territory_.communes[epci]);
    }

    /// Less where the hexagon is already surrounded by its EPCI.
    [[nodiscard]] double roughness(Hexagon hexagon, std::size_t epci) const
    {
        const auto around = HexagonGrid::neighbours(hexagon);
        const auto own = std::count_if(around.begin(), around.end(), [&](Hexagon next) {
            const auto found = owners_.find(next);
            return found != owners_.end() && found->second == epci;
        });
        return 1.0 - 0.12 * static_cast<double>(own);
    }

    // With two free neighbours at most, or in a lake of the mosaic.
    [[nodiscard]] bool is_enclosed(Hexagon hexagon) const
    {
        constexpr std::size_t largest_lake = 200;
        const auto around = HexagonGrid::neighbours(hexagon);
        if (std::count_if(around.begin(), around.end(), [&](Hexagon next) { return is_free(next); }) <= 2)
            return true;
        std::set<Hexagon> lake{hexagon};
        std::vector<Hexagon> open{hexagon};
        while (!open.empty() && lake.size() <= largest_lake) {
            const Hexagon current = open.back();
            open.pop_back();
            for (const Hexagon next : HexagonGrid::neighbours(current))
                if (is_free(next) && lake.insert(next).second)
                    open.push_back(next);
        }
        return open.empty();
    }

    [[nodiscard]] std::size_t poorest_around(Hexagon hexagon) const
    {
        std::vector<std::size_t> around;
        for (const Hexagon next : HexagonGrid::neighbours(hexagon))
            if (const auto owner = owners_.find(next); owner != owners_.end())
                around.push_back(owner->second);
        return *std::min_element(around.begin(), around.end(),
                                 [&](std::size_t a, std::size_t b) { return share(a) < share(b); });
    }

    const Territory& territory_;
    const HexagonGrid& grid_;
    double per_commune_ = 1.0; ///< hexagons
    std::map<Hexagon, std::size_t> owners_;
    std::vector<std::vector<Hexagon>> cells_;
    std::vector<std::map<Hexagon, double>> frontiers_; ///< free hexagons beside, distance to the points
    std::map<Hexagon, std::vector<double>> distances_;
};

std::size_t wanted_hexagons(const Territory& territory)
{
    double communes = 0.0;
    for (const double members : territory.communes)
        communes += members;
    return std::clamp(static_cast<std::size_t>(hexagons_per_commune * communes), fewest_hexagons,
                      most_hexagons);
}

/// The distance between two hexagons for which that many cover the ground within reach of the points.
double pitch_for(const Territory& territory, std::size_t wanted)
{
    const double sample_m = territory.seeds.front().reach_m / 4.0;
    const HexagonGrid grid(territory.seeds.front().point, sample_m);
    std::set<Hexagon> ground;
    for (const Seed& seed : territory.seeds)
        for (const Hexagon hexagon : grid.around(seed.point, seed.reach_m))
            ground.insert(hexagon);
    return std::max(sample_m * std::sqrt(static_cast<double>(ground.size()) / static_cast<double>(wanted)),
                    10.0);
}

} // namespace

ContourLayer mosaic(const std::vector<Epci>& epcis, const std::vector<CommuneRow>& communes, int epsg,
                    std::vector<std::string>* without_point)
{
    std::vector<std::string> missing;
    Territory territory = territory_of(epcis, communes, epsg, missing);
    if (without_point != nullptr)
        *without_point = missing;
    if (territory.seeds.empty())
        throw Failure(Failure::Cause::bad_value,
                      "Aucune commune de la feuille Communes n'a de latitude et de longitude : le fond "
                      "schématique ne peut pas être dessiné. Importez des contours (Pacte > Importer des "
                      "contours…) ou remplissez ces colonnes.");
    set_reaches(territory.seeds);
    const std::size_t wanted = wanted_hexagons(territory);
    const HexagonGrid grid(territory.seeds.front().point, pitch_for(territory, wanted));
    Growth growth(territory, grid, wanted);
    growth.run();

    std::vector<Contour> hexagons;
    std::map<std::string, std::string> same;
    for (const auto& [hexagon, owner] : growth.owners())
        hexagons.push_back({territory.epcis[owner]->code, {}, {grid.outline(hexagon)}});
    for (const Epci* epci : territory.epcis)
        same[epci->code] = epci->code;
    ContourLayer layer;
    layer.epsg = epsg;
    layer.schematic = true;
    layer.source = "Fond schématique d'après les coordonnées des communes";
    layer.epcis = dissolve(hexagons, same);
    for (Contour& contour : layer.epcis)
        contour.name = (*std::find_if(territory.epcis.begin(), territory.epcis.end(), [&](const Epci* epci) {
                           return epci->code == contour.code;
                       }))->name;
    return layer;
}

} // namespace pacte::geo
