#include <cstdint>
#include <optional>
#include <utility>

#include "geo/border_graph.hpp"
#include "geo/contours.hpp"
#include "geo/polygons.hpp"

namespace pacte::geo {

namespace {

constexpr double grid_m = 0.1; // far under what a vertex of a public file is worth

using Members = std::map<std::string, std::vector<const Contour*>>;

Members by_epci(const std::vector<Contour>& communes, const std::map<std::string, std::string>& epci_of)
{
    Members members;
    for (const Contour& commune : communes)
        if (const auto found = epci_of.find(commune.code); found != epci_of.end())
            members[found->second].push_back(&commune);
    return members;
}

// For contours that overlap: slower, and the borders may not stay exactly shared.
MultiPolygon joined_by_pairs(const std::vector<const Contour*>& communes)
{
    MultiPolygon all;
    for (const Contour* commune : communes)
        all = united(all, commune->shape);
    return all;
}

} // namespace

std::vector<Contour> dissolve(const std::vector<Contour>& communes,
                              const std::map<std::string, std::string>& epci_of)
{
    const Members members = by_epci(communes, epci_of);
    BorderGraph graph(grid_m);
    std::uint32_t number = 0;
    for (const auto& [epci, own] : members) {
        for (const Contour* commune : own)
            graph.add(number, commune->shape);
        ++number;
    }
    graph.build();
    std::vector<std::optional<MultiPolygon>> shapes = graph.shapes(BorderGraph::Coordinates::original);
    std::vector<Contour> result;
    for (const auto& [epci, own] : members) {
        std::optional<MultiPolygon>& shape = shapes[result.size()];
        if (!shape || !is_valid(*shape))
            shape = joined_by_pairs(own);
        result.push_back({epci, {}, std::move(*shape)});
    }
    return result;
}

} // namespace pacte::geo
