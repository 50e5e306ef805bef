#include "functions/values.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

#include <com/sun/star/lang/IllegalArgumentException.hpp>

#include "core/text.hpp"

namespace pacte::functions {

namespace css = office::css;

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

double number_of(const Any& argument)
{
    const std::optional<double> number = optional_number(argument);
    if (!number)
        bad_argument();
    return *number;
}

int year_of(const Any& argument)
{
    const double year = number_of(argument);
    if (year != std::floor(year) || year < 1900.0 || year > 2200.0)
        bad_argument();
    return static_cast<int>(year);
}

std::optional<double> optional_number(const Any& argument)
{
    double number = 0.0;
    office::OUString text;
    if (argument >>= number)
        return number;
    if ((argument >>= text) && !text.isEmpty()) {
        if (!parse_number(office::utf8(text), number))
            bad_argument();
        return number;
    }
    return std::nullopt;
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
