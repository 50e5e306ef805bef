#pragma once

#include <string>
#include <vector>

#include "commands/report_sheet.hpp"
#include "core/frozen_t0.hpp"

// The generated sheets that set the T0 against the mid-term. Pure: from the two states
// to what is written.

namespace pacte::commands {

struct ComparedFigure {
    const char* subject; ///< `besoin`, `couverture`, `indicateur`
    std::string label;   ///< of the variable, with its unit
    std::string place;   ///< name of the EPCI, or code of the action
    bool is_rate = false;
    Difference difference;
    std::string reason; ///< why it cannot be compared; empty where it can
};

struct Comparison {
    std::vector<ComparedFigure> figures; ///< that can be compared, and changed somewhere
    std::vector<ComparedFigure> apart;   ///< that cannot
    std::vector<std::string> unchanged;  ///< labels of what is everywhere as it was
    std::size_t never_known = 0;         ///< figures that are unknown or secret both times
};

[[nodiscard]] Comparison compare(const FrozenT0& before, const FrozenT0& after);

/// « 12 chiffres se sont améliorés, 5 dégradés, … »
[[nodiscard]] std::string comparison_in_words(const Comparison& comparison);

/// Variable by variable, EPCI by EPCI. `dates`: of the two states, in words.
[[nodiscard]] Report comparison_report(const Comparison& comparison, const std::string& dates);
/// What cannot be compared, and why.
[[nodiscard]] Report set_apart_report(const Comparison& comparison, const std::string& dates);

} // namespace pacte::commands
