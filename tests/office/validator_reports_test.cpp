#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "document_picture.hpp"
#include "installed.hpp"

// What the validator writes beside « Contrôles »: the quality of the data, the
// reliability of each figure, the file for a partner.

using namespace office_test;
namespace fs = std::filesystem;
using Model = Reference<css::frame::XModel>;

namespace {

constexpr const char* quality_sheet = "Qualité des données";
constexpr sal_Int32 first_row = 4; // under the title, the subtitle and the headers

std::string at(const Model& model, const char* name, sal_Int32 column, sal_Int32 row)
{
    return text_at(sheet(model, name),
                   std::string(1, static_cast<char>('A' + column)) + std::to_string(row + 1));
}

double number_at(const Model& model, const char* name, sal_Int32 column, sal_Int32 row)
{
    return sheet(model, name)->getCellByPosition(column, row)->getValue();
}

} // namespace

class ValidatorReportsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValidatorReportsTest);
    CPPUNIT_TEST(the_quality_is_scored_in_one_undo_step);
    CPPUNIT_TEST(each_figure_has_its_reliability);
    CPPUNIT_TEST(a_partner_receives_their_rows_and_no_other);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        const Model start = office().new_spreadsheet();
        CPPUNIT_ASSERT(office().run(start, "exemple").done);
        model_ = office().active();
        close(start);
    }
    void tearDown() override { close(model_); }

