#include <algorithm>

#include "core/identifiers.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// The figures of the needs: rates, counts, and parts of a whole.

namespace pacte {

namespace {

constexpr double whole_percentage = 100.0;
constexpr int shown_decimals = 2;

std::string figure(double value) { return french_number(value, shown_decimals); }

/// What counts people; households and dwellings are never more than them either.
bool counts_people(const Variable& variable)
{
    static const std::unordered_set<std::string> others = {"euros", "communes", "km", "actions", "seances"};
    return variable.nature == VariableNature::effectif && !others.contains(fold(variable.unit));
}

class NeedCheck {
public:
    NeedCheck(Examination& examination, Sheet& sheet) : sheet_(sheet)
    {
        for (auto& variable : sound_variables(examination))
            variables_.emplace(fold(variable.code), std::move(variable));
        for (const int column : sheet.columns().others())
            columns_.emplace(fold(sheet.header(column)), column);
        for (const auto& epci : examination.read("territoires", read_epcis))
            population_.emplace(epci.code, epci.population);
    }

    void run()
    {
        for (const auto& [key, column] : columns_)
            if (const auto variable = variables_.find(key); variable != variables_.end())
                check_column(variable->second, column);
    }

private:
    [[nodiscard]] std::optional<double> figure_at(std::size_t row, int column) const
    {
        const auto read = read_quantity(sheet_.cell(row, column), sheet_.schema());
        if (!read.is_known() || !sheet_.is_sound(row, column))
            return std::nullopt;
        return read.value();
    }

    void check_column(const Variable& variable, int column)
    {
        const auto base = columns_.find(fold(variable.base));
        for (const auto row : sheet_.keyed_rows()) {
            const auto value = figure_at(row, column);
            if (!value)
                continue;
            if (variable.nature == VariableNature::taux)
                check_rate(variable, row, column, *value);
            else if (variable.nature == VariableNature::effectif)
                check_count(variable, row, column, *value,
                            base != columns_.end() && !variable.base.empty() ? base->second : -1);
        }
    }

    void check_rate(const Variable& variable, std::size_t row, int column, double value)
    {
        const bool percentage = variable.unit.empty() || variable.unit.find('%') != std::string::npos;
        if (percentage && (value < 0.0 || value > whole_percentage))
            sheet_.report_cell(Rule::rate_out_of_bounds, row, column, {variable.code, figure(value)});
    }

    void check_count(const Variable& variable, std::size_t row, int column, double value, int whole)
    {
        if (value < 0.0) {
            sheet_.report_cell(Rule::negative_count, row, column, {variable.code, figure(value)});
            return;
        }
        const auto total = whole >= 0 ? figure_at(row, whole) : std::nullopt;
        if (total && value > *total) {
            sheet_.report_cell(Rule::part_above_whole, row, column,
                               {variable.code, figure(value), variable.base, figure(*total)});
            return;
        }
        const auto people = population_.find(read_code(sheet_.cell(row, "code_epci"), siren_length));
        if (counts_people(variable) && people != population_.end() && people->second > 0.0 &&
            value > people->second)
            sheet_.report_cell(Rule::above_population, row, column,
                               {variable.code, figure(value), figure(people->second)});
    }

    Sheet& sheet_;
    std::unordered_map<std::string, Variable> variables_; ///< by folded code
    std::unordered_map<std::string, int> columns_;        ///< by folded header
    std::unordered_map<std::string, double> population_;  ///< by SIREN
};

} // namespace

void check_needs(Examination& examination)
{
    if (auto* sheet = examination.find("besoins"))
        NeedCheck(examination, *sheet).run();
}

} // namespace pacte
