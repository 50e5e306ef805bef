#include "geo/join.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <boost/geometry/algorithms/intersects.hpp>

#include "core/error.hpp"
#include "geo/label_point.hpp"
#include "geo/measure.hpp"
#include "geo/polygons.hpp"
#include "geo/projection.hpp"

namespace pacte::geo {

namespace {

constexpr std::size_t siren_length = 9;
constexpr std::size_t named_at_most = 8;

std::string list_of(const std::vector<std::string>& codes)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(codes.size(), named_at_most); ++i)
        text += (i == 0 ? "" : ", ") + codes[i];
    if (codes.size() > named_at_most)
        text += " et " + std::to_string(codes.size() - named_at_most) + " autre" +
                (codes.size() - named_at_most > 1 ? "s" : "");
    return text;
}

std::string counted(std::size_t count, const std::string& one, const std::string& several)
{
    return std::to_string(count) + " " + (count > 1 ? several : one);
}

std::map<std::string, std::string> membership(const std::vector<Epci>& epcis,
                                              const std::vector<CommuneRow>& communes)
{
    std::set<std::string> retained;
    for (const Epci& epci : epcis)
        if (epci.retained)
            retained.insert(epci.code);
    std::map<std::string, std::string> result;
    for (const CommuneRow& commune : communes)
        if (retained.contains(commune.epci))
            result.emplace(commune.code, commune.epci);
    return result;
}

std::vector<Contour> in_order_of(const std::vector<Epci>& epcis, const std::vector<Contour>& contours,
                                 std::vector<std::string>& missing)
{
    std::map<std::string_view, const Contour*> by_code;
    for (const Contour& contour : contours)
        by_code.emplace(contour.code, &contour);
    std::vector<Contour> result;
    for (const Epci& epci : epcis) {
        if (!epci.retained)
            continue;
        if (const auto found = by_code.find(epci.code); found != by_code.end())
            result.push_back({epci.code, epci.name, found->second->shape});
        else
            missing.push_back(epci.code);
    }
    return result;
}

bool is_of_commune(const Contour& contour) { return contour.code.size() != siren_length; }

/// `43157` is of 43, `2A004` of 2A, `97411` of 974.
std::string departement_of(const std::string& commune)
{
    return commune.substr(0, commune.starts_with("97") || commune.starts_with("98") ? 3 : 2);
}

/// The features around: the communes joined by département, the EPCI as they are.
std::vector<Contour> neighbours_of(const VectorContent& content, bool from_communes)
{
    if (!from_communes) {
        std::vector<Contour> epcis = content.neighbours;
        std::erase_if(epcis, is_of_commune);
        return epcis;
    }
    std::map<std::string, std::string> departements;
    for (const Contour& contour : content.neighbours)
        if (is_of_commune(contour))
            departements.emplace(contour.code, departement_of(contour.code));
    return dissolve(content.neighbours, departements);
}

/// Epcis and neighbours as one coverage, then apart again, the neighbours cut to
/// what a map may show.
void simplify_and_cut(ContourLayer& layer)
{
    const Box extent = envelope(layer.epcis);
    layer.tolerance_m = tolerance_for(extent);
    const std::size_t own = layer.epcis.size();
    std::move(layer.neighbours.begin(), layer.neighbours.end(), std::back_inserter(layer.epcis));
    simplify(layer.epcis, layer.tolerance_m);
    layer.neighbours.assign(std::make_move_iterator(layer.epcis.begin() + static_cast<std::ptrdiff_t>(own)),
                            std::make_move_iterator(layer.epcis.end()));
    layer.epcis.resize(own);
    const Box shown = widened(extent, neighbour_margin_m);
    for (Contour& neighbour : layer.neighbours)
        neighbour.shape = part_within(neighbour.shape, shown);
    std::erase_if(layer.neighbours, [](const Contour& neighbour) { return neighbour.shape.empty(); });
}

} // namespace

