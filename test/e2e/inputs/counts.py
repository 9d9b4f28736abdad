"""Holds the counts of a blocked GEMM's run against what its plan says: counts.py REMARKS STATS M N K BLOCK_M BLOCK_N.

Remarks are the output of `tt-opt --tt-explain`, counts those of `tt-emu run --stats`.
"""

import json
import re
import sys

TILE = 32


def main():
    remarks, stats = open(sys.argv[1]).read(), json.load(open(sys.argv[2]))
    m, n, k, block_m, block_n = (int(word) // TILE for word in sys.argv[3:8])
    blocks = (m // block_m) * (n // block_n)
    of_block = block_m * block_n
    in_l1 = re.search(r"(\d+) step\(s\) of k at a time, are added to the sum in L1", remarks)
    # Each product of two tiles is computed once, and each tile of a row of A's tiles and of a column of B's is read once for a block.
    expected = {"matmul": m * n * k, "reads": blocks * (block_m + block_n) * k, "writes": m * n}
    if in_l1:
        # Steps of one tile of k: each panel is packed onto the sum; then the sum is copied, and packed once more, rounded.
        panels = k // int(in_l1.group(1))
        expected.update(pack=blocks * of_block * (panels + 1), copy=blocks * of_block)
    else:
        # The sum of a tile never leaves its register before it is packed.
        expected.update(pack=blocks * of_block, copy=0)
    ops = stats["tile_ops"]
    counted = {"matmul": ops["matmul"], "pack": ops["pack"], "copy": ops.get("copy", 0), "reads": stats["noc0"]["reads"],
               "writes": stats["noc1"]["writes"]}
    wrong = {name: (counted[name], expected[name]) for name in expected if counted[name] != expected[name]}
    print(f"sum in {'L1' if in_l1 else 'registers'}: " + ", ".join(f"{name} {counted[name]}" for name in sorted(counted)))
    for name, (got, want) in wrong.items():
        print(f"{name}: counted {got}, planned {want}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
