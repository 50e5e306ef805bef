#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <com/sun/star/accessibility/XAccessible.hpp>
#include <com/sun/star/accessibility/XAccessibleContext.hpp>
#include <com/sun/star/awt/Rectangle.hpp>

#include "office.hpp"

// What the window shows, read as a screen reader reads it.

namespace gui_test {

namespace css = office_test::css;

/// A part of the window: a menu, one of its entries, a button, a field.
class Widget {
public:
    explicit Widget(css::uno::Reference<css::accessibility::XAccessible> accessible);

    [[nodiscard]] std::string name() const;
    [[nodiscard]] std::string text() const; ///< of a field or a label
    [[nodiscard]] sal_Int16 role() const;   ///< `css::accessibility::AccessibleRole`
    [[nodiscard]] bool is_enabled() const;
    [[nodiscard]] bool is_showing() const;
    [[nodiscard]] css::awt::Rectangle place() const; ///< on the screen, in pixels
    [[nodiscard]] std::vector<Widget> children() const;

    /// A part below this one with that role (and name), at any depth; its own
    /// parts are looked at before theirs.
    [[nodiscard]] std::optional<Widget> find(sal_Int16 role, const std::string& name = {}) const;
    [[nodiscard]] std::vector<Widget> all(sal_Int16 role) const;
    /// Whether one of the parts shows a text with these words. Cells are not looked at.
    [[nodiscard]] bool shows(const std::string& words) const;

    /// Of the sheet that a document shows; zero-based.
    [[nodiscard]] Widget cell(int column, int row) const;

    void click() const; ///< with the mouse, in its middle

private:
    css::uno::Reference<css::accessibility::XAccessibleContext> context_;
};

/// The windows that stand on the screen by themselves: documents, dialogs,
/// open menus.
[[nodiscard]] std::vector<Widget> windows(const office_test::Office& office);
[[nodiscard]] Widget window_of(const css::uno::Reference<css::frame::XModel>& model);

/// Clicks, and waits until it gives true; clicks again after a while: a window that
/// is still being drawn may let a click pass.
void click_until(const std::string& what, const Widget& widget, const std::function<bool()>& done);

/// Types it in the place of what the field holds.
void fill(const Widget& field, const std::string& value);
[[nodiscard]] bool is_within(const css::awt::Rectangle& inner, const css::awt::Rectangle& outer);

/// Waits until it gives true; throws, saying what was awaited, after a minute.
void wait_for(const std::string& what, const std::function<bool()>& done);

} // namespace gui_test
