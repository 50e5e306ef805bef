#include "document_picture.hpp"
#include "import_fixture.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/table/XTableRows.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

// Places from published lists, imported into the example of Haute-Loire by the
// real office with the built extension.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

constexpr const char* services_header = "id_fs,lib_fs,adresse,insee_com,latitude,longitude,itinerance\n";

} // namespace

class ImportOfferTest : public ImportFixture {
    CPPUNIT_TEST_SUITE(ImportOfferTest);
    CPPUNIT_TEST(a_list_fills_offre_and_is_taken_again);
    CPPUNIT_TEST(a_list_renewed_under_another_date_updates_its_places);
    CPPUNIT_TEST(what_has_no_mapping_is_listed);
    CPPUNIT_TEST(equipments_of_the_bpe_are_named_and_taken_again);
    CPPUNIT_TEST(the_whole_list_of_france_services_is_kept_to_the_territory);
    CPPUNIT_TEST(contours_tell_the_commune_of_a_place);
    CPPUNIT_TEST(eligible_services_become_dispositifs_to_complete);
    CPPUNIT_TEST(a_bad_file_leaves_the_document_as_it_was);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_list_fills_offre_and_is_taken_again()
    {
        const std::size_t before = filled_rows();
        const std::string list =
            std::string(services_header) +
            "9001,Lieu nouveau,1 rue A,43157,45.0437,3.8852,Non\n"
            "9002,Bus nouveau,2 rue B,43268,3.9999,45.1426,Oui\n"
            "9003,Loin,3 rue C,75056,48.85,2.35,Non\n"
            "9004,France services de Langeac,6 Place André Roux,43112,45.0986,3.4951,Non\n";
        const std::string picture = picture_of(model_);
        const Outcome first = import(write("fs.csv", list));
        CPPUNIT_ASSERT_MESSAGE(first.sentence, first.done);
        assert_one_step(picture);
        CPPUNIT_ASSERT_MESSAGE(first.sentence, first.sentence.find("3 lignes ajoutées") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(before + 3, filled_rows());
        Rows offer = table(model_, "offre");
        const std::size_t bus = row_with(offer, "nom", "Bus nouveau");
        CPPUNIT_ASSERT_EQUAL(std::string("3.1"), offer[bus][column_of(offer, "thématique")]);
        CPPUNIT_ASSERT_EQUAL(std::string("oui"), offer[bus][column_of(offer, "itinérant")]);
        CPPUNIT_ASSERT_EQUAL(std::string("France services"), offer[bus][column_of(offer, "type")]);
        CPPUNIT_ASSERT_EQUAL(std::string("45,14"), offer[bus][column_of(offer, "latitude")].substr(0, 5));
        CPPUNIT_ASSERT(shown_refusals().find("inversées") != std::string::npos);
        // The example has that place from another source.
        CPPUNIT_ASSERT_EQUAL(std::string("P-015 – France services de Langeac"),
                             offer[row_with(offer, "référence dans la source", "France services:9004/3.3")]
                                  [column_of(offer, "doublon possible")]);

        // What Pacte keeps there of the import makes no line higher: two lines of text at most.
        CPPUNIT_ASSERT_MESSAGE(std::to_string(height_of(bus)), height_of(bus) < 1200);

        // A person corrects a name; the list is published again with another address.
        set_cell(bus, "nom", "Bus des Sucs");
        std::string renewed = list;
        renewed.replace(renewed.find("2 rue B"), 7, "9 rue Z");
        renewed.replace(renewed.find("1 rue A"), 7, "8 rue Y");
        renewed.erase(renewed.find("9004"));
        const Outcome second = import(write("fs.csv", renewed));
        CPPUNIT_ASSERT_MESSAGE(second.sentence, second.done);
        CPPUNIT_ASSERT_MESSAGE(second.sentence, second.sentence.find("2 mises à jour") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(second.sentence, second.sentence.find("1 case modifiée par vous est gardée") !=
                                                    std::string::npos);
        CPPUNIT_ASSERT_EQUAL(before + 3, filled_rows());
        offer = table(model_, "offre");
        CPPUNIT_ASSERT_EQUAL(std::string("Bus des Sucs"), offer[bus][column_of(offer, "nom")]);
        CPPUNIT_ASSERT_EQUAL(std::string("9 rue Z"), offer[bus][column_of(offer, "adresse")]);
        CPPUNIT_ASSERT(shown_refusals().find("n'est plus dans le fichier") != std::string::npos);
        const Outcome third = import(write("fs.csv", renewed));
        CPPUNIT_ASSERT_MESSAGE(
            third.sentence, third.sentence.find("0 ligne ajoutée à « Offre », 0 mise à jour, 2 inchangées") !=
                                std::string::npos);
    }

    void a_list_renewed_under_another_date_updates_its_places()
    {
        CPPUNIT_ASSERT(
            import(write("lieux 2025.csv", "nom;adresse;catégorie;code INSEE\nCafé solidaire;1 rue "
                                           "A;2.4a;43157\n"))
                .done);
        const std::size_t before = filled_rows();
        const Outcome renewed = import(write("lieux 2026.csv", "nom;adresse;catégorie;code INSEE\nCafé "
                                                               "solidaire;2 rue B;2.4a;43157\n"));
        CPPUNIT_ASSERT_MESSAGE(renewed.sentence, renewed.sentence.find("1 mise à jour") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(before, filled_rows());
        const Rows offer = table(model_, "offre");
        CPPUNIT_ASSERT_EQUAL(std::string("2 rue B"),
                             offer[row_with(offer, "nom", "Café solidaire")][column_of(offer, "adresse")]);
    }

    void what_has_no_mapping_is_listed()
    {
        const std::size_t before = filled_rows();
        const fs::path list = write(
            "lieux.csv",
            "nom;catégorie;code INSEE\nCafé solidaire;café;43157\nJardin;jardin;43268\nÉcole;2.4a;43268\n");
        const Outcome outcome = import(list);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_EQUAL(before + 1, filled_rows()); // the one that names a thématique
        CPPUNIT_ASSERT(shown_refusals().find("jardin") != std::string::npos);
        CPPUNIT_ASSERT(
            import(list, {{"Thematique", text_argument("4.4")}, {"Type", text_argument("Autre lieu")}}).done);
        CPPUNIT_ASSERT_EQUAL(before + 3, filled_rows());
    }

    /// The base names few of its equipments and numbers none; two are at one address.
    void equipments_of_the_bpe_are_named_and_taken_again()
    {
        const std::size_t before = filled_rows();
        const fs::path list = write("bpe24.csv", "AN;NOMRS;DEPCOM;TYPEQU;CAPACITE;LAMBERT_X;LAMBERT_Y\n"
                                                 "2024;_Z;43157;D502;20;769724.3;6438540.1\n"
                                                 "2024;_Z;43157;D201;_Z;769724.3;6438540.1\n"
                                                 "2024;_Z;43157;D201;_Z;769724.3;6438540.1\n"
                                                 "2024;MAISON DE SANTE;43268;D113;_Z;;\n"
                                                 "2024;_Z;75056;D201;_Z;652216;6861681\n");
        const Outcome first = import(list);
        CPPUNIT_ASSERT_MESSAGE(first.sentence, first.done);
        CPPUNIT_ASSERT_MESSAGE(first.sentence, first.sentence.find("4 lignes ajoutées") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(before + 4, filled_rows());
        const Rows offer = table(model_, "offre");
        const std::size_t nursery =
            row_with(offer, "nom", "Établissement d'accueil du jeune enfant – Le Puy-en-Velay");
        CPPUNIT_ASSERT_EQUAL(std::string("20"), offer[nursery][column_of(offer, "capacité")]);
        (void)row_with(offer, "nom", "Médecin généraliste – Le Puy-en-Velay");
        (void)row_with(offer, "nom", "MAISON DE SANTE");
        const Outcome again = import(list);
        CPPUNIT_ASSERT_MESSAGE(again.sentence, again.sentence.find("4 inchangées") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(before + 4, filled_rows());
    }

    void the_whole_list_of_france_services_is_kept_to_the_territory()
    {
        const fs::path data = real_data();
        if (data.empty())
            return;
        const std::size_t before = filled_rows();
        const Outcome outcome = import(data / "offre" / "france-services_liste-fs-20221201.csv");
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_EQUAL(before + 59, filled_rows()); // 20 and 39: see offer_test.cpp
        const Rows sources = table(model_, "sources");
        CPPUNIT_ASSERT_EQUAL(std::string("2022"), sources[1][column_of(sources, "millésime")]);
        CPPUNIT_ASSERT_EQUAL(std::string("59"), sources[1][column_of(sources, "lignes retenues")]);
        CPPUNIT_ASSERT(
            import(data / "offre" / "france-services_liste-fs-20221201.csv", {{"Marge", text_argument("0")}})
                .done);
        CPPUNIT_ASSERT_EQUAL(before + 59, filled_rows());
    }

    void contours_tell_the_commune_of_a_place()
    {
        // Vals-près-le-Puy is made to reach nearly to the middle of Le Puy-en-Velay.
        const auto commune = [](const char* code, const char* south, const char* north) {
            const auto at = [](const char* longitude, const char* latitude) {
                return std::string("[") + longitude + "," + latitude + "]";
            };
            return R"({"type":"Feature","properties":{"code":")" + std::string(code) +
                   R"("},"geometry":{"type":"Polygon","coordinates":[[)" + at("3.8", south) + "," +
                   at("4.0", south) + "," + at("4.0", north) + "," + at("3.8", north) + "," +
                   at("3.8", south) + "]]}}";
        };
        const fs::path contours =
            write("deux-communes.geojson", R"({"type":"FeatureCollection","features":[)" +
                                               commune("43157", "45.04", "45.06") + "," +
                                               commune("43251", "45.0", "45.04") + "]}");
        const auto commune_of = [&](const char* name) {
            const Rows offer = table(model_, "offre");
            return offer[row_with(offer, "nom", name)][column_of(offer, "code INSEE")];
        };
        const std::string header = "nom;catégorie;code INSEE;latitude;longitude\n";
        const std::string place = ";3.1;;45,0385;3,8852\n";
        CPPUNIT_ASSERT(import(write("avant.csv", header + "Sans contour" + place)).done);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), commune_of("Sans contour")); // the nearest point
        const Outcome imported = import_file("contours", contours);
        CPPUNIT_ASSERT_MESSAGE(imported.sentence, imported.done);
        CPPUNIT_ASSERT(
            import(write("apres.csv", header + "Avec contour" + place + "Mal placé;3.1;43157;45,02;3,885\n"))
                .done);
        CPPUNIT_ASSERT_EQUAL(std::string("43251"), commune_of("Avec contour"));
        const std::string refusals = shown_refusals();
        CPPUNIT_ASSERT_MESSAGE(refusals, refusals.find("son contour") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(refusals,
                               refusals.find("ne sont pas dans la commune « Le Puy-en-Velay », mais dans « "
                                             "Vals-près-le-Puy » : le point de la commune les remplace.") !=
                                   std::string::npos);
        const fs::path saved = write("diagnostic.ods", "");
        store(model_, saved, "calc8");
        // Without its contours the workbook is as before them.
        undo(model_);
        undo(model_);
        CPPUNIT_ASSERT(import(write("encore.csv", header + "De nouveau sans" + place)).done);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), commune_of("De nouveau sans"));
        // And with them where it is opened again.
        close(model_);
        model_ = office_->open(file_url(saved));
        CPPUNIT_ASSERT(import(write("rouvert.csv", header + "Une fois rouvert" + place)).done);
        CPPUNIT_ASSERT_EQUAL(std::string("43251"), commune_of("Une fois rouvert"));
    }

    void eligible_services_become_dispositifs_to_complete()
    {
        const std::string service =
            R"({"structure_id":"dora--1","thematiques":["mobilite--acceder-a-un-vehicule"],)";
        const fs::path file = write(
            "dora.json",
            R"({"structures":[{"id":"dora--1","source":"dora","nom":"Roulons ensemble","code_insee":"43157",)"
            R"("reseaux_porteurs":[]}],"services":[)" +
                service +
                R"("id":"dora--a","nom":"Prêt de voitures","zone_eligibilite":["244301016","43157","75056"],)"
                R"("publics":["jeunes"],"code_insee":"43157","date_maj":"2026-02-14"},)" +
                service +
                R"("id":"dora--b","nom":"Location de scooters","zone_eligibilite":["43"],"code_insee":"75056"},)" +
                service +
                R"("id":"dora--c","nom":"Ailleurs","zone_eligibilite":["75","france"],"code_insee":"75056"}]})");
        const Rows before = table(model_, "dispositifs");
        const Outcome asked_nothing = import(file);
        CPPUNIT_ASSERT_MESSAGE(asked_nothing.sentence,
                               asked_nothing.sentence.find("2 services du fichier sont ouverts") !=
                                   std::string::npos);
        CPPUNIT_ASSERT(before == table(model_, "dispositifs"));
        undo(model_);
        const std::string picture = picture_of(model_);
        const Outcome outcome = import(file, {{"Dispositifs", text_argument("oui")}});
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence,
                               outcome.sentence.find("2 dispositifs proposés") != std::string::npos);
        assert_one_step(picture);
        const Rows after = table(model_, "dispositifs");
        const auto said = [&](const char* title, const char* header) {
            return after[row_with(after, "intitulé", title)][column_of(after, header)];
        };
        CPPUNIT_ASSERT_EQUAL(std::string("244301016;43157"), said("Prêt de voitures", "territoire couvert"));
        CPPUNIT_ASSERT_EQUAL(std::string("2.4a"), said("Prêt de voitures", "thématique"));
        CPPUNIT_ASSERT_EQUAL(std::string("2"), said("Prêt de voitures", "axe"));
        CPPUNIT_ASSERT_EQUAL(std::string("Roulons ensemble"), said("Prêt de voitures", "porteur principal"));
        CPPUNIT_ASSERT_EQUAL(std::string("Jeunes"), said("Prêt de voitures", "public cible"));
        CPPUNIT_ASSERT_EQUAL(std::string("à compléter"), said("Prêt de voitures", "mode de financement"));
        CPPUNIT_ASSERT_EQUAL(std::string(), said("Prêt de voitures", "capacité"));
        CPPUNIT_ASSERT_EQUAL(std::string("département"), said("Location de scooters", "territoire couvert"));
        for (std::size_t row = 0; row < before.size(); ++row)
            CPPUNIT_ASSERT(before[row].front().empty() || before[row] == after[row]);
        // Taken again, it proposes nothing twice.
        const Outcome again = import(file, {{"Dispositifs", text_argument("oui")}});
        CPPUNIT_ASSERT_MESSAGE(again.sentence,
                               again.sentence.find("0 dispositif proposé") != std::string::npos);
        CPPUNIT_ASSERT(after == table(model_, "dispositifs"));
    }

    void a_bad_file_leaves_the_document_as_it_was()
    {
        const auto refused = [&](const fs::path& file, const char* words) {
            assert_refused("offre", file, words);
        };
        refused(write("cassé.json", "{\"structures\": [{\"nom\""), "JSON");
        refused(write("ailleurs.json", R"([{"nom":"A","code_insee":"75056"}])"), "aucun lieu du territoire");
        refused(write("sans lieux.csv", "a;b\n1;2\n"), "en-tête");
    }

private:
    /// Of that row of Offre, in hundredths of a millimetre.
    [[nodiscard]] sal_Int32 height_of(std::size_t row) const
    {
        const Reference<css::table::XColumnRowRange> lines(sheet(model_, "Offre"), UNO_QUERY_THROW);
        const Reference<css::beans::XPropertySet> line(
            lines->getRows()->getByIndex(static_cast<sal_Int32>(row) + 3), UNO_QUERY_THROW);
        sal_Int32 height = 0;
        line->getPropertyValue("Height") >>= height;
        return height;
    }

    Outcome import(const fs::path& file, const Arguments& arguments = {})
    {
        return import_file("offre", file, arguments);
    }

    [[nodiscard]] std::size_t filled_rows() const
    {
        const Rows rows = table(model_, "offre");
        std::size_t filled = 0;
        for (std::size_t i = 1; i < rows.size(); ++i)
            filled += rows[i].front().empty() ? 0 : 1;
        return filled;
    }

    [[nodiscard]] std::string shown_refusals() const
    {
        std::string all;
        for (const auto& row : table(model_, "refus"))
            for (const std::string& cell : row)
                all += cell + "|";
        return all;
    }

    void set_cell(std::size_t row, const std::string& header, const std::string& value) const
    {
        const std::size_t column = column_of(table(model_, "offre"), header);
        const auto cell =
            sheet(model_, "Offre")
                ->getCellByPosition(static_cast<sal_Int32>(column), static_cast<sal_Int32>(row) + 3);
        Reference<css::text::XTextRange>(cell, UNO_QUERY_THROW)->setString(ustring(value));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ImportOfferTest);
