#include "widgets.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include <com/sun/star/accessibility/AccessibleRole.hpp>
#include <com/sun/star/accessibility/AccessibleStateType.hpp>
#include <com/sun/star/accessibility/XAccessibleComponent.hpp>
#include <com/sun/star/accessibility/XAccessibleTable.hpp>
#include <com/sun/star/accessibility/XAccessibleText.hpp>
#include <com/sun/star/awt/Toolkit.hpp>
#include <com/sun/star/awt/XExtendedToolkit.hpp>
#include <com/sun/star/awt/XWindow.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/lang/DisposedException.hpp>

#include "display.hpp"

namespace gui_test {

namespace {

using namespace std::chrono_literals;
using css::accessibility::XAccessible;
using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;

/// A sheet, or a grid of a dialog, tells of its cells one by one: nobody looks there.
bool is_made_of_cells(const Widget& widget)
{
    namespace role = css::accessibility::AccessibleRole;
    return widget.role() == role::DOCUMENT_SPREADSHEET || widget.role() == role::TABLE;
}

} // namespace

Widget::Widget(Reference<XAccessible> accessible) : context_(accessible->getAccessibleContext())
{
    if (!context_.is())
        throw css::lang::DisposedException("a part of the window that has just gone", accessible);
}

std::string Widget::name() const { return office_test::utf8(context_->getAccessibleName()); }

std::string Widget::text() const
{
    const Reference<css::accessibility::XAccessibleText> text(context_, UNO_QUERY);
    return text.is() ? office_test::utf8(text->getText()) : std::string();
}

sal_Int16 Widget::role() const { return context_->getAccessibleRole(); }

bool Widget::is_enabled() const
{
    return context_->getAccessibleStateSet()->contains(css::accessibility::AccessibleStateType::ENABLED);
}

bool Widget::is_showing() const
{
    return context_->getAccessibleStateSet()->contains(css::accessibility::AccessibleStateType::SHOWING);
}

css::awt::Rectangle Widget::place() const
{
    const Reference<css::accessibility::XAccessibleComponent> component(context_, UNO_QUERY_THROW);
    const auto corner = component->getLocationOnScreen();
    const auto size = component->getSize();
    return {corner.X, corner.Y, size.Width, size.Height};
}

std::vector<Widget> Widget::children() const
{
    std::vector<Widget> children;
    const sal_Int32 count = is_made_of_cells(*this) ? 0 : context_->getAccessibleChildCount();
    for (sal_Int32 i = 0; i < count; ++i)
        if (const auto child = context_->getAccessibleChild(i); child.is())
            children.emplace_back(child);
    return children;
}

std::vector<Widget> Widget::all(sal_Int16 role) const
{
    std::vector<Widget> found;
    for (const Widget& child : children()) {
        if (child.role() == role)
            found.push_back(child);
        const auto below = child.all(role);
        found.insert(found.end(), below.begin(), below.end());
    }
    return found;
}

std::optional<Widget> Widget::find(sal_Int16 role, const std::string& name) const
{
    const auto parts = children();
    for (const Widget& part : parts)
        if (part.role() == role && (name.empty() || part.name() == name))
            return part;
    for (const Widget& part : parts)
        if (const auto found = part.find(role, name))
            return found;
    return std::nullopt;
}

bool Widget::shows(const std::string& words) const
{
    if (is_showing() && (text().find(words) != std::string::npos || name().find(words) != std::string::npos))
        return true;
    const auto parts = children();
    return std::any_of(parts.begin(), parts.end(), [&](const Widget& part) { return part.shows(words); });
}

Widget Widget::cell(int column, int row) const
{
    const Reference<css::accessibility::XAccessibleTable> table(
        context_->getAccessibleChild(0)->getAccessibleContext(), UNO_QUERY_THROW);
    return Widget(table->getAccessibleCellAt(row, column));
}

void Widget::click() const
{
    const auto where = place();
    gui_test::click(where.X + where.Width / 2, where.Y + where.Height / 2);
}

std::vector<Widget> windows(const office_test::Office& office)
{
    std::vector<Widget> found;
    const Reference<css::awt::XExtendedToolkit> toolkit(css::awt::Toolkit::create(office.context()),
                                                        UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < toolkit->getTopWindowCount(); ++i)
        if (const Reference<XAccessible> window(toolkit->getTopWindow(i), UNO_QUERY); window.is())
            found.emplace_back(window);
    return found;
}

Widget window_of(const Reference<css::frame::XModel>& model)
{
    const auto window = model->getCurrentController()->getFrame()->getContainerWindow();
    return Widget(Reference<XAccessible>(window, UNO_QUERY_THROW));
}

void click_until(const std::string& what, const Widget& widget, const std::function<bool()>& done)
{
    auto clicked = std::chrono::steady_clock::time_point();
    wait_for(what, [&] {
        if (done())
            return true;
        if (const auto now = std::chrono::steady_clock::now(); now - clicked > 5s) {
            widget.click();
            clicked = now;
        }
        return false;
    });
}

void fill(const Widget& field, const std::string& value)
{
    field.click();
    press("ctrl+a");
    type(value);
    wait_for(value + " in the field « " + field.name() + " »", [&] { return field.text() == value; });
}

bool is_within(const css::awt::Rectangle& inner, const css::awt::Rectangle& outer)
{
    return inner.X >= outer.X && inner.Y >= outer.Y && inner.X + inner.Width <= outer.X + outer.Width &&
           inner.Y + inner.Height <= outer.Y + outer.Height;
}

void wait_for(const std::string& what, const std::function<bool()>& done)
{
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    const auto is_done = [&] {
        try {
            return done();
        } catch (const css::lang::DisposedException&) {
            return false; // a part of the window went while it was looked at
        }
    };
    while (!is_done()) {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("in vain, for a minute: " + what);
        std::this_thread::sleep_for(20ms);
    }
}

} // namespace gui_test
