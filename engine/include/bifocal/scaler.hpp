// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <bifocal/image.hpp>
#include <bifocal/operator.hpp>

namespace bifocal {

/// In which light a scaler averages.
enum class Light {
  Encoded,  ///< the stored levels as they are
  Linear,   ///< decoded with the sRGB transfer function, averaged, encoded again
};

/// How closely `Scaler::resize` reproduces the real library.
enum class Exactness {
  Bytes,    ///< byte for byte, in every size
  Close,    ///< mean and largest error against the real library are in `mean_error`, `max_error`
};

/// One entry of the catalogue: what the plug-in lists, the README's table shows and the tests check.
struct ScalerInfo {
  std::string_view id;        ///< "pillow-bicubic"; stable
  std::string_view name;      ///< as its users know it: "Pillow: bicubic"
  std::string_view library;   ///< "Pillow"
  std::string_view version;   ///< the version it was checked against: "9.4"
  std::string_view kernel;    ///< "bicubic, a = -0.5"
  std::string_view arithmetic;///< "two passes, 22-bit fixed point, 8-bit between"
  Light light = Light::Encoded;
  bool antialiases = true;    ///< the kernel widens with the ratio when scaling down
  Exactness exactness = Exactness::Bytes;
  double mean_error = 0;      ///< levels, measured against the real library; 0 for Bytes
  double max_error = 0;       ///< levels
};

namespace scaling { class Model; }

/// A scaler: how some software makes a small (or large) image out of another. Cheap to copy; thread-safe.
class Scaler {
 public:
  /// All scalers that the engine knows, in the order in which a list should show them.
  static std::span<const ScalerInfo> catalogue();
  /// By id. Throws UnknownScaler with the known ids in its message.
  static Scaler find(std::string_view id);

  explicit Scaler(std::shared_ptr<const scaling::Model> model);
  const ScalerInfo& info() const;
  /// The linear part (before rounding; in linear light where info().light says so) from one size to another.
  SeparableOperator matrices(Size from, Size to) const;
  /// What the real library makes of these bytes. 1 to 4 channels (as in the library).
  Image8 resize(const Image8& image, Size to) const;
  const scaling::Model& model() const { return *model_; }

 private:
  std::shared_ptr<const scaling::Model> model_;
};

}  // namespace bifocal
