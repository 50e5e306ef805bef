#include "core/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

#include "core/text.hpp"

namespace pacte {

namespace {

/// Two sums of the same capacities in another order differ by less than this
/// share: a rate that is on a threshold does not fall below it.
constexpr double rounding = 1e-9;

/// Gaps are ranked by the millionth of a person, for the same reason.
constexpr double ranking_unit = 1e-6;

constexpr int elsewhere = -1; ///< an EPCI that is not retained, or none
constexpr int ambiguous = -2; ///< a name that two EPCI or two communes share

constexpr const char* whole_territory[] = {
    "département",        "le département",      "tout le département",
    "département entier", "département complet", "ensemble du département",
    "métropole",          "la métropole",        "toute la métropole",
    "territoire",         "tout le territoire",  "ensemble du territoire",
};

/// Codes of thématiques are compared without case nor spaces; the point counts
/// (1.11 is not 11.1).
std::string thematique_key(std::string_view code)
{
    std::string key;
    for (const char c : trimmed(code))
        if (c != ' ')
            key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return key;
}

bool is_active(const Dispositif& dispositif, Date date)
{
    return (!dispositif.start || *dispositif.start <= date) && (!dispositif.end || date <= *dispositif.end);
}

// ---- Needs

Quantity not_negative(const Quantity& figure)
{
    return figure.is_known() && !(figure.value() >= 0.0) ? Quantity::unknown() : figure;
}

Quantity applied_rate(const Quantity& rate, const Quantity& base)
{
    if (rate.is_secret() || base.is_secret())
        return Quantity::secret();
    if (!rate.is_known() || !base.is_known())
        return Quantity::unknown();
    return Quantity::known(rate.value() * base.value() / 100.0);
}

/// How the need of a thématique is read: a count, or a rate of a base.
struct NeedRule {
    enum class Kind { none, count, rate } kind = Kind::none;
    std::string variable;
    std::string base;
};

NeedRule need_rule(const Thematique& thematique, const std::vector<Variable>& variables)
{
    if (thematique.need.empty())
        return {};
    const Variable* const variable = find_variable(variables, thematique.need);
    if (variable == nullptr || variable->nature == VariableNature::effectif)
        return {NeedRule::Kind::count, thematique.need, {}};
    if (variable->nature != VariableNature::taux || variable->base.empty())
        return {};
    const Variable* const base = find_variable(variables, variable->base);
    if (base != nullptr && base->nature != VariableNature::effectif)
        return {};
    return {NeedRule::Kind::rate, thematique.need, variable->base};
}

/// `at` gives the figure of a variable.
template <typename At>
Quantity need_by(const NeedRule& rule, At at)
{
    switch (rule.kind) {
    case NeedRule::Kind::count:
        return not_negative(at(rule.variable));
    case NeedRule::Kind::rate:
        return applied_rate(not_negative(at(rule.variable)), not_negative(at(rule.base)));
    case NeedRule::Kind::none:
        break;
    }
    return {};
}

/// The figures of some variables as columns, by EPCI, from one walk through all of them.
class NeedColumns {
public:
    NeedColumns(const std::vector<Epci>& epcis, const Needs& needs, const std::vector<NeedRule>& rules)
        : needs_(needs), epcis_(epcis)
    {
        for (const NeedRule& rule : rules)
            for (const std::string* code : {&rule.variable, &rule.base})
                if (!code->empty())
                    columns_.try_emplace(*code, epcis.size());
        std::unordered_map<std::string_view, std::size_t> rows;
        for (std::size_t e = 0; e < epcis.size(); ++e)
            rows.try_emplace(epcis[e].code, e);
        const std::string* epci = nullptr; // the figures come EPCI by EPCI
        auto row = rows.end();
        for (const auto& [key, figure] : needs.figures) {
            if (!epci || *epci != key.first) {
                epci = &key.first;
                row = rows.find(key.first);
            }
            if (row == rows.end())
                continue;
            if (const auto column = columns_.find(key.second); column != columns_.end())
                column->second[row->second] = figure;
        }
    }

