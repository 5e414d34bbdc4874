// SPDX-License-Identifier: LGPL-3.0-or-later
#include "language.hpp"

#include <libintl.h>

#include "gimp_folder.hpp"

namespace plugin {

std::string languages_folder() {
  const Text own = beside_plugin("locale");
  return g_file_test(own.get(), G_FILE_TEST_IS_DIR) ? own.get() : BIFOCAL_LOCALEDIR;
}

void use_languages() {
  bindtextdomain(bifocal::kTextDomain, languages_folder().c_str());
  bind_textdomain_codeset(bifocal::kTextDomain, "UTF-8");
}

}  // namespace plugin
