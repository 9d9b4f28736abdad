"""Runs a compiled copy of block floats and compares every element with exact arithmetic.

    check_blocks.py FOLDER

FOLDER holds the artifacts of block_floats.mlir and `program`.
"""

import random
import struct
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

SIDE = 16


def nearest_even(value):
    below = value.numerator // value.denominator
    rest = value - below
    return below + (rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2 == 1))


def exponent_of(number):
    return struct.unpack("<I", struct.pack("<f", number))[0] >> 23 & 0xFF


def rounded(run, magnitude_bits):
    """16 neighbours of a row with the exponent of the largest and magnitudes of so many bits."""
    shared = max(exponent_of(number) for number in run)
    step = Fraction(2) ** (shared - 127 - (magnitude_bits - 1))
    limit = 2**magnitude_bits - 1
    result = []
    for number in run:
        magnitude = 0 if exponent_of(number) == 0 else min(limit, nearest_even(abs(Fraction(number)) / step))
        result.append(float(magnitude * step) * (-1 if number < 0 else 1))
    return result


def in_blocks(numbers, magnitude_bits):
    return [value for first in range(0, len(numbers), SIDE) for value in rounded(numbers[first:first + SIDE], magnitude_bits)]


def bf16(number):
    return struct.unpack("<f", struct.pack("<HH", 0, struct.unpack("<I", struct.pack("<f", number))[0] >> 16))[0]


def single(number):
    return struct.unpack("<f", struct.pack("<f", number))[0]


def data(seed, convert):
    """Rows of different magnitudes; ties, zeros and numbers next to a power of two among them."""
    draw = random.Random(seed)
    numbers = []
    for row in range(32 * 64 // SIDE):
        scale = 2.0 ** draw.randint(-20, 20)
        numbers += [scale * draw.choice([draw.uniform(-2, 2), draw.randint(-256, 256) / 128, 1.9999, 1.0, 0.0, -2.0**-9])
                    for _ in range(SIDE)]
    return [convert(number) for number in numbers]


def write(path, numbers, is_bf16):
    words = [struct.pack("<f", number) for number in numbers]
    path.write_bytes(b"".join(word[2:] if is_bf16 else word for word in words))


def read(path, is_bf16):
    raw = path.read_bytes()
    size = 2 if is_bf16 else 4
    pad = b"\0\0" if is_bf16 else b""
    return [struct.unpack("<f", pad + raw[i:i + size])[0] for i in range(0, len(raw), size)]


def main():
    folder = Path(sys.argv[1])
    inputs = {"X": data(1, bf16), "Z": data(2, single), "U": data(3, single)}
    command = [str(folder / "program")]
    for name, numbers in inputs.items():
        write(folder / name, numbers, name == "X")
        command += ["--input", f"{name}={folder / name}"]
    for name in "YWV":
        command += ["--output", f"{name}={folder / name}"]
    subprocess.run(command, check=True)
    expected = {"Y": in_blocks(inputs["X"], 7), "W": in_blocks(inputs["Z"], 3), "V": in_blocks(inputs["U"], 7)}
    for name, numbers in expected.items():
        got = read(folder / name, name == "Y")
        wrong = [i for i, number in enumerate(numbers) if got[i] != number]
        if wrong or len(got) != len(numbers):
            i = wrong[0] if wrong else 0
            sys.exit(f"{name}: {len(wrong)} elements are wrong; [{i}] is {got[i]}, must be {numbers[i]}")
        print(f"{name} is right")


main()
