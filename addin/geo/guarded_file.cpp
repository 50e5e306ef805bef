#include "geo/guarded_file.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <memory>
#include <utility>

#include <cpl_vsi.h>

namespace pacte::geo {

namespace {

constexpr const char* prefix = "/vsipacte/"; // of GDAL's virtual file systems
constexpr std::size_t buffer_bytes = 1U << 16U;
constexpr std::size_t telling_bytes = 1U << 18U;

std::string name_without_extension(std::string name)
{
    const std::size_t slash = name.rfind('/');
    const std::size_t point = name.rfind('.');
    if (point != std::string::npos && (slash == std::string::npos || point > slash))
        name.resize(point);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name;
}

double size_of(VSILFILE* file)
{
    VSIFSeekL(file, 0, SEEK_END);
    const auto size = static_cast<double>(std::max<vsi_l_offset>(VSIFTellL(file), 1));
    VSIFSeekL(file, 0, SEEK_SET);
    return size;
}

} // namespace

struct GuardedFile::Handle {
    VSILFILE* file = nullptr;
    double size = 0.0; ///< of a file on the disk: its progress can be told
};

thread_local GuardedFile* GuardedFile::current_ = nullptr;

GuardedFile::GuardedFile(const Progress& progress, double share, std::size_t most_bytes)
    : progress_(progress), share_(share), most_bytes_(most_bytes)
{
    static const bool installed = install();
    (void)installed;
    current_ = this;
}

GuardedFile::~GuardedFile() { current_ = nullptr; }

std::string GuardedFile::admit(const std::string& source)
{
    admitted_.push_back(name_without_extension(source));
    return prefix + source;
}

std::string GuardedFile::admit_gzip(const std::string& path) { return admit("/vsigzip/" + admit(path)); }

bool GuardedFile::is_admitted(const std::string& name) const
{
    return std::find(admitted_.begin(), admitted_.end(), name_without_extension(name)) != admitted_.end();
}

bool GuardedFile::install()
{
    VSIFilesystemPluginCallbacksStruct* calls = VSIAllocFilesystemPluginCallbacksStruct();
    calls->nBufferSize = buffer_bytes;
    calls->open = [](void*, const char* name, const char* access) -> void* {
        const bool reads =
            access != nullptr && access[0] == 'r' && std::string(access).find('+') == std::string::npos;
        VSILFILE* file =
            reads && current_ != nullptr && current_->is_admitted(name) ? VSIFOpenL(name, "rb") : nullptr;
        if (file == nullptr) {
            errno = ENOENT;
            return nullptr;
        }
        auto handle = std::make_unique<Handle>();
        handle->file = file;
        if (std::string(name).find("/vsi") != 0)
            handle->size = size_of(file);
        return handle.release();
    };
    calls->stat = [](void*, const char* name, VSIStatBufL* status, int flags) {
        return current_ != nullptr && current_->is_admitted(name) ? VSIStatExL(name, status, flags) : -1;
    };
    calls->tell = [](void* handle) { return VSIFTellL(static_cast<Handle*>(handle)->file); };
    calls->seek = [](void* handle, vsi_l_offset offset, int whence) {
        return VSIFSeekL(static_cast<Handle*>(handle)->file, offset, whence);
    };
    calls->eof = [](void* handle) { return VSIFEofL(static_cast<Handle*>(handle)->file); };
    calls->close = [](void* handle) {
        const std::unique_ptr<Handle> owned(static_cast<Handle*>(handle));
        return VSIFCloseL(owned->file);
    };
    calls->read = [](void* handle, void* buffer, size_t size, size_t count) -> size_t {
        const Handle& from = *static_cast<Handle*>(handle);
        if (current_ != nullptr && !current_->goes_on(from, size * count))
            return 0;
        const std::size_t read = VSIFReadL(buffer, size, count, from.file);
        return current_ == nullptr || current_->is_small_enough(from, read) ? read : 0;
    };
    const bool done = VSIInstallPluginHandler(prefix, calls) == 0;
    VSIFreeFilesystemPluginCallbacksStruct(calls);
    return done;
}

bool GuardedFile::goes_on(const Handle& handle, std::size_t bytes)
{
    const vsi_l_offset at = VSIFTellL(handle.file);
    read_ += bytes;
    if (!cancelled_ && telling_ && progress_ && handle.size > 0.0 && read_ >= telling_bytes) {
        read_ = 0;
        told_ = std::max(told_, std::min(1.0, static_cast<double>(at) / handle.size)); // GDAL reads twice
        cancelled_ = !progress_(share_ * told_);
    }
    return !cancelled_ && !too_big_;
}

// GDAL looks past the end of a file to know that it ends there: what counts is what was there.
bool GuardedFile::is_small_enough(const Handle& handle, std::size_t read)
{
    too_big_ = too_big_ || (read > 0 && VSIFTellL(handle.file) > most_bytes_);
    return !too_big_;
}

} // namespace pacte::geo
