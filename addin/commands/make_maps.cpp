#include <algorithm>

#include "commands/command.hpp"
#include "commands/diagnosis_maps.hpp"
#include "commands/map_sheet.hpp"
#include "core/error.hpp"
#include "office/diagnosis.hpp"
#include "office/progress.hpp"
#include "office/undo.hpp"

namespace pacte::commands {

namespace {

constexpr double before_drawing = 0.3; // of the progress

std::string sentence_of(const std::vector<std::string>& sheets, const MapGround& ground,
                        const office::Kept& kept)
{
    std::string sentence =
        std::to_string(sheets.size()) + (sheets.size() == 1 ? " carte générée : " : " cartes générées : ");
    for (std::size_t i = 0; i < sheets.size(); ++i)
        sentence += (i == 0 ? "« " : ", « ") + sheets[i] + " »";
    sentence += ".";
    if (kept.total() > 0)
        sentence += " " + office::sentence_of(kept) + ".";
    if (!ground.without_place.empty())
        sentence += " EPCI sans commune localisée, absents du fond : " + ground.without_place + ".";
    if (ground.contours.schematic)
        sentence +=
            " Le fond est schématique : importez des contours (Pacte > Importer des contours…) pour un fond "
            "réel.";
    else
        sentence += " Imprimez-les, ou générez les fiches-actions (Pacte > Générer les fiches-actions).";
    return sentence;
}

} // namespace

std::string make_maps(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    office::Progress progress(request.frame, "Génération des cartes…");
    const office::Diagnosis diagnosis = office::read_diagnosis(workbook);
    const Coverage coverage = office::coverage_of(diagnosis);
    progress.reach(0.1);
    const MapGround ground = read_ground(workbook, diagnosis);
    const std::vector<map::Drawing> drawings = diagnosis_maps(diagnosis, coverage, ground);
    progress.reach(before_drawing);
    if (drawings.empty())
        throw Failure(Failure::Cause::bad_value,
                      "Il n'y a rien à cartographier : retenez une thématique (feuille « Thématiques ») ou "
                      "renseignez une variable (feuilles « Variables » et « Besoins »), puis recommencez.");

    for (const map::Drawing& drawing : drawings)
        workbook.require_writable_sheet(sheet_name_of(drawing));

    office::Kept kept;
    std::vector<std::string> sheets;
    office::UndoStep step(workbook.model(), "Générer les cartes");
    for (const map::Drawing& drawing : drawings) {
        kept += draw_map_sheet(step, workbook, drawing);
        sheets.push_back(sheet_name_of(drawing));
        progress.reach(before_drawing + (1.0 - before_drawing) * static_cast<double>(sheets.size()) /
                                            static_cast<double>(drawings.size()));
    }
    step.commit();
    return sentence_of(sheets, ground, kept);
}

} // namespace pacte::commands
