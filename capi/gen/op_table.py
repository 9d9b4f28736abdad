"""Prints the op table of dialect/OpTable.td as a page of the docs.

    op_table.py DUMP.json --out FILE.md

The table in C is the enum's rows (tt-c/OpTable.h); this is the same for people.
"""

import argparse
import os

from records import Records

HEAD = """# Element-wise functions of the hardware

Generated from `dialect/OpTable.td`; a function is one row there. Cycles are
SFPU cycles per 32x32 tile, estimated from instruction counts: they rank
alternatives and nothing else. Headers are below `api/compute/`, and below
`compute_kernel_api/` with `api=v0.66`.
"""


def table(columns, rows):
    lines = ["| " + " | ".join(columns) + " |",
             "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def code(text):
    return f"`{text}`" if text else ""


def call(record, what, arguments):
    template = record[what + "Template"]
    return code(record[what] + (f"<{template}>" if template else "")
                + f"({arguments})")


def sources(record):
    return ", ".join(code(name) for name in record["sources"])


def spellings(record):
    return ", ".join([sources(record)] * bool(record["sources"])
                     + [code(text) for text in record["formulas"]])


def by_number(records, name):
    return sorted(records.of_class(name), key=lambda record: record["value"])


def unary_row(record):
    arguments = "dst" + ", bits" * record["params"]
    return [code(record["str"]), record["summary"], spellings(record),
            call(record, "init", ""), call(record, "call", arguments),
            code(record["header"]), str(record["cycles"])]


def binary_row(record):
    return [code(record["str"]), record["summary"], sources(record),
            call(record, "init", ""), call(record, "call", "a, b, dst"),
            code(record["header"]), "FPU, SFPU" if record["fpu"] else "SFPU",
            str(record["cycles"])]


def page(records):
    shared = ["function", "result", "written as", "init", "call", "header"]
    unary = table(shared + ["cycles"],
                  [unary_row(r) for r in by_number(records, "TT_UnaryFn")])
    binary = table(shared + ["units", "cycles"],
                   [binary_row(r) for r in by_number(records, "TT_BinaryFn")])
    return (f"{HEAD}\n## Of one tile: `tt.unary`\n\n{unary}"
            f"\n## Of two tiles: `tt.binary`\n\n{binary}")


def main():
    parser = argparse.ArgumentParser(description="the op table as a page")
    parser.add_argument("dump")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    os.makedirs(os.path.dirname(options.out), exist_ok=True)
    with open(options.out, "w", encoding="utf-8") as stream:
        stream.write(page(Records(options.dump)))


if __name__ == "__main__":
    main()
