#include "core/cog.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <mutex>

#include "core/error.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

/// A territory file, read line by line: a first line `# COG 2026 — source…`, a
/// line of headers, then the records. No field is quoted.
class CsvFile {
public:
    explicit CsvFile(const std::filesystem::path& path) : path_(path)
    {
        std::ifstream file(path, std::ios::binary | std::ios::ate);
        if (!file)
            fail("il ne s'ouvre pas.");
        text_.resize(static_cast<std::size_t>(file.tellg()));
        file.seekg(0);
        file.read(text_.data(), static_cast<std::streamsize>(text_.size()));
        rest_ = text_;
        if (rest_.starts_with("\uFEFF"))
            rest_.remove_prefix(3);
        std::string_view line;
        if (!take_line(line) || !line.starts_with("#"))
            fail_line("la première ligne doit commencer par « # COG » et donner l'année et la source.");
        heading_ = trim(line.substr(1));
    }

    /// Passes the line of headers, which must be the one given.
    void expect_headers(std::string_view headers)
    {
        std::string_view line;
        if (!take_line(line) || line != headers)
            fail_line("les en-têtes attendus sont « " + std::string(headers) + " ».");
        fields_.resize(static_cast<std::size_t>(std::count(headers.begin(), headers.end(), ';')) + 1);
    }

    /// The next record, cut in fields; false at the end of the file.
    bool next()
    {
        std::string_view line;
        do {
            if (!take_line(line))
                return false;
        } while (line.empty());
        std::size_t count = 0;
        for (std::size_t begin = 0; begin <= line.size(); ++count) {
            const auto end = std::min(line.find(';', begin), line.size());
            if (count < fields_.size())
                fields_[count] = line.substr(begin, end - begin);
            begin = end + 1;
        }
        if (count != fields_.size())
            fail_line(std::to_string(fields_.size()) + " champs attendus, " + std::to_string(count) +
                      " lus.");
        return true;
    }

    [[nodiscard]] std::string text(std::size_t field) const { return std::string(fields_[field]); }

    [[nodiscard]] std::string key(std::size_t field) const
    {
        if (fields_[field].empty())
            fail_line("le code manque.");
        return text(field);
    }

    /// Blank where the file does not know.
    template <typename Number>
    [[nodiscard]] std::optional<Number> number(std::size_t field) const
    {
        const auto text = fields_[field];
        if (text.empty())
            return std::nullopt;
        Number value{};
        const auto* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, value);
        if (error != std::errc{} || stop != end)
            fail_line("« " + std::string(text) + " » n'est pas un nombre.");
        return value;
    }

    [[nodiscard]] const std::string& heading() const { return heading_; }
    [[nodiscard]] std::size_t lines() const
    {
        return static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
    }

    /// The 4 digits after COG.
    [[nodiscard]] int year() const
    {
        int year = 0;
        const auto at = heading_.find("COG ");
        if (at != std::string::npos)
            std::from_chars(heading_.data() + at + 4, heading_.data() + heading_.size(), year);
        if (year < 1900 || year > 2200)
            throw Failure(Failure::Cause::bad_file,
                          message("la première ligne ne donne pas l'année du COG."));
        return year;
    }

    [[noreturn]] void fail_line(const std::string& what) const
    {
        fail("ligne " + std::to_string(line_) + ", " + what);
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw Failure(Failure::Cause::bad_file, message(what));
    }

    [[nodiscard]] std::string message(const std::string& what) const
    {
        return "Le fichier « " + path_.string() + " » du territoire ne peut pas être lu : " + what +
               " Corrigez ce fichier ou réinstallez l'extension.";
    }

    bool take_line(std::string_view& line)
    {
        if (rest_.empty())
            return false;
        const auto end = std::min(rest_.find('\n'), rest_.size());
        line = rest_.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        ++line_;
        return true;
    }

    std::filesystem::path path_;
    std::string text_;
    std::string_view rest_;
    std::string heading_;
    std::vector<std::string_view> fields_;
    std::size_t line_ = 0;
};

std::vector<Commune> read_communes(CsvFile& file)
{
    file.expect_headers("code;nom;epci;departement;population;latitude;longitude");
    std::vector<Commune> communes;
    communes.reserve(file.lines());
    while (file.next()) {
        Commune commune{
            file.key(0), file.text(1), file.text(2), file.key(3), file.number<std::int64_t>(4).value_or(0),
            std::nullopt};
        const auto latitude = file.number<double>(5);
        const auto longitude = file.number<double>(6);
        if (latitude && longitude)
            commune.point = LatLon{*latitude, *longitude};
        communes.push_back(std::move(commune));
    }
    return communes;
}

std::vector<EpciRecord> read_epcis(CsvFile& file)
{
    file.expect_headers("siren;nom;nature;population");
    std::vector<EpciRecord> epcis;
    while (file.next())
        epcis.push_back({file.key(0), file.text(1), file.text(2), file.number<std::int64_t>(3).value_or(0)});
    return epcis;
}

std::vector<Departement> read_departements(CsvFile& file)
{
    file.expect_headers("code;nom;chef_lieu");
    std::vector<Departement> departements;
    while (file.next())
        departements.push_back({file.key(0), file.text(1), file.text(2)});
    return departements;
}

