#include "core/coverage_sentences.hpp"

#include <cmath>

#include "core/text.hpp"

namespace pacte {

namespace {

std::string percent(double share) { return french_number(share * 100.0, 1) + " %"; }

std::string dispositifs_in_words(int count)
{
    return count == 1 ? "un dispositif" : french_number(count) + " dispositifs";
}

/// `A, B` as one sentence, the first letter in capital.
std::string sentence(const std::string& text)
{
    std::string written = text + ".";
    if (written.front() >= 'a' && written.front() <= 'z')
        written.front() = static_cast<char>(written.front() - 'a' + 'A');
    return written;
}

std::string need_in_words(const Quantity& need)
{
    if (need.is_secret())
        return "un besoin couvert par le secret statistique";
    if (!need.is_known())
        return "un besoin qui n'est pas connu";
    return people_in_words(need.value()) + (std::round(need.value()) >= 2.0 ? " concernées" : " concernée");
}

std::string offer_in_words(const CoverageCell& cell)
{
    const std::string count = dispositifs_in_words(cell.dispositifs);
    if (cell.dispositifs == 0)
        return "aucun dispositif";
    if (!cell.capacity.is_known())
        return count + " dont la capacité n'est pas connue";
    return count + " pour " + people_in_words(cell.capacity.value()) + " par an";
}

} // namespace

std::string people_in_words(double people)
{
    const double whole = std::round(people);
    const bool is_whole = std::abs(people - whole) < 1e-6;
    return (is_whole ? "" : "environ ") + french_number(whole) + (whole >= 2.0 ? " personnes" : " personne");
}

std::string reason_of(const CoverageCell& cell, const Thematique& thematique)
{
    std::string text = need_in_words(cell.need) + ", " + offer_in_words(cell);
    if (cell.rate.is_known() && cell.dispositifs > 0)
        text += " (" + percent(cell.rate.value()) + ", sous le seuil de " +
                percent(cell.rate.value() < thematique.partial_threshold ? thematique.partial_threshold
                                                                         : thematique.covered_threshold) +
                ")";
    if (cell.gap.is_known() && cell.gap.value() > 0.0)
        text += " : il reste " + people_in_words(cell.gap.value()) + " sans réponse";
    else if (cell.status == CoverageStatus::a_preciser)
        text += " : la réponse ne peut pas être mesurée";
    else if (!cell.need.is_known())
        text += " : l'écart ne peut pas être mesuré";
    std::string why = sentence(text);
    if (const std::string reservation = reservation_of(cell); !reservation.empty())
        why += " " + sentence(reservation);
    return why;
}

std::string reservation_of(const CoverageCell& cell)
{
    if (cell.unknown_capacities == 0 || !cell.capacity.is_known())
        return {};
    return cell.unknown_capacities == 1 ? "un dispositif sans capacité connue n'est pas compté"
                                        : french_number(cell.unknown_capacities) +
                                              " dispositifs sans capacité connue ne sont pas comptés";
}

} // namespace pacte
