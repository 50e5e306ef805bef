#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "geo/contours.hpp"

namespace pacte::geo {

struct VectorRequest {
    std::filesystem::path path;
    int epsg = 2154;                ///< wanted projection
    std::vector<std::string> codes; ///< codes INSEE and SIREN wanted; other features are skipped
    double margin_m = 0.0;          ///< around what is wanted, where other features are kept as neighbours
    std::string layer;              ///< the one to read; empty: the one that finds the most codes
    std::size_t most_vertices = 20'000'000;
    std::size_t most_bytes = std::size_t{2} << 30U; ///< of one file, once decompressed
};

/// What a vector file gave. Codes are compared as text: a code INSEE that the
/// file holds as a number gets its leading zero back.
struct VectorContent {
    std::vector<Contour> contours;   ///< only those whose code was asked for
    std::vector<Contour> neighbours; ///< of other codes, where they reach into the margin
    std::string driver;              ///< `GeoJSON`
    std::string code_field;          ///< the attribute recognised as the code
    std::string layer;
    std::vector<std::string> layers;       ///< those of the file that hold some of the codes, in its order
    std::string projection;                ///< name of the file's own
    bool projection_assumed = false;       ///< the file said none: WGS84 or the wanted one, by its extent
    std::size_t features = 0;              ///< in the file
    std::vector<std::string> without_code; ///< features skipped for want of a code (at most 20)
    std::vector<std::string> other_codes;  ///< codes of the file that were not asked for (at most 1000)
};

/// Called with a share (0 to 1); returns false to stop.
using Progress = std::function<bool(double)>;

/// Reads polygons through GDAL. Throws Failure: bad_file (missing, empty,
/// truncated, not a map, no codes, no polygon, none of the codes asked for: the
/// message says which and what to do), cancelled. Thread-safe; no UNO.
[[nodiscard]] VectorContent read_vector_file(const VectorRequest& request, const Progress& progress);

} // namespace pacte::geo
