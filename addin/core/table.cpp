#include "core/table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/text.hpp"

namespace pacte {

namespace {

/// The shortest writing that reads back as the same number, with a decimal comma.
std::string text_of_number(double value)
{
    char buffer[400];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
    std::string text(buffer, end);
    std::replace(text.begin(), text.end(), '.', ',');
    return text == "-0" ? "0" : text;
}

} // namespace

bool is_blank(const Cell& cell)
{
    if (std::holds_alternative<Blank>(cell))
        return true;
    const auto* text = std::get_if<std::string>(&cell);
    return text != nullptr && trimmed(*text).empty();
}

bool is_blank(const std::vector<Cell>& row)
{
    return std::all_of(row.begin(), row.end(), [](const Cell& cell) { return is_blank(cell); });
}

bool are_mostly_errors(std::size_t errors, std::size_t filled)
{
    constexpr std::size_t many = 20;
    return errors > many && 2 * errors > filled;
}

bool is_full_of_errors(const Table& table)
{
    std::size_t errors = 0;
    std::size_t filled = 0;
    for (const auto& row : table.rows)
        for (const Cell& cell : row) {
            filled += is_blank(cell) ? 0 : 1;
            errors += std::holds_alternative<CellError>(cell) ? 1 : 0;
        }
    return are_mostly_errors(errors, filled);
}

std::string text_of(const Cell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return *text;
    if (const auto* number = std::get_if<double>(&cell); number != nullptr && std::isfinite(*number))
        return text_of_number(*number);
    return {};
}

std::string cell_name(std::int32_t column, std::int32_t row)
{
    std::string letters;
    for (auto left = column + 1; left > 0; left = (left - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    return letters + std::to_string(row + 1);
}

} // namespace pacte
