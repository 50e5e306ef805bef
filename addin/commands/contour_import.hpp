#pragma once

#include <filesystem>
#include <string>

#include "commands/command.hpp"
#include "office/workbook.hpp"

namespace pacte::commands {

/// A file of contours, and what is known of it before it is read.
struct ContourFile {
    std::filesystem::path path;
    std::string name; ///< shown, and kept in Sources
    std::string producer;
    std::string vintage;
    std::string licence;
    std::string origin; ///< a sentence for Sources: where it was downloaded
};

/// Throws Failure where the contours could not be written in the end.
void require_contours_writable(const office::Workbook& workbook);

/// Reads the file, shows what was understood where it `asks`, and writes the
/// contours, their source and the points of the communes as one undo step. Gives
/// the sentence of the end; empty where the user gave up.
std::string import_contour_file(Request& request, const ContourFile& file, bool asks);

} // namespace pacte::commands
