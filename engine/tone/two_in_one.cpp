// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/two_in_one.hpp"

#include <algorithm>
#include <cmath>

#include <tbb/parallel_for.h>

#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "image/mapped.hpp"
#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "tone/diffusion.hpp"
#include "tone/looks.hpp"
#include "view/compiled.hpp"

namespace bifocal::tone {
namespace {

constexpr float kDarkest = 0.01f * 255, kBrightest = 0.99f * 255;

/// A small picture made large again, row by row; only its columns are kept large.
class Enlarged {
 public:
  Enlarged(const Image& small, Size full)
      : wide_(small.height(), full.width, small.channels()),
        vertical_(scaling::resampling_matrix(kernel('c'), small.height(), full.height)) {
    const view::Axis horizontal(scaling::resampling_matrix(kernel('c'), small.width(), full.width));
    tbb::parallel_for(0, small.height(), [&](int y) {
      std::vector<float> line(small.width() + horizontal.padding(), 0.0f);
      for (int c = 0; c < small.channels(); ++c) {
        std::copy_n(small.plane(c).row(y), small.width(), line.data());
        horizontal.multiply(line.data(), 0, full.width, wide_.plane(c).row(y));
      }
    });
  }
  void row(int channel, int y, float* out) const {
    vertical_.sum_rows(y, [&](int k) { return wide_.plane(channel).row(k); }, wide_.width(), out, false);
  }

 private:
  Image wide_;
  view::Axis vertical_;
};

/// Mean over each cell of the squared detail beyond the thumbnail's grid, (0..1)².
Image detail_room(const Image8& cover, const Enlarged& smooth, Size small) {
  const SeparableOperator box = resampling(kernel('b'), cover.size(), small);
  const view::Axis vertical(box.vertical), horizontal(box.horizontal);
  Image room(small.height, small.width, cover.channels());
  tbb::parallel_for(0, small.height * cover.channels(), [&](int i) {
    const int c = i / small.height, j = i % small.height, w = cover.width();
    std::vector<float> line(w), sum(w + horizontal.padding(), 0.0f);
    for (int k = 0; k < vertical.count(j); ++k) {
      const int y = vertical.first(j) + k;
      const std::uint8_t* bytes = cover.plane(c).row(y);
      smooth.row(c, y, line.data());
      const float weight = vertical.weights(j)[k] / (255.f * 255.f);
      for (int x = 0; x < w; ++x) sum[x] += weight * (bytes[x] - line[x]) * (bytes[x] - line[x]);
    }
    float* out = room.plane(c).row(j);
    horizontal.multiply(sum.data(), 0, small.width, out);
    for (int x = 0; x < small.width; ++x) out[x] = std::clamp(out[x], 0.f, 1.f);
  });
  return room;
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

}  // namespace

Pictures pictures(const Image8& cover, const Image& target, const TwoInOneOptions& o, const std::function<bool()>& proceed) {
  const Size full = cover.size(), small = target.size();
  const auto unit = [](const Image& image) { return mapped(image, [](double v) { return std::clamp(v / 255, 0.0, 1.0); }); };
  Pictures out;
  const Image coarse = view::apply(resampling(kernel('c'), full, small), cover);
  {
    const Enlarged smooth(coarse, full);
    out.plan = plan(unit(coarse), unit(target), detail_room(cover, smooth, small), std::sqrt(static_cast<double>(full.width) * full.height / (static_cast<double>(small.width) * small.height)), o.plan, proceed);
  }
  out.thumbnail = mapped(out.plan.thumbnail, [](double v) { return 255 * v; });

  // c' = up(u) + hi (cover − up(coarse)) = up(u − hi coarse) + hi cover
  Image base = out.plan.seen;
  const float hi = static_cast<float>(out.plan.detail);
  for (int c = 0; c < base.channels(); ++c)
    for (int y = 0; y < small.height; ++y)
      for (int x = 0; x < small.width; ++x) base.plane(c).row(y)[x] = 255 * base.plane(c).row(y)[x] - hi * coarse.plane(c).row(y)[x];
  const Enlarged large(base, full);
  out.seen = Image(full.height, full.width, cover.channels());
  tbb::parallel_for(0, full.height, [&](int y) {
    for (int c = 0; c < cover.channels(); ++c) {
      float* to = out.seen.plane(c).row(y);
      large.row(c, y, to);
      const std::uint8_t* bytes = cover.plane(c).row(y);
      for (int x = 0; x < full.width; ++x) to[x] = std::clamp(to[x] + hi * bytes[x], kDarkest, kBrightest);
    }
  });
  return out;
}

Image start(const Pictures& p, bool together) {
  const Enlarged value(p.plan.thumbnail, p.seen.size());
  return diffuse(p.seen.size(), p.seen.channels(), together, [&](int c, int y, float* encoded, float* light) {
    const int n = p.seen.width();
    const float* seen = p.seen.plane(c).row(y);
    value.row(c, y, encoded);
    hot::dither().light_row(seen, n, 0, false, light, nullptr);
    for (int x = 0; x < n; ++x) {
      light[x] *= 1 / 255.f;
      const float s = seen[x] * (1 / 255.f), v = std::max(encoded[x], light[x]);
      encoded[x] = v < s ? v : s;
    }
  });
}

TwoInOne two_in_one(const Image8& cover, const Image& target, const TwoInOneOptions& o, const std::function<bool()>& proceed) {
  const Size full = cover.size(), small = target.size();
  TwoInOne out;
  out.pictures = pictures(cover, target, o, proceed);
  const Pictures& pictures = out.pictures;
  Problem& p = out.problem;
  p.cover = to_float(cover);
  p.start = start(pictures);
  const Image seen_light = mapped(pictures.seen, [](double v) { return light::decode(Transfer::Srgb, v); });
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
    v.weight = e.weight;
    p.views.push_back(std::move(v));
  }
  const std::vector<Look> all = looks(o, full, small);
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (k == 0 && o.chosen) {
      View v = View::scaled(*o.chosen, full, wanted(all[k], pictures.thumbnail), all[k].weight);
      p.views.insert(p.views.begin(), std::move(v));
      continue;
    }
    View v;
    v.name = "thumbnail";
    v.look = all[k].look;
    v.picture = wanted(all[k], pictures.thumbnail);
    v.weight = all[k].weight;
    p.views.push_back(std::move(v));
  }
  return out;
}

}  // namespace bifocal::tone
