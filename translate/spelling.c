// The table of spellings.

#include "spelling.h"

#include <string.h>

typedef struct {
  const char *name[2]; // by Api
  const char *header;  // below the compute headers of either API
  const char *v066;    // where the older API has it in another, or NULL
} Spelling;

#define SAME(name)                                                             \
  { name, name }

static const Spelling spellings[NumCalls] = {
    [CallHwStartup] = {SAME("compute_kernel_hw_startup"),
                       "compute_kernel_hw_startup.h", NULL},
    [CallHwStartupReverse] = {{"compute_kernel_hw_startup<SrcOrder::Reverse>",
                               NULL},
                              "compute_kernel_hw_startup.h",
                              NULL},
    [CallReconfig] = {SAME("reconfig_data_format"), "reconfig_data_format.h",
                      NULL},
    [CallReconfigSrca] = {SAME("reconfig_data_format_srca"),
                          "reconfig_data_format.h", NULL},
    [CallReconfigSrcb] = {SAME("reconfig_data_format_srcb"),
                          "reconfig_data_format.h", NULL},
    [CallPackReconfig] = {SAME("pack_reconfig_data_format"), "pack.h", NULL},
    [CallPackReconfigL1Acc] = {SAME("pack_reconfig_l1_acc"), "pack.h", NULL},
    [CallTileRegsAcquire] = {SAME("tile_regs_acquire"), "reg_api.h", NULL},
    [CallTileRegsCommit] = {SAME("tile_regs_commit"), "reg_api.h", NULL},
    [CallTileRegsWait] = {SAME("tile_regs_wait"), "reg_api.h", NULL},
    [CallTileRegsRelease] = {SAME("tile_regs_release"), "reg_api.h", NULL},
    [CallCopyInit] = {{"copy_init", "copy_tile_init"},
                      "tile_move_copy.h",
                      NULL},
    [CallCopyTile] = {SAME("copy_tile"), "tile_move_copy.h", NULL},
    [CallMatmulStartup] = {{NULL, "mm_init"}, "matmul.h", NULL},
    [CallMatmulBlockStartup] = {{NULL, "mm_block_init"}, "matmul.h", NULL},
    [CallMatmulInit] = {{"matmul_init", "mm_init_short"}, "matmul.h", NULL},
    [CallMatmulTiles] = {SAME("matmul_tiles"), "matmul.h", NULL},
    [CallMatmulBlockInit] = {{"matmul_block_init", "mm_block_init_short"},
                             "matmul.h",
                             NULL},
    [CallMatmulBlock] = {SAME("matmul_block"), "matmul.h", NULL},
    [CallAddInit] = {{"add_init", "add_tiles_init"}, "eltwise_binary.h", NULL},
    [CallSubInit] = {{"sub_init", "sub_tiles_init"}, "eltwise_binary.h", NULL},
    [CallMulInit] = {{"mul_init", "mul_tiles_init"}, "eltwise_binary.h", NULL},
    [CallAddTiles] = {SAME("add_tiles"), "eltwise_binary.h", NULL},
    [CallSubTiles] = {SAME("sub_tiles"), "eltwise_binary.h", NULL},
    [CallMulTiles] = {SAME("mul_tiles"), "eltwise_binary.h", NULL},
    [CallAddReuseInit] = {{"add_reuse_dest_init<",
                           "binary_dest_reuse_tiles_init<EltwiseBinaryType::"
                           "ELWADD, "},
                          "eltwise_binary.h",
                          NULL},
    [CallSubReuseInit] = {{"sub_reuse_dest_init<",
                           "binary_dest_reuse_tiles_init<EltwiseBinaryType::"
                           "ELWSUB, "},
                          "eltwise_binary.h",
                          NULL},
    [CallMulReuseInit] = {{"mul_reuse_dest_init<",
                           "binary_dest_reuse_tiles_init<EltwiseBinaryType::"
                           "ELWMUL, "},
                          "eltwise_binary.h",
                          NULL},
    [CallAddReuseTiles] = {{"add_reuse_dest_tiles<",
                            "binary_dest_reuse_tiles<EltwiseBinaryType::"
                            "ELWADD, "},
                           "eltwise_binary.h",
                           NULL},
    [CallSubReuseTiles] = {{"sub_reuse_dest_tiles<",
                            "binary_dest_reuse_tiles<EltwiseBinaryType::"
                            "ELWSUB, "},
                           "eltwise_binary.h",
                           NULL},
    [CallMulReuseTiles] = {{"mul_reuse_dest_tiles<",
                            "binary_dest_reuse_tiles<EltwiseBinaryType::"
                            "ELWMUL, "},
                           "eltwise_binary.h",
                           NULL},
    [CallFillInit] = {SAME("fill_tile_init"), "eltwise_unary/fill.h", NULL},
    [CallFillTile] = {SAME("fill_tile"), "eltwise_unary/fill.h", NULL},
    [CallFillTileBits] = {SAME("fill_tile_bitcast"), "eltwise_unary/fill.h",
                          NULL},
    [CallFillTileInt] = {SAME("fill_tile_int<DataFormat::Int32>"),
                         "eltwise_unary/fill.h", NULL},
    [CallCopyDestInit] = {SAME("copy_dest_values_init"), "copy_dest_values.h",
                          NULL},
    [CallCopyDest] = {SAME("copy_dest_values"), "copy_dest_values.h", NULL},
    [CallReduceInit] = {SAME("reduce_init<"), "reduce.h", NULL},
    [CallReduceTile] = {SAME("reduce_tile<"), "reduce.h", NULL},
    [CallReduceUninit] = {SAME("reduce_uninit"), "reduce.h", NULL},
    [CallUnaryBcastInit] = {{"unary_bcast_init<", NULL}, "bcast.h", NULL},
    [CallUnaryBcast] = {SAME("unary_bcast<"), "bcast.h", NULL},
    [CallUnaryBcastUninit] = {SAME("unary_bcast_uninit<"), "bcast.h", NULL},
    [CallTransposeInit] = {{"transpose_init", "transpose_wh_init_short"},
                           "transpose.h",
                           "transpose_wh.h"},
    [CallTransposeTile] = {{"transpose_tile", "transpose_wh_tile"},
                           "transpose.h",
                           "transpose_wh.h"},
    // tt_metal/hw/inc/api/compute/transpose_dest.h; for 32-bit elements.
    [CallTransposeDestInit] = {{"transpose_dest_init<true>",
                                "transpose_wh_dest_init_short<true>"},
                               "transpose_dest.h",
                               "transpose_wh_dest.h"},
    [CallTransposeDest] = {{"transpose_dest<true>", "transpose_wh_dest<true>"},
                           "transpose_dest.h",
                           "transpose_wh_dest.h"},
    [CallTypecastInit] = {SAME("typecast_tile_init<"),
                          "eltwise_unary/typecast.h", NULL},
    [CallTypecastTile] = {SAME("typecast_tile<"), "eltwise_unary/typecast.h",
                          NULL},
    [CallWhereInit] = {SAME("where_tile_init"), "eltwise_unary/where.h", NULL},
    [CallWhereTile] = {SAME("where_tile<"), "eltwise_unary/where.h", NULL},
    [CallPackTile] = {SAME("pack_tile"), "pack.h", NULL},
    [CallPackTileAt] = {SAME("pack_tile<true>"), "pack.h", NULL},
    // Data movement kernels have one header for everything.
    [CallReadPage] = {{"noc_async_read_page", "noc_async_read_tile"},
                      NULL,
                      NULL},
    [CallWritePage] = {{"noc_async_write_page", "noc_async_write_tile"},
                       NULL,
                       NULL},
};

