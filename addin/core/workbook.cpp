// What a new diagnosis and the example of Haute-Loire hold.

#include "core/workbook.hpp"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <chrono>
#include <initializer_list>

#include "core/csv.hpp"
#include "core/error.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace pacte {

namespace {

using Row = WorkbookContent::Row;
using Rows = std::vector<Row>;

constexpr int longest_period = 6; ///< years that a fiche-action shows

[[noreturn]] void bad_value(const std::string& what) { throw Failure(Failure::Cause::bad_value, what); }

Cell number_cell(std::int64_t value) { return static_cast<double>(value); }

/// What the diagnosis is about.
struct Subject {
    bool is_metropole = false;
    std::string code;
    std::string name;
};

Subject subject_of(const NewDiagnosis& request, const Cog& cog)
{
    if (!request.metropole.empty()) {
        const auto* epci = cog.epci(request.metropole);
        if (epci == nullptr || epci->nature != "METRO")
            bad_value("« " + request.metropole +
                      " » n'est pas le SIREN d'une métropole. Choisissez-la dans la liste.");
        return {true, epci->siren, epci->name};
    }
    const auto* departement = cog.departement(request.departement);
    if (departement == nullptr)
        bad_value("« " + request.departement +
                  " » n'est pas le code d'un département. Choisissez-le dans la liste.");
    return {false, departement->code, departement->name};
}

void check_years(const NewDiagnosis& request)
{
    if (request.t0_year < 2000 || request.last_year > 2100)
        bad_value("Les années doivent être comprises entre 2000 et 2100. Corrigez-les.");
    if (request.first_year > request.last_year)
        bad_value("La période commence en " + std::to_string(request.first_year) + " et finit en " +
                  std::to_string(request.last_year) + " : inversez ces deux années.");
    if (request.t0_year > request.first_year)
        bad_value("Le T0 (" + std::to_string(request.t0_year) +
                  ") doit précéder la période, qui commence en " + std::to_string(request.first_year) + ".");
    if (request.last_year - request.first_year >= longest_period)
        bad_value("La période dure " + std::to_string(request.last_year - request.first_year + 1) +
                  " ans : les fiches-actions en montrent " + std::to_string(longest_period) + " au plus.");
}

Row setting(const char* key, Cell value, const char* explanation)
{
    return {
        {"cle", std::string(key)}, {"valeur", std::move(value)}, {"explication", std::string(explanation)}};
}

Rows settings_of(const NewDiagnosis& request, const Subject& subject, const Cog& cog)
{
    const auto year = "COG " + std::to_string(cog.year());
    return {
        setting("version", std::to_string(workbook_version), "Version du classeur. Ne pas modifier."),
        setting("territoire", subject.name, "Nom du territoire : il figure sur les cartes et les documents."),
        setting("type de territoire", std::string(subject.is_metropole ? "métropole" : "département"),
                "département ou métropole."),
        setting("code du territoire", subject.code,
                "Code du département (43, 2A, 974) ou SIREN de la métropole."),
        setting("année T0", number_cell(request.t0_year), "Année de la situation de départ."),
        setting("début de la période", number_cell(request.first_year), "Première année du pacte."),
        setting("fin de la période", number_cell(request.last_year), "Dernière année du pacte."),
        setting("date de référence", Blank{},
                "Un dispositif compte s'il est actif à cette date. Vide : la date du jour."),
        setting("seuil partiel", 0.4,
                "Au-dessous de cette part du besoin, le statut est « peu couvert ». Une thématique peut "
                "avoir le sien."),
        setting("seuil couvert", 0.8,
                "À partir de cette part du besoin, le statut est « couvert ». Une thématique peut avoir le "
                "sien."),
        setting("rayon d'accès (km)", 15.0,
                "Distance, à vol d'oiseau, en deçà de laquelle un lieu est accessible."),
        setting("anneaux de l'APL", Blank{},
                "Distances (km) et poids de l'accessibilité potentielle localisée, par exemple « 5=1; "
                "10=0,3; 15=0,1 ». Vide : 1 jusqu'à la moitié du rayon d'accès, 0,3 jusqu'aux trois quarts, "
                "0,1 jusqu'au rayon."),
        setting("lieux itinérants", std::string("non"),
                "oui : les lieux itinérants comptent dans l'accessibilité comme les autres ; non : ils sont "
                "laissés à part."),
        setting("méthode de classes", std::string("naturelles"),
                "Classes des cartes : naturelles, quantiles, égales, écarts-types, géométriques, q6 ou "
                "manuelles."),
        setting("nombre de classes", 5.0, "Nombre de classes des cartes, de 2 à 7."),
        setting(
            "palette", std::string("automatique"),
            "Couleurs des cartes : automatique, ocre, bleu, vert, violet, gris, ou divergente suivi de son "
            "centre (divergente 13,1)."),
        setting("carte du besoin", Blank{},
                "Codes des variables à cartographier, séparés par un point-virgule. Vide : le premier taux."),
        setting("cartes de statut", Blank{},
                "Codes des thématiques dont la couverture est à cartographier. Vide : celle que Pacte juge "
                "parlante."),
        setting("cartes croisées", Blank{},
                "Codes des thématiques dont le besoin et l'offre sont à croiser. Vide : celle que Pacte juge "
                "parlante."),
        setting("seuil atteint", 1.0, "Part de la cible de l'année à partir de laquelle elle est atteinte."),
        setting("seuil bonne voie", 0.8,
                "Part de la cible de l'année à partir de laquelle on est en bonne voie."),
        setting("poids des critères de piste", std::string("1;1;1;1"),
                "Poids des quatre critères : besoin non couvert, articulation, effet levier, objectif "
                "réalisable."),
        setting("enveloppe de l'État (€)", Blank{},
                "Montant total que l'État peut engager sur la période, toutes actions réunies."),
        setting("classes de la typologie", 3.0,
                "Nombre de classes d'EPCI qui se ressemblent, dans la synthèse."),
        setting("géographie", year, "Code officiel géographique des communes et des EPCI."),
        setting("ligne de source", "Territoire : Insee et DGCL, " + year + ".",
                "Mention portée au bas des cartes et des documents."),
        setting("pages du rapport", Blank{},
                "Nombre de pages du document final : le cadrage en admet trente."),
        setting("contrôle à la saisie", std::string("non"),
                "oui : chaque cellule saisie ou collée est contrôlée aussitôt, avec les règles de sa ligne."),
    };
}

/// The EPCI of the subject, and whether the diagnosis retains them.
std::vector<std::pair<const EpciRecord*, bool>> epcis_of(const Subject& subject, const Cog& cog)
{
    std::vector<std::pair<const EpciRecord*, bool>> epcis;
    if (subject.is_metropole)
        return {{cog.epci(subject.code), true}};
    for (const auto* epci : cog.epcis_of(subject.code))
        epcis.emplace_back(epci, cog.share_in(epci->siren, subject.code) >= 0.5);
    // Paris and its neighbours share one métropole: none has half of it.
    if (std::none_of(epcis.begin(), epcis.end(), [](const auto& epci) { return epci.second; }))
        for (auto& epci : epcis)
            epci.second = true;
    return epcis;
}

Row commune_row(const Commune& commune)
{
    Row row = {{"code_insee", commune.code},
               {"nom", commune.name},
               {"code_epci", commune.epci},
               {"population", number_cell(commune.population)}};
    if (commune.point) {
        row["latitude"] = commune.point->latitude;
        row["longitude"] = commune.point->longitude;
        row["source_des_coordonnees"] = std::string("GeoNames (CC-BY 4.0)");
    }
    return row;
}

/// Territoires, Communes and the rows of Besoins. Of an EPCI that is not
/// retained, only the communes of the département are listed.
void add_territory(WorkbookContent& content, const Subject& subject, const Cog& cog)
{
    for (const auto& [epci, retained] : epcis_of(subject, cog)) {
        const auto members = cog.members(epci->siren);
        content.rows["territoires"].push_back({{"code_epci", epci->siren},
                                               {"nom", epci->name},
                                               {"nature", epci->nature},
                                               {"population", number_cell(epci->population)},
                                               {"communes", static_cast<double>(members.size())},
                                               {"retenu", std::string(retained ? "oui" : "non")}});
        if (retained)
            content.rows["besoins"].push_back({{"code_epci", epci->siren}, {"nom", epci->name}});
        for (const auto* commune : members)
            if (retained || commune->departement == subject.code)
                content.rows["communes"].push_back(commune_row(*commune));
    }
    auto& communes = content.rows["communes"];
    std::sort(communes.begin(), communes.end(), [](const Row& a, const Row& b) {
        return std::get<std::string>(a.at("code_insee")) < std::get<std::string>(b.at("code_insee"));
    });
}

/// `2.4a` and `M2.1` are of axe 2.
double axe_of(const std::string& code)
{
    const auto digit = code.find_first_of("1234");
    return digit != std::string::npos ? code[digit] - '0' : 0;
}

Rows thematiques_of(const std::vector<ListItem>& list)
{
    Rows rows;
    for (const auto& item : list)
        rows.push_back({{"code", item.code},
                        {"axe", axe_of(item.code)},
                        {"question", item.description},
                        {"intitule_court", item.label},
                        {"retenue", std::string("non")}});
    return rows;
}

Rows schemas_of(const std::vector<ListItem>& list)
{
    Rows rows;
    for (const auto& item : list)
        rows.push_back({{"code", item.code}, {"intitule", item.label}});
    return rows;
}

/// A task of the retroplanning; years are counted from the year before the period.
struct Task {
    const char* name;
    int first_month, first_day;
    int last_month, last_day;
    const char* livrable;
    const char* responsable;
    int year = 0;
};

/// The planning of the cadrage (section 2.D, and 3 and 4 for the consultation).
/// Its dates are of 2023, for a pact of 2024–2027.
constexpr std::initializer_list<Task> retroplanning = {
    {"Consultation des prestataires et choix de l'offre", 3, 27, 4, 24, "Offre retenue", "DDETSPP"},
    {"Première réunion du comité de suivi : lancement du diagnostic", 5, 15, 5, 31,
     "Thématiques à explorer pour chaque axe", "Commissaire, DDETSPP"},
    {"Mise à disposition des panoramas de la pauvreté (Insee, DIPLP)", 6, 1, 6, 30, "Données par EPCI",
     "DIPLP"},
    {"Réalisation de l'état des lieux", 6, 1, 9, 15, "État des lieux, tableau des dispositifs, cartes",
     "Prestataire"},
    {"Présentation de l'état des lieux au comité de suivi, avec les acteurs associés", 9, 15, 9, 30,
     "Rapport provisoire, présentation", "Prestataire, DDETSPP"},
    {"Séance de travail du comité : axe 1, avec la CAF", 10, 1, 10, 15, "Compte-rendu",
     "DDETSPP, Département"},
    {"Séance de travail du comité : axe 2, avec France Travail", 10, 16, 10, 31, "Compte-rendu",
     "DDETSPP, Département"},
    {"Séance de travail du comité : axe 3", 11, 1, 11, 15, "Compte-rendu", "DDETSPP, Département"},
    {"Séance de travail du comité : axe 4 et suivi des objectifs", 11, 16, 11, 30, "Compte-rendu",
     "DDETSPP, Département"},
    {"Rédaction du rapport et des fiches-actions", 11, 1, 12, 8, "Rapport (30 pages au plus), fiches-actions",
     "Prestataire"},
    {"Séminaire de restitution, en présence du préfet et du commissaire", 12, 1, 12, 15,
     "Rapport définitif, synthèse des pistes", "DDETSPP, prestataire"},
    {"Signature du pacte local des solidarités", 1, 1, 3, 31, "Convention signée", "Préfet, Département", 1},
};

Cell day_cell(int year, int month, int day)
{
    using namespace std::chrono;
    return serial_of(Date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                          std::chrono::day{static_cast<unsigned>(day)}});
}

