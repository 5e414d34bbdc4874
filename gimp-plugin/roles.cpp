// SPDX-License-Identifier: LGPL-3.0-or-later
#include "roles.hpp"

#include <algorithm>
#include <vector>

#include <libgimp/gimp.h>

#include "checks.hpp"
#include "language.hpp"
#include "origin.hpp"
#include "small_size.hpp"

namespace plugin {
namespace {

using bifocal::Size;

/// Twice the sides, or more.
bool much_larger(Size a, Size b) { return a.width >= 2 * b.width && a.height >= 2 * b.height; }

bool may_be_cover(gint32 layer) {
  return gimp_image_base_type(gimp_item_get_image(layer)) != GIMP_INDEXED && !is_result(layer);
}

/// What else is open and may be the target; an image's layers from the top down.
std::vector<gint32> others(gint32 clicked) {
  std::vector<gint32> found;
  for (const gint32 layer : open_layers())
    if (can_be_target(clicked, layer)) found.push_back(layer);
  return found;
}

std::string words_of(gint32 cover, gint32 target) {
  const std::string cover_name = picture_name(cover), target_name = picture_name(target);
  return size_of(cover) == size_of(target)
             ? filled(_("'%1$s' is taken as the cover, as it lies below '%2$s'. 'Swap' exchanges them."),
                      cover_name.c_str(), target_name.c_str())
             : filled(_("'%1$s' is taken as the cover, as it is larger than '%2$s'. 'Swap' exchanges them."),
                      cover_name.c_str(), target_name.c_str());
}

/// The layer that is meant as the cover instead, or -1.
gint32 better_cover(const Roles& given, bool known) {
  const Size own = size_of(given.cover);
  if (known) return may_be_cover(given.target) && much_larger(size_of(given.target), own) ? given.target : -1;
  const std::vector<gint32> all = others(given.cover);
  const auto area = [](gint32 layer) { return size_of(layer).area(); };
  gint32 largest = -1;
  for (const gint32 layer : all)
    if (may_be_cover(layer) && (largest == -1 || area(layer) >= area(largest))) largest = layer;
  if (largest == -1) return -1;
  const bool smallest = std::none_of(all.begin(), all.end(), [&](gint32 l) { return area(l) < own.area(); });
  if (smallest && much_larger(size_of(largest), own)) return largest;
  const gint32 image = gimp_item_get_image(given.cover);
  const bool one_image =
      std::all_of(all.begin(), all.end(), [image](gint32 l) { return gimp_item_get_image(l) == image; });
  if (!one_image || gimp_item_get_parent(given.cover) != gimp_item_get_parent(largest)) return -1;
  const bool below = gimp_image_get_item_position(image, largest) > gimp_image_get_item_position(image, given.cover);
  return area(largest) > own.area() || (size_of(largest) == own && below) ? largest : -1;
}

}  // namespace

Roles likely_roles(const Roles& given, bool known) {
  const gint32 cover = better_cover(given, known);
  if (cover == -1) return given;
  return {cover, given.cover, words_of(cover, given.cover)};
}

}  // namespace plugin
