#pragma once

#include <string>
#include <vector>

#include "office.hpp"

namespace office_test {

/// The comment of a cell; empty where it has none.
[[nodiscard]] std::string note_at(const Reference<css::frame::XModel>& model, const std::string& sheet_name,
                                  const std::string& cell);

/// The styles that conditional formats lay over a cell.
[[nodiscard]] std::vector<std::string> laid_over(const Reference<css::frame::XModel>& model,
                                                 const std::string& sheet_name, const std::string& cell);

} // namespace office_test
