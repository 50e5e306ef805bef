#pragma once

#include <string>

#include "core/coverage.hpp"

// The coverage in the words of a report (cadrage, section 2.A.b: « mettre en lumière
// les besoins peu ou non couverts »).

namespace pacte {

/// `69 personnes`, `1 personne`; people are whole: 69,6 is « environ 70 personnes ».
[[nodiscard]] std::string people_in_words(double people);

/// Why that need is « peu ou non couvert »: « 1 240 personnes concernées, un dispositif
/// pour 310 personnes par an (25 %) : il manque 930 places par an. » A secret figure is
/// never told, nor lets itself be reckoned.
[[nodiscard]] std::string reason_of(const CoverageCell& cell, const Thematique& thematique);

/// What the figure rests on: needs or capacities that are not known.
[[nodiscard]] std::string reservation_of(const CoverageCell& cell);

} // namespace pacte
