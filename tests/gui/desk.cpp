#include "desk.hpp"

#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <thread>

#include <com/sun/star/accessibility/AccessibleRole.hpp>

namespace gui_test {

namespace {

namespace role = css::accessibility::AccessibleRole;
using css::uno::UNO_QUERY;
using office_test::Window;

std::optional<Widget> find_menu(const Model& model)
{
    const auto bar = window_of(model).find(role::MENU_BAR);
    const auto menu = bar ? bar->find(role::MENU, "Pacte") : std::nullopt;
    return menu && menu->is_showing() && menu->place().Width > 0 ? menu : std::nullopt;
}

Widget menu_of(const Model& model)
{
    wait_for("a menu « Pacte » in the window", [&] { return find_menu(model).has_value(); });
    return *find_menu(model);
}

std::unique_ptr<Desk> the_desk;
std::string its_language;

} // namespace

Desk::Desk(const std::string& language) : display_(1440, 900), profile_(language)
{
    setenv("SAL_USE_VCLPLUGIN", "gen", 1); // the same window wherever it is tested
    office_test::Office(profile_, Window::none).install(PACTE_OXT);
    setenv("LD_PRELOAD", PACTE_BUSY_WORKSTATION, 1); // idle until it is told
    office_.emplace(profile_, Window::real);
    unsetenv("LD_PRELOAD");
}

std::vector<Model> Desk::documents()
{
    std::vector<Model> models;
    const auto components = office().desktop()->getComponents()->createEnumeration();
    while (components->hasMoreElements())
        if (const Model model(components->nextElement(), UNO_QUERY); model.is())
            models.push_back(model);
    return models;
}

Model Desk::other_than(const Model& model)
{
    for (const Model& document : documents())
        if (document != model)
            return document;
    throw std::runtime_error("no other document is open");
}

Model Desk::plain_spreadsheet()
{
    const Model model = office().new_spreadsheet();
    static_cast<void>(menu_of(model));
    return model;
}

Model Desk::example()
{
    const Model start = plain_spreadsheet();
    const auto outcome = office().run(start, "exemple");
    if (!outcome.done)
        throw std::runtime_error(outcome.sentence);
    const Model model = other_than(start);
    office_test::close(start);
    static_cast<void>(menu_of(model));
    return model;
}

void Desk::clear()
{
    for (int i = 0; i < 2; ++i)
        press("Escape");
    for (const Model& model : documents())
        office_test::close(model);
}

std::optional<Widget> Desk::dialog(const std::string& title)
{
    for (const Widget& window : windows(office()))
        if (window.role() == role::DIALOG && window.name() == title && window.is_showing())
            return window;
    return std::nullopt;
}

Widget Desk::opened_dialog(const std::string& title)
{
    wait_for("the dialog « " + title + " »", [&] { return dialog(title).has_value(); });
    give_keyboard_to(title);
    return *dialog(title);
}

Desk& desk(const std::string& language)
{
    if (!the_desk || its_language != language) {
        end_desk();
        the_desk = std::make_unique<Desk>(language);
        its_language = language;
    }
    return *the_desk;
}

void end_desk() { the_desk.reset(); }

OpenMenu::OpenMenu(const Model& model) : menu_(menu_of(model))
{
    click_until("the menu to open", menu_, [&] { return entries().front().is_showing(); });
}

OpenMenu::~OpenMenu()
{
    if (open_)
        press("Escape");
}

std::vector<Widget> OpenMenu::entries() const
{
    std::vector<Widget> entries;
    for (const Widget& child : menu_.children())
        if (child.role() == role::MENU_ITEM)
            entries.push_back(child);
    if (entries.empty())
        throw std::runtime_error("the menu « Pacte » is empty");
    return entries;
}

std::vector<std::string> OpenMenu::names() const
{
    std::vector<std::string> names;
    for (const Widget& entry : entries())
        names.push_back(entry.name());
    return names;
}

std::vector<std::string> OpenMenu::enabled() const
{
    std::vector<std::string> names;
    for (const Widget& entry : entries())
        if (entry.is_enabled())
            names.push_back(entry.name());
    return names;
}

void OpenMenu::choose(const std::string& name)
{
    for (const Widget& entry : entries())
        if (entry.name() == name) {
            entry.click();
            open_ = false;
            return;
        }
    throw std::runtime_error("no entry « " + name + " » in the menu");
}

void picture(const std::string& name)
{
    if (const char* folder = std::getenv("PACTE_PICTURES")) {
        std::this_thread::sleep_for(std::chrono::milliseconds(400)); // until all is drawn
        photograph(std::filesystem::path(folder) / (name + ".png"));
    }
}

} // namespace gui_test
