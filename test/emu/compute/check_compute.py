#!/usr/bin/env python3
"""Runs the kernels below a folder with run_compute.

    check_compute.py RUN_COMPUTE FOLDER [--seeds N] [NAME ...]

good/NAME.cpp must compute its oracle's values without a report under every
seed. bad/NAME.cpp has `// !! rule` at the end of each line that has to be
reported, and nothing else may be, except for rules named by a line
`// and rule` (what the hardware does after the mistake). Prints the table of
rules and how many mistakes each one caught.
"""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys

REPORT = re.compile(r"error: \[([a-z0-9-]+)\] core \(\d+,\d+\) (\w+): "
                    r"(.*?):(\d+):")


def run(program, kernel, seed):
    environment = dict(os.environ, TT_EMU_SEED=str(seed))
    try:
        done = subprocess.run([program, kernel], capture_output=True, text=True,
                              env=environment, timeout=120)
    except subprocess.TimeoutExpired:
        return -1, "timed out", set()
    reports = {(m[0], int(m[3])) for m in REPORT.findall(done.stderr)
               if os.path.basename(m[2]) == os.path.basename(kernel)}
    return done.returncode, done.stderr, reports


def check_good(program, kernel, seeds):
    for seed in range(seeds):
        status, text, _ = run(program, kernel, seed)
        if status != 0:
            return [f"{kernel}: seed {seed}: status {status}\n{text[:1500]}"]
    return []


def expectations(kernel):
    wanted, allowed = set(), set()
    with open(kernel, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            marked = re.search(r"// !! ([a-z0-9-]+)", line)
            if marked:
                wanted.add((marked.group(1), number))
            also = re.match(r"// and ([a-z0-9-]+)", line)
            if also:
                allowed.add(also.group(1))
    return wanted, allowed


def check_bad(program, kernel, seeds):
    wanted, allowed = expectations(kernel)
    for seed in range(seeds):
        _, text, reports = run(program, kernel, seed)
        missing = wanted - reports
        rules = set(re.findall(r"error: \[([a-z0-9-]+)\]", text))
        extra = {r for r in reports - wanted if r[0] not in allowed}
        strange = rules - {r for r, _ in wanted} - allowed
        if missing or extra or strange or not wanted:
            return [f"{kernel}: seed {seed}: missing {sorted(missing)}, "
                    f"unexpected {sorted(extra)} {sorted(strange)}\n"
                    f"{text[:1500]}"]
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args()
    problems, caught, jobs = [], {}, []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for kind, check in (("good", check_good), ("bad", check_bad)):
            folder = os.path.join(options.folder, kind)
            for name in sorted(os.listdir(folder)):
                if options.names and name[:-4] not in options.names:
                    continue
                kernel = os.path.join(folder, name)
                seeds = options.seeds if kind == "good" else 3
                jobs.append((kind, kernel,
                             pool.submit(check, options.program, kernel,
                                         seeds)))
        for kind, kernel, job in jobs:
            found = job.result()
            problems += found
            if kind == "bad" and not found:
                for rule in {rule for rule, _ in expectations(kernel)[0]}:
                    caught[rule] = caught.get(rule, 0) + 1
    for rule, count in sorted(caught.items()):
        print(f"{rule:20} {count} planted mistakes caught")
    good = sum(1 for kind, _, _ in jobs if kind == "good")
    print(f"{good} correct kernels, {len(jobs) - good} with a mistake, "
          f"{len(problems)} problems")
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


sys.exit(main())
