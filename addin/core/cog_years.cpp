#include "core/cog_years.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "core/csv.hpp"
#include "core/error.hpp"

namespace pacte {

namespace {

using Fields = std::vector<std::string>;

/// The records under the two heading lines, each with that many fields.
std::vector<CsvRecord> read_records(const std::filesystem::path& file, std::size_t fields)
{
    std::vector<CsvRecord> records = read_csv(file);
    if (records.size() < 2)
        throw Failure(Failure::Cause::bad_file,
                      "Le fichier « " + file.string() +
                          " » du territoire est incomplet. Réinstallez l'extension.");
    records.erase(records.begin());
    for (const CsvRecord& record : records)
        if (record.fields.size() != fields)
            throw Failure(Failure::Cause::bad_file,
                          "Le fichier « " + file.string() + " » du territoire ne peut pas être lu : ligne " +
                              std::to_string(record.line) + ", " + std::to_string(fields) +
                              " champs attendus. Réinstallez l'extension.");
    return records;
}

std::int64_t number_of(const std::string& text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

struct Misfit {
    std::size_t strange = 0; ///< codes that the year does not have
    std::size_t lacking = 0; ///< of the year, that the file lacks
};

/// A file of a few départements lacks the rest of France in every year alike: only
/// those that it speaks of are counted.
Misfit misfit_of_communes(const Cog& cog, const std::unordered_set<std::string>& given)
{
    std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> there; // by département: given, all
    std::size_t known = 0;
    for (const Commune& commune : cog.communes()) {
        auto& [in_file, all] = there[commune.departement];
        const bool is_given = given.contains(commune.code);
        in_file += is_given ? 1 : 0;
        known += is_given ? 1 : 0;
        ++all;
    }
    Misfit misfit{given.size() - known, 0};
    for (const auto& [departement, counts] : there)
        misfit.lacking += counts.first > 0 ? counts.second - counts.first : 0;
    return misfit;
}

Misfit misfit_of_epcis(const Cog& cog, const std::unordered_set<std::string>& given)
{
    std::size_t known = 0;
    for (const EpciRecord& epci : cog.epcis())
        known += given.contains(epci.siren) ? 1 : 0;
    const bool whole_country = known * 2 > cog.epcis().size();
    return {given.size() - known, whole_country ? cog.epcis().size() - known : 0};
}

} // namespace

struct CogYears::Differences {
    std::map<int, std::vector<Fields>> communes; ///< code, nom, epci, departement
    std::map<int, std::vector<Fields>> epcis;    ///< siren, nom, nature
    std::map<int, std::vector<Fields>> codes;    ///< ancien, code
    std::vector<int> population_years;
    std::vector<Fields> populations; ///< code, then one a year

    [[nodiscard]] static std::map<int, std::vector<Fields>> by_year(std::vector<CsvRecord> records)
    {
        std::map<int, std::vector<Fields>> years;
        for (auto record = records.begin() + 1; record != records.end(); ++record) {
            const int year = static_cast<int>(number_of(record->fields.front()));
            record->fields.erase(record->fields.begin());
            years[year].push_back(std::move(record->fields));
        }
        return years;
    }
};

/// Builds the COG of one year from the latest one.
class CogBuilder {
public:
    CogBuilder(const Cog& latest, int year) : latest_(latest) { cog_.year_ = year; }

    void communes(const std::vector<Fields>& changes)
    {
        std::unordered_map<std::string, const Fields*> changed;
        for (const Fields& fields : changes)
            changed.emplace(fields[0], &fields);
        for (const Commune& commune : latest_.communes_) {
            if (const auto found = changed.find(commune.code); found == changed.end())
                cog_.communes_.push_back(commune);
            else if (!(*found->second)[1].empty())
                cog_.communes_.push_back(made(*found->second, commune.point));
            changed.erase(commune.code);
        }
        for (const auto& [code, fields] : changed)
            cog_.communes_.push_back(made(*fields, std::nullopt));
    }

    void epcis(const std::vector<Fields>& changes)
    {
        std::unordered_map<std::string, const Fields*> changed;
        for (const Fields& fields : changes)
            changed.emplace(fields[0], &fields);
        for (const EpciRecord& epci : latest_.epcis_) {
            if (const auto found = changed.find(epci.siren); found == changed.end())
                cog_.epcis_.push_back(epci);
            else if (!(*found->second)[1].empty())
                cog_.epcis_.push_back({epci.siren, (*found->second)[1], (*found->second)[2], 0});
            changed.erase(epci.siren);
        }
        for (const auto& [siren, fields] : changed)
            cog_.epcis_.push_back({siren, (*fields)[1], (*fields)[2], 0});
        std::sort(cog_.epcis_.begin(), cog_.epcis_.end(),
                  [](const EpciRecord& a, const EpciRecord& b) { return a.siren < b.siren; });
    }

    void codes(const std::vector<Fields>& changes)
    {
        cog_.successors_ = latest_.successors_;
        for (const Fields& fields : changes) {
            cog_.successors_.erase(fields[0]);
            if (!fields[1].empty())
                cog_.successors_.emplace(fields[0], fields[1]);
        }
    }

    void populations(const std::vector<Fields>& table, std::size_t column)
    {
        std::unordered_map<std::string, std::int64_t> people;
        for (const Fields& fields : table)
            people.emplace(fields[0], number_of(fields[column]));
        std::unordered_map<std::string, std::int64_t> of_epci;
        for (Commune& commune : cog_.communes_) {
            const auto found = people.find(commune.code);
            commune.population = found == people.end() ? 0 : found->second;
            of_epci[commune.epci] += commune.population;
        }
        for (EpciRecord& epci : cog_.epcis_)
            epci.population = of_epci[epci.siren];
    }

