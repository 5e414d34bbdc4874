// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

/// Processor time (a busy machine does not count as work) and growth of memory of a job.
template <class Figures>
struct Measured {
  double seconds = 0, bytes = 0;
  Figures figures;  ///< what the job gave back; plain data
};

inline double processor_seconds() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/// Runs `job` in a process of its own, so that its peak of memory is its own; ends the program when that fails.
template <class Job>
auto measured(const Job& job) {
  Measured<decltype(job())> m;
  int ends[2];
  if (pipe(ends)) std::abort();
  malloc_trim(0);  // else the job would fill what was freed before and seem to need nothing
  const pid_t child = fork();
  if (child == 0) {
    rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    const double start = processor_seconds();
    m.figures = job();
    m.seconds = processor_seconds() - start;
    getrusage(RUSAGE_SELF, &after);
    m.bytes = (after.ru_maxrss - before.ru_maxrss) * 1024.0;
    _exit(write(ends[1], &m, sizeof m) != sizeof m);
  }
  int status = 0;
  if (child < 0 || read(ends[0], &m, sizeof m) != sizeof m || waitpid(child, &status, 0) != child || status != 0) {
    std::fprintf(stderr, "the measured process failed\n");
    std::exit(1);
  }
  close(ends[0]), close(ends[1]);
  return m;
}
