#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/rows.hpp"

namespace pacte {

/// What Pacte knows of a column that a producer publishes under a code of its own.
struct KnownVariable {
    std::string pattern; ///< `TP60{aa}`: `{aa}` stands for the last two digits of the year
    std::string code;    ///< of the variable in the workbook: `TP60`
    std::string label;
    VariableNature nature = VariableNature::effectif;
    std::string unit;
    std::string base; ///< pattern of the column that a rate applies to; may be empty
    std::string family;
    std::string direction; ///< sens
    std::string source;
};

/// `templates/imports/variables.csv`. A colleague adds a line there to have a
/// further column recognised.
class KnownVariables {
public:
    KnownVariables() = default;
    explicit KnownVariables(std::vector<KnownVariable> variables) : variables_(std::move(variables)) {}

    /// Throws Failure (bad_file) with the file and line.
    static KnownVariables load(const std::filesystem::path& file);

    struct Match {
        const KnownVariable* variable = nullptr;
        std::string year; ///< `2021`; empty where the pattern holds none
    };
    /// Nothing where no pattern is that header.
    [[nodiscard]] std::optional<Match> find(std::string_view header) const;

    [[nodiscard]] const std::vector<KnownVariable>& all() const { return variables_; }

private:
    std::vector<KnownVariable> variables_;
};

/// effectif, taux, montant, indice, typologie; nothing for anything else.
[[nodiscard]] std::optional<VariableNature> nature_named(std::string_view name);
[[nodiscard]] const char* name_of(VariableNature nature);

/// `21` → `2021`, `98` → `1998`.
[[nodiscard]] std::string year_of_two_digits(std::string_view digits);

} // namespace pacte
