#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/cog.hpp"
#include "core/rows.hpp"
#include "geo/contours.hpp"
#include "geo/vector_file.hpp"

namespace pacte::geo {

/// What did not join, code on code.
struct JoinReport {
    bool from_communes = false;                ///< the file is of communes, dissolved by membership
    std::size_t joined = 0;                    ///< contours of the file that were used
    std::vector<std::string> epcis_missing;    ///< SIREN of the retained EPCI that have no contour at all
    std::vector<std::string> communes_missing; ///< codes INSEE: their EPCI lacks that piece
    std::vector<std::string> other_codes;      ///< of the file, unknown to the territory (at most 1000)

    /// What to tell the person: a French sentence or several, empty where all joined.
    [[nodiscard]] std::string summary() const;
};

/// The codes to ask of `read_vector_file`: the retained EPCI and their communes.
[[nodiscard]] std::vector<std::string> wanted_codes(const std::vector<Epci>& epcis,
                                                    const std::vector<CommuneRow>& communes);

/// How far around the territory its neighbours are kept: a map may show them that far.
inline constexpr double neighbour_margin_m = 60'000.0;

/// Makes the contours of the retained EPCI, simplified for a map of A4: those of
/// the file where it holds EPCI, or its communes dissolved by the membership
/// that the workbook states. The neighbours that the file gave (communes joined
/// by département) are cut at that margin; borders shared with them stay shared.
/// `source` is printed under the maps; where it is
/// empty the name of the file's layer stands for it.
/// Throws Failure (bad_file) where no EPCI gets a contour.
[[nodiscard]] ContourLayer layer_from(const VectorContent& content, const std::vector<Epci>& epcis,
                                      const std::vector<CommuneRow>& communes, int epsg, JoinReport& report,
                                      const std::string& source = {});

/// Where each commune of the file is: the point farthest from its borders. Empty
/// where the file is of EPCI.
[[nodiscard]] std::map<std::string, LatLon> commune_points(const VectorContent& content, int epsg);

/// How far around the territory its communes are kept with their own contour.
inline constexpr double commune_margin_m = 30'000.0;

/// The communes of the file, and those within that margin (as `neighbours`), as the
/// workbook keeps them: to tell in which commune a place is, borders are kept to
/// 20 m. Empty where the file is of EPCI.
[[nodiscard]] ContourLayer commune_layer(const VectorContent& content, int epsg);

} // namespace pacte::geo
