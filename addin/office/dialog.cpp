#include "office/dialog.hpp"

#include <algorithm>
#include <array>

#include <com/sun/star/awt/PosSize.hpp>
#include <com/sun/star/awt/PushButtonType.hpp>
#include <com/sun/star/awt/Toolkit.hpp>
#include <com/sun/star/awt/XActionListener.hpp>
#include <com/sun/star/awt/XButton.hpp>
#include <com/sun/star/awt/XCheckBox.hpp>
#include <com/sun/star/awt/XControl.hpp>
#include <com/sun/star/awt/XControlModel.hpp>
#include <com/sun/star/awt/XDialog2.hpp>
#include <com/sun/star/awt/XItemListener.hpp>
#include <com/sun/star/awt/XListBox.hpp>
#include <com/sun/star/awt/XNumericField.hpp>
#include <com/sun/star/awt/XTextComponent.hpp>
#include <com/sun/star/awt/XWindow.hpp>
#include <com/sun/star/configuration/theDefaultProvider.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/lang/XComponent.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <cppuhelper/implbase1.hxx>

#include "office/running_command.hpp"

namespace pacte::office {

namespace {

constexpr int margin = 7;
constexpr int label_width = 84;
constexpr int row_height = 13;
constexpr int row_step = 18;
constexpr int gap = 10; ///< between two fields of a line
constexpr int number_width = 45;
constexpr int button_width = 54;
constexpr int button_height = 15;
constexpr int line_height = 9; ///< of a list

/// Ends the dialog with a result of its own.
class ActionListener final : public cppu::WeakImplHelper1<css::awt::XActionListener> {
public:
    ActionListener(Reference<css::awt::XDialog2> dialog, int result)
        : dialog_(std::move(dialog)), result_(result)
    {
    }
    void SAL_CALL actionPerformed(const css::awt::ActionEvent&) override { dialog_->endDialog(result_); }
    void SAL_CALL disposing(const css::lang::EventObject&) override { dialog_.clear(); }

private:
    Reference<css::awt::XDialog2> dialog_;
    int result_;
};

class SelectListener final : public cppu::WeakImplHelper1<css::awt::XItemListener> {
public:
    explicit SelectListener(std::function<void()> call) : call_(std::move(call)) {}
    void SAL_CALL itemStateChanged(const css::awt::ItemEvent&) override { call_(); }
    void SAL_CALL disposing(const css::lang::EventObject&) override
    {
        call_ = [] {};
    }

private:
    std::function<void()> call_;
};

/// The office opens it in the corner of its parent, over the menu.
void centre(const Reference<css::awt::XWindow>& window, const Reference<css::awt::XWindow>& parent)
{
    if (!parent.is())
        return;
    const css::awt::Rectangle room = parent->getPosSize();
    const css::awt::Rectangle own = window->getPosSize();
    window->setPosSize(std::max<sal_Int32>(0, (room.Width - own.Width) / 2),
                       std::max<sal_Int32>(0, (room.Height - own.Height) / 3), 0, 0, css::awt::PosSize::POS);
}

sal_Int32 length_of(const std::string& text) { return ustring(text).getLength(); }

/// Lines of at most so many letters, cut between words; a longer word is cut too.
std::vector<std::string> wrapped(const std::string& text, sal_Int32 width)
{
    std::vector<std::string> lines;
    const OUString letters = ustring(text).replace('\n', ' ');
    sal_Int32 start = 0;
    while (letters.getLength() - start > width) {
        sal_Int32 end = letters.lastIndexOf(' ', start + width + 1);
        const bool between_words = end > start;
        if (!between_words)
            end = start + width;
        lines.push_back(utf8(letters.copy(start, end - start)));
        start = between_words ? end + 1 : end;
    }
    lines.push_back(utf8(letters.copy(start)));
    return lines;
}

constexpr const char* between_columns = "  ";

sal_Int32 longest_word(const std::string& text)
{
    constexpr sal_Int32 longest = 20; // a longer one is cut
    sal_Int32 length = 1;
    const OUString letters = ustring(text).replace('\n', ' ');
    for (sal_Int32 at = 0; at >= 0;)
        length = std::max(length, letters.getToken(0, ' ', at).getLength());
    return std::min(length, longest);
}

/// As many letters as the longest text of each column has; where the line would be
/// longer than that, the widest columns give way, as far as their words allow.
std::vector<sal_Int32> widths_of(const std::vector<std::vector<std::string>>& rows, sal_Int32 longest_line)
{
    std::vector<sal_Int32> widths;
    std::vector<sal_Int32> narrowest;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 1);
        narrowest.resize(widths.size(), 1);
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(length_of(row[i]), widths[i]);
            narrowest[i] = std::max(longest_word(row[i]), narrowest[i]);
        }
    }
    auto total = static_cast<sal_Int32>(2 * widths.size());
    for (const sal_Int32 width : widths)
        total += width;
    for (; total > longest_line; --total) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i)
            if (widths[i] > narrowest[i] && (widest == widths.size() || widths[i] > widths[widest]))
                widest = i;
        if (widest == widths.size())
            break;
        --widths[widest];
    }
    return widths;
}

