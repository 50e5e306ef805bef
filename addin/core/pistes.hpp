#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/coverage.hpp"
#include "core/rows.hpp"
#include "core/scores.hpp"

// Pistes of contractualisation (cadrage, section 2.A.c): scored, ranked in their axe,
// with what each would change.

namespace pacte {

/// A row of `Pistes`.
struct Piste {
    std::string id;
    int axe = 0;
    std::string thematique;
    std::string title;
    std::array<Quantity, piste_criteria> criteria; ///< 0 to 4 each
    std::string associated;                        ///< acteurs associés, as written
    std::string decision;                          ///< proposée, validée, amendée, infirmée
    Quantity capacity;                             ///< people a year that it would serve
    std::string zone;      ///< territoire visé, as « territoire couvert »; empty: the whole
    std::int32_t row = -1; ///< index in Table::rows
};

[[nodiscard]] std::vector<Piste> read_pistes(const Table& table, const TableSchema& schema);

/// « Si cette piste se fait, la couverture passe de … à … »: a rate of the département
/// is Σ min(C,N) / Σ N.
struct WhatIf {
    Quantity before;
    Quantity after;
    int epcis_lifted = 0; ///< EPCI whose status gets better
};

struct PisteResult {
    Quantity score;           ///< out of 100
    std::optional<int> rank;  ///< in its axe; nothing where the score is not known, or it is « infirmée »
    Quantity uncovered_need;  ///< people, of its thématique; a gap with some unknown capacity is a ceiling
    Quantity uncovered_share; ///< of the need
    std::optional<int> proposed;   ///< first criterion that the coverage proposes
    std::optional<WhatIf> what_if; ///< where a capacity is typed
    std::string sentence;          ///< what the what-if says, in French; empty where there is none
};

/// In the order of the pistes. Of two equal scores, the greater uncovered need is
/// first; if it is equal too they share the rank.
[[nodiscard]] std::vector<PisteResult> evaluate_pistes(const std::vector<Piste>& pistes,
                                                       const CoverageInput& input,
                                                       const std::array<double, piste_criteria>& weights);

/// What an axe lacks of the cadrage: 2 or 3 pistes (those that are not « infirmée »),
/// the CAF in axe 1 and France Travail in axe 2. French sentences.
[[nodiscard]] std::vector<std::string> lacks_of_axe(const std::vector<Piste>& pistes, int axe);

} // namespace pacte
