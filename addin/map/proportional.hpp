#pragma once

#include <string>
#include <vector>

#include "core/quantity.hpp"
#include "map/circles.hpp"
#include "map/legend.hpp"
#include "map/sheet.hpp"

namespace pacte::map {

[[nodiscard]] std::vector<double> known_values(const std::vector<Quantity>& values);

/// Proportional circles of a count, one an EPCI; none for zero, unknown, secret.
class ProportionalCircles {
public:
    struct Limits {
        Hundredths_mm largest_radius;
        double share_of_surface; ///< that all the circles may cover, of the territory
    };

    ProportionalCircles(std::vector<Quantity> values, double surface, const Limits& limits);
    /// On a scale shared with other circles.
    ProportionalCircles(std::vector<Quantity> values, const CircleScale& scale, CircleStyle style);

    [[nodiscard]] bool none_known() const { return count(Quantity::State::known) == 0; }

    /// `label`: « capacité », for the descriptions.
    void draw(Sheet& sheet, const std::string& label, const std::string& unit) const;

    [[nodiscard]] std::string in_words(const Quantity& value, const std::string& unit) const;
    /// The surface under the circles where nothing else is shown: zero, unknown
    /// and secret are told apart.
    [[nodiscard]] Fill land(const Quantity& value) const;

    /// Nested circles; the EPCI without circle as surfaces (`land`)…
    [[nodiscard]] LegendBlock legend_on_land(const std::string& name, const std::string& title,
                                             const std::string& unit) const;
    /// … or in a note, where the surfaces show something else.
    [[nodiscard]] LegendBlock legend_over(const std::string& name, const std::string& title,
                                          const std::string& unit) const;

private:
    [[nodiscard]] LegendBlock circles_block(const std::string& name, const std::string& title,
                                            const std::string& unit) const;
    [[nodiscard]] std::size_t count(Quantity::State state) const;
    [[nodiscard]] std::size_t zeros() const;
    [[nodiscard]] bool has_negative() const;

    std::vector<Quantity> values_;
    CircleScale scale_;
    CircleStyle style_ = CircleStyle::offer;
    int decimals_;
};

} // namespace pacte::map
