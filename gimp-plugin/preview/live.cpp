// SPDX-License-Identifier: LGPL-3.0-or-later
#include "preview/live.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <gegl.h>

#include <bifocal/scaler.hpp>
#include <bifocal/scalers.hpp>

#include "checks.hpp"
#include "cover.hpp"
#include "errors.hpp"
#include "language.hpp"
#include "pixels.hpp"

namespace plugin {
namespace {

/// A size in the cover's pixels, in those of a copy that has a share of them.
bifocal::Size in_copy(bifocal::Size size, double share) {
  const auto side = [scale = std::sqrt(share)](int n) { return std::max(1, static_cast<int>(std::lround(n * scale))); };
  return share == 1 ? size : bifocal::Size{side(size.width), side(size.height)};
}

}  // namespace

LivePreview::LivePreview(std::function<void(std::shared_ptr<const Previewed>)> show) : show_(std::move(show)) {
  gint threads = 0;
  g_object_get(gegl_config(), "threads", &threads, nullptr);
  worker_ = std::make_unique<PreviewWorker>(threads, [this](std::shared_ptr<const Previewed> p) {
    const std::lock_guard lock(mutex_);
    arrived_.push_back(std::move(p));
    if (idle_ == 0) idle_ = g_idle_add(on_idle, this);
  });
}

LivePreview::~LivePreview() {
  worker_.reset();
  if (idle_ != 0) g_source_remove(idle_);
}

gboolean LivePreview::on_idle(gpointer self) noexcept {
  try {
    static_cast<LivePreview*>(self)->arrived();
  } catch (...) {
    // A picture that could not be shown; the next one may be.
  }
  return G_SOURCE_REMOVE;
}

void LivePreview::arrived() {
  std::vector<std::shared_ptr<const Previewed>> news;
  {
    const std::lock_guard lock(mutex_);
    idle_ = 0;
    news.swap(arrived_);
  }
  for (const auto& p : news)
    if (const std::uint64_t from = p->stage == PreviewStage::Quick ? first_ : since_; from != 0 && p->ask >= from)
      show_(p);
}

void LivePreview::rest() {
  worker_->rest();
  since_ = first_ = 0;
}

void LivePreview::set_cover(gint32 cover) {
  if (cover == layer_) return;
  rest();
  layer_ = cover;
  asked_ = {};
  targets_.clear();  // they are read in the cover's encoding
}

void LivePreview::read(ResultAs as) {
  if (asked_.cover) return;
  const gint32 image = gimp_item_get_image(layer_);
  check_cover(image, layer_);
  Cover cover = read_cover(image, layer_, Encoding(layer_, as), as);
  auto read = std::make_shared<PreviewCover>();
  read->colour = std::move(cover.colour);
  read->selection = std::move(cover.free);
  read->file = cover.file;
  if (const double area = read->colour.size().area(); area > kMostPixels) {
    read->share = kCopyPixels / area;
    const bifocal::Size size = in_copy(read->colour.size(), read->share);
    const bifocal::Scaler scaler = bifocal::Scaler::find(bifocal::scalers::kAveraging);
    read->colour = scaler.resize(read->colour, size);
    if (read->selection) read->selection = scaler.resize(*read->selection, size);
  }
  asked_.cover = std::move(read);
}

std::shared_ptr<const PreviewTarget> LivePreview::read_target(gint32 target) {
  if (const auto known = targets_.find(target); known != targets_.end()) return known->second;
  LayerPixels pixels = read_layer(target, Encoding(layer_));
  auto read = std::make_shared<PreviewTarget>();
  read->colour = std::move(pixels.colour);
  read->opacity = std::move(pixels.opacity);
  return targets_[target] = std::move(read);
}

bool LivePreview::ask(const PreviewWish& wish, const bifocal::Region& part) {
  PreviewAsk ask;
  ask.cover = asked_.cover;
  for (const PreviewWish::View& view : wish.views)
    ask.views.push_back({read_target(view.target), in_copy(view.size, ask.cover->share), view.scaler, view.weight});
  std::erase_if(targets_, [&](const auto& known) {
    return std::ranges::none_of(wish.views, [&](const auto& view) { return view.target == known.first; });
  });
  ask.appearance = wish.appearance;
  ask.fit = wish.fit;
  ask.balance = wish.balance;
  ask.options = wish.options;
  if (one_thumbnail(ask)) ask.part = part;
  const bool same = since_ != 0 && same_settings(ask, asked_);
  if (same && ask.part == asked_.part) return false;
  asked_ = ask;
  const std::uint64_t number = worker_->ask(std::move(ask));
  if (!same) since_ = number;
  if (first_ == 0) first_ = number;
  return true;
}

}  // namespace plugin