    std::unique_ptr<const Cog> take()
    {
        cog_.departements_ = latest_.departements_;
        cog_.source_ = "COG " + std::to_string(cog_.year_) +
                       " — source Insee, Code officiel géographique, et DGCL (Licence "
                       "Ouverte 2.0)";
        cog_.make_indexes();
        return std::make_unique<const Cog>(std::move(cog_));
    }

private:
    static Commune made(const Fields& fields, std::optional<LatLon> point)
    {
        return {fields[0], fields[1], fields[2], fields[3], 0, point};
    }

    const Cog& latest_;
    Cog cog_;
};

CogYears CogYears::load(const std::filesystem::path& folder, const Cog& latest)
{
    auto differences = std::make_shared<Differences>();
    differences->communes = Differences::by_year(read_records(folder / "annees_communes.csv", 5));
    differences->epcis = Differences::by_year(read_records(folder / "annees_epci.csv", 4));
    differences->codes = Differences::by_year(read_records(folder / "annees_codes.csv", 3));
    CogYears years;
    years.latest_ = &latest;
    const auto heading = read_csv(folder / "annees_populations.csv");
    const std::size_t width = heading.size() > 1 ? heading[1].fields.size() : 2;
    auto table = read_records(folder / "annees_populations.csv", width);
    for (std::size_t i = 1; i < width; ++i)
        differences->population_years.push_back(static_cast<int>(number_of(table.front().fields[i])));
    for (auto record = table.begin() + 1; record != table.end(); ++record)
        differences->populations.push_back(std::move(record->fields));
    years.years_ = differences->population_years;
    years.years_.push_back(latest.year());
    years.differences_ = std::move(differences);
    years.made_ = std::make_shared<Made>();
    return years;
}

bool CogYears::has(int year) const { return std::find(years_.begin(), years_.end(), year) != years_.end(); }

const Cog& CogYears::of(int year) const
{
    if (year == latest_->year())
        return *latest_;
    const auto& known = differences_->population_years;
    const auto column = std::find(known.begin(), known.end(), year);
    if (column == known.end())
        throw Failure(Failure::Cause::bad_value,
                      "Le Code officiel géographique de " + std::to_string(year) +
                          " n'est pas dans l'extension : choisissez une année de " +
                          std::to_string(years_.front()) + " à " + std::to_string(years_.back()) + ".");
    const std::lock_guard lock(made_->mutex);
    auto& made = made_->cogs[year];
    if (made == nullptr) {
        static const std::vector<Fields> none;
        const auto of_year =
            [&](const std::map<int, std::vector<Fields>>& part) -> const std::vector<Fields>& {
            const auto found = part.find(year);
            return found == part.end() ? none : found->second;
        };
        CogBuilder builder(*latest_, year);
        builder.communes(of_year(differences_->communes));
        builder.epcis(of_year(differences_->epcis));
        builder.codes(of_year(differences_->codes));
        builder.populations(differences_->populations, 1 + static_cast<std::size_t>(column - known.begin()));
        made = builder.take();
    }
    return *made;
}

std::string CogYears::commune_in(int year, const std::string& code) const
{
    const Cog& wanted = of(year);
    if (wanted.commune(code) != nullptr)
        return code;
    if (const Commune* successor = wanted.successor(code))
        return successor->code;
    // A code of another year that the wanted one does not list: by way of that year.
    for (const int other : years_)
        if (const Commune* successor = of(other).successor(code))
            if (wanted.commune(successor->code) != nullptr)
                return successor->code;
    return {};
}

std::optional<EpciPassage> CogYears::epci_in(int year, const std::string& siren) const
{
    const Cog& wanted = of(year);
    if (wanted.epci(siren) != nullptr)
        return EpciPassage{siren, 1.0};
    for (auto other = years_.rbegin(); other != years_.rend(); ++other) {
        const auto members = of(*other).members(siren);
        if (members.empty())
            continue;
        std::map<std::string, double> people;
        double all = 0.0;
        for (const Commune* member : members) {
            const double inhabitants = static_cast<double>(std::max<std::int64_t>(1, member->population));
            all += inhabitants;
            if (const Commune* now = wanted.commune(commune_in(year, member->code));
                now != nullptr && !now->epci.empty())
                people[now->epci] += inhabitants;
        }
        const auto most = std::max_element(people.begin(), people.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        if (most != people.end())
            return EpciPassage{most->first, most->second / all};
    }
    return std::nullopt;
}

int CogYears::year_of(std::span<const std::string> codes, int preferred) const
{
    const std::unordered_set<std::string> given(codes.begin(), codes.end());
    const bool epcis = !codes.empty() && codes.front().size() == 9;
    const auto distance = [&](int year) { return preferred > 0 ? std::abs(year - preferred) : 0; };
    std::vector<std::tuple<std::size_t, std::size_t, int, int>> fits;
    for (const int year : years_) {
        const auto [strange, lacking] =
            epcis ? misfit_of_epcis(of(year), given) : misfit_of_communes(of(year), given);
        fits.emplace_back(strange, lacking, distance(year), -year);
    }
    return -std::get<3>(*std::min_element(fits.begin(), fits.end()));
}

} // namespace pacte
