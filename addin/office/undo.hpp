#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <com/sun/star/document/XUndoManager.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/table/XCellRange.hpp>
#include <com/sun/star/util/XLockable.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// While it lives, Calc records nothing: for shapes, charts, a conditional format
/// or one comment. Not for cells, rows and sheets: Calc 7.4 turns the record on
/// again when it paints, and they are painted before they are recorded.
class Unrecorded {
public:
    explicit Unrecorded(const Reference<css::frame::XModel>& model);
    Unrecorded(const Unrecorded&) = delete;
    Unrecorded& operator=(const Unrecorded&) = delete;
    ~Unrecorded();

private:
    Reference<css::util::XLockable> manager_;
};

/// All that a command writes, as one step of Edit > Undo. What Calc records well
/// by itself (one cell, sheets, comments, rows shown and hidden) goes in as it
/// is; many cells at once go through `write_range`; what Calc does not record
/// (shapes, charts) is told to `add`. Where the step is not committed, its
/// destructor takes back what was written; not in a hidden document, which Calc
/// takes for the one in the active window.
class UndoStep {
public:
    UndoStep(const Reference<css::frame::XModel>& model, std::string_view title);
    UndoStep(const UndoStep&) = delete;
    UndoStep& operator=(const UndoStep&) = delete;
    ~UndoStep();

    /// Something that was just done, Unrecorded. Both ways are called as often as
    /// wanted and must hold all that they need: references to sheets do not last.
    /// What they change must be Unrecorded too: else Calc adds it to the very
    /// list of steps that it is walking through, and ends.
    void add(std::function<void()> undo, std::function<void()> redo);

    /// Runs `write`, which writes the values or formulas of a whole range. Calc
    /// 7.4 takes such a write back without emptying the cells that were blank
    /// before it: the range is emptied first, in a way that it does take back.
    static void write_range(const Reference<css::table::XCellRange>& range, const std::function<void()>& write);

    void commit();

private:
    void close();
    void reckon_last(bool undone, bool redone);

    Reference<css::frame::XModel> model_;
    Reference<css::document::XUndoManager> manager_;
    std::string title_;
    bool open_ = false;
};

/// Steps that a person made later and took back may speak of shapes that are
/// about to go for good: done again, they would end the office. For the way back
/// of a step that removes shapes.
void forget_later_steps(const Reference<css::frame::XModel>& model);

} // namespace pacte::office
