#include "office/undo.hpp"

#include <com/sun/star/document/XUndoAction.hpp>
#include <com/sun/star/document/XUndoManagerSupplier.hpp>
#include <com/sun/star/sheet/XCalculatable.hpp>
#include <cppuhelper/implbase1.hxx>

namespace pacte::office {

namespace {

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

} // namespace

UndoStep::UndoStep(const Reference<css::frame::XModel>& model, std::string_view title)
    : model_(model), title_(title),
      reckon_([model] { Reference<css::sheet::XCalculatable>(model, UNO_QUERY_THROW)->calculateAll(); })
{
    const Reference<css::document::XUndoManagerSupplier> supplier(model, UNO_QUERY_THROW);
    manager_ = supplier->getUndoManager();
    manager_->enterUndoContext(ustring(title));
    open_ = true;
    // Calc does not always reckon again the formulas that look at what it takes
    // back: the last thing undone, and the last redone, is to reckon them all.
    add(title, reckon_, [] {});
}

void UndoStep::close()
{
    open_ = false;
    manager_->leaveUndoContext();
}

void UndoStep::commit()
{
    add(title_, [] {}, reckon_);
    close();
}

void UndoStep::add(std::string_view title, std::function<void()> undo, std::function<void()> redo)
{
    manager_->addUndoAction(new Action(ustring(title), std::move(undo), std::move(redo)));
}

UndoStep::Unrecorded::Unrecorded(UndoStep& step) : manager_(step.manager_, UNO_QUERY_THROW)
{
    manager_->lock();
}

UndoStep::Unrecorded::~Unrecorded()
{
    try {
        manager_->unlock();
    } catch (const css::uno::Exception&) {
        // The document is being closed: its undo steps go with it.
    }
}

UndoStep::~UndoStep()
{
    if (!open_)
        return;
    try {
        close();
        manager_->undo();
    } catch (const css::uno::Exception&) {
        // The document is being closed: nothing is left to be restored.
    }
}

} // namespace pacte::office
