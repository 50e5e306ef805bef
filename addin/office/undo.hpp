#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <com/sun/star/document/XUndoManager.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/util/XLockable.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// All that a command writes, as one step of Edit > Undo. What Calc records by
/// itself (cells, sheets, conditional formats) goes in as it is; what it does
/// not (shapes, charts) is added with its own way back. Where the step is not
/// committed, its destructor takes back what was written.
class UndoStep {
public:
    UndoStep(const Reference<css::frame::XModel>& model, std::string_view title);
    UndoStep(const UndoStep&) = delete;
    UndoStep& operator=(const UndoStep&) = delete;
    ~UndoStep();

    /// `undo` and `redo` are called from the main thread, as often as wanted.
    void add(std::string_view title, std::function<void()> undo, std::function<void()> redo);

    void commit();

    /// While it lives, Calc records nothing in this step.
    class Unrecorded {
    public:
        explicit Unrecorded(UndoStep& step);
        Unrecorded(const Unrecorded&) = delete;
        Unrecorded& operator=(const Unrecorded&) = delete;
        ~Unrecorded();

    private:
        Reference<css::util::XLockable> manager_;
    };

private:
    void close();

    Reference<css::frame::XModel> model_;
    Reference<css::document::XUndoManager> manager_;
    std::string title_;
    std::function<void()> reckon_;
    bool open_ = false;
};

} // namespace pacte::office
