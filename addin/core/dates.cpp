#include "core/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "core/text.hpp"

namespace pacte {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr int first_year = 1000;

/// A year of two digits is of this century where it is not beyond the next decade.
constexpr int last_year_of_century = 40;

std::optional<Date> checked_date(int y, int m, int d)
{
    if (y < first_year || m < 1 || d < 1)
        return std::nullopt;
    const Date date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

/// A whole number of at most four digits; −1 where the text is anything else.
int whole(std::string_view text)
{
    int value = -1;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && stop == end && text.size() <= 4 ? value : -1;
}

/// The three numbers between one and the same mark: `30/06/2024`.
std::optional<std::array<std::string_view, 3>> three_parts(std::string_view text)
{
    const auto first = text.find_first_of("/.-");
    if (first == std::string_view::npos)
        return std::nullopt;
    const auto second = text.find(text[first], first + 1);
    if (second == std::string_view::npos || text.find(text[first], second + 1) != std::string_view::npos)
        return std::nullopt;
    return std::array{text.substr(0, first), text.substr(first + 1, second - first - 1),
                      text.substr(second + 1)};
}

std::optional<Date> date_of_figures(std::string_view text)
{
    const auto parts = three_parts(text);
    if (!parts)
        return std::nullopt;
    const auto& [a, b, c] = *parts;
    if (a.size() == 4 && b.size() <= 2 && c.size() <= 2)
        return checked_date(whole(a), whole(b), whole(c));
    if (c.size() == 4 && a.size() <= 2 && b.size() <= 2)
        return checked_date(whole(c), whole(b), whole(a));
    return std::nullopt;
}

/// `2024-06-30T00:00:00`, `2024-06-30 00:00`: the hour is left out.
std::string_view without_hour(std::string_view text)
{
    constexpr std::size_t length_of_date = 10;
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.size() <= length_of_date || text[4] != '-' ||
        (text[length_of_date] != 'T' && text[length_of_date] != ' '))
        return text;
    return text.substr(0, length_of_date);
}

std::optional<Date> compact_date(std::string_view text)
{
    if (text.size() != 8 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return checked_date(whole(text.substr(0, 4)), whole(text.substr(4, 2)), whole(text.substr(6, 2)));
}

/// 1 to 12 for `juin`, `JUIL.`, `fév`; 0 where it is no month.
int month_of(std::string_view word)
{
    static const std::vector<std::vector<std::string_view>> months = {{"janvier", "janv", "jan"},
                                                                      {"fevrier", "fevr", "fev"},
                                                                      {"mars"},
                                                                      {"avril", "avr"},
                                                                      {"mai"},
                                                                      {"juin"},
                                                                      {"juillet", "juil"},
                                                                      {"aout"},
                                                                      {"septembre", "sept", "sep"},
                                                                      {"octobre", "oct"},
                                                                      {"novembre", "nov"},
                                                                      {"decembre", "dec"}};
    const auto key = fold(word);
    for (std::size_t i = 0; i < months.size(); ++i)
        if (std::find(months[i].begin(), months[i].end(), key) != months[i].end())
            return static_cast<int>(i) + 1;
    return 0;
}

bool is_day_of_week(std::string_view word)
{
    constexpr std::string_view days[] = {"lundi",  "mardi",    "mercredi", "jeudi", "vendredi",
                                         "samedi", "dimanche", "lun",      "mar",   "mer",
                                         "jeu",    "ven",      "sam",      "dim"};
    const auto key = fold(word);
    return std::find(std::begin(days), std::end(days), key) != std::end(days);
}

std::vector<std::string_view> words_of(std::string_view text)
{
    std::vector<std::string_view> words;
    while (!(text = trimmed(text)).empty()) {
        std::size_t end = 0;
        while (end < text.size() && trimmed(text.substr(end, 1)).size() == 1 &&
               !text.substr(end).starts_with("\u00A0") && !text.substr(end).starts_with("\u202F"))
            ++end;
        words.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

/// `30 juin 2024`, `mardi 1er juillet 2024`.
std::optional<Date> date_in_words(std::string_view text)
{
    auto words = words_of(text);
    if (!words.empty() && is_day_of_week(words.front()))
        words.erase(words.begin());
    if (words.size() != 3)
        return std::nullopt;
    if (fold(words[0]) == "1er")
        words[0] = "1";
    const int m = month_of(words[1]);
    return m > 0 && words[2].size() == 4 ? checked_date(whole(words[2]), m, whole(words[0])) : std::nullopt;
}

} // namespace

std::optional<Date> parse_date(std::string_view text)
{
    text = without_hour(trimmed(text));
    if (const auto date = date_of_figures(text))
        return date;
    if (const auto date = compact_date(text))
        return date;
    return date_in_words(text);
}

std::optional<Date> probable_date(std::string_view text)
{
    const auto parts = three_parts(trimmed(text));
    if (!parts)
        return std::nullopt;
    const auto& [a, b, c] = *parts;
    if (a.size() > 2 || b.size() > 2)
        return std::nullopt;
    if (c.size() == 2 && whole(c) >= 0)
        return checked_date((whole(c) <= last_year_of_century ? 2000 : 1900) + whole(c), whole(b), whole(a));
    return c.size() == 4 ? checked_date(whole(c), whole(a), whole(b)) : std::nullopt;
}

} // namespace pacte
