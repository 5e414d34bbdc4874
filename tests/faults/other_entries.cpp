// SPDX-License-Identifier: LGPL-3.0-or-later
// Images, matrices, scalers, figures, learning and reveal.
#include <utility>

#include <bifocal/appearance.hpp>
#include <bifocal/learn.hpp>
#include <bifocal/report.hpp>
#include <bifocal/request.hpp>
#include <bifocal/reveal.hpp>
#include <bifocal/views.hpp>

#include "entries.hpp"
#include "fingerprint.hpp"
#include "support/problems.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

constexpr Size kFrom{40, 32}, kTo{13, 9};

Call pass_of_bytes() {
  return [bytes = std::vector<std::uint8_t>(24 * 20 * 3, 77)]() mutable {
    Image8 image = from_interleaved(bytes.data(), 20, 24, 3, 24 * 3);
    const Image floats = to_float(image);
    Image8 copy = to_bytes(floats);
    copy = image;
    to_interleaved(copy, bytes.data(), 24 * 3);
    return Fingerprint().add(copy).add(floats).add(bytes.data(), bytes.size()).sum();
  };
}

Call matrices_by_hand() {
  return [weights = std::vector<double>{0, .25, .5, .25, 0}] {
    BandedMatrix m(40);
    for (int r = 0; r < 36; ++r) m.add_row(r, weights);
    return Fingerprint().add(m).add(m.transposed()).add(BandedMatrix::identity(50)).sum();
  };
}

Call operators() {
  return [image = to_float(smooth_image(1, kFrom.height, kFrom.width, 3)),
          look = Scaler::find("pillow-lanczos").matrices(kFrom, kTo)] {
    const Image small = look.apply(image);
    const SeparableOperator same = SeparableOperator::identity(kFrom);
    return Fingerprint().add(small).add(look.adjoint(small)).add(same.apply(image)).sum();
  };
}

Call find_scalers() {
  return [] {
    Fingerprint f;
    for (const ScalerInfo& info : Scaler::catalogue()) f.add(Scaler::find(info.id).info().name);
    f.add(Scaler::find("custom:kernel=lanczos3,support=3,antialias=yes,light=linear,rounding=down").info().id);
    return f.sum();
  };
}

/// Of every scaler there is: what its arithmetic makes of an image.
Call resize_all() {
  return [image = smooth_image(2, kFrom.height, kFrom.width, 3),
          custom = Scaler::find("custom:kernel=mitchell,light=linear")] {
    Fingerprint f;
    for (const ScalerInfo& info : Scaler::catalogue()) f.add(Scaler::find(info.id).resize(image, kTo));
    return f.add(custom.resize(image, kTo)).sum();
  };
}

Call matrices_of_all() {
  return [] {
    Fingerprint f;
    for (const ScalerInfo& info : Scaler::catalogue()) {
      const SeparableOperator m = Scaler::find(info.id).matrices(kFrom, kTo);
      f.add(m.vertical).add(m.horizontal);
    }
    return f.sum();
  };
}

Call views_to_look_through() {
  return [problem = one_thumbnail("pillow-bicubic", kFrom, kTo, 3, 1), scaler = Scaler::find("gimp-linear")] {
    const Image& x = problem.cover;
    const View eye = View::eye(1.5, Channels::Luma, Image(x.height(), x.width(), 1), 1);
    const View small = View::scaled(scaler, kFrom, Image(kTo.height, kTo.width, 3), 1);
    const View pixels = View::pixels(x);
    return Fingerprint().add(see(eye, x)).add(see(small, x)).add(see(pixels, x)).add(see(View::pixels(kFrom), x)).sum();
  };
}

Call objective_of() {
  return [p = one_thumbnail("pillow-bicubic", kFrom, kTo, 3, 1)] {
    return Fingerprint().add(objective(p, p.cover)).sum();
  };
}

Call figures() {
  return [a = smooth_image(3, 64, 48, 3), b = smooth_image(4, 64, 48, 3)] {
    return Fingerprint().add(psnr(a, b)).add(ssim(a, b)).sum();
  };
}

Call likenesses() {
  return [a = to_float(smooth_image(3, 64, 48, 3)), b = to_float(smooth_image(4, 64, 48, 3))] {
    const Likeness l = likeness(a, b, a);
    return Fingerprint()
        .add(l.ssim)
        .add(l.zncc)
        .add(l.leak)
        .add(l.contrast)
        .add(l.range)
        .add(l.colours)
        .add(l.colour_leak)
        .sum();
  };
}

Call probes() {
  return [] {
    Fingerprint f;
    for (const Image8& p : make_probes({30, 24}, {10, 8})) f.add(p);
    return f.sum();
  };
}

struct Examples {
  std::vector<Image8> probes = make_probes({30, 24}, {10, 8}), outputs;
  Examples() {
    for (const Image8& p : probes) outputs.push_back(Scaler::find("pillow-bicubic").resize(p, {10, 8}));
  }
};

Call learning() {
  return [e = Examples()] {
    const LearntScaler l = learn_scaler(e.probes, e.outputs);
    return Fingerprint().add(l.residual_mean).add(l.scaler.resize(e.probes[0], {10, 8})).sum();
  };
}

Call revealing(bool search) {
  RevealOptions options;
  options.scalers = {"pillow-bicubic", "opencv-linear", "gimp-linear", "pillow-nearest"};
  options.sizes = {{24, 20}};
  options.search = search;
  return [image = smooth_image(5, 80, 96, 3), options] {
    const Reveal r = reveal(image, options);
    Fingerprint f;
    for (const RevealTile& t : r.tiles) f.add(t.likeness).add(t.difference);
    return f.add(r.sheet).add(r.verdict).add(r.suspicion).sum();
  };
}

Call words() {
  return [] {
    Fingerprint f;
    f.add(known_options());
    for (const OptionInfo& o : option_list()) f.add(option_serves(o.name, {Appearance::Eye}));
    f.add(static_cast<double>(read_options("jpeg=85 sigma=2 gap=1e-3", {Appearance::Eye}).remarks.size()));
    for (const char* name : {"thumbnail", "works-everywhere", "when-enlarged", "small-and-large"})
      for (const PresetView& v : preset_views(find_preset(name))) f.add(v.scaler);
    return f.sum();
  };
}

}  // namespace

std::vector<Entry> other_entries() {
  return {
      {"from_interleaved, to_float, to_bytes", [] { return pass_of_bytes(); }},
      {"BandedMatrix", [] { return matrices_by_hand(); }},
      {"SeparableOperator", [] { return operators(); }},
      {"Scaler::find", [] { return find_scalers(); }},
      {"Scaler::resize", [] { return resize_all(); }},
      {"Scaler::matrices", [] { return matrices_of_all(); }},
      {"View, see", [] { return views_to_look_through(); }},
      {"objective", [] { return objective_of(); }},
      {"psnr, ssim", [] { return figures(); }},
      {"likeness", [] { return likenesses(); }},
      {"make_probes", [] { return probes(); }},
      {"learn_scaler", [] { return learning(); }},
      {"reveal: one size", [] { return revealing(false); }},
      {"reveal: search", [] { return revealing(true); }},
      {"known_options, read_options, presets", [] { return words(); }},
  };
}

std::vector<Entry> all_entries() {
  std::vector<Entry> all = solving_entries();
  for (Entry& e : other_entries()) all.push_back(std::move(e));
  return all;
}
