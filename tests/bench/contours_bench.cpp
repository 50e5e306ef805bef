// All the communes of France brought to their EPCI, as an import does it: read,
// projected, dissolved, simplified to 100 m. Then GEOS looks for what the
// neighbours do not share any more: overlaps and gaps.
//
//   bench_contours [FILE [OUTPUT]]
//
// FILE: that of PACTE_DATA, then Haute-Loire alone, where none is given. OUTPUT
// takes the result as GeoJSON, for another tool to look at: see compare_contours.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <sys/resource.h>

#include <boost/geometry/index/rtree.hpp>
#include <boost/geometry/strategies/strategies.hpp>
#include <ogr_geometry.h>

#include "core/cog.hpp"
#include "geo/contours.hpp"
#include "geo/measure.hpp"
#include "geo/vector_file.hpp"
#include "geo/vector_module.hpp"

using namespace pacte;

namespace {

/// Time that went by, and time of the processors: others may be at work on the machine.
class Stopwatch {
public:
    void say(const char* what)
    {
        const Moment now;
        say(what, last_, now);
        last_ = now;
    }
    void say_all() const { say("all of it", start_, Moment()); }

private:
    struct Moment {
        Moment()
        {
            rusage usage{};
            getrusage(RUSAGE_SELF, &usage);
            for (const timeval& used : {usage.ru_utime, usage.ru_stime})
                computed += static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_usec) / 1e6;
        }
        std::chrono::steady_clock::time_point time = std::chrono::steady_clock::now();
        double computed = 0.0;
    };
    static void say(const char* what, const Moment& from, const Moment& to)
    {
        std::cout << "  " << what << ": " << std::chrono::duration<double>(to.time - from.time).count()
                  << " s, " << to.computed - from.computed << " s of them computing\n";
    }
    Moment start_;
    Moment last_ = start_;
};

// ---- What GEOS says of the result

constexpr double counted_m2 = 1.0;

OGRLinearRing* ogr_ring(const geo::Polygon::ring_type& ring)
{
    auto result = std::make_unique<OGRLinearRing>();
    for (const geo::Point& point : ring)
        result->addPoint(point.x(), point.y());
    result->closeRings();
    return result.release();
}

std::unique_ptr<OGRMultiPolygon> ogr_shape(const geo::MultiPolygon& shape)
{
    auto result = std::make_unique<OGRMultiPolygon>();
    for (const geo::Polygon& polygon : shape) {
        auto part = std::make_unique<OGRPolygon>();
        part->addRingDirectly(ogr_ring(polygon.outer()));
        for (const auto& hole : polygon.inners())
            part->addRingDirectly(ogr_ring(hole));
        result->addGeometryDirectly(part.release());
    }
    return result;
}

double area_of(const OGRGeometry* geometry)
{
    if (geometry == nullptr)
        return 0.0;
    switch (wkbFlatten(geometry->getGeometryType())) {
    case wkbPolygon:
        return geometry->toPolygon()->get_Area();
    case wkbMultiPolygon:
    case wkbGeometryCollection:
        return geometry->toGeometryCollection()->get_Area();
    default:
        return 0.0; // they touch
    }
}

/// The holes of what all contours cover together, as polygons.
std::vector<std::unique_ptr<OGRPolygon>> holes_of(const std::vector<geo::Contour>& contours)
{
    OGRMultiPolygon all;
    for (const geo::Contour& contour : contours) {
        const auto shape = ogr_shape(contour.shape);
        for (const OGRPolygon* part : *shape)
            all.addGeometry(part);
    }
    const std::unique_ptr<OGRGeometry> covered(all.UnionCascaded());
    std::vector<std::unique_ptr<OGRPolygon>> holes;
    if (covered == nullptr)
        throw std::runtime_error("GEOS cannot join the contours");
    const auto take = [&holes](OGRPolygon& polygon) {
        for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
            auto hole = std::make_unique<OGRPolygon>();
            hole->addRing(polygon.getInteriorRing(i));
            holes.push_back(std::move(hole));
        }
    };
    if (wkbFlatten(covered->getGeometryType()) == wkbPolygon)
        take(*covered->toPolygon());
    else
        for (auto* polygon : *covered->toMultiPolygon())
            take(*polygon);
    return holes;
}

