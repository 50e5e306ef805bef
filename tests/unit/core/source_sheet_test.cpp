#include "core/source_sheet.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "core/source_figure.hpp"

using namespace pacte;

namespace {

std::string all(const SourceSheet& sheet)
{
    std::string text;
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        text += std::to_string(sheet.line(row)) + ":";
        for (std::size_t column = 0; column < sheet.width(row); ++column)
            text += std::string(sheet.at(row, column)) + "|";
        text += "\n";
    }
    return text;
}

std::string utf16(const std::u16string& text, bool big_endian)
{
    std::string bytes;
    for (const char16_t unit : text) {
        const char high = static_cast<char>(unit >> 8);
        const char low = static_cast<char>(unit & 0xFF);
        bytes += big_endian ? high : low;
        bytes += big_endian ? low : high;
    }
    return bytes;
}

class SourceSheetTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SourceSheetTest);
    CPPUNIT_TEST(every_encoding_gives_the_same_text);
    CPPUNIT_TEST(the_separator_is_the_one_that_cuts_lines_alike);
    CPPUNIT_TEST(decimal_commas_are_no_separators);
    CPPUNIT_TEST(quoted_fields_hold_separators_lines_and_marks);
    CPPUNIT_TEST(lines_are_those_a_person_counts);
    CPPUNIT_TEST(an_open_quotation_mark_is_named_by_its_line);
    CPPUNIT_TEST(a_file_that_is_no_text_is_refused);
    CPPUNIT_TEST(marks_are_kept_apart);
    CPPUNIT_TEST(numbers_are_read_as_agents_write_them);
    CPPUNIT_TEST_SUITE_END();

