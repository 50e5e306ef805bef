#include <cstdlib>
#include <iostream>
#include <memory>

#include <gdal_priv.h>
#include <gdal_utils.h>

// Writes a vector file in another format: `convert_vector <from> <to> <driver>`,
// for the tests of the reader, which does not write.

int main(int count, char** arguments)
{
    if (count != 4) {
        std::cerr << "usage: convert_vector <from> <to> <driver>\n";
        return EXIT_FAILURE;
    }
    GDALAllRegister();
    const GDALDatasetUniquePtr from(GDALDataset::Open(arguments[1], GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (from == nullptr)
        return EXIT_FAILURE;
    char format[] = "-f";
    char* options_text[] = {format, arguments[3], nullptr};
    const std::unique_ptr<GDALVectorTranslateOptions, decltype(&GDALVectorTranslateOptionsFree)> options(
        GDALVectorTranslateOptionsNew(options_text, nullptr), GDALVectorTranslateOptionsFree);
    GDALDatasetH source = GDALDataset::ToHandle(from.get());
    int error = 0;
    const GDALDatasetUniquePtr to(GDALDataset::FromHandle(
        GDALVectorTranslate(arguments[2], nullptr, 1, &source, options.get(), &error)));
    return to != nullptr && error == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
