// SPDX-License-Identifier: LGPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <vector>

#include <bifocal/preview.hpp>

#include "error/edge.hpp"
#include "request/parts.hpp"

namespace bifocal {
namespace {

constexpr int kFewest = 24;          // pixels a side of a reduced view that says something
constexpr double kMore = 4;          // times as many pixels of the cover for them
constexpr double kLonger = 1.25;     // how much longer its sides may get so that all views' pixels are whole ones
constexpr double kForLonger = 0.02;  // what that counts against pixels that are not
constexpr double kPictures = 16;     // pixels of a target's picture for each one of the largest view

int scaled(int side, double scale) { return std::max(1, static_cast<int>(std::lround(side * scale))); }
Size scaled(Size size, double scale) { return {scaled(size.width, scale), scaled(size.height, scale)}; }

/// Along one axis, `cover` standing for `full`. No view gets the cover's own size that did not have it.
int side_of_view(int side, int full, int cover) {
  const int like = scaled(side, static_cast<double>(cover) / full);
  if (side < full) return std::clamp(std::max(like, std::min(side, kFewest)), 1, std::max(1, cover - 1));
  return side > full ? std::max(like, cover + 1) : cover;
}

/// How far the view's side is from a whole number of pixels, as a share of it; 0 where it gets more pixels anyway.
double off(int side, int full, int cover) {
  const double like = static_cast<double>(side) * cover / full;
  return like < std::min(side, kFewest) ? 0 : std::abs(like - std::round(like)) / like;
}

/// One scale for the cover and all views: `share`, or up to `most` where a view would have too few pixels, and a little
/// more where the sides then come out whole.
double scale_of_all(Size full, const std::vector<Size>& views, double share, double most) {
  double least = share;
  for (const Size v : views)
    for (const int side : {v.width, v.height})
      least = std::max(least, std::min(1.0, static_cast<double>(kFewest) / side));
  least = std::min({least, most, 1.0});
  double best = least, least_cost = HUGE_VAL;
  const double last = std::min({kLonger * least, most, 1.0}) * full.width;
  for (int width = std::max(2, scaled(full.width, least)); width <= last; ++width) {
    const double scale = static_cast<double>(width) / full.width;
    const Size cover = scaled(full, scale);
    double cost = 0;
    for (const Size v : views)
      cost = std::max({cost, off(v.width, full.width, cover.width), off(v.height, full.height, cover.height)});
    cost += kForLonger * std::max(0.0, scale / least - 1);
    if (cost < least_cost) least_cost = cost, best = scale;
  }
  return best;
}

}  // namespace

Request reduced(const Request& r, double pixels) try {
  const Size full = r.cover.size();
  if (!(pixels >= 1) || full.area() <= pixels || r.targets.empty()) return r;
  std::vector<Size> views;
  for (const Target& t : r.targets) {
    views.push_back(size_of(r, t));
    if (views.back().width < 1 || views.back().height < 1) return r;
  }
  const double share = std::sqrt(pixels / full.area());
  Size size = scaled(full, scale_of_all(full, views, share, std::sqrt(kMore) * share));
  // A view that has fewer is to have fewer still.
  size = {std::max(size.width, std::min(2, full.width)), std::max(size.height, std::min(2, full.height))};
  if (size.area() >= full.area()) return r;
  Request out;
  out.cover = request::averaged(r.cover, size);
  if (r.selection) out.selection = request::averaged(*r.selection, size);
  double largest = 1;
  for (std::size_t k = 0; k < views.size(); ++k) {
    const Size small{side_of_view(views[k].width, full.width, size.width),
                     side_of_view(views[k].height, full.height, size.height)};
    out.targets.push_back({{}, {}, small, 0, r.targets[k].scaler, r.targets[k].weight});
    largest = std::max(largest, small.area());
  }
  for (std::size_t k = 0; k < views.size(); ++k) {
    // By the same factor for all: which pictures are the same is still seen.
    const Target& from = r.targets[k];
    const double factor = std::min(1.0, std::sqrt(kPictures * largest / std::max(1.0, from.picture.size().area())));
    const auto smaller = [factor](const Image8& image) {
      return image.empty() || factor == 1 ? image : request::averaged(image, scaled(image.size(), factor));
    };
    out.targets[k].picture = smaller(from.picture);
    if (from.alpha) out.targets[k].alpha = smaller(*from.alpha);
  }
  out.goal = r.goal;
  out.fit = r.fit;
  out.balance = r.balance;
  out.file = r.file;
  return out;
} catch (...) {
  leave(r.cover.size());
}

}  // namespace bifocal
