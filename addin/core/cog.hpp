#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pacte {

/// WGS84, decimal degrees.
struct LatLon {
    double latitude = 0.0;
    double longitude = 0.0;

    friend bool operator==(const LatLon&, const LatLon&) = default;
};

struct Commune {
    std::string code; ///< code INSEE, 5 characters: a code is text
    std::string name;
    std::string epci;        ///< SIREN; empty for a commune without EPCI
    std::string departement; ///< `43`, `2A`, `974`
    std::int64_t population = 0;
    std::optional<LatLon> point;
};

struct EpciRecord {
    std::string siren;
    std::string name;
    std::string nature; ///< CC, CA, CU, METRO
    std::int64_t population = 0;
};

struct Departement {
    std::string code;
    std::string name;
    std::string chef_lieu; ///< code INSEE
};

class CogBuilder;

/// The Code officiel géographique of one year: the communes, EPCI and
/// départements of all of France, as shipped in `templates/territoire`.
class Cog {
public:
    /// Reads `communes.csv`, `epci.csv`, `departements.csv` and, where it is
    /// there, `anciens_codes.csv` (`ancien;code`). Throws Failure
    /// (bad_file) with the file and the line at fault. About 15 ms.
    static Cog load(const std::filesystem::path& folder);

    [[nodiscard]] int year() const { return year_; }
    [[nodiscard]] std::string source() const { return source_; } ///< the line to print under a figure

    [[nodiscard]] const Commune* commune(std::string_view code) const; ///< null where there is none
    /// The commune that a former code (before a merger, a change of département)
    /// now belongs to. Null where the code is not a former one.
    [[nodiscard]] const Commune* successor(std::string_view old_code) const;
    [[nodiscard]] const EpciRecord* epci(std::string_view siren) const;
    [[nodiscard]] const Departement* departement(std::string_view code) const;

    [[nodiscard]] std::span<const Commune> communes() const { return communes_; }
    [[nodiscard]] std::span<const EpciRecord> epcis() const { return epcis_; }
    [[nodiscard]] std::span<const Departement> departements() const { return departements_; }

    /// The members of an EPCI, in the order of their codes.
    [[nodiscard]] std::vector<const Commune*> members(std::string_view siren) const;
    /// The EPCI with at least one commune in the département, in the order of their codes.
    [[nodiscard]] std::vector<const EpciRecord*> epcis_of(std::string_view departement) const;
    /// The share (0 to 1) of the population of the EPCI that lives in the département.
    [[nodiscard]] double share_in(std::string_view siren, std::string_view departement) const;

    /// The EPCI of a commune given by code INSEE or by name, or of an EPCI
    /// given by SIREN or name (folded comparison). Null where there is none or
    /// where several communes of that name belong to different EPCI.
    [[nodiscard]] const EpciRecord* find_epci(std::string_view code_or_name) const;

private:
    friend class CogBuilder; ///< of another year, see cog_years.hpp
    struct Names;

    void make_indexes();
    [[nodiscard]] const Names& names() const;

    int year_ = 0;
    std::string source_;
    std::vector<Commune> communes_; ///< in the order of their codes
    std::vector<EpciRecord> epcis_;
    std::vector<Departement> departements_;
    std::unordered_map<std::string, std::string> successors_; ///< by former code
    std::unordered_map<std::string, std::size_t> epci_index_;
    std::unordered_map<std::string, std::vector<std::size_t>> members_;
    std::shared_ptr<Names> names_; ///< made when a name is first looked for
};

} // namespace pacte