std::string task_id(std::size_t rank)
{
    const auto digits = std::to_string(rank);
    return "T-" + std::string(digits.size() < 2 ? "0" : "") + digits;
}

Rows planning_of(const NewDiagnosis& request)
{
    Rows rows;
    for (const auto& task : retroplanning) {
        const int year = request.first_year - 1 + task.year;
        rows.push_back({{"id", task_id(rows.size() + 1)},
                        {"tache", std::string(task.name)},
                        {"debut", day_cell(year, task.first_month, task.first_day)},
                        {"fin", day_cell(year, task.last_month, task.last_day)},
                        {"livrable", std::string(task.livrable)},
                        {"responsable", std::string(task.responsable)},
                        {"avancement", 0.0}});
    }
    // The same figures are compared with T0 three years later (section 1.B).
    rows.push_back({{"id", task_id(rows.size() + 1)},
                    {"tache", std::string("Bilan à mi-parcours : les mêmes indicateurs, comparés au T0")},
                    {"debut", day_cell(request.t0_year + 3, 9, 1)},
                    {"fin", day_cell(request.t0_year + 3, 12, 31)},
                    {"livrable", std::string("Comparaison au T0")},
                    {"responsable", std::string("DDETSPP, Département")},
                    {"avancement", 0.0}});
    return rows;
}

