#include <cmath>

#include "core/money.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// The budget: the State's part of each action-year, the years, the sums.

namespace pacte {

namespace {

constexpr int euro_cents = 2;
constexpr double cent = 0.01;
constexpr double tolerance_euros = 1.0;

class BudgetCheck {
public:
    BudgetCheck(Examination& examination, Sheet& sheet) : examination_(examination), sheet_(sheet) {}

    void run()
    {
        for (const auto row : sheet_.keyed_rows()) {
            check_year(row);
            check_parts(row);
        }
        check_sums();
    }

private:
    [[nodiscard]] int column(const char* field) const { return sheet_.columns().index(field); }

    void check_year(std::size_t row)
    {
        const auto period = examination_.period();
        const auto year = sheet_.figure(row, "annee");
        if (period && year && (*year < period->first || *year > period->second))
            sheet_.report_cell(
                Rule::year_outside_period, row, column("annee"),
                {text_of(Cell(*year)), std::to_string(period->first), std::to_string(period->second)});
    }

    void check_parts(std::size_t row)
    {
        const auto state = sheet_.figure(row, "part_etat");
        const auto departement = sheet_.figure(row, "part_departement");
        if (!state || !departement || !sheet_.is_sound(row, column("autres")))
            return;
        const double total = *state + *departement + sheet_.figure(row, "autres").value_or(0.0);
        const auto year = text_of(sheet_.cell(row, "annee"));
        const auto action = sheet_.code(row, "action");
        if (total == 0.0)
            sheet_.report_cell(Rule::budget_of_nothing, row, column("part_etat"), {year, action});
        else if (*state >= greatest_state_share * total + cent)
            sheet_.report_cell(Rule::over_half_of_year, row, column("part_etat"),
                               {year, french_number(*state, euro_cents), french_number(total, euro_cents),
                                french_number(100.0 * *state / total, 1), action});
    }

    struct Sum {
        double total = 0.0;
        bool complete = true;
    };

    [[nodiscard]] std::map<std::string, Sum> sums_by_action() const
    {
        std::map<std::string, Sum> sums;
        for (const auto row : sheet_.keyed_rows()) {
            auto& sum = sums[code_key(sheet_.code(row, "action"))];
            for (const char* part : {"part_etat", "part_departement", "autres"}) {
                const auto value = sheet_.figure(row, part);
                sum.total += value.value_or(0.0);
                sum.complete = sum.complete && value.has_value();
            }
        }
        return sums;
    }

    /// Σ of the budgets of its actions against the amount of each piste.
    void check_sums()
    {
        auto* actions = examination_.find("actions");
        auto* pistes = examination_.find("pistes");
        if (actions == nullptr || pistes == nullptr)
            return;
        const auto of_action = sums_by_action();
        std::map<std::string, Sum> of_piste;
        for (const auto row : actions->keyed_rows()) {
            const auto sum = of_action.find(code_key(actions->code(row, "id")));
            auto& whole = of_piste[code_key(actions->code(row, "piste"))];
            whole.complete = whole.complete && sum != of_action.end() && sum->second.complete &&
                             has_every_year(sum->first);
            whole.total += sum != of_action.end() ? sum->second.total : 0.0;
        }
        for (const auto row : pistes->keyed_rows()) {
            const auto sum = of_piste.find(code_key(pistes->code(row, "id")));
            const auto amount = pistes->figure(row, "montant_total");
            if (sum != of_piste.end() && sum->second.complete && amount &&
                std::abs(sum->second.total - *amount) > tolerance_euros)
                pistes->report_cell(Rule::budget_of_piste, row, pistes->columns().index("montant_total"),
                                    {pistes->code(row, "id"), french_number(sum->second.total, euro_cents),
                                     french_number(*amount, euro_cents)});
        }
    }

    /// A budget that lacks a year is told already.
    [[nodiscard]] bool has_every_year(const std::string& action) const
    {
        const auto period = examination_.period();
        int years = 0;
        for (const auto row : sheet_.keyed_rows())
            years += code_key(sheet_.code(row, "action")) == action ? 1 : 0;
        return period && years == period->second - period->first + 1;
    }

    Examination& examination_;
    Sheet& sheet_;
};

} // namespace

void check_budget(Examination& examination)
{
    if (auto* sheet = examination.find("budget"))
        BudgetCheck(examination, *sheet).run();
}

} // namespace pacte
