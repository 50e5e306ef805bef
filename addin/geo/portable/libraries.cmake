# The libraries of others: the system's for daily work, or the static ones of
# `build` (in this folder) for the package that is handed out.
#   pacte_gdal      GDAL, and all that it needs
#   pacte_utf8proc
#   PACTE_PROJ_DB   the database of projections that goes with them
#   PACTE_CONTAINS  what is in the extension, in words: names, versions, licences
#   PACTE_LICENCE_FILES  their texts

set(PACTE_CONTAINS "Boost ${Boost_VERSION_STRING} (BSL 1.0), nanoflann (BSD)")
set(PACTE_LICENCE_FILES)
add_library(pacte_gdal INTERFACE)
add_library(pacte_utf8proc INTERFACE)

if(PACTE_PORTABLE)
  if(NOT CMAKE_SYSTEM_NAME STREQUAL Linux)
    message(FATAL_ERROR "addin/geo/portable/build is written for Debian's source packages: PACTE_PORTABLE is for Linux")
  endif()
  set(PACTE_PORTABLE_ROOT "" CACHE PATH "What addin/geo/portable/build made (built where empty: it takes a while)")
  set(portable_root ${PACTE_PORTABLE_ROOT})
  if(NOT portable_root)
    message(STATUS "Building GDAL, PROJ, GEOS, SQLite, Expat and utf8proc, unless it was done before")
    execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/build OUTPUT_VARIABLE portable_root
                    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  endif()
  message(STATUS "Portable libraries: ${portable_root}")
  set(portable_lib ${portable_root}/lib)
  target_include_directories(pacte_gdal SYSTEM INTERFACE ${portable_root}/include)
  # In the order in which they need each other.
  target_link_libraries(pacte_gdal INTERFACE
    ${portable_lib}/libgdal.a ${portable_lib}/libgeos_c.a ${portable_lib}/libgeos.a ${portable_lib}/libproj.a
    ${portable_lib}/libsqlite3.a Threads::Threads ${CMAKE_DL_LIBS})
  find_package(Threads REQUIRED)
  target_include_directories(pacte_utf8proc SYSTEM INTERFACE ${portable_root}/include)
  target_link_libraries(pacte_utf8proc INTERFACE ${portable_lib}/libutf8proc.a)
  set(PACTE_PROJ_DB ${portable_root}/share/proj/proj.db)

  set(licence_gdal "MIT, avec zlib, libtiff, libgeotiff, json-c, shapelib, FlatBuffers")
  set(licence_proj MIT)
  set(licence_geos "LGPL 2.1")
  set(licence_sqlite3 "domaine public")
  set(licence_utf8proc MIT)
  file(STRINGS ${portable_root}/versions versions)
  foreach(line IN LISTS versions)
    string(REGEX MATCH "^([^ ]+) ([0-9.]+)" _ "${line}")
    string(APPEND PACTE_CONTAINS ", ${CMAKE_MATCH_1} ${CMAKE_MATCH_2} (${licence_${CMAKE_MATCH_1}})")
  endforeach()
  file(GLOB PACTE_LICENCE_FILES ${portable_root}/licences/*.txt)
  # Debian's files refer to the common licences by their place in Debian.
  foreach(file IN LISTS PACTE_LICENCE_FILES)
    file(READ ${file} text)
    string(REGEX MATCHALL "/usr/share/common-licenses/(LGPL-2\\.1|LGPL-2|Apache-2\\.0)" common "${text}")
    list(APPEND PACTE_LICENCE_FILES ${common})
  endforeach()
  list(REMOVE_DUPLICATES PACTE_LICENCE_FILES)
else()
  find_package(GDAL 3.6 REQUIRED)
  find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)
  find_file(PACTE_PROJ_DB proj.db HINTS /usr/share/proj ENV PROJ_DATA REQUIRED DOC "The database of the system's PROJ")
  target_link_libraries(pacte_gdal INTERFACE GDAL::GDAL)
  target_link_libraries(pacte_utf8proc INTERFACE ${UTF8PROC_LIBRARY})
  string(APPEND PACTE_CONTAINS " ; GDAL ${GDAL_VERSION}, PROJ et utf8proc du système")
endif()

# nanoflann is headers only; its licence is where Debian's package has it. (Boost's
# is in registry/licences.)
file(GLOB licence /usr/share/doc/libnanoflann-dev/copyright)
if(licence)
  configure_file(${licence} ${CMAKE_BINARY_DIR}/licences/nanoflann.txt COPYONLY)
  list(APPEND PACTE_LICENCE_FILES ${CMAKE_BINARY_DIR}/licences/nanoflann.txt)
endif()
