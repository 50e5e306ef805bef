/// \file
/// Natural breaks: the optimum that W. D. Fisher (« On Grouping for Maximum
/// Homogeneity », JASA 53, 1958) defined and G. F. Jenks brought to maps (1967),
/// by the dynamic programming of H. Wang and M. Song (« Ckmeans.1d.dp: Optimal
/// k-means Clustering in One Dimension by Dynamic Programming », The R Journal
/// 3/2, 2011), with the divide and conquer of its later versions: the first value
/// of the last class never goes back when the series grows, so each half of the
/// series searches its own side only. O(k n log n). Departure: distinct values
/// with their multiplicities, so that equal values always share a class.

#include "core/classes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>

#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

using Values = std::vector<double>;

[[noreturn]] void refuse(const std::string& message) { throw Failure(Failure::Cause::bad_value, message); }

/// Sums of squared deviations of any run of distinct values, in constant time.
/// The values are shifted by their mean first: large figures that differ little
/// would lose all their digits in the difference of two sums of squares. The sums
/// are made in long double and kept in double: each misses by its last digit only.
class Deviations {
public:
    Deviations(const Values& distinct, const std::vector<std::size_t>& counts)
        : weight_(distinct.size() + 1), sum_(distinct.size() + 1), square_(distinct.size() + 1)
    {
        const long double mean = mean_of(distinct, counts);
        long double weight = 0.0L;
        long double sum = 0.0L;
        long double square = 0.0L;
        for (std::size_t i = 0; i < distinct.size(); ++i) {
            const auto count = static_cast<long double>(counts[i]);
            const long double value = distinct[i] - mean;
            weight += count;
            sum += count * value;
            square += count * value * value;
            weight_[i + 1] = static_cast<double>(weight);
            sum_[i + 1] = static_cast<double>(sum);
            square_[i + 1] = static_cast<double>(square);
        }
    }

    /// Of the distinct values `first` to `last`, both in.
    [[nodiscard]] double of(std::size_t first, std::size_t last) const
    {
        if (first == last)
            return 0.0;
        const double weight = weight_[last + 1] - weight_[first];
        const double sum = sum_[last + 1] - sum_[first];
        return std::max(0.0, square_[last + 1] - square_[first] - sum * sum / weight);
    }

private:
    static long double mean_of(const Values& distinct, const std::vector<std::size_t>& counts)
    {
        long double sum = 0.0L;
        long double weight = 0.0L;
        for (std::size_t i = 0; i < distinct.size(); ++i) {
            sum += static_cast<long double>(counts[i]) * distinct[i];
            weight += static_cast<long double>(counts[i]);
        }
        return sum / weight;
    }

    Values weight_;
    Values sum_;
    Values square_;
};

/// The least deviation of the values 0…j in q classes, for all j, q by q.
class NaturalBreaks {
public:
    NaturalBreaks(const Values& distinct, const std::vector<std::size_t>& counts)
        : deviations_(distinct, counts), best_(distinct.size())
    {
        for (std::size_t j = 0; j < best_.size(); ++j)
            best_[j] = deviations_.of(0, j);
    }

    /// The index of the first value of each class but the first one.
    [[nodiscard]] std::vector<std::size_t> starts(std::size_t classes)
    {
        for (std::size_t q = 1; q < classes; ++q)
            add_class(q);
        std::vector<std::size_t> starts(classes - 1);
        std::size_t last = best_.size() - 1;
        for (std::size_t q = classes - 1; q > 0; --q) {
            starts[q - 1] = first_of_last_[q - 1][last];
            last = starts[q - 1] - 1;
        }
        return starts;
    }

private:
    void add_class(std::size_t q)
    {
        previous_ = best_;
        first_of_last_.emplace_back(best_.size(), 0);
        search(q, q, best_.size() - 1, q, best_.size() - 1);
    }

