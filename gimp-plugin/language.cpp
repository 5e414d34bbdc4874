// SPDX-License-Identifier: LGPL-3.0-or-later
#include "language.hpp"

#include <libintl.h>

#include "gimp_folder.hpp"

namespace plugin {

std::string listed(const std::vector<std::string>& things) {
  std::string all = things[0];
  for (std::size_t i = 1; i < things.size(); ++i) {
    // TRANSLATORS: the end of a list, as in "a, b and c"
    const char* join = i + 1 == things.size() ? _("%s and %s")
                                              // TRANSLATORS: the rest of a list, as in "a, b and c"
                                              : _("%s, %s");
    all = filled(join, all.c_str(), things[i].c_str());
  }
  return all;
}

std::string languages_folder() {
  const Text own = beside_plugin("locale");
  return g_file_test(own.get(), G_FILE_TEST_IS_DIR) ? own.get() : BIFOCAL_LOCALEDIR;
}

void use_languages() {
  bindtextdomain(bifocal::kTextDomain, languages_folder().c_str());
  bind_textdomain_codeset(bifocal::kTextDomain, "UTF-8");
}

}  // namespace plugin
