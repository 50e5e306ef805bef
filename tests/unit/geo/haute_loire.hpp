#pragma once

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "core/cog.hpp"
#include "core/rows.hpp"

// A real territory for the tests.

namespace pacte::geo::test {

struct Rows {
    std::vector<Epci> epcis;
    std::vector<CommuneRow> communes;
};

/// The territory of a département from the COG shipped with the product.
inline Rows rows_of(std::string_view departement)
{
    static const Cog cog = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    Rows rows;
    for (const EpciRecord* epci : cog.epcis_of(departement)) {
        rows.epcis.push_back({epci->siren, epci->name, static_cast<double>(epci->population), true});
        for (const Commune* commune : cog.members(epci->siren))
            rows.communes.push_back({commune->code, commune->name, epci->siren,
                                     static_cast<double>(commune->population), commune->point});
    }
    return rows;
}

/// A file of the real data; nothing, and a line that says so, where there is none.
inline std::optional<std::filesystem::path> real_data(const std::string& file)
{
    const char* folder = std::getenv("PACTE_DATA");
    if (folder == nullptr || *folder == 0) {
        std::cout << "skipped: PACTE_DATA is not set (" << file << ")\n";
        return std::nullopt;
    }
    return std::filesystem::absolute(folder) / file;
}

} // namespace pacte::geo::test
