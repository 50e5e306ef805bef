#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <tuple>

#include <com/sun/star/beans/NamedValue.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "import_fixture.hpp"

// Files as people have them, too long, locked, cut, malicious, half wrong: what is sound is
// imported and the rest listed, or the command refuses in a sentence and nothing changes.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

constexpr const char* needs_of_three_epcis =
    "code;libellé;Ménages sans voiture 2021\n244301016;Sucs;150\n200073419;Le Puy;s\n200085728;Brioude;80\n";

std::string utf16(const std::string& text, bool big_endian)
{
    const OUString units = ustring("\uFEFF" + text);
    std::string bytes;
    for (sal_Int32 i = 0; i < units.getLength(); ++i) {
        const auto low = static_cast<char>(units[i] & 0xFF);
        const auto high = static_cast<char>(units[i] >> 8);
        bytes += big_endian ? high : low;
        bytes += big_endian ? low : high;
    }
    return bytes;
}

std::string bytes_of(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The directory of the ZIP says that its first member weighs 4 GB.
void make_bomb(const fs::path& archive)
{
    std::string bytes = bytes_of(archive);
    const auto entry = bytes.find("PK\x01\x02");
    CPPUNIT_ASSERT(entry != std::string::npos);
    bytes.replace(entry + 24, 4, "\0\0\0\xF0", 4);
    std::ofstream(archive, std::ios::binary) << bytes;
}

void run(const std::string& command) { CPPUNIT_ASSERT_EQUAL(0, std::system(command.c_str())); }

/// The member of a workbook grows by 150 MB of spaces; all that speaks of its size in the
/// archive says 4,000 bytes.
void make_liar(const fs::path& workbook, const std::string& member)
{
    constexpr std::size_t grown = 150'000'000;
    const fs::path folder = workbook.parent_path() / "membre";
    fs::create_directories((folder / member).parent_path());
    const std::string quoted = "'" + workbook.string() + "'";
    run("unzip -q -o " + quoted + " '" + member + "' -d '" + folder.string() + "'");
    std::string text = bytes_of(folder / member);
    text.insert(text.find('>', text.find("?>") + 2) + 1, grown, ' ');
    std::ofstream(folder / member, std::ios::binary) << text;
    run("cd '" + folder.string() + "' && zip -q -1 " + quoted + " '" + member + "'");
    std::string bytes = bytes_of(workbook);
    std::size_t lies = 0;
    for (const auto& [mark, size_at, name_at] :
         {std::tuple("PK\x01\x02", 24, 46), std::tuple("PK\x03\x04", 22, 30)})
        for (std::size_t at = bytes.find(mark); at != std::string::npos; at = bytes.find(mark, at + 4))
            if (bytes.compare(at + static_cast<std::size_t>(name_at), member.size(), member) == 0) {
                bytes.replace(at + static_cast<std::size_t>(size_at), 4, "\xA0\x0F\0\0", 4);
                ++lies;
            }
    CPPUNIT_ASSERT_EQUAL(std::size_t{2}, lies);
    std::ofstream(workbook, std::ios::binary) << bytes;
    fs::remove_all(folder);
}

} // namespace

