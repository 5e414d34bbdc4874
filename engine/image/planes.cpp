// SPDX-License-Identifier: LGPL-3.0-or-later
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include <bifocal/error.hpp>
#include <bifocal/image.hpp>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "error/edge.hpp"
#include "hot/hot.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

constexpr std::size_t kAlignment = 64;
constexpr int kMaxSide = 65535, kMaxWorkspaceSide = 1 << 20;
constexpr std::size_t kHugePage = 2 << 20, kLarge = 4 * kHugePage;

/// Memory for large images on huge pages, where the system has them: it is given and looked up in fewer pieces.
void* allocate(std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  if (bytes >= kLarge) {
    const std::size_t rounded = (bytes + kHugePage - 1) / kHugePage * kHugePage;
    void* p = std::aligned_alloc(kHugePage, rounded);
    if (p) madvise(p, rounded, MADV_HUGEPAGE);
    return p;
  }
#endif
  return std::aligned_alloc(kAlignment, bytes);
}

}  // namespace

template <class T>
void Planes<T>::Free::operator()(void* p) const {
  std::free(p);
}

template <class T>
void Planes<T>::clear() {
  std::memset(static_cast<void*>(data_.get()), 0, static_cast<std::size_t>(plane_stride()) * channels_ * sizeof(T));
}

template <class T>
Planes<T>::Planes(int height, int width, int channels) : Planes(height, width, channels, kMaxSide) {
  clear();
}

template <class T>
Planes<T>::Planes(int height, int width, int channels, Unset) : Planes(height, width, channels, kMaxSide) {}

template <class T>
Planes<T>::Planes(int height, int width, int channels, Workspace) : Planes(height, width, channels, kMaxWorkspaceSide) {
  clear();
}

template <class T>
Planes<T>::Planes(int height, int width, int channels, int longest_side) try
    : height_(height), width_(width), channels_(channels) {
  if (height < 1 || width < 1 || height > longest_side || width > longest_side)
    throw Error(ErrorCode::InvalidArgument,
                filled(_("an image of %dx%d pixels is not possible (sides must be 1 to %d pixels long)"), width, height,
                       longest_side));
  if (channels < 1 || channels > 4)
    throw Error(ErrorCode::InvalidArgument,
                filled(_("an image with %d channels is not possible (1 to 4 are)"), channels));
  constexpr std::ptrdiff_t step = kAlignment / sizeof(T);
  stride_ = (width + step - 1) / step * step;
  const std::size_t bytes = static_cast<std::size_t>(plane_stride()) * channels * sizeof(T);
  data_.reset(static_cast<T*>(allocate(bytes)));
  if (!data_) out_of_memory({width, height});
  for (std::ptrdiff_t y = 0; width < stride_ && y < static_cast<std::ptrdiff_t>(height) * channels; ++y)
    std::fill(data_.get() + y * stride_ + width, data_.get() + (y + 1) * stride_, T{});
} catch (...) {
  leave();
}

template <class T>
Planes<T>::Planes(const Planes& other) {
  if (other.empty()) return;
  *this = Planes(other.height_, other.width_, other.channels_, Unset());
  std::memcpy(static_cast<void*>(data_.get()), other.data_.get(),
              static_cast<std::size_t>(plane_stride()) * channels_ * sizeof(T));
}

template <class T>
Planes<T>& Planes<T>::operator=(const Planes& other) {
  if (this != &other) *this = Planes(other);
  return *this;
}

template <class T>
Planes<T>::Planes(Planes&& other) noexcept {
  *this = std::move(other);
}

template <class T>
Planes<T>& Planes<T>::operator=(Planes&& other) noexcept {
  data_ = std::move(other.data_);
  height_ = std::exchange(other.height_, 0);
  width_ = std::exchange(other.width_, 0);
  channels_ = std::exchange(other.channels_, 0);
  stride_ = std::exchange(other.stride_, 0);
  return *this;
}

template class Planes<float>;
template class Planes<std::uint8_t>;

Image8 from_interleaved(const std::uint8_t* bytes, int height, int width, int channels, std::ptrdiff_t row_bytes) {
  Image8 image(height, width, channels, Unset());
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < height; ++y) {
      const std::uint8_t* in = bytes + y * row_bytes + c;
      std::uint8_t* out = image.plane(c).row(y);
      for (int x = 0; x < width; ++x) out[x] = in[static_cast<std::ptrdiff_t>(x) * channels];
    }
  return image;
}

void to_interleaved(const Image8& image, std::uint8_t* bytes, std::ptrdiff_t row_bytes) {
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y) {
      const std::uint8_t* in = image.plane(c).row(y);
      std::uint8_t* out = bytes + y * row_bytes + c;
      for (int x = 0; x < image.width(); ++x) out[static_cast<std::ptrdiff_t>(x) * image.channels()] = in[x];
    }
}

Image to_float(const Image8& image) {
  Image out(image.height(), image.width(), image.channels(), Unset());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y) std::copy_n(image.plane(c).row(y), image.width(), out.plane(c).row(y));
  return out;
}

Image8 to_bytes(const Image& image) {
  Image8 out(image.height(), image.width(), image.channels(), Unset());
  constexpr int kRows = 64;
  parallel_for(0, (image.height() + kRows - 1) / kRows, [&](int i) {
    progress::ask();
    for (int c = 0; c < image.channels(); ++c)
      for (int y = i * kRows; y < std::min(image.height(), (i + 1) * kRows); ++y)
        hot::metric_loops().to_bytes(image.plane(c).row(y), image.width(), out.plane(c).row(y));
  });
  return out;
}

bool same_bytes(const Image8& a, const Image8& b) {
  if (!a.same_shape(b)) return false;
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y)
      if (!std::equal(a.plane(c).row(y), a.plane(c).row(y) + a.width(), b.plane(c).row(y))) return false;
  return true;
}

}  // namespace bifocal
