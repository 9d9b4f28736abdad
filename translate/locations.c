// Locations as `file:line`.

#include "locations.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool isPipe(MlirStringRef path) {
  return mlirStringRefEqual(path, mlirStringRefCreateFromCString("<stdin>")) ||
         mlirStringRefEqual(path, mlirStringRefCreateFromCString("-"));
}

// Lines of a pipe are nobody's source.
static SourceLine fromFile(TextPool *pool, MlirLocation location) {
  MlirStringRef path =
      mlirIdentifierStr(mlirLocationFileLineColRangeGetFilename(location));
  if (isPipe(path))
    return (SourceLine){NULL, 0};
  size_t start = path.length;
  while (start > 0 && path.data[start - 1] != '/')
    --start;
  // Nothing in a name may end the comment that it stands in.
  char *file = (char *)textCopy(
      pool, mlirStringRefCreate(path.data + start, path.length - start));
  for (char *c = file; *c; ++c)
    if ((unsigned char)*c < ' ' || *c == 127)
      *c = '?';
  return (SourceLine){file, mlirLocationFileLineColRangeGetStartLine(location)};
}

static SourceLine fromFused(TextPool *pool, MlirLocation location) {
  SourceLine found = {NULL, 0};
  unsigned count = mlirLocationFusedGetNumLocations(location);
  MlirLocation *parts = calloc(count + 1, sizeof(*parts));
  if (!parts)
    abort();
  mlirLocationFusedGetLocations(location, parts);
  for (unsigned i = 0; i < count && !found.file; ++i)
    found = sourceLine(pool, parts[i]);
  free(parts);
  return found;
}

SourceLine sourceLine(TextPool *pool, MlirLocation location) {
  if (mlirLocationIsAFileLineColRange(location))
    return fromFile(pool, location);
  if (mlirLocationIsAName(location))
    return sourceLine(pool, mlirLocationNameGetChildLoc(location));
  if (mlirLocationIsACallSite(location))
    return sourceLine(pool, mlirLocationCallSiteGetCallee(location));
  if (mlirLocationIsAFused(location))
    return fromFused(pool, location);
  return (SourceLine){NULL, 0};
}
