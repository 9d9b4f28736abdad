// Tiles the consumer of a matmul by a grid of 64x64 blocks, fuses the matmul and its fill into it, and tiles K by 32.
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %matmul = transform.structured.match ops{["linalg.matmul"]} in %module : (!transform.any_op) -> !transform.any_op
    %fill = transform.structured.match ops{["linalg.fill"]} in %module : (!transform.any_op) -> !transform.any_op
    %consumer = transform.structured.match ops{["linalg.generic"]} in %module : (!transform.any_op) -> !transform.any_op
    %tiled, %grid = transform.structured.tile_using_forall %consumer tile_sizes [64, 64]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %fused, %grid1 = transform.structured.fuse_into_containing_op %matmul into %grid
        : (!transform.any_op, !transform.any_op) -> (!transform.any_op, !transform.any_op)
    %filled, %grid2 = transform.structured.fuse_into_containing_op %fill into %grid1
        : (!transform.any_op, !transform.any_op) -> (!transform.any_op, !transform.any_op)
    %step, %loop = transform.structured.tile_using_for %fused tile_sizes [0, 0, 32]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
