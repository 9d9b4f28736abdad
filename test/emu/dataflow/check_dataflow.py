#!/usr/bin/env python3
"""Runs the data movement kernels right and with planted mistakes.

    check_dataflow.py SCENARIOS KERNELS SCRATCH [--seeds N] [NAME ...]

Each right scenario must give the right data without a report under every seed
and on both chips. Each mistake is one replacement of text in one kernel (or one
number of the host program) and must be reported under its rule, at its line,
and under no other rule. Prints the table of rules and mistakes.
"""

import argparse
import collections
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys

REPORT = re.compile(r"^tt-emu: error: \[([a-z0-9-]+)\] (?:host|core \(\d+,\d+\) "
                    r"\w+: (.*?):(\d+)): ", re.M)

SCENARIOS = ["again", "copy", "copy_object", "copy_posted", "fit", "multicast",
             "multicast_shared", "resident", "sharded", "sharded_nd", "told",
             "transfer"]

# rule, scenario, kernel, old text, new text, text on the line that is reported
# (None: the host), numbers of the host program
Mistake = collections.namedtuple(
    "Mistake", "rule scenario kernel old new line numbers", defaults=[()])

MISTAKES = [
    Mistake("deadlock", "copy", "reader", "    cb_push_back(cb, block);\n", "",
            "cb_wait_front" , ()),
    Mistake("deadlock", "copy", "writer", "    cb_pop_front(cb, block);\n", "",
            "cb_reserve_back"),
    Mistake("deadlock", "multicast", "mcast_receiver",
            "noc_semaphore_inc(get_noc_addr(x, y, ready), 1);",
            "noc_semaphore_inc(get_noc_addr(x, y, ready), 0);",
            "noc_semaphore_wait(ready_word"),
    Mistake("cb-overflow", "copy", "reader", "cb_reserve_back(cb, block);",
            "cb_reserve_back(cb, 3 * block);", "cb_reserve_back"),
    Mistake("cb-overflow", "copy", "reader", "cb_push_back(cb, block);",
            "cb_push_back(cb, 3 * block);", "cb_push_back"),
    Mistake("cb-underflow", "copy", "writer", "cb_wait_front(cb, block);",
            "cb_wait_front(cb, 3 * block);", "cb_wait_front"),
    Mistake("cb-underflow", "copy", "writer", "cb_pop_front(cb, block);",
            "cb_pop_front(cb, 3 * block);", "cb_pop_front"),
    Mistake("cb-wrap", "copy", "reader", "      l1 += page;\n",
            "      l1 += page;\n      if (l1 == scratch)\n"
            "        l1 -= 3 * page;\n", "cb_push_back",
            (("pages", 3), ("writer", "one"))),
    Mistake("cb-wrap", "copy", "writer", "      l1 += page;\n",
            "      l1 += page;\n      if (l1 == get_write_ptr(1))\n"
            "        l1 -= 3 * page;\n", "cb_pop_front",
            (("pages", 3), ("reader", "one"))),
    Mistake("cb-window", "copy", "reader", "    cb_push_back(cb, block);\n",
            "    cb_push_back(cb, 1);\n    cb_push_back(cb, 1);\n",
            "noc_async_read_page",
            (("pages", 3), ("writer", "one"))),
    Mistake("cb-window", "copy", "writer", "    cb_pop_front(cb, block);\n",
            "    cb_pop_front(cb, 1);\n    cb_pop_front(cb, 1);\n",
            "noc_async_write_page",
            (("pages", 3), ("reader", "one"))),
    Mistake("cb-write-unreserved", "copy", "reader",
            "    cb_reserve_back(cb, block);\n", "", "cb_push_back"),
    Mistake("cb-write-unreserved", "copy", "reader",
            "    noc_async_read_barrier();\n    cb_push",
            "    noc_async_read(source.get_noc_addr(0), l1, 32); // !!\n"
            "    noc_async_read_barrier();\n    cb_push", "// !!",
            (("pages", 8),)),
    Mistake("cb-write-unreserved", "copy", "reader", "  *flag = common;",
            "  *flag = common;\n  *reinterpret_cast<volatile tt_l1_ptr uint32_t"
            " *>(get_write_ptr(cb)) = 1; // !!", "// !!"),
    Mistake("cb-write-unreserved", "multicast", "mcast_receiver",
            "    cb_reserve_back(cb, 1);\n", "",
            "cb_push_back"),
    Mistake("cb-read-unwaited", "copy", "writer",
            "    cb_wait_front(cb, block);\n", "", "noc_async_write_page"),
    Mistake("cb-read-unwaited", "copy", "writer", "cb_wait_front(cb, block);",
            "cb_wait_front(cb, 1);", "noc_async_write_page"),
    Mistake("cb-read-unwaited", "resident", "resident_print",
            "  const uint32_t x", "  cb_reserve_back(0, 4);\n"
            "  cb_push_back(0, 4);\n  const uint32_t x", "add_tiles"),
    Mistake("cb-write-unreserved", "resident", "resident_print",
            "  const uint32_t x", "  cb_wait_front(2, 4);\n"
            "  cb_pop_front(2, 4);\n  const uint32_t x", "pack_tile"),
    Mistake("cb-unbalanced-exit", "copy", "writer", "cb_pop_front(cb, block);",
            "if (i + 1 < blocks)\n      cb_pop_front(cb, block);",
            "cb_push_back"),
    Mistake("cb-unbalanced-exit", "copy", "reader",
            "    cb_push_back(cb, block);\n  }\n",
            "    cb_push_back(cb, block);\n  }\n"
            "  cb_reserve_back(cb, block);\n"
            "  cb_push_back(cb, block); // !!\n", "// !!"),
    Mistake("cb-two-producers", "copy", "writer", "  noc_async_write_barrier();",
            "  noc_async_write_barrier();\n  cb_reserve_back(cb, 2);\n"
            "  cb_push_back(cb, 2); // !!\n  cb_wait_front(cb, 2);\n"
            "  cb_pop_front(cb, 2);", "// !!"),
    Mistake("cb-two-producers", "multicast", "mcast_writer",
            "    cb_pop_front(cb, 1);\n  }\n",
            "    cb_pop_front(cb, 1);\n  }\n  cb_reserve_back(cb, 1);\n"
            "  cb_push_back(cb, 1); // !!\n  cb_wait_front(cb, 1);\n"
            "  cb_pop_front(cb, 1);\n", "// !!"),
    Mistake("cb-two-consumers", "copy", "reader",
            "    cb_push_back(cb, block);\n  }\n",
            "    cb_push_back(cb, block);\n  }\n"
            "  while (!cb_pages_reservable_at_back(cb, 4))\n    ;\n"
            "  cb_reserve_back(cb, block);\n"
            "  cb_push_back(cb, block);\n  cb_wait_front(cb, block);\n"
            "  cb_pop_front(cb, block); // !!\n", "// !!"),
    Mistake("cb-two-consumers", "multicast", "mcast_receiver",
            "  noc_async_atomic_barrier();",
            "  while (!cb_pages_reservable_at_back(cb, 2))\n    ;\n"
            "  cb_reserve_back(cb, 1);\n  cb_push_back(cb, 1);\n"
            "  cb_wait_front(cb, 1);\n  cb_pop_front(cb, 1); // !!\n"
            "  noc_async_atomic_barrier();", "// !!"),
    Mistake("noc-read-in-flight", "copy", "reader",
            "    noc_async_read_barrier();\n    cb_push", "    cb_push",
            "cb_push_back"),
    Mistake("noc-read-in-flight", "copy_object", "reader_object",
            "    noc.async_read_barrier();\n", "", "cb.push_back"),
    Mistake("noc-read-in-flight", "transfer", "transfer_reader0",
            "  noc_async_read_barrier();\n", "", "cb_push_back"),
    Mistake("noc-read-in-flight", "copy", "reader",
            "scratch, 64);\n",
            "scratch, 64);\n  *reinterpret_cast<volatile tt_l1_ptr uint32_t *>"
            "(scratch) = 1; // !!\n", "// !!"),
    Mistake("noc-write-in-flight", "copy", "writer",
            "    noc_async_writes_flushed();\n", "", "cb_pop_front"),
    Mistake("noc-write-in-flight", "sharded", "shard_remote",
            "    noc_async_write_barrier();\n  }\n",
            "  }\n  noc_async_write_barrier();\n", "noc_async_read_page"),
    Mistake("noc-write-in-flight", "copy", "writer",
            "    noc_async_writes_flushed();",
            "    *reinterpret_cast<volatile tt_l1_ptr uint32_t *>"
            "(get_read_ptr(cb)) = 1; // !!\n    noc_async_writes_flushed();",
            "// !!"),
    Mistake("noc-write-in-flight", "multicast", "mcast_sender",
            "    noc_async_writes_flushed();\n", "", "cb_push_back",
            (("arch", "blackhole"),)),
    Mistake("noc-write-in-flight", "transfer", "transfer_writer0",
            "  noc_async_write_barrier();\n", "", "",),
    Mistake("noc-write-in-flight", "copy_posted", "writer_posted",
            "noc_async_posted_writes_flushed();",
            "noc_async_writes_flushed();\n    noc_async_write_barrier();",
            "cb_pop_front"),
    Mistake("noc-write-in-flight", "copy", "writer",
            "  noc_async_write_barrier();",
            "  noc_async_read_page(first * block, target, get_write_ptr(1)); "
            "// !!\n  noc_async_read_barrier();\n"
            "  noc_async_write_barrier();", "// !!"),
    Mistake("noc-alignment", "copy", "reader",
            "noc_async_read(source.get_noc_addr(0), scratch, 64);",
            "noc_async_read(source.get_noc_addr(0, 16), scratch, 32);",
            "scratch, 32"),
    Mistake("noc-alignment", "copy", "writer",
            "noc_async_write_page((first + i) * block + p, target, l1);",
            "noc_async_write_page((first + i) * block + p, target, l1);\n"
            "      noc_async_write(l1 + 8, "
            "target.get_noc_addr((first + i) * block + p), 8); // !!", "// !!"),
    Mistake("noc-bounds", "copy", "reader",
            "source.get_noc_addr(0), scratch",
            "source.get_noc_addr(20), scratch", "scratch, 64"),
    # Where the next buffer has its pages.
    Mistake("noc-bounds", "copy", "reader",
            "source.get_noc_addr(0), scratch",
            "source.get_noc_addr(24), scratch", "scratch, 64"),
    Mistake("noc-bounds", "transfer", "transfer_reader0",
            "noc_async_read_tile(0, source, get_write_ptr(cb));",
            "noc_async_read_tile(0, source, get_write_ptr(cb));\n"
            "  noc_async_read_barrier();\n"
            "  noc_async_read_tile(1, source, get_write_ptr(cb)); // !!",
            "// !!"),
    Mistake("noc-bounds", "copy", "reader", "  noc_async_read_barrier();\n  for",
            "  noc_async_read(source.get_noc_addr(0), 0x170000 + 0x10000, 64);"
            " // !!\n  noc_async_read_barrier();\n  for", "// !!"),
    Mistake("noc-bounds", "sharded", "shard_remote",
            "noc_async_read_page(page, source, scratch);",
            "noc_async_read_page(page, source, scratch);\n"
            "    noc_async_read(source.get_noc_addr(pages), scratch, 32); // !!",
            "// !!"),
    Mistake("noc-exit-pending", "copy", "writer",
            "  noc_async_write_barrier();\n", "", "noc_async_write_page"),
    Mistake("noc-exit-pending", "copy", "reader",
            "    cb_push_back(cb, block);\n  }\n",
            "    cb_push_back(cb, block);\n  }\n"
            "  noc_async_read(source.get_noc_addr(0), scratch, 64); // !!\n",
            "// !!"),
    Mistake("noc-exit-pending", "copy_posted", "writer_posted",
            "    cb_pop_front(cb, block);\n  }\n",
            "    cb_pop_front(cb, block);\n  }\n"
            "  cb_reserve_back(1, 1);\n"
            "  noc_async_write_page<decltype(target), true, true>("
            "first * block, target, get_read_ptr(1), 0 * page + 32); // !!\n"
            "  noc_async_write_barrier();\n", "// !!"),
    Mistake("mcast-count", "multicast", "mcast_sender",
            "noc_async_write_multicast(l1, data, page, receivers);",
            "noc_async_write_multicast(l1, data, page, receivers + 1);",
            "receivers + 1"),
    Mistake("mcast-count", "multicast", "mcast_sender",
            "noc_semaphore_set_multicast(valid, flag, receivers);",
            "noc_semaphore_set_multicast_loopback_src(valid, flag, "
            "receivers + 1);", "receivers + 1"),
    Mistake("mcast-count", "multicast", "mcast_sender",
            "get_noc_multicast_addr(x0, y0, x1, y1, l1)",
            "get_noc_multicast_addr(x1, y1, x0, y0, l1)",
            "noc_async_write_multicast"),
    Mistake("sem-range", "copy", "reader", "get_semaphore(0)",
            "get_semaphore(3)", "*flag = common;"),
    Mistake("sem-range", "copy", "reader", "get_semaphore(0)",
            "get_semaphore(16 * block / 2)", "get_semaphore(16"),
    Mistake("sem-range", "copy", "reader", "  *flag = common;",
            "  *flag = common;\n  noc_semaphore_wait(reinterpret_cast<volatile "
            "tt_l1_ptr uint32_t *>(get_semaphore(5)), 1); // !!", "// !!"),
    Mistake("sem-range", "multicast", "mcast_receiver",
            "    noc_semaphore_inc(",
            "    noc_semaphore_inc(get_noc_addr(x, y, get_semaphore(7)), 1); "
            "// !!\n    noc_semaphore_inc(", "// !!"),
    Mistake("sem-range", "copy", "reader", "common;\n  noc",
            "common;\n  noc_semaphore_set(reinterpret_cast<volatile tt_l1_ptr "
            "uint32_t *>(4), 1); // !!\n  noc", "// !!"),
    Mistake("sem-range", "copy", "reader", "", "", None, (("semaphores", 16),)),
    Mistake("l1-overflow", "fit", "empty", "", "", None, (("pages", 700),)),
    Mistake("l1-overflow", "fit", "empty", "", "", None,
            (("l1", 400), ("pages", 300))),
    Mistake("poison-read", "sharded", "shard_local",
            "  cb_reserve_back(cb, pages);", "  if (number < 100)\n"
            "    return;\n  cb_reserve_back(cb, pages);", None),
    Mistake("cb-read-unwaited", "transfer", "transfer_writer1",
            "  cb_wait_front(cb, 1);\n", "", "noc_async_write("),
    Mistake("arg-range", "copy", "reader", "get_arg_val<uint32_t>(2)",
            "get_arg_val<uint32_t>(2) + get_arg_val<uint32_t>(3) * 0",
            "get_arg_val<uint32_t>(3)"),
    Mistake("arg-range", "copy", "writer", "  constexpr uint32_t block",
            "  if (get_common_arg_val<int>(0) == 77)\n    return;\n"
            "  constexpr uint32_t block", "get_common_arg_val"),
    Mistake("poison-read", "copy", "reader", "p < block", "p + 1 < block",
            "noc_async_write_page"),
    Mistake("poison-read", "copy", "writer", "    noc_async_writes_flushed();",
            "    noc_async_write(get_write_ptr(1) + 1024, "
            "target.get_noc_addr(first * block), 0 * page + 32); // !!\n"
            "    noc_async_write_page(first * block, target, "
            "get_read_ptr(cb));\n    noc_async_writes_flushed();", "// !!"),
    Mistake("poison-read", "copy", "reader", "void kernel_main() {",
            "static __attribute__((noinline)) uint32_t peek(uint32_t at) {\n"
            "  return *reinterpret_cast<volatile tt_l1_ptr uint32_t *>(at); "
            "// !!\n}\n\nvoid kernel_main() {\n"
            "  if (peek(get_write_ptr(tt::CBIndex::c_1)) == 77)\n    return;",
            "// !!"),
    Mistake("poison-read", "copy", "reader", "  *flag = common;",
            "  *flag = common + *reinterpret_cast<volatile tt_l1_ptr uint32_t *>"
            "(scratch); // !!", "// !!"),
]