public:
    void every_encoding_gives_the_same_text()
    {
        std::string encoding;
        CPPUNIT_ASSERT_EQUAL(std::string("Évêché ; 12 €"), decoded("Évêché ; 12 €", encoding));
        CPPUNIT_ASSERT_EQUAL(std::string("UTF-8"), encoding);
        CPPUNIT_ASSERT_EQUAL(std::string("Évêché ; 12 €"), decoded("\uFEFFÉvêché ; 12 €", encoding));
        CPPUNIT_ASSERT_EQUAL(std::string("Évêché ; 12 €"), decoded("\xC9v\xEA"
                                                                   "ch\xE9 ; 12 \x80",
                                                                   encoding));
        CPPUNIT_ASSERT_EQUAL(std::string("Windows-1252"), encoding);
        for (const bool big_endian : {false, true}) {
            CPPUNIT_ASSERT_EQUAL(std::string("Évêché ; 12 €"),
                                 decoded(utf16(u"\uFEFFÉvêché ; 12 €", big_endian), encoding));
            CPPUNIT_ASSERT_EQUAL(std::string("UTF-16"), encoding);
            CPPUNIT_ASSERT_EQUAL(std::string("code;nom\n43157;Évêché"),
                                 decoded(utf16(u"code;nom\n43157;Évêché", big_endian), encoding));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("\U0001F3E0"), decoded(utf16(u"\uFEFF\U0001F3E0", false), encoding));
    }

    void the_separator_is_the_one_that_cuts_lines_alike()
    {
        CPPUNIT_ASSERT_EQUAL(';', separator_of("code;nom\n43157;Le Puy, en Velay\n43040;Brioude\n"));
        CPPUNIT_ASSERT_EQUAL(',', separator_of("code,nom\n43157,\"a;b\"\n43040,\"c;d;e\"\n"));
        CPPUNIT_ASSERT_EQUAL('\t', separator_of("code\tnom\n43157\tLe Puy\n"));
        CPPUNIT_ASSERT_EQUAL('|', separator_of("code|nom\n43157|Le Puy\n"));
        CPPUNIT_ASSERT_EQUAL(
            ';', separator_of("Titre du tableau\n\ncode;nom;a\n43157;Le Puy;1\n43040;Brioude;2\n"));
        CPPUNIT_ASSERT_EQUAL(';', separator_of("une seule colonne\n"));
    }

    void decimal_commas_are_no_separators()
    {
        CPPUNIT_ASSERT_EQUAL(';', separator_of("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n1,5;2,5;3,5\n"));
        CPPUNIT_ASSERT_EQUAL(';', separator_of("a;b\n1,5;2\n1;2,5\n"));
    }

    void quoted_fields_hold_separators_lines_and_marks()
    {
        const SourceSheet sheet =
            parse_delimited("a;b;c\n\"1;2\";\"x\ny\";\"dit \"\"oui\"\"\"\n;;3\n", ';', "f.csv");
        CPPUNIT_ASSERT_EQUAL(std::string("1:a|b|c|\n2:1;2|x\ny|dit \"oui\"|\n4:||3|\n"), all(sheet));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, sheet.columns());
        CPPUNIT_ASSERT(sheet.at(0, 9).empty());
        CPPUNIT_ASSERT(sheet.at(9, 0).empty());
    }

    void lines_are_those_a_person_counts()
    {
        const SourceSheet sheet = parse_delimited("titre\r\n\r\na;b\r\n\r\n1;2", ';', "f.csv");
        CPPUNIT_ASSERT_EQUAL(std::string("1:titre|\n3:a|b|\n5:1|2|\n"), all(sheet));
    }

    void an_open_quotation_mark_is_named_by_its_line()
    {
        try {
            (void)parse_delimited("a;b\n1;\"coupé\n2;3\n", ';', "f.csv");
            CPPUNIT_FAIL("no failure");
        } catch (const Failure& failure) {
            CPPUNIT_ASSERT(std::string(failure.what()).find("« f.csv »") != std::string::npos);
            CPPUNIT_ASSERT(std::string(failure.what()).find("ligne 2") != std::string::npos);
        }
    }

    void a_file_that_is_no_text_is_refused()
    {
        const auto path = std::filesystem::path(PACTE_BINARY_DIR) / "source.bin";
        const auto failure_of = [&](const std::string& bytes) {
            std::ofstream(path, std::ios::binary) << bytes;
            try {
                (void)read_delimited(path);
            } catch (const Failure& failure) {
                return std::string(failure.what());
            }
            return std::string();
        };
        CPPUNIT_ASSERT(
            failure_of(std::string("PK\3\4\0\0\0\0a;b\0\0c", 14)).find("pas un fichier de texte") !=
            std::string::npos);
        CPPUNIT_ASSERT(failure_of(" \n ").find("vide") != std::string::npos);
        std::filesystem::remove(path);
        try {
            (void)read_delimited(path);
            CPPUNIT_FAIL("no failure");
        } catch (const Failure& failure) {
            CPPUNIT_ASSERT(std::string(failure.what()).find("ne s'ouvre pas") != std::string::npos);
        }
    }

    void marks_are_kept_apart()
    {
        const auto state = [](const char* text) { return read_source_figure(text).state; };
        CPPUNIT_ASSERT(state("s") == FigureState::secret);
        CPPUNIT_ASSERT(state("nd") == FigureState::not_available);
        CPPUNIT_ASSERT(state("n.d.") == FigureState::not_available);
        CPPUNIT_ASSERT(state("N/A - résultat non disponible") == FigureState::not_available);
        CPPUNIT_ASSERT(state("N/A - division par 0") == FigureState::not_available);
        CPPUNIT_ASSERT(state("ns") == FigureState::not_significant);
        CPPUNIT_ASSERT(state("so") == FigureState::no_object);
        CPPUNIT_ASSERT(state("///") == FigureState::no_object);
        CPPUNIT_ASSERT(state("…") == FigureState::not_available);
        CPPUNIT_ASSERT(state("") == FigureState::empty);
        CPPUNIT_ASSERT(state("0") == FigureState::known);
        CPPUNIT_ASSERT(state("#REF!") == FigureState::error);
        CPPUNIT_ASSERT(state("#N/A") == FigureState::error);
        CPPUNIT_ASSERT(state("Err:502") == FigureState::error);
        CPPUNIT_ASSERT(state("environ 30") == FigureState::unreadable);
        CPPUNIT_ASSERT(state("12-15") == FigureState::unreadable);
        CPPUNIT_ASSERT(cell_of_figure(read_source_figure("ns"), "ns") == Cell(std::string("ns")));
        CPPUNIT_ASSERT(cell_of_figure(read_source_figure(""), "") == Cell(Blank{}));
        CPPUNIT_ASSERT(cell_of_figure(read_source_figure("#REF!"), "#REF!") == Cell(Blank{}));
    }

    void numbers_are_read_as_agents_write_them()
    {
        const auto value = [](const char* text) {
            const SourceFigure figure = read_source_figure(text);
            CPPUNIT_ASSERT_MESSAGE(text, figure.state == FigureState::known);
            return figure.value;
        };
        CPPUNIT_ASSERT_EQUAL(1234.5, value("1 234,5"));
        CPPUNIT_ASSERT_EQUAL(1234.5, value("1234.5"));
        CPPUNIT_ASSERT_EQUAL(-14.8, value("-14,8"));
        CPPUNIT_ASSERT_EQUAL(12.3, value("12,3 %"));
        CPPUNIT_ASSERT_EQUAL(0.5, value(",5"));
        CPPUNIT_ASSERT_EQUAL(1e-7, value("1E-07"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SourceSheetTest);

} // namespace
