#include "core/need_figures.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "core/error.hpp"
#include "core/need_profile.hpp"
#include "core/need_wording.hpp"

using namespace pacte;

namespace {

const Cog& cog()
{
    static const Cog all = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    return all;
}

const KnownVariables& known()
{
    static const KnownVariables all =
        KnownVariables::load(std::filesystem::path(PACTE_TEMPLATES) / "imports" / "variables.csv");
    return all;
}

NeedTerritory haute_loire()
{
    NeedTerritory territory;
    territory.membership = "communes membres au 1er janvier 2026";
    for (const EpciRecord* epci : cog().epcis_of("43"))
        territory.epcis.emplace(epci->siren, epci->name);
    for (const auto& [siren, name] : territory.epcis)
        for (const Commune* commune : cog().members(siren)) {
            territory.epci_of.emplace(commune->code, siren);
            territory.inhabitants.emplace(commune->code, static_cast<double>(commune->population));
        }
    return territory;
}

SourceFile file_of(std::string text, const std::string& name = "besoins 2021.csv")
{
    SourceFile file;
    file.name = name;
    const char separator = separator_of(text);
    file.separator = std::string(1, separator);
    file.sheets.push_back(parse_delimited(std::move(text), separator, name));
    return file;
}

/// A sheet of a workbook, as the office gives it.
SourceSheet sheet_of(const std::string& name, const std::vector<std::vector<std::string>>& rows)
{
    SourceSheet sheet(name);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sheet.begin_row(i + 1);
        for (const auto& cell : rows[i])
            sheet.append_cell(cell);
    }
    return sheet;
}

const NeedColumn& column(const NeedLayout& layout, const std::string& code)
{
    for (const NeedColumn& found : layout.columns)
        if (found.code == code)
            return found;
    CPPUNIT_FAIL("no column " + code);
    return layout.columns.front();
}

const NeedResult& result(const NeedImport& import, const std::string& code)
{
    for (const NeedResult& found : import.results)
        if (found.column.code == code)
            return found;
    CPPUNIT_FAIL("no result " + code);
    return import.results.front();
}

double number(const NeedResult& found, const std::string& siren)
{
    const auto* value = std::get_if<double>(&found.figures.at(siren).value);
    CPPUNIT_ASSERT_MESSAGE(found.column.code + " " + siren, value != nullptr);
    return *value;
}

std::string mark(const NeedResult& found, const std::string& siren)
{
    const auto* value = std::get_if<std::string>(&found.figures.at(siren).value);
    CPPUNIT_ASSERT_MESSAGE(found.column.code + " " + siren, value != nullptr);
    return *value;
}

/// A territory of two EPCI and three communes, all of them real.
NeedTerritory small_territory()
{
    NeedTerritory territory;
    territory.epcis = {{"200073419", "CA du Puy-en-Velay"}, {"244301016", "CC des Sucs"}};
    territory.epci_of = {{"43157", "200073419"}, {"43041", "200073419"}, {"43268", "244301016"}};
    territory.inhabitants = {{"43157", 1000.0}, {"43041", 500.0}, {"43268", 700.0}};
    return territory;
}

NeedImport import_of(const std::string& text, const NeedTerritory& territory = small_territory())
{
    const SourceFile file = file_of(text);
    return import_needs(file, find_need_layout(file, cog(), known()), territory, cog());
}

constexpr const char* puy = "200073419";
constexpr const char* sucs = "244301016";

class NeedsImportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NeedsImportTest);
    CPPUNIT_TEST(titles_above_the_header_are_passed_over);
    CPPUNIT_TEST(columns_are_described_by_what_is_known_of_them);
    CPPUNIT_TEST(metadata_sheets_give_labels_units_and_sources);
    CPPUNIT_TEST(a_dictionary_of_variables_gives_the_labels);
    CPPUNIT_TEST(codes_that_became_numbers_get_their_zeros_back);
    CPPUNIT_TEST(the_finest_level_wins);
    CPPUNIT_TEST(the_latest_year_is_taken);
    CPPUNIT_TEST(counts_are_added_and_a_partial_total_says_so);
    CPPUNIT_TEST(a_rate_is_weighted_by_its_base);
    CPPUNIT_TEST(a_rate_known_on_less_than_half_of_its_base_is_unknown);
    CPPUNIT_TEST(a_rate_without_base_a_median_and_an_index_are_refused);
    CPPUNIT_TEST(a_share_of_the_population_is_weighted_by_the_inhabitants);
    CPPUNIT_TEST(iris_are_added_to_their_commune);
    CPPUNIT_TEST(former_communes_count_in_their_successor_once);
    CPPUNIT_TEST(epci_keep_the_marks_of_the_producer);
    CPPUNIT_TEST(departements_are_refused);
    CPPUNIT_TEST(what_is_wrong_is_listed_by_line_and_column);
    CPPUNIT_TEST(a_rate_from_0_to_1_becomes_a_percentage);
    CPPUNIT_TEST(a_file_without_codes_or_figures_is_refused);
    CPPUNIT_TEST(an_import_can_be_cancelled);
    CPPUNIT_TEST(the_profile_of_a_layout_ignores_its_years);
    CPPUNIT_TEST(a_profile_is_kept_from_one_day_to_the_next);
    CPPUNIT_TEST(a_year_is_found_in_a_title_or_a_file_name);
    CPPUNIT_TEST(filosofi_by_commune_gives_the_sums_that_sqlite_finds);
    CPPUNIT_TEST(filosofi_by_epci_is_taken_as_it_is);
    CPPUNIT_TEST_SUITE_END();

