// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/families.hpp"

#include <algorithm>

#include "scaling/averaging.hpp"
#include "scaling/axes.hpp"
#include "scaling/banded.hpp"
#include "scaling/kernel.hpp"
#include "scaling/picking.hpp"

namespace bifocal::scaling {
namespace {

using Axis = std::function<BandedMatrix(int in, int out)>;

Axis widened(Kernel kernel) {
  return [kernel](int in, int out) { return resampling_matrix(kernel, in, out); };
}
/// ImageMagick's and GraphicsMagick's default: Lanczos to shrink, Mitchell to enlarge.
BandedMatrix magick_default(int in, int out) {
  return out > in ? resampling_matrix({mitchell, 2}, in, out) : resampling_matrix({lanczos3, 3}, in, out);
}
Axis vips(Kernel kernel) {
  return [kernel](int in, int out) { return vips_axis(kernel, in, out); };
}

/// ImageMagick's -thumbnail: where less than a tenth of the pixels stay, -sample to five times the size comes first, so that
/// much of the image is never looked at; not for thumbnails of less than 128/5 pixels (MagickCore/resize.c, ThumbnailImage).
SeparableOperator magick_thumbnail(Size from, Size to) {
  const bool samples = 1. * to.width * to.height <= 0.1 * from.width * from.height && 5 * std::min(to.width, to.height) >= 128;
  const auto axis = [samples](int in, int out) {
    if (!samples) return in == out ? BandedMatrix::identity(in) : magick_default(in, out);
    return product(magick_default(5 * out, out), picking_matrix(each(magick_sample_position), in, 5 * out));
  };
  return by_axis(axis)(from, to);
}

/// Measured: mean over pictures, mean over noise or pictures (the worse), largest; in levels.
struct Measured {
  double pictures, mean, max;
};

/// What the entries of one library have in common.
struct Family {
  std::string_view library, version, arithmetic;
  Rounding rounding = Rounding::Nearest;
  std::function<double(Size, Size)> bias;
  std::vector<std::shared_ptr<const Model>>* models;

  void add(std::string_view id, std::string_view name, std::string_view kernel, Measured error, Axis axis) const {
    add_matrices(id, name, kernel, error, by_axis([axis](int in, int out) {
                   return in == out ? BandedMatrix::identity(in) : axis(in, out);
                 }));
  }

