// Validation of 10,000 dispositifs against the tables of Haute-Loire, in memory,
// without the office. Prints the milliseconds (target: under 300).
//
//   bench_validation [rows] [templates]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "core/validation.hpp"

using namespace pacte;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;
using Fields = std::map<std::string, Cell>;

double milliseconds_since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Cell text(std::string written) { return written; }

/// Makes tables as the workbook has them, with a generator that gives the same
/// rows in every run.
class Diagnosis {
public:
    Diagnosis(const Schemas& schemas, const Cog& cog) : schemas_(schemas), cog_(cog)
    {
        for (const auto& schema : schemas.tables()) {
            auto& table = tables[schema.name];
            table.name = schema.name;
            table.sheet = schema.sheet;
            for (const auto& field : schema.fields)
                if (field.per_year.empty())
                    table.headers.push_back(field.title);
        }
        add_territory();
        add_thematiques();
    }

    void add_dispositifs(int count)
    {
        for (int i = 0; i < count; ++i)
            add("dispositifs", dispositif(i));
    }

    std::map<std::string, Table> tables;

private:
    void add(const std::string& name, const Fields& fields)
    {
        auto& table = tables[name];
        const auto [columns, added] = columns_.try_emplace(name, schemas_.table(name), table);
        table.rows.emplace_back(table.headers.size());
        for (const auto& [field, cell] : fields)
            table.rows.back()[static_cast<std::size_t>(columns->second.index(field))] = cell;
    }

    void add_territory()
    {
        add("parametres", {{"cle", text("territoire")}, {"valeur", text("Haute-Loire")}});
        add("parametres", {{"cle", text("code du territoire")}, {"valeur", text("43")}});
        tables["besoins"].headers.emplace_back("MENAGES");
        for (const auto* epci : cog_.epcis_of("43")) {
            epcis_.push_back(epci);
            add("territoires", {{"code_epci", text(epci->siren)},
                                {"nom", text(epci->name)},
                                {"nature", text(epci->nature)},
                                {"population", static_cast<double>(epci->population)},
                                {"retenu", text("oui")}});
            add("besoins", {{"code_epci", text(epci->siren)}, {"nom", text(epci->name)}});
            tables["besoins"].rows.back().back() = static_cast<double>(epci->population) / 2.0;
            for (const auto* commune : cog_.members(epci->siren)) {
                communes_.push_back(commune);
                add("communes", {{"code_insee", text(commune->code)},
                                 {"nom", text(commune->name)},
                                 {"code_epci", text(commune->epci)},
                                 {"population", static_cast<double>(commune->population)}});
            }
        }
    }

    void add_thematiques()
    {
        add("variables", {{"code", text("MENAGES")},
                          {"libelle", text("Ménages")},
                          {"nature", text("effectif")},
                          {"source", text("Insee")},
                          {"millesime", 2021.0}});
        for (int axe = 1; axe <= 4; ++axe)
            for (int rank = 1; rank <= 6; ++rank) {
                const auto code = std::to_string(axe) + "." + std::to_string(rank);
                thematiques_.emplace_back(axe, code);
                add("thematiques", {{"code", text(code)},
                                    {"axe", static_cast<double>(axe)},
                                    {"question", text("Quelle question ?")},
                                    {"intitule_court", text("question " + code)},
                                    {"retenue", text("oui")},
                                    {"besoin", text("MENAGES")}});
            }
        for (const auto* const code : {"PDI", "PTI", "CRTE"})
            add("schemas", {{"code", text(code)}, {"intitule", text(code)}});
    }

    template <typename Values>
    const auto& any(const Values& values)
    {
        return values[static_cast<std::size_t>(random_() % std::size(values))];
    }

    double number(unsigned below) { return static_cast<double>(random_() % below); }

    std::string zone()
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

    std::string title()
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

    Fields dispositif(int index)
    {
        static constexpr const char* kinds[] = {"Association", "Commune", "EPCI", "CCAS/CIAS",
                                                "Mission locale"};
        static constexpr const char* publics[] = {"Jeunes", "Familles", "Femmes;Familles", "Tous publics",
                                                  "Séniors"};
        static constexpr const char* prose = "Un accompagnement de proximité, sur rendez-vous ou sans, qui "
                                             "va vers les personnes les plus éloignées "
                                             "et les oriente vers les services dont elles ont besoin, en "
                                             "lien avec les partenaires du territoire.";
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

    /// One row in twenty has a fault, as in a first version of a diagnosis.
    void spoil(Fields& fields)
    {
        switch (random_() % 160) {
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

    const Schemas& schemas_;
    const Cog& cog_;
    std::map<std::string, Columns> columns_;
    std::vector<const EpciRecord*> epcis_;
    std::vector<const Commune*> communes_;
    std::vector<std::pair<int, std::string>> thematiques_;
    std::mt19937 random_{43};
};

void print_codes(const std::vector<Finding>& findings)
{
    std::map<std::string, int> counts;
    for (const auto& finding : findings)
        ++counts[finding.code];
    for (const auto& [code, count] : counts)
        std::printf("  %s %d\n", code.c_str(), count);
}

} // namespace

int main(int argc, char** argv)
{
    const int rows = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const std::filesystem::path templates = argc > 2 ? argv[2] : PACTE_TEMPLATES;

    auto start = Clock::now();
    const auto schemas = Schemas::load(templates);
    std::printf("schemas read: %.1f ms\n", milliseconds_since(start));
    start = Clock::now();
    const auto cog = Cog::load(templates / "territoire");
    std::printf("COG read: %.1f ms\n", milliseconds_since(start));

    Diagnosis diagnosis(schemas, cog);
    diagnosis.add_dispositifs(rows);
    double best = 1e9;
    FindingList list;
    for (int run = 0; run < 5; ++run) {
        list.findings.clear();
        start = Clock::now();
        validate({schemas, diagnosis.tables, &cog, Date{2026y / 3 / 15}}, list);
        best = std::min(best, milliseconds_since(start));
    }
    std::printf("validation of %d dispositifs: %.1f ms, %zu findings (target 300 ms)\n", rows, best,
                list.findings.size());
    print_codes(list.findings);
    return 0;
}
