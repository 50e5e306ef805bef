#include "core/typology.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "core/composite_index.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

/// What is nearer to the mean of all sets no class apart.
constexpr double notable_deviations = 0.5;
/// A class is described by at most so many traits.
constexpr std::size_t most_traits = 4;
/// A move that gains less than this share of the inertia gains nothing.
constexpr double rounding = 1e-10;

[[noreturn]] void refuse(const std::string& message) { throw Failure(Failure::Cause::bad_value, message); }

using Point = std::vector<double>;

double squared_distance(const Point& a, const Point& b)
{
    double sum = 0.0;
    for (std::size_t v = 0; v < a.size(); ++v)
        sum += (a[v] - b[v]) * (a[v] - b[v]);
    return sum;
}

/// A group of points: how many, and their mean.
struct Group {
    double count = 0.0;
    Point mean;

    void add(const Point& point, double sign = 1.0)
    {
        count += sign;
        for (std::size_t v = 0; v < mean.size(); ++v)
            mean[v] += sign * (point[v] - mean[v]) / count;
    }
};

/// The growth of the inertia where the two are joined.
double ward_distance(const Group& a, const Group& b)
{
    return a.count * b.count / (a.count + b.count) * squared_distance(a.mean, b.mean);
}

// ---- Ward

/// Joins the two nearest groups until `classes` are left. The nearest of each is
/// kept at hand: about n² steps in all.
class Ward {
public:
    explicit Ward(const std::vector<Point>& points) : class_of_(points.size())
    {
        for (std::size_t i = 0; i < points.size(); ++i) {
            groups_.push_back({1.0, points[i]});
            class_of_[i] = i;
            alive_.push_back(i);
        }
        nearest_.resize(points.size());
        for (std::size_t i = 0; i < alive_.size(); ++i)
            look_around(alive_[i]);
    }

    std::vector<std::size_t> cut(std::size_t classes)
    {
        while (alive_.size() > classes)
            join_nearest();
        std::vector<std::size_t> numbers(groups_.size());
        for (std::size_t k = 0; k < alive_.size(); ++k)
            numbers[alive_[k]] = k;
        std::vector<std::size_t> result;
        for (const std::size_t group : class_of_)
            result.push_back(numbers[group]);
        return result;
    }

private:
    struct Nearest {
        std::size_t group = 0;
        double distance = std::numeric_limits<double>::infinity();
    };

    void look_around(std::size_t group)
    {
        nearest_[group] = {};
        for (const std::size_t other : alive_)
            if (other > group)
                if (const double distance = ward_distance(groups_[group], groups_[other]);
                    distance < nearest_[group].distance)
                    nearest_[group] = {other, distance};
    }

    void join_nearest()
    {
        const std::size_t first =
            *std::min_element(alive_.begin(), alive_.end(), [&](std::size_t a, std::size_t b) {
                return nearest_[a].distance < nearest_[b].distance;
            });
        const std::size_t second = nearest_[first].group;
        Group& a = groups_[first];
        const Group& b = groups_[second];
        for (std::size_t v = 0; v < a.mean.size(); ++v)
            a.mean[v] = (a.mean[v] * a.count + b.mean[v] * b.count) / (a.count + b.count);
        a.count += b.count;
        std::replace(class_of_.begin(), class_of_.end(), second, first);
        alive_.erase(std::find(alive_.begin(), alive_.end(), second));
        for (const std::size_t group : alive_) {
            const bool has_changed = nearest_[group].group == first || nearest_[group].group == second;
            if (group == first || has_changed)
                look_around(group);
            else if (group < first)
                consider(group, first);
        }
    }

    void consider(std::size_t group, std::size_t other)
    {
        if (const double distance = ward_distance(groups_[group], groups_[other]);
            distance < nearest_[group].distance)
            nearest_[group] = {other, distance};
    }

    std::vector<Group> groups_;
    std::vector<std::size_t> class_of_;
    std::vector<std::size_t> alive_; ///< ascending
    std::vector<Nearest> nearest_;   ///< among the groups after it
};

// ---- k-means