[[noreturn]] void bad_csv(const std::filesystem::path& file, std::size_t line, const std::string& what)
{
    throw Failure(Failure::Cause::bad_file, "Le fichier « " + file.string() +
                                                " » ne peut pas être lu : ligne " + std::to_string(line) +
                                                ", " + what + " Corrigez-le.");
}

/// A number, `50 %` being one half; anything else (`nd`, `s`) stays text.
Cell number_or_text(const std::string& text)
{
    double value = 0.0;
    if (parse_number(text, value))
        return value;
    const auto shown = trim(text);
    if (shown.ends_with('%') && parse_number(shown.substr(0, shown.size() - 1), value))
        return value / 100.0;
    return text;
}

Cell date_or_text(const std::string& text)
{
    const auto date = read_date(Cell(text));
    return date ? Cell(serial_of(*date)) : Cell(text);
}

/// What is written in a CSV file, as the column's type has it. Codes stay text.
Cell cell_of(const std::string& text, const Field* field)
{
    if (trim(text).empty())
        return Blank{};
    if (field == nullptr)
        return number_or_text(text); // a figure of Besoins
    if (field->type == "date")
        return date_or_text(text);
    if (field->type == "any") {
        const bool is_code = text.size() > 1 && text.front() == '0' && text[1] != ',' && text[1] != '.';
        const auto read = date_or_text(text);
        return is_code || std::holds_alternative<double>(read) ? read : number_or_text(text);
    }
    if (field->is_list)
        return boost::join(split_list(text), "; "); // a line may break after each element
    const bool numeric = field->type == "number" || field->type == "integer" || field->type == "year";
    return numeric ? number_or_text(text) : Cell(text);
}

