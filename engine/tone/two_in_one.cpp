// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/two_in_one.hpp"

#include <algorithm>
#include <cmath>

#include <tbb/parallel_for.h>

#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "scaling/kernel.hpp"
#include "tone/diffusion.hpp"
#include "view/compiled.hpp"

namespace bifocal::tone {
namespace {

using scaling::Kernel;

Kernel kernel(char name) {
  switch (name) {
    case 'b': return {scaling::box, 0.5};
    case 't': return {scaling::triangle, 1};
    case 'h': return {scaling::hamming, 1};
    case 'c': return {scaling::catmull_rom, 2};
    default: return {scaling::lanczos3, 3};
  }
}

SeparableOperator resampling(Kernel k, Size from, Size to) {
  return {scaling::resampling_matrix(k, from.height, to.height), scaling::resampling_matrix(k, from.width, to.width)};
}

BandedMatrix product(const BandedMatrix& outer, const BandedMatrix& inner) {
  BandedMatrix out(inner.columns());
  std::vector<double> row;
  for (int r = 0; r < outer.rows(); ++r) {
    int first = inner.columns(), last = 0;
    for (int k = 0; k < outer.count(r); ++k) {
      const int m = outer.first(r) + k;
      first = std::min(first, inner.first(m)), last = std::max(last, inner.first(m) + inner.count(m));
    }
    row.assign(std::max(0, last - first), 0.0);
    for (int k = 0; k < outer.count(r); ++k) {
      const int m = outer.first(r) + k;
      for (int i = 0; i < inner.count(m); ++i) row[inner.first(m) - first + i] += outer.weights(r)[k] * inner.weights(m)[i];
    }
    out.add_row(first, row);
  }
  return out;
}

SeparableOperator look(const ThumbnailView& t, Size from, Size to) {
  const Size twice{2 * to.width, 2 * to.height};
  if (t.kernel == 'v' && twice.width < from.width && twice.height < from.height) {
    const SeparableOperator inner = resampling(kernel('b'), from, twice), outer = resampling(kernel('l'), twice, to);
    return {product(outer.vertical, inner.vertical), product(outer.horizontal, inner.horizontal)};
  }
  return resampling(kernel(t.kernel), from, to);
}

template <class F>
Image mapped(const Image& image, const F& f) {
  Image out(image.height(), image.width(), image.channels());
  tbb::parallel_for(0, image.height(), [&](int y) {
    for (int c = 0; c < image.channels(); ++c)
      for (int x = 0; x < image.width(); ++x) out.plane(c).row(y)[x] = static_cast<float>(f(image.plane(c).row(y)[x]));
  });
  return out;
}

template <class F>
Image combined(const Image& a, const Image& b, const F& f) {
  Image out(a.height(), a.width(), a.channels());
  tbb::parallel_for(0, a.height(), [&](int y) {
    for (int c = 0; c < a.channels(); ++c)
      for (int x = 0; x < a.width(); ++x) out.plane(c).row(y)[x] = static_cast<float>(f(a.plane(c).row(y)[x], b.plane(c).row(y)[x]));
  });
  return out;
}

Image luma(const Image& image, Transfer light) {
  if (image.channels() == 1) return image;
  const auto w = light::luma_weights(light, image.channels());
  Image out(image.height(), image.width(), 1);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      out.plane(0).row(y)[x] = w[0] * image.plane(0).row(y)[x] + w[1] * image.plane(1).row(y)[x] + w[2] * image.plane(2).row(y)[x];
  return out;
}

Image clipped(const Image& image, double low, double high) {
  return mapped(image, [&](double v) { return std::clamp(v, low, high); });
}

}  // namespace

TwoInOne two_in_one(const Image& cover, const Image& target, const TwoInOneOptions& o, const std::function<bool()>& proceed) {
  const Size full = cover.size(), small = target.size();
  const SeparableOperator down = resampling(kernel('c'), full, small), up = resampling(kernel('c'), small, full);
  const auto unit = [](const Image& image) { return mapped(image, [](double v) { return v / 255; }); };
  TwoInOne out;

  const Image coarse = view::apply(down, cover);
  const Image smooth = view::apply(up, coarse);
  Image detail = combined(cover, smooth, [](double a, double b) { return (a - b) / 255; });
  const Image room = clipped(view::apply(resampling(kernel('b'), full, small), mapped(detail, [](double v) { return v * v; })), 0, 1);
  out.plan = plan(unit(clipped(coarse, 0, 255)), unit(target), room, o.plan, proceed);
  out.thumbnail = mapped(out.plan.thumbnail, [](double v) { return 255 * v; });
  out.seen = combined(view::apply(up, out.plan.seen), detail,
                      [&](double u, double d) { return 255 * std::clamp(u + out.plan.detail * d, 0.01, 0.99); });

  Problem& p = out.problem;
  p.cover = cover;
  const Image seen_light = mapped(out.seen, [](double v) { return light::decode(Transfer::Srgb, v); });
  {
    Image value = clipped(view::apply(up, out.plan.thumbnail), 0, 1);
    value = combined(value, combined(seen_light, out.seen, [](double l, double s) { return l / 255 + 0 * s; }),
                     [](double v, double l) { return std::max(v, l); });
    value = combined(value, out.seen, [](double v, double s) { return std::min(v, s / 255); });
    p.start = diffuse(value, unit(seen_light));
  }
  const auto eye_weights = [&](const Image& light) {
    Image w(full.height, full.width, 1);
    tbb::parallel_for(0, full.height, [&](int y) {
      for (int x = 0; x < full.width; ++x) {
        double mean = 0;
        for (int c = 0; c < light.channels(); ++c) mean += light.plane(c).row(y)[x] / light.channels();
        const double slope = light::encode_slope(Transfer::Srgb, std::max(mean, 255 * o.dark));
        w.plane(0).row(y)[x] = static_cast<float>(slope * slope);
      }
    });
    return w;
  };
  Image texture_weight;
  if (o.texture > 0) {
    const Image l = luma(out.seen, Transfer::None);
    const SeparableOperator window = light::gaussian(1.5, full);
    const Image mean = view::apply(window, l), square = view::apply(window, mapped(l, [](double v) { return v * v; }));
    texture_weight = combined(mean, square, [&](double m, double s) { return 1 / (1 + std::max(0.0, s - m * m) / (o.texture * o.texture)); });
    double sum = 0;
    for (int y = 0; y < full.height; ++y)
      for (int x = 0; x < full.width; ++x) sum += texture_weight.plane(0).row(y)[x];
    sum /= static_cast<double>(full.width) * full.height;
    texture_weight = mapped(texture_weight, [&](double v) { return v / sum; });
  }
  for (const EyeView& e : o.eyes) {
    View v;
    v.name = "eye";
    const double sigma = e.sigma * o.sigma, sharp = o.sharp * o.sigma;
    v.look = light::gaussian(sigma, full, 3);
    v.decode = Transfer::Srgb;
    v.channels = e.luma ? Channels::Luma : Channels::Each;
    v.picture = e.luma ? luma(seen_light, Transfer::Srgb) : seen_light;
    if (sigma > sharp + 0.05) v.picture = view::apply(light::gaussian(std::sqrt(sigma * sigma - sharp * sharp), full, 3), v.picture);
    v.picture = clipped(v.picture, 0, 255);
    v.pixel_weights = eye_weights(v.picture);
    if (o.texture > 0) v.pixel_weights = combined(*v.pixel_weights, texture_weight, [](double a, double b) { return a * b; });
    v.weight = e.weight;
    p.views.push_back(std::move(v));
  }
  const double area = static_cast<double>(full.width) * full.height / (static_cast<double>(small.width) * small.height);
  if (o.chosen) {
    View v = View::scaled(*o.chosen, full, clipped(out.thumbnail, 0, 255), o.thumbnail_weight * area * o.chosen_weight);
    p.views.insert(p.views.begin(), std::move(v));
  }
  for (const ThumbnailView& t : o.thumbnails) {
    const Size to{std::clamp(static_cast<int>(std::lround(t.size * small.width)), 1, full.width),
                  std::clamp(static_cast<int>(std::lround(t.size * small.height)), 1, full.height)};
    View v;
    v.name = "thumbnail";
    v.look = look(t, full, to);
    v.picture = clipped(to == small ? out.thumbnail : resampling(kernel('c'), small, to).apply(out.thumbnail), 0, 255);
    v.weight = o.thumbnail_weight * area * t.weight;
    p.views.push_back(std::move(v));
  }
  return out;
}

}  // namespace bifocal::tone
