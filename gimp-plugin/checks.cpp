// SPDX-License-Identifier: LGPL-3.0-or-later
#include "checks.hpp"

#include <algorithm>
#include <cctype>
#include <memory>

#include <bifocal/scaler.hpp>

#include "answer.hpp"

namespace plugin {
namespace {

/// A string that GIMP gave away.
std::string own(gchar* text) {
  const std::unique_ptr<gchar, decltype(&g_free)> owned(text, g_free);
  return owned ? owned.get() : "";
}

std::string name_of(gint32 item) { return own(gimp_item_get_name(item)); }

std::string text(int width, int height) { return std::to_string(width) + "x" + std::to_string(height); }

void check_plain_layer(gint32 item, const std::string& role) {
  if (gimp_item_is_layer_mask(item))
    throw UserError("The " + role + " is a layer mask. Click on the layer itself in the Layers dialog.");
  if (!gimp_item_is_layer(item))
    throw UserError("The " + role + " is a channel. Bifocal works on layers: click on a layer in the Layers dialog.");
  if (gimp_item_is_group(item))
    throw UserError("The " + role + " '" + name_of(item) +
                    "' is a layer group. Choose a single layer, or merge the group with Layer > Merge Layer Group.");
  if (gimp_layer_is_floating_sel(item))
    throw UserError("The " + role +
                    " is a floating selection. Anchor it (Layer > Anchor Layer) or make it a new layer first.");
}

}  // namespace

void check_cover(gint32 image, gint32 cover) {
  if (!gimp_image_is_valid(image)) throw UserError("The image is not open any more. Nothing was changed.");
  if (!gimp_item_is_valid(cover)) throw UserError("The cover layer is not there any more. Nothing was changed.");
  if (gimp_item_get_image(cover) != image) throw UserError("The cover layer does not belong to the image.");
  if (gimp_image_base_type(image) == GIMP_INDEXED)
    throw UserError(
        "Bifocal cannot work on indexed images, whose colours come from a fixed list. Convert the image with Image > "
        "Mode > RGB first.");
  check_plain_layer(cover, "cover");
  if (gimp_image_get_floating_sel(image) != -1)
    throw UserError(
        "The image has a floating selection. Anchor it (Layer > Anchor Layer) or make it a new layer first.");
}

void check_target(gint32 cover, gint32 target) {
  if (target == cover)
    throw UserError("The target is the same layer as the cover. Choose another layer as the target.");
  if (!gimp_item_is_valid(target))
    throw UserError(
        "There is no target layer (it was not chosen, or it is not there any more). Open a second picture, for example "
        "with File > Open as Layers, and choose its layer as the target.");
  check_plain_layer(target, "target");
}

void check_selection(gint32 image, gint32 cover) {
  gint x, y, width, height;
  if (!gimp_selection_is_empty(image) && !gimp_drawable_mask_intersect(cover, &x, &y, &width, &height))
    throw UserError(
        "The selection does not touch the cover layer, so nothing could change. Select a part of the layer, or use "
        "Select > None.");
}

void check_settings(gint32 cover, const Settings& s) {
  if (s.width < 0 || s.height < 0)
    throw UserError("The size of the small image is " + text(s.width, s.height) +
                    ". Width and height must be 1 pixel or more (0 takes the target layer's own).");
  const bifocal::Size size = small_size(s);
  const int width = gimp_drawable_width(cover), height = gimp_drawable_height(cover);
  if (size.width > width || size.height > height)
    throw UserError("The small image (" + text(size.width, size.height) + " pixels) is larger than the cover (" +
                    text(width, height) + "). Choose a smaller size" +
                    (s.width > 0 && s.height > 0 ? "." : "; 0 takes the target layer's own size."));
  if (size == bifocal::Size{width, height})
    throw UserError("The small image must be smaller than the cover; both have " + text(width, height) + " pixels.");
  if (!(s.balance >= 0 && s.balance <= 100))
    throw UserError("The balance is " + std::to_string(s.balance) +
                    ". It must lie between 0 (keep the cover) and 100 (exact thumbnail).");
  if (s.appearance < 0 || s.appearance > 1)
    throw UserError("The appearance is " + std::to_string(s.appearance) +
                    ". It must be 0 (pixel by pixel) or 1 (to the eye).");
  if (s.scaler != bifocal::kAnyScaler)
    bifocal::Scaler::find(s.scaler);  // throws with the known ids
  else if (s.appearance != int(bifocal::Appearance::Eye))
    throw UserError("Any ordinary thumbnail can be had to the eye only. Choose 'To the eye', or one scaler.");
}

bool can_be_target(gint32 cover, gint32 item) {
  return item != cover && gimp_item_is_valid(item) && gimp_item_is_layer(item) && !gimp_item_is_group(item) &&
         !gimp_layer_is_floating_sel(item);
}

gint32 find_target_named(gint32 cover, const std::string& name, bool or_any) {
  gint32 same_name = -1, any = -1;
  gint images = 0;
  const std::unique_ptr<gint, decltype(&g_free)> list(gimp_image_list(&images), g_free);
  for (gint i = 0; i < images; ++i) {
    gint layers = 0;
    const std::unique_ptr<gint, decltype(&g_free)> ids(gimp_image_get_layers(list.get()[i], &layers), g_free);
    for (gint k = 0; k < layers; ++k) {
      const gint32 id = ids.get()[k];
      if (!can_be_target(cover, id)) continue;
      any = id;
      if (picture_name(id) == name) same_name = id;
    }
  }
  return same_name != -1 || !or_any ? same_name : any;
}

bifocal::Appearance suggested_appearance(gint32 cover, const Settings& s) {
  using bifocal::Appearance;
  if (s.scaler == bifocal::kAnyScaler) return Appearance::Eye;
  const bifocal::ScalerInfo info = bifocal::Scaler::find(s.scaler).info();
  const bifocal::Size size = small_size(s);
  const bool half = size.width * 2 <= gimp_drawable_width(cover) && size.height * 2 <= gimp_drawable_height(cover);
  return half && info.antialiases && info.light == bifocal::Light::Encoded ? Appearance::Eye : Appearance::Pixels;
}

bifocal::Size small_size(const Settings& s) {
  return {s.width > 0 ? s.width : gimp_drawable_width(s.target),
          s.height > 0 ? s.height : gimp_drawable_height(s.target)};
}

std::string picture_name(gint32 layer) {
  const gint32 image = gimp_item_get_image(layer);
  gint layers = 0;
  g_free(gimp_image_get_layers(image, &layers));
  // GIMP names the only layer of most files "Background".
  std::string name = layers == 1 ? own(gimp_image_get_name(image)) : name_of(layer);
  const std::size_t dot = name.rfind('.');
  const bool extension =
      dot != std::string::npos && dot > 0 && name.size() - dot >= 3 && name.size() - dot <= 5 &&
      std::all_of(name.begin() + dot + 1, name.end(), [](unsigned char c) { return std::isalnum(c); });
  if (extension) name.resize(dot);
  return name;
}

}  // namespace plugin