public:
    void titles_above_the_header_are_passed_over()
    {
        const SourceFile file =
            file_of("Insee - Statistiques locales\nFrance par commune\n;;Indic6\n"
                    "Code;Libellé;Part de la population éloignée, 2021\n43157;Le Puy;12,5\n"
                    "43041;Brives;N/A - résultat non disponible\n43268;Yssingeaux;0\n");
        const NeedLayout layout = find_need_layout(file, cog(), known());
        CPPUNIT_ASSERT(layout.level == GeoLevel::commune);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, layout.header_row.value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, layout.first_row);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, layout.code_column);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layout.name_column.value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layout.columns.size());
        const NeedColumn& need = layout.columns.front();
        CPPUNIT_ASSERT(need.nature == VariableNature::taux);
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), need.vintage);
        CPPUNIT_ASSERT_EQUAL(std::string("PART_POPU_ELOI"), need.code);
        CPPUNIT_ASSERT_EQUAL(std::string("Insee - Statistiques locales"), need.source);
        CPPUNIT_ASSERT(need.population_base);
    }

    void columns_are_described_by_what_is_known_of_them()
    {
        const SourceFile file =
            file_of("CODGEO;NBPERSMENFISC21;MED21;TP6021;P20_POP;REG\n43157;100;20000;s;12;84\n"
                    "43041;100;20000;12,5;12;84\n");
        const NeedLayout layout = find_need_layout(file, cog(), known());
        CPPUNIT_ASSERT(column(layout, "NBPERSMENFISC").nature == VariableNature::effectif);
        CPPUNIT_ASSERT(column(layout, "MEDIANE").nature == VariableNature::montant);
        CPPUNIT_ASSERT_EQUAL(std::string("NBPERSMENFISC"), column(layout, "TP60").base);
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), column(layout, "TP60").vintage);
        CPPUNIT_ASSERT_EQUAL(std::string("hausse défavorable"), column(layout, "TP60").direction);
        CPPUNIT_ASSERT_EQUAL(std::string("2020"), column(layout, "POP").vintage);
        CPPUNIT_ASSERT(!column(layout, "REG").wanted);
    }

    void metadata_sheets_give_labels_units_and_sources()
    {
        SourceFile file;
        file.name = "indicateurs.xlsx";
        file.sheets = {sheet_of("Indic5", {{"Libellé"},
                                           {"Places de crèche pour 100 enfants, 2022"},
                                           {},
                                           {"Source"},
                                           {"Cnaf"},
                                           {},
                                           {"Unité"},
                                           {"places"}}),
                       sheet_of("Data", {{"Insee - Statistiques locales"},
                                         {"", "", "Indic5"},
                                         {"Code", "Libellé", "Places de crèche"},
                                         {"43157", "Le Puy", "12"},
                                         {"43041", "Brives", "3"}})};
        const NeedLayout layout = find_need_layout(file, cog(), known());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, layout.sheet);
        const NeedColumn& need = layout.columns.front();
        CPPUNIT_ASSERT_EQUAL(std::string("Places de crèche pour 100 enfants, 2022"), need.label);
        CPPUNIT_ASSERT_EQUAL(std::string("Cnaf"), need.source);
        CPPUNIT_ASSERT_EQUAL(std::string("places"), need.unit);
        CPPUNIT_ASSERT_EQUAL(std::string("2022"), need.vintage);
    }

    void a_dictionary_of_variables_gives_the_labels()
    {
        SourceFile file;
        file.name = "base-cc.xlsx";
        file.sheets = {
            sheet_of("COM_2021",
                     {{"CODGEO", "LIBGEO", "P21_XYZ"}, {"43157", "Le Puy", "12"}, {"43041", "Brives", "3"}}),
            sheet_of("Variables", {{"Liste des variables"},
                                   {"COD_VAR", "LIB_VAR", "LIB_VAR_LONG"},
                                   {"P21_XYZ", "XYZ en 2021", "Ménages sans voiture en 2021 (princ)"}})};
        const NeedLayout layout = find_need_layout(file, cog(), known());
        CPPUNIT_ASSERT_EQUAL(std::string("Ménages sans voiture en 2021 (princ)"),
                             column(layout, "XYZ").label);
        CPPUNIT_ASSERT_EQUAL(std::string("ménages"), column(layout, "XYZ").unit);
    }

    void codes_that_became_numbers_get_their_zeros_back()
    {
        NeedTerritory territory;
        territory.epcis = {{"240100750", "CA"}};
        territory.epci_of = {{"01004", "240100750"}, {"01005", "240100750"}};
        const NeedImport import = import_of("code;n\n1004;3\n1005;4\n1006;5\n", territory);
        CPPUNIT_ASSERT_EQUAL(7.0, number(result(import, "N"), "240100750"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, import.rows_outside);
    }

    void the_finest_level_wins()
    {
        const SourceFile file =
            file_of("DEP;EPCI;COM;NB\n43;200073419;43157;1\n43;200073419;43041;2\n43;244301016;43268;3\n"
                    "43;244301016;43162;3\n");
        const NeedLayout layout = find_need_layout(file, cog(), known());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layout.code_column);
        CPPUNIT_ASSERT(layout.level == GeoLevel::commune);
        CPPUNIT_ASSERT(!column(layout, "EPCI").wanted);
        CPPUNIT_ASSERT(!column(layout, "DEP").wanted);
        CPPUNIT_ASSERT(column(layout, "NB").wanted);
    }

    void the_latest_year_is_taken()
    {
        const std::string text = "Annee;Num_EPCI;Nom_EPCI;txcouv_eaje\n2019;200073419;CA du "
                                 "Puy;30\n2021;200073419;CA du Puy;35,5\n"
                                 "2019;244301016;CC des Sucs;20\n2021;244301016;CC des Sucs;nd\n";
        const SourceFile file = file_of(text, "txcouv_pe_epci.csv");
        NeedLayout layout = find_need_layout(file, cog(), known());
        CPPUNIT_ASSERT(layout.level == GeoLevel::epci);
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), layout.year);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, layout.years.size());
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), layout.columns.front().vintage);
        NeedImport import = import_needs(file, layout, small_territory(), cog());
        CPPUNIT_ASSERT_EQUAL(35.5, number(import.results.front(), puy));
        CPPUNIT_ASSERT_EQUAL(std::string("nd"), mark(import.results.front(), sucs));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, import.rows_of_other_years);
        layout.year = "2019";
        import = import_needs(file, layout, small_territory(), cog());
        CPPUNIT_ASSERT_EQUAL(20.0, number(import.results.front(), sucs));
    }

    void counts_are_added_and_a_partial_total_says_so()
    {
        const NeedImport import = import_of("code;NB\n43157;12\n43268;s\n43001;4\n");
        const NeedResult& count = result(import, "NB");
        CPPUNIT_ASSERT_EQUAL(12.0, number(count, puy));
        CPPUNIT_ASSERT(count.figures.at(puy).partial);
        CPPUNIT_ASSERT(count.figures.at(puy).note.find("1 commune inconnue sur 2 (1 absentes du fichier)") !=
                       std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("s"), mark(count, sucs));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, import.rows_read);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, import.rows_matched);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, import.rows_outside);
        CPPUNIT_ASSERT(std::vector<std::string>{"43041"} == import.missing);
    }

    void a_rate_is_weighted_by_its_base()
    {
        const NeedImport import =
            import_of("code;NBPERSMENFISC21;TP6021\n43157;900;10\n43041;100;20\n43268;50;5\n");
        const NeedResult& rate = result(import, "TP60");
        CPPUNIT_ASSERT_DOUBLES_EQUAL(11.0, number(rate, puy), 1e-12);
        CPPUNIT_ASSERT(!rate.figures.at(puy).partial);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(5.0, number(rate, sucs), 1e-12);
    }

    void a_rate_known_on_less_than_half_of_its_base_is_unknown()
    {
        const NeedImport import =
            import_of("code;NBPERSMENFISC21;TP6021\n43157;900;s\n43041;100;20\n43268;50;nd\n");
        const NeedResult& rate = result(import, "TP60");
        CPPUNIT_ASSERT_EQUAL(std::string("s"), mark(rate, puy));
        CPPUNIT_ASSERT(rate.figures.at(puy).note.find("10 %") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("nd"), mark(rate, sucs));
        const NeedImport partial =
            import_of("code;NBPERSMENFISC21;TP6021\n43157;900;10\n43041;100;s\n43268;50;5\n");
        CPPUNIT_ASSERT_DOUBLES_EQUAL(10.0, number(result(partial, "TP60"), puy), 1e-12);
        CPPUNIT_ASSERT(result(partial, "TP60").figures.at(puy).partial);
    }

    void a_rate_without_base_a_median_and_an_index_are_refused()
    {
        const NeedImport import = import_of(
            "code;Taux de chômage;Revenu médian;Indice de Gini\n43157;9;20000;0,3\n43041;8;21000;0,4\n");
        for (const NeedResult& refused : import.results) {
            CPPUNIT_ASSERT(refused.figures.empty());
            CPPUNIT_ASSERT_MESSAGE(refused.column.header, !refused.refused.empty());
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, import.results.size());
        CPPUNIT_ASSERT(import.results[0].refused.find("base") != std::string::npos);
        CPPUNIT_ASSERT(import.results[1].refused.find("médiane") != std::string::npos);
        CPPUNIT_ASSERT(import.results[2].refused.find("indice") != std::string::npos);
    }

    void a_share_of_the_population_is_weighted_by_the_inhabitants()
    {
        const NeedImport import =
            import_of("code;Part de la population éloignée, 2021\n43157;0\n43041;100\n43268;50\n");
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0 * 500.0 / 1500.0, number(import.results.front(), puy), 1e-12);
    }

    void iris_are_added_to_their_commune()
    {
        const NeedImport import = import_of("IRIS;NB\n431570101;10\n431570102;5\n430410000;2\n432680000;1\n");
        CPPUNIT_ASSERT_EQUAL(17.0, number(import.results.front(), puy));
        CPPUNIT_ASSERT(!import.results.front().figures.at(puy).partial);
    }

    void former_communes_count_in_their_successor_once()
    {
        NeedTerritory territory;
        territory.epcis = {{"200054807", "Aix-Marseille"}};
        territory.epci_of = {{"13055", "200054807"}};
        CPPUNIT_ASSERT_EQUAL(
            30.0, number(import_of("code;NB\n13201;10\n13202;20\n", territory).results.front(), "200054807"));
        CPPUNIT_ASSERT_EQUAL(
            900.0, number(import_of("code;NB\n13055;900\n13201;10\n13202;20\n", territory).results.front(),
                          "200054807"));
    }

    void epci_keep_the_marks_of_the_producer()
    {
        const NeedImport import =
            import_of("CODGEO;LIBGEO;MED21;TP6021\n200073419;CA du Puy;19000;ns\n244301016;CC des Sucs;;N/A "
                      "- résultat non disponible\n");
        CPPUNIT_ASSERT_EQUAL(19000.0, number(result(import, "MEDIANE"), puy));
        CPPUNIT_ASSERT(result(import, "MEDIANE").figures.at(sucs).value == Cell(Blank{}));
        CPPUNIT_ASSERT_EQUAL(std::string("ns"), mark(result(import, "TP60"), puy));
        CPPUNIT_ASSERT_EQUAL(std::string("N/A - résultat non disponible"),
                             mark(result(import, "TP60"), sucs));
    }

    void departements_are_refused()
    {
        try {
            (void)import_of("Code département;NB\n01;1\n02;2\n43;3\n");
            CPPUNIT_FAIL("no failure");
        } catch (const Failure& failure) {
            CPPUNIT_ASSERT(std::string(failure.what()).find("par département") != std::string::npos);
        }
    }

    void what_is_wrong_is_listed_by_line_and_column()
    {
        const NeedImport import = import_of(
            "code;NB\n43157;12\n43157;13\n43041;environ 3\n43268;#REF!\n99999;1\nxx;1\nSource : Cnaf\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, import.refusals.size());
        CPPUNIT_ASSERT_EQUAL(std::string("fichier « besoins 2021.csv », ligne 3, colonne A"),
                             import.refusals[0].place);
        CPPUNIT_ASSERT(import.refusals[0].reason.find("déjà à la ligne 2") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("99999"), import.refusals[1].value);
        CPPUNIT_ASSERT_EQUAL(std::string("xx"), import.refusals[2].value);
        CPPUNIT_ASSERT_EQUAL(std::string("fichier « besoins 2021.csv », ligne 4, colonne B"),
                             import.refusals[3].place);
        CPPUNIT_ASSERT_EQUAL(std::string("environ 3"), import.refusals[3].value);
        CPPUNIT_ASSERT(import.refusals[4].reason.find("erreur") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, import.rows_refused);
        CPPUNIT_ASSERT_EQUAL(12.0, number(import.results.front(), puy));
        CPPUNIT_ASSERT_EQUAL(std::string("Cnaf"), import.results.front().column.source);
    }

    void a_rate_from_0_to_1_becomes_a_percentage()
    {
        std::string text = "code;NBPERSMENFISC21;TP6021\n43157;900;0,10\n43041;100;0,20\n43268;50;0,05\n";
        for (int i = 1; i <= 9; ++i)
            text += "4300" + std::to_string(i) + ";10;0,15\n";
        const NeedImport import = import_of(text);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(11.0, number(result(import, "TP60"), puy), 1e-9);
    }

    void a_file_without_codes_or_figures_is_refused()
    {
        CPPUNIT_ASSERT_THROW((void)import_of("a;b\nun;2\ndeux;3\n"), Failure);
        CPPUNIT_ASSERT_THROW((void)import_of("code;nom\n43157;Le Puy\n43041;Brives\n"), Failure);
        CPPUNIT_ASSERT_THROW((void)import_of("code;NB\n01004;1\n01005;2\n"),
                             Failure); // none of the territory
    }

    void an_import_can_be_cancelled()
    {
        const SourceFile file = file_of("code;NB\n43157;1\n43041;1\n");
        const NeedLayout layout = find_need_layout(file, cog(), known());
        NeedLayout from_first = layout;
        from_first.first_row = 0;
        try {
            (void)import_needs(file, from_first, small_territory(), cog(), [](double) { return false; });
            CPPUNIT_FAIL("no failure");
        } catch (const Failure& failure) {
            CPPUNIT_ASSERT(failure.cause() == Failure::Cause::cancelled);
        }
    }

    void a_year_is_found_in_a_title_or_a_file_name()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), year_in("Part des ménages, 2021"));
        CPPUNIT_ASSERT_EQUAL(std::string("2022"), year_in("liste-fs-20221201.csv"));
        CPPUNIT_ASSERT_EQUAL(std::string("2021"), year_in("cc_filosofi_2021_COM.csv"));
        CPPUNIT_ASSERT_EQUAL(std::string("2020"), year_in("2019 puis 2020"));
        CPPUNIT_ASSERT_EQUAL(std::string(), year_in("43157 et 123456789"));
        CPPUNIT_ASSERT_EQUAL(std::string(), year_in("21"));
        CPPUNIT_ASSERT_EQUAL(std::string(), year_in(""));
    }

    void the_profile_of_a_layout_ignores_its_years()
    {
        const auto key = [](const char* text) {
            const SourceFile file = file_of(text);
            return layout_key(file, find_need_layout(file, cog(), known()));
        };
        CPPUNIT_ASSERT_EQUAL(key("CODGEO;MED21\n43157;1\n43041;2\n"),
                             key("CODGEO;MED20\n43157;1\n43041;2\n"));
        CPPUNIT_ASSERT(key("CODGEO;MED21\n43157;1\n43041;2\n") != key("CODGEO;TP6021\n43157;1\n43041;2\n"));
    }

    void a_profile_is_kept_from_one_day_to_the_next()
    {
        const auto path = std::filesystem::path(PACTE_BINARY_DIR) / "profils-besoins.json";
        const SourceFile file = file_of("CODGEO;REVENU21\n43157;1\n43041;2\n");
        NeedLayout layout = find_need_layout(file, cog(), known());
        const std::string key = layout_key(file, layout);
        layout.columns.front().code = "RESSOURCES";
        layout.columns.front().wanted = false;
        NeedProfiles profiles = NeedProfiles::load(path); // it is not there
        CPPUNIT_ASSERT(!profiles.knows(key) && !profiles.place(key));
        profiles.remember(key, layout);
        profiles.remember_place(key, {std::nullopt, 3, 1, GeoLevel::epci});
        profiles.save(path);

        const NeedProfiles next = NeedProfiles::load(path);
        std::filesystem::remove(path);
        CPPUNIT_ASSERT(next.knows(key));
        const SourceFile renewed = file_of("CODGEO;REVENU22\n43157;1\n43041;2\n");
        NeedLayout known_layout = find_need_layout(renewed, cog(), known());
        next.apply(layout_key(renewed, known_layout), known_layout);
        CPPUNIT_ASSERT_EQUAL(std::string("RESSOURCES"), known_layout.columns.front().code);
        CPPUNIT_ASSERT(!known_layout.columns.front().wanted);
        const auto place = next.place(key);
        CPPUNIT_ASSERT(place && !place->sheet && place->header_row == std::size_t{3} &&
                       place->code_column == std::size_t{1} && place->level == GeoLevel::epci);
        // A file cut by a full disk is no reason to fail.
        std::ofstream(path) << "{\"commune|";
        CPPUNIT_ASSERT(!NeedProfiles::load(path).knows(key));
        std::filesystem::remove(path);
    }

    /// The expected figures were computed with SQLite from the same file and
    /// templates/territoire/communes.csv: sum(NBPERSMENFISC21), and
    /// sum(TP6021 × NBPERSMENFISC21) / sum(NBPERSMENFISC21) over the communes where
    /// both are known, by EPCI.
    void filosofi_by_commune_gives_the_sums_that_sqlite_finds()
    {
        const char* data = std::getenv("PACTE_DATA");
        if (data == nullptr) {
            std::cerr << "PACTE_DATA is not set: skipped\n";
            return;
        }
        const SourceFile file =
            read_delimited(std::filesystem::path(data) / "insee" / "cc_filosofi_2021_COM.csv");
        CPPUNIT_ASSERT_EQUAL(std::size_t{34910}, file.sheets.front().rows());
        const NeedLayout layout = find_need_layout(file, cog(), known());
        CPPUNIT_ASSERT(layout.level == GeoLevel::commune);
        CPPUNIT_ASSERT_EQUAL(std::size_t{27}, layout.columns.size());
        const NeedImport import = import_needs(file, layout, haute_loire(), cog());
        CPPUNIT_ASSERT_EQUAL(std::size_t{34909}, import.rows_read);
        CPPUNIT_ASSERT_EQUAL(std::size_t{257}, import.rows_matched);

        const std::map<std::string, double> people = {
            {"200073393", 14967}, {"200073401", 10740}, {"200073419", 78864}, {"200073427", 31664},
            {"200085728", 16235}, {"244300307", 7920},  {"244301016", 18112}, {"244301099", 9268},
            {"244301107", 7910},  {"244301123", 4238},  {"244301131", 20181}};
        const NeedResult& persons = result(import, "NBPERSMENFISC");
        for (const auto& [siren, expected] : people)
            CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(siren, expected, number(persons, siren), 1e-6);
        CPPUNIT_ASSERT(
            persons.figures.at("200073393").note.find("20 communes inconnues sur 60 (20 sous secret") !=
            std::string::npos);
        CPPUNIT_ASSERT(!persons.figures.at("200073427").partial);

        const NeedResult& poverty = result(import, "TP60");
        CPPUNIT_ASSERT_DOUBLES_EQUAL(8.054743, number(poverty, "200073427"), 1e-6);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(10.477425, number(poverty, "244301016"), 1e-6);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(14.873382, number(poverty, "244301107"), 1e-6);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(7.853996, number(poverty, "244301131"), 1e-6);
        for (const char* siren :
             {"200073393", "200073401", "200073419", "200085728", "244300307", "244301099", "244301123"})
            CPPUNIT_ASSERT_EQUAL(std::string("s"), mark(poverty, siren));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(46.829179, number(result(import, "PIMP"), "200073419"), 1e-6);
        CPPUNIT_ASSERT(!result(import, "MEDIANE").refused.empty());
        CPPUNIT_ASSERT(!result(import, "RD").refused.empty());
        CPPUNIT_ASSERT(!result(import, "PPMINI").refused.empty());
    }

    /// The figures of the example workbook come from the same file.
    void filosofi_by_epci_is_taken_as_it_is()
    {
        const char* data = std::getenv("PACTE_DATA");
        if (data == nullptr)
            return;
        const SourceFile file =
            read_delimited(std::filesystem::path(data) / "insee" / "filosofi_epci_2016.csv");
        const NeedLayout layout = find_need_layout(file, cog(), known());
        CPPUNIT_ASSERT(layout.level == GeoLevel::epci);
        const NeedImport import = import_needs(file, layout, haute_loire(), cog());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1244}, import.rows_read);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, import.rows_matched);
        CPPUNIT_ASSERT(import.missing.empty());
        CPPUNIT_ASSERT_EQUAL(17.8, number(result(import, "TP60"), "200073393"));
        CPPUNIT_ASSERT_EQUAL(10750.0, number(result(import, "NBPERSMENFISC"), "200073401"));
        CPPUNIT_ASSERT_EQUAL(std::string("2016"), result(import, "TP60").column.vintage);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NeedsImportTest);

} // namespace