# Kernels that handle pages one by one, for mistakes on the other side.
ONE = {"reader": (("cb_reserve_back(cb, block);\n"
                   "    uint32_t l1 = get_write_ptr(cb);", ""),
                  ("      noc_async_read_page",
                   "      cb_reserve_back(cb, 1);\n"
                   "      const uint32_t l1 = get_write_ptr(cb);\n"
                   "      noc_async_read_page"),
                  ("      l1 += page;\n    }\n    noc_async_read_barrier();\n"
                   "    cb_push_back(cb, block);\n",
                   "      noc_async_read_barrier();\n"
                   "      cb_push_back(cb, 1);\n    }\n")),
       "writer": (("cb_wait_front(cb, block);\n"
                   "    uint32_t l1 = get_read_ptr(cb);", ""),
                  ("      noc_async_write_page",
                   "      cb_wait_front(cb, 1);\n"
                   "      const uint32_t l1 = get_read_ptr(cb);\n"
                   "      noc_async_write_page"),
                  ("      l1 += page;\n    }\n    noc_async_writes_flushed();\n"
                   "    cb_pop_front(cb, block);\n",
                   "      noc_async_writes_flushed();\n"
                   "      cb_pop_front(cb, 1);\n    }\n"))}


def run(scenarios, kernels, name, numbers=(), seed=0, arch="wormhole_b0"):
    environment = dict(os.environ, TT_EMU_SEED=str(seed), TT_EMU_ARCH=arch,
                       TT_EMU_OPT="-O0")
    command = [scenarios, kernels, name] + [f"{k}={v}" for k, v in numbers]
    try:
        done = subprocess.run(command, capture_output=True, text=True,
                              env=environment, timeout=120)
    except subprocess.TimeoutExpired:
        return -1, "timed out"
    return done.returncode, done.stdout + done.stderr


