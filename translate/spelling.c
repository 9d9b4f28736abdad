// The table of spellings.

#include "spelling.h"

#include <string.h>

typedef struct {
  const char *name[2]; // by Api
  const char *header;  // below the compute headers of either API
} Spelling;

#define SAME(name)                                                             \
  { name, name }

static const Spelling spellings[NumCalls] = {
    [CallHwStartup] = {SAME("compute_kernel_hw_startup"),
                       "compute_kernel_hw_startup.h"},
    [CallHwStartupReverse] = {{"compute_kernel_hw_startup<SrcOrder::Reverse>",
                               NULL},
                              "compute_kernel_hw_startup.h"},
    [CallReconfig] = {SAME("reconfig_data_format"), "reconfig_data_format.h"},
    [CallReconfigSrca] = {SAME("reconfig_data_format_srca"),
                          "reconfig_data_format.h"},
    [CallReconfigSrcb] = {SAME("reconfig_data_format_srcb"),
                          "reconfig_data_format.h"},
    [CallPackReconfig] = {SAME("pack_reconfig_data_format"), "pack.h"},
    [CallPackReconfigL1Acc] = {SAME("pack_reconfig_l1_acc"), "pack.h"},
    [CallTileRegsAcquire] = {SAME("tile_regs_acquire"), "reg_api.h"},
    [CallTileRegsCommit] = {SAME("tile_regs_commit"), "reg_api.h"},
    [CallTileRegsWait] = {SAME("tile_regs_wait"), "reg_api.h"},
    [CallTileRegsRelease] = {SAME("tile_regs_release"), "reg_api.h"},
    [CallCopyInit] = {{"copy_init", "copy_tile_init"}, "tile_move_copy.h"},
    [CallCopyTile] = {SAME("copy_tile"), "tile_move_copy.h"},
    [CallMatmulStartup] = {{NULL, "mm_init"}, "matmul.h"},
    [CallMatmulBlockStartup] = {{NULL, "mm_block_init"}, "matmul.h"},
    [CallMatmulInit] = {{"matmul_init", "mm_init_short"}, "matmul.h"},
    [CallMatmulTiles] = {SAME("matmul_tiles"), "matmul.h"},
    [CallMatmulBlockInit] = {{"matmul_block_init", "mm_block_init_short"},
                             "matmul.h"},
    [CallMatmulBlock] = {SAME("matmul_block"), "matmul.h"},
    [CallAddInit] = {{"add_init", "add_tiles_init"}, "eltwise_binary.h"},
    [CallSubInit] = {{"sub_init", "sub_tiles_init"}, "eltwise_binary.h"},
    [CallMulInit] = {{"mul_init", "mul_tiles_init"}, "eltwise_binary.h"},
    [CallAddTiles] = {SAME("add_tiles"), "eltwise_binary.h"},
    [CallSubTiles] = {SAME("sub_tiles"), "eltwise_binary.h"},
    [CallMulTiles] = {SAME("mul_tiles"), "eltwise_binary.h"},
    [CallAddReuseInit] = {{"add_reuse_dest_init<",
                           "binary_dest_reuse_tiles_init<EltwiseBinaryType::"
                           "ELWADD, "},
                          "eltwise_binary.h"},
    [CallSubReuseInit] = {{"sub_reuse_dest_init<",
                           "binary_dest_reuse_tiles_init<EltwiseBinaryType::"
                           "ELWSUB, "},
                          "eltwise_binary.h"},
    [CallMulReuseInit] = {{"mul_reuse_dest_init<",
                           "binary_dest_reuse_tiles_init<EltwiseBinaryType::"
                           "ELWMUL, "},
                          "eltwise_binary.h"},
    [CallAddReuseTiles] = {{"add_reuse_dest_tiles<",
                            "binary_dest_reuse_tiles<EltwiseBinaryType::"
                            "ELWADD, "},
                           "eltwise_binary.h"},
    [CallSubReuseTiles] = {{"sub_reuse_dest_tiles<",
                            "binary_dest_reuse_tiles<EltwiseBinaryType::"
                            "ELWSUB, "},
                           "eltwise_binary.h"},
    [CallMulReuseTiles] = {{"mul_reuse_dest_tiles<",
                            "binary_dest_reuse_tiles<EltwiseBinaryType::"
                            "ELWMUL, "},
                           "eltwise_binary.h"},
    [CallFillInit] = {SAME("fill_tile_init"), "eltwise_unary/fill.h"},
    [CallFillTile] = {SAME("fill_tile"), "eltwise_unary/fill.h"},
    [CallFillTileBits] = {SAME("fill_tile_bitcast"), "eltwise_unary/fill.h"},
    [CallCopyDestInit] = {SAME("copy_dest_values_init"), "copy_dest_values.h"},
    [CallCopyDest] = {SAME("copy_dest_values"), "copy_dest_values.h"},
    [CallPackTile] = {SAME("pack_tile"), "pack.h"},
    [CallPackTileAt] = {SAME("pack_tile<true>"), "pack.h"},
    // Data movement kernels have one header for everything.
    [CallReadPage] = {{"noc_async_read_page", "noc_async_read_tile"}, NULL},
    [CallWritePage] = {{"noc_async_write_page", "noc_async_write_tile"}, NULL},
};

const char *callName(Api api, Call call) { return spellings[call].name[api]; }

const char *callHeader(Api api, Call call) {
  (void)api; // a header that moved would make the table's column a pair
  return spellings[call].header;
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