    /// For the values `low` to `high`, where the last class of q + 1 begins,
    /// known to be between `from` and `to`.
    void search(std::size_t q, std::size_t low, std::size_t high, std::size_t from, std::size_t to)
    {
        const std::size_t middle = low + (high - low) / 2;
        std::size_t first = std::min(middle, from);
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = std::max(q, from); i <= std::min(middle, to); ++i) {
            const double deviation = previous_[i - 1] + deviations_.of(i, middle);
            if (deviation < least) {
                least = deviation;
                first = i;
            }
        }
        best_[middle] = least;
        first_of_last_[q - 1][middle] = static_cast<std::uint32_t>(first);
        if (middle > low)
            search(q, low, middle - 1, from, first);
        if (middle < high)
            search(q, middle + 1, high, first, to);
    }

    Deviations deviations_;
    Values best_;
    Values previous_;
    std::vector<std::vector<std::uint32_t>> first_of_last_; ///< by class and by last value
};

// Each of what follows gives the inner bounds, ascending, from sorted values.

Values natural(const Values& sorted, std::size_t classes)
{
    Values distinct;
    std::vector<std::size_t> counts;
    for (const double value : sorted)
        if (!distinct.empty() && distinct.back() == value) {
            ++counts.back();
        } else {
            distinct.push_back(value);
            counts.push_back(1);
        }
    Values inner;
    for (const std::size_t start : NaturalBreaks(distinct, counts).starts(classes))
        inner.push_back(distinct[start]);
    return inner;
}

/// A computed bound that misses a value by the rounding of the computation is that
/// value: it would fall in the class below.
double snapped(const Values& sorted, double bound)
{
    if (std::binary_search(sorted.begin(), sorted.end(), bound))
        return bound;
    const double rounding = 16.0 * std::numeric_limits<double>::epsilon() *
                            std::max(std::abs(sorted.front()), std::abs(sorted.back()));
    const auto nearest = std::lower_bound(sorted.begin(), sorted.end(), bound - rounding);
    return nearest != sorted.end() && *nearest <= bound + rounding ? *nearest : bound;
}

