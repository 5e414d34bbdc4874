// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <glib.h>

#include "job.hpp"

namespace plugin {

class PagedWindow;

/// How a job shows itself.
struct JobLooks {
  const char* title = "Bifocal";  ///< of GIMP's own progress bar
  const char* phase = nullptr;    ///< what it is doing all the time; nullptr: the engine's phases
  bool makes_image = true;        ///< there are pictures and figures to show, and something to keep
  gint32 begins_as = -1;          ///< the cover's layer, shown until there is more; -1: none
};

/// Shows a page of the window while the job runs: phase, bar, the time that is left, "Cancel", and when it makes an
/// image, both pictures as they now come out, figures and "Stop and Keep". Closing the window cancels, and so does
/// closing `image`. Returns when the job has ended; throws what it threw. No page is shown then.
void show_work(PagedWindow& window, Job& job, gint32 image, const JobLooks& looks = {});

}  // namespace plugin
