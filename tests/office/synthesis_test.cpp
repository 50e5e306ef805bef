#include "installed.hpp"
#include "laid_tables.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iomanip>
#include <map>
#include <sstream>

#include <com/sun/star/awt/FontSlant.hpp>
#include <com/sun/star/awt/FontWeight.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/container/XNameAccess.hpp>
#include <com/sun/star/sheet/XCalculatable.hpp>
#include <com/sun/star/sheet/XDatabaseRange.hpp>
#include <com/sun/star/sheet/XSpreadsheet.hpp>
#include <com/sun/star/style/XStyleFamiliesSupplier.hpp>
#include <com/sun/star/table/BorderLine2.hpp>
#include <com/sun/star/table/XColumnRowRange.hpp>
#include <com/sun/star/text/XTextRange.hpp>
#include <cppunit/extensions/HelperMacros.h>

#include "core/text.hpp"

// The commands that read the coverage, the pistes, the budget and the indicators of
// the example of Haute-Loire, in the real office.

using namespace office_test;

namespace {

using Model = Reference<css::frame::XModel>;
using Strings = std::vector<std::vector<std::string>>;

constexpr sal_Int32 first_row = 4; ///< of a report, under its headers

const std::vector<std::string> report_sheets{"Besoins non couverts",  "Matrice de couverture",
                                             "Portraits des EPCI",    "Profils et facteurs",
                                             "Accessibilité",         "Accessibilité des communes",
                                             "Typologie des EPCI",    "Synthèse du budget",
                                             "Suivi des indicateurs", "Cibles par EPCI"};

Model example(Office& office)
{
    const auto start = office.new_spreadsheet();
    CPPUNIT_ASSERT(office.run(start, "exemple").done);
    Model model = office.active();
    close(start);
    return model;
}

std::size_t column_of(const Strings& rows, const std::string& header)
{
    const auto found = std::find(rows.front().begin(), rows.front().end(), header);
    CPPUNIT_ASSERT_MESSAGE(header, found != rows.front().end());
    return static_cast<std::size_t>(found - rows.front().begin());
}

Reference<css::table::XCell> at(const Model& model, const std::string& name, sal_Int32 column, sal_Int32 row)
{
    return sheet(model, name)->getCellByPosition(column, row);
}

std::string string_at(const Model& model, const std::string& name, sal_Int32 column, sal_Int32 row)
{
    return utf8(Reference<css::text::XTextRange>(at(model, name, column, row), UNO_QUERY_THROW)->getString());
}

template <typename Value>
Value property(const Reference<css::uno::XInterface>& object, const char* name)
{
    Value value{};
    Reference<css::beans::XPropertySet>(object, UNO_QUERY_THROW)
        ->getPropertyValue(OUString::createFromAscii(name)) >>= value;
    return value;
}

/// Of a print in grey, 0 (black) to 255.
double grey_of(sal_Int32 color)
{
    return 0.299 * ((color >> 16) & 0xFF) + 0.587 * ((color >> 8) & 0xFF) + 0.114 * (color & 0xFF);
}

/// The headers that a command asks for, beside those that the tables have.
void add_required_headers(const Model& model, const pacte::Schemas& schemas)
{
    const Reference<css::container::XNameAccess> ranges(
        property<Reference<css::uno::XInterface>>(model, "DatabaseRanges"), UNO_QUERY_THROW);
    for (const OUString& name : ranges->getElementNames()) {
        const Reference<css::sheet::XDatabaseRange> range(ranges->getByName(name), UNO_QUERY_THROW);
        auto area = range->getDataArea();
        const Strings rows = table(model, utf8(name));
        for (const pacte::Field& field : schemas.table(utf8(name)).fields)
            if (field.required &&
                std::find(rows.front().begin(), rows.front().end(), field.title) == rows.front().end())
                sheet(model, utf8(name))
                    ->getCellByPosition(++area.EndColumn, area.StartRow)
                    ->setFormula(ustring(field.title));
        range->setDataArea(area);
    }
}

/// The golden diagnosis of four EPCI, which a command computes at once.
Model small_diagnosis(Office& office)
{
    const auto schemas = pacte::Schemas::load(PACTE_TEMPLATES);
    const Model model = office.open("private:factory/scalc", true);
    lay_diagnosis(model, std::filesystem::path(PACTE_GOLDEN) / "couverture", schemas);
    add_required_headers(model, schemas);
    return model;
}

/// One more line of its settings; the cell of its value.
Reference<css::table::XCell> add_setting(const Model& model, const char* key)
{
    constexpr sal_Int32 row = 2;
    const auto settings = sheet(model, "parametres");
    Reference<css::table::XColumnRowRange>(settings, UNO_QUERY_THROW)->getRows()->insertByIndex(row, 1);
    settings->getCellByPosition(0, row)->setFormula(ustring(key));
    return settings->getCellByPosition(1, row);
}

/// The first line that differs between two readings of a workbook, with its sheet.
std::string difference(const std::string& before, const std::string& after)
{
    std::istringstream old_lines(before);
    std::istringstream new_lines(after);
    std::string old_line;
    std::string new_line;
    std::string where;
    while (std::getline(old_lines, old_line) && std::getline(new_lines, new_line)) {
        if (old_line != new_line)
            return where + ": « " + old_line + " » became « " + new_line + " »";
        if (old_line.starts_with("## "))
            where = old_line;
    }
    return before.size() == after.size() ? "" : "one is longer";
}

Outcome done(const Outcome& outcome)
{
    CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
    return outcome;
}

} // namespace

class SynthesisTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SynthesisTest);
    CPPUNIT_TEST(the_sheets_say_what_the_tables_say);
    CPPUNIT_TEST(the_synthesis_is_undone_at_once_and_made_again_in_place);
    CPPUNIT_TEST(the_pistes_are_scored_and_ranked);
    CPPUNIT_TEST(a_figure_says_why);
    CPPUNIT_TEST(the_matrix_is_read_in_grey_and_in_black_and_white);
    CPPUNIT_TEST(the_budget_is_set_against_the_envelope);
    CPPUNIT_TEST(itinerant_places_count_where_the_settings_say_so);
    CPPUNIT_TEST_SUITE_END();

    Office& office_ = office_with_pacte("fr");

public:
    void the_sheets_say_what_the_tables_say()
    {
        const Model model = example(office_);
        done(office_.run(model, "couverture"));
        done(office_.run(model, "synthese"));
        the_uncovered_needs_are_ranked_and_say_why(model);
        the_matrix_says_what_the_coverage_says(model);
        the_accessibility_is_that_of_the_functions(model);
        the_budget_adds_up(model);
        the_panorama_marks_the_least_favourable_quarter(model);
        the_targets_of_the_epci_add_up_to_those_of_the_indicators(model);
        close(model);
    }

private:
    void the_uncovered_needs_are_ranked_and_say_why(const Model& model)
    {
        const std::string name = report_sheets[0];
        double before = 1e300;
        sal_Int32 row = first_row;
        for (; at(model, name, 0, row)->getValue() > 0.0; ++row) {
            CPPUNIT_ASSERT_EQUAL(static_cast<double>(row - first_row + 1),
                                 at(model, name, 0, row)->getValue());
            if (string_at(model, name, 5, row) != "nd" && string_at(model, name, 5, row) != "s") {
                CPPUNIT_ASSERT(at(model, name, 5, row)->getValue() <= before + 1e-6);
                before = at(model, name, 5, row)->getValue();
            }
            CPPUNIT_ASSERT(string_at(model, name, 6, row).find("dispositif") != std::string::npos);
        }
        CPPUNIT_ASSERT(row > first_row + 50);
        store(model, PACTE_BINARY_DIR "/exemple-synthese.ods"); // left for the eye
    }

    void the_matrix_says_what_the_coverage_says(const Model& model)
    {
        const Strings coverage = table(model, "couverture");
        const std::size_t thematique = column_of(coverage, "thématique");
        const std::size_t status = column_of(coverage, "statut");
        const std::string name = "Matrice de couverture";
        const std::map<std::string, std::string> gauges{{"couvert", "●●●"},
                                                        {"partiellement couvert", "●●○"},
                                                        {"peu couvert", "●○○"},
                                                        {"non couvert", "○○○"}};
        std::size_t compared = 0;
        // All of the cells take a minute of calls: one thématique in five.
        for (sal_Int32 row = first_row; row < first_row + 19; row += 5)
            for (sal_Int32 column = 1; column <= 11; ++column) {
                const std::string title = string_at(model, name, 0, row);
                const std::string epci = string_at(model, name, column, first_row - 1);
                const std::string shown = string_at(model, name, column, row);
                const auto line = std::find_if(coverage.begin(), coverage.end(), [&](const auto& cells) {
                    return cells[1] == epci && cells[thematique] == title.substr(0, title.find(' '));
                });
                CPPUNIT_ASSERT_MESSAGE(title + ", " + epci, line != coverage.end());
                CPPUNIT_ASSERT_EQUAL((*line)[status], shown.substr(0, shown.find('\n')));
                const auto gauge = gauges.find((*line)[status]);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(shown, gauge != gauges.end(), shown.find('\n') != shown.npos);
                if (gauge != gauges.end())
                    CPPUNIT_ASSERT_MESSAGE(shown,
                                           shown.substr(shown.find('\n') + 1).starts_with(gauge->second));
                ++compared;
            }
        CPPUNIT_ASSERT(compared >= 33);
        const std::string said = string_at(model, name, 0, 1);
        for (const auto& [words, gauge] : gauges)
            CPPUNIT_ASSERT_MESSAGE(said, said.find(gauge + " " + words) != std::string::npos);
    }

    void the_accessibility_is_that_of_the_functions(const Model& model)
    {
        const auto cell = at(model, "Accueil", 200, 200);
        sal_Int32 compared = 0;
        for (sal_Int32 row = first_row; !string_at(model, "Accessibilité", 2, row).empty(); row += 5) {
            const std::string name = string_at(model, "Accessibilité", 2, row);
            const std::string keys = "(offre;communes;\"" +
                                     (name == "Ensemble du territoire" ? "ensemble" : name) + "\";\"" +
                                     string_at(model, "Accessibilité", 0, row) + "\"";
            const std::pair<const char*, sal_Int32> figures[] = {
                {"ACCESSIBILITY", 4}, {"DISTANCE", 7}, {"APL", 10}};
            for (const auto& [function, column] : figures) {
                cell->setFormula(ustring("=PACTE." + std::string(function) + keys + ")"));
                const double wanted =
                    cell->getError() ? -1.0 : cell->getValue() * (column == 10 ? 1000.0 : 1.0);
                const double got = string_at(model, "Accessibilité", column, row) == "nd"
                                       ? -1.0
                                       : at(model, "Accessibilité", column, row)->getValue();
                CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(function + keys, wanted, got, 1e-9);
                ++compared;
            }
        }
        CPPUNIT_ASSERT(compared > 20);
    }

    void the_budget_adds_up(const Model& model)
    {
        const Strings budget = table(model, "budget");
        double state = 0.0;
        for (std::size_t i = 1; i < budget.size(); ++i) {
            double part = 0.0;
            const std::string shown = budget[i][column_of(budget, "part État")]; // `12 000 €`
            if (pacte::parse_number(shown.substr(0, shown.find("€")), part))
                state += part;
        }
        CPPUNIT_ASSERT(state > 1000.0);
        const std::string name = "Synthèse du budget";
        double by_axe = 0.0;
        double by_year = 0.0;
        double in_all = 0.0;
        for (sal_Int32 row = first_row; !string_at(model, name, 0, row).empty(); ++row) {
            const std::string kind = string_at(model, name, 0, row);
            const double figure = at(model, name, 2, row)->getValue();
            by_axe += kind == "axe" ? figure : 0.0;
            by_year += kind == "année" ? figure : 0.0;
            in_all += kind == "ensemble" ? figure : 0.0;
        }
        CPPUNIT_ASSERT_DOUBLES_EQUAL(state, in_all, 0.5 * static_cast<double>(budget.size()));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(in_all, by_axe, 1e-6);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(in_all, by_year, 1e-6);
    }

    /// TP60 of the eleven EPCI; their third quartile (type 7) lies between 14.3 and 13.3.
    void the_panorama_marks_the_least_favourable_quarter(const Model& model)
    {
        const std::string name = "Profils et facteurs";
        sal_Int32 row = first_row;
        while (string_at(model, name, 1, row).find("Taux de pauvreté au seuil de 60 %") != 0)
            CPPUNIT_ASSERT(++row < 60);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(13.1, at(model, name, 2, row)->getValue(), 1e-9);
        CPPUNIT_ASSERT_EQUAL(std::string("13,1"), string_at(model, name, 2, row)); // in a French office
        CPPUNIT_ASSERT_EQUAL(std::string("19\u00A0458"), string_at(model, name, 2, first_row));
        std::size_t marked = 0;
        for (sal_Int32 column = 3; column < 14; ++column) {
            const auto cell = at(model, name, column, row);
            OUString style;
            Reference<css::beans::XPropertySet>(cell, UNO_QUERY_THROW)->getPropertyValue("CellStyle") >>=
                style;
            const bool is_marked = utf8(style) == "Statut non couvert";
            CPPUNIT_ASSERT_EQUAL(cell->getValue() > 13.8, is_marked);
            marked += is_marked ? 1 : 0;
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, marked);
        while (!string_at(model, name, 0, row).starts_with("Sources des mesures : "))
            CPPUNIT_ASSERT(++row < 90);
        const std::string sources = string_at(model, name, 0, row);
        CPPUNIT_ASSERT_MESSAGE(sources, sources.find("Filosofi") != std::string::npos &&
                                            sources.find("2016") != std::string::npos &&
                                            sources.find("sans valeur statistique") != std::string::npos);
    }

    void the_targets_of_the_epci_add_up_to_those_of_the_indicators(const Model& model)
    {
        const std::string name = "Cibles par EPCI";
        sal_Int32 row = first_row;
        for (; !string_at(model, name, 0, row).empty(); ++row) {
            double sum = 0.0;
            for (sal_Int32 column = 6; column < 17; ++column)
                sum += at(model, name, column, row)->getValue();
            CPPUNIT_ASSERT_DOUBLES_EQUAL(at(model, name, 4, row)->getValue(), sum, 1e-9);
        }
        CPPUNIT_ASSERT(row > first_row + 10);
        // The first action works in five EPCI: Le Puy is not one of them.
        CPPUNIT_ASSERT_EQUAL(std::string("–"), string_at(model, name, 8, first_row));
        CPPUNIT_ASSERT_EQUAL(std::string("Enfants suivis par l'équipe mobile (enfants)"),
                             string_at(model, name, 2, first_row));
    }

