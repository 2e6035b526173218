#!/usr/bin/env python3
"""The command line, from outside: every line of its contract, bad input, exit codes, streaming.

    python3 tests/cli/test_cli.py PATH/TO/care [unittest's arguments]

Most tests use a small pack of their own, so that they say what the program does and not what the English pack hears."""

import pathlib
import sys
import unittest

import case
from cases_lines import *
from cases_packs import *
from cases_people import *
from cases_program import *
from cases_text import *

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    case.care = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
