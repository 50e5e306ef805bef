#include "core/quality.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include "diagnosis_files.hpp"
#include "example_tables.hpp"

using namespace pacte;
using namespace std::chrono_literals;

namespace {

constexpr double precision = 1e-9;

/// Two EPCI; the first has two communes.
Territory territory()
{
    return Territory({{"200073419", "CA du Puy-en-Velay", 80000.0}, {"244301016", "CC des Sucs", 20000.0}},
                     {{"43157", "Le Puy-en-Velay", "200073419", 20000.0, {}},
                      {"43012", "Aiguilhe", "200073419", 2000.0, {}}},
                     "43", "Haute-Loire");
}

const Date reference{2026y / 1 / 1};

/// A dispositif that lacks nothing, with the fields that are told changed.
Table dispositifs(const std::vector<std::map<std::string, Cell>>& changes)
{
    const auto& schema = test::shipped_schemas().table("dispositifs");
    Table table;
    table.name = "dispositifs";
    for (const auto& field : schema.fields)
        table.headers.push_back(field.title);
    int number = 0;
    for (const auto& change : changes) {
        auto& row = table.rows.emplace_back();
        for (const auto& field : schema.fields) {
            Cell cell = std::string("x");
            if (field.type == "number")
                cell = 10.0;
            else if (field.type == "date")
                cell = serial_of(Date{2025y / 6 / 1});
            else if (field.name == "id")
                cell = "D-" + std::to_string(++number);
            else if (field.name == "axe")
                cell = 1.0;
            else if (field.name == "territoire_couvert")
                cell = std::string("200073419");
            else if (field.name == "repartition")
                cell = Blank{};
            if (const auto changed = change.find(field.name); changed != change.end())
                cell = changed->second;
            row.push_back(std::move(cell));
        }
    }
    return table;
}

TableQuality assessed(const Table& table)
{
    const auto where = territory();
    const auto quality = quality_of({test::shipped_schemas().table("dispositifs"), table, where, reference});
    CPPUNIT_ASSERT(quality.has_value());
    return *quality;
}

double part(const RowQuality& row, QualityPart which)
{
    return row.parts[static_cast<std::size_t>(which)].value();
}

double part_with(const std::map<std::string, Cell>& change, QualityPart which)
{
    return part(assessed(dispositifs({change})).rows.front(), which);
}

Cell text(const char* written) { return std::string(written); }

} // namespace

class QualityTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(QualityTest);
    CPPUNIT_TEST(a_full_fresh_located_row_has_100);
    CPPUNIT_TEST(freshness_falls_from_one_to_three_years);
    CPPUNIT_TEST(precision_tells_where_the_capacity_is);
    CPPUNIT_TEST(capacity_is_known_or_guessed_from_the_caseload);
    CPPUNIT_TEST(unknown_is_not_filled);
    CPPUNIT_TEST(gains_add_up_to_what_is_lacking);
    CPPUNIT_TEST(a_table_adds_the_gains_of_its_rows);
    CPPUNIT_TEST(needs_are_complete_by_variable_and_secret_is_known);
    CPPUNIT_TEST(a_table_that_awaits_nothing_has_no_score);
    CPPUNIT_TEST(a_figure_is_as_reliable_as_its_weakest_link);
    CPPUNIT_TEST(the_example_is_scored);
    CPPUNIT_TEST_SUITE_END();

