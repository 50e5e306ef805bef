#pragma once

#include <optional>
#include <string>
#include <vector>

#include "display.hpp"
#include "office.hpp"
#include "widgets.hpp"

namespace gui_test {

using Model = css::uno::Reference<css::frame::XModel>;

/// An office with the built extension, in a fresh profile, and its window on a
/// screen of its own.
class Desk {
public:
    explicit Desk(const std::string& language);
    [[nodiscard]] office_test::Office& office() { return *office_; }

    [[nodiscard]] std::vector<Model> documents();
    /// The document that was opened beside that one.
    [[nodiscard]] Model other_than(const Model& model);
    /// An empty spreadsheet, its window drawn and ready.
    [[nodiscard]] Model plain_spreadsheet();
    [[nodiscard]] Model example();
    void clear(); ///< closes what is open: menus, dialogs, documents

    /// The dialog of that title, if it is there.
    [[nodiscard]] std::optional<Widget> dialog(const std::string& title);
    /// Waits for it, and gives it the keyboard.
    [[nodiscard]] Widget opened_dialog(const std::string& title);

private:
    Display display_;
    office_test::Profile profile_;
    std::optional<office_test::Office> office_;
};

/// The desk in that language (`fr`, `en-US`); it serves all the tests that ask
/// for the same. There is one at a time.
[[nodiscard]] Desk& desk(const std::string& language);
void end_desk();

/// The menu « Pacte » of a window, opened with the mouse and closed at the end.
class OpenMenu {
public:
    explicit OpenMenu(const Model& model);
    OpenMenu(const OpenMenu&) = delete;
    OpenMenu& operator=(const OpenMenu&) = delete;
    ~OpenMenu();

    [[nodiscard]] std::vector<Widget> entries() const;
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] std::vector<std::string> enabled() const;
    void choose(const std::string& name);

private:
    Widget menu_;
    bool open_ = true;
};

/// Where PACTE_PICTURES names a folder, a picture of the screen goes there.
void picture(const std::string& name);

} // namespace gui_test
