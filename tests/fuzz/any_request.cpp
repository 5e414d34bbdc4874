// SPDX-License-Identifier: LGPL-3.0-or-later
#include "any_request.hpp"

using namespace bifocal;

namespace {

void any_picture(Input& in, int channels, Target& t) {
  t.picture = in.image(in.size(16), in.byte() < 250 ? channels : 3);
  if (in.flag()) t.size = in.size(16, true);
  if (in.byte() < 60) t.alpha = in.image(in.byte() < 240 ? t.picture.size() : in.size(16), 1);
}

std::string any_scaler(Input& in) {
  const auto catalogue = Scaler::catalogue();
  return in.byte() < 20 ? std::string(kAnyScaler) : std::string(catalogue[in.byte() % catalogue.size()].id);
}

}  // namespace

void add_targets(Input& in, Request& r) {
  for (int n = in.whole(0, 3); n > 0; --n) {
    Target t = r.targets.front();
    if (in.flag()) any_picture(in, r.cover.channels(), t);
    if (in.flag()) t.size = in.size(60, true);
    t.scaler = any_scaler(in);
    if (in.byte() < 60) t.weight = in.number(0.01, 100);
    r.targets.push_back(std::move(t));
  }
}

TextRequest any_request(Input& in) {
  TextRequest r;
  const int channels = in.byte() < 240 ? 1 + 2 * (in.byte() & 1) : in.whole(1, 4);
  r.cover = in.image(in.size(40), channels);
  any_picture(in, channels, r.target());
  if (in.byte() < 60) r.selection = in.image(in.byte() < 240 ? r.cover.size() : in.size(40), 1);
  r.target().scaler = any_scaler(in);
  r.goal = goal_of(in.byte() < 100 ? Appearance::Eye : Appearance::Pixels);
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
                                      "sigma=4 ghosting=0.4 crisp=1",
                                      "cover-strength=5 target-strength=0.2",
                                      "gap=1e-9",
                                      "seed=7"};
  r.options = std::string(in.one_of(kOptions)) + " " + in.one_of(kOptions) +
              " iterations=3 evaluations=200 sweeps=" + std::to_string(in.whole(1, 40));
  if (in.byte() > 250) r.options += in.text(40);
  return r;
}
