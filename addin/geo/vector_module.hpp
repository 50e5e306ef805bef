#pragma once

#include <filesystem>
#include <string>

#include "core/error.hpp"
#include "geo/vector_file.hpp"

// GDAL and the hundred libraries behind it are in a module of their own,
// `pacte-vector.so` on Linux, that `read_vector_file` loads when it is first called.

namespace pacte::geo {

/// Where the module is. To be called once, before `read_vector_file`.
void set_vector_module(std::filesystem::path path);

/// How a failure crosses the border of the module: no exception does.
struct VectorError {
    Failure::Cause cause = Failure::Cause::bad_file;
    std::string message;
};

/// What the module exports, under `vector_entry_name`; false: see the error.
using VectorEntry = bool(const VectorRequest& request, const Progress& progress, VectorContent& content,
                         VectorError& error);
inline constexpr const char* vector_entry_name = "pacte_read_vector";

} // namespace pacte::geo
