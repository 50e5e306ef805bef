#include <algorithm>
#include <set>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/lang/Locale.hpp>
#include <com/sun/star/table/CellContentType.hpp>
#include <com/sun/star/table/XCell.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <com/sun/star/util/NumberFormat.hpp>
#include <com/sun/star/util/XNumberFormatTypes.hpp>
#include <com/sun/star/util/XNumberFormatsSupplier.hpp>
#include <com/sun/star/util/XProtectable.hpp>

#include "commands/validation_run.hpp"
#include "core/clean_up.hpp"
#include "core/text.hpp"
#include "office/dialog.hpp"
#include "office/installation.hpp"

// « Corriger… »: what can be repaired, old and new side by side.

namespace pacte::commands {

namespace {

using office::Reference;
using office::UNO_QUERY_THROW;
using CellObject = Reference<css::table::XCell>;

/// As sure as that, a repair is ticked before the person looks at it.
constexpr double sure = 0.95;

/// What a dialog shows without a scroll bar.
constexpr std::size_t lines_a_page = 16;

struct Proposal {
    std::string sheet;
    std::int32_t column;
    std::int32_t row;
    std::string before;
    Repair repair;
    std::string label; ///< `D-033, montant annuel (DIS-002)`
    bool chosen;
};

std::string after_of(const Repair& repair)
{
    const auto date = repair.is_date ? read_date(repair.value) : std::nullopt;
    if (!date)
        return text_of(repair.value);
    const auto two = [](unsigned value) { return std::to_string(100 + value).substr(1); };
    return two(static_cast<unsigned>(date->day())) + "/" + two(static_cast<unsigned>(date->month())) + "/" +
           std::to_string(static_cast<int>(date->year()));
}

/// What the dialog shows of a long text: from a little before where it differs from the other.
std::string short_text(const std::string& text, const std::string& other)
{
    constexpr std::size_t longest = 34;
    constexpr std::size_t lead = 12;
    const auto is_inside = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    std::size_t same = 0;
    while (same < text.size() && same < other.size() && text[same] == other[same])
        ++same;
    std::size_t begin = text.size() > longest && same > longest / 2 ? same - lead : 0;
    while (is_inside(begin))
        ++begin;
    std::size_t end = std::min(begin + longest, text.size());
    while (is_inside(end))
        --end;
    std::string shown =
        (begin > 0 ? "…" : "") + text.substr(begin, end - begin) + (end < text.size() ? "…" : "");
    std::replace(shown.begin(), shown.end(), '\n', ' ');
    return shown;
}

CellObject cell_of(const office::Workbook& workbook, const std::string& sheet, std::int32_t column,
                   std::int32_t row)
{
    const auto found = workbook.find_sheet(sheet);
    return found.is() ? found->getCellByPosition(column, row) : CellObject();
}

std::string written_in(const CellObject& cell)
{
    return office::utf8(Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->getString());
}

/// The proposals of the rules, then the clean-ups; one a cell, the surest first.
class Proposals {
public:
    Proposals(const office::Workbook& workbook, bool french) : workbook_(workbook), french_(french) {}

    void add(const Finding& finding)
    {
        if (finding.repair && finding.row >= 0 && finding.column >= 0)
            add(finding.sheet, finding.column, finding.row, *finding.repair,
                finding.key + ", " + title_of(finding.table, finding.field) + " (" + finding.code + ")");
    }

    void add(const CleanUp& clean)
    {
        add(clean.sheet, clean.column, clean.row, {Cell(clean.after), 1.0, false},
            clean.key + ", " + title_of(clean.table, clean.field) +
                (french_ ? " (espaces, écriture)" : " (spaces, writing)"));
    }

    std::vector<Proposal> list() { return std::move(proposals_); }

private:
    void add(const std::string& sheet, std::int32_t column, std::int32_t row, const Repair& repair,
             const std::string& what)
    {
        const auto cell = cell_of(workbook_, sheet, column, row);
        // What a formula gives is repaired where it comes from; a protected sheet is its owner's.
        const Reference<css::util::XProtectable> protectable(workbook_.find_sheet(sheet), office::UNO_QUERY);
        if (!cell.is() || (protectable.is() && protectable->isProtected()) ||
            cell->getType() == css::table::CellContentType_FORMULA ||
            !seen_.insert({sheet, column, row}).second)
            return;
        const auto before = written_in(cell);
        proposals_.push_back({sheet, column, row, before, repair, what, repair.certainty >= sure});
    }

    /// The column as its header says it.
    static std::string title_of(const std::string& table, const std::string& field)
    {
        const TableSchema* schema = office::schemas().find(table);
        const Field* described = schema != nullptr ? schema->find(field) : nullptr;
        return described != nullptr ? described->title : field;
    }

    const office::Workbook& workbook_;
    bool french_;
    std::set<std::tuple<std::string, std::int32_t, std::int32_t>> seen_;
    std::vector<Proposal> proposals_;
};

std::vector<Proposal> proposals_of(const Request& request, const office::Workbook& workbook,
                                   std::vector<Finding> findings, const std::map<std::string, Table>& tables)
{
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return (a.repair ? a.repair->certainty : 0.0) > (b.repair ? b.repair->certainty : 0.0);
    });
    Proposals proposals(workbook, office::speaks_french(request.context));
    for (const Finding& finding : findings)
        proposals.add(finding);
    for (const CleanUp& clean : clean_ups(office::schemas(), tables))
        proposals.add(clean);
    return proposals.list();
}

