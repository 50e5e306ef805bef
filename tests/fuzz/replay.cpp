// Gives a fuzz target each file of the folders named: what crashed once, and the
// files of the tests. `replay [--extension] <file or folder>…`; with
// `--extension`, each input is led by a line with the extension of its file.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.hpp"

namespace fs = std::filesystem;

namespace {

void replay(const fs::path& path, bool with_extension)
{
    std::ifstream file(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    if (with_extension)
        bytes.insert(0, path.extension().string().substr(1) + "\n");
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::vector<fs::path> files_of(const fs::path& path)
{
    if (!fs::is_directory(path))
        return {path};
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(path))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    return files;
}

} // namespace

int main(int count, char** arguments)
{
    int replayed = 0;
    bool with_extension = false;
    for (int i = 1; i < count; ++i) {
        if (std::string_view(arguments[i]) == "--extension") {
            with_extension = true;
            continue;
        }
        for (const fs::path& file : files_of(arguments[i])) {
            std::cout << file.filename().string() << std::endl; // before it crashes
            replay(file, with_extension);
            ++replayed;
        }
    }
    std::cout << replayed << " inputs replayed\n";
    return replayed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
