# How every C file of the project is compiled.

include(CheckCCompilerFlag)

# C11 without extensions, position independent, only CARE_API visible, no path of the build machine in the objects.
function(care_compile_options target)
    set_target_properties(${target} PROPERTIES
        C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
        C_VISIBILITY_PRESET hidden POSITION_INDEPENDENT_CODE ON)
    if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
        target_compile_options(${target} PRIVATE
            -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
            $<$<BOOL:${CARE_WERROR}>:-Werror>
            "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=" "-ffile-prefix-map=${PROJECT_BINARY_DIR}/=")
    endif()
endfunction()

# Sanitizers go on everything, so that objects and programs agree.
if(CARE_SANITIZE)
    add_compile_options(-fsanitize=${CARE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${CARE_SANITIZE})
endif()
