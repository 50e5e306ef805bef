#include "map/shapes.hpp"

#include <algorithm>

#include "map/palette.hpp"

namespace pacte::map {

namespace {

Shape named(Naming naming, ShapeKind kind)
{
    Shape shape;
    shape.name = std::move(naming.name);
    shape.title = std::move(naming.title);
    shape.description = std::move(naming.description);
    shape.kind = kind;
    return shape;
}

} // namespace

Stroke no_stroke()
{
    Stroke none;
    none.visible = false;
    none.width = 0;
    return none;
}

Stroke stroke(Color color, Hundredths_mm width)
{
    Stroke visible;
    visible.color = color;
    visible.width = width;
    return visible;
}

Stroke border_of(const Fill& fill, Hundredths_mm width)
{
    const bool pale = is_hatched(fill) || fill.color == ink::white;
    return pale ? stroke(ink::border_of_pale, width * 2 / 3) : stroke(ink::white, width);
}

Shape polygon(Naming naming, std::vector<Ring> rings, const Fill& fill, const Stroke& border)
{
    auto shape = named(std::move(naming), ShapeKind::polygon);
    shape.rings = std::move(rings);
    shape.fill = fill;
    shape.stroke = border;
    return shape;
}

Shape line(Naming naming, std::vector<Position> points, const Stroke& border)
{
    auto shape = named(std::move(naming), ShapeKind::polyline);
    shape.rings.push_back(std::move(points));
    shape.stroke = border;
    return shape;
}

Shape rectangle(Naming naming, const Rectangle& box, const Fill& fill, const Stroke& border)
{
    auto shape = named(std::move(naming), ShapeKind::rectangle);
    shape.box = box;
    shape.fill = fill;
    shape.stroke = border;
    return shape;
}

Shape ellipse(Naming naming, const Rectangle& box, const Fill& fill, const Stroke& border)
{
    auto shape = rectangle(std::move(naming), box, fill, border);
    shape.kind = ShapeKind::ellipse;
    return shape;
}

Shape text(std::string name, std::string words, Position top_left, Hundredths_mm width,
           const TextStyle& style)
{
    auto shape = named({std::move(name), {}, {}}, ShapeKind::text);
    shape.text = with_common_spaces(words);
    shape.title = shape.text;
    std::replace(shape.title.begin(), shape.title.end(), '\n', ' ');
    shape.box = {top_left.x, top_left.y, width, text_size(shape.text, style.size_pt, style.bold).height};
    shape.text_style = style;
    shape.stroke = no_stroke();
    return shape;
}

Hundredths_mm bottom_of(const Shape& shape) { return shape.box.y + shape.box.height; }

} // namespace pacte::map
