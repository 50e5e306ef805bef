#pragma once

#include <filesystem>
#include <string>

#include "office.hpp"

namespace office_test {

/// `carte-besoin-et-offre-3.3` for « Carte – besoin et offre 3.3 ».
[[nodiscard]] std::string file_name_of(const std::string& sheet);

/// The printed page of one sheet as a PNG of 110 dots an inch, by way of the
/// office's PDF and pdftoppm.
void picture_of_sheet(const Reference<css::frame::XModel>& model, const std::string& sheet,
                      const std::filesystem::path& png);

} // namespace office_test
