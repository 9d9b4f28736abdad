"""Plants one error in an output: plant.py KIND FROM TO, on 32x64 values of bf16."""

import array
import struct
import sys

ROWS, COLUMNS = 32, 64


def number(bits):
    return struct.unpack("<f", struct.pack("<I", bits << 16))[0]


def bits(value):
    return struct.unpack("<I", struct.pack("<f", value))[0] >> 16


def plant(kind, data):
    at = 17 * COLUMNS + 33
    if kind == "ulps":  # one element is two units in the last place off
        data[at] += 2
    elif kind == "scale":  # everything is 1% too large
        for i, element in enumerate(data):
            data[i] = bits(number(element) * 1.01)
    elif kind == "rows":  # two rows change places
        data[0:COLUMNS], data[COLUMNS:2 * COLUMNS] = data[COLUMNS:2 * COLUMNS], data[0:COLUMNS]
    elif kind == "zero":  # one block was never written
        for i in range(ROWS):
            for j in range(32, COLUMNS):
                data[i * COLUMNS + j] = 0
    elif kind == "nan":
        data[at] = 0x7FC0
    elif kind == "infinity":
        data[at] = 0x7F80
    elif kind == "short":
        del data[-1]


data = array.array("H", open(sys.argv[2], "rb").read())
plant(sys.argv[1], data)
open(sys.argv[3], "wb").write(data.tobytes())