def replace(path, old, new):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if old not in text:
        raise ValueError(f"'{old}' is not in {path}")
    os.unlink(path)  # the link, not the kernel that it leads to
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new, 1))


def check_mistake(arguments, number, mistake):
    folder = os.path.join(arguments.scratch, f"mistake{number}")
    shutil.rmtree(folder, ignore_errors=True)
    # Links, so that the kernels without the mistake are compiled once.
    shutil.copytree(os.path.abspath(arguments.kernels), folder,
                    copy_function=os.symlink)
    path = os.path.join(folder, mistake.kernel + ".cpp")
    numbers, arch = [], "wormhole_b0"
    for name, value in mistake.numbers:
        if name == "arch":
            arch = value
        elif value != "one":
            numbers.append((name, value))
        else:
            for old, new in ONE[name]:
                replace(os.path.join(folder, name + ".cpp"), old,
                        new)
    if mistake.old:
        replace(path, mistake.old, mistake.new)
    status, text = run(arguments.scenarios, folder, mistake.scenario, numbers,
                       0, arch)
    reports = REPORT.findall(text)
    wrong = sorted({rule for rule, _, _ in reports} - {mistake.rule})
    if not reports or wrong:
        return f"reported: {', '.join(wrong) or 'nothing'}\n{text}"
    if status == 0:
        return f"exit status 0\n{text}"
    if mistake.line is None:
        return None
    for _, file, line in reports:
        with open(file, encoding="utf-8") as source:
            if mistake.line in source.read().splitlines()[int(line) - 1]:
                return None
    return f"reported at another line than '{mistake.line}'\n{text}"


