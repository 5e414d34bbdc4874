// SPDX-License-Identifier: LGPL-3.0-or-later
// malloc and all that stands on it (operator new, aligned_alloc), failing when a test says so. Linked into a program,
// it takes the place of the C library's in all of its libraries.
#pragma once

namespace failing_memory {

enum class How {
  Once,    ///< one allocation fails
  OnAndOn  ///< that one and all that follow
};

/// Begins to count the allocations of all threads; number `nth` (from 1) fails.
void begin(long nth, How how);
/// Ends that; how many there were.
long end();
/// Blocks that were given away and not taken back, since the program began.
long blocks();

}  // namespace failing_memory
