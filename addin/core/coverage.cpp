#include "core/coverage.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "core/text.hpp"

namespace pacte {

namespace {

constexpr const char* whole_territory[] = {"département",           "tout le département",
                                           "ensemble du département", "territoire",
                                           "tout le territoire",    "ensemble du territoire"};

bool is_active(const Dispositif& dispositif, Date date)
{
    return (!dispositif.start || *dispositif.start <= date) && (!dispositif.end || date <= *dispositif.end);
}

using Weights = std::vector<std::pair<std::size_t, double>>; // (index of the EPCI, weight)

double sum_of(const Weights& weights)
{
    return std::accumulate(weights.begin(), weights.end(), 0.0,
                           [](double sum, const auto& weight) { return sum + weight.second; });
}

bool is_in(const Zone& zone, std::size_t epci)
{
    return std::any_of(zone.shares.begin(), zone.shares.end(),
                       [&](const auto& share) { return share.first == epci; });
}

/// First rule of the allocation: what « répartition » states. Empty where it
/// says nothing that can be used; then the next rule applies.
Weights stated_weights(const std::string& distribution, const Zone& zone, const Territory& territory)
{
    Weights weights;
    for (const std::string& element : split_list(distribution)) {
        const std::size_t equal = element.find('=');
        double weight = 0.0;
        if (equal == std::string::npos || !parse_number(element.substr(equal + 1), weight) || weight <= 0.0)
            return {};
        const int epci = territory.epci_index(trim(element.substr(0, equal)));
        if (epci >= 0 && is_in(zone, static_cast<std::size_t>(epci)))
            weights.emplace_back(static_cast<std::size_t>(epci), weight);
    }
    return weights;
}

/// Second rule: the need that each part of the zone represents, where every
/// need is known.
Weights need_weights(const Zone& zone, const std::vector<Quantity>& needs)
{
    Weights weights;
    for (const auto& [epci, share] : zone.shares) {
        if (!needs[epci].is_known())
            return {};
        weights.emplace_back(epci, needs[epci].value() * share);
    }
    return weights;
}

Weights population_weights(const Zone& zone, const std::vector<Epci>& epcis)
{
    Weights weights;
    for (const auto& [epci, share] : zone.shares)
        weights.emplace_back(epci, epcis[epci].population * share);
    return weights;
}

/// w(d,e), adding up to 1: no capacity is lost or invented.
Weights allocation(const Dispositif& dispositif, const Zone& zone, const std::vector<Quantity>& needs,
                   const Territory& territory)
{
    Weights weights = stated_weights(dispositif.distribution, zone, territory);
    if (sum_of(weights) <= 0.0)
        weights = need_weights(zone, needs);
    if (sum_of(weights) <= 0.0)
        weights = population_weights(zone, territory.epcis());
    if (sum_of(weights) <= 0.0) // neither need nor population is known: equal parts
        for (auto& weight : weights)
            weight.second = 1.0;
    const double sum = sum_of(weights);
    for (auto& weight : weights)
        weight.second /= sum;
    return weights;
}

CoverageStatus status_of(const CoverageCell& cell, const Thematique& thematique)
{
    if (cell.need.is_known() && cell.need.value() == 0.0)
        return CoverageStatus::sans_objet;
    if (cell.dispositifs == 0)
        return CoverageStatus::non_couvert;
    if (!cell.capacity.is_known())
        return CoverageStatus::a_preciser;
    if (!cell.need.is_known())
        return CoverageStatus::non_evaluable;
    const double rate = cell.rate.value();
    if (rate < thematique.partial_threshold)
        return CoverageStatus::peu_couvert;
    return rate < thematique.covered_threshold ? CoverageStatus::partiellement_couvert : CoverageStatus::couvert;
}

/// Rate, covered, gap and status, once need and capacity stand.
void conclude(CoverageCell& cell, const Thematique& thematique)
{
    if (cell.dispositifs == 0)
        cell.capacity = Quantity::known(0.0);
    if (cell.need.is_known() && cell.capacity.is_known()) {
        const double need = cell.need.value();
        const double capacity = cell.capacity.value();
        if (need > 0.0)
            cell.rate = Quantity::known(capacity / need);
        cell.covered = Quantity::known(std::min(capacity, need));
        cell.gap = Quantity::known(std::max(0.0, need - capacity));
    }
    cell.status = status_of(cell, thematique);
}

void add_capacity(CoverageCell& cell, double capacity)
{
    cell.capacity = Quantity::known((cell.capacity.is_known() ? cell.capacity.value() : 0.0) + capacity);
}

CoverageTotal total_of(const std::vector<CoverageCell>& cells)
{
    CoverageTotal total;
    double need = 0.0;
    double capacity = 0.0;
    double covered = 0.0;
    double gap = 0.0;
    for (const CoverageCell& cell : cells) {
        if (!cell.need.is_known()) {
            ++total.left_out;
            continue;
        }
        need += cell.need.value();
        if (!cell.capacity.is_known()) {
            ++total.without_capacity;
            gap += cell.need.value();
            continue;
        }
        capacity += cell.capacity.value();
        covered += cell.covered.value();
        gap += cell.gap.value();
    }
    if (static_cast<std::size_t>(total.left_out) == cells.size())
        return total;
    total.need = Quantity::known(need);
    total.capacity = Quantity::known(capacity);
    total.gap = Quantity::known(gap);
    if (need > 0.0) {
        total.rate = Quantity::known(covered / need);
        total.plain_rate = Quantity::known(capacity / need);
    }
    return total;
}

bool is_to_be_ranked(const CoverageCell& cell)
{
    return cell.status != CoverageStatus::couvert && cell.status != CoverageStatus::sans_objet;
}

/// By gap, then gap per inhabitant, then code. A gap that is not known comes
/// after all that are.
bool comes_first(const CoverageCell& a, const Epci& epci_a, const CoverageCell& b, const Epci& epci_b)
{
    if (a.gap.is_known() != b.gap.is_known())
        return a.gap.is_known();
    if (a.gap.is_known()) {
        if (a.gap.value() != b.gap.value())
            return a.gap.value() > b.gap.value();
        // The gap per inhabitant, without dividing by a population of zero.
        const double left = a.gap.value() * epci_b.population;
        const double right = b.gap.value() * epci_a.population;
        if (left != right)
            return left > right;
    }
    return epci_a.code < epci_b.code;
}

void rank(std::vector<CoverageCell>& cells, const std::vector<Epci>& epcis)
{
    std::vector<std::size_t> order;
    for (std::size_t e = 0; e < cells.size(); ++e)
        if (is_to_be_ranked(cells[e]))
            order.push_back(e);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return comes_first(cells[a], epcis[a], cells[b], epcis[b]);
    });
    for (std::size_t i = 0; i < order.size(); ++i)
        cells[order[i]].rank = static_cast<int>(i) + 1;
}

} // namespace

