// SPDX-License-Identifier: LGPL-3.0-or-later
// Without memory every public function of the engine either does its work or throws Error with OutOfMemory, keeps
// nothing, and works as ever when memory is back. Each entry runs in a process of its own: a crash is seen and counted.
//   BIFOCAL_FAULTS=0    (the long form) every allocation fails in turn, else so many of them, spread over all
//   BIFOCAL_FAULTS_OF=TEXT    only entries whose names contain it
#include <catch2/catch.hpp>

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include <bifocal/error.hpp>

#include "entries.hpp"
#include "failing_memory.hpp"

using bifocal::Error, bifocal::ErrorCode;
using failing_memory::How;

namespace {

/// What a child process tells its parent, also when it crashes.
struct Told {
  long at = 0;   ///< the allocation that fails
  long all = 0;  ///< allocations of one call
  long refused = 0, succeeded = 0, wrong = 0;
  long kept = 0;  ///< blocks that the calls did not give back
  char why[400] = "";
};

void say(Told& told, const std::string& why) {
  ++told.wrong;
  if (!told.why[0]) std::snprintf(told.why, sizeof told.why, "allocation %ld: %s", told.at, why.c_str());
}

/// Makes one call and counts how it ended; `end` brings memory back before anything is told.
template <class End>
void attempt(const Call& call, std::uint64_t expected, Told& told, const End& end) {
  try {
    const std::uint64_t sum = call();
    end();
    if (sum != expected) return say(told, "another result");
    ++told.succeeded;
  } catch (const Error& e) {
    end();
    if (e.code() != ErrorCode::OutOfMemory) return say(told, std::string("Error: ") + e.what());
    ++told.refused;
  } catch (const std::exception& e) {
    end();
    say(told, std::string("a standard exception: ") + e.what());
  } catch (...) {
    end();
    say(told, "an unknown exception");
  }
}

/// Seconds; no call takes so long, unless it waits for a lock that nobody holds.
constexpr unsigned kPatience = 300;

/// Runs `child` in a process of its own, which may be ended by its faults; true when it came to its end.
template <class Child>
bool apart(Told& told, const Child& child) {
  void* shared = mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REQUIRE(shared != MAP_FAILED);
  Told* t = new (shared) Told(told);
  std::fflush(stdout);
  const pid_t id = fork();
  REQUIRE(id >= 0);
  if (id == 0) {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    alarm(kPatience);
    child(*t);
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(id, &status, 0) == id);
  if (WIFSIGNALED(status))
    say(*t, std::string("the process was ended: ") + strsignal(WTERMSIG(status)));
  else if (WEXITSTATUS(status) != 0)
    say(*t, "the process ended with " + std::to_string(WEXITSTATUS(status)));
  told = *t;
  munmap(shared, sizeof(Told));
  return status == 0;
}

long samples() {
  const char* text = std::getenv("BIFOCAL_FAULTS");
  return text ? std::atol(text) : 24;
}

std::vector<Entry> entries() {
  std::vector<Entry> some = all_entries();
  if (const char* text = std::getenv("BIFOCAL_FAULTS_OF"))
    std::erase_if(some, [&](const Entry& e) { return e.name.find(text) == std::string::npos; });
  REQUIRE(!some.empty());
  return some;
}

/// Lets every `step`-th allocation of the call fail, from `told.at` on.
void fail_in_turn(const Entry& entry, How how, Told& told) {
  const Call call = entry.make();
  const std::uint64_t expected = call();
  failing_memory::begin(0, How::Once);  // none fails
  call();
  told.all = failing_memory::end();
  const long step = samples() > 0 ? std::max(1L, told.all / samples()) : 1;
  const long before = failing_memory::blocks();
  for (told.at = std::max(1L, told.at); told.at <= told.all; told.at += step) {
    alarm(kPatience);
    failing_memory::begin(told.at, how);
    attempt(call, expected, told, [] { failing_memory::end(); });
    if (call() != expected) say(told, "another result afterwards");
  }
  told.kept = failing_memory::blocks() - before;
}

void check_allocations(const Entry& entry, How how) {
  Told told;
  int crashes = 0;
  while (!apart(told, [&](Told& t) { fail_in_turn(entry, how, t); }) && told.at > 0 && ++crashes < 50)
    told.at += samples() > 0 ? std::max(1L, told.all / samples()) : 1;
  std::printf("%-40s %s: %ld allocations, %ld refused, %ld succeeded, %ld wrong, %ld blocks kept\n", entry.name.c_str(),
              how == How::Once ? "one" : "all from one on", told.all, told.refused, told.succeeded, told.wrong,
              told.kept);
  CAPTURE(entry.name, told.all, told.why);
  CHECK(told.wrong == 0);
  CHECK(told.all > 0);
  CHECK(told.refused + told.succeeded > 0);
  CHECK(told.kept < 100 + 3 * (told.refused + told.succeeded));  // what threads keep of an arena until they ask again
}

long address_space() {
  std::ifstream file("/proc/self/statm");
  long pages = 0;
  file >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}

}  // namespace

TEST_CASE("allocations fail one at a time", "[allocations]") {
  for (const Entry& entry : entries()) check_allocations(entry, How::Once);
}

TEST_CASE("allocations fail from one on", "[allocations]") {
  for (const Entry& entry : entries()) check_allocations(entry, How::OnAndOn);
}

// As `ulimit -v`: threads, stacks and the maps of large blocks fail, too. Each limit meets a process in which the
// engine has not run before.
TEST_CASE("every limit of the address space is a clear refusal or enough", "[limits]") {
  const double factor = samples() > 0 ? 2.5 : 1.15;
  for (const Entry& entry : large_entries()) {
    Told whole;
    std::uint64_t expected = 0;
    static_assert(sizeof expected == sizeof whole.at);
    REQUIRE(apart(whole, [&](Told& t) { t.at = static_cast<long>(entry.make()()); }));
    expected = static_cast<std::uint64_t>(whole.at);
    Told told;
    long limits = 0, least = 0;
    for (double more = 1 << 20; more < (2L << 30); more *= factor, ++limits) {
      const long before = told.succeeded;
      apart(told, [&](Told& t) {
        const Call call = entry.make();
        t.at = static_cast<long>(more);
        rlimit all;
        getrlimit(RLIMIT_AS, &all);
        const rlimit low{static_cast<rlim_t>(address_space() + t.at), all.rlim_max};
        setrlimit(RLIMIT_AS, &low);
        attempt(call, expected, t, [&] { setrlimit(RLIMIT_AS, &all); });
        if (call() != expected) say(t, "another result afterwards");
      });
      if (told.succeeded > before && least == 0) least = static_cast<long>(more);
    }
    std::printf("%-40s address space: %ld limits, %ld refused, %ld succeeded (from %ld MB on), %ld wrong\n",
                entry.name.c_str(), limits, told.refused, told.succeeded, least >> 20, told.wrong);
    CAPTURE(entry.name, told.why);
    CHECK(told.wrong == 0);
    CHECK(told.refused > 0);
    CHECK(told.succeeded > 0);
    CHECK(told.refused + told.succeeded == limits);
  }
}
