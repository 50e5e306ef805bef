#pragma once

#include <filesystem>

namespace pacte {

/// Throws Failure (bad_file) where a file packed in a ZIP (PKWARE APPNOTE) would grow beyond
/// what any table needs, a « ZIP bomb » or a file that this machine could not hold; or where a
/// part of it does not unpack to the size that its directory says: it is damaged, or made
/// to deceive who trusts that size. Nothing for a file that is no ZIP. Each part is
/// unpacked once, in little memory: some 5 ms a MB.
void require_reasonable_zip(const std::filesystem::path& path);

} // namespace pacte
