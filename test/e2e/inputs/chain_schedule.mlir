// Tiles the last operation of an element-wise chain by a grid of 32x64 blocks and fuses its producers into the grid.
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %last = transform.structured.match ops{["linalg.add"]} in %module : (!transform.any_op) -> !transform.any_op
    %product = transform.structured.match ops{["linalg.mul"]} in %module : (!transform.any_op) -> !transform.any_op
    %tanh = transform.structured.match ops{["linalg.tanh"]} in %module : (!transform.any_op) -> !transform.any_op
    %tiled, %grid = transform.structured.tile_using_forall %last tile_sizes [32, 64]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %fused, %grid1 = transform.structured.fuse_into_containing_op %product into %grid
        : (!transform.any_op, !transform.any_op) -> (!transform.any_op, !transform.any_op)
    %fused1, %grid2 = transform.structured.fuse_into_containing_op %tanh into %grid1
        : (!transform.any_op, !transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
