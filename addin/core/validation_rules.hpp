#pragma once

#include <initializer_list>
#include <span>
#include <string>

#include "core/finding.hpp"

// The one place where a rule has its code, its severity and its words.

namespace pacte {

enum class Rule {
    missing_table,
    missing_column,
    duplicate_header,
    blank_header,
    table_of_errors,
    unknown_variable_column,
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
    missing_key,
    duplicate_key,
    unknown_reference,
    unknown_element,
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
    no_dispositif,
    no_need,
    need_without_column,
    rate_without_base,
    thresholds_out_of_order,
    epci_without_needs,
    unreadable_zone,
};

struct RuleText {
    Rule rule;
    const char* code;
    Severity severity;
    const char* message;    ///< `{0}`, `{1}`… stand for the values at fault
    const char* suggestion; ///< the same; may be empty
};

/// All of them, in the order of their codes.
[[nodiscard]] std::span<const RuleText> all_rules();

[[nodiscard]] const RuleText& words_of(Rule rule);

/// `pattern` with its `{0}`, `{1}`… replaced.
[[nodiscard]] std::string worded(const char* pattern, std::initializer_list<std::string> values);

} // namespace pacte
