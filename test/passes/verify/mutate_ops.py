"""Makes one mistake at a time in a finished program and asks tt-verify.

    mutate_ops.py TT_OPT PROGRAM.mlir

Leaves out each protocol op in turn, makes each page count wrong by one (a
reserve or wait for more pages than needed only waits for longer), and gives
each loop that moves data and has constant bounds one trip more and one less. Prints a line per
mistake, and fails if tt-verify accepts a program with one: either it is none,
or the check is blind.
"""

import bisect
import itertools
import re
import subprocess
import sys

# Ops without results that are part of the protocol; one per line in the
# printed form.
PROTOCOL = re.compile(
    r"^\s*tt\.(cb_(reserve_back|push_back|wait_front|pop_front)"
    r"|noc_async_(read|write)_(page|barrier)"
    r"|tile_regs_\w+|hw_startup|l1_store|\w+_(un)?init|"
    r"reconfig_data_format|pack_\w+)\b")
COUNT = re.compile(r"^(\s*tt\.cb_(reserve_back|push_back|wait_front|pop_front) "
                   r"@\w+, )(\d+)\s*$")
LOOP = re.compile(r"^(\s*)(scf\.for %\w+ = %c0 to )%c(\d+)( step %c1 .*)$")
# What makes the trips of a loop protocol: a loop of math alone computes other
# numbers, which is not for tt-verify to see.
MOVES = re.compile(r"\btt\.(cb_|noc_|l1_store|tile_regs_|pack_tile)")
MARKER = "// -----\n"


def body(lines, start):
    """The lines of the loop that starts at a line."""
    space = lines[start][:len(lines[start]) - len(lines[start].lstrip())]
    return itertools.takewhile(lambda l: not l.startswith(space + "}"),
                               lines[start + 1:])


def mistakes(lines):
    """Line number, what is wrong, and the lines instead of that one."""
    for number, line in enumerate(lines):
        if PROTOCOL.match(line):
            yield number, "left out", []
        count = COUNT.match(line)
        if count:
            call, pages = count.group(2), int(count.group(3))
            if pages > 1:
                yield number, "one less", [f"{count.group(1)}{pages - 1}\n"]
            if call in ("push_back", "pop_front"):
                yield number, "one more", [f"{count.group(1)}{pages + 1}\n"]
        loop = LOOP.match(line)
        if loop and any(map(MOVES.search, body(lines, number))):
            space, head, trips, tail = loop.groups()
            for what, wrong in (("one trip less", int(trips) - 1),
                                ("one trip more", int(trips) + 1)):
                yield number, what, [
                    f"{space}%trips = arith.constant {wrong} : index\n",
                    f"{space}{head}%trips{tail}\n"]


def first_errors(tt_opt, texts):
    """For each text the first error of tt-verify, or None: in one run, with
    every text a section of its own."""
    run = subprocess.run([tt_opt, "--tt-verify", "-split-input-file", "-o",
                          "/dev/null", "-"], input=MARKER.join(texts),
                         capture_output=True, text=True, timeout=600,
                         check=False)
    ends = list(itertools.accumulate(t.count("\n") + 1 for t in texts))
    errors = [None] * len(texts)
    for found in re.finditer(r"^<stdin>:(\d+):\d+: error: (.*)", run.stderr,
                             re.M):
        index = bisect.bisect_left(ends, int(found.group(1)))
        errors[index] = errors[index] or found.group(2)
    if run.returncode not in (0, 1) or (run.returncode == 0) != (not any(errors)):
        sys.exit(f"tt-opt ended with status {run.returncode}: {run.stderr[-500:]}")
    return errors


def main():
    tt_opt, program = sys.argv[1:3]
    with open(program, encoding="utf-8") as file:
        lines = file.read().splitlines(keepends=True)
    made = list(mistakes(lines))
    texts = ["".join(lines)] + ["".join(lines[:n] + new + lines[n + 1:])
                                for n, _, new in made]
    right, *errors = first_errors(tt_opt, texts)
    if right:
        sys.exit(f"the program itself is refused: {right}")
    for (number, what, _), error in zip(made, errors):
        print(f"{number + 1}: {lines[number].strip()}: {what}: "
              f"{error or 'ACCEPTED'}")
    accepted = errors.count(None)
    print(f"{len(made)} mistakes, {accepted} accepted")
    sys.exit(1 if accepted or not made else 0)


if __name__ == "__main__":
    main()
