/* ir_fuzz.c - the compiler on damaged input.
 *
 *   ir-fuzz [--seed N] [--first N] [--count N] [--timeout S] [--keep DIR]
 * FILE...
 *   ir-fuzz --forms DIR [--seed N] FILE...
 *   ir-fuzz --judge FILE
 *
 * Takes the modules in the files (split at `// -----`), in text form and in
 * bytecode, as they are and after any number of passes; damages most of them,
 * and gives them to any pass, sequence of passes, or the printers. Each must
 * end in a result that verifies or in an error: a crash, a hang, a failure
 * without an error and a result that does not verify are defects, and their
 * inputs are kept. Trials run in batches, each in a process of its own; what a
 * trial does follows from its number alone.
 *
 * `--forms` only writes each module and what some passes make of it, as
 * coverage-fuzz begins from; `--judge` tells whether a crash on an input of
 * coverage-fuzz is upstream's, by the exit status.
 */
#define _GNU_SOURCE
#include "forms.h"
#include "stock.h"
#include "trial.h"

#include "tt-c/Registration.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BATCH = 100, FORMS = 5 };

/*===- options and inputs -------------------------------------------------===*/

typedef struct {
  long seed, first, count, timeout;
  const char *keep, *stock, *own, *forms, *judge;
  Buffer *pieces;
  const char **names; /* file of each piece */
  size_t numPieces;
} Options;

static void addPiece(Options *options, const char *name, const char *start,
                     size_t size) {
  size_t n = options->numPieces++;
  options->pieces = realloc(options->pieces, (n + 1) * sizeof *options->pieces);
  options->names =
      realloc((void *)options->names, (n + 1) * sizeof *options->names);
  options->pieces[n] = bufferCopy(start, size);
  options->names[n] = name;
}

static bool addFile(Options *options, const char *name) {
  FILE *file = fopen(name, "rb");
  char *text = NULL;
  size_t room = 0;
  ssize_t size = file ? getdelim(&text, &room, 0, file) : -1;
  if (file)
    fclose(file);
  if (size < 0) {
    fprintf(stderr, "ir-fuzz: cannot read '%s'\n", name);
    return false;
  }
  const char *start = text, *cut;
  while ((cut = strstr(start, "// -----"))) {
    addPiece(options, name, start, (size_t)(cut - start));
    start = cut + strlen("// -----");
  }
  addPiece(options, name, start, (size_t)(text + size - start));
  free(text);
  return true;
}

static bool parseOptions(int argc, char **argv, Options *options) {
  *options = (Options){.seed = 1,
                       .count = 1000,
                       .timeout = 20,
                       .stock = "mlir-opt",
                       .own = "tt-opt"};
  const struct {
    const char *name;
    long *value;
  } numbers[] = {{"--seed", &options->seed},
                 {"--first", &options->first},
                 {"--count", &options->count},
                 {"--timeout", &options->timeout}};
  const struct {
    const char *name, **value;
  } texts[] = {{"--keep", &options->keep},
               {"--stock", &options->stock},
               {"--forms", &options->forms},
               {"--judge", &options->judge},
               {"--own", &options->own}};
  for (int i = 1; i < argc; i++) {
    bool known = false;
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
      if (!strcmp(argv[i], numbers[n].name) && i + 1 < argc) {
        *numbers[n].value = atol(argv[++i]);
        known = true;
        break;
      }
    for (size_t n = 0; !known && n < sizeof texts / sizeof *texts; n++)
      if (!strcmp(argv[i], texts[n].name) && i + 1 < argc) {
        *texts[n].value = argv[++i];
        known = true;
      }
    if (!known && !addFile(options, argv[i]))
      return false;
  }
  if (options->judge && !addFile(options, options->judge))
    return false;
  if (!options->numPieces)
    fprintf(stderr, "ir-fuzz: names of files with IR are wanted\n");
  return options->numPieces > 0;
}

/*===- one batch, in a process of its own ---------------------------------===*/

/* What the parent sees of a batch, also when it has died. */
typedef struct {
  volatile long trial;   /* -1 while forms are made */
  volatile size_t piece; /* of the form being made */
  volatile long outcomes[TrialOutcomes];
  volatile long upstream; /* crashes that mlir-opt has too */
  char folder[512];       /* for what mlir-opt shall read */
} Shared;

typedef struct {
  Buffer text, bytecode, plain;
  int steps;
} Form;