/// Hyndman and Fan, « Sample Quantiles in Statistical Packages » (1996), type 7.
double quantile(const Values& sorted, double share)
{
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

/// The quantiles at these shares, without those that open an empty class.
Values quantiles(const Values& sorted, const Values& shares)
{
    Values inner;
    double upper = std::numeric_limits<double>::infinity();
    for (auto share = shares.rbegin(); share != shares.rend(); ++share) {
        const double bound = snapped(sorted, quantile(sorted, *share));
        const auto first = std::lower_bound(sorted.begin(), sorted.end(), bound);
        if (bound > sorted.front() && first != sorted.end() && *first < upper) {
            inner.push_back(bound);
            upper = bound;
        }
    }
    std::reverse(inner.begin(), inner.end());
    return inner;
}

Values even_quantiles(const Values& sorted, std::size_t classes)
{
    Values shares;
    for (std::size_t i = 1; i < classes; ++i)
        shares.push_back(static_cast<double>(i) / static_cast<double>(classes));
    return quantiles(sorted, shares);
}

/// The cut of the mapping tools of the French statistical service: two narrow
/// classes show the extremes, four hold the rest by equal numbers.
Values q6(const Values& sorted, std::size_t) { return quantiles(sorted, {0.05, 0.275, 0.5, 0.725, 0.95}); }

Values equal_widths(const Values& sorted, std::size_t classes)
{
    Values inner;
    for (std::size_t i = 1; i < classes; ++i)
        inner.push_back(
            std::lerp(sorted.front(), sorted.back(), static_cast<double>(i) / static_cast<double>(classes)));
    return inner;
}

Values standard_deviations(const Values& sorted, std::size_t classes)
{
    const auto count = static_cast<double>(sorted.size());
    const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / count;
    const double squares =
        std::accumulate(sorted.begin(), sorted.end(), 0.0,
                        [mean](double sum, double value) { return sum + (value - mean) * (value - mean); });
    const double deviation = std::sqrt(squares / count);
    Values inner;
    for (std::size_t i = 1; i < classes; ++i)
        inner.push_back(mean + deviation * (static_cast<double>(i) - static_cast<double>(classes) / 2.0));
    return inner;
}

Values geometric(const Values& sorted, std::size_t classes)
{
    if (sorted.front() <= 0.0 && sorted.back() >= 0.0)
        refuse("Classes géométriques : les valeurs vont de " + french_number(sorted.front(), 2) + " à " +
               french_number(sorted.back(), 2) +
               ", or elles doivent être toutes de même signe et différentes de 0. Choisir une autre méthode "
               "de classes, par exemple « naturelles » ou « quantiles ».");
    Values inner;
    for (std::size_t i = 1; i < classes; ++i)
        inner.push_back(sorted.front() * std::pow(sorted.back() / sorted.front(),
                                                  static_cast<double>(i) / static_cast<double>(classes)));
    return inner;
}

using Method = Values (*)(const Values& sorted, std::size_t classes);

struct NamedMethod {
    const char* name; ///< folded
    Method cut;
};

constexpr NamedMethod methods[] = {
    {"", natural},
    {"naturelles", natural},
    {"naturelle", natural},
    {"seuilsnaturels", natural},
    {"jenks", natural},
    {"fisherjenks", natural},
    {"natural", natural},
    {"naturalbreaks", natural},
    {"quantiles", even_quantiles},
    {"quantile", even_quantiles},
    {"egales", equal_widths},
    {"amplitudesegales", equal_widths},
    {"intervallesegaux", equal_widths},
    {"equal", equal_widths},
    {"equalintervals", equal_widths},
    {"ecartstypes", standard_deviations},
    {"ecarttype", standard_deviations},
    {"standarddeviations", standard_deviations},
    {"standarddeviation", standard_deviations},
    {"geometriques", geometric},
    {"geometrique", geometric},
    {"progressiongeometrique", geometric},
    {"geometric", geometric},
    {"q6", q6},
};

Method method_named(std::string_view name)
{
    const std::string key = fold(name);
    const auto* found = std::find_if(std::begin(methods), std::end(methods),
                                     [&](const NamedMethod& method) { return key == method.name; });
    if (found == std::end(methods))
        refuse(
            "La méthode de classes « " + trim(name) +
            " » n'est pas connue. Écrire naturelles, quantiles, égales, écarts-types, géométriques ou q6.");
    return found->cut;
}

void check(const Values& values, int classes)
{
    if (classes < 1 || classes > most_classes)
        refuse("Le nombre de classes, " + std::to_string(classes) + ", doit être compris entre 1 et " +
               std::to_string(most_classes) + ".");
    if (values.empty())
        refuse("Aucune valeur n'est connue : il n'y a rien à répartir en classes.");
    if (!std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); }))
        refuse(
            "Une des valeurs à répartir en classes n'est pas un nombre fini. Corriger la cellule en erreur.");
}

std::size_t distinct_count(const Values& sorted)
{
    std::size_t count = 1;
    for (std::size_t i = 1; i < sorted.size(); ++i)
        count += sorted[i] != sorted[i - 1] ? 1 : 0;
    return count;
}

} // namespace

std::vector<double> breaks(std::vector<double> values, int classes, std::string_view method)
{
    const Method cut = method_named(method);
    check(values, classes);
    std::sort(values.begin(), values.end());
    const std::size_t count = std::min(static_cast<std::size_t>(classes), distinct_count(values));

    // An inner bound at the smallest value, or below it, would open an empty class.
    std::vector<double> bounds{values.front()};
    for (const double computed : cut(values, count))
        if (const double bound = snapped(values, computed); bound > bounds.back() && bound <= values.back())
            bounds.push_back(bound);
    bounds.push_back(values.back());
    return bounds;
}

int class_of(double value, const std::vector<double>& bounds)
{
    if (bounds.size() < 2 || !(value >= bounds.front() && value <= bounds.back()))
        return -1;
    const auto inner = bounds.begin() + 1;
    return static_cast<int>(std::upper_bound(inner, bounds.end() - 1, value) - inner);
}

} // namespace pacte
