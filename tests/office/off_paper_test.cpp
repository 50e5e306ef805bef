#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/beans/XPropertyState.hpp>
#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/frame/XController.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/sheet/XConditionalFormat.hpp>
#include <com/sun/star/sheet/XConditionalFormats.hpp>
#include <com/sun/star/sheet/XSpreadsheetView.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/util/XModifiable.hpp>
#include <com/sun/star/util/XProtectable.hpp>
#include <com/sun/star/view/XPrintable.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "installed.hpp"
#include "marked_cells.hpp"

// The marks are on the screen, and never on paper.

using namespace office_test;
namespace fs = std::filesystem;
using Model = Reference<css::frame::XModel>;

namespace {

constexpr const char* where = "Dispositifs";
// In the example the parts of this line do not add up to its amount.
constexpr const char* wrong = "K37";
constexpr const char* style_name = "Pacte marque erreur";
constexpr sal_Int32 pink = 0xF9D6D5;
constexpr sal_Int32 theirs = 0x12AB34; // that a person gave the cell

css::beans::PropertyValue property(const char* name, const Any& value)
{
    css::beans::PropertyValue property;
    property.Name = OUString::createFromAscii(name);
    property.Value = value;
    return property;
}

std::string read(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Whether a pixel of one of the pages has that colour.
bool is_drawn(const fs::path& pages, sal_Int32 colour)
{
    const std::array<char, 3> pixel{static_cast<char>(colour >> 16), static_cast<char>(colour >> 8),
                                    static_cast<char>(colour)};
    return std::any_of(fs::directory_iterator(pages), fs::directory_iterator(), [&](const auto& page) {
        const std::string bytes = read(page.path());
        std::size_t at = 0; // a PPM: three lines, then three bytes a pixel
        for (int line = 0; line < 3; ++line)
            at = bytes.find('\n', at) + 1;
        for (; at + 3 <= bytes.size(); at += 3)
            if (std::equal(pixel.begin(), pixel.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at)))
                return true;
        return false;
    });
}

} // namespace

class OffPaperTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OffPaperTest);
    CPPUNIT_TEST(no_mark_is_in_the_pdf);
    CPPUNIT_TEST(no_mark_is_printed);
    CPPUNIT_TEST(no_mark_is_in_the_preview);
    CPPUNIT_TEST(no_office_prints_the_marks_of_a_stored_file);
    CPPUNIT_TEST(no_mark_is_printed_where_a_sheet_is_protected);
    CPPUNIT_TEST(a_mark_of_an_older_pacte_is_taken_for_one);
    CPPUNIT_TEST(a_colour_that_a_person_chose_for_the_marks_stays);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        const Model start = office().new_spreadsheet();
        CPPUNIT_ASSERT(office().run(start, "exemple").done);
        model_ = office().active();
        close(start);
        set_theirs(wrong); // a mark lies over it, and it has to be printed
        CPPUNIT_ASSERT(office().run(model_, "valider").done);
        store_as(model_, file_);
        CPPUNIT_ASSERT(laid_over(model_, where, wrong) == std::vector<std::string>{style_name});
        assert_as_before();
    }
    void tearDown() override
    {
        close(model_);
        fs::remove_all(folder_);
    }

