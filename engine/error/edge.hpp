// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Error is the only exception type that leaves the engine. Every public function that allocates ends with
//   try { ... } catch (...) { leave(); }
// mostly as a function's own try block.
#include <bifocal/image.hpp>

namespace bifocal {

/// Within a catch block: throws what was caught again, as an Error if it came from the standard library. Out of memory
/// is said without asking for any. An exception that is no std::exception (a cancel on its way up) passes as it is.
[[noreturn]] void leave();
/// The same; when memory is out, the message names an image of this size.
[[noreturn]] void leave(Size size);
/// Throws OutOfMemory for an image of this size.
[[noreturn]] void out_of_memory(Size size);

}  // namespace bifocal
