#include "office/shapes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include <com/sun/star/awt/FontSlant.hpp>
#include <com/sun/star/awt/FontWeight.hpp>
#include <com/sun/star/beans/XMultiPropertySet.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/drawing/FillStyle.hpp>
#include <com/sun/star/drawing/Hatch.hpp>
#include <com/sun/star/drawing/LineDash.hpp>
#include <com/sun/star/drawing/LineStyle.hpp>
#include <com/sun/star/drawing/PointSequenceSequence.hpp>
#include <com/sun/star/drawing/TextVerticalAdjust.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/style/ParagraphAdjust.hpp>
#include <com/sun/star/text/XText.hpp>

namespace pacte::office {

namespace {

namespace drawing = css::drawing;
using css::uno::makeAny;
using Properties = std::vector<std::pair<OUString, Any>>;

constexpr const char* typeface = "Liberation Sans";

/// Read back from a shape, and set again by Undo.
constexpr std::array managed{
    "CharColor",     "CharFontName",      "CharHeight",         "CharPosture",        "CharWeight",
    "Description",   "FillBackground",    "FillColor",          "FillHatch",          "FillStyle",
    "FillTransparence", "LineColor",      "LineDash",           "LineStyle",          "LineWidth",
    "ParaAdjust",    "PolyPolygon",       "Printable",          "TextAutoGrowHeight", "TextAutoGrowWidth",  "TextLeftDistance",
    "TextLowerDistance", "TextRightDistance", "TextUpperDistance", "TextVerticalAdjust", "TextWordWrap",
    "Title",         "Visible",
};

const char* service_of(map::ShapeKind kind)
{
    switch (kind) {
    case map::ShapeKind::polygon:
        return "com.sun.star.drawing.PolyPolygonShape";
    case map::ShapeKind::polyline:
        return "com.sun.star.drawing.PolyLineShape";
    case map::ShapeKind::ellipse:
        return "com.sun.star.drawing.EllipseShape";
    case map::ShapeKind::rectangle:
        return "com.sun.star.drawing.RectangleShape";
    case map::ShapeKind::text:
        return "com.sun.star.drawing.TextShape";
    }
    return "";
}

drawing::PointSequenceSequence points_of(const std::vector<map::Ring>& rings, map::Position offset)
{
    drawing::PointSequenceSequence all(static_cast<sal_Int32>(rings.size()));
    for (std::size_t r = 0; r < rings.size(); ++r) {
        drawing::PointSequence ring(static_cast<sal_Int32>(rings[r].size()));
        std::transform(rings[r].begin(), rings[r].end(), ring.getArray(), [&](const map::Position& p) {
            return css::awt::Point(p.x + offset.x, p.y + offset.y);
        });
        all[static_cast<sal_Int32>(r)] = ring;
    }
    return all;
}

map::Rectangle bounds_of(const map::Shape& shape)
{
    if (shape.rings.empty())
        return shape.box;
    auto left = std::numeric_limits<map::Hundredths_mm>::max();
    auto top = left;
    auto right = std::numeric_limits<map::Hundredths_mm>::min();
    auto bottom = right;
    for (const map::Ring& ring : shape.rings)
        for (const map::Position& p : ring) {
            left = std::min(left, p.x);
            right = std::max(right, p.x);
            top = std::min(top, p.y);
            bottom = std::max(bottom, p.y);
        }
    return {left, top, right - left, bottom - top};
}

/// A text on one line gets room to spare on the sides away from its alignment:
/// the office breaks a line that its own fonts make a hair too long.
map::Rectangle with_room(const map::Shape& shape)
{
    map::Rectangle box = bounds_of(shape);
    if (shape.kind != map::ShapeKind::text || shape.wrap)
        return box;
    const map::Hundredths_mm room = box.width / 4 + 150;
    if (shape.text_style.align == map::Align::centre)
        return {box.x - room / 2, box.y, box.width + room, box.height};
    if (shape.text_style.align == map::Align::right)
        box.x -= room;
    box.width += room;
    return box;
}

sal_Int32 rgb(map::Color color)
{
    return static_cast<sal_Int32>(color.rgb);
}

void add_fill(Properties& to, const map::Fill& fill)
{
    using map::Pattern;
    if (fill.pattern == Pattern::none) {
        to.emplace_back("FillStyle", makeAny(drawing::FillStyle_NONE));
        return;
    }
    to.emplace_back("FillColor", makeAny(rgb(fill.color)));
    to.emplace_back("FillTransparence", makeAny(static_cast<sal_Int16>(fill.transparency_percent)));
    if (fill.pattern == Pattern::solid) {
        to.emplace_back("FillStyle", makeAny(drawing::FillStyle_SOLID));
        return;
    }
    drawing::Hatch hatch;
    hatch.Style = fill.pattern == Pattern::hatch_cross ? drawing::HatchStyle_DOUBLE : drawing::HatchStyle_SINGLE;
    hatch.Color = rgb(fill.line);
    hatch.Distance = 150;
    hatch.Angle = fill.pattern == Pattern::hatch_135 ? 1350 : 450;
    to.emplace_back("FillBackground", makeAny(true));
    to.emplace_back("FillHatch", makeAny(hatch));
    to.emplace_back("FillStyle", makeAny(drawing::FillStyle_HATCH));
}

void add_line(Properties& to, const map::Stroke& stroke)
{
    if (!stroke.visible) {
        to.emplace_back("LineStyle", makeAny(drawing::LineStyle_NONE));
        return;
    }
    to.emplace_back("LineColor", makeAny(rgb(stroke.color)));
    to.emplace_back("LineWidth", makeAny(sal_Int32(stroke.width)));
    to.emplace_back("LineStyle", makeAny(stroke.dashed ? drawing::LineStyle_DASH : drawing::LineStyle_SOLID));
    if (stroke.dashed)
        to.emplace_back("LineDash", makeAny(drawing::LineDash(drawing::DashStyle_RECT, 0, 0, 1, 100, 80)));
}

void add_text(Properties& to, const map::Shape& shape)
{
    using css::style::ParagraphAdjust;
    const map::TextStyle& style = shape.text_style;
    const ParagraphAdjust adjust = style.align == map::Align::left     ? css::style::ParagraphAdjust_LEFT
                                   : style.align == map::Align::centre ? css::style::ParagraphAdjust_CENTER
                                                                       : css::style::ParagraphAdjust_RIGHT;
    to.emplace_back("CharFontName", makeAny(OUString::createFromAscii(typeface)));
    to.emplace_back("CharHeight", makeAny(static_cast<float>(style.size_pt)));
    to.emplace_back("CharWeight", makeAny(style.bold ? css::awt::FontWeight::BOLD : css::awt::FontWeight::NORMAL));
    to.emplace_back("CharPosture",
                    makeAny(style.italic ? css::awt::FontSlant_ITALIC : css::awt::FontSlant_NONE));
    to.emplace_back("CharColor", makeAny(rgb(style.color)));
    to.emplace_back("ParaAdjust", makeAny(static_cast<sal_Int16>(adjust)));
    to.emplace_back("TextAutoGrowHeight", makeAny(false));
    to.emplace_back("TextAutoGrowWidth", makeAny(false));
    to.emplace_back("TextWordWrap", makeAny(shape.wrap));
    to.emplace_back("TextVerticalAdjust", makeAny(drawing::TextVerticalAdjust_TOP));
    for (const char* side : {"TextLeftDistance", "TextRightDistance", "TextUpperDistance", "TextLowerDistance"})
        to.emplace_back(OUString::createFromAscii(side), makeAny(sal_Int32(0)));
}

/// Calc calls a line of two points by another name than it was made by.
OUString type_of(const Reference<drawing::XShape>& shape)
{
    const OUString type = shape->getShapeType();
    return type.equalsAscii("com.sun.star.drawing.LineShape")
               ? OUString::createFromAscii(service_of(map::ShapeKind::polyline))
               : type;
}

bool has_own_points(const ShapeState& state)
{
    return std::any_of(state.properties.begin(), state.properties.end(),
                       [](const auto& entry) { return entry.first == "PolyPolygon"; });
}

const Any* find(const ShapeState& state, const char* name)
{
    const auto found = std::find_if(state.properties.begin(), state.properties.end(),
                                    [&](const auto& entry) { return entry.first.equalsAscii(name); });
    return found == state.properties.end() ? nullptr : &found->second;
}

void take(ShapeState& target, const ShapeState& source, std::initializer_list<const char*> names)
{
    for (const char* name : names) {
        const Any* value = find(source, name);
        if (!value)
            continue;
        const OUString key = OUString::createFromAscii(name);
        std::erase_if(target.properties, [&](const auto& entry) { return entry.first == key; });
        const auto place = std::lower_bound(target.properties.begin(), target.properties.end(), key,
                                            [](const auto& entry, const OUString& k) { return entry.first < k; });
        target.properties.insert(place, {key, *value});
    }
}

template <typename Value> Value value_of(const ShapeState& state, const char* name)
{
    Value value{};
    if (const Any* any = find(state, name))
        *any >>= value;
    return value;
}

void write(const Reference<drawing::XShape>& shape, const ShapeState& state)
{
    Sequence<OUString> names(static_cast<sal_Int32>(state.properties.size()));
    Sequence<Any> values(names.getLength());
    for (std::size_t i = 0; i < state.properties.size(); ++i) {
        names[static_cast<sal_Int32>(i)] = state.properties[i].first;
        values[static_cast<sal_Int32>(i)] = state.properties[i].second;
    }
    const Reference<css::text::XText> text(shape, UNO_QUERY);
    if (text.is() && text->getString() != state.text)
        text->setString(state.text);
    Reference<css::beans::XMultiPropertySet>(shape, UNO_QUERY_THROW)->setPropertyValues(names, values);
    const auto size = shape->getSize();
    if (size.Width != state.size.Width || size.Height != state.size.Height)
        shape->setSize(state.size);
    const auto position = shape->getPosition();
    if (position.X != state.position.X || position.Y != state.position.Y)
        shape->setPosition(state.position);
}

} // namespace

ShapeState state_of(const map::Shape& shape, map::Position offset)
{
    const map::Rectangle box = with_room(shape);
    ShapeState state;
    state.type = OUString::createFromAscii(service_of(shape.kind));
    state.name = ustring(shape.name);
    state.position = css::awt::Point(box.x + offset.x, box.y + offset.y);
    state.size = css::awt::Size(box.width, box.height);
    state.text = ustring(shape.text);
    state.properties.emplace_back("Printable", makeAny(true));
    state.properties.emplace_back("Title", makeAny(ustring(shape.title)));
    state.properties.emplace_back("Visible", makeAny(true));
    state.properties.emplace_back("Description", makeAny(ustring(shape.description)));
    if (!shape.rings.empty())
        state.properties.emplace_back("PolyPolygon", makeAny(points_of(shape.rings, offset)));
    if (shape.kind == map::ShapeKind::text) {
        add_text(state.properties, shape);
    } else {
        add_line(state.properties, shape.stroke);
        if (shape.kind != map::ShapeKind::polyline)
            add_fill(state.properties, shape.fill);
    }
    std::sort(state.properties.begin(), state.properties.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return state;
}

ShapeState state_of(const Reference<drawing::XShape>& shape)
{
    ShapeState state;
    state.type = type_of(shape);
    state.name = Reference<css::container::XNamed>(shape, UNO_QUERY_THROW)->getName();
    state.position = shape->getPosition();
    state.size = shape->getSize();
    const Reference<css::text::XText> text(shape, UNO_QUERY);
    if (text.is())
        state.text = text->getString();
    const Reference<css::beans::XPropertySet> properties(shape, UNO_QUERY_THROW);
    const auto info = properties->getPropertySetInfo();
    for (const char* name : managed) {
        const OUString key = OUString::createFromAscii(name);
        if (!info->hasPropertyByName(key))
            continue;
        const Any value = properties->getPropertyValue(key);
        if (value.hasValue())
            state.properties.emplace_back(key, value);
    }
    return state;
}

Appearance appearance_of(const ShapeState& state)
{
    std::ostringstream geometry;
    geometry << state.position.X << ' ' << state.position.Y << ' ' << state.size.Width << ' '
             << state.size.Height;
    std::ostringstream fill;
    if (!state.type.equalsAscii(service_of(map::ShapeKind::polyline)) &&
        value_of<drawing::FillStyle>(state, "FillStyle") != drawing::FillStyle_NONE)
        fill << static_cast<int>(value_of<drawing::FillStyle>(state, "FillStyle")) << ' '
             << value_of<sal_Int32>(state, "FillColor") << ' ' << value_of<sal_Int16>(state, "FillTransparence");
    std::ostringstream line;
    // The width is compared by twentieths of a millimetre: it is saved in points.
    if (value_of<drawing::LineStyle>(state, "LineStyle") != drawing::LineStyle_NONE)
        line << static_cast<int>(value_of<drawing::LineStyle>(state, "LineStyle")) << ' '
             << value_of<sal_Int32>(state, "LineColor") << ' '
             << (value_of<sal_Int32>(state, "LineWidth") + 2) / 5;
    std::ostringstream text;
    if (!state.text.isEmpty())
        text << value_of<float>(state, "CharHeight") << ' ' << value_of<sal_Int32>(state, "CharColor") << ' '
             << value_of<float>(state, "CharWeight") << ' ' << utf8(state.text);
    return {geometry.str(), fill.str(), line.str(), text.str()};
}

bool same_geometry(const std::string& a, const std::string& b)
{
    std::istringstream first(a);
    std::istringstream second(b);
    for (int i = 0; i < 4; ++i) {
        int x = 0;
        int y = 0;
        if (!(first >> x) || !(second >> y) || std::abs(x - y) > Appearance::tolerance)
            return false;
    }
    return true;
}

void take_geometry(ShapeState& target, const ShapeState& source)
{
    target.position = source.position;
    target.size = source.size;
}

void take_fill(ShapeState& target, const ShapeState& source)
{
    take(target, source, {"FillBackground", "FillColor", "FillHatch", "FillStyle", "FillTransparence"});
}

void take_line(ShapeState& target, const ShapeState& source)
{
    take(target, source, {"LineColor", "LineDash", "LineStyle", "LineWidth"});
}

void take_text(ShapeState& target, const ShapeState& source)
{
    target.text = source.text;
    take(target, source, {"CharColor", "CharFontName", "CharHeight", "CharPosture", "CharWeight"});
}

SheetShapes::SheetShapes(const Reference<css::frame::XModel>& model,
                         const Reference<css::sheet::XSpreadsheet>& sheet)
    : model_(model), sheet_(sheet), page_(Reference<drawing::XDrawPageSupplier>(sheet, UNO_QUERY_THROW)->getDrawPage())
{
    for (sal_Int32 i = 0; i < page_->getCount(); ++i) {
        const Reference<drawing::XShape> shape(page_->getByIndex(i), UNO_QUERY);
        const Reference<css::container::XNamed> named(shape, UNO_QUERY);
        if (named.is() && !named->getName().isEmpty())
            shapes_.emplace(named->getName(), shape);
    }
}

Reference<drawing::XShape> SheetShapes::create(const ShapeState& state)
{
    const Reference<css::lang::XMultiServiceFactory> factory(model_, UNO_QUERY_THROW);
    const Reference<drawing::XShape> shape(factory->createInstance(state.type), UNO_QUERY_THROW);
    if (!has_own_points(state)) {
        shape->setPosition(state.position);
        shape->setSize(state.size);
    }
    page_->add(shape);
    set(shape, "Anchor", sheet_); // to the page: rows and columns do not pull it about
    Reference<css::container::XNamed>(shape, UNO_QUERY_THROW)->setName(state.name);
    return shape;
}

void SheetShapes::put(const ShapeState& state)
{
    const auto found = shapes_.find(state.name);
    if (found != shapes_.end() && type_of(found->second) == state.type) {
        write(found->second, state);
        return;
    }
    if (found != shapes_.end()) { // another kind of shape now bears the name
        hide(state.name);
        Reference<css::container::XNamed>(found->second, UNO_QUERY_THROW)->setName(state.name + " (ancien)");
    }
    const auto shape = create(state);
    write(shape, state);
    shapes_[state.name] = shape;
}

void SheetShapes::remove(const OUString& name)
{
    const auto found = shapes_.find(name);
    if (found == shapes_.end())
        return;
    page_->remove(found->second);
    shapes_.erase(found);
}

void SheetShapes::hide(const OUString& name)
{
    const auto found = shapes_.find(name);
    if (found == shapes_.end())
        return;
    set(found->second, "Visible", false);
    set(found->second, "Printable", false);
}

} // namespace pacte::office
