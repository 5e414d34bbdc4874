// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/preview.hpp>

#include <bifocal/error.hpp>
#include <bifocal/verdict.hpp>

#include "error/edge.hpp"
#include "light/eye.hpp"
#include "request/parts.hpp"
#include "solver/controller.hpp"
#include "words/words.hpp"

namespace bifocal {

Target settled_target(const Request& r) try {
  const request::Fitted fitted = request::take_apart(r).target;
  Target t;
  t.picture = to_bytes(fitted.picture);
  if (fitted.weights) t.alpha = request::opacity(*fitted.weights);
  t.size = t.picture.size();
  t.scaler = r.target().scaler;
  t.weight = r.target().weight;
  return t;
} catch (...) {
  leave(r.cover.size());
}

Image8 seen_by_eye(const Goal& goal, const Image8& image) try {
  return to_bytes(light::seen(to_float(image), request::goal_as<EyeGoal>(goal).sigma));
} catch (...) {
  leave(image.size());
}

namespace {

/// Throws InvalidArgument for one that is not there.
const Target& target_of(const Request& r, std::size_t target) {
  if (target >= r.targets.size())
    throw Error(ErrorCode::InvalidArgument, filled(_("there is no view %zu"), target + 1));
  return r.targets[target];
}

}  // namespace

Image8 thumbnail_of(const Request& r, const Image8& image, std::size_t target) try {
  const Target& t = target_of(r, target);
  return request::scaler_or_usual(r, t).resize(image, size_of(r, t));
} catch (...) {
  leave(image.size());
}

Image8 wanted_of(const Request& r, std::size_t target) try {
  const Target& t = target_of(r, target);
  const Size size = size_of(r, t);
  return to_bytes(request::fit_target(t.picture, t.alpha, size, r.fit, [&] {
                    return request::scaler_or_usual(r, t).resize(r.cover, size);
                  }).picture);
} catch (...) {
  leave(r.cover.size());
}

Spread spread(const Request& r, const Image8& image, const SolveOptions& options) try {
  const request::Parts parts = request::take_apart(r);
  const Image& wanted = parts.target.picture;
  Spread found;
  const bool counted = solver::Controller(options).run([&] {
    const Image cover = to_float(request::averaged(r.cover, wanted.size()));
    for (const ScalerInfo& info : Scaler::catalogue()) {
      progress::ask();
      const Scaler scaler = Scaler::find(info.id).reading(r.file, image.channels());
      const Likeness alike = likeness(to_float(scaler.resize(image, wanted.size())), wanted, cover);
      ++found.of;
      found.shown += grade_of_likeness(alike) >= Grade::Fair;
    }
  });
  return counted ? found : Spread();
} catch (...) {
  leave(image.size());
}

}  // namespace bifocal
