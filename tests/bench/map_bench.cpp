// How long a map of Haute-Loire takes to compute, without the office: the mosaic
// that is shipped, and the real contours where PACTE_DATA is set.

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <iostream>

#include "../unit/map/territory.hpp"

using namespace pacte;
using namespace pacte::map;
using namespace pacte::map::test;

namespace {

/// The median of several runs, in milliseconds.
template <class Run>
double milliseconds(Run run)
{
    constexpr int runs = 15;
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        run();
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    return times[runs / 2];
}

CrossingMap crossing_of(const NeedMap& need)
{
    CrossingMap map;
    map.frame = need.frame;
    map.figures = need.figures;
    map.variable = need.variable;
    for (std::size_t i = 0; i < need.figures.size(); ++i)
        map.capacities.push_back({need.figures[i].code, need.figures[i].name,
                                  Quantity::known(40.0 + 35.0 * static_cast<double>(i))});
    for (int i = 0; i < 40; ++i) {
        Place place;
        place.id = "P-" + std::to_string(i);
        place.name = "Lieu " + place.id;
        place.type = "type " + std::to_string(i % 5);
        place.point = LatLon{44.8 + 0.013 * (i * 17 % 40), 3.2 + 0.028 * (i * 23 % 40)};
        map.places.push_back(place);
    }
    return map;
}

void measure(const std::string& name, const geo::ContourLayer& layer)
{
    const auto need = need_map(layer, rising(layer.epcis.size()));
    const auto crossing = crossing_of(need);
    std::cout << std::fixed << std::setprecision(1) << name << " : choroplèthe "
              << milliseconds([&] { (void)draw(need); }) << " ms, croisement "
              << milliseconds([&] { (void)draw(crossing); }) << " ms\n";
}

} // namespace

int main()
{
    measure("Haute-Loire, mosaïque", mosaic_of("43"));
    if (const auto real = real_haute_loire())
        measure("Haute-Loire, contours réels non simplifiés", *real);
    return 0;
}
