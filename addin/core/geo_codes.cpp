#include "core/geo_codes.hpp"

#include <algorithm>
#include <array>

#include "core/identifiers.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

constexpr std::size_t iris_length = 9;
constexpr std::array levels{"commune", "EPCI", "département", "IRIS"};

bool all_digits(std::string_view text)
{
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Lost zeros are put back; a code one digit short is one that began with 0.
std::string padded(std::string_view text, std::size_t length)
{
    std::string code(text);
    for (char& letter : code)
        letter = letter == 'a' ? 'A' : letter == 'b' ? 'B' : letter;
    if (code.size() + 1 == length && all_digits(code))
        code.insert(code.begin(), '0');
    return code;
}

} // namespace

const char* name_of(GeoLevel level) { return levels[static_cast<std::size_t>(level)]; }

std::optional<GeoLevel> geo_level_named(std::string_view name)
{
    for (std::size_t i = 0; i < levels.size(); ++i)
        if (fold(name) == fold(levels[i]))
            return static_cast<GeoLevel>(i);
    return std::nullopt;
}

std::string geo_code(std::string_view text, GeoLevel level)
{
    switch (level) {
    case GeoLevel::commune: {
        std::string code = padded(text, insee_length);
        return has_insee_form(code) ? code : std::string();
    }
    case GeoLevel::iris: {
        std::string code = padded(text, iris_length);
        return code.size() == iris_length && has_insee_form(code.substr(0, insee_length)) &&
                       all_digits(code.substr(insee_length))
                   ? code
                   : std::string();
    }
    case GeoLevel::epci:
        return text.size() == siren_length && all_digits(text) ? std::string(text) : std::string();
    default: {
        std::string code = padded(text, 2);
        const bool corsica = code == "2A" || code == "2B";
        return corsica || ((code.size() == 2 || code.size() == 3) && all_digits(code)) ? code : std::string();
    }
    }
}

bool is_known(const std::string& code, GeoLevel level, const Cog& cog)
{
    if (code.empty())
        return false;
    switch (level) {
    case GeoLevel::commune:
        return cog.commune(code) != nullptr || cog.successor(code) != nullptr;
    case GeoLevel::iris:
        return cog.epci(code) == nullptr && is_known(code.substr(0, insee_length), GeoLevel::commune, cog);
    case GeoLevel::epci:
        return cog.epci(code) != nullptr;
    default:
        return cog.departement(code) != nullptr;
    }
}

} // namespace pacte
