#include "core/figure.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "core/text.hpp"

namespace pacte {

namespace {

constexpr double thousand = 1'000.0;
constexpr double million = 1'000'000.0;
constexpr double percent = 100.0;

bool is_unknown_mark(std::string_view text)
{
    constexpr std::string_view marks[] = {"?",      "??",     "???",    "-",   "--",
                                          "\u2013", "\u2014", "\u2026", "...", "/"};
    if (std::find(std::begin(marks), std::end(marks), text) != std::end(marks))
        return true;
    constexpr std::string_view words[] = {"nc",
                                          "nd",
                                          "nr",
                                          "nsp",
                                          "na",
                                          "noncommunique",
                                          "nonconnu",
                                          "nonconnue",
                                          "inconnu",
                                          "inconnue",
                                          "nonrenseigne",
                                          "nonrenseignee",
                                          "nondisponible",
                                          "indisponible",
                                          "apreciser",
                                          "acompleter",
                                          "nesaitpas",
                                          "donneemanquante"};
    const auto key = fold(text);
    return std::find(std::begin(words), std::end(words), key) != std::end(words);
}

/// `1.234.567` and `1,234,567`: with two marks or more, they stand between thousands.
std::optional<double> number_in_groups(std::string_view text)
{
    for (const char mark : {'.', ','}) {
        if (std::count(text.begin(), text.end(), mark) < 2)
            continue;
        std::string digits;
        std::size_t group = 0;
        bool groups = true;
        for (std::size_t i = 0; i <= text.size(); ++i) {
            if (i < text.size() && text[i] != mark) {
                groups = groups && text[i] >= '0' && text[i] <= '9';
                digits += text[i];
                ++group;
                continue;
            }
            const bool first = digits.size() == group;
            groups = groups && (group == 3 || (first && group > 0 && group < 3));
            group = 0;
        }
        double value = 0.0;
        if (groups && parse_number(digits, value))
            return value;
    }
    return std::nullopt;
}

std::optional<double> plain_number(std::string_view text)
{
    double value = 0.0;
    if (parse_number(text, value))
        return value;
    return number_in_groups(trimmed(text));
}

bool take_end(std::string_view& text, std::string_view end)
{
    if (!text.ends_with(end))
        return false;
    text.remove_suffix(end.size());
    text = trimmed(text);
    return true;
}

/// The number of `12 000 €`, `€ 12`, `12 k€`, `12 M€`, `12 euros`.
std::optional<double> amount(std::string_view text)
{
    double scale = 1.0;
    if (text.starts_with("\u20AC")) {
        text = trimmed(text.substr(3));
        return plain_number(text);
    }
    if (!take_end(text, "\u20AC") && !take_end(text, "euros") && !take_end(text, "euro") &&
        !take_end(text, "EUR") && !take_end(text, "\u20AC/an"))
        return std::nullopt;
    if (take_end(text, "k") || take_end(text, "K"))
        scale = thousand;
    else if (take_end(text, "M"))
        scale = million;
    const auto value = plain_number(text);
    return value ? std::optional(*value * scale) : std::nullopt;
}

/// The text after the number, where it says the unit: `personnes` for `personnes/an`.
bool says_unit(std::string_view word, std::string_view unit)
{
    const auto key = fold(word);
    const auto full = fold(unit);
    const auto thing = fold(unit.substr(0, unit.find('/')));
    const auto close = [&](const std::string& name) { return key == name || key + 's' == name; };
    return !key.empty() &&
           (close(full) || close(thing) || (key == "paran" && unit.ends_with("/an")) ||
            (key == "pers" && thing == "personnes") || (key == "hab" && thing == "habitants"));
}

std::optional<double> number_with_unit(std::string_view text, std::string_view unit, bool as_share)
{
    if (unit.starts_with("\u20AC"))
        return amount(text);
    if (unit == "%") {
        if (!take_end(text, "%"))
            return std::nullopt;
        const auto value = plain_number(text);
        return value ? std::optional(as_share ? *value / percent : *value) : std::nullopt;
    }
    const auto last = text.find_last_of("0123456789");
    if (unit.empty() || last == std::string_view::npos || !says_unit(text.substr(last + 1), unit))
        return std::nullopt;
    return plain_number(text.substr(0, last + 1));
}

std::optional<double> any_number(std::string_view text, std::string_view unit, bool as_share)
{
    text = trimmed(text);
    if (const auto value = plain_number(text))
        return value;
    return number_with_unit(text, unit, as_share);
}

/// `12-15`, `12 à 15`, `entre 12 et 15`, `12/15`.
std::optional<Figure> range_in(std::string_view text, std::string_view unit)
{
    const auto folded = fold(text);
    if (folded.starts_with("entre"))
        text = trimmed(text.substr(5));
    if (folded.starts_with("de") && text.size() > 2)
        text = trimmed(text.substr(2));
    for (const std::string_view mark : {" à ", " et ", " a ", "-", "\u2013", "\u2014", "/", "\u00A0à\u00A0"})
        if (const auto at = text.find(mark); at != std::string_view::npos && at > 0) {
            const auto low = any_number(text.substr(0, at), unit, false);
            const auto high = any_number(text.substr(at + mark.size()), unit, false);
            if (low && high && *low < *high)
                return Figure{Figure::Kind::range, *low, *high};
        }
    return std::nullopt;
}

/// `env. 30`, `~30`, `30 environ`, `plus de 30`, `30 ?`.
std::optional<Figure> about_in(std::string_view text, std::string_view unit)
{
    for (const std::string_view mark :
         {"environ ", "Environ ", "env.",       "Env.",      "env ",      "~",        "\u2248",
          "\u00B1",   "+/-",      "ca.",        "plus de ",  "moins de ", "Plus de ", "Moins de ",
          "près de ", "Près de ", "autour de ", "au moins ", "jusqu'à ",  "max ",     "min ",
          ">",        "<",        "\u2265",     "\u2264"})
        if (text.starts_with(mark))
            if (const auto value = any_number(text.substr(mark.size()), unit, false))
                return Figure{Figure::Kind::about, *value, 0.0};
    for (const std::string_view mark :
         {" environ", " env.", "+", "?", " (estimation)", " estimé", " estimés", "e", "*"})
        if (text.ends_with(mark))
            if (const auto value = any_number(text.substr(0, text.size() - mark.size()), unit, false))
                return Figure{Figure::Kind::about, *value, 0.0};
    return std::nullopt;
}

/// The number in `30 places`, where there is one and only one.
std::optional<Figure> one_number_in(std::string_view text)
{
    constexpr std::string_view digits = "0123456789";
    const auto begin = text.find_first_of(digits);
    if (begin == std::string_view::npos)
        return std::nullopt;
    const auto value = plain_number(text.substr(begin, text.find_last_of(digits) + 1 - begin));
    return value ? std::optional(Figure{Figure::Kind::about, *value, 0.0}) : std::nullopt;
}

} // namespace

Figure read_figure(std::string_view text, std::string_view unit, bool as_share)
{
    text = trimmed(text);
    if (const auto value = any_number(text, unit, as_share))
        return {Figure::Kind::number, *value, 0.0};
    if (is_unknown_mark(text))
        return {Figure::Kind::unknown, 0.0, 0.0};
    if (const auto range = range_in(text, unit))
        return *range;
    if (const auto about = about_in(text, unit))
        return *about;
    return one_number_in(text).value_or(Figure{});
}

} // namespace pacte
