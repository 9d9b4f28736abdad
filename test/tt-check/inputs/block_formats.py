"""Outputs of block_formats.mlir, from the raw data with Python's own arithmetic: block_formats.py DATA OUT.

OUT/right rounds to blocks as the device does; in OUT/unrounded the second grid of @memory sees what the first computed
instead of what its buffer keeps, and the argument of @value was not rounded; in OUT/beyond one element is off by one and a
half units of its group.
"""

import math
import struct
import sys
from array import array
from pathlib import Path

COLUMNS = 40
data, out = Path(sys.argv[1]), Path(sys.argv[2])


def bf16(path):
    return [struct.unpack("<f", struct.pack("<I", b << 16))[0] for b in array("H", path.read_bytes())]


def to_bf16(value):
    bits = struct.unpack("<I", struct.pack("<f", value))[0]
    return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16


def unit(group, digits):
    return 2.0 ** (max(math.frexp(v)[1] for v in group if v) - digits)


def groups(values):
    for row in range(0, len(values), COLUMNS):
        for column in range(0, COLUMNS, 16):
            yield row + column, row + min(column + 16, COLUMNS)


def blocks(values, digits):
    kept = list(values)
    for first, last in groups(values):
        one = unit(values[first:last], digits)
        for i in range(first, last):
            units = min(round(abs(values[i]) / one), 2 ** digits - 1)
            kept[i] = math.copysign(units * one, values[i])
    return kept


def write(kind, name, values, wide):
    path = out / kind / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((array("f", values) if wide else array("H", map(to_bf16, values))).tobytes())


a = bf16(data / "memory" / "argument0.bin")
square = [struct.unpack("<f", struct.pack("<I", to_bf16(x * x) << 16))[0] for x in a]
kept = blocks(square, 7)
assert kept != square and len(set(kept)) > 60
for kind in ("right", "unrounded", "beyond"):
    b = list(kept)
    if kind == "beyond":
        group = range(2 * COLUMNS + 16, 2 * COLUMNS + 32)
        b[2 * COLUMNS + 17] += 1.5 * unit([kept[i] for i in group], 7)
    write(kind, "memory/argument1.rounded", b, False)
    write(kind, "memory/argument2.rounded", square if kind == "unrounded" else b, True)

a = bf16(data / "value" / "argument0.bin")
assert a == blocks(a, 3), "the data of a bfp4_b argument is not in blocks"
for kind in ("right", "unrounded", "beyond"):
    first = [x * x for x in a]
    second = [x * 1.04 for x in a] if kind == "unrounded" else a
    write(kind, "value/result0.rounded", second, True)
    write(kind, "value/result1.rounded", blocks(first, 3), False)
    write(kind, "value/result2.rounded", blocks(first, 3), True)
