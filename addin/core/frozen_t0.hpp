#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/comparison.hpp"
#include "core/coverage.hpp"
#include "core/schema.hpp"
#include "core/table.hpp"

// The T0 of the diagnosis as it was signed: the figures that the mid-term review is
// compared with (cadrage, section 1.B), kept in the table `t0`, a line a figure.

namespace pacte {

/// The EPCI's code that stands for the whole territory.
inline constexpr const char* whole_territory = "ensemble";

/// The needs as they stand, of the retained EPCI; the counts also of the whole territory,
/// where that of every EPCI is known.
[[nodiscard]] NeedsState state_of_needs(const Territory& territory, const std::vector<Variable>& variables,
                                        const Needs& needs);

/// The coverage as variables of the same kind: for each thématique `couverture:3.3` (%,
/// the covered part of the need), `capacite:3.3` and `ecart:3.3`, by EPCI and in all. The need's variable is
/// their base: a thématique that measures another need has another definition.
[[nodiscard]] NeedsState state_of_coverage(const Coverage& coverage, const NeedsState& needs);

/// An indicator at a time: its T0, or the last value that was reached.
struct IndicatorState {
    std::string action;
    Variable definition; ///< code, label, unit; its base is its type, its vintage the year
    Quantity value;
};

[[nodiscard]] std::vector<IndicatorState> t0_of(const std::vector<Indicateur>& indicateurs);
/// The value of the latest year that has one; unknown where none has.
[[nodiscard]] std::vector<IndicatorState> latest_of(const std::vector<Indicateur>& indicateurs);

struct FrozenT0 {
    NeedsState needs;
    NeedsState coverage;
    std::vector<IndicatorState> indicators;
    std::optional<Date> date; ///< when it was frozen
};

/// The names of the fields of a row of `t0_rows`.
[[nodiscard]] const std::vector<std::string>& t0_fields();
[[nodiscard]] std::vector<std::vector<Cell>> t0_rows(const FrozenT0& t0);
/// Nothing where the table holds no line.
[[nodiscard]] std::optional<FrozenT0> read_t0(const Table& table, const TableSchema& schema);

/// The difference of each indicator, in the order of the later list; those that are
/// gone come last. `epci` holds the action.
[[nodiscard]] std::vector<Difference> compare_indicators(const std::vector<IndicatorState>& before,
                                                         const std::vector<IndicatorState>& after);

} // namespace pacte
