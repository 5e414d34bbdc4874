// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <bifocal/export.hpp>
#include <bifocal/image.hpp>
#include <bifocal/operator.hpp>

namespace bifocal::scaling {
class Model;
}

namespace BIFOCAL_API bifocal {

/// In which light a scaler averages.
enum class Light {
  Encoded,  ///< the stored levels as they are
  Linear,   ///< decoded with the sRGB transfer function, averaged, encoded again
};

/// How closely `Scaler::resize` reproduces the real library.
enum class Exactness {
  Bytes,  ///< byte for byte, in every size
  Close,  ///< mean and largest error against the real library are in `mean_error`, `max_error`
};

/// "bytes", "close".
const char* to_string(Exactness exactness);

/// The kind of file that an image is read from; some programs choose their kernel or their arithmetic by it. Grey or
/// colour follows from the image's channels.
struct FileKind {
  bool alpha = false;  ///< it has an alpha channel, be it an opaque one
};

/// One entry of the catalogue: what the plug-in lists, the README's table shows and the tests check.
struct ScalerInfo {
  std::string_view id;          ///< "pillow-bicubic"; stable
  std::string_view name;        ///< as its users know it: "Pillow: bicubic"
  std::string_view call;        ///< as they write it: "Image.resize(size, BICUBIC)"; several ways are separated by ", "
  std::string_view program;     ///< the heading under which they look for it: "Pillow", "Web browsers"
  std::string_view library;     ///< "Pillow"
  std::string_view version;     ///< the versions it was checked with: "9.4", "153 ESR"; of others nothing is said
  std::string_view kernel;      ///< "bicubic, a = -0.5"
  std::string_view arithmetic;  ///< "two passes, 22-bit fixed point, 8-bit between"
  Light light = Light::Encoded;
  bool antialiases = true;  ///< the kernel widens with the ratio when scaling down
  /// What an image to the eye is made for.
  bool averages_encoded() const { return antialiases && light == Light::Encoded; }
  Exactness exactness = Exactness::Bytes;
  double mean_error = 0;     ///< levels, measured against the real library over noise or pictures, whichever is worse;
                             ///< 0 for Bytes
  double max_error = 0;      ///< levels, the largest seen there
  double picture_error = 0;  ///< levels, mean over pictures alone
};

/// A scaler: how some software makes a small (or large) image out of another. Cheap to copy; thread-safe.
class Scaler {
 public:
  /// All scalers that the engine knows, in the order in which a list should show them.
  static std::span<const ScalerInfo> catalogue();
  /// By id, or made to order: "custom:kernel=lanczos3,support=3,antialias=yes,light=encoded,rounding=nearest", where
  /// every key but `kernel` may be left out.
  ///   kernel    box, triangle, hermite, hamming, catmull-rom, mitchell, b-spline, gaussian, lanczos2, lanczos3,
  ///   lanczos4 support   radius in pixels of the coarser grid that the kernel is stretched to, 0.25..16; default: its
  ///   own antialias yes: the kernel widens with the ratio when shrinking; no: it only interpolates light     encoded,
  ///   linear (sRGB) rounding  nearest, down
  /// Throws UnknownScaler with the known ids in its message, UnknownSetting for a key or value that is not listed here.
  static Scaler find(std::string_view id);

  explicit Scaler(std::shared_ptr<const scaling::Model> model);
  /// The same program on a file of this kind, `channels`: 1 grey, 3 colour. What find() returns is for colour without
  /// alpha. Where the kind matters, info() has the kernel, the arithmetic and the figures of that kind; id and name
  /// stay.
  Scaler reading(FileKind file, int channels) const;
  const ScalerInfo& info() const;
  /// Sides are 1 to 65535 pixels, and the new image has at most kMostPixels or as many as the one it is made of; both
  /// throw InvalidArgument.
  static constexpr double kMostPixels = 16384. * 16384;
  /// The linear part (before rounding; in linear light where info().light says so) from one size to another.
  SeparableOperator matrices(Size from, Size to) const;
  /// What the real library makes of these bytes. 1 to 4 channels (as in the library).
  Image8 resize(const Image8& image, Size to) const;
  const scaling::Model& model() const { return *model_; }

 private:
  std::shared_ptr<const scaling::Model> model_;
};

}  // namespace bifocal
