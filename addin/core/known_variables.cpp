#include "core/known_variables.hpp"

#include <array>
#include <cctype>

#include "core/csv.hpp"
#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

constexpr std::string_view two_digits = "{aa}";
constexpr std::array natures{"effectif", "taux", "montant", "indice", "typologie"};

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

bool same_letters(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

/// Whether the header is the pattern; the two digits of the year, if any, go to `year`.
bool matches(std::string_view header, std::string_view pattern, std::string& year)
{
    const auto at = pattern.find(two_digits);
    if (at == std::string_view::npos)
        return same_letters(header, pattern);
    const auto tail = pattern.substr(at + two_digits.size());
    if (header.size() != at + 2 + tail.size() || !same_letters(header.substr(0, at), pattern.substr(0, at)) ||
        !is_digit(header[at]) || !is_digit(header[at + 1]) || !same_letters(header.substr(at + 2), tail))
        return false;
    year = year_of_two_digits(header.substr(at, 2));
    return true;
}

} // namespace

std::optional<VariableNature> nature_named(std::string_view name)
{
    for (std::size_t i = 0; i < natures.size(); ++i)
        if (fold(name) == natures[i])
            return static_cast<VariableNature>(i);
    return std::nullopt;
}

const char* name_of(VariableNature nature) { return natures[static_cast<std::size_t>(nature)]; }

std::string year_of_two_digits(std::string_view digits)
{
    return (digits >= "60" ? "19" : "20") + std::string(digits);
}

KnownVariables KnownVariables::load(const std::filesystem::path& file)
{
    const auto records = read_csv(file);
    const auto fail = [&](std::size_t line, const std::string& what) {
        throw Failure(Failure::Cause::bad_file, "Le fichier « " + file.string() +
                                                    " » ne peut pas être lu : ligne " + std::to_string(line) +
                                                    ", " + what + " Corrigez-le ou réinstallez l'extension.");
    };
    std::vector<KnownVariable> variables;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const auto& fields = records[i].fields;
        if (fields.size() != 9)
            fail(records[i].line, "9 champs attendus, " + std::to_string(fields.size()) + " lus.");
        const auto nature = nature_named(fields[3]);
        if (!nature)
            fail(records[i].line, "« " + fields[3] + " » n'est pas une nature de variable.");
        variables.push_back({fields[0], fields[1], fields[2], *nature, fields[4], fields[5], fields[6],
                             fields[7], fields[8]});
    }
    return KnownVariables(std::move(variables));
}

std::optional<KnownVariables::Match> KnownVariables::find(std::string_view header) const
{
    for (const KnownVariable& variable : variables_) {
        std::string year;
        if (matches(header, variable.pattern, year))
            return Match{&variable, year};
    }
    return std::nullopt;
}

} // namespace pacte
