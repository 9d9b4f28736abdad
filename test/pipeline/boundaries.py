"""Splits the pipeline at every pass boundary, with the IR printed and parsed in between, and compares with one run.

    boundaries.py TT-OPT FILE...
"""

import re
import subprocess
import sys


def run(command, text=None):
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}:\n{done.stderr}")
    return done


def passes(opt, file):
    """The import with its options, and the passes that follow it on each host."""
    dump = run([opt, "--tt-v5-pipeline", "--dump-pass-pipeline", file, "-o", "/dev/null"]).stderr
    text = dump[dump.index("builtin.module(") + len("builtin.module("):]
    first, rest = text.split("tt.host(", 1)
    rest = rest[:rest.rindex(")", 0, rest.rindex(")"))]
    return first.strip().rstrip(","), [re.sub(r"\{.*?\}", "", name).strip() for name in rest.split(",\n")]


def main():
    opt, files = sys.argv[1], sys.argv[2:]
    for file in files:
        whole = run([opt, "--tt-v5-pipeline", file]).stdout
        first, rest = passes(opt, file)
        for i in range(len(rest) + 1):
            before = f"builtin.module({first}" + (f",tt.host({','.join(rest[:i])}))" if i else ")")
            middle = run([opt, f"--pass-pipeline={before}", file]).stdout
            after = f"builtin.module(tt.host({','.join(rest[i:])}))"
            result = run([opt, f"--pass-pipeline={after}", "-"], middle).stdout if i < len(rest) else middle
            if result != whole:
                sys.exit(f"{file}: split after '{([first] + rest)[i]}' gives another result")
        print(f"{file}: {len(rest) + 1} boundaries, same result")


main()
