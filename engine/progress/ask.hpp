// SPDX-License-Identifier: LGPL-3.0-or-later
// How "cancel" and "stop" reach every loop. Whoever runs the work (solver::Controller) is asked by all loops in its
// arena that may take long; they don't know whom they ask.
#pragma once
#include <functional>

namespace bifocal::progress {

/// Thrown when the caller cancels: all work ends. Whoever called run() turns it into Outcome::Cancelled.
struct CancelSignal {};
/// Thrown when the caller has asked to stop and what is being done can be left out (Controller::spare).
struct LeaveOutSignal {};

/// Whom loops ask.
class Asked {
 public:
  virtual ~Asked() = default;
  /// May the work go on? False: it should end early with what there is. Throws to give it up. Called from any thread,
  /// often.
  virtual bool go_on() = 0;
};

/// May the work go on? Asks whoever runs this thread's arena; without one: yes. Every loop that may take longer than
/// some 20 ms asks as often as that. Throws what Asked::go_on() throws.
bool ask();

/// Does work that a result can do without, unless the caller has asked to stop.
using Spare = std::function<void(const std::function<void()>& work)>;

/// Runs `work` on at most `threads` threads, 0: as many as the machine has cores. ask() in all of them asks `asked`.
void run(int threads, Asked& asked, const std::function<void()>& work);

}  // namespace bifocal::progress
