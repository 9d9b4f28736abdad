// Registration of the dialect, the passes and the command-line programs.

#ifndef TT_C_REGISTRATION_H
#define TT_C_REGISTRATION_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

// The `tt` dialect.
MlirDialectHandle mlirGetDialectHandle__tt__(void);

// Adds the `tt` dialect to a registry.
void ttRegisterDialect(MlirDialectRegistry registry);

// Every upstream dialect, extension and interface implementation, and `tt`.
void ttRegisterAllDialects(MlirDialectRegistry registry);

// Every upstream pass, and those of this project.
void ttRegisterAllPasses(void);

// `main` of an mlir-opt with everything registered; returns the exit status.
int ttOptMain(int argc, char **argv, const char *name);

// `main` of a language server for IR files.
int ttLspServerMain(int argc, char **argv);

// Prints a translation of `module` through `print`; failure after diagnostics.
typedef MlirLogicalResult (*TtTranslation)(MlirOperation module,
                                           MlirStringCallback print,
                                           void *userData);

// Makes `--<name>` of tt-translate.
void ttRegisterTranslation(const char *name, const char *description,
                           TtTranslation translation);

// A translation that writes a folder of files for `-o DIR`, and prints them for
// a null `directory`.
typedef MlirLogicalResult (*TtDirectoryTranslation)(MlirOperation module,
                                                    const char *directory,
                                                    MlirStringCallback print,
                                                    void *userData);

// Makes `--<name>` of tt-translate, for which `-o` names a folder.
void ttRegisterDirectoryTranslation(const char *name, const char *description,
                                    TtDirectoryTranslation translation);

// Makes the option `--<name>=<text>` of tt-translate. Both strings stay the
// caller's and must outlive the program.
void ttRegisterTranslationOption(const char *name, const char *description);

// What an option was given, or "".
const char *ttTranslationOption(const char *name);

// `main` of an mlir-translate with the registered translations.
int ttTranslateMain(int argc, char **argv, const char *name);

/// Whether the command line asks for remarks on the planners' decisions
/// (`--tt-explain`).
bool ttExplains(void);

#ifdef __cplusplus
}
#endif

#endif
