#pragma once

#include <filesystem>

#include "core/cog.hpp"
#include "core/known_variables.hpp"
#include "core/schema.hpp"

namespace pacte::office {

/// The folder where LibreOffice unpacked the extension.
[[nodiscard]] const std::filesystem::path& installation_folder();
[[nodiscard]] std::filesystem::path templates_folder();

/// Read once, when first needed. Throw Failure (bad_file) where the
/// installation is damaged.
[[nodiscard]] const Schemas& schemas();
[[nodiscard]] const Cog& cog();
[[nodiscard]] const KnownVariables& known_variables();

} // namespace pacte::office
