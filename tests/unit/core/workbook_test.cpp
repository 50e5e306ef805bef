#include "core/workbook.hpp"

#include <algorithm>
#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <cppunit/extensions/HelperMacros.h>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/error.hpp"

using namespace pacte;

namespace {

namespace fs = std::filesystem;
using Row = WorkbookContent::Row;
using Rows = std::vector<Row>;

const fs::path templates = PACTE_TEMPLATES;

const Schemas& schemas()
{
    static const auto loaded = Schemas::load(templates);
    return loaded;
}

const Cog& cog()
{
    static const auto loaded = Cog::load(templates / "territoire");
    return loaded;
}

const std::string& skeleton()
{
    static const auto text = [] {
        std::ifstream file(templates / "classeur.fods", std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    return text;
}

NewDiagnosis of_departement(const char* code)
{
    NewDiagnosis request;
    request.departement = code;
    return request;
}

const Row& row_of(const Rows& rows, const std::string& field, const std::string& key)
{
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.at(field) == Cell(key); });
    CPPUNIT_ASSERT_MESSAGE(field + " = " + key, found != rows.end());
    return *found;
}

std::size_t count(const std::string& text, std::string_view part)
{
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

template <typename Work>
std::string failure_of(const Work& work)
{
    try {
        (void)work();
    } catch (const Failure& failure) {
        return failure.what();
    }
    return {};
}

/// A folder of files, gone with the test.
class Folder {
public:
    explicit Folder(const char* name) : path(fs::path(PACTE_BINARY_DIR) / name)
    {
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const char* file, std::string_view text) const
    {
        std::ofstream(path / file, std::ios::binary) << text;
    }

    const fs::path path;
};

/// Two EPCI over two départements: 60 % of the first one's people and 25 % of
/// the second one's live in 98.
Cog border_country()
{
    const Folder folder("workbook-cog");
    folder.write("communes.csv",
                 "# COG 2026 — essai\ncode;nom;epci;departement;population;latitude;longitude\n"
                 "98001;Amont;200000001;98;600;45.1;2.9\n99001;Aval;200000001;99;400;;\n"
                 "98002;Crête;200000002;98;100;;\n99002;Combe;200000002;99;300;;\n");
    folder.write("epci.csv", "# COG 2026 — essai\nsiren;nom;nature;population\n"
                             "200000001;CC du Gué;CC;1000\n200000002;CC du Col;CC;400\n");
    folder.write("departements.csv",
                 "# COG 2026 — essai\ncode;nom;chef_lieu\n98;Essai;98001\n99;Voisin;99001\n");
    return Cog::load(folder.path);
}

std::string document_of(const WorkbookContent& content)
{
    return write_workbook(skeleton(), schemas(), content);
}

class WorkbookTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WorkbookTest);
    CPPUNIT_TEST(a_new_diagnosis_has_its_territory);
    CPPUNIT_TEST(an_epci_over_the_border_is_retained_from_half_of_its_people);
    CPPUNIT_TEST(paris_keeps_the_metropole_it_shares);
    CPPUNIT_TEST(a_metropole_has_its_own_thematiques);
    CPPUNIT_TEST(settings_and_planning_follow_the_years_asked_for);
    CPPUNIT_TEST(thematiques_and_schemas_come_from_the_lists);
    CPPUNIT_TEST(wrong_requests_are_told);
    CPPUNIT_TEST(the_example_holds_typed_values);
    CPPUNIT_TEST(a_wrong_example_is_told_with_file_and_line);
    CPPUNIT_TEST(the_document_is_well_formed_and_complete);
    CPPUNIT_TEST(sheets_stand_in_order_between_accueil_and_the_fiche);
    CPPUNIT_TEST(headers_carry_their_notes_and_years);
    CPPUNIT_TEST(cells_accept_what_the_schema_says);
    CPPUNIT_TEST(variables_head_the_columns_of_besoins);
    CPPUNIT_TEST(texts_are_put_in_and_escaped);
    CPPUNIT_TEST(the_fiche_names_every_field);
    CPPUNIT_TEST(a_spoilt_skeleton_is_told);
    CPPUNIT_TEST_SUITE_END();

