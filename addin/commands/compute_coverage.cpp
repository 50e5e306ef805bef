#include "commands/command.hpp"
#include "commands/report_sheet.hpp"
#include "core/quality.hpp"
#include "core/text.hpp"
#include "map/wording.hpp"
#include "office/diagnosis.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"
#include "office/table_editor.hpp"
#include "office/undo.hpp"

namespace pacte::commands {

namespace {

using Row = std::vector<Cell>;

const std::vector<std::string> fields{"code_epci",      "nom",
                                      "thematique",     "intitule_court",
                                      "besoin",         "capacite",
                                      "taux",           "statut",
                                      "ecart",          "nombre_de_dispositifs",
                                      "part_desservie", "rang",
                                      "taux_simple",    "seuils",
                                      "remarque",       "fiabilite",
                                      "pour_fiabiliser"};

std::string percent(double share) { return french_number(share * 100.0, 1) + " %"; }

std::string thresholds_of(const Thematique& thematique)
{
    return percent(thematique.partial_threshold) + " / " + percent(thematique.covered_threshold);
}

/// What the figure leaves out.
Cell remark_of(const CoverageCell& cell)
{
    if (cell.unknown_capacities == 0 || !cell.capacity.is_known())
        return Blank{};
    return std::to_string(cell.unknown_capacities) + (cell.unknown_capacities == 1
                                                          ? " dispositif sans capacité connue"
                                                          : " dispositifs sans capacité connue");
}

Cell text_or_blank(const std::string& text) { return text.empty() ? Cell(Blank{}) : Cell(text); }

Row row_of(const Epci& epci, const Thematique& thematique, const CoverageCell& cell,
           const Reliability& reliability)
{
    return {epci.code,
            epci.name,
            thematique.code,
            thematique.title,
            cell_of(cell.need),
            cell_of(cell.capacity),
            cell_of(cell.rate),
            std::string(label_of(cell.status)),
            cell_of(cell.gap),
            static_cast<double>(cell.dispositifs),
            cell.served_share,
            cell.rank > 0 ? Cell(static_cast<double>(cell.rank)) : Cell(Blank{}),
            Blank{},
            thresholds_of(thematique),
            remark_of(cell),
            cell_of(reliability.share),
            text_or_blank(reliability.advice)};
}

/// The département's line: its rate never lets a surplus here hide a lack
/// there; the plain one stands beside it.
Row total_row(const Coverage& coverage, std::size_t t, const Reliability& reliability)
{
    const Thematique& thematique = coverage.thematiques[t];
    const CoverageTotal& total = coverage.totals[t];
    std::string remark;
    if (total.left_out > 0)
        remark = std::to_string(total.left_out) + " EPCI sans besoin connu, laissés de côté";
    if (total.without_capacity > 0)
        remark += (remark.empty() ? "" : " ; ") + std::to_string(total.without_capacity) +
                  " EPCI sans capacité connue : taux plancher";
    return {std::string("ensemble"),
            std::string("Ensemble du territoire"),
            thematique.code,
            thematique.title,
            cell_of(total.need),
            cell_of(total.capacity),
            cell_of(total.rate),
            Blank{},
            cell_of(total.gap),
            Blank{},
            Blank{},
            Blank{},
            cell_of(total.plain_rate),
            thresholds_of(thematique),
            text_or_blank(remark),
            cell_of(reliability.share),
            text_or_blank(reliability.advice)};
}

std::vector<std::vector<Reliability>> reliabilities_of(const office::Workbook& workbook,
                                                       const office::Diagnosis& diagnosis,
                                                       const Coverage& coverage)
{
    const auto quality = quality_of({office::schemas().table("dispositifs"), workbook.table("dispositifs"),
                                     diagnosis.territory, diagnosis.date});
    return reliabilities({diagnosis.territory, diagnosis.thematiques, diagnosis.variables, diagnosis.needs,
                          diagnosis.dispositifs, diagnosis.date},
                         coverage, quality);
}

/// The figures that `Accueil` shows.
std::string sentence_of(const Coverage& coverage, Date date)
{
    std::size_t lacking = 0;
    std::size_t open = 0;
    for (const auto& cells : coverage.cells)
        for (const CoverageCell& cell : cells) {
            lacking += cell.status == CoverageStatus::non_couvert ||
                       cell.status == CoverageStatus::peu_couvert ||
                       cell.status == CoverageStatus::partiellement_couvert;
            open += cell.status == CoverageStatus::a_preciser || cell.status == CoverageStatus::non_evaluable;
        }
    return "Couverture calculée au " + office::french_date(date) + " pour " +
           map::counted(coverage.epcis.size(), "EPCI", "EPCI") + " et " +
           map::counted(coverage.thematiques.size(), "thématique", "thématiques") + " : " +
           map::counted(lacking, "besoin peu, partiellement ou non couvert",
                        "besoins peu, partiellement ou non couverts") +
           ", " + map::counted(open, "à préciser ou non évaluable", "à préciser ou non évaluables") +
           ". Générez les cartes (Pacte > Générer les cartes).";
}

} // namespace

std::string compute_coverage(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    workbook.require_writable_table("couverture");
    office::Progress progress(request.frame, "Calcul de la couverture…");
    const office::Diagnosis diagnosis = office::read_diagnosis(workbook);
    progress.reach(0.4);
    const Coverage coverage = office::coverage_of(diagnosis);
    const auto reliable = reliabilities_of(workbook, diagnosis, coverage);
    const auto totals = total_reliabilities(coverage, reliable);
    progress.reach(0.7);

    std::vector<Row> rows;
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t) {
        for (std::size_t e = 0; e < coverage.epcis.size(); ++e)
            rows.push_back(
                row_of(coverage.epcis[e], coverage.thematiques[t], coverage.cells[t][e], reliable[t][e]));
        rows.push_back(total_row(coverage, t, totals[t]));
    }
    office::UndoStep step(workbook.model(), "Calculer la couverture");
    office::ensure_columns(step, workbook, "couverture", {"fiabilite", "pour_fiabiliser"});
    workbook.write_rows("couverture", fields, rows);
    progress.reach(1.0);
    step.commit();

    if (coverage.thematiques.empty())
        return "Aucune thématique n'est retenue : mettez « oui » dans la colonne « retenue » de la feuille "
               "« Thématiques », puis recommencez.";
    return sentence_of(coverage, diagnosis.date);
}

} // namespace pacte::commands
