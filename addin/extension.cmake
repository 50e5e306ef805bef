# The extension: the UNO types, the component, the package.

# The office and its SDK, whose places platform.cmake proposes.
set(LIBREOFFICE_OFFICE ${PACTE_OFFICE_HINT} CACHE PATH "The program folder of LibreOffice")
set(LIBREOFFICE_SDK ${PACTE_SDK_HINT} CACHE PATH "The folder of the LibreOffice SDK")
find_program(UNOIDL_WRITE unoidl-write HINTS ${LIBREOFFICE_SDK}/bin REQUIRED NO_DEFAULT_PATH)
find_program(CPPUMAKER cppumaker HINTS ${LIBREOFFICE_SDK}/bin REQUIRED NO_DEFAULT_PATH)
find_path(LIBREOFFICE_INCLUDE sal/types.h HINTS ${LIBREOFFICE_SDK}/include /usr/include/libreoffice REQUIRED)
set(uno_libraries)
foreach(name IN LISTS PACTE_UNO_LIBRARIES)
  pacte_find_uno_library(LIBRARY_${name} ${name})
  list(APPEND uno_libraries ${LIBRARY_${name}})
endforeach()

find_path(LIBREOFFICE_TYPES types/offapi.rdb HINTS ${LIBREOFFICE_OFFICE} ${LIBREOFFICE_OFFICE}/../Resources REQUIRED)
set(uno_rdbs ${LIBREOFFICE_TYPES}/types.rdb ${LIBREOFFICE_TYPES}/types/offapi.rdb)
set(pacte_rdb ${CMAKE_BINARY_DIR}/pacte.rdb)
set(uno_include ${CMAKE_BINARY_DIR}/uno)
file(GLOB idl_sources CONFIGURE_DEPENDS idl/org/pacte/calc/*.idl)

set(run_sdk)
if(PACTE_SDK_SEARCH)
  list(GET PACTE_SDK_SEARCH 0 variable)
  list(GET PACTE_SDK_SEARCH 1 folder)
  set(run_sdk ${CMAKE_COMMAND} -E env --modify ${variable}=path_list_prepend:${LIBREOFFICE_OFFICE}/${folder})
endif()

# cppumaker wants absolute paths and leaves no stamp of its own.
add_custom_command(
  OUTPUT ${pacte_rdb} ${uno_include}/stamp
  COMMAND ${run_sdk} ${UNOIDL_WRITE} ${uno_rdbs} ${CMAKE_SOURCE_DIR}/idl ${pacte_rdb}
  COMMAND ${run_sdk} ${CPPUMAKER} -O${uno_include} -Gc ${uno_rdbs} ${pacte_rdb}
  COMMAND ${CMAKE_COMMAND} -E touch ${uno_include}/stamp
  DEPENDS ${idl_sources}
  COMMENT "Making the UNO types" VERBATIM)
add_custom_target(pacte_uno_types DEPENDS ${uno_include}/stamp)

# All code that speaks UNO, the component's and the tests' that drive an office.
add_library(pacte_uno INTERFACE)
target_include_directories(pacte_uno SYSTEM INTERFACE ${uno_include} ${LIBREOFFICE_INCLUDE})
target_compile_definitions(pacte_uno INTERFACE ${PACTE_UNO_DEFINITIONS} CPPU_ENV=${PACTE_CPPU_ENV})
# The API marks as deprecated what has no replacement (getShapeType, getDrawPage).
target_compile_options(pacte_uno INTERFACE ${PACTE_NO_DEPRECATION})
target_link_libraries(pacte_uno INTERFACE pacte_options ${uno_libraries})

file(GLOB component_sources CONFIGURE_DEPENDS
     addin/component.cpp addin/office/*.cpp addin/functions/*.cpp addin/commands/*.cpp)
add_library(pacte MODULE ${component_sources})
if(NOT MSVC)
  # What talks to the office waits for it: there, what counts is the size of the package.
  set(waiting_sources ${component_sources})
  list(FILTER waiting_sources EXCLUDE REGEX "/addin/functions/")
  set_source_files_properties(${waiting_sources} PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Release>:-Os>)
endif()
add_dependencies(pacte pacte_uno_types)
target_compile_definitions(pacte PRIVATE PACTE_VERSION="${PROJECT_VERSION}"
                                         PACTE_VECTOR_MODULE="pacte-vector${CMAKE_SHARED_MODULE_SUFFIX}")
target_link_libraries(pacte PRIVATE pacte_map pacte_uno)
pacte_name_uno_libraries(pacte)
pacte_module(pacte pacte pacte_functions pacte_commands) # the constructors that registry/pacte.components names
set(PACTE_COMPONENT pacte${CMAKE_SHARED_MODULE_SUFFIX})

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
foreach(file description.xml META-INF/manifest.xml pacte.components licences/licence-fr.txt licences/licence-en.txt
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
find_program(BASH bash REQUIRED) # on Windows, Git's
set(strip_modules)
if(PACTE_STRIP)
  set(strip_modules COMMAND ${PACTE_STRIP} ${oxt_dir}/$<TARGET_FILE_NAME:pacte> ${oxt_dir}/$<TARGET_FILE_NAME:pacte_vector>)
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
  ${strip_modules}
  COMMAND ${BASH} ${CMAKE_SOURCE_DIR}/addin/pack ${oxt_dir} ${pacte_oxt}
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
