// SPDX-License-Identifier: LGPL-3.0-or-later
// Scalers of the catalogue and made to order, and matrices of any kind.
#include <cmath>

#include <bifocal/operator.hpp>
#include <bifocal/scaler.hpp>

#include "input.hpp"
#include "invariants.hpp"
#include "matrix/compiled.hpp"

using namespace bifocal;

namespace {

double dot(const Image& a, const Image& b) {
  double sum = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) sum += static_cast<double>(a.plane(0).row(y)[x]) * b.plane(0).row(y)[x];
  return sum;
}

double largest(const Image& a) {
  double most = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) most = std::max<double>(most, std::abs(a.plane(0).row(y)[x]));
  return most;
}

void check(const SeparableOperator& a, const Image& x, const Image& y) {
  const Image seen = a.apply(x), back = a.adjoint(y);
  const double size = (largest(seen) * largest(y) + largest(x) * largest(back)) *
                      (seen.width() * seen.height() + x.width() * x.height());
  if (!(size < 1e30)) return;
  must(std::abs(dot(seen, y) - dot(x, back)) <= 1e-4 * size + 1e-30, "the adjoint is not the adjoint");
  const Image fast = matrix::apply(a, x);
  double gain = 1e-3;
  for (const BandedMatrix* m : {&a.vertical, &a.horizontal}) {
    double most = 1;
    for (int r = 0; r < m->rows(); ++r) {
      double sum = 0;
      for (double w : m->weights(r)) sum += std::abs(w);
      most = std::max(most, sum);
    }
    gain *= most;
  }
  if (!(gain < 1e3)) return;  // weights that cancel out: single precision has no digits left
  for (int i = 0; i < seen.height(); ++i)
    for (int k = 0; k < seen.width(); ++k)
      must(std::abs(fast.plane(0).row(i)[k] - seen.plane(0).row(i)[k]) <= gain, "single precision sees something else");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  if (in.flag()) {
    const Size from = in.size(40), to = in.size(40);
    refused_or_done([&] {
      const SeparableOperator a{in.matrix(to.height, from.height), in.matrix(to.width, from.width)};
      check(a, to_float(in.image(from, 1)), to_float(in.image(to, 1)));
    });
    return 0;
  }
  const Size from = in.size(in.byte() < 250 ? 50 : 255), to = in.size(in.byte() < 250 ? 50 : 255, true);
  std::string id;
  const auto catalogue = Scaler::catalogue();
  if (in.flag()) {
    id = std::string(catalogue[in.byte() % catalogue.size()].id);
  } else {
    constexpr const char* kKernels[] = {"box",      "triangle", "hermite",  "hamming",  "catmull-rom", "mitchell",
                                        "b-spline", "gaussian", "lanczos2", "lanczos3", "lanczos4"};
    id = std::string("custom:kernel=") + in.one_of(kKernels) + ",support=" + std::to_string(in.number(0.25, 16)) +
         (in.flag() ? ",antialias=no" : "") + (in.flag() ? ",light=linear" : "") + (in.flag() ? ",rounding=down" : "");
  }
  refused_or_done([&] {
    const Scaler scaler = Scaler::find(id);
    const Image8 image = in.image(from, in.whole(1, 4));
    const Image8 scaled = scaler.resize(image, to);
    must(scaled.size() == to && scaled.channels() == image.channels(), "another size than was asked for");
    check(scaler.matrices(from, to), to_float(in.image(from, 1)), to_float(in.image(to, 1)));
  });
  return 0;
}
