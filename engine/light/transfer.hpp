// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Transfer functions between encoded levels and light, and the weights that make one luma out of R, G, B.
//   in:  encoded levels 0..255           out: light, scaled to 0..255, too
// Sources: IEC 61966-2-1 (sRGB), ITU-R BT.709 (luminance weights), ITU-R BT.601 (weights on encoded values).
#include <array>

#include <bifocal/view.hpp>

namespace bifocal::light {

/// Encoded level 0..255 to light 0..255; double precision, exact definition. Values outside are clipped.
double decode(Transfer transfer, double level);
/// The inverse of decode.
double encode(Transfer transfer, double light);
/// Derivatives of both; encode_slope is limited near black (light below 0.05 counts as 0.05 for Power).
double decode_slope(Transfer transfer, double level);
double encode_slope(Transfer transfer, double light);

/// encode for a row of sRGB light, from a table: within 0.01 level.
void encode_row(const float* light, int n, float* level);

/// decode for the 256 byte values.
const std::array<float, 256>& decode_table(Transfer transfer);

/// Weights of R, G, B: Rec. 709 for light, Rec. 601 for encoded values. One channel: {1, 0, 0}.
std::array<float, 3> luma_weights(Transfer transfer, int channels);
/// With these weights; 1 channel.
Image luma(const Image& image, Transfer transfer);

}  // namespace bifocal::light
