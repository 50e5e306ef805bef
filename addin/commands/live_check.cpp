#include "commands/live_check.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <com/sun/star/awt/XCallback.hpp>
#include <com/sun/star/awt/XRequestCallback.hpp>
#include <com/sun/star/lang/XComponent.hpp>
#include <com/sun/star/sheet/XCellRangeAddressable.hpp>
#include <com/sun/star/util/XChangesListener.hpp>
#include <com/sun/star/util/XChangesNotifier.hpp>
#include <cppuhelper/implbase2.hxx>
#include <cppuhelper/weakref.hxx>
#include <rtl/ref.hxx>

#include "commands/controls_sheet.hpp"
#include "commands/dispatcher.hpp"
#include "core/error.hpp"
#include "core/validation_row.hpp"
#include "office/diagnosis.hpp"
#include "office/dialog.hpp"
#include "office/installation.hpp"
#include "office/mark_colours.hpp"
#include "office/marks.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

namespace {

namespace css = office::css;
using css::table::CellRangeAddress;
using office::Any;
using office::Reference;
using office::UNO_QUERY;

constexpr const char* setting = "contrôle à la saisie";

/// Follows one document. Calc tells each change from inside the person's own action: the
/// cells are checked once that is over, from the main loop.
class LiveCheck final : public cppu::WeakImplHelper2<css::util::XChangesListener, css::awt::XCallback> {
public:
    LiveCheck(Reference<css::uno::XComponentContext> context, const Reference<css::frame::XModel>& model)
        : context_(std::move(context)), model_(model)
    {
        try_to_read_setting(model);
    }

    void SAL_CALL changesOccurred(const css::util::ChangesEvent& event) override
    {
        for (const auto& change : event.Changes) {
            const Reference<css::sheet::XCellRangeAddressable> range(change.ReplacedElement, UNO_QUERY);
            if (range.is())
                add(range->getRangeAddress());
        }
        schedule();
    }

    void SAL_CALL disposing(const css::lang::EventObject& event) override;

    void SAL_CALL notify(const Any&) override
    {
        scheduled_ = false;
        if (is_command_running())
            return; // its end calls catch_up
        look();
    }

    /// A command has written: Calc does not tell what programs write.
    void forget()
    {
        tables_.clear();
        forget_controls();
        if (const Reference<css::frame::XModel> model(model_.get(), UNO_QUERY); model.is())
            try_to_read_setting(model);
    }

    void look()
    {
        const auto changed = std::exchange(changed_, {});
        const Reference<css::frame::XModel> model(model_.get(), UNO_QUERY);
        if (changed.empty() || !model.is() || !office::Workbook::is_diagnosis(model))
            return;
        try {
            look_at(office::Workbook(model), changed);
        } catch (const Failure&) {
            // A table that cannot be read (merged headers) is told by Valider, not at each key.
            tables_.clear();
        } catch (const css::uno::Exception&) {
            // Calc refuses what it refuses (a document that is being closed): the main loop goes on.
            tables_.clear();
        }
    }

private:
    /// One cell after the other down or along a sheet is one range.
    void add(const CellRangeAddress& at)
    {
        if (!changed_.empty()) {
            CellRangeAddress& last = changed_.back();
            if (last.Sheet == at.Sheet && at.StartRow >= last.StartRow && at.StartRow <= last.EndRow + 1) {
                last.EndRow = std::max(last.EndRow, at.EndRow);
                last.StartColumn = std::min(last.StartColumn, at.StartColumn);
                last.EndColumn = std::max(last.EndColumn, at.EndColumn);
                return;
            }
        }
        changed_.push_back(at);
    }

    void schedule()
    {
        if (std::exchange(scheduled_, true))
            return;
        office::create<css::awt::XRequestCallback>(context_, "com.sun.star.awt.AsyncCallback")
            ->addCallback(this, Any());
    }

    void try_to_read_setting(const Reference<css::frame::XModel>& model)
    {
        try {
            read_setting(office::Workbook(model));
        } catch (const Failure&) {
            is_on_ = false; // settings that cannot be read are told by Valider
        }
    }

    void read_setting(const office::Workbook& workbook)
    {
        is_on_ = pacte::read_boolean(Cell(workbook.parameters().text(setting))).value_or(false);
        if (!is_on_)
            tables_.clear();
    }

    static bool is_touched(const CellRangeAddress& area, const std::vector<CellRangeAddress>& changed)
    {
        return std::any_of(changed.begin(), changed.end(), [&](const CellRangeAddress& at) {
            return at.Sheet == area.Sheet && at.StartRow <= area.EndRow && at.EndRow >= area.StartRow;
        });
    }