/// A row of a table of letters, on as many lines as its longest cell needs.
std::string laid_out(const std::vector<std::string>& row, const std::vector<sal_Int32>& widths)
{
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells.push_back(wrapped(row[i], widths[i]));
        height = std::max(height, cells.back().size());
    }
    std::string text;
    for (std::size_t line = 0; line < height; ++line) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string part = line < cells[i].size() ? cells[i][line] : std::string();
            text += part + std::string(static_cast<std::size_t>(widths[i] - length_of(part)), ' ') +
                    between_columns;
        }
        text += '\n';
    }
    return text;
}

} // namespace

bool speaks_french(const Reference<css::uno::XComponentContext>& context)
{
    const auto provider = css::configuration::theDefaultProvider::get(context);
    Sequence<Any> arguments(1);
    arguments[0] <<= property("nodepath", css::uno::makeAny(OUString("/org.openoffice.Setup/L10N")));
    const Reference<css::container::XNameAccess> node(
        provider->createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", arguments),
        UNO_QUERY);
    OUString locale;
    return node.is() && (node->getByName("ooLocale") >>= locale) && locale.startsWith("fr");
}

Dialog::Dialog(const Reference<css::uno::XComponentContext>& context, Bilingual title, int width)
    : context_(context), french_(speaks_french(context)), width_(width), next_y_(margin),
      next_action_x_(margin),
      model_(create<css::container::XNameContainer>(context, "com.sun.star.awt.UnoControlDialogModel"))
{
    set(model_, "Title", in_language(title));
    set(model_, "Width", sal_Int32(width));
    set(model_, "Closeable", true);
    set(model_, "Moveable", true);
}

OUString Dialog::in_language(Bilingual text) const { return ustring(french_ ? text.french : text.english); }

Reference<css::beans::XPropertySet> Dialog::add(const char* model, const std::string& name, int x, int y,
                                                int width, int height)
{
    const Reference<css::lang::XMultiServiceFactory> factory(model_, UNO_QUERY_THROW);
    const Reference<css::beans::XPropertySet> control(
        factory->createInstance("com.sun.star.awt." + OUString::createFromAscii(model)), UNO_QUERY_THROW);
    set(control, "PositionX", sal_Int32(x));
    set(control, "PositionY", sal_Int32(y));
    set(control, "Width", sal_Int32(width));
    set(control, "Height", sal_Int32(height));
    set(control, "Name", ustring(name));
    model_->insertByName(ustring(name), css::uno::makeAny(control));
    return control;
}

Dialog::Room Dialog::add_label(const std::string& name, Bilingual label)
{
    const int half = (width_ - 2 * margin - gap) / 2;
    const int left = place_ == Place::right ? margin + half + gap : margin;
    const int right = place_ == Place::left ? margin + half : width_ - margin;
    const int y = next_y_;
    const auto text =
        add("UnoControlFixedTextModel", name + ".label", left, y + 2, label_width, row_height - 2);
    set(text, "Label", in_language(label));
    if (place_ != Place::left)
        next_y_ += row_step;
    place_ = place_ == Place::left ? Place::right : Place::whole;
    return {left + label_width, y, right - left - label_width};
}

