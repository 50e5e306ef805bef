#include "dispositifs.hpp"

#include <chrono>

#include "core/rows.hpp"

namespace pacte::bench {

namespace {

using namespace std::chrono_literals;

Cell text(std::string written) { return written; }

} // namespace

Dispositifs::Dispositifs(const Cog& cog, const std::string& departement,
                         std::vector<std::pair<int, std::string>> thematiques, unsigned fault_in)
    : epcis_(cog.epcis_of(departement)), thematiques_(std::move(thematiques)), fault_in_(fault_in)
{
    for (const EpciRecord* epci : epcis_)
        for (const Commune* commune : cog.members(epci->siren))
            communes_.push_back(commune);
}

std::string Dispositifs::zone()
{
    switch (random_() % 4) {
    case 0:
        return "département";
    case 1:
        return any(epcis_)->name + ";" + any(epcis_)->siren;
    case 2:
        return any(communes_)->code + ";" + any(communes_)->code + ";" + any(communes_)->code;
    default:
        return any(epcis_)->siren;
    }
}

std::string Dispositifs::title()
{
    static constexpr const char* what[] = {"Accompagnement",       "Atelier",
                                           "Permanence",           "Plateforme",
                                           "Garage solidaire",     "Aide à la mobilité",
                                           "Référent de parcours", "Chantier d'insertion",
                                           "Épicerie sociale",     "Accueil de jour"};
    static constexpr const char* whom[] = {"des jeunes",
                                           "des familles monoparentales",
                                           "des personnes âgées",
                                           "des bénéficiaires du RSA",
                                           "des femmes isolées",
                                           "des ménages précaires",
                                           "des demandeurs d'emploi",
                                           "des collégiens"};
    return std::string(any(what)) + " " + any(whom) + " de " + any(communes_)->name;
}

Dispositifs::Fields Dispositifs::next()
{
    static constexpr const char* kinds[] = {"Association", "Commune", "EPCI", "CCAS/CIAS", "Mission locale"};
    static constexpr const char* publics[] = {"Jeunes", "Familles", "Femmes;Familles", "Tous publics",
                                              "Séniors"};
    static constexpr const char* prose = "Un accompagnement de proximité, sur rendez-vous ou sans, qui "
                                         "va vers les personnes les plus éloignées "
                                         "et les oriente vers les services dont elles ont besoin, en "
                                         "lien avec les partenaires du territoire.";
    const int index = index_++;
    const auto& [axe, thematique] = any(thematiques_);
    const double state = number(50000);
    const double departement = number(50000);
    const auto start = serial_of(Date{2022y / 1 / 1}) + number(700);
    Fields fields = {{"id", text("D-" + std::to_string(index + 1))},
                     {"axe", static_cast<double>(axe)},
                     {"thematique", text(thematique)},
                     {"intitule", text(title())},
                     {"description", text(prose)},
                     {"porteur_principal", text("CCAS de " + any(communes_)->name)},
                     {"type_de_porteur", text(any(kinds))},
                     {"siret_du_porteur", text("73282932000074")},
                     {"partenaires", text("CAF;Conseil départemental;France Travail")},
                     {"mode_de_financement", text("État;Département")},
                     {"montant_annuel", state + departement},
                     {"part_etat", state},
                     {"part_departement", departement},
                     {"autres_financements", 0.0},
                     {"public_cible", text(any(publics))},
                     {"territoire_couvert", text(zone())},
                     {"capacite", 1.0 + number(300)},
                     {"unite_de_capacite", text("personnes/an")},
                     {"file_active", number(300)},
                     {"annee_de_la_file_active", 2024.0},
                     {"difficultes_rencontrees", text(prose)},
                     {"pistes_de_developpement", text(prose)},
                     {"articulation", text(prose)},
                     {"cadre", text("PDI;CRTE")},
                     {"date_de_debut", start},
                     {"date_de_fin", start + 1200.0 + number(1500)},
                     {"source", text("Entretien E-" + std::to_string(index % 50))},
                     {"mis_a_jour_le", serial_of(Date{2024y / 1 / 1}) + number(800)}};
    spoil(fields);
    return fields;
}

/// With one of eight faults.
void Dispositifs::spoil(Fields& fields)
{
    switch (random_() % (8 * fault_in_)) {
    case 0:
        fields["capacite"] = text("env. 30");
        break;
    case 1:
        fields["thematique"] = text("9.9");
        break;
    case 2:
        fields["territoire_couvert"] = text("Yssingaux");
        break;
    case 3:
        fields["siret_du_porteur"] = 73282932000074.0;
        break;
    case 4:
        fields["public_cible"] = text("Jeunnes");
        break;
    case 5:
        fields["date_de_fin"] = text("31/12/2026");
        break;
    case 6:
        fields["source"] = Blank{};
        break;
    case 7:
        fields["montant_annuel"] = 12.0;
        break;
    default:
        break;
    }
}

} // namespace pacte::bench
