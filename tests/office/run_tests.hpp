#pragma once

#include <string>

namespace office_test {

/// Runs the tests of that name (`GoldenTest`), or all of them where it is empty.
/// False where one failed or none was run.
[[nodiscard]] bool run_tests(const std::string& name);

} // namespace office_test
