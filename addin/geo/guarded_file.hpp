#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "geo/vector_file.hpp"

namespace pacte::geo {

/// The only way by which GDAL reaches a file in this thread, while it lives:
/// - what was admitted, with the files of the same name beside it (`.shx`,
///   `.dbf`, `.prj`): a file that names another one does not reach it;
/// - read, never written;
/// - up to so many bytes, once decompressed;
/// - with its progress told and a cancel heard: GDAL reads a whole GeoJSON or
///   KML file when it opens it, without a word.
class GuardedFile {
public:
    /// The progress is told as a share of `share`.
    GuardedFile(const Progress& progress, double share, std::size_t most_bytes);
    ~GuardedFile();
    GuardedFile(const GuardedFile&) = delete;
    GuardedFile& operator=(const GuardedFile&) = delete;

    /// The name under which GDAL is to open `source`, a path on the disk or in
    /// GDAL's virtual file system of archives.
    [[nodiscard]] std::string admit(const std::string& source);
    /// The same for a file compressed by gzip.
    [[nodiscard]] std::string admit_gzip(const std::string& path);

    /// From then on the progress is no longer told.
    void stop_telling() { telling_ = false; }
    [[nodiscard]] bool is_cancelled() const { return cancelled_; }
    [[nodiscard]] bool is_too_big() const { return too_big_; }

private:
    struct Handle;
    static bool install();
    [[nodiscard]] bool is_admitted(const std::string& name) const;
    bool goes_on(const Handle& handle, std::size_t bytes);
    bool is_small_enough(const Handle& handle, std::size_t read);

    static thread_local GuardedFile* current_;
    const Progress& progress_;
    const double share_;
    const std::size_t most_bytes_;
    std::vector<std::string> admitted_; ///< names without their extension, in lower case
    std::size_t read_ = 0;              ///< since the progress was last told
    double told_ = 0.0;
    bool telling_ = true;
    bool cancelled_ = false;
    bool too_big_ = false;
};

} // namespace pacte::geo
