// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/families.hpp"

#include <algorithm>

#include "matrix/banded.hpp"
#include "matrix/kernel.hpp"
#include "scaling/averaging.hpp"
#include "scaling/axes.hpp"
#include "scaling/by_kind.hpp"
#include "scaling/picking.hpp"
#include "words/words.hpp"

namespace bifocal::scaling {

using namespace matrix;

namespace {

using Axis = std::function<BandedMatrix(int in, int out)>;
using Matrices = std::function<SeparableOperator(Size from, Size to)>;

Axis widened(Kernel kernel) {
  return [kernel](int in, int out) { return resampling_matrix(kernel, in, out); };
}
/// ImageMagick's and GraphicsMagick's default: Lanczos to shrink, Mitchell to enlarge.
BandedMatrix magick_default(int in, int out) {
  return out > in ? resampling_matrix({mitchell, 2}, in, out) : resampling_matrix({lanczos3, 3}, in, out);
}
/// ... but of grey files, palettes and files with alpha.
BandedMatrix magick_mitchell(int in, int out) { return resampling_matrix({mitchell, 2}, in, out); }

Axis vips_in_float(Kernel kernel) {
  return [kernel](int in, int out) { return vips_axis(kernel, in, out, false); };
}
Axis vips(Kernel kernel) {
  return [kernel](int in, int out) { return vips_axis(kernel, in, out); };
}

/// Images of the same size pass as they are.
Matrices unless_same(Axis axis) {
  return by_axis(
      [axis = std::move(axis)](int in, int out) { return in == out ? BandedMatrix::identity(in) : axis(in, out); });
}

/// ImageMagick's -thumbnail: where less than a tenth of the pixels stay, -sample to five times the size comes first, so
/// that much of the image is never looked at; not for thumbnails of less than 128/5 pixels (MagickCore/resize.c,
/// ThumbnailImage).
Matrices magick_thumbnail(Axis resize) {
  return [resize](Size from, Size to) {
    const bool samples = to.area() <= 0.1 * from.area() && 5 * std::min(to.width, to.height) >= 128;
    if (!samples) return unless_same(resize)(from, to);
    return by_axis([&resize](int in, int out) {
      return product(resize(5 * out, out), picking_matrix(each(magick_sample_position), in, 5 * out));
    })(from, to);
  };
}

/// Measured: mean over pictures, mean over noise or pictures (the worse), largest; in levels.
struct Measured {
  double pictures, mean, max;
};

/// What the entries of one library have in common.
struct Family {
  std::string_view program, library, version, arithmetic;
  Rounding rounding = Rounding::Nearest;
  std::function<double(Size, Size)> bias;
  std::vector<std::shared_ptr<const Model>>* models;

  void add(std::string_view id, std::string_view name, std::string_view call, std::string_view kernel, Measured error,
           Axis axis) const {
    add(id, name, call, kernel, error, unless_same(std::move(axis)));
  }
  void add(std::string_view id, std::string_view name, std::string_view call, std::string_view kernel, Measured error,
           Matrices matrices) const {
    models->push_back(entry(id, name, call, kernel, error, std::move(matrices)));
  }
  /// What the entry added last is for other kinds of file: this family's rounding and arithmetic, and that kernel.
  void but_for(Kinds kinds, std::string_view kernel, Measured error, Matrices matrices) const {
    const ScalerInfo& usual = models->back()->info();
    models->back() =
        by_kind(models->back(), kinds, entry(usual.id, usual.name, usual.call, kernel, error, std::move(matrices)));
  }

