// SPDX-License-Identifier: LGPL-3.0-or-later
// The hot loops. The .cpp files in this folder with BIFOCAL_HOT in them are compiled twice, for any CPU ("baseline")
// and for AVX2 with FMA; `loops()` gives the ones that this CPU can run. They hold plain loops over raw pointers only:
// an inline function of the standard library compiled for AVX2 could otherwise be linked into code for every CPU.
#pragma once
#include <cstddef>
#include <cstdint>

namespace bifocal::hot {

/// Rows of the image that feed the same outputs, in one column strip.
/// z = center + Σ_t coefficient[row][t] · u[t];  x = z clipped to 0..255, or to the mask's interval (see
/// Problem::mask).
struct Rows {
  int rows = 0;
  int taps = 0;
  int columns = 0;                       ///< a multiple of 8; buffers are readable up to there
  const float* coefficients = nullptr;   ///< rows x taps
  const float* const* u = nullptr;       ///< taps rows
  const float* const* center = nullptr;  ///< one row each
  const float* const* mask = nullptr;    ///< one row each, or null
  float* const* w = nullptr;             ///< taps rows: w[t] += coefficient · x
  float* const* w2 = nullptr;            ///< taps rows: w2[t] += coefficient² where x was not clipped; or null
};

struct Loops {
  const char* name;
  /// Accumulates w (and w2); returns Σ (x − center)² over the first `valid` columns.
  double (*sweep)(const Rows& rows, int valid);
  /// Writes x to out (one row each).
  void (*render)(const Rows& rows, float* const* out);
  /// 8 dual rows to image columns: out[r][j] = Σ_t coefficients[j·taps + t] · in[(first[j] + t)·8 + r].
  void (*expand)(const float* in, const int* first, const float* coefficients, int taps, int columns, float* scratch,
                 float* const* out);
  /// The adjoint: out[o·8 + r] = Σ_k weights[offset[o] + k] · in[r][first[o] + k], count[o] of them.
  void (*contract)(const float* const* in, int columns, const int* first, const int* count, const int* offset,
                   const float* weights, int outputs, float* scratch, float* out);
  /// Solves L D Lᵀ x = b for every column of grid (height x width), in place. lower: height x band, L(i, i-1-k).
  void (*band_solve)(float* grid, int height, int width, const float* lower, const float* inverse_diagonal, int band);
  double (*dot)(const float* a, const float* b, std::size_t n);
  /// y += Σ a[i] x[i], `count` of them.
  void (*add_scaled)(float* y, const float* const* x, const float* a, int count, std::size_t n);
  /// y += x · s
  void (*multiply_add)(float* y, const float* x, const float* s, std::size_t n);
  /// out(y, o) = Σ_k weights[offset[o] + k] · in(y, first[o] + k), all in 32 bits.
  void (*horizontal_sums)(const std::uint8_t* in, std::ptrdiff_t stride, int height, int width, const int* first,
                          const std::size_t* offset, const std::int32_t* weights, int outputs, std::int32_t* out);
  /// sums[x] += weight · in[x].
  void (*add_row)(std::int32_t* sums, const std::uint8_t* in, std::int32_t weight, int n);
  /// out[x] = clip8((sums[x] + 2^(shift-1)) >> shift).
  void (*clip_row)(const std::int32_t* sums, int shift, int n, std::uint8_t* out);
  /// One view's dual gradient r − λ v with r = target − seen, v = soft · inverse (v = 0: does not matter, r = 0). Adds
  /// to sums: Σ r² / v, Σ (r − λ v)² / v.
  void (*weigh)(const float* target, const float* seen, const float* dual, const float* inverse, float soft,
                std::size_t n, float* gradient, double* sums);
  void (*widen)(const std::uint8_t* in, int n, float* out);  ///< bytes as floats
  float (*largest)(const float* v, std::size_t n);           ///< max |v|
  /// out = 1/√w with w = curvature · inverse, at least `least`; 1 where inverse is 0.
  void (*share)(const float* curvature, const float* inverse, float least, std::size_t n, float* out);
  /// out[x] = floor(levels[x] − bias + thresholds[x & 7]) within 0..255, without the bias where levels[x] is
  /// reference[x]; returns Σ (levels − reference)². Levels are not negative.
  double (*round_row)(const float* levels, const float* reference, const float* thresholds, float bias, int n,
                      std::uint8_t* out);
  bool (*within)(const float* v, int n, float low, float high);  ///< low <= v <= high for all; false for not-a-number
  /// out = inᵀ; in: height x width.
  void (*transpose)(const float* in, int height, int width, float* out);
};

/// Loops of the report.
struct MetricLoops {
  /// p² + q² and p q of two rows.
  void (*products)(const float* p, const float* q, int n, float* squares, float* mixed);
  /// Σ over the valid pixels of one row of structural similarity. rows[4][taps]: p, q, p² + q², p q of the window's
  /// rows, `width` long; `scratch` holds 4 · (width + 16) floats. Pixels border .. width - border count.
  double (*ssim_row)(const float* const* const* rows, const float* window, int taps, int width, float* scratch);
  void (*to_bytes)(const float* levels, int n, std::uint8_t* bytes);
  std::uint64_t (*squared_error)(const std::uint8_t* a, const std::uint8_t* b, int n);
};

const Loops& loops();
const MetricLoops& metric_loops();

/// From now on, whether all tables are those for any CPU. For tests and benchmarks; not while anything else is running.
void force_baseline(bool on);
/// Whether the tables are those for AVX2 with FMA.
bool fast();

namespace baseline {
extern const Loops kLoops;
extern const MetricLoops kMetricLoops;
}  // namespace baseline
namespace avx2 {
extern const Loops kLoops;
extern const MetricLoops kMetricLoops;
}  // namespace avx2

}  // namespace bifocal::hot