public:
    void the_synthesis_is_undone_at_once_and_made_again_in_place()
    {
        const Model model = example(office_);
        const std::string before = all_text(model);
        done(office_.run(model, "synthese"));
        for (const std::string& name : report_sheets) {
            const auto names = sheet_names(model);
            CPPUNIT_ASSERT_MESSAGE(name, std::find(names.begin(), names.end(), name) != names.end());
        }
        const std::string made = all_text(model);
        undo(model);
        CPPUNIT_ASSERT_EQUAL(std::string(), difference(before, all_text(model)));
        redo(model);
        CPPUNIT_ASSERT_EQUAL(std::string(), difference(made, all_text(model)));
        at(model, report_sheets[0], 30, 10)->setFormula("une note");
        done(office_.run(model, "synthese"));
        CPPUNIT_ASSERT_EQUAL(std::string("une note"), string_at(model, report_sheets[0], 30, 10));
        at(model, report_sheets[0], 30, 10)->setFormula("");
        CPPUNIT_ASSERT_EQUAL(std::string(), difference(made, all_text(model)));
        close(model);
    }

    void the_pistes_are_scored_and_ranked()
    {
        const Model model = example(office_);
        const std::string before = all_text(model);
        const Strings old = table(model, "pistes");
        const auto capacity = static_cast<sal_Int32>(column_of(old, "capacité prévue"));
        at(model, "Pistes", capacity, first_row)->setValue(160.0);
        const Outcome outcome = done(office_.run(model, "pistes"));
        const Strings pistes = table(model, "pistes");
        const std::size_t need = column_of(pistes, "besoin non couvert");
        double sum = 0.0;
        for (const char* criterion :
             {"besoin non couvert", "articulation", "effet levier", "objectif réalisable"})
            sum += std::stod(pistes[1][column_of(pistes, criterion)]);
        double score = 0.0;
        CPPUNIT_ASSERT(pacte::parse_number(pistes[1][column_of(pistes, "score")], score));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0 * sum / 16.0, score, 0.01);
        CPPUNIT_ASSERT_EQUAL(old[1][need], pistes[1][need]); // what a person wrote stays
        CPPUNIT_ASSERT(
            pistes[1][column_of(pistes, "effet sur la couverture")].find("Si cette piste se fait") == 0);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), pistes[1][column_of(pistes, "rang")]);
        const Strings offers = table(model, "consultation");
        double mark = 0.0;
        CPPUNIT_ASSERT(pacte::parse_number(offers[1][column_of(offers, "note")], mark));
        // 0.2·8.5 + 0.3·8 + 0.3·9 + 0.1·10·(lowest price)/38900 + 0.1·7
        CPPUNIT_ASSERT_DOUBLES_EQUAL(7.5 + 34500.0 / 38900.0, mark, 0.006);
        undo(model);
        at(model, "Pistes", capacity, first_row)->setFormula("");
        CPPUNIT_ASSERT_EQUAL(std::string(), difference(before, all_text(model)));
        close(model);
    }

    void a_figure_says_why()
    {
        const Model model = example(office_);
        done(office_.run(model, "couverture"));
        const std::string before = all_text(model);
        const Strings coverage = table(model, "couverture");
        const auto epci = css::uno::makeAny(ustring(coverage[1][0]));
        const auto thematique = css::uno::makeAny(ustring(coverage[1][2]));
        done(office_.run(model, "pourquoi", {{"epci", epci}, {"thematique", thematique}}));
        const std::string name = "Pourquoi ce chiffre";
        double allocated = 0.0;
        sal_Int32 row = first_row;
        for (; string_at(model, name, 0, row) != "ensemble"; ++row) {
            CPPUNIT_ASSERT(row < 60);
            allocated += at(model, name, 7, row)->getValue();
        }
        CPPUNIT_ASSERT(row > first_row);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(at(model, name, 7, row)->getValue(), allocated, 1e-6);
        CPPUNIT_ASSERT(string_at(model, name, 0, row + 2).find("Source : ") != std::string::npos);
        undo(model);
        CPPUNIT_ASSERT_EQUAL(std::string(), difference(before, all_text(model)));
        const auto whole = css::uno::makeAny(OUString("ensemble"));
        done(office_.run(model, "pourquoi", {{"epci", whole}, {"thematique", thematique}}));
        double need = 0.0;
        row = first_row;
        for (; string_at(model, name, 0, row) != "ensemble"; ++row)
            need += at(model, name, 2, row)->getValue();
        CPPUNIT_ASSERT_EQUAL(first_row + 11, row);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(at(model, name, 2, row)->getValue(), need, 1e-6);
        undo(model);
        CPPUNIT_ASSERT_EQUAL(std::string(), difference(before, all_text(model)));
        done(office_.run(model, "pourquoi", {{"epci", epci}, {"thematique", thematique}}));
        store(model, PACTE_BINARY_DIR "/exemple-pourquoi.ods"); // for the eye
        undo(model);
        const auto bad = css::uno::makeAny(OUString("999999999"));
        const Outcome refused = office_.run(model, "pourquoi", {{"epci", bad}, {"thematique", thematique}});
        CPPUNIT_ASSERT(!refused.done);
        CPPUNIT_ASSERT_EQUAL(std::string(), difference(before, all_text(model)));
        close(model);
    }

    /// Tones apart, a frame and bold letters where nothing covers; in black and white, where
    /// tones are lost, what the_matrix_says_what_the_coverage_says finds in each cell.
    void the_matrix_is_read_in_grey_and_in_black_and_white()
    {
        const Model model = example(office_);
        const Reference<css::container::XNameAccess> styles(
            Reference<css::style::XStyleFamiliesSupplier>(model, UNO_QUERY_THROW)
                ->getStyleFamilies()
                ->getByName("CellStyles"),
            UNO_QUERY_THROW);
        const auto style = [&](const char* name) {
            return styles->getByName(ustring(name)).get<Reference<css::uno::XInterface>>();
        };
        std::vector<double> tones;
        for (const char* name : {"Statut couvert", "Statut non couvert", "Statut partiel", "Statut peu"})
            tones.push_back(grey_of(property<sal_Int32>(style(name), "CellBackColor")));
        for (std::size_t i = 1; i < tones.size(); ++i)
            CPPUNIT_ASSERT_MESSAGE(std::to_string(i), tones[i] - tones[i - 1] >= 20.0);
        CPPUNIT_ASSERT(tones.front() >= 150.0); // letters are black
        for (const char* edge : {"TopBorder2", "BottomBorder2", "LeftBorder2", "RightBorder2"}) {
            CPPUNIT_ASSERT(
                property<css::table::BorderLine2>(style("Statut non couvert"), edge).OuterLineWidth >= 35);
            CPPUNIT_ASSERT(property<css::table::BorderLine2>(style("Statut peu"), edge).OuterLineWidth == 0);
        }
        CPPUNIT_ASSERT_EQUAL(css::awt::FontWeight::BOLD,
                             property<float>(style("Statut non couvert"), "CharWeight"));
        CPPUNIT_ASSERT(property<css::awt::FontSlant>(style("Statut autre"), "CharPosture") ==
                       css::awt::FontSlant_ITALIC);
        close(model);
    }

    /// The State pays 90 000 + 60 000,5 + 50 000 = 200 000,50 €.
    void the_budget_is_set_against_the_envelope()
    {
        const auto text = [](const char* written) { return pacte::Cell(std::string(written)); };
        const Model model = small_diagnosis(office_);
        lay_table(
            model, "budget",
            {{text("action"), text("année"), text("part État"), text("part Département"), text("autres")},
             {text("A-01"), 2024.0, 90000.0, 90000.0, 20000.0},
             {text("A-01"), 2025.0, 60000.5, 60000.0, pacte::Blank{}},
             {text("A-02"), 2024.0, 50000.0, 0.0, 70000.0}});
        const auto envelope = add_setting(model, "enveloppe de l'État (€)");
        const auto assert_says = [&](const std::string& wanted) {
            CPPUNIT_ASSERT_EQUAL(wanted, budget_against_envelope(model));
        };
        assert_says("Aucune enveloppe de l'État n'est donnée (Paramètres, « enveloppe de l'État (€) »).");
        envelope->setValue(250000.0);
        assert_says(
            "enveloppe, Enveloppe de l'État (Paramètres) : 250000 | reste, Reste à engager : 49999.5 | "
            "Enveloppe de l'État : 250 000 € ; il reste 49 999,50 € à engager.");
        envelope->setValue(200000.5);
        assert_says("enveloppe, Enveloppe de l'État (Paramètres) : 200000.5 | reste, Reste à engager : 0 | "
                    "Enveloppe de l'État : 200 000,50 € ; elle est engagée en entier.");
        Reference<css::text::XTextRange>(envelope, UNO_QUERY_THROW)->setString(ustring("180 000,25 €"));
        assert_says("enveloppe, Enveloppe de l'État (Paramètres) : 180000.25 | reste, Dépassement de "
                    "l'enveloppe : -20000.25 | Enveloppe de l'État : 180 000,25 € ; elle est dépassée de "
                    "20 000,25 €.");
        const auto part = sheet(model, "budget")->getCellByPosition(2, 3);
        part->setFormula("nd"); // 150 000,50 € at least
        assert_says("enveloppe, Enveloppe de l'État (Paramètres) : 180000.25 | reste, Reste à engager : nd | "
                    "Enveloppe de l'État : 180 000,25 € ; il reste 29 999,75 € au plus, 1 ligne du budget "
                    "n'ayant pas de part de l'État.");
        envelope->setValue(100000.0);
        assert_says(
            "enveloppe, Enveloppe de l'État (Paramètres) : 100000 | reste, Dépassement de l'enveloppe "
            ": nd | Enveloppe de l'État : 100 000 € ; elle est dépassée de 50 000,50 € au moins, 1 "
            "ligne du budget n'ayant pas de part de l'État.");
        envelope->setValue(150000.5); // engaged in full by what is known
        assert_says("enveloppe, Enveloppe de l'État (Paramètres) : 150000.5 | reste, Reste à engager : nd | "
                    "Enveloppe de l'État : 150 000,50 € ; les parts connues l'engagent en entier, 1 ligne du "
                    "budget n'ayant pas de part de l'État.");
        envelope->setFormula(ustring("à négocier"));
        assert_says("« à négocier » n'est pas un montant : écrivez l'enveloppe de l'État en euros dans "
                    "Paramètres, « enveloppe de l'État (€) », puis refaites la synthèse.");
        close(model);
    }

