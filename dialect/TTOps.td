// Everything the dialect has; the file that tablegen is run on.

#ifndef TT_OPS
#define TT_OPS

include "TTHostOps.td"
include "TTBlockOps.td"
include "TTTileOps.td"
include "TTPlanOps.td"
include "TTProgramOps.td"
include "TTDataMovementOps.td"
include "TTComputeOps.td"

// What a user may attach to ops of other dialects, and where: `place` is `argument`, `result`, `function`, `module` or `loop`.
class TT_DiscardableAttr<string name_, list<string> places_, string type_> {
  string name = name_;
  list<string> places = places_;
  string type = type_;
}
def TT_LayoutUserAttr : TT_DiscardableAttr<"layout", ["argument", "result"], "#tt.layout">;
def TT_NameUserAttr : TT_DiscardableAttr<"name", ["argument", "result"], "string">;
def TT_NumStagesUserAttr : TT_DiscardableAttr<"num_stages", ["loop"], "i64">;
def TT_ScheduleUserAttr : TT_DiscardableAttr<"schedule", ["function"], "#tt.schedule">;
def TT_ComputeUserAttr : TT_DiscardableAttr<"compute", ["function"], "#tt.compute">;
def TT_DeviceUserAttr : TT_DiscardableAttr<"device", ["module"], "#tt.device or the name of a preset">;

#endif // TT_OPS