std::string JoinReport::summary() const
{
    std::string text;
    const auto say = [&](const std::string& sentence) { text += (text.empty() ? "" : " ") + sentence; };
    if (!epcis_missing.empty())
        say(counted(epcis_missing.size(), "EPCI du territoire n'a pas de contour (",
                    "EPCI du territoire n'ont pas de contour (") +
            list_of(epcis_missing) + ").");
    if (!communes_missing.empty())
        say(counted(communes_missing.size(), "commune n'a pas de contour dans le fichier (",
                    "communes n'ont pas de contour dans le fichier (") +
            list_of(communes_missing) + ") : le contour de leur EPCI est incomplet.");
    return text;
}

std::vector<std::string> wanted_codes(const std::vector<Epci>& epcis, const std::vector<CommuneRow>& communes)
{
    std::vector<std::string> codes;
    for (const Epci& epci : epcis)
        if (epci.retained)
            codes.push_back(epci.code);
    for (const auto& [commune, epci] : membership(epcis, communes))
        codes.push_back(commune);
    return codes;
}

ContourLayer layer_from(const VectorContent& content, const std::vector<Epci>& epcis,
                        const std::vector<CommuneRow>& communes, int epsg, JoinReport& report,
                        const std::string& source)
{
    report = {};
    report.from_communes = std::all_of(content.contours.begin(), content.contours.end(), is_of_commune);
    report.other_codes = content.other_codes;
    report.joined = content.contours.size();
    ContourLayer layer;
    layer.epsg = epsg;
    layer.source = source.empty() ? content.layer : source;
    if (report.from_communes) {
        const auto epci_of = membership(epcis, communes);
        std::set<std::string_view> present;
        for (const Contour& contour : content.contours)
            present.insert(contour.code);
        for (const auto& [commune, epci] : epci_of)
            if (!present.contains(commune))
                report.communes_missing.push_back(commune);
        layer.epcis = in_order_of(epcis, dissolve(content.contours, epci_of), report.epcis_missing);
        layer.geography = "contours communaux du fichier, périmètres des EPCI du classeur";
    } else {
        layer.epcis = in_order_of(epcis, content.contours, report.epcis_missing);
        layer.geography = "contours et périmètres des EPCI du fichier";
    }
    if (layer.epcis.empty())
        throw Failure(
            Failure::Cause::bad_file,
            "Aucun EPCI du territoire n'a de contour dans ce fichier : vérifiez les codes des feuilles "
            "Territoires et Communes, ou choisissez un fichier qui couvre le territoire.");
    layer.neighbours = neighbours_of(content, report.from_communes);
    simplify_and_cut(layer);
    return layer;
}

ContourLayer commune_layer(const VectorContent& content, int epsg)
{
    ContourLayer layer;
    layer.epsg = epsg;
    layer.tolerance_m = 20.0;
    std::copy_if(content.contours.begin(), content.contours.end(), std::back_inserter(layer.epcis),
                 is_of_commune);
    if (layer.epcis.empty())
        return layer;
    const std::size_t own = layer.epcis.size();
    const Box around = widened(envelope(layer.epcis), commune_margin_m);
    std::copy_if(content.neighbours.begin(), content.neighbours.end(), std::back_inserter(layer.epcis),
                 [&](const Contour& contour) {
                     return is_of_commune(contour) &&
                            boost::geometry::intersects(envelope(contour.shape), around);
                 });
    simplify(layer.epcis, layer.tolerance_m);
    layer.neighbours.assign(std::make_move_iterator(layer.epcis.begin() + static_cast<std::ptrdiff_t>(own)),
                            std::make_move_iterator(layer.epcis.end()));
    layer.epcis.resize(own);
    return layer;
}

std::map<std::string, LatLon> commune_points(const VectorContent& content, int epsg)
{
    std::map<std::string, LatLon> points;
    const Projection projection(epsg);
    for (const Contour& contour : content.contours)
        if (is_of_commune(contour))
            if (const auto found = label_point(contour.shape))
                points.emplace(contour.code, projection.inverse(found->point));
    return points;
}

} // namespace pacte::geo
