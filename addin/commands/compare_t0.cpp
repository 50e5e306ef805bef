#include <algorithm>

#include "commands/command.hpp"
#include "commands/comparison_reports.hpp"
#include "core/error.hpp"
#include "core/frozen_t0.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"
#include "office/undo.hpp"

// « Comparer au T0 »: the frozen figures against those of the workbook as it is.

namespace pacte::commands {

namespace {

FrozenT0 frozen(const office::Workbook& workbook)
{
    if (workbook.has_table("t0"))
        if (auto t0 = read_t0(workbook.table("t0"), office::schemas().table("t0")))
            return *std::move(t0);
    throw Failure(Failure::Cause::missing_table,
                  "Le T0 n'est pas encore figé : il n'y a rien à quoi comparer. Quand le diagnostic est "
                  "signé, Pacte > Figer le T0 ; les comparaisons se feront ensuite avec ces chiffres-là.");
}

} // namespace

std::string compare_t0(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    const FrozenT0 t0 = frozen(workbook);
    office::Progress progress(request.frame, "Comparaison au T0…");
    const office::Diagnosis diagnosis = office::read_diagnosis(workbook);
    FrozenT0 now;
    now.needs = state_of_needs(diagnosis.territory, diagnosis.variables, diagnosis.needs);
    now.coverage = state_of_coverage(office::coverage_of(diagnosis), now.needs);
    if (workbook.has_table("indicateurs"))
        now.indicators = latest_of(
            read_indicateurs(workbook.table("indicateurs"), office::schemas().table("indicateurs")));
    now.date = diagnosis.date;
    const Comparison comparison = compare(t0, now);
    const std::string dates =
        (t0.date ? "T0 figé le " + office::french_date(*t0.date) : std::string("T0 figé")) +
        " ; situation au " + office::french_date(diagnosis.date);
    const std::vector<Report> reports{comparison_report(comparison, dates),
                                      set_apart_report(comparison, dates)};

    progress.reach(0.5);
    office::UndoStep step(workbook.model(), "Comparer au T0");
    for (const Report& report : reports)
        write_report(step, workbook, report);
    progress.reach(1.0);
    step.commit();
    return comparison_in_words(comparison) + " Voyez les feuilles « " + reports[0].sheet + " » et « " +
           reports[1].sheet + " ».";
}

} // namespace pacte::commands
