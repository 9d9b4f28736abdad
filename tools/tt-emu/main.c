/* main.c - the command: prints compiler flags, runs a folder of artifacts,
 * lists the rules.
 */
#include "emu.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char usage[] =
    "usage: tt-emu --cflags | --libs | --help\n"
    "       tt-emu rules\n"
    "       tt-emu run DIR [options] [-- arguments of the program]\n"
    "\n"
    "  --cflags, --libs   flags to compile and link a TT-Metalium host "
    "program:\n"
    "                     c++ -std=c++20 main.cpp $(tt-emu --cflags --libs)\n"
    "  rules              the rules that are checked, one per line\n"
    "  run DIR            compiles DIR/main.cpp and runs it; its kernels are\n"
    "                     looked for in the current folder, then in DIR\n"
    "\n"
    "options of run:\n"
    "  --input NAME=FILE, --output NAME=FILE   handed to the program\n"
    "  --seed N           another legal order of everything left open (0)\n"
    "  --arch ARCH        wormhole_b0 (default) or blackhole\n"
    "  --stats FILE       writes counts as JSON\n"
    "  --stop-after N     ends the run after N turns of kernels\n"
    "  --include DIR      further folder for the includes of kernels\n"
    "  --keep FILE        keeps the compiled program\n";

static const char *lib_dir(void) {
  static char path[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length < 0)
    return ".";
  path[length] = 0;
  for (int up = 0; up < 2; up++) {
    char *slash = strrchr(path, '/');
    if (slash)
      *slash = 0;
  }
  strcat(path, "/lib");
  return path;
}

static const char *include_dir(void) {
  const char *chosen = getenv("TT_EMU_INCLUDE");
  return chosen && *chosen ? chosen : TT_EMU_INCLUDE_DIR;
}

/* The language version comes first, so that a later one wins; integer widths
 * narrow silently as in the builds of the SDK. */
static void print_flags(bool compile, bool link) {
  if (compile)
    printf("-std=c++20 -Wno-narrowing -I%s", include_dir());
  if (link)
    printf("%s%s%s-L%s -Wl,-rpath,%s -ltt-emu", compile ? " " : "",
           TT_EMU_SANITIZE, *TT_EMU_SANITIZE ? " " : "", lib_dir(), lib_dir());
  printf("\n");
}

static void print_rules(void) {
  for (int rule = 0; rule < EMU_RULES; rule++)
    printf("%-20s %s%s\n", emu_rule_name((EmuRule)rule),
           emu_rule_summary((EmuRule)rule),
           emu_rule_stops((EmuRule)rule) ? " (stops)" : "");
}

static int fail(const char *format, const char *text) {
  fprintf(stderr, "tt-emu: error: ");
  fprintf(stderr, format, text);
  fprintf(stderr, "\n");
  return 1;
}

typedef struct Run {
  const char *dir, *keep;
  char **arguments; /* of the program */
  int count;
} Run;

/* Options that the library reads from the environment. */
static const char *variable_of(const char *option) {
  static const char *const known[][2] = {{"--seed", "TT_EMU_SEED"},
                                         {"--arch", "TT_EMU_ARCH"},
                                         {"--stats", "TT_EMU_STATS"},
                                         {"--stop-after", "TT_EMU_STOP_AFTER"},
                                         {"--include", "TT_EMU_EXTRA_INCLUDE"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (!strcmp(option, known[i][0]))
      return known[i][1];
  return NULL;
}

static bool is_file_option(const char *option) {
  return !strcmp(option, "--input") || !strcmp(option, "--output");
}

static int parse_run(int argc, char **argv, Run *run) {
  run->arguments = calloc((size_t)argc + 2, sizeof(char *));
  run->count = 1;
  for (int i = 2; i < argc; i++) {
    const char *option = argv[i];
    if (!strcmp(option, "--")) {
      while (++i < argc)
        run->arguments[run->count++] = argv[i];
      break;
    }
    if (option[0] != '-') {
      if (run->dir)
        return fail("one folder is run at a time, '%s' is a second", option);
      run->dir = option;
      continue;
    }
    const char *variable = variable_of(option);
    if (!variable && !is_file_option(option) && strcmp(option, "--keep"))
      return fail("unknown option '%s', see tt-emu --help", option);
    if (i + 1 == argc)
      return fail("option '%s' wants a value", option);
    const char *value = argv[++i];
    if (is_file_option(option)) {
      run->arguments[run->count++] = argv[i - 1];
      run->arguments[run->count++] = argv[i];
    } else if (variable) {
      setenv(variable, value, 1);
    } else {
      run->keep = value;
    }
  }
  return run->dir ? 0 : fail("%s", "run wants a folder with a main.cpp");
}

/* An interruption ends the program that runs; this process stays for long
 * enough to remove what it made. */
static volatile sig_atomic_t interrupted, child;

static int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR)
    ;
  if (WIFEXITED(status))
    return WEXITSTATUS(status);
  if (!interrupted)
    fprintf(stderr, "tt-emu: error: the program ended by signal %d: %s\n",
            WTERMSIG(status), strsignal(WTERMSIG(status)));
  return 128 + WTERMSIG(status);
}

