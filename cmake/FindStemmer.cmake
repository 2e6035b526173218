# Finds Snowball's libstemmer, which ships neither a .pc file nor a CMake package, and makes Stemmer::stemmer.
# Sets Stemmer_FOUND, Stemmer_INCLUDE_DIR and Stemmer_LIBRARY. Installed with libcare, whose package uses it too.

find_path(Stemmer_INCLUDE_DIR libstemmer.h PATH_SUFFIXES libstemmer)
find_library(Stemmer_LIBRARY stemmer)
mark_as_advanced(Stemmer_INCLUDE_DIR Stemmer_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Stemmer
    REQUIRED_VARS Stemmer_LIBRARY Stemmer_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "install Snowball's libstemmer (Debian, Ubuntu: libstemmer-dev)")

if(Stemmer_FOUND AND NOT TARGET Stemmer::stemmer)
    add_library(Stemmer::stemmer UNKNOWN IMPORTED)
    set_target_properties(Stemmer::stemmer PROPERTIES
        IMPORTED_LOCATION "${Stemmer_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${Stemmer_INCLUDE_DIR}")
endif()