    [[nodiscard]] Quantity at(std::size_t epci, const std::string& variable) const
    {
        const auto& figure = columns_.at(variable)[epci];
        // A header that is written otherwise than the code.
        return figure ? *figure : needs_.at(epcis_[epci].code, variable);
    }

private:
    const Needs& needs_;
    const std::vector<Epci>& epcis_;
    std::unordered_map<std::string, std::vector<std::optional<Quantity>>> columns_;
};

// ---- Allocation of a capacity

using Weights = std::vector<std::pair<std::size_t, double>>; // (index of the EPCI, weight)

double sum_of(const Weights& weights)
{
    return std::accumulate(weights.begin(), weights.end(), 0.0,
                           [](double sum, const auto& weight) { return sum + weight.second; });
}

std::optional<double> find_share(const Weights& shares, std::size_t epci)
{
    const auto found =
        std::find_if(shares.begin(), shares.end(), [&](const auto& share) { return share.first == epci; });
    return found == shares.end() ? std::nullopt : std::optional(found->second);
}

/// First rule: what « répartition » states. Empty where it says nothing that
/// can be used; then the next rule applies.
Weights stated_weights(const std::string& distribution, const Zone& zone, const Territory& territory)
{
    Weights weights;
    for (const std::string& element : split_list(distribution)) {
        const std::size_t equal = element.find('=');
        double weight = 0.0;
        if (equal == std::string::npos || !parse_number(element.substr(equal + 1), weight) ||
            !(weight > 0.0) || !std::isfinite(weight))
            return {};
        const int epci = territory.epci_index(element.substr(0, equal));
        if (epci >= 0 && find_share(zone.shares, static_cast<std::size_t>(epci)))
            weights.emplace_back(static_cast<std::size_t>(epci), weight);
    }
    return weights;
}

/// Second rule: the need that each part of the zone represents, where every need
/// is known.
Weights need_weights(const Zone& zone, const std::vector<CoverageCell>& cells)
{
    Weights weights;
    for (const auto& [epci, share] : zone.shares) {
        if (!cells[epci].need.is_known())
            return {};
        weights.emplace_back(epci, cells[epci].need.value() * share);
    }
    return weights;
}

/// Third rule: the inhabitants covered, where those of every EPCI are known.
Weights population_weights(const Zone& zone, const Territory& territory)
{
    Weights weights;
    for (const auto& [epci, share] : zone.shares) {
        if (territory.population(epci) <= 0.0)
            return {};
        weights.emplace_back(epci, territory.population(epci) * share);
    }
    return weights;
}

struct Allocation {
    Weights weights; ///< of any positive sum: no capacity is lost or invented
    AllocationRule rule = AllocationRule::by_share;
};

/// w(d,e), by the first rule that says something.
Allocation allocation(const std::string& distribution, const Zone& zone,
                      const std::vector<CoverageCell>& cells, const Territory& territory)
{
    if (auto weights = stated_weights(distribution, zone, territory); sum_of(weights) > 0.0)
        return {std::move(weights), AllocationRule::stated};
    if (auto weights = need_weights(zone, cells); sum_of(weights) > 0.0)
        return {std::move(weights), AllocationRule::by_need};
    if (auto weights = population_weights(zone, territory); sum_of(weights) > 0.0)
        return {std::move(weights), AllocationRule::by_population};
    return {zone.shares, AllocationRule::by_share};
}

// ---- Conclusion

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
    const double rate = cell.rate.value() + rounding;
    if (rate < thematique.partial_threshold)
        return CoverageStatus::peu_couvert;
    return rate < thematique.covered_threshold ? CoverageStatus::partiellement_couvert
                                               : CoverageStatus::couvert;
}

/// Rate, covered, gap and status, once need and capacity stand.
void conclude(CoverageCell& cell, const Thematique& thematique)
{
    if (cell.need.is_secret()) {
        cell.rate = cell.covered = cell.gap = Quantity::secret();
    } else if (cell.need.is_known() && cell.capacity.is_known()) {
        const double need = cell.need.value();
        const double capacity = cell.capacity.value();
        if (need > 0.0)
            cell.rate = Quantity::known(capacity / need);
        const bool is_met = capacity >= need * (1.0 - rounding);
        cell.covered = Quantity::known(is_met ? need : capacity);
        cell.gap = Quantity::known(is_met ? 0.0 : need - capacity);
    } else if (cell.need.is_known() && cell.need.value() == 0.0) {
        cell.covered = cell.gap = Quantity::known(0.0); // whatever the capacity may be
    }
    cell.status = status_of(cell, thematique);
}

CoverageTotal total_of(const std::vector<CoverageCell>& cells)
{
    CoverageTotal total;
    double need = 0.0;
    double capacity = 0.0;
    double covered = 0.0;
    int known_capacities = 0;
    for (const CoverageCell& cell : cells) {
        if (!cell.need.is_known()) {
            ++total.left_out;
            continue;
        }
        need += cell.need.value();
        total.without_capacity += cell.status == CoverageStatus::a_preciser ? 1 : 0;
        if (!cell.capacity.is_known())
            continue;
        ++known_capacities;
        capacity += cell.capacity.value();
        covered += cell.covered.value();
    }
    if (static_cast<std::size_t>(total.left_out) < cells.size())
        total.need = Quantity::known(need);
    if (known_capacities == 0)
        return total;
    total.capacity = Quantity::known(capacity);
    total.gap = Quantity::known(std::max(0.0, need - covered));
    if (need > 0.0) {
        total.rate = Quantity::known(covered / need);
        total.plain_rate = Quantity::known(capacity / need);
    }
    return total;
}

// ---- Priority

bool is_to_be_ranked(const CoverageCell& cell)
{
    return cell.status != CoverageStatus::couvert && cell.status != CoverageStatus::sans_objet;
}

/// What a need is ranked by, the smallest first.
struct PriorityKey {
    bool is_unknown = false;
    double gap = 0.0;                ///< in ranking units, negative: the greatest gap is first
    double gap_per_inhabitant = 0.0; ///< the same; 0 where the population is not known
    std::string_view code;

