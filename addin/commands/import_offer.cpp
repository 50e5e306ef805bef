#include <algorithm>
#include <optional>
#include <set>

#include "commands/command.hpp"
#include "commands/counted.hpp"
#include "commands/offer_update.hpp"
#include "core/error.hpp"
#include "core/need_wording.hpp"
#include "core/next_id.hpp"
#include "core/offer_dispositifs.hpp"
#include "core/text.hpp"
#include "office/choices.hpp"
#include "office/contour_store.hpp"
#include "office/diagnosis.hpp"
#include "office/import_record.hpp"
#include "office/installation.hpp"
#include "office/long_task.hpp"
#include "office/source_document.hpp"
#include "office/undo.hpp"

namespace pacte::commands {

namespace {

constexpr double default_margin_km = 30.0;

/// What a file gave, within the territory and its margin.
struct OfferFile {
    std::string name;
    OfferReading reading;
    std::vector<KeptOffer> offers;
    std::size_t outside = 0;
    std::size_t nowhere = 0;
    std::size_t without_name = 0;
    std::vector<Refusal> remarks; ///< coordinates mended or left out, places that are nowhere
    std::vector<EligibleService> services;
    std::map<std::string, int> equipments; ///< those without a number, by what stands for it
};

/// The BPE names few of its equipments, and numbers none: what they are and their commune stand
/// for a name; their type, name and place for a number, the same from one edition to the next.
void identify(OfferRecord& record, const geo::LocatedOffer& located,
              const std::map<std::string, std::string>& labels, OfferFile& file)
{
    const std::string& type = record.categories.front();
    if (record.name.empty()) {
        const auto label = labels.find(type);
        const Commune* commune = office::cog().commune(located.commune);
        record.name = (label == labels.end() ? "Équipement " + type : label->second) +
                      (commune == nullptr ? std::string() : " – " + commune->name);
    }
    std::string id = type + "@" + located.commune + "@" + fold(record.name);
    if (located.point)
        id += "@" + french_number(located.point->latitude, 4) + "@" +
              french_number(located.point->longitude, 4);
    if (const int number = ++file.equipments[id]; number > 1)
        id += "@" + std::to_string(number);
    record.id = id;
}

/// What is decided in the dialog, or by arguments.
struct OfferChoice {
    double margin_km = default_margin_km;
    std::string source;
    std::string vintage;
    std::string licence;
    OfferTarget otherwise;
    bool dispositifs = false; ///< propose those of the services that the territory is entitled to
};

void receive(OfferRecord&& record, const geo::OfferLocator& locator, const ZoneTerritory& territory,
             const std::map<std::string, std::string>& labels, OfferFile& file)
{
    geo::LocatedOffer located;
    const auto verdict = locator.locate(record, located);
    if (!record.zone.empty() && !record.name.empty()) {
        const bool there = verdict == geo::OfferLocator::Verdict::kept && located.in_territory;
        if (std::string covered = covered_by(record.zone, territory, there); !covered.empty())
            file.services.push_back({record, std::move(covered)});
    }
    if (verdict == geo::OfferLocator::Verdict::outside) {
        ++file.outside;
        return;
    }
    if (record.equipment)
        identify(record, located, labels, file);
    const std::string where =
        record.where.starts_with("fichier") ? record.where : "fichier « " + file.name + " », " + record.where;
    if (record.name.empty()) {
        ++file.without_name;
        file.remarks.push_back(
            {where, record.id, "Ce lieu n'a pas de nom : non importé.", "Complétez le fichier."});
        return;
    }
    if (verdict == geo::OfferLocator::Verdict::nowhere) {
        ++file.nowhere;
        file.remarks.push_back({where, record.name, located.problem,
                                "Ajoutez le code INSEE ou les coordonnées dans le fichier."});
        return;
    }
    if (!located.problem.empty())
        file.remarks.push_back(
            {where, record.name, located.problem, "Corrigez les coordonnées dans « Offre »."});
    else if (!located.repair.empty())
        file.remarks.push_back(
            {where, record.name, "Réparé : " + located.repair + ".", "Vérifiez sur la carte."});
    file.offers.push_back({std::move(record), std::move(located)});
}

ZoneTerritory zone_territory(const Territory& territory)
{
    ZoneTerritory zone;
    for (const Epci& epci : territory.epcis())
        zone.epcis.insert(epci.code);
    for (const CommuneRow& row : territory.communes()) {
        zone.communes.insert(row.code);
        if (const Commune* commune = office::cog().commune(row.code))
            zone.departements.insert(commune->departement);
    }
    return zone;
}

/// What the types of equipment of the BPE are.
std::map<std::string, std::string> equipment_labels()
{
    std::map<std::string, std::string> labels;
    for (const auto& line :
         shipped_mapping(office::templates_folder() / "imports" / "correspondances.csv", false))
        if (text_of(line.at("source")) == name_of(OfferKind::bpe))
            labels.emplace(text_of(line.at("categorie")), text_of(line.at("libelle_categorie")));
    return labels;
}

/// `communes`: their contours, where the workbook has them.
OfferFile read_file(const Request& request, const std::filesystem::path& path, const Territory& territory,
                    const std::optional<geo::ContourLayer>& communes, double margin_km)
{
    const ZoneTerritory zone = zone_territory(territory);
    const auto labels = equipment_labels();
    OfferFile file;
    file.name = path.filename().string();
    SourceFile table;
    const bool json = is_json(path);
    if (!json)
        table = office::read_source_file(request.context, request.frame, path);
    office::run_long_task(request.context, request.frame, {"Lecture de l'offre", "Reading the services"},
                          [&](const office::TaskProgress& progress) {
                              const geo::OfferLocator locator(office::cog(), territory.communes(), margin_km,
                                                              communes ? *communes : geo::ContourLayer());
                              const OfferSink sink = [&](OfferRecord&& record) {
                                  receive(std::move(record), locator, zone, labels, file);
                              };
                              file.reading = json ? read_offers_json(path, sink, progress)
                                                  : read_offers_table(table, sink, progress);
                          });
    if (file.offers.empty() && file.services.empty())
        throw Failure(Failure::Cause::bad_file,
                      "Le fichier « " + file.name +
                          " » ne contient aucun lieu du territoire ni de sa marge de " +
                          french_number(margin_km) + " km, sur " +
                          french_number(static_cast<double>(file.reading.records)) +
                          " lus. Vérifiez le fichier et le territoire.");
    return file;
}

std::vector<Thematique> thematiques_of(const office::Workbook& workbook)
{
    return read_thematiques(workbook.table("thematiques"), office::schemas().table("thematiques"));
}

std::vector<std::string> codes_of(const std::vector<Thematique>& rows)
{
    std::vector<std::string> codes;
    std::transform(rows.begin(), rows.end(), std::back_inserter(codes),
                   [](const Thematique& t) { return t.code; });
    return codes;
}

std::vector<std::map<std::string, Cell>> shipped_lines(const std::vector<std::string>& thematiques)
{
    const bool metropole = !thematiques.empty() && thematiques.front().starts_with("M");
    return shipped_mapping(office::templates_folder() / "imports" / "correspondances.csv", metropole);
}

/// The workbook's own lines; where it has none, those that are shipped.
OfferMapping mapping_of(const office::Workbook& workbook, const std::vector<std::string>& thematiques)
{
    const TableSchema& schema = office::schemas().table("correspondances");
    if (workbook.has_table("correspondances"))
        if (const Table table = workbook.table("correspondances"); !table.rows.empty())
            return {table, schema};
    Table table;
    for (const Field& field : schema.fields)
        table.headers.push_back(field.title);
    for (const auto& line : shipped_lines(thematiques)) {
        auto& row = table.rows.emplace_back();
        for (const Field& field : schema.fields)
            row.push_back(line.contains(field.name) ? line.at(field.name) : Cell(Blank{}));
    }
    return {table, schema};
}

std::string default_source(const OfferFile& file)
{
    const std::string kind =
        file.reading.kind == OfferKind::table ? "" : std::string(name_of(file.reading.kind)) + ", ";
    return kind + "fichier « " + file.name + " »";
}

OfferChoice from_arguments(const Request& request)
{
    OfferChoice choice;
    if (const std::string margin = request.argument("Marge");
        !margin.empty() && (!parse_number(margin, choice.margin_km) || choice.margin_km < 0.0))
        throw Failure(Failure::Cause::bad_value,
                      "« " + margin +
                          " » n'est pas une marge en kilomètres : écrivez un nombre, par exemple 30.");
    choice.source = request.argument("Source");
    choice.vintage = request.argument("Millesime");
    choice.licence = request.argument("Licence");
    choice.dispositifs = fold(request.argument("Dispositifs")) == "oui";
    choice.otherwise = {request.argument("Thematique"), request.argument("Type")};
    return choice;
}

std::vector<std::vector<std::string>> preview(const OfferFile& file)
{
    constexpr std::size_t most = 200;
    std::vector<std::vector<std::string>> rows;
    for (const KeptOffer& offer : file.offers) {
        if (rows.size() == most)
            break;
        std::string categories;
        for (const std::string& category : offer.record.categories)
            categories += (categories.empty() ? "" : ", ") + category;
        rows.push_back({offer.record.name, offer.located.commune, categories,
                        offer.located.in_territory ? "territoire" : "marge",
                        offer.located.repair + offer.located.problem});
    }
    return rows;
}

/// The services whose `zone_eligibilite` reaches the territory.
std::string sentence_of_services(const OfferFile& file)
{
    return counted(file.services.size(), "service du fichier est ouvert",
                   "services du fichier sont ouverts") +
           " au territoire.";
}

/// False where the person gave up. Another margin asks for another reading.
bool ask(const Request& request, const OfferFile& file, const std::vector<std::string>& thematiques,
         OfferChoice& choice)
{
    office::Dialog dialog(request.context, {"Importer l'offre", "Import services"}, 420);
    dialog.add_words("« " + file.name + " » (" + name_of(file.reading.kind) +
                         ") : " + counted(file.offers.size(), "lieu", "lieux") +
                         " du territoire et de sa marge, sur " + counted(file.reading.records, "lu", "lus") +
                         ". Vérifiez ce qui a été compris.",
                     2);
    dialog.add_grid("apercu", {"Lieux retenus", "Places kept"},
                    {"Nom", "Commune", "Catégories", "Situation", "Remarque"}, preview(file), 10);
    dialog.add_number("marge", {"Marge (km)", "Margin (km)"}, static_cast<int>(choice.margin_km), 0, 200);
    std::vector<std::string> choices{"– (les lister sans les importer)"};
    choices.insert(choices.end(), thematiques.begin(), thematiques.end());
    dialog.add_list("thematique", {"Sans correspondance", "Without mapping"}, choices, 0);
    if (!file.services.empty()) {
        dialog.add_words(sentence_of_services(file), 1);
        dialog.add_check("dispositifs",
                         {"Les proposer dans « Dispositifs », à compléter",
                          "Propose them in “Dispositifs”, to be completed"},
                         choice.dispositifs);
    }
    dialog.add_edit("source", {"Source", "Source"}, choice.source);
    dialog.add_edit("millesime", {"Millésime", "Vintage"}, choice.vintage);
    dialog.add_edit("licence", {"Licence", "Licence"}, choice.licence);
    dialog.add_buttons(true);
    const bool agreed = dialog.execute(request.frame);
    if (agreed) {
        choice.margin_km = dialog.year("marge");
        if (const int chosen = dialog.selected("thematique"); chosen > 0)
            choice.otherwise.thematique = choices.at(static_cast<std::size_t>(chosen));
        choice.dispositifs = !file.services.empty() && dialog.checked("dispositifs");
        choice.source = trim(dialog.text("source"));
        choice.vintage = trim(dialog.text("millesime"));
        choice.licence = trim(dialog.text("licence"));
    }
    dialog.close();
    return agreed;
}

std::string sentence_of(const OfferFile& file, const OfferUpdate& update, const OfferChoice& choice,
                        std::size_t refusals)
{
    const auto margin = static_cast<std::size_t>(
        std::count_if(file.offers.begin(), file.offers.end(),
                      [](const KeptOffer& offer) { return !offer.located.in_territory; }));
    std::string sentence = counted(update.added, "ligne ajoutée", "lignes ajoutées") + " à « Offre », " +
                           counted(update.updated, "mise à jour", "mises à jour") + ", " +
                           counted(update.unchanged, "inchangée", "inchangées") + " : " +
                           counted(file.offers.size(), "lieu", "lieux") + " sur " +
                           french_number(static_cast<double>(file.reading.records)) + " lus, dont " +
                           french_number(static_cast<double>(margin)) + " dans la marge de " +
                           french_number(choice.margin_km) + " km.";
    if (update.kept_cells > 0)
        sentence += " " + counted(update.kept_cells, "case modifiée par vous est gardée.",
                                  "cases modifiées par vous sont gardées.");
    if (update.twins > 0)
        sentence += " " + counted(update.twins, "doublon possible", "doublons possibles") +
                    " (colonne « doublon possible »).";
    if (refusals > 0)
        sentence += " " + counted(refusals, "remarque ou refus", "remarques et refus") + " dans « Refus ».";
    return sentence;
}

/// Adds the proposals that Dispositifs has not, by thématique and intitulé: what is there is
/// never touched. Gives their number.
std::size_t add_dispositifs(office::TableEditor& editor, const std::vector<std::map<std::string, Cell>>& rows)
{
    std::set<std::string> known;
    NextId next(office::schemas().table("dispositifs"), editor.table(), "D-");
    for (std::size_t row = 0; row < editor.table().rows.size(); ++row)
        known.insert(read_code(editor.at(row, "thematique")) + fold(text_of(editor.at(row, "intitule"))));
    std::size_t added = 0;
    for (const auto& proposal : rows) {
        if (known.contains(text_of(proposal.at("thematique")) + fold(text_of(proposal.at("intitule")))))
            continue;
        office::TableEditor::Values values(proposal.begin(), proposal.end());
        values["id"] = next();
        (void)editor.append(values);
        ++added;
    }
    return added;
}

DispositifSource dispositif_source(const OfferFile& file, const OfferImport& import,
                                   const std::vector<Thematique>& thematiques)
{
    DispositifSource from{
        import.source_key, import.source, thematiques, {}, office::schemas().list("publics")};
    for (const KeptOffer& offer : file.offers)
        if (offer.record.structure.empty() && !offer.record.id.empty())
            from.structures.emplace(offer.record.id, offer.record.name);
    return from;
}

std::string sentence_of_dispositifs(const OfferFile& file, const OfferChoice& choice, std::size_t added)
{
    if (choice.dispositifs)
        return " " + counted(added, "dispositif proposé", "dispositifs proposés") +
               " dans « Dispositifs », à compléter.";
    return " " + sentence_of_services(file) +
           " Importez à nouveau en demandant de les proposer dans « Dispositifs », si vous le voulez.";
}

/// The table of the mapping, filled with the shipped lines where it is new or blank.
void ensure_mapping(office::UndoStep& step, office::Workbook& workbook,
                    const std::vector<std::string>& thematiques)
{
    office::ensure_table(step, workbook, "correspondances");
    office::TableEditor editor(workbook, "correspondances");
    if (!editor.table().rows.empty())
        return;
    for (const auto& line : shipped_lines(thematiques))
        (void)editor.append(office::TableEditor::Values(line.begin(), line.end()));
    editor.write(step);
}

} // namespace

std::string import_offer(Request& request)
{
    office::Workbook workbook(request.model());
    office::require_writable_import(workbook, {"offre", "correspondances", "dispositifs"});
    const Parameters parameters = workbook.parameters();
    const Territory territory = office::read_territory(workbook, parameters);
    const auto communes = office::load_communes(workbook.model(), parameters.text("contours"));
    (void)workbook.table("offre");
    const auto rows_of_thematiques = thematiques_of(workbook);
    const auto thematiques = codes_of(rows_of_thematiques);
    const std::string given = request.argument("Fichier");
    const std::string url =
        given.empty() ? office::choose_file(request.context, {"Importer l'offre", "Import services"},
                                            {"Listes de lieux", "Lists of places"},
                                            "*.csv;*.json;*.geojson;*.xlsx;*.xls;*.ods;*.txt")
                      : given;
    if (url.empty())
        return {};
    const auto path = office::path_of_url(url);
    OfferChoice choice = from_arguments(request);
    OfferFile file = read_file(request, path, territory, communes, choice.margin_km);
    if (choice.source.empty())
        choice.source = default_source(file);
    if (choice.vintage.empty())
        choice.vintage = year_in(file.name);
    for (bool agreed = !given.empty(); !agreed;) {
        const double margin = choice.margin_km;
        if (!ask(request, file, thematiques, choice))
            return {};
        agreed = margin == choice.margin_km;
        if (!agreed)
            file = read_file(request, path, territory, communes, choice.margin_km);
    }
    std::vector<Refusal> refusals = file.reading.refusals;
    refusals.insert(refusals.end(), file.remarks.begin(), file.remarks.end());
    const OfferImport import{file.reading.kind == OfferKind::table ? undated(file.name)
                                                                   : std::string(name_of(file.reading.kind)),
                             choice.source, choice.otherwise, thematiques};
    const OfferMapping mapping = mapping_of(workbook, thematiques);
    const auto rows = offer_rows(file.offers, mapping, import, file.name, refusals);
    std::vector<std::map<std::string, Cell>> proposals;
    if (choice.dispositifs)
        proposals = proposed_dispositifs(file.services, mapping,
                                         dispositif_source(file, import, rows_of_thematiques));

    office::UndoStep step(workbook.model(), "Importer l'offre");
    ensure_mapping(step, workbook, thematiques);
    office::ensure_columns(step, workbook, "offre",
                           {"siret", "doublon_possible", "reference_source", "valeurs_importees"});
    office::TableEditor editor(workbook, "offre");
    const OfferUpdate update = update_offer(editor, rows, import, file.name, refusals);
    editor.write(step);
    std::size_t proposed = 0;
    if (!proposals.empty()) {
        office::TableEditor dispositifs(workbook, "dispositifs");
        proposed = add_dispositifs(dispositifs, proposals);
        dispositifs.write(step);
    }
    office::write_import_record(step, workbook, office::next_import_id(workbook),
                                {"offre", file.name, office::sha1_of(path), choice.source, choice.vintage,
                                 choice.licence, file.reading.records, file.offers.size(),
                                 file.nowhere + file.without_name,
                                 "Marge de " + french_number(choice.margin_km) + " km autour du territoire.",
                                 choice.source, refusals});
    step.commit();
    return sentence_of(file, update, choice, refusals.size()) +
           (file.services.empty() ? std::string() : sentence_of_dispositifs(file, choice, proposed));
}

} // namespace pacte::commands