void say_gaps(const std::vector<geo::Contour>& before, const std::vector<geo::Contour>& after)
{
    const auto real = holes_of(before);
    std::size_t gaps = 0;
    double lost = 0.0;
    const auto found = holes_of(after);
    for (const auto& hole : found) {
        const bool was_there = std::any_of(real.begin(), real.end(),
                                           [&](const auto& other) { return hole->Intersects(other.get()); });
        if (!was_there && hole->get_Area() > counted_m2) {
            ++gaps;
            lost += hole->get_Area();
        }
    }
    std::cout << "  GEOS: " << found.size() << " holes (" << real.size() << " in the file), " << gaps
              << " of them false gaps above 1 m² (" << lost << " m²)";
}

void say_overlaps(const std::vector<geo::Contour>& contours)
{
    namespace bgi = boost::geometry::index;
    std::vector<std::unique_ptr<OGRMultiPolygon>> shapes;
    std::vector<std::pair<geo::Box, std::size_t>> boxes;
    for (const geo::Contour& contour : contours) {
        boxes.emplace_back(geo::envelope({contour}), shapes.size());
        shapes.push_back(ogr_shape(contour.shape));
    }
    const bgi::rtree<std::pair<geo::Box, std::size_t>, bgi::rstar<16>> index(boxes);
    std::size_t overlaps = 0;
    std::size_t pairs = 0;
    std::size_t invalid = 0;
    double area = 0.0;
    for (const auto& [box, number] : boxes) {
        invalid += shapes[number]->IsValid() ? 0 : 1;
        std::vector<std::pair<geo::Box, std::size_t>> near;
        index.query(bgi::intersects(box), std::back_inserter(near));
        for (const auto& [other_box, other] : near) {
            if (other <= number)
                continue;
            ++pairs;
            const std::unique_ptr<OGRGeometry> common(shapes[number]->Intersection(shapes[other].get()));
            const double overlap = area_of(common.get());
            overlaps += overlap > counted_m2 ? 1 : 0;
            area += overlap;
        }
    }
    std::cout << ", " << overlaps << " overlaps above 1 m² among " << pairs << " pairs (" << area << " m²), "
              << invalid << " invalid contours\n";
}

// ---- The work itself

void bring(const std::filesystem::path& path, const Cog& cog, const char* output)
{
    std::cout << path.filename().string() << '\n';
    geo::VectorRequest request;
    request.path = path;
    std::map<std::string, std::string> epci_of;
    for (const Commune& commune : cog.communes()) {
        request.codes.push_back(commune.code);
        if (!commune.epci.empty())
            epci_of.emplace(commune.code, commune.epci);
    }
    Stopwatch watch;
    const geo::VectorContent content = geo::read_vector_file(request, {});
    watch.say("read and projected");
    std::vector<geo::Contour> epcis = geo::dissolve(content.contours, epci_of);
    watch.say("dissolved");
    const std::vector<geo::Contour> dissolved = epcis;
    geo::simplify(epcis, 100.0);
    watch.say("simplified to 100 m");
    watch.say_all();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::cout << "  " << content.contours.size() << " communes of " << content.features << ", "
              << epcis.size() << " EPCI, " << usage.ru_maxrss / 1024 << " MB at most\n  without EPCI:";
    for (const geo::Contour& commune : content.contours)
        if (!epci_of.contains(commune.code))
            std::cout << ' ' << commune.code;
    std::cout << '\n';
    if (output != nullptr) {
        geo::ContourLayer layer;
        layer.epcis = epcis;
        std::ofstream(output) << geo::to_geojson(layer);
    }
    say_gaps(dissolved, epcis);
    say_overlaps(epcis);
}

} // namespace

int main(int argc, char** argv)
{
    const char* data = std::getenv("PACTE_DATA");
    if (argc < 2 && (data == nullptr || *data == '\0')) {
        std::cerr << "PACTE_DATA is not set: skipped\n";
        return 0;
    }
    const Cog cog = Cog::load(std::filesystem::path(PACTE_TEMPLATES) / "territoire");
    geo::set_vector_module(PACTE_VECTOR_MODULE);
    if (argc > 1) {
        bring(argv[1], cog, argc > 2 ? argv[2] : nullptr);
        return 0;
    }
    const auto contours = std::filesystem::path(data) / "contours";
    bring(contours / "communes-2018-france.geojson.gz", cog, nullptr);
    bring(contours / "communes-43-haute-loire.geojson", cog, nullptr);
    return 0;
}
