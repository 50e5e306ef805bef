#pragma once

#include <functional>
#include <map>
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
    /// The next two fields (lists, edits, numbers) share a line.
    void pair() { place_ = Place::left; }
    void add_list(const std::string& name, Bilingual label, const std::vector<std::string>& items,
                  int selected);
    void add_year(const std::string& name, Bilingual label, int value);
    void add_progress(const std::string& name);
    void add_edit(const std::string& name, Bilingual label, const std::string& text);
    void add_check(const std::string& name, Bilingual label, bool checked);
    /// Columns: what, what stands now, what would stand.
    void add_change_headings(Bilingual what, Bilingual before, Bilingual after);
    /// A change that can be unticked, in these columns; a long text is shown whole by
    /// its help.
    void add_change(const std::string& name, const std::string& what, const std::string& before,
                    const std::string& after, bool checked);
    void add_number(const std::string& name, Bilingual label, int value, int lowest, int highest);
    /// A list of which several lines are seen, across the whole width.
    void add_long_list(const std::string& name, Bilingual label, const std::vector<std::string>& items,
                       int selected, int lines);
    /// A table to be read, not changed, with its columns one under the other.
    void add_grid(const std::string& name, Bilingual label, const std::vector<std::string>& headers,
                  const std::vector<std::vector<std::string>>& rows, int lines);
    /// Text that a program gives, on one or several lines.
    void add_words(const std::string& words, int lines);
    /// A button on the left of the last line: it ends the dialog with that result.
    void add_action(const std::string& name, Bilingual label, int result);
    /// Called when another line of that list is selected.
    void on_select(const std::string& name, std::function<void()> call);
    /// OK and Cancel, or Cancel alone.
    void add_buttons(bool with_ok);

    /// Makes the window. Then `execute`, or `show` and watch it.
    Reference<css::awt::XDialog> open(const Reference<css::frame::XFrame>& frame);
    [[nodiscard]] bool execute(const Reference<css::frame::XFrame>& frame); ///< false: given up
    void close();

    [[nodiscard]] int selected(const std::string& name) const;
    [[nodiscard]] int year(const std::string& name) const;
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] bool checked(const std::string& name) const;
    void set_text(const std::string& name, const std::string& text);
    void set_checked(const std::string& name, bool checked);
    void select(const std::string& name, int item);
    void set_item(const std::string& name, int item, const std::string& text);
    /// As execute, with the result of the button that ended it: 0 given up, 1 OK.
    [[nodiscard]] int run(const Reference<css::frame::XFrame>& frame);
    [[nodiscard]] Reference<css::awt::XControl> control(const std::string& name) const;

private:
    Reference<css::beans::XPropertySet> add(const char* model, const std::string& name, int x, int y,
                                            int width, int height);
    [[nodiscard]] OUString in_language(Bilingual text) const;
    void add_change_cell(const std::string& name, const OUString& text, int column, bool bold);
    void add_label_above(const std::string& name, Bilingual label);
    /// Where the next field goes, beside its label.
    struct Room {
        int x;
        int y;
        int width;
    };
    enum class Place { whole, left, right };
    [[nodiscard]] Room add_label(const std::string& name, Bilingual label);

    Reference<css::uno::XComponentContext> context_;
    bool french_;
    int width_;
    int next_y_;
    int next_action_x_;
    Place place_ = Place::whole;
    std::map<std::string, int> actions_;                   ///< result by button
    std::map<std::string, std::function<void()>> selects_; ///< by list
    Reference<css::container::XNameContainer> model_;
    Reference<css::awt::XControlContainer> window_;
};

} // namespace pacte::office