  std::shared_ptr<const Model> entry(std::string_view id, std::string_view name, std::string_view call,
                                     std::string_view kernel, Measured error, Matrices matrices) const {
    ScalerInfo i;
    i.id = id;
    i.name = name;
    i.call = call;
    i.program = program;
    i.library = library;
    i.version = version;
    i.kernel = kernel;
    i.arithmetic = arithmetic;
    i.exactness = Exactness::Close;
    i.picture_error = error.pictures;
    i.mean_error = error.mean;
    i.max_error = error.max;
    return averaging_model({i, std::move(matrices), rounding, bias});
  }
};

}  // namespace

std::vector<std::shared_ptr<const Model>> family_models() {
  std::vector<std::shared_ptr<const Model>> models;

  const Family im{
      "ImageMagick", "ImageMagick", "6.9.11", "float, 16 bits; fraction dropped at 8 bits", Rounding::Down, {},
      &models};
  im.add("imagemagick-resize", "ImageMagick: -resize", "convert -resize", "Lanczos, 3 lobes", {0.014, 0.101, 32},
         magick_default);
  im.but_for(grey_or_alpha, "Mitchell cubic", {0.009, 0.009, 4}, unless_same(magick_mitchell));
  im.add("imagemagick-thumbnail", "ImageMagick: -thumbnail", "convert -thumbnail",
         "every few pixels, then Lanczos, 3 lobes", {0.014, 0.101, 32}, magick_thumbnail(magick_default));
  im.but_for(grey_or_alpha, "every few pixels, then Mitchell cubic", {0.009, 0.009, 4},
             magick_thumbnail(magick_mitchell));
  im.add("imagemagick-scale", "ImageMagick: -scale", "convert -scale", "box", {0.00055, 0.0006, 1}, area_axis);
  im.add("imagemagick-box", "ImageMagick: -filter box", "convert -filter box -resize", "box", {0.00051, 0.0013, 10},
         widened({box, 0.5}));
  im.add("imagemagick-triangle", "ImageMagick: -filter triangle", "convert -filter triangle -resize", "triangle",
         {0.0022, 0.0022, 1}, widened({triangle, 1}));
  im.add("imagemagick-catrom", "ImageMagick: -filter catrom", "convert -filter catrom -resize", "Keys cubic, a = -0.5",
         {0.012, 0.021, 21}, widened({catmull_rom, 2}));
  im.add("imagemagick-mitchell", "ImageMagick: -filter mitchell", "convert -filter mitchell -resize", "Mitchell cubic",
         {0.009, 0.009, 6}, widened({mitchell, 2}));

  const Family gm{
      "GraphicsMagick", "GraphicsMagick", "1.3.40", "float, 16 bits; fraction dropped at 8 bits", Rounding::Down, {},
      &models};
  gm.add("graphicsmagick-resize", "GraphicsMagick: -resize", "gm convert -resize", "Lanczos, 3 lobes",
         {0.014, 0.101, 32}, magick_default);
  gm.but_for(grey_or_alpha, "Mitchell cubic", {0.009, 0.009, 4}, unless_same(magick_mitchell));
  gm.add("graphicsmagick-scale", "GraphicsMagick: -scale", "gm convert -scale", "box", {0.00055, 0.0006, 1}, area_axis);

  // Colours are multiplied by their alpha first, and stay floats from then on.
  const Family va{"libvips and sharp", "libvips", "8.14", "box, then float; fraction dropped",
                  Rounding::Down,      {},        &models};
  const Family vi{"libvips and sharp", "libvips", "8.14", "box, then 12-bit fixed point, bytes between",
                  Rounding::Nearest,   vips_bias, &models};
  vi.add("libvips-thumbnail", "vipsthumbnail, sharp: Lanczos 3", "vipsthumbnail, sharp(file).resize(width, height)",
         "box, then Lanczos, 3 lobes", {0.27, 0.65, 35}, vips({lanczos3, 3}));
  va.but_for(with_alpha, "box, then Lanczos, 3 lobes", {0.00001, 0.00001, 1},
             unless_same(vips_in_float({lanczos3, 3})));
  vi.add("libvips-lanczos2", "libvips, sharp: Lanczos 2",
         "vips resize --kernel lanczos2, sharp(file).resize({kernel: 'lanczos2'})", "box, then Lanczos, 2 lobes",
         {0.23, 0.53, 25}, vips({lanczos2, 2}));
  vi.add("libvips-cubic", "libvips, sharp: cubic", "vips resize --kernel cubic, sharp(file).resize({kernel: 'cubic'})",
         "box, then Keys cubic, a = -0.5", {0.23, 0.5, 22}, vips({catmull_rom, 2}));
  vi.add("libvips-mitchell", "libvips, sharp: Mitchell",
         "vips resize --kernel mitchell, sharp(file).resize({kernel: 'mitchell'})", "box, then Mitchell cubic",
         {0.23, 0.44, 6}, vips({mitchell, 2}));
  vi.add("libvips-linear", "libvips, sharp: linear",
         "vips resize --kernel linear, sharp(file).resize({kernel: 'linear'})", "box, then triangle", {0.22, 0.32, 3},
         vips({triangle, 1}));

  // Its sums are rounded up: (Σ + 65535) >> 16.
  const Family gdk{"gdk-pixbuf (GNOME)",
                   "gdk-pixbuf",
                   "2.42",
                   "16-bit fixed point, starts at 1/16 pixel, rounded up",
                   Rounding::Nearest,
                   [](Size, Size) { return 0.498; },
                   &models};
  const Family gda{
      "gdk-pixbuf (GNOME)", "gdk-pixbuf", "2.42", "16-bit fixed point, starts at 1/16 pixel, fraction dropped",
      Rounding::Down,       {},           &models};
  gdk.add("gdkpixbuf-bilinear", "gdk-pixbuf: BILINEAR",
          "gdk_pixbuf_scale_simple(image, width, height, GDK_INTERP_BILINEAR)", "box", {0.0062, 0.0072, 1},
          [](int in, int out) { return gdkpixbuf_axis(false, in, out); });
  gda.but_for(with_alpha, "box", {0.0015, 0.0025, 1},
              unless_same([](int in, int out) { return gdkpixbuf_axis(false, in, out); }));
  gdk.add("gdkpixbuf-hyper", "gdk-pixbuf: HYPER", "gdk_pixbuf_scale_simple(image, width, height, GDK_INTERP_HYPER)",
          "box of the interpolated image", {0.012, 0.012, 1},
          [](int in, int out) { return gdkpixbuf_axis(true, in, out); });
  gda.but_for(with_alpha, "box of the interpolated image", {0.0015, 0.0027, 1},
              unless_same([](int in, int out) { return gdkpixbuf_axis(true, in, out); }));

  const Family qt{"Qt", "Qt", "5.15", "fixed point, fraction dropped", Rounding::Down, {}, &models};
  qt.add("qt-smooth", "Qt: SmoothTransformation", "QImage::scaled(size, IgnoreAspectRatio, SmoothTransformation)",
         "box", {0.019, 0.022, 1}, area_axis);

  const Family ca{"cairo",           "cairo", "1.16", "fixed point, phases of 1/64 pixel and coarser",
                  Rounding::Nearest, {},      &models};
  ca.add("cairo-good", "cairo: GOOD", "cairo_pattern_set_filter(pattern, CAIRO_FILTER_GOOD)",
         "box from a ratio of 4/3, else triangle", {0.25, 0.35, 4}, cairo_good_axis);
  ca.add("cairo-best", "cairo: BEST", "cairo_pattern_set_filter(pattern, CAIRO_FILTER_BEST)", "Keys cubic, a = -0.5",
         {0.042, 0.17, 10}, widened({catmull_rom, 2}));

  const Family gd{"PHP", "GD", "2.3", "float", Rounding::Nearest, {}, &models};
  gd.add("gd-copyresampled", "PHP GD: imagecopyresampled", "imagecopyresampled()", "box", {0.01, 0.012, 1}, area_axis);

  const Family sw{"ffmpeg", "swscale", "6.7", "14-bit fixed point through YUV", Rounding::Nearest, {}, &models};
  sw.add("swscale-bicubic", "ffmpeg: scale=flags=bicubic",
         "ffmpeg -vf scale=width:height:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp",
         "Keys cubic, a = -0.6", {0.043, 0.086, 19}, widened({sharp_cubic, 2}));
  sw.add("swscale-bilinear", "ffmpeg: scale=flags=bilinear",
         "ffmpeg -vf scale=width:height:flags=bilinear+accurate_rnd+full_chroma_int+full_chroma_inp", "triangle",
         {0.049, 0.092, 17}, widened({triangle, 1}));
  sw.add("swscale-area", "ffmpeg: scale=flags=area",
         "ffmpeg -vf scale=width:height:flags=area+accurate_rnd+full_chroma_int+full_chroma_inp", "box",
         {0.049, 0.049, 1}, area_axis);
  sw.add("swscale-lanczos", "ffmpeg: scale=flags=lanczos",
         "ffmpeg -vf scale=width:height:flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp", "Lanczos, 3 lobes",
         {0.047, 0.106, 31}, widened({lanczos3, 3}));

  const Family fx{N_("Web browsers"), "Firefox", "153 ESR", "fixed point", Rounding::Nearest, {}, &models};
  fx.add("firefox-img", "Firefox: img", "<img>", "Lanczos, 3 lobes", {0.16, 0.25, 38}, widened({lanczos3, 3}));

  return models;
}

}  // namespace bifocal::scaling
