// SPDX-License-Identifier: LGPL-3.0-or-later
// Problems of one's own: any matrices, transfers, weights, masks, norms, starts, with every algorithm.
#include <bifocal/solve.hpp>

#include "input.hpp"
#include "invariants.hpp"

using namespace bifocal;

namespace {

View any_view(Input& in, Size size, int channels) {
  const int kind = in.byte() % 6;
  const double weight = in.byte() < 150 ? 1 + in.byte() : in.number(0, 1e4);
  if (kind == 0) return View::pixels(size, weight);
  if (kind == 1) return View::pixels(to_float(in.image(size, channels)), weight);
  if (kind == 2) {
    const Channels which = in.flag() ? Channels::Luma : Channels::Each;
    const auto light = static_cast<Transfer>(in.byte() % 3);
    return View::eye(in.number(0.3, 5), which, to_float(in.image(size, which == Channels::Luma ? 1 : channels)), weight,
                     light);
  }
  if (kind == 3) {
    const auto catalogue = Scaler::catalogue();
    const Size to = in.size(20);
    const Scaler scaler = Scaler::find(catalogue[in.byte() % catalogue.size()].id).reading({}, channels);
    View v = View::scaled(scaler, size, to_float(in.image(to, channels)), weight);
    v.exact = in.flag();
    return v;
  }
  View v;
  v.name = "own";
  const Size to = in.flag() ? size : in.size(20);
  v.look = {in.matrix(to.height, size.height), in.matrix(to.width, size.width)};
  if (in.byte() < 60) v.decode = static_cast<Transfer>(in.byte() % 3), v.encode = static_cast<Transfer>(in.byte() % 3);
  if (in.byte() < 60) v.channels = Channels::Luma;
  v.picture = to_float(in.image(to, v.channels == Channels::Luma ? 1 : channels));
  v.weight = weight;
  if (in.byte() < 60) {
    v.pixel_weights = Image(to.height, to.width, 1);
    for (int y = 0; y < to.height; ++y)
      for (int x = 0; x < to.width; ++x)
        v.pixel_weights->plane(0).row(y)[x] =
            in.byte() < 250 ? static_cast<float>(in.byte() % 4) : static_cast<float>(in.number(0, 100));
  }
  return v;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  Problem p;
  const Size cover = in.size(20);
  const int channels = in.whole(1, 4);
  p.cover = to_float(in.image(cover, channels));
  Image8 whole;
  if (in.byte() < 30) {
    whole = to_bytes(p.cover);
    p.whole_cover = std::make_shared<const Image8>(whole);
    p.cover = Image();
  }
  SolveOptions options;
  constexpr const char* kAlgorithms[] = {"auto", "dual", "accelerated", "lbfgs", "gradient", "annealing"};
  options.algorithm = in.one_of(kAlgorithms);
  options.threads = 1;
  options.max_sweeps = in.whole(1, 60);
  options.max_evaluations = 120;
  options.keep_continuous = true;
  options.seed = in.byte();
  if (in.byte() > 240) options.gap_tolerance = in.number(1e-9, 1);
  Result r;
  const bool solved = refused_or_done([&] {
    if (in.byte() < 200) p.views.push_back(View::pixels(cover));
    for (int n = in.whole(0, 3); n > 0; --n) p.views.push_back(any_view(in, cover, channels));
    if (in.byte() < 60) {
      p.mask = Image(cover.height, cover.width, 1);
      for (int y = 0; y < cover.height; ++y)
        for (int x = 0; x < cover.width; ++x)
          p.mask->plane(0).row(y)[x] = in.byte() < 252 ? in.byte() / 255.f : static_cast<float>(in.number(0, 1));
    }
    if (in.byte() < 30) {
      p.start = to_float(in.image(cover, channels));
      p.start->plane(0).row(0)[0] = static_cast<float>(in.number(0, 255));
    }
    if (in.byte() < 60) p.norm = Norm::Norms;
    r = solve(p, options);
  });
  if (!solved) return 0;
  const Image8 bytes = p.whole_cover ? whole : to_bytes(p.cover);
  must_be_true(r, &bytes, nullptr);
  must_be_certified(p, r);
  if (in.byte() < 60) {
    options.threads = 2;
    Result again;
    must(refused_or_done([&] { again = solve(p, options); }), "refused on two threads");
    must_be_same(r.image, again.image, "on two threads");
  }
  return 0;
}
