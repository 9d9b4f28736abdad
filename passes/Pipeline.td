// The named pipeline and its options. The list of passes is pipeline.c.

#ifndef TT_PIPELINE
#define TT_PIPELINE

include "Passes.td"

// A pipeline `def TT<Name>` becomes `Tt<Name>Options` and `ttBuild<Name>` in C.
class TT_Pipeline<string argument_> {
  string argument = argument_;
  string summary = "";
  list<Option> options = [];
}

def TTV5Pipeline : TT_Pipeline<"tt-v5-pipeline"> {
  let summary = "tiled MLIR to complete programs: every pass of the compiler, in order";
  let options = [
    Option<"arch", "arch", "std::string", "\"wormhole_b0\"",
           "device preset for modules without tt.device: wormhole_b0 or blackhole">,
    Option<"grid", "grid", "std::string", "\"\"", "core grid as XxY, within the device's (the device's)">,
    Option<"api", "api", "std::string", "\"current\"", "Metalium version of the artifacts: current or v0.66">,
    Option<"fp32Acc", "fp32-acc", "bool", "false", "fp32 tile registers in every program">,
    Option<"fidelity", "fidelity", "std::string", "\"hifi4\"",
           "math fidelity for functions without tt.compute: lofi, hifi2, hifi3, hifi4">,
    Option<"fullSync", "full-sync", "bool", "false", "all tile registers in one section, without math/pack overlap">];
}

#endif // TT_PIPELINE
