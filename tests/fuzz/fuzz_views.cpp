// SPDX-License-Identifier: LGPL-3.0-or-later
// Requests with several views, and their trade-off.
#include <bifocal/views.hpp>

#include "input.hpp"
#include "invariants.hpp"
#include "support/text_request.hpp"

using namespace bifocal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  TextRequest r;
  const int channels = 1 + 2 * (in.byte() & 1);
  r.cover = in.image(in.size(32), channels);
  if (in.byte() < 50) r.selection = in.image(r.cover.size(), 1);
  r.goal = goal_of(in.byte() < 60 ? Appearance::Eye : Appearance::Pixels);
  r.fit = static_cast<Fit>(in.byte() % 3);
  r.balance = in.byte() < 100 ? 100 : in.number(0, 100);
  const auto catalogue = Scaler::catalogue();
  for (int n = in.whole(0, 4); n > 0; --n) {
    Target v;
    v.picture = in.image(in.size(12), in.byte() < 250 ? channels : 2);
    if (in.byte() < 40) v.alpha = in.image(v.picture.size(), 1);
    if (in.flag())
      v.size = in.size(20, true);
    else if (in.flag())
      v.factor = in.number(0.001, 2);
    v.scaler =
        in.byte() < 20 ? "custom:kernel=lanczos3,support=1" : std::string(catalogue[in.byte() % catalogue.size()].id);
    v.weight = in.byte() < 100 ? 1 : in.number(0, 1000);
    r.targets.push_back(v);
  }
  constexpr const char* kOptions[] = {"",
                                      "algorithm=dual",
                                      "algorithm=accelerated",
                                      "algorithm=lbfgs",
                                      "algorithm=gradient",
                                      "objective=distances",
                                      "repair=no",
                                      "gap=1e-9",
                                      "jpeg=75"};
  r.options =
      std::string(in.one_of(kOptions)) + " iterations=3 evaluations=100 sweeps=" + std::to_string(in.whole(1, 20));

  SolveOptions options;
  options.threads = 1;
  if (in.byte() < 60) {
    TradeOff t;
    const int points = in.byte() < 250 ? in.whole(2, 4) : in.whole(-2, 2);
    if (!refused_or_done([&] { t = trade_off(r, points, options); })) return 0;
    must(t.names.size() == t.untouched.size() && t.names.size() == t.alone.size(), "a trade-off without all its views");
    must(static_cast<int>(t.curve.size()) == points, "a curve without all its points");
    for (const TradeOffPoint& p : t.curve) {
      must(p.cover >= 0 && p.cover <= 255, "the cover's difference");
      for (double v : p.views) must(v >= 0 && v < 1e6, "a view's difference");
    }
    must_be_json(to_json(t));
    return 0;
  }
  Result result;
  if (!refused_or_done([&] { result = run(r, options); })) return 0;
  must_be_true(result, &r.cover, r.selection ? &*r.selection : nullptr);
  if (in.byte() < 40) {
    options.threads = 2;
    Result again;
    must(refused_or_done([&] { again = run(r, options); }), "refused on two threads");
    must_be_same(result.image, again.image, "on two threads");
  }
  return 0;
}
