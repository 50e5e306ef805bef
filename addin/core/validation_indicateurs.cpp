#include <algorithm>

#include "core/frozen_t0.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// Indicators: T0, target and the way between, year by year.

namespace pacte {

namespace {

constexpr int shown_decimals = 2;

std::string figure(double value) { return french_number(value, shown_decimals); }

class IndicateurCheck {
public:
    IndicateurCheck(Examination& examination, Sheet& sheet) : examination_(examination), sheet_(sheet)
    {
        for (int year = 1990; year <= 2100; ++year) {
            if (const int column = sheet.columns().index("cible_{annee}", year); column >= 0)
                targets_.emplace(year, column);
            if (const int column = sheet.columns().index("realise_{annee}", year); column >= 0)
                reached_.emplace(year, column);
        }
        // The order of the sheet may be any: the last year is found by its number.
        const auto t0 = examination.parameters().number("année T0", 0.0);
        t0_year_ = static_cast<int>(t0);
        if (const auto* table = examination.find("t0"))
            if (const auto frozen = read_t0(table->table(), table->schema()))
                for (const auto& indicator : frozen->indicators)
                    frozen_.emplace(code_key(indicator.definition.code), indicator.value);
    }

    void run()
    {
        for (const auto row : sheet_.keyed_rows()) {
            const auto t0 = sheet_.figure(row, "t0");
            const auto target = sheet_.figure(row, "cible");
            check_years(row);
            check_frozen(row);
            check_percentages(row);
            check_targets(row, t0, target);
            check_reached(row);
            check_coordination(row);
        }
    }

private:
    [[nodiscard]] int column(const char* field) const { return sheet_.columns().index(field); }

    [[nodiscard]] std::optional<double> figure_at(std::size_t row, int at) const
    {
        const auto read = read_quantity(sheet_.cell(row, at), sheet_.schema());
        if (!read.is_known() || !sheet_.is_sound(row, at))
            return std::nullopt;
        return read.value();
    }

    /// +1 to increase, −1 to reduce, 0 where the sense is not said.
    [[nodiscard]] int sense(std::size_t row) const
    {
        const auto written = fold(sheet_.text(row, "sens"));
        if (written == "aaugmenter")
            return 1;
        return written == "areduire" ? -1 : 0;
    }

    void check_targets(std::size_t row, std::optional<double> t0, std::optional<double> target)
    {
        const int way = sense(row);
        if (t0 && target && way * (*target - *t0) < 0.0)
            sheet_.report_cell(Rule::target_against_sense, row, column("cible"),
                               {figure(*target), sheet_.text(row, "sens"), figure(*t0)});
        else if (t0)
            check_yearly(row, *t0, way);
        if (t0 && target && fold(sheet_.text(row, "trajectoire")) == "geometrique" && *t0 * *target <= 0.0)
            sheet_.report_cell(Rule::no_geometric_way, row, column("trajectoire"),
                               {figure(*t0), figure(*target)});
        check_missing(row);
        if (target)
            check_last(row, *target);
    }

    void check_yearly(std::size_t row, double t0, int way)
    {
        for (const auto& [year, at] : targets_)
            if (const auto value = figure_at(row, at); value && way * (*value - t0) < 0.0)
                sheet_.report_cell(
                    Rule::yearly_target_against_sense, row, at,
                    {std::to_string(year), figure(*value), sheet_.text(row, "sens"), figure(t0)});
    }

    /// « Les indicateurs de réalisation devront être annuels » (cadrage, 1.B).
    void check_missing(std::size_t row)
    {
        const auto period = examination_.period();
        if (fold(sheet_.text(row, "type")) != "realisation" || !period)
            return;
        for (int year = period->first; year <= period->second; ++year) {
            const auto at = targets_.find(year);
            const bool blank = at == targets_.end() || is_blank(sheet_.cell(row, at->second)) ||
                               is_missing_value(trim(text_of(sheet_.cell(row, at->second))), sheet_.schema());
            if (blank)
                sheet_.report_cell(Rule::yearly_target_missing, row,
                                   at != targets_.end() ? at->second : column("id"), {std::to_string(year)});
        }
    }

