// SPDX-License-Identifier: LGPL-3.0-or-later
#include "light/transfer.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "hot/eye.hpp"
#include "progress/ask.hpp"

namespace bifocal::light {
namespace {

constexpr double kPower = 2.2;
constexpr double kDarkest = 0.05 / 255;  // pure powers have an infinite slope at black

std::array<float, 256> make_table(Transfer transfer) {
  std::array<float, 256> table{};
  for (int i = 0; i < 256; ++i) table[i] = static_cast<float>(decode(transfer, i));
  return table;
}

}  // namespace

double decode(Transfer transfer, double level) {
  const double v = std::clamp(level / 255, 0.0, 1.0);
  switch (transfer) {
    case Transfer::None:
      return level;
    case Transfer::Srgb:
      return 255 * (v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
    case Transfer::Power:
      return 255 * std::pow(v, kPower);
  }
  return level;
}

double encode(Transfer transfer, double light) {
  const double v = std::clamp(light / 255, 0.0, 1.0);
  switch (transfer) {
    case Transfer::None:
      return light;
    case Transfer::Srgb:
      return 255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055);
    case Transfer::Power:
      return 255 * std::pow(v, 1 / kPower);
  }
  return light;
}

double decode_slope(Transfer transfer, double level) {
  const double v = std::clamp(level / 255, 0.0, 1.0);
  switch (transfer) {
    case Transfer::None:
      return 1;
    case Transfer::Srgb:
      return v <= 0.04045 ? 1 / 12.92 : 2.4 / 1.055 * std::pow((v + 0.055) / 1.055, 1.4);
    case Transfer::Power:
      return kPower * std::pow(v, kPower - 1);
  }
  return 1;
}

double encode_slope(Transfer transfer, double light) {
  const double v = std::clamp(light / 255, 0.0, 1.0);
  switch (transfer) {
    case Transfer::None:
      return 1;
    case Transfer::Srgb:
      return v <= 0.0031308 ? 12.92 : 1.055 / 2.4 * std::pow(v, 1 / 2.4 - 1);
    case Transfer::Power:
      return std::pow(std::max(v, kDarkest), 1 / kPower - 1) / kPower;
  }
  return 1;
}

void encode_row(const float* light, int n, float* level) {
  // Over the root of the light, where the curve is almost straight.
  constexpr int kSteps = 2048;
  static const std::vector<float> table = [] {
    std::vector<float> t(kSteps + 2);
    for (int i = 0; i < kSteps + 2; ++i)
      t[i] = static_cast<float>(encode(Transfer::Srgb, 255.0 * i / kSteps * i / kSteps));
    return t;
  }();
  for (int i = 0; i < n; ++i) {
    const float at = std::sqrt(std::clamp(light[i] * (1 / 255.f), 0.f, 1.f)) * kSteps;
    const int k = static_cast<int>(at);
    level[i] = table[k] + (at - k) * (table[k + 1] - table[k]);
  }
}

const std::array<float, 256>& decode_table(Transfer transfer) {
  static const std::array<float, 256> none = make_table(Transfer::None);
  static const std::array<float, 256> srgb = make_table(Transfer::Srgb);
  static const std::array<float, 256> power = make_table(Transfer::Power);
  return transfer == Transfer::None ? none : transfer == Transfer::Srgb ? srgb : power;
}

std::array<float, 3> luma_weights(Transfer transfer, int channels) {
  if (channels < 3) return {1, 0, 0};
  if (transfer == Transfer::None) return {0.299f, 0.587f, 0.114f};
  return {0.2126f, 0.7152f, 0.0722f};
}

Image luma(const Image& image, Transfer transfer) {
  const auto w = luma_weights(transfer, image.channels());
  Image out(image.height(), image.width(), 1);
  for (int c = 0; c < std::min(3, image.channels()); ++c)
    for (int y = 0; y < image.height(); ++y) {
      if (y % 64 == 0) progress::ask();
      hot::eye().axpy(w[c], image.plane(c).row(y), image.width(), out.plane(0).row(y));
    }
  return out;
}

}  // namespace bifocal::light
