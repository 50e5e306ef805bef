#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>

#include "commands/command.hpp"
#include "commands/contour_import.hpp"
#include "core/error.hpp"
#include "core/need_wording.hpp"
#include "core/text.hpp"
#include "geo/join.hpp"
#include "geo/projection.hpp"
#include "geo/vector_file.hpp"
#include "geo/vector_module.hpp"
#include "office/choices.hpp"
#include "office/contour_store.hpp"
#include "office/diagnosis.hpp"
#include "office/import_record.hpp"
#include "office/installation.hpp"
#include "office/long_task.hpp"
#include "office/settings.hpp"
#include "office/source_document.hpp"
#include "office/table_editor.hpp"
#include "office/undo.hpp"

namespace pacte::commands {

namespace {

constexpr const char* title = "Importer des contours";
constexpr const char* our_points = "contours importés"; ///< in « source des coordonnées »

/// What a file gave.
struct ReadContours {
    geo::VectorContent content;
    geo::ContourLayer layer;
    geo::JoinReport report;
    std::map<std::string, LatLon> points; ///< of the communes
    geo::ContourLayer communes;           ///< none where the file is of EPCI
};

ReadContours read_contours(const Request& request, const ContourFile& file, const Territory& territory,
                           int epsg, const std::string& layer)
{
    geo::set_vector_module(office::installation_folder() / PACTE_VECTOR_MODULE);
    geo::VectorRequest wanted;
    wanted.path = file.path;
    wanted.epsg = epsg;
    wanted.codes = geo::wanted_codes(territory.epcis(), territory.communes());
    wanted.margin_m = geo::neighbour_margin_m;
    wanted.layer = layer;
    ReadContours read;
    office::run_long_task(request.context, request.frame, {"Import des contours", "Import of boundaries"},
                          [&](const office::TaskProgress& progress) {
                              read.content = geo::read_vector_file(wanted, progress);
                              read.layer = geo::layer_from(read.content, territory.epcis(),
                                                           territory.communes(), epsg, read.report);
                              read.points = geo::commune_points(read.content, epsg);
                              read.communes = geo::commune_layer(read.content, epsg);
                          });
    for (geo::Contour& neighbour : read.layer.neighbours) {
        const Departement* departement = office::cog().departement(neighbour.code);
        const EpciRecord* epci = office::cog().epci(neighbour.code);
        neighbour.name = departement != nullptr ? departement->name : epci != nullptr ? epci->name : "";
    }
    return read;
}

std::string counted(std::size_t number, const char* one, const char* several)
{
    return french_number(static_cast<double>(number)) + " " + (number < 2 ? one : several);
}

std::string words_of(const ContourFile& file, const ReadContours& read, std::size_t epcis)
{
    const geo::VectorContent& content = read.content;
    std::string words = "« " + file.name + " » (" + content.driver + ", " +
                        counted(content.features, "entité", "entités") + ", code dans « " +
                        content.code_field + " ») : " + std::to_string(read.layer.epcis.size()) +
                        " EPCI sur " + std::to_string(epcis);
    if (read.report.from_communes)
        words += ", réunis à partir de " + counted(read.report.joined, "commune", "communes");
    words += content.projection_assumed ? ". Le fichier ne dit pas sa projection : " + content.projection +
                                              " est supposée, d'après ses coordonnées."
                                        : ". Projection : " + content.projection + ".";
    return words + " " + read.report.summary();
}

std::vector<std::vector<std::string>> preview(const ReadContours& read, const Territory& territory)
{
    std::map<std::string, std::pair<std::size_t, std::size_t>> communes; // found, expected
    for (const CommuneRow& commune : territory.communes()) {
        auto& [found, expected] = communes[commune.epci];
        found += read.points.contains(commune.code) ? 1 : 0;
        ++expected;
    }
    std::vector<std::vector<std::string>> rows;
    for (const Epci& epci : territory.epcis()) {
        if (!epci.retained)
            continue;
        const bool drawn =
            std::any_of(read.layer.epcis.begin(), read.layer.epcis.end(),
                        [&](const geo::Contour& contour) { return contour.code == epci.code; });
        const auto [found, expected] = communes[epci.code];
        rows.push_back({epci.code, epci.name, drawn ? "trouvé" : "absent du fichier",
                        read.report.from_communes ? std::to_string(found) + " sur " + std::to_string(expected)
                                                  : std::string("–")});
    }
    return rows;
}

/// What is decided in the dialog, or by arguments.
struct ContourChoice {
    std::string producer;
    std::string vintage;
    std::string licence;
    std::string layer; ///< of the file
    bool points = true;
};

enum class Answer { cancel, import, read_again };

Answer ask(const Request& request, const ContourFile& file, const ReadContours& read,
           const Territory& territory, ContourChoice& choice)
{
    const auto& layers = read.content.layers;
    const auto rows = preview(read, territory);
    office::Dialog dialog(request.context, {title, "Import boundaries"}, 420);
    dialog.add_words(words_of(file, read, rows.size()), read.report.summary().empty() ? 2 : 4);
    if (layers.size() > 1)
        dialog.add_list(
            "couche", {"Couche", "Layer"}, layers,
            static_cast<int>(std::find(layers.begin(), layers.end(), read.content.layer) - layers.begin()));
    dialog.add_grid("apercu", {"EPCI du territoire", "EPCI of the territory"},
                    {"Code EPCI", "Nom", "Contour", "Communes"}, rows, 8);
    if (!read.points.empty())
        dialog.add_check("points",
                         {"Placer chaque commune au milieu de son contour (distances, EPCI.POINT)",
                          "Place each commune in the middle of its outline (distances, EPCI.POINT)"},
                         choice.points);
    dialog.add_edit("source", {"Producteur", "Producer"}, choice.producer);
    dialog.pair();
    dialog.add_edit("millesime", {"Millésime", "Vintage"}, choice.vintage);
    dialog.add_edit("licence", {"Licence", "Licence"}, choice.licence);
    dialog.add_buttons(true);
    Answer answer = dialog.execute(request.frame) ? Answer::import : Answer::cancel;
    if (answer == Answer::import) {
        choice.producer = trim(dialog.text("source"));
        choice.vintage = trim(dialog.text("millesime"));
        choice.licence = trim(dialog.text("licence"));
        choice.points = !read.points.empty() && dialog.checked("points");
        if (layers.size() > 1)
            choice.layer = layers.at(static_cast<std::size_t>(std::max(0, dialog.selected("couche"))));
        if (layers.size() > 1 && choice.layer != read.content.layer)
            answer = Answer::read_again;
    }
    dialog.close();
    return answer;
}

ContourChoice from_arguments(const Request& request, const ContourFile& file)
{
    ContourChoice choice{file.producer, file.vintage, file.licence, request.argument("Couche"),
                         fold(request.argument("Points")) != "non"};
    for (const auto& [name, member] :
         {std::pair("Source", &ContourChoice::producer), std::pair("Millesime", &ContourChoice::vintage),
          std::pair("Licence", &ContourChoice::licence)})
        if (const std::string given = request.argument(name); !given.empty())
            choice.*member = given;
    if (choice.vintage.empty() && choice.producer.empty())
        choice.vintage = year_in(file.name);
    return choice;
}

std::vector<Refusal> refusals_of(const ContourFile& file, const ReadContours& read)
{
    std::vector<Refusal> refusals;
    const std::string where = "fichier « " + file.name + " »";
    for (const std::string& feature : read.content.without_code)
        refusals.push_back(
            {where + ", " + feature,
             {},
             "Cette entité n'a pas de code dans « " + read.content.code_field + " » : ignorée.",
             "Complétez le fichier, ou choisissez-en un autre."});
    for (const std::string& siren : read.report.epcis_missing)
        refusals.push_back({where, siren, "Cet EPCI du territoire n'a pas de contour dans le fichier.",
                            "Importez un fichier qui couvre tout le territoire, ou plus récent."});
    for (const std::string& code : read.report.communes_missing)
        refusals.push_back(
            {where, code,
             "Cette commune n'a pas de contour dans le fichier : celui de son EPCI est incomplet.",
             "Importez un fichier de la même année que le diagnostic."});
    return refusals;
}

/// The points of Communes, except those that a person gave from elsewhere.
std::size_t write_points(office::UndoStep& step, office::Workbook& workbook,
                         const std::map<std::string, LatLon>& points)
{
    const auto rounded = [](double degrees) { return std::round(degrees * 1e5) / 1e5; };
    office::TableEditor editor(workbook, "communes");
    std::size_t placed = 0;
    for (std::size_t row = 0; row < editor.table().rows.size(); ++row) {
        const auto found = points.find(read_code(editor.at(row, "code_insee")));
        if (found == points.end())
            continue;
        const std::string source = fold(text_of(editor.at(row, "source_des_coordonnees")));
        const bool blank = is_blank(editor.at(row, "latitude")) && is_blank(editor.at(row, "longitude"));
        if (!blank && !source.starts_with("geonames") && source != fold(our_points))
            continue;
        editor.set(row, "latitude", rounded(found->second.latitude));
        editor.set(row, "longitude", rounded(found->second.longitude));
        editor.set(row, "source_des_coordonnees", std::string(our_points));
        ++placed;
    }
    editor.write(step);
    return placed;
}

std::string sentence_of(const ReadContours& read, const ContourChoice& choice, std::size_t epcis,
                        std::size_t placed)
{
    const std::string missing = read.report.summary();
    std::string sentence =
        counted(read.layer.epcis.size(), "contour d'EPCI importé", "contours d'EPCI importés") + " sur " +
        std::to_string(epcis) + (read.report.from_communes ? ", réunis à partir des communes" : "") +
        ", joints sur le code. ";
    if (!read.layer.neighbours.empty())
        sentence += "Les territoires voisins seront dessinés autour. ";
    if (placed > 0)
        sentence += counted(placed, "commune placée", "communes placées") + " au milieu de son contour. ";
    sentence += missing + (missing.empty() ? "" : " ");
    return sentence + (choice.producer.empty()
                           ? "Complétez leur producteur dans « Sources », puis générez les cartes (Pacte > "
                             "Générer les cartes)."
                           : "Générez les cartes (Pacte > Générer les cartes).");
}

void write(office::UndoStep& step, office::Workbook& workbook, const ContourFile& file,
           const ReadContours& read, const ContourChoice& choice)
{
    const std::string name = office::store_contours(workbook.model(), read.layer);
    if (!read.communes.epcis.empty())
        office::store_communes(workbook.model(), name, read.communes);
    office::write_setting(
        workbook, "contours", name,
        "Contours importés, gardés dans ce classeur. Effacez la valeur pour revenir au fond "
        "schématique.");
    office::write_setting(workbook, "source des contours", Blank{},
                          "Laissez vide : la source du fond de carte est celle de la feuille « Sources ». Un "
                          "texte écrit ici la remplace sous les cartes.");
    office::write_import_record(
        step, workbook, office::next_import_id(workbook),
        {"contours", file.name, office::sha1_of(file.path),
         choice.producer.empty() ? "fichier « " + file.name + " »" : choice.producer, choice.vintage,
         choice.licence, read.content.features, read.report.joined, read.content.without_code.size(),
         file.origin + (read.content.layers.size() > 1 ? "Couche « " + read.content.layer + " ». " : "") +
             read.report.summary(),
         name, refusals_of(file, read)});
}

} // namespace

std::string import_contour_file(Request& request, const ContourFile& file, bool asks)
{
    office::Workbook workbook(request.model());
    const Parameters parameters = workbook.parameters();
    const Territory territory = office::read_territory(workbook, parameters);
    const int epsg = geo::legal_epsg(parameters.text("code du territoire"));
    ContourChoice choice = from_arguments(request, file);
    ReadContours read = read_contours(request, file, territory, epsg, choice.layer);
    while (asks) {
        const Answer answer = ask(request, file, read, territory, choice);
        if (answer == Answer::cancel)
            return {};
        if (answer == Answer::import)
            break;
        read = read_contours(request, file, territory, epsg, choice.layer);
    }
    read.layer.source = Citation{choice.producer, choice.vintage, choice.licence}.text();
    office::UndoStep step(workbook.model(), title);
    write(step, workbook, file, read, choice);
    const std::size_t placed = choice.points ? write_points(step, workbook, read.points) : 0;
    step.commit();
    const auto retained = std::count_if(territory.epcis().begin(), territory.epcis().end(),
                                        [](const Epci& e) { return e.retained; });
    return sentence_of(read, choice, static_cast<std::size_t>(retained), placed);
}

void require_contours_writable(const office::Workbook& workbook)
{
    office::require_writable_import(workbook, {"parametres", "communes"});
    workbook.require_writable_table("parametres"); // where there is none, that is said
}

std::string import_contours(Request& request)
{
    office::Workbook workbook(request.model());
    require_contours_writable(workbook);
    (void)office::read_territory(workbook, workbook.parameters());
    const std::string given = request.argument("Fichier");
    const std::string url =
        given.empty() ? office::choose_file(
                            request.context, {title, "Import boundaries"}, {"Fonds de carte", "Map files"},
                            "*.geojson;*.json;*.topojson;*.shp;*.gpkg;*.fgb;*.kml;*.tab;*.mif;*.zip;*.gz")
                      : given;
    if (url.empty())
        return {};
    ContourFile file;
    file.path = office::path_of_url(url);
    file.name = file.path.filename().string();
    return import_contour_file(request, file, given.empty());
}

} // namespace pacte::commands
