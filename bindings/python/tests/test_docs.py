"""The examples in the documentation run: docstrings, and the README."""

import doctest
import importlib
import os
import pathlib
import pkgutil

import pytest

import care

SOURCE = pathlib.Path(os.environ.get("CARE_SOURCE", pathlib.Path(__file__).parents[3]))
MODULES = ["care", *(f"care.{module.name}" for module in pkgutil.iter_modules(care.__path__))]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert not failed


def test_readme() -> None:
    failed, tried = doctest.testfile(str(SOURCE / "bindings/python/README.md"), module_relative=False)
    assert tried > 5 and not failed
