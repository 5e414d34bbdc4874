// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/report.hpp>

#include "job.hpp"

namespace plugin {

/// Shows a window while the job runs: phase, bar, the thumbnail as it now comes out, figures, "Stop and Keep",
/// "Cancel". Closing it cancels. Returns when the job has ended; throws what the job threw.
bifocal::Result show_progress(Job& job);

}  // namespace plugin