std::vector<Group> groups_of(const std::vector<Point>& points, const std::vector<std::size_t>& class_of)
{
    std::vector<Group> groups(1 + *std::max_element(class_of.begin(), class_of.end()),
                              Group{0.0, Point(points.front().size(), 0.0)});
    for (std::size_t i = 0; i < points.size(); ++i)
        groups[class_of[i]].add(points[i]);
    return groups;
}

double inertia_of(const std::vector<Point>& points, const std::vector<std::size_t>& class_of)
{
    const auto groups = groups_of(points, class_of);
    double inertia = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i)
        inertia += squared_distance(points[i], groups[class_of[i]].mean);
    return inertia;
}

/// Moves each point to the class where the inertia falls most, until none does.
/// A class is never emptied.
void consolidate(const std::vector<Point>& points, std::vector<std::size_t>& class_of)
{
    std::vector<Group> groups = groups_of(points, class_of);
    const double least_gain = rounding * static_cast<double>(points.size() * points.front().size());
    bool has_moved = true;
    while (has_moved) {
        has_moved = false;
        for (std::size_t i = 0; i < points.size(); ++i) {
            Group& own = groups[class_of[i]];
            if (own.count < 1.5)
                continue;
            const double loss = own.count / (own.count - 1.0) * squared_distance(points[i], own.mean);
            double best_gain = least_gain;
            std::size_t best = class_of[i];
            for (std::size_t k = 0; k < groups.size(); ++k) {
                if (k == class_of[i])
                    continue;
                const double growth =
                    groups[k].count / (groups[k].count + 1.0) * squared_distance(points[i], groups[k].mean);
                if (loss - growth > best_gain) {
                    best_gain = loss - growth;
                    best = k;
                }
            }
            if (best == class_of[i])
                continue;
            own.add(points[i], -1.0);
            groups[best].add(points[i]);
            class_of[i] = best;
            has_moved = true;
        }
    }
}

// ---- Points in, classes out

/// The EPCI that have all their figures, standardised.
struct Sample {
    std::vector<std::size_t> epcis;
    std::vector<Point> points;
};

void check(const std::vector<TypologyVariable>& variables, int classes)
{
    if (variables.empty())
        refuse("La typologie ne porte sur aucune variable. En choisir au moins une.");
    for (const TypologyVariable& variable : variables)
        if (variable.figures.size() != variables.front().figures.size())
            refuse("Les variables de la typologie n'ont pas toutes le même nombre d'EPCI.");
    if (classes < 1)
        refuse("Le nombre de classes de la typologie doit être d'au moins 1.");
}

bool is_complete(const std::vector<TypologyVariable>& variables, std::size_t epci)
{
    return std::all_of(variables.begin(), variables.end(),
                       [&](const TypologyVariable& variable) { return variable.figures[epci].is_known(); });
}

Sample sample_of(const std::vector<TypologyVariable>& variables)
{
    Sample sample;
    for (std::size_t e = 0; e < variables.front().figures.size(); ++e)
        if (is_complete(variables, e))
            sample.epcis.push_back(e);
    sample.points.resize(sample.epcis.size());
    for (const TypologyVariable& variable : variables) {
        std::vector<Quantity> figures;
        for (const std::size_t e : sample.epcis)
            figures.push_back(variable.figures[e]);
        const auto scores = standardised(figures, Standardisation::z_score);
        for (std::size_t i = 0; i < scores.size(); ++i)
            sample.points[i].push_back(scores[i].is_known() ? scores[i].value()
                                                            : 0.0); // all equal: no matter
    }
    return sample;
}

/// The order of the rows must not matter: they are taken by their figures.
void sort_by_figures(Sample& sample)
{
    std::vector<std::size_t> order(sample.points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sample.points[a] < sample.points[b]; });
    Sample sorted;
    for (const std::size_t i : order) {
        sorted.epcis.push_back(sample.epcis[i]);
        sorted.points.push_back(std::move(sample.points[i]));
    }
    sample = std::move(sorted);
}

std::size_t distinct_points(const Sample& sample) // sorted
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < sample.points.size(); ++i)
        count += i == 0 || sample.points[i] != sample.points[i - 1] ? 1 : 0;
    return count;
}

