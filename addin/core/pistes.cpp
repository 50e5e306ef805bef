#include "core/pistes.hpp"

#include <algorithm>
#include <cmath>

#include "core/text.hpp"

namespace pacte {

namespace {

constexpr std::size_t fewest_pistes = 2;
constexpr std::size_t most_pistes = 3;

std::string percent(double share) { return french_number(share * 100.0, 1) + " %"; }

bool is_rejected(const Piste& piste) { return fold(piste.decision) == "infirmee"; }

const CoverageTotal* total_of(const Coverage& coverage, const std::string& thematique)
{
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
        if (code_key(coverage.thematiques[t].code) == code_key(thematique))
            return &coverage.totals[t];
    return nullptr;
}

void add_uncovered(PisteResult& result, const CoverageTotal* total)
{
    if (!total || !total->rate.is_known())
        return;
    result.uncovered_need = total->gap;
    result.uncovered_share = Quantity::known(1.0 - total->rate.value());
    result.proposed = proposed_criterion(result.uncovered_share.value());
}

/// The dispositif that the piste would be.
Dispositif dispositif_of(const Piste& piste)
{
    Dispositif dispositif;
    dispositif.id = piste.id;
    dispositif.axe = piste.axe;
    dispositif.thematique = piste.thematique;
    dispositif.zone = piste.zone.empty() ? "territoire" : piste.zone;
    dispositif.capacity = piste.capacity;
    return dispositif;
}

/// The thématique alone, with and without the piste.
WhatIf what_if(const Piste& piste, const CoverageInput& input, const Coverage& before)
{
    std::vector<Thematique> thematiques;
    for (const Thematique& thematique : input.thematiques)
        if (code_key(thematique.code) == code_key(piste.thematique))
            thematiques.push_back(thematique);
    std::vector<Dispositif> dispositifs = input.dispositifs;
    dispositifs.push_back(dispositif_of(piste));
    const Coverage after = compute_coverage(
        {input.territory, thematiques, input.variables, input.needs, dispositifs, input.date});
    WhatIf result;
    if (const CoverageTotal* total = total_of(before, piste.thematique))
        result.before = total->rate;
    if (!after.totals.empty())
        result.after = after.totals.front().rate;
    for (const Epci& epci : after.epcis) {
        const CoverageCell* then = before.at(epci.code, piste.thematique);
        const CoverageCell* now = after.at(epci.code, piste.thematique);
        result.epcis_lifted += then && now && now->status > then->status ? 1 : 0;
    }
    return result;
}

std::string sentence_of(const WhatIf& what_if)
{
    if (!what_if.after.is_known())
        return "La couverture de la thématique ne peut pas être mesurée.";
    const std::string from = what_if.before.is_known() ? "de " + percent(what_if.before.value()) + " " : "";
    std::string sentence =
        "Si cette piste se fait, la couverture passe " + from + "à " + percent(what_if.after.value());
    if (what_if.epcis_lifted > 0)
        sentence += what_if.epcis_lifted == 1
                        ? " ; un EPCI change de statut"
                        : " ; " + french_number(what_if.epcis_lifted) + " EPCI changent de statut";
    return sentence + ".";
}

double uncovered_of(const PisteResult& result)
{
    return result.uncovered_need.is_known() ? result.uncovered_need.value() : -1.0;
}

bool is_before(const PisteResult& a, const PisteResult& b)
{
    if (a.score.value() != b.score.value())
        return a.score.value() > b.score.value();
    return uncovered_of(a) > uncovered_of(b);
}

void rank(const std::vector<Piste>& pistes, std::vector<PisteResult>& results)
{
    const auto takes_part = [&](std::size_t i) {
        return results[i].score.is_known() && !is_rejected(pistes[i]);
    };
    for (std::size_t i = 0; i < pistes.size(); ++i) {
        if (!takes_part(i))
            continue;
        int better = 0;
        for (std::size_t j = 0; j < pistes.size(); ++j)
            better +=
                pistes[j].axe == pistes[i].axe && takes_part(j) && is_before(results[j], results[i]) ? 1 : 0;
        results[i].rank = better + 1;
    }
}

bool names(const Piste& piste, std::initializer_list<const char*> folded)
{
    const std::string actors = fold(piste.associated);
    return std::any_of(folded.begin(), folded.end(),
                       [&](const char* name) { return actors.find(name) != std::string::npos; });
}

} // namespace

std::vector<Piste> read_pistes(const Table& table, const TableSchema& schema)
{
    static constexpr std::array criteria{"besoin_non_couvert", "articulation", "effet_levier",
                                         "objectif_realisable"};
    const Columns columns(schema, table);
    std::vector<Piste> pistes;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        const auto text = [&](const char* field) { return trim(text_of(columns.cell(row, field))); };
        Piste piste;
        piste.id = read_code(columns.cell(row, "id"));
        if (piste.id.empty())
            continue;
        piste.axe = read_axe(columns.cell(row, "axe"));
        piste.thematique = read_code(columns.cell(row, "thematique"));
        piste.title = text("intitule");
        for (std::size_t c = 0; c < criteria.size(); ++c)
            piste.criteria[c] = read_quantity(columns.cell(row, criteria[c]), schema);
        piste.associated = text("acteur_associe");
        piste.decision = text("decision");
        piste.capacity = read_quantity(columns.cell(row, "capacite_prevue"), schema);
        piste.zone = read_code(columns.cell(row, "territoire_vise"));
        piste.row = static_cast<std::int32_t>(i);
        pistes.push_back(std::move(piste));
    }
    return pistes;
}

