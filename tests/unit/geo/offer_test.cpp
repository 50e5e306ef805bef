#include "core/offer_rows.hpp"
#include "core/offer_source.hpp"
#include "geo/offer_places.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <tuple>

#include "core/error.hpp"
#include "geo/projection.hpp"

using namespace pacte;
using geo::LocatedOffer;
using geo::OfferLocator;

namespace {

namespace fs = std::filesystem;

const Cog& cog()
{
    static const Cog all = Cog::load(fs::path(PACTE_TEMPLATES) / "territoire");
    return all;
}

const std::vector<CommuneRow>& haute_loire()
{
    static const std::vector<CommuneRow> rows = [] {
        std::vector<CommuneRow> communes;
        for (const Commune& commune : cog().communes())
            if (commune.departement == "43")
                communes.push_back({commune.code, commune.name, commune.epci,
                                    static_cast<double>(commune.population), commune.point});
        return communes;
    }();
    return rows;
}

const OfferLocator& locator()
{
    static const OfferLocator all(cog(), haute_loire(), 30.0);
    return all;
}

std::vector<OfferRecord> records_of_json(const std::string& json, OfferReading* reading = nullptr)
{
    const fs::path path = fs::path(PACTE_BINARY_DIR) / "offre.json";
    std::ofstream(path, std::ios::binary) << json;
    std::vector<OfferRecord> records;
    const OfferReading read =
        read_offers_json(path, [&](OfferRecord&& record) { records.push_back(std::move(record)); });
    if (reading != nullptr)
        *reading = read;
    fs::remove(path);
    return records;
}

std::vector<OfferRecord> records_of_table(const std::string& text, OfferReading* reading = nullptr)
{
    SourceFile file;
    file.name = "lieux.csv";
    file.sheets.push_back(parse_delimited(text, separator_of(text), file.name));
    std::vector<OfferRecord> records;
    const OfferReading read =
        read_offers_table(file, [&](OfferRecord&& record) { records.push_back(std::move(record)); });
    if (reading != nullptr)
        *reading = read;
    return records;
}

OfferRecord puy(double latitude, double longitude)
{
    OfferRecord record;
    record.name = "Maison";
    record.commune = "43157";
    record.latitude = latitude;
    record.longitude = longitude;
    return record;
}

/// Two communes as rectangles of degrees: Le Puy-en-Velay in the north, Vals-près-le-Puy in the south.
geo::ContourLayer contours()
{
    const geo::Projection projection(2154);
    geo::ContourLayer layer;
    for (const auto& [code, south, north] :
         {std::tuple("43157", 45.04, 45.06), std::tuple("43251", 45.0, 45.04)}) {
        geo::Contour& contour = layer.epcis.emplace_back();
        contour.code = code;
        auto& ring = contour.shape.emplace_back().outer();
        for (const auto& [latitude, longitude] :
             {std::pair(south, 3.8), std::pair(north, 3.8), std::pair(north, 4.0), std::pair(south, 4.0),
              std::pair(south, 3.8)})
            ring.push_back(projection.forward({latitude, longitude}));
    }
    return layer;
}

LocatedOffer kept(const OfferRecord& record)
{
    LocatedOffer located;
    CPPUNIT_ASSERT(locator().locate(record, located) == OfferLocator::Verdict::kept);
    return located;
}

OfferLocator::Verdict verdict(const OfferRecord& record)
{
    LocatedOffer located;
    return locator().locate(record, located);
}

const char* data_folder()
{
    const char* data = std::getenv("PACTE_DATA");
    if (data != nullptr && *data == '\0')
        data = nullptr;
    if (data == nullptr)
        std::cerr << "PACTE_DATA is not set: skipped\n";
    return data;
}

class OfferTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OfferTest);
    CPPUNIT_TEST(data_inclusion_gives_structures_and_services);
    CPPUNIT_TEST(geojson_gives_properties_and_positions);
    CPPUNIT_TEST(soliguide_gives_its_services);
    CPPUNIT_TEST(soliguide_rounds_are_itinerant_and_closed_places_left_out);
    CPPUNIT_TEST(a_cut_file_gives_what_is_before_the_cut);
    CPPUNIT_TEST(what_is_no_json_is_refused);
    CPPUNIT_TEST(finess_has_no_headers_and_two_columns_for_a_commune);
    CPPUNIT_TEST(finess_in_one_table_has_the_same_columns);
    CPPUNIT_TEST(bpe_has_metres);
    CPPUNIT_TEST(bpe_since_2023_has_names_and_addresses);
    CPPUNIT_TEST(overseas_metres_are_of_the_legal_projection);
    CPPUNIT_TEST(example_rows_of_a_model_are_left_out);
    CPPUNIT_TEST(any_table_with_a_name_and_a_commune_is_read);
    CPPUNIT_TEST(coordinates_are_repaired_or_left_out);
    CPPUNIT_TEST(a_commune_is_found_by_its_name_or_its_point);
    CPPUNIT_TEST(a_contour_decides_the_commune_of_coordinates);
    CPPUNIT_TEST(coordinates_are_checked_against_the_contour);
    CPPUNIT_TEST(the_margin_keeps_neighbours_and_no_more);
    CPPUNIT_TEST(twins_are_of_two_sources);
    CPPUNIT_TEST(a_list_renewed_under_another_date_is_the_same_source);
    CPPUNIT_TEST(a_changed_cell_is_seen);
    CPPUNIT_TEST(the_mapping_falls_back_to_all_of_a_source);
    CPPUNIT_TEST(the_shipped_mapping_names_known_thematiques);
    CPPUNIT_TEST(france_services_of_haute_loire_are_twenty);
    CPPUNIT_TEST(the_places_of_mediation_are_those_of_the_file);
    CPPUNIT_TEST_SUITE_END();

