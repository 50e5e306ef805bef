#pragma once

#include <map>
#include <string>
#include <vector>

#include "commands/report_sheet.hpp"
#include "core/money.hpp"
#include "core/targets.hpp"

// The generated sheets that follow the actions: money and indicators.

namespace pacte::commands {

/// By action, axe and year, and in all: who pays, the State's part and the levier, and
/// the State's total against its envelope, as `Paramètres` states it (empty: it does not).
[[nodiscard]] Report budget_report(const std::vector<BudgetLine>& lines,
                                   const std::map<std::string, int>& axes,
                                   const std::map<std::string, std::string>& titles,
                                   const std::string& envelope);

/// Each indicator, each year where a value was reached: target, attainment, trend; an
/// alert where the year's target is behind.
[[nodiscard]] Report follow_up_report(const std::vector<Indicateur>& indicateurs, const TrendBounds& bounds);

/// Where an action is to work, and what shares out its targets.
struct ActionScope {
    std::string shared_by;       ///< « besoin 3.1 », « population »
    std::vector<double> weights; ///< by EPCI; 0 outside its territory
};

/// The yearly targets in whole numbers, shared out among the EPCI by largest remainders:
/// those of the indicators to increase that count something. `scopes`: by action.
[[nodiscard]] Report epci_targets_report(const std::vector<Indicateur>& indicateurs,
                                         const std::vector<Epci>& epcis,
                                         const std::map<std::string, ActionScope>& scopes);

} // namespace pacte::commands
