#include "core/money.hpp"

#include <utility>

namespace pacte {

namespace {

Quantity sum_of(const Quantity& a, const Quantity& b)
{
    return a.is_known() && b.is_known() ? Quantity::known(a.value() + b.value()) : Quantity::unknown();
}

Quantity ratio_of(double numerator, double denominator)
{
    return denominator == 0.0 ? Quantity::unknown() : Quantity::known(numerator / denominator);
}

double known_part(const Quantity& amount) { return amount.is_known() ? amount.value() : 0.0; }

bool is_complete(const BudgetLine& line)
{
    return line.state.is_known() && line.departement.is_known() && line.others.is_known();
}

} // namespace

Quantity state_share(const Quantity& state, const Quantity& total)
{
    if (!state.is_known() || !total.is_known())
        return Quantity::unknown();
    return ratio_of(state.value(), total.value());
}

Quantity leverage(const Quantity& state, const Quantity& total)
{
    if (!state.is_known() || !total.is_known())
        return Quantity::unknown();
    return ratio_of(total.value() - state.value(), state.value());
}

void MoneyTotal::add(const BudgetLine& line)
{
    state = sum_of(state, line.state);
    departement = sum_of(departement, line.departement);
    others = sum_of(others, line.others);
    ++lines;
    incomplete += is_complete(line) ? 0 : 1;
}

Quantity MoneyTotal::total() const { return sum_of(sum_of(state, departement), others); }

MoneyTotals money_totals(const std::vector<BudgetLine>& lines, const std::map<std::string, int>& axes)
{
    MoneyTotals totals;
    for (const BudgetLine& line : lines) {
        const auto axe = axes.find(line.action);
        totals.by_action[line.action].add(line);
        totals.by_axe[axe == axes.end() ? 0 : axe->second].add(line);
        totals.by_year[line.year].add(line);
        totals.all.add(line);
    }
    return totals;
}

std::vector<OverHalf> over_half(const std::vector<BudgetLine>& lines)
{
    constexpr double cent = 0.01;
    constexpr double rounding = 1e-6;
    std::map<std::pair<std::string, int>, OverHalf> sums;
    for (const BudgetLine& line : lines) {
        OverHalf& sum =
            sums.try_emplace({line.action, line.year}, OverHalf{line.action, line.year}).first->second;
        sum.state += known_part(line.state);
        sum.total += known_part(line.state) + known_part(line.departement) + known_part(line.others);
        sum.certain = sum.certain && is_complete(line);
    }
    std::vector<OverHalf> over;
    for (const auto& [key, sum] : sums)
        if (sum.state - greatest_state_share * sum.total > cent - rounding)
            over.push_back(sum);
    return over;
}

} // namespace pacte
