#include "geo/mosaic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
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

/// The hexagons of the territory and the EPCI that has each.
class Growth {
public:
    Growth(const Territory& territory, const HexagonGrid& grid) : territory_(territory), grid_(grid)
    {
        for (const Seed& seed : territory.seeds)
            for (const Hexagon hexagon : grid.around(seed.point, seed.reach_m))
                owners_.emplace(hexagon, nobody);
        for (const Seed& seed : territory.seeds)
            owners_.emplace(grid.at(seed.point), nobody);
    }

    [[nodiscard]] std::size_t size() const { return owners_.size(); }

    void run()
    {
        fill_holes();
        cells_.assign(territory_.epcis.size(), {});
        frontiers_.assign(territory_.epcis.size(), {});
        plant();
        for (const auto& [length, a, b] : links())
            connect(a, b);
        while (grow_the_poorest()) {
        }
    }

    [[nodiscard]] const std::map<Hexagon, std::size_t>& owners() const { return owners_; }
    static constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

private:
    struct Link {
        double length = 0.0;
        std::size_t a = 0; ///< seeds
        std::size_t b = 0;
    };

    [[nodiscard]] bool is_free(Hexagon hexagon) const
    {
        const auto found = owners_.find(hexagon);
        return found != owners_.end() && found->second == nobody;
    }

    // What the hexagons enclose belongs to the territory.
    void fill_holes()
    {
        Hexagon low{std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()};
        Hexagon high{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min()};
        for (const auto& [hexagon, owner] : owners_) {
            low = {std::min(low.column, hexagon.column - 1), std::min(low.row, hexagon.row - 1)};
            high = {std::max(high.column, hexagon.column + 1), std::max(high.row, hexagon.row + 1)};
        }
        std::set<Hexagon> outside{low};
        std::vector<Hexagon> open{low};
        while (!open.empty()) {
            const Hexagon current = open.back();
            open.pop_back();
            for (const Hexagon next : HexagonGrid::neighbours(current))
                if (next.column >= low.column && next.column <= high.column && next.row >= low.row &&
                    next.row <= high.row && !owners_.contains(next) && outside.insert(next).second)
                    open.push_back(next);
        }
        for (std::int32_t column = low.column; column <= high.column; ++column)
            for (std::int32_t row = low.row; row <= high.row; ++row)
                if (!outside.contains({column, row}))
                    owners_.emplace(Hexagon{column, row}, nobody);
    }

    void give(Hexagon hexagon, std::size_t epci)
    {
        owners_[hexagon] = epci;
        cells_[epci].push_back(hexagon);
        for (const Hexagon next : HexagonGrid::neighbours(hexagon))
            if (is_free(next))
                frontiers_[epci].emplace(next, distance_to(next, epci));
    }

    [[nodiscard]] double distance_to(Hexagon hexagon, std::size_t epci) const
    {
        double nearest = std::numeric_limits<double>::infinity();
        for (const Seed& seed : territory_.seeds)
            if (seed.epci == epci)
                nearest = std::min(nearest, distance(seed.point, grid_.centre(hexagon)));
        return nearest;
    }

