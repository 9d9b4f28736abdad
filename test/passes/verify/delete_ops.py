"""Deletes each protocol op of a finished program in turn and asks tt-verify.

    delete_ops.py TT_OPT PROGRAM.mlir [--only RE]

Prints a line per deletion, and fails if tt-verify accepts a program without one
of its ops: either the op was not needed, or the check is blind.
"""

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


def verify(tt_opt, text):
    run = subprocess.run([tt_opt, "--tt-verify", "-o", "/dev/null", "-"],
                         input=text, capture_output=True, text=True,
                         timeout=60, check=False)
    errors = [l for l in run.stderr.splitlines() if "error:" in l]
    return run.returncode, errors


def main():
    tt_opt, program = sys.argv[1:3]
    with open(program, encoding="utf-8") as file:
        lines = file.read().splitlines(keepends=True)
    status, errors = verify(tt_opt, "".join(lines))
    if status != 0:
        sys.exit(f"the program itself is refused: {errors}")
    tried, accepted = 0, 0
    for number, line in enumerate(lines):
        if not PROTOCOL.match(line):
            continue
        tried += 1
        status, errors = verify(tt_opt, "".join(lines[:number] +
                                                lines[number + 1:]))
        if status == 1 and errors:
            reason = errors[0].split("error: ", 1)[1]
        else:
            accepted += 1
            reason = f"ACCEPTED (status {status})"
        print(f"{number + 1}: {line.strip()}: {reason}")
    print(f"{tried} deletions, {accepted} accepted")
    sys.exit(1 if accepted or not tried else 0)


if __name__ == "__main__":
    main()
