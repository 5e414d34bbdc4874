// SPDX-License-Identifier: LGPL-3.0-or-later
#include "exported.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

#include "answer.hpp"
#include "buffers.hpp"
#include "gimp_folder.hpp"
#include "language.hpp"
#include "origin.hpp"
#include "small_size.hpp"

namespace plugin {
namespace {

constexpr std::size_t kNamed = 3;  // layers that a reason names

/// The layers of one level of an image's tree, from the top down. `parent` -1: the outermost level.
std::vector<gint32> level(gint32 image, gint32 parent) {
  gint count = 0;
  const std::unique_ptr<gint, decltype(&g_free)> ids(
      parent == -1 ? gimp_image_get_layers(image, &count) : gimp_item_get_children(parent, &count), g_free);
  return {ids.get(), ids.get() + count};
}

/// The layer of a duplicate that stands where `layer` stands in its image.
gint32 counterpart(gint32 layer, gint32 duplicate) {
  const gint32 parent = gimp_item_get_parent(layer);
  const std::vector<gint32> layers = level(duplicate, parent == -1 ? -1 : counterpart(parent, duplicate));
  return layers.at(gimp_image_get_item_position(gimp_item_get_image(layer), layer));
}

/// A copy of an image that no one sees.
class Duplicate {
 public:
  explicit Duplicate(gint32 image) : id_(gimp_image_duplicate(image)) {
    if (id_ == -1) throw UserError(_("GIMP could not copy the image to see what it would export."));
    gimp_image_undo_disable(id_);
  }
  Duplicate(const Duplicate&) = delete;
  Duplicate& operator=(const Duplicate&) = delete;
  ~Duplicate() { gimp_image_delete(id_); }
  gint32 id() const { return id_; }

 private:
  gint32 id_;
};

/// One layer of the image's size, as gimp_export_image makes it for a format without layers.
gint32 merged(gint32 image) {
  const std::vector<gint32> layers = level(image, -1);
  const int width = gimp_image_width(image), height = gimp_image_height(image);
  if (std::count_if(layers.begin(), layers.end(), [](gint32 l) { return gimp_item_get_visible(l); }) <= 1) {
    const bool grey = gimp_image_base_type(image) == GIMP_GRAY;
    const gint32 clear = gimp_layer_new(image, "-", width, height, grey ? GIMP_GRAYA_IMAGE : GIMP_RGBA_IMAGE, 100,
                                        GIMP_LAYER_MODE_NORMAL);
    gimp_image_insert_layer(image, clear, -1, 1);
    gimp_drawable_fill(clear, GIMP_FILL_TRANSPARENT);
  }
  const gint32 layer = gimp_image_merge_visible_layers(image, GIMP_CLIP_TO_IMAGE);
  if (layer == -1) throw UserError(_("GIMP could not merge the visible layers to see what it would export."));
  if (gimp_drawable_width(layer) != width || gimp_drawable_height(layer) != height)
    gimp_layer_resize_to_image_size(layer);
  return layer;
}

struct Box {
  int x, y, width, height;
};

Box box_of(gint32 layer);

/// The only layer of an image, that a file can hold as it is.
bool is_plain(gint32 layer) {
  const gint32 image = gimp_item_get_image(layer);
  const Box box = box_of(layer);
  return !gimp_item_is_group(layer) && gimp_item_get_visible(layer) && gimp_layer_get_opacity(layer) >= 100 &&
         gimp_layer_get_mask(layer) == -1 && box.x == 0 && box.y == 0 && box.width == gimp_image_width(image) &&
         box.height == gimp_image_height(image);
}

Box box_of(gint32 layer) {
  gint x = 0, y = 0;
  gimp_drawable_offsets(layer, &x, &y);
  return {x, y, gimp_drawable_width(layer), gimp_drawable_height(layer)};
}

bool overlap(Box a, Box b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

std::string names_of(const std::vector<gint32>& layers) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < layers.size() && i < kNamed; ++i) names.push_back(quoted(layers[i]));
  if (layers.size() <= kNamed) return listed(names);
  const std::size_t more = layers.size() - kNamed;
  std::string all = names[0];
  for (std::size_t i = 1; i < names.size(); ++i) all = filled(_("%s, %s"), all.c_str(), names[i].c_str());
  // TRANSLATORS: the names of some layers, and how many more there are
  return filled(plural("%s and %zu more", "%s and %zu more", more), all.c_str(), more);
}

std::string canvas_reason(gint32 cover) {
  const gint32 image = gimp_item_get_image(cover);
  const Box box = box_of(cover);
  const int width = gimp_image_width(image), height = gimp_image_height(image);
  if (box.x == 0 && box.y == 0 && box.width == width && box.height == height) return "";
  // TRANSLATORS: a reason, after "GIMP exports this image ... as something else than the result:"
  if (box.width == width && box.height == height) return _("the layer is moved out of the canvas");
  return filled(box.x != 0 || box.y != 0 ? _("the canvas has %s pixels and the layer %s, which is not in its corner")
                                         : _("the canvas has %s pixels and the layer %s"),
                shape_text({width, height}).c_str(), shape_text({box.width, box.height}).c_str());
}

void group_reasons(gint32 group, std::vector<std::string>& reasons) {
  const std::string name = quoted(group);
  const auto add = [&](const char* reason) { reasons.push_back(filled(reason, name.c_str())); };
  if (!gimp_item_get_visible(group)) add(_("the layer group %s is hidden"));
  if (gimp_layer_get_opacity(group) < 100)
    reasons.push_back(filled(_("the layer group %s has an opacity of %d %%"), name.c_str(),
                             int(gimp_layer_get_opacity(group) + 0.5)));
  const GimpLayerMode mode = gimp_layer_get_mode(group);
  if (mode != GIMP_LAYER_MODE_NORMAL && mode != GIMP_LAYER_MODE_NORMAL_LEGACY && mode != GIMP_LAYER_MODE_PASS_THROUGH)
    add(_("the layer group %s has a layer mode of its own"));
  if (has_shown_mask(group)) add(_("the layer group %s has a layer mask"));
}

}  // namespace

