#include <com/sun/star/util/XProtectable.hpp>

#include "commands/command.hpp"
#include "core/error.hpp"
#include "core/frozen_t0.hpp"
#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"
#include "office/table_editor.hpp"
#include "office/undo.hpp"

// « Figer le T0 »: the figures of the diagnosis, kept once and never written again.

namespace pacte::commands {

namespace {

constexpr const char* title = "Figer le T0";
constexpr const char* table_name = "t0";

/// A T0 is frozen once: what is there, even a line of a person's own, stays.
void refuse_where_frozen(const office::Workbook& workbook)
{
    if (!workbook.has_table(table_name))
        return;
    const Table table = workbook.table(table_name);
    if (table.rows.empty())
        return;
    const auto t0 = read_t0(table, office::schemas().table(table_name));
    throw Failure(Failure::Cause::bad_document,
                  (t0 && t0->date ? "Le T0 a été figé le " + office::french_date(*t0->date)
                                  : "La feuille « " + table.sheet + " » n'est pas vide") +
                      " : rien n'a été modifié. Pour comparer, Pacte > Comparer au T0. S'il a été figé trop "
                      "tôt, ôtez la protection de la feuille « " +
                      table.sheet + " », effacez ses lignes, puis recommencez.");
}

FrozenT0 current_state(const office::Workbook& workbook)
{
    const office::Diagnosis diagnosis = office::read_diagnosis(workbook);
    FrozenT0 t0;
    t0.needs = state_of_needs(diagnosis.territory, diagnosis.variables, diagnosis.needs);
    t0.coverage = state_of_coverage(office::coverage_of(diagnosis), t0.needs);
    if (workbook.has_table("indicateurs"))
        t0.indicators =
            t0_of(read_indicateurs(workbook.table("indicateurs"), office::schemas().table("indicateurs")));
    t0.date = office::today();
    return t0;
}

} // namespace

std::string freeze_t0(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    refuse_where_frozen(workbook);
    if (workbook.has_table(table_name))
        workbook.require_writable_table(table_name);
    office::Progress progress(request.frame, "Le T0 est figé…");
    const FrozenT0 t0 = current_state(workbook);
    progress.reach(0.5);
    if (t0.needs.needs.figures.empty())
        throw Failure(Failure::Cause::bad_value,
                      "Il n'y a rien à figer : aucune variable de la feuille « Variables » n'a de colonne "
                      "dans « Besoins ». Remplissez-les (Pacte > Importer des besoins…), puis recommencez.");

    office::UndoStep step(workbook.model(), title);
    office::ensure_table(step, workbook, table_name);
    workbook.write_rows(table_name, t0_fields(), t0_rows(t0));
    progress.reach(1.0);
    const auto sheet = workbook.sheet(workbook.area(table_name).Sheet);
    // Against a slip of the hand: there is no password.
    Reference<css::util::XProtectable>(sheet, office::UNO_QUERY_THROW)->protect({});
    step.commit();

    const auto count = [](std::size_t number) { return french_number(static_cast<double>(number)); };
    return "T0 figé au " + office::french_date(*t0.date) + " dans la feuille « " + office::name_of(sheet) +
           " » : " + count(t0.needs.epcis.size() - 1) + " EPCI, " + count(t0.needs.variables.size()) +
           " variables, " + count(t0.coverage.variables.size() / 3) + " thématiques, " +
           count(t0.indicators.size()) +
           " indicateurs. À mi-parcours, mettez les feuilles à jour, puis Pacte > Comparer au T0.";
}

} // namespace pacte::commands
