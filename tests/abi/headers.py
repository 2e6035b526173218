"""Compiles each public header alone, as C11 and as C++, with all warnings: none may lean on what its user included before.

usage: headers.py C_COMPILER CXX_COMPILER INCLUDE_DIRECTORY
"""
import pathlib
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def main(c_compiler, cxx_compiler, include):
    languages = [
        [c_compiler, "-std=c11", "-Wstrict-prototypes", "-x", "c"],
        [cxx_compiler, "-std=c++11", "-x", "c++"],
        [cxx_compiler, "-std=c++20", "-x", "c++"],
    ]
    headers = sorted(pathlib.Path(include).glob("care/*.h"))
    failed = 0
    for header in headers:
        name = header.relative_to(include)
        for language in languages:
            # Twice, to see that the guard holds.
            source = f"#include <{name}>\n#include <{name}>\nint care_used;\n"
            command = language + WARNINGS + ["-I", include, "-fsyntax-only", "-"]
            if subprocess.run(command, input=source, text=True).returncode:
                print(f"{name}: does not compile with {' '.join(language)}")
                failed += 1
    print(f"{len(headers)} headers in {len(languages)} languages, {failed} failures")
    sys.exit(1 if failed or not headers else 0)


main(*sys.argv[1:])
