#pragma once

#include <string>

#include <gdal_priv.h>

namespace pacte::geo {

/// The polygons of a KML file (its Placemarks, whatever the folders), with their
/// attributes as text: `name`, `description`, and those of ExtendedData, which
/// GDAL's own KML driver leaves out. One layer, in WGS84 as KML always is.
/// Null, with an error logged where it begins as XML, for what is not a KML file.
/// What the file links to (NetworkLink, schemaUrl, entities) is not followed.
[[nodiscard]] GDALDatasetUniquePtr read_kml(const std::string& source);

} // namespace pacte::geo
