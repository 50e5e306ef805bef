#pragma once

#include <string>

#include "core/schema.hpp"
#include "core/validation_rules.hpp"

namespace pacte {

/// The page of the help that lists every rule of the validation, from the same
/// source as the findings: code, severity, what is said, what it costs, what to
/// do, an example; then, table by table, what its schema asks of each column.
/// HTML, UTF-8, complete. An example is in French whatever the language.
[[nodiscard]] std::string rules_page(const Schemas& schemas, Language language);

} // namespace pacte
