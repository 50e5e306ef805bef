#pragma once

#include <cstdint>
#include <filesystem>

namespace pacte {

/// What a ZIP says it holds once unpacked, by its directory (PKWARE APPNOTE,
/// 4.3.12); 0 where the file is no ZIP.
[[nodiscard]] std::uint64_t unpacked_size(const std::filesystem::path& path);

/// Throws Failure (bad_file) where a file packed in a ZIP would grow beyond what any
/// table needs: a « ZIP bomb », or a file that this machine could not hold.
void require_reasonable_zip(const std::filesystem::path& path);

} // namespace pacte
