// SPDX-License-Identifier: LGPL-3.0-or-later
// Learning a scaler, from what real scalers give and from anything.
#include <cmath>

#include <bifocal/learn.hpp>
#include <bifocal/solve.hpp>

#include "input.hpp"
#include "invariants.hpp"

using namespace bifocal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  const Size from = in.size(14, true), to = in.size(8, true);
  std::vector<Image8> probes, results;
  if (from.width > 1000 || from.height > 1000 || to.width > 1000 || to.height > 1000 ||
      !refused_or_done([&] { probes = make_probes(from, to); })) {
    if (from.width < 1 || from.height < 1) return 0;
    if (from.width > 1000 || from.height > 1000) return 0;
  }
  if (probes.empty()) return 0;
  const auto catalogue = Scaler::catalogue();
  const Scaler scaler = Scaler::find(catalogue[in.byte() % catalogue.size()].id);
  const int kind = in.byte() % 4;
  if (in.byte() < 40) probes.resize(static_cast<std::size_t>(in.whole(0, static_cast<int>(probes.size()))));
  for (const Image8& p : probes) {
    if (kind == 0)
      results.push_back(in.image(to, 1));
    else
      results.push_back(scaler.resize(p, to));
    if (kind == 1)
      for (int x = 0; x < to.width; ++x) results.back().plane(0).row(0)[x] = static_cast<std::uint8_t>(in.byte());
    if (kind == 2 && in.byte() < 10) results.back() = in.image(in.size(8), 1 + (in.byte() > 200));
  }
  LearntScaler learnt{scaler};
  if (!refused_or_done([&] { learnt = learn_scaler(probes, results, in.text(20)); })) return 0;
  must(std::isfinite(learnt.residual_mean) && learnt.residual_mean >= 0 && learnt.residual_mean <= learnt.residual_max,
       "the residual");
  must(learnt.residual_max <= 255 && std::isfinite(learnt.bias), "the largest residual, or the bias");
  Problem p;
  p.cover = to_float(in.image(from, 1));
  p.views.push_back(View::pixels(from));
  SolveOptions options;
  options.threads = 1;
  options.max_sweeps = 20;
  options.max_evaluations = 100;
  options.keep_continuous = true;
  options.algorithm = in.flag() ? "auto" : "lbfgs";
  Result r;
  const bool solved = refused_or_done([&] {
    p.views.push_back(
        View::scaled(learnt.scaler, from, to_float(in.image(to, 1)), in.byte() < 200 ? 100 : in.number(0, 1e6)));
    p.views.back().exact = in.flag();
    r = solve(p, options);
  });
  if (!solved) return 0;
  const Image8 cover = to_bytes(p.cover);
  must_be_true(r, &cover, nullptr);
  must_be_certified(p, r);
  return 0;
}
