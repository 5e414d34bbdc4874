// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <tbb/parallel_for.h>
#include <tbb/task_group.h>

namespace bifocal {

/// Thrown through a loop within a loop that was given up. The outer loop throws what ended it, never this.
struct GivenUp {};

/// body(i) for from <= i < to, on the arena's threads. When it returns, all of that is done. tbb::parallel_for alone
/// does not say so: once a body of a loop around this one has thrown, it leaves out the rest and returns as if all were
/// well.
template <class Index, class Body>
void parallel_for(Index from, Index to, const Body& body) {
  tbb::parallel_for(from, to, body);
  if (tbb::is_current_task_group_canceling()) throw GivenUp();
}

}  // namespace bifocal
