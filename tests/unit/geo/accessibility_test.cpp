#include "geo/accessibility.hpp"

#include <array>
#include <fstream>
#include <random>

#include <cppunit/extensions/HelperMacros.h>

#include "core/csv.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "geo/distance.hpp"
#include "geo/place_index.hpp"
#include "haute_loire.hpp"

using namespace pacte;
using namespace pacte::geo;

namespace {

namespace fs = std::filesystem;

constexpr LatLon puy{45.0433, 3.885};
constexpr LatLon yssingeaux{45.1397, 4.1238};

/// One degree along the equator, and a kilometre there.
constexpr double degree_km = 111.319490793274;
constexpr LatLon east(double km) { return {0.0, km / degree_km}; }

std::vector<LatLon> random_points(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> latitude(42.5, 51.0);
    std::uniform_real_distribution<double> longitude(-4.5, 8.0);
    std::vector<LatLon> points;
    for (std::size_t i = 0; i < count; ++i) {
        const double north = latitude(random); // one draw after the other, whatever the compiler
        points.push_back({north, longitude(random)});
    }
    return points;
}

Inhabitants commune(const char* code, const char* epci, double population, std::optional<LatLon> point)
{
    return {code, epci, population, point};
}

ServicePoint place(const char* id, LatLon point, Quantity capacity) { return {id, id, point, capacity}; }

/// On the equator, three communes of 1000, 500 and 200 inhabitants at 0, 8 and 13
/// km, and two places at 0 and 10 km, of 100 and 60 people a year.
struct Line {
    std::vector<Inhabitants> communes{commune("A", "E1", 1000, east(0)), commune("B", "E1", 500, east(8)),
                                      commune("C", "E2", 200, east(13))};
    std::vector<Inhabitants> around;
    Services services{
        {place("P", east(0), Quantity::known(100)), place("Q", east(10), Quantity::known(60))}, {}, 0};

    [[nodiscard]] Accessibility compute() const
    {
        return compute_accessibility({communes, around, services, {5.0, 10.0}, read_rings("5=1; 10=0,5")});
    }
};

void assert_near(double expected, const Quantity& actual)
{
    CPPUNIT_ASSERT(actual.is_known());
    CPPUNIT_ASSERT_DOUBLES_EQUAL(expected, actual.value(), 1e-9 * (1.0 + std::abs(expected)));
}

} // namespace

class AccessibilityTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessibilityTest);
    CPPUNIT_TEST(distances_are_those_of_geographiclib);
    CPPUNIT_TEST(chords_bound_the_geodesics);
    CPPUNIT_TEST(the_nearest_is_that_of_a_search_by_hand);
    CPPUNIT_TEST(of_two_places_at_one_spot_the_first_is_the_nearest);
    CPPUNIT_TEST(rings_are_those_of_a_search_by_hand);
    CPPUNIT_TEST(a_place_on_the_bound_is_within_it);
    CPPUNIT_TEST(shares_means_and_worst_are_as_worked_out_by_hand);
    CPPUNIT_TEST(the_apl_is_as_worked_out_by_hand);
    CPPUNIT_TEST(the_inhabitants_around_are_demand_too);
    CPPUNIT_TEST(all_the_supply_is_given_to_those_who_reach_it);
    CPPUNIT_TEST(without_capacities_places_are_counted);
    CPPUNIT_TEST(a_capacity_that_is_not_known_is_said);
    CPPUNIT_TEST(without_a_place_nobody_is_within_reach);
    CPPUNIT_TEST(what_cannot_be_located_is_not_known);
    CPPUNIT_TEST(a_commune_without_point_is_left_out_and_counted);
    CPPUNIT_TEST(the_places_of_the_thematique_are_found);
    CPPUNIT_TEST(rings_are_read_as_declared);
    CPPUNIT_TEST(awk_finds_the_same_in_haute_loire);
    CPPUNIT_TEST_SUITE_END();

