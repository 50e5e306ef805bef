#include "core/offer_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <regex>

#include "core/csv.hpp"
#include "core/error.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

constexpr double same_place_km = 0.15;
constexpr double same_name = 0.8;

std::string key_of(std::string_view source, std::string_view category)
{
    return fold(source) + "|" + code_key(category);
}

/// FNV-1a (Fowler, Noll, Vo), folded to 24 bits.
std::string hash_of(std::string_view text)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    hash = (hash >> 24) ^ (hash & 0xFFFFFFU);
    std::string digits(6, '0');
    for (std::size_t i = 6; i-- > 0; hash >>= 4)
        digits[i] = "0123456789abcdef"[hash & 15U];
    return digits;
}

std::string hash_of_cell(const Cell& cell) { return hash_of(trimmed(text_of(cell))); }

/// Near enough for places a few hundred metres apart.
double flat_km(const OfferPlace& a, const OfferPlace& b)
{
    constexpr double km_per_degree = 111.2;
    const double north = (*a.latitude - *b.latitude) * km_per_degree;
    const double east =
        (*a.longitude - *b.longitude) * km_per_degree * std::cos(*a.latitude * std::numbers::pi / 180.0);
    return std::hypot(north, east);
}

bool are_twins(const OfferPlace& a, const OfferPlace& b)
{
    if (!a.siret.empty() && a.siret == b.siret)
        return true;
    const bool points = a.latitude && a.longitude && b.latitude && b.longitude;
    const bool same_place = points ? flat_km(a, b) <= same_place_km : a.commune == b.commune;
    return same_place && similarity(a.name, b.name) >= same_name;
}

} // namespace

OfferMapping::OfferMapping(const Table& table, const TableSchema& schema)
{
    const Columns columns(schema, table);
    for (const auto& row : table.rows) {
        const std::string source = trim(text_of(columns.cell(row, "source")));
        const std::string category = read_code(columns.cell(row, "categorie"));
        if (source.empty() || category.empty())
            continue;
        targets_[key_of(source, category)].push_back(
            {read_code(columns.cell(row, "thematique")), trim(text_of(columns.cell(row, "type")))});
    }
}

const std::vector<OfferTarget>* OfferMapping::find(std::string_view source, std::string_view category) const
{
    for (const auto& [from, what] : {std::pair(source, category), std::pair(source, std::string_view("*")),
                                     std::pair(std::string_view("*"), category)})
        if (const auto found = targets_.find(from == "*" ? "|" + code_key(what) : key_of(from, what));
            found != targets_.end())
            return &found->second;
    return nullptr;
}

std::vector<std::map<std::string, Cell>> shipped_mapping(const std::filesystem::path& file, bool metropole)
{
    std::vector<std::map<std::string, Cell>> rows;
    for (const CsvRecord& record : read_csv(file)) {
        if (record.fields.size() != 6)
            throw Failure(Failure::Cause::bad_file,
                          "Le fichier « " + file.string() + " » ne peut pas être lu : ligne " +
                              std::to_string(record.line) +
                              ", 6 champs attendus. Corrigez-le ou réinstallez l'extension.");
        const std::string& thematique = record.fields[metropole ? 5 : 3];
        rows.push_back({{"source", record.fields[0]},
                        {"categorie", record.fields[1]},
                        {"libelle_categorie", record.fields[2]},
                        {"thematique", thematique},
                        {"type", record.fields[4]}});
    }
    if (!rows.empty())
        rows.erase(rows.begin()); // the headers
    return rows;
}

std::string undated(const std::string& file_name)
{
    static const std::regex date("(^|[^0-9])(?:19|20)[0-9]{2}(?:[-_.]?[0-9]{2}){0,2}(?![0-9])");
    static const std::regex left_behind("[ _.-]+(\\.[A-Za-z0-9]+)$");
    const std::string name =
        trim(std::regex_replace(std::regex_replace(file_name, date, "$1"), left_behind, "$1"));
    return name.empty() || name.front() == '.' ? file_name : name;
}

const std::vector<std::string>& imported_fields()
{
    static const std::vector<std::string> fields{"nom",        "type",     "thematique", "adresse",
                                                 "code_insee", "latitude", "longitude",  "itinerant",
                                                 "capacite",   "siret",    "source",     "mis_a_jour_le"};
    return fields;
}

std::string fingerprint_of(const std::map<std::string, Cell>& values)
{
    std::string fingerprint;
    for (const std::string& field : imported_fields()) {
        const auto found = values.find(field);
        fingerprint += hash_of_cell(found == values.end() ? Cell(Blank{}) : found->second);
    }
    return fingerprint;
}

bool is_untouched(const std::string& fingerprint, std::string_view field, const Cell& cell)
{
    const auto& fields = imported_fields();
    const auto at = static_cast<std::size_t>(std::find(fields.begin(), fields.end(), field) - fields.begin());
    return fingerprint.size() == fields.size() * 6 && at < fields.size() &&
           fingerprint.compare(at * 6, 6, hash_of_cell(cell)) == 0;
}

std::vector<OfferTwin> find_twins(const std::vector<OfferPlace>& places)
{
    // Twins share a SIRET or a commune: only those are compared.
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < places.size(); ++i) {
        groups["c" + places[i].commune].push_back(i);
        if (!places[i].siret.empty())
            groups["s" + places[i].siret].push_back(i);
    }
    std::map<std::pair<std::size_t, std::size_t>, bool> found;
    for (const auto& [key, members] : groups)
        for (std::size_t i = 0; i < members.size(); ++i)
            for (std::size_t j = i + 1; j < members.size(); ++j)
                if (fold(places[members[i]].source) != fold(places[members[j]].source) &&
                    are_twins(places[members[i]], places[members[j]]))
                    found[{members[i], members[j]}] = true;
    std::vector<OfferTwin> twins;
    for (const auto& [pair, yes] : found)
        twins.push_back({pair.first, pair.second});
    return twins;
}

} // namespace pacte
