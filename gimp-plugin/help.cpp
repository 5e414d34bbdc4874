// SPDX-License-Identifier: LGPL-3.0-or-later
#include "help.hpp"

#include <memory>

#include <gio/gio.h>
#include <libgimp/gimp.h>

#include "errors.hpp"
#include "gimp_folder.hpp"
#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

constexpr char kLocale[] = "en";  // the language that there is
struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};

/// Where the pages of procedures lie. The same pairs stand in help/en/gimp-help.xml, from which GIMP's browser goes.
struct Page {
  const char *id, *file;
};
constexpr Page kPages[] = {{"plug-in-bifocal-views", "views.html"},
                           {"plug-in-bifocal-reveal", "reveal.html"},
                           {"plug-in-bifocal-help", "index.html"},
                           {"plug-in-bifocal", "hide.html"}};

/// GIMP puts the window's id before that of a control: "window?control".
std::string own_id(const std::string& id) {
  const std::size_t mark = id.rfind('?');
  return mark == std::string::npos ? id : id.substr(mark + 1);
}

/// The folder "help" beside the plug-in.
Text help_path() { return beside_plugin("help"); }

std::string address_of(const std::string& file) {
  return Text(g_filename_to_uri(file.c_str(), nullptr, nullptr)).get();
}

}  // namespace

std::string help_folder() { return address_of(help_path().get()); }

std::string help_address(const std::string& id) {
  const std::string wanted = own_id(id);
  const std::size_t slash = wanted.find('/');
  const std::string procedure = wanted.substr(0, slash);
  const char* file = "index.html";
  for (const Page& page : kPages)
    if (procedure == page.id) file = page.file;
  const std::string path = Text(g_build_filename(help_path().get(), kLocale, file, nullptr)).get();
  if (!g_file_test(path.c_str(), G_FILE_TEST_IS_REGULAR))
    throw UserError(filled(_("The help is not installed: there is no file %s. Install Bifocal again."),
                           Text(g_filename_display_name(path.c_str())).get()));
  std::string address = address_of(path);
  if (slash != std::string::npos) address.append("#").append(wanted, slash + 1);
  return address;
}

void show_help(const std::string& id) {
  const std::string address = help_address(id);
  if (gimp_procedural_db_proc_exists("extension-gimp-help-browser")) {
    gimp_help(nullptr, own_id(id).c_str());
    return;
  }
  std::unique_ptr<GAppInfo, Unref> browser(g_app_info_get_default_for_uri_scheme("http"));
  if (!browser) browser.reset(g_app_info_get_default_for_type("text/html", TRUE));
  std::string here(" ");
  here += filled(_("The help lies at %s"), address.c_str());
  if (!browser)
    throw UserError(_("There is neither GIMP's help browser nor a web browser that could show the help.") + here);
  GList addresses{const_cast<char*>(address.c_str()), nullptr, nullptr};
  GError* error = nullptr;
  if (g_app_info_launch_uris(browser.get(), &addresses, nullptr, &error)) return;
  const std::string why = error->message;
  g_error_free(error);
  throw UserError(filled(_("The web browser could not be started (%s)."), why.c_str()) + here);
}

void on_help(const gchar* id, gpointer) noexcept {
  try {
    show_help(id ? id : "");
  } catch (const std::exception& e) {
    gimp_message(e.what());
  }
}

}  // namespace plugin
