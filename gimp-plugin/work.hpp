// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <babl/babl.h>
#include <glib.h>

#include <bifocal/report.hpp>

#include "dialogs/work_page.hpp"
#include "job.hpp"

namespace plugin {

/// Does the work in a thread of its own, on as many threads as GIMP's Preferences allow: behind a page of `window`, or
/// with GIMP's own progress bar where there is none (nullptr). Once `image` is closed, the work is cancelled. Throws
/// Cancelled, and what the work throws; UserError when the image was closed.
void run_job(Job::Work work, gint32 image, PagedWindow* window, const JobLooks& looks = {});
/// The same for work that makes an image; `begins_as`: see JobLooks.
bifocal::Result do_work(std::function<bifocal::Result(bifocal::SolveOptions)> work, gint32 image, PagedWindow* window,
                        gint32 begins_as = -1);

/// What of a layer must still be so when the result is written.
class Shape {
 public:
  explicit Shape(gint32 layer);
  /// Throws UserError when the layer has changed since.
  void check(gint32 image, gint32 layer) const;

 private:
  bool operator==(const Shape&) const = default;
  int width_, height_;
  const Babl* format_;  // one pointer for one mode, precision and colour space
};

}  // namespace plugin
