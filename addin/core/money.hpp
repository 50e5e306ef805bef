#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/quantity.hpp"
#include "core/rows.hpp"

// Who pays what: the State's part and the effet levier (cadrage: the State pays
// at most half of each action, each year).

namespace pacte {

/// The greatest part of an action-year that the State may pay.
inline constexpr double greatest_state_share = 0.5;

/// Part État: state/total, a share. Unknown where one of the two is not known,
/// and where the total is 0: the caller, who has it, tells this case apart (Calc
/// shows `#DIV/0!`).
[[nodiscard]] Quantity state_share(const Quantity& state, const Quantity& total);

/// Effet levier: (total − state)/state, the euros of the others for one euro of
/// the State. Unknown where one of the two is not known, and where the State pays
/// 0, which the caller tells apart likewise.
[[nodiscard]] Quantity leverage(const Quantity& state, const Quantity& total);

/// A sum of budget lines, in euros. A sum is known where all that it adds up is:
/// a blank is not 0, and `incomplete` counts the lines where something is blank.
struct MoneyTotal {
    Quantity state = Quantity::known(0.0);
    Quantity departement = Quantity::known(0.0);
    Quantity others = Quantity::known(0.0);
    int lines = 0;
    int incomplete = 0;

    void add(const BudgetLine& line);
    [[nodiscard]] Quantity total() const;
};

struct MoneyTotals {
    std::map<std::string, MoneyTotal> by_action;
    std::map<int, MoneyTotal> by_axe; ///< 0: the actions whose axe is not known
    std::map<int, MoneyTotal> by_year;
    MoneyTotal all;
};

/// `axes`: the axe (1 to 4) of each action, through its piste.
[[nodiscard]] MoneyTotals money_totals(const std::vector<BudgetLine>& lines,
                                       const std::map<std::string, int>& axes);

/// An action-year of which the State pays more than half.
struct OverHalf {
    std::string action;
    int year = 0;
    double state = 0.0;  ///< euros
    double total = 0.0;  ///< euros, of the parts that are known
    bool certain = true; ///< false: a part is blank, and once filled in may bring the State's down
};

/// The action-years where the State exceeds half by a cent or more, by action and
/// year. The lines of one action and one year are added up first.
[[nodiscard]] std::vector<OverHalf> over_half(const std::vector<BudgetLine>& lines);

} // namespace pacte
