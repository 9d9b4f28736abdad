"""What the tools do when the world fails them.

    faults.py BUILD SOURCE SCRATCH [NAME ...]

Each function below is one fault: the tool must say what is wrong, end with
status 1 (or by the signal), and leave nothing half-written behind.
"""

import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import time

# What a shell runs in the background ignores interrupts, and so would what is
# started here.
signal.signal(signal.SIGINT, signal.default_int_handler)

BUILD, SOURCE, SCRATCH = (os.path.abspath(a) for a in sys.argv[1:4])
OPT, TRANSLATE = f"{BUILD}/bin/tt-opt", f"{BUILD}/bin/tt-translate"
GEMM = f"{SOURCE}/test/translate/inputs/gemm.mlir"
ELTWISE = f"{SOURCE}/test/translate/inputs/eltwise.mlir"
CHECK = [sys.executable, f"{SOURCE}/tools/tt-check", "--build", BUILD,
         f"{SOURCE}/test/e2e/eltwise_add.mlir"]


def fresh(name):
    path = os.path.join(SCRATCH, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def contents(folder):
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def small_disk():
    """No file may grow beyond 4 KiB, as on a disk that is full then."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def fails(command, message, **options):
    done = subprocess.run(command, stdout=options.pop("stdout", subprocess.PIPE),
                          stderr=subprocess.PIPE, text=True, timeout=120,
                          check=False, **options)
    assert done.returncode == 1, (command, done.returncode, done.stderr)
    assert message in done.stderr, (command, done.stderr)
    assert "Stack dump" not in done.stderr and "Traceback" not in done.stderr, \
        done.stderr


def artifacts(source, folder):
    return [TRANSLATE, "--tt-to-metalium", source, "-o", folder]


def full_disk():
    folder = fresh("full")
    fails([OPT, GEMM, "-o", f"{folder}/x.mlir"], "File too large",
          preexec_fn=small_disk)
    assert not contents(folder), contents(folder)
    fails(artifacts(GEMM, folder), "cannot write", preexec_fn=small_disk)
    assert not contents(folder), contents(folder)
    subprocess.run(artifacts(ELTWISE, folder), check=True)
    before = contents(folder)
    fails(artifacts(GEMM, folder), "File too large", preexec_fn=small_disk)
    assert contents(folder) == before
    with open("/dev/full", "w", encoding="utf-8") as full:
        fails([OPT, GEMM], "No space left on device", stdout=full)
        fails([TRANSLATE, "--tt-to-metalium", GEMM], "No space left on device",
              stdout=full)


def full_disk_of_a_check():
    folder = fresh("check-full")
    fails(CHECK + ["--keep", folder], "File too large", preexec_fn=small_disk)


def unwritable_folder():
    # Nobody makes files in /proc, whatever the rights.
    fails([OPT, GEMM, "-o", "/proc/x.mlir"], "cannot open output file")
    fails(artifacts(GEMM, "/proc/out"), "cannot make folder '/proc/out'")
    fails(artifacts(GEMM, "/proc"), "cannot write '/proc/reader.cpp.")
    fails(CHECK + ["--keep", "/proc/out"], "/proc/out")


def taken_name():
    """A folder where the last file should be: the others do not change."""
    folder = fresh("taken")
    subprocess.run(artifacts(ELTWISE, folder), check=True)
    os.remove(f"{folder}/main.cpp")
    os.mkdir(f"{folder}/main.cpp")
    before = contents(folder)
    fails(artifacts(GEMM, folder), "main.cpp': Is a directory")
    assert contents(folder) == before


def missing_compiler():
    fails(CHECK, "none of clang-22 is installed; tools/setup installs them",
          env=dict(os.environ, PATH="/nonexistent"))


def interrupted():
    """Whenever the signal comes: all of the files or none, no temporaries."""
    kernels = fresh("kernels")
    with open(GEMM, encoding="utf-8") as file:
        text = file.read()
    many = f"{kernels}/many.mlir"
    with open(many, "w", encoding="utf-8") as file:
        for i in range(40):
            file.write(text.replace("@gemm", f"@gemm{i}"))
    whole = fresh("whole")
    start = time.monotonic()
    subprocess.run(artifacts(many, whole), check=True)
    seconds = time.monotonic() - start
    wanted, seen = contents(whole), set()
    for step in range(12):
        folder = fresh("interrupted")
        process = subprocess.Popen(artifacts(many, folder),
                                   stderr=subprocess.DEVNULL)
        time.sleep(seconds * (step + 1) / 12)
        process.send_signal(signal.SIGINT)
        status = process.wait()
        assert status in (0, -signal.SIGINT), status
        found = contents(folder)
        assert found in ({}, wanted), sorted(found)
        seen.add(status)
    assert -signal.SIGINT in seen


def interrupted_check():
    scratch = fresh("check-interrupted")
    for sent, ends in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        process = subprocess.Popen(CHECK, stderr=subprocess.PIPE, text=True,
                                   env=dict(os.environ, TMPDIR=scratch))
        while not any(name.startswith("tt-check.") and os.listdir(
                f"{scratch}/{name}") for name in os.listdir(scratch)):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(sent)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == ends, (process.returncode, errors)
        assert "Traceback" not in errors, errors
        assert not os.listdir(scratch), os.listdir(scratch)


def two_runs_in_one_folder():
    first, second = fresh("first"), fresh("second")
    subprocess.run(artifacts(GEMM, first), check=True)
    subprocess.run(artifacts(ELTWISE, second), check=True)
    folder = fresh("both")
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    runs = [subprocess.Popen(artifacts(source, folder))
            for source in (GEMM, ELTWISE)]
    time.sleep(0.5)
    assert not contents(folder), "a run did not wait for the other"
    os.close(descriptor)
    assert [run.wait() for run in runs] == [0, 0]
    # Of the file names that both have, all are of one run.
    found, names = contents(folder), set(contents(first)) & set(contents(second))
    assert len(names) >= 2
    assert any(all(found[n] == of[n] for n in names)
               for of in (contents(first), contents(second))), "mixed files"


def two_checks_in_one_folder():
    folder = fresh("check-both")
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    fails(CHECK + ["--keep", folder], "another run uses folder")
    os.close(descriptor)


FAULTS = [full_disk, full_disk_of_a_check, unwritable_folder, taken_name,
          missing_compiler, interrupted, interrupted_check,
          two_runs_in_one_folder, two_checks_in_one_folder]

for fault in FAULTS:
    if not sys.argv[4:] or fault.__name__ in sys.argv[4:]:
        fault()
        print(f"{fault.__name__}: as it should be", flush=True)