private:
    static Office& office() { return office_with_pacte("fr"); }

    void set_theirs(const char* cell)
    {
        Reference<css::beans::XPropertySet>(cell_at(sheet(model_, where), cell), UNO_QUERY_THROW)
            ->setPropertyValue("CellBackColor", css::uno::makeAny(theirs));
    }

    [[nodiscard]] static Reference<css::beans::XPropertySet> style(const Model& model,
                                                                   const std::string& name)
    {
        const Reference<css::container::XNameAccess> styles(
            Reference<css::style::XStyleFamiliesSupplier>(model, UNO_QUERY_THROW)
                ->getStyleFamilies()
                ->getByName("CellStyles"),
            UNO_QUERY_THROW);
        return {styles->getByName(ustring(name)), UNO_QUERY_THROW};
    }

    /// That the mark gives the cell; -1 for none.
    [[nodiscard]] static sal_Int32 colour(const Model& model)
    {
        const auto laid = laid_over(model, where, wrong);
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), laid.size());
        const auto mark = style(model, laid.front());
        const Reference<css::beans::XPropertyState> state(mark, UNO_QUERY_THROW);
        if (state->getPropertyState("CellBackColor") != css::beans::PropertyState_DIRECT_VALUE)
            return -1;
        sal_Int32 colour = 0;
        mark->getPropertyValue("CellBackColor") >>= colour;
        return colour;
    }

    void assert_as_before()
    {
        CPPUNIT_ASSERT_EQUAL(pink, colour(model_));
        CPPUNIT_ASSERT(!Reference<css::util::XModifiable>(model_, UNO_QUERY_THROW)->isModified());
    }

    void export_sheet(const fs::path& pdf)
    {
        css::uno::Sequence<css::beans::PropertyValue> filter(1);
        filter[0] = property("Selection", css::uno::makeAny(sheet(model_, where)));
        css::uno::Sequence<css::beans::PropertyValue> arguments(2);
        arguments[0] = property("FilterName", css::uno::makeAny(OUString("calc_pdf_Export")));
        arguments[1] = property("FilterData", css::uno::makeAny(filter));
        Reference<css::frame::XStorable>(model_, UNO_QUERY_THROW)->storeToURL(file_url(pdf), arguments);
    }

    /// The pages as pixels, in a folder of their own.
    fs::path pages_of(const fs::path& pdf)
    {
        const fs::path pages = folder_ / pdf.stem();
        fs::create_directories(pages);
        const std::string command =
            "pdftoppm -q -r 50 '" + pdf.string() + "' '" + (pages / "page").string() + "'";
        CPPUNIT_ASSERT_EQUAL_MESSAGE(command, 0, std::system(command.c_str()));
        return pages;
    }

    void no_mark_is_in_the_pdf()
    {
        const fs::path pdf = folder_ / "feuille.pdf";
        export_sheet(pdf);
        const auto pages = pages_of(pdf);
        CPPUNIT_ASSERT(!is_drawn(pages, pink));
        CPPUNIT_ASSERT(is_drawn(pages, theirs));
        CPPUNIT_ASSERT_EQUAL_MESSAGE("a comment is in the PDF", std::string::npos,
                                     read(pdf).find("/Subtype/Text"));
        assert_as_before();
    }

    void no_mark_is_printed()
    {
        Reference<css::sheet::XSpreadsheetView>(model_->getCurrentController(), UNO_QUERY_THROW)
            ->setActiveSheet(sheet(model_, where));
        const fs::path printed = folder_ / "imprime.pdf";
        css::uno::Sequence<css::beans::PropertyValue> arguments(2);
        arguments[0] = property("FileName", css::uno::makeAny(file_url(printed)));
        arguments[1] = property("Wait", css::uno::makeAny(true));
        Reference<css::view::XPrintable>(model_, UNO_QUERY_THROW)->print(arguments);
        const auto pages = pages_of(printed);
        CPPUNIT_ASSERT(!is_drawn(pages, pink));
        CPPUNIT_ASSERT(is_drawn(pages, theirs));
        assert_as_before();
    }

    void no_mark_is_in_the_preview()
    {
        // Calc changes views a moment after it is asked to.
        office().dispatch(model_, ".uno:PrintPreview");
        CPPUNIT_ASSERT(soon([&] { return colour(model_) == -1; }));
        office().dispatch(model_, ".uno:ClosePreview");
        CPPUNIT_ASSERT(soon([&] { return colour(model_) == pink; }));
        assert_as_before();
    }

    /// A part of the stored file.
    std::string stored(const std::string& part)
    {
        const fs::path copy = folder_ / part;
        const std::string command = "unzip -p '" + file_.string() + "' " + part + " >'" + copy.string() + "'";
        CPPUNIT_ASSERT_EQUAL_MESSAGE(command, 0, std::system(command.c_str()));
        return read(copy);
    }

    void no_office_prints_the_marks_of_a_stored_file()
    {
        const std::string content = stored("content.xml");
        const std::string applied = "calcext:apply-style-name=\"Pacte marque erreur";
        const auto at = content.find(applied);
        CPPUNIT_ASSERT(at != std::string::npos);
        const auto name_at = content.find('"', at) + 1;
        const std::string name = content.substr(name_at, content.find('"', name_at) - name_at);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("the style of the screen is applied", std::string::npos,
                                     content.find(applied + "\""));
        const std::string styles = stored("styles.xml");
        const auto itself_at = styles.find("style:display-name=\"" + name + "\"");
        CPPUNIT_ASSERT_MESSAGE(name, itself_at != std::string::npos);
        const std::string itself =
            styles.substr(itself_at, styles.find("<style:style", itself_at) - itself_at);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(itself, std::string::npos, itself.find("background-color"));
        close(model_);
        model_ = office().open(file_url(file_));
        (void)office().is_enabled(model_, "valider"); // as the toolbar asks
        assert_as_before();
    }

    // As the T0 is once it is frozen: Calc then changes no cell style.
    void no_mark_is_printed_where_a_sheet_is_protected()
    {
        Reference<css::util::XProtectable>(sheet(model_, "Paramètres"), UNO_QUERY_THROW)->protect({});
        CPPUNIT_ASSERT(office().run(model_, "valider").done);
        CPPUNIT_ASSERT_EQUAL(pink, colour(model_));
        const fs::path pdf = folder_ / "protege.pdf";
        export_sheet(pdf);
        const auto pages = pages_of(pdf);
        CPPUNIT_ASSERT(!is_drawn(pages, pink));
        CPPUNIT_ASSERT(is_drawn(pages, theirs));
        CPPUNIT_ASSERT_EQUAL(pink, colour(model_));
        store_as(model_, file_);
        close(model_);
        model_ = office().open(file_url(file_));
        (void)office().is_enabled(model_, "valider");
        assert_as_before();
    }

    // It had the style of the reports.
    void a_mark_of_an_older_pacte_is_taken_for_one()
    {
        const Reference<css::sheet::XConditionalFormats> formats(
            Reference<css::beans::XPropertySet>(sheet(model_, where), UNO_QUERY_THROW)
                ->getPropertyValue("ConditionalFormats"),
            UNO_QUERY_THROW);
        for (const auto& format : formats->getConditionalFormats()) {
            const Reference<css::container::XIndexAccess> entries(format, UNO_QUERY_THROW);
            const Reference<css::beans::XPropertySet> entry(entries->getByIndex(0), UNO_QUERY_THROW);
            OUString name;
            entry->getPropertyValue("StyleName") >>= name;
            if (utf8(name) == style_name)
                entry->setPropertyValue("StyleName", css::uno::makeAny(OUString("Pacte erreur")));
        }
        CPPUNIT_ASSERT(laid_over(model_, where, wrong) == std::vector<std::string>{"Pacte erreur"});
        CPPUNIT_ASSERT(office().run(model_, "valider").done);
        CPPUNIT_ASSERT(laid_over(model_, where, wrong) == std::vector<std::string>{style_name});
    }

    void a_colour_that_a_person_chose_for_the_marks_stays()
    {
        style(model_, style_name)->setPropertyValue("CellBackColor", css::uno::makeAny(theirs));
        export_sheet(folder_ / "recolore.pdf");
        CPPUNIT_ASSERT_EQUAL(theirs, colour(model_));
        store_as(model_, file_);
        close(model_);
        model_ = office().open(file_url(file_));
        (void)office().is_enabled(model_, "valider");
        CPPUNIT_ASSERT_EQUAL(theirs, colour(model_));
    }

    const fs::path folder_ = fs::temp_directory_path() / "pacte-hors-papier";
    const fs::path file_ = folder_ / "diagnostic.ods";
    Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(OffPaperTest);
