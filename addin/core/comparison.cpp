#include "core/comparison.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace pacte {

namespace {

/// The keys of the later state, then those of the earlier one that it lacks.
template <typename Rows>
std::vector<std::string> codes_of(const Rows& after, const Rows& before)
{
    std::vector<std::string> codes;
    for (const Rows* rows : {&after, &before})
        for (const auto& row : *rows)
            if (std::find(codes.begin(), codes.end(), row.code) == codes.end())
                codes.push_back(row.code);
    return codes;
}

template <typename Row>
const Row* find_row(const std::vector<Row>& rows, const std::string& code)
{
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.code == code; });
    return found == rows.end() ? nullptr : &*found;
}

bool has_same_definition(const Variable* before, const Variable* after)
{
    return before && after && before->nature == after->nature &&
           trimmed(before->unit) == trimmed(after->unit) && fold(before->base) == fold(after->base);
}

bool has_same_perimeter(const NeedsState& before, const NeedsState& after, const std::string& epci)
{
    if (!find_row(before.epcis, epci) || !find_row(after.epcis, epci))
        return false;
    const auto then = before.members.find(epci);
    const auto now = after.members.find(epci);
    // Members that nobody recorded cannot be said to have changed.
    return then == before.members.end() || now == after.members.end() || then->second == now->second;
}

void conclude(Difference& difference, const Variable* variable)
{
    if (difference.comparability != Comparability::comparable)
        return;
    if (!difference.before.is_known() || !difference.after.is_known()) {
        difference.comparability = Comparability::not_known;
        return;
    }
    const double change = difference.after.value() - difference.before.value();
    difference.change = Quantity::known(change);
    if (difference.before.value() != 0.0)
        difference.relative = Quantity::known(change / difference.before.value());
    if (change != 0.0 && variable && variable->has_sense)
        difference.is_better = (change < 0.0) == variable->increase_is_bad;
}

} // namespace

const char* label_of(Comparability comparability)
{
    switch (comparability) {
    case Comparability::comparable:
        return "comparable";
    case Comparability::perimeter_changed:
        return "périmètre modifié";
    case Comparability::definition_changed:
        return "définition modifiée";
    case Comparability::not_known:
        return "non connu";
    }
    return "";
}

std::vector<Difference> compare_states(const NeedsState& before, const NeedsState& after)
{
    std::vector<Difference> differences;
    for (const std::string& code : codes_of(after.variables, before.variables)) {
        const Variable* const then = find_row(before.variables, code);
        const Variable* const now = find_row(after.variables, code);
        for (const std::string& epci : codes_of(after.epcis, before.epcis)) {
            Difference difference;
            difference.epci = epci;
            difference.variable = code;
            difference.before = before.needs.at(epci, code);
            difference.after = after.needs.at(epci, code);
            if (!has_same_definition(then, now))
                difference.comparability = Comparability::definition_changed;
            else if (!has_same_perimeter(before, after, epci))
                difference.comparability = Comparability::perimeter_changed;
            conclude(difference, now);
            differences.push_back(std::move(difference));
        }
    }
    return differences;
}

} // namespace pacte