    void check_last(std::size_t row, double target)
    {
        const auto year = sheet_.figure(row, "annee_cible");
        const auto at = year ? targets_.find(static_cast<int>(*year)) : targets_.end();
        if (at == targets_.end())
            return;
        const auto last = figure_at(row, at->second);
        if (last && *last != target && !was_told(row, at->second))
            sheet_.report_cell(Rule::last_target_differs, row, at->second,
                               {std::to_string(at->first), figure(*last), figure(target)});
    }

    /// One finding a cell is enough: the target is already against its sense.
    [[nodiscard]] bool was_told(std::size_t row, int at) const
    {
        const auto way = sense(row);
        const auto t0 = sheet_.figure(row, "t0");
        const auto last = figure_at(row, at);
        return t0 && last && way * (*last - *t0) < 0.0;
    }

    void check_years(std::size_t row)
    {
        const auto t0 = sheet_.figure(row, "annee_t0");
        if (t0 && t0_year_ > 0 && static_cast<int>(*t0) != t0_year_)
            sheet_.report_cell(Rule::t0_of_other_year, row, column("annee_t0"),
                               {text_of(Cell(*t0)), std::to_string(t0_year_)});
        const auto period = examination_.period();
        const auto target = sheet_.figure(row, "annee_cible");
        if (period && target && (*target < period->first || *target > period->second))
            sheet_.report_cell(
                Rule::target_year_outside, row, column("annee_cible"),
                {text_of(Cell(*target)), std::to_string(period->first), std::to_string(period->second)});
    }

    /// « Une fois le T0 figé, un T0 modifié est un constat » (design, « The workbook »).
    void check_frozen(std::size_t row)
    {
        const auto frozen = frozen_.find(code_key(sheet_.code(row, "id")));
        const int at = column("t0");
        if (frozen == frozen_.end() || at < 0 || !sheet_.is_sound(row, at))
            return;
        const auto said = [](const Quantity& value) {
            return value.is_known() ? figure(value.value()) : std::string(value.is_secret() ? "s" : "nd");
        };
        const Quantity now = sheet_.quantity(row, "t0");
        if (now != frozen->second)
            sheet_.report_cell(Rule::t0_changed_since_frozen, row, at, {said(now), said(frozen->second)});
    }

    void check_percentage(std::size_t row, int at)
    {
        const auto value = at >= 0 ? figure_at(row, at) : std::nullopt;
        if (value && (*value < 0.0 || *value > 100.0))
            sheet_.report_cell(Rule::percentage_out_of_bounds, row, at, {sheet_.header(at), figure(*value)});
    }

    void check_percentages(std::size_t row)
    {
        if (sheet_.text(row, "unite") != "%")
            return;
        check_percentage(row, column("t0"));
        check_percentage(row, column("cible"));
        for (const auto& [year, at] : targets_)
            check_percentage(row, at);
        for (const auto& [year, at] : reached_)
            check_percentage(row, at);
    }

    void check_reached(std::size_t row)
    {
        if (!examination_.knows_date())
            return;
        const int today = static_cast<int>(examination_.date().year());
        for (const auto& [year, at] : reached_)
            if (year > today && figure_at(row, at))
                sheet_.report_cell(Rule::reached_in_future, row, at,
                                   {std::to_string(year), french_date(examination_.date())});
    }

    void check_coordination(std::size_t row)
    {
        const auto axe = examination_.axes_of_actions().find(code_key(sheet_.code(row, "action")));
        const int at = column("coordonne_france_travail");
        if (at >= 0 && axe != examination_.axes_of_actions().end() && axe->second == 2 &&
            is_blank(sheet_.cell(row, at)))
            sheet_.report_cell(Rule::coordination_not_said, row, at, {});
    }

    Examination& examination_;
    Sheet& sheet_;
    std::map<int, int> targets_; ///< column, by year
    std::map<int, int> reached_;
    std::map<std::string, Quantity> frozen_; ///< T0, by the key of the indicator
    int t0_year_ = 0;
};

} // namespace

void check_indicateurs(Examination& examination)
{
    if (auto* sheet = examination.find("indicateurs"))
        IndicateurCheck(examination, *sheet).run();
}

} // namespace pacte
