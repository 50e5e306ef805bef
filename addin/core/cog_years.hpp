#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cog.hpp"

namespace pacte {

/// What became of an EPCI in another year.
struct EpciPassage {
    std::string siren;
    double share = 1.0; ///< of its inhabitants that live in that EPCI
};

/// The Code officiel géographique of several years: the latest one and, as
/// differences from it (`annees_*.csv`), those before.
class CogYears {
public:
    /// Reads the differences. Throws Failure (bad_file) with the file and line. About 60 ms.
    static CogYears load(const std::filesystem::path& folder, const Cog& latest);

    /// In order, the latest last.
    [[nodiscard]] const std::vector<int>& years() const { return years_; }
    [[nodiscard]] bool has(int year) const;
    /// Made when first asked for, then kept. Throws Failure (bad_value) for a year that is not there.
    [[nodiscard]] const Cog& of(int year) const;

    /// The commune of that year to which a code of any year belongs: itself, the
    /// commune it was merged into, or that it was taken out of later. Empty: none.
    [[nodiscard]] std::string commune_in(int year, const std::string& code) const;

    /// The EPCI of that year in which most inhabitants of an EPCI of any year
    /// live. Nothing where no year knows the SIREN.
    [[nodiscard]] std::optional<EpciPassage> epci_in(int year, const std::string& siren) const;

    /// The year whose communes (or EPCI) those codes are: the one that lacks the fewest of
    /// them; of equals, the one that has the fewest that they lack (a file may leave communes
    /// out, it has none of another year); then the nearest to `preferred`, else the latest.
    /// `codes` are of communes where they have 5 characters, of EPCI where 9.
    [[nodiscard]] int year_of(std::span<const std::string> codes, int preferred = 0) const;

private:
    struct Differences;

    std::vector<int> years_;
    const Cog* latest_ = nullptr;
    std::shared_ptr<const Differences> differences_;
    struct Made {
        std::mutex mutex;
        std::map<int, std::unique_ptr<const Cog>> cogs;
    };
    std::shared_ptr<Made> made_;
};

} // namespace pacte
