#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <com/sun/star/sheet/XSpreadsheet.hpp>

#include "map/drawing.hpp"

#include "office/undo.hpp"
#include "office/workbook.hpp"

namespace pacte::office {

/// Where a drawing goes and where Pacte remembers what it drew: hidden
/// columns of the same sheet, so that the memory goes where the sheet goes.
struct DrawingPlace {
    Reference<css::sheet::XSpreadsheet> sheet;
    map::Position offset;
    std::int32_t record_column = 0;
};

/// What a person had changed, and was kept.
struct Kept {
    int moved = 0;
    int restyled = 0;
    int rewritten = 0;
    int removed = 0;

    [[nodiscard]] int total() const { return moved + restyled + rewritten + removed; }
    Kept& operator+=(const Kept& other);
};

/// `2 éléments déplacés, 1 recoloré` ; empty where nothing was kept.
[[nodiscard]] std::string sentence_of(const Kept& kept);

/// Draws the shapes on a sheet that was made in this very step.
void draw_on_new_sheet(UndoStep& step, const Workbook& workbook, const DrawingPlace& place,
                       const std::vector<map::Shape>& shapes);

/// Draws the shapes, or brings those already there up to date: a shape that a
/// person moved, recoloured or rewrote keeps that; one that they removed stays
/// away (unless most were removed: then all are drawn again); one that they
/// added is not touched.
Kept draw(UndoStep& step, const Workbook& workbook, const DrawingPlace& place,
          const std::vector<map::Shape>& shapes);

} // namespace pacte::office
