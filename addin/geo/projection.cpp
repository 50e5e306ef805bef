#include "geo/projection.hpp"

#include <array>
#include <cmath>
#include <utility>

#include <boost/geometry/core/coordinate_system.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/srs/projection.hpp>
// The projections used, and not the hundred others.
#include <boost/geometry/srs/projections/proj/lcc.hpp>
#include <boost/geometry/srs/projections/proj/tmerc.hpp>

#include "core/error.hpp"

namespace pacte::geo {

namespace bg = boost::geometry;
namespace spar = boost::geometry::srs::spar;

namespace {

using Degrees = bg::model::point<double, 2, bg::cs::geographic<bg::degree>>;

// IGN, « Systèmes de référence et projections réglementaires » (décret
// n° 2000-1276 du 26 décembre 2000 modifié).
using Lambert = spar::parameters<spar::proj_lcc, spar::ellps_grs80, spar::lat_1<>, spar::lat_2<>,
                                 spar::lat_0<>, spar::lon_0<>, spar::x_0<>, spar::y_0<>>;
template <int Zone>
using UtmNorth = spar::parameters<spar::proj_utm, spar::ellps_grs80, spar::zone<Zone>>;
template <int Zone>
using UtmSouth = spar::parameters<spar::proj_utm, spar::ellps_grs80, spar::zone<Zone>, spar::south>;

Lambert lambert_93()
{
    return Lambert(spar::proj_lcc(), spar::ellps_grs80(), spar::lat_1<>(49), spar::lat_2<>(44),
                   spar::lat_0<>(46.5), spar::lon_0<>(3), spar::x_0<>(700000), spar::y_0<>(6600000));
}

struct Legal {
    std::string_view departement;
    int epsg;
};

constexpr std::array<Legal, 8> overseas = {{{"971", 5490},
                                            {"972", 5490},
                                            {"973", 2972},
                                            {"974", 2975},
                                            {"975", 4467},
                                            {"976", 4471},
                                            {"977", 5490},
                                            {"978", 5490}}};

bool is_finite(double a, double b) { return std::isfinite(a) && std::isfinite(b); }

[[noreturn]] void fail(const std::string& what) { throw Failure(Failure::Cause::bad_value, what); }

} // namespace

class Projection::Formula {
public:
    virtual ~Formula() = default;
    virtual bool forward(const Degrees& from, Point& to) const = 0;
    virtual bool inverse(const Point& from, Degrees& to) const = 0;
};

template <class Parameters>
class Projection::Fixed final : public Projection::Formula {
public:
    explicit Fixed(const Parameters& parameters) : projection_(parameters) {}

    bool forward(const Degrees& from, Point& to) const override { return projection_.forward(from, to); }
    bool inverse(const Point& from, Degrees& to) const override { return projection_.inverse(from, to); }

private:
    bg::srs::projection<Parameters> projection_;
};

Projection::Projection(int epsg) : epsg_(epsg)
{
    switch (epsg) {
    case 2154:
        formula_ = std::make_unique<Fixed<Lambert>>(lambert_93());
        break;
    case 5490:
        formula_ = std::make_unique<Fixed<UtmNorth<20>>>(UtmNorth<20>());
        break;
    case 2972:
        formula_ = std::make_unique<Fixed<UtmNorth<22>>>(UtmNorth<22>());
        break;
    case 4467:
        formula_ = std::make_unique<Fixed<UtmNorth<21>>>(UtmNorth<21>());
        break;
    case 2975:
        formula_ = std::make_unique<Fixed<UtmSouth<40>>>(UtmSouth<40>());
        break;
    case 4471:
        formula_ = std::make_unique<Fixed<UtmSouth<38>>>(UtmSouth<38>());
        break;
    default:
        fail("La projection EPSG:" + std::to_string(epsg) +
             " n'est pas une projection réglementaire connue : indiquez 2154 (métropole), 5490, 2972, 2975, "
             "4467 ou 4471 (outre-mer).");
    }
}

Projection::~Projection() = default;
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;

Point Projection::forward(LatLon place) const
{
    Point point;
    if (!is_finite(place.latitude, place.longitude) || std::abs(place.latitude) >= 90.0 ||
        std::abs(place.longitude) > 180.0 ||
        !formula_->forward(Degrees(place.longitude, place.latitude), point) ||
        !is_finite(point.x(), point.y()))
        fail("Les coordonnées " + std::to_string(place.latitude) + " ; " + std::to_string(place.longitude) +
             " ne sont pas une latitude et une longitude en degrés : corrigez-les.");
    return point;
}

LatLon Projection::inverse(Point point) const
{
    Degrees place;
    if (!is_finite(point.x(), point.y()) || !formula_->inverse(point, place) ||
        !is_finite(bg::get<0>(place), bg::get<1>(place)))
        fail("Les coordonnées " + std::to_string(point.x()) + " ; " + std::to_string(point.y()) +
             " ne sont pas des mètres en projection " + name() + " : corrigez-les.");
    return {bg::get<1>(place), bg::get<0>(place)};
}

std::string Projection::name() const
{
    static constexpr std::array<std::pair<int, const char*>, 6> names = {{{2154, "Lambert-93"},
                                                                          {5490, "UTM 20 Nord"},
                                                                          {2972, "UTM 22 Nord"},
                                                                          {2975, "UTM 40 Sud"},
                                                                          {4467, "UTM 21 Nord"},
                                                                          {4471, "UTM 38 Sud"}}};
    for (const auto& [epsg, name] : names)
        if (epsg == epsg_)
            return name;
    return "EPSG:" + std::to_string(epsg_);
}

int legal_epsg(std::string_view departement)
{
    for (const Legal& legal : overseas)
        if (legal.departement == departement)
            return legal.epsg;
    return 2154;
}

} // namespace pacte::geo
