// The whole job, as an agent does it once: the example or a new diagnosis, what
// was made is there after saving and opening, and what a person changed by hand
// stays when it is made again.

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <com/sun/star/awt/Point.hpp>
#include <com/sun/star/awt/Size.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/drawing/XDrawPageSupplier.hpp>
#include <com/sun/star/drawing/XShape.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include "document_picture.hpp"
#include "installed.hpp"
#include "office.hpp"

namespace {

using namespace office_test;
namespace fs = std::filesystem;

constexpr const char* map_sheet = "Carte – couverture 3.3";
constexpr sal_Int32 personal_colour = 0x336699;

} // namespace

class MainJobTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MainJobTest);
    CPPUNIT_TEST(what_was_made_is_there_after_saving_and_opening);
    CPPUNIT_TEST(what_a_person_changed_on_a_map_and_a_fiche_stays);
    CPPUNIT_TEST(a_mended_figure_reaches_the_map_and_the_fiche);
    CPPUNIT_TEST(accueil_counts_the_maps_and_no_other_sheet);
    CPPUNIT_TEST(a_fiche_cites_the_source_of_its_need);
    CPPUNIT_TEST(a_long_text_holds_in_its_fiche);
    CPPUNIT_TEST(a_diagnosis_starts_anywhere_in_france);
    CPPUNIT_TEST(commands_that_make_no_sense_are_not_offered);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        start_ = office().new_spreadsheet();
        CPPUNIT_ASSERT(office().run(start_, "exemple").done);
        model_ = office().active();
    }

    void tearDown() override
    {
        close(model_);
        close(start_);
        model_.clear();
        start_.clear();
    }

    void what_was_made_is_there_after_saving_and_opening()
    {
        run_all();
        const fs::path saved = fs::path(PACTE_BINARY_DIR) / "main-job.ods";
        store_as(model_, saved);
        const std::string before = without_sizes(picture_of(model_));
        close(model_);
        model_ = office().open(file_url(saved));
        assert_same("opened again", before, without_sizes(picture_of(model_)));
        CPPUNIT_ASSERT_EQUAL(std::string(), kept(run("cartes")));
        CPPUNIT_ASSERT_EQUAL(std::string(), kept(run("fiches")));
    }

    void what_a_person_changed_on_a_map_and_a_fiche_stays()
    {
        run_all();
        const auto region = shape(map_sheet, "epci:200073419");
        set(region, "FillColor", css::uno::makeAny(personal_colour));
        const auto label = shape(map_sheet, "etiquette:200073419");
        label->setPosition(css::awt::Point(2000, 15000));
        const auto fiche = sheet(model_, "F-01");
        cell_at(fiche, "C21")->setFormula(ustring("Écrit à la main"));

        const std::string maps = run("cartes");
        CPPUNIT_ASSERT_MESSAGE(maps, maps.find("1 déplacé") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(maps, maps.find("1 recoloré") != std::string::npos);
        run("fiches");
        sal_Int32 colour = 0;
        Reference<css::beans::XPropertySet>(shape(map_sheet, "epci:200073419"), UNO_QUERY_THROW)
            ->getPropertyValue("FillColor") >>= colour;
        CPPUNIT_ASSERT_EQUAL(personal_colour, colour);
        CPPUNIT_ASSERT_EQUAL(sal_Int32(15000), shape(map_sheet, "etiquette:200073419")->getPosition().Y);
        CPPUNIT_ASSERT_EQUAL(std::string("Écrit à la main"), text_at(fiche, "C21"));
    }

    void a_mended_figure_reaches_the_map_and_the_fiche()
    {
        run_all();
        const std::string before = picture_of(model_);
        cell_at(sheet(model_, "Besoins"), "C5")->setValue(0.0);
        run_all();
        CPPUNIT_ASSERT(before != picture_of(model_));
        CPPUNIT_ASSERT_EQUAL(std::string(), kept(run("cartes")));
    }

    void accueil_counts_the_maps_and_no_other_sheet()
    {
        const auto told = [&] {
            const std::string line = text_at(sheet(model_, "Accueil"), "E10");
            return line.substr(line.rfind(' ') + 1);
        };
        CPPUNIT_ASSERT_EQUAL(std::string("0"), told());
        run("synthese");
        CPPUNIT_ASSERT_EQUAL(std::string("0"), told());
        run("cartes");
        const auto names = sheet_names(model_);
        const auto maps = std::count_if(names.begin(), names.end(),
                                        [](const std::string& name) { return name.starts_with("Carte "); });
        CPPUNIT_ASSERT(maps > 0);
        CPPUNIT_ASSERT_EQUAL(std::to_string(maps), told());
    }

    void a_fiche_cites_the_source_of_its_need()
    {
        run("fiches");
        const auto fiche = sheet(model_, "F-01");
        const std::string cited =
            "Source du besoin : Enfants de moins de 3 ans vivant dans un ménage pauvre – "
            "Valeur d'exemple, sans valeur statistique, 2023";
        CPPUNIT_ASSERT_EQUAL(cited, text_at(fiche, "A16"));

        const auto sources = sheet(model_, "Sources");
        const std::pair<const char*, const char*> import[] = {
            {"A5", "SRC-01"}, {"B5", "besoins"}, {"G5", "Licence Ouverte 2.0"}, {"M5", "GARDE; ENF3P"}};
        for (const auto& [cell, text] : import)
            cell_at(sources, cell)->setFormula(ustring(text));
        CPPUNIT_ASSERT_EQUAL(cited + " (Licence Ouverte 2.0)", text_at(fiche, "A16"));

        const auto variables = table(model_, "variables");
        const auto line = std::find_if(variables.begin(), variables.end(),
                                       [](const auto& row) { return row.front() == "ENF3P"; });
        const std::string row = std::to_string(4 + (line - variables.begin()));
        cell_at(sheet(model_, "Variables"), "H" + row)->setFormula(ustring("Filosofi 2023"));
        const std::string said = text_at(fiche, "A16");
        CPPUNIT_ASSERT_MESSAGE(said, said.find("– Filosofi 2023 (Licence") != std::string::npos);
        cell_at(sheet(model_, "Variables"), "H" + row)->setFormula(OUString());
        const std::string lacking = text_at(fiche, "A16");
        CPPUNIT_ASSERT_MESSAGE(lacking, lacking.find("– à compléter, 2023") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text_at(sheet(model_, "F-02"), "A16").find("Licence"));
    }

    /// The room is that which Calc itself gives to the same text in a cell that is
    /// as wide and not merged.
    void a_long_text_holds_in_its_fiche()
    {
        std::string text;
        for (int i = 0; i < 40; ++i)
            text += "Les familles sont orientées vers les « maisons » des services, à Brioude. ";
        cell_at(sheet(model_, "Actions"), "J5")->setFormula(ustring(text));
        run("fiches");
        const auto fiche = sheet(model_, "F-01");
        CPPUNIT_ASSERT_EQUAL(text, text_at(fiche, "B19"));
        const css::awt::Size room = size_of(fiche->getCellRangeByName("B19:I19"));

        const auto actions = sheet(model_, "Actions");
        const auto alone = actions->getCellRangeByName("AZ200");
        const Reference<css::table::XColumnRowRange> lines(alone, UNO_QUERY_THROW);
        cell_at(actions, "AZ200")->setFormula(ustring(text));
        set(alone, "CellStyle", css::uno::makeAny(ustring("Fiche valeur")));
        set(lines->getColumns(), "Width", css::uno::makeAny(room.Width));
        set(lines->getRows(), "OptimalHeight", css::uno::makeAny(true));
        const sal_Int32 needed = size_of(alone).Height;
        CPPUNIT_ASSERT_MESSAGE(std::to_string(room.Height) + " for " + std::to_string(needed),
                               room.Height >= needed && room.Height < needed * 5 / 4);
    }

    void a_diagnosis_starts_anywhere_in_france()
    {
        struct Place {
            const char* argument;
            const char* code;
            const char* epci; ///< one of its own
        };
        for (const Place& place :
             {Place{"Departement", "2A", "242010056"}, Place{"Departement", "974", "249740119"},
              Place{"Departement", "976", "200050532"}, Place{"Departement", "75", "200054781"},
              Place{"Metropole", "200046977", "200046977"}}) {
            const Outcome outcome =
                office().run(start_, "nouveau", {{place.argument, css::uno::makeAny(ustring(place.code))}});
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
            const auto made = office().active();
            const auto rows = table(made, "territoires");
            const bool found = std::any_of(rows.begin(), rows.end(),
                                           [&](const auto& row) { return row.front() == place.epci; });
            const std::string communes = std::to_string(table(made, "communes").size());
            close(made);
            CPPUNIT_ASSERT_MESSAGE(std::string(place.code) + " has " + std::to_string(rows.size() - 1) +
                                       " EPCI and " + communes + " communes",
                                   found);
        }
    }

    void commands_that_make_no_sense_are_not_offered()
    {
        for (const char* command : {"valider", "couverture", "contours", "cartes", "fiches", "diffusion"}) {
            CPPUNIT_ASSERT_MESSAGE(command, !office().is_enabled(start_, command));
            CPPUNIT_ASSERT_MESSAGE(command, office().is_enabled(model_, command));
        }
        for (const char* command : {"nouveau", "exemple", "aide", "apropos"})
            CPPUNIT_ASSERT_MESSAGE(command, office().is_enabled(start_, command));
    }

private:
    static Office& office() { return office_with_pacte("fr"); }

    std::string run(const char* command)
    {
        const Outcome outcome = office().run(model_, command);
        CPPUNIT_ASSERT_MESSAGE(command + (": " + outcome.sentence), outcome.done);
        return outcome.sentence;
    }

    void run_all()
    {
        for (const char* command : {"valider", "couverture", "cartes", "fiches"})
            run(command);
    }

    /// What a sentence says of changes that a person made.
    static std::string kept(const std::string& sentence)
    {
        return sentence.find("gardé") == std::string::npos ? std::string() : sentence;
    }

    static void set(const Reference<css::uno::XInterface>& object, const char* name, const Any& value)
    {
        Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
            ->setPropertyValue(OUString::createFromAscii(name), value);
    }

    static css::awt::Size size_of(const Reference<css::table::XCellRange>& range)
    {
        css::awt::Size size;
        Reference<css::beans::XPropertySet>(range, UNO_QUERY_THROW)->getPropertyValue("Size") >>= size;
        return size;
    }

    Reference<css::drawing::XShape> shape(const std::string& sheet_name, const std::string& name)
    {
        const Reference<css::container::XIndexAccess> page(
            Reference<css::drawing::XDrawPageSupplier>(sheet(model_, sheet_name), UNO_QUERY_THROW)
                ->getDrawPage(),
            UNO_QUERY_THROW);
        for (sal_Int32 i = 0; i < page->getCount(); ++i) {
            const Reference<css::drawing::XShape> found(page->getByIndex(i), UNO_QUERY_THROW);
            if (utf8(Reference<css::container::XNamed>(found, UNO_QUERY_THROW)->getName()) == name)
                return found;
        }
        CPPUNIT_FAIL("no shape « " + name + " »");
    }

    /// Sizes and places of shapes are rounded by the file: the office test of the
    /// maps looks at them through « kept ».
    static std::string without_sizes(const std::string& picture);

    Reference<css::frame::XModel> start_;
    Reference<css::frame::XModel> model_;
};

std::string MainJobTest::without_sizes(const std::string& picture)
{
    std::istringstream from(picture);
    std::string result;
    for (std::string line; std::getline(from, line);) {
        if (line.starts_with("shape ")) {
            std::istringstream words(line);
            std::string word;
            std::string name;
            words >> word >> name;
            line = "shape " + name;
        }
        result += line + "\n";
    }
    return result;
}

CPPUNIT_TEST_SUITE_REGISTRATION(MainJobTest);