class ImportBadFilesTest : public ImportFixture {
    CPPUNIT_TEST_SUITE(ImportBadFilesTest);
    CPPUNIT_TEST(half_a_million_lines_are_read);
    CPPUNIT_TEST(csv_in_utf16_is_read);
    CPPUNIT_TEST(an_old_workbook_with_cells_in_error_gives_what_is_sound);
    CPPUNIT_TEST(workbooks_locked_or_damaged_are_refused);
    CPPUNIT_TEST(a_zip_bomb_is_refused);
    CPPUNIT_TEST(a_zip_that_lies_about_its_sizes_is_refused_within_memory);
    CPPUNIT_TEST(an_archive_is_told_from_a_table);
    CPPUNIT_TEST(a_json_cut_in_the_middle_gives_what_comes_before);
    CPPUNIT_TEST_SUITE_END();

public:
    void half_a_million_lines_are_read()
    {
        std::string needs = "code;année;Ménages sans voiture\n";
        std::string offer = "nom;code INSEE;catégorie\n";
        for (int line = 0; line < 504'000; ++line) {
            const std::string department = std::to_string(10 + line % 80);
            const std::string commune = std::to_string(1001 + line / 80 % 300).substr(1);
            needs += department + commune + ';' + std::to_string(2000 + line / 24'000) + ";7\n";
            offer += "Lieu " + std::to_string(line) + ";75056;2.4a\n";
        }
        offer += "Le dernier;43157;2.4a\n";
        const Outcome imported = import_file("besoins", write("cinq cent mille.csv", needs));
        CPPUNIT_ASSERT_MESSAGE(imported.sentence, imported.done);
        CPPUNIT_ASSERT_EQUAL(std::string("504 000"), in_sources("lignes lues"));
        // All nine communes of the CC des Sucs, each once: of the last year alone.
        CPPUNIT_ASSERT_EQUAL(std::string("63"), at(table(model_, "besoins"), "244301016", "MENA_SANS_VOIT"));
        const Outcome placed = import_file("offre", write("demi-million.csv", offer));
        CPPUNIT_ASSERT_MESSAGE(placed.sentence, placed.done);
        (void)row_with(table(model_, "offre"), "nom", "Le dernier");
    }

    void csv_in_utf16_is_read()
    {
        for (const bool big_endian : {false, true}) {
            const Outcome outcome =
                import_file("besoins", write("unicode.csv", utf16(needs_of_three_epcis, big_endian)));
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
            CPPUNIT_ASSERT_EQUAL(std::string("150"),
                                 at(table(model_, "besoins"), "244301016", "MENA_SANS_VOIT"));
            CPPUNIT_ASSERT_EQUAL(std::string("Ménages sans voiture 2021"),
                                 at(table(model_, "variables"), "MENA_SANS_VOIT", "libellé"));
            undo(model_);
        }
    }

    void an_old_workbook_with_cells_in_error_gives_what_is_sound()
    {
        for (const auto& [name, filter] :
             {std::pair("erreurs.xls", "MS Excel 97"), std::pair("erreurs.ods", "calc8")}) {
            const fs::path file = stored(name, filter, nullptr, "=1/0");
            const Outcome outcome = import_file("besoins", file);
            CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
            const Rows needs = table(model_, "besoins");
            CPPUNIT_ASSERT_EQUAL(std::string("150"), at(needs, "244301016", "MENA_SANS_VOIT"));
            CPPUNIT_ASSERT_EQUAL(std::string(""), at(needs, "200073419", "MENA_SANS_VOIT"));
            const Rows refusals = table(model_, "refus");
            CPPUNIT_ASSERT_EQUAL("fichier « " + std::string(name) +
                                     " », feuille « Données », ligne 3, colonne C",
                                 at(refusals, "SRC-001", "emplacement"));
            undo(model_);
        }
    }

    void workbooks_locked_or_damaged_are_refused()
    {
        assert_refused("besoins", stored("verrou.xlsx", "Calc MS Excel 2007 XML", "secret"), "mot de passe");
        assert_refused("offre", stored("verrou.ods", "calc8", "secret"), "mot de passe");
        assert_refused("besoins", stored("verrou.xls", "MS Excel 97", "secret"), "mot de passe");
        for (const auto& [name, filter] :
             {std::pair("coupé.xlsx", "Calc MS Excel 2007 XML"), std::pair("coupé.ods", "calc8")}) {
            const std::string whole = bytes_of(stored(name, filter));
            assert_refused("besoins", write(name, whole.substr(0, whole.size() / 2)), "endommagé");
        }
    }

    void a_zip_bomb_is_refused()
    {
        const fs::path workbook = stored("bombe.xlsx", "Calc MS Excel 2007 XML");
        make_bomb(workbook);
        assert_refused("besoins", workbook, "une fois décompressé, il pèserait 4026 Mo");
        const fs::path contours = write("bombe.geojson", R"({"type":"FeatureCollection","features":[]})");
        const fs::path archive = contours.parent_path() / "bombe.zip";
        run("zip -q -j '" + archive.string() + "' '" + contours.string() + "'");
        make_bomb(archive);
        assert_refused("contours", archive, "trop volumineux");
    }

    void a_zip_that_lies_about_its_sizes_is_refused_within_memory()
    {
        for (const auto& [name, filter, member] :
             {std::tuple("menteur.xlsx", "Calc MS Excel 2007 XML", "xl/worksheets/sheet1.xml"),
              std::tuple("menteur.ods", "calc8", "content.xml")}) {
            const fs::path workbook = stored(name, filter);
            make_liar(workbook, member);
            const long before = most_memory_mb();
            assert_refused("besoins", workbook, "endommagé");
            const long grown = most_memory_mb() - before;
            CPPUNIT_ASSERT_MESSAGE(std::to_string(grown) + " MB", grown < 100);
        }
    }

    void an_archive_is_told_from_a_table()
    {
        const fs::path table = write("besoins.csv", needs_of_three_epcis);
        const fs::path archive = table.parent_path() / "besoins.zip";
        run("zip -q -j '" + archive.string() + "' '" + table.string() + "'");
        assert_refused("besoins", archive, "c'est une archive. Extrayez-en le fichier");
        assert_refused("offre", archive, "c'est une archive. Extrayez-en le fichier");
    }

    void a_json_cut_in_the_middle_gives_what_comes_before()
    {
        const std::string list = R"([{"id":"dora--1","nom":"Avant la coupure","code_insee":"43157",)"
                                 R"("structure_id":"dora--9","type":"accompagnement",)"
                                 R"("thematiques":["mobilite--acceder-a-un-vehicule"]},)"
                                 R"({"id":"dora--2","nom":"Apr)";
        const Outcome outcome = import_file("offre", write("coupé.json", list));
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        const Rows refusals = table(model_, "refus");
        CPPUNIT_ASSERT_EQUAL(std::string("fichier « coupé.json », après l'élément 1"),
                             at(refusals, "SRC-001", "emplacement"));
        (void)row_with(table(model_, "offre"), "nom", "Avant la coupure");
        CPPUNIT_ASSERT(at(refusals, "SRC-001", "motif").find("coupé ou abîmé") != std::string::npos);
    }

private:
    /// Of the office, since it started.
    [[nodiscard]] long most_memory_mb() const
    {
        long most = 0;
        for (const pid_t process : office_->processes()) {
            std::ifstream status("/proc/" + std::to_string(process) + "/status");
            for (std::string line; std::getline(status, line);)
                if (line.starts_with("VmHWM:"))
                    most = std::max(most, std::atol(line.c_str() + 6) / 1024);
        }
        return most;
    }

