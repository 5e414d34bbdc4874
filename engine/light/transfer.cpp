// SPDX-License-Identifier: LGPL-3.0-or-later
#include "light/transfer.hpp"

#include <algorithm>
#include <cmath>

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
    case Transfer::None: return level;
    case Transfer::Srgb: return 255 * (v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
    case Transfer::Power: return 255 * std::pow(v, kPower);
  }
  return level;
}

double encode(Transfer transfer, double light) {
  const double v = std::clamp(light / 255, 0.0, 1.0);
  switch (transfer) {
    case Transfer::None: return light;
    case Transfer::Srgb: return 255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055);
    case Transfer::Power: return 255 * std::pow(v, 1 / kPower);
  }
  return light;
}

double decode_slope(Transfer transfer, double level) {
  const double v = std::clamp(level / 255, 0.0, 1.0);
  switch (transfer) {
    case Transfer::None: return 1;
    case Transfer::Srgb: return v <= 0.04045 ? 1 / 12.92 : 2.4 / 1.055 * std::pow((v + 0.055) / 1.055, 1.4);
    case Transfer::Power: return kPower * std::pow(v, kPower - 1);
  }
  return 1;
}

double encode_slope(Transfer transfer, double light) {
  const double v = std::clamp(light / 255, 0.0, 1.0);
  switch (transfer) {
    case Transfer::None: return 1;
    case Transfer::Srgb: return v <= 0.0031308 ? 12.92 : 1.055 / 2.4 * std::pow(v, 1 / 2.4 - 1);
    case Transfer::Power: return std::pow(std::max(v, kDarkest), 1 / kPower - 1) / kPower;
  }
  return 1;
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

}  // namespace bifocal::light
