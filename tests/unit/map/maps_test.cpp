#include "territory.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/error.hpp"
#include "core/text.hpp"
#include "map/page_contours.hpp"
#include "map/palette.hpp"
#include "map/viewport.hpp"

using namespace pacte;
using namespace pacte::map;
using namespace pacte::map::test;

namespace {

const std::string nbsp = "\u00A0";

bool begins(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }

Rectangle extent_of(const Shape& shape) { return shape.rings.empty() ? shape.box : bounds_of(shape.rings); }

/// What must hold of every map.
void check_page(const Drawing& drawing)
{
    std::set<std::string> names;
    for (const auto& shape : drawing.shapes) {
        CPPUNIT_ASSERT_MESSAGE(shape.name, !shape.name.empty());
        CPPUNIT_ASSERT_MESSAGE("twice " + shape.name, names.insert(shape.name).second);
        CPPUNIT_ASSERT_MESSAGE(shape.name + " is off the page", contains(drawing.page, extent_of(shape)));
        CPPUNIT_ASSERT_MESSAGE(shape.name + " has no text",
                               shape.kind != ShapeKind::text || !shape.text.empty());
    }
    for (const auto* name : {"fond", "titre", "sous-titre", "contour", "nord", "echelle:fin", "source",
                             "methode", "geographie", "date"})
        CPPUNIT_ASSERT_MESSAGE(name, names.contains(name));
    for (const auto& a : drawing.shapes)
        for (const auto& b : drawing.shapes)
            if (&a != &b && begins(a.name, "etiquette:") && begins(b.name, "etiquette:"))
                CPPUNIT_ASSERT_MESSAGE(a.text + " / " + b.text, !overlap(a.box, b.box));
}

std::size_t legend_total(const Drawing& drawing, const std::string& prefix)
{
    std::size_t total = 0;
    for (const auto& shape : drawing.shapes)
        if (begins(shape.name, prefix) && shape.name.ends_with(":effectif"))
            total += static_cast<std::size_t>(std::stoul(shape.text));
    return total;
}

std::string legend_of(const Drawing& drawing, const std::string& entry)
{
    const auto* shape = find(drawing, entry + ":texte");
    return shape == nullptr ? std::string{} : shape->text;
}

double number(std::string text)
{
    double value = 0.0;
    CPPUNIT_ASSERT_MESSAGE(text, parse_number(text, value));
    return value;
}

/// Reads a legend as a person does: is the value in « de a à moins de b % »?
bool legend_holds(const std::string& label, double value)
{
    const auto words = label.substr(0, label.find(nbsp + "%"));
    if (!begins(words, "de "))
        return number(words) == value;
    const auto open = words.find(" à moins de ");
    const auto closed = words.find(" à ");
    const double low = number(words.substr(3, closed - 3));
    if (open != std::string::npos)
        return low <= value && value < number(words.substr(open + std::string(" à moins de ").size()));
    return low <= value && value <= number(words.substr(closed + std::string(" à ").size()));
}

CoverageCell cell(CoverageStatus status, Quantity need, Quantity capacity, Quantity coverage)
{
    CoverageCell made;
    made.status = status;
    made.need = need;
    made.capacity = capacity;
    made.rate = coverage;
    return made;
}

StatusMap every_status(const geo::ContourLayer& layer)
{
    StatusMap map;
    map.frame = frame_of(layer);
    map.thematique.code = "3.2";
    map.thematique.partial_threshold = 0.35;
    map.thematique.covered_threshold = 0.8;
    for (std::size_t i = 0; i < layer.epcis.size(); ++i) {
        Epci epci;
        epci.code = layer.epcis[i].code;
        epci.name = layer.epcis[i].name;
        map.epcis.push_back(epci);
        map.cells.push_back(cell(static_cast<CoverageStatus>(i % 7), Quantity::known(200),
                                 Quantity::known(159.9), Quantity::known(0.7995)));
    }
    return map;
}

Place place(const std::string& id, const std::string& type, std::optional<LatLon> point)
{
    Place made;
    made.id = id;
    made.name = "Lieu " + id;
    made.type = type;
    made.point = point;
    return made;
}

const LatLon le_puy{45.0436, 3.8850};
const LatLon brioude{45.2939, 3.3847};
const LatLon paris{48.8566, 2.3522};

CrossingMap crossing(const geo::ContourLayer& layer)
{
    const auto need = need_map(layer, rising(layer.epcis.size()));
    CrossingMap map;
    map.frame = need.frame;
    map.figures = need.figures;
    map.variable = need.variable;
    map.places = {place("P-1", "France services", le_puy), place("P-2", "CCAS", le_puy),
                  place("P-3", "France services", brioude), place("P-4", "CCAS", paris),
                  place("P-5", "CCAS", std::nullopt)};
    map.places[2].itinerant = true;
    for (const auto& figure : map.figures)
        map.capacities.push_back({figure.code, figure.name, Quantity::known(100.0)});
    map.capacities[0].value = Quantity::known(400.0);
    map.capacities[1].value = Quantity::known(0.0);
    map.capacities[2].value = Quantity::unknown();
    map.capacities[3].value = Quantity::secret();
    return map;
}

class MapsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MapsTest);
    CPPUNIT_TEST(a_choropleth_says_the_class_in_words);
    CPPUNIT_TEST(every_value_is_in_the_class_that_the_legend_says);
    CPPUNIT_TEST(the_counts_of_the_legend_add_up);
    CPPUNIT_TEST(zero_unknown_and_secret_have_classes_of_their_own);
    CPPUNIT_TEST(a_secret_figure_is_never_said);
    CPPUNIT_TEST(classes_that_do_not_occur_are_not_in_the_legend);
    CPPUNIT_TEST(fewer_distinct_values_give_fewer_classes_and_it_is_said);
    CPPUNIT_TEST(all_values_equal_or_none_known);
    CPPUNIT_TEST(figures_of_both_signs_diverge_around_zero);
    CPPUNIT_TEST(manual_bounds_are_followed);
    CPPUNIT_TEST(a_count_is_shown_by_circles);
    CPPUNIT_TEST(a_map_without_contours_is_refused);
    CPPUNIT_TEST(an_epci_without_contour_is_said);
    CPPUNIT_TEST(a_contour_without_figure_is_not_available);
    CPPUNIT_TEST(a_schematic_ground_is_said);
    CPPUNIT_TEST(long_titles_are_not_cut);
    CPPUNIT_TEST(neighbours_stay_within_the_page);
    CPPUNIT_TEST(the_chef_lieu_is_named);
    CPPUNIT_TEST(the_status_map_prints_its_thresholds);
    CPPUNIT_TEST(a_rate_under_the_threshold_does_not_read_as_the_threshold);
    CPPUNIT_TEST(a_secret_need_is_not_computable_from_the_status_map);
    CPPUNIT_TEST(the_crossing_has_three_legends);
    CPPUNIT_TEST(circles_of_capacity_are_proportional);
    CPPUNIT_TEST(places_that_cannot_be_shown_are_counted);
    CPPUNIT_TEST(places_have_one_symbol_a_type);
    CPPUNIT_TEST(a_crossing_with_a_count_draws_no_choropleth);
    CPPUNIT_TEST(the_mini_map_has_no_frame);
    CPPUNIT_TEST(every_departement_makes_a_page);
    CPPUNIT_TEST(the_same_figures_give_the_same_drawing);
    CPPUNIT_TEST(real_contours_make_a_page);
    CPPUNIT_TEST_SUITE_END();

