"""Runs FOLDER/program with random data and compares the numbers.

    check_run.py gemm|eltwise FOLDER
"""

import array
import math
import os
import random
import struct
import subprocess
import sys


def to_bf16(values):
    """Bits of bf16 numbers that are multiples of 1/64: exact."""
    return array.array("H", [struct.unpack("<I", struct.pack("<f", v))[0] >> 16
                             for v in values])


def from_bf16(bits):
    return [struct.unpack("<f", struct.pack("<I", b << 16))[0] for b in bits]


def numbers(count, generator):
    return [generator.randrange(-64, 65) / 64 for _ in range(count)]


def write(folder, name, data):
    path = os.path.join(folder, name + ".bin")
    with open(path, "wb") as stream:
        data.tofile(stream)
    return f"{name}={path}"


def read(folder, name, code, count):
    data = array.array(code)
    with open(os.path.join(folder, name + ".bin"), "rb") as stream:
        data.fromfile(stream, count)
    return data


def run(folder, inputs, outputs):
    command = [os.path.join(folder, "program")]
    for name, data in inputs.items():
        command += ["--input", write(folder, name, data)]
    for name in outputs:
        command += ["--output", f"{name}={folder}/{name}.out.bin"]
    print(subprocess.run(command, check=True, timeout=120, text=True,
                         stdout=subprocess.PIPE).stdout, end="")


def close(name, got, want, relative, absolute):
    for i, (g, w) in enumerate(zip(got, want, strict=True)):
        assert abs(g - w) <= absolute + relative * abs(w), \
            f"{name}[{i}] is {g}, not {w}"
    print(f"{name} is right")


def gemm(folder):
    generator = random.Random(1)
    m, k, n = 128, 256, 64
    a, b = numbers(m * k, generator), numbers(k * n, generator)
    run(folder, {"A": to_bf16(a), "B": to_bf16(b)}, ["C"])
    columns = [b[j::n] for j in range(n)]
    want = [sum(map(float.__mul__, a[i * k:(i + 1) * k], column))
            for i in range(m) for column in columns]
    got = from_bf16(read(folder, "C.out", "H", m * n))
    close("C", got, want, 2.0 ** -8, 1e-3)


def eltwise(folder):
    generator = random.Random(2)
    x, y = numbers(40 * 64, generator), numbers(40 * 64, generator)
    z = array.array("f", numbers(1000, generator))
    run(folder, {"X": to_bf16(x), "Y": to_bf16(y), "Z": z}, ["O", "Z"])
    got = from_bf16(read(folder, "O.out", "H", 40 * 64))
    close("O", got, [max(p * q, 0) + 0.5 for p, q in zip(x, y)], 2.0 ** -7, 0)
    got = read(folder, "Z.out", "f", 1000)
    close("Z", got, [2.5 * math.exp(v) for v in z], 2.0 ** -18, 0)


if __name__ == "__main__":
    {"gemm": gemm, "eltwise": eltwise}[sys.argv[1]](sys.argv[2])
