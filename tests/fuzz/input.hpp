// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// The fuzzer's bytes as what the engine takes. Bytes that have run out read as 0.
#include <cstddef>
#include <cstdint>
#include <string>

#include <bifocal/image.hpp>
#include <bifocal/operator.hpp>

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  std::uint8_t byte();
  bool flag() { return byte() & 1; }
  /// Within low..high, both possible.
  int whole(int low, int high);
  template <class T, std::size_t N>
  T one_of(const T (&choices)[N]) {
    return choices[byte() % N];
  }
  /// Mostly within low..high; now and then what nobody should ask for: outside, huge, tiny, no number.
  double number(double low, double high);
  /// Up to `most` bytes of text.
  std::string text(std::size_t most);
  /// Sides from 1 to `most`; rarely impossible ones.
  bifocal::Size size(int most, bool impossible = false);
  /// Noise, a flat level, a ramp or bytes of the input itself.
  bifocal::Image8 image(bifocal::Size size, int channels);
  /// Rows in any order, with any weights, empty ones among them; now and then huge weights or no numbers.
  bifocal::BandedMatrix matrix(int rows, int columns);
  bool empty() const { return left_ == 0; }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};
