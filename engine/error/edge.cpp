// SPDX-License-Identifier: LGPL-3.0-or-later
#include "error/edge.hpp"

#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include <bifocal/error.hpp>

#include "words/words.hpp"

namespace bifocal {
namespace {

// Made while there is memory: copies share its text. Its language is the host's to look up.
const Error kOutOfMemory(ErrorCode::OutOfMemory, N_("there is not enough memory"));

/// TBB's words when the system gives no thread, which mostly means: no memory for its stack.
bool no_thread(const std::exception& e) { return std::string_view(e.what()).starts_with("pthread_create"); }

}  // namespace

void leave() {
  try {
    try {
      throw;
    } catch (const Error&) {
      throw;
    } catch (const std::bad_alloc&) {
      throw kOutOfMemory;
    } catch (const std::length_error&) {  // a container larger than any memory
      throw kOutOfMemory;
    } catch (const std::exception& e) {
      if (no_thread(e)) throw kOutOfMemory;
      throw Error(ErrorCode::Internal, filled(_("a fault in Bifocal itself: %s"), e.what()));
    }
  } catch (const std::bad_alloc&) {
    throw kOutOfMemory;
  }
}

void leave(Size size) {
  try {
    leave();
  } catch (const Error& e) {
    if (e.code() != ErrorCode::OutOfMemory) throw;
  }
  out_of_memory(size);
}

void out_of_memory(Size size) {
  try {
    throw Error(ErrorCode::OutOfMemory,
                filled(_("there is not enough memory for an image of %dx%d pixels"), size.width, size.height));
  } catch (const std::bad_alloc&) {
    throw kOutOfMemory;
  }
}

}  // namespace bifocal