    friend auto operator<=>(const PriorityKey&, const PriorityKey&) = default;
};

PriorityKey priority_key(const CoverageCell& cell, const Epci& epci)
{
    if (!cell.gap.is_known())
        return {true, 0.0, 0.0, epci.code};
    const double gap = -std::round(cell.gap.value() / ranking_unit);
    return {false, gap, epci.population > 0.0 ? gap / epci.population : 0.0, epci.code};
}

void rank(std::vector<CoverageCell>& cells, const std::vector<Epci>& epcis)
{
    std::vector<std::pair<PriorityKey, std::size_t>> order;
    for (std::size_t e = 0; e < cells.size(); ++e)
        if (is_to_be_ranked(cells[e]))
            order.emplace_back(priority_key(cells[e], epcis[e]), e);
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < order.size(); ++i)
        cells[order[i].second].rank = static_cast<int>(i) + 1;
}

// ---- The pass over the dispositifs

class Computation {
public:
    explicit Computation(const CoverageInput& input) : input_(input)
    {
        result_.epcis = input.territory.epcis();
        for (std::size_t e = 0; e < result_.epcis.size(); ++e)
            result_.epcis[e].population = input.territory.population(e);
        for (const Thematique& thematique : input.thematiques)
            if (thematique.retained)
                add(thematique);
        read_needs();
    }

