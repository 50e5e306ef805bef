#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace pacte::fuzz {

/// The input as a file of its own, for a reader that takes a path.
class InputFile {
public:
    InputFile(const std::string& name, std::string_view bytes)
        : path_(std::filesystem::temp_directory_path() /
                ("pacte-fuzz-" + std::to_string(getpid()) + "-" + name))
    {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~InputFile() { std::filesystem::remove(path_); }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace pacte::fuzz
