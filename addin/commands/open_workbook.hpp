#pragma once

#include <string>

#include "commands/command.hpp"
#include "core/workbook.hpp"

namespace pacte::commands {

/// Opens a new, untitled workbook with this content. From then on the request
/// speaks of its window, so that the command's sentence is said there.
void open_workbook(Request& request, const WorkbookContent& content);

} // namespace pacte::commands
