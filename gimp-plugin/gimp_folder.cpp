// SPDX-License-Identifier: LGPL-3.0-or-later
#include "gimp_folder.hpp"

#include <glib/gstdio.h>

namespace plugin {

Text beside_plugin(const char* folder) {
  const Text binary(g_canonicalize_filename(gimp_get_progname(), nullptr)), own(g_path_get_dirname(binary.get()));
  return Text(g_build_filename(own.get(), folder, nullptr));
}

Text in_gimp_folder(const char* file) { return Text(g_build_filename(gimp_directory(), file, nullptr)); }

std::string text_in_gimp_folder(const char* file) {
  const Text path = in_gimp_folder(file);
  GStatBuf about;
  gchar* raw = nullptr;
  gsize length = 0;
  if (g_stat(path.get(), &about) != 0 || about.st_size > goffset(kMostBytes)) return {};
  if (!g_file_get_contents(path.get(), &raw, &length, nullptr)) return {};
  return std::string(Text(raw).get(), length);
}

bool write_in_gimp_folder(const char* file, const std::string& text) {
  return g_file_set_contents(in_gimp_folder(file).get(), text.data(), static_cast<gssize>(text.size()), nullptr);
}

}  // namespace plugin
