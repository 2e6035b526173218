"""What is shipped: a source distribution that builds, a wheel that needs nothing, an installation from a clone."""

import os
import pathlib
import subprocess
import sys
import tarfile
import zipfile

import pytest

SOURCE = pathlib.Path(os.environ.get("CARE_SOURCE", pathlib.Path(__file__).parents[3]))
PROJECT = SOURCE / "bindings/python"
PROGRAM = """
import care, pathlib, sys
assert pathlib.Path(care.__file__).is_relative_to(sys.prefix), care.__file__
[finding] = care.analyze("Sorry about the wait.")
assert finding.signal == "apology.regret" and len(care.analyze_batch(["Sorry."] * 9000)) == 9000
print(care.__version__)
"""


def run(*command: str | os.PathLike[str], folder: pathlib.Path | None = None) -> str:
    """Its output; the tools of the virtual environment come first, and neither the package of the build nor the network is there."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "CARE_SOURCE")}
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**kept, "PATH": path, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=300)
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The source distribution, made from the clone, and the wheel, made from that."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, PROJECT)
    return folder


def version() -> str:
    lines = (SOURCE / "include/care/version.h").read_text(encoding="utf-8").splitlines()
    return ".".join(line.split()[-1] for line in lines if line.startswith(("#define CARE_VERSION_MAJOR", "#define CARE_VERSION_MINOR", "#define CARE_VERSION_PATCH")))


def test_licences() -> None:
    said = (PROJECT / "LICENSES.txt").read_text(encoding="utf-8")
    assert (SOURCE / "LICENSE").read_text(encoding="utf-8").strip() in said


def install_and_run(folder: pathlib.Path, wheel: pathlib.Path) -> None:
    environment = folder / "empty"
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    python = environment / "bin/python"
    run(sys.executable, "-m", "pip", "--python", python, "install", wheel)
    assert run(python, "-c", PROGRAM, folder=folder).strip() == version()


@pytest.mark.timeout(400)
def test_source_distribution(made: pathlib.Path) -> None:
    [sdist] = made.glob("*.tar.gz")
    assert sdist.name == f"libcare-{version()}.tar.gz"
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSES.txt", "python.i", "care/py.typed", "core/src/analyzer.c", "core/packs/en/empathy/affective.care"} <= names
    assert not [name for name in names if name.endswith((".so", ".pyc", ".o"))]


@pytest.mark.timeout(400)
def test_wheel(made: pathlib.Path, tmp_path: pathlib.Path) -> None:
    [wheel] = made.glob("*.whl")
    assert wheel.name.startswith(f"libcare-{version()}-cp311-abi3-")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extract("care/_care.abi3.so", tmp_path)
    assert {"care/py.typed", "care/_care.pyi", "care/__init__.py", f"libcare-{version()}.dist-info/licenses/LICENSES.txt"} <= set(names)
    assert not [name for name in names if not name.startswith(("care/", "libcare-"))]

    run("abi3audit", "--strict", wheel)
    module = tmp_path / "care/_care.abi3.so"
    needed = run("objdump", "-p", module)
    assert not [line for line in needed.splitlines() if "NEEDED" in line and "libc.so" not in line and "libm.so" not in line and "ld-linux" not in line], needed
    shown = [line.split()[-1] for line in run("nm", "-D", "--defined-only", module).splitlines()]
    assert shown == ["PyInit__care"]
    install_and_run(tmp_path, wheel)


@pytest.mark.timeout(400)
def test_install_from_a_clone(tmp_path: pathlib.Path) -> None:
    before = {path for path in PROJECT.rglob("*")}
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, PROJECT)
    assert {path for path in PROJECT.rglob("*") if "__pycache__" not in str(path)} <= before
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert f"libcare-{version()}.dist-info/licenses/LICENSES.txt" in archive.namelist()
    install_and_run(tmp_path, wheel)