void Dialog::add_text(Bilingual text, int lines)
{
    const int height = lines * 10;
    const auto control = add("UnoControlFixedTextModel", "text" + std::to_string(next_y_), margin, next_y_,
                             width_ - 2 * margin, height);
    set(control, "Label", in_language(text));
    set(control, "NoLabel", true);
    set(control, "MultiLine", true);
    next_y_ += height + 6;
}

void Dialog::add_list(const std::string& name, Bilingual label, const std::vector<std::string>& items,
                      int selected)
{
    const Room room = add_label(name, label);
    const auto list = add("UnoControlListBoxModel", name, room.x, room.y, room.width, row_height);
    Sequence<OUString> entries(static_cast<sal_Int32>(items.size()));
    std::transform(items.begin(), items.end(), entries.getArray(),
                   [](const std::string& s) { return ustring(s); });
    Sequence<sal_Int16> selection(1);
    selection[0] = static_cast<sal_Int16>(selected);
    set(list, "Dropdown", true);
    set(list, "LineCount", sal_Int16(16));
    set(list, "StringItemList", entries);
    set(list, "SelectedItems", selection);
}

void Dialog::add_year(const std::string& name, Bilingual label, int value)
{
    const Room room = add_label(name, label);
    const auto field = add("UnoControlNumericFieldModel", name, room.x, room.y, number_width, row_height);
    set(field, "DecimalAccuracy", sal_Int16(0));
    set(field, "ShowThousandsSeparator", false);
    set(field, "Spin", true);
    set(field, "ValueMin", 2000.0);
    set(field, "ValueMax", 2100.0);
    set(field, "Value", static_cast<double>(value));
}

void Dialog::add_progress(const std::string& name)
{
    const auto bar = add("UnoControlProgressBarModel", name, margin, next_y_, width_ - 2 * margin, 10);
    set(bar, "ProgressValueMin", sal_Int32(0));
    set(bar, "ProgressValueMax", sal_Int32(1000));
    next_y_ += row_step;
}

void Dialog::add_edit(const std::string& name, Bilingual label, const std::string& text)
{
    const Room room = add_label(name, label);
    const auto field = add("UnoControlEditModel", name, room.x, room.y, room.width, row_height);
    set(field, "Text", ustring(text));
}

void Dialog::add_check(const std::string& name, Bilingual label, bool checked)
{
    const auto box = add("UnoControlCheckBoxModel", name, margin + label_width, next_y_,
                         width_ - label_width - 2 * margin, row_height);
    set(box, "Label", in_language(label));
    set(box, "State", sal_Int16(checked ? 1 : 0));
    next_y_ += row_step;
}

namespace {

/// The three columns of the changes, as shares of the width.
constexpr std::array change_columns{0.0, 0.44, 0.72, 1.0};

} // namespace

void Dialog::add_change_cell(const std::string& name, const OUString& text, int column, bool bold)
{
    const int inside = width_ - 2 * margin;
    const auto at = static_cast<std::size_t>(column);
    const int left = static_cast<int>(change_columns[at] * inside);
    const int right = static_cast<int>(change_columns[at + 1] * inside);
    const auto cell =
        add("UnoControlFixedTextModel", name, margin + left, next_y_, right - left - 3, row_height - 2);
    set(cell, "Label", text);
    set(cell, "HelpText", text);
    if (bold)
        set(cell, "FontWeight", 150.0F);
}

void Dialog::add_change_headings(Bilingual what, Bilingual before, Bilingual after)
{
    int column = 0;
    for (const Bilingual& heading : {what, before, after}) {
        add_change_cell("heading" + std::to_string(column), in_language(heading), column, true);
        ++column;
    }
    next_y_ += row_height;
}

void Dialog::add_change(const std::string& name, const std::string& what, const std::string& before,
                        const std::string& after, bool checked)
{
    const int width = static_cast<int>(change_columns[1] * (width_ - 2 * margin));
    const auto box = add("UnoControlCheckBoxModel", name, margin, next_y_, width - 3, row_height);
    set(box, "Label", ustring(what));
    set(box, "HelpText", ustring(before + " → " + after));
    set(box, "State", sal_Int16(checked ? 1 : 0));
    add_change_cell(name + ".before", ustring(before), 1, false);
    add_change_cell(name + ".after", ustring(after), 2, false);
    next_y_ += row_height + 2;
}

