#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/sheet/XSheetAnnotation.hpp>
#include <com/sun/star/sheet/XSheetAnnotations.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/util/PathSubstitution.hpp>

#include "commands/command.hpp"
#include "commands/counted.hpp"
#include "core/error.hpp"
#include "core/need_figures.hpp"
#include "core/need_geography.hpp"
#include "core/need_profile.hpp"
#include "core/text.hpp"
#include "office/choices.hpp"
#include "office/comments.hpp"
#include "office/diagnosis.hpp"
#include "office/import_record.hpp"
#include "office/installation.hpp"
#include "office/long_task.hpp"
#include "office/need_dialog.hpp"
#include "office/source_document.hpp"
#include "office/table_editor.hpp"
#include "office/undo.hpp"

namespace pacte::commands {

namespace {

using office::UNO_QUERY_THROW;

constexpr const char* note_mark = "Import – "; ///< begins the comments that an import leaves

/// The EPCI and their members, as the workbook has them.
NeedTerritory territory_of(const Territory& territory)
{
    NeedTerritory members;
    for (const Epci& epci : territory.epcis())
        members.epcis.emplace(epci.code, epci.name);
    for (const CommuneRow& commune : territory.communes()) {
        if (!members.epcis.contains(commune.epci))
            continue;
        members.epci_of.emplace(commune.code, commune.epci);
        if (commune.population > 0.0)
            members.inhabitants.emplace(commune.code, commune.population);
    }
    members.membership = "communes de la feuille « Communes »";
    return members;
}

std::filesystem::path profile_file(const Request& request)
{
    const auto paths = css::util::PathSubstitution::create(request.context);
    return office::path_of_url(
        office::utf8(paths->substituteVariables("$(user)/pacte/profils-besoins.json", true)));
}

/// What a program answers in the place of the dialog.
void apply_arguments(const Request& request, const SourceFile& file, LayoutHints& hints)
{
    if (const std::string sheet = request.argument("Feuille"); !sheet.empty()) {
        const auto found = std::find_if(file.sheets.begin(), file.sheets.end(),
                                        [&](const SourceSheet& s) { return fold(s.name()) == fold(sheet); });
        if (found == file.sheets.end())
            throw Failure(Failure::Cause::bad_value,
                          "Le fichier « " + file.name + " » n'a pas de feuille « " + sheet + " ».");
        hints.sheet = static_cast<std::size_t>(found - file.sheets.begin());
    }
    if (const std::string level = request.argument("Niveau"); !level.empty()) {
        hints.level = geo_level_named(level);
        if (!hints.level)
            throw Failure(Failure::Cause::bad_value,
                          "« " + level + " » n'est pas un niveau : commune, EPCI, IRIS ou département.");
    }
}

/// `TP60=NBPERSMENFISC;PIMP=population`
void apply_bases(const std::string& stated, NeedLayout& layout)
{
    for (const std::string& pair : split_list(stated)) {
        const auto equal = pair.find('=');
        if (equal == std::string::npos)
            continue;
        for (NeedColumn& column : layout.columns) {
            if (fold(column.code) != fold(pair.substr(0, equal)))
                continue;
            column.base = trim(pair.substr(equal + 1));
            column.population_base = fold(column.base) == "population";
            if (column.population_base)
                column.base.clear();
        }
    }
}

void apply_arguments(const Request& request, NeedLayout& layout)
{
    if (const auto wanted = split_list(request.argument("Variables")); !wanted.empty())
        for (NeedColumn& column : layout.columns)
            column.wanted = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& code) {
                return fold(code) == fold(column.code);
            });
    if (const std::string year = request.argument("Annee"); !year.empty())
        layout.year = year;
    if (const std::string year = request.argument("Geographie"); !year.empty())
        layout.geography = office::cog_years().of(std::atoi(year.c_str())).year();
    apply_bases(request.argument("Bases"), layout);
    for (NeedColumn& column : layout.columns) {
        if (const std::string source = request.argument("Source"); !source.empty())
            column.source = source;
        if (const std::string vintage = request.argument("Millesime"); !vintage.empty())
            column.vintage = vintage;
    }
}

