#include "office.hpp"

#include <algorithm>
#include <fstream>

#include <cppunit/extensions/HelperMacros.h>

// What the extension loads, and when: GDAL brings more than a hundred libraries,
// which nobody who imports no contours should wait for.

using namespace office_test;
namespace fs = std::filesystem;

namespace {

bool has_library(const Office& office, const std::string& name)
{
    const auto files = office.mapped_files();
    return std::any_of(files.begin(), files.end(),
                       [&](const std::string& file) { return file.find(name) != std::string::npos; });
}

/// One EPCI of Haute-Loire, as a square in degrees.
fs::path square()
{
    const fs::path file = fs::path(PACTE_BINARY_DIR) / "un-epci.geojson";
    std::ofstream(file) << R"({"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"code":"200073419"},"geometry":{"type":"Polygon",
        "coordinates":[[[3.7,45.0],[3.9,45.0],[3.9,45.2],[3.7,45.2],[3.7,45.0]]]}}]})";
    return file;
}

} // namespace

class LibrariesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LibrariesTest);
    CPPUNIT_TEST(gdal_is_loaded_when_contours_are_imported_and_not_before);
    CPPUNIT_TEST_SUITE_END();

    /// An office of its own: libraries stay once they are loaded.
    void gdal_is_loaded_when_contours_are_imported_and_not_before()
    {
        const Profile profile;
        Office(profile, Window::none).install(PACTE_OXT);
        Office office(profile, Window::none);
        const auto start = office.new_spreadsheet();
        CPPUNIT_ASSERT(office.run(start, "exemple").done);
        const auto example = office.active();
        for (const char* command : {"valider", "couverture", "cartes", "fiches"})
            CPPUNIT_ASSERT_MESSAGE(command, office.run(example, command).done);
        CPPUNIT_ASSERT(has_library(office, "/pacte.so"));
        CPPUNIT_ASSERT(!has_library(office, "libgdal"));
        CPPUNIT_ASSERT(!has_library(office, "pacte-vector"));

        const Outcome outcome =
            office.run(example, "contours", {{"Fichier", css::uno::makeAny(file_url(square()))}});
        CPPUNIT_ASSERT_MESSAGE(outcome.sentence, outcome.done);
        CPPUNIT_ASSERT(has_library(office, "pacte-vector"));
        close(example);
        close(start);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LibrariesTest);
