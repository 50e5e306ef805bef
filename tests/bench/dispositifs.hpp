#pragma once

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/cog.hpp"
#include "core/table.hpp"

namespace pacte::bench {

/// Dispositifs of a territory, as a first version of a diagnosis has them: one row
/// in twenty has a fault, or in as many as is told. The same rows in every run.
class Dispositifs {
public:
    using Fields = std::map<std::string, Cell>; ///< by name in the schema

    /// `thematiques`: (axe, code).
    Dispositifs(const Cog& cog, const std::string& departement,
                std::vector<std::pair<int, std::string>> thematiques, unsigned fault_in = 20);

    [[nodiscard]] Fields next();

private:
    template <typename Values>
    const auto& any(const Values& values)
    {
        return values[static_cast<std::size_t>(random_() % std::size(values))];
    }
    double number(unsigned below) { return static_cast<double>(random_() % below); }
    [[nodiscard]] std::string zone();
    [[nodiscard]] std::string title();
    void spoil(Fields& fields);

    std::vector<const EpciRecord*> epcis_;
    std::vector<const Commune*> communes_;
    std::vector<std::pair<int, std::string>> thematiques_;
    unsigned fault_in_;
    std::mt19937 random_{43};
    int index_ = 0;
};

} // namespace pacte::bench