Placement placement(gint32 cover, gint32 below, const std::vector<gint32>& targets, bool transparent) {
  Placement place{cover, below, {}, -1, {}};
  const gint32 image = gimp_item_get_image(cover);
  std::vector<gint32> layers = targets;
  if (transparent) layers.insert(layers.end(), {cover, below});
  for (gint32 layer : layers)
    if (gimp_item_get_image(layer) == image && gimp_item_get_visible(layer) &&
        std::find(place.hidden.begin(), place.hidden.end(), layer) == place.hidden.end())
      place.hidden.push_back(layer);
  return place;
}

bifocal::Image8 exported_colours(gint32 result, const Placement& place, const Encoding& encoding) {
  const gint32 image = gimp_item_get_image(place.cover);
  const Duplicate duplicate(image);
  const gint32 copy = gimp_layer_new_from_drawable(result, duplicate.id()),
               below = counterpart(place.below, duplicate.id());
  std::vector<gint32> hidden, shown;
  for (gint32 layer : place.hidden) hidden.push_back(counterpart(layer, duplicate.id()));
  for (gint32 layer : place.shown) shown.push_back(counterpart(layer, duplicate.id()));
  const gint32 gone = place.gone == -1 ? -1 : counterpart(place.gone, duplicate.id());
  if (copy == -1 || !gimp_image_insert_layer(duplicate.id(), copy, gimp_item_get_parent(below),
                                             gimp_image_get_item_position(duplicate.id(), below)))
    throw UserError(_("GIMP could not copy the new layer to see what it would export."));
  if (gone != -1) gimp_image_remove_layer(duplicate.id(), gone);
  for (gint32 layer : hidden) gimp_item_set_visible(layer, FALSE);
  for (gint32 layer : shown) gimp_item_set_visible(layer, TRUE);
  const gint32 layer = merged(duplicate.id());
  LayerPixels pixels = read_layer(layer, encoding);
  if (pixels.opacity && !encoding.grey())
    for (int y = 0; y < pixels.colour.height(); ++y) {
      const std::uint8_t* opacity = pixels.opacity->plane(0).row(y);
      for (int c = 0; c < pixels.colour.channels(); ++c)
        for (int x = 0; x < pixels.colour.width(); ++x)
          if (opacity[x] == 0) pixels.colour.plane(c).row(y)[x] = 0;
    }
  return std::move(pixels.colour);
}

