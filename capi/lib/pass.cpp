// What a running C pass may ask of its shell.

#include "tt-c/Pass.h"
#include "PassShell.h"

void ttPassAddStatistic(TtPass *pass, int statistic, int64_t amount) {
  if (statistic >= 0 && statistic < pass->numStatistics)
    *pass->statistics[statistic] += static_cast<unsigned>(amount);
}

void ttPassMarkUnchanged(TtPass *pass) { pass->unchanged = true; }
