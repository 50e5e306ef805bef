#include <algorithm>

#include "commands/command.hpp"
#include "commands/report_sheet.hpp"
#include "core/quality.hpp"
#include "core/text.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"

// « Qualité des données »: a score for each table and each dispositif, and what would
// raise it most. How the scores bear on the figures stands in « Couverture ».

namespace pacte::commands {

namespace {

constexpr const char* sheet_name = "Qualité des données";
constexpr std::size_t gains_shown = 3;

std::vector<TableQuality> qualities_of(const office::Workbook& workbook)
{
    const Parameters parameters = workbook.parameters();
    const Territory territory = office::read_territory(workbook, parameters);
    const Date date = office::reference_date(parameters);
    std::vector<TableQuality> qualities;
    for (const TableSchema& schema : office::schemas().tables())
        if (!schema.generated && workbook.has_table(schema.name))
            if (auto quality = quality_of({schema, workbook.table(schema.name), territory, date}))
                qualities.push_back(std::move(*quality));
    return qualities;
}

void add_line(Report& report, std::vector<Cell> head, const QualityParts& parts, double score,
              const std::vector<QualityGain>& gains)
{
    for (const auto& part : parts)
        head.push_back(part ? Cell(*part) : Cell(std::string("–")));
    head.emplace_back(score);
    const std::string words = gains_in_words(gains, gains_shown);
    head.emplace_back(words.empty() ? std::string("–") : words);
    report.rows.push_back(std::move(head));
}

/// The weakest first: that is where an hour of work pays most.
void add_dispositifs(Report& report, TableQuality quality, const Table& table, const TableSchema& schema)
{
    std::stable_sort(quality.rows.begin(), quality.rows.end(),
                     [](const RowQuality& a, const RowQuality& b) { return a.score < b.score; });
    const Columns columns(schema, table);
    for (const RowQuality& row : quality.rows)
        add_line(report,
                 {schema.sheet, row.key, pacte::text_of(columns.cell(table.rows[row.row], "intitule"))},
                 row.parts, row.score, row.gains);
}

Report report_of(const std::vector<TableQuality>& qualities, const std::string& date)
{
    Report report{sheet_name,
                  "Qualité des données du diagnostic",
                  "Notes sur 100 au " + date +
                      " : les tables, puis les dispositifs, du plus faible au plus fort.",
                  {{"table", "Texte", 2.6},
                   {"ligne", "Code", 2.6},
                   {"intitulé", "Texte", 6.2},
                   {"complétude", "Pour cent", 2.3},
                   {"fraîcheur", "Pour cent", 2.1},
                   {"précision du territoire", "Pour cent", 2.3},
                   {"capacité connue", "Pour cent", 2.1},
                   {"note", "Nombre", 1.5},
                   {"ce qui la relèverait le plus (points gagnés)", "Texte long", 9.5}},
                  {},
                  {},
                  {}};
    for (const TableQuality& quality : qualities)
        add_line(report,
                 {office::schemas().table(quality.table).sheet, std::string("ensemble"),
                  french_number(static_cast<double>(quality.rows.size())) +
                      (quality.rows.size() < 2 ? " ligne" : " lignes")},
                 quality.parts, quality.score, quality.gains);
    report.notes = {
        "Note : moyenne des quatre parts, celles que la table n'a pas étant laissées de côté. Complétude 40 "
        ": part "
        "des cases attendues qui sont remplies (« s » est une réponse, « nd » non). Fraîcheur 20 : entière "
        "jusqu'à "
        "12 mois depuis la mise à jour, nulle après 36 mois ou sans date ; pour un millésime, entière "
        "jusqu'à 3 ans, "
        "nulle à 8 ans.",
        "Précision du territoire 20 : part des noms reconnus, entière dans un seul EPCI ou avec une "
        "répartition, "
        "0,75 dans plusieurs EPCI, 0,5 dans le territoire entier ; pour un lieu, entière avec ses "
        "coordonnées, 0,5 "
        "avec sa seule commune. Capacité 20 : entière si elle est connue, 0,5 si seule la file active l'est.",
        "Fiabilité d'un chiffre (feuille « Couverture ») : la plus faible de celle du besoin (0,5 + 0,5 × "
        "fraîcheur "
        "de son millésime) et de celle de l'offre (moyenne des notes des dispositifs qui desservent "
        "l'EPCI)."};
    return report;
}

} // namespace

std::string assess_quality(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    workbook.require_writable_sheet(sheet_name);
    office::Progress progress(request.frame, "Qualité des données…");
    const auto qualities = qualities_of(workbook);
    progress.reach(0.5);
    if (qualities.empty())
        return "Aucune table n'est remplie : il n'y a rien à noter. Commencez par la feuille « Dispositifs "
               "».";
    Report report = report_of(qualities, office::french_date(office::reference_date(workbook.parameters())));
    const auto weakest = std::min_element(qualities.begin(), qualities.end(),
                                          [](const auto& a, const auto& b) { return a.score < b.score; });
    const std::string advice = gains_in_words(weakest->gains, 1);
    const auto dispositifs =
        std::find_if(qualities.begin(), qualities.end(),
                     [](const TableQuality& quality) { return quality.table == "dispositifs"; });
    if (dispositifs != qualities.end())
        add_dispositifs(report, *dispositifs, workbook.table("dispositifs"),
                        office::schemas().table("dispositifs"));

    office::UndoStep step(workbook.model(), "Qualité des données");
    write_report(step, workbook, report);
    progress.reach(1.0);
    step.commit();
    std::string sentence;
    for (const TableQuality& quality : qualities)
        sentence += (sentence.empty() ? "" : ", ") + office::schemas().table(quality.table).sheet + " " +
                    french_number(quality.score);
    return "Qualité sur 100 : " + sentence +
           ". La plus faible : " + office::schemas().table(weakest->table).sheet +
           (advice.empty() ? "." : " (" + advice + ").");
}

} // namespace pacte::commands
