// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <glib.h>

#include <bifocal/report.hpp>

#include "job.hpp"

namespace plugin {

/// Shows a window while the job runs: phase, bar, the time that is left, the thumbnail as it now comes out, figures, "Stop and
/// Keep", "Cancel". Closing it cancels, and so does closing `image`. Returns when the job has ended; throws what it threw.
bifocal::Result show_progress(Job& job, gint32 image);

}  // namespace plugin