static Form makeForm(const Options *options, Random *random, Shared *shared) {
  size_t piece = randomBelow(random, options->numPieces);
  shared->piece = piece;
  Form form = {.steps = (int)randomBelow(random, (size_t)pipelineLength() + 1)};
  if (randomBelow(random, 3) == 0)
    form.steps = 0;
  MlirContext context = trialContext();
  form.plain = options->pieces[piece];
  form.text = form.steps ? trialForm(context, &form.plain, form.steps, 0)
                         : bufferCopy(form.plain.data, form.plain.size);
  form.bytecode = trialForm(context, &form.plain, form.steps, 1);
  mlirContextDestroy(context);
  return form;
}

/* A pass, some passes, or what is left of the pipeline and the printers. */
static TrialPlan makePlan(Random *random, int steps) {
  TrialPlan plan = {{0}, 0, 0};
  int length = pipelineLength();
  switch (randomBelow(random, 5)) {
  case 0:
    plan.steps[plan.count++] = (int)randomBelow(random, (size_t)length);
    break;
  case 1:
    for (size_t n = 1 + randomBelow(random, 4); n > 0; n--)
      plan.steps[plan.count++] = (int)randomBelow(random, (size_t)length);
    break;
  case 2:
    steps = 0;
    /* fall through */
  default:
    plan.print = 1;
    while (steps < length)
      plan.steps[plan.count++] = steps++;
  }
  return plan;
}

static Buffer makeInput(Random *random, const Form *form, const Form *other,
                        bool *damaged) {
  *damaged = true;
  switch (randomBelow(random, 12)) {
  case 0:
    *damaged = false;
    return bufferCopy(form->text.data, form->text.size);
  case 1:
    return truncated(random, &form->text);
  case 2:
    return truncated(random, &form->bytecode);
  case 3:
  case 4:
    return mutateBytes(random, &form->bytecode);
  default:
    return mutateText(random, &form->text, &other->text);
  }
}

static void keepInput(const Options *options, long trial, const char *what,
                      const Buffer *input, const TrialPlan *plan) {
  char path[PATH_MAX], passes[2048];
  planText(plan, passes, sizeof passes);
  printf("trial %ld: %s: --pass-pipeline='builtin.module(%s)'%s\n", trial, what,
         passes, plan->print ? " and print" : "");
  fflush(stdout);
  if (!options->keep)
    return;
  mkdir(options->keep, 0777);
  snprintf(path, sizeof path, "%s/%ld.mlir", options->keep, trial);
  FILE *file = fopen(path, "wb");
  if (!file || fwrite(input->data, 1, input->size, file) != input->size)
    fprintf(stderr, "ir-fuzz: cannot write '%s'\n", path);
  if (file)
    fclose(file);
}

/* Ends the process after so many seconds of its own. */
static void limitTime(long seconds) {
  struct itimerval timer = {.it_value = {.tv_sec = seconds}};
  setitimer(ITIMER_PROF, &timer, NULL);
}

/* Damaged bytecode makes the reader overwrite what is not its own; other trials
 * shall not suffer from that. Ends as a trial of its own process does. */
static TrialOutcome runAlone(const Options *options, MlirContext context,
                             const Buffer *input, const TrialPlan *plan) {
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    limitTime(options->timeout);
    _exit((int)trialRun(context, input, plan));
  }
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  if (child < 0 || WIFSIGNALED(status))
    raise(child < 0 ? SIGABRT : WTERMSIG(status));
  return (TrialOutcome)WEXITSTATUS(status);
}

/* The trials from `first` on, or only keeps the input of the first of them, for
 * which `why` is why. */
