// SPDX-License-Identifier: LGPL-3.0-or-later
#include "report/view_report.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "progress/ask.hpp"

namespace bifocal::report {

Image8 shown(const View& view, const Image8& image) {
  if (view.scaler) return view.scaler->resize(image, view.look.target());
  return to_bytes(see(view, to_float(image)));
}

ViewReport named(const View& view) {
  ViewReport r;
  r.name = view.name;
  r.size = view.look.target();
  if (view.scaler) r.scaler = view.scaler->info().id;
  return r;
}

ViewReport compare(const View& view, const Image8& shown, const Image& seen) {
  ViewReport r = named(view);
  r.size = shown.size();
  const Image8 wanted = to_bytes(view.picture);
  const int width = shown.width(), height = shown.height();
  const double count = static_cast<double>(width) * height;
  Image8 wrong(height, width, 1);
  for (int c = 0; c < shown.channels(); ++c) {
    ChannelError e;
    std::uint64_t sum = 0;
    std::size_t right = 0;
    int largest = 0;
    float residual = 0;
    for (int y = 0; y < height; ++y) {
      progress::ask();
      const std::uint8_t* is = shown.plane(c).row(y);
      const std::uint8_t* should = wanted.plane(c).row(y);
      const float* weights = view.pixel_weights ? view.pixel_weights->plane(0).row(y) : nullptr;
      const float* continuous = seen.empty() ? nullptr : seen.plane(c).row(y);
      const float* picture = view.picture.plane(c).row(y);
      std::uint8_t* mark = wrong.plane(0).row(y);
      for (int x = 0; x < width; ++x) {
        if (weights && !(weights[x] > 0)) {
          ++right;
          continue;
        }
        const int d = std::abs(is[x] - should[x]);
        sum += static_cast<unsigned>(d);
        largest = std::max(largest, d);
        right += d == 0;
        if (d) mark[x] = 128;
        if (continuous) residual = std::max(residual, std::abs(continuous[x] - picture[x]));
      }
    }
    e.max = largest;
    r.residual_max = std::max<double>(r.residual_max, residual);
    e.exact_share = static_cast<double>(right) / count;
    e.mean = static_cast<double>(sum) / count;
    r.channels.push_back(e);
  }
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) r.unreached += wrong.plane(0).row(y)[x] != 0;
  r.exact_pixels = 1 - static_cast<double>(r.unreached) / count;
  r.psnr = psnr(shown, wanted);
  r.ssim = ssim(shown, wanted);
  if (r.unreached) r.unreached_map = std::move(wrong);
  return r;
}

}  // namespace bifocal::report