static const char *const formats[] = {
    [TtDataFormatF32] = "Float32",  [TtDataFormatBF16] = "Float16_b",
    [TtDataFormatF16] = "Float16",  [TtDataFormatBFP8B] = "Bfp8_b",
    [TtDataFormatBFP4B] = "Bfp4_b", [TtDataFormatI32] = "Int32",
    [TtDataFormatU32] = "UInt32",   [TtDataFormatU16] = "UInt16",
    [TtDataFormatU8] = "UInt8",     [TtDataFormatInferred] = "Invalid"};

const char *formatName(TtDataFormat format) { return formats[format]; }

const char *callName(Api api, Call call) { return spellings[call].name[api]; }

const char *callHeader(Api api, Call call) {
  const Spelling *spelling = &spellings[call];
  return api == ApiV066 && spelling->v066 ? spelling->v066 : spelling->header;
}

const char *computeHeader(TextPool *pool, Api api, const char *header) {
  if (api == ApiCurrent)
    return textFormat(pool, "api/compute/%s", header);
  if (strcmp(header, "compute_kernel_api.h") == 0)
    return header; // beside the folder of the others
  return textFormat(pool, "compute_kernel_api/%s", header);
}

const char *dataflowHeader(Api api) {
  return api == ApiCurrent ? "api/dataflow/dataflow_api.h" : "dataflow_api.h";
}

static bool inNamespace(Api api, TtRole role) {
  return api == ApiV066 && role == TtRoleCompute;
}

const char *kernelOpening(Api api, TtRole role) {
  return inNamespace(api, role) ? "namespace NAMESPACE {\nvoid MAIN {\n"
                                : "void kernel_main() {\n";
}

const char *kernelClosing(Api api, TtRole role) {
  return inNamespace(api, role) ? "}\n} // namespace NAMESPACE\n" : "}\n";
}

bool accessorTakesPageSize(Api api) { return api == ApiV066; }

const char *const reservedCBNames[] = {"cb_reserve_back",
                                       "cb_push_back",
                                       "cb_wait_front",
                                       "cb_pop_front",
                                       "cb_pages_reservable_at_back",
                                       "cb_pages_available_at_front",
                                       NULL};