const char* label_of(CoverageStatus status)
{
    switch (status) {
    case CoverageStatus::sans_objet:
        return "sans objet";
    case CoverageStatus::non_couvert:
        return "non couvert";
    case CoverageStatus::a_preciser:
        return "à préciser";
    case CoverageStatus::non_evaluable:
        return "non évaluable";
    case CoverageStatus::peu_couvert:
        return "peu couvert";
    case CoverageStatus::partiellement_couvert:
        return "partiellement couvert";
    case CoverageStatus::couvert:
        return "couvert";
    }
    return "";
}

void Territory::add_part(const std::string& key, Part part)
{
    if (key.empty())
        return;
    if (!parts_.emplace(key, part).second)
        ambiguous_.insert(key);
}

Territory::Territory(std::vector<Epci> epcis, std::vector<CommuneRow> communes, std::string departement_code,
                     std::string departement_name)
    : communes_(std::move(communes))
{
    for (const char* name : whole_territory)
        whole_names_.insert(fold(name));
    for (const std::string& name : {departement_code, departement_name})
        if (!name.empty())
            whole_names_.insert(fold(name));

    for (Epci& epci : epcis) {
        const int index = epci.retained ? static_cast<int>(epcis_.size()) : -1;
        for (const std::string& key : {fold(epci.code), fold(epci.name)})
            if (!key.empty()) {
                epci_by_key_.emplace(key, index);
                parts_.emplace(key, Part{index, 1.0});
            }
        if (epci.retained)
            epcis_.push_back(std::move(epci));
    }

    std::map<int, std::pair<double, int>> members; // population and number of the communes of each EPCI
    for (const CommuneRow& commune : communes_) {
        auto& [population, count] = members[epci_index(commune.epci)];
        population += commune.population;
        ++count;
    }
    for (const CommuneRow& commune : communes_) {
        const int index = epci_index(commune.epci);
        Part part{index, 1.0};
        if (index >= 0) {
            const double stated = epcis_[static_cast<std::size_t>(index)].population;
            const double population = stated > 0.0 ? stated : members[index].first;
            part.share = population > 0.0 ? std::min(1.0, commune.population / population)
                                          : 1.0 / static_cast<double>(members[index].second);
        }
        add_part(fold(commune.code), part);
        add_part(fold(commune.name), part);
    }
}

int Territory::epci_index(std::string_view code_or_name) const
{
    const auto found = epci_by_key_.find(fold(code_or_name));
    return found == epci_by_key_.end() ? -1 : found->second;
}

Zone Territory::read_zone(std::string_view text) const
{
    Zone zone;
    std::map<std::size_t, double> shares;
    std::set<std::string> seen;
    for (const std::string& element : split_list(text)) {
        const std::string key = fold(element);
        if (!seen.insert(key).second)
            continue;
        if (whole_names_.contains(key)) {
            zone.whole = true;
            continue;
        }
        const auto found = parts_.find(key);
        if (found == parts_.end() || ambiguous_.contains(key)) {
            zone.unknown.push_back(element);
            continue;
        }
        if (found->second.epci >= 0) {
            double& share = shares[static_cast<std::size_t>(found->second.epci)];
            share = std::min(1.0, share + found->second.share);
        }
    }
    if (zone.whole)
        for (std::size_t e = 0; e < epcis_.size(); ++e)
            shares[e] = 1.0;
    std::copy_if(shares.begin(), shares.end(), std::back_inserter(zone.shares),
                 [](const auto& share) { return share.second > 0.0; });
    return zone;
}

