"""Writes Passes.h/.cpp: option structs, C++ shells, registration and creation.

One idea: a pass is a C function; its shell only moves options, statistics and
the result across the language boundary.
"""

from emit_ops import NOTICE
from records import camel, fail, parameter

# Option type in the .td -> (C type, expression from the C++ option).
OPTION_TYPES = {
    "bool": ("bool", "{o}"), "int64_t": ("int64_t", "{o}"),
    "int": ("int", "{o}"), "int32_t": ("int32_t", "{o}"),
    "unsigned": ("unsigned", "{o}"), "uint64_t": ("uint64_t", "{o}"),
    "double": ("double", "{o}"),
    "std::string": ("MlirStringRef", "wrap(::llvm::StringRef({o}))"),
    "::std::string": ("MlirStringRef", "wrap(::llvm::StringRef({o}))"),
}


class Option:
    def __init__(self, owner, record):
        self.member = parameter(record["cppName"])
        self.argument = record["argument"]
        self.description = " ".join(record["description"].split())
        self.default = record.get("defaultValue") or ""
        self.cpp = record["type"]
        self.list = "ListOption" in record["!superclasses"]
        if self.cpp not in OPTION_TYPES:
            fail(owner, f"has an option of type '{self.cpp}', which has no C "
                 "spelling")
        self.ctype, self.out = OPTION_TYPES[self.cpp]
        if self.list and self.ctype not in ("int64_t", "int", "int32_t"):
            fail(owner, f"has a list option of '{self.cpp}'; lists of integers "
                 "are supported")

    def field(self):
        if self.list:
            return (f"  // {self.description}\n"
                    f"  intptr_t num{camel(self.member)};\n"
                    f"  const {self.ctype} *{self.member};\n")
        return f"  // {self.description}\n  {self.ctype} {self.member};\n"

    def declaration(self):
        """The C++ member of a pass or pipeline options class."""
        kind = "ListOption" if self.list else "Option"
        text = (f"  {kind}<{self.cpp}> {self.member}{{*this, "
                f'"{self.argument}",\n      ::llvm::cl::desc("'
                f'{self.description}")')
        if self.default and not self.list:
            text += f", ::llvm::cl::init({self.default})"
        return text + "};\n"

    def fill(self, target, owner=""):
        name = owner + self.member
        if self.list:
            return (f"  ::llvm::SmallVector<{self.cpp}> {self.member}Items("
                    f"{name}.begin(), {name}.end());\n"
                    f"  {target}.num{camel(self.member)} = static_cast<intptr_t>("
                    f"{self.member}Items.size());\n"
                    f"  {target}.{self.member} = {self.member}Items.data();\n")
        value = self.out.format(o=f"{name}.getValue()")
        return f"  {target}.{self.member} = {value};\n"

    def assign(self, source):
        """Sets the C++ option from the C struct."""
        if self.list:
            return (f"  for (intptr_t i = 0; i < {source}->num"
                    f"{camel(self.member)}; ++i)\n    pass->{self.member}."
                    f"push_back({source}->{self.member}[i]);\n")
        value = f"{source}->{self.member}"
        if self.ctype == "MlirStringRef":
            value = f"unwrap({value}).str()"
        return f"  pass->{self.member} = {value};\n"


class Pass:
    def __init__(self, records, record):
        self.record = record
        self.name = record["!name"].removeprefix("TT")
        self.argument = record["argument"]
        base = record["baseClass"]
        self.anchor = base[base.index("<") + 1:base.rindex(">")] \
            if "<" in base else ""
        self.options = [Option(record, records.get(option))
                        for option in record["options"]]
        self.statistics = [records.get(stat) for stat in record["statistics"]]
        self.source = self.argument.removeprefix("tt-").replace("-", "_") + ".c"


def options_struct(name, options):
    fields = "".join(option.field() for option in options)
    return (f"typedef struct {{\n{fields or '  char none; // no options'}"
            f"\n}} Tt{name}Options;\n")


def emit_header(passes, pipelines):
    text = [NOTICE, "#ifndef TT_C_GEN_PASSES_H\n#define TT_C_GEN_PASSES_H\n",
            '#include "mlir-c/Pass.h"\n#include "tt-c/Pass.h"\n'
            "#include <stdbool.h>\n#include <stdint.h>\n",
            "#ifdef __cplusplus\nextern \"C\" {\n#endif\n"]
    for item in passes:
        text.append(f"// {item.argument}: {item.record['summary']}\n"
                    + options_struct(item.name, item.options))
        if item.statistics:
            cases = "".join(f"  Tt{item.name}Statistic{camel(s['cppName'])},"
                            f" // {s['description']}\n" for s in item.statistics)
            text.append(f"typedef enum {{\n{cases}}} Tt{item.name}Statistic;\n")
        text.append(
            f"// The pass itself, written in passes/{item.source}.\n"
            f"MlirLogicalResult ttRun{item.name}(TtPass *pass, MlirOperation op,"
            f" const Tt{item.name}Options *options);\n"
            f"// The pass with these options, or with its defaults for NULL; "
            f"the pass manager it is added to owns it.\n"
            f"MlirPass ttCreate{item.name}(const Tt{item.name}Options *options);\n"
            f"MlirPass mlirCreateTT{item.name}(void);\n"
            f"void mlirRegisterTT{item.name}(void);\n")
    for record, name, options in pipelines:
        text.append(
            f"// {record['argument']}: {record['summary']}\n"
            + options_struct(name, options)
            + f"// Appends the passes of the pipeline; written in passes/.\n"
            f"void ttBuild{name}(MlirOpPassManager manager, const Tt{name}"
            f"Options *options);\n")
    text.append("// Every pass and pipeline above, into the global registry.\n"
                "void ttRegisterPasses(void);\n")
    text.append("#ifdef __cplusplus\n}\n#endif\n\n#endif\n")
    return "\n".join(text)


