# The English pack: its text is compiled by the library's own compiler, run as a program of the machine that builds, into a
# C file. Makes care_english, the objects that the libraries carry, and care_no_english for what needs no pack in it.

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS packs/en/order.txt)
file(STRINGS packs/en/order.txt care_english_files REGEX "^[a-z]")
list(TRANSFORM care_english_files PREPEND packs/en/)

add_library(care_no_english OBJECT src/english_none.c)
care_compile_options(care_no_english)
target_include_directories(care_no_english PRIVATE include)

if(NOT CARE_ENGLISH)
    add_library(care_english ALIAS care_no_english)
    return()
endif()

add_executable(care_pack_host tools/pack_host.c $<TARGET_OBJECTS:care_objects> $<TARGET_OBJECTS:care_no_english>)
care_compile_options(care_pack_host)
target_include_directories(care_pack_host PRIVATE include)
target_link_libraries(care_pack_host PRIVATE care_utf8proc care_stemmer)

if(CARE_HOST_TOOL)
    set(care_host_tool "${CARE_HOST_TOOL}")
    set_target_properties(care_pack_host PROPERTIES EXCLUDE_FROM_ALL ON)
elseif(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    message(FATAL_ERROR "The English pack is compiled by a program that must run on this machine. Build the target "
        "care_pack_host in a native build directory and configure with -DCARE_HOST_TOOL=<that directory>/care_pack_host")
else()
    set(care_host_tool care_pack_host)
endif()

# The names are relative so that they, and with them the pack's bytes, are the same on every machine.
set(care_english_c "${PROJECT_BINARY_DIR}/generated/english.c")
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/generated")
add_custom_command(
    OUTPUT "${care_english_c}"
    COMMAND ${care_host_tool} "${care_english_c}" ${care_english_files}
    DEPENDS ${care_host_tool} ${care_english_files}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    COMMENT "Compiling the English pack"
    VERBATIM)

add_library(care_english OBJECT "${care_english_c}")
care_compile_options(care_english)
target_include_directories(care_english PRIVATE include src)
