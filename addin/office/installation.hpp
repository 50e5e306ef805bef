#pragma once

#include <filesystem>

#include "core/cog.hpp"
#include "core/cog_years.hpp"
#include "core/known_variables.hpp"
#include "core/schema.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// The office that loaded the component; given once, when it does.
void set_office_context(const Reference<css::uno::XComponentContext>& context);
[[nodiscard]] const Reference<css::uno::XComponentContext>& office_context();

/// The folder where LibreOffice unpacked the extension.
[[nodiscard]] const std::filesystem::path& installation_folder();
[[nodiscard]] std::filesystem::path templates_folder();

/// Read once, when first needed. Throw Failure (bad_file) where the
/// installation is damaged.
[[nodiscard]] const Schemas& schemas();
[[nodiscard]] const Cog& cog();
[[nodiscard]] const CogYears& cog_years();
[[nodiscard]] const KnownVariables& known_variables();

} // namespace pacte::office
