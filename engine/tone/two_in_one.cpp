// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/two_in_one.hpp"

#include <algorithm>
#include <cmath>

#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "image/mapped.hpp"
#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "matrix/compiled.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "tone/crisp.hpp"
#include "tone/diffusion.hpp"
#include "tone/looks.hpp"
#include "tone/ordered.hpp"

namespace bifocal::tone {
namespace {

constexpr float kDarkest = 0.01f * 255, kBrightest = 0.99f * 255;
constexpr double kEven = 0.004;       // of a ratio, that it may differ from an even number
constexpr double kMostAtOnce = 15e6;  // pixels; two processors dither so many in half a second

// Crisp at its most. More detail than this looks engraved, more evenness makes blotches of skies, which no leak tells;
// the target has no detail beyond its pixels and can take more. Medians of three sets at 1, against 0: cover SSIM -.008
// to -.018, thumbnail -.013 to -.037, leaks within .01; what an eye sees of fine detail +7 to +14 %, the thumbnail +8
// to +13 %.
constexpr CrispOptions kCrispCover{0.15, 0.8}, kCrispTarget{0.3, 0.65};
constexpr double kCrispDetail = 0.3;  // added to PlanOptions::detail

CrispOptions at(double crisp, const CrispOptions& most) {
  return {crisp * most.evenness, 1 + crisp * (most.coarsest - 1)};
}

/// A small picture made large again, row by row; only its columns are kept large.
class Enlarged {
 public:
  Enlarged(const Image& small, Size full)
      : wide_(small.height(), full.width, small.channels()),
        vertical_(matrix::resampling_matrix(kernel('c'), small.height(), full.height)) {
    const matrix::Axis horizontal(matrix::resampling_matrix(kernel('c'), small.width(), full.width));
    parallel_for(0, small.height(), [&](int y) {
      std::vector<float> line(small.width() + horizontal.padding(), 0.0f);
      for (int c = 0; c < small.channels(); ++c) {
        std::copy_n(small.plane(c).row(y), small.width(), line.data());
        horizontal.multiply(line.data(), 0, full.width, wide_.plane(c).row(y));
      }
    });
  }
  void row(int channel, int y, float* out) const {
    vertical_.sum_rows(
        y, [&](int k) { return wide_.plane(channel).row(k); }, wide_.width(), out, false);
  }

