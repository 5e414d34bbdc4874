// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <random>

#include <bifocal/image.hpp>

/// What the noise is made of: any byte, only 0 and 255, or all one level.
enum class Noise { Uniform, Extreme, Flat };

bifocal::Image8 random_image(std::mt19937& random, int height, int width, int channels, Noise noise = Noise::Uniform);
/// Levels in low..high, as floats.
bifocal::Image random_levels(std::mt19937& random, int height, int width, int channels, float low = 0,
                             float high = 255);
/// A smooth picture with edges: what photographs look like to a solver.
bifocal::Image8 smooth_image(unsigned seed, int height, int width, int channels, int low = 0, int high = 255);
/// One channel more, 255 everywhere: what a file with an opaque alpha channel holds.
bifocal::Image8 with_opaque_alpha(const bifocal::Image8& image);
/// What is left of it, grey (1) or colour (3), without alpha (2, 4).
bifocal::Image8 without_alpha(const bifocal::Image8& image);
/// Number of samples that differ; shapes must agree.
std::size_t mismatches(const bifocal::Image8& a, const bifocal::Image8& b);