NeedLayout read_layout(const Request& request, const SourceFile& file, const NeedProfiles& profiles,
                       const LayoutHints& hints)
{
    NeedLayout layout;
    office::run_long_task(request.context, request.frame, {"Lecture du fichier", "Reading the file"},
                          [&](const office::TaskProgress&) {
                              layout =
                                  find_need_layout(file, office::cog(), office::known_variables(), hints);
                              find_geography(file, layout, office::cog_years());
                          });
    const std::string key = layout_key(file, layout);
    if (profiles.knows(key)) {
        profiles.apply(key, layout);
        layout.remarks.insert(layout.remarks.begin(),
                              "Vos réglages d'un fichier de même présentation sont repris.");
    }
    return layout;
}

/// The same where a person once corrected the place of the codes in a file that was understood
/// so: it is taken again, as far as this file has that place too.
void read_remembered_place(const Request& request, const SourceFile& file, const NeedProfiles& profiles,
                           const std::string& key, NeedLayout& layout, LayoutHints& hints)
{
    const auto place = profiles.place(key);
    if (!place || place->sheet.value_or(0) >= file.sheets.size())
        return;
    try {
        layout = read_layout(request, file, profiles, *place);
        hints = *place;
    } catch (const Failure& failure) {
        if (failure.cause() != Failure::Cause::bad_file)
            throw;
    }
}

/// The layout that the person agreed on; nothing where they gave up.
std::optional<NeedLayout> agreed_layout(const Request& request, const SourceFile& file)
{
    LayoutHints hints;
    apply_arguments(request, file, hints);
    NeedProfiles profiles = NeedProfiles::load(profile_file(request));
    NeedLayout layout = read_layout(request, file, profiles, hints);
    if (!request.argument("Fichier").empty()) {
        apply_arguments(request, layout);
        return layout; // what a program asks for once is not what a person wants each time
    }
    const std::string key = layout_key(file, layout);
    read_remembered_place(request, file, profiles, key, layout, hints);
    auto answer = office::NeedAnswer::read_again;
    while ((answer = office::ask_need_layout(request.context, request.frame, file, layout, hints)) ==
           office::NeedAnswer::read_again)
        layout = read_layout(request, file, profiles, hints);
    if (answer == office::NeedAnswer::cancel)
        return std::nullopt;
    profiles.remember(layout_key(file, layout), layout);
    if (hints.code_column)
        profiles.remember_place(key, hints);
    profiles.save(profile_file(request));
    return layout;
}

/// The table Besoins as it stands, and what the import would change in it.
class NeedWriter {
public:
    NeedWriter(office::Workbook& workbook, const NeedImport& import)
        : workbook_(workbook), needs_(workbook, "besoins"), variables_(workbook, "variables"), import_(import)
    {
    }

    /// Old and new, where a figure is there and would become another one.
    [[nodiscard]] std::vector<std::vector<std::string>> changes() const
    {
        std::vector<std::vector<std::string>> rows;
        for (const NeedResult& result : import_.results)
            for (const auto& [siren, figure] : result.figures) {
                const Cell before = present(result.column.code, siren);
                if (is_blank(before) || before == figure.value)
                    continue;
                rows.push_back({siren, result.column.code, text_of(before),
                                is_blank(figure.value) ? "(vide)" : text_of(figure.value)});
            }
        return rows;
    }

    [[nodiscard]] bool changes(const NeedResult& result) const
    {
        return std::any_of(result.figures.begin(), result.figures.end(), [&](const auto& figure) {
            const Cell before = present(result.column.code, figure.first);
            return !is_blank(before) && before != figure.second.value;
        });
    }

