# The libraries of others: the system's for daily work, or the static ones of
# `build` (in this folder) for the package that is handed out.
#   pacte_gdal      GDAL, and all that it needs
#   pacte_utf8proc
#   PACTE_PROJ_DB   the database of projections that goes with them

add_library(pacte_gdal INTERFACE)
add_library(pacte_utf8proc INTERFACE)
set(PACTE_MODULE_LINK_OPTIONS LINKER:--exclude-libs,ALL LINKER:-Bsymbolic LINKER:--gc-sections LINKER:--no-undefined
                              LINKER:--as-needed)

if(PACTE_PORTABLE)
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
    ${portable_lib}/libsqlite3.a ${portable_lib}/libexpat.a Threads::Threads ${CMAKE_DL_LIBS})
  find_package(Threads REQUIRED)
  target_include_directories(pacte_utf8proc SYSTEM INTERFACE ${portable_root}/include)
  target_link_libraries(pacte_utf8proc INTERFACE ${portable_lib}/libutf8proc.a)
  set(PACTE_PROJ_DB ${portable_root}/share/proj/proj.db)
else()
  find_package(GDAL 3.6 REQUIRED)
  find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)
  find_file(PACTE_PROJ_DB proj.db HINTS /usr/share/proj ENV PROJ_DATA REQUIRED DOC "The database of the system's PROJ")
  target_link_libraries(pacte_gdal INTERFACE GDAL::GDAL)
  target_link_libraries(pacte_utf8proc INTERFACE ${UTF8PROC_LIBRARY})
endif()