public:
    void distances_are_those_of_geographiclib()
    {
        // GeodSolve -i (GeographicLib 2.1.2, Karney's method), in metres.
        const auto near = [](LatLon a, LatLon b, double metres) {
            CPPUNIT_ASSERT_DOUBLES_EQUAL(metres / 1000.0, geodesic_km(a, b), 1e-6);
        };
        near({0, 0}, {0, 1}, 111319.490793274);
        near({0, 0}, {1, 0}, 110574.388557799);
        near(puy, yssingeaux, 21637.057477659);
        near(puy, {48.8566, 2.3522}, 439664.299964166);
        near({-21.115, 55.536}, {48.8566, 2.3522}, 9370667.806325059);
        near(puy, {45.0434, 3.885}, 11.113262457);
        near(puy, puy, 0.0);
    }

    void chords_bound_the_geodesics()
    {
        const auto from = random_points(2000, 1);
        const auto to = random_points(2000, 2);
        for (std::size_t i = 0; i < from.size(); ++i) {
            const auto a = cartesian_km(from[i]);
            const auto b = cartesian_km(to[i]);
            const double chord = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
            const auto [within, beyond] = chord_bounds(geodesic_km(from[i], to[i]));
            CPPUNIT_ASSERT(within <= chord && chord <= beyond);
        }
    }

    void the_nearest_is_that_of_a_search_by_hand()
    {
        const auto places = random_points(400, 3);
        const PlaceIndex index(places);
        for (const LatLon& from : random_points(300, 4)) {
            std::size_t best = 0;
            for (std::size_t i = 1; i < places.size(); ++i)
                if (geodesic_km(from, places[i]) < geodesic_km(from, places[best]))
                    best = i;
            const auto found = index.nearest(from);
            CPPUNIT_ASSERT(found.has_value());
            CPPUNIT_ASSERT_EQUAL(best, found->place);
            CPPUNIT_ASSERT_EQUAL(geodesic_km(from, places[best]), found->distance_km);
        }
        CPPUNIT_ASSERT(!PlaceIndex({}).nearest(puy).has_value());
    }

    void of_two_places_at_one_spot_the_first_is_the_nearest()
    {
        const PlaceIndex index({yssingeaux, puy, puy, puy});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, index.nearest(puy)->place);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, index.nearest({45.0, 3.8})->place);
    }

    void rings_are_those_of_a_search_by_hand()
    {
        const auto places = random_points(500, 5);
        const PlaceIndex index(places);
        const std::vector<double> bounds{20.0, 50.0, 120.0};
        std::vector<PlaceIndex::InRing> found;
        for (const LatLon& from : random_points(100, 6)) {
            index.in_rings(from, bounds, found);
            std::size_t at = 0;
            for (std::size_t i = 0; i < places.size(); ++i) {
                const double distance = geodesic_km(from, places[i]);
                if (distance > bounds.back())
                    continue;
                CPPUNIT_ASSERT(at < found.size() && found[at].place == i);
                const std::size_t ring = distance <= 20.0 ? 0 : distance <= 50.0 ? 1 : 2;
                CPPUNIT_ASSERT_EQUAL(ring, static_cast<std::size_t>(found[at].ring));
                ++at;
            }
            CPPUNIT_ASSERT_EQUAL(at, found.size());
        }
    }

    void a_place_on_the_bound_is_within_it()
    {
        const PlaceIndex index({yssingeaux});
        const double distance = geodesic_km(puy, yssingeaux);
        std::vector<PlaceIndex::InRing> found;
        index.in_rings(puy, {distance}, found);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found.size());
        index.in_rings(puy, {std::nextafter(distance, 0.0)}, found);
        CPPUNIT_ASSERT(found.empty());
    }

    void shares_means_and_worst_are_as_worked_out_by_hand()
    {
        const Accessibility result = Line().compute();
        // A is at 0 km of P, B at 2 km of Q, C at 3 km of Q.
        const EpciAccess& first = *result.epci("E1");
        assert_near(1.0, first.within[0]);
        assert_near((1000.0 * 0 + 500.0 * 2) / 1500.0, first.mean_km);
        assert_near(2.0, first.worst_km);
        CPPUNIT_ASSERT_EQUAL(1, first.worst_commune);
        assert_near(3.0, result.epci("E2")->mean_km);
        assert_near((500.0 * 2 + 200.0 * 3) / 1700.0, result.all.mean_km);
        assert_near(3.0, result.all.worst_km);
        CPPUNIT_ASSERT_EQUAL(0, result.communes[0].place);
        CPPUNIT_ASSERT_EQUAL(1, result.communes[1].place);
        CPPUNIT_ASSERT(result.epci("E3") == nullptr);
    }

    void the_apl_is_as_worked_out_by_hand()
    {
        // P: A at 0 (1), B at 8 (0.5), C at 13 (none): 100 / (1000 + 250) = 0.08.
        // Q: A at 10 (0.5), B at 2 (1), C at 3 (1): 60 / (500 + 500 + 200) = 0.05.
        const Accessibility result = Line().compute();
        assert_near(0.08 * 1.0 + 0.05 * 0.5, result.communes[0].apl);
        assert_near(0.08 * 0.5 + 0.05 * 1.0, result.communes[1].apl);
        assert_near(0.05, result.communes[2].apl);
        assert_near((1000 * 0.105 + 500 * 0.09) / 1500.0, result.epci("E1")->apl);
        assert_near(160.0 / 1700.0, result.all.apl); // all that is offered, over all the people
        CPPUNIT_ASSERT(!result.counts_places);
    }

    void the_inhabitants_around_are_demand_too()
    {
        Line line;
        line.around.push_back(commune("V", "", 1250, east(-4))); // 4 km of P
        const Accessibility result = line.compute();
        assert_near(0.04 + 0.05 * 0.5, result.communes[0].apl);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, result.communes.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, result.epcis.size());
    }

    void all_the_supply_is_given_to_those_who_reach_it()
    {
        // Σ P(i)·A(i) = Σ S(j) over the places that somebody reaches.
        std::mt19937 random(7);
        std::uniform_real_distribution<double> people(10, 5000);
        std::vector<Inhabitants> communes;
        for (const LatLon& point : random_points(300, 8))
            communes.push_back(commune("", "E", people(random), point));
        Services services;
        double supply = 0.0;
        for (const LatLon& point : random_points(200, 9)) {
            services.places.push_back(place("", point, Quantity::known(people(random))));
            double nearest = 1e9;
            for (const Inhabitants& from : communes)
                nearest = std::min(nearest, geodesic_km(*from.point, point));
            supply += nearest <= 40.0 ? services.places.back().capacity.value() : 0.0;
        }
        const Accessibility result = compute_accessibility({communes, {}, services, {40.0}, rings_of(40.0)});
        double given = 0.0;
        for (std::size_t i = 0; i < communes.size(); ++i)
            given += communes[i].population * result.communes[i].apl.value();
        CPPUNIT_ASSERT_DOUBLES_EQUAL(supply, given, 1e-6);
    }

    void without_capacities_places_are_counted()
    {
        Line line;
        line.services.places[0].capacity = line.services.places[1].capacity = Quantity::unknown();
        const Accessibility result = line.compute();
        CPPUNIT_ASSERT(result.counts_places);
        CPPUNIT_ASSERT_EQUAL(0, result.without_capacity);
        assert_near(2.0 / 1700.0, result.all.apl);
    }

    void a_capacity_that_is_not_known_is_said()
    {
        Line line;
        line.services.places[0].capacity = Quantity::unknown();
        const Accessibility result = line.compute();
        CPPUNIT_ASSERT(!result.counts_places);
        CPPUNIT_ASSERT_EQUAL(1, result.without_capacity);
        assert_near(60.0 / 1700.0, result.all.apl);
    }

    void without_a_place_nobody_is_within_reach()
    {
        Line line;
        line.services.places.clear();
        const Accessibility result = line.compute();
        assert_near(0.0, result.epci("E1")->within[0]);
        assert_near(0.0, result.epci("E1")->apl);
        CPPUNIT_ASSERT(!result.epci("E1")->mean_km.is_known());
        CPPUNIT_ASSERT(!result.communes[0].nearest_km);
    }

    void what_cannot_be_located_is_not_known()
    {
        Line line;
        line.services.places.clear();
        line.services.without_point.push_back("P");
        const Accessibility result = line.compute();
        CPPUNIT_ASSERT(!result.epci("E1")->within[0].is_known());
        CPPUNIT_ASSERT(!result.epci("E1")->apl.is_known());
        CPPUNIT_ASSERT(!result.communes[0].apl.is_known());
    }

    void a_commune_without_point_is_left_out_and_counted()
    {
        Line line;
        line.communes[0].point.reset();
        const Accessibility result = line.compute();
        CPPUNIT_ASSERT_EQUAL(1500.0, result.epci("E1")->population);
        CPPUNIT_ASSERT_EQUAL(500.0, result.epci("E1")->located);
        assert_near(2.0, result.epci("E1")->mean_km);
        CPPUNIT_ASSERT(!result.communes[0].apl.is_known());
        line.communes[1].point.reset();
        CPPUNIT_ASSERT(!line.compute().epci("E1")->within[0].is_known());
    }

    void the_places_of_the_thematique_are_found()
    {
        std::vector<Place> offer(5);
        for (std::size_t i = 0; i < offer.size(); ++i) {
            offer[i].id = "P" + std::to_string(i);
            offer[i].thematique = "3.3";
        }
        offer[0].point = puy;
        offer[1].commune = "43268"; // no coordinates: its commune's
        offer[2].commune = "99999";
        offer[3].point = puy;
        offer[3].thematique = "3.1";
        offer[4].point = puy;
        offer[4].itinerant = true;
        const auto point_of = [](const std::string& code) {
            return code == "43268" ? std::optional(yssingeaux) : std::nullopt;
        };
        const Services services = services_of(offer, "3.3", point_of);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, services.places.size());
        CPPUNIT_ASSERT(services.places[1].point == yssingeaux);
        CPPUNIT_ASSERT(services.without_point == std::vector<std::string>{"P2"});
        CPPUNIT_ASSERT_EQUAL(1, services.itinerant);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, services_of(offer, "3.3", point_of, true).places.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, services_of(offer, "", point_of).places.size());
    }

    void rings_are_read_as_declared()
    {
        CPPUNIT_ASSERT((read_rings("5=1; 10 = 0,5") == std::vector<Ring>{{5.0, 1.0}, {10.0, 0.5}}));
        for (const char* bad : {"", "5", "5=2", "10=1;5=0,5", "5=0,5;10=0,6", "5=0", "x=1", "0=1", "-1=1"})
            CPPUNIT_ASSERT_THROW_MESSAGE(bad, (void)read_rings(bad), Failure);
    }

    void awk_finds_the_same_in_haute_loire()
    {
        const fs::path folder = fs::temp_directory_path() / "pacte-accessibilite";
        fs::remove_all(folder);
        fs::create_directories(folder);
        std::vector<Inhabitants> communes;
        {
            std::ofstream file(folder / "communes.csv");
            file.precision(17);
            file << "code INSEE;nom;code EPCI;population;latitude;longitude\n";
            for (const CommuneRow& row : test::rows_of("43").communes) {
                communes.push_back({row.code, row.epci, row.population, row.point});
                file << row.code << ";;" << row.epci << ';' << row.population << ';';
                if (row.point)
                    file << row.point->latitude << ';' << row.point->longitude << '\n';
                else
                    file << ";\n";
            }
        }
        Services services;
        {
            std::ofstream file(folder / "offre.csv");
            file << "id;thématique;latitude;longitude;capacité\n";
            const auto records = read_csv(PACTE_TEMPLATES "/exemple-haute-loire/offre.csv");
            const auto column = [&](const char* name) {
                const auto& names = records[0].fields;
                return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
            };
            for (std::size_t i = 1; i < records.size(); ++i) {
                const auto& fields = records[i].fields;
                const std::string& latitude = fields[column("latitude")];
                const std::string& longitude = fields[column("longitude")];
                if (fields[column("thématique")] != "3.3" || latitude.empty())
                    continue;
                file << fields[0] << ";3.3;" << latitude << ';' << longitude << ';' << 10 * i << '\n';
                services.places.push_back({fields[0],
                                           fields[1],
                                           {std::stod(latitude), std::stod(longitude)},
                                           Quantity::known(10.0 * static_cast<double>(i))});
            }
        }
        CPPUNIT_ASSERT(services.places.size() > 5);
        const std::string command =
            PACTE_TEMPLATES "/../tests/golden/check_accessibility -v radius=15 -v thematique=3.3 '" +
            (folder / "communes.csv").string() + "' '" + (folder / "offre.csv").string() + "' > '" +
            (folder / "answer.csv").string() + "'";
        CPPUNIT_ASSERT_EQUAL(0, std::system(command.c_str()));
        compare(read_csv(folder / "answer.csv"), communes,
                compute_accessibility({communes, {}, services, {15.0}, rings_of(15.0)}));
        fs::remove_all(folder);
    }

private:
    static void compare(const std::vector<CsvRecord>& answer, const std::vector<Inhabitants>& communes,
                        const Accessibility& result)
    {
        std::size_t found = 0;
        for (const CsvRecord& record : answer) {
            const auto& fields = record.fields;
            std::array<double, 4> figures{};
            for (std::size_t i = 0; i < figures.size(); ++i)
                CPPUNIT_ASSERT(parse_number(fields[i + 1], figures[i]));
            for (std::size_t i = 0; i < communes.size(); ++i)
                if (communes[i].commune == fields[0]) {
                    CPPUNIT_ASSERT_DOUBLES_EQUAL(figures[1], *result.communes[i].nearest_km, 1e-9 * 100);
                    assert_near(figures[3], result.communes[i].apl);
                    ++found;
                }
            if (const EpciAccess* epci = result.epci(fields[0])) {
                assert_near(figures[0], epci->within[0]);
                assert_near(figures[1], epci->mean_km);
                assert_near(figures[2], epci->worst_km);
                assert_near(figures[3], epci->apl);
                ++found;
            }
        }
        CPPUNIT_ASSERT_EQUAL(answer.size(), found);
        CPPUNIT_ASSERT(found > 50);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AccessibilityTest);
