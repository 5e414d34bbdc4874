// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

#include <bifocal/image.hpp>
#include <bifocal/operator.hpp>

/// A sum over bytes (FNV-1a), to tell results apart. Takes no memory.
class Fingerprint {
 public:
  Fingerprint& add(const void* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      sum_ = (sum_ ^ static_cast<const unsigned char*>(bytes)[i]) * 1099511628211u;
    return *this;
  }
  Fingerprint& add(double v) { return add(&v, sizeof v); }
  Fingerprint& add(std::string_view text) { return add(text.data(), text.size()); }
  template <class T>
  Fingerprint& add(const bifocal::Planes<T>& image) {
    for (int c = 0; c < image.channels(); ++c)
      for (int y = 0; y < image.height(); ++y) add(image.plane(c).row(y), sizeof(T) * image.width());
    return *this;
  }
  Fingerprint& add(const bifocal::BandedMatrix& m) {
    for (int r = 0; r < m.rows(); ++r) add(m.first(r)).add(m.weights(r).data(), sizeof(double) * m.weights(r).size());
    return *this;
  }
  std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t sum_ = 14695981039346656037u;
};