    [[nodiscard]] std::string in_sources(const std::string& header) const
    {
        return at(table(model_, "sources"), "SRC-001", header);
    }

    /// A workbook of needs; the second figure is that formula.
    [[nodiscard]] fs::path stored(const std::string& name, const char* filter, const char* password = nullptr,
                                  const char* second = "80") const
    {
        const fs::path path = write(name, "");
        const auto model = office_->new_spreadsheet();
        const auto data = sheet(model, sheet_names(model).front());
        Reference<css::container::XNamed>(data, UNO_QUERY_THROW)->setName(ustring("Données"));
        const std::vector<std::vector<const char*>> rows{{"code", "libellé", "Ménages sans voiture 2021"},
                                                         {"'244301016", "Sucs", "150"},
                                                         {"'200073419", "Le Puy", second},
                                                         {"'200085728", "Brioude", "80"}};
        for (std::size_t row = 0; row < rows.size(); ++row)
            for (std::size_t column = 0; column < rows[row].size(); ++column)
                data->getCellByPosition(static_cast<sal_Int32>(column), static_cast<sal_Int32>(row))
                    ->setFormula(ustring(rows[row][column]));
        css::uno::Sequence<css::beans::PropertyValue> how(password == nullptr ? 1 : 2);
        how[0].Name = "FilterName";
        how[0].Value <<= OUString::createFromAscii(filter);
        if (password != nullptr) {
            // Office Open XML has a cipher of its own, which is asked for otherwise.
            css::uno::Sequence<css::beans::NamedValue> cipher(2);
            cipher[0] = {"OOXPassword", css::uno::makeAny(OUString::createFromAscii(password))};
            cipher[1] = {"CryptoType", css::uno::makeAny(OUString("Standard"))};
            const bool is_open_xml = path.extension() == ".xlsx";
            how[1].Name = is_open_xml ? OUString("EncryptionData") : OUString("Password");
            how[1].Value = is_open_xml ? css::uno::makeAny(cipher)
                                       : css::uno::makeAny(OUString::createFromAscii(password));
        }
        Reference<css::frame::XStorable>(model, UNO_QUERY_THROW)->storeToURL(file_url(path), how);
        close(model);
        return path;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ImportBadFilesTest);