private:
    static Office& office() { return office_with_pacte("fr"); }

    Outcome run(const char* command, const Arguments& arguments = {})
    {
        const auto outcome = office().run(model_, command, arguments);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        return outcome;
    }

    /// The tables first, then the dispositifs, the weakest first.
    void the_quality_is_scored_in_one_undo_step()
    {
        const auto before = picture_of(model_);
        const auto outcome = run("qualite");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.sentence.find("Dispositifs") != std::string::npos);
        sal_Int32 row = first_row;
        while (at(model_, quality_sheet, 1, row) == "ensemble")
            ++row;
        CPPUNIT_ASSERT(row > first_row + 4);
        double last = 0.0;
        std::size_t dispositifs = 0;
        for (; !at(model_, quality_sheet, 1, row).empty(); ++row, ++dispositifs) {
            const double score = number_at(model_, quality_sheet, 7, row);
            CPPUNIT_ASSERT(score >= last && score <= 100.0);
            last = score;
            CPPUNIT_ASSERT(!at(model_, quality_sheet, 8, row).empty());
        }
        CPPUNIT_ASSERT_EQUAL(table(model_, "dispositifs").size() - 1, dispositifs);
        // What it says to do raises the score.
        const auto weakest = at(model_, quality_sheet, 1, row - static_cast<sal_Int32>(dispositifs));
        const double score = number_at(model_, quality_sheet, 7, row - static_cast<sal_Int32>(dispositifs));
        CPPUNIT_ASSERT_MESSAGE(weakest, score < 90.0);
        const auto text = all_text(model_);
        run("qualite"); // again, in its place
        assert_same("the same again", text, all_text(model_));
        const auto again = picture_of(model_);
        undo(model_);
        undo(model_);
        assert_same("undone", before, picture_of(model_));
        redo(model_);
        redo(model_);
        assert_same("done again", again, picture_of(model_));
        if (const char* folder = std::getenv("PACTE_PICTURES")) {
            store_as(model_, fs::path(folder) / "qualite.ods");
            store(model_, fs::path(folder) / "qualite.pdf", "calc_pdf_Export");
        }
    }

    void each_figure_has_its_reliability()
    {
        run("couverture");
        auto cells = table(model_, "couverture");
        const auto column_of = [&](const std::string& header) {
            return static_cast<std::size_t>(std::find(cells[0].begin(), cells[0].end(), header) -
                                            cells[0].begin());
        };
        const auto reliability = column_of("fiabilité");
        const auto advice = column_of("pour fiabiliser");
        const auto need = column_of("besoin");
        CPPUNIT_ASSERT(reliability < cells[0].size());
        std::size_t known = 0;
        for (std::size_t i = 1; i < cells.size(); ++i) {
            const bool has_need = cells[i][need] != "nd" && cells[i][need] != "s";
            CPPUNIT_ASSERT_EQUAL_MESSAGE(cells[i][0] + " " + cells[i][2], has_need,
                                         cells[i][reliability] != "nd");
            CPPUNIT_ASSERT(has_need || !cells[i][advice].empty() || cells[i][0] == "ensemble");
            known += has_need ? 1 : 0;
        }
        CPPUNIT_ASSERT(known > 100);
        if (const char* folder = std::getenv("PACTE_PICTURES")) {
            store_as(model_, fs::path(folder) / "couverture.ods");
            store(model_, fs::path(folder) / "couverture.pdf", "calc_pdf_Export");
        }
        // A workbook made before these columns existed gets them.
        const auto expected = cells;
        const Reference<css::table::XColumnRowRange> grid(sheet(model_, "Couverture"), UNO_QUERY_THROW);
        grid->getColumns()->removeByIndex(static_cast<sal_Int32>(reliability), 2);
        run("couverture");
        cells = table(model_, "couverture");
        CPPUNIT_ASSERT_EQUAL(expected.size(), cells.size());
        CPPUNIT_ASSERT(column_of("fiabilité") < cells[0].size());
        CPPUNIT_ASSERT_EQUAL(expected[3][advice], cells[3][column_of("pour fiabiliser")]);
    }

    void a_partner_receives_their_rows_and_no_other()
    {
        const fs::path folder = fs::temp_directory_path() / "pacte-partenaire";
        fs::create_directories(folder);
        const auto before = picture_of(model_);
        std::map<std::string, std::string> partners; // by dispositif
        for (const auto& row : table(model_, "dispositifs"))
            partners.emplace(row[0], row[5]);
        const std::string partner = partners["D-033"]; // whose parts do not add up to its amount
        const auto send = [&](const char* name) {
            return office().run(model_, "rapport-partenaire",
                                {{"Partenaire", css::uno::makeAny(ustring(partner))},
                                 {"Fichier", css::uno::makeAny(file_url(folder / name))}});
        };
        CPPUNIT_ASSERT(send("rapport.pdf").done);
        CPPUNIT_ASSERT(fs::file_size(folder / "rapport.pdf") > 5000);
        const auto outcome = send("rapport.ods");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence,
                               outcome.done && outcome.sentence.find(partner) != std::string::npos);
        assert_same("the diagnosis is untouched", before, picture_of(model_));

        std::size_t theirs = 0;
        for (const auto& row : table(model_, "dispositifs"))
            theirs += row[5] == partner ? 1 : 0;
        CPPUNIT_ASSERT(theirs > 0);
        const Model report = office().open(file_url(folder / "rapport.ods"));
        CPPUNIT_ASSERT_EQUAL(std::string("À vérifier"), sheet_names(report).front());
        const std::string whole = all_text(report);
        for (const auto& [id, porteur] : partners)
            if (id.starts_with("D-"))
                CPPUNIT_ASSERT_EQUAL_MESSAGE(id, porteur == partner, whole.find(id) != std::string::npos);
        CPPUNIT_ASSERT(whole.find("DIS-002") != std::string::npos && whole.find("104") != std::string::npos);
        sal_Int32 row = first_row;
        while (!at(report, "Dispositifs", 0, row).empty())
            ++row;
        CPPUNIT_ASSERT_EQUAL(theirs, static_cast<std::size_t>(row - first_row));
        close(report);
        if (const char* pictures = std::getenv("PACTE_PICTURES"))
            for (const char* name : {"rapport.pdf", "rapport.ods"})
                fs::copy_file(folder / name, fs::path(pictures) / name, fs::copy_options::overwrite_existing);
        fs::remove_all(folder);

        const auto refused = office().run(model_, "rapport-partenaire",
                                          {{"Partenaire", css::uno::makeAny(OUString("Nobody"))},
                                           {"Fichier", css::uno::makeAny(OUString("file:///tmp/x.ods"))}});
        CPPUNIT_ASSERT_MESSAGE(refused.sentence,
                               !refused.done && refused.sentence.find("« Nobody »") != std::string::npos);
        const auto unwritable =
            office().run(model_, "rapport-partenaire",
                         {{"Partenaire", css::uno::makeAny(ustring(partner))},
                          {"Fichier", css::uno::makeAny(OUString("file:///proc/x.ods"))}});
        CPPUNIT_ASSERT_MESSAGE(unwritable.sentence,
                               !unwritable.done &&
                                   unwritable.sentence.find("n'a pas pu être écrit") != std::string::npos);
    }

    Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ValidatorReportsTest);
