#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// The identifiers of the administration, by their form and their key alone.
// Whether a code exists is asked of the Cog.

namespace pacte
{

inline constexpr std::size_t siren_length = 9;
inline constexpr std::size_t siret_length = 14;
inline constexpr std::size_t insee_length = 5;

/// What is wrong in an identifier, if anything.
enum class IdentifierState {
    valid,
    bad_form, ///< not the right number of digits
    bad_key,  ///< the digits are there, the key does not agree: a typing error
};

/// The identifier without the spaces, points and dashes that people put between
/// groups of digits (`356 000 000 00048`).
[[nodiscard]] std::string compact_identifier(std::string_view text);

/// 9 digits, not all 0, whose Luhn sum is a multiple of 10 (Insee, répertoire Sirene).
[[nodiscard]] IdentifierState check_siren(std::string_view siren);

/// 14 digits whose first 9 are a SIREN and whose Luhn sum is a multiple of 10. La
/// Poste (SIREN 356000000) ran out of numbers: the plain sum of the digits of its
/// SIRET is a multiple of 5, the seat excepted, which obeys the general rule.
[[nodiscard]] IdentifierState check_siret(std::string_view siret);

/// `43157`, `2A004`, `97411`: the form of a code INSEE of a commune.
[[nodiscard]] bool has_insee_form(std::string_view code);

/// A code that a spreadsheet turned into a number, written again with the zeros
/// it lost (`1004` gives `01004` for 5 characters). Empty where the number has
/// decimals, a sign, or more digits than the code.
[[nodiscard]] std::string code_from_number(double number, std::size_t length);

} // namespace pacte
