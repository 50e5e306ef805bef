#include "core/offer_dispositifs.hpp"

#include <algorithm>
#include <tuple>

#include "core/text.hpp"

namespace pacte {

namespace {

constexpr const char* to_complete = "à compléter";
constexpr const char* whole_territory = "département";

bool is_national(std::string_view code) { return fold(code) == "france" || code == "99100"; }

std::string joined(const std::set<std::string>& elements)
{
    std::string list;
    for (const std::string& element : elements)
        list += (list.empty() ? "" : ";") + element;
    return list;
}

std::string publics_of(const OfferRecord& record, const std::vector<ListItem>& publics)
{
    std::string list;
    for (const std::string& code : record.publics) {
        const auto found = std::find_if(publics.begin(), publics.end(),
                                        [&](const ListItem& item) { return item.code == code; });
        if (found != publics.end())
            list += (list.empty() ? "" : ";") + found->label;
    }
    return list.empty() ? to_complete : list;
}

std::string carrier_of(const OfferRecord& record, const std::map<std::string, std::string>& structures)
{
    const auto found = structures.find(record.structure);
    if (found != structures.end())
        return found->second;
    return record.structure.empty() ? to_complete
                                    : std::string(to_complete) + " (structure " + record.structure + ")";
}

/// One service, whatever its places.
struct Proposal {
    const OfferRecord* record = nullptr;
    std::set<std::string> covered;
};

} // namespace

std::string covered_by(const std::vector<std::string>& zone, const ZoneTerritory& territory,
                       bool is_placed_there)
{
    std::set<std::string> covered;
    for (const std::string& code : zone) {
        if (territory.departements.contains(code) || (is_placed_there && is_national(code)))
            return whole_territory;
        if (territory.epcis.contains(code) || territory.communes.contains(code))
            covered.insert(code);
    }
    return joined(covered);
}

std::vector<std::map<std::string, Cell>> proposed_dispositifs(const std::vector<EligibleService>& services,
                                                              const OfferMapping& mapping,
                                                              const DispositifSource& from)
{
    std::map<std::tuple<const Thematique*, std::string, std::string>, Proposal> proposals;
    for (const EligibleService& service : services)
        for (const std::string& category : service.record.categories) {
            const auto* targets = mapping.find(from.source_key, category);
            if (targets == nullptr)
                continue;
            for (const OfferTarget& target : *targets) {
                const auto thematique =
                    std::find_if(from.thematiques.begin(), from.thematiques.end(),
                                 [&](const Thematique& known) { return known.code == target.thematique; });
                if (thematique == from.thematiques.end())
                    continue;
                Proposal& proposal =
                    proposals[{&*thematique, fold(service.record.name), service.record.structure}];
                if (proposal.record == nullptr)
                    proposal.record = &service.record;
                for (std::string& code : split_list(service.covered))
                    proposal.covered.insert(std::move(code));
            }
        }
    std::vector<std::map<std::string, Cell>> rows;
    for (const auto& [key, proposal] : proposals) {
        const Thematique& thematique = *std::get<0>(key);
        const OfferRecord& record = *proposal.record;
        auto& row = rows.emplace_back();
        row = {{"axe", static_cast<double>(thematique.axe)},
               {"thematique", thematique.code},
               {"intitule", record.name},
               {"porteur_principal", carrier_of(record, from.structures)},
               {"type_de_porteur", std::string(to_complete)},
               {"mode_de_financement", std::string(to_complete)},
               {"public_cible", publics_of(record, from.publics)},
               {"territoire_couvert", proposal.covered.contains(whole_territory)
                                          ? std::string(whole_territory)
                                          : joined(proposal.covered)},
               {"source", from.source + " ; proposition, " + to_complete}};
        if (const auto date = read_date(Cell(record.updated)))
            row["mis_a_jour_le"] = serial_of(*date);
    }
    return rows;
}

} // namespace pacte