    void write(const NeedResult& result, const std::map<std::string, std::string>& names, int geography)
    {
        write_variable(result.column, geography);
        const std::size_t column = needs_.column_headed(result.column.code);
        for (const auto& [siren, figure] : result.figures) {
            const std::size_t row = row_of(siren, names);
            needs_.set_column(row, column, figure.value);
            notes_.push_back({needs_.address(row, column), figure.note});
        }
    }

    void flush(office::UndoStep& step)
    {
        variables_.write(step);
        needs_.write(step);
        write_notes(step);
    }

private:
    struct Note {
        css::table::CellAddress where;
        std::string text;
    };

    [[nodiscard]] Cell present(const std::string& code, const std::string& siren) const
    {
        const Table& table = needs_.table();
        const auto column =
            std::find_if(table.headers.begin(), table.headers.end(),
                         [&](const std::string& header) { return fold(header) == fold(code); });
        const auto row = needs_.find("code_epci", siren);
        return column == table.headers.end() || !row
                   ? Cell(Blank{})
                   : table.rows[*row][static_cast<std::size_t>(column - table.headers.begin())];
    }

    std::size_t row_of(const std::string& siren, const std::map<std::string, std::string>& names)
    {
        if (const auto row = needs_.find("code_epci", siren))
            return *row;
        const auto [known, added] = new_rows_.try_emplace(siren, 0);
        if (added) {
            const auto name = names.find(siren);
            known->second = needs_.append(
                {{"code_epci", siren}, {"nom", name == names.end() ? std::string() : name->second}});
        }
        return known->second;
    }

    /// A new variable gets its whole line; of one that is there, what the file is
    /// about: source, vintage, geography.
    void write_variable(const NeedColumn& column, int geography)
    {
        office::TableEditor::Values about;
        about["source"] = source_of(column);
        double vintage_year = 0.0;
        if (parse_number(column.vintage, vintage_year))
            about["millesime"] = vintage_year;
        else
            about["millesime"] = column.vintage;
        if (geography > 0)
            about["geographie"] = static_cast<double>(geography);
        if (const auto row = variables_.find("code", column.code)) {
            for (const auto& [field, value] : about)
                if (!is_blank(value))
                    variables_.set(*row, field, value);
            return;
        }
        office::TableEditor::Values values{{"code", column.code},
                                           {"libelle", column.label},
                                           {"nature", std::string(name_of(column.nature))},
                                           {"unite", column.unit},
                                           {"base", column.base},
                                           {"famille", column.family},
                                           {"sens", column.direction}};
        values.insert(about.begin(), about.end());
        variables_.append(values);
    }

    static std::string source_of(const NeedColumn& column)
    {
        return column.source + (column.population_base && column.nature == VariableNature::taux
                                    ? " ; calcul : moyenne pondérée par la population des communes"
                                    : "");
    }

    /// A comment of a person's own stays; one that a former import left is replaced.
    void write_notes(office::UndoStep& step)
    {
        std::set<std::pair<sal_Int32, sal_Int32>> ours;
        std::set<std::string> texts;
        for (const Note& note : notes_) {
            ours.insert({note.where.Column, note.where.Row});
            texts.insert(note_mark + note.text);
        }
        const auto hide = [model = workbook_.model(),
                           name = office::name_of(needs_.sheet())](const std::set<std::string>& former) {
            const office::Unrecorded unrecorded(model);
            office::hide_orphan_boxes(office::Workbook(model).find_sheet(name), former);
        };
        step.add([hide, texts] { hide(texts); }, [] {});
        const auto annotations = office::annotations_of(needs_.sheet());
        const Reference<css::container::XIndexAccess> list(annotations, UNO_QUERY_THROW);
        std::set<std::pair<sal_Int32, sal_Int32>> taken;
        std::set<std::string> removed;
        for (sal_Int32 i = list->getCount(); i-- > 0;) {
            const Reference<css::sheet::XSheetAnnotation> annotation(list->getByIndex(i), UNO_QUERY_THROW);
            const auto at = annotation->getPosition();
            const std::string text =
                office::utf8(Reference<css::text::XTextRange>(annotation, UNO_QUERY_THROW)->getString());
            if (!ours.contains({at.Column, at.Row}))
                continue;
            if (text.starts_with(note_mark)) {
                annotations->removeByIndex(i);
                removed.insert(text);
            } else {
                taken.insert({at.Column, at.Row});
            }
        }
        for (const Note& note : notes_)
            if (!note.text.empty() && !taken.contains({note.where.Column, note.where.Row}))
                annotations->insertNew(note.where, office::ustring(note_mark + note.text));
        step.add([] {}, [hide, removed] { hide(removed); });
    }

