// SPDX-License-Identifier: LGPL-3.0-or-later
#include "input.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

using namespace bifocal;

std::uint8_t Input::byte() {
  if (left_ == 0) return 0;
  --left_;
  return *data_++;
}

int Input::whole(int low, int high) {
  const unsigned range = static_cast<unsigned>(high - low) + 1;
  const unsigned v = range <= 256 ? byte() : byte() + 256u * byte();
  return low + static_cast<int>(v % range);
}

double Input::number(double low, double high) {
  constexpr double kOdd[] = {0,
                             -1,
                             1e-300,
                             1e300,
                             1e30,
                             -1e30,
                             1e9,
                             1e-9,
                             1e-40,
                             std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()};
  const int kind = byte();
  if (kind >= 250) return one_of(kOdd);
  if (kind >= 246) {  // any number at all
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits = bits << 8 | byte();
    double v;
    std::memcpy(&v, &bits, sizeof v);
    return v;
  }
  if (kind == 245) return low;
  if (kind == 244) return high;
  return low + (high - low) * (kind + byte() / 256.) / 244;
}

std::string Input::text(std::size_t most) {
  std::string s;
  for (std::size_t n = static_cast<std::size_t>(whole(0, static_cast<int>(most))); s.size() < n && !empty();)
    s += static_cast<char>(byte());
  return s;
}

Size Input::size(int most, bool impossible) {
  const auto side = [&] {
    constexpr int kOdd[] = {0, -1, 65536, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()};
    const int n = whole(0, 255);
    return impossible && n > 250 ? kOdd[n - 251] : 1 + n % most;
  };
  const int width = side();
  return {width, side()};
}

Image8 Input::image(Size size, int channels) {
  Image8 image(size.height, size.width, channels);
  const int kind = byte() % 5, low = byte(), high = byte();
  std::mt19937 random(static_cast<unsigned>(low) * 256 + high);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        int v = low;
        if (kind == 1) v = low + static_cast<int>(random() % static_cast<unsigned>(std::abs(high - low) + 1));
        if (kind == 2) v = random() & 1 ? 255 : 0;
        if (kind == 3) v = low + (high - low) * (x + y) / (size.width + size.height);
        if (kind == 4) v = byte();
        image.plane(c).row(y)[x] = static_cast<std::uint8_t>(std::clamp(v, 0, 255));
      }
  return image;
}

BandedMatrix Input::matrix(int rows, int columns) {
  BandedMatrix m(columns);
  const int kind = byte() % 6;
  std::vector<double> weights;
  for (int r = 0; r < rows; ++r) {
    const int count = kind == 5 ? whole(0, columns) : kind == 4 ? columns : std::min(columns, 1 + kind);
    int first = kind == 0 ? columns - 1 - r % columns : kind == 1 ? r * columns / rows : whole(0, columns - 1);
    first = std::min(first, columns - count);
    weights.assign(static_cast<std::size_t>(count), 1. / std::max(1, count));
    const int odd = byte();
    if (odd < 40)
      weights.clear();
    else if (odd < 80)
      for (double& w : weights) w = byte() / 64. - 2;
    else if (odd == 255)
      for (double& w : weights) w = number(-2, 2);
    m.add_row(first, weights);
  }
  return m;
}