public:
    /// 10.0, 10.7, 11.4, 12.1, 12.8: one value a class.
    void a_choropleth_says_the_class_in_words()
    {
        const auto layer = grid(5, 3);
        const auto drawing = draw(need_map(layer, rising(5)));
        check_page(drawing);
        CPPUNIT_ASSERT_EQUAL(std::string("carte:essai"), drawing.id);
        const auto* epci = find(drawing, "epci:" + code_of(1));
        CPPUNIT_ASSERT(epci != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("CC Essai 1"), epci->title);
        CPPUNIT_ASSERT_EQUAL("CC Essai 1 : taux de pauvreté 10,7" + nbsp + "% (classe 2 sur 5)",
                             epci->description);
        CPPUNIT_ASSERT_EQUAL("de 10,7 à moins de 11,4" + nbsp + "%", legend_of(drawing, "legende:classe:2"));
        CPPUNIT_ASSERT_EQUAL("12,8" + nbsp + "%", legend_of(drawing, "legende:classe:5"));
        CPPUNIT_ASSERT(
            (drawing.figure_headers == std::vector<std::string>{"Taux de pauvreté (%)", "Classe"}));
        CPPUNIT_ASSERT(
            (drawing.figures[1].values ==
             std::vector<std::string>{"10,7" + nbsp + "%", "de 10,7 à moins de 11,4" + nbsp + "%"}));
    }

    void every_value_is_in_the_class_that_the_legend_says()
    {
        const auto layer = grid(24, 6);
        std::vector<Quantity> values;
        for (int i = 0; i < 24; ++i) // 7.003 to 30.0, crowded around 13.1
            values.push_back(Quantity::known(13.1 + std::pow((i - 9) / 7.0, 3) * 2.0 + i * 0.003));
        for (const auto* method :
             {"naturelles", "quantiles", "égales", "écarts-types", "géométriques", "q6"}) {
            auto map = need_map(layer, values);
            map.classes.method = method;
            const auto drawing = draw(map);
            check_page(drawing);
            for (std::size_t i = 0; i < values.size(); ++i) {
                const auto& shown = drawing.figures[i].values;
                const auto message = std::string(method) + " : " + shown[0] + " / " + shown[1];
                CPPUNIT_ASSERT_MESSAGE(message, legend_holds(shown[1], values[i].value()));
                const auto printed = number(shown[0].substr(0, shown[0].find(nbsp)));
                CPPUNIT_ASSERT_MESSAGE(message, legend_holds(shown[1], printed));
            }
            CPPUNIT_ASSERT_EQUAL(std::size_t{24}, legend_total(drawing, "legende:"));
        }
    }

    void the_counts_of_the_legend_add_up()
    {
        const auto layer = mosaic_of("43");
        auto values = rising(11);
        values[2] = Quantity::unknown();
        values[5] = Quantity::secret();
        values[8] = Quantity::known(0.0);
        const auto drawing = draw(need_map(layer, values));
        check_page(drawing);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, legend_total(drawing, "legende:"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, legend_total(drawing, "legende:classe:"));
    }

    void zero_unknown_and_secret_have_classes_of_their_own()
    {
        const auto layer = grid(9, 3);
        auto values = rising(9);
        values[0] = Quantity::known(0.0);
        values[1] = Quantity::unknown();
        values[2] = Quantity::secret();
        const auto drawing = draw(need_map(layer, values));
        CPPUNIT_ASSERT_EQUAL("0" + nbsp + "%", legend_of(drawing, "legende:zero"));
        CPPUNIT_ASSERT_EQUAL(std::string("donnée non disponible"), legend_of(drawing, "legende:inconnu"));
        CPPUNIT_ASSERT_EQUAL(std::string("secret statistique"), legend_of(drawing, "legende:secret"));
        CPPUNIT_ASSERT(find(drawing, "epci:" + code_of(1))->fill.pattern == unknown_fill().pattern);
        CPPUNIT_ASSERT(find(drawing, "epci:" + code_of(2))->fill.pattern == secret_fill().pattern);
        CPPUNIT_ASSERT((find(drawing, "epci:" + code_of(0))->fill.color == zero_fill().color));
        // the zero does not pull the first class down
        CPPUNIT_ASSERT(begins(legend_of(drawing, "legende:classe:1"), "de 12,1"));
    }

    void a_secret_figure_is_never_said()
    {
        const auto layer = grid(6, 3);
        auto values = rising(6);
        values[3] = Quantity::secret();
        const auto drawing = draw(need_map(layer, values));
        const auto* epci = find(drawing, "epci:" + code_of(3));
        CPPUNIT_ASSERT_EQUAL(std::string("CC Essai 3 : taux de pauvreté secret statistique"),
                             epci->description);
        CPPUNIT_ASSERT_EQUAL(std::string("secret statistique"), drawing.figures[3].values[0]);
        CPPUNIT_ASSERT(find(drawing, "methode")->text.find("Secret statistique pour 1" + nbsp + "EPCI") !=
                       std::string::npos);
    }

    /// Equal widths of 10 between 0.5 and 50.5: the middle three classes are empty.
    void classes_that_do_not_occur_are_not_in_the_legend()
    {
        const auto layer = grid(5, 3);
        auto map = need_map(layer, {Quantity::known(0.5), Quantity::known(1.0), Quantity::known(50.5),
                                    Quantity::known(1.5), Quantity::known(2.0)});
        map.classes.method = "égales";
        const auto drawing = draw(map);
        CPPUNIT_ASSERT_EQUAL("de 0,5 à moins de 10,5" + nbsp + "%", legend_of(drawing, "legende:classe:1"));
        CPPUNIT_ASSERT(find(drawing, "legende:classe:3") == nullptr);
        CPPUNIT_ASSERT_EQUAL("de 40,5 à 50,5" + nbsp + "%", legend_of(drawing, "legende:classe:5"));
        CPPUNIT_ASSERT(find(drawing, "legende:inconnu") == nullptr);
        CPPUNIT_ASSERT(find(drawing, "legende:secret") == nullptr);
        CPPUNIT_ASSERT(find(drawing, "legende:zero") == nullptr);
        CPPUNIT_ASSERT(find(drawing, "epci:" + code_of(2))->description.ends_with("(classe 2 sur 2)"));
    }

    void fewer_distinct_values_give_fewer_classes_and_it_is_said()
    {
        const auto layer = grid(4, 2);
        const auto drawing = draw(need_map(
            layer, {Quantity::known(10), Quantity::known(10), Quantity::known(12), Quantity::known(12)}));
        check_page(drawing);
        CPPUNIT_ASSERT(find(drawing, "legende:classe:3") == nullptr);
        CPPUNIT_ASSERT_EQUAL("2" + nbsp + "classes au lieu de 5 : 2" + nbsp + "valeurs distinctes.",
                             find(drawing, "legende:besoin:note")->text);
    }

    void all_values_equal_or_none_known()
    {
        const auto layer = grid(4, 2);
        const auto equal = draw(need_map(layer, std::vector<Quantity>(4, Quantity::known(13.1))));
        check_page(equal);
        CPPUNIT_ASSERT_EQUAL("13,1" + nbsp + "%", legend_of(equal, "legende:classe:1"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, legend_total(equal, "legende:"));
        const auto unknown = draw(need_map(layer, std::vector<Quantity>(4)));
        check_page(unknown);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, legend_total(unknown, "legende:inconnu"));
        const auto zeros = draw(need_map(layer, std::vector<Quantity>(4, Quantity::known(0.0))));
        check_page(zeros);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, legend_total(zeros, "legende:zero"));
    }

    void figures_of_both_signs_diverge_around_zero()
    {
        const auto layer = grid(6, 3);
        std::vector<Quantity> values;
        for (const double value : {-3.0, -2.0, -1.0, 1.0, 2.0, 3.0})
            values.push_back(Quantity::known(value));
        auto map = need_map(layer, values);
        map.classes.classes = 6;
        const auto drawing = draw(map);
        CPPUNIT_ASSERT(is_hatched(find(drawing, "epci:" + code_of(0))->fill));
        CPPUNIT_ASSERT(!is_hatched(find(drawing, "epci:" + code_of(5))->fill));
        CPPUNIT_ASSERT_EQUAL("Palette centrée sur 0" + nbsp + "%.",
                             find(drawing, "legende:besoin:note")->text);
    }

    void manual_bounds_are_followed()
    {
        const auto layer = grid(5, 3);
        auto map = need_map(layer, rising(5)); // 10.0 to 12.8
        map.classes.method = "manuelles";
        map.classes.manual_bounds = {11.0, 12.0};
        const auto drawing = draw(map);
        CPPUNIT_ASSERT_EQUAL("de 10,0 à moins de 11,0" + nbsp + "%", legend_of(drawing, "legende:classe:1"));
        CPPUNIT_ASSERT_EQUAL("de 12,0 à 12,8" + nbsp + "%", legend_of(drawing, "legende:classe:3"));
        map.classes.manual_bounds = {12.0, 11.0};
        CPPUNIT_ASSERT_THROW((void)draw(map), Failure);
        map.classes.manual_bounds.clear();
        CPPUNIT_ASSERT_THROW((void)draw(map), Failure);
    }

    void a_count_is_shown_by_circles()
    {
        const auto layer = grid(4, 2);
        auto map = need_map(
            layer, {Quantity::known(400), Quantity::known(100), Quantity::known(0), Quantity::secret()});
        map.variable.nature = VariableNature::effectif;
        map.variable.unit = "personnes";
        const auto drawing = draw(map);
        check_page(drawing);
        CPPUNIT_ASSERT(find(drawing, "legende:classe:1") == nullptr);
        const auto* large = find(drawing, "cercle:" + code_of(0));
        const auto* small = find(drawing, "cercle:" + code_of(1));
        CPPUNIT_ASSERT(large != nullptr && small != nullptr);
        CPPUNIT_ASSERT(std::abs(large->box.width - 2 * small->box.width) <= 2); // area × 4
        CPPUNIT_ASSERT(find(drawing, "cercle:" + code_of(2)) == nullptr);
        CPPUNIT_ASSERT(find(drawing, "cercle:" + code_of(3)) == nullptr);
        CPPUNIT_ASSERT(find(drawing, "legende:besoin:cercle:1") != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, legend_total(drawing, "legende:"));
        CPPUNIT_ASSERT((find(drawing, "epci:" + code_of(0))->fill.color ==
                        find(drawing, "epci:" + code_of(1))->fill.color));
    }

    void a_map_without_contours_is_refused()
    {
        const geo::ContourLayer none;
        NeedMap map;
        map.frame = frame_of(none);
        CPPUNIT_ASSERT_THROW((void)draw(map), Failure);
        map.frame.contours = nullptr;
        CPPUNIT_ASSERT_THROW((void)draw(map), Failure);
    }

    void an_epci_without_contour_is_said()
    {
        const auto layer = grid(4, 2);
        auto map = need_map(layer, rising(4));
        map.figures.push_back({"243000000", "CC Perdue", Quantity::known(12.0)});
        const auto drawing = draw(map);
        check_page(drawing);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, drawing.figures.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, legend_total(drawing, "legende:"));
        CPPUNIT_ASSERT(find(drawing, "methode")->text.find("CC Perdue") != std::string::npos);
    }

    void a_contour_without_figure_is_not_available()
    {
        const auto layer = grid(4, 2);
        const auto drawing = draw(need_map(layer, rising(3)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, drawing.figures.size());
        CPPUNIT_ASSERT_EQUAL(std::string("donnée non disponible"), drawing.figures[3].values[0]);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, legend_total(drawing, "legende:"));
    }

    void a_schematic_ground_is_said()
    {
        const auto drawing = draw(need_map(mosaic_of("43"), rising(11)));
        CPPUNIT_ASSERT(find(drawing, "schematique") != nullptr);
        CPPUNIT_ASSERT(fold(find(drawing, "geographie")->text).find("fondschematique") != std::string::npos);
        CPPUNIT_ASSERT(find(drawing, "geographie")->text.find("Lambert-93") != std::string::npos);
        CPPUNIT_ASSERT(find(draw(need_map(grid(4, 2), rising(4))), "schematique") == nullptr);
    }

    void long_titles_are_not_cut()
    {
        const auto layer = grid(4, 2);
        auto map = need_map(layer, rising(4));
        std::string words;
        for (int i = 0; i < 60; ++i)
            words += (i == 0 ? "" : " ") + std::string("intercommunalités");
        map.frame.title = words;
        map.frame.source = words;
        map.variable.label = words;
        const auto drawing = draw(map);
        check_page(drawing);
        auto title = find(drawing, "titre")->text;
        std::replace(title.begin(), title.end(), '\n', ' ');
        CPPUNIT_ASSERT_EQUAL(words, title);
        CPPUNIT_ASSERT_EQUAL(std::string("essai"), drawing.title);
        map.frame.sheet_title = "Évolution du taux de pauvreté";
        CPPUNIT_ASSERT_EQUAL(std::string("Évolution du taux de"), draw(map).title);
    }

    void neighbours_stay_within_the_page()
    {
        auto layer = grid(4, 2);
        layer.neighbours.push_back({"42", "Loire", square(720'000.0, 6'380'000.0, 300'000.0)});
        layer.neighbours.push_back({"75", "Paris", square(1'900'000.0, 6'380'000.0, 1'000.0)});
        const auto drawing = draw(need_map(layer, rising(4)));
        check_page(drawing);
        CPPUNIT_ASSERT(find(drawing, "voisin:42") != nullptr);
        CPPUNIT_ASSERT(find(drawing, "voisin:75") == nullptr);
    }

    void the_chef_lieu_is_named()
    {
        const auto layer = mosaic_of("43");
        auto map = need_map(layer, rising(11));
        Commune capital;
        capital.code = "43157";
        capital.name = "Le Puy-en-Velay";
        capital.point = le_puy;
        map.frame.capitals = {capital};
        const auto drawing = draw(map);
        check_page(drawing);
        CPPUNIT_ASSERT(find(drawing, "chef-lieu:43157") != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("Le Puy-en-Velay"), find(drawing, "etiquette:43157")->text);
        CPPUNIT_ASSERT(find(drawing, "legende:chef-lieu") != nullptr);
    }

    void the_status_map_prints_its_thresholds()
    {
        const auto layer = grid(14, 5);
        const auto drawing = draw(every_status(layer));
        check_page(drawing);
        CPPUNIT_ASSERT_EQUAL(std::size_t{14}, legend_total(drawing, "legende:"));
        CPPUNIT_ASSERT_EQUAL("de 35" + nbsp + "% à moins de 80" + nbsp + "% du besoin",
                             find(drawing, "legende:statut:partiellement-couvert:note")->text);
        CPPUNIT_ASSERT(find(drawing, "methode")->text.find("35" + nbsp + "%") != std::string::npos);
        CPPUNIT_ASSERT(find(drawing, "methode")->text.find("80" + nbsp + "%") != std::string::npos);
        auto one = every_status(layer);
        for (auto& each : one.cells)
            each.status = CoverageStatus::non_couvert;
        const auto same = draw(one);
        CPPUNIT_ASSERT(find(same, "legende:statut:couvert") == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{14}, legend_total(same, "legende:statut:non-couvert"));
    }

    /// 79.95 % rounded would read 80 %, which is « couvert ».
    void a_rate_under_the_threshold_does_not_read_as_the_threshold()
    {
        const auto layer = grid(14, 5);
        const auto drawing = draw(every_status(layer));
        CPPUNIT_ASSERT_EQUAL("79,9" + nbsp + "%", drawing.figures[5].values[2]);
        CPPUNIT_ASSERT_EQUAL("CC Essai 5 : partiellement couvert (besoin : 200" + nbsp +
                                 "personnes, capacité : 160" + nbsp + "personnes par an, taux : 79,9" + nbsp +
                                 "%)",
                             find(drawing, "epci:" + code_of(5))->description);
    }

    void a_secret_need_is_not_computable_from_the_status_map()
    {
        const auto layer = grid(1, 1);
        auto map = every_status(layer);
        map.cells[0] = cell(CoverageStatus::non_evaluable, Quantity::secret(), Quantity::known(120),
                            Quantity::known(0.6)); // the rate would give 200
        const auto drawing = draw(map);
        CPPUNIT_ASSERT_EQUAL(std::string("secret statistique"), drawing.figures[0].values[0]);
        CPPUNIT_ASSERT(drawing.figures[0].values[2].empty());
        CPPUNIT_ASSERT(find(drawing, "epci:" + code_of(0))->description.find("taux") == std::string::npos);
    }

    void the_crossing_has_three_legends()
    {
        const auto layer = mosaic_of("43");
        const auto drawing = draw(crossing(layer));
        check_page(drawing);
        for (const auto* name : {"legende:besoin:titre", "legende:capacite:titre",
                                 "legende:capacite:cercle:1", "legende:lieux:1"})
            CPPUNIT_ASSERT_MESSAGE(name, find(drawing, name) != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{11}, legend_total(drawing, "legende:classe:"));
        CPPUNIT_ASSERT_EQUAL("Sans cercle : zéro (1" + nbsp + "EPCI), donnée non disponible (1" + nbsp +
                                 "EPCI), secret statistique (1" + nbsp + "EPCI).",
                             one_line(find(drawing, "legende:capacite:note")->text));
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, drawing.figure_headers.size());
        for (const auto& row : drawing.figures)
            CPPUNIT_ASSERT_EQUAL(drawing.figure_headers.size(), row.values.size());
    }

    void circles_of_capacity_are_proportional()
    {
        const auto layer = mosaic_of("43");
        const auto drawing = draw(crossing(layer));
        const auto* largest = find(drawing, "cercle:" + layer.epcis[0].code);
        const auto* other = find(drawing, "cercle:" + layer.epcis[4].code);
        CPPUNIT_ASSERT(std::abs(largest->box.width - 2 * other->box.width) <= 2);
        for (const std::size_t without : {1U, 2U, 3U})
            CPPUNIT_ASSERT(find(drawing, "cercle:" + layer.epcis[without].code) == nullptr);
    }

    void places_that_cannot_be_shown_are_counted()
    {
        const auto layer = mosaic_of("43");
        const auto drawing = draw(crossing(layer));
        CPPUNIT_ASSERT(find(drawing, "lieu:P-1") != nullptr);
        CPPUNIT_ASSERT(find(drawing, "lieu:P-4") == nullptr); // Paris
        CPPUNIT_ASSERT(find(drawing, "lieu:P-5") == nullptr); // no point
        const auto method = one_line(find(drawing, "methode")->text);
        CPPUNIT_ASSERT(method.find("1" + nbsp + "lieu hors du cadre") != std::string::npos);
        CPPUNIT_ASSERT(method.find("1" + nbsp + "lieu sans coordonnées") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, legend_total(drawing, "legende:lieux:"));
    }

    void places_have_one_symbol_a_type()
    {
        const auto layer = mosaic_of("43");
        const auto drawing = draw(crossing(layer));
        const auto* services = find(drawing, "lieu:P-1");
        const auto* ccas = find(drawing, "lieu:P-2");
        const auto* itinerant = find(drawing, "lieu:P-3");
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, services->rings[0].size()); // the commonest: a square
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, ccas->rings[0].size());     // a triangle
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, itinerant->rings[0].size());
        CPPUNIT_ASSERT((itinerant->fill.color == ink::white));
        CPPUNIT_ASSERT(!overlap(bounds_of(services->rings), bounds_of(ccas->rings))); // both at Le Puy
        CPPUNIT_ASSERT_EQUAL(std::string("Lieu P-3 : France services, itinérant"), itinerant->description);
        auto many = crossing(layer);
        many.places.clear();
        for (int i = 0; i < 20; ++i)
            many.places.push_back(place("P-" + std::to_string(i), "type " + std::to_string(i), le_puy));
        const auto crowded = draw(many);
        check_page(crowded);
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, legend_total(crowded, "legende:lieux:"));
        CPPUNIT_ASSERT_EQUAL(std::string("autres types"), legend_of(crowded, "legende:lieux:8"));
    }

    void a_crossing_with_a_count_draws_no_choropleth()
    {
        const auto layer = mosaic_of("43");
        auto map = crossing(layer);
        map.variable.nature = VariableNature::effectif;
        const auto drawing = draw(map);
        check_page(drawing);
        CPPUNIT_ASSERT(find(drawing, "legende:classe:1") == nullptr);
        CPPUNIT_ASSERT(find(drawing, "cercle-besoin:" + layer.epcis[0].code) != nullptr);
        CPPUNIT_ASSERT(find(drawing, "cercle:" + layer.epcis[0].code) != nullptr);
    }

    void the_mini_map_has_no_frame()
    {
        const auto layer = mosaic_of("43");
        const Rectangle box{3000, 4000, 6000, 5000};
        const auto shapes = draw_mini(every_status(layer), box);
        CPPUNIT_ASSERT_EQUAL(std::size_t{12}, shapes.size()); // 11 EPCI and the outline
        for (const auto& shape : shapes) {
            CPPUNIT_ASSERT(begins(shape.name, "mini:"));
            CPPUNIT_ASSERT(shape.kind == ShapeKind::polygon);
            CPPUNIT_ASSERT(contains(box, bounds_of(shape.rings)));
        }
    }

    void every_departement_makes_a_page()
    {
        for (const auto* departement :
             {"01", "2A", "2B", "13", "48", "59", "75", "77", "90", "971", "973", "974"}) {
            const auto layer = mosaic_of(departement);
            const auto drawing = draw(need_map(layer, rising(layer.epcis.size())));
            check_page(drawing);
            CPPUNIT_ASSERT_EQUAL(layer.epcis.size(), legend_total(drawing, "legende:"));
        }
    }

    void the_same_figures_give_the_same_drawing()
    {
        const auto layer = mosaic_of("43");
        const auto first = draw(crossing(layer));
        const auto second = draw(crossing(layer));
        CPPUNIT_ASSERT_EQUAL(first.shapes.size(), second.shapes.size());
        for (std::size_t i = 0; i < first.shapes.size(); ++i) {
            const auto& a = first.shapes[i];
            const auto& b = second.shapes[i];
            CPPUNIT_ASSERT(a.name == b.name && a.box == b.box && a.rings == b.rings && a.text == b.text &&
                           a.description == b.description);
        }
    }

    void real_contours_make_a_page()
    {
        const auto layer = real_haute_loire();
        if (!layer)
            return;
        const auto drawing = draw(crossing(*layer));
        check_page(drawing);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, find(drawing, "contour")->rings.size());
    }

private:
    static std::string one_line(std::string text)
    {
        std::replace(text.begin(), text.end(), '\n', ' ');
        return text;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MapsTest);

} // namespace
