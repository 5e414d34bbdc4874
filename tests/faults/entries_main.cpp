// SPDX-License-Identifier: LGPL-3.0-or-later
// Runs every public function of the engine once, on small inputs.
//   engine-entries                 prints a fingerprint of each result, for comparisons between machines
//   engine-entries THREADS TIMES   runs them all at once in so many threads, for ThreadSanitizer; every result must be
//   the same
#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "entries.hpp"

namespace {

int print() {
  for (const Entry& entry : all_entries()) {
    if (entry.name.starts_with("to_json") || entry.name == "trade_off") continue;  // figures, to their last digit
    std::printf("%016" PRIx64 " %s\n", entry.make()(), entry.name.c_str());
    std::fflush(stdout);
  }
  return 0;
}

int side_by_side(int threads, int times) {
  struct Known {
    std::string name;
    Call call;
    std::uint64_t sum;
  };
  std::vector<Known> known;
  for (const Entry& entry : all_entries()) {
    Call call = entry.make();
    const std::uint64_t sum = call();
    known.push_back({entry.name, std::move(call), sum});
  }
  std::atomic<long> calls{0}, wrong{0};
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&, t] {
      std::vector<Call> own;  // some calls write into their own inputs
      for (const Known& k : known) own.push_back(k.call);
      for (int i = 0; i < times; ++i)
        for (std::size_t k = 0; k < known.size(); ++k) {
          const std::size_t n = (k + t * known.size() / threads) % known.size();
          ++calls;
          if (own[n]() == known[n].sum) continue;
          ++wrong;
          std::printf("%s: another result beside other calls\n", known[n].name.c_str());
        }
    });
  for (std::thread& t : all) t.join();
  std::printf("%ld calls in %d threads, %ld with another result\n", calls.load(), threads, wrong.load());
  return wrong > 0;
}

}  // namespace

int main(int argc, char** argv) { return argc > 2 ? side_by_side(std::atoi(argv[1]), std::atoi(argv[2])) : print(); }