    Coverage run()
    {
        zones_.reserve(input_.dispositifs.size());
        for (const Dispositif& dispositif : input_.dispositifs)
            if (const auto found = by_code_.find(thematique_key(dispositif.thematique));
                found != by_code_.end() && is_active(dispositif, input_.date))
                count(dispositif, found->second);
        for (const Group& group : groups_)
            add_group(group);
        for (std::size_t t = 0; t < result_.thematiques.size(); ++t)
            conclude_thematique(t);
        return std::move(result_);
    }

private:
    /// Dispositifs of one thématique on one zone, none of which says how its capacity is
    /// shared out: all are shared out alike, so together.
    struct Group {
        const Zone* zone = nullptr;
        std::size_t thematique = 0;
        int dispositifs = 0;
        int unknown_capacities = 0;
        long double capacity = 0.0L;
    };

    /// A code that is written twice in the table counts once.
    void add(const Thematique& thematique)
    {
        if (!by_code_.try_emplace(thematique_key(thematique.code), result_.thematiques.size()).second)
            return;
        result_.cells.emplace_back(result_.epcis.size());
        capacities_.emplace_back(result_.epcis.size(), 0.0L);
        result_.thematiques.push_back(thematique);
    }

    void read_needs()
    {
        std::vector<NeedRule> rules;
        for (const Thematique& thematique : result_.thematiques)
            rules.push_back(need_rule(thematique, input_.variables));
        const NeedColumns columns(result_.epcis, input_.needs, rules);
        for (std::size_t t = 0; t < rules.size(); ++t)
            for (std::size_t e = 0; e < result_.epcis.size(); ++e)
                result_.cells[t][e].need =
                    need_by(rules[t], [&](const std::string& variable) { return columns.at(e, variable); });
    }

    /// A « territoire couvert », and the groups of dispositifs that work there.
    struct KnownZone {
        Zone zone;
        std::vector<std::size_t> groups; ///< indices; a few thématiques a zone
    };

    /// The same « territoire couvert » is written many times: it is read once.
    KnownZone& zone_of(const Dispositif& dispositif)
    {
        const auto found = zones_.find(dispositif.zone);
        return found != zones_.end()
                   ? found->second
                   : zones_
                         .emplace(dispositif.zone, KnownZone{input_.territory.read_zone(dispositif.zone), {}})
                         .first->second;
    }

    Group& group_of(KnownZone& known, std::size_t thematique)
    {
        for (const std::size_t at : known.groups)
            if (groups_[at].thematique == thematique)
                return groups_[at];
        known.groups.push_back(groups_.size());
        return groups_.emplace_back(Group{&known.zone, thematique});
    }

    void count(const Dispositif& dispositif, std::size_t thematique)
    {
        KnownZone& known = zone_of(dispositif);
        if (known.zone.shares.empty())
            return;
        const Quantity capacity = not_negative(dispositif.capacity);
        const bool is_stated = !trimmed(dispositif.distribution).empty();
        Group alone{&known.zone, thematique};
        Group& group = is_stated ? alone : group_of(known, thematique);
        ++group.dispositifs;
        group.unknown_capacities += capacity.is_known() ? 0 : 1;
        if (capacity.is_known())
            group.capacity += static_cast<long double>(capacity.value());
        if (is_stated)
            add_group(alone, dispositif.distribution);
    }

    void add_group(const Group& group, const std::string& distribution = {})
    {
        auto& cells = result_.cells[group.thematique];
        for (const auto& [e, share] : group.zone->shares) {
            cells[e].dispositifs += group.dispositifs;
            cells[e].unknown_capacities += group.unknown_capacities;
            cells[e].served_share = std::max(cells[e].served_share, share);
        }
        if (group.unknown_capacities == group.dispositifs)
            return;
        const Weights weights = allocation(distribution, *group.zone, cells, input_.territory).weights;
        const long double unit = group.capacity / static_cast<long double>(sum_of(weights));
        for (const auto& [e, weight] : weights)
            capacities_[group.thematique][e] += unit * static_cast<long double>(weight);
    }