enum class Answer { cancel, apply, next, previous };

/// One page of ticks.
Answer ask_page(const Request& request, std::vector<Proposal>& proposals, std::size_t page)
{
    const std::size_t begin = page * lines_a_page;
    const std::size_t end = std::min(begin + lines_a_page, proposals.size());
    office::Dialog dialog(request.context, {"Corriger", "Repair"}, 400);
    const std::string count = std::to_string(proposals.size());
    dialog.add_words(office::speaks_french(request.context)
                         ? count +
                               (proposals.size() < 2 ? " réparation possible" : " réparations possibles") +
                               ". Les plus sûres sont cochées ; décochez ce que vous ne voulez pas."
                         : count + (proposals.size() < 2 ? " possible repair" : " possible repairs") +
                               ". The surest are ticked; untick what you do not want.",
                     1);
    dialog.add_change_headings({"Où", "Where"}, {"Écrit aujourd'hui", "Written now"},
                               {"Proposé", "Proposed"});
    for (std::size_t i = begin; i < end; ++i) {
        const auto after = after_of(proposals[i].repair);
        dialog.add_change("r" + std::to_string(i), proposals[i].label, short_text(proposals[i].before, after),
                          short_text(after, proposals[i].before), proposals[i].chosen);
    }
    if (page > 0)
        dialog.add_action("previous", {"Précédentes", "Previous"}, 3);
    if (end < proposals.size())
        dialog.add_action("next", {"Suivantes", "Next"}, 2);
    dialog.add_buttons(true);
    const int result = dialog.run(request.frame);
    for (std::size_t i = begin; i < end; ++i)
        proposals[i].chosen = dialog.checked("r" + std::to_string(i));
    dialog.close();
    return result == 1   ? Answer::apply
           : result == 2 ? Answer::next
           : result == 3 ? Answer::previous
                         : Answer::cancel;
}

bool ask(const Request& request, std::vector<Proposal>& proposals)
{
    std::size_t page = 0;
    while (true) {
        switch (ask_page(request, proposals, page)) {
        case Answer::cancel:
            return false;
        case Answer::apply:
            return true;
        case Answer::next:
            ++page;
            break;
        case Answer::previous:
            --page;
            break;
        }
    }
}

void show_as_date(const Reference<css::frame::XModel>& model, const CellObject& cell)
{
    const Reference<css::util::XNumberFormatsSupplier> supplier(model, UNO_QUERY_THROW);
    const Reference<css::util::XNumberFormatTypes> formats(supplier->getNumberFormats(), UNO_QUERY_THROW);
    const auto key = office::get_as<sal_Int32>(cell, "NumberFormat");
    const auto kind = office::get_as<sal_Int16>(supplier->getNumberFormats()->getByKey(key), "Type");
    if ((kind & css::util::NumberFormat::DATE) == 0)
        office::set(cell, "NumberFormat",
                    formats->getStandardFormat(css::util::NumberFormat::DATE,
                                               css::lang::Locale("fr", "FR", rtl::OUString())));
}

void apply(const office::Workbook& workbook, const Proposal& proposal)
{
    const auto cell = cell_of(workbook, proposal.sheet, proposal.column, proposal.row);
    if (const auto* number = std::get_if<double>(&proposal.repair.value)) {
        cell->setValue(*number);
        if (proposal.repair.is_date)
            show_as_date(workbook.model(), cell);
        return;
    }
    Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)
        ->setString(office::ustring(text_of(proposal.repair.value)));
}

/// What a program answers in the place of the dialog: `sûres`, `toutes`, or the
/// labels' beginnings to be left out, separated by `;`.
void choose(std::vector<Proposal>& proposals, const std::string& choice)
{
    const auto without = split_list(choice);
    for (Proposal& proposal : proposals) {
        if (choice == "toutes")
            proposal.chosen = true;
        proposal.chosen =
            proposal.chosen && std::none_of(without.begin(), without.end(), [&](const std::string& label) {
                return proposal.label.starts_with(label);
            });
    }
}

} // namespace

std::string repair(Request& request)
{
    office::Workbook workbook(request.model());
    workbook.require_writable();
    workbook.require_writable_table("controles");
    const auto tables = read_tables(workbook);
    auto proposals = proposals_of(request, workbook, findings_in(request, tables), tables);
    if (proposals.empty())
        return "Rien ne peut être réparé automatiquement. La feuille « Contrôles » dit ce qu'il reste à "
               "corriger.";
    if (const auto choice = request.argument("Choix"); !choice.empty())
        choose(proposals, choice);
    else if (!ask(request, proposals))
        return {};

    const auto former = read_controls(workbook);
    office::UndoStep step(workbook.model(), "Corriger");
    std::size_t repaired = 0;
    for (const Proposal& proposal : proposals)
        if (proposal.chosen) {
            apply(workbook, proposal);
            ++repaired;
        }
    // « Contrôles » says what is left.
    const auto controls = with_reasons(findings_in(request, read_tables(workbook)), former);
    const auto unmarked = show_controls(step, workbook, former, controls);
    step.commit();
    return std::to_string(repaired) + (repaired < 2 ? " réparation faite. " : " réparations faites. ") +
           sentence_of(controls) + unmarked;
}

} // namespace pacte::commands