std::vector<PisteResult> evaluate_pistes(const std::vector<Piste>& pistes, const CoverageInput& input,
                                         const std::array<double, piste_criteria>& weights)
{
    const Coverage coverage = compute_coverage(input);
    std::vector<PisteResult> results(pistes.size());
    for (std::size_t i = 0; i < pistes.size(); ++i) {
        results[i].score = piste_score(pistes[i].criteria, weights);
        add_uncovered(results[i], total_of(coverage, pistes[i].thematique));
        if (!pistes[i].capacity.is_known() || !total_of(coverage, pistes[i].thematique))
            continue;
        results[i].what_if = what_if(pistes[i], input, coverage);
        results[i].sentence = sentence_of(*results[i].what_if);
    }
    rank(pistes, results);
    return results;
}

std::vector<std::string> lacks_of_axe(const std::vector<Piste>& pistes, int axe)
{
    std::vector<const Piste*> kept;
    for (const Piste& piste : pistes)
        if (piste.axe == axe && !is_rejected(piste))
            kept.push_back(&piste);
    std::vector<std::string> lacks;
    const std::string where = "Axe " + std::to_string(axe) + " : ";
    if (kept.size() < fewest_pistes || kept.size() > most_pistes)
        lacks.push_back(where + french_number(static_cast<double>(kept.size())) +
                        (kept.size() < 2 ? " piste" : " pistes") + " ; le cadrage en demande deux ou trois.");
    const auto lacks_actor = [&](std::initializer_list<const char*> folded) {
        return std::any_of(kept.begin(), kept.end(),
                           [&](const Piste* piste) { return !names(*piste, folded); });
    };
    if (axe == 1 && lacks_actor({"caf", "allocationsfamiliales"}))
        lacks.push_back(
            where +
            "la CAF n'est pas l'acteur associé de toutes les pistes ; elle est co-porteuse de l'axe.");
    if (axe == 2 && lacks_actor({"francetravail", "poleemploi"}))
        lacks.push_back(where +
                        "France Travail n'est pas l'acteur associé de toutes les pistes ; il est co-porteur "
                        "de l'axe.");
    return lacks;
}

} // namespace pacte
