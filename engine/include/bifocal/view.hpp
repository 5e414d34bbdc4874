// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>

#include <bifocal/export.hpp>
#include <bifocal/operator.hpp>
#include <bifocal/scaler.hpp>

namespace BIFOCAL_API bifocal {

/// A transfer function between encoded levels (0..255) and the scale on which a view averages.
enum class Transfer {
  None,   ///< levels as they are
  Srgb,   ///< IEC 61966-2-1; linear light is scaled to 0..255, too
  Power,  ///< pure power, exponent 2.2
};

/// Which channels a view looks at.
enum class Channels {
  Each,  ///< every channel by itself
  Luma,  ///< one plane: Rec. 709 weights in linear light (Transfer Srgb or Power), Rec. 601 weights otherwise; of
         ///< images with 1 or 2 channels the first one; a fourth channel is not looked at
};

/// How somebody sees the image x, what they should see, and how much it counts:
///   see(x) = encode( A · decode(x) ),   cost(x) = weight/2 · Σ pixel_weights · (see(x) − picture)²
/// with A separable and linear, decode/encode given by `decode` and `encode` (None: the identity).
struct View {
  std::string name;                  ///< for reports: "thumbnail 128x128, pillow-bicubic"
  SeparableOperator look;            ///< A
  Transfer decode = Transfer::None;  ///< levels -> the scale on which A averages
  Transfer encode = Transfer::None;  ///< back to levels; None leaves decoded values as they are
  Channels channels = Channels::Each;
  Image picture;                       ///< what should be seen: A's target size; 1 channel for Luma.
                                       ///< Empty, with A = I and no transfer: the problem's cover
  double weight = 1;                   ///< 1e-12..1e18; or 0: only reported
  std::optional<Image> pixel_weights;  ///< 1 channel, the picture's size, 1e-6..1000; or 0: don't care
  std::optional<Scaler> scaler;        ///< set when a real scaler stands behind A: reports use its own arithmetic
  bool exact = false;                  ///< rounding and repair aim at the picture's bytes in `scaler`

  bool linear() const { return decode == Transfer::None && encode == Transfer::None && channels == Channels::Each; }

  bool pixel_by_pixel() const;  ///< linear, A = I, every pixel counts the same, no scaler

  /// The cover seen pixel by pixel: A = I, the picture is the problem's cover.
  static View pixels(Size size, double weight = 1);
  /// Another picture seen pixel by pixel.
  static View pixels(Image picture, double weight = 1);
  /// A scaler's output at the picture's size. Light::Linear scalers get decode = encode = Srgb.
  static View scaled(const Scaler& scaler, Size image, Image picture, double weight);
  /// An eye: Gaussian of `sigma` pixels, 0.01..1000 (truncated at 4 sigma, edges replicated) in linear light.
  /// `picture` is in encoded levels, full size.
  static View eye(double sigma, Channels channels, Image picture, double weight, Transfer light = Transfer::Srgb);
};

}  // namespace bifocal
