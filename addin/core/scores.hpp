#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/quantity.hpp"

// The marks of the cadrage: pistes (section 2.A.c) and offers (section 3).

namespace pacte {

/// besoin non couvert, articulation, investissement et effet levier, objectif
/// réalisable: each from 0 to 4.
inline constexpr std::size_t piste_criteria = 4;
inline constexpr double greatest_criterion = 4.0;

/// The score of a piste out of 100: its four criteria, weighted. Unknown where a
/// criterion that weighs is not known. Failure (bad_value): a criterion outside 0
/// to 4, weights that are negative or all 0.
[[nodiscard]] Quantity piste_score(const std::array<Quantity, piste_criteria>& criteria,
                                   const std::array<double, piste_criteria>& weights = {1.0, 1.0, 1.0, 1.0});

/// The first criterion that the coverage proposes: the uncovered share of the need
/// (0 to 1) in fifths, 0 below one fifth, 4 from four fifths on.
[[nodiscard]] int proposed_criterion(double uncovered_share);

/// adéquation, connaissance, expérience, prix, innovation.
inline constexpr std::size_t offer_criteria = 5;
inline constexpr std::array<double, offer_criteria> offer_weights{0.20, 0.30, 0.30, 0.10, 0.10};

struct Offer {
    Quantity fit;        ///< out of 10
    Quantity knowledge;  ///< out of 10
    Quantity experience; ///< out of 10
    Quantity price;      ///< euros, above 0
    Quantity innovation; ///< out of 10
};

/// The lowest price among those that are known and above 0; unknown where none is.
[[nodiscard]] Quantity lowest_price(const std::vector<Offer>& offers);

/// 10 × lowest/price. Unknown where one of the two is not a known positive price.
[[nodiscard]] Quantity price_mark(const Quantity& price, const Quantity& lowest);

/// The mark of an offer out of 10, to two decimals (a half is rounded up). Unknown
/// where a mark that weighs is not known. Failure (bad_value): a mark outside 0 to
/// 10, weights that are negative or all 0.
[[nodiscard]] Quantity offer_mark(const Offer& offer, const Quantity& lowest,
                                  const std::array<double, offer_criteria>& weights = offer_weights);

/// Ranks marks, 1 for the greatest; equal marks share a rank and the next ones
/// are passed over (1, 2, 2, 4). Nothing for a mark that is not known.
[[nodiscard]] std::vector<std::optional<int>> ranks_of(const std::vector<Quantity>& marks);

} // namespace pacte
