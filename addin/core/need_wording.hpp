#pragma once

#include <string>
#include <string_view>

#include "core/known_variables.hpp"

// What the words of a header say of its figures.

namespace pacte {

/// The last year (1960 to 2100) written in the text, on its own or within a
/// date; empty where there is none.
[[nodiscard]] std::string year_in(std::string_view text);

/// « Part de », « taux », `%` → taux; « médiane », « revenu », `€` → montant;
/// « indice », « rapport interdécile » → indice; anything else is a count.
[[nodiscard]] VariableNature nature_of(std::string_view label, std::string_view unit);

/// `%`, `€`, `personnes`, `ménages`… as the label suggests; may be empty.
[[nodiscard]] std::string unit_of(std::string_view label, VariableNature nature);

/// A code for a variable that has only a label: its first meaningful words,
/// four letters each (`PART_POPU_ELOI_EQUI_INTE`); an identifier loses the year
/// at its end (`TP6021` → `TP60`, `P20_POP` → `POP`).
[[nodiscard]] std::string variable_code(std::string_view header, const std::string& year);

/// One word of letters, digits and underscores, as producers name their variables.
[[nodiscard]] bool is_identifier(std::string_view header);

} // namespace pacte
