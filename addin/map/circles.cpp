#include "map/circles.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pacte::map {

namespace {

/// The round number (1, 1.5, 2, 3, 5 × a power of ten) at or under the value. A
/// count below 1 does not exist; an amount in millions may.
double round_under(double value)
{
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {5.0, 3.0, 2.0, 1.5, 1.0})
        if (factor * power <= value * (1.0 + 1e-12))
            return factor * power;
    return power;
}

} // namespace

CircleScale::CircleScale(const std::vector<double>& values, Hundredths_mm largest_radius, double most_area)
{
    double sum = 0.0;
    for (const double value : values) {
        greatest_ = std::max(greatest_, std::abs(value));
        sum += std::abs(value);
    }
    if (greatest_ <= 0.0)
        return;
    const double of_largest = static_cast<double>(largest_radius) * largest_radius / greatest_;
    const double of_area = most_area / (std::numbers::pi * sum);
    area_per_unit_ = std::min(of_largest, of_area);
}

Hundredths_mm CircleScale::radius(double value) const
{
    constexpr Hundredths_mm smallest_seen = 50;
    if (value == 0.0 || greatest_ <= 0.0)
        return 0;
    const auto exact = std::lround(std::sqrt(std::abs(value) * area_per_unit_));
    return std::max(smallest_seen, static_cast<Hundredths_mm>(exact));
}

std::vector<double> CircleScale::legend_values() const
{
    std::vector<double> values;
    if (greatest_ <= 0.0)
        return values;
    for (const double share : {1.0, 0.35, 0.08}) {
        const double value = round_under(greatest_ * share);
        if (values.empty() || radius(values.back()) - radius(value) >= 60)
            values.push_back(value);
    }
    return values;
}

} // namespace pacte::map
