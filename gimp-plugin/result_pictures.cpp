// SPDX-License-Identifier: LGPL-3.0-or-later
#include "result_pictures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <new>

#include <bifocal/error.hpp>
#include <bifocal/scaler.hpp>

#include "image_part.hpp"

namespace plugin {
namespace {

using bifocal::Image8;
using bifocal::Region;
using bifocal::Scaler;
using bifocal::Size;

/// Where most people meet small images: browsers, file managers, Python, servers, GIMP.
constexpr std::array<std::string_view, 6> kKnown{"chromium-img",          "firefox-img",    "gdkpixbuf-bilinear",
                                                 "imagemagick-thumbnail", "pillow-bicubic", "gimp-cubic"};
constexpr char kFromAfar[] = "custom:kernel=box,antialias=yes,light=linear,rounding=nearest";
constexpr int kFused = 4;  // pixels in a row whose grain an average leaves nothing of
constexpr int kBlur = 40;  // px around a part that an eye blurs into it, at most

Size within(Size size, int side) {
  const double share = std::min(1.0, static_cast<double>(side) / std::max(size.width, size.height));
  const auto of = [share](int n) { return std::max(1, static_cast<int>(std::lround(n * share))); };
  return {of(size.width), of(size.height)};
}

ResultPictures of_image(const Image8& image, const bifocal::Goal& goal) {
  ResultPictures p;
  p.goal = goal;
  const Size far = within(image.size(), ResultPictures::kFar);
  if (std::max(image.width(), image.height()) < kFused * ResultPictures::kFar)
    p.far = bifocal::seen_by_eye(goal, image);
  p.far = Scaler::find(kFromAfar).resize(p.far.empty() ? image : p.far, far);
  p.image = image;
  return p;
}

void add(ResultPictures& p, std::string_view scaler, Size size, bifocal::FileKind file) {
  const Scaler found = Scaler::find(scaler);
  p.programs.push_back({std::string(found.info().name), found.reading(file, p.image.channels()).resize(p.image, size)});
}

/// Pictures are no reason to lose a result.
template <class Make>
ResultPictures or_none(const Make& make) {
  try {
    return make();
  } catch (const std::bad_alloc&) {
    return {};
  } catch (const bifocal::Error&) {
    return {};
  }
}

}  // namespace

ResultPictures pictures_of(const bifocal::Request& r, const Image8& image) {
  return or_none([&] {
    ResultPictures p = of_image(image, r.goal);
    const auto add_to = [&](std::string_view scaler, const bifocal::Target& t) {
      if (p.programs.size() < ResultPictures::kMostPrograms) add(p, scaler, bifocal::size_of(r, t), r.file);
    };
    for (const bifocal::Target& t : r.targets)
      if (t.scaler != bifocal::kAnyScaler) add_to(t.scaler, t);
    if (r.targets.size() > 1) return p;
    for (const std::string_view scaler : kKnown)
      if (scaler != r.target().scaler) add_to(scaler, r.target());
    return p;
  });
}

Image8 seen_part(const ResultPictures& pictures, const Region& part) {
  const Size full = pictures.image.size();
  const int left = std::max(0, part.x - kBlur), top = std::max(0, part.y - kBlur);
  const Region wide{left,
                    top,
                    {std::min(full.width, part.x + part.size.width + kBlur) - left,
                     std::min(full.height, part.y + part.size.height + kBlur) - top}};
  return part_of(bifocal::seen_by_eye(pictures.goal, part_of(pictures.image, wide)),
                 {part.x - left, part.y - top, part.size});
}

}  // namespace plugin
