#pragma once

#include <string>

#include "office.hpp"

namespace office_test {

/// The office in that language (`fr`, `en-US`), with the built extension installed
/// in a fresh profile. It starts when it is first asked for, and serves all the
/// tests that close what they open.
[[nodiscard]] Office& office_with_pacte(const std::string& language);
void end_offices_with_pacte();

} // namespace office_test
