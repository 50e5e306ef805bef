#pragma once

#include <cstddef>
#include <string>

namespace pacte::geo {

/// How many vertices a TopoJSON has once each of its objects has the points of its
/// arcs: a short file that names one long arc a million times has as many as it
/// likes, and GDAL makes them all. Read without being held, in one pass, up to
/// `enough`. 0 where the file is no TopoJSON, or is damaged.
[[nodiscard]] std::size_t vertices_of_topology(const std::string& source, std::size_t enough);

} // namespace pacte::geo
