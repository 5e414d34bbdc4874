// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/lattice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include "image/shape.hpp"
#include "light/eye.hpp"
#include "progress/parallel.hpp"
#include "reveal/fourier.hpp"

namespace bifocal::lattice {
namespace {

constexpr double kFirstRatio = 2.2, kBandStep = 1.22, kLeastRatio = 2.05, kMostRatio = 11;
constexpr int kBands = kSteps / 2;
struct Band {
  double fine, coarse;
};  ///< sigmas in thumbnail pixels
constexpr std::array<Band, 3> kAlong{{{0.1, 0.3}, {0.2, 0.4}, {0.4, 0.6}}};
constexpr double kAcross = 0.4;
constexpr double kLeast = 0.05;  ///< √level: where there is nothing, there is no rhythm
constexpr std::size_t kMostPixels = 3u << 19;
constexpr int kAround = 25, kNear = 2;  ///< frequencies to compare with, and those that the window's lobe reaches
constexpr int kSmallest = 12;

// Set on the photographs of tests/bench/reveal_corpus.py (half "tune") and on images that the library makes of them.
/// In most photographs z stays below 5. Shrunk after JPEG, or enlarged, large ones come to 24, but depth to 0.031.
constexpr double kZ = 8, kDepth = 0.034;
/// Shrinking by less than 2 leaves a rhythm of its own near the highest frequencies.
constexpr double kFastRatio = 2.6, kFastDepth = 0.042;
constexpr double kFundamental = 0.4, kBelow = 0.8;  ///< of the strongest's evidence, and of its width
constexpr double kBlockDepth = 0.145, kBlockT = 3.5;
/// Photographs stay below 0.1; pixels that are doubled in themselves come to 1, and hide nothing.
constexpr double kPairs = 0.14, kDoubled = 0.9, kLeastStep = 0.01;

double ratio_of(int band) { return kFirstRatio * std::pow(kBandStep, band); }

int band_of(double ratio) {
  return std::clamp(static_cast<int>(std::lround(std::log(ratio / kFirstRatio) / std::log(kBandStep))), 0, kBands - 1);
}

struct Sheet {
  int height = 0, width = 0;
  std::vector<float> at;
  Sheet(int h, int w) : height(h), width(w), at(static_cast<std::size_t>(h) * w) {}
  float* row(int y) { return at.data() + static_cast<std::size_t>(y) * width; }
  const float* row(int y) const { return at.data() + static_cast<std::size_t>(y) * width; }
};

/// Rows run along `axis` (0: x, 1: y). Of large images, the middle rows.
Sheet along(const Image8& luma, int axis) {
  const Plane<const std::uint8_t> p = luma.plane(0);
  const int length = axis == 0 ? p.width : p.height, across = axis == 0 ? p.height : p.width;
  const int rows = std::min(across, std::max(64, static_cast<int>(kMostPixels / length))), first = (across - rows) / 2;
  Sheet s(rows, length);
  for (int r = 0; r < rows; ++r)
    for (int i = 0; i < length; ++i) s.row(r)[i] = axis == 0 ? p.row(first + r)[i] : p.row(i)[first + r];
  return s;
}

/// Cut at `reach`, sum 1.
std::vector<float> gaussian(double sigma, int reach) {
  const std::vector<double> weights = light::gaussian_weights(sigma, reach);
  return {weights.begin(), weights.end()};
}

Sheet low_pass_across(const Sheet& in, double sigma) {
  const int reach = std::max(1, static_cast<int>(std::ceil(2.5 * sigma)));
  const std::vector<float> w = gaussian(sigma, reach);
  Sheet out(in.height, in.width);
  for (int y = 0; y < in.height; ++y) {
    float* o = out.row(y);
    for (int k = -reach; k <= reach; ++k) {
      const float* i = in.row(mirrored(y + k, in.height));
      const float f = w[k + reach];
      for (int x = 0; x < in.width; ++x) o[x] += f * i[x];
    }
  }
  return out;
}

/// √|difference of Gaussians| along the rows.
Sheet roughness(const Sheet& in, double fine, double coarse) {
  const int reach = std::max(1, static_cast<int>(std::ceil(2.5 * coarse)));
  std::vector<float> w = gaussian(coarse, reach);
  const std::vector<float> sharp = gaussian(std::max(fine, 0.2), reach);
  for (std::size_t i = 0; i < w.size(); ++i) w[i] = sharp[i] - w[i];
  Sheet out(in.height, in.width);
  std::vector<float> padded(in.width + 2 * reach);
  for (int y = 0; y < in.height; ++y) {
    for (int x = -reach; x < in.width + reach; ++x) padded[x + reach] = in.row(y)[mirrored(x, in.width)];
    float* o = out.row(y);
    for (std::size_t k = 0; k < w.size(); ++k) {
      const float* i = padded.data() + k;
      const float f = w[k];
      for (int x = 0; x < in.width; ++x) o[x] += f * i[x];
    }
    for (int x = 0; x < in.width; ++x) o[x] = std::sqrt(std::fabs(o[x]));
  }
  return out;
}

/// Mean over rows of e over its mean in a square of `reach` to all sides.
std::vector<double> rhythm(const Sheet& e, int reach) {
  const int h = e.height, w = e.width;
  std::vector<double> column(w), sums(w + 1), out(w);
  int from = 0, to = 0;
  for (int y = 0; y < h; ++y) {
    for (; to < std::min(h, y + reach + 1); ++to)
      for (int x = 0; x < w; ++x) column[x] += e.row(to)[x];
    for (; from < y - reach; ++from)
      for (int x = 0; x < w; ++x) column[x] -= e.row(from)[x];
    for (int x = 0; x < w; ++x) sums[x + 1] = sums[x] + column[x];
    for (int x = 0; x < w; ++x) {
      const int a = std::max(0, x - reach), b = std::min(w, x + reach + 1);
      out[x] += e.row(y)[x] / ((sums[b] - sums[a]) / (static_cast<double>(b - a) * (to - from)) + kLeast);
    }
  }
  for (double& v : out) v /= h;
  return out;
}

/// Per frequency, in cycles an image.
struct Spectrum {
  std::vector<double> z, depth;  ///< positive: more detail in the middle of cells
};

Spectrum spectrum(std::vector<double> e) {
  const int n = static_cast<int>(e.size()), half = n / 2;
  double mean = 0;
  for (double v : e) mean += v / n;
  for (int x = 0; x < n; ++x) e[x] = (e[x] - mean) * 0.5 * (1 - std::cos(2 * M_PI * (x + 0.5) / n));
  const std::vector<std::complex<double>> wave = reveal_parts::centred_spectrum(e);
  std::vector<double> around;
  Spectrum s{std::vector<double>(half + 1), std::vector<double>(half + 1)};
  for (int k = 3; k < half; ++k) {
    around.clear();
    for (int j = std::max(2, k - kAround); j <= std::min(half - 1, k + kAround); ++j)
      if (std::abs(j - k) > kNear) around.insert(around.end(), {std::fabs(wave[j].real()), std::fabs(wave[j].imag())});
    if (around.size() < 12) continue;
    std::nth_element(around.begin(), around.begin() + around.size() / 2, around.end());
    s.z[k] = wave[k].real() / (1.4826 * around[around.size() / 2] + 1e-9);
    s.depth[k] = 4 * wave[k].real() / n / (mean + 1e-9);
  }
  return s;
}

double mean_of_both(double a, double b) { return a * b > 0 ? std::sqrt(a * b) : 0; }

std::set<std::pair<int, int>> candidates(Size image) {
  std::set<std::pair<int, int>> sizes;
  const int longest = std::max(image.width, image.height), shortest = std::min(image.width, image.height);
  for (int n = std::max(kSmallest, static_cast<int>(longest / kMostRatio)); n < longest / kLeastRatio; ++n) {
    const double w = static_cast<double>(image.width) * n / longest,
                 h = static_cast<double>(image.height) * n / longest;
    for (const double a : {std::floor(w), std::ceil(w)})
      for (const double b : {std::floor(h), std::ceil(h)})
        if (std::min(a, b) >= kSmallest && a <= image.width / 2 && b <= image.height / 2)
          sizes.insert({static_cast<int>(a), static_cast<int>(b)});
    if (n < shortest / kLeastRatio) sizes.insert({n, n});
  }
  return sizes;
}

/// Near a frequency of blocks of 8.
bool on_blocks(int frequency, int n) {
  for (const int k : {1, 2, 3})
    if (std::fabs(frequency - n * k / 8.0) <= kNear + 0.5) return true;
  return false;
}

/// Mean over rows of √|step| between x - 1 and x; 0 at x = 0.
std::vector<double> steps(const Sheet& s) {
  std::vector<double> step(s.width);
  for (int y = 0; y < s.height; ++y)
    for (int x = 1; x < s.width; ++x) step[x] += std::sqrt(std::fabs(s.row(y)[x] - s.row(y)[x - 1])) / s.height;
  return step;
}

/// How much larger steps between pixels 2i - 1 and 2i are than those beside them, -1..1; not where JPEG's blocks meet.
double steps_between_pairs(const Sheet& s) {
  const std::vector<double> step = steps(s);
  double sum = 0, n = 0;
  for (int x = 2; x + 1 < s.width; x += 2) {
    if (x % 8 == 0) continue;
    const double beside = 0.5 * (step[x - 1] + step[x + 1]);
    sum += (step[x] - beside) / (step[x] + beside + kLeastStep);
    n += 1;
  }
  return n > 0 ? sum / n : 0;
}

}  // namespace

bool compressed_in_blocks(const Image8& luma) {
  double t = 0;
  for (const int axis : {0, 1}) {
    const Sheet s = along(luma, axis);
    const std::vector<double> step = steps(s);
    // A thumbnail's pixels of 4 make the same steps in the middle of blocks as at their borders.
    std::array<double, 2> n{}, sum{}, squares{};
    for (int x = 4; x + 2 < s.width; x += 4) {
      const int middle = x % 8 == 4;
      const double d = (step[x] - 0.5 * (step[x - 1] + step[x + 1])) / (step[x - 1] + step[x] + step[x + 1] + 1e-3);
      n[middle] += 1;
      sum[middle] += d;
      squares[middle] += d * d;
    }
    if (n[0] < 4 || n[1] < 4) continue;
    double error = 1e-12;
    for (const int i : {0, 1}) error += (squares[i] - sum[i] * sum[i] / n[i]) / (n[i] - 1) / n[i];
    t = std::max(t, std::fabs(sum[0] / n[0] - sum[1] / n[1]) / std::sqrt(error));
  }
  return t > kBlockT;
}

Lattice strongest(const Image8& luma, const reveal_parts::Step& step) {
  const std::array<Sheet, 2> sheets{along(luma, 0), along(luma, 1)};
  std::array<std::array<std::array<Spectrum, 2>, kAlong.size()>, kBands> spectra;
  parallel_for(0, kSteps, [&](int task) {
    const int axis = task % 2, band = kBands - 1 - task / 2;
    const double ratio = ratio_of(band);
    const Sheet low = low_pass_across(sheets[axis], kAcross * ratio);
    for (std::size_t o = 0; o < kAlong.size(); ++o)
      spectra[band][o][axis] = spectrum(rhythm(roughness(low, kAlong[o].fine * ratio, kAlong[o].coarse * ratio),
                                               static_cast<int>(std::lround(3 * ratio))));
    step();
  });
  const bool blocks = compressed_in_blocks(luma);
  std::vector<Lattice> all;
  for (const auto& [w, h] : candidates(luma.size())) {
    const double across = static_cast<double>(luma.width()) / w, down = static_cast<double>(luma.height()) / h;
    const double asked = blocks && (on_blocks(w, luma.width()) || on_blocks(h, luma.height())) ? kBlockDepth
                         : std::min(across, down) < kFastRatio                                 ? kFastDepth
                                                                                               : kDepth;
    Lattice here;
    for (std::size_t o = 0; o < kAlong.size(); ++o) {
      const Spectrum &x = spectra[band_of(across)][o][0], &y = spectra[band_of(down)][o][1];
      const double z = mean_of_both(x.z[w], y.z[h]), depth = mean_of_both(x.depth[w], y.depth[h]);
      const double evidence = std::min(z / kZ, depth / asked);
      if (evidence > here.evidence) here = {{w, h}, z, depth, evidence};
    }
    all.push_back(here);
  }
  const auto most_among = [&](auto&& wanted) {
    Lattice most;
    for (const Lattice& l : all)
      if (l.evidence > most.evidence && wanted(l)) most = l;
    return most;
  };
  const double pairs = std::min(steps_between_pairs(sheets[0]), steps_between_pairs(sheets[1]));
  if (pairs > 0 && pairs < kDoubled) all.push_back({{luma.width() / 2, luma.height() / 2}, 0, 0, pairs / kPairs});
  Lattice found = most_among([](const Lattice&) { return true; });
  // A harmonic may stand out more than the lattice itself.
  const double enough = std::max(1.0, kFundamental * found.evidence);
  while (true) {
    const Lattice below =
        most_among([&](const Lattice& l) { return l.evidence >= enough && l.size.width < kBelow * found.size.width; });
    if (below.evidence == 0) return found;
    found = below;
  }
}

}  // namespace bifocal::lattice
