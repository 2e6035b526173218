"""Builds and runs the consumer programs in one way, and sees which libraries the result asks for.

usage: consume.py OPTIONS install | self_contained shared | (find_package | pkg_config | add_subdirectory) (shared | static)

self_contained is add_subdirectory with CARE_STATIC_DEPENDENCIES.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys


def parse_arguments():
    parser = argparse.ArgumentParser()
    for name in ("work", "source", "build"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    for name in ("cmake", "generator", "cc", "cxx", "pkg-config", "sanitize"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("way", choices=["install", "find_package", "pkg_config", "add_subdirectory", "self_contained"])
    parser.add_argument("kind", choices=["shared", "static"], nargs="?")
    return parser.parse_args()


def run(*command, **options):
    command = [str(part) for part in command]
    print("+", " ".join(command), flush=True)
    return subprocess.run(command, check=True, text=True, **options)


def fresh(directory):
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return directory


def library_directory(prefix):
    return next(prefix.glob("**/pkgconfig/care.pc")).parent.parent


def install(options, prefix):
    """Installs, then moves the tree: an installation must not know where it was made."""
    first = options.work / "first"
    fresh(first)
    run(options.cmake, "--install", options.build, "--prefix", first)
    shutil.rmtree(prefix, ignore_errors=True)
    first.rename(prefix)
    for page in ("README.md", "pack-language.md", "docs/command-line.md", "docs/how-it-works.md"):
        if not list(prefix.glob(f"share/doc/*/{page}")):
            sys.exit(f"{page} is not installed")
    tool = prefix / "bin" / "care"
    if tool.exists():
        run(tool, "--version")


def build_with_cmake(options, directory, prefix):
    arguments = ["-S", options.source / "tests/consumer/project", "-B", directory, "-G", options.generator]
    arguments += [f"-DCMAKE_C_COMPILER={options.cc}", f"-DCMAKE_CXX_COMPILER={options.cxx}"]
    arguments += [f"-DBUILD_SHARED_LIBS={'ON' if options.kind == 'shared' else 'OFF'}"]
    if options.sanitize:
        flags = f"-fsanitize={options.sanitize}"
        arguments += [f"-DCMAKE_C_FLAGS={flags}", f"-DCMAKE_CXX_FLAGS={flags}"]
    if options.way == "find_package":
        arguments += [f"-DCMAKE_PREFIX_PATH={prefix}"]
    else:
        arguments += [f"-DCARE_SOURCE={options.source}"]
    if options.way == "self_contained":
        arguments += ["-DCARE_STATIC_DEPENDENCIES=ON"]
    run(options.cmake, *arguments)
    run(options.cmake, "--build", directory, "--parallel", 2)
    return [directory / "consumer_c", directory / "consumer_cpp"]


def build_with_pkg_config(options, directory, prefix):
    pkgconfig = library_directory(prefix) / "pkgconfig"
    search = os.pathsep.join(filter(None, [str(pkgconfig), os.environ.get("PKG_CONFIG_PATH")]))
    static = ["--static"] if options.kind == "static" else []
    query = run(options.pkg_config, "--cflags", "--libs", *static, "care", stdout=subprocess.PIPE, env={**os.environ, "PKG_CONFIG_PATH": search})
    flags = query.stdout.split()
    if options.kind == "static":  # both kinds lie side by side; the linker would take the shared one
        flags = ["-l:libcare.a" if flag == "-lcare" else flag for flag in flags]
    if options.sanitize:
        flags.append(f"-fsanitize={options.sanitize}")
    programs = []
    for compiler, language in ((options.cc, "c"), (options.cxx, "cpp")):
        programs.append(directory / f"consumer_{language}")
        run(compiler, options.source / f"tests/consumer/consumer.{language}", "-o", programs[-1], *flags)
    return programs


def needed_by(file):
    """The shared libraries that a program or library asks for, as text; empty where they cannot be told."""
    if sys.platform != "linux":
        return ""
    listing = subprocess.run(["readelf", "-d", file], check=True, text=True, stdout=subprocess.PIPE).stdout
    return " ".join(line for line in listing.splitlines() if "(NEEDED)" in line)


def check(options, program, libraries):
    environment = dict(os.environ)
    if options.kind == "shared" and libraries:
        environment["LD_LIBRARY_PATH"] = str(libraries)
    run(program, env=environment)
    needed = needed_by(program)
    if needed and ("libcare.so" in needed) != (options.kind == "shared"):
        sys.exit(f"{program} is linked with the other kind of library")


def main():
    options = parse_arguments()
    prefix = options.work / "prefix"
    if options.way == "install":
        return install(options, prefix)
    directory = fresh(options.work / f"{options.way}_{options.kind}")
    if options.way == "pkg_config":
        programs = build_with_pkg_config(options, directory, prefix)
    else:
        programs = build_with_cmake(options, directory, prefix)
    libraries = library_directory(prefix) if options.way == "pkg_config" else None
    for program in programs:
        check(options, program, libraries)
    if options.way == "self_contained":
        needed = needed_by(directory / "care" / "libcare.so")
        if "utf8proc" in needed or "stemmer" in needed:
            sys.exit(f"libcare.so still needs {needed}")


main()
