#include "core/scores.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

constexpr double greatest_mark = 10.0;

/// 0.8 as 1 − 0.2 is four fifths.
constexpr double rounding = 1e-9;

[[noreturn]] void refuse(const std::string& message) { throw Failure(Failure::Cause::bad_value, message); }

double sum_of(std::span<const double> weights)
{
    double sum = 0.0;
    for (const double weight : weights) {
        if (!(weight >= 0.0) || !std::isfinite(weight))
            refuse("Un des poids des critères est négatif ou n'est pas un nombre. Le corriger.");
        sum += weight;
    }
    if (!(sum > 0.0))
        refuse("Les poids des critères sont tous nuls. En donner au moins un.");
    return sum;
}

/// The weighted mean of the marks; those that weigh nothing are not looked at.
Quantity weighted_mean(std::span<const Quantity> marks, std::span<const double> weights, double greatest)
{
    const double sum = sum_of(weights);
    double mean = 0.0;
    bool is_known = true;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i].is_known() && !(marks[i].value() >= 0.0 && marks[i].value() <= greatest))
            refuse("La note " + french_number(marks[i].value(), 2) + " n'est pas entre 0 et " +
                   french_number(greatest) + ". La corriger.");
        if (!(weights[i] > 0.0))
            continue;
        is_known = is_known && marks[i].is_known();
        if (is_known)
            mean += weights[i] * marks[i].value();
    }
    return is_known ? Quantity::known(mean / sum) : Quantity::unknown();
}

bool is_price(const Quantity& price) { return price.is_known() && price.value() > 0.0; }

} // namespace

Quantity piste_score(const std::array<Quantity, piste_criteria>& criteria,
                     const std::array<double, piste_criteria>& weights)
{
    const Quantity mean = weighted_mean(criteria, weights, greatest_criterion);
    return mean.is_known() ? Quantity::known(100.0 * mean.value() / greatest_criterion) : mean;
}

int proposed_criterion(double uncovered_share)
{
    return std::clamp(static_cast<int>(std::floor(uncovered_share * 5.0 + rounding)), 0,
                      static_cast<int>(greatest_criterion));
}

Quantity lowest_price(const std::vector<Offer>& offers)
{
    Quantity lowest;
    for (const Offer& offer : offers)
        if (is_price(offer.price) && (!lowest.is_known() || offer.price.value() < lowest.value()))
            lowest = offer.price;
    return lowest;
}

Quantity price_mark(const Quantity& price, const Quantity& lowest)
{
    return is_price(price) && is_price(lowest)
               ? Quantity::known(greatest_mark * lowest.value() / price.value())
               : Quantity::unknown();
}

Quantity offer_mark(const Offer& offer, const Quantity& lowest,
                    const std::array<double, offer_criteria>& weights)
{
    const std::array marks{offer.fit, offer.knowledge, offer.experience, price_mark(offer.price, lowest),
                           offer.innovation};
    const Quantity mean = weighted_mean(marks, weights, greatest_mark);
    if (!mean.is_known())
        return mean;
    return Quantity::known(std::floor(mean.value() * 100.0 + 0.5 + rounding) / 100.0);
}

std::vector<std::optional<int>> ranks_of(const std::vector<Quantity>& marks)
{
    std::vector<std::optional<int>> ranks(marks.size());
    for (std::size_t i = 0; i < marks.size(); ++i)
        if (marks[i].is_known())
            ranks[i] =
                1 + static_cast<int>(std::count_if(marks.begin(), marks.end(), [&](const Quantity& other) {
                    return other.is_known() && other.value() > marks[i].value();
                }));
    return ranks;
}

} // namespace pacte
