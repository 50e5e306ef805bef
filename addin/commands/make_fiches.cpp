#include <algorithm>
#include <optional>

#include "commands/command.hpp"
#include "commands/fiche_sheet.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "map/wording.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"

namespace pacte::commands {

namespace {

constexpr double before_writing = 0.2; // of the progress

struct Rows {
    std::vector<Action> actions;
    std::vector<Indicateur> indicators;
    std::map<std::string, std::string> thematique_of_piste;
};

Rows read_rows(const office::Workbook& workbook)
{
    const auto read = [&](const char* name) {
        Table table = workbook.table(name);
        office::require_columns(table, office::schemas().table(name));
        return table;
    };
    Rows rows;
    rows.actions = read_actions(read("actions"), office::schemas().table("actions"));
    rows.indicators = read_indicateurs(read("indicateurs"), office::schemas().table("indicateurs"));
    const Table pistes = read("pistes");
    const Columns columns(office::schemas().table("pistes"), pistes);
    for (const auto& row : pistes.rows)
        rows.thematique_of_piste[text_of(columns.cell(row, "id"))] =
            read_code(columns.cell(row, "thematique"));
    return rows;
}

std::optional<std::size_t> thematique_index(const Coverage& coverage, const std::string& code)
{
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
        if (!code.empty() && fold(coverage.thematiques[t].code) == fold(code))
            return t;
    return std::nullopt;
}

struct Tally {
    int made = 0;
    int renewed = 0;
    int texts = 0;
    int left_out = 0;
    office::Kept kept;
};

std::string sentence_of(const Tally& tally, const std::vector<std::string>& unknown)
{
    const auto count = [](int number) { return static_cast<std::size_t>(number); };
    std::string sentence = map::counted(count(tally.made), "fiche-action créée", "fiches-actions créées") +
                           ", " + map::counted(count(tally.renewed), "mise à jour", "mises à jour") + ".";
    if (tally.texts > 0)
        sentence += " Ce que vous y aviez écrit est gardé (" +
                    map::counted(count(tally.texts), "champ", "champs") + ").";
    if (tally.kept.total() > 0)
        sentence += " " + office::sentence_of(tally.kept) + ".";
    if (tally.left_out > 0)
        sentence +=
            " " +
            map::counted(count(tally.left_out), "indicateur n'y tient pas", "indicateurs n'y tiennent pas") +
            " : le modèle en montre six par action.";
    for (const std::string& field : unknown)
        sentence += " Champ inconnu du modèle : " + field + ".";
    return sentence + " Complétez ce qui est marqué « à compléter » dans les tables : les fiches suivent.";
}

} // namespace

std::string make_fiches(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    office::Progress progress(request.frame, "Génération des fiches-actions…");
    const office::Diagnosis diagnosis = office::read_diagnosis(workbook);
    const Coverage coverage = office::coverage_of(diagnosis);
    const MapGround ground = read_ground(workbook, diagnosis);
    progress.reach(before_writing);
    const Rows rows = read_rows(workbook);
    if (rows.actions.empty())
        throw Failure(
            Failure::Cause::bad_value,
            "La feuille « Actions » est vide : inscrivez-y les actions retenues (une ligne par action, "
            "avec sa piste), puis recommencez.");
    for (const Action& action : rows.actions)
        workbook.require_writable_sheet(fiche_name_of(action));
    const std::vector<std::string> unknown = unknown_fields(workbook);
    TableRanges ranges(workbook);
    FicheContent content;
    content.first_year = static_cast<int>(diagnosis.parameters.number("début de la période", 2024));
    content.last_year = std::min(content.first_year + 5,
                                 static_cast<int>(diagnosis.parameters.number("fin de la période", 2027)));
    content.diagnosis = &diagnosis;
    content.coverage = &coverage;
    content.ground = &ground;

    Tally tally;
    office::UndoStep step(workbook.model(), "Générer les fiches-actions");
    for (const Action& action : rows.actions) {
        content.action = action;
        content.indicators.clear();
        std::copy_if(rows.indicators.begin(), rows.indicators.end(), std::back_inserter(content.indicators),
                     [&](const Indicateur& indicator) { return indicator.action == action.id; });
        const auto thematique = rows.thematique_of_piste.find(action.piste);
        content.thematique = thematique == rows.thematique_of_piste.end()
                                 ? std::nullopt
                                 : thematique_index(coverage, thematique->second);
        const FicheOutcome outcome = write_fiche(step, workbook, ranges, content);
        (outcome.is_new ? tally.made : tally.renewed) += 1;
        tally.texts += outcome.kept_texts;
        tally.left_out += outcome.left_out_indicators;
        tally.kept += outcome.kept_shapes;
        progress.reach(before_writing + (1.0 - before_writing) *
                                            static_cast<double>(tally.made + tally.renewed) /
                                            static_cast<double>(rows.actions.size()));
    }
    step.commit();
    return sentence_of(tally, unknown);
}

} // namespace pacte::commands
