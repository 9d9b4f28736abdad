"""Makes a build directory whose compiler and emulator are stand-ins: stand_in.py BUILD DIRECTORY.

The programs of the reference are the real ones. `tt-translate` writes the plan $STAND_IN_PLAN; `tt-emu` answers every output with the
reference's own value of it, unless $STAND_IN_BREAK names the output, fails if $STAND_IN_BREAK is `emulator`, and takes its time if it is
`slow`.
"""

import os
import sys
from pathlib import Path

TOOLS = {
    "tt-opt": "import shutil, sys\nshutil.copy(sys.argv[2], sys.argv[4])\n",
    "tt-translate": """import os, shutil, sys
folder = sys.argv[sys.argv.index("-o") + 1]
os.makedirs(folder, exist_ok=True)
shutil.copy(os.environ["STAND_IN_PLAN"], folder + "/tt.plan.json")
""",
    "tt-emu": """import os, sys, time
broken = os.environ.get("STAND_IN_BREAK", "")
if broken == "emulator":
    sys.exit("cb-overflow: core (0, 0) compute.cpp:12")
if broken == "slow":
    time.sleep(1.5)
print("inputs", [word.split("=")[0] for flag, word in zip(sys.argv, sys.argv[1:]) if flag == "--input"], file=open(sys.argv[2] + "/log", "w"))
for flag, word in zip(sys.argv, sys.argv[1:]):
    if flag == "--output":
        name, path = word.split("=", 1)
        data = open(path[:-len("out")] + "rounded", "rb").read()
        open(path, "wb").write(bytes(len(data)) if name == broken else data)
""",
}

build, folder = Path(sys.argv[1]), Path(sys.argv[2])
(folder / "bin").mkdir(parents=True)
for name, text in TOOLS.items():
    tool = folder / "bin" / name
    tool.write_text(f"#!{sys.executable}\n{text}")
    tool.chmod(0o755)
for name in ("tt-widen", "tt-reference"):
    os.symlink(build / "bin" / name, folder / "bin" / name)
os.symlink(build / "lib", folder / "lib")
