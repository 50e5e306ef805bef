#include "commands/validation_run.hpp"

#include "office/diagnosis.hpp"
#include "office/dialog.hpp"
#include "office/installation.hpp"
#include "office/marks.hpp"

namespace pacte::commands {

namespace {

std::string count(std::size_t number, const char* one, const char* several)
{
    return std::to_string(number) + " " + (number < 2 ? one : several);
}

/// What was accepted is not marked.
std::vector<Finding> open_findings(const std::vector<Control>& controls)
{
    std::vector<Finding> findings;
    for (const Control& control : controls)
        if (!is_accepted(control))
            findings.push_back(control.finding);
    return findings;
}

std::string what_next(std::size_t errors)
{
    return errors > 0 ? ". Corrigez d'abord les erreurs : la feuille « Contrôles » mène à chaque cellule."
                      : ". La feuille « Contrôles » mène à chaque cellule ; rien n'empêche de calculer la "
                        "couverture.";
}

} // namespace

std::map<std::string, Table> read_tables(const office::Workbook& workbook)
{
    std::map<std::string, Table> tables;
    for (const TableSchema& schema : office::schemas().tables())
        if (!schema.generated && workbook.has_table(schema.name))
            tables.emplace(schema.name, workbook.table(schema.name));
    return tables;
}

std::vector<Finding> findings_in(const Request& request, const std::map<std::string, Table>& tables)
{
    const auto language = office::speaks_french(request.context) ? Language::french : Language::english;
    FindingList list;
    pacte::validate({office::schemas(), tables, &office::cog(), office::today(), language, {}}, list);
    return std::move(list.findings);
}

std::string show_controls(office::UndoStep& step, office::Workbook& workbook,
                          const std::vector<Control>& former, const std::vector<Control>& controls)
{
    write_controls(step, workbook, controls);
    std::vector<Finding> marked; // those accepted since had their note too
    for (const Control& control : former)
        marked.push_back(control.finding);
    std::string names;
    for (const std::string& name : office::mark(step, workbook, marked, open_findings(controls)))
        names += (names.empty() ? "« " : ", « ") + name + " »";
    return names.empty() ? names : " Sans marque, parce que protégées : " + names + ".";
}

std::string sentence_of(const std::vector<Control>& controls)
{
    std::map<Severity, std::size_t> counts;
    std::size_t accepted = 0;
    for (const Control& control : controls)
        if (is_accepted(control))
            ++accepted;
        else
            ++counts[control.finding.severity];
    const auto errors = counts[Severity::erreur];
    if (errors + counts[Severity::alerte] + counts[Severity::conseil] + accepted == 0)
        return "Aucune anomalie. Vous pouvez calculer la couverture (Pacte > Calculer la couverture).";
    std::string sentence = count(errors, "erreur", "erreurs") + ", " +
                           count(counts[Severity::alerte], "alerte", "alertes") + ", " +
                           count(counts[Severity::conseil], "conseil", "conseils");
    if (accepted > 0)
        sentence += ", " + count(accepted, "accepté", "acceptés");
    if (counts[Severity::non_verifie] > 0)
        sentence += ", " + count(counts[Severity::non_verifie], "point non vérifié", "points non vérifiés");
    return sentence + what_next(errors);
}

} // namespace pacte::commands
