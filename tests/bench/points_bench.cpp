// 100,000 points to their commune, among all those of France: the index made, then each point
// looked for.
//
//   bench_points [FILE [OUTPUT]]
//
// FILE: that of PACTE_DATA where none is given. OUTPUT takes the points, in degrees, each with the
// code that was found, for another tool to look for them too: see compare_points.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <random>

#include "core/cog.hpp"
#include "geo/measure.hpp"
#include "geo/point_locator.hpp"
#include "geo/projection.hpp"
#include "geo/vector_file.hpp"
#include "geo/vector_module.hpp"

using namespace pacte;

namespace {

/// All the communes of the file: those of today, then those that it holds besides.
std::vector<geo::Contour> all_communes(const std::filesystem::path& path)
{
    const Cog cog = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    geo::VectorRequest request;
    request.path = path;
    for (const Commune& commune : cog.communes())
        request.codes.push_back(commune.code);
    const geo::VectorContent known = geo::read_vector_file(request, {});
    request.codes.insert(request.codes.end(), known.other_codes.begin(), known.other_codes.end());
    return geo::read_vector_file(request, {}).contours;
}

/// Anywhere in the box of a commune, one after the other at random.
std::vector<geo::Point> points_around(const std::vector<geo::Contour>& communes, std::size_t count)
{
    std::mt19937_64 random(20261125);
    std::uniform_int_distribution<std::size_t> any(0, communes.size() - 1);
    std::uniform_real_distribution<double> share(0.0, 1.0);
    std::vector<geo::Point> points;
    while (points.size() < count) {
        const geo::Box box = geo::envelope(communes[any(random)].shape);
        const double x = share(random);
        const double y = share(random);
        points.emplace_back(box.min_corner().x() + x * (box.max_corner().x() - box.min_corner().x()),
                            box.min_corner().y() + y * (box.max_corner().y() - box.min_corner().y()));
    }
    return points;
}

double seconds_since(std::chrono::steady_clock::time_point time)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - time).count();
}

} // namespace

int main(int argc, char** argv)
{
    const char* data = std::getenv("PACTE_DATA");
    if (argc < 2 && (data == nullptr || *data == '\0')) {
        std::cerr << "PACTE_DATA is not set: skipped\n";
        return 0;
    }
    const std::filesystem::path path =
        argc > 1 ? std::filesystem::path(argv[1])
                 : std::filesystem::path(data) / "contours" / "communes-2018-france.geojson.gz";
    geo::set_vector_module(PACTE_VECTOR_MODULE);
    const std::vector<geo::Contour> communes = all_communes(path);
    const std::vector<geo::Point> points = points_around(communes, 100'000);

    const auto start = std::chrono::steady_clock::now();
    const std::clock_t computing = std::clock();
    const geo::PointLocator locator(communes);
    const double made = seconds_since(start);
    std::vector<std::optional<std::size_t>> found;
    found.reserve(points.size());
    for (const geo::Point& point : points)
        found.push_back(locator.at(point));
    const double all = seconds_since(start);
    const double computed = static_cast<double>(std::clock() - computing) / CLOCKS_PER_SEC;

    const auto matches =
        std::count_if(found.begin(), found.end(), [](const auto& contour) { return contour.has_value(); });
    std::cout << "Pacte: " << points.size() << " points, " << communes.size() << " communes, " << matches
              << " matches in " << all << " s, " << computed << " s of them computing (the index: " << made
              << " s)\n";
    if (argc > 2) {
        const geo::Projection projection(2154);
        std::ofstream output(argv[2]);
        output << std::setprecision(17) << "longitude,latitude,code\n";
        for (std::size_t i = 0; i < points.size(); ++i) {
            const LatLon place = projection.inverse(points[i]);
            output << place.longitude << ',' << place.latitude << ','
                   << (found[i] ? communes[*found[i]].code : "") << '\n';
        }
    }
    return 0;
}
