// SPDX-License-Identifier: LGPL-3.0-or-later
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include "hot/hot.hpp"

/// As Catch's own; with --baseline all loops are those for any CPU.
int main(int argc, char** argv) {
  Catch::Session session;
  bool baseline = false;
  session.cli(session.cli() | Catch::clara::Opt(baseline)["--baseline"]("use the loops for any CPU"));
  if (const int wrong = session.applyCommandLine(argc, argv)) return wrong;
  bifocal::hot::force_baseline(baseline);
  return session.run();
}
