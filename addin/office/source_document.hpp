#pragma once

#include <filesystem>

#include <com/sun/star/frame/XFrame.hpp>

#include "core/source_sheet.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// A file that others published, as plain sheets: a workbook (XLSX, XLS, ODS…) is
/// read by LibreOffice itself, out of sight, without macros or links; all else
/// as delimited text, in a thread of its own. Throws Failure (bad_file): protected by a
/// password, damaged, far larger once unpacked than any table; cancelled.
[[nodiscard]] SourceFile read_source_file(const Reference<css::uno::XComponentContext>& context,
                                          const Reference<css::frame::XFrame>& frame,
                                          const std::filesystem::path& path);

/// Whether LibreOffice is to read it, by its first bytes: a ZIP, an OLE file, flat
/// OpenDocument.
[[nodiscard]] bool is_workbook(const std::filesystem::path& path);

/// In hexadecimal.
[[nodiscard]] std::string sha1_of(const std::filesystem::path& path);

/// The path of a file's URL. Throws Failure where it is not on this machine.
[[nodiscard]] std::filesystem::path path_of_url(const std::string& url);

} // namespace pacte::office
