"""Recomputes relu(A·B + C) from the raw data with Python's own arithmetic and compares the reference with it."""

import array
import struct
import sys

M, N, K = 4, 6, 5


def bf16(path):
    return [struct.unpack("<f", struct.pack("<I", b << 16))[0] for b in array.array("H", open(path, "rb").read())]


folder = sys.argv[1]
a, b, c = (bf16(f"{folder}/argument{i}.bin") for i in range(3))
tracked = array.array("d", open(f"{folder}/argument3.reference", "rb").read())
assert len(a) == M * K and len(b) == K * N and len(tracked) == 4 * M * N
assert len(set(a + b + c)) > 40 and min(a + b + c) >= -1 and max(a + b + c) <= 1
for i in range(M):
    for j in range(N):
        value = max(sum(a[i * K + k] * b[k * N + j] for k in range(K)) + c[i * N + j], 0)
        assert abs(value - tracked[4 * (i * N + j)]) < 1e-12, (i, j, value)
print("the same")
