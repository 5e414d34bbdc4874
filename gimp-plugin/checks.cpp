// SPDX-License-Identifier: LGPL-3.0-or-later
#include "checks.hpp"

#include <algorithm>
#include <cctype>
#include <memory>
#include <vector>

#include <gio/gio.h>

#include <bifocal/number.hpp>
#include <bifocal/scaler.hpp>

#include "answer.hpp"
#include "gimp_folder.hpp"
#include "language.hpp"
#include "origin.hpp"
#include "small_size.hpp"

namespace plugin {
namespace {

using Ids = std::unique_ptr<gint, decltype(&g_free)>;

/// A string that GIMP gave away.
std::string own(gchar* text) {
  const std::unique_ptr<gchar, decltype(&g_free)> owned(text, g_free);
  return owned ? owned.get() : "";
}

std::string name_of(gint32 item) { return own(gimp_item_get_name(item)); }

bool is_empty_group(gint32 group) {
  gint children = 0;
  g_free(gimp_item_get_children(group, &children));
  return children == 0;
}

/// What a layer is chosen as.
enum class As { Cover, Target };

void check_layer(gint32 item, As as) {
  const bool cover = as == As::Cover;
  if (!gimp_item_is_layer(item))
    throw UserError(
        cover ? _("The cover is a channel. Bifocal works on layers: click on a layer in the Layers dialog.")
              : _("The target is a channel. Bifocal works on layers: click on a layer in the Layers dialog."));
  if (gimp_item_is_group(item) && is_empty_group(item))
    throw UserError(filled(cover ? _("The cover '%s' is a layer group without layers. Choose another layer.")
                                 : _("The target '%s' is a layer group without layers. Choose another layer."),
                           name_of(item).c_str()));
  if (gimp_layer_is_floating_sel(item))
    throw UserError(
        cover
            ? _("The cover is a floating selection. Anchor it (Layer > Anchor Layer) or make it a new layer first.")
            : _("The target is a floating selection. Anchor it (Layer > Anchor Layer) or make it a new layer first."));
}

/// All layers of an image, also those in groups.
std::vector<gint32> layers_of(gint32 image) {
  gint count = 0;
  const Ids top(gimp_image_get_layers(image, &count), g_free);
  std::vector<gint32> layers(top.get(), top.get() + count);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (!gimp_item_is_group(layers[i])) continue;
    const Ids children(gimp_item_get_children(layers[i], &count), g_free);
    layers.insert(layers.end(), children.get(), children.get() + count);
  }
  return layers;
}

}  // namespace

gint32 layer_meant(gint32 drawable) {
  return gimp_item_is_valid(drawable) && gimp_item_is_layer_mask(drawable) ? gimp_layer_from_mask(drawable) : drawable;
}

void check_cover(gint32 image, gint32 cover) {
  if (!gimp_image_is_valid(image)) throw UserError(_("The image is not open any more. Nothing was changed."));
  if (!gimp_item_is_valid(cover)) throw UserError(_("The cover layer is not there any more. Nothing was changed."));
  if (gimp_item_get_image(cover) != image) throw UserError(_("The cover layer does not belong to the image."));
  if (gimp_image_base_type(image) == GIMP_INDEXED)
    throw UserError(
        _("Bifocal cannot work on indexed images, whose colours come from a fixed list. Convert the image with Image > "
          "Mode > RGB first."));
  check_layer(cover, As::Cover);
  if (gimp_image_get_floating_sel(image) != -1)
    throw UserError(
        _("The image has a floating selection. Anchor it (Layer > Anchor Layer) or make it a new layer first."));
  if (const std::vector<gint32> layers = layers_of(image);
      std::find(layers.begin(), layers.end(), cover) == layers.end())
    throw UserError(_("The cover layer is not among the image's layers. Insert it into the image first."));
}

void check_target(gint32 cover, gint32 target) {
  if (target == cover)
    throw UserError(_("The target is the same layer as the cover. Choose another layer as the target."));
  if (!gimp_item_is_valid(target))
    throw UserError(_(
        "There is no target layer (it was not chosen, or it is not there any more). Open a second picture, for example "
        "with File > Open as Layers, and choose its layer as the target."));
  check_layer(target, As::Target);
}

void check_selection(gint32 image, gint32 cover) {
  gint x, y, width, height;
  if (!gimp_selection_is_empty(image) && !gimp_drawable_mask_intersect(cover, &x, &y, &width, &height))
    throw UserError(
        _("The selection does not touch the cover layer, so nothing could change. Select a part of the layer, or use "
          "Select > None."));
}

