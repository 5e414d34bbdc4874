// SPDX-License-Identifier: LGPL-3.0-or-later
#include "report/view_report.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::report {

Image8 shown(const View& view, const Image8& image) {
  if (view.scaler) return view.scaler->resize(image, view.look.target());
  return to_bytes(see(view, to_float(image)));
}

Image8 reachable(const SeparableOperator& look, const Image& mask) {
  const Size size = look.target();
  Image8 out(size.height, size.width, 1);
  parallel_for(0, size.height, [&](int r) {
    progress::ask();
    // Which columns of the rows that this one takes in are free somewhere.
    std::vector<std::uint8_t> free(look.horizontal.columns());
    const auto rows = look.vertical.weights(r);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i] == 0) continue;
      const float* row = mask.plane(0).row(look.vertical.first(r) + static_cast<int>(i));
      for (std::size_t x = 0; x < free.size(); ++x) free[x] |= row[x] > 0;
    }
    for (int c = 0; c < size.width; ++c) {
      const auto columns = look.horizontal.weights(c);
      for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i] != 0 && free[static_cast<std::size_t>(look.horizontal.first(c)) + i])
          out.plane(0).row(r)[c] = 255;
    }
  });
  return out;
}

Part part_of(const Image8& map) {
  int x0 = map.width(), x1 = 0, y0 = map.height(), y1 = 0;
  for (int y = 0; y < map.height(); ++y)
    for (int x = 0; x < map.width(); ++x)
      if (map.plane(0).row(y)[x])
        x0 = std::min(x0, x), x1 = std::max(x1, x + 1), y0 = std::min(y0, y), y1 = std::max(y1, y + 1);
  return x1 > x0 ? Part{x0, y0, x1 - x0, y1 - y0} : Part{0, 0, map.width(), map.height()};
}

ViewReport named(const View& view) {
  ViewReport r;
  r.name = view.name;
  r.size = view.look.target();
  if (view.scaler) {
    const ScalerInfo& info = view.scaler->info();
    r.scaler = info.id;
    r.exactness = info.exactness;
    r.model_error = info.picture_error;
    r.model_noise_error = info.mean_error;
    r.model_max_error = info.max_error;
    r.software = info.library;
    r.version = info.version;
  }
  return r;
}

namespace {

/// ViewReport::compared: which pixels of the view `mask` lets change, and which of those matter.
Image8 compared(const View& view, const Image* mask) {
  if (!mask && !view.pixel_weights) return {};
  const Size size = view.look.target();
  Image8 out = mask ? reachable(view.look, *mask) : Image8(size.height, size.width, 1);
  bool all = true;
  for (int y = 0; y < size.height; ++y) {
    std::uint8_t* row = out.plane(0).row(y);
    for (int x = 0; x < size.width; ++x) {
      const bool matters = !view.pixel_weights || view.pixel_weights->plane(0).row(y)[x] > 0;
      row[x] = mask && !row[x] ? ViewReport::kFixed : matters ? ViewReport::kCompared : ViewReport::kIndifferent;
      all &= row[x] == ViewReport::kCompared;
    }
  }
  return all ? Image8() : out;
}

/// Both pictures' smallest box around the pixels that can change; what cannot is the same in both then.
std::pair<Image8, Image8> boxed(const Image8& shown, const ViewReport& r) {
  const Part part = part_of(r.compared);
  const int x0 = part.x, x1 = part.x + part.width, y0 = part.y, y1 = part.y + part.height;
  Image8 is(y1 - y0, x1 - x0, shown.channels()), should = is;
  for (int c = 0; c < shown.channels(); ++c)
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x) {
        const bool fixed = r.compared.plane(0).row(y)[x] == ViewReport::kFixed;
        is.plane(c).row(y - y0)[x - x0] = shown.plane(c).row(y)[x];
        should.plane(c).row(y - y0)[x - x0] = (fixed ? shown : r.wanted).plane(c).row(y)[x];
      }
  return {std::move(is), std::move(should)};
}

