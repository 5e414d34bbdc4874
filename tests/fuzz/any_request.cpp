// SPDX-License-Identifier: LGPL-3.0-or-later
#include "any_request.hpp"

using namespace bifocal;

TextRequest any_request(Input& in) {
  TextRequest r;
  const int channels = in.byte() < 240 ? 1 + 2 * (in.byte() & 1) : in.whole(1, 4);
  r.cover = in.image(in.size(40), channels);
  r.target().picture = in.image(in.size(16), in.byte() < 250 ? channels : 3);
  if (in.flag()) r.target().size = in.size(16, true);
  if (in.byte() < 60) r.target().alpha = in.image(in.byte() < 240 ? r.target().picture.size() : in.size(16), 1);
  if (in.byte() < 60) r.selection = in.image(in.byte() < 240 ? r.cover.size() : in.size(40), 1);
  const auto catalogue = Scaler::catalogue();
  r.target().scaler =
      in.byte() < 20 ? std::string(kAnyScaler) : std::string(catalogue[in.byte() % catalogue.size()].id);
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
                                      "sigma=4 ghosting=0.4",
                                      "cover-strength=5 target-strength=0.2",
                                      "gap=1e-9",
                                      "seed=7"};
  r.options = std::string(in.one_of(kOptions)) + " " + in.one_of(kOptions) +
              " iterations=3 evaluations=200 sweeps=" + std::to_string(in.whole(1, 40));
  if (in.byte() > 250) r.options += in.text(40);
  return r;
}
