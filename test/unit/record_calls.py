#!/usr/bin/env python3
"""The compute kernels of finished programs on standard input, as what their calls
need and where they are programmed: the input of init_placement.c.

    kernel SRCA SRCB PACK                what is known at entry
    OPERATIONS { SRCA SRCB MASK FRAGILE ENDS }
    loop TRIPS ... end | call SRCA SRCB PACK SFPU FPU MASK | action
    end
"""

import re
import sys

# Functions of the vector engine whose inits are one call.
SHARED = {"add_scalar": "scalar", "sub_scalar": "scalar", "mul_scalar": "scalar", "rsub_scalar": "scalar",
          "div_scalar": "scalar", "floor": "round", "ceil": "round", "trunc": "round", "round_even": "round"}
ACTIONS = re.compile(r"tt\.(\w+_init|\w+_uninit|pack_reconfig_data_format)\b")
DIMS = {"row": 2, "col": 3, "scalar": 4, "all": 4}


class Kernel:
    def __init__(self, buffers):
        self.buffers = buffers  # name -> (format, unpack)
        self.keys = {}
        self.operations = {}
        self.lines = []

    def key(self, slot, what):
        keys = self.keys.setdefault(slot, {})
        return keys.setdefault(what, len(keys) + 1)

    def source(self, cb):
        return self.key("source", self.buffers[cb])

    def packed(self, cb):
        return self.key("pack", self.buffers[cb][0])

    def operation(self, name, a=None, b=None, mask=0, fragile=0, ends=0):
        formats = [self.source(cb) if cb else 0 for cb in (a, b)]
        what = (name, *formats)
        self.operations[what] = (*formats, mask, fragile, ends)
        return self.key("fpu", what)

    def call(self, pack=0, sfpu=0, fpu=0, mask=0):
        self.lines.append(f"call 0 0 {pack} {sfpu} {fpu} {mask}")

    def fpu_call(self, op, text):
        cbs = re.findall(r"@(\w+)\[", text)
        name = op + " ".join(re.match(r"\s*([a-z_ ]*)", text).group(1).split())
        if op == "matmul_block":
            name += " ".join(re.findall(r"(?:ct|rt|kt) \d+|transpose", text))
            return self.operation(name, cbs[1], cbs[0], fragile=1)
        if op == "reduce_tile":
            return self.operation(name + re.search(r"for @(\w+)", text).group(1), cbs[0], cbs[1],
                                  mask=DIMS[text.split()[1]])
        if op == "unary_bcast":
            whole = self.buffers[cbs[0]][1] == "dest"
            return self.operation(name, *((cbs[0], None) if whole else (None, cbs[0])), ends=1)
        if op == "reuse_dest_tiles":
            return self.operation(name, *((None, cbs[0]) if "dst_first" in text else (cbs[0], None)))
        return self.operation(name, *cbs[:2])

    def add(self, op, text):
        if op in ("matmul_block", "binary_tiles", "bcast_tiles", "reuse_dest_tiles", "copy_tile", "reduce_tile", "unary_bcast", "transpose_tile",
                  "transpose_dest"):
            self.call(fpu=self.fpu_call(op, text))
        elif op in ("unary_tile", "binary_tile"):
            function = text.split()[0]
            self.call(sfpu=self.key("sfpu", op + SHARED.get(function, function)))
        elif op == "typecast_tile":
            self.call(sfpu=self.key("sfpu", op + text.split("dst")[0]))
        elif op in ("fill_tile", "copy_dest_values", "where_tile"):
            self.call(sfpu=self.key("sfpu", op))
        elif op == "pack_tile":
            reduced = re.search(r"reduced (\w+)", text)
            self.call(pack=self.packed(re.search(r"@(\w+)", text).group(1)), mask=DIMS[reduced.group(1)] if reduced else 1)

    def write(self, start):
        print("kernel", *start, len(self.operations))
        for operation in self.operations.values():
            print(*operation)
        print("\n".join(self.lines))
        print("end")


def trips(line, constants):
    lower, upper, step = (constants.get(name) for name in re.search(r"= (%\w+) to (%\w+) step (%\w+)", line).groups())
    return 0 if lower is None or upper is None else (upper - lower) // step


def record(lines):
    buffers, constants, kernel, depth = {}, {}, None, 0
    for line in lines:
        text = line.strip()
        if found := re.match(r"tt\.circular_buffer @(\w+) : !tt\.cb<\d+ x !tt\.tile<\w+, (\w+)>>.*unpack <(\w+)>", text):
            buffers[found.group(1)] = found.groups()[1:]
        elif found := re.match(r"(%\w+) = arith\.constant (\d+) : index", text):
            constants[found.group(1)] = int(found.group(2))
        elif text.startswith("tt.program"):
            buffers = {}
        elif text.startswith("tt.func"):
            kernel, depth, constants = Kernel(buffers) if " compute attributes" in text else None, 0, {}
        elif kernel is None:
            continue
        elif text.startswith("scf.for"):
            depth += 1
            kernel.lines.append(f"loop {trips(text, constants)}")
        elif text == "}":
            depth -= 1
            if depth >= 0:
                kernel.lines.append("end")
            else:
                kernel.write(start)
                kernel = None
        elif text.startswith("tt.hw_startup"):
            cbs = re.findall(r"@(\w+)", text)
            a, b = (cbs[1], cbs[0]) if "reverse" in text else (cbs[0], cbs[1])
            start = kernel.source(a), kernel.source(b), kernel.packed(cbs[2])
        elif text.startswith("tt.reconfig_data_format"):
            kernel.lines += ["action"] * len(re.findall("src[ab]", text))
        elif ACTIONS.match(text):
            kernel.lines.append("action")
        elif found := re.match(r"tt\.(\w+)(.*)", text):
            kernel.add(*found.groups())


record(sys.stdin)
