// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <complex>
#include <vector>

namespace bifocal::reveal_parts {

/// F(k) = Σ_x signal[x] · exp(-iπ (2x + 1) k / n) for k = 0..n/2: phase 0 lies in the middle of the first of k cells.
/// Any length, in n log n (Bluestein 1970).
std::vector<std::complex<double>> centred_spectrum(const std::vector<double>& signal);

}  // namespace bifocal::reveal_parts
