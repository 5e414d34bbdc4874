// SPDX-License-Identifier: LGPL-3.0-or-later
#include "small_size.hpp"

#include <algorithm>

#include <bifocal/thumbnail_size.hpp>

#include "language.hpp"

namespace plugin {
namespace {

using bifocal::Size;

int longest(Size s) { return std::max(s.width, s.height); }

/// The side that is 0 follows the cover's shape.
Size following(Size cover, Size given, const std::string& scaler) {
  constexpr int kAny = 1 << 30;
  if (given.width > cover.width) return {given.width, cover.height};  // refused, whatever it would be
  if (given.height > cover.height) return {cover.width, given.height};
  return bifocal::thumbnail_size(cover, {given.width > 0 ? given.width : kAny, given.height > 0 ? given.height : kAny},
                                 scaler);
}

}  // namespace

std::string shape_text(Size s) { return std::to_string(s.width) + "x" + std::to_string(s.height); }

Size size_of(gint32 layer) { return {gimp_drawable_width(layer), gimp_drawable_height(layer)}; }

Size small_size(gint32 cover, const Settings& s) {
  if (s.width <= 0 && s.height <= 0) return size_of(s.target);
  if (s.width > 0 && s.height > 0) return {s.width, s.height};
  return following(size_of(cover), {s.width, s.height}, s.scaler);
}

Size size_of_side(gint32 cover, int side, const std::string& scaler) {
  return bifocal::thumbnail_size(size_of(cover), {side, side}, scaler);
}

Size suggested_size(gint32 cover, gint32 target, const std::string& scaler) {
  const Size full = size_of(cover);
  const int own = longest(size_of(target));
  const int side = 2 * own <= longest(full) ? own : std::max(1, longest(full) / 4);
  return size_of_side(cover, side, scaler);
}

Size size_again(gint32 cover, const Settings& last) {
  const Size full = size_of(cover), size{last.width, last.height};
  if (size.width > 0 && size.height > 0) {
    const bool fits = size.width <= full.width && size.height <= full.height && size != full;
    if (fits && last.of_cover == full) return size;
    if (longest(size) < longest(full)) return size_of_side(cover, longest(size), last.scaler);
  }
  return suggested_size(cover, last.target, last.scaler);
}

std::string shape_words(Size cover, Size small, const std::string& scaler) {
  if (bifocal::keeps_shape(cover, small, scaler)) return {};
  const Size made = bifocal::thumbnail_size(cover, small, scaler);
  const Size right = bifocal::thumbnail_size(cover, {longest(small), longest(small)}, scaler);
  const std::string asked = shape_text(small);
  return filled(
      _("The size %1$s has another shape than the cover (%2$s). Most software keeps a picture's shape: asked for "
        "%1$s, it makes %3$s, and the target is lost. Choose %4$s, unless it will be scaled to exactly %1$s."),
      asked.c_str(), shape_text(cover).c_str(), shape_text(made).c_str(), shape_text(right).c_str());
}

}  // namespace plugin
