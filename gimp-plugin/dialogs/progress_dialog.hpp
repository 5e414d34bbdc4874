// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <glib.h>

#include "job.hpp"

namespace plugin {

/// How a job shows itself.
struct JobLooks {
  const char* title = "Bifocal";  ///< of GIMP's own progress bar
  const char* phase = nullptr;    ///< what it is doing all the time; nullptr: the engine's phases
  bool makes_image = true;        ///< there are a small picture and figures to show, and something to keep
};

/// Shows a window while the job runs: phase, bar, the time that is left, "Cancel", and when it makes an image, the
/// thumbnail as it now comes out, figures and "Stop and Keep". Closing it cancels, and so does closing `image`. Returns
/// when the job has ended; throws what it threw.
void show_progress(Job& job, gint32 image, JobLooks looks = {});

}  // namespace plugin