/// What a column of a CSV file is: the key of its cells and its field.
struct CsvColumn {
    std::string key;
    const Field* field = nullptr;
};

std::vector<CsvColumn> csv_columns(const TableSchema& schema, const CsvRecord& headers,
                                   const WorkbookContent& content, const std::filesystem::path& file)
{
    Table table;
    table.headers = headers.fields;
    const Columns columns(schema, table);
    std::vector<CsvColumn> read(headers.fields.size());
    const auto keep = [&](int column, std::string key, const Field* field) {
        if (column >= 0)
            read[static_cast<std::size_t>(column)] = {std::move(key), field};
    };
    for (const auto& field : schema.fields) {
        keep(columns.index(field.name), field.name, &field);
        const auto stem = field.name.substr(0, field.name.find("_{annee}"));
        for (int year = content.first_year; year <= content.last_year && !field.per_year.empty(); ++year)
            keep(columns.index(field.name, year), stem + "_" + std::to_string(year), &field);
    }
    for (const int column : columns.others())
        if (!schema.columns_from.empty())
            keep(column, trim(headers.fields[static_cast<std::size_t>(column)]), nullptr);
    for (std::size_t i = 0; i < read.size(); ++i)
        if (read[i].key.empty())
            bad_csv(file, headers.line,
                    "l'en-tête « " + headers.fields[i] + " » n'est pas une colonne de la feuille « " +
                        schema.sheet + " ».");
    return read;
}

