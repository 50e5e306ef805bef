#include "map/coverage_words.hpp"

#include <cmath>

#include "map/wording.hpp"

namespace pacte::map {

namespace {

std::string people(const Quantity& figure) { return in_words(figure, "personnes", 0); }

} // namespace

std::string share_in_words(double share)
{
    const double percent = share * 100.0;
    return with_unit(fixed_number(percent, decimals_of({percent}, 1)), "%");
}

std::string meaning_of(CoverageStatus status, const Thematique& thematique)
{
    const auto partial = share_in_words(thematique.partial_threshold);
    const auto covered = share_in_words(thematique.covered_threshold);
    switch (status) {
    case CoverageStatus::couvert:
        return covered + " du besoin ou plus";
    case CoverageStatus::partiellement_couvert:
        return "de " + partial + " à moins de " + covered + " du besoin";
    case CoverageStatus::peu_couvert:
        return "moins de " + partial + " du besoin";
    case CoverageStatus::non_couvert:
        return "aucun dispositif actif";
    case CoverageStatus::a_preciser:
        return "des dispositifs, aucune capacité connue";
    case CoverageStatus::non_evaluable:
        return "besoin non disponible ou secret";
    case CoverageStatus::sans_objet:
        break;
    }
    return "besoin nul";
}

std::string thresholds_in_words(const Thematique& thematique)
{
    return "seuils : peu couvert en dessous de " + share_in_words(thematique.partial_threshold) +
           " du besoin, couvert à partir de " + share_in_words(thematique.covered_threshold);
}

std::string rate_in_words(const CoverageCell& cell)
{
    const double percent = std::floor(cell.rate.value() * 1000.0 + 1e-9) / 10.0;
    return with_unit(fixed_number(percent, decimals_of({percent}, 1)), "%");
}

std::string in_words(const CoverageCell& cell)
{
    std::string words = std::string(label_of(cell.status)) + " (besoin : " + people(cell.need);
    words += ", capacité : " +
             (cell.capacity.is_known() ? people(cell.capacity) + " par an" : people(cell.capacity));
    if (cell.need.is_known() && cell.rate.is_known())
        words += ", taux : " + rate_in_words(cell);
    return words + ")";
}

} // namespace pacte::map
