#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pacte {

using Date = std::chrono::year_month_day;

/// A date written as text, where one reading only is possible: `30/06/2024`,
/// `30.06.2024`, `30-06-2024`, `2024-06-30` (with or without an hour), `20240630`,
/// `30 juin 2024`, `mardi 1er juil. 2024`. Nothing for a year of two digits, a
/// month alone, a day that the month has not.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// The date probably meant where `parse_date` gives none: a year of two digits
/// (`30/06/24`), the month before the day (`06/30/2024`).
[[nodiscard]] std::optional<Date> probable_date(std::string_view text);

} // namespace pacte