def check_right(arguments, name):
    for arch in "wormhole_b0", "blackhole":
        for seed in range(arguments.seeds):
            status, text = run(arguments.scenarios, arguments.kernels, name,
                               (), seed, arch)
            if status:
                return f"{arch}, seed {seed}: status {status}\n{text}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("scenarios")
    parser.add_argument("kernels")
    parser.add_argument("scratch")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    os.makedirs(arguments.scratch, exist_ok=True)
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        right = {name: pool.submit(check_right, arguments, name)
                 for name in SCENARIOS}
        caught = [(m, pool.submit(check_mistake, arguments, i, m))
                  for i, m in enumerate(MISTAKES)
                  if not arguments.names or m.rule in arguments.names]
        for name, result in right.items():
            if result.result():
                failures += 1
                print(f"right scenario '{name}': {result.result()}")
        table = collections.defaultdict(lambda: [0, 0])
        for mistake, result in caught:
            table[mistake.rule][1] += 1
            if result.result() is None:
                table[mistake.rule][0] += 1
                continue
            failures += 1
            print(f"{mistake.rule} in {mistake.kernel} of {mistake.scenario}, "
                  f"'{mistake.new}': {result.result()}")
    print("rule                  planted  caught")
    for rule, (good, planted) in table.items():
        print(f"{rule:<22}{planted:>6}{good:>8}")
    print(f"{len(SCENARIOS)} scenarios under {arguments.seeds} seeds, "
          f"{len(caught)} mistakes, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