    void conclude_thematique(std::size_t t)
    {
        auto& cells = result_.cells[t];
        for (std::size_t e = 0; e < cells.size(); ++e) {
            if (cells[e].dispositifs == 0 || cells[e].unknown_capacities < cells[e].dispositifs)
                cells[e].capacity = Quantity::known(static_cast<double>(capacities_[t][e]));
            conclude(cells[e], result_.thematiques[t]);
        }
        rank(cells, result_.epcis);
        result_.totals.push_back(total_of(cells));
    }

    const CoverageInput& input_;
    Coverage result_;
    std::unordered_map<std::string, std::size_t> by_code_;
    std::unordered_map<std::string, KnownZone> zones_; ///< they stay where they are
    std::vector<Group> groups_;
    std::vector<std::vector<long double>> capacities_; ///< [thématique][EPCI]
};

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

// ---- Territory

void Territory::add_name(Index& index, const std::string& name, int value)
{
    if (const auto key = fold(name); !key.empty())
        if (const auto [at, added] = index.try_emplace(key, value); !added && at->second != value)
            at->second = ambiguous;
}

int Territory::find_in(const Index& index, std::string_view key)
{
    const auto found = index.find(key);
    return found == index.end() ? ambiguous : found->second;
}

Territory::Territory(std::vector<Epci> epcis, std::vector<CommuneRow> communes, std::string departement_code,
                     std::string departement_name)
{
    for (const char* name : whole_territory)
        whole_names_.insert(fold(name));
    for (const std::string& name : {fold(departement_code), fold(departement_name)})
        if (!name.empty())
            whole_names_.insert(name);
    add_epcis(std::move(epcis));
    add_communes(std::move(communes));
    count_inhabitants();
}

void Territory::add_epcis(std::vector<Epci> epcis)
{
    for (Epci& epci : epcis) {
        const int index = epci.retained ? static_cast<int>(epcis_.size()) : elsewhere;
        if (!epci_by_key_.try_emplace(fold(epci.code), index).second)
            continue; // the row is there twice
        add_name(epci_by_key_, epci.name, index);
        if (epci.retained)
            epcis_.push_back(std::move(epci));
    }
}

void Territory::add_communes(std::vector<CommuneRow> communes)
{
    for (CommuneRow& commune : communes) {
        const int index = static_cast<int>(communes_.size());
        if (!commune_by_key_.try_emplace(fold(commune.code), index).second)
            continue;
        add_name(commune_by_key_, commune.name, index);
        epci_of_commune_.push_back(std::max(elsewhere, epci_index(commune.epci)));
        communes_.push_back(std::move(commune));
    }
}

void Territory::count_inhabitants()
{
    struct Members {
        double population = 0.0;
        double known = 0.0; ///< communes whose population is known
        double all = 0.0;
    };
    std::vector<Members> members(epcis_.size());
    for (std::size_t c = 0; c < communes_.size(); ++c)
        if (epci_of_commune_[c] >= 0) {
            auto& of = members[static_cast<std::size_t>(epci_of_commune_[c])];
            of.population += std::max(0.0, communes_[c].population);
            of.known += communes_[c].population > 0.0 ? 1.0 : 0.0;
            of.all += 1.0;
        }
    for (std::size_t e = 0; e < epcis_.size(); ++e) {
        const auto& of = members[e];
        const double counted = of.known > 0.0 ? of.population * of.all / of.known : 0.0;
        population_.push_back(epcis_[e].population > 0.0 ? epcis_[e].population : counted);
        epci_weight_.push_back(population_[e] > 0.0 ? population_[e] : std::max(1.0, of.all));
    }
    for (std::size_t c = 0; c < communes_.size(); ++c) {
        const auto e = static_cast<std::size_t>(std::max(0, epci_of_commune_[c]));
        const bool is_average = epci_of_commune_[c] >= 0 && !(communes_[c].population > 0.0);
        commune_weight_.push_back(is_average ? epci_weight_[e] / members[e].all : communes_[c].population);
    }
}

