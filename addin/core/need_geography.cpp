#include "core/need_geography.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "core/identifiers.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// Letters (accents included) and digits, apart: `CODGEO_2022` is two words, and so is `COM2022`.
std::vector<std::string_view> words_of(std::string_view text)
{
    std::vector<std::string_view> words;
    const auto kind = [](char letter) {
        return is_digit(letter) ? 1
               : (static_cast<unsigned char>(letter) >= 0x80 ||
                  std::isalpha(static_cast<unsigned char>(letter)) != 0)
                   ? 2
                   : 0;
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        while (end < text.size() && kind(text[end]) == kind(text[i]))
            ++end;
        if (kind(text[i]) != 0)
            words.push_back(text.substr(i, end - i));
        i = end;
    }
    return words;
}

bool is_of_geography(std::string_view word)
{
    static constexpr std::array names{"geograph", "decoupage", "perimetre", "maillage", "codgeo", "depcom"};
    const std::string key = fold(word);
    return key == "cog" ||
           std::any_of(names.begin(), names.end(), [&](const char* name) { return key.starts_with(name); });
}

/// The first year of this century after a word of geography; 0: none.
int geography_in(std::string_view text)
{
    bool said = false;
    for (const std::string_view word : words_of(text)) {
        said = said || is_of_geography(word);
        int year = 0;
        if (said && word.size() == 4 && word.starts_with("20") &&
            std::from_chars(word.data(), word.data() + word.size(), year).ec == std::errc())
            return year;
    }
    return 0;
}

/// The codes of the layout's level, those of IRIS as their commune's, that some year has.
std::vector<std::string> codes_of(const SourceFile& file, const NeedLayout& layout, const CogYears& years)
{
    const SourceSheet& sheet = file.sheets[layout.sheet];
    const Cog& latest = years.of(years.years().back());
    std::vector<std::string> codes;
    for (std::size_t row = layout.first_row; row < sheet.rows(); ++row) {
        std::string code = geo_code(sheet.at(row, layout.code_column), layout.level);
        if (layout.level == GeoLevel::iris)
            code.resize(std::min(code.size(), insee_length));
        if (!code.empty() && (layout.level == GeoLevel::epci || is_known(code, GeoLevel::commune, latest)))
            codes.push_back(std::move(code));
    }
    return codes;
}

/// Of Paris, Lyon or Marseille.
bool is_arrondissement(const std::string& code)
{
    return (code >= "75101" && code <= "75120") || (code >= "69381" && code <= "69389") ||
           (code >= "13201" && code <= "13216");
}

void add_remark(std::vector<std::string> codes, NeedLayout& layout, const CogYears& years)
{
    std::vector<const Cog*> cogs;
    for (auto year = years.years().rbegin(); year != years.years().rend(); ++year)
        cogs.push_back(&years.of(*year));
    std::erase_if(codes, [&](const std::string& code) {
        return is_arrondissement(code) || std::any_of(cogs.begin(), cogs.end(), [&](const Cog* cog) {
                   return cog->commune(code) != nullptr;
               });
    });
    if (codes.empty())
        return;
    const std::string since = std::to_string(years.years().front());
    layout.remarks.push_back(codes.size() == 1
                                 ? "1 code de commune est antérieur à " + since + " (" + codes.front() +
                                       ") : compté dans la commune qui l'a remplacée."
                                 : std::to_string(codes.size()) + " codes de communes sont antérieurs à " +
                                       since + " (" + codes.front() +
                                       "…) : comptés dans les communes qui les ont remplacées.");
}

} // namespace

int stated_geography(const SourceFile& file, const NeedLayout& layout)
{
    const SourceSheet& sheet = file.sheets[layout.sheet];
    constexpr std::size_t most_columns = 3; // titles stand on the left
    for (std::size_t row = 0; row < layout.first_row; ++row) {
        const bool header = layout.header_row == row;
        for (std::size_t c = 0; c < std::min(sheet.width(row), header ? sheet.width(row) : most_columns); ++c)
            if (!header || c == layout.code_column)
                if (const int year = geography_in(sheet.at(row, c)); year > 0)
                    return year;
    }
    return 0;
}

void find_geography(const SourceFile& file, NeedLayout& layout, const CogYears& years)
{
    int about = stated_geography(file, layout);
    double vintage = 0.0;
    for (const NeedColumn& column : layout.columns)
        if (about == 0 && column.wanted && parse_number(column.vintage, vintage) && vintage > 0 &&
            vintage < 10000)
            about = static_cast<int>(vintage);
    const std::vector<std::string> codes = codes_of(file, layout, years);
    layout.geography = years.year_of(codes, about);
    if (layout.level == GeoLevel::commune)
        add_remark(codes, layout, years);
}

const Cog& cog_of(const CogYears& years, int year)
{
    return years.of(years.has(year) ? year : years.years().back());
}

NeedTerritory territory_in(NeedTerritory territory, const CogYears& years, int year)
{
    if (!years.has(year))
        return territory;
    const Cog& then = years.of(year);
    const std::map<std::string, std::string> members = std::move(territory.epci_of);
    territory.epci_of.clear();
    const auto add = [&](const Commune& commune, const std::string& siren) {
        territory.epci_of[commune.code] = siren;
        if (commune.population > 0)
            territory.inhabitants[commune.code] = static_cast<double>(commune.population);
    };
    std::map<std::string, std::string> of_later_epcis;
    for (const auto& [siren, name] : territory.epcis)
        for (const Commune* commune : then.members(siren))
            add(*commune, siren);
    const int today = years.years().back();
    for (const auto& [commune, siren] : members)
        if (then.members(siren).empty())
            of_later_epcis.emplace(years.commune_in(today, commune), siren);
    if (!of_later_epcis.empty())
        for (const Commune& commune : then.communes()) {
            const auto found = of_later_epcis.find(years.commune_in(today, commune.code));
            if (found != of_later_epcis.end() && !territory.epci_of.contains(commune.code))
                add(commune, found->second);
        }
    territory.membership = "communes membres au 1er janvier " + std::to_string(year);
    return territory;
}

void add_former_epcis(NeedTerritory& territory, const CogYears& years)
{
    constexpr double most_of_it = 0.5;
    const Cog& latest = years.of(years.years().back());
    for (const int year : years.years())
        for (const EpciRecord& epci : years.of(year).epcis()) {
            if (territory.epcis.contains(epci.siren) || latest.epci(epci.siren) != nullptr)
                continue;
            const auto passage = years.epci_in(latest.year(), epci.siren);
            if (passage && passage->share > most_of_it && territory.epcis.contains(passage->siren))
                territory.successor_epci.emplace(epci.siren, passage->siren);
        }
}

} // namespace pacte
