"""Keeps docs/verify.md true about the emulator's rules.

    rules.py TT_EMU VERIFY.md MISTAKES.txt...

Each rule of the emulator has a row in the table, whose last column says how
many planted mistakes of which program (the `rule:` lines of the mistakes) show
that tt-verify sees it in IR, or has a dash and a reason before it.
"""

import collections
import os
import re
import subprocess
import sys

ROW = re.compile(r"^\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]+) \|$", re.M)


def planted(paths):
    counts = collections.defaultdict(collections.Counter)
    for path in paths:
        program = os.path.basename(path).removesuffix("_mistakes.txt")
        with open(path, encoding="utf-8") as file:
            for rule in re.findall(r"^rule: (\S+)$", file.read(), re.M):
                counts[rule][program] += 1
    return {rule: ", ".join(f"{p} {n}" for p, n in sorted(found.items()))
            for rule, found in counts.items()}


def main():
    tt_emu, docs, *mistakes = sys.argv[1:]
    listed = subprocess.run([tt_emu, "rules"], capture_output=True, text=True,
                            check=True).stdout
    rules = [line.split()[0] for line in listed.splitlines()]
    with open(docs, encoding="utf-8") as file:
        rows = {rule: (check, shown) for rule, check, shown
                in ROW.findall(file.read())}
    found = planted(mistakes)
    wrong = [f"{rule}: is no rule of the emulator"
             for rule in sorted((set(rows) | set(found)) - set(rules))]
    for rule in rules:
        want = found.get(rule, "–")
        if rule not in rows:
            wrong.append(f"{rule}: has no row; planted are: {want}")
        elif rows[rule][1].strip() != want:
            wrong.append(f"{rule}: {docs} says '{rows[rule][1]}', planted are: {want}")
    print("\n".join(wrong) or f"{len(rules)} rules, {len(found)} shown in IR")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