void export_png(gint32 image, const std::string& path) {
  const Duplicate duplicate(image);
  const std::vector<gint32> layers = level(duplicate.id(), -1);
  const gint32 layer = layers.size() == 1 && is_plain(layers[0]) ? layers[0] : merged(duplicate.id());
  constexpr int kPlain = 0, kSmallest = 9, kKept = 1;  // what GIMP's window for it begins with
  gint count = 0;
  GimpParam* values = gimp_run_procedure(
      "file-png-save", &count, GIMP_PDB_INT32, GIMP_RUN_NONINTERACTIVE, GIMP_PDB_IMAGE, duplicate.id(),
      GIMP_PDB_DRAWABLE, layer, GIMP_PDB_STRING, path.c_str(), GIMP_PDB_STRING, path.c_str(),
      /* interlace */ GIMP_PDB_INT32, kPlain, /* compression */ GIMP_PDB_INT32, kSmallest,
      /* background */ GIMP_PDB_INT32, kKept, /* gamma */ GIMP_PDB_INT32, kPlain,
      /* offsets */ GIMP_PDB_INT32, kPlain, /* resolution */ GIMP_PDB_INT32, kKept,
      /* time */ GIMP_PDB_INT32, kKept, GIMP_PDB_END);
  const bool written = count > 0 && values[0].data.d_status == GIMP_PDB_SUCCESS;
  gimp_destroy_params(values, count);
  if (!written) {
    const Text name(g_filename_display_name(path.c_str()));
    throw UserError(filled(_("GIMP could not write %s. %s"), name.get(), gimp_get_pdb_error()));
  }
}

std::vector<std::string> reasons_to_differ(const Placement& place, bool transparent) {
  const gint32 image = gimp_item_get_image(place.cover);
  const Box box = box_of(place.cover);
  std::vector<std::string> reasons;
  const std::string canvas = canvas_reason(place.cover);
  if (!canvas.empty()) reasons.push_back(canvas);
  const auto is_in = [](const std::vector<gint32>& list, gint32 layer) {
    return std::find(list.begin(), list.end(), layer) != list.end();
  };
  std::vector<gint32> above, below;
  for (gint32 item = place.below; item != -1; item = gimp_item_get_parent(item)) {
    const std::vector<gint32> layers = level(image, gimp_item_get_parent(item));
    const auto at = std::find(layers.begin(), layers.end(), item);
    const auto shows = [&](gint32 layer) {
      return layer != place.gone && (gimp_item_get_visible(layer) || is_in(place.shown, layer)) &&
             gimp_layer_get_opacity(layer) > 0 && !is_in(place.hidden, layer) &&
             (!canvas.empty() || overlap(box_of(layer), box));
    };
    std::copy_if(layers.begin(), at, std::back_inserter(above), shows);
    std::copy_if(at + 1, layers.end(), std::back_inserter(below), shows);
  }
  if (!above.empty())
    reasons.push_back(
        filled(plural("the visible layer %s lies above it", "the visible layers %s lie above it", above.size()),
               names_of(above).c_str()));
  for (gint32 group = gimp_item_get_parent(place.below); group != -1; group = gimp_item_get_parent(group))
    group_reasons(group, reasons);
  if (transparent && !below.empty())
    reasons.push_back(filled(plural("the visible layer %s shows through where it is transparent",
                                    "the visible layers %s show through where it is transparent", below.size()),
                             names_of(below).c_str()));
  return reasons;
}

}  // namespace plugin
