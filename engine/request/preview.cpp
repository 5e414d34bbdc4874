// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/preview.hpp>
#include <bifocal/scalers.hpp>

#include <algorithm>
#include <cmath>

#include <bifocal/verdict.hpp>

#include "error/edge.hpp"
#include "light/eye.hpp"
#include "request/parts.hpp"
#include "solver/controller.hpp"

namespace bifocal {
namespace {

constexpr int kFewest = 24;  // pixels a side of a reduced small image that says something
constexpr double kMore = 4;  // times as many pixels of the cover for them

Image8 averaged(const Image8& image, Size to) {
  return image.size() == to ? image : Scaler::find(scalers::kAveraging).resize(image, to);
}

/// `side` of the cover for `small`, which stands for `of`: as many pixels for each, but at most `most`.
int side_of_cover(int side, int of, int small, double most) {
  const double pixels_of_each = std::min(static_cast<double>(side) / of, std::max(1.0, most / small));
  return std::clamp(static_cast<int>(std::lround(small * pixels_of_each)), small + (side > of), side);
}

}  // namespace

void settle_target(Request& r) try {
  const request::Parts parts = request::take_apart(r);
  Image8 target = to_bytes(parts.target.picture);
  std::optional<Image8> alpha;
  if (parts.target.weights) alpha = request::opacity(*parts.target.weights);
  Target& t = r.target();
  t.size = target.size();
  t.picture = std::move(target);
  t.alpha = std::move(alpha);
  r.fit = Fit::Stretch;
} catch (...) {
  leave(r.cover.size());
}

Request reduced(const Request& r, double pixels) try {
  const Size full = r.cover.size(), asked = size_of(r, r.target());
  if (!(pixels >= 1) || full.area() <= pixels || asked.width < 1 || asked.height < 1) return r;
  const double share = std::sqrt(pixels / full.area());
  const auto side = [&](int n) { return std::max(std::min(n, kFewest), static_cast<int>(std::lround(n * share))); };
  const Size small{side(asked.width), side(asked.height)};
  const double most = std::sqrt(kMore * pixels);
  const Size size{side_of_cover(full.width, asked.width, small.width, most * full.width / std::sqrt(full.area())),
                  side_of_cover(full.height, asked.height, small.height, most * full.height / std::sqrt(full.area()))};
  Request out;
  out.cover = averaged(r.cover, size);
  out.targets = {r.target()};
  if (r.selection) out.selection = averaged(*r.selection, size);
  out.target().size = small;
  out.goal = r.goal;
  out.fit = r.fit;
  out.balance = r.balance;
  out.file = r.file;
  return out;
} catch (...) {
  leave(r.cover.size());
}

Image8 seen_by_eye(const Goal& goal, const Image8& image) try {
  return to_bytes(light::seen(to_float(image), request::goal_as<EyeGoal>(goal).sigma));
} catch (...) {
  leave(image.size());
}

Image8 thumbnail_of(const Request& r, const Image8& image) try {
  const std::string& asked = r.target().scaler;
  const std::string_view id = asked == kAnyScaler ? scalers::kUsual : std::string_view(asked);
  return Scaler::find(id).reading(r.file, image.channels()).resize(image, size_of(r, r.target()));
} catch (...) {
  leave(image.size());
}

Spread spread(const Request& r, const Image8& image, const SolveOptions& options) try {
  const request::Parts parts = request::take_apart(r);
  const Image& wanted = parts.target.picture;
  Spread found;
  const bool counted = solver::Controller(options).run([&] {
    const Image cover = to_float(averaged(r.cover, wanted.size()));
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
