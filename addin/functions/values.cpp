#include "functions/values.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include <com/sun/star/lang/IllegalArgumentException.hpp>

#include "core/text.hpp"
#include "office/installation.hpp"

namespace pacte::functions {

namespace css = office::css;

namespace {

bool is_one_of(const std::string& word, const std::vector<std::string>& words)
{
    return std::any_of(words.begin(), words.end(),
                       [key = fold(word)](const std::string& other) { return fold(other) == key; });
}

} // namespace

Any error_value(CalcError error)
{
    constexpr std::uint64_t quiet_nan = 0x7FF8'0000'0000'0000;
    return css::uno::makeAny(std::bit_cast<double>(quiet_nan | static_cast<std::uint64_t>(error)));
}

Any value_of(double number)
{
    return css::uno::makeAny(number);
}

Any value_of(const std::string& text)
{
    return css::uno::makeAny(office::ustring(text));
}

Any value_of(const Quantity& quantity)
{
    return quantity.is_known() ? value_of(quantity.value()) : error_value(CalcError::not_available);
}

Any truth_value(bool truth)
{
    return value_of(truth ? 1.0 : 0.0);
}

void bad_argument()
{
    throw css::lang::IllegalArgumentException();
}

bool is_left_out(const Any& argument)
{
    double number = 1.0;
    office::OUString text;
    return !argument.hasValue() || ((argument >>= number) && number == 0.0) ||
           ((argument >>= text) && text.isEmpty());
}

Quantity quantity_of(const Any& argument)
{
    double number = 0.0;
    office::OUString text;
    if (argument >>= number)
        return Quantity::known(number);
    if (argument.hasValue() && !(argument >>= text))
        bad_argument();
    const std::string written = trim(office::utf8(text));
    const TableSchema& words = office::schemas().table("besoins");
    if (written.empty() || is_one_of(written, words.missing_values))
        return Quantity::unknown();
    if (is_one_of(written, words.secret_values))
        return Quantity::secret();
    if (!parse_number(written, number))
        bad_argument();
    return Quantity::known(number);
}

double number_of(const Any& argument)
{
    const Quantity quantity = quantity_of(argument);
    if (!quantity.is_known())
        throw NotKnown();
    return quantity.value();
}

int whole_of(const Any& argument)
{
    constexpr double greatest = 1e6;
    const double number = number_of(argument);
    if (number != std::floor(number) || !(std::abs(number) <= greatest))
        bad_argument();
    return static_cast<int>(number);
}

int year_of(const Any& argument)
{
    const int year = whole_of(argument);
    if (year < 1900 || year > 2200)
        bad_argument();
    return year;
}

std::optional<double> optional_number(const Any& argument)
{
    const Quantity quantity = quantity_of(argument);
    return quantity.is_known() ? std::optional(quantity.value()) : std::nullopt;
}

std::string optional_text(const Any& argument)
{
    return is_left_out(argument) ? std::string() : text_of(argument);
}

std::string text_of(const Any& argument)
{
    return argument.hasValue() ? trim(pacte::text_of(office::cell_of(argument))) : std::string();
}

std::string code_of(const Any& argument, std::size_t length)
{
    return argument.hasValue() ? read_code(office::cell_of(argument), length) : std::string();
}

std::vector<Cell> cells_of(const Any& argument)
{
    Sequence<Sequence<Any>> rows;
    if (!(argument >>= rows))
        return {office::cell_of(argument)};
    std::vector<Cell> cells;
    for (const Sequence<Any>& row : rows)
        for (const Any& value : row)
            cells.push_back(office::cell_of(value));
    return cells;
}

Sequence<Sequence<Any>> row_of(const std::vector<Any>& values)
{
    Sequence<Sequence<Any>> rows(1);
    rows[0] = Sequence<Any>(values.data(), static_cast<sal_Int32>(values.size()));
    return rows;
}

Sequence<Sequence<Any>> column_of(const std::vector<Any>& values)
{
    Sequence<Sequence<Any>> rows(static_cast<sal_Int32>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i)
        rows[static_cast<sal_Int32>(i)] = Sequence<Any>(&values[i], 1);
    return rows;
}

} // namespace pacte::functions
