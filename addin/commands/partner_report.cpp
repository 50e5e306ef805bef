#include <algorithm>
#include <filesystem>

#include <com/sun/star/sheet/XSpreadsheets.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/style/XStyleLoader.hpp>
#include <osl/file.hxx>

#include "commands/report_sheet.hpp"
#include "commands/validation_run.hpp"
#include "core/error.hpp"
#include "core/partner_rows.hpp"
#include "core/text.hpp"
#include "office/choices.hpp"
#include "office/diagnosis.hpp"
#include "office/dialog.hpp"
#include "office/hidden_document.hpp"
#include "office/installation.hpp"
#include "office/progress.hpp"

// « Rapport de contrôle à un partenaire… »: what the validation found in the rows that
// one partner answers for, in a file of its own, with these rows and no other.

namespace pacte::commands {

namespace {

using office::OUString;
using office::Reference;
using office::UNO_QUERY_THROW;

/// The findings in the partner's rows that nobody has accepted, the most serious first.
std::vector<Finding> findings_of(const Request& request, const PartnerRows& partner,
                                 const std::map<std::string, Table>& tables,
                                 const std::vector<Control>& controls)
{
    const auto language = office::speaks_french(request.context) ? Language::french : Language::english;
    std::vector<Finding> findings;
    for (const Control& control : controls) {
        const Finding& finding = control.finding;
        const auto table = tables.find(finding.table);
        if (!is_accepted(control) && finding.severity != Severity::non_verifie && table != tables.end() &&
            partner.has(table->second, finding.row))
            findings.push_back(as_told_to(partner, table->second, finding, language));
    }
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return findings;
}

/// What a person would call the row: its intitulé, its name…
std::string title_of(const Table& table, const TableSchema& schema, std::size_t row)
{
    const Columns columns(schema, table);
    for (const char* field : {"intitule", "nom", "libelle", "action"})
        if (const auto text = trim(pacte::text_of(columns.cell(table.rows[row], field))); !text.empty())
            return text;
    return {};
}

std::string lines_in_words(const PartnerRows& partner)
{
    const auto count = partner.count();
    return count == 1 ? "votre ligne" : "vos " + std::to_string(count) + " lignes";
}

Report findings_report(const PartnerRows& partner, const std::vector<Finding>& findings,
                       const std::map<std::string, Table>& tables, const std::string& date)
{
    Report report{
        "À vérifier",
        "Points à vérifier : " + partner.name,
        findings.empty()
            ? "Aucun point à vérifier dans " + lines_in_words(partner) + " au " + date + "."
            : "Relevés au " + date + " dans " + lines_in_words(partner) + " du diagnostic territorial.",
        {{"gravité", "Texte", 1.8},
         {"table", "Texte", 2.4},
         {"ligne", "Code", 2.0},
         {"intitulé", "Texte long", 5.5},
         {"colonne", "Texte", 3.0},
         {"ce qui ne va pas", "Texte long", 7.5},
         {"ce que nous proposons", "Texte long", 6.0},
         {"règle", "Code", 1.8}},
        {},
        {},
        {"erreur : bloque le calcul qui en dépend ; alerte et conseil : à regarder, rien ne bloque. Une "
         "donnée que vous ne connaissez pas se laisse vide (ou « nd »), jamais 0."}};
    for (const Finding& finding : findings) {
        const TableSchema& schema = office::schemas().table(finding.table);
        const Table& table = tables.at(finding.table);
        const Field* field = schema.find(finding.field);
        report.rows.push_back(
            {std::string(name_of(finding.severity)), schema.sheet, finding.key,
             title_of(table, schema, static_cast<std::size_t>(finding.row - table.header_row - 1)),
             field != nullptr ? field->title : finding.field, finding.message, finding.suggestion,
             finding.code});
    }
    return report;
}

const char* style_of(const Field* field)
{
    if (field == nullptr)
        return "Texte";
    if (field->type == "date")
        return "Date";
    if (field->kind == "texte long")
        return "Texte long";
    return field->type == "number" ? "Nombre" : "Texte";
}

/// Their rows of one table, as they stand, with the cells to look at in colour.
Report rows_report(const TableSchema& schema, const Table& table, const std::set<std::size_t>& rows,
                   const std::vector<Finding>& findings)
{
    Report report{
        schema.sheet, schema.title, "Vos lignes, telles qu'elles sont dans le diagnostic.", {}, {}, {}, {}};
    const Columns columns(schema, table);
    std::vector<std::size_t> shown; // a column that is empty in all of them says nothing
    for (std::size_t column = 0; column < table.headers.size(); ++column) {
        if (trimmed(table.headers[column]).empty() ||
            std::all_of(rows.begin(), rows.end(),
                        [&](std::size_t row) { return is_blank(table.rows[row][column]); }))
            continue;
        const Field* field = schema.find(columns.name(static_cast<int>(column)));
        shown.push_back(column);
        report.columns.push_back(
            {trim(table.headers[column]), style_of(field), field != nullptr ? field->width_cm : 3.0});
    }
    for (const std::size_t row : rows) {
        std::vector<Cell> cells;
        for (const std::size_t column : shown)
            cells.push_back(table.rows[row][column]);
        report.rows.push_back(std::move(cells));
    }
    for (const Finding& finding : findings) {
        if (finding.table != schema.name)
            continue;
        const auto row = rows.find(static_cast<std::size_t>(finding.row - table.header_row - 1));
        const auto column = std::find(shown.begin(), shown.end(),
                                      static_cast<std::size_t>(finding.column - table.first_column));
        if (row != rows.end() && column != shown.end())
            report.styles.emplace(std::pair(static_cast<std::size_t>(std::distance(rows.begin(), row)),
                                            static_cast<std::size_t>(column - shown.begin())),
                                  std::string("Pacte ") + name_of(finding.severity));
    }
    return report;
}

/// A new workbook with the styles of a diagnosis.
void load_styles(const Reference<css::frame::XModel>& model)
{
    OUString url;
    osl::FileBase::getFileURLFromSystemPath(
        office::ustring((office::templates_folder() / "classeur.fods").string()), url);
    const Reference<css::style::XStyleLoader> styles(
        Reference<css::style::XStyleFamiliesSupplier>(model, UNO_QUERY_THROW)->getStyleFamilies(),
        UNO_QUERY_THROW);
    styles->loadStylesFromURL(url, styles->getStyleLoaderOptions());
}

void write_file(const Request& request, const std::string& target, const std::vector<Report>& reports,
                office::Progress& progress)
{
    const bool as_pdf = std::filesystem::path(target).extension() == ".pdf";
    const office::HiddenDocument document(request.context, "private:factory/scalc");
    load_styles(document.model());
    office::Workbook workbook(document.model());
    const auto first = workbook.document()->getSheets()->getElementNames()[0];
    office::UndoStep step(document.model(), "Rapport");
    // Thirty columns are for the screen: on paper, the list of what is to be looked at.
    const std::size_t count = as_pdf ? 1 : reports.size();
    for (std::size_t i = 0; i < count; ++i) {
        write_report(step, workbook, reports[i]);
        progress.reach(0.3 + 0.6 * static_cast<double>(i + 1) / static_cast<double>(count));
    }
    step.commit();
    workbook.document()->getSheets()->removeByName(first);
    office::store_copy(document.model(), office::ustring(target), as_pdf ? "calc_pdf_Export" : "calc8");
}

const PartnerRows* ask_partner(const Request& request, const std::vector<PartnerRows>& partners,
                               const std::map<std::string, Table>& tables,
                               const std::vector<Control>& controls)
{
    std::vector<std::string> items;
    for (const PartnerRows& partner : partners) {
        const auto rows = partner.count();
        const auto found = findings_of(request, partner, tables, controls).size();
        items.push_back(
            partner.name + " (" + std::to_string(rows) + (rows < 2 ? " ligne, " : " lignes, ") +
            (found == 0 ? "rien à vérifier"
                        : std::to_string(found) + (found < 2 ? " point à vérifier" : " points à vérifier")) +
            ")");
    }
    office::Dialog dialog(request.context, {"Rapport de contrôle à un partenaire", "Findings for a partner"},
                          260);
    dialog.add_text(
        {"Le fichier ne contient que les lignes dont ce partenaire répond, et ce que Pacte y a relevé.",
         "The file holds only the rows this partner answers for, and what Pacte found in them."},
        2);
    dialog.add_long_list("partenaire", {"Partenaire", "Partner"}, items, 0, 12);
    dialog.add_buttons(true);
    const bool chosen = dialog.execute(request.frame);
    const int selected = dialog.selected("partenaire");
    dialog.close();
    return chosen && selected >= 0 ? &partners[static_cast<std::size_t>(selected)] : nullptr;
}

std::string file_name(const std::string& partner, const char* extension)
{
    std::string name = "Points à vérifier – " + partner;
    std::replace_if(
        name.begin(), name.end(),
        [](char c) { return std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos; }, '-');
    return name + extension;
}

} // namespace

std::string report_to_partner(Request& request)
{
    const office::Workbook workbook(request.model());
    workbook.require_diagnosis();
    const auto tables = read_tables(workbook);
    const auto partners = partners_of(office::schemas(), tables);
    if (partners.empty())
        return "Aucun porteur n'est nommé : remplissez la colonne « porteur principal » de la feuille « "
               "Dispositifs ».";
    const auto controls = with_reasons(findings_in(request, tables), read_controls(workbook));
    const std::string name = request.argument("Partenaire");
    const PartnerRows* const partner =
        name.empty() ? ask_partner(request, partners, tables, controls) : find_partner(partners, name);
    if (partner == nullptr) {
        if (name.empty())
            return {};
        throw Failure(Failure::Cause::bad_value,
                      "Aucune ligne du diagnostic n'a « " + name + " » pour porteur.");
    }
    std::string target = request.argument("Fichier");
    if (target.empty())
        target = office::choose_target(
            request.context, {"Rapport de contrôle à un partenaire", "Findings for a partner"},
            {{"OpenDocument (.ods)", "*.ods"}, {"PDF (.pdf)", "*.pdf"}}, file_name(partner->name, ".ods"));
    if (target.empty())
        return {};
    office::Progress progress(request.frame, "Rapport de contrôle…");
    const auto findings = findings_of(request, *partner, tables, controls);
    const std::string date = office::french_date(office::reference_date(workbook.parameters()));
    std::vector<Report> reports{findings_report(*partner, findings, tables, date)};
    for (const auto& [table, rows] : partner->rows)
        reports.push_back(rows_report(office::schemas().table(table), tables.at(table), rows, findings));
    progress.reach(0.3);
    write_file(request, target, reports, progress);
    return "Rapport enregistré pour " + partner->name + " : " + std::to_string(findings.size()) +
           (findings.size() < 2 ? " point" : " points") + " à vérifier dans " +
           std::to_string(partner->count()) + (partner->count() < 2 ? " ligne." : " lignes.");
}

} // namespace pacte::commands
