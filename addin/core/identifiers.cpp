#include "core/identifiers.hpp"

#include <algorithm>
#include <boost/algorithm/string/erase.hpp>
#include <cmath>
#include <cstdint>

namespace pacte {

namespace {

constexpr std::string_view la_poste = "356000000";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_digits(std::string_view text, std::size_t length)
{
    return text.size() == length && std::all_of(text.begin(), text.end(), is_digit);
}

/// Luhn: every second digit from the right is doubled, and a double above 9
/// counts as the sum of its two digits.
bool has_luhn_key(std::string_view digits)
{
    int sum = 0;
    bool doubled = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, doubled = !doubled) {
        const int value = (*digit - '0') * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

/// Zeros only have a good key, and identify nobody.
bool is_siren(std::string_view digits)
{
    return has_luhn_key(digits) && digits.find_first_not_of('0') != std::string_view::npos;
}

bool has_la_poste_key(std::string_view digits)
{
    int sum = 0;
    for (const char digit : digits)
        sum += digit - '0';
    return digits.starts_with(la_poste) && sum % 5 == 0;
}

} // namespace

std::string compact_identifier(std::string_view text)
{
    std::string compact(text);
    for (const auto* const separator : {" ", "\t", "\u00A0", "\u202F", "\u2009", ".", "-"})
        boost::algorithm::erase_all(compact, separator);
    return compact;
}

IdentifierState check_siren(std::string_view siren)
{
    if (!is_digits(siren, siren_length))
        return IdentifierState::bad_form;
    return is_siren(siren) ? IdentifierState::valid : IdentifierState::bad_key;
}

IdentifierState check_siret(std::string_view siret)
{
    if (!is_digits(siret, siret_length))
        return IdentifierState::bad_form;
    const bool valid =
        (has_luhn_key(siret) && is_siren(siret.substr(0, siren_length))) || has_la_poste_key(siret);
    return valid ? IdentifierState::valid : IdentifierState::bad_key;
}

bool has_insee_form(std::string_view code)
{
    if (code.size() != insee_length || !is_digit(code[0]))
        return false;
    const bool corsica = code[0] == '2' && (code[1] == 'A' || code[1] == 'B');
    return (is_digit(code[1]) || corsica) && is_digits(code.substr(2), insee_length - 2);
}

std::string code_from_number(double number, std::size_t length)
{
    if (!(number >= 0.0) || number >= 1e15 || number != std::floor(number))
        return {};
    auto digits = std::to_string(static_cast<std::int64_t>(number));
    if (digits.size() > length)
        return {};
    return std::string(length - digits.size(), '0') + digits;
}

} // namespace pacte
