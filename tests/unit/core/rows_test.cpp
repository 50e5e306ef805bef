#include "core/rows.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <limits>

using namespace pacte;
using namespace std::chrono_literals;

namespace {

Cell text(const char* written) { return std::string(written); }

/// A schema of plain text fields: readers look at names, not at types.
TableSchema schema_of(std::initializer_list<const char*> fields)
{
    TableSchema schema;
    schema.name = "t";
    for (const auto* const name : fields) {
        Field field;
        field.name = name;
        field.title = name;
        schema.fields.push_back(field);
    }
    schema.missing_values = {"", "nd", "N/A - résultat non disponible"};
    schema.secret_values = {"s"};
    return schema;
}

struct Fixture {
    TableSchema schema;
    Table table;

    Fixture(std::initializer_list<const char*> fields, std::vector<std::vector<Cell>> rows)
        : schema(schema_of(fields))
    {
        for (const auto* const name : fields)
            table.headers.emplace_back(name);
        table.rows = std::move(rows);
    }
};

} // namespace

class RowsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RowsTest);
    CPPUNIT_TEST(a_date_is_a_serial_number_or_a_written_date);
    CPPUNIT_TEST(what_is_no_date_gives_nothing);
    CPPUNIT_TEST(a_serial_number_and_its_date_go_both_ways);
    CPPUNIT_TEST(known_unknown_and_secret_are_three_things);
    CPPUNIT_TEST(a_code_is_text_and_gets_its_zeros_back);
    CPPUNIT_TEST(yes_and_no_are_read_as_people_write_them);
    CPPUNIT_TEST(an_axe_is_read_with_or_without_its_name);
    CPPUNIT_TEST(epcis_without_a_code_are_left_out);
    CPPUNIT_TEST(an_epci_is_retained_unless_it_is_said_not_to_be);
    CPPUNIT_TEST(communes_keep_their_point_only_when_it_is_whole);
    CPPUNIT_TEST(thematiques_take_the_default_thresholds);
    CPPUNIT_TEST(variables_are_read);
    CPPUNIT_TEST(needs_are_read_by_epci_and_variable);
    CPPUNIT_TEST(needs_meet_a_variable_written_otherwise);
    CPPUNIT_TEST(dispositifs_know_their_row);
    CPPUNIT_TEST(places_are_read);
    CPPUNIT_TEST(budget_lines_need_an_action_and_a_year);
    CPPUNIT_TEST(indicateurs_read_their_yearly_columns);
    CPPUNIT_TEST(parameters_are_found_whatever_their_accents);
    CPPUNIT_TEST_SUITE_END();

    /// LibreOffice shows 2024-06-30 for 45473, and 1900-01-01 for 2.
    void a_date_is_a_serial_number_or_a_written_date()
    {
        const Date june{2024y / 6 / 30};
        CPPUNIT_ASSERT(read_date(Cell{45473.0}) == june);
        CPPUNIT_ASSERT(read_date(Cell{45473.75}) == june); // with a time of day
        CPPUNIT_ASSERT(read_date(text("2024-06-30")) == june);
        CPPUNIT_ASSERT(read_date(text(" 30/06/2024 ")) == june);
        CPPUNIT_ASSERT(read_date(text("1/7/2024")) == Date{2024y / 7 / 1});
        CPPUNIT_ASSERT(read_date(text("29/02/2024")) == Date{2024y / 2 / 29});
        CPPUNIT_ASSERT(read_date(Cell{2.0}) == Date{1900y / 1 / 1});
    }

    void what_is_no_date_gives_nothing()
    {
        for (const char* written : {"", "2024", "30/06", "30/06/24", "31/06/2024", "29/02/2023", "30-06/2024",
                                    "2024-13-01", "2024-06-30x", "juin 2024", "/06/2024", "00/01/2024"})
            CPPUNIT_ASSERT_MESSAGE(written, !read_date(text(written)));
        CPPUNIT_ASSERT(!read_date(Cell{}));
        CPPUNIT_ASSERT(!read_date(Cell{CellError{}}));
        CPPUNIT_ASSERT(!read_date(Cell{-5.0}));
        CPPUNIT_ASSERT(!read_date(Cell{1e12}));
        CPPUNIT_ASSERT(!read_date(Cell{std::numeric_limits<double>::quiet_NaN()}));
    }

    void a_serial_number_and_its_date_go_both_ways()
    {
        CPPUNIT_ASSERT_EQUAL(45473.0, serial_of(Date{2024y / 6 / 30}));
        CPPUNIT_ASSERT_EQUAL(2.0, serial_of(Date{1900y / 1 / 1}));
    }

    void known_unknown_and_secret_are_three_things()
    {
        const auto schema = schema_of({});
        CPPUNIT_ASSERT(read_quantity(Cell{0.0}, schema) == Quantity::known(0.0));
        CPPUNIT_ASSERT(read_quantity(text("1 234,5"), schema) == Quantity::known(1234.5));
        CPPUNIT_ASSERT(read_quantity(text(" S "), schema) == Quantity::secret());
        for (const char* written : {"", " ", "nd", "ND", "N/A - Résultat non disponible", "env. 30", "-"})
            CPPUNIT_ASSERT_MESSAGE(written, read_quantity(text(written), schema) == Quantity::unknown());
        CPPUNIT_ASSERT(read_quantity(Cell{}, schema) == Quantity::unknown());
        CPPUNIT_ASSERT(read_quantity(Cell{CellError{}}, schema) == Quantity::unknown());
        CPPUNIT_ASSERT(read_quantity(Cell{std::numeric_limits<double>::infinity()}, schema) ==
                       Quantity::unknown());
        auto with_99 = schema;
        with_99.missing_values.push_back("-99");
        CPPUNIT_ASSERT(read_quantity(text("-99"), with_99) == Quantity::unknown());
    }

    void a_code_is_text_and_gets_its_zeros_back()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("2A004"), read_code(text(" 2A004\u00A0"), 5));
        CPPUNIT_ASSERT_EQUAL(std::string("01004"), read_code(Cell{1004.0}, 5));
        CPPUNIT_ASSERT_EQUAL(std::string("200073419"), read_code(Cell{200073419.0}, 9));
        CPPUNIT_ASSERT_EQUAL(std::string("2.4"), read_code(Cell{2.4}));
        CPPUNIT_ASSERT_EQUAL(std::string("7"), read_code(Cell{7.0}));
        CPPUNIT_ASSERT_EQUAL(std::string(), read_code(Cell{}, 5));
        CPPUNIT_ASSERT_EQUAL(std::string(), read_code(Cell{CellError{}}, 5));
    }

    void yes_and_no_are_read_as_people_write_them()
    {
        for (const char* yes : {"oui", "Oui ", "O", "x", "VRAI", "true"})
            CPPUNIT_ASSERT_MESSAGE(yes, read_boolean(text(yes)) == true);
        for (const char* no : {"non", "N", "faux"})
            CPPUNIT_ASSERT_MESSAGE(no, read_boolean(text(no)) == false);
        CPPUNIT_ASSERT(read_boolean(Cell{1.0}) == true);
        CPPUNIT_ASSERT(read_boolean(Cell{0.0}) == false);
        CPPUNIT_ASSERT(!read_boolean(Cell{2.0}) && !read_boolean(text("peut-être")) && !read_boolean(Cell{}));
    }

    void an_axe_is_read_with_or_without_its_name()
    {
        CPPUNIT_ASSERT_EQUAL(2, read_axe(Cell{2.0}));
        CPPUNIT_ASSERT_EQUAL(2, read_axe(text("2")));
        CPPUNIT_ASSERT_EQUAL(2, read_axe(text("2 – emploi")));
        CPPUNIT_ASSERT_EQUAL(4, read_axe(text("Axe 4")));
        for (const char* none : {"", "5", "0", "12", "emploi"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(none, 0, read_axe(text(none)));
        CPPUNIT_ASSERT_EQUAL(0, read_axe(Cell{24.0}));
    }

    void epcis_without_a_code_are_left_out()
    {
        const Fixture t({"code_epci", "nom", "population", "retenu"},
                        {{Cell{200073419.0}, text("CA du Puy"), Cell{83000.0}, text("oui")},
                         {Cell{}, Cell{}, Cell{}, Cell{}},
                         {text(""), text("sans code"), Cell{1.0}, Cell{}}});
        const auto epcis = read_epcis(t.table, t.schema);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, epcis.size());
        CPPUNIT_ASSERT_EQUAL(std::string("200073419"), epcis[0].code);
        CPPUNIT_ASSERT_EQUAL(83000.0, epcis[0].population);
    }

    void an_epci_is_retained_unless_it_is_said_not_to_be()
    {
        const Fixture t({"code_epci", "retenu"},
                        {{text("1"), Cell{}}, {text("2"), text("Non")}, {text("3"), text("oui")}});
        const auto epcis = read_epcis(t.table, t.schema);
        CPPUNIT_ASSERT(epcis[0].retained && !epcis[1].retained && epcis[2].retained);
    }

    void communes_keep_their_point_only_when_it_is_whole()
    {
        const Fixture t(
            {"code_insee", "nom", "code_epci", "population", "latitude", "longitude"},
            {{text("43157"), text("Le Puy"), text("200073419"), Cell{19000.0}, Cell{45.04}, text("3,88")},
             {Cell{1004.0}, text("Ambérieu"), Cell{}, Cell{}, Cell{45.9}, Cell{}}});
        const auto communes = read_communes(t.table, t.schema);
        CPPUNIT_ASSERT((communes[0].point == LatLon{45.04, 3.88}));
        CPPUNIT_ASSERT_EQUAL(std::string("01004"), communes[1].code);
        CPPUNIT_ASSERT(!communes[1].point);
    }

    void thematiques_take_the_default_thresholds()
    {
        const Fixture t(
            {"code", "axe", "intitule_court", "retenue", "besoin", "seuil_partiel", "seuil_couvert"},
            {{text("2.4a"), text("2 emploi"), text("mobilité"), text("oui"), text("SANS_VOITURE"), Cell{},
              Cell{0.9}},
             {Cell{1.2}, Cell{1.0}, Cell{}, Cell{}, Cell{}, Cell{0.3}, Cell{}}});
        const auto thematiques = read_thematiques(t.table, t.schema);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, thematiques.size());
        CPPUNIT_ASSERT_EQUAL(2, thematiques[0].axe);
        CPPUNIT_ASSERT(thematiques[0].retained && !thematiques[1].retained);
        CPPUNIT_ASSERT_EQUAL(0.4, thematiques[0].partial_threshold);
        CPPUNIT_ASSERT_EQUAL(0.9, thematiques[0].covered_threshold);
        CPPUNIT_ASSERT_EQUAL(std::string("1.2"), thematiques[1].code);
        CPPUNIT_ASSERT_EQUAL(0.3, thematiques[1].partial_threshold);
        CPPUNIT_ASSERT_EQUAL(0.8, thematiques[1].covered_threshold);
    }

    void variables_are_read()
    {
        const Fixture t(
            {"code", "libelle", "nature", "base", "sens", "millesime"},
            {{text("TP"), text("Taux de pauvreté"), text("Taux"), text("MEN"), text("hausse défavorable"),
              Cell{2016.0}},
             {text("MED"), text("Médiane"), text("montant"), Cell{}, text("Hausse favorable"), Cell{}},
             {text("X"), Cell{}, text("indéterminée"), Cell{}, Cell{}, Cell{}}});
        const auto variables = read_variables(t.table, t.schema);
        CPPUNIT_ASSERT(variables[0].nature == VariableNature::taux);
        CPPUNIT_ASSERT_EQUAL(std::string("MEN"), variables[0].base);
        CPPUNIT_ASSERT_EQUAL(std::string("2016"), variables[0].vintage);
        CPPUNIT_ASSERT(variables[0].increase_is_bad && !variables[1].increase_is_bad);
        CPPUNIT_ASSERT(variables[1].nature == VariableNature::montant);
        CPPUNIT_ASSERT(variables[2].nature == VariableNature::effectif);
    }

    void needs_are_read_by_epci_and_variable()
    {
        Fixture t({"code_epci", "nom"}, {{Cell{200073419.0}, text("CA"), Cell{12.0}, text("s")},
                                         {text("244301016"), text("CC"), Cell{}, Cell{0.0}},
                                         {Cell{}, text("sans code"), Cell{99.0}, Cell{99.0}}});
        t.table.headers = {"code_epci", "nom", " TP ", "MEN"};
        const auto needs = read_needs(t.table, t.schema);
        CPPUNIT_ASSERT((needs.epcis == std::vector<std::string>{"200073419", "244301016"}));
        CPPUNIT_ASSERT((needs.variables == std::vector<std::string>{"TP", "MEN"}));
        CPPUNIT_ASSERT(needs.at("200073419", "TP") == Quantity::known(12.0));
        CPPUNIT_ASSERT(needs.at("200073419", "MEN") == Quantity::secret());
        CPPUNIT_ASSERT(needs.at("244301016", "TP") == Quantity::unknown());
        CPPUNIT_ASSERT(needs.at("244301016", "MEN") == Quantity::known(0.0));
        CPPUNIT_ASSERT(needs.at("999999999", "TP") == Quantity::unknown());
        CPPUNIT_ASSERT(needs.at("200073419", "XX") == Quantity::unknown());
    }

    void needs_meet_a_variable_written_otherwise()
    {
        Fixture t({"code_epci"}, {{text("200073419"), Cell{12.0}}});
        t.table.headers = {"code_epci", "taux pauvreté"};
        CPPUNIT_ASSERT(read_needs(t.table, t.schema).at("200073419", "TAUX_PAUVRETE") ==
                       Quantity::known(12.0));
    }

    void dispositifs_know_their_row()
    {
        const Fixture t(
            {"id", "axe", "thematique", "territoire_couvert", "capacite", "date_de_debut", "date_de_fin"},
            {{Cell{}, Cell{}, Cell{}, Cell{}, Cell{}, Cell{}, Cell{}},
             {text("D-001"), Cell{2.0}, text("2.4a"), Cell{43157.0}, text("nd"), Cell{45473.0},
              text("31/12/2025")}});
        const auto dispositifs = read_dispositifs(t.table, t.schema);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, dispositifs.size());
        CPPUNIT_ASSERT_EQUAL(1, dispositifs[0].row);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), dispositifs[0].zone);
        CPPUNIT_ASSERT(dispositifs[0].capacity == Quantity::unknown());
        CPPUNIT_ASSERT(dispositifs[0].start == Date{2024y / 6 / 30});
        CPPUNIT_ASSERT(dispositifs[0].end == Date{2025y / 12 / 31});
    }

    void places_are_read()
    {
        const Fixture t({"id", "nom", "code_insee", "itinerant", "capacite"},
                        {{text("P-001"), text("Bus"), Cell{43157.0}, text("oui"), Cell{20.0}}});
        const auto places = read_places(t.table, t.schema);
        CPPUNIT_ASSERT(places[0].itinerant && !places[0].point);
        CPPUNIT_ASSERT_EQUAL(std::string("43157"), places[0].commune);
        CPPUNIT_ASSERT(places[0].capacity == Quantity::known(20.0));
    }

    void budget_lines_need_an_action_and_a_year()
    {
        const Fixture t({"action", "annee", "part_etat", "part_departement", "autres"},
                        {{text("A-01"), Cell{2024.0}, Cell{1000.0}, Cell{0.0}, Cell{}},
                         {text("A-01"), Cell{}, Cell{1.0}, Cell{}, Cell{}},
                         {Cell{}, Cell{2025.0}, Cell{1.0}, Cell{}, Cell{}}});
        const auto lines = read_budget(t.table, t.schema);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lines.size());
        CPPUNIT_ASSERT_EQUAL(2024, lines[0].year);
        CPPUNIT_ASSERT(lines[0].departement == Quantity::known(0.0) &&
                       lines[0].others == Quantity::unknown());
    }

    void indicateurs_read_their_yearly_columns()
    {
        Fixture t({"id", "sens", "annee_t0", "t0", "annee_cible", "cible", "trajectoire"},
                  {{text("I-01"), text("à réduire"), Cell{2023.0}, Cell{0.0}, text("2027"), Cell{50.0},
                    text("Géométrique"), Cell{10.0}, Cell{}}});
        for (const char* name : {"cible_{annee}", "realise_{annee}"}) {
            Field yearly;
            yearly.name = yearly.title = name;
            yearly.per_year = "periode";
            t.schema.fields.push_back(yearly);
        }
        t.table.headers.insert(t.table.headers.end(), {"cible 2024", "realise 2024"});
        const auto indicateurs = read_indicateurs(t.table, t.schema);
        CPPUNIT_ASSERT(!indicateurs[0].to_increase);
        CPPUNIT_ASSERT_EQUAL(2023, indicateurs[0].t0_year);
        CPPUNIT_ASSERT_EQUAL(2027, indicateurs[0].target_year);
        CPPUNIT_ASSERT(indicateurs[0].t0 == Quantity::known(0.0));
        CPPUNIT_ASSERT(indicateurs[0].trajectory == Trajectory::geometrique);
        CPPUNIT_ASSERT(indicateurs[0].targets.at(2024) == Quantity::known(10.0));
        CPPUNIT_ASSERT(indicateurs[0].reached.at(2024) == Quantity::unknown());
    }

    void parameters_are_found_whatever_their_accents()
    {
        const Fixture t({"cle", "valeur"}, {{text("Seuil  partiel"), text("0,5")},
                                            {text("année T0"), Cell{2023.0}},
                                            {text("palette"), Cell{}}});
        const Parameters parameters(t.table, t.schema);
        CPPUNIT_ASSERT_EQUAL(0.5, parameters.number("seuil partiel", 0.4));
        CPPUNIT_ASSERT_EQUAL(std::string("2023"), parameters.text("annee t0"));
        CPPUNIT_ASSERT_EQUAL(std::string("automatique"), parameters.text("palette", "automatique"));
        CPPUNIT_ASSERT_EQUAL(15.0, parameters.number("rayon d'accès (km)", 15.0));
        CPPUNIT_ASSERT_EQUAL(0.8, Parameters().number("seuil couvert", 0.8));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RowsTest);
