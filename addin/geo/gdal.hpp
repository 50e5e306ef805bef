#pragma once

#include <filesystem>
#include <string>

#include <cpl_error.h>

// GDAL kept quiet and at home: the drivers that Pacte wants, and no more; no
// network; nothing of the machine's environment nor configuration files.

namespace pacte::geo {

/// The drivers, as GDALDataset::Open takes them.
[[nodiscard]] const char* const* vector_drivers();

/// Once a process; each reading calls it first. PROJ finds its database,
/// `proj.db`, in the folder `proj` beside this module and nowhere else. Throws
/// Failure (bad_file) where it is not there.
void start_gdal();

/// Keeps what GDAL would print, in this thread.
class ErrorLog {
public:
    ErrorLog();
    ~ErrorLog();
    ErrorLog(const ErrorLog&) = delete;
    ErrorLog& operator=(const ErrorLog&) = delete;

    [[nodiscard]] bool has_failure() const { return !first_.empty(); }
    [[nodiscard]] const std::string& first() const { return first_; }

private:
    static void CPL_STDCALL keep(CPLErr level, CPLErrorNum number, const char* message);

    std::string first_;
};

/// In this thread, what GDAL would fetch is not: a GeoJSON file may name its
/// projection by an address.
class NoNetwork {
public:
    NoNetwork();
    ~NoNetwork();
    NoNetwork(const NoNetwork&) = delete;
    NoNetwork& operator=(const NoNetwork&) = delete;
};

} // namespace pacte::geo
