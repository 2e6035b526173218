# The English pack: its text is compiled by the library's own compiler, run as a program of the machine that builds, into a
# C file. Makes care_english, the objects that the libraries carry.

# In this order: words first, then what is built on them.
set(care_english_files
    packs/en/00-words.care
    packs/en/10-lists.care
    packs/en/20-cues.care
    packs/en/27-customer-cues.care
    packs/en/30-contexts.care
    packs/en/40-apology.care
    packs/en/50-empathy.care
    packs/en/70-probe.care
    packs/en/72-fine.care
    packs/en/74-customer.care
    packs/en/90-conversations.care)

add_executable(care_pack_host tools/pack_host.c src/english_none.c $<TARGET_OBJECTS:care_objects>)
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

# TEMPORARY: while files arrive
if(NOT EXISTS "${PROJECT_SOURCE_DIR}/src/compile/compile.c" OR NOT EXISTS "${PROJECT_SOURCE_DIR}/src/analyzer.c")
    set(care_english_c src/english_none.c)
    set_target_properties(care_pack_host PROPERTIES EXCLUDE_FROM_ALL ON)
endif()
add_library(care_english OBJECT "${care_english_c}")
care_compile_options(care_english)
target_include_directories(care_english PRIVATE include src)