int Territory::epci_index(std::string_view code_or_name) const
{
    return std::max(elsewhere, find_in(epci_by_key_, fold(code_or_name)));
}

Zone Territory::read_zone(std::string_view text) const
{
    Zone zone;
    std::map<std::size_t, double> weights; // by EPCI
    std::set<int> counted;                 // communes
    for (std::string& element : split_list(text)) {
        const std::string key = fold(element);
        if (whole_names_.contains(key)) {
            zone.whole = true;
            continue;
        }
        const int epci = find_in(epci_by_key_, key);
        const int commune = find_in(commune_by_key_, key);
        if ((epci == ambiguous) == (commune == ambiguous)) { // neither, or either
            zone.unknown.push_back(std::move(element));
        } else if (epci >= 0) {
            weights[static_cast<std::size_t>(epci)] = epci_weight_[static_cast<std::size_t>(epci)];
        } else if (commune >= 0 && counted.insert(commune).second) {
            const auto c = static_cast<std::size_t>(commune);
            if (epci_of_commune_[c] >= 0)
                weights[static_cast<std::size_t>(epci_of_commune_[c])] += commune_weight_[c];
        }
    }
    if (zone.whole) {
        for (std::size_t e = 0; e < epcis_.size(); ++e)
            zone.shares.emplace_back(e, 1.0);
        return zone;
    }
    for (const auto& [e, weight] : weights)
        if (weight > 0.0)
            zone.shares.emplace_back(e, std::min(1.0, weight / epci_weight_[e]));
    return zone;
}

// ---- Results

const CoverageCell* Coverage::at(std::string_view epci, std::string_view thematique) const
{
    const auto e = std::find_if(epcis.begin(), epcis.end(), [key = fold(epci)](const Epci& candidate) {
        return fold(candidate.code) == key || fold(candidate.name) == key;
    });
    const auto t = std::find_if(thematiques.begin(), thematiques.end(),
                                [key = thematique_key(thematique)](const Thematique& candidate) {
                                    return thematique_key(candidate.code) == key;
                                });
    if (e == epcis.end() || t == thematiques.end())
        return nullptr;
    return &cells[static_cast<std::size_t>(t - thematiques.begin())]
                 [static_cast<std::size_t>(e - epcis.begin())];
}

CoverageIndex::CoverageIndex(const Coverage& coverage) : coverage_(coverage)
{
    for (std::size_t e = 0; e < coverage.epcis.size(); ++e)
        for (const std::string& key : {fold(coverage.epcis[e].code), fold(coverage.epcis[e].name)})
            epcis_.try_emplace(key, e);
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
        thematiques_.try_emplace(thematique_key(coverage.thematiques[t].code), t);
}

const CoverageCell* CoverageIndex::at(std::string_view epci, std::string_view thematique) const
{
    const auto e = epcis_.find(fold(epci));
    const auto t = thematiques_.find(thematique_key(thematique));
    return e == epcis_.end() || t == thematiques_.end() ? nullptr : &coverage_.cells[t->second][e->second];
}

const Variable* find_variable(const std::vector<Variable>& variables, const std::string& code)
{
    auto found = std::find_if(variables.begin(), variables.end(),
                              [&](const Variable& variable) { return variable.code == code; });
    if (found == variables.end())
        found =
            std::find_if(variables.begin(), variables.end(),
                         [key = fold(code)](const Variable& variable) { return fold(variable.code) == key; });
    return found == variables.end() ? nullptr : &*found;
}

Quantity need_of(const std::string& epci, const Thematique& thematique,
                 const std::vector<Variable>& variables, const Needs& needs)
{
    return need_by(need_rule(thematique, variables),
                   [&](const std::string& variable) { return needs.at(epci, variable); });
}

