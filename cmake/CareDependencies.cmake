# utf8proc and libstemmer, as care_utf8proc and care_stemmer.

find_package(PkgConfig REQUIRED)
pkg_check_modules(CARE_UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc>=2.6.0) # the .pc of utf8proc 2.8 in Debian 12 says 2.6.0
find_package(Stemmer REQUIRED)

# Aliases keep the imported names, which the installed package finds again, out of the lists.
add_library(care_utf8proc ALIAS PkgConfig::CARE_UTF8PROC)
add_library(care_stemmer ALIAS Stemmer::stemmer)

# Links a shared library with both; or, with CARE_STATIC_DEPENDENCIES, puts them inside and keeps their names there.
function(care_link_shared target)
    if(NOT CARE_STATIC_DEPENDENCIES)
        target_link_libraries(${target} PRIVATE care_utf8proc care_stemmer)
        return()
    endif()
    foreach(name utf8proc stemmer)
        find_library(CARE_STATIC_${name} NAMES lib${name}.a HINTS ${CARE_UTF8PROC_LIBRARY_DIRS} REQUIRED)
        target_link_libraries(${target} PRIVATE ${CARE_STATIC_${name}})
    endforeach()
    if(NOT APPLE)
        target_link_options(${target} PRIVATE LINKER:--exclude-libs,ALL)
    endif()
endfunction()
