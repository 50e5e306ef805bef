#include "map/wording.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/text.hpp"
#include "map/text_metrics.hpp"

namespace pacte::map {

namespace {

constexpr int most_decimals = 6;
const std::string no_break_space = "\u00A0";

double power_of_ten(int exponent) { return std::pow(10.0, exponent); }

/// What the binary writing of a decimal number may add is not a difference.
double noise_of(double value) { return 1e-9 * std::max(1.0, std::abs(value)); }

double rounded(double value, int decimals)
{
    const double scale = power_of_ten(decimals);
    return std::round(value * scale) / scale;
}

/// Rounded away from the values it encloses, so that none lies outside.
double rounded_outwards(double value, int decimals, bool up)
{
    const double nearest = rounded(value, decimals);
    if (std::abs(nearest - value) <= noise_of(value))
        return nearest;
    const double scale = power_of_ten(decimals);
    return (up ? std::ceil(value * scale) : std::floor(value * scale)) / scale;
}

/// An inner bound, with what its two classes hold.
struct InnerBound {
    double computed;
    double below; ///< the greatest value of the lower class
    double above; ///< the smallest value of the upper one
};

std::vector<InnerBound> inner_bounds(const std::vector<double>& bounds, const std::vector<double>& values)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<InnerBound> inner;
    for (std::size_t i = 1; i + 1 < bounds.size(); ++i) {
        InnerBound bound{bounds[i], -infinity, infinity};
        for (const double value : values)
            if (value < bounds[i])
                bound.below = std::max(bound.below, value);
            else
                bound.above = std::min(bound.above, value);
        inner.push_back(bound);
    }
    return inner;
}

/// A number of that many decimals which parts the two classes, whether their
/// values are written exactly or with as many decimals.
std::optional<double> printable(const InnerBound& bound, int decimals)
{
    const double nearest = rounded(bound.computed, decimals);
    const double under = rounded_outwards(bound.computed, decimals, false);
    for (const double candidate : {nearest, under})
        if (candidate > bound.below && rounded(bound.below, decimals) < candidate &&
            candidate <= bound.above + noise_of(bound.above) && rounded(bound.above, decimals) >= candidate)
            return candidate;
    return std::nullopt;
}

/// The bounds at that many decimals; nothing where two of them meet or a value
/// would seem to be in another class.
std::optional<std::vector<double>> printable(const std::vector<double>& bounds,
                                             const std::vector<InnerBound>& inner, int decimals)
{
    std::vector<double> printed{rounded_outwards(bounds.front(), decimals, false)};
    for (const auto& bound : inner) {
        const auto number = printable(bound, decimals);
        if (!number || *number <= printed.back())
            return std::nullopt;
        printed.push_back(*number);
    }
    printed.push_back(rounded_outwards(bounds.back(), decimals, true));
    return printed;
}

/// Figures of a thousand and more are read without decimals.
int fewest_decimals(const std::vector<double>& bounds)
{
    const double greatest = std::max(std::abs(bounds.front()), std::abs(bounds.back()));
    return greatest >= 1000.0 ? 0 : decimals_of(bounds, 1);
}

/// The two bytes of É and its like: 0xC3, then 0x80–0x9E (capital) or 0xA0–0xBE.
bool is_accented(const std::string& text)
{
    return text.size() > 1 && static_cast<unsigned char>(text[0]) == 0xC3U;
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

} // namespace

std::string fixed_number(double value, int decimals)
{
    value = rounded(value, decimals);
    std::string text = with_common_spaces(french_number(value == 0.0 ? 0.0 : value, decimals));
    if (decimals <= 0)
        return text;
    auto comma = text.find(',');
    if (comma == std::string::npos) {
        comma = text.size();
        text += ',';
    }
    const auto wanted = comma + 1 + static_cast<std::size_t>(decimals);
    if (text.size() < wanted)
        text.append(wanted - text.size(), '0');
    return text;
}

std::string with_unit(const std::string& number, const std::string& unit)
{
    return unit.empty() ? number : number + no_break_space + unit;
}

std::string unit_of(const Variable& variable)
{
    return variable.unit.empty() && variable.nature == VariableNature::taux ? "%" : variable.unit;
}

std::string counted(std::size_t count, const std::string& singular, const std::string& plural)
{
    return fixed_number(static_cast<double>(count), 0) + no_break_space + (count < 2 ? singular : plural);
}

std::string lower_first(std::string text)
{
    if (text.size() > 1 && is_capital(text[0]) && !is_capital(text[1]))
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    else if (is_accented(text) && static_cast<unsigned char>(text[1]) <= 0x9EU)
        text[1] = static_cast<char>(text[1] + 0x20);
    return text;
}

std::string upper_first(std::string text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    else if (is_accented(text) && static_cast<unsigned char>(text[1]) >= 0xA0U)
        text[1] = static_cast<char>(text[1] - 0x20);
    return text;
}

std::string in_words(const Quantity& value, const std::string& unit, int decimals)
{
    switch (value.state()) {
    case Quantity::State::known:
        return with_unit(fixed_number(value.value(), decimals), unit);
    case Quantity::State::secret:
        return "secret statistique";
    case Quantity::State::unknown:
        break;
    }
    return "donnée non disponible";
}

int decimals_of(const std::vector<double>& values, int most)
{
    int decimals = 0;
    for (const double value : values)
        while (decimals < most && std::abs(rounded(value, decimals) - value) > noise_of(value))
            ++decimals;
    return decimals;
}

BoundsWording::BoundsWording(const std::vector<double>& bounds, const std::vector<double>& values,
                             std::string unit)
    : bounds_(bounds), unit_(std::move(unit))
{
    if (bounds.size() < 2)
        return;
    const auto inner = inner_bounds(bounds, values);
    for (decimals_ = fewest_decimals(bounds); decimals_ < most_decimals; ++decimals_)
        if (auto printed = printable(bounds, inner, decimals_)) {
            bounds_ = std::move(*printed);
            return;
        }
}

std::string BoundsWording::of(std::size_t index) const
{
    const double low = bounds_[index];
    const double high = bounds_[index + 1];
    const auto from = fixed_number(low, decimals_);
    if (low == high)
        return with_unit(from, unit_);
    const bool last = index + 2 == bounds_.size();
    return "de " + from + (last ? " à " : " à moins de ") + with_unit(fixed_number(high, decimals_), unit_);
}

} // namespace pacte::map
