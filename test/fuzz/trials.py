"""Runs generated kernels through the compiler and tools/tt-check, and says how each ended."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import emit

ROOT = Path(__file__).resolve().parent.parent.parent
# How a kernel may end. All but the first three are defects.
STATUSES = ("ok", "loose", "refused", "wrong", "report", "crash", "hang", "reference")

# Calls of the device's API: what is wrong with one is no fault of the input.
DEVICE_OP = re.compile(r"'tt\.(cb_\w+|noc_\w+|tile_regs_\w+|(un)?pack_\w+|\w+_(un)?init|\w+_tiles?)' op")


def run(command, timeout, **options):
    """Exit status (None after the timeout) and output; the children of the command end with it."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True, **options)
    try:
        output, _ = process.communicate(timeout=timeout)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, ""


def kernel_alone(description, number):
    return {**description, "kernels": [description["kernels"][number]]}


def message_of(output):
    """The first error without what differs from kernel to kernel."""
    found = re.search(r"error: (.*)", output)
    text = found.group(1) if found else output.strip().splitlines()[-1] if output.strip() else "no message"
    text = re.sub(r"'(arg|result|tmp)\d+'", r"'\1N'", text)
    return re.sub(r"\b\d[\d,]*\b", "N", re.sub(r"(?<=')(tensor|memref|!tt)[^']*(?=')", "T", text))


class Trials:
    def __init__(self, build, folder, timeout=120):
        self.build, self.folder, self.timeout = Path(build), Path(folder), timeout
        self.folder.mkdir(parents=True, exist_ok=True)
        self.state = threading.local()  # what is loose in the function checked last

    def compile(self, description, name):
        """Status and message of the compiler alone."""
        return self.compile_output(description, name)[:2]

    def compile_output(self, description, name):
        path = self.folder / f"{name}.mlir"
        path.write_text(emit.module(description))
        pipeline = f"--tt-v5-pipeline=arch={description['arch']}"
        lowered = self.folder / f"{name}.lowered.mlir"
        for command in ([self.build / "bin" / "tt-opt", pipeline, path, "-o", lowered],
                        [self.build / "bin" / "tt-translate", "--tt-to-metalium", lowered]):
            status, output = run(command, self.timeout)
            if status is None:
                return "hang", f"{command[0].name} takes longer than {self.timeout} s", ""
            if status not in (0, 1) or (status == 1 and "error:" not in output):
                return "crash", f"{command[0].name} ends with status {status}", output
            if status == 1:
                # A refusal of the input, or of what we made of it ourselves.
                own = command[0].name == "tt-translate" or "tt-verify" in output or DEVICE_OP.match(message_of(output))
                return ("report" if own else "refused"), message_of(output), output
        return "ok", "", ""

    def check(self, description, name):
        """Status and message of the compiled and executed function."""
        path = self.folder / f"{name}.mlir"
        path.write_text(emit.module(description))
        command = [sys.executable, ROOT / "tools" / "tt-check", path, "--build", self.build, "--arch", description["arch"],
                   "--seed", str(description["seed"] % 1000 + 1)]
        status, output = run(command, 5 * self.timeout)
        if status is None:
            return "hang", "tt-check does not end"
        self.state.loose = set(re.findall(r"\((\w+ \d+)\).*: ok, loose", output))
        if status == 0:
            return ("loose" if self.state.loose else "ok"), ""
        outside = re.findall(r"(\d+) of \d+ elements outside", output)
        if "elements without a bound: FAIL" in output and not outside:
            return "loose", ""  # next to a pole there is nothing to compare
        rule = re.search(r"error: \[([a-z0-9-]+)\]", output)
        if "FAIL" in output:
            return "wrong", "a result is out of its bound"
        if "running the artifacts" in output:
            return "report", rule.group(1) if rule else message_of(output)
        if "compiling the input" in output or "writing the artifacts" in output:
            return "refused", message_of(output)
        return "reference", message_of(output)

    def culprit(self, description, output):
        """The kernel that the first error is about, or None."""
        found = re.search(r"\.mlir:(\d+):\d+: error:", output)
        return emit.kernel_at(description, int(found.group(1))) if found else None

    def compiled(self, description, name, results):
        """Compiles the kernels together without those that fail; the numbers of the others."""
        left = list(range(len(description["kernels"])))
        while left:
            together = {**description, "kernels": [description["kernels"][n] for n in left]}
            status, message, output = self.compile_output(together, name)
            if status == "ok":
                break
            bad = self.culprit(together, output)
            if bad is None:
                for n in list(left):
                    status, message = self.compile(kernel_alone(description, n), name)
                    if status != "ok":
                        results[n] = (status, message)
                        left.remove(n)
                break
            results[left.pop(bad)] = (status, message)
        return left

    def function(self, description, name):
        """Status and message of every kernel of a function."""
        results = {}
        good = self.compiled(description, name, results)
        if not good:
            return results
        together = {**description, "kernels": [description["kernels"][n] for n in good]}
        status, message = self.check(together, name)
        if status in ("ok", "loose"):
            loose = {owner for position, owner in emit.output_positions(together).items() if position in self.state.loose}
            results.update({n: ("loose" if place in loose else "ok", "") for place, n in enumerate(good)})
            return results
        if len(good) == 1:
            results[good[0]] = (status, message)
            return results
        for n in good:
            results[n] = self.check(kernel_alone(description, n), name)
        if all(results[n][0] in ("ok", "loose") for n in good):
            # Only together.
            results.update({n: (status, "together: " + message) for n in good})
        return results
