#pragma once

#include <functional>
#include <vector>

#include "functions/values.hpp"

// The border to Calc: what goes wrong is said in the cell, never thrown at the
// office. A bad value is `Err:502`, what depends on something unknown `#N/A`.

namespace pacte::functions {

using Matrix = Sequence<Sequence<Any>>;

[[nodiscard]] Any calculated(const std::function<Any()>& compute);
[[nodiscard]] Matrix calculated_matrix(const std::function<Matrix()>& compute);

/// Of a function that is written for one value of each argument. Where some are
/// ranges or arrays (an array formula, SOMMEPROD), the function is computed for
/// each element and gives an array as large as the largest; an argument of one
/// row serves every row, one of one column every column, and what another lacks
/// is `#N/A`. An element that cannot be computed is an error by itself.
[[nodiscard]] Any calculated_each(const std::vector<Any>& arguments,
                                  const std::function<Any(const std::vector<Any>&)>& compute);

} // namespace pacte::functions
