#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/quantity.hpp"
#include "core/rows.hpp"

// Figures and bounds as a French reader writes them.

namespace pacte::map {

/// Exactly `decimals` digits after the comma, no-break spaces between thousands.
[[nodiscard]] std::string fixed_number(double value, int decimals);

/// `11,3 %`, `1 234 €`, `12 personnes`: the unit after a no-break space.
[[nodiscard]] std::string with_unit(const std::string& number, const std::string& unit);

/// The unit that is printed: `%` for a rate that declares none.
[[nodiscard]] std::string unit_of(const Variable& variable);

/// `3 intercommunalités`, `1 lieu`: the plural by an s or an x, from 2 on.
[[nodiscard]] std::string counted(std::size_t count, const std::string& singular, const std::string& plural);

/// `taux de pauvreté` for « Taux de pauvreté »; an acronym keeps its capitals.
[[nodiscard]] std::string lower_first(std::string text);
[[nodiscard]] std::string upper_first(std::string text);

/// « donnée non disponible » or « secret statistique », else the number with its
/// unit: never a figure that is secret.
[[nodiscard]] std::string in_words(const Quantity& value, const std::string& unit, int decimals);

/// The fewest decimals, 6 at most, that write every value apart from rounding.
[[nodiscard]] int decimals_of(const std::vector<double>& values, int most);

/// The bounds of classes closed on the left, open on the right, the last one
/// closed, ready to be printed. Between two classes any number that is above all
/// values of the lower one and not above those of the upper one is a true bound:
/// the one printed is the shortest near the one computed.
class BoundsWording {
public:
    /// `bounds`: k + 1 numbers, ascending; `values`: all that they class. Keeps as
    /// few decimals as leave every value, even written with no more decimals, in
    /// its own class.
    BoundsWording(const std::vector<double>& bounds, const std::vector<double>& values, std::string unit);

    [[nodiscard]] int decimals() const { return decimals_; }
    /// « de 10,2 à moins de 13,1 % »; the last « de 13,1 à 17,8 % »; a class of
    /// one value « 13,1 % ».
    [[nodiscard]] std::string of(std::size_t index) const;

private:
    std::vector<double> bounds_; ///< as printed
    std::string unit_;
    int decimals_ = 0;
};

} // namespace pacte::map
