#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include <com/sun/star/frame/XFrame.hpp>

#include "office/dialog.hpp"
#include "office/uno.hpp"

namespace pacte::office {

/// A file of its own in the office's folder for such files, removed at the end.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& name);
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path folder_;
    std::filesystem::path path_;
};

/// Fetches an address (http, https) into a file through LibreOffice's own network
/// layer, with the proxy of its options, in a thread of its own, while a small window
/// offers « Annuler ». Nothing is asked of the user: a server that wants a password or
/// has a bad certificate is an error. Throws Failure: cancelled; bad_file with the
/// address and the reason (unknown name, no answer, 404, cut, more than `most_bytes`).
void download(const Reference<css::uno::XComponentContext>& context,
              const Reference<css::frame::XFrame>& frame, Bilingual title, const std::string& address,
              const std::filesystem::path& file, std::size_t most_bytes);

} // namespace pacte::office
