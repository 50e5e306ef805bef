#include "marked_cells.hpp"
#include "office.hpp"

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <unistd.h>

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <cppunit/extensions/HelperMacros.h>

// The package as a person installs it: the administrator for everyone, a user
// alone, a newer one over an older one; and what remains once it is removed.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

const fs::path scratch = fs::path(PACTE_BINARY_DIR) / "installation";

std::string quoted(const std::string& text) { return "'" + text + "'"; }

void shell(const std::string& command)
{
    CPPUNIT_ASSERT_EQUAL_MESSAGE(command, 0, std::system((command + " >/dev/null 2>&1").c_str()));
}

/// `unopkg` with that profile, as that command of the system's runs it.
std::string unopkg(const Profile& profile, const std::string& what)
{
    std::string command = std::string(PACTE_OFFICE_PROGRAM) + "/unopkg " + what;
    for (const std::string& argument : profile.arguments())
        command += " " + quoted(argument);
    return command;
}

/// A user who is not the administrator: unopkg refuses root.
std::string as_a_user(const Profile& profile, const std::string& command)
{
    if (getuid() != 0)
        return command;
    shell("chown -R 65534:65534 " + quoted(profile.folder().string()));
    return "env HOME=" + quoted(profile.folder().string()) +
           " setpriv --reuid 65534 --regid 65534 --clear-groups " + command;
}

void give_back(const Profile& profile)
{
    if (getuid() == 0)
        shell("chown -R 0:0 " + quoted(profile.folder().string()));
}

/// The package under another version.
fs::path package_of_version(const std::string& version)
{
    const fs::path folder = scratch / version;
    fs::remove_all(folder);
    fs::create_directories(folder);
    const fs::path oxt = folder / "pacte.oxt";
    shell("cd " + quoted(folder.string()) + " && unzip -q " + quoted(PACTE_OXT) +
          " -d content && sed -i 's/<version value=\"[^\"]*\"/<version value=\"" + version +
          "\"/' content/description.xml && cd content && zip -q -r ../pacte.oxt .");
    fs::remove_all(folder / "content");
    return oxt;
}

bool has_pacte(Office& office)
{
    const auto model = office.new_spreadsheet();
    bool enabled = false;
    try {
        enabled = office.is_enabled(model, "exemple");
    } catch (const std::runtime_error&) { // nobody answers to the command's name
    }
    close(model);
    return enabled;
}

/// The named shapes of all sheets: maps and charts (a note's frame has no name).
std::set<std::string> shapes(const Reference<css::frame::XModel>& model)
{
    std::set<std::string> names;
    for (const std::string& name : sheet_names(model)) {
        const auto page =
            Reference<css::drawing::XDrawPageSupplier>(sheet(model, name), UNO_QUERY_THROW)->getDrawPage();
        for (sal_Int32 i = 0; i < page->getCount(); ++i) {
            OUString shape;
            Reference<css::beans::XPropertySet>(page->getByIndex(i), UNO_QUERY_THROW)
                ->getPropertyValue("Name") >>= shape;
            if (!shape.isEmpty())
                names.insert(name + "/" + utf8(shape));
        }
    }
    return names;
}

} // namespace

class InstallationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InstallationTest);
    CPPUNIT_TEST(the_administrator_installs_it_for_everyone);
    CPPUNIT_TEST(a_user_installs_it_alone);
    CPPUNIT_TEST(a_newer_version_replaces_an_older_one);
    CPPUNIT_TEST(what_was_made_with_it_remains_without_it);
    CPPUNIT_TEST(it_is_removed_while_a_diagnosis_is_open);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        fs::remove_all(scratch);
        fs::create_directories(scratch);
    }

    void the_administrator_installs_it_for_everyone()
    {
        const fs::path shared = scratch / "shared";
        {
            const Profile administrator("fr", shared);
            shell(unopkg(administrator, "add --shared --suppress-license " + quoted(PACTE_OXT)));
        }
        {
            const Profile agent("fr", shared); // who never started LibreOffice
            Office office(agent, Window::none);
            CPPUNIT_ASSERT(has_pacte(office));
            const auto start = office.new_spreadsheet();
            const Outcome outcome = office.run(start, "exemple");
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        }
        const Profile administrator("fr", shared);
        shell(unopkg(administrator, "remove --shared org.pacte.calc"));
        const Profile agent("fr", shared);
        Office office(agent, Window::none);
        CPPUNIT_ASSERT(!has_pacte(office));
    }

    void a_user_installs_it_alone()
    {
        const Profile user;
        {
            Office first(user, Window::none); // LibreOffice was started once, as ever
        }
        shell(as_a_user(user, unopkg(user, "add --suppress-license " + quoted(PACTE_OXT))));
        give_back(user);
        {
            Office office(user, Window::none);
            CPPUNIT_ASSERT(has_pacte(office));
        }
        shell(as_a_user(user, unopkg(user, "remove org.pacte.calc")));
        give_back(user);
        Office office(user, Window::none);
        CPPUNIT_ASSERT(!has_pacte(office));
    }

    void a_newer_version_replaces_an_older_one()
    {
        const Profile profile;
        {
            Office office(profile, Window::none);
            office.install(package_of_version("0.0.1"));
        }
        Office office(profile, Window::none);
        CPPUNIT_ASSERT_EQUAL(std::string("0.0.1"), office.installed_version());
        CPPUNIT_ASSERT(has_pacte(office));
        office.install(PACTE_OXT);
        office.stop();
        Office after(profile, Window::none);
        CPPUNIT_ASSERT_EQUAL(std::string(PACTE_VERSION), after.installed_version());
        CPPUNIT_ASSERT(has_pacte(after));
    }

    // Its values, its maps, its fiches; and it can be changed and saved.
    void what_was_made_with_it_remains_without_it()
    {
        const fs::path workbook = scratch / "diagnostic.ods";
        const Profile profile;
        {
            Office first(profile, Window::none);
            first.install(PACTE_OXT);
        }
        std::string text;
        std::set<std::string> drawn;
        {
            Office office(profile, Window::none);
            const auto start = office.new_spreadsheet();
            CPPUNIT_ASSERT(office.run(start, "exemple").done);
            const auto model = office.active();
            for (const char* command : {"couverture", "cartes", "fiches"}) {
                const Outcome outcome = office.run(model, command);
                CPPUNIT_ASSERT_MESSAGE(command + (": " + outcome.sentence), outcome.done);
            }
            store_as(model, workbook);
            text = all_text(model);
            drawn = shapes(model);
            office.uninstall();
        }
        CPPUNIT_ASSERT(drawn.size() > 100);
        Office bare(profile, Window::none);
        CPPUNIT_ASSERT(!has_pacte(bare));
        const auto model = bare.open(file_url(workbook));
        CPPUNIT_ASSERT_EQUAL(text, all_text(model));
        const std::set<std::string> left = shapes(model);
        for (const std::string& shape : drawn)
            CPPUNIT_ASSERT_MESSAGE(shape, left.contains(shape));
        const auto fiche = sheet(model, "F-01");
        cell_at(fiche, "A60")->setFormula("=1+1");
        CPPUNIT_ASSERT_EQUAL(2.0, cell_at(fiche, "A60")->getValue());
        store_as(model, scratch / "again.ods");
        CPPUNIT_ASSERT(fs::file_size(scratch / "again.ods") > 10'000);
    }

    // What Pacte follows in an open document (each cell as it is typed) outlives what
    // the Extension Manager removes: the office goes on, and ends as it should.
    void it_is_removed_while_a_diagnosis_is_open()
    {
        const Profile profile;
        Office(profile, Window::none).install(PACTE_OXT);
        Office office(profile, Window::none);
        const auto start = office.new_spreadsheet();
        CPPUNIT_ASSERT(office.run(start, "exemple").done);
        const auto model = office.active();
        const auto capacity = [&](const char* text) { office.enter(model, "Dispositifs", "R5", text); };
        const auto is_marked = [&] { return !laid_over(model, "Dispositifs", "R5").empty(); };
        office.enter(model, "Paramètres", setting_cell(model, "contrôle à la saisie"), "oui");
        capacity("beaucoup");
        CPPUNIT_ASSERT(soon(is_marked));

        office.uninstall();
        CPPUNIT_ASSERT(office.installed_version().empty());
        capacity("300");
        CPPUNIT_ASSERT(soon([&] { return !is_marked(); }));
        cell_at(sheet(model, "Dispositifs"), "AG5")->setFormula("=R5*2");
        CPPUNIT_ASSERT_EQUAL(600.0, cell_at(sheet(model, "Dispositifs"), "AG5")->getValue());
        undo(model);
        close(model);
        const auto other = office.new_spreadsheet();
        cell_at(sheet(other, sheet_names(other).front()), "A1")->setFormula("=1+1");
        CPPUNIT_ASSERT_EQUAL(2.0, cell_at(sheet(other, sheet_names(other).front()), "A1")->getValue());
        CPPUNIT_ASSERT(office.is_alive());
        office.stop();
        CPPUNIT_ASSERT_EQUAL_MESSAGE("how the office ended", 0, office.exit_status());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(InstallationTest);
