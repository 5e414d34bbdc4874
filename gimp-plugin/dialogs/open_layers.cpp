// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/open_layers.hpp"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "checks.hpp"
#include "text.hpp"

namespace plugin {
namespace {

constexpr guint kEvery = 1000;  // ms

struct Free {
  void operator()(gint32* ids) const { g_free(ids); }
};
using Ids = std::unique_ptr<gint32, Free>;

/// Layers and images may go at any time, and have no name then.
std::string text_of(gchar* name) {
  const Text kept(name);
  return name ? name : "";
}

void add(std::vector<OpenLayer>& list, gint32 image, const std::string& image_name, const gint32* layers, gint count) {
  for (gint i = 0; i < count; ++i) {
    const gint32 layer = layers[i];
    list.push_back({image, layer,
                    image_name.empty() ? picture_name(layer) : image_name + ": " + text_of(gimp_item_get_name(layer))});
    if (!gimp_item_is_group(layer)) continue;
    gint inside = 0;
    const Ids children(gimp_item_get_children(layer, &inside));
    add(list, image, image_name, children.get(), inside);
  }
}

std::vector<OpenLayer> all_open() {
  std::vector<OpenLayer> list;
  gint images = 0;
  const Ids ids(gimp_image_list(&images));
  for (gint i = 0; i < images; ++i) {
    const gint32 image = ids.get()[i];
    gint count = 0;
    const Ids layers(gimp_image_get_layers(image, &count));
    const bool single = count == 1 && !gimp_item_is_group(layers.get()[0]);
    add(list, image, single ? "" : text_of(gimp_image_get_name(image)), layers.get(), count);
  }
  return list;
}

}  // namespace

OpenLayers::OpenLayers() : list_(all_open()), timer_(g_timeout_add(kEvery, on_tick, this)) {}

OpenLayers::~OpenLayers() { g_source_remove(timer_); }

GdkPixbuf* OpenLayers::picture(gint32 layer) {
  const auto [known, is_new] = pictures_.try_emplace(layer);
  if (is_new && gimp_item_is_valid(layer))
    known->second.reset(gimp_drawable_get_thumbnail(layer, kPicture, kPicture, GIMP_PIXBUF_SMALL_CHECKS));
  return known->second.get();
}

void OpenLayers::look() {
  std::vector<OpenLayer> now = all_open();
  if (now == list_) return;
  list_ = std::move(now);
  std::erase_if(pictures_, [](const auto& known) { return !gimp_item_is_valid(known.first); });
  // A follower may leave, or bring another one, when it is told.
  const auto told = followers_;
  for (const auto& [who, changed] : told)
    if (followers_.contains(who)) changed();
}

gboolean OpenLayers::on_tick(gpointer self) noexcept {
  try {
    static_cast<OpenLayers*>(self)->look();
  } catch (const std::exception&) {  // no memory for the list now; the next time there may be
  }
  return TRUE;
}

}  // namespace plugin
