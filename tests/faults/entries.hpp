// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// A call of the engine's with small inputs, which were made before; gives a fingerprint of what came out. The call
/// itself takes no memory outside the engine.
using Call = std::function<std::uint64_t()>;

struct Entry {
  std::string name;
  Call (*make)();  ///< makes the inputs
};

/// Every public function of the engine's, those that solve once per kind of work and algorithm.
std::vector<Entry> all_entries();
std::vector<Entry> solving_entries();
std::vector<Entry> other_entries();
/// Some that need tens of megabytes.
std::vector<Entry> large_entries();
