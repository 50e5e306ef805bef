#pragma once

#include <string_view>
#include <vector>

#include "core/quantity.hpp"
#include "core/rows.hpp"

// The way from T0 to the target of an indicator, and how far it has been gone
// (cadrage, fiches-actions: T0 and « objectifs annuels »).

namespace pacte {

/// A plan longer than this is a year mistyped, and is refused.
inline constexpr int longest_plan_years = 100;

struct TargetPlan {
    double t0 = 0.0;
    double target = 0.0;
    int t0_year = 0;
    int target_year = 0; ///< after t0_year
    Trajectory trajectory = Trajectory::lineaire;
    /// Of « paliers » only: the share of the way gone at the end of each year from
    /// t0_year + 1 to target_year, never falling, the last one 1 (`0,1; 0,5; 1`).
    std::vector<double> steps;
};

/// The target of a year: T0 in its year, the target in its year and after it;
/// between them
/// - linéaire: T0 + (target − T0)·(y − y₀)/(y₁ − y₀);
/// - géométrique: T0·(target/T0)^((y − y₀)/(y₁ − y₀));
/// - paliers: T0 + (target − T0)·steps[y − y₀ − 1].
///
/// Failure (bad_value): a year before T0's, a target year that is not after T0's
/// (or more than `longest_plan_years` after), a géométrique from or to 0 or from
/// one sign to the other, steps that are not as said above, a figure that is not
/// finite, and « manuelle », which has no formula: its targets are those of the
/// table.
[[nodiscard]] double target_at(const TargetPlan& plan, int year);

/// One target a year, from t0_year + 1 to target_year. Failures as above.
///
/// `whole`: as whole numbers, the nearest ones that lie between T0 and the
/// target; they go one way only and the last one is exactly the target, even
/// where it is not whole. (Where no whole number lies between T0 and the target,
/// the years before are at one or the other.)
[[nodiscard]] std::vector<double> yearly_targets(const TargetPlan& plan, bool whole);

/// `linéaire` (where it is empty), `géométrique`, `paliers`, `manuelle`, in French
/// or in English, whatever the case and the accents. Failure (bad_value) on
/// anything else.
[[nodiscard]] Trajectory read_trajectory(std::string_view text);

/// A target in whole numbers shared out by need or population, by largest
/// remainders (the Hamilton method): whole parts that add up to `total`, each
/// less than 1 away from its exact share. Equal remainders (to 10⁻⁹, beyond which
/// they are rounding): the larger weight first, then the order. A negative total
/// is shared as its opposite.
///
/// Failure (bad_value): a total that is not whole, a weight that is negative or
/// not finite, weights that add up to 0.
[[nodiscard]] std::vector<double> share_out(double total, const std::vector<double>& weights);

/// How much of the way was gone: (value − T0)/(target − T0), a share; 1 or more
/// is attained, below 0 the value went the wrong way. To judge a year, give that
/// year's target. Unknown where the target is T0 (« maintenir »): the sense is
/// needed to judge it.
[[nodiscard]] Quantity attainment(double value, double t0, double target);

/// The same, with the sense of the indicator (`to_increase` false: a figure to
/// reduce) for the targets that are T0 itself: 1 where the value is at least as
/// good as T0, else 0 (what was to be kept was not, and there is no way to take a
/// share of). The sense changes nothing to the other targets.
[[nodiscard]] double attainment(double value, double t0, double target, bool to_increase);

enum class Trend { atteint, en_bonne_voie, en_retard, recul };

/// The settings `seuil atteint` and `seuil bonne voie`, shares of the way.
struct TrendBounds {
    double reached = 1.0;
    double on_track = 0.8;
};

/// From `reached` on « atteint », from `on_track` on « en bonne voie », below 0
/// « recul », and « en retard » between: to have stayed at T0 is to be late, not
/// to fall back. A share that misses a bound by rounding only (10⁻⁹) is on it.
/// Failure (bad_value) unless 0 < on_track ≤ reached, and on a
/// share that is not a number.
[[nodiscard]] Trend trend_of(double attained_share, const TrendBounds& bounds = {});

[[nodiscard]] const char* label_of(Trend trend); ///< `en bonne voie`

} // namespace pacte
