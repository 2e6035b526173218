"""Everything in the English pack stands where a reader would look for it: signal a.b alone in a/b.care, each file once in order.txt.

usage: places.py PACK_DIRECTORY
"""

import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
order = [line for line in (folder / "order.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
there = sorted(str(file.relative_to(folder)) for file in folder.rglob("*.care"))
wrong = [f"order.txt: {name} stands there {order.count(name)} times" for name in there if order.count(name) != 1]
wrong += [f"order.txt: there is no {name}" for name in order if name not in there]
signals = 0
for name in there:
    stem = name.removesuffix(".care").replace("/", ".")
    said = re.findall(r"^signal +(\S+)", (folder / name).read_text(encoding="utf-8"), re.MULTILINE)
    signals += len(said)
    wanted = [stem] if "/" in name and not name.endswith("/shared.care") else []
    if said != wanted:
        wrong.append(f"{name}: holds the signals {said}, not {wanted}")
print(*wrong, f"{signals} signals in {len(there)} files", sep="\n")
sys.exit(bool(wrong) or signals < 90)