void Dialog::add_number(const std::string& name, Bilingual label, int value, int lowest, int highest)
{
    const Room room = add_label(name, label);
    const auto field = add("UnoControlNumericFieldModel", name, room.x, room.y, number_width, row_height);
    set(field, "DecimalAccuracy", sal_Int16(0));
    set(field, "Spin", true);
    set(field, "ValueMin", static_cast<double>(lowest));
    set(field, "ValueMax", static_cast<double>(highest));
    set(field, "Value", static_cast<double>(value));
}

/// For what takes the whole width; a screen reader says it too.
void Dialog::add_label_above(const std::string& name, Bilingual label)
{
    const auto text =
        add("UnoControlFixedTextModel", name + ".label", margin, next_y_, width_ - 2 * margin, line_height);
    set(text, "Label", in_language(label));
    next_y_ += line_height + 1;
}

void Dialog::add_long_list(const std::string& name, Bilingual label, const std::vector<std::string>& items,
                           int selected, int lines)
{
    add_label_above(name, label);
    const int height = lines * line_height + 4;
    const auto list = add("UnoControlListBoxModel", name, margin, next_y_, width_ - 2 * margin, height);
    Sequence<OUString> entries(static_cast<sal_Int32>(items.size()));
    std::transform(items.begin(), items.end(), entries.getArray(),
                   [](const std::string& s) { return ustring(s); });
    Sequence<sal_Int16> selection(1);
    selection[0] = static_cast<sal_Int16>(selected);
    set(list, "Dropdown", false);
    set(list, "StringItemList", entries);
    set(list, "SelectedItems", selection);
    next_y_ += height + 5;
}

// Not Calc's own grid control: once a screen reader has looked at it, closing its
// dialog ends the office (7.4).
void Dialog::add_grid(const std::string& name, Bilingual label, const std::vector<std::string>& headers,
                      const std::vector<std::vector<std::string>>& rows, int lines)
{
    add_label_above(name, label);
    std::vector<std::vector<std::string>> all{headers};
    all.insert(all.end(), rows.begin(), rows.end());
    constexpr double letter_width = 4.3; // dialog units, the scroll bar counted
    const auto widths = widths_of(all, static_cast<sal_Int32>(width_ / letter_width));
    std::string text = laid_out(headers, widths);
    for (const sal_Int32 width : widths) {
        for (sal_Int32 i = 0; i < width; ++i)
            text += "─";
        text += between_columns;
    }
    text += '\n';
    for (const auto& row : rows)
        text += laid_out(row, widths);
    const int height = (lines + 3) * line_height + 4;
    const auto field = add("UnoControlEditModel", name, margin, next_y_, width_ - 2 * margin, height);
    set(field, "MultiLine", true);
    set(field, "ReadOnly", true);
    set(field, "HScroll", true);
    set(field, "VScroll", true);
    set(field, "FontName", OUString("Liberation Mono"));
    set(field, "Text", ustring(text));
    next_y_ += height + 5;
}

void Dialog::add_words(const std::string& words, int lines)
{
    const int height = lines * 10;
    const auto control = add("UnoControlFixedTextModel", "words" + std::to_string(next_y_), margin, next_y_,
                             width_ - 2 * margin, height);
    set(control, "Label", ustring(words));
    set(control, "NoLabel", true); // of no field: no letter of it is a shortcut
    set(control, "MultiLine", true);
    next_y_ += height + 4;
}

void Dialog::add_action(const std::string& name, Bilingual label, int result)
{
    constexpr int wide = 78;
    const auto button = add("UnoControlButtonModel", name, next_action_x_, next_y_ + 4, wide, button_height);
    set(button, "Label", in_language(label));
    next_action_x_ += wide + 4;
    actions_[name] = result;
}

void Dialog::on_select(const std::string& name, std::function<void()> call)
{
    selects_[name] = std::move(call);
}

