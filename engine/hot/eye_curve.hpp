// SPDX-License-Identifier: LGPL-3.0-or-later
// The sRGB transfer function as a polynomial of degree 5 on 0..1: minimax fit with P(0) = 0 and P(1) = 1, largest error
// 0.0003; levels and light 0..255. Only for files in this folder.
#pragma once

namespace {
namespace curve {

constexpr float k1 = 0.0552946f, k2 = 0.37905793f, k3 = 1.00573335f, k4 = -0.65474742f, k5 = 0.21466154f;
constexpr float kLevel = 1.0f / 255.0f;

inline float light(float level) {
  const float v = level * kLevel;
  return level * (k1 + v * (k2 + v * (k3 + v * (k4 + v * k5))));
}
inline float slope(float level) {
  const float v = level * kLevel;
  return k1 + v * (2 * k2 + v * (3 * k3 + v * (4 * k4 + v * (5 * k5))));
}
/// d slope / d level
[[maybe_unused]] inline float bend(float level) {
  const float v = level * kLevel;
  return kLevel * (2 * k2 + v * (6 * k3 + v * (12 * k4 + v * (20 * k5))));
}

}  // namespace curve
}  // namespace