std::unordered_map<std::string, std::string> read_successors(const std::filesystem::path& path)
{
    std::unordered_map<std::string, std::string> successors;
    if (!std::filesystem::exists(path))
        return successors;
    CsvFile file(path);
    file.expect_headers("ancien;code");
    while (file.next())
        successors.emplace(file.key(0), file.key(1));
    return successors;
}

} // namespace

Cog Cog::load(const std::filesystem::path& folder)
{
    CsvFile communes(folder / "communes.csv");
    CsvFile epcis(folder / "epci.csv");
    CsvFile departements(folder / "departements.csv");
    Cog cog;
    cog.year_ = communes.year();
    cog.source_ = communes.heading();
    cog.communes_ = read_communes(communes);
    cog.epcis_ = read_epcis(epcis);
    cog.departements_ = read_departements(departements);
    cog.successors_ = read_successors(folder / "anciens_codes.csv");
    cog.make_indexes();
    return cog;
}

/// SIREN by folded name of an EPCI or a commune; empty where several share it.
struct Cog::Names {
    std::once_flag once;
    std::unordered_map<std::string, std::string> sirens;

    void add(std::string key, const std::string& siren)
    {
        if (const auto [known, added] = sirens.try_emplace(std::move(key), siren);
            !added && known->second != siren)
            known->second.clear();
    }
};

/// A name of an EPCI wins over the name of a commune: it is what is looked for.
const Cog::Names& Cog::names() const
{
    std::call_once(names_->once, [this] {
        names_->sirens.reserve(communes_.size() + epcis_.size());
        for (const auto& epci : epcis_)
            names_->add(fold(epci.name), epci.siren);
        const auto of_epcis = names_->sirens;
        for (const auto& commune : communes_)
            if (auto key = fold(commune.name); !of_epcis.contains(key))
                names_->add(std::move(key), commune.epci);
    });
    return *names_;
}

void Cog::make_indexes()
{
    const auto by_code = [](const Commune& a, const Commune& b) { return a.code < b.code; };
    if (!std::is_sorted(communes_.begin(), communes_.end(), by_code))
        std::sort(communes_.begin(), communes_.end(), by_code);
    for (std::size_t i = 0; i < epcis_.size(); ++i)
        epci_index_.emplace(epcis_[i].siren, i);
    members_.reserve(epcis_.size());
    for (std::size_t i = 0; i < communes_.size(); ++i)
        if (!communes_[i].epci.empty())
            members_[communes_[i].epci].push_back(i);
    names_ = std::make_shared<Names>();
}

const Commune* Cog::commune(std::string_view code) const
{
    const auto found = std::lower_bound(communes_.begin(), communes_.end(), code,
                                        [](const Commune& a, std::string_view b) { return a.code < b; });
    return found != communes_.end() && found->code == code ? &*found : nullptr;
}

const Commune* Cog::successor(std::string_view old_code) const
{
    const auto found = successors_.find(std::string(old_code));
    return found != successors_.end() ? commune(found->second) : nullptr;
}

const EpciRecord* Cog::epci(std::string_view siren) const
{
    const auto found = epci_index_.find(std::string(siren));
    return found != epci_index_.end() ? &epcis_[found->second] : nullptr;
}

const Departement* Cog::departement(std::string_view code) const
{
    const auto found = std::find_if(departements_.begin(), departements_.end(),
                                    [&](const Departement& departement) { return departement.code == code; });
    return found != departements_.end() ? &*found : nullptr;
}

std::vector<const Commune*> Cog::members(std::string_view siren) const
{
    std::vector<const Commune*> members;
    if (const auto found = members_.find(std::string(siren)); found != members_.end())
        for (const auto i : found->second)
            members.push_back(&communes_[i]);
    return members;
}

std::vector<const EpciRecord*> Cog::epcis_of(std::string_view departement) const
{
    std::vector<const EpciRecord*> epcis;
    for (const auto& commune : communes_)
        if (commune.departement == departement && !commune.epci.empty())
            if (const auto* found = epci(commune.epci))
                epcis.push_back(found);
    std::sort(epcis.begin(), epcis.end(),
              [](const EpciRecord* a, const EpciRecord* b) { return a->siren < b->siren; });
    epcis.erase(std::unique(epcis.begin(), epcis.end()), epcis.end());
    return epcis;
}

double Cog::share_in(std::string_view siren, std::string_view departement) const
{
    std::int64_t inside = 0;
    std::int64_t all = 0;
    for (const auto* commune : members(siren)) {
        all += commune->population;
        inside += commune->departement == departement ? commune->population : 0;
    }
    return all > 0 ? static_cast<double>(inside) / static_cast<double>(all) : 0.0;
}

const EpciRecord* Cog::find_epci(std::string_view code_or_name) const
{
    const auto key = trim(code_or_name);
    if (const auto* found = epci(key))
        return found;
    if (const auto* found = commune(key))
        return epci(found->epci);
    if (key.empty() || names_ == nullptr)
        return nullptr;
    const auto& sirens = names().sirens;
    const auto named = sirens.find(fold(key));
    return named != sirens.end() ? epci(named->second) : nullptr;
}

} // namespace pacte
