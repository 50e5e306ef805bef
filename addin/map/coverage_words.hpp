#pragma once

#include <string>

#include "core/coverage.hpp"
#include "core/rows.hpp"

namespace pacte::map {

/// What a status means, with the thresholds of the thématique: « de 40 % à moins
/// de 80 % du besoin ».
[[nodiscard]] std::string meaning_of(CoverageStatus status, const Thematique& thematique);

/// « seuils : 40 % et 80 % du besoin »: printed wherever a status is shown.
[[nodiscard]] std::string thresholds_in_words(const Thematique& thematique);

/// « partiellement couvert (besoin 320 personnes, capacité 180 personnes par an,
/// taux 56 %) ». Where the need is secret, nothing from which it could be
/// computed is said.
[[nodiscard]] std::string in_words(const CoverageCell& cell);

/// The known rate, rounded down to a tenth of a per cent: « 79,9 % » never reads
/// as the 80 % of the threshold.
[[nodiscard]] std::string rate_in_words(const CoverageCell& cell);

[[nodiscard]] std::string share_in_words(double share); ///< `0.4` → « 40 % »

} // namespace pacte::map
