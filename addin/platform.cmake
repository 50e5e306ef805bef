# What differs from one system to another: where the office and its SDK are, how
# LibreOffice names the system, how a module is linked and what it exports. Only
# Linux was built and tested; Windows and macOS follow the SDK's own settings.mk.
#
#   PACTE_OFFICE_HINT, PACTE_SDK_HINT  where the office and the SDK are looked for
#   PACTE_PLATFORM, PACTE_MANIFEST_PLATFORM  in description.xml, in manifest.xml
#   PACTE_CPPU_ENV, PACTE_UNO_DEFINITIONS, PACTE_UNO_LIBRARIES  to compile and link UNO
#   PACTE_SDK_SEARCH  the variable by which the SDK's programs find the office's libraries,
#                     and where those are from the office's programs (nothing on Linux)
#   PACTE_WARNINGS, PACTE_NO_DEPRECATION  of the compiler
#   PACTE_STRIP  the command that leaves out what only a debugger reads

string(TOLOWER "${CMAKE_SYSTEM_PROCESSOR}" processor)
if(processor MATCHES "^(arm64|aarch64)$")
  set(processor aarch64)
else()
  set(processor x86_64)
endif()

if(WIN32)
  set(PACTE_OFFICE_HINT "$ENV{ProgramFiles}/LibreOffice/program")
  set(PACTE_SDK_HINT "$ENV{ProgramFiles}/LibreOffice/sdk")
  set(PACTE_PLATFORM windows_${processor})
  set(PACTE_MANIFEST_PLATFORM Windows_${processor})
  set(PACTE_CPPU_ENV mscx)
  set(PACTE_UNO_DEFINITIONS WIN32 WNT NOMINMAX WIN32_LEAN_AND_MEAN)
  set(PACTE_UNO_LIBRARIES icppu icppuhelper isal isalhelper)
  set(PACTE_SDK_SEARCH PATH .)
elseif(APPLE)
  set(PACTE_OFFICE_HINT /Applications/LibreOffice.app/Contents/MacOS)
  file(GLOB PACTE_SDK_HINT /Applications/LibreOffice*_SDK)
  set(PACTE_PLATFORM macosx_${processor})
  set(PACTE_MANIFEST_PLATFORM MacOSX_${processor})
  set(PACTE_CPPU_ENV gcc3)
  set(PACTE_UNO_DEFINITIONS UNX GCC MACOSX)
  set(PACTE_UNO_LIBRARIES uno_cppu uno_cppuhelpergcc3 uno_sal uno_salhelpergcc3)
  set(PACTE_SDK_SEARCH DYLD_LIBRARY_PATH ../Frameworks)
else()
  set(PACTE_OFFICE_HINT /usr/lib/libreoffice/program)
  set(PACTE_SDK_HINT /usr/lib/libreoffice/sdk)
  set(PACTE_PLATFORM linux_${processor})
  set(PACTE_MANIFEST_PLATFORM Linux_${processor})
  set(PACTE_CPPU_ENV gcc3)
  set(PACTE_UNO_DEFINITIONS UNX GCC LINUX)
  set(PACTE_UNO_LIBRARIES uno_cppu uno_cppuhelpergcc3 uno_sal uno_salhelpergcc3)
endif()

if(MSVC)
  # /Zc:wchar_t- and /EHa are those of the SDK, whose types and exceptions we share.
  set(PACTE_WARNINGS /W4 /WX /utf-8 /bigobj /permissive- /Zc:wchar_t- /EHa)
  set(PACTE_NO_DEPRECATION /wd4996)
  set(PACTE_STRIP)
  string(REPLACE "/EHsc" "" CMAKE_CXX_FLAGS "${CMAKE_CXX_FLAGS}") # CMake's own, which /EHa would override
else()
  set(PACTE_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
  set(PACTE_NO_DEPRECATION -Wno-deprecated-declarations)
  set(PACTE_STRIP ${CMAKE_STRIP})
  if(APPLE)
    list(APPEND PACTE_STRIP -x)
  endif()
endif()

# A library of the office that a component is linked to. The SDK has it, except on
# macOS, where it is the office's own.
function(pacte_find_uno_library variable name)
  if(APPLE)
    find_file(${variable} lib${name}.dylib.3 HINTS ${LIBREOFFICE_OFFICE}/../Frameworks REQUIRED NO_DEFAULT_PATH)
  else()
    find_library(${variable} ${name} HINTS ${LIBREOFFICE_SDK}/lib REQUIRED NO_DEFAULT_PATH)
  endif()
endfunction()

# What is linked to the office's libraries finds them where the office is installed. On
# macOS they call themselves by a name that the SDK tells to replace; elsewhere their
# name is enough.
function(pacte_name_uno_libraries target)
  if(APPLE)
    set(changes)
    foreach(name IN LISTS PACTE_UNO_LIBRARIES)
      list(APPEND changes -change @__________________________________________________URELIB/lib${name}.dylib.3
                          @executable_path/urelibs/lib${name}.dylib.3)
    endforeach()
    add_custom_command(TARGET ${target} POST_BUILD
                       COMMAND ${CMAKE_INSTALL_NAME_TOOL} ${changes} $<TARGET_FILE:${target}> VERBATIM)
  endif()
endfunction()

# A module that a program loads, of that file name, which exports those C names and
# nothing else, and looks for no library in a folder of the machine that built it.
function(pacte_module target name)
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME ${name} SKIP_BUILD_RPATH ON)
  set(exports ${CMAKE_CURRENT_BINARY_DIR}/${target}.exports)
  if(WIN32)
    list(JOIN ARGN "\n  " names)
    file(CONFIGURE OUTPUT ${exports}.def CONTENT "EXPORTS\n  ${names}\n" @ONLY)
    target_sources(${target} PRIVATE ${exports}.def)
  elseif(APPLE)
    list(JOIN ARGN "\n_" names)
    file(CONFIGURE OUTPUT ${exports} CONTENT "_${names}\n" @ONLY)
    set_target_properties(${target} PROPERTIES LINK_DEPENDS ${exports})
    target_link_options(${target} PRIVATE LINKER:-exported_symbols_list,${exports} LINKER:-dead_strip)
  else()
    list(JOIN ARGN "; " names)
    file(CONFIGURE OUTPUT ${exports} CONTENT "{ global: ${names}; local: *; };\n" @ONLY)
    set_target_properties(${target} PROPERTIES LINK_DEPENDS ${exports})
    target_link_options(${target} PRIVATE LINKER:--version-script=${exports} LINKER:--exclude-libs,ALL
                        LINKER:-Bsymbolic LINKER:--gc-sections LINKER:--as-needed)
    if(NOT (PACTE_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES Clang)) # whose programs alone hold the sanitizers
      target_link_options(${target} PRIVATE LINKER:--no-undefined)
    endif()
  endif()
endfunction()