    office::Workbook& workbook_;
    office::TableEditor needs_;
    office::TableEditor variables_;
    const NeedImport& import_;
    std::map<std::string, std::size_t> new_rows_;
    std::vector<Note> notes_;
};

office::ChangeAnswer answer_to_changes(const Request& request, const NeedWriter& writer,
                                       const std::map<std::string, std::string>& names)
{
    auto rows = writer.changes();
    if (rows.empty())
        return office::ChangeAnswer::replace;
    if (!request.argument("Fichier").empty())
        return fold(request.argument("Remplacer")) == "oui" ? office::ChangeAnswer::replace
                                                            : office::ChangeAnswer::keep;
    for (auto& row : rows)
        if (const auto name = names.find(row.front()); name != names.end())
            row.front() = name->second;
    return office::ask_changes(request.context, request.frame, {"Importer des besoins", "Import needs"},
                               counted(rows.size(), "valeur de « Besoins » serait changée",
                                       "valeurs de « Besoins » seraient changées") +
                                   ". Rien n'est encore écrit.",
                               {"EPCI", "Variable", "Ancienne valeur", "Nouvelle valeur"}, rows,
                               {"Remplacer", "Replace"}, {"Garder l'ancien", "Keep"});
}

/// Several sources or vintages are said once each.
std::string joined(const std::vector<NeedResult>& results, std::string NeedColumn::*member)
{
    std::string text;
    std::set<std::string> said;
    for (const NeedResult& result : results)
        if (const std::string& part = result.column.*member; !part.empty() && said.insert(part).second)
            text += (text.empty() ? "" : " ; ") + part;
    return text;
}

std::string joined(const std::vector<std::string>& codes)
{
    std::string text;
    for (const std::string& code : codes)
        text += (text.empty() ? "" : ";") + code;
    return text;
}

struct Written {
    std::vector<std::string> imported;
    std::vector<std::string> kept; ///< already there, not replaced
    std::vector<std::string> refused;
    std::size_t partial = 0; ///< figures
};

std::string listed(const std::vector<std::string>& codes)
{
    constexpr std::size_t most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(codes.size(), most); ++i)
        text += (i == 0 ? "" : ", ") + codes[i];
    return codes.size() > most ? text + "…" : text;
}

std::string sentence_of(const NeedImport& import, const NeedLayout& layout, const Written& written)
{
    std::string sentence =
        counted(written.imported.size(), "variable importée", "variables importées") + " dans « Besoins »" +
        (written.imported.empty() ? "" : " (" + listed(written.imported) + ")") + " : " +
        counted(import.rows_matched, "ligne", "lignes") + " du territoire sur " +
        french_number(static_cast<double>(import.rows_read)) + ", par " + name_of(layout.level) + ".";
    if (written.partial > 0)
        sentence +=
            " " + counted(written.partial, "total partiel", "totaux partiels") + " (voir les commentaires).";
    if (!written.kept.empty())
        sentence += " Déjà là et différentes, gardées telles quelles : " + listed(written.kept) + ".";
    if (!written.refused.empty())
        sentence += " Refusées : " + listed(written.refused) + " (motifs dans « Refus »).";
    if (import.rows_refused > 0)
        sentence += " " + counted(import.rows_refused, "ligne refusée", "lignes refusées") + " (« Refus »).";
    return sentence;
}