Coverage compute_coverage(const CoverageInput& input) { return Computation(input).run(); }

std::vector<std::vector<std::vector<Reach>>> reaches(const CoverageInput& input)
{
    std::unordered_map<std::string, std::size_t> by_code;
    for (const Thematique& thematique : input.thematiques)
        if (thematique.retained)
            by_code.try_emplace(thematique_key(thematique.code), by_code.size());
    std::vector<std::vector<std::vector<Reach>>> found(
        by_code.size(), std::vector<std::vector<Reach>>(input.territory.epcis().size()));
    std::unordered_map<std::string, Zone> zones;
    for (std::size_t d = 0; d < input.dispositifs.size(); ++d) {
        const Dispositif& dispositif = input.dispositifs[d];
        const auto theme = by_code.find(thematique_key(dispositif.thematique));
        if (theme == by_code.end() || !is_active(dispositif, input.date))
            continue;
        auto zone = zones.find(dispositif.zone);
        if (zone == zones.end())
            zone = zones.emplace(dispositif.zone, input.territory.read_zone(dispositif.zone)).first;
        for (const auto& [e, share] : zone->second.shares)
            found[theme->second][e].push_back({d, share});
    }
    return found;
}

// ---- Why

const char* label_of(AllocationRule rule)
{
    switch (rule) {
    case AllocationRule::stated:
        return "selon la colonne « répartition »";
    case AllocationRule::by_need:
        return "selon les besoins";
    case AllocationRule::by_population:
        return "selon la population";
    case AllocationRule::by_share:
        return "à parts égales de territoire couvert";
    }
    return "";
}

std::vector<Contribution> contributions(const CoverageInput& input, std::string_view epci,
                                        std::string_view thematique)
{
    const int wanted = input.territory.epci_index(epci);
    const std::string key = thematique_key(thematique);
    const auto theme =
        std::find_if(input.thematiques.begin(), input.thematiques.end(),
                     [&](const Thematique& t) { return t.retained && thematique_key(t.code) == key; });
    if (wanted < 0 || theme == input.thematiques.end())
        return {};
    std::vector<CoverageCell> cells(input.territory.epcis().size());
    for (std::size_t e = 0; e < cells.size(); ++e)
        cells[e].need = need_of(input.territory.epcis()[e].code, *theme, input.variables, input.needs);

    std::vector<Contribution> found;
    for (std::size_t d = 0; d < input.dispositifs.size(); ++d) {
        const Dispositif& dispositif = input.dispositifs[d];
        if (thematique_key(dispositif.thematique) != key || !is_active(dispositif, input.date))
            continue;
        const Zone zone = input.territory.read_zone(dispositif.zone);
        const auto share = find_share(zone.shares, static_cast<std::size_t>(wanted));
        if (!share)
            continue;
        const auto [weights, rule] = allocation(dispositif.distribution, zone, cells, input.territory);
        double weight = 0.0;
        for (const auto& [e, part] : weights)
            weight += e == static_cast<std::size_t>(wanted) ? part / sum_of(weights) : 0.0;
        const Quantity capacity = not_negative(dispositif.capacity);
        found.push_back({d, *share, rule, weight, capacity,
                         capacity.is_known() ? Quantity::known(capacity.value() * weight) : capacity});
    }
    return found;
}

std::vector<Priority> uncovered_needs(const Coverage& coverage)
{
    std::vector<std::pair<PriorityKey, Priority>> list;
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
        for (std::size_t e = 0; e < coverage.epcis.size(); ++e)
            if (const auto& cell = coverage.cells[t][e]; is_to_be_ranked(cell))
                list.emplace_back(priority_key(cell, coverage.epcis[e]), Priority{t, e});
    // Stable: of two equal needs of one EPCI, the first thématique comes first.
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Priority> priorities;
    for (const auto& [key, priority] : list)
        priorities.push_back(priority);
    return priorities;
}

} // namespace pacte
