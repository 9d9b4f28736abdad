// The two entry points that the stock mlir-opt looks for in a plugin. Both
// return a struct of four C fields.

#include "tt-c/Registration.h"
#include "tt-c/gen/Passes.h"

#include <stdint.h>

// The version of both plugin interfaces in MLIR 22.
enum { TtPluginApiVersion = 1 };

typedef struct {
  uint32_t apiVersion;
  const char *name;
  const char *version;
  void (*registerDialects)(void *registry);
} TtDialectPluginInfo;

typedef struct {
  uint32_t apiVersion;
  const char *name;
  const char *version;
  void (*registerPasses)(void);
} TtPassPluginInfo;

TtDialectPluginInfo mlirGetDialectPluginInfo(void);
TtPassPluginInfo mlirGetPassPluginInfo(void);

static void registerDialects(void *registry) {
  ttRegisterDialect((MlirDialectRegistry){registry});
}

TtDialectPluginInfo mlirGetDialectPluginInfo(void) {
  return (TtDialectPluginInfo){TtPluginApiVersion, "tt", "1", registerDialects};
}

TtPassPluginInfo mlirGetPassPluginInfo(void) {
  return (TtPassPluginInfo){TtPluginApiVersion, "tt", "1", ttRegisterPasses};
}
