#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/quantity.hpp"
#include "core/rows.hpp"
#include "office/uno.hpp"

// Calc's values to the product's and back. What cannot be computed gives the
// error that a Calc user knows.

namespace pacte::functions {

using office::Any;
using office::Sequence;

/// Calc's errors, as the low half of a NaN (facts of the architecture).
enum class CalcError { bad_argument = 502, division_by_zero = 532, not_available = 32767 };

/// Thrown where a figure that is needed is not known: `#N/A`.
struct NotKnown {};

[[nodiscard]] Any error_value(CalcError error);
[[nodiscard]] Any value_of(double number);
[[nodiscard]] Any value_of(const std::string& text);
/// An unknown or secret figure is `#N/A`.
[[nodiscard]] Any value_of(const Quantity& quantity);
/// 1 or 0: Calc's TRUE and FALSE are numbers, and it takes an UNO boolean for 0.
[[nodiscard]] Any truth_value(bool truth);

/// Throws css::lang::IllegalArgumentException (`Err:502`).
[[noreturn]] void bad_argument();

/// Whether an optional argument was left out: Calc gives 0 for a blank cell.
[[nodiscard]] bool is_left_out(const Any& argument);
/// A figure: a number, or a text that is one in French or in English. Nothing,
/// `nd` and their like are unknown, `s` is secret, any other text a bad argument.
[[nodiscard]] Quantity quantity_of(const Any& argument);
/// The same, where it has to be known: throws NotKnown.
[[nodiscard]] double number_of(const Any& argument);
/// A whole number of a moderate size (a year, a number of classes), else a bad argument.
[[nodiscard]] int whole_of(const Any& argument);
[[nodiscard]] int year_of(const Any& argument);
/// Empty where the argument was left out or is blank.
[[nodiscard]] std::optional<double> optional_number(const Any& argument);
/// A word that may be left out; empty then.
[[nodiscard]] std::string optional_text(const Any& argument);
/// The argument as text, numbers without decimals; empty where it was left out.
[[nodiscard]] std::string text_of(const Any& argument);
/// The code as text; a number gets back the zeros it lost.
[[nodiscard]] std::string code_of(const Any& argument, std::size_t length = 0);

/// The cells of a range or an array, row by row.
[[nodiscard]] std::vector<Cell> cells_of(const Any& argument);

[[nodiscard]] Sequence<Sequence<Any>> row_of(const std::vector<Any>& values);
[[nodiscard]] Sequence<Sequence<Any>> column_of(const std::vector<Any>& values);

} // namespace pacte::functions
