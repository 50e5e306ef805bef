#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/rows.hpp"

// The T0 against the mid-term (cadrage, section 1.B: « le T0 sera comparé aux
// résultats du premier bilan évaluatif réalisé 3 ans plus tard »).

namespace pacte {

/// A state of the needs at one time, as it was frozen or as it is.
struct NeedsState {
    std::vector<Epci> epcis;
    std::map<std::string, std::set<std::string>> members; ///< codes INSEE by SIREN
    std::vector<Variable> variables;
    Needs needs;
};

enum class Comparability {
    comparable,
    perimeter_changed,  ///< the EPCI has not the same communes, or is there once only
    definition_changed, ///< the variable has another nature, unit or base, or is there once only
    not_known,          ///< one of the two figures is unknown or secret
};

[[nodiscard]] const char* label_of(Comparability comparability); ///< `périmètre modifié`

struct Difference {
    std::string epci;
    std::string variable;
    Quantity before;
    Quantity after;
    Comparability comparability = Comparability::comparable;
    Quantity change;   ///< after − before, known where they can be compared
    Quantity relative; ///< change/before; unknown where before is 0
    /// Whether the change is for the better by the variable's sens; nothing where
    /// there is none, and where they cannot be compared.
    std::optional<bool> is_better;
};

/// Variable by variable in the order of the later state (then those that it no longer
/// has), EPCI by EPCI likewise. A change of label or of source alone is no change of
/// definition.
[[nodiscard]] std::vector<Difference> compare_states(const NeedsState& before, const NeedsState& after);

} // namespace pacte