void check_settings(gint32 cover, const Settings& s) {
  if (s.width < 0 || s.height < 0)
    throw UserError(
        filled(_("The size of the small image is %s. Width and height must be 1 pixel or more. (A side of 0 "
                 "follows the cover's shape; 0x0 takes the target layer's own size.)"),
               shape_text({s.width, s.height}).c_str()));
  const bifocal::Size size = small_size(cover, s);
  const int width = gimp_drawable_width(cover), height = gimp_drawable_height(cover);
  if (size.width > width || size.height > height)
    throw UserError(filled(s.width > 0 && s.height > 0
                               ? _("The small image (%s pixels) is larger than the cover (%s). Choose a smaller size.")
                               : _("The small image (%s pixels) is larger than the cover (%s). Choose a smaller size; "
                                   "0x0 takes the target layer's own size."),
                           shape_text(size).c_str(), shape_text({width, height}).c_str()));
  if (size == bifocal::Size{width, height})
    throw UserError(filled(_("The small image must be smaller than the cover; both have %s pixels."),
                           shape_text({width, height}).c_str()));
  if (!(s.balance >= 0 && s.balance <= 100))
    throw UserError(filled(_("The balance is %s. It must lie between 0 (keep the cover) and 100 (exact thumbnail)."),
                           bifocal::number_text(s.balance).c_str()));
  if (s.appearance < 0 || s.appearance > 1)
    throw UserError(filled(_("The appearance is %d. It must be 0 (pixel by pixel) or 1 (to the eye)."), s.appearance));
  if (s.scaler != bifocal::kAnyScaler)
    bifocal::Scaler::find(s.scaler);  // throws with the known ids
  else if (s.appearance != int(bifocal::Appearance::Eye))
    throw UserError(_("Any ordinary thumbnail can be had to the eye only. Choose 'To the eye', or one scaler."));
}

std::vector<gint32> open_layers() {
  gint images = 0;
  const Ids list(gimp_image_list(&images), g_free);
  std::vector<gint32> all;
  for (gint i = 0; i < images; ++i) {
    const std::vector<gint32> layers = layers_of(list.get()[i]);
    all.insert(all.end(), layers.begin(), layers.end());
  }
  return all;
}

bool can_be_target(gint32 cover, gint32 item) {
  return item != cover && gimp_item_is_valid(item) && gimp_item_is_layer(item) && !gimp_layer_is_floating_sel(item) &&
         !(gimp_item_is_group(item) && is_empty_group(item));
}

gint32 find_target_named(gint32 cover, const std::string& name, bool or_any) {
  gint32 same_name = -1, any = -1;
  for (const gint32 id : open_layers()) {
    if (!can_be_target(cover, id)) continue;
    if (picture_name(id) == name) same_name = id;
    if (or_any && same_name == -1 && !is_result(id)) any = id;
  }
  return same_name != -1 || !or_any ? same_name : any;
}

gint32 find_last_target(gint32 cover, gint32 id, const std::string& name) {
  if (can_be_target(cover, id)) return id;
  if (const gint32 named = find_target_named(cover, name, false); named != -1) return named;
  throw UserError(filled(_("The last target '%s' is not open any more, or is the cover itself. Open it, or choose "
                           "another one in the dialog."),
                         name.c_str()));
}

bifocal::Appearance suggested_appearance(gint32 cover, const Settings& s) {
  using bifocal::Appearance;
  if (s.scaler == bifocal::kAnyScaler) return Appearance::Eye;
  const bool averages = bifocal::Scaler::find(s.scaler).info().averages_encoded();
  const bifocal::Size size = small_size(cover, s);
  const bool half = size.width * 2 <= gimp_drawable_width(cover) && size.height * 2 <= gimp_drawable_height(cover);
  return half && averages ? Appearance::Eye : Appearance::Pixels;
}

std::string picture_name(gint32 layer) {
  const gint32 image = gimp_item_get_image(layer);
  gint layers = 0;
  g_free(gimp_image_get_layers(image, &layers));
  std::string name = name_of(layer);
  // GIMP names the only layer of most files "Background". The image's own name has "(imported)" and the like in it.
  const std::string uri = layers == 1 ? own(gimp_image_get_uri(image)) : "";
  if (!uri.empty()) {
    const std::unique_ptr<GFile, decltype(&g_object_unref)> file(g_file_new_for_uri(uri.c_str()), g_object_unref);
    if (const Text base(g_file_get_basename(file.get())); base) name = Text(g_filename_display_name(base.get())).get();
  }
  const std::size_t dot = name.rfind('.');
  const bool extension =
      dot != std::string::npos && dot > 0 && name.size() - dot >= 3 && name.size() - dot <= 5 &&
      std::all_of(name.begin() + dot + 1, name.end(), [](unsigned char c) { return std::isalnum(c); });
  if (extension) name.resize(dot);
  return name;
}

}  // namespace plugin
