// The artifacts of a module as named texts, and where they go.

#ifndef TT_TRANSLATE_ARTIFACTS_H
#define TT_TRANSLATE_ARTIFACTS_H

#include "model.h"

typedef struct {
  const char *path; // below the output folder
  const char *kind; // reader, compute, writer, main or plan
  char *text;
  size_t length;
} Artifact;

typedef struct {
  Artifact *items;
  size_t count, capacity;
  TextPool pool;
} Artifacts;

void artifactsFree(Artifacts *artifacts);

// Prints every host function of the module, one folder each if there are
// several; failure after a diagnostic. To be freed in both cases.
MlirLogicalResult artifactsPrint(MlirOperation module, const Api *api,
                                 Artifacts *artifacts);

// Whether an artifact is of this kind; every one is of kind "".
bool artifactMatches(const Artifact *artifact, const char *kind);

// Writes the artifacts of a kind below `directory`, which is made if it is
// missing: all of them under temporary names, which become the real ones once
// everything is written. Failure after a diagnostic at `module`.
MlirLogicalResult artifactsWrite(MlirOperation module, const char *directory,
                                 const Artifacts *artifacts, const char *kind);

#endif