public:
    void data_inclusion_gives_structures_and_services()
    {
        OfferReading reading;
        const auto records = records_of_json(
            R"({"structures": [{"source":"dora","id":"dora--1","nom":"Maison \"A\"","date_maj":"2025-02-14","code_insee":"43157","siret":"13003013300016","reseaux_porteurs":["ccas-cias","france-service"],"latitude":45.04,"longitude":3.88,"description":null}],
                "services": [{"source":"dora","structure_id":"dora--1","id":"dora--s1","nom":"Atelier","thematiques":["mobilite--preparer-un-permis"],"zone_eligibilite":["43","244301016"],"modes_accueil":["en-presentiel"],"code_insee":"43157"}]})",
            &reading);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records.size());
        CPPUNIT_ASSERT(reading.kind == OfferKind::data_inclusion);
        CPPUNIT_ASSERT_EQUAL(std::string("Maison \"A\""), records[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("dora--1"), records[0].id);
        CPPUNIT_ASSERT_EQUAL(std::string("13003013300016"), records[0].siret);
        CPPUNIT_ASSERT_EQUAL(std::string("2025-02-14"), records[0].updated);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records[0].categories.size());
        CPPUNIT_ASSERT_EQUAL(std::string("france-service"), records[0].categories[1]);
        CPPUNIT_ASSERT_EQUAL(45.04, records[0].latitude.value());
        CPPUNIT_ASSERT_EQUAL(std::string("dora--1"), records[1].structure);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, records[1].categories.size());
        CPPUNIT_ASSERT_EQUAL(std::string("mobilite--preparer-un-permis"), records[1].categories[0]);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records[1].zone.size());
        CPPUNIT_ASSERT_EQUAL(std::string("244301016"), records[1].zone[1]);
        CPPUNIT_ASSERT(!records[1].latitude);
    }

    void geojson_gives_properties_and_positions()
    {
        const auto records = records_of_json(
            R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[3.88,45.04]},"properties":{"nom":"Lieu","code_insee":43157,"itinerance":true}}]})");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::string("Lieu"), records[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), records[0].commune);
        CPPUNIT_ASSERT_EQUAL(45.04, records[0].latitude.value());
        CPPUNIT_ASSERT_EQUAL(3.88, records[0].longitude.value());
        CPPUNIT_ASSERT(records[0].itinerant);
    }

    void soliguide_gives_its_services()
    {
        OfferReading reading;
        const auto records = records_of_json(
            R"({"nbResults":1,"places":[{"lieu_id":42,"name":"Accueil","position":{"address":"1 rue X","codePostal":"43000","ville":"Le Puy-en-Velay","location":{"type":"Point","coordinates":[3.885,45.043]}},"services_all":[{"category":"day_hosting","name":"Accueil de jour","saturated":{"status":"LOW"}},{"category":"shower"}],"updatedAt":"2024-05-06T10:00:00.000Z"}]})",
            &reading);
        CPPUNIT_ASSERT(reading.kind == OfferKind::soliguide);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::string("42"), records[0].id);
        CPPUNIT_ASSERT_EQUAL(std::string("Accueil"), records[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("43000"), records[0].postcode);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records[0].categories.size());
        CPPUNIT_ASSERT_EQUAL(std::string("shower"), records[0].categories[1]);
        CPPUNIT_ASSERT_EQUAL(std::string("2024-05-06"), records[0].updated);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), kept(records[0]).commune);
    }

    /// `ApiPlace` of Soliguide's repository: the number of the place after that of the
    /// base, fields in two languages, a round with its stops, a place that is closed.
    void soliguide_rounds_are_itinerant_and_closed_places_left_out()
    {
        const auto records = records_of_json(
            R"({"nbResults":3,"places":[{"_id":"5f1a","lieu_id":7,"seo_url":"x","name":"Maraude","status":"ONLINE","placeType":"PARCOURS_MOBILE","position":{"location":{"type":"Point","coordinates":[]},"address":"","city":"","cityCode":""},)"
            R"("parcours":[{"description":"","position":{"address":"Place du Breuil","city":"Le Puy-en-Velay","cityCode":"43157","postalCode":"43000","location":{"type":"Point","coordinates":[3.8822,45.0419]}}},{"position":{"city":"Yssingeaux","cityCode":"43268","location":{"coordinates":[4.12,45.14]}}}],)"
            R"("services_all":[{"serviceObjectId":"s1","category":"food_distribution","name":"Soupe"}],"updatedAt":"2026-02-03T10:00:00.000Z"},)"
            R"({"_id":"5f1b","lieu_id":8,"name":"Fermé","status":"PERMANENTLY_CLOSED","placeType":"LIEU","position":{"cityCode":"43157"},"services_all":[]},)"
            R"({"_id":"5f1c","lieu_id":9,"name":"Douches","status":"ONLINE","placeType":"LIEU","position":{"adresse":"1 rue X","address":"1 rue X","codePostal":"43000","postalCode":"43000","ville":"Le Puy-en-Velay","city":"Le Puy-en-Velay","cityCode":"43157","location":{"type":"Point","coordinates":[3.885,45.043]}},"parcours":[],"services_all":[{"category":"shower"}]}]})");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::string("7"), records[0].id);
        CPPUNIT_ASSERT(records[0].itinerant);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), records[0].commune);
        CPPUNIT_ASSERT_EQUAL(std::string("Place du Breuil"), records[0].address);
        CPPUNIT_ASSERT_EQUAL(3.8822, kept(records[0]).point->longitude);
        CPPUNIT_ASSERT_EQUAL(std::string("food_distribution"), records[0].categories.at(0));
        CPPUNIT_ASSERT_EQUAL(std::string("9"), records[1].id);
        CPPUNIT_ASSERT(!records[1].itinerant);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), records[1].commune);
        CPPUNIT_ASSERT_EQUAL(45.043, kept(records[1]).point->latitude);
    }

    void a_cut_file_gives_what_is_before_the_cut()
    {
        OfferReading reading;
        const auto records = records_of_json(
            R"([{"nom":"A","code_insee":"43157"},{"nom":"B","code_insee":"43040"},{"nom":"C","co)", &reading);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, reading.refusals.size());
        CPPUNIT_ASSERT(reading.refusals[0].place.find("après l'élément 2") != std::string::npos);
    }

    void what_is_no_json_is_refused()
    {
        CPPUNIT_ASSERT_THROW((void)records_of_json("{{{"), Failure);
        CPPUNIT_ASSERT_THROW((void)records_of_json("[1, 2, 3]"), Failure);
        CPPUNIT_ASSERT_THROW((void)records_of_json(""), Failure);
        CPPUNIT_ASSERT_THROW((void)records_of_table("a;b\n1;2\n"), Failure);
    }

    void finess_has_no_headers_and_two_columns_for_a_commune()
    {
        OfferReading reading;
        const auto records = records_of_table(
            "finess;etalab;93;2024-05-14\n"
            "structureet;430000018;430000016;CHRS LE RELAIS;;;;12;R;DES CAPUCINS;;;157;43;HAUTE LOIRE;43000 "
            "LE PUY EN VELAY;0471000000;;214;C.H.R.S.;4501;;26430001800013;;;;;;1990-01-01;;2024-01-05;\n"
            "structureet;970100228;970100228;CENTRE;;;;;;;;;105;9A;GUADELOUPE;97100 BASSE TERRE;;;124;Centre "
            "de santé;2202;;;;;;;;;;2024-01-05;\n"
            "geolocalisation;430000018;769724.3;6438540.1;1,ATLASANTE,100,IGN,BD_ADRESSE,V2.2,LAMBERT_93;"
            "2024-05-14\n",
            &reading);
        CPPUNIT_ASSERT(reading.kind == OfferKind::finess);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, reading.records);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), records[0].commune);
        CPPUNIT_ASSERT_EQUAL(std::string("97105"), records[1].commune);
        CPPUNIT_ASSERT_EQUAL(std::string("12 R DES CAPUCINS"), records[0].address);
        CPPUNIT_ASSERT_EQUAL(std::string("214"), records[0].categories[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("26430001800013"), records[0].siret);
        const LocatedOffer located = kept(records[0]);
        CPPUNIT_ASSERT(located.point.has_value());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(45.04, located.point->latitude, 0.02);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(3.885, located.point->longitude, 0.02);
        CPPUNIT_ASSERT(verdict(records[1]) == OfferLocator::Verdict::outside);
    }

    /// The layout of the resource « finess_etablissements » of data.gouv.fr: one line of headers,
    /// the coordinates beside the address.
    void finess_in_one_table_has_the_same_columns()
    {
        OfferReading reading;
        const auto records = records_of_table(
            "nofinesset;nofinessej;rs;rslongue;complrs;compldistrib;numvoie;typvoie;voie;compvoie;lieuditbp;"
            "commune;departement;libdepartement;ligneacheminement;telephone;telecopie;categetab;libcategetab;"
            "categagretab;libcategagretab;siret;codeape;codemft;libmft;codesph;libsph;dateouv;dateautor;"
            "datemaj;numuai;coordxet;coordyet;sourcecoordet;datemaj_geo\n"
            "430000018;430000016;CHRS;CHRS LE RELAIS;;;12;R;DES CAPUCINS;;;157;43;HAUTE LOIRE;43000 LE PUY "
            "EN "
            "VELAY;;;214;C.H.R.S.;4501;;26430001800013;;;;;;;;2024-01-05;;769724.3;6438540.1;1,ATLASANTE,96,"
            "BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole);2026-05-04\n"
            "430000026;430000016;CMP;;;;;;;;LE BOURG;268;43;HAUTE LOIRE;43200 "
            "YSSINGEAUX;;;156;C.M.P.;;;;;;;;;;;"
            ";;786000;6450000;4,ATLASANTE,.,ADMIN-EXPRESS,EPSG:2154 RGF93 / Lambert-93 (Métropole);\n",
            &reading);
        CPPUNIT_ASSERT(reading.kind == OfferKind::finess);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::string("CHRS LE RELAIS"), records[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), records[0].commune);
        CPPUNIT_ASSERT_EQUAL(std::string("LE PUY EN VELAY"), records[0].city);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(45.04, kept(records[0]).point->latitude, 0.02);
        CPPUNIT_ASSERT_EQUAL(std::string("LE BOURG"), records[1].address);
        // The middle of the commune is no place.
        CPPUNIT_ASSERT(!kept(records[1]).point.has_value());
        CPPUNIT_ASSERT(kept(records[1]).problem.empty());
    }

    void bpe_has_metres()
    {
        OfferReading reading;
        const auto records = records_of_table(
            "NOMRS;DEPCOM;LAMBERT_X;LAMBERT_Y;TYPEQU\nCRECHE;43157;769724,3;6438540,1;D502\n", &reading);
        CPPUNIT_ASSERT(reading.kind == OfferKind::bpe);
        CPPUNIT_ASSERT_EQUAL(std::string("D502"), records[0].categories[0]);
        const LocatedOffer located = kept(records[0]);
        CPPUNIT_ASSERT(located.point.has_value());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(45.04, located.point->latitude, 0.02);
        CPPUNIT_ASSERT(located.repair.empty());
    }

    /// The columns of BPE24 in their order, those of buildings and of sports left out.
    void bpe_since_2023_has_names_and_addresses()
    {
        OfferReading reading;
        const auto records = records_of_table(
            "AN;NOMRS;CNOMRS;NUMVOIE;INDREP;TYPVOIE;LIBVOIE;CADR;CODPOS;DEPCOM;DEP;REG;LIBCOM;DOM;SDOM;"
            "TYPEQU;"
            "SIRET;STATUT_DIFFUSION;CATEGORIE;ITINERANCE;TYPE;CAPACITE;LAMBERT_X;LAMBERT_Y;LONGITUDE;"
            "LATITUDE;"
            "QUALITE_XY;EPSG;QUALITE_GEOLOC\n"
            "2024;CRECHE LES LUTINS;_Z;12;_Z;RUE;DES CAPUCINS;_Z;43000;43157;43;84;Le Puy-en-Velay;D;D5;D502;"
            "26430001800013;O;_Z;_Z;_Z;20;769724.3;6438540.1;3.885;45.04;Bonne;2154;11\n"
            "2024;_Z;_Z;_Z;_Z;_Z;_Z;_Z;43200;43268;43;84;Yssingeaux;D;D2;D201;_Z;_Z;3;_Z;_Z;_Z;786000;"
            "6450000;"
            "4.12;45.14;_U;2154;33\n"
            "2024;GENDARMERIE;_Z;_Z;_Z;_Z;_Z;_Z;97600;97611;976;06;Mamoudzou;A;A1;A104;_Z;_Z;_Z;_Z;_Z;_Z;;;;;"
            "_U;"
            "4471;_Z\n",
            &reading);
        CPPUNIT_ASSERT(reading.kind == OfferKind::bpe);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::string("CRECHE LES LUTINS"), records[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("12 RUE DES CAPUCINS"), records[0].address);
        CPPUNIT_ASSERT_EQUAL(std::string("43000"), records[0].postcode);
        CPPUNIT_ASSERT_EQUAL(std::string("20"), records[0].capacity);
        CPPUNIT_ASSERT_EQUAL(std::string("26430001800013"), records[0].siret);
        CPPUNIT_ASSERT_EQUAL(3.885, records[0].longitude.value());
        for (const OfferRecord& record : records) {
            CPPUNIT_ASSERT(record.equipment);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, record.categories.size());
            CPPUNIT_ASSERT(!record.itinerant);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("D201"), records[1].categories[0]);
        CPPUNIT_ASSERT(records[1].name.empty());
        CPPUNIT_ASSERT(!records[1].latitude); // 33: a point at random in the commune
        CPPUNIT_ASSERT_EQUAL(std::string("43268"), kept(records[1]).commune);
        CPPUNIT_ASSERT(!records[2].latitude);
    }

    /// The prefectures, their metres by cs2cs (PROJ 9.1.1); FINESS has a letter for the
    /// département overseas, the BPE its three figures.
    void overseas_metres_are_of_the_legal_projection()
    {
        struct Prefecture {
            const char* code;
            const char* letter; ///< of FINESS
            LatLon place;
            const char* x;
            const char* y;
        };
        for (const auto& [code, letter, place, x, y] :
             {Prefecture{"97105", "9A", {15.9985, -61.7333}, "635536.66", "1769182.43"},    // Basse-Terre
              Prefecture{"97209", "9B", {14.6037, -61.0667}, "708256.77", "1615380.33"},    // Fort-de-France
              Prefecture{"97302", "9C", {4.9372, -52.3260}, "352980.20", "545868.92"},      // Cayenne
              Prefecture{"97411", "9D", {-20.8789, 55.4504}, "338807.61", "7690477.75"},    // Saint-Denis
              Prefecture{"97502", "9E", {46.7811, -56.1773}, "562801.10", "5181167.60"},    // Saint-Pierre
              Prefecture{"97611", "9F", {-12.7806, 45.2279}, "524735.37", "8587115.81"}}) { // Mamoudzou
            const OfferLocator there(cog(), {{code, "", "", 0.0, place}}, 30.0);
            const std::string commune = code;
            auto records =
                records_of_table("structureet;970000001;970000001;CHRS;;;;;;;;;" + commune.substr(2) + ";" +
                                 letter + ";;97000 VILLE;;;214;;;;;;;;;;;;;\ngeolocalisation;970000001;" + x +
                                 ";" + y + ";1,ATLASANTE,96,BAN,EPSG;2026-05-04\n");
            const auto bpe = records_of_table("NOMRS;DEPCOM;LAMBERT_X;LAMBERT_Y;TYPEQU;LONGITUDE;LATITUDE\n"
                                              "CRECHE;" +
                                              commune + ";" + x + ";" + y + ";D502;;\nCRECHE;" + commune +
                                              ";1;2;D502;" + std::to_string(place.longitude) + ";" +
                                              std::to_string(place.latitude) + "\n");
            records.insert(records.end(), bpe.begin(), bpe.end());
            CPPUNIT_ASSERT_EQUAL(std::size_t{3}, records.size());
            for (const OfferRecord& record : records) {
                LocatedOffer located;
                CPPUNIT_ASSERT_MESSAGE(code, there.locate(record, located) == OfferLocator::Verdict::kept);
                CPPUNIT_ASSERT_MESSAGE(commune + " " + located.problem, located.point.has_value());
                CPPUNIT_ASSERT_EQUAL(commune, located.commune);
                CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(code, place.latitude, located.point->latitude, 1e-6);
                CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(code, place.longitude, located.point->longitude, 1e-6);
            }
        }
    }

    void example_rows_of_a_model_are_left_out()
    {
        const auto records =
            records_of_table("__ignore__;id;nom;code_insee;thematiques\n1;x;Modèle;43157;\n;y;Vrai;43157;"
                             "mobilite--preparer-un-permis, numerique--acquerir-un-equipement\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, records[0].categories.size());
    }

    void any_table_with_a_name_and_a_commune_is_read()
    {
        const auto records = records_of_table(
            "Liste des lieux\n\nNom;Adresse;Code postal;Ville\nCafé;1 rue X;43000;LE PUY EN VELAY CEDEX\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, records.size());
        CPPUNIT_ASSERT_EQUAL(std::string("fichier « lieux.csv », ligne 4"), records[0].where);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), kept(records[0]).commune);
    }

    void coordinates_are_repaired_or_left_out()
    {
        CPPUNIT_ASSERT(kept(puy(45.04, 3.88)).repair.empty());
        const LocatedOffer swapped = kept(puy(3.88, 45.04));
        CPPUNIT_ASSERT_EQUAL(45.04, swapped.point->latitude);
        CPPUNIT_ASSERT(swapped.repair.find("inversées") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(3.88, kept(puy(45.04, -3.88)).point->longitude);
        CPPUNIT_ASSERT(kept(puy(-45.04, 3.88)).repair.find("latitude") != std::string::npos);
        const LocatedOffer metres = kept(puy(6438540.1, 769724.3));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(45.04, metres.point->latitude, 0.02);
        CPPUNIT_ASSERT(!metres.repair.empty());
        const LocatedOffer zero = kept(puy(0.0, 0.0));
        CPPUNIT_ASSERT(!zero.point);
        CPPUNIT_ASSERT(zero.problem.find("nulles") != std::string::npos);
        const LocatedOffer paris = kept(puy(48.86, 2.35));
        CPPUNIT_ASSERT(!paris.point);
        CPPUNIT_ASSERT(paris.problem.find("Le Puy-en-Velay") != std::string::npos);
    }

    void a_commune_is_found_by_its_name_or_its_point()
    {
        OfferRecord record;
        record.name = "Maison";
        record.city = "ST JULIEN CHAPTEUIL";
        record.postcode = "43260";
        CPPUNIT_ASSERT_EQUAL(std::string("43200"), kept(record).commune);
        record.postcode.clear();
        CPPUNIT_ASSERT_EQUAL(std::string("43200"), kept(record).commune);
        OfferRecord point;
        point.name = "Maison";
        point.latitude = 45.0437;
        point.longitude = 3.8852;
        const LocatedOffer located = kept(point);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), located.commune);
        CPPUNIT_ASSERT(located.repair.find("déduite") != std::string::npos);
        OfferRecord former = record;
        former.commune = "43090"; // merged into Esplantas-Vazeilles
        former.city.clear();
        if (cog().commune("43090") == nullptr && cog().successor("43090") != nullptr)
            CPPUNIT_ASSERT_EQUAL(cog().successor("43090")->code, kept(former).commune);
        OfferRecord none;
        none.name = "Nulle part";
        CPPUNIT_ASSERT(verdict(none) == OfferLocator::Verdict::nowhere);
    }

    void a_contour_decides_the_commune_of_coordinates()
    {
        const OfferLocator with_contours(cog(), haute_loire(), 30.0, contours());
        const auto commune_at = [&](const OfferLocator& where, double latitude, double longitude,
                                    const std::string& how) {
            OfferRecord record;
            record.latitude = latitude;
            record.longitude = longitude;
            LocatedOffer located;
            CPPUNIT_ASSERT(where.locate(record, located) == OfferLocator::Verdict::kept);
            CPPUNIT_ASSERT_MESSAGE(located.repair, located.repair.find(how) != std::string::npos);
            return located.commune;
        };
        // Nearer to the middle of Le Puy than to that of Vals, whose contour is made to reach there.
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), commune_at(locator(), 45.0385, 3.8852, "la plus proche"));
        CPPUNIT_ASSERT_EQUAL(std::string("43251"), commune_at(with_contours, 45.0385, 3.8852, "son contour"));
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), commune_at(with_contours, 45.044, 3.885, "son contour"));
        // 500 m beside a contour; then where none is: as without contours, but never a commune whose
        // contour says no.
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), commune_at(with_contours, 45.0645, 3.885, "son contour"));
        const std::string other = commune_at(with_contours, 45.10, 3.885, "la plus proche");
        CPPUNIT_ASSERT(other != "43157" && other != "43251");
    }

    void coordinates_are_checked_against_the_contour()
    {
        const OfferLocator with_contours(cog(), haute_loire(), 30.0, contours());
        const auto located = [&](double latitude, double longitude) {
            LocatedOffer place;
            CPPUNIT_ASSERT(with_contours.locate(puy(latitude, longitude), place) ==
                           OfferLocator::Verdict::kept);
            return place;
        };
        CPPUNIT_ASSERT(located(45.05, 3.9).point.has_value());
        CPPUNIT_ASSERT(located(45.065, 3.9).point.has_value()); // 550 m beside
        // 2.2 km in the contour of another one: within 25 km of the commune's point, all the same.
        const LocatedOffer elsewhere = located(45.02, 3.885);
        CPPUNIT_ASSERT(!elsewhere.point);
        CPPUNIT_ASSERT_MESSAGE(elsewhere.problem,
                               elsewhere.problem.find("ne sont pas dans la commune « Le Puy-en-Velay », mais "
                                                      "dans « Vals-près-le-Puy » : le point") !=
                                   std::string::npos);
        CPPUNIT_ASSERT(kept(puy(45.02, 3.885)).point.has_value());
        CPPUNIT_ASSERT(!located(48.86, 2.35).point);
        CPPUNIT_ASSERT(!located(-45.0, 179.0).point);
        const LocatedOffer swapped = located(3.885, 45.05);
        CPPUNIT_ASSERT(swapped.point.has_value() && swapped.repair.find("inversées") != std::string::npos);
        // A commune whose contour is not known is checked by its point.
        OfferRecord other = puy(45.15, 4.05);
        other.commune = "43268";
        LocatedOffer place;
        CPPUNIT_ASSERT(with_contours.locate(other, place) == OfferLocator::Verdict::kept);
        CPPUNIT_ASSERT(place.point.has_value());
    }

    void the_margin_keeps_neighbours_and_no_more()
    {
        OfferRecord saint_etienne = puy(45.434, 4.390);
        saint_etienne.commune = "42218"; // 25 km from Haute-Loire
        LocatedOffer located;
        CPPUNIT_ASSERT(locator().locate(saint_etienne, located) == OfferLocator::Verdict::kept);
        CPPUNIT_ASSERT(!located.in_territory);
        OfferRecord lyon = puy(45.76, 4.84);
        lyon.commune = "69123";
        CPPUNIT_ASSERT(verdict(lyon) == OfferLocator::Verdict::outside);
        CPPUNIT_ASSERT(kept(puy(45.04, 3.88)).in_territory);
    }

    void twins_are_of_two_sources()
    {
        const OfferPlace first{"France services de Langeac", "", "France services", "43112", 45.0986, 3.4951};
        OfferPlace near{"FRANCE SERVICES LANGEAC", "", "data·inclusion", "43112", 45.0990, 3.4955};
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, find_twins({first, near}).size());
        OfferPlace same_source = near;
        same_source.source = first.source;
        CPPUNIT_ASSERT(find_twins({first, same_source}).empty());
        OfferPlace far = near;
        far.latitude = 45.12;
        CPPUNIT_ASSERT(find_twins({first, far}).empty());
        OfferPlace other{"Mission locale", "", "data·inclusion", "43112", 45.0986, 3.4951};
        CPPUNIT_ASSERT(find_twins({first, other}).empty());
        OfferPlace siret_a = first;
        siret_a.siret = "13003013300016";
        other.siret = siret_a.siret;
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, find_twins({siret_a, other}).size());
    }

    void a_list_renewed_under_another_date_is_the_same_source()
    {
        for (const char* name : {"lieux.csv", "lieux 2025.csv", "lieux_2026-03.csv", "lieux-20260301.csv"})
            CPPUNIT_ASSERT_EQUAL(std::string("lieux.csv"), undated(name));
        CPPUNIT_ASSERT_EQUAL(std::string("lieux du 43.csv"), undated("2025 lieux du 43.csv"));
        CPPUNIT_ASSERT_EQUAL(std::string("2025.csv"), undated("2025.csv"));
        CPPUNIT_ASSERT_EQUAL(std::string("annexe 12025.csv"), undated("annexe 12025.csv"));
    }

    void a_changed_cell_is_seen()
    {
        const std::map<std::string, Cell> values{{"nom", std::string("Maison")}, {"latitude", 45.04}};
        const std::string fingerprint = fingerprint_of(values);
        CPPUNIT_ASSERT(is_untouched(fingerprint, "nom", std::string("Maison")));
        CPPUNIT_ASSERT(is_untouched(fingerprint, "latitude", 45.04));
        CPPUNIT_ASSERT(is_untouched(fingerprint, "adresse", Blank{}));
        CPPUNIT_ASSERT(!is_untouched(fingerprint, "nom", std::string("La maison")));
        CPPUNIT_ASSERT(!is_untouched(fingerprint, "latitude", 45.05));
        CPPUNIT_ASSERT(!is_untouched("", "nom", std::string("Maison")));
    }

    void the_mapping_falls_back_to_all_of_a_source()
    {
        const Schemas schemas = Schemas::load(PACTE_TEMPLATES);
        Table table;
        table.headers = {"source", "catégorie", "thématique", "type"};
        const auto text = [](const char* value) { return Cell(std::string(value)); };
        table.rows = {{text("BPE"), text("D502"), text("2.4b"), text("Crèche")},
                      {text("BPE"), text("D502"), text("1.1"), text("Crèche")},
                      {text("bpe"), text("*"), text(""), text("")},
                      {text("*"), text("x"), text("3.1"), text("")}};
        const OfferMapping mapping(table, schemas.table("correspondances"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, mapping.find("BPE", "d502")->size());
        CPPUNIT_ASSERT(mapping.find("BPE", "A101")->front().thematique.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("3.1"), mapping.find("FINESS", "x")->front().thematique);
        CPPUNIT_ASSERT(mapping.find("FINESS", "y") == nullptr);
    }

    void the_shipped_mapping_names_known_thematiques()
    {
        const Schemas schemas = Schemas::load(PACTE_TEMPLATES);
        const fs::path file = fs::path(PACTE_TEMPLATES) / "imports" / "correspondances.csv";
        for (const bool metropole : {false, true}) {
            const auto& list =
                schemas.list(metropole ? "thematiques-metropoles" : "thematiques-departements");
            const auto& types = schemas.list("types-de-lieux");
            const auto rows = shipped_mapping(file, metropole);
            CPPUNIT_ASSERT(rows.size() > 150);
            for (const auto& row : rows) {
                const std::string code = text_of(row.at("thematique"));
                const std::string type = text_of(row.at("type"));
                CPPUNIT_ASSERT_MESSAGE(
                    code, code.empty() || std::any_of(list.begin(), list.end(), [&](const ListItem& item) {
                              return item.code == code;
                          }));
                CPPUNIT_ASSERT_MESSAGE(
                    type, type.empty() || std::any_of(types.begin(), types.end(), [&](const ListItem& item) {
                              return item.label == type;
                          }));
                CPPUNIT_ASSERT(offer_kind_named(text_of(row.at("source"))).has_value());
            }
        }
    }

    /// The counts are those of awk on the same files (`insee_dep` = 43) and, for the
    /// margin, of an independent transcription of the rule: the commune's GeoNames
    /// point within 30 km of one of Haute-Loire.
    void france_services_of_haute_loire_are_twenty()
    {
        const char* data = data_folder();
        if (data == nullptr)
            return;
        const SourceFile file =
            read_delimited(fs::path(data) / "offre" / "france-services_liste-fs-20221201.csv");
        std::size_t inside = 0;
        std::size_t margin = 0;
        std::size_t itinerant = 0;
        const OfferReading reading = read_offers_table(file, [&](OfferRecord&& record) {
            LocatedOffer located;
            if (locator().locate(record, located) != OfferLocator::Verdict::kept)
                return;
            ++(located.in_territory ? inside : margin);
            itinerant += located.in_territory && record.itinerant ? 1 : 0;
        });
        CPPUNIT_ASSERT(reading.kind == OfferKind::france_services);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2683}, reading.records);
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, inside);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, itinerant);
        CPPUNIT_ASSERT_EQUAL(std::size_t{39}, margin);
    }

    void the_places_of_mediation_are_those_of_the_file()
    {
        const char* data = data_folder();
        if (data == nullptr)
            return;
        std::size_t inside = 0;
        const OfferReading reading = read_offers_json(
            fs::path(data) / "offre" / "hinaura_lieux_mediation_numerique_2021.json",
            [&](OfferRecord&& record) {
                LocatedOffer located;
                if (locator().locate(record, located) == OfferLocator::Verdict::kept && located.in_territory)
                    ++inside;
            });
        CPPUNIT_ASSERT(reading.kind == OfferKind::mediation_numerique);
        CPPUNIT_ASSERT_EQUAL(std::size_t{687}, reading.records);
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, inside);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OfferTest);

} // namespace
