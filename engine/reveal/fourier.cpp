// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/fourier.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

namespace bifocal::reveal_parts {
namespace {

using Complex = std::complex<double>;

/// In place; the length is a power of 2. Without a factor in either direction.
void transform(std::vector<Complex>& v, bool back) {
  const std::size_t n = v.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n / 2;
    for (; j & bit; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(v[i], v[j]);
  }
  std::vector<Complex> turn(n / 2);
  for (std::size_t i = 0; i < n / 2; ++i)
    turn[i] = std::polar(1.0, (back ? 2 : -2) * M_PI * static_cast<double>(i) / n);
  for (std::size_t length = 2; length <= n; length *= 2)
    for (std::size_t start = 0; start < n; start += length)
      for (std::size_t i = 0; i < length / 2; ++i) {
        const Complex a = v[start + i], b = v[start + i + length / 2] * turn[i * (n / length)];
        v[start + i] = a + b;
        v[start + i + length / 2] = a - b;
      }
}

}  // namespace

std::vector<Complex> centred_spectrum(const std::vector<double>& signal) {
  const std::int64_t n = static_cast<std::int64_t>(signal.size());
  if (n == 0) return {};
  // exp(-2πi xk/n) = chirp(x) · chirp(k) / chirp(k - x) with chirp(j) = exp(-πi j²/n): a convolution.
  const auto chirp = [n](std::int64_t j) { return std::polar(1.0, -M_PI * static_cast<double>(j * j % (2 * n)) / n); };
  const std::size_t length = std::bit_ceil(static_cast<std::size_t>(2 * n));
  std::vector<Complex> a(length), b(length);
  for (std::int64_t x = 0; x < n; ++x) {
    a[x] = signal[x] * chirp(x);
    b[x] = std::conj(chirp(x));
    if (x > 0) b[length - x] = b[x];
  }
  transform(a, false);
  transform(b, false);
  for (std::size_t i = 0; i < length; ++i) a[i] *= b[i];
  transform(a, true);
  std::vector<Complex> out(n / 2 + 1);
  for (std::int64_t k = 0; k <= n / 2; ++k)
    out[k] = a[k] / static_cast<double>(length) * chirp(k) * std::polar(1.0, -M_PI * static_cast<double>(k) / n);
  return out;
}

}  // namespace bifocal::reveal_parts
