# The extension: the UNO types, the component, the package.

# How LibreOffice names this system: description.xml, then manifest.xml.
set(PACTE_PLATFORM linux_x86_64)
set(PACTE_MANIFEST_PLATFORM Linux_x86_64)

find_path(LIBREOFFICE_SDK_BIN unoidl-write HINTS /usr/lib/libreoffice/sdk/bin REQUIRED
          DOC "The bin folder of the LibreOffice SDK")
set(LIBREOFFICE_OFFICE /usr/lib/libreoffice/program CACHE PATH "The program folder of LibreOffice")
find_path(LIBREOFFICE_INCLUDE sal/types.h HINTS /usr/include/libreoffice REQUIRED)
find_path(LIBREOFFICE_LIB libuno_cppu.so HINTS /usr/lib/libreoffice/sdk/lib REQUIRED)

set(uno_rdbs ${LIBREOFFICE_OFFICE}/types.rdb ${LIBREOFFICE_OFFICE}/types/offapi.rdb)
set(pacte_rdb ${CMAKE_BINARY_DIR}/pacte.rdb)
set(uno_include ${CMAKE_BINARY_DIR}/uno)
file(GLOB idl_sources CONFIGURE_DEPENDS idl/org/pacte/calc/*.idl)

# cppumaker wants absolute paths and leaves no stamp of its own.
add_custom_command(
  OUTPUT ${pacte_rdb} ${uno_include}/stamp
  COMMAND ${LIBREOFFICE_SDK_BIN}/unoidl-write ${uno_rdbs} ${CMAKE_SOURCE_DIR}/idl ${pacte_rdb}
  COMMAND ${LIBREOFFICE_SDK_BIN}/cppumaker -O${uno_include} -Gc ${uno_rdbs} ${pacte_rdb}
  COMMAND ${CMAKE_COMMAND} -E touch ${uno_include}/stamp
  DEPENDS ${idl_sources}
  COMMENT "Making the UNO types" VERBATIM)
add_custom_target(pacte_uno_types DEPENDS ${uno_include}/stamp)

# All code that speaks UNO, the component's and the tests' that drive an office.
add_library(pacte_uno INTERFACE)
target_include_directories(pacte_uno SYSTEM INTERFACE ${uno_include} ${LIBREOFFICE_INCLUDE})
target_compile_definitions(pacte_uno INTERFACE UNX GCC LINUX CPPU_ENV=gcc3)
# The API marks as deprecated what has no replacement (getShapeType, getDrawPage).
target_compile_options(pacte_uno INTERFACE -Wno-deprecated-declarations)
target_link_libraries(pacte_uno INTERFACE
  pacte_options
  ${LIBREOFFICE_LIB}/libuno_cppu.so ${LIBREOFFICE_LIB}/libuno_cppuhelpergcc3.so
  ${LIBREOFFICE_LIB}/libuno_sal.so ${LIBREOFFICE_LIB}/libuno_salhelpergcc3.so)

file(GLOB component_sources CONFIGURE_DEPENDS
     addin/component.cpp addin/office/*.cpp addin/functions/*.cpp addin/commands/*.cpp)
add_library(pacte MODULE ${component_sources})
add_dependencies(pacte pacte_uno_types)
set_target_properties(pacte PROPERTIES PREFIX "" SKIP_BUILD_RPATH ON) # the office has its libraries loaded
target_compile_definitions(pacte PRIVATE PACTE_VERSION="${PROJECT_VERSION}")
target_link_libraries(pacte PRIVATE pacte_map pacte_uno)
target_link_options(pacte PRIVATE ${PACTE_MODULE_LINK_OPTIONS}
                    LINKER:--version-script=${CMAKE_SOURCE_DIR}/addin/component.map)
set_target_properties(pacte PROPERTIES LINK_DEPENDS ${CMAKE_SOURCE_DIR}/addin/component.map)

# The page of the help that lists the rules comes from the rules themselves.
add_executable(make_rules_page addin/make_rules_page.cpp)
target_link_libraries(make_rules_page PRIVATE pacte_core)
file(GLOB rule_sources CONFIGURE_DEPENDS templates/schemas/*.json templates/listes/*.json)
set(rules_pages ${CMAKE_BINARY_DIR}/regles-fr.html ${CMAKE_BINARY_DIR}/rules-en.html)
add_custom_command(
  OUTPUT ${rules_pages}
  COMMAND make_rules_page ${CMAKE_SOURCE_DIR}/templates fr ${CMAKE_BINARY_DIR}/regles-fr.html
  COMMAND make_rules_page ${CMAKE_SOURCE_DIR}/templates en ${CMAKE_BINARY_DIR}/rules-en.html
  DEPENDS make_rules_page ${rule_sources}
  COMMENT "Writing the page of the rules" VERBATIM)

# What every user of Pacte needs beside the component, as it stands in the package.
set(PACTE_UPDATE_URL "" CACHE STRING "Where newer versions are published (no slash at the end); empty: no updates")
set(PACTE_UPDATE_INFORMATION "")
if(PACTE_UPDATE_URL)
  set(PACTE_UPDATE_INFORMATION "  <update-information>
    <src xlink:href=\"${PACTE_UPDATE_URL}/pacte.update.xml\"/>
  </update-information>
")
endif()
file(READ LICENSE PACTE_LICENCE)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS LICENSE)

# Where the build's own values stand in a file of registry/ or its like.
set(made_dir ${CMAKE_BINARY_DIR}/made)
foreach(file description.xml META-INF/manifest.xml licences/licence-fr.txt licences/licence-en.txt
             licences/LISEZMOI.txt licences/contenu.txt)
  configure_file(registry/${file} ${made_dir}/${file} @ONLY)
endforeach()

set(oxt_dir ${CMAKE_BINARY_DIR}/oxt)
set(pacte_oxt ${CMAKE_BINARY_DIR}/pacte.oxt)
file(GLOB_RECURSE package_files CONFIGURE_DEPENDS registry/* templates/*)
set(copy_templates)
foreach(folder schemas listes territoire imports exemple-haute-loire)
  list(APPEND copy_templates COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_SOURCE_DIR}/templates/${folder}
                                     ${oxt_dir}/templates/${folder})
endforeach()
set(copy_licences)
if(PACTE_LICENCE_FILES)
  set(copy_licences COMMAND ${CMAKE_COMMAND} -E copy ${PACTE_LICENCE_FILES} ${oxt_dir}/licences)
endif()
add_custom_command(
  OUTPUT ${pacte_oxt}
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${oxt_dir} ${pacte_oxt}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${oxt_dir}/templates ${oxt_dir}/proj
  COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_SOURCE_DIR}/registry ${oxt_dir}
  COMMAND ${CMAKE_COMMAND} -E copy_directory ${made_dir} ${oxt_dir}
  COMMAND ${CMAKE_COMMAND} -E rm ${oxt_dir}/update.xml.in
  ${copy_templates}
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/templates/classeur.fods ${oxt_dir}/templates
  COMMAND ${CMAKE_COMMAND} -E copy ${PACTE_PROJ_DB} ${oxt_dir}/proj/proj.db
  ${copy_licences}
  COMMAND ${CMAKE_COMMAND} -E copy ${pacte_rdb} $<TARGET_FILE:pacte> $<TARGET_FILE:pacte_vector> ${oxt_dir}
  COMMAND ${CMAKE_COMMAND} -E copy ${rules_pages} ${oxt_dir}/text
  COMMAND ${CMAKE_STRIP} ${oxt_dir}/$<TARGET_FILE_NAME:pacte> ${oxt_dir}/$<TARGET_FILE_NAME:pacte_vector>
  COMMAND ${CMAKE_SOURCE_DIR}/addin/pack ${oxt_dir} ${pacte_oxt}
  DEPENDS pacte pacte_vector ${rules_pages} ${package_files} ${pacte_rdb} ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/addin/pack
          ${made_dir}/description.xml
  COMMENT "Packing pacte.oxt" VERBATIM)
add_custom_target(package_oxt ALL DEPENDS ${pacte_oxt})

# What is to be published at that address: the extension, the feed, the notes of the version.
configure_file(registry/update.xml.in ${CMAKE_BINARY_DIR}/publication/pacte.update.xml @ONLY)
add_custom_target(publication
  COMMAND ${CMAKE_COMMAND} -E copy ${pacte_oxt} ${CMAKE_SOURCE_DIR}/registry/text/notes-fr.html
          ${CMAKE_SOURCE_DIR}/registry/text/notes-en.html ${CMAKE_BINARY_DIR}/publication
  DEPENDS package_oxt VERBATIM)
