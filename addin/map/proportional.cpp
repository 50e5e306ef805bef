#include "map/proportional.hpp"

#include <algorithm>

#include "map/palette.hpp"
#include "map/wording.hpp"

namespace pacte::map {

namespace {

/// Counts of people are whole; an allocated capacity may have decimals that mean
/// nothing.
int decimals_for(const std::vector<double>& values)
{
    const bool small = std::all_of(values.begin(), values.end(), [](double v) { return std::abs(v) < 10.0; });
    return decimals_of(values, small ? 1 : 0);
}

} // namespace

std::vector<double> known_values(const std::vector<Quantity>& values)
{
    std::vector<double> known;
    for (const auto& value : values)
        if (value.is_known())
            known.push_back(value.value());
    return known;
}

ProportionalCircles::ProportionalCircles(std::vector<Quantity> values, double surface, const Limits& limits)
    : values_(std::move(values)),
      scale_(known_values(values_), limits.largest_radius, surface * limits.share_of_surface),
      decimals_(decimals_for(known_values(values_)))
{
}

ProportionalCircles::ProportionalCircles(std::vector<Quantity> values, const CircleScale& scale,
                                         CircleStyle style)
    : values_(std::move(values)), scale_(scale), style_(style), decimals_(decimals_for(known_values(values_)))
{
}

void ProportionalCircles::draw(Sheet& sheet, const std::string& label, const std::string& unit) const
{
    std::vector<CircleWish> circles;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        if (!values_[i].is_known())
            continue;
        const double value = values_[i].value();
        const auto style = value < 0.0 ? CircleStyle::negative : style_;
        circles.push_back({i, scale_.radius(value), style, label + ' ' + in_words(values_[i], unit)});
    }
    sheet.add_circles(circles);
}

std::string ProportionalCircles::in_words(const Quantity& value, const std::string& unit) const
{
    return map::in_words(value, unit, decimals_);
}

Fill ProportionalCircles::land(const Quantity& value) const
{
    if (value.is_secret())
        return secret_fill();
    if (!value.is_known())
        return unknown_fill();
    return value.value() == 0.0 ? zero_fill() : land_fill();
}

LegendBlock ProportionalCircles::legend_on_land(const std::string& name, const std::string& title,
                                                const std::string& unit) const
{
    auto block = circles_block(name, title, unit);
    block.count_header = "nombre d’EPCI";
    const auto add = [&](const std::string& entry_name, const std::string& label, const Fill& fill,
                         std::size_t epcis) {
        if (epcis == 0)
            return;
        LegendEntry entry;
        entry.name = entry_name;
        entry.label = label;
        entry.fill = fill;
        entry.count = epcis;
        block.entries.push_back(std::move(entry));
    };
    add("legende:valeur", "valeur connue", land_fill(), count(Quantity::State::known) - zeros());
    add("legende:zero", "zéro : pas de cercle", zero_fill(), zeros());
    add("legende:inconnu", "donnée non disponible", unknown_fill(), count(Quantity::State::unknown));
    add("legende:secret", "secret statistique", secret_fill(), count(Quantity::State::secret));
    return block;
}

LegendBlock ProportionalCircles::legend_over(const std::string& name, const std::string& title,
                                             const std::string& unit) const
{
    auto block = circles_block(name, title, unit);
    std::string without;
    const auto add = [&](std::size_t epcis, const std::string& why) {
        if (epcis > 0)
            without += (without.empty() ? "" : ", ") + why + " (" + counted(epcis, "EPCI", "EPCI") + ")";
    };
    add(zeros(), "zéro");
    add(count(Quantity::State::unknown), "donnée non disponible");
    add(count(Quantity::State::secret), "secret statistique");
    if (!without.empty())
        block.note += (block.note.empty() ? "" : " ") + ("Sans cercle : " + without + ".");
    return block;
}

LegendBlock ProportionalCircles::circles_block(const std::string& name, const std::string& title,
                                               const std::string& unit) const
{
    LegendBlock block;
    block.name = name;
    block.title = title;
    block.circle_style = style_;
    const auto values = scale_.legend_values();
    const int decimals = decimals_of(values, 6);
    for (const double value : values)
        block.circles.push_back({scale_.radius(value), with_unit(fixed_number(value, decimals), unit)});
    if (has_negative())
        block.note = "Cercle évidé : valeur négative.";
    return block;
}

std::size_t ProportionalCircles::count(Quantity::State state) const
{
    return static_cast<std::size_t>(std::count_if(
        values_.begin(), values_.end(), [&](const Quantity& value) { return value.state() == state; }));
}

std::size_t ProportionalCircles::zeros() const
{
    return static_cast<std::size_t>(std::count_if(values_.begin(), values_.end(), [](const Quantity& value) {
        return value.is_known() && value.value() == 0.0;
    }));
}

bool ProportionalCircles::has_negative() const
{
    return std::any_of(values_.begin(), values_.end(),
                       [](const Quantity& value) { return value.is_known() && value.value() < 0.0; });
}

} // namespace pacte::map
