// SPDX-License-Identifier: LGPL-3.0-or-later
// What the eye_*.cpp files of one build share. Documented in eye.hpp.
#pragma once
#include <cstddef>

namespace bifocal::hot::BIFOCAL_HOT {

void sum_rows(const float* const* rows, const float* weights, int taps, int n, float* out, bool add);
void slide_row(const float* in, const float* weights, int taps, int n, float* out);
void gather_row(const float* in, const int* first, const float* weights, int width, int n, float* out);
void scatter_row(const float* in, const int* first, const float* weights, int width, int n, float* out);
void srgb_light(const float* level, int n, float* light);
void srgb_chain(const float* level, const float* in, int n, float* out);
double residual_row(float* seen, const float* picture, const float* weight, float scale, int n);
double dot(const float* a, const float* b, std::size_t n);
void axpy(float a, const float* x, std::size_t n, float* y);

}  // namespace bifocal::hot::BIFOCAL_HOT
