#pragma once

#include <string_view>
#include <vector>

// Cutting a series of figures into classes, for the maps and for the functions
// BORNES and CLASSE of Calc.

namespace pacte {

/// More classes than this can be told apart by nobody, and are refused.
inline constexpr int most_classes = 255;

/// The bounds b0 ≤ b1 ≤ … ≤ bk of at most `classes` classes: b0 is the smallest
/// value, bk the greatest, and class i is [b(i), b(i+1)[, the last one closed.
/// A last class of one value only is [bk, bk].
///
/// Fewer distinct values than `classes` give that many classes at most; so does
/// a bound on which equal values pile up. Values in any order; all finite.
///
/// `method`, in French or in English, whatever its case and accents:
/// - `naturelles` (where it is empty; Jenks, natural breaks): the classes whose
///   sum of squared deviations from their means is the least there is (the
///   Fisher–Jenks optimum, exact). An inner bound is the smallest value of the
///   upper class;
/// - `quantiles`: as many values in each class (Hyndman and Fan's type 7, which
///   is CENTILE in Calc);
/// - `égales`: same width;
/// - `écarts-types`: one standard deviation (of the population, divided by n)
///   wide, symmetric about the mean, which is a bound where `classes` is even;
///   classes beyond the smallest or the greatest value are left out;
/// - `géométriques`: same ratio from a bound to the next; all values of one sign
///   and none 0;
/// - `q6`: 6 classes cut at 5, 27.5, 50, 72.5 and 95 %, whatever `classes` is.
///
/// Failure (bad_value): no value, one that is not finite, fewer than 1 class or
/// more than `most_classes`, an unknown method, geometric classes of figures
/// that allow none.
[[nodiscard]] std::vector<double> breaks(std::vector<double> values, int classes,
                                         std::string_view method = {});

/// The class of a value, 0 first, by ascending bounds; −1 below the first bound,
/// above the last one, and where there are fewer than two bounds.
[[nodiscard]] int class_of(double value, const std::vector<double>& bounds);

} // namespace pacte
