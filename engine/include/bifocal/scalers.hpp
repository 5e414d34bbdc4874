// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Scalers of the catalogue that Bifocal takes for something of its own, by id.
#include <array>
#include <string_view>

namespace bifocal::scalers {

inline constexpr std::string_view kUsual = "pillow-bicubic";    ///< where nobody chose one
inline constexpr std::string_view kFitting = "pillow-lanczos";  ///< brings a picture to another size
inline constexpr std::string_view kAveraging = "opencv-area";   ///< all pixels count alike

inline constexpr std::string_view kBox = "pillow-box";
inline constexpr std::string_view kMiddle = "pillow-nearest";      ///< picks the pixel in the middle
inline constexpr std::string_view kBefore = "imagemagick-sample";  ///< ... the one before, of two
inline constexpr std::string_view kFirst = "opencv-nearest";       ///< ... the first of those that it stands for
inline constexpr std::string_view kLinear = "opencv-linear";       ///< interpolate, without antialiasing
inline constexpr std::string_view kCubic = "opencv-cubic";
inline constexpr std::string_view kLanczos4 = "opencv-lanczos4";

/// What an image made to the eye is tried with.
inline constexpr std::array<std::string_view, 7> kPanel{kBox,     "pillow-bilinear", "pillow-hamming", kUsual,
                                                        kFitting, kAveraging,        "gimp-cubic"};
/// Preset::WorksEverywhere.
inline constexpr std::array<std::string_view, 7> kEverywhere{
    kBox, "pillow-bilinear", kUsual, kFitting, kAveraging, kFirst, kLinear};

}  // namespace bifocal::scalers
