#include <cstdio>
#include <exception>
#include <fstream>
#include <string_view>

#include "core/rules_page.hpp"

// Run by the build: writes the page of the rules that the help shows.
//   make_rules_page TEMPLATES fr|en FILE

int main(int argc, char** argv)
try {
    if (argc != 4) {
        std::fputs("make_rules_page TEMPLATES fr|en FILE\n", stderr);
        return 2;
    }
    const auto language =
        std::string_view(argv[2]) == "en" ? pacte::Language::english : pacte::Language::french;
    std::ofstream file(argv[3], std::ios::binary);
    file << pacte::rules_page(pacte::Schemas::load(argv[1]), language);
    file.close();
    return file ? 0 : 1;
} catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
}