    [[nodiscard]] std::size_t nearest_epci(Hexagon hexagon) const
    {
        const Point centre = grid_.centre(hexagon);
        return std::min_element(territory_.seeds.begin(), territory_.seeds.end(),
                                [&](const Seed& a, const Seed& b) {
                                    return distance(a.point, centre) < distance(b.point, centre);
                                })
            ->epci;
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

    [[nodiscard]] Hexagon nearest_free(std::size_t epci)
    {
        Hexagon best;
        double nearest = std::numeric_limits<double>::infinity();
        for (const auto& [hexagon, owner] : owners_)
            if (owner == nobody && distance_to(hexagon, epci) < nearest) {
                nearest = distance_to(hexagon, epci);
                best = hexagon;
            }
        if (std::isinf(nearest)) { // every hexagon is taken: one more, beside
            best = grid_.at(territory_.seeds.front().point);
            while (owners_.contains(best))
                ++best.column;
            owners_.emplace(best, nobody);
        }
        return best;
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

    // Gives the hexagons of the easiest way between two seeds (Dijkstra), so that
    // an EPCI is in one piece where nothing stands between its points.
    void connect(std::size_t a, std::size_t b)
    {
        constexpr double through_another = 3.0; // ground nearer to another EPCI's point
        const std::size_t epci = territory_.seeds[a].epci;
        const Hexagon start = grid_.at(territory_.seeds[a].point);
        const Hexagon end = grid_.at(territory_.seeds[b].point);
        if (owners_.at(start) != epci || owners_.at(end) != epci)
            return;
        std::map<Hexagon, std::pair<double, Hexagon>> reached{{start, {0.0, start}}};
        using Step = std::pair<double, Hexagon>;
        std::priority_queue<Step, std::vector<Step>, std::greater<>> open;
        open.emplace(0.0, start);
        while (!open.empty() && open.top().second != end) {
            const auto [cost, current] = open.top();
            open.pop();
            if (cost > reached.at(current).first)
                continue;
            for (const Hexagon next : HexagonGrid::neighbours(current)) {
                const auto owner = owners_.find(next);
                if (owner == owners_.end() || (owner->second != nobody && owner->second != epci))
                    continue;
                double step = 0.1; // nearly free on its own ground
                if (owner->second == nobody)
                    step = nearest_epci(next) == epci ? 1.0 : through_another;
                const auto [known, is_new] = reached.try_emplace(next, cost + step, current);
                if (!is_new && known->second.first <= cost + step)
                    continue;
                known->second = {cost + step, current};
                open.emplace(cost + step, next);
            }
        }
        if (!reached.contains(end))
            return;
        for (Hexagon hexagon = end; hexagon != start; hexagon = reached.at(hexagon).second)
            if (is_free(hexagon))
                give(hexagon, epci);
    }

    // The EPCI that is farthest from its share takes the hexagon of its frontier
    // that is nearest to its points; one that is nearly enclosed goes first.
    bool grow_the_poorest()
    {
        std::size_t poorest = nobody;
        for (std::size_t epci = 0; epci < cells_.size(); ++epci) {
            std::erase_if(frontiers_[epci], [this](const auto& entry) { return !is_free(entry.first); });
            if (!frontiers_[epci].empty() && (poorest == nobody || share(epci) < share(poorest)))
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

    [[nodiscard]] double share(std::size_t epci) const
    {
        return static_cast<double>(cells_[epci].size()) / territory_.communes[epci];
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

    const Territory& territory_;
    const HexagonGrid& grid_;
    std::map<Hexagon, std::size_t> owners_;
    std::vector<std::vector<Hexagon>> cells_;
    std::vector<std::map<Hexagon, double>> frontiers_; ///< free hexagons beside, distance to the points
};

std::size_t wanted_hexagons(const Territory& territory)
{
    double communes = 0.0;
    for (const double members : territory.communes)
        communes += members;
    return std::clamp(static_cast<std::size_t>(hexagons_per_commune * communes), fewest_hexagons,
                      most_hexagons);
}

/// The distance between two hexagons for which the territory counts about as many as wanted.
double pitch_for(const Territory& territory, std::size_t wanted)
{
    double ground = 0.0;
    for (const Seed& seed : territory.seeds)
        ground += seed.reach_m * seed.reach_m;
    double pitch = std::max(std::sqrt(ground / static_cast<double>(wanted)), 10.0);
    for (int i = 0; i < 4; ++i) {
        const HexagonGrid grid(territory.seeds.front().point, pitch);
        const auto count = static_cast<double>(Growth(territory, grid).size());
        pitch = std::max(pitch * std::sqrt(count / static_cast<double>(wanted)), 10.0);
    }
    return pitch;
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
    const HexagonGrid grid(territory.seeds.front().point, pitch_for(territory, wanted_hexagons(territory)));
    Growth growth(territory, grid);
    growth.run();

    std::vector<Contour> hexagons;
    std::map<std::string, std::string> same;
    for (const auto& [hexagon, owner] : growth.owners())
        if (owner != Growth::nobody)
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