static void on_interrupt(int number) {
  interrupted = number;
  if (child > 0)
    kill((pid_t)child, number);
}

static void catch_interrupts(void) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  struct sigaction action, before;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_interrupt;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (!sigaction(numbers[i], NULL, &before) && before.sa_handler != SIG_IGN)
      sigaction(numbers[i], &action, NULL);
}

static int run_program(const char *program, char **arguments) {
  pid_t process = fork();
  if (process == 0) {
    arguments[0] = (char *)(uintptr_t)program;
    execv(program, arguments);
    perror("tt-emu: cannot run the program");
    _exit(127);
  }
  child = process;
  if (interrupted && process > 0)
    kill(process, interrupted);
  return process < 0 ? 1 : wait_for(process);
}

static int run_folder(int argc, char **argv) {
  Run run = {NULL, NULL, NULL, 0};
  if (parse_run(argc, argv, &run))
    return 1;
  char source[PATH_MAX], program[PATH_MAX], here[PATH_MAX];
  const char *scratch = getenv("TMPDIR");
  if (!scratch || !*scratch)
    scratch = P_tmpdir;
  snprintf(here, sizeof here, "%s/tt-emu-XXXXXX", scratch);
  /* Relative paths of kernels: below the folder, wherever it is run from. */
  setenv("TT_EMU_RUN_DIR", run.dir, 1);
  snprintf(source, sizeof source, "%s/main.cpp", run.dir);
  struct stat there;
  if (stat(source, &there))
    return fail("there is no '%s'", source);
  if (run.keep) {
    snprintf(program, sizeof program, "%s", run.keep);
  } else {
    if (!mkdtemp(here))
      return fail("cannot make a folder below '%s', which TMPDIR names",
                  scratch);
    if (snprintf(program, sizeof program, "%s/program", here) >=
        (int)sizeof program)
      return fail("the path of '%s' is too long", scratch);
  }
  catch_interrupts();
  int status = emu_compile_host(source, program, lib_dir());
  if (status && !interrupted)
    fail("'%s' does not compile", source);
  if (!status && !interrupted)
    status = run_program(program, run.arguments);
  if (!run.keep) {
    unlink(program);
    rmdir(here);
  }
  free(run.arguments);
  if (interrupted) {
    signal(interrupted, SIG_DFL);
    raise(interrupted);
  }
  return status;
}

int main(int argc, char **argv) {
  bool compile = false, link = false;
  if (argc > 1 && !strcmp(argv[1], "run"))
    return run_folder(argc, argv);
  if (argc > 1 && !strcmp(argv[1], "rules")) {
    print_rules();
    return 0;
  }
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], "--cflags"))
      compile = true;
    else if (!strcmp(argv[i], "--libs"))
      link = true;
    else if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
      fputs(usage, stdout);
      return 0;
    } else {
      return fail("unknown argument '%s', see tt-emu --help", argv[i]);
    }
  }
  if (!compile && !link) {
    fputs(usage, stderr);
    return 1;
  }
  print_flags(compile, link);
  return 0;
}