std::string remark_of(const NeedImport& import, const NeedLayout& layout)
{
    if (import.missing.empty())
        return {};
    return (layout.level == GeoLevel::epci ? "EPCI absents du fichier : "
                                           : "Communes absentes du fichier : ") +
           listed(import.missing) + " (" + std::to_string(import.missing.size()) + ").";
}

NeedImport import_of(const Request& request, const SourceFile& file, const NeedLayout& layout,
                     const NeedTerritory& members)
{
    NeedImport import;
    office::run_long_task(request.context, request.frame, {"Import des besoins", "Import of needs"},
                          [&](const office::TaskProgress& progress) {
                              import = pacte::import_needs(file, layout, members,
                                                           cog_of(office::cog_years(), layout.geography),
                                                           progress);
                          });
    return import;
}

/// Writes what is agreed; gives what was done.
Written write(NeedWriter& writer, NeedImport& import, const NeedLayout& layout, bool replace,
              const std::map<std::string, std::string>& names, const std::string& file)
{
    Written written;
    for (const NeedResult& result : import.results) {
        if (!result.refused.empty()) {
            written.refused.push_back(result.column.code);
            import.refusals.push_back({"fichier « " + file + " », colonne « " + result.column.header + " »",
                                       result.column.code,
                                       "Variable non importée : " + result.refused + ".",
                                       {}});
        } else if (!replace && writer.changes(result)) {
            written.kept.push_back(result.column.code);
        } else {
            writer.write(result, names, layout.geography);
            written.imported.push_back(result.column.code);
            written.partial +=
                static_cast<std::size_t>(std::count_if(result.figures.begin(), result.figures.end(),
                                                       [](const auto& f) { return f.second.partial; }));
        }
    }
    return written;
}

} // namespace

std::string import_needs(Request& request)
{
    office::Workbook workbook(request.model());
    office::require_writable_import(workbook, {"besoins", "variables"});
    const Territory territory = office::read_territory(workbook, workbook.parameters());
    (void)workbook.table("variables");
    (void)workbook.table("besoins");
    const std::string given = request.argument("Fichier");
    const std::string url =
        given.empty() ? office::choose_file(request.context, {"Importer des besoins", "Import needs"},
                                            {"Tableaux", "Tables"}, "*.xlsx;*.xls;*.ods;*.csv;*.txt;*.tsv")
                      : given;
    if (url.empty())
        return {};
    const auto path = office::path_of_url(url);
    const SourceFile file = office::read_source_file(request.context, request.frame, path);
    const auto layout = agreed_layout(request, file);
    if (!layout)
        return {};
    NeedTerritory members = territory_in(territory_of(territory), office::cog_years(), layout->geography);
    if (layout->level == GeoLevel::epci)
        add_former_epcis(members, office::cog_years());
    NeedImport import = import_of(request, file, *layout, members);
    NeedWriter writer(workbook, import);
    const auto answer = answer_to_changes(request, writer, members.epcis);
    if (answer == office::ChangeAnswer::cancel)
        return {};

    office::UndoStep step(workbook.model(), "Importer des besoins");
    const Written written =
        write(writer, import, *layout, answer == office::ChangeAnswer::replace, members.epcis, file.name);
    writer.flush(step);
    const std::string id = office::next_import_id(workbook);
    office::write_import_record(step, workbook, id,
                                {"besoins",
                                 file.name,
                                 office::sha1_of(path),
                                 joined(import.results, &NeedColumn::source),
                                 joined(import.results, &NeedColumn::vintage),
                                 {},
                                 import.rows_read,
                                 import.rows_matched,
                                 import.rows_refused,
                                 remark_of(import, *layout),
                                 joined(written.imported),
                                 import.refusals});
    step.commit();
    return sentence_of(import, *layout, written);
}

} // namespace pacte::commands
