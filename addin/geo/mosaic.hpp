#pragma once

#include <string>
#include <vector>

#include "core/rows.hpp"
#include "geo/contours.hpp"

namespace pacte::geo {

/// The schematic map shown until contours are imported: hexagons grown from the
/// points of the communes, in the projection `epsg`. Each retained EPCI with at
/// least one point gets at least one hexagon, and about as many as its share of
/// the communes (those without a point count); borders are shared to the vertex.
/// The same input always gives the same mosaic.
///
/// `without_point`, where given, receives the SIREN of the retained EPCI none of
/// whose communes has a point: they cannot be shown, contours must be imported.
/// Throws Failure (bad_value) where no EPCI has any.
[[nodiscard]] ContourLayer mosaic(const std::vector<Epci>& epcis, const std::vector<CommuneRow>& communes,
                                  int epsg, std::vector<std::string>* without_point = nullptr);

} // namespace pacte::geo
