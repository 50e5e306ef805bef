#include <algorithm>

#include "core/text.hpp"
#include "core/validation_sheet.hpp"

// What a thématique that the diagnosis retains must have.

namespace pacte {

namespace {

class ThematiqueCheck {
public:
    ThematiqueCheck(Examination& examination, Sheet& sheet)
        : sheet_(sheet), dispositifs_(examination.find("dispositifs")), needs_(examination.find("besoins")),
          variables_(examination.read("variables", read_variables))
    {
        if (dispositifs_ != nullptr)
            for (const auto row : dispositifs_->keyed_rows())
                with_dispositif_.insert(code_key(read_code(dispositifs_->cell(row, "thematique"))));
        if (const auto* variables = examination.find("variables"))
            for (const auto row : variables->keyed_rows())
                if (!variables->is_sound(row, variables->columns().index("base")))
                    bad_bases_.insert(code_key(variables->code(row, "base")));
        if (needs_ != nullptr)
            for (const int column : needs_->columns().others())
                headers_.insert(fold(needs_->header(column)));
    }

    void run()
    {
        for (const auto row : sheet_.keyed_rows()) {
            check_thresholds(row);
            check_axe(row);
            listed_axes_.insert(read_axe(sheet_.cell(row, "axe")));
            if (!read_boolean(sheet_.cell(row, "retenue")).value_or(false))
                continue;
            check_dispositif(row);
            check_need(row);
            retained_axes_.insert(read_axe(sheet_.cell(row, "axe")));
        }
        check_axes();
    }

private:
    [[nodiscard]] std::string code(std::size_t row) const { return read_code(sheet_.cell(row, "code")); }

    void report(Rule rule, std::size_t row, const char* field, std::initializer_list<std::string> values)
    {
        sheet_.report_cell(rule, row, sheet_.columns().index(field), values);
    }

    /// « Aucun dispositif » in the remark: the lack was seen, and is not an oversight.
    void check_dispositif(std::size_t row)
    {
        const bool known = dispositifs_ != nullptr && dispositifs_->columns().index("thematique") >= 0;
        const bool none = fold(text_of(sheet_.cell(row, "remarque"))).find("aucun") != std::string::npos;
        if (known && !none && !with_dispositif_.contains(code_key(code(row))))
            report(Rule::no_dispositif, row, "code", {code(row)});
    }

    /// `2.4a` and `M2.1` are codes of the axe 2.
    void check_axe(std::size_t row)
    {
        const auto written = code(row);
        const auto digit = written.find_first_of("0123456789");
        const int axe = read_axe(sheet_.cell(row, "axe"));
        const bool numbered = digit != std::string::npos && digit <= 1 && written.substr(digit + 1, 1) == ".";
        if (numbered && axe != 0 && written[digit] - '0' != axe &&
            sheet_.is_sound(row, sheet_.columns().index("axe")))
            report(Rule::axe_of_code, row, "axe",
                   {written, std::string(1, written[digit]), std::to_string(axe)});
    }

    void check_axes()
    {
        // Nothing retained yet: the work has not begun.
        if (retained_axes_.empty())
            return;
        for (int axe = 1; axe <= 4; ++axe)
            if (listed_axes_.contains(axe) && !retained_axes_.contains(axe) && lists_all_axes())
                sheet_.report_table(Rule::axe_without_thematique, {std::to_string(axe)});
    }

    /// A list of some axes alone is a person's choice.
    [[nodiscard]] bool lists_all_axes() const
    {
        return listed_axes_.contains(1) && listed_axes_.contains(2) && listed_axes_.contains(3) &&
               listed_axes_.contains(4);
    }

    void check_need(std::size_t row)
    {
        const int column = sheet_.columns().index("besoin");
        const auto need = read_code(sheet_.cell(row, column));
        if (need.empty() && column >= 0 && !std::holds_alternative<CellError>(sheet_.cell(row, column)))
            report(Rule::no_need, row, "besoin", {code(row)});
        const auto variable = std::find_if(variables_.begin(), variables_.end(), [&](const Variable& known) {
            return code_key(known.code) == code_key(need);
        });
        if (variable == variables_.end() || !sheet_.is_sound(row, column))
            return; // none, or a reference to nothing, told already
        if (variable->nature == VariableNature::taux && variable->base.empty())
            report(Rule::rate_without_base, row, "besoin", {code(row), need});
        else
            check_column(row, *variable);
    }

    void check_column(std::size_t row, const Variable& variable)
    {
        if (needs_ == nullptr)
            return;
        for (const auto& needed : {variable.code, variable.base})
            if (!needed.empty() && !bad_bases_.contains(code_key(needed)) &&
                !headers_.contains(fold(needed))) {
                report(Rule::need_without_column, row, "besoin", {code(row), needed});
                return;
            }
    }

    void check_thresholds(std::size_t row)
    {
        const auto partial = sheet_.figure(row, "seuil_partiel");
        const auto covered = sheet_.figure(row, "seuil_couvert");
        if (partial && covered && *partial >= *covered)
            report(Rule::thresholds_out_of_order, row, "seuil_partiel",
                   {french_number(100.0 * *partial, 1) + " %", french_number(100.0 * *covered, 1) + " %"});
    }

    Sheet& sheet_;
    Sheet* dispositifs_;
    Sheet* needs_;
    std::vector<Variable> variables_;
    std::unordered_set<std::string> with_dispositif_;
    std::unordered_set<std::string> headers_;   ///< of the needs, folded
    std::unordered_set<std::string> bad_bases_; ///< they are no variable: told already
    std::unordered_set<int> listed_axes_;
    std::unordered_set<int> retained_axes_;
};

} // namespace

void check_thematiques(Examination& examination)
{
    if (auto* sheet = examination.find("thematiques"))
        ThematiqueCheck(examination, *sheet).run();
}

} // namespace pacte
