#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <com/sun/star/awt/XControlContainer.hpp>
#include <com/sun/star/awt/XDialog.hpp>
#include <com/sun/star/container/XNameContainer.hpp>
#include <com/sun/star/frame/XFrame.hpp>

#include "office/uno.hpp"

namespace pacte::office {

/// A sentence in the two languages of the product.
struct Bilingual {
    const char* french;
    const char* english;
};

/// Whether the office speaks French.
[[nodiscard]] bool speaks_french(const Reference<css::uno::XComponentContext>& context);

/// A plain dialog: labels on the left, fields on the right, row after row, and
/// a line of buttons. Sizes are in dialog units (a quarter of a character).
class Dialog {
public:
    Dialog(const Reference<css::uno::XComponentContext>& context, Bilingual title, int width);

    void add_text(Bilingual text, int lines);
    void add_list(const std::string& name, Bilingual label, const std::vector<std::string>& items, int selected);
    void add_year(const std::string& name, Bilingual label, int value);
    void add_progress(const std::string& name);
    /// OK and Cancel, or Cancel alone.
    void add_buttons(bool with_ok);

    /// Makes the window. Then `execute`, or `show` and watch it.
    Reference<css::awt::XDialog> open(const Reference<css::frame::XFrame>& frame);
    [[nodiscard]] bool execute(const Reference<css::frame::XFrame>& frame); ///< false: given up
    void close();

    [[nodiscard]] int selected(const std::string& name) const;
    [[nodiscard]] int year(const std::string& name) const;
    [[nodiscard]] Reference<css::awt::XControl> control(const std::string& name) const;

private:
    Reference<css::beans::XPropertySet> add(const char* model, const std::string& name, int x, int y, int width,
                                            int height);
    [[nodiscard]] OUString in_language(Bilingual text) const;
    void add_label(const std::string& name, Bilingual label);

    Reference<css::uno::XComponentContext> context_;
    bool french_;
    int width_;
    int next_y_;
    Reference<css::container::XNameContainer> model_;
    Reference<css::awt::XControlContainer> window_;
};

} // namespace pacte::office