/// Largest difference of the continuous solution where the view is compared.
double residual_max(const View& view, const Image& seen, const Image8& compared) {
  float most = 0;
  for (int c = 0; c < seen.channels(); ++c)
    for (int y = 0; y < seen.height(); ++y)
      for (int x = 0; x < seen.width(); ++x)
        if (compared.empty() || compared.plane(0).row(y)[x] == ViewReport::kCompared)
          most = std::max(most, std::abs(seen.plane(c).row(y)[x] - view.picture.plane(c).row(y)[x]));
  return most;
}

}  // namespace

void measure(const Image8& shown, ViewReport& r) {
  const int width = shown.width(), height = shown.height();
  Image8 wrong(height, width, 1);
  r.pixels = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      r.pixels += r.compared.empty() || r.compared.plane(0).row(y)[x] != ViewReport::kFixed;
  const double count = static_cast<double>(r.pixels), none = std::nan("");
  double squares = 0;
  r.channels.clear();
  for (int c = 0; c < shown.channels(); ++c) {
    ChannelError e;
    std::uint64_t sum = 0;
    std::size_t right = 0;
    int largest = 0;
    for (int y = 0; y < height; ++y) {
      progress::ask();
      const std::uint8_t* is = shown.plane(c).row(y);
      const std::uint8_t* should = r.wanted.plane(c).row(y);
      const std::uint8_t* compared = r.compared.empty() ? nullptr : r.compared.plane(0).row(y);
      std::uint8_t* mark = wrong.plane(0).row(y);
      for (int x = 0; x < width; ++x) {
        if (compared && compared[x] == ViewReport::kFixed) continue;
        const int d = std::abs(is[x] - should[x]);
        squares += d * d;
        if (compared && compared[x] == ViewReport::kIndifferent) {
          ++right;
          continue;
        }
        sum += static_cast<unsigned>(d);
        largest = std::max(largest, d);
        right += d == 0;
        if (d) mark[x] = 128;
      }
    }
    e.max = largest;
    e.exact_share = r.pixels ? static_cast<double>(right) / count : none;
    e.mean = r.pixels ? static_cast<double>(sum) / count : none;
    r.channels.push_back(e);
  }
  r.unreached = r.proven = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) r.unreached += wrong.plane(0).row(y)[x] != 0;
  r.exact_pixels = r.pixels ? 1 - static_cast<double>(r.unreached) / count : none;
  r.psnr = r.pixels == 0 ? none
           : squares > 0 ? 10 * std::log10(255. * 255. * count * shown.channels() / squares)
                         : std::numeric_limits<double>::infinity();
  if (r.pixels == static_cast<std::size_t>(width) * height) {
    r.ssim = ssim(shown, r.wanted);
  } else if (r.pixels > 0) {
    const auto [is, should] = boxed(shown, r);
    r.ssim = ssim(is, should);
  } else {
    r.ssim = none;
  }
  r.unreached_map = r.unreached ? std::move(wrong) : Image8();
}

ViewReport compare(const View& view, const Image8& shown, const Image& seen, const Image* mask) {
  ViewReport r = named(view);
  r.size = shown.size();
  r.wanted = to_bytes(view.picture);
  r.compared = compared(view, mask);
  r.residual_max = residual_max(view, seen, r.compared);
  measure(shown, r);
  return r;
}

void measure_cover(const Image8& image, const Image8& cover, const progress::Spare& spare, Result& r) {
  r.cover_psnr = r.cover_ssim = Result::kNone;
  spare([&] { r.cover_psnr = psnr(image, cover); });
  spare([&] { r.cover_ssim = ssim(image, cover); });
}

ViewReport& add_view(const View& view, const std::function<Image()>& seen, const Image* mask,
                     const progress::Spare& spare, Result& r) {
  r.views.push_back(named(view));
  spare([&] { r.views.back() = compare(view, shown(view, r.image), seen(), mask); });
  return r.views.back();
}

}  // namespace bifocal::report
