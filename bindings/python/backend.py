"""How the package is built: scikit-build-core, which this tells two things that it cannot know.

The version stands in the C core's version.h. A source distribution carries the C core in core/, because what lies above the
package's folder, as it does in a clone, cannot be in it.
"""

import os
import pathlib
import re
import shutil
import tempfile
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
CORE = HERE / "core" if (HERE / "core").is_dir() else HERE.parents[1]

# What of the C core the package is built from.
CORE_FILES = ["CMakeLists.txt", "LICENSE", "tools/pack_host.c"]
CORE_FOLDERS = ["bindings/swig", "cmake", "include", "packs", "src"]


def dynamic_metadata(field: str, settings: dict[str, Any]) -> str:
    """Called by scikit-build-core."""
    if field != "version" or settings:
        raise ValueError("only the version is dynamic, and has no settings")
    text = (CORE / "include/care/version.h").read_text(encoding="utf-8")
    return ".".join(re.findall(r"define CARE_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", text))


def _copy(folder: pathlib.Path) -> None:
    ignore = shutil.ignore_patterns("core", "build", "dist", "__pycache__", "*.pyc", ".*", "*.so")
    shutil.copytree(HERE, folder, ignore=ignore, dirs_exist_ok=True)
    for name in CORE_FOLDERS:
        shutil.copytree(CORE / name, folder / "core" / name, ignore=ignore)
    for name in CORE_FILES:
        target = folder / "core" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CORE / name, target)


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    from scikit_build_core import build

    before, output = os.getcwd(), os.path.abspath(sdist_directory)
    with tempfile.TemporaryDirectory() as scratch:
        _copy(pathlib.Path(scratch))
        os.chdir(scratch)
        try:
            return build.build_sdist(output, config_settings)
        finally:
            os.chdir(before)


def __getattr__(name: str) -> Any:
    """All other hooks are scikit-build-core's own."""
    if name.startswith("_"):
        raise AttributeError(name)
    from scikit_build_core import build

    return getattr(build, name)
