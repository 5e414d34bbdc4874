// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/image.hpp>
#include <bifocal/scaler.hpp>

namespace BIFOCAL_API bifocal {

/// Learns how some software scales from examples: make probes, let the software scale them, hand both back.
///   y = encode( V · decode(x) · Hᵀ ) + bias + rounding
/// V and H are found row by row (so that borders come out as they are) by alternating least squares, for one source and
/// one target size; whether the software averages encoded values or linear light, by which of the two fits better.

/// Grey noise images of size `from`, enough of them for learn_scaler to find the matrices to `to`. The same for the
/// same arguments. Sides are 1 to 65535, or InvalidArgument is thrown. Save them without loss, scale each to `to` with
/// the software, and load the results without loss.
std::vector<Image8> make_probes(Size from, Size to);

struct LearntScaler {
  Scaler scaler;  ///< takes and gives only the two sizes that it was learnt at; other sizes throw Unsupported
  double residual_mean = 0;  ///< mean |error| in levels, over a probe that was kept out of the fit
  double residual_max = 0;   ///< largest |error| there; above a few levels the software is not linear or not separable
  double bias = 0;  ///< levels that the results lie above (below 0: under) the averages, as from dropped fractions
};

/// probes: at least 2, of one size, 1 channel; outputs: their scaled versions in the same order, of one size.
/// `name` is what lists show. Throws InvalidArgument or SizeMismatch.
LearntScaler learn_scaler(std::span<const Image8> probes, std::span<const Image8> outputs,
                          const std::string& name = "Learnt");

}  // namespace bifocal
