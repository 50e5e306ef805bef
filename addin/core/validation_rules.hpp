#pragma once

#include <initializer_list>
#include <span>
#include <string>

#include "core/finding.hpp"

// The one place where a rule written in C++ has its code, its severity and its
// words. The rules that a Table Schema declares (`pacte.rules`) have theirs there.

namespace pacte {

enum class Language { french, english };

/// The same words in the two languages of the product.
struct Words {
    const char* french;
    const char* english;

    [[nodiscard]] const char* in(Language language) const
    {
        return language == Language::french ? french : english;
    }
};

enum class Rule {
    missing_table,
    missing_column,
    duplicate_header,
    blank_header,
    table_of_errors,
    unknown_variable_column,
    columns_not_matching,
    required_value,
    cell_error,
    not_a_number,
    not_an_integer,
    not_a_date,
    not_a_year,
    not_a_boolean,
    not_in_enumeration,
    below_minimum,
    above_maximum,
    not_matching_pattern,
    too_short,
    too_long,
    not_unique,
    number_as_text,
    date_as_text,
    dates_out_of_order,
    unknown_as_text,
    not_of_type,
    not_of_structure,
    missing_key,
    duplicate_key,
    unknown_reference,
    unknown_element,
    duplicate_unique_key,
    siren_form,
    siren_key,
    siret_form,
    siret_key,
    code_as_number,
    insee_form,
    insee_unknown,
    insee_old,
    insee_outside,
    epci_unknown,
    epci_outside,
    epci_of_commune,
    other_cog,
    name_of_other,
    former_name,
    name_nearly_alike,
    period_out_of_order,
    unknown_setting,
    epci_without_needs,
    unreadable_zone,
    no_epci,
    commune_above_epci,
    no_dispositif,
    no_need,
    need_without_column,
    rate_without_base,
    thresholds_out_of_order,
    axe_without_thematique,
    axe_of_code,
    rate_out_of_bounds,
    negative_count,
    part_above_whole,
    above_population,
    thematique_of_axe,
    parts_of_amount,
    more_than_need,
    more_than_population,
    unreadable_distribution,
    weight_not_positive,
    distribution_outside,
    expired,
    near_duplicate,
    not_updated,
    half_a_point,
    point_outside,
    point_far,
    place_without_point,
    thematique_of_dispositif,
    near_duplicate_place,
    number_of_pistes,
    criterion_not_scored,
    criterion_not_argued,
    piste_without_caf,
    piste_without_france_travail,
    piste_without_amount,
    parts_of_piste,
    piste_over_half,
    axe_of_piste,
    piste_not_retained,
    near_duplicate_piste,
    axe_without_action,
    action_of_rejected_piste,
    action_without_caf,
    action_without_france_travail,
    action_without_realisation,
    action_without_result,
    action_without_budget,
    near_duplicate_action,
    over_half_of_year,
    year_outside_period,
    budget_of_nothing,
    budget_of_piste,
    target_against_sense,
    yearly_target_missing,
    coordination_not_said,
    last_target_differs,
    t0_of_other_year,
    no_geometric_way,
    percentage_out_of_bounds,
    reached_in_future,
    target_year_outside,
    yearly_target_against_sense,
    t0_changed_since_frozen,
    member_missing,
    associated_body_absent,
    too_few_sessions,
    meeting_missing,
    minutes_missing,
    too_many_pages,
    not_checked_table,
    not_checked_column,
    not_checked_empty,
    not_checked_territory,
    not_checked_need,
    not_checked_setting,
};

inline constexpr std::size_t rule_count = static_cast<std::size_t>(Rule::not_checked_setting) + 1;

struct RuleText {
    Rule rule;
    const char* code;
    Severity severity;
    Words title;         ///< what the rule is about, for the documentation
    Words message;       ///< `{0}`, `{1}`… stand for the values at fault
    Words suggestion;    ///< the same; may be empty
    Words cost;          ///< what the fault costs the diagnosis
    const char* example; ///< a cell, or a case, that the rule finds
    /// What the rule reads, beside its own table, separated by spaces: a table
    /// (`besoins`), one of its columns (`pistes.axe`), a table that must hold a
    /// row (`pistes+`), `cog`. Where it is missing, the rule says « non vérifié ».
    const char* needs = "";
};

/// All of them, family by family, in the order of their codes.
[[nodiscard]] std::span<const RuleText> all_rules();

[[nodiscard]] const RuleText& words_of(Rule rule);

/// `pattern` with its `{0}`, `{1}`… replaced.
[[nodiscard]] std::string worded(const char* pattern, std::initializer_list<std::string> values);

} // namespace pacte
