#include "geo/gdal.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <string_view>

#include <boost/dll/runtime_symbol_info.hpp>
#include <cpl_conv.h>
#include <cpl_http.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>

#include "core/error.hpp"

namespace pacte::geo {

namespace {

constexpr std::array<const char*, 8> drivers = {
    "GeoJSON", "TopoJSON", "ESRI Shapefile", "GPKG", "FlatGeobuf", "MapInfo File", "CSV", nullptr};

void register_drivers()
{
    RegisterOGRGeoJSON();
    RegisterOGRTopoJSON();
    RegisterOGRShape();
    RegisterOGRGeoPackage();
    RegisterOGRFlatGeobuf();
    RegisterOGRMEM(); // what read_kml makes
    RegisterOGRTAB();
    RegisterOGRCSV();
}

// GDAL reads a configuration file before all else, /etc/gdal/gdalrc or
// ~/.gdal/gdalrc unless it is told of another one: this one. Its directive is
// the only way to have every variable of the environment ignored.
void load_own_configuration()
{
    static constexpr std::string_view configuration = "[directives]\n"
                                                      "ignore-env-vars=yes\n"
                                                      "[configoptions]\n"
                                                      "GDAL_PAM_ENABLED=NO\n";
    static constexpr const char* name = "/vsimem/pacte/gdalrc";
    std::array<GByte, configuration.size()> bytes{};
    std::copy(configuration.begin(), configuration.end(), bytes.begin());
    VSIFCloseL(VSIFileFromMemBuffer(name, bytes.data(), bytes.size(), FALSE));
    CPLSetConfigOption("GDAL_CONFIG_FILE", name);
    GetGDALDriverManager(); // reads it
    VSIUnlink(name);
}

void find_projections()
{
    const std::filesystem::path folder = boost::dll::this_line_location().parent_path() / "proj";
    if (!std::filesystem::exists(folder / "proj.db"))
        throw Failure(Failure::Cause::bad_file,
                      "La base des projections (proj.db) manque dans l'extension Pacte : réinstallez-la.");
    const std::string name = folder.string();
    const std::array<const char*, 2> paths = {name.c_str(), nullptr};
    OSRSetPROJSearchPaths(paths.data());
    OSRSetPROJEnableNetwork(FALSE);
}

} // namespace

const char* const* vector_drivers() { return drivers.data(); }

void start_gdal()
{
    static std::once_flag once;
    std::call_once(once, [] {
        find_projections();
        load_own_configuration();
        register_drivers();
    });
}

ErrorLog::ErrorLog() { CPLPushErrorHandlerEx(&ErrorLog::keep, this); }
ErrorLog::~ErrorLog() { CPLPopErrorHandler(); }

void CPL_STDCALL ErrorLog::keep(CPLErr level, CPLErrorNum, const char* message)
{
    auto* log = static_cast<ErrorLog*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure && log->first_.empty()) {
        log->first_ = message;
        if (const std::size_t place = log->first_.find("In file ");
            place == 0) // of GDAL's source: says nothing
            log->first_.erase(0, log->first_.find(", ", log->first_.find("at line")) + 2);
    }
}

NoNetwork::NoNetwork()
{
    CPLHTTPPushFetchCallback([](const char*, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc,
                                void*, void*) -> CPLHTTPResult* { return nullptr; },
                             nullptr);
}
NoNetwork::~NoNetwork() { CPLHTTPPopFetchCallback(); }

} // namespace pacte::geo
