// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/picking.hpp"

#include <algorithm>
#include <cmath>

namespace bifocal::scaling {
namespace {

class PickingModel final : public Model {
 public:
  PickingModel(ScalerInfo info, Positions positions) : info_(info), positions_(std::move(positions)) {}

  const ScalerInfo& info() const override { return info_; }

  SeparableOperator matrices(Size from, Size to) const override {
    return {axis(from.height, to.height), axis(from.width, to.width)};
  }

  Image8 resize(const Image8& image, Size to) const override {
    const std::vector<int> h = positions_(image.width(), to.width), v = positions_(image.height(), to.height);
    Image8 out(to.height, to.width, image.channels());
    for (int c = 0; c < image.channels(); ++c)
      for (int y = 0; y < to.height; ++y) {
        const std::uint8_t* in = image.plane(c).row(v[y]);
        std::uint8_t* o = out.plane(c).row(y);
        for (int x = 0; x < to.width; ++x) o[x] = in[h[x]];
      }
    return out;
  }

  std::optional<FixedPoint> fixed_point(Size from, Size to, int, int) const override {
    FixedPoint f;
    f.horizontal = quantised(axis(from.width, to.width), 0);
    f.vertical = quantised(axis(from.height, to.height), 0);
    set_rounding_shift(f, 0);
    return f;
  }

 private:
  BandedMatrix axis(int in, int out) const { return picking_matrix(positions_, in, out); }

  ScalerInfo info_;
  Positions positions_;
};

std::shared_ptr<const Model> entry(std::string_view id, std::string_view name, std::string_view call,
                                   std::string_view program, std::string_view library, std::string_view version,
                                   std::string_view kernel, std::function<double(int, int, int)> position) {
  ScalerInfo i;
  i.id = id;
  i.name = name;
  i.call = call;
  i.program = program;
  i.library = library;
  i.version = version;
  i.kernel = kernel;
  i.arithmetic = "copies bytes";
  i.antialiases = false;
  return picking_model(i, each(std::move(position)));
}

/// The step from one new pixel to the next in 1/65536 source pixels, as gdk-pixbuf and Qt keep it.
std::int64_t fixed_step(int in, int out) { return static_cast<std::int64_t>(65536 / (static_cast<double>(out) / in)); }

}  // namespace

BandedMatrix picking_matrix(const Positions& positions, int in, int out) {
  BandedMatrix m(in);
  const double one = 1;
  for (int p : positions(in, out)) m.add_row(p, {&one, 1});
  return m;
}

std::shared_ptr<const Model> picking_model(ScalerInfo info, Positions positions) {
  return std::make_shared<PickingModel>(info, std::move(positions));
}

Positions each(std::function<double(int, int, int)> position) {
  return [position = std::move(position)](int in, int out) {
    std::vector<int> at(out);
    for (int o = 0; o < out; ++o) at[o] = std::clamp(static_cast<int>(std::floor(position(o, in, out))), 0, in - 1);
    return at;
  };
}

double magick_sample_position(int o, int in, int out) { return (o + 0.5 - 1e-12) * in / out; }

std::vector<std::shared_ptr<const Model>> picking_models() {
  return {
      entry("imagemagick-sample", "ImageMagick: -sample", "convert -sample", "ImageMagick", "ImageMagick", "6.9.11",
            "none: the pixel before the centre", magick_sample_position),
      entry("graphicsmagick-sample", "GraphicsMagick: -sample", "gm convert -sample", "GraphicsMagick",
            "GraphicsMagick", "1.3.40", "none: the pixel at the corner",
            [](int o, int in, int out) { return static_cast<double>(o * std::int64_t{1} * in / out); }),
      entry(
          "gd-copyresized", "PHP GD: imagecopyresized", "imagecopyresized()", "PHP", "GD", "2.3",
          "none: the last pixel",
          [](int o, int in, int out) { return static_cast<double>(((o + std::int64_t{1}) * in + out - 1) / out - 1); }),
      entry("gdkpixbuf-nearest", "gdk-pixbuf: NEAREST",
            "gdk_pixbuf_scale_simple(image, width, height, GDK_INTERP_NEAREST)", "gdk-pixbuf (GNOME)", "gdk-pixbuf",
            "2.42", "none: the pixel under the centre",
            [](int o, int in, int out) {
              const std::int64_t step = fixed_step(in, out);
              return static_cast<double>((o * step + step / 2) >> 16);
            }),
      entry("qt-fast", "Qt: FastTransformation", "QImage::scaled(size)", "Qt", "Qt", "5.15",
            "none: the pixel before the centre",
            [](int o, int in, int out) {
              return static_cast<double>(
                  static_cast<std::int64_t>((o + 0.5) * static_cast<double>(fixed_step(in, out)) - 1) >> 16);
            }),
  };
}

}  // namespace bifocal::scaling
