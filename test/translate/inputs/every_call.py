"""Prints a program whose compute kernel has every device op and every row of
the op table once. It is to be compiled, not to be run.

    every_call.py TT.json
"""

import json
import sys

HEAD = """tt.host @calls device(#tt.device<arch = wormhole_b0, grid_x = 8, grid_y = 8, l1_bytes = 1499136, l1_base = 103424, cbs = 32, dst_tiles = 16, l1_align = 16, dram_read_align = 32, dram_write_align = 16, dram_banks = 12, clock_mhz = 1000>) {
  tt.program @p grid [1] schedule #tt.schedule compute #tt.compute
      partition #tt.partition<mode = global, order = row_major, block = 1, items = 1, cores = 1>
      work #tt.work<x = [0], y = [0], start = [0], count = [1]> {
    tt.circular_buffer @a : !tt.cb<2 x !tt.tile<32x32, bf16>> id 0 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @b : !tt.cb<2 x !tt.tile<32x32, bf16>> id 1 production 1 order [1, 1] unpack <src>
    tt.circular_buffer @c : !tt.cb<2 x !tt.tile<32x32, bf16>> id 16 production 1 order [1, 1] unpack <src>
    tt.func @compute compute {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
"""

BODY = """
tt.hw_startup reverse @a, @b, @c
tt.matmul_init @a, @b
tt.matmul_init @a, @b transpose
tt.matmul_tiles @a[%c0], @b[%c1], dst[%c2]
tt.matmul_block_init @a, @b ct 2 rt 2 kt 1
tt.matmul_block @a[%c0], @b[%c1], dst[%c2] ct 2 rt 2 kt 1 transpose
tt.reconfig_data_format srca @a
tt.reconfig_data_format srcb @b
tt.reconfig_data_format srca @a srcb @b
tt.pack_reconfig_data_format @c
tt.pack_reconfig_l1_acc true
tt.copy_init @a
tt.copy_tile @a[%c0], dst[%c1]
tt.fill_tile_init
tt.fill_tile dst[%c0], 0x7FF0000000000000
tt.fill_tile dst[%c0], 0.100000001
tt.fill_tile dst[%c0], -3.0
tt.fill_tile dst[%c0], -2147483647.0 integer
tt.typecast_tile_init i32 to f32
tt.typecast_tile i32 to f32 dst[%c0]
tt.typecast_tile_init f32 to u32
tt.typecast_tile f32 to u32 dst[%c0]
tt.where_tile_init
tt.where_tile dst[%c0], dst[%c1], dst[%c2], dst[%c0]
tt.where_tile dst[%c0], dst[%c1], dst[%c2], dst[%c0] integer
tt.copy_dest_values_init
tt.copy_dest_values dst[%c0], dst[%c1]
tt.transpose_init @a
tt.transpose_tile @a[%c0], dst[%c1]
tt.transpose_dest_init
tt.transpose_dest dst[%c1]
tt.pack_tile dst[%c0], @c
tt.pack_tile dst[%c0], @c[%c1]
tt.tile_regs_acquire
tt.tile_regs_commit
tt.tile_regs_wait
tt.tile_regs_release
tt.cb_wait_front @a, 1
tt.cb_pop_front @a, 1
tt.cb_reserve_back @c, 1
tt.cb_push_back @c, 1
"""


def rows(records, name):
    return sorted((records[key] for key in records["!instanceof"][name]),
                  key=lambda record: record["value"])


def main():
    with open(sys.argv[1], encoding="utf-8") as stream:
        records = json.load(stream)
    lines = BODY.split("\n")
    for function in ("add", "sub", "mul"):
        lines += [f"tt.binary_tiles_init {function} @a, @b",
                  f"tt.binary_tiles {function} @a[%c0], @b[%c1], dst[%c2]"]
        for first in ("", "dst_first "):
            lines += [f"tt.reuse_dest_init {function} {first}@a",
                      f"tt.reuse_dest_tiles {function} {first}@a[%c0], dst[%c1]"]
    for row in rows(records, "TT_UnaryFn"):
        params = ", ".join(["1.5"] * row["params"])
        lines += [f"tt.unary_tile_init {row['str']}",
                  f"tt.unary_tile {row['str']} dst[%c0]"
                  + (f" params [{params}]" if params else "")]
    for row in rows(records, "TT_BinaryFn"):
        lines += [f"tt.binary_tile_init {row['str']}",
                  f"tt.binary_tile {row['str']} dst[%c0], dst[%c1], dst[%c2]"]
    print(HEAD + "".join(f"      {line}\n" for line in lines if line)
          + "    }\n  }\n}")


if __name__ == "__main__":
    main()