    void look_at(const office::Workbook& workbook, const std::vector<CellRangeAddress>& changed)
    {
        std::vector<std::pair<std::string, CellRangeAddress>> touched;
        for (const TableSchema& schema : office::schemas().tables()) {
            if (!workbook.has_table(schema.name))
                continue;
            const CellRangeAddress area = workbook.area(schema.name);
            if (!is_touched(area, changed))
                continue;
            tables_.erase(schema.name);
            if (schema.name == "parametres")
                read_setting(workbook);
            else if (schema.name == "controles")
                forget_controls();
            else if (!schema.generated)
                touched.emplace_back(schema.name, area);
        }
        if (!is_on_)
            return;
        for (const auto& [table, area] : touched)
            for (const CellRangeAddress& at : changed)
                if (at.Sheet == area.Sheet)
                    check(workbook, table, area, at);
    }

    /// The rows of the table that the change has touched.
    void check(const office::Workbook& workbook, const std::string& table, const CellRangeAddress& area,
               const CellRangeAddress& at)
    {
        CellRangeAddress rows = area;
        rows.StartRow = std::max(at.StartRow, area.StartRow + 1);
        rows.EndRow = std::min(at.EndRow, area.EndRow);
        if (rows.StartRow > rows.EndRow)
            return;
        read_tables(workbook, table);
        tables_[table] = workbook.table_rows(table, rows.StartRow, rows.EndRow);
        const auto language = office::speaks_french(context_) ? Language::french : Language::english;
        FindingList list;
        pacte::validate_rows({office::schemas(), tables_, &office::cog(), office::today(), language, {}},
                             table, list);
        tables_.erase(table); // these rows are not the table
        if (!controls_)
            controls_ = read_controls(workbook);
        std::vector<Finding> open;
        for (Control& control : with_reasons(list.findings, *controls_))
            if (!is_accepted(control))
                open.push_back(std::move(control.finding));
        office::mark_rows(
            workbook, rows, [&](const std::string& note) { return was_told(note); }, open, counts_);
    }

    /// Whether Valider put that comment; what it put is reckoned when one is first met.
    [[nodiscard]] bool was_told(const std::string& note)
    {
        if (!note.starts_with("Pacte – "))
            return false;
        if (!notes_) {
            std::vector<Finding> former;
            for (const Control& control : *controls_)
                former.push_back(control.finding);
            notes_ = office::notes_told(former);
        }
        return notes_->contains(note);
    }

    void forget_controls()
    {
        controls_.reset();
        notes_.reset();
    }

    /// The other tables, that the rows refer to: read once, and again when they change.
    void read_tables(const office::Workbook& workbook, const std::string& but)
    {
        for (const TableSchema& schema : office::schemas().tables())
            if (!schema.generated && schema.name != but && !tables_.contains(schema.name) &&
                workbook.has_table(schema.name))
                tables_.emplace(schema.name, workbook.table(schema.name));
    }

    Reference<css::uno::XComponentContext> context_;
    css::uno::WeakReference<css::frame::XModel> model_;
    bool is_on_ = false;
    bool scheduled_ = false;
    std::vector<CellRangeAddress> changed_;
    std::map<std::string, Table> tables_;
    std::optional<std::vector<Control>> controls_;
    std::optional<std::set<std::string>> notes_; ///< of `controls_`
    office::CommentCounts counts_;
};

using Followed = std::map<css::uno::XInterface*, rtl::Reference<LiveCheck>>;

/// By document, on the main thread alone. A document that is closed leaves it.
Followed& followed()
{
    static Followed documents;
    return documents;
}

css::uno::XInterface* identity_of(const Reference<css::uno::XInterface>& object)
{
    return Reference<css::uno::XInterface>(object, UNO_QUERY).get();
}

void LiveCheck::disposing(const css::lang::EventObject& event)
{
    const rtl::Reference<LiveCheck> alive(this);
    followed().erase(identity_of(event.Source));
}

} // namespace

void follow(const Reference<css::uno::XComponentContext>& context, const Reference<css::frame::XModel>& model)
{
    css::uno::XInterface* const key = identity_of(model);
    if (key == nullptr || followed().contains(key) || !office::Workbook::is_diagnosis(model))
        return;
    const Reference<css::util::XChangesNotifier> notifier(model, UNO_QUERY);
    const Reference<css::lang::XComponent> component(model, UNO_QUERY);
    if (!notifier.is() || !component.is())
        return;
    const rtl::Reference<LiveCheck> check(new LiveCheck(context, model));
    followed().emplace(key, check);
    notifier->addChangesListener(check.get());
    component->addEventListener(static_cast<css::util::XChangesListener*>(check.get()));
    office::keep_marks_off_paper(model);
}

void catch_up()
{
    const Followed documents = followed();
    for (const auto& [model, check] : documents) {
        check->forget();
        check->look();
    }
}

} // namespace pacte::commands
