#include "core/cog.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"

using namespace pacte;

namespace {

namespace fs = std::filesystem;

constexpr const char* communes = "# COG 2026 — source d'essai\n"
                                 "code;nom;epci;departement;population;latitude;longitude\n"
                                 "15001;Saint-Martin;200000001;15;100;45.1;2.9\n"
                                 "43001;Saint-Martin;200000002;43;200;;\n"
                                 "43002;Aiguilhe;200000001;43;300;45.05;3.88\n"
                                 "2A004;Ajaccio;;2A;71361;;\n";
constexpr const char* epcis = "# COG 2026 — source d'essai\n"
                              "siren;nom;nature;population\n"
                              "200000002;CC de l'Été;CC;200\n"
                              "200000001;CA du Lac;CA;400\n";
constexpr const char* departements = "# COG 2026 — source d'essai\n"
                                     "code;nom;chef_lieu\n"
                                     "43;Haute-Loire;43157\n";

/// A folder of territory files, gone with the test.
class Folder {
public:
    Folder() : path_(fs::path(PACTE_BINARY_DIR) / "cog-test")
    {
        fs::create_directories(path_);
        write("communes.csv", communes);
        write("epci.csv", epcis);
        write("departements.csv", departements);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const char* file, std::string_view text) const
    {
        std::ofstream(path_ / file, std::ios::binary) << text;
    }
    [[nodiscard]] Cog load() const { return Cog::load(path_); }
    [[nodiscard]] std::string failure() const
    {
        try {
            (void)load();
        } catch (const Failure& failure) {
            return failure.what();
        }
        return {};
    }

private:
    fs::path path_;
};

std::string nom(const EpciRecord* epci) { return epci != nullptr ? epci->name : "–"; }

void assert_mentions(const std::string& message, const char* words)
{
    CPPUNIT_ASSERT_MESSAGE(message + " ⇐ " + words, message.find(words) != std::string::npos);
}

} // namespace

class CogTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CogTest);
    CPPUNIT_TEST(the_files_are_read);
    CPPUNIT_TEST(a_point_is_unknown_unless_both_of_its_numbers_are_there);
    CPPUNIT_TEST(members_and_shares_follow_the_departement);
    CPPUNIT_TEST(an_epci_is_found_by_code_or_name_of_its_own_or_of_a_commune);
    CPPUNIT_TEST(a_former_code_gives_its_successor);
    CPPUNIT_TEST(a_bad_file_is_named_with_its_line);
    CPPUNIT_TEST(the_shipped_territory_is_all_of_france);
    CPPUNIT_TEST(haute_loire_has_257_communes_and_11_epci);
    CPPUNIT_TEST_SUITE_END();

    void the_files_are_read()
    {
        const auto cog = Folder().load();
        CPPUNIT_ASSERT_EQUAL(2026, cog.year());
        CPPUNIT_ASSERT_EQUAL(std::string("COG 2026 — source d'essai"), cog.source());
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, cog.communes().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, cog.epcis().size());
        CPPUNIT_ASSERT_EQUAL(std::string("Ajaccio"), cog.commune("2A004")->name);
        CPPUNIT_ASSERT(cog.commune("2A004")->epci.empty());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{71361}, cog.commune("2A004")->population);
        CPPUNIT_ASSERT(cog.commune("99999") == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("CA"), cog.epci("200000001")->nature);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), cog.departement("43")->chef_lieu);
        CPPUNIT_ASSERT(cog.departement("44") == nullptr);
    }

    void a_point_is_unknown_unless_both_of_its_numbers_are_there()
    {
        const auto cog = Folder().load();
        CPPUNIT_ASSERT((cog.commune("43002")->point == LatLon{45.05, 3.88}));
        CPPUNIT_ASSERT(!cog.commune("43001")->point);
    }

    void members_and_shares_follow_the_departement()
    {
        const auto cog = Folder().load();
        const auto members = cog.members("200000001");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, members.size());
        CPPUNIT_ASSERT_EQUAL(std::string("15001"), members[0]->code);
        CPPUNIT_ASSERT(cog.members("999999999").empty());
        const auto of_43 = cog.epcis_of("43");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, of_43.size());
        CPPUNIT_ASSERT_EQUAL(std::string("200000001"), of_43[0]->siren);
        CPPUNIT_ASSERT(cog.epcis_of("2A").empty());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.75, cog.share_in("200000001", "43"), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, cog.share_in("999999999", "43"), 1e-12);
    }

    void an_epci_is_found_by_code_or_name_of_its_own_or_of_a_commune()
    {
        const auto cog = Folder().load();
        CPPUNIT_ASSERT_EQUAL(std::string("CA du Lac"), nom(cog.find_epci("200000001")));
        CPPUNIT_ASSERT_EQUAL(std::string("CC de l'Été"), nom(cog.find_epci(" cc de l ete ")));
        CPPUNIT_ASSERT_EQUAL(std::string("CA du Lac"), nom(cog.find_epci("43002")));
        CPPUNIT_ASSERT_EQUAL(std::string("CA du Lac"), nom(cog.find_epci("AIGUILHE")));
        CPPUNIT_ASSERT_EQUAL(std::string("–"), nom(cog.find_epci("Saint-Martin"))); // two EPCI
        CPPUNIT_ASSERT_EQUAL(std::string("–"), nom(cog.find_epci("Ajaccio")));      // no EPCI
        CPPUNIT_ASSERT_EQUAL(std::string("–"), nom(cog.find_epci("")));
    }

    void a_former_code_gives_its_successor()
    {
        Folder folder;
        CPPUNIT_ASSERT(folder.load().successor("43999") == nullptr); // the file is not required
        folder.write("anciens_codes.csv", "# COG 2026\nancien;code\n43999;43002\n43998;99999\n");
        const auto cog = folder.load();
        CPPUNIT_ASSERT_EQUAL(std::string("Aiguilhe"), cog.successor("43999")->name);
        CPPUNIT_ASSERT(cog.successor("43002") == nullptr);
        CPPUNIT_ASSERT(cog.successor("43998") == nullptr);
    }

    void a_bad_file_is_named_with_its_line()
    {
        Folder folder;
        folder.write("epci.csv", "# COG 2026\nsiren;nom;nature;population\n200000001;CA;CA\n");
        assert_mentions(folder.failure(), "epci.csv");
        assert_mentions(folder.failure(), "ligne 3");
        folder.write("epci.csv", "# COG 2026\nsiren;nom;nature;population\n200000001;CA;CA;beaucoup\n");
        assert_mentions(folder.failure(), "« beaucoup »");
        folder.write("epci.csv", "siren;nom;nature;population\n");
        assert_mentions(folder.failure(), "ligne 1");
        folder.write("epci.csv", "# COG 2026\nsiren;nom\n");
        assert_mentions(folder.failure(), "siren;nom;nature;population");
        folder.write("epci.csv", "");
        assert_mentions(folder.failure(), "epci.csv");
        folder.write("epci.csv", epcis);
        folder.write("communes.csv", "# sans année\n");
        assert_mentions(folder.failure(), "année");
        CPPUNIT_ASSERT_THROW((void)Cog::load("/nowhere/at/all"), Failure);
    }

    void the_shipped_territory_is_all_of_france()
    {
        const auto cog = Cog::load(fs::path(PACTE_TEMPLATES) / "territoire");
        CPPUNIT_ASSERT_EQUAL(2026, cog.year());
        CPPUNIT_ASSERT_EQUAL(std::size_t{34969}, cog.communes().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1255}, cog.epcis().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{101}, cog.departements().size());
        // Arboys en Bugey was made of Arbignieu (its code today) and of 01340.
        CPPUNIT_ASSERT_EQUAL(std::string("01015"), cog.successor("01340")->code);
        CPPUNIT_ASSERT_EQUAL(std::string("Marseille"), cog.successor("13203")->name);
    }

    void haute_loire_has_257_communes_and_11_epci()
    {
        const auto cog = Cog::load(fs::path(PACTE_TEMPLATES) / "territoire");
        const auto epcis_of_43 = cog.epcis_of("43");
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, epcis_of_43.size());
        std::size_t members = 0;
        for (const auto* epci : epcis_of_43) {
            members += cog.members(epci->siren).size();
            CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, cog.share_in(epci->siren, "43"), 1e-12);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{257}, members);
        CPPUNIT_ASSERT_EQUAL(std::size_t{72}, cog.members("200073419").size());
        CPPUNIT_ASSERT_EQUAL(std::string("200073419"), cog.find_epci("Le Puy-en-Velay")->siren);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CogTest);
