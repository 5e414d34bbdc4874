// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

namespace bifocal {

/// `n` samples of row y from column x on. May be called from several threads, never twice for the same samples.
using RowSink = std::function<void(int y, int x, const float* levels, int n)>;
/// Hands all samples of one channel to a sink.
using RowSource = std::function<void(const RowSink& sink)>;

}  // namespace bifocal
