// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "presets.hpp"

namespace plugin {

/// The presets of one kind, in a file in GIMP's folder. Each call reads it anew, as another window may have changed it,
/// and what changes it returns false when it could not be written. A file that says something else altogether is kept
/// beside the new one, as NAME.broken.
class PresetFile {
 public:
  explicit PresetFile(const char* name) : name_(name) {}
  std::vector<Preset> read() const;
  /// Adds one, or replaces the one of the same name.
  bool save(const Preset& preset) const;
  /// Takes the place of another preset that has that name already. True when there is none of the `old` name.
  bool rename(const std::string& old, const std::string& name) const;
  bool remove(const std::string& name) const;

 private:
  bool write(std::vector<Preset> presets) const;
  const char* name_;
};

}  // namespace plugin