void Dialog::add_buttons(bool with_ok)
{
    next_y_ += 4;
    int x = width_ - margin - button_width;
    const auto cancel = add("UnoControlButtonModel", "cancel", x, next_y_, button_width, button_height);
    set(cancel, "Label", in_language({"Annuler", "Cancel"}));
    set(cancel, "PushButtonType", static_cast<sal_Int16>(css::awt::PushButtonType_CANCEL));
    if (with_ok) {
        x -= button_width + 4;
        const auto ok = add("UnoControlButtonModel", "ok", x, next_y_, button_width, button_height);
        set(ok, "Label", OUString("OK"));
        set(ok, "DefaultButton", true);
        set(ok, "PushButtonType", static_cast<sal_Int16>(css::awt::PushButtonType_OK));
    }
    next_y_ += button_height + margin;
    set(model_, "Height", sal_Int32(next_y_));
}

Reference<css::awt::XDialog> Dialog::open(const Reference<css::frame::XFrame>& frame)
{
    const auto control = create<css::awt::XControl>(context_, "com.sun.star.awt.UnoControlDialog");
    control->setModel(Reference<css::awt::XControlModel>(model_, UNO_QUERY_THROW));
    const Reference<css::awt::XWindow> window(control, UNO_QUERY_THROW);
    window->setVisible(false);
    control->createPeer(Reference<css::awt::XToolkit>(css::awt::Toolkit::create(context_), UNO_QUERY_THROW),
                        Reference<css::awt::XWindowPeer>(frame->getContainerWindow(), UNO_QUERY));
    centre(window, frame->getContainerWindow());
    window_.set(control, UNO_QUERY_THROW);
    for (const auto& [name, result] : actions_)
        Reference<css::awt::XButton>(this->control(name), UNO_QUERY_THROW)
            ->addActionListener(new ActionListener({control, UNO_QUERY_THROW}, result));
    for (const auto& [name, call] : selects_)
        Reference<css::awt::XListBox>(this->control(name), UNO_QUERY_THROW)
            ->addItemListener(new SelectListener(call));
    return {control, UNO_QUERY_THROW};
}

int Dialog::run(const Reference<css::frame::XFrame>& frame)
{
    const auto dialog = open(frame);
    const OnStop given_up([&dialog] { dialog->endExecute(); });
    const int result = dialog->execute();
    stop_if_wanted();
    return result;
}

bool Dialog::execute(const Reference<css::frame::XFrame>& frame) { return run(frame) == 1; }

void Dialog::close()
{
    const Reference<css::lang::XComponent> component(window_, UNO_QUERY);
    if (component.is())
        component->dispose();
    window_.clear();
}

Reference<css::awt::XControl> Dialog::control(const std::string& name) const
{
    return window_->getControl(ustring(name));
}

int Dialog::selected(const std::string& name) const
{
    return Reference<css::awt::XListBox>(control(name), UNO_QUERY_THROW)->getSelectedItemPos();
}

std::string Dialog::text(const std::string& name) const
{
    return utf8(Reference<css::awt::XTextComponent>(control(name), UNO_QUERY_THROW)->getText());
}

bool Dialog::checked(const std::string& name) const
{
    return Reference<css::awt::XCheckBox>(control(name), UNO_QUERY_THROW)->getState() == 1;
}

void Dialog::set_text(const std::string& name, const std::string& text)
{
    Reference<css::awt::XTextComponent>(control(name), UNO_QUERY_THROW)->setText(ustring(text));
}

void Dialog::set_checked(const std::string& name, bool checked)
{
    Reference<css::awt::XCheckBox>(control(name), UNO_QUERY_THROW)->setState(checked ? 1 : 0);
}

void Dialog::select(const std::string& name, int item)
{
    Reference<css::awt::XListBox>(control(name), UNO_QUERY_THROW)
        ->selectItemPos(static_cast<sal_Int16>(item), true);
}

void Dialog::set_item(const std::string& name, int item, const std::string& text)
{
    const Reference<css::awt::XListBox> list(control(name), UNO_QUERY_THROW);
    const auto at = static_cast<sal_Int16>(item);
    const sal_Int16 selected = list->getSelectedItemPos();
    list->removeItems(at, 1);
    list->addItem(ustring(text), at);
    list->selectItemPos(selected, true);
}

int Dialog::year(const std::string& name) const
{
    return static_cast<int>(Reference<css::awt::XNumericField>(control(name), UNO_QUERY_THROW)->getValue());
}

} // namespace pacte::office