def shell(item, present):
    options = "".join(option.declaration() for option in item.options)
    fill = "".join(option.fill("options") for option in item.options)
    stats = "".join(f'  Statistic {s["cppName"]}{{this, "{s["name"]}", '
                    f'"{s["description"]}"}};\n' for s in item.statistics)
    table = ", ".join(f"&{s['cppName']}" for s in item.statistics)
    dialects = "".join(f"    registry.insert<{d}>();\n"
                       for d in item.record["dependentDialects"])
    klass = f"{item.name}Pass"
    base = f"::mlir::OperationPass<{item.anchor}>"
    summary = " ".join(item.record["summary"].split()).replace('"', '\\"')
    statistics = (f"  Statistic *statistics[] = {{{table}}};\n"
                  f"  TtPass handle{{this, statistics, {len(item.statistics)}}};\n"
                  if item.statistics else "  TtPass handle{this, nullptr, 0};\n")
    missing = "" if present else (
        f'  if (!ttRun{item.name}) {{\n    getOperation()->emitError("pass '
        f'{item.argument} is not in this build");\n    return '
        'signalPassFailure();\n  }\n')
    weak = "" if present else (
        f"extern \"C\" __attribute__((weak)) MlirLogicalResult ttRun{item.name}"
        f"(TtPass *, MlirOperation, const Tt{item.name}Options *);\n")
    empty = "" if item.options else "  (void)options;\n"
    assign = "".join("  " + o.assign("options").replace("\n  ", "\n    ")
                     for o in item.options)
    return weak + f"""namespace {{
struct {klass} : ::mlir::PassWrapper<{klass}, {base}> {{
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID({klass})
  {klass}() = default;
  {klass}(const {klass} &other) : PassWrapper(other) {{}}
  ::llvm::StringRef getArgument() const final {{ return "{item.argument}"; }}
  ::llvm::StringRef getDescription() const final {{ return "{summary}"; }}
  ::llvm::StringRef getName() const final {{ return "TT{item.name}"; }}
  void getDependentDialects(::mlir::DialectRegistry &registry) const final {{
    (void)registry;
{dialects}  }}
  void runOnOperation() final;
{options}{stats}}};
}} // namespace

void {klass}::runOnOperation() {{
  Tt{item.name}Options options = {{}};
{empty}{fill}{statistics}{missing}  if (mlirLogicalResultIsFailure(
          ttRun{item.name}(&handle, wrap(getOperation().getOperation()), &options)))
    signalPassFailure();
  else if (handle.unchanged)
    markAllAnalysesPreserved();
}}

MlirPass ttCreate{item.name}(const Tt{item.name}Options *options) {{
  auto pass = std::make_unique<{klass}>();
  if (options) {{
{assign}  }}
  return wrap(pass.release());
}}

MlirPass mlirCreateTT{item.name}(void) {{ return ttCreate{item.name}(nullptr); }}

void mlirRegisterTT{item.name}(void) {{
  ::mlir::registerPass([] {{ return std::unique_ptr<::mlir::Pass>(std::make_unique<{klass}>()); }});
}}
"""


def pipeline_shell(record, name, options):
    members = "".join(option.declaration() for option in options)
    fill = "".join(option.fill("options", "cpp.") for option in options)
    summary = " ".join(record["summary"].split())
    return f"""namespace {{
struct {name}PipelineOptions
    : ::mlir::PassPipelineOptions<{name}PipelineOptions> {{
{members}}};
}} // namespace

static void build{name}(::mlir::OpPassManager &manager,
                        const {name}PipelineOptions &cpp) {{
  Tt{name}Options options = {{}};
  (void)cpp;
{fill}  ttBuild{name}(wrap(&manager), &options);
}}

static void register{name}() {{
  ::mlir::PassPipelineRegistration<{name}PipelineOptions>(
      "{record['argument']}", "{summary}", build{name});
}}
"""


def emit_passes(records, sources, partial):
    """Header and shells. A pass needs its file among `sources`; in a partial
    build one without reports that it is not there."""
    passes = [Pass(records, record) for record in records.of_class("Pass")]
    for item in passes:
        if not partial and item.source not in sources:
            fail(item.record, f"has no passes/{item.source}")
    pipelines = []
    for record in records.of_class("TT_Pipeline"):
        if "pipeline.c" in sources:
            options = [Option(record, records.get(option))
                       for option in record["options"]]
            pipelines.append((record, record["!name"].removeprefix("TT"),
                              options))
    shells = [NOTICE, '#include "tt-c/gen/Passes.h"\n#include "PassShell.h"\n']
    shells += [shell(item, item.source in sources) for item in passes]
    shells += [pipeline_shell(*pipeline) for pipeline in pipelines]
    calls = "".join(f"  mlirRegisterTT{item.name}();\n" for item in passes)
    calls += "".join(f"  register{name}();\n" for _, name, _ in pipelines)
    shells.append(f"void ttRegisterPasses(void) {{\n{calls}}}\n")
    return emit_header(passes, pipelines), "\n".join(shells)
