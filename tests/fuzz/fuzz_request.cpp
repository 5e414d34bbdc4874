// SPDX-License-Identifier: LGPL-3.0-or-later
// Whole requests: one thumbnail, pixel by pixel and to the eye.
#include <bifocal/request.hpp>

#include "input.hpp"
#include "invariants.hpp"

using namespace bifocal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  Request r;
  const int channels = in.byte() < 240 ? 1 + 2 * (in.byte() & 1) : in.whole(1, 4);
  r.cover = in.image(in.size(40), channels);
  r.target = in.image(in.size(16), in.byte() < 250 ? channels : 3);
  if (in.flag()) r.size = in.size(16, true);
  if (in.byte() < 60) r.target_alpha = in.image(in.byte() < 240 ? r.target.size() : in.size(16), 1);
  if (in.byte() < 60) r.selection = in.image(in.byte() < 240 ? r.cover.size() : in.size(40), 1);
  const auto catalogue = Scaler::catalogue();
  r.scaler = in.byte() < 20 ? std::string(kAnyScaler) : std::string(catalogue[in.byte() % catalogue.size()].id);
  r.appearance = in.byte() < 100 ? Appearance::Eye : Appearance::Pixels;
  r.fit = static_cast<Fit>(in.byte() % 3);
  r.balance = in.byte() < 100 ? 100 : in.number(0, 100);
  r.file.alpha = in.flag();
  constexpr const char* kOptions[] = {"",
                                      "algorithm=dual",
                                      "algorithm=accelerated",
                                      "algorithm=lbfgs",
                                      "algorithm=gradient",
                                      "algorithm=annealing",
                                      "objective=distances",
                                      "out-of-reach=fit",
                                      "repair=no",
                                      "jpeg=75 subsampling=422",
                                      "sigma=4 ghosting=0.4",
                                      "cover-strength=5 target-strength=0.2",
                                      "gap=1e-9",
                                      "seed=7"};
  r.options = std::string(in.one_of(kOptions)) + " " + in.one_of(kOptions) +
              " iterations=3 evaluations=200 sweeps=" + std::to_string(in.whole(1, 40));
  if (in.byte() > 250) r.options += in.text(40);

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
