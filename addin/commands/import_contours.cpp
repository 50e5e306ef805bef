#include <filesystem>

#include <com/sun/star/ui/dialogs/ExecutableDialogResults.hpp>
#include <com/sun/star/ui/dialogs/FilePicker.hpp>
#include <com/sun/star/ui/dialogs/TemplateDescription.hpp>
#include <osl/file.hxx>

#include "commands/command.hpp"
#include "core/error.hpp"
#include "geo/join.hpp"
#include "geo/projection.hpp"
#include "geo/vector_file.hpp"
#include "geo/vector_module.hpp"
#include "office/contour_store.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/long_task.hpp"
#include "office/settings.hpp"
#include "office/undo.hpp"

namespace pacte::commands {

namespace {

/// The file's URL that the user chooses; empty where they gave up.
std::string ask_for_file(const Request& request)
{
    namespace dialogs = css::ui::dialogs;
    const auto picker =
        dialogs::FilePicker::createWithMode(request.context, dialogs::TemplateDescription::FILEOPEN_SIMPLE);
    const bool french = office::speaks_french(request.context);
    picker->setTitle(office::ustring(french ? "Importer des contours" : "Import boundaries"));
    picker->appendFilter(office::ustring(french ? "Fonds de carte" : "Map files"),
                         "*.geojson;*.json;*.topojson;*.shp;*.gpkg;*.fgb;*.kml;*.tab;*.mif;*.zip;*.gz");
    picker->appendFilter(office::ustring(french ? "Tous les fichiers" : "All files"), "*.*");
    if (picker->execute() != dialogs::ExecutableDialogResults::OK)
        return {};
    const auto files = picker->getSelectedFiles();
    return files.hasElements() ? office::utf8(files[0]) : std::string();
}

std::filesystem::path path_of(const std::string& url)
{
    rtl::OUString path;
    if (osl::FileBase::getSystemPathFromFileURL(office::ustring(url), path) != osl::FileBase::E_None)
        throw Failure(Failure::Cause::bad_file,
                      "« " + url + " » n'est pas un fichier de ce poste : copiez-le d'abord sur le poste.");
    return office::utf8(path);
}

} // namespace

std::string import_contours(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    workbook.require_writable_table("parametres");
    const Parameters parameters = workbook.parameters();
    const Territory territory = office::read_territory(workbook, parameters);

    const std::string given = request.argument("Fichier");
    const std::string url = given.empty() ? ask_for_file(request) : given;
    if (url.empty())
        return {};
    geo::set_vector_module(office::installation_folder() / PACTE_VECTOR_MODULE);
    const int epsg = geo::legal_epsg(parameters.text("code du territoire"));
    const geo::VectorRequest wanted{path_of(url), epsg,
                                    geo::wanted_codes(territory.epcis(), territory.communes())};

    const std::string stated = request.argument("Source");
    const std::string source =
        stated.empty() ? "fichier « " + wanted.path.filename().string() + " »" : stated;

    geo::ContourLayer layer;
    geo::JoinReport report;
    office::run_long_task(request.context, request.frame, {"Import des contours", "Import of boundaries"},
                          [&](const office::TaskProgress& progress) {
                              const geo::VectorContent content = geo::read_vector_file(wanted, progress);
                              layer = geo::layer_from(content, territory.epcis(), territory.communes(), epsg, report,
                                                      source);
                          });

    office::UndoStep step(workbook.model(), "Importer des contours");
    const std::string name = office::store_contours(workbook.model(), layer);
    office::write_setting(workbook, "contours", name,
                          "Contours importés, gardés dans ce classeur. Effacez la valeur pour revenir au fond "
                          "schématique.");
    office::write_setting(workbook, "source des contours", source,
                          "Producteur et millésime du fond de carte, imprimés sous les cartes.");
    step.commit();
    const std::string missing = report.summary();
    return std::to_string(layer.epcis.size()) + (layer.epcis.size() < 2 ? " contour d'EPCI importé sur " : " contours d'EPCI importés sur ") +
           std::to_string(territory.epcis().size()) + (report.from_communes ? ", réunis à partir des communes" : "") +
           ", joints sur le code. " + missing + (missing.empty() ? "" : " ") +
           (stated.empty() ? "Précisez leur source dans « Paramètres » (« source des contours »), puis générez les "
                             "cartes (Pacte > Générer les cartes)."
                           : "Générez les cartes (Pacte > Générer les cartes).");
}

} // namespace pacte::commands
