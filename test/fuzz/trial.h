/* trial.h - one input through the parser, passes and printers. */
#ifndef TT_FUZZ_TRIAL_H
#define TT_FUZZ_TRIAL_H

#include "mutate.h"

#include "mlir-c/IR.h"

typedef enum {
  TrialUnparsed, /* the parser or a verifier refused it */
  TrialRefused,  /* a pass or a printer refused it */
  TrialDone,
  TrialSilent,  /* refused without an error: a defect */
  TrialInvalid, /* a pass succeeded and left what does not verify */
  TrialOutcomes
} TrialOutcome;

extern const char *const trialNames[TrialOutcomes];

/* What to do with an input: passes by their numbers, then printers. */
enum { TRIAL_STEPS = 24 };
typedef struct {
  int steps[TRIAL_STEPS];
  int count;
  int print; /* artifacts and graph */
} TrialPlan;

/* The passes of the pipeline, canonicalize and cse between them. */
int pipelineLength(void);
/* `tt-import`, `canonicalize`, … */
const char *pipelineStep(int step);
/* The steps as options of tt-opt. */
void planText(const TrialPlan *plan, char *text, size_t size);

/* A context with every dialect; destroyed by mlirContextDestroy. */
MlirContext trialContext(void);

TrialOutcome trialRun(MlirContext context, const Buffer *input,
                      const TrialPlan *plan);

/* The input after the first `steps` steps of the pipeline, or as far as it
 * gets: text, or bytecode. */
Buffer trialForm(MlirContext context, const Buffer *input, int steps,
                 int bytecode);

#endif
