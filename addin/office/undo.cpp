#include "office/undo.hpp"

#include <algorithm>
#include <set>

#include <com/sun/star/awt/XCallback.hpp>
#include <com/sun/star/awt/XRequestCallback.hpp>
#include <com/sun/star/awt/XWindow2.hpp>
#include <com/sun/star/document/XUndoAction.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/frame/XFramesSupplier.hpp>
#include <com/sun/star/sheet/XArrayFormulaRange.hpp>
#include <com/sun/star/sheet/XCalculatable.hpp>
#include <cppuhelper/implbase1.hxx>

#include "office/installation.hpp"

namespace pacte::office {

namespace {

Reference<css::document::XUndoManager> undo_manager(const Reference<css::frame::XModel>& model)
{
    return Reference<css::document::XUndoManagerSupplier>(model, UNO_QUERY_THROW)->getUndoManager();
}

/// Of all steps that this component has made: they find shapes by their names,
/// and can be done again whatever has become of them.
std::set<OUString>& own_titles()
{
    static std::set<OUString> titles;
    return titles;
}

class Action final : public cppu::WeakImplHelper1<css::document::XUndoAction> {
public:
    Action(OUString title, std::function<void()> undo, std::function<void()> redo)
        : title_(std::move(title)), undo_(std::move(undo)), redo_(std::move(redo))
    {
    }

    OUString SAL_CALL getTitle() override { return title_; }
    void SAL_CALL undo() override { undo_(); }
    void SAL_CALL redo() override { redo_(); }

private:
    OUString title_;
    std::function<void()> undo_;
    std::function<void()> redo_;
};

class Later final : public cppu::WeakImplHelper1<css::awt::XCallback> {
public:
    explicit Later(std::function<void()> call) : call_(std::move(call)) {}
    void SAL_CALL notify(const Any&) override { call_(); }

private:
    std::function<void()> call_;
};

/// Calc takes back a new sheet in the window that is active, whatever document it shows:
/// for its life, that of the model is. A hidden one cannot be.
class ActiveWindow {
public:
    explicit ActiveWindow(const Reference<css::frame::XModel>& model)
    {
        const Reference<css::frame::XFramesSupplier> desktop(
            create<css::frame::XFramesSupplier>(office_context(), "com.sun.star.frame.Desktop"));
        const auto controller = model->getCurrentController();
        const auto frame = controller.is() ? controller->getFrame() : Reference<css::frame::XFrame>();
        const Reference<css::awt::XWindow2> window(
            frame.is() ? frame->getContainerWindow() : Reference<css::awt::XWindow>(), UNO_QUERY);
        is_model_ = window.is() && window->isVisible();
        if (!is_model_)
            return;
        before_ = desktop->getActiveFrame();
        if (before_ != frame)
            frame->activate();
        else
            before_.clear();
    }
    ActiveWindow(const ActiveWindow&) = delete;
    ActiveWindow& operator=(const ActiveWindow&) = delete;
    ~ActiveWindow()
    {
        try {
            if (before_.is())
                before_->activate();
        } catch (const css::uno::Exception&) {
            // It was closed: the other stays.
        }
    }
    [[nodiscard]] bool is_of_model() const { return is_model_; }

private:
    Reference<css::frame::XFrame> before_;
    bool is_model_ = false;
};

} // namespace

Unrecorded::Unrecorded(const Reference<css::frame::XModel>& model)
    : manager_(undo_manager(model), UNO_QUERY_THROW)
{
    manager_->lock();
}

Unrecorded::~Unrecorded()
{
    try {
        manager_->unlock();
    } catch (const css::uno::Exception&) {
        // The document is being closed: its undo steps go with it.
    }
}

UndoStep::UndoStep(const Reference<css::frame::XModel>& model, std::string_view title)
    : model_(model), manager_(undo_manager(model)), title_(title)
{
    own_titles().insert(ustring(title));
    manager_->enterUndoContext(ustring(title));
    open_ = true;
    reckon_last(true, false);
}

/// Calc does not always reckon again the formulas that look at what it takes
/// back: the last thing undone, and the last redone, is to reckon them all.
void UndoStep::reckon_last(bool undone, bool redone)
{
    const std::function<void()> reckon = [model = model_] {
        Reference<css::sheet::XCalculatable>(model, UNO_QUERY_THROW)->calculateAll();
    };
    const std::function<void()> nothing = [] {};
    add(undone ? reckon : nothing, redone ? reckon : nothing);
}

void UndoStep::close()
{
    open_ = false;
    manager_->leaveUndoContext();
}

void UndoStep::commit()
{
    reckon_last(false, true);
    close();
}

void UndoStep::add(std::function<void()> undo, std::function<void()> redo)
{
    manager_->addUndoAction(new Action(ustring(title_), std::move(undo), std::move(redo)));
}

void UndoStep::write_range(const Reference<css::table::XCellRange>& range, const std::function<void()>& write)
{
    // Undo of an array formula empties its range and then brings back what stood
    // there; redo of its removal leaves blank cells.
    const Reference<css::sheet::XArrayFormulaRange> array(range, UNO_QUERY_THROW);
    array->setArrayFormula("=0");
    array->setArrayFormula(OUString());
    write();
}

UndoStep::~UndoStep()
{
    if (!open_)
        return;
    try {
        close();
        const ActiveWindow window(model_);
        if (!window.is_of_model())
            return; // nobody sees it, and it goes
        manager_->undo();
        manager_->clearRedo(); // what failed is not there to be done again
    } catch (const css::uno::Exception&) {
        // The document is being closed: nothing is left to be restored.
    }
}

void forget_later_steps(const Reference<css::frame::XModel>& model)
{
    const auto manager = undo_manager(model);
    const auto titles = manager->getAllRedoActionTitles();
    const auto is_own = [](const OUString& title) { return own_titles().contains(title); };
    if (std::all_of(titles.begin(), titles.end(), is_own))
        return;
    create<css::awt::XRequestCallback>(office_context(), "com.sun.star.awt.AsyncCallback")
        ->addCallback(new Later([manager] { manager->clearRedo(); }), Any());
}

} // namespace pacte::office
