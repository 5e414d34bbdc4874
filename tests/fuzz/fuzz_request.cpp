// SPDX-License-Identifier: LGPL-3.0-or-later
// Whole requests: one thumbnail, pixel by pixel and to the eye.
#include "any_request.hpp"
#include "invariants.hpp"

using namespace bifocal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  const TextRequest r = any_request(in);

  Result result;
  SolveOptions options;
  options.threads = 1;
  options.keep_continuous = in.flag();
  if (!refused_or_done([&] { result = run(r, options); })) return 0;
  must_be_true(result, &r.cover, r.selection ? &*r.selection : nullptr, r.file);
  if (in.byte() < 40) {
    options.threads = 2;
    Result again;
    must(refused_or_done([&] { again = run(r, options); }), "refused on two threads");
    must_be_same(result.image, again.image, "on two threads");
  }
  if (in.byte() < 40) {  // stopped and cancelled early
    const long when = in.byte() % 20;
    const Verdict verdict = in.flag() ? Verdict::Cancel : Verdict::StopAndKeep;
    long calls = 0;
    options.progress = [&](const Progress& p) {
      must(p.fraction >= 0 && p.fraction <= 1, "progress beyond the whole");
      return ++calls > when ? verdict : Verdict::Continue;
    };
    Result early;
    if (refused_or_done([&] { early = run(r, options); }))
      must_be_true(early, early.image.empty() ? nullptr : &r.cover, r.selection ? &*r.selection : nullptr, r.file);
  }
  return 0;
}