 private:
  Image wide_;
  matrix::Axis vertical_;
};

/// Mean over each cell of the squared detail beyond the thumbnail's grid, (0..1)².
Image detail_room(const Image8& cover, const Enlarged& smooth, Size small) {
  const SeparableOperator box = resampling(kernel('b'), cover.size(), small);
  const matrix::Axis vertical(box.vertical), horizontal(box.horizontal);
  Image room(small.height, small.width, cover.channels());
  parallel_for(0, small.height * cover.channels(), [&](int i) {
    const int c = i / small.height, j = i % small.height, w = cover.width();
    std::vector<float> line(w), sum(w + horizontal.padding(), 0.0f);
    // Asked to stop, it leaves room for less.
    for (int k = 0; k < vertical.count(j) && progress::ask(); ++k) {
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

}  // namespace

bool suits_ordered_start(Size full, Size small) {
  const auto even = [](int n, int to) {
    const double ratio = static_cast<double>(n) / to, nearest = 2 * std::round(ratio / 2);
    return nearest >= 2 && std::fabs(ratio - nearest) < kEven * ratio;
  };
  return even(full.width, small.width) && even(full.height, small.height);
}

void make_use_of_ordered_start(TwoInOneOptions& o) {
  o.plan.low_margin = 0.09, o.plan.high_margin = 0.01, o.plan.flat_margin = 0.35;
  o.thumbnail_weight = 13;
}

Image coarse(const Image8& cover, Size small) {
  return matrix::apply(resampling(kernel('c'), cover.size(), small), cover);
}

Pictures pictures(const Image8& cover, const Image& coarse, const Image& target, const TwoInOneOptions& o) {
  const Size full = cover.size(), small = target.size();
  const auto unit = [](const Image& image) {
    return mapped(image, [](double v) { return std::clamp(v / 255, 0.0, 1.0); });
  };
  Pictures out;
  out.ordered = o.ordered;
  {
    const Enlarged smooth(coarse, full);
    const double cells =
        static_cast<double>(full.width) * full.height / (static_cast<double>(small.width) * small.height);
    const auto wished = [&](const Image& image, const CrispOptions& most) {
      return o.crisp > 0 ? crisp(unit(image), at(o.crisp, most), o.plan.floor, o.plan.corner) : unit(image);
    };
    PlanOptions options = o.plan;
    options.detail += kCrispDetail * o.crisp;
    out.plan = plan(wished(coarse, kCrispCover), wished(target, kCrispTarget), detail_room(cover, smooth, small),
                    std::sqrt(cells), options);
  }
  out.thumbnail = mapped(out.plan.thumbnail, [](double v) { return 255 * v; });

  // c' = up(u) + hi (cover − up(coarse)) = up(u − hi coarse) + hi cover
  out.base = out.plan.seen;
  const float hi = static_cast<float>(out.plan.detail);
  for (int c = 0; c < out.base.channels(); ++c)
    for (int y = 0; y < small.height; ++y)
      for (int x = 0; x < small.width; ++x)
        out.base.plane(c).row(y)[x] = 255 * out.base.plane(c).row(y)[x] - hi * coarse.plane(c).row(y)[x];
  return out;
}

namespace {

/// Rows of c'.
class SeenRows {
 public:
  SeenRows(const Pictures& p, const Image8& cover)
      : large_(p.base, cover.size()), cover_(cover), detail_(static_cast<float>(p.plan.detail)) {}
  void row(int c, int y, float* to) const {
    large_.row(c, y, to);
    const std::uint8_t* bytes = cover_.plane(c).row(y);
    for (int x = 0; x < cover_.width(); ++x) to[x] = std::clamp(to[x] + detail_ * bytes[x], kDarkest, kBrightest);
  }

 private:
  const Enlarged large_;
  const Image8& cover_;
  const float detail_;
};

/// The dither's wishes; seen(channel, y, scratch): a row of c'.
template <class Seen>
WishRow wishes(const Enlarged& value, int n, const Seen& seen) {
  return [&value, n, seen](int c, int y, float* encoded, float* light) {
    thread_local std::vector<float> scratch;
    scratch.resize(n);
    const float* row = seen(c, y, scratch.data());
    value.row(c, y, encoded);
    hot::dither().light_row(row, n, 0, false, light, nullptr);
    for (int x = 0; x < n; ++x) {
      light[x] *= 1 / 255.f;
      const float s = row[x] * (1 / 255.f), v = std::max(encoded[x], light[x]);
      encoded[x] = v < s ? v : s;
    }
  };
}

}  // namespace

Image look_closely(const Pictures& p, const Image8& cover) {
  const SeenRows rows(p, cover);
  Image seen(cover.height(), cover.width(), cover.channels(), Unset());
  parallel_for(0, cover.height(), [&](int y) {
    progress::ask();
    for (int c = 0; c < cover.channels(); ++c) rows.row(c, y, seen.plane(c).row(y));
  });
  return seen;
}

Image start(const Pictures& p, const Image& seen, bool together) {
  const Enlarged value(p.plan.thumbnail, seen.size());
  const WishRow wish = wishes(value, seen.width(), [&](int c, int y, float*) { return seen.plane(c).row(y); });
  return p.ordered ? ordered(seen.size(), seen.channels(), together, wish)
                   : diffuse<float>(seen.size(), seen.channels(), together, wish);
}

namespace {

/// Every pixel as a block of `step`².
Image8 in_blocks(const Image8& small, Size full, int step) {
  Image8 out(full.height, full.width, small.channels(), Unset());
  parallel_for(0, full.height, [&](int y) {
    for (int c = 0; c < small.channels(); ++c) {
      const std::uint8_t* from = small.plane(c).row(y / step);
      std::uint8_t* to = out.plane(c).row(y);
      for (int x = 0; x < full.width; ++x) to[x] = from[x / step];
    }
  });
  return out;
}

}  // namespace

Image8 start_in_bytes(const Pictures& p, const Image8& cover, bool together) {
  const Size full = cover.size();
  const Enlarged value(p.plan.thumbnail, full);
  const SeenRows rows(p, cover);
  const WishRow wish = wishes(value, full.width, [&](int c, int y, float* scratch) {
    rows.row(c, y, scratch);
    return scratch;
  });
  const bool fine = full.width < 8 * p.plan.thumbnail.width();  // the thumbnail needs the small dots
  if (fine || full.area() <= kMostAtOnce) return diffuse<std::uint8_t>(full, cover.channels(), together, wish);
  constexpr int kStep = 2;
  const Size fewer{(full.width + kStep - 1) / kStep, (full.height + kStep - 1) / kStep};
  const Image8 dots =
      diffuse<std::uint8_t>(fewer, cover.channels(), together, [&](int c, int y, float* encoded, float* light) {
        thread_local std::vector<float> wide;
        wide.resize(2 * static_cast<std::size_t>(full.width));
        wish(c, kStep * y, wide.data(), wide.data() + full.width);
        for (int x = 0; x < fewer.width; ++x) encoded[x] = wide[kStep * x], light[x] = wide[kStep * x + full.width];
      });
  return in_blocks(dots, full, kStep);
}

TwoInOne two_in_one(const Image8& cover, const Image& target, const TwoInOneOptions& o) {
  const Size full = cover.size(), small = target.size();
  TwoInOne out;
  out.pictures = pictures(cover, coarse(cover, small), target, o);
  out.seen = look_closely(out.pictures, cover);
  const Pictures& pictures = out.pictures;
  Problem& p = out.problem;
  p.cover = to_float(cover);
  p.start = start(pictures, out.seen);
  const Image seen_light = mapped(out.seen, [](double v) { return light::decode(Transfer::Srgb, v); });
  const auto eye_weights = [&](const Image& light) {
    Image w(full.height, full.width, 1);
    parallel_for(0, full.height, [&](int y) {
      progress::ask();
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
    v.picture = e.luma ? light::luma(seen_light, Transfer::Srgb) : seen_light;
    if (sigma > sharp + 0.05)
      v.picture = matrix::apply(light::gaussian(std::sqrt(sigma * sigma - sharp * sharp), full, 3), v.picture);
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
