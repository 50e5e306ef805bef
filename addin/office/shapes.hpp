#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <com/sun/star/awt/Point.hpp>
#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/drawing/XDrawPage.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/frame/XModel.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>

#include "map/drawing.hpp"
#include "office/uno.hpp"

// A shape of the sheet as a value: what Pacte sets on it and reads back.
// Whatever else a person gave it (a shadow, a line cap) is left alone.

namespace pacte::office {

struct ShapeState {
    OUString type; ///< `com.sun.star.drawing.TextShape`
    OUString name;
    css::awt::Point position; ///< 1/100 mm
    css::awt::Size size;
    OUString text;
    std::vector<std::pair<OUString, Any>> properties; ///< in the order of their names
};

/// What a generated shape should look like, its box moved by `offset`.
[[nodiscard]] ShapeState state_of(const map::Shape& shape, map::Position offset = {});
[[nodiscard]] ShapeState state_of(const Reference<css::drawing::XShape>& shape);

/// What a person may change on a generated shape, one writing for each, so
/// that what was generated can be kept beside the map and compared.
struct Appearance {
    std::string geometry; ///< `x y largeur hauteur`
    std::string fill;
    std::string line;
    std::string text;

    static constexpr int tolerance = 20; ///< 1/100 mm lost by saving and opening again
};

[[nodiscard]] Appearance appearance_of(const ShapeState& state);
[[nodiscard]] bool same_geometry(const std::string& a, const std::string& b);

/// Gives `target` the geometry, fill, line or text of `source`.
void take_geometry(ShapeState& target, const ShapeState& source);
void take_fill(ShapeState& target, const ShapeState& source);
void take_line(ShapeState& target, const ShapeState& source);
void take_text(ShapeState& target, const ShapeState& source);

/// The shapes of a sheet by their names; unnamed ones are left out.
///
/// A shape is never deleted: Calc's own undo steps (a person moved it) go on
/// pointing at it, and would bring the office down. One that is not wanted any
/// more is hidden, neither seen nor printed.
class SheetShapes {
public:
    SheetShapes(const Reference<css::frame::XModel>& model, const Reference<css::sheet::XSpreadsheet>& sheet);

    [[nodiscard]] const std::map<OUString, Reference<css::drawing::XShape>>& by_name() const { return shapes_; }
    void put(const ShapeState& state); ///< creates it, or updates the one of that name
    void hide(const OUString& name);
    void remove(const OUString& name); ///< only where no undo step can speak of it

private:
    Reference<css::drawing::XShape> create(const ShapeState& state);

    Reference<css::frame::XModel> model_;
    Reference<css::sheet::XSpreadsheet> sheet_;
    Reference<css::drawing::XDrawPage> page_;
    std::map<OUString, Reference<css::drawing::XShape>> shapes_;
};

} // namespace pacte::office
