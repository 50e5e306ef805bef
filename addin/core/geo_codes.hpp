#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/cog.hpp"

namespace pacte {

/// The territory that a line of a source file is about.
enum class GeoLevel { commune, epci, departement, iris };

[[nodiscard]] const char* name_of(GeoLevel level); ///< `commune`, `EPCI`, `département`, `IRIS`
[[nodiscard]] std::optional<GeoLevel> geo_level_named(std::string_view name);

/// The code in its full form, the zeros that a spreadsheet took away put back
/// (`1004` is commune `01004`). Empty where the text has not that level's form.
[[nodiscard]] std::string geo_code(std::string_view text, GeoLevel level);

/// Whether the code exists, or existed, in the official geography.
[[nodiscard]] bool is_known(const std::string& code, GeoLevel level, const Cog& cog);

} // namespace pacte