public:
    void a_full_fresh_located_row_has_100()
    {
        const auto quality = assessed(dispositifs({{}}));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, quality.score, precision);
        CPPUNIT_ASSERT_EQUAL(std::string("D-1"), quality.rows.front().key);
        CPPUNIT_ASSERT(quality.gains.empty());
        CPPUNIT_ASSERT_EQUAL(std::string(), gains_in_words(quality.gains, 3));
    }

    void freshness_falls_from_one_to_three_years()
    {
        const auto freshness = [](Date updated) {
            return part_with({{"mis_a_jour_le", serial_of(updated)}}, QualityPart::freshness);
        };
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, freshness(2025y / 1 / 2), precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, freshness(2024y / 1 / 1), 0.002);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, freshness(2022y / 12 / 1), precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, freshness(2026y / 2 / 1), precision); // in the future
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, part_with({{"mis_a_jour_le", Blank{}}}, QualityPart::freshness),
                                     precision);
    }

    void precision_tells_where_the_capacity_is()
    {
        const auto of = [](const char* zone, const char* distribution = "") {
            return part_with({{"territoire_couvert", text(zone)}, {"repartition", text(distribution)}},
                             QualityPart::precision);
        };
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, of("CC des Sucs"), precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, of("43157;43012"), precision); // one EPCI
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.75, of("200073419;244301016"), precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, of("département"), precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, of("département", "200073419=60;244301016=40"), precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, of("200073419;Yssingeaux"), precision); // one name of two
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, of(""), precision);
    }

    void capacity_is_known_or_guessed_from_the_caseload()
    {
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, part_with({{"capacite", Blank{}}}, QualityPart::capacity),
                                     precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(
            0.0, part_with({{"capacite", text("n.c.")}, {"file_active", Blank{}}}, QualityPart::capacity),
            precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, part_with({{"capacite", 0.0}}, QualityPart::capacity), precision);
    }

    void unknown_is_not_filled()
    {
        const double whole = part_with({}, QualityPart::completeness);
        const double with_unknown = part_with({{"montant_annuel", text("nd")}}, QualityPart::completeness);
        const double with_words =
            part_with({{"montant_annuel", text("beaucoup")}}, QualityPart::completeness);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, whole, precision);
        CPPUNIT_ASSERT(with_unknown < whole);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(with_unknown, with_words, precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(
            with_unknown, part_with({{"montant_annuel", CellError{}}}, QualityPart::completeness), precision);
    }

    void gains_add_up_to_what_is_lacking()
    {
        const auto row = assessed(dispositifs({{{"capacite", Blank{}},
                                                {"file_active", Blank{}},
                                                {"articulation", Blank{}},
                                                {"territoire_couvert", text("département;Atlantide")},
                                                {"mis_a_jour_le", serial_of(Date{2024y / 1 / 1})}}}))
                             .rows.front();
        double gained = 0.0;
        for (const auto& gain : row.gains)
            gained += gain.points;
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, row.score + gained, 1e-6);
        CPPUNIT_ASSERT_EQUAL(std::string("indiquer la capacité"), row.gains.front().what);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(20.0, row.gains.front().points, precision);
        CPPUNIT_ASSERT_EQUAL(std::string("indiquer la capacité (+20)"), gains_in_words(row.gains, 1));
    }

    void a_table_adds_the_gains_of_its_rows()
    {
        const auto quality = assessed(dispositifs({{{"capacite", Blank{}}, {"file_active", Blank{}}},
                                                   {{"capacite", Blank{}}, {"file_active", Blank{}}},
                                                   {},
                                                   {}}));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(90.0, quality.score, precision);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(
            0.5, quality.parts[static_cast<std::size_t>(QualityPart::capacity)].value(), precision);
        CPPUNIT_ASSERT_EQUAL(std::string("indiquer la capacité (2 lignes, +10)"),
                             gains_in_words(quality.gains, 3));
    }

    void needs_are_complete_by_variable_and_secret_is_known()
    {
        Table table;
        table.headers = {"code EPCI", "nom", "PAUVRES", "JEUNES"};
        table.rows = {{text("200073419"), text("x"), 12.0, text("s")},
                      {text("244301016"), text("y"), 8.0, text("nd")}};
        const auto where = territory();
        const auto quality = quality_of({test::shipped_schemas().table("besoins"), table, where, reference});
        CPPUNIT_ASSERT(quality.has_value());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, quality->rows[0].score, precision);
        CPPUNIT_ASSERT_EQUAL(std::string("renseigner « JEUNES »"), quality->rows[1].gains.front().what);
    }

    void a_table_that_awaits_nothing_has_no_score()
    {
        Table table;
        table.headers = {"clé", "valeur"};
        table.rows = {{text("territoire"), text("Haute-Loire")}};
        const auto where = territory();
        CPPUNIT_ASSERT(!quality_of({test::shipped_schemas().table("parametres"), table, where, reference}));
        CPPUNIT_ASSERT(
            !quality_of({test::shipped_schemas().table("dispositifs"), dispositifs({}), where, reference}));
    }

    void a_figure_is_as_reliable_as_its_weakest_link()
    {
        const auto where = territory();
        Thematique theme;
        theme.code = "1.1";
        theme.retained = true;
        theme.need = "PAUVRES";
        Variable recent;
        recent.code = "PAUVRES";
        recent.vintage = "2023"; // three years: 1
        Needs needs;
        needs.figures[{"200073419", "PAUVRES"}] = Quantity::known(100.0);
        const Table table =
            dispositifs({{{"capacite", Blank{}}, {"file_active", Blank{}}, {"thematique", text("1.1")}}});
        const auto rows = read_dispositifs(table, test::shipped_schemas().table("dispositifs"));
        const auto of = [&](const Variable& variable) {
            const std::vector<Thematique> themes{theme};
            const std::vector<Variable> variables{variable};
            std::vector<Dispositif> active = rows;
            active.front().start = active.front().end = {};
            const CoverageInput input{where, themes, variables, needs, active, reference};
            const auto coverage = compute_coverage(input);
            auto cells = reliabilities(input, coverage, assessed(table));
            auto totals = total_reliabilities(coverage, cells);
            return std::pair(std::move(cells), std::move(totals));
        };
        const auto [cells, totals] = of(recent);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.8, cells[0][0].share.value(), precision); // the dispositif's score
        CPPUNIT_ASSERT_EQUAL(std::string("D-1 : indiquer la capacité"), cells[0][0].advice);
        CPPUNIT_ASSERT(!cells[0][1].share.is_known()); // no need, no figure
        CPPUNIT_ASSERT_EQUAL(std::string("renseigner le besoin (PAUVRES)"), cells[0][1].advice);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.8, totals[0].share.value(), precision);
        CPPUNIT_ASSERT_EQUAL(std::string("commencer par CA du Puy-en-Velay"), totals[0].advice);
        Variable old = recent;
        old.vintage = "RP 2018"; // eight years: 0
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.5, of(old).first[0][0].share.value(), precision);
        CPPUNIT_ASSERT_EQUAL(std::string("millésime plus récent de PAUVRES"), of(old).first[0][0].advice);
    }

    void the_example_is_scored()
    {
        const auto folder = std::filesystem::path(PACTE_TEMPLATES) / "exemple-haute-loire";
        const auto table = test::table_of_csv(folder / "dispositifs.csv", "dispositifs");
        const auto where = territory();
        const auto quality =
            quality_of({test::shipped_schemas().table("dispositifs"), table, where, reference});
        CPPUNIT_ASSERT(quality && quality->rows.size() == table.rows.size());
        for (const auto& row : quality->rows)
            CPPUNIT_ASSERT(row.score > 0.0 && row.score <= 100.0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(QualityTest);