private:
    /// The two lines of the table, with their figures in full, then the first note.
    std::string budget_against_envelope(const Model& model)
    {
        const std::string name = "Synthèse du budget";
        done(office_.run(model, "synthese"));
        sal_Int32 row = first_row;
        while (string_at(model, name, 0, row) != "ensemble")
            CPPUNIT_ASSERT(++row < 60);
        std::ostringstream text;
        for (++row; !string_at(model, name, 0, row).empty(); ++row) {
            text << string_at(model, name, 0, row) << ", " << string_at(model, name, 1, row) << " : ";
            if (string_at(model, name, 2, row) == "nd")
                text << "nd";
            else
                text << std::setprecision(15) << at(model, name, 2, row)->getValue();
            text << " | ";
        }
        std::string said = text.str() + string_at(model, name, 0, row + 1);
        for (const std::string space : {"\u202F", "\u00A0"})
            for (std::size_t found = 0; (found = said.find(space)) != std::string::npos;)
                said.replace(found, space.size(), " ");
        return said;
    }

public:
    /// On the equator, CC des Gorges: 500 people where the itinerant P-03 stops (500 people a
    /// year), 1 500 people 30 km from it; the fixed P-04 is 40 and 70 km away. Nobody else is
    /// within 15 km of P-03.
    void itinerant_places_count_where_the_settings_say_so()
    {
        const Model model = small_diagnosis(office_);
        const auto setting = add_setting(model, "lieux itinérants");
        const auto formulas = lay_cells(model, "calculs", {{pacte::Blank{}}});
        const char* const functions[] = {
            "=PACTE.ACCESSIBILITY(offre;communes;\"999000144\";\"1.1\")",
            "=PACTE.ACCESSIBILITY(offre;communes;\"999000144\";\"1.1\";45)",
            "=PACTE.DISTANCE(offre;communes;\"999000144\";\"1.1\")",
            "=PACTE.APL(offre;communes;\"999000144\";\"1.1\")",
            "=PACTE.ACCESSIBILITY(offre;communes;\"999000110\";\"1.1\")",
        };
        for (sal_Int32 row = 0; row < 5; ++row)
            formulas->getCellByPosition(0, row)->setFormula(OUString::createFromAscii(functions[row]));
        const auto assert_with = [&](const char* answer, const std::vector<double>& wanted, const char* worst,
                                     double worst_km, const char* note) {
            setting->setFormula(ustring(answer));
            Reference<css::sheet::XCalculatable>(model, UNO_QUERY_THROW)->calculateAll();
            for (sal_Int32 row = 0; row < 5; ++row)
                CPPUNIT_ASSERT_DOUBLES_EQUAL_MESSAGE(functions[row], wanted[static_cast<std::size_t>(row)],
                                                     formulas->getCellByPosition(0, row)->getValue(), 1e-6);
            done(office_.run(model, "synthese"));
            const std::string name = "Accessibilité";
            sal_Int32 row = first_row;
            while (string_at(model, name, 2, row) != "CC des Gorges")
                CPPUNIT_ASSERT(++row < 40);
            CPPUNIT_ASSERT_EQUAL(std::string("1.1"), string_at(model, name, 0, row));
            CPPUNIT_ASSERT_DOUBLES_EQUAL(wanted[0], at(model, name, 4, row)->getValue(), 1e-6);
            CPPUNIT_ASSERT_DOUBLES_EQUAL(wanted[2], at(model, name, 7, row)->getValue(), 1e-6);
            CPPUNIT_ASSERT_DOUBLES_EQUAL(worst_km, at(model, name, 8, row)->getValue(), 1e-6);
            CPPUNIT_ASSERT_EQUAL(std::string(worst), string_at(model, name, 9, row));
            CPPUNIT_ASSERT_DOUBLES_EQUAL(1000.0 * wanted[3], at(model, name, 10, row)->getValue(), 1e-6);
            while (string_at(model, name, 0, row).find("1.1 : ") != 0)
                CPPUNIT_ASSERT(++row < 60);
            const std::string said = string_at(model, name, 0, row);
            CPPUNIT_ASSERT_MESSAGE(said, said.starts_with(note));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(said, std::string(answer) != "oui",
                                         said.find("itinérant") != std::string::npos);
        };
        // Fixed places: (500 × 40 + 1500 × 70)/2000 km.
        assert_with("non", {0.0, 0.25, 62.5, 0.0, 1.0}, "Gorges-Neuves", 70.0, "1.1 : 3 lieux, 1 itinérant");
        // P-03 too: 1500 × 30/2000 km; 500 people a year for the 500 that it reaches, of 2 000.
        assert_with("oui", {0.25, 1.0, 22.5, 0.25, 1.0}, "Gorges-Neuves", 30.0, "1.1 : 4 lieux ; ");
        // Nothing said: as « non ».
        assert_with("", {0.0, 0.25, 62.5, 0.0, 1.0}, "Gorges-Neuves", 70.0, "1.1 : 3 lieux, 1 itinérant");
        close(model);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SynthesisTest);
