"""The example runs, as the script that it is."""

import os
import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(os.environ.get("CARE_SOURCE", pathlib.Path(__file__).parents[3]))


def test_transcripts(tmp_path: pathlib.Path) -> None:
    program = SOURCE / "examples/python/transcripts.py"
    done = subprocess.run([sys.executable, program], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for said in ("apology.responsibility", "excuse.newness", "fine.tepid", "conv.fine_unprobed", "care  against", "nonapology.conditional"):
        assert said in done.stdout