const CoverageCell* Coverage::at(std::string_view epci, std::string_view thematique) const
{
    const std::string epci_key = fold(epci);
    const std::string thematique_key = fold(thematique);
    const auto e = std::find_if(epcis.begin(), epcis.end(), [&](const Epci& candidate) {
        return fold(candidate.code) == epci_key || fold(candidate.name) == epci_key;
    });
    const auto t = std::find_if(thematiques.begin(), thematiques.end(),
                                [&](const Thematique& candidate) { return fold(candidate.code) == thematique_key; });
    if (e == epcis.end() || t == thematiques.end())
        return nullptr;
    return &cells[static_cast<std::size_t>(t - thematiques.begin())][static_cast<std::size_t>(e - epcis.begin())];
}

Quantity need_of(const std::string& epci, const Thematique& thematique, const std::vector<Variable>& variables,
                 const Needs& needs)
{
    if (thematique.need.empty())
        return Quantity::unknown();
    const auto variable = std::find_if(variables.begin(), variables.end(),
                                       [&](const Variable& v) { return v.code == thematique.need; });
    const Quantity figure = needs.at(epci, thematique.need);
    if (variable == variables.end() || variable->nature == VariableNature::effectif)
        return figure;
    // Only a rate can be brought back to people; an amount or an index cannot.
    if (variable->nature != VariableNature::taux)
        return Quantity::unknown();
    const Quantity base = needs.at(epci, variable->base);
    if (figure.is_secret() || base.is_secret())
        return Quantity::secret();
    if (!figure.is_known() || !base.is_known())
        return Quantity::unknown();
    return Quantity::known(figure.value() / 100.0 * base.value());
}

Coverage compute_coverage(const CoverageInput& input)
{
    Coverage coverage;
    coverage.epcis = input.territory.epcis();
    std::copy_if(input.thematiques.begin(), input.thematiques.end(), std::back_inserter(coverage.thematiques),
                 [](const Thematique& thematique) { return thematique.retained; });

    std::vector<std::vector<Quantity>> needs(coverage.thematiques.size());
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t) {
        index.emplace(fold(coverage.thematiques[t].code), t);
        std::vector<CoverageCell>& cells = coverage.cells.emplace_back(coverage.epcis.size());
        for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
            cells[e].need = need_of(coverage.epcis[e].code, coverage.thematiques[t], input.variables, input.needs);
            needs[t].push_back(cells[e].need);
        }
    }

    std::unordered_map<std::string, Zone> zones; // a « territoire couvert » is often written many times
    for (const Dispositif& dispositif : input.dispositifs) {
        const auto found = index.find(fold(dispositif.thematique));
        if (found == index.end() || !is_active(dispositif, input.date))
            continue;
        auto zone = zones.find(dispositif.zone);
        if (zone == zones.end())
            zone = zones.emplace(dispositif.zone, input.territory.read_zone(dispositif.zone)).first;
        std::vector<CoverageCell>& cells = coverage.cells[found->second];
        for (const auto& [e, share] : zone->second.shares) {
            ++cells[e].dispositifs;
            cells[e].unknown_capacities += dispositif.capacity.is_known() ? 0 : 1;
            cells[e].served_share = std::max(cells[e].served_share, share);
        }
        if (!dispositif.capacity.is_known() || zone->second.shares.empty())
            continue;
        for (const auto& [e, share] : zone->second.shares)
            add_capacity(cells[e], 0.0); // known, even where its weight is zero
        for (const auto& [e, weight] : allocation(dispositif, zone->second, needs[found->second], input.territory))
            add_capacity(cells[e], dispositif.capacity.value() * weight);
    }

    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t) {
        for (CoverageCell& cell : coverage.cells[t])
            conclude(cell, coverage.thematiques[t]);
        rank(coverage.cells[t], coverage.epcis);
        coverage.totals.push_back(total_of(coverage.cells[t]));
    }
    return coverage;
}

std::vector<Priority> uncovered_needs(const Coverage& coverage)
{
    std::vector<Priority> list;
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
        for (std::size_t e = 0; e < coverage.epcis.size(); ++e)
            if (is_to_be_ranked(coverage.cells[t][e]))
                list.push_back({t, e});
    std::stable_sort(list.begin(), list.end(), [&](const Priority& a, const Priority& b) {
        return comes_first(coverage.cells[a.thematique][a.epci], coverage.epcis[a.epci],
                           coverage.cells[b.thematique][b.epci], coverage.epcis[b.epci]);
    });
    return list;
}

} // namespace pacte
