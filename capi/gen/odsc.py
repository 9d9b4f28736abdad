"""ODS -> C: the command line of the generator.

    odsc.py ops    DUMP.json --dialect NAME --out DIR [--only OP,…] [--include HEADER]…
    odsc.py hooks  DUMP.json --out DIR
    odsc.py passes DUMP.json --out DIR --sources FILE.c,…

Each takes --partial while passes and verifiers declared in .td files are still
to be written. DUMP.json is what `llvm-tblgen --dump-json` prints. Files that would not change
are left alone, so that nothing is rebuilt for them.
"""

import argparse
import os

from emit_attrs import AttrEmitter
from emit_hooks import emit_hooks
from emit_ops import emit_ops
from emit_passes import emit_passes
from model import Dialect
from records import Records, camel


def write(directory, name, text):
    path = os.path.join(directory, name)
    os.makedirs(directory, exist_ok=True)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as stream:
            if stream.read() == text:
                return
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)


def generate_ops(options):
    only = options.only.split(",") if options.only else ()
    dialect = Dialect(options.dump, options.dialect, only)
    stem = camel(options.dialect)
    header, source = emit_ops(dialect, stem + "Ops")
    write(options.out, stem + "Ops.h", header)
    write(options.out, stem + "Ops.c", source)
    header, source, shells = AttrEmitter(dialect, options.partial).emit(
        stem + "Attrs", options.include)
    write(options.out, stem + "Attrs.h", header)
    write(options.out, stem + "Attrs.c", source)
    write(options.out, stem + "Shells.cpp", shells)


def generate_hooks(options):
    header, source = emit_hooks(Dialect(options.dump, "tt"), options.partial)
    write(options.out, "Hooks.h", header)
    write(options.out, "Hooks.cpp", source)


def generate_passes(options):
    sources = {os.path.basename(name) for name in options.sources.split(",")}
    header, shells = emit_passes(Records(options.dump), sources, options.partial)
    write(options.out, "Passes.h", header)
    write(options.out, "Passes.cpp", shells)


def main():
    parser = argparse.ArgumentParser(description="ODS to C")
    parser.add_argument("what", choices=["ops", "hooks", "passes"])
    parser.add_argument("dump")
    parser.add_argument("--out", required=True)
    parser.add_argument("--dialect", default="tt")
    parser.add_argument("--only", default="")
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--sources", default="")
    parser.add_argument("--partial", action="store_true",
                        help="passes and verifiers may be missing")
    options = parser.parse_args()
    {"ops": generate_ops, "hooks": generate_hooks,
     "passes": generate_passes}[options.what](options)


if __name__ == "__main__":
    main()
