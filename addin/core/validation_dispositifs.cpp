#include <algorithm>
#include <cmath>

#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// The rules that a row of the tableau synthétique respects by itself.

namespace pacte {

namespace {

/// The parts are rounded to the euro, each on its own.
constexpr double tolerance_euros = 1.0;

constexpr std::chrono::years longest_without_update{2};

constexpr int euro_cents = 2;

class DispositifCheck {
public:
    DispositifCheck(Examination& examination, Sheet& sheet)
        : examination_(examination), sheet_(sheet), schema_(sheet.schema()),
          variables_(sound_variables(examination))
    {
        if (const auto* found = examination.find("thematiques"))
            thematiques_ = thematiques_of(*found);
        if (const auto* found = examination.find("besoins"))
            needs_ = read_needs(found->table(), found->schema());
        if (const auto* territory = examination.territory())
            for (const auto& epci : territory->epcis())
                population_ += epci.population;
    }

    void run()
    {
        for (const auto row : sheet_.keyed_rows()) {
            check_axe(row);
            check_parts(row);
            check_served(row, "capacite");
            check_served(row, "file_active");
            if (examination_.knows_date()) {
                check_end(row);
                check_update(row);
            }
        }
        if (!without_need_.empty())
            examination_.not_checked(Rule::not_checked_need, "dispositifs", {list_of_codes()});
    }

private:
    void report(Rule rule, std::size_t row, const char* field, std::initializer_list<std::string> values)
    {
        sheet_.report_cell(rule, row, sheet_.columns().index(field), values);
    }

    [[nodiscard]] Quantity quantity(std::size_t row, const char* field) const
    {
        return sheet_.quantity(row, field);
    }

    [[nodiscard]] std::string title(const char* field) const { return schema_.find(field)->title; }

    /// Null where the thématique is not known: the reference says so.
    [[nodiscard]] const Thematique* thematique_of(std::size_t row) const
    {
        const auto found = thematiques_.find(code_key(read_code(sheet_.cell(row, "thematique"))));
        return found != thematiques_.end() ? &found->second : nullptr;
    }

    void check_axe(std::size_t row)
    {
        const int axe = read_axe(sheet_.cell(row, "axe"));
        const auto* thematique = thematique_of(row);
        if (axe != 0 && thematique != nullptr && thematique->axe != 0 && thematique->axe != axe)
            report(Rule::thematique_of_axe, row, "thematique",
                   {thematique->code, std::to_string(thematique->axe), std::to_string(axe)});
    }

    /// Where a part is not known, the others may not be more than the amount.
    void check_parts(std::size_t row)
    {
        if (!sheet_.is_sound(row, sheet_.columns().index("montant_annuel")))
            return;
        const auto amount = quantity(row, "montant_annuel");
        double sum = 0.0;
        int known = 0;
        for (const auto* const field : {"part_etat", "part_departement", "autres_financements"}) {
            if (!sheet_.is_sound(row, sheet_.columns().index(field)))
                return;
            if (const auto part = quantity(row, field); part.is_known()) {
                sum += part.value();
                ++known;
            }
        }
        if (!amount.is_known() || known == 0)
            return;
        const double excess = sum - amount.value();
        if (excess > tolerance_euros || (known == 3 && excess < -tolerance_euros))
            report(Rule::parts_of_amount, row, "montant_annuel",
                   {french_number(sum, euro_cents), french_number(amount.value(), euro_cents)});
    }

    /// People a year: never more than those concerned, nor than the inhabitants.
    void check_served(std::size_t row, const char* field)
    {
        const auto served = quantity(row, field);
        const int column = sheet_.columns().index(field);
        if (!served.is_known() || !sheet_.is_sound(row, column))
            return;
        const auto* thematique = thematique_of(row);
        const auto need = thematique != nullptr ? need_of_territory(*thematique) : Quantity::unknown();
        if (need.is_known() && served.value() > need.value())
            report(
                Rule::more_than_need, row, field,
                {title(field), french_number(served.value()), thematique->code, french_number(need.value())});
        else if (population_ > 0.0 && served.value() > population_)
            report(Rule::more_than_population, row, field,
                   {title(field), french_number(served.value()), french_number(population_)});
    }

    /// Σ of the needs of the EPCI; unknown as soon as one of them is.
    Quantity need_of_territory(const Thematique& thematique)
    {
        const auto* territory = examination_.territory();
        if (territory == nullptr || thematique.need.empty())
            return Quantity::unknown();
        const auto [known, added] = need_.try_emplace(thematique.code);
        if (!added)
            return known->second;
        const bool counted = std::any_of(variables_.begin(), variables_.end(), [&](const Variable& variable) {
            return code_key(variable.code) == code_key(thematique.need);
        });
        if (!counted) {
            without_need_.push_back(thematique.code);
            return known->second;
        }
        double sum = 0.0;
        for (const auto& epci : territory->epcis()) {
            const auto need = need_of(epci.code, thematique, variables_, needs_);
            if (!need.is_known()) {
                without_need_.push_back(thematique.code);
                return known->second;
            }
            sum += need.value();
        }
        return known->second = Quantity::known(sum);
    }

    [[nodiscard]] std::string list_of_codes() const
    {
        std::string list;
        for (const auto& code : without_need_)
            list += (list.empty() ? "" : ", ") + code;
        return list;
    }

    void check_end(std::size_t row)
    {
        const int column = sheet_.columns().index("date_de_fin");
        const auto end = read_date(sheet_.cell(row, column));
        if (end && *end < examination_.date() && sheet_.is_sound(row, column))
            report(Rule::expired, row, "date_de_fin", {french_date(*end)});
    }

    void check_update(std::size_t row)
    {
        const int column = sheet_.columns().index("mis_a_jour_le");
        const auto updated = read_date(sheet_.cell(row, column));
        if (!updated || !sheet_.is_sound(row, column))
            return;
        // 29 February plus two years is no date: the day before stands for it.
        auto limit = *updated + longest_without_update;
        if (!limit.ok())
            limit = Date{limit.year() / limit.month() / std::chrono::last};
        if (limit < examination_.date())
            report(Rule::not_updated, row, "mis_a_jour_le", {french_date(*updated)});
    }

    Examination& examination_;
    Sheet& sheet_;
    const TableSchema& schema_;
    std::unordered_map<std::string, Thematique> thematiques_;
    std::vector<Variable> variables_;
    Needs needs_;
    double population_ = 0.0;
    std::unordered_map<std::string, Quantity> need_; ///< by code of thématique
    std::vector<std::string> without_need_;          ///< the thématiques that cannot be compared
};

} // namespace

void check_dispositifs(Examination& examination)
{
    if (auto* sheet = examination.find("dispositifs"))
        DispositifCheck(examination, *sheet).run();
}

} // namespace pacte
