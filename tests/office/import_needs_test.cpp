#include "document_picture.hpp"
#include "import_fixture.hpp"

#include <cstdlib>

#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/sheet/XSheetAnnotation.hpp>
#include <com/sun/star/sheet/XSheetAnnotationAnchor.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

// Needs from published files, imported into the example of Haute-Loire by the real
// office with the built extension.

using namespace office_test;
namespace fs = std::filesystem;

class ImportNeedsTest : public ImportFixture {
    CPPUNIT_TEST_SUITE(ImportNeedsTest);
    CPPUNIT_TEST(a_file_by_commune_fills_variables_besoins_sources_and_refus);
    CPPUNIT_TEST(an_existing_variable_is_replaced_only_when_that_is_answered);
    CPPUNIT_TEST(what_a_person_wrote_stays);
    CPPUNIT_TEST(a_workbook_with_titles_and_metadata_is_read);
    CPPUNIT_TEST(the_whole_of_filosofi_is_brought_to_the_epci);
    CPPUNIT_TEST(an_old_file_is_brought_by_the_communes_of_its_year);
    CPPUNIT_TEST(bad_files_leave_the_document_as_it_was);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_file_by_commune_fills_variables_besoins_sources_and_refus()
    {
        // Three of the nine communes of the CC des Sucs, one secret, one line wrong.
        const fs::path file = write(
            "ménages 2021.csv",
            "Source : Insee, essai 2021\nCODGEO;LIBGEO;Ménages sans voiture 2021\n43268;Yssingeaux;120\n"
            "43162;Retournac;s\n43007;Araules;30\nxx;Inconnue;4\n43157;Le Puy;7,5\n");
        const std::string before = picture_of(model_);
        const Outcome outcome = import(file);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        const Rows needs = table(model_, "besoins");
        CPPUNIT_ASSERT_EQUAL(std::string("150"), at(needs, "244301016", "MENA_SANS_VOIT"));
        CPPUNIT_ASSERT_EQUAL(std::string("7,5"), at(needs, "200073419", "MENA_SANS_VOIT"));
        CPPUNIT_ASSERT_EQUAL(std::string("nd"), at(needs, "244301107", "MENA_SANS_VOIT"));
        CPPUNIT_ASSERT(
            note_at(needs, "244301016", "MENA_SANS_VOIT")
                .find("7 communes inconnues sur 9 (1 sous secret statistique, 6 absentes du fichier)") !=
            std::string::npos);

        const Rows variables = table(model_, "variables");
        CPPUNIT_ASSERT_EQUAL(std::string("Ménages sans voiture 2021"),
                             at(variables, "MENA_SANS_VOIT", "libellé"));
        CPPUNIT_ASSERT_EQUAL(std::string("effectif"), at(variables, "MENA_SANS_VOIT", "nature"));
        CPPUNIT_ASSERT_EQUAL(std::string("ménages"), at(variables, "MENA_SANS_VOIT", "unité"));
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), at(variables, "MENA_SANS_VOIT", "millésime"));
        CPPUNIT_ASSERT_EQUAL(std::string("Insee, essai 2021"), at(variables, "MENA_SANS_VOIT", "source"));

        const Rows sources = table(model_, "sources");
        CPPUNIT_ASSERT_EQUAL(std::string("ménages 2021.csv"), at(sources, "SRC-001", "fichier"));
        CPPUNIT_ASSERT_EQUAL(std::string("besoins"), at(sources, "SRC-001", "nature"));
        CPPUNIT_ASSERT_EQUAL(std::string("5"), at(sources, "SRC-001", "lignes lues"));
        CPPUNIT_ASSERT_EQUAL(std::string("4"), at(sources, "SRC-001", "lignes retenues"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), at(sources, "SRC-001", "lignes refusées"));
        CPPUNIT_ASSERT_EQUAL(std::string("1 ligne"), at(sources, "SRC-001", "liste des refus"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{40}, at(sources, "SRC-001", "empreinte SHA-1").size());
        const Rows refusals = table(model_, "refus");
        CPPUNIT_ASSERT_EQUAL(std::string("fichier « ménages 2021.csv », ligne 6, colonne A"),
                             at(refusals, "SRC-001", "emplacement"));
        CPPUNIT_ASSERT_EQUAL(std::string("xx"), at(refusals, "SRC-001", "valeur"));

        assert_one_step(before);
    }

    void an_existing_variable_is_replaced_only_when_that_is_answered()
    {
        const fs::path file = write("epci.csv", "code;COLDEC;NOUVEAU\n244301016;99;5\n200073419;s;6\n");
        const std::string before = at(table(model_, "besoins"), "244301016", "COLDEC");
        const Outcome kept = import(file);
        CPPUNIT_ASSERT_MESSAGE(kept.sentence, kept.done);
        CPPUNIT_ASSERT(kept.sentence.find("gardées telles quelles : COLDEC") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(before, at(table(model_, "besoins"), "244301016", "COLDEC"));
        CPPUNIT_ASSERT_EQUAL(std::string("5"), at(table(model_, "besoins"), "244301016", "NOUVEAU"));
        CPPUNIT_ASSERT(import(file, {{"Remplacer", text_argument("oui")}}).done);
        CPPUNIT_ASSERT_EQUAL(std::string("99"), at(table(model_, "besoins"), "244301016", "COLDEC"));
        CPPUNIT_ASSERT_EQUAL(std::string("s"), at(table(model_, "besoins"), "200073419", "COLDEC"));
        // Imported again, the same file changes nothing and asks nothing.
        const Outcome again = import(file);
        CPPUNIT_ASSERT(again.sentence.find("gardées") == std::string::npos);
    }

    void what_a_person_wrote_stays()
    {
        const Rows before = table(model_, "besoins");
        const fs::path file = write("epci.csv", "code;NOUVEAU\n244301016;5\n");
        CPPUNIT_ASSERT(import(file).done);
        const Rows after = table(model_, "besoins");
        for (std::size_t row = 0; row < before.size(); ++row)
            for (std::size_t column = 0; column < before[row].size(); ++column)
                if (!before[row][column].empty())
                    CPPUNIT_ASSERT_EQUAL(before[row][column], after[row][column]);
        CPPUNIT_ASSERT_EQUAL(std::string(), at(after, "200073419", "NOUVEAU"));
    }

    /// Expected: sum(value × population) / sum(population) by EPCI, from the same
    /// workbook, the members and the populations of 2023 (annees_*.csv), the year whose
    /// communes the file has; worked out apart from Pacte.
    void a_workbook_with_titles_and_metadata_is_read()
    {
        const fs::path data = real_data();
        if (data.empty())
            return;
        const Outcome outcome = import(data / "insee" / "indicateurs_eloignement_communes.xlsx");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        const Rows variables = table(model_, "variables");
        const std::string code = "PART_POPU_ELOI_EQUI_INTE";
        CPPUNIT_ASSERT_EQUAL(std::string("taux"), at(variables, code, "nature"));
        CPPUNIT_ASSERT_EQUAL(std::string("%"), at(variables, code, "unité"));
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), at(variables, code, "millésime"));
        CPPUNIT_ASSERT(at(variables, code, "source")
                           .starts_with("Insee, Recensement de la population (RP) ; Base permanente"));
        CPPUNIT_ASSERT_EQUAL(std::string("2023"), at(variables, code, "géographie"));
        const Rows needs = table(model_, "besoins");
        CPPUNIT_ASSERT_DOUBLES_EQUAL(33.333333, number(at(needs, "200073393", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(19.493626, number(at(needs, "200073401", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(7.020923, number(at(needs, "200073419", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(4.696843, number(at(needs, "200073427", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(8.741531, number(at(needs, "200085728", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.000000, number(at(needs, "244300307", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.000000, number(at(needs, "244301016", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(5.562673, number(at(needs, "244301099", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.000000, number(at(needs, "244301107", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(36.925761, number(at(needs, "244301123", code)), 0.051);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.000000, number(at(needs, "244301131", code)), 0.051);
        CPPUNIT_ASSERT_EQUAL(34945.0, number(at(table(model_, "sources"), "SRC-001", "lignes lues")));
    }

    void the_whole_of_filosofi_is_brought_to_the_epci()
    {
        const fs::path data = real_data();
        if (data.empty())
            return;
        const fs::path file = data / "insee" / "cc_filosofi_2021_COM.csv";
        const Outcome outcome = import(file, {{"Variables", text_argument("NBPERSMENFISC;TP60;MEDIANE")},
                                              {"Remplacer", text_argument("oui")}});
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT(outcome.sentence.find("Refusées : MEDIANE") != std::string::npos);
        const Rows needs = table(model_, "besoins");
        CPPUNIT_ASSERT_EQUAL(31664.0, number(at(needs, "200073427", "NBPERSMENFISC")));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(8.05, number(at(needs, "200073427", "TP60")), 0.051);
        CPPUNIT_ASSERT_EQUAL(std::string("s"), at(needs, "200073419", "TP60"));
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), at(table(model_, "variables"), "TP60", "millésime"));
    }

    /// Culoz and Béon were two communes until 2022, and are one since: a diagnosis of the Ain.
    void an_old_file_is_brought_by_the_communes_of_its_year()
    {
        close(model_);
        const auto blank = office_->new_spreadsheet();
        CPPUNIT_ASSERT(office_->run(blank, "nouveau", {{"Departement", text_argument("01")}}).done);
        model_ = office_->active();
        close(blank);
        const fs::path file = write("aides 2019.csv", "CODGEO;Foyers aidés\n01138;30\n01039;4\n01187;6\n");
        CPPUNIT_ASSERT(import(file).done);
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), at(table(model_, "variables"), "FOYE_AIDE", "géographie"));
        CPPUNIT_ASSERT_EQUAL(std::string("40"), at(table(model_, "besoins"), "200040350", "FOYE_AIDE"));
        const std::string then = note_at(table(model_, "besoins"), "200040350", "FOYE_AIDE");
        CPPUNIT_ASSERT_MESSAGE(then, then.find("communes membres au 1er janvier 2021") != std::string::npos);
        // Béon is a part of Culoz-Béon then, which has a line of its own: 30 + 6.
        CPPUNIT_ASSERT(
            import(file, {{"Geographie", text_argument("2024")}, {"Remplacer", text_argument("oui")}}).done);
        CPPUNIT_ASSERT_EQUAL(std::string("36"), at(table(model_, "besoins"), "200040350", "FOYE_AIDE"));
        CPPUNIT_ASSERT_EQUAL(std::string("2024"), at(table(model_, "variables"), "FOYE_AIDE", "géographie"));
        CPPUNIT_ASSERT(!import(file, {{"Geographie", text_argument("1999")}}).done);
    }

    void bad_files_leave_the_document_as_it_was()
    {
        const auto refused = [&](const fs::path& file, const char* words) {
            assert_refused("besoins", file, words);
        };
        refused(write("vide.csv", ""), "vide");
        refused(write("sans codes.csv", "a;b\nun;2\n"), "codes");
        refused(write("coupé.csv", "code;nom\n43157;\"Le Pu"), "guillemet");
        refused(write("abîmé.xlsx", std::string("PK\x03\x04 nothing of a workbook", 28)), "endommagé");
        refused(write("binaire.csv", std::string("\x7F"
                                                 "ELF\0\0\1",
                                                 7)),
                "texte");
        const fs::path secret = write("secret.ods", "");
        refused(secret.parent_path() / "absent.csv", "n'existe pas");
        store_protected(secret);
        refused(secret, "mot de passe");
    }

private:
    Outcome import(const fs::path& file, const Arguments& arguments = {})
    {
        return import_file("besoins", file, arguments);
    }

    static double number(std::string shown)
    {
        std::string digits;
        for (const char c : shown)
            if ((c >= '0' && c <= '9') || c == '-')
                digits += c;
            else if (c == ',')
                digits += '.';
        return std::strtod(digits.c_str(), nullptr);
    }

    [[nodiscard]] std::string note_at(const Rows& rows, const std::string& key,
                                      const std::string& header) const
    {
        const std::size_t column = column_of(rows, header);
        std::size_t row = 0;
        while (rows[row].front() != key)
            ++row;
        const auto cell =
            sheet(model_, "Besoins")
                ->getCellByPosition(static_cast<sal_Int32>(column), static_cast<sal_Int32>(row) + 3);
        const auto note =
            Reference<css::sheet::XSheetAnnotationAnchor>(cell, UNO_QUERY_THROW)->getAnnotation();
        return utf8(Reference<css::text::XTextRange>(note, UNO_QUERY_THROW)->getString());
    }

    void store_protected(const fs::path& path) const
    {
        const auto model = office_->new_spreadsheet();
        css::uno::Sequence<css::beans::PropertyValue> how(2);
        how[0].Name = "FilterName";
        how[0].Value <<= OUString("calc8");
        how[1].Name = "Password";
        how[1].Value <<= OUString("secret");
        Reference<css::frame::XStorable>(model, UNO_QUERY_THROW)->storeToURL(file_url(path), how);
        close(model);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ImportNeedsTest);