static void runBatch(const Options *options, long batch, long first, long end,
                     const char *why, Shared *shared) {
  Form forms[FORMS];
  Random random = randomFrom((uint64_t)options->seed, (uint64_t)batch << 32);
  shared->trial = -1;
  limitTime(options->timeout);
  for (int i = 0; i < FORMS; i++)
    forms[i] = makeForm(options, &random, shared);
  MlirContext context = trialContext();
  for (long trial = first; trial < end; trial++) {
    random = randomFrom((uint64_t)options->seed, (uint64_t)trial);
    const Form *form = &forms[randomBelow(&random, FORMS)];
    TrialPlan plan = makePlan(&random, form->steps);
    bool damaged;
    Buffer input =
        makeInput(&random, form, &forms[randomBelow(&random, FORMS)], &damaged);
    if (why) {
      /* What takes half of a trial's time without our passes would hang with
       * none of them. */
      unsigned seconds = strncmp(why, "hang", 4) == 0
                             ? (unsigned)options->timeout / 2
                             : STOCK_SECONDS;
      if (stockCrashes(options->stock, &input, shared->folder, seconds) ||
          (isBytecode(&input) &&
           readerCrashes(options->own, &input, shared->folder, seconds)))
        shared->upstream++;
      else
        keepInput(options, trial, why, &input, &plan);
      free(input.data);
      break;
    }
    shared->trial = trial;
    limitTime(options->timeout);
    TrialOutcome outcome = damaged && isBytecode(&input)
                               ? runAlone(options, context, &input, &plan)
                               : trialRun(context, &input, &plan);
    /* Otherwise the verifier that runs after each pass is the refusal. */
    bool inOrder = plan.print;
    if (outcome == TrialInvalid && (damaged || !inOrder))
      outcome = TrialRefused;
    shared->outcomes[outcome]++;
    if (outcome == TrialSilent || outcome == TrialInvalid)
      keepInput(options, trial, trialNames[outcome], &input, &plan);
    free(input.data);
  }
  mlirContextDestroy(context);
  for (int i = 0; i < FORMS; i++) {
    free(forms[i].text.data);
    free(forms[i].bytecode.data);
  }
}

/* Runs a batch in a child; its exit status as of waitpid. */
static int forkBatch(const Options *options, long batch, long first, long end,
                     const char *why, Shared *shared) {
  fflush(stdout);
  pid_t child = fork();
  if (child < 0) {
    perror("ir-fuzz: fork");
    exit(2);
  }
  if (child == 0) {
    runBatch(options, batch, first, end, why, shared);
    exit(0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  return status;
}

/* Runs a batch to its end, over the trials that crash; the crashes. */
static long overBatch(const Options *options, long batch, long first, long end,
                      Shared *shared) {
  long crashes = 0;
  while (first < end) {
    int status = forkBatch(options, batch, first, end, NULL, shared);
    if (status == 0)
      break;
    crashes++;
    char why[64];
    bool hang = WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF;
    snprintf(why, sizeof why, "%s (%s %d)", hang ? "hang" : "crash",
             WIFSIGNALED(status) ? "signal" : "exit status",
             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    if (shared->trial < 0) {
      printf("batch %ld: %s before its trials, in the passes on %s\n", batch,
             why, options->names[shared->piece]);
      break;
    }
    long trial = shared->trial;
    forkBatch(options, batch, trial, trial + 1, why, shared);
    first = trial + 1;
  }
  return crashes;
}

/* The trials; the exit status. */
static int tryInputs(const Options *options) {
  Shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) {
    perror("ir-fuzz: mmap");
    return 2;
  }
  memset(shared, 0, sizeof *shared);
  if (!stockFolder(shared->folder, sizeof shared->folder))
    return 2;
  ttRegisterAllPasses();
  long crashes = 0, last = options->first + options->count;
  for (long first = options->first, end; first < last; first = end) {
    long batch = first / BATCH;
    end = (batch + 1) * BATCH < last ? (batch + 1) * BATCH : last;
    crashes += overBatch(options, batch, first, end, shared);
  }
  printf("%ld inputs:", options->count);
  for (int i = 0; i < TrialOutcomes; i++)
    printf(" %ld %s,", shared->outcomes[i], trialNames[i]);
  crashes -= shared->upstream;
  printf(" %ld crashed, %ld crashed in upstream's parser too\n", crashes,
         shared->upstream);
  rmdir(shared->folder);
  return crashes || shared->outcomes[TrialSilent] ||
         shared->outcomes[TrialInvalid];
}

static void freeOptions(Options *options) {
  for (size_t i = 0; i < options->numPieces; i++)
    free(options->pieces[i].data);
  free(options->pieces);
  free((void *)options->names);
}

int main(int argc, char **argv) {
  Options options;
  int status = 2;
  if (!parseOptions(argc, argv, &options))
    ;
  else if (options.forms)
    status = writeForms(options.forms, options.pieces, options.numPieces,
                        (uint64_t)options.seed);
  else if (options.judge)
    status = judgeInput(options.stock, &options.pieces[0]);
  else
    status = tryInputs(&options);
  freeOptions(&options);
  return status;
}
