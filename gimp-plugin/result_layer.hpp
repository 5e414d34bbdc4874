// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <utility>

#include <libgimp/gimp.h>

#include <bifocal/image.hpp>

#include "cover.hpp"
#include "pixels.hpp"

namespace plugin {

/// A layer that is not in an image's stack yet; deleted at the end of its scope unless it was released.
class LooseLayer {
 public:
  explicit LooseLayer(gint32 id) : id_(id) {}
  LooseLayer(LooseLayer&& other) noexcept : id_(other.release()) {}
  LooseLayer(const LooseLayer&) = delete;
  LooseLayer& operator=(const LooseLayer&) = delete;
  ~LooseLayer() {
    if (id_ != -1) gimp_item_delete(id_);
  }
  gint32 id() const { return id_; }
  gint32 release() { return std::exchange(id_, -1); }

 private:
  gint32 id_;
};

/// `colour` (the cover's size) as a layer for the cover's image: its offsets, its alpha to the bit, a copy of its layer
/// mask, and its own pixels to the bit where `cover` says so. Throws UserError.
LooseLayer make_result_layer(gint32 layer, const Cover& cover, const bifocal::Image8& colour, const Encoding& encoding,
                             const std::string& name);

/// `colour` as the only layer of a new image of 8 bits per channel, with the colour profile and resolution of the
/// cover's image. Throws UserError. Returns the layer.
gint32 make_result_image(gint32 layer, const Cover& cover, const bifocal::Image8& colour, const Encoding& encoding,
                         const std::string& name);

/// Keeps text on a layer.
void attach_note(gint32 layer, const std::string& note);

}  // namespace plugin