  void add_matrices(std::string_view id, std::string_view name, std::string_view kernel, Measured error,
                    std::function<SeparableOperator(Size, Size)> matrices) const {
    ScalerInfo i;
    i.id = id;
    i.name = name;
    i.library = library;
    i.version = version;
    i.kernel = kernel;
    i.arithmetic = arithmetic;
    i.exactness = Exactness::Close;
    i.picture_error = error.pictures;
    i.mean_error = error.mean;
    i.max_error = error.max;
    models->push_back(averaging_model({i, std::move(matrices), rounding, bias}));
  }
};

}  // namespace

std::vector<std::shared_ptr<const Model>> family_models() {
  std::vector<std::shared_ptr<const Model>> models;

  const Family im{"ImageMagick", "6.9.11", "float, 16 bits; fraction dropped at 8 bits", Rounding::Down, {}, &models};
  im.add("imagemagick-resize", "ImageMagick: -resize", "Lanczos, 3 lobes", {0.014, 0.101, 32}, magick_default);
  im.add_matrices("imagemagick-thumbnail", "ImageMagick: -thumbnail", "every few pixels, then Lanczos, 3 lobes",
                  {0.014, 0.101, 32}, magick_thumbnail);
  im.add("imagemagick-scale", "ImageMagick: -scale", "box", {0.00052, 0.00059, 1}, area_axis);
  im.add("imagemagick-box", "ImageMagick: -filter box", "box", {0.00051, 0.0013, 10}, widened({box, 0.5}));
  im.add("imagemagick-triangle", "ImageMagick: -filter triangle", "triangle", {0.002, 0.002, 1}, widened({triangle, 1}));
  im.add("imagemagick-catrom", "ImageMagick: -filter catrom", "Keys cubic, a = -0.5", {0.012, 0.021, 17}, widened({catmull_rom, 2}));
  im.add("imagemagick-mitchell", "ImageMagick: -filter mitchell", "Mitchell cubic", {0.009, 0.009, 5}, widened({mitchell, 2}));

  const Family gm{"GraphicsMagick", "1.3.40", "float, 16 bits; fraction dropped at 8 bits", Rounding::Down, {}, &models};
  gm.add("graphicsmagick-resize", "GraphicsMagick: -resize", "Lanczos, 3 lobes", {0.014, 0.101, 32}, magick_default);
  gm.add("graphicsmagick-scale", "GraphicsMagick: -scale", "box", {0.00052, 0.00059, 1}, area_axis);

  const Family vi{"libvips", "8.14", "box, then 12-bit fixed point, bytes between", Rounding::Nearest, vips_bias, &models};
  vi.add("libvips-thumbnail", "vipsthumbnail, sharp: Lanczos 3", "box, then Lanczos, 3 lobes", {0.27, 0.64, 31}, vips({lanczos3, 3}));
  vi.add("libvips-lanczos2", "libvips, sharp: Lanczos 2", "box, then Lanczos, 2 lobes", {0.23, 0.53, 20}, vips({lanczos2, 2}));
  vi.add("libvips-cubic", "libvips, sharp: cubic", "box, then Keys cubic, a = -0.5", {0.23, 0.47, 17}, vips({catmull_rom, 2}));
  vi.add("libvips-mitchell", "libvips, sharp: Mitchell", "box, then Mitchell cubic", {0.23, 0.43, 5}, vips({mitchell, 2}));
  vi.add("libvips-linear", "libvips, sharp: linear", "box, then triangle", {0.22, 0.28, 3}, vips({triangle, 1}));

  // Its sums are rounded up: (Σ + 65535) >> 16.
  const Family gdk{"gdk-pixbuf", "2.42", "16-bit fixed point, starts at 1/16 pixel, rounded up", Rounding::Nearest,
                   [](Size, Size) { return 0.498; }, &models};
  gdk.add("gdkpixbuf-bilinear", "gdk-pixbuf: BILINEAR", "box", {0.0062, 0.0072, 1}, [](int in, int out) { return gdkpixbuf_axis(false, in, out); });
  gdk.add("gdkpixbuf-hyper", "gdk-pixbuf: HYPER", "box of the interpolated image", {0.012, 0.012, 1},
          [](int in, int out) { return gdkpixbuf_axis(true, in, out); });

  const Family qt{"Qt", "5.15", "fixed point, fraction dropped", Rounding::Down, {}, &models};
  qt.add("qt-smooth", "Qt: SmoothTransformation", "box", {0.013, 0.018, 1}, area_axis);

  const Family ca{"cairo", "1.16", "fixed point, phases of 1/64 pixel and coarser", Rounding::Nearest, {}, &models};
  ca.add("cairo-good", "cairo: GOOD", "box from a ratio of 4/3, else triangle", {0.25, 0.35, 4}, cairo_good_axis);
  ca.add("cairo-best", "cairo: BEST", "Keys cubic, a = -0.5", {0.042, 0.17, 10}, widened({catmull_rom, 2}));

  const Family gd{"GD", "2.3", "float", Rounding::Nearest, {}, &models};
  gd.add("gd-copyresampled", "PHP GD: imagecopyresampled", "box", {0.0063, 0.0081, 1}, area_axis);

  const Family sw{"swscale", "6.7", "14-bit fixed point through YUV", Rounding::Nearest, {}, &models};
  sw.add("swscale-bicubic", "ffmpeg: scale=flags=bicubic", "Keys cubic, a = -0.6", {0.043, 0.085, 10}, widened({sharp_cubic, 2}));
  sw.add("swscale-bilinear", "ffmpeg: scale=flags=bilinear", "triangle", {0.049, 0.09, 17}, widened({triangle, 1}));
  sw.add("swscale-area", "ffmpeg: scale=flags=area", "box", {0.048, 0.048, 1}, area_axis);
  sw.add("swscale-lanczos", "ffmpeg: scale=flags=lanczos", "Lanczos, 3 lobes", {0.047, 0.098, 9}, widened({lanczos3, 3}));

  const Family fx{"Firefox", "153 ESR", "fixed point", Rounding::Nearest, {}, &models};
  fx.add("firefox-img", "Firefox: img", "Lanczos, 3 lobes", {0.16, 0.25, 38}, widened({lanczos3, 3}));

  return models;
}

}  // namespace bifocal::scaling
