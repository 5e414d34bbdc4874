// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/masking.hpp"

#include <cstddef>
#include <numeric>

namespace bifocal::tone {
namespace {

using Field = std::vector<float>;

constexpr double kHidesGrain = 0.25 / 255;    // rms of texture, 0..1, that makes half of the difference
constexpr double kHidesGhosts = 1.5 / 255;    // ... of a ghost's, whose contrast is more
constexpr int kAround = 2, kAroundGhost = 8;  // blurs: sigma is the root of half their number
constexpr int kCoarser = 8;                   // texture is what is finer than this

void blur(const Field& in, int n, std::size_t step, std::size_t start, Field& out) {
  for (int i = 0; i < n; ++i) {
    const std::size_t at = start + i * step;
    out[at] = (in[i > 0 ? at - step : at] + 2 * in[at] + in[i + 1 < n ? at + step : at]) / 4;
  }
}

void blur(Field& plane, int height, int width, int times) {
  Field other(plane.size());
  for (int again = 0; again < times; ++again) {
    for (int y = 0; y < height; ++y) blur(plane, width, 1, static_cast<std::size_t>(y) * width, other);
    for (int x = 0; x < width; ++x) blur(other, height, width, x, plane);
  }
}

/// From `textured` to `flat`, in place of the texture's mean square.
void by_texture(Field& texture, double hides, double textured, double flat) {
  for (float& t : texture) t = static_cast<float>(textured + (flat - textured) * hides * hides / (hides * hides + t));
}

}  // namespace

Field low_margins(const std::vector<Field>& room, int height, int width, const PlanOptions& o) {
  Field texture(room[0].size(), 0.0f);
  for (const Field& r : room)
    for (std::size_t i = 0; i < r.size(); ++i) texture[i] += r[i] / static_cast<float>(room.size());
  blur(texture, height, width, kAround);
  by_texture(texture, kHidesGrain, o.low_margin, o.flat_margin);
  return texture;
}

Field cares(const std::vector<Field>& room, const std::vector<Field>& seen, int height, int width,
            const PlanOptions& o) {
  Field texture(room[0].size(), 0.0f);
  for (std::size_t c = 0; c < room.size(); ++c) {
    Field smooth = seen[c];
    blur(smooth, height, width, kCoarser);
    for (std::size_t i = 0; i < texture.size(); ++i) {
      const float fine = seen[c][i] - smooth[i];
      texture[i] += (room[c][i] + fine * fine) / static_cast<float>(room.size());
    }
  }
  blur(texture, height, width, kAroundGhost);
  by_texture(texture, kHidesGhosts, o.textured_care, o.flat_care);
  return texture;
}

double plain_share(const Field& cares, const PlanOptions& o) {
  if (cares.empty() || o.flat_care == o.textured_care) return 0;
  const double mean = std::accumulate(cares.begin(), cares.end(), 0.0) / static_cast<double>(cares.size());
  return (mean - o.textured_care) / (o.flat_care - o.textured_care);
}

}  // namespace bifocal::tone
