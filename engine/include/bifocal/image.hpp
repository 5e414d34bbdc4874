// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

#include <bifocal/export.hpp>

namespace BIFOCAL_API bifocal {

/// Width and height in pixels, each at least 1 in a valid size.
struct Size {
  int width = 0;
  int height = 0;
  double area() const { return static_cast<double>(width) * height; }
  friend bool operator==(const Size&, const Size&) = default;
};

/// A view of one plane of samples; owns nothing. Rows are `stride` samples apart (stride >= width).
template <class T>
struct Plane {
  T* data = nullptr;
  int height = 0;
  int width = 0;
  std::ptrdiff_t stride = 0;

  T* row(int y) const { return data + static_cast<std::ptrdiff_t>(y) * stride; }
  operator Plane<const T>() const { return {data, height, width, stride}; }
};

/// Chosen where every sample is written before it is read: clearing a large image takes as long as a resize.
struct Unset {};

/// Chosen for a workspace, whose rows may be longer than an image's (padded, or several side by side): sides to 2^20.
struct Workspace {};

/// An image as planes of samples of type T: channels x height x width, 1 to 4 channels, sides 1 to 65535.
/// Rows start on 64-byte borders; offsets are computed in ptrdiff_t, so 16384x16384x4 is safe.
/// Copies are deep; moves are cheap. A default-constructed image is empty.
template <class T>
class Planes {
 public:
  Planes() = default;
  /// All samples are zero. Throws InvalidArgument for a bad shape, OutOfMemory when it does not fit.
  Planes(int height, int width, int channels);
  /// Only what pads the rows is zero.
  Planes(int height, int width, int channels, Unset);
  /// All samples are zero.
  Planes(int height, int width, int channels, Workspace);
  Planes(const Planes& other);
  Planes& operator=(const Planes& other);
  Planes(Planes&& other) noexcept;
  Planes& operator=(Planes&& other) noexcept;
  ~Planes() = default;

  int height() const { return height_; }
  int width() const { return width_; }
  int channels() const { return channels_; }
  Size size() const { return {width_, height_}; }
  bool empty() const { return channels_ == 0; }
  std::ptrdiff_t stride() const { return stride_; }
  bool same_shape(const Planes& o) const {
    return height_ == o.height_ && width_ == o.width_ && channels_ == o.channels_;
  }

  Plane<T> plane(int channel) { return {data_.get() + channel * plane_stride(), height_, width_, stride_}; }
  Plane<const T> plane(int channel) const { return {data_.get() + channel * plane_stride(), height_, width_, stride_}; }

 private:
  struct Free {
    void operator()(void* p) const;
  };
  Planes(int height, int width, int channels, int longest_side);
  void clear();
  std::ptrdiff_t plane_stride() const { return stride_ * height_; }

  std::unique_ptr<T[], Free> data_;
  int height_ = 0;
  int width_ = 0;
  int channels_ = 0;
  std::ptrdiff_t stride_ = 0;
};

extern template class Planes<float>;
extern template class Planes<std::uint8_t>;

/// Samples are encoded (sRGB, not linear-light) levels in 0..255, not necessarily whole. 1 channel: grey, 3: R, G, B.
using Image = Planes<float>;
/// The same as whole 8-bit levels: what a file holds and what a scaler reads.
using Image8 = Planes<std::uint8_t>;

/// Interleaved bytes (height x width x channels, rows `row_bytes` apart) to planes.
Image8 from_interleaved(const std::uint8_t* bytes, int height, int width, int channels, std::ptrdiff_t row_bytes);
/// Planes to interleaved bytes; `bytes` must hold height x row_bytes.
void to_interleaved(const Image8& image, std::uint8_t* bytes, std::ptrdiff_t row_bytes);

/// Exact.
Image to_float(const Image8& image);
/// Nearest whole level, clipped to 0..255; halves round up.
Image8 to_bytes(const Image& image);

/// The same shape, and the same bytes.
bool same_bytes(const Image8& a, const Image8& b);

}  // namespace bifocal
