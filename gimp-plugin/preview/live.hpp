// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// A PreviewWorker for layers of GIMP and a main loop of GLib's: pixels are read on the main thread, pictures arrive
// there.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include <libgimp/gimp.h>

#include "preview/wish.hpp"
#include "preview/worker.hpp"

namespace plugin {

class LivePreview {
 public:
  /// `show` is called on the main thread with what comes out, oldest first.
  explicit LivePreview(std::function<void(std::shared_ptr<const Previewed>)> show);
  ~LivePreview();
  LivePreview(const LivePreview&) = delete;
  LivePreview& operator=(const LivePreview&) = delete;

  /// Another cover, whose pixels read() will read; nothing of the one before is shown any more.
  void set_cover(gint32 cover);
  /// Reads the cover's pixels, once. Throws UserError.
  void read(ResultAs as);
  /// What is to be shown, and the part of the cover that is looked at; after read(). Reads the pixels of targets that
  /// it does not know yet. False: that is what was asked last. Throws UserError.
  bool ask(const PreviewWish& wish, const bifocal::Region& part);
  /// Until the next ask(), nothing is worked out or shown any more.
  void rest();
  /// The cover's pixels, once they were read; else nothing.
  std::shared_ptr<const PreviewCover> cover() const { return asked_.cover; }
  /// The number of the first ask with the present settings; what came for one before is of others. 0: none.
  std::uint64_t since() const { return since_; }
  /// What was asked last.
  const PreviewAsk& asked() const { return asked_; }

  /// Of images with more pixels than this the preview is of a smaller copy, as it takes as much memory as the work
  /// itself: with so many pixels, and the small image in the same ratio.
  static constexpr double kMostPixels = 36e6, kCopyPixels = 9e6;

 private:
  static gboolean on_idle(gpointer self) noexcept;
  void arrived();
  std::shared_ptr<const PreviewTarget> read_target(gint32 target);

  gint32 layer_ = -1;
  const std::function<void(std::shared_ptr<const Previewed>)> show_;
  std::map<gint32, std::shared_ptr<const PreviewTarget>> targets_;  // of what was asked last
  PreviewAsk asked_;
  std::uint64_t since_ = 0;  // the first ask with these settings; 0: none
  std::uint64_t first_ = 0;  // the first one after a rest; 0: none
  std::mutex mutex_;         // guards the next two
  std::vector<std::shared_ptr<const Previewed>> arrived_;
  guint idle_ = 0;
  std::unique_ptr<PreviewWorker> worker_;  // ends before what it delivers to
};

}  // namespace plugin