    void a_new_diagnosis_has_its_territory()
    {
        const auto content = new_diagnosis(of_departement("43"), schemas(), cog());
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, content.rows.at("territoires").size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{257}, content.rows.at("communes").size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, content.rows.at("besoins").size());

        const auto& puy = row_of(content.rows.at("territoires"), "code_epci", "200073419");
        CPPUNIT_ASSERT(puy.at("nom") == Cell(std::string("CA du Puy-en-Velay")));
        CPPUNIT_ASSERT(puy.at("nature") == Cell(std::string("CA")));
        CPPUNIT_ASSERT(puy.at("communes") == Cell(72.0));
        CPPUNIT_ASSERT(puy.at("retenu") == Cell(std::string("oui")));

        const auto& town = row_of(content.rows.at("communes"), "code_insee", "43157");
        CPPUNIT_ASSERT(town.at("code_epci") == Cell(std::string("200073419")));
        CPPUNIT_ASSERT(town.at("source_des_coordonnees") == Cell(std::string("GeoNames (CC-BY 4.0)")));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(45.04, std::get<double>(town.at("latitude")), 0.02);
    }

    void an_epci_over_the_border_is_retained_from_half_of_its_people()
    {
        const auto content = new_diagnosis(of_departement("98"), schemas(), border_country());
        const auto& epcis = content.rows.at("territoires");
        CPPUNIT_ASSERT(row_of(epcis, "code_epci", "200000001").at("retenu") == Cell(std::string("oui")));
        CPPUNIT_ASSERT(row_of(epcis, "code_epci", "200000002").at("retenu") == Cell(std::string("non")));
        // All of the EPCI retained, and of the other what lies in the département.
        const auto& communes = content.rows.at("communes");
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, communes.size());
        CPPUNIT_ASSERT(row_of(communes, "code_insee", "98002").count("latitude") == 0); // unknown, not zero
        row_of(communes, "code_insee", "99001");
    }

    void paris_keeps_the_metropole_it_shares()
    {
        const auto content = new_diagnosis(of_departement("75"), schemas(), cog());
        const auto& epcis = content.rows.at("territoires");
        CPPUNIT_ASSERT(row_of(epcis, "code_epci", "200054781").at("retenu") == Cell(std::string("oui")));
    }

    void a_metropole_has_its_own_thematiques()
    {
        NewDiagnosis request;
        request.metropole = "200046977"; // Lyon, which is of a nature of its own (MET69)
        const auto content = new_diagnosis(request, schemas(), cog());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, content.rows.at("territoires").size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{14}, content.rows.at("thematiques").size());
        const auto& thematique = row_of(content.rows.at("thematiques"), "code", "M3.4");
        CPPUNIT_ASSERT(thematique.at("axe") == Cell(3.0));
        const auto& settings = content.rows.at("parametres");
        CPPUNIT_ASSERT(row_of(settings, "cle", "type de territoire").at("valeur") ==
                       Cell(std::string("métropole")));
        CPPUNIT_ASSERT(row_of(settings, "cle", "code du territoire").at("valeur") ==
                       Cell(std::string("200046977")));
    }

    void settings_and_planning_follow_the_years_asked_for()
    {
        auto request = of_departement("01");
        request.t0_year = 2026;
        request.first_year = 2027;
        request.last_year = 2030;
        const auto content = new_diagnosis(request, schemas(), cog());
        const auto& settings = content.rows.at("parametres");
        CPPUNIT_ASSERT(row_of(settings, "cle", "code du territoire").at("valeur") == Cell(std::string("01")));
        CPPUNIT_ASSERT(row_of(settings, "cle", "année T0").at("valeur") == Cell(2026.0));
        CPPUNIT_ASSERT(row_of(settings, "cle", "début de la période").at("valeur") == Cell(2027.0));
        CPPUNIT_ASSERT(row_of(settings, "cle", "seuil partiel").at("valeur") == Cell(0.4));
        CPPUNIT_ASSERT(row_of(settings, "cle", "date de référence").at("valeur") == Cell(Blank{}));
        for (const auto* key :
             {"version", "territoire", "fin de la période", "seuil couvert", "rayon d'accès (km)",
              "méthode de classes", "nombre de classes", "palette", "seuil atteint", "seuil bonne voie",
              "poids des critères de piste", "géographie", "ligne de source"})
            row_of(settings, "cle", key);
        // The cadrage's « 15 septembre 2023 » for a pact from 2024 is 15 September
        // 2026 for one from 2027: serial number 46280.
        const auto& task = row_of(content.rows.at("planning"), "id", "T-04");
        CPPUNIT_ASSERT(task.at("fin") == Cell(46280.0));
    }

    void thematiques_and_schemas_come_from_the_lists()
    {
        const auto content = new_diagnosis(of_departement("43"), schemas(), cog());
        const auto& thematiques = content.rows.at("thematiques");
        CPPUNIT_ASSERT_EQUAL(std::size_t{24}, thematiques.size());
        const auto& childcare = row_of(thematiques, "code", "2.4b");
        CPPUNIT_ASSERT(childcare.at("axe") == Cell(2.0));
        CPPUNIT_ASSERT(childcare.at("retenue") == Cell(std::string("non")));
        CPPUNIT_ASSERT(
            contains(std::get<std::string>(childcare.at("question")), "accueil du jeune enfant ?"));
        // 18 of annexe 2; of the five of section 2.A.b, the PDI and the CRTE are among them.
        CPPUNIT_ASSERT_EQUAL(std::size_t{21}, content.rows.at("schemas").size());
    }

    void wrong_requests_are_told()
    {
        const auto make = [](NewDiagnosis request) {
            return failure_of([&] { return new_diagnosis(request, schemas(), cog()); });
        };
        CPPUNIT_ASSERT(contains(make(of_departement("977")), "977"));
        NewDiagnosis not_a_metropole;
        not_a_metropole.metropole = "200073419";
        CPPUNIT_ASSERT(contains(make(not_a_metropole), "200073419"));
        auto request = of_departement("43");
        request.last_year = 2020;
        CPPUNIT_ASSERT(contains(make(request), "2020"));
        request.last_year = 2030; // seven years, where a fiche shows six
        CPPUNIT_ASSERT(contains(make(request), "7 ans"));
        request.last_year = 2027;
        request.t0_year = 2026;
        CPPUNIT_ASSERT(contains(make(request), "T0"));
    }

    void the_example_holds_typed_values()
    {
        const auto content = example_diagnosis(templates / "exemple-haute-loire", schemas(), cog());
        CPPUNIT_ASSERT_EQUAL(std::size_t{257}, content.rows.at("communes").size());
        const auto& dispositif = row_of(content.rows.at("dispositifs"), "id", "D-001");
        CPPUNIT_ASSERT(dispositif.at("thematique") == Cell(std::string("1.1"))); // a code is text
        CPPUNIT_ASSERT(dispositif.at("axe") == Cell(1.0));
        CPPUNIT_ASSERT(dispositif.at("montant_annuel") == Cell(212000.0));
        CPPUNIT_ASSERT(dispositif.at("partenaires") ==
                       Cell(std::string("CAF de la Haute-Loire; Maternités du département; MSA Auvergne")));
        CPPUNIT_ASSERT(dispositif.at("siret_du_porteur") == Cell(Blank{}));
        CPPUNIT_ASSERT(dispositif.at("date_de_debut") == Cell(43831.0)); // 1 January 2020
        const auto& needs = row_of(content.rows.at("besoins"), "code_epci", "200073393");
        CPPUNIT_ASSERT(needs.at("PERSFISC") == Cell(16442.5));
        CPPUNIT_ASSERT(needs.at("TP60AGE1") == Cell(std::string("s"))); // secret, not zero
        const auto& meeting = row_of(content.rows.at("comites"), "id", "C-01");
        CPPUNIT_ASSERT(meeting.at("date") == Cell(45069.0)); // 23 May 2023
        const auto& indicator = row_of(content.rows.at("indicateurs"), "id", "I-01");
        CPPUNIT_ASSERT(indicator.at("cible_2025") == Cell(80.0));
        CPPUNIT_ASSERT(indicator.at("realise_2025") == Cell(Blank{}));
        // What the example does not state stays as in a new diagnosis.
        const auto& settings = content.rows.at("parametres");
        CPPUNIT_ASSERT(row_of(settings, "cle", "seuil couvert").at("valeur") == Cell(0.8));
        CPPUNIT_ASSERT(row_of(settings, "cle", "date de référence").at("valeur") == Cell(45473.0));
        CPPUNIT_ASSERT(contains(content.texts.at("avertissement"), "Exemple"));
    }

    void a_wrong_example_is_told_with_file_and_line()
    {
        const Folder folder("workbook-example");
        const auto failure = [&] {
            return failure_of([&] { return example_diagnosis(folder.path, schemas(), cog()); });
        };
        folder.write("comites.csv", "id;date;tipe\nC-01;2023-05-23;lancement\n");
        CPPUNIT_ASSERT(contains(failure(), "comites.csv"));
        CPPUNIT_ASSERT(contains(failure(), "« tipe »"));
        folder.write("comites.csv", "id;date;type\nC-01;2023-05-23;lancement\nC-02;2023-05-23;suivi;trop\n");
        CPPUNIT_ASSERT(contains(failure(), "ligne 3"));
    }

    void the_document_is_well_formed_and_complete()
    {
        for (const auto& content : {new_diagnosis(of_departement("43"), schemas(), cog()),
                                    example_diagnosis(templates / "exemple-haute-loire", schemas(), cog())}) {
            const auto document = document_of(content);
            std::istringstream stream(document);
            boost::property_tree::ptree tree;
            CPPUNIT_ASSERT_NO_THROW(boost::property_tree::read_xml(stream, tree));
            CPPUNIT_ASSERT(!contains(document, "{{"));
            CPPUNIT_ASSERT(!contains(document, "<!--"));
            CPPUNIT_ASSERT_EQUAL(schemas().tables().size(), count(document, "<table:database-range "));
            CPPUNIT_ASSERT_EQUAL(schemas().tables().size(), count(document, "<table:table-header-rows>"));
        }
        // 29 columns under headers on row 4, and 200 blank rows.
        const auto document = document_of(new_diagnosis(of_departement("43"), schemas(), cog()));
        CPPUNIT_ASSERT(contains(document,
                                "table:name=\"dispositifs\" "
                                "table:target-range-address=\"'Dispositifs'.A4:'Dispositifs'.AC204\""));
    }

    void sheets_stand_in_order_between_accueil_and_the_fiche()
    {
        const auto document = document_of(new_diagnosis(of_departement("43"), schemas(), cog()));
        auto last = document.find("<table:table table:name=\"Accueil\"");
        CPPUNIT_ASSERT(last != std::string::npos);
        for (const auto& table : schemas().tables()) {
            const auto at = document.find("<table:table table:name=\"" + table.sheet + "\"");
            CPPUNIT_ASSERT_MESSAGE(table.sheet, at != std::string::npos && at > last);
            last = at;
        }
        CPPUNIT_ASSERT(document.find("<table:table table:name=\"Modèle de fiche\"") > last);
        CPPUNIT_ASSERT_EQUAL(schemas().tables().size() + 2, count(document, "<table:table table:name="));
    }

    void headers_carry_their_notes_and_years()
    {
        auto request = of_departement("43");
        request.first_year = 2025;
        const auto document = document_of(new_diagnosis(request, schemas(), cog()));
        CPPUNIT_ASSERT(contains(document, "<text:p>cible 2025</text:p>"));
        CPPUNIT_ASSERT(contains(document, "<text:p>réalisé 2027</text:p>"));
        CPPUNIT_ASSERT(!contains(document, "<text:p>cible 2024</text:p>"));
        CPPUNIT_ASSERT(contains(document, "<text:p>Unité : personnes/an.</text:p>"));
        CPPUNIT_ASSERT(
            contains(document, "<text:p>Valeurs admises : moyens ; réalisation ; résultat.</text:p>"));
    }

    void cells_accept_what_the_schema_says()
    {
        const auto document = document_of(new_diagnosis(of_departement("43"), schemas(), cog()));
        CPPUNIT_ASSERT(contains(document, "cell-content-is-in-list(&quot;oui&quot;;&quot;non&quot;)"));
        CPPUNIT_ASSERT(contains(document, "cell-content-is-in-list([$'Thématiques'.$A$5:."));
        CPPUNIT_ASSERT(contains(document, "cell-content-is-between(0,4)"));
        CPPUNIT_ASSERT(contains(document, "cell-content-is-date()"));
        CPPUNIT_ASSERT(!contains(document, "cell-content-is-in-list()"));
    }

    void variables_head_the_columns_of_besoins()
    {
        const auto document =
            document_of(example_diagnosis(templates / "exemple-haute-loire", schemas(), cog()));
        CPPUNIT_ASSERT(contains(document, "<text:p>TP60AGE1</text:p>"));
        CPPUNIT_ASSERT(contains(document, "<text:p>Ménages fiscaux (ménages)</text:p>"));
    }

    void texts_are_put_in_and_escaped()
    {
        WorkbookContent content;
        content.texts = {{"territoire", "Val & Co <essai>"}};
        content.rows["dispositifs"] = {{{"id", std::string("D-001")}, {"intitule", std::string("A & B")}}};
        const auto document = document_of(content);
        CPPUNIT_ASSERT(
            contains(document, "<dc:title>Diagnostic territorial – Val &amp; Co &lt;essai&gt;</dc:title>"));
        CPPUNIT_ASSERT(contains(document, "<text:p>A &amp; B</text:p>"));
    }

    void the_fiche_names_every_field()
    {
        for (const auto* field : {"id",
                                  "titre",
                                  "territoire",
                                  "axe",
                                  "axe_libelle",
                                  "thematique",
                                  "thematique_libelle",
                                  "piste",
                                  "cadre",
                                  "motif_du_cadre",
                                  "nature",
                                  "renforcement",
                                  "constat_t0",
                                  "besoin",
                                  "capacite",
                                  "taux",
                                  "ecart",
                                  "statut",
                                  "carte",
                                  "objectifs",
                                  "description",
                                  "public_cible",
                                  "territoire_action",
                                  "porteur",
                                  "acteur_associe",
                                  "partenaires",
                                  "calendrier",
                                  "budget",
                                  "indicateurs",
                                  "graphique",
                                  "evaluation",
                                  "risques"})
            CPPUNIT_ASSERT_MESSAGE(field,
                                   contains(skeleton(), "table:name=\"champ_" + std::string(field) + "\""));
    }

    void a_spoilt_skeleton_is_told()
    {
        const auto failure = [](const std::string& from, const std::string& to) {
            auto spoilt = skeleton();
            const auto at = spoilt.find(from);
            CPPUNIT_ASSERT_MESSAGE(from, at != std::string::npos);
            spoilt.replace(at, from.size(), to);
            return failure_of([&] { return write_workbook(spoilt, schemas(), WorkbookContent{}); });
        };
        CPPUNIT_ASSERT(contains(failure("<!-- pacte:tables -->", ""), "« pacte:tables »"));
        CPPUNIT_ASSERT(contains(failure("{{pistes.id}}", "{{pistes.idd}}"), "{{pistes.idd}}"));
        CPPUNIT_ASSERT(contains(failure("<!-- pacte:styles -->", "<!-- pacte:stiles -->"), "stiles"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WorkbookTest);

} // namespace