double mean_of(const TypologyVariable& variable, const std::vector<std::size_t>& epcis)
{
    double sum = 0.0;
    for (const std::size_t e : epcis)
        sum += variable.figures[e].value();
    return sum / static_cast<double>(epcis.size());
}

double deviation_of(const TypologyVariable& variable, const std::vector<std::size_t>& epcis)
{
    const double mean = mean_of(variable, epcis);
    double squares = 0.0;
    for (const std::size_t e : epcis)
        squares += (variable.figures[e].value() - mean) * (variable.figures[e].value() - mean);
    return std::sqrt(squares / static_cast<double>(epcis.size()));
}

/// « Au-dessus de la moyenne : retraités (41 contre 33). Au-dessous : … »
std::string sentence_of(const std::vector<Trait>& traits, const std::vector<TypologyVariable>& variables)
{
    std::string above;
    std::string below;
    for (const Trait& trait : traits) {
        std::string& list = trait.deviations > 0.0 ? above : below;
        list += (list.empty() ? "" : " ; ") + variables[trait.variable].label + " (" +
                french_number(trait.class_mean, 1) + " contre " + french_number(trait.overall_mean, 1) + ")";
    }
    if (traits.empty())
        return "Proche de la moyenne sur toutes les variables.";
    std::string sentence;
    if (!above.empty())
        sentence = "Au-dessus de la moyenne : " + above + ".";
    if (!below.empty())
        sentence += (sentence.empty() ? "" : "\n") + std::string("Au-dessous de la moyenne : ") + below + ".";
    return sentence;
}

void describe(TypologyClass& described, const std::vector<TypologyVariable>& variables,
              const std::vector<std::size_t>& all)
{
    for (std::size_t v = 0; v < variables.size(); ++v) {
        const double deviation = deviation_of(variables[v], all);
        Trait trait{v, mean_of(variables[v], described.members), mean_of(variables[v], all), 0.0};
        if (deviation > 0.0)
            trait.deviations = (trait.class_mean - trait.overall_mean) / deviation;
        if (std::abs(trait.deviations) >= notable_deviations)
            described.traits.push_back(trait);
    }
    std::stable_sort(described.traits.begin(), described.traits.end(), [](const Trait& a, const Trait& b) {
        return std::abs(a.deviations) > std::abs(b.deviations);
    });
    if (described.traits.size() > most_traits)
        described.traits.resize(most_traits);
    described.description = sentence_of(described.traits, variables);
}

} // namespace

Typology typology(const std::vector<TypologyVariable>& variables, int classes)
{
    check(variables, classes);
    Sample sample = sample_of(variables);
    if (sample.epcis.empty())
        refuse("Aucun EPCI n'a toutes les valeurs de la typologie. Choisir d'autres variables.");
    sort_by_figures(sample);
    const std::size_t distinct = distinct_points(sample);
    if (distinct < 2)
        refuse("Tous les EPCI ont les mêmes valeurs : il n'y a pas de typologie à faire.");

    auto class_of = Ward(sample.points).cut(std::min(static_cast<std::size_t>(classes), distinct));
    consolidate(sample.points, class_of);

    Typology result;
    result.class_of.assign(variables.front().figures.size(), -1);
    result.within_share = inertia_of(sample.points, class_of) /
                          inertia_of(sample.points, std::vector<std::size_t>(sample.points.size(), 0));
    std::map<std::size_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < sample.epcis.size(); ++i)
        members[class_of[i]].push_back(sample.epcis[i]);
    for (auto& [number, epcis] : members) {
        std::sort(epcis.begin(), epcis.end());
        result.classes.push_back({std::move(epcis), {}, {}});
    }
    std::sort(result.classes.begin(), result.classes.end(),
              [](const TypologyClass& a, const TypologyClass& b) {
                  return a.members.size() != b.members.size() ? a.members.size() > b.members.size()
                                                              : a.members.front() < b.members.front();
              });
    for (std::size_t k = 0; k < result.classes.size(); ++k) {
        describe(result.classes[k], variables, sample.epcis);
        for (const std::size_t e : result.classes[k].members)
            result.class_of[e] = static_cast<int>(k);
    }
    return result;
}

} // namespace pacte
