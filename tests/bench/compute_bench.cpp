// Times of the computation in core and geo, the best of several runs, with the
// figure asked for beside each. They are those of the processor that this program
// had: another one that runs at the same time changes them little.
//
//     bench_compute [FOLDER]
//
// Growth is shown by doubling one dimension at a time. FOLDER: the data, the results
// and the times are written there too, for compare_computation to give to others.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <random>
#include <string>
#include <vector>

#include "core/classes.hpp"
#include "core/coverage.hpp"
#include "geo/accessibility.hpp"
#include "geo/place_index.hpp"

namespace {

using namespace pacte;

double processor_milliseconds()
{
    std::timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double milliseconds(const std::function<void()>& work, int runs = 7)
{
    double best = 1e300;
    for (int i = 0; i < runs; ++i) {
        const double start = processor_milliseconds();
        work();
        best = std::min(best, processor_milliseconds() - start);
    }
    return best;
}

/// Where what was computed is left for others; nowhere where no folder was named.
std::filesystem::path folder;

/// A file of that folder, in which a number is the very number.
std::ofstream file(const std::string& name)
{
    std::ofstream out(folder / name);
    out << std::setprecision(17);
    return out;
}

void note_time(const std::string& key, double time)
{
    if (!folder.empty())
        std::ofstream(folder / "times.csv", std::ios::app) << key << ';' << time << '\n';
}

void print(const std::string& what, double time, double wanted)
{
    std::printf("%-64s %9.2f ms   wanted %7.1f   ratio %.2f\n", what.c_str(), time, wanted, time / wanted);
}

/// A France of `epcis` EPCI of 28 communes each, `thematiques` and `dispositifs`,
/// with fixed seeds: one dispositif in ten covers all, the others up to six EPCI.
struct France {
    std::vector<Epci> epcis;
    std::vector<CommuneRow> communes;
    std::vector<Thematique> thematiques;
    std::vector<Variable> variables;
    Needs needs;
    std::vector<Dispositif> dispositifs;

    France(std::size_t epci_count, std::size_t thematique_count, std::size_t dispositif_count)
    {
        std::mt19937 random(43);
        add_epcis(epci_count, random);
        add_thematiques(thematique_count, random);
        add_dispositifs(dispositif_count, random);
    }

    [[nodiscard]] Coverage coverage() const
    {
        using namespace std::chrono_literals;
        return compute_coverage(
            {Territory(epcis, communes), thematiques, variables, needs, dispositifs, Date{2024y / 6 / 30}});
    }

    [[nodiscard]] double time() const
    {
        using namespace std::chrono_literals;
        const Territory territory(epcis, communes);
        return milliseconds([&] {
            (void)compute_coverage(
                {territory, thematiques, variables, needs, dispositifs, Date{2024y / 6 / 30}});
        });
    }

private:
    static double draw(std::mt19937& random, double most)
    {
        return std::uniform_real_distribution<double>(1.0, most)(random);
    }

    void add_epcis(std::size_t count, std::mt19937& random)
    {
        for (std::size_t e = 0; e < count; ++e) {
            const std::string code = std::to_string(200000000 + e);
            epcis.push_back({code, "CC " + std::to_string(e), draw(random, 90000.0), true});
            for (std::size_t c = 0; c < 28; ++c)
                communes.push_back({std::to_string(10000 + e * 28 + c),
                                    "Commune " + std::to_string(e * 28 + c), code, draw(random, 3000.0),
                                    std::nullopt});
            needs.epcis.push_back(code);
        }
    }

    void add_thematiques(std::size_t count, std::mt19937& random)
    {
        for (std::size_t t = 0; t < count; ++t) {
            Thematique thematique;
            thematique.code = std::to_string(1 + t % 4) + "." + std::to_string(t);
            thematique.retained = true;
            thematique.need = "besoin_" + std::to_string(t);
            thematiques.push_back(thematique);
            Variable variable;
            variable.code = thematique.need;
            variables.push_back(variable);
            needs.variables.push_back(thematique.need);
            for (const Epci& epci : epcis)
                needs.figures.emplace(std::pair(epci.code, thematique.need),
                                      Quantity::known(draw(random, 2000.0)));
        }
    }

    void add_dispositifs(std::size_t count, std::mt19937& random)
    {
        for (std::size_t d = 0; d < count; ++d) {
            Dispositif dispositif;
            dispositif.id = "D" + std::to_string(d);
            dispositif.thematique = thematiques[random() % thematiques.size()].code;
            if (random() % 10 == 0) {
                dispositif.zone = "département";
            } else {
                const std::size_t zones = 1 + random() % 6;
                for (std::size_t z = 0; z < zones; ++z)
                    dispositif.zone += (z ? ";" : "") + epcis[random() % epcis.size()].code;
            }
            dispositif.capacity = Quantity::known(draw(random, 500.0));
            dispositifs.push_back(dispositif);
        }
    }
};

/// The three tables, and the whole coverage.
void write(const France& france)
{
    auto needs = file("besoins.csv");
    needs << "epci";
    for (const auto& variable : france.variables)
        needs << ';' << variable.code;
    for (const Epci& epci : france.epcis) {
        needs << '\n' << epci.code;
        for (const auto& variable : france.variables)
            needs << ';' << france.needs.at(epci.code, variable.code).value();
    }
    auto thematiques = file("thematiques.csv");
    thematiques << "code;besoin\n";
    for (const Thematique& thematique : france.thematiques)
        thematiques << thematique.code << ';' << thematique.need << '\n';
    auto dispositifs = file("dispositifs.csv");
    dispositifs << "id|thematique|zone|capacite\n";
    for (const Dispositif& dispositif : france.dispositifs)
        dispositifs << dispositif.id << '|' << dispositif.thematique << '|' << dispositif.zone << '|'
                    << dispositif.capacity.value() << '\n';
    auto result = file("couverture.csv");
    result << "epci;thematique;capacite;taux;ecart;statut\n";
    const Coverage coverage = france.coverage();
    for (std::size_t t = 0; t < coverage.thematiques.size(); ++t)
        for (std::size_t e = 0; e < coverage.epcis.size(); ++e) {
            const CoverageCell& cell = coverage.cells[t][e];
            result << coverage.epcis[e].code << ';' << coverage.thematiques[t].code << ';'
                   << cell.capacity.value() << ';' << cell.rate.value() << ';' << cell.gap.value() << ';'
                   << label_of(cell.status) << '\n';
        }
}

void bench_coverage()
{
    const France france(1255, 30, 10000);
    const double time = france.time();
    print("coverage, 1,255 EPCI x 30 thématiques x 10,000 dispositifs", time, 25.0);
    note_time("couverture", time);
    if (!folder.empty())
        write(france);
    print("coverage, 1,255 EPCI x 30 thématiques x 50,000 dispositifs", France(1255, 30, 50000).time(),
          120.0);
    std::puts("growth, each dimension doubled:");
    for (const std::size_t n : {314, 628, 1255})
        std::printf("  %5zu EPCI          %8.2f ms\n", n, France(n, 30, 10000).time());
    for (const std::size_t n : {8, 15, 30, 60})
        std::printf("  %5zu thématiques   %8.2f ms\n", n, France(1255, n, 10000).time());
    for (const std::size_t n : {2500, 5000, 10000, 20000, 40000})
        std::printf("  %5zu dispositifs   %8.2f ms\n", n, France(1255, 30, n).time());
}

std::vector<double> skewed(std::size_t count)
{
    std::mt19937 random(7);
    std::lognormal_distribution<double> draw(2.0, 0.8);
    std::vector<double> values(count);
    std::generate(values.begin(), values.end(), [&] { return draw(random); });
    return values;
}

void bench_classes()
{
    for (const auto& [count, wanted] : {std::pair<std::size_t, double>{1255, 1.0}, {35000, 20.0}}) {
        const auto values = skewed(count);
        std::vector<double> bounds;
        const double time = milliseconds([&] { bounds = breaks(values, 7); });
        print("natural breaks, 7 classes of " + std::to_string(count) + " values", time, wanted);
        if (folder.empty())
            continue;
        const std::string size = std::to_string(count);
        note_time("bornes_" + size, time);
        auto series = file("valeurs_" + size + ".csv");
        for (const double value : values)
            series << value << '\n';
        auto found = file("bornes_" + size + ".csv");
        for (const double bound : bounds)
            found << bound << '\n';
    }
}

std::vector<LatLon> points_of_france(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> latitude(42.5, 51.0);
    std::uniform_real_distribution<double> longitude(-4.5, 8.0);
    std::vector<LatLon> points(count);
    for (LatLon& point : points) {
        point.latitude = latitude(random);
        point.longitude = longitude(random);
    }
    return points;
}

void write(const std::vector<LatLon>& points, const std::string& name)
{
    auto out = file(name);
    for (const LatLon& point : points)
        out << point.latitude << ';' << point.longitude << '\n';
}

void bench_places()
{
    const auto places = points_of_france(50000, 1);
    const auto communes = points_of_france(35357, 2);
    double sum = 0.0;
    std::vector<geo::PlaceIndex::Neighbour> nearest(communes.size());
    const double time = milliseconds([&] {
        const geo::PlaceIndex index(places);
        for (std::size_t c = 0; c < communes.size(); ++c)
            nearest[c] = *index.nearest(communes[c]);
    });
    print("nearest of 50,000 places for 35,357 communes", time, 40.0);
    if (!folder.empty()) {
        note_time("proches", time);
        write(places, "lieux.csv");
        write(communes, "communes.csv");
        auto found = file("proches.csv");
        for (const auto& neighbour : nearest)
            found << neighbour.place << ';' << neighbour.distance_km << '\n';
    }
    geo::Services services;
    for (const LatLon& point : places)
        services.places.push_back({"", "", point, Quantity::known(100.0)});
    std::vector<geo::Inhabitants> inhabitants;
    for (std::size_t i = 0; i < 35000; ++i)
        inhabitants.push_back({"", std::to_string(i / 28), 1000.0, communes[i]});
    print("APL of 35,000 communes and 50,000 places at 30 km",
          milliseconds(
              [&] {
                  sum += geo::compute_accessibility({inhabitants, {}, services, {30.0}, geo::rings_of(30.0)})
                             .all.apl.value();
              },
              3),
          1000.0);
    if (sum < 0.0)
        std::puts(""); // what is computed is used
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 1) {
        folder = argv[1];
        std::filesystem::remove(folder / "times.csv");
    }
    bench_coverage();
    bench_classes();
    bench_places();
}
