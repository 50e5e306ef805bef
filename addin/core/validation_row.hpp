#pragma once

#include <string_view>

#include "core/validation.hpp"

namespace pacte {

/// The rules that look at one row and at what it refers to, on some rows of one table:
/// what can be told while a person types. `input.tables` holds these rows of `table` at
/// their places and blank rows elsewhere, and the other tables whole. What compares the
/// rows of a table with one another (keys that are there twice, near-duplicates, sums
/// over several rows, what a diagnosis must hold) is left to `validate`.
/// One row, beside 10,000 dispositifs: under 10 ms.
void validate_rows(const ValidationInput& input, std::string_view table, Reporter& reporter);

} // namespace pacte
