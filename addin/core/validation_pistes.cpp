#include <algorithm>
#include <array>

#include "core/money.hpp"
#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// What the cadrage (section 2.A.c) asks of the pistes.

namespace pacte {

namespace {

constexpr double tolerance_euros = 1.0;
constexpr int euro_cents = 2;
constexpr std::size_t fewest_pistes = 2;
constexpr std::size_t most_pistes = 3;

constexpr const char* criteria[] = {"besoin_non_couvert", "articulation", "effet_levier",
                                    "objectif_realisable"};
constexpr const char* parts[] = {"part_etat", "part_departement", "autres"};

class PisteCheck {
public:
    PisteCheck(Examination& examination, Sheet& sheet)
        : institutions_(examination.institutions()), sheet_(sheet)
    {
        if (const auto* found = examination.find("thematiques"))
            thematiques_ = thematiques_of(*found);
    }

    void run()
    {
        for (const auto row : sheet_.keyed_rows()) {
            check_thematique(row);
            check_criteria(row);
            check_bodies(row);
            check_amounts(row);
            if (const int axe = read_axe(sheet_.cell(row, "axe")); axe > 0)
                ++of_axe_[static_cast<std::size_t>(axe - 1)];
        }
        check_numbers();
    }

private:
    [[nodiscard]] int column(const char* field) const { return sheet_.columns().index(field); }
    [[nodiscard]] std::string title(const char* field) const { return sheet_.schema().find(field)->title; }

    void report(Rule rule, std::size_t row, const char* field, std::initializer_list<std::string> values)
    {
        sheet_.report_cell(rule, row, column(field), values);
    }

    void check_thematique(std::size_t row)
    {
        const auto found = thematiques_.find(code_key(sheet_.code(row, "thematique")));
        const int axe = read_axe(sheet_.cell(row, "axe"));
        if (found == thematiques_.end())
            return; // the reference says so
        const auto& thematique = found->second;
        if (axe != 0 && thematique.axe != 0 && axe != thematique.axe)
            report(Rule::axe_of_piste, row, "thematique",
                   {thematique.code, std::to_string(thematique.axe), std::to_string(axe)});
        else if (!thematique.retained)
            report(Rule::piste_not_retained, row, "thematique", {thematique.code});
    }

    void check_criteria(std::size_t row)
    {
        for (const char* criterion : criteria) {
            const auto why = std::string(criterion) + "_pourquoi";
            if (column(criterion) < 0)
                continue;
            if (sheet_.quantity(row, criterion) == Quantity::unknown() &&
                sheet_.is_sound(row, column(criterion)))
                report(Rule::criterion_not_scored, row, criterion, {title(criterion)});
            else if (column(why.c_str()) >= 0 && sheet_.text(row, why).empty() &&
                     sheet_.is_sound(row, column(why.c_str())))
                report(Rule::criterion_not_argued, row, why.c_str(), {title(criterion)});
        }
    }

    void check_bodies(std::size_t row)
    {
        const auto bodies = sheet_.text(row, "acteur_associe");
        const int axe = read_axe(sheet_.cell(row, "axe"));
        if (bodies.empty() || !sheet_.is_sound(row, column("acteur_associe")))
            return;
        if (axe == 1 && !names(bodies, "caf"))
            report(Rule::piste_without_caf, row, "acteur_associe", {});
        if (axe == 2 && !names(bodies, "france-travail"))
            report(Rule::piste_without_france_travail, row, "acteur_associe", {});
    }

    [[nodiscard]] bool names(const std::string& bodies, const char* code) const
    {
        const auto list = split_list(bodies);
        return std::any_of(list.begin(), list.end(),
                           [&](const std::string& body) { return institutions_.names(body, code); });
    }

    void check_amounts(std::size_t row)
    {
        for (const char* field : {"montant_total", "part_etat", "part_departement"})
            if (column(field) >= 0 && sheet_.quantity(row, field) == Quantity::unknown() &&
                sheet_.is_sound(row, column(field)))
                report(Rule::piste_without_amount, row, field, {title(field)});
        const auto total = sheet_.figure(row, "montant_total");
        if (total)
            check_parts(row, *total);
    }

    void check_parts(std::size_t row, double total)
    {
        double sum = 0.0;
        int known = 0;
        for (const char* part : parts) {
            if (!sheet_.is_sound(row, column(part)))
                return;
            const auto value = sheet_.figure(row, part);
            sum += value.value_or(0.0);
            known += value ? 1 : 0;
        }
        const double excess = sum - total;
        if (known > 0 && (excess > tolerance_euros || (known == 3 && excess < -tolerance_euros))) {
            report(Rule::parts_of_piste, row, "montant_total",
                   {french_number(sum, euro_cents), french_number(total, euro_cents)});
            return;
        }
        const auto state = sheet_.figure(row, "part_etat");
        if (state && total > 0.0 && *state > greatest_state_share * total + tolerance_euros)
            report(Rule::piste_over_half, row, "part_etat", {french_number(100.0 * *state / total, 1)});
    }

    void check_numbers()
    {
        if (sheet_.keyed_rows().empty() || column("axe") < 0)
            return;
        const Words none = {"Aucune piste", "No piste"};
        const Words one = {"Une seule piste", "One piste only"};
        for (std::size_t axe = 0; axe < of_axe_.size(); ++axe) {
            const auto count = of_axe_[axe];
            if (count >= fewest_pistes && count <= most_pistes)
                continue;
            const auto written = count == 0   ? std::string(sheet_.say(none))
                                 : count == 1 ? std::string(sheet_.say(one))
                                              : std::to_string(count) + " pistes";
            sheet_.report_table(Rule::number_of_pistes, {std::to_string(axe + 1), written});
        }
    }

    const Institutions& institutions_;
    Sheet& sheet_;
    std::unordered_map<std::string, Thematique> thematiques_;
    std::array<std::size_t, 4> of_axe_{};
};

} // namespace

void check_pistes(Examination& examination)
{
    if (auto* sheet = examination.find("pistes"))
        PisteCheck(examination, *sheet).run();
}

} // namespace pacte
