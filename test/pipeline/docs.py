"""Compares the table of docs/pipeline.md with the passes that are declared: same passes, same order, same names in the papers.

    docs.py LLVM-TBLGEN INCLUDE SOURCE
"""

import json
import re
import subprocess
import sys
from pathlib import Path


def declared(tblgen, include, source):
    dump = subprocess.run([tblgen, "--dump-json", f"-I{include}", f"-I{source}/passes", f"{source}/passes/Passes.td"],
                          check=True, stdout=subprocess.PIPE, text=True).stdout
    records = json.loads(dump)
    passes = [records[name] for name in records["!instanceof"]["Pass"]]
    text = Path(source, "passes", "Passes.td").read_text()
    passes.sort(key=lambda record: text.index(f'"{record["argument"]}"'))
    return [(record["argument"], record["paperName"]) for record in passes]


def main():
    tblgen, include, source = sys.argv[1:]
    text = Path(source, "docs", "pipeline.md").read_text()
    rows = [(name, paper.strip().strip("`")) for name, paper in re.findall(r"^\| `(tt-[a-z-]+)` \|([^|]*)\|", text, re.MULTILINE)]
    expected = declared(tblgen, include, source)
    if rows != expected:
        sys.exit(f"docs/pipeline.md differs from passes/Passes.td: {set(rows) ^ set(expected) or 'order'}")
    print(f"{len(rows)} passes")


main()
