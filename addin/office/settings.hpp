#pragma once

#include <string_view>

#include "office/workbook.hpp"

namespace pacte::office {

/// Writes a setting of `Paramètres`: the value of its line, or a new line at
/// the end where there is none of that key.
void write_setting(Workbook& workbook, std::string_view key, const Cell& value, std::string_view explanation);

} // namespace pacte::office
