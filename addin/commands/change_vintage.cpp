#include <algorithm>
#include <charconv>

#include "commands/command.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "core/vintage_change.hpp"
#include "office/choices.hpp"
#include "office/import_record.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"
#include "office/settings.hpp"
#include "office/table_editor.hpp"
#include "office/undo.hpp"

namespace pacte::commands {

namespace {

constexpr const char* title = "Changer de millésime";

int year_in_settings(const Parameters& parameters)
{
    const std::string text = parameters.text("géographie");
    int year = 0;
    std::from_chars(text.data(), text.data() + text.size(), year);
    return office::cog_years().has(year) ? year : office::cog().year();
}

/// 0 where the person gave up.
int ask_year(const Request& request, int current)
{
    const auto& years = office::cog_years().years();
    std::vector<std::string> names;
    std::transform(years.begin(), years.end(), std::back_inserter(names),
                   [](int year) { return std::to_string(year); });
    office::Dialog dialog(request.context, {title, "Change the vintage"}, 260);
    dialog.add_words("Le diagnostic est dans la géographie de " + std::to_string(current) +
                         ". Ce qui change est d'abord montré, ligne par ligne.",
                     2);
    dialog.add_list("annee", {"Géographie au 1er janvier", "Geography on 1 January"}, names,
                    static_cast<int>(std::find(years.begin(), years.end(), current) - years.begin()));
    dialog.add_buttons(true);
    const int year = dialog.execute(request.frame)
                         ? years.at(static_cast<std::size_t>(std::max(0, dialog.selected("annee"))))
                         : 0;
    dialog.close();
    return year;
}

int wanted_year(const Request& request, int current)
{
    const std::string given = request.argument("Annee");
    if (given.empty())
        return ask_year(request, current);
    int year = 0;
    std::from_chars(given.data(), given.data() + given.size(), year);
    (void)office::cog_years().of(year); // a year that is not there is said
    return year;
}

std::map<std::string, Table> read_tables(const office::Workbook& workbook)
{
    std::map<std::string, Table> tables;
    for (const char* name : {"territoires", "communes", "besoins", "offre", "dispositifs"})
        if (workbook.has_table(name))
            tables.emplace(name, workbook.table(name));
    return tables;
}

std::string shown(const Cell& cell) { return is_blank(cell) ? "(vide)" : text_of(cell); }

std::vector<std::vector<std::string>> listed(const VintagePlan& plan,
                                             const std::map<std::string, Table>& tables)
{
    std::vector<std::vector<std::string>> rows;
    for (const VintageChange& change : plan.changes) {
        const Table& table = tables.at(change.table);
        rows.push_back({change.sheet,
                        std::to_string(static_cast<std::size_t>(table.header_row) + 2 + change.row),
                        office::schemas().table(change.table).find(change.field)->title, shown(change.before),
                        shown(change.after), change.reason});
    }
    return rows;
}

void write_changes(office::UndoStep& step, office::Workbook& workbook, const VintagePlan& plan,
                   office::Progress& progress)
{
    double written = 0.0;
    for (const char* name : {"territoires", "communes", "besoins", "offre", "dispositifs"}) {
        progress.reach(written / 5.0);
        written += 1.0;
        std::map<std::size_t, office::TableEditor::Values> added;
        if (std::none_of(plan.changes.begin(), plan.changes.end(),
                         [&](const auto& change) { return change.table == name; }))
            continue;
        office::TableEditor editor(workbook, name);
        for (const VintageChange& change : plan.changes) {
            if (change.table != name)
                continue;
            if (change.row < editor.table().rows.size())
                editor.set(change.row, change.field, change.after);
            else
                added[change.row][change.field] = change.after;
        }
        for (const auto& [row, values] : added)
            (void)editor.append(values);
        editor.write(step);
    }
}

} // namespace

std::string change_vintage(Request& request)
{
    office::Workbook workbook(request.model());
    office::require_writable_import(
        workbook, {"parametres", "territoires", "communes", "besoins", "offre", "dispositifs"});
    const int from = year_in_settings(workbook.parameters());
    const int to = wanted_year(request, from);
    if (to == 0)
        return {};
    if (to == from)
        return "Le diagnostic est déjà dans la géographie de " + std::to_string(to) + ".";
    const auto tables = read_tables(workbook);
    const VintagePlan plan = plan_vintage_change(tables, office::schemas(), office::cog_years(), from, to);
    std::string remarks;
    for (const std::string& remark : plan.remarks)
        remarks += " " + remark;
    const std::string count = french_number(static_cast<double>(plan.changes.size())) +
                              (plan.changes.size() < 2 ? " case" : " cases");
    if (request.argument("Annee").empty()) {
        const auto answer =
            office::ask_changes(request.context, request.frame, {title, "Change the vintage"},
                                count + " à changer pour passer de " + std::to_string(from) + " à " +
                                    std::to_string(to) + ". Rien n'est encore écrit." + remarks,
                                {"Feuille", "Ligne", "Colonne", "Avant", "Après", "Motif"},
                                listed(plan, tables), {"Appliquer", "Apply"}, {"", ""});
        if (answer != office::ChangeAnswer::replace)
            return {};
    } else if (fold(request.argument("Confirmer")) != "oui") {
        return count + " à changer pour passer de " + std::to_string(from) + " à " + std::to_string(to) +
               " ; rien n'est écrit." + remarks;
    }
    office::Progress progress(request.frame, "Changement de millésime…");
    office::UndoStep step(workbook.model(), title);
    write_changes(step, workbook, plan, progress);
    office::write_setting(workbook, "géographie", std::to_string(to),
                          "Code officiel géographique des communes et des EPCI.");
    progress.reach(1.0);
    step.commit();
    return count + " changées : le diagnostic est dans la géographie de " + std::to_string(to) + "." +
           remarks +
           " Vérifiez les besoins (leurs chiffres restent ceux de leur année), puis Pacte > Valider.";
}

} // namespace pacte::commands
