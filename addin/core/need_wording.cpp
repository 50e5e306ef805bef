#include "core/need_wording.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "core/text.hpp"

namespace pacte {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The folded words of a text.
std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (const std::string key = fold(word); !key.empty())
            words.push_back(key);
        word.clear();
    };
    for (const char c : text)
        if (std::isspace(static_cast<unsigned char>(c)) != 0 ||
            std::string_view("'(),;:/.-_").find(c) != std::string_view::npos)
            end_word();
        else
            word += c;
    end_word();
    return words;
}

template <std::size_t N>
bool has_word(const std::vector<std::string>& words, const std::array<std::string_view, N>& wanted)
{
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::any_of(wanted.begin(), wanted.end(), [&](std::string_view key) {
            return word == key || word == std::string(key) + "s";
        });
    });
}

constexpr std::array<std::string_view, 9> rates{"part",     "taux",      "pourcentage", "proportion", "pct",
                                                "pourcent", "frequence", "prevalence",  "tx"};
constexpr std::array<std::string_view, 8> indices{"indice", "gini",    "score",         "interdecile",
                                                  "ratio",  "rapport", "interquartile", "apl"};
constexpr std::array<std::string_view, 9> amounts{"median",  "mediane", "decile", "revenu",  "salaire",
                                                  "montant", "loyer",   "euro",   "quartile"};
constexpr std::array<std::string_view, 3> classes{"classe", "typologie", "categorie"};
constexpr std::array<std::string_view, 32> small_words{
    "de", "du",   "des",  "la",    "le",  "les",  "l",   "d",     "et",   "en",   "a",
    "au", "aux",  "un",   "une",   "par", "se",   "sur", "dans",  "pour", "avec", "dont",
    "ou", "hors", "plus", "moins", "est", "sont", "son", "ayant", "qui",  "ans"};

} // namespace

std::string year_in(std::string_view text)
{
    for (std::size_t end = text.size(); end >= 4;) {
        if (!is_digit(text[end - 1])) {
            --end;
            continue;
        }
        std::size_t begin = end;
        while (begin > 0 && is_digit(text[begin - 1]))
            --begin;
        // 2022, or a date without separators: 20221201
        const bool is_year = end - begin == 4 || (end - begin == 8 && text.substr(begin + 4, 2) <= "12");
        const auto year = text.substr(begin, 4);
        if (is_year && year >= "1960" && year <= "2100")
            return std::string(year);
        end = begin;
    }
    return {};
}

VariableNature nature_of(std::string_view label, std::string_view unit)
{
    const auto words = words_of(label);
    if (has_word(words, classes))
        return VariableNature::typologie;
    if (unit.starts_with('%') || label.find('%') != std::string_view::npos || has_word(words, rates))
        return VariableNature::taux;
    if (has_word(words, indices))
        return VariableNature::indice;
    const bool money = unit.find("€") != std::string_view::npos || fold(unit).starts_with("euro") ||
                       label.find("€") != std::string_view::npos;
    return money || has_word(words, amounts) ? VariableNature::montant : VariableNature::effectif;
}

std::string unit_of(std::string_view label, VariableNature nature)
{
    if (nature == VariableNature::taux)
        return "%";
    if (nature == VariableNature::montant)
        return "€";
    if (nature != VariableNature::effectif)
        return {};
    struct Unit {
        std::string_view word, unit;
    };
    static constexpr std::array units{
        Unit{"menage", "ménages"},           Unit{"famille", "familles"}, Unit{"logement", "logements"},
        Unit{"residence", "logements"},      Unit{"place", "places"},     Unit{"enfant", "enfants"},
        Unit{"allocataire", "allocataires"}, Unit{"foyer", "foyers"}};
    const auto words = words_of(label);
    for (const Unit& unit : units)
        if (has_word(words, std::array{unit.word}))
            return std::string(unit.unit);
    return "personnes";
}

bool is_identifier(std::string_view header)
{
    return !header.empty() && header.size() <= 40 &&
           std::isalpha(static_cast<unsigned char>(header.front())) != 0 &&
           std::all_of(header.begin(), header.end(),
                       [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

std::string variable_code(std::string_view header, const std::string& year)
{
    std::string code;
    if (is_identifier(header)) {
        code = header;
        std::transform(code.begin(), code.end(), code.begin(),
                       [](unsigned char c) { return std::toupper(c); });
        if (code.size() > 4 && is_digit(code[1]) && is_digit(code[2]) && code[3] == '_' &&
            (code[0] == 'P' || code[0] == 'C'))
            return code.substr(4); // the census: P20_POP
        for (const std::size_t length : {std::size_t{4}, std::size_t{2}})
            if (year.size() == 4 && code.size() > length + 1 && code.ends_with(year.substr(4 - length))) {
                code.resize(code.size() - length);
                break;
            }
        while (code.size() > 1 && code.back() == '_')
            code.pop_back();
        return code;
    }
    constexpr std::size_t most_words = 5;
    std::size_t count = 0;
    for (const std::string& word : words_of(header)) {
        const bool small = std::find(small_words.begin(), small_words.end(), word) != small_words.end();
        if (small || std::all_of(word.begin(), word.end(), is_digit) || count == most_words)
            continue;
        code += (code.empty() ? "" : "_") + word.substr(0, 4);
        ++count;
    }
    std::transform(code.begin(), code.end(), code.begin(), [](unsigned char c) { return std::toupper(c); });
    return code;
}

} // namespace pacte
