#!/usr/bin/env python3
"""Compares lists of calls with the emulator's headers.

    check_names.py LLVM_TBLGEN LLVM_INCLUDE DIALECT_FOLDER EMULATOR_INCLUDE

The first list is the compiler's op table. The two know nothing of each other;
here every function of the table is called, in a kernel that includes just the
header of its row, with the init, the template arguments and the number of
parameters of the row. The second is surface.txt, the kernel interface. All of
them have to compile without a warning on each of the three compute processors,
under the current and the older include paths.
"""

import json
import os
import subprocess
import sys
import tempfile


def rows(tblgen, include, dialect):
    text = subprocess.run(
        [tblgen, "-dump-json", "-I", dialect, "-I", include,
         os.path.join(dialect, "OpTable.td")],
        capture_output=True, text=True, check=True).stdout
    records = json.loads(text)
    for kind in ("TT_UnaryFn", "TT_BinaryFn"):
        for name in sorted(records["!instanceof"][kind]):
            yield kind, records[name]


def template(arguments):
    return f"<{arguments}>" if arguments else ""


def body(kind, row):
    operands = ["0"] if kind == "TT_UnaryFn" else ["0", "1", "0"]
    operands += ["0x3f800000u"] * row.get("params", 0)
    return (f"  {row['init']}{template(row['initTemplate'])}();\n"
            f"  {row['call']}{template(row['callTemplate'])}"
            f"({', '.join(operands)});\n")


def surface():
    """The calls of surface.txt, by header."""
    calls, header = {}, None
    with open(os.path.join(os.path.dirname(__file__), "surface.txt"),
              encoding="utf-8") as file:
        for line in file:
            if line.startswith("["):
                header = line.strip("[]\n")
                calls[header] = []
            elif line.strip() and not line.startswith("#"):
                calls[header].append("  " + line)
    return calls


def path(legacy, header):
    if not legacy:
        return f"api/compute/{header}"
    # The older tree has this one beside the folder of the others.
    return header if header == "compute_kernel_api.h" else \
        f"compute_kernel_api/{header}"


def compile_kernel(include, source, processor):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as file:
        file.write(f"#define TRISC_{processor} 1\n"
                   "#define DST_ACCUM_MODE true\n#define EMU_CB_FORMATS 5\n"
                   "#define EMU_CB_PAGES 2048\n#define EMU_CB_TILES 2097184\n"
                   + source)
        file.flush()
        done = subprocess.run(
            ["c++", "-std=c++17", "-Wall", "-Wextra", "-Werror",
             "-fsyntax-only", "-I", include, file.name],
            capture_output=True, text=True)
        return done.returncode, done.stderr


def main():
    tblgen, llvm_include, dialect, include = sys.argv[1:]
    problems, count = [], 0
    for legacy in (False, True):
        together = {}
        for kind, row in rows(tblgen, llvm_include, dialect):
            header = row["legacyHeader" if legacy else "header"]
            together.setdefault(path(legacy, header), []).append((kind, row))
        lists = [(header, [body(kind, row) for kind, row in members])
                 for header, members in sorted(together.items())]
        lists += [(path(legacy, header), calls)
                  for header, calls in surface().items()]
        for header, members in lists:
            count += len(members)
            calls = "".join(members)
            source = (f'#include "{header}"\n'
                      f"void kernel_main() {{\n{calls}}}\n")
            for processor in ("UNPACK", "MATH", "PACK"):
                status, text = compile_kernel(include, source, processor)
                if status:
                    problems.append(f"{header} on {processor}:\n{text[:2000]}")
                    break
    print(f"{count} calls, {len(problems)} headers do not compile")
    print("\n".join(problems), end="")
    return 1 if problems or not count else 0


sys.exit(main())
