#pragma once

#include <string_view>
#include <vector>

#include "core/quantity.hpp"

namespace pacte {

enum class Standardisation { z_score, min_max };

/// `z-score` (where it is empty; centré-réduit) or `min-max`, in French or in
/// English, whatever the case. Failure (bad_value) for another.
[[nodiscard]] Standardisation read_standardisation(std::string_view text);

/// A variable of an index: one figure a territory.
struct IndexVariable {
    std::vector<Quantity> figures;
    bool increase_is_bad = true; ///< sens; where it is not, the variable is turned
    double weight = 1.0;         ///< 0 or more
};

/// The composite index of several variables, from 0 (the least unfavourable
/// territory) to 100 (the most). Each variable is standardised on the territories
/// where it is known (z-score, with the deviation of the population, divided by
/// n; or min–max), turned by its sens and weighted; the mean of each territory is
/// rescaled so that the lowest is 0 and the greatest 100.
///
/// A variable that is not known in a territory is left out of its mean; a mean
/// from less than half of the weights is unknown. A variable of one value tells
/// no territory from another: it is left out everywhere, and out of the weights.
struct CompositeIndex {
    std::vector<Quantity> values; ///< by territory
    bool is_constant = false;     ///< every mean is the same: nothing to rescale (Calc shows `#DIV/0!`)
};

/// Failure (bad_value): no variable, variables of different lengths, a weight that
/// is negative or not finite, weights that are all 0.
[[nodiscard]] CompositeIndex composite_index(const std::vector<IndexVariable>& variables,
                                             Standardisation method = Standardisation::z_score);

/// Each figure standardised; unknown where it is, and everywhere where the known
/// ones are all equal.
[[nodiscard]] std::vector<Quantity> standardised(const std::vector<Quantity>& figures,
                                                 Standardisation method);

} // namespace pacte
