#include <map>

#include "commands/command.hpp"
#include "commands/controls_sheet.hpp"
#include "core/validation.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/marks.hpp"
#include "office/progress.hpp"
#include "office/undo.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

namespace {

/// Every table that is there. The validation says what is wrong in it; headers
/// merged with one another cannot be told apart, and stop it.
std::map<std::string, Table> read_tables(const office::Workbook& workbook)
{
    std::map<std::string, Table> tables;
    for (const TableSchema& schema : office::schemas().tables())
        if (!schema.generated && workbook.has_table(schema.name))
            tables.emplace(schema.name, workbook.table(schema.name));
    return tables;
}

std::string count(std::size_t number, const char* one, const char* several)
{
    return std::to_string(number) + " " + (number < 2 ? one : several);
}

std::string sentence_of(const std::vector<Finding>& findings)
{
    if (findings.empty())
        return "Aucune anomalie. Vous pouvez calculer la couverture (Pacte > Calculer la couverture).";
    std::map<Severity, std::size_t> counts;
    for (const Finding& finding : findings)
        ++counts[finding.severity];
    const std::string counted = count(counts[Severity::erreur], "erreur", "erreurs") + ", " +
                                count(counts[Severity::alerte], "alerte", "alertes") + ", " +
                                count(counts[Severity::conseil], "conseil", "conseils");
    return counted + (counts[Severity::erreur] > 0
                          ? ". Corrigez d'abord les erreurs : la feuille « Contrôles » mène à chaque cellule."
                          : ". La feuille « Contrôles » mène à chaque cellule ; rien n'empêche de calculer la "
                            "couverture.");
}

/// The sheets that are protected are read like the others, but not marked.
std::string sentence_of(const std::vector<std::string>& unmarked)
{
    std::string names;
    for (const std::string& name : unmarked)
        names += (names.empty() ? "« " : ", « ") + name + " »";
    return names.empty() ? names : " Sans marque, parce que protégées : " + names + ".";
}

} // namespace

std::string validate(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    workbook.require_writable_table("controles");
    office::Progress progress(request.frame, "Validation du diagnostic…");

    const auto tables = read_tables(workbook);
    progress.reach(0.3);
    FindingList list;
    pacte::validate({office::schemas(), tables, &office::cog(), office::today()}, list);
    const std::vector<Finding> former = read_findings(workbook);
    progress.reach(0.6);

    office::UndoStep step(workbook.model(), "Valider");
    write_findings(workbook, list.findings);
    const std::vector<std::string> unmarked = office::mark(step, workbook, former, list.findings);
    step.commit();
    return sentence_of(list.findings) + sentence_of(unmarked);
}

} // namespace pacte::commands