Rows read_rows(const std::filesystem::path& file, const TableSchema& schema, const WorkbookContent& content)
{
    const auto records = read_csv(file);
    if (records.empty())
        bad_csv(file, 1, "les en-têtes manquent.");
    const auto columns = csv_columns(schema, records.front(), content, file);
    Rows rows;
    for (auto record = records.begin() + 1; record != records.end(); ++record) {
        if (record->fields.size() > columns.size())
            bad_csv(file, record->line,
                    std::to_string(record->fields.size()) + " valeurs pour " +
                        std::to_string(columns.size()) +
                        " colonnes (un point-virgule hors des guillemets ?).");
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < record->fields.size(); ++i)
            row[columns[i].key] = cell_of(record->fields[i], columns[i].field);
    }
    return rows;
}

/// Settings that the example states take the place of those of a new diagnosis.
void merge_settings(Rows& settings, const Rows& stated)
{
    const auto key_of = [](const Row& row) {
        const auto found = row.find("cle");
        return found != row.end() ? fold(text_of(found->second)) : std::string();
    };
    for (const auto& row : stated) {
        const auto found = std::find_if(settings.begin(), settings.end(),
                                        [&](const Row& known) { return key_of(known) == key_of(row); });
        if (found != settings.end())
            *found = row;
        else
            settings.push_back(row);
    }
}

} // namespace

WorkbookContent new_diagnosis(const NewDiagnosis& request, const Schemas& schemas, const Cog& cog)
{
    check_years(request);
    const auto subject = subject_of(request, cog);
    WorkbookContent content;
    content.first_year = request.first_year;
    content.last_year = request.last_year;
    content.rows["parametres"] = settings_of(request, subject, cog);
    add_territory(content, subject, cog);
    content.rows["thematiques"] = thematiques_of(
        schemas.list(subject.is_metropole ? "thematiques-metropoles" : "thematiques-departements"));
    content.rows["schemas"] = schemas_of(schemas.list("schemas"));
    content.rows["planning"] = planning_of(request);
    content.texts = {
        {"territoire", subject.name},
        {"collectivite", subject.is_metropole ? "Pour la métropole" : "Pour le Conseil départemental"},
        {"avertissement", ""},
    };
    return content;
}

WorkbookContent example_diagnosis(const std::filesystem::path& folder, const Schemas& schemas, const Cog& cog)
{
    NewDiagnosis request;
    request.departement = "43";
    auto content = new_diagnosis(request, schemas, cog);
    for (const auto& schema : schemas.tables()) {
        const auto file = folder / (schema.name + ".csv");
        if (!std::filesystem::exists(file))
            continue;
        auto rows = read_rows(file, schema, content);
        if (schema.name == "parametres")
            merge_settings(content.rows[schema.name], rows);
        else
            content.rows[schema.name] = std::move(rows);
    }
    content.texts["avertissement"] =
        "Exemple : les dispositifs, les montants, les organismes et les décisions sont inventés. "
        "Ne pas les citer comme ceux de la Haute-Loire.";
    return content;
}

} // namespace pacte
