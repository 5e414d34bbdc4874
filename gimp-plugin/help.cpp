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

constexpr char kStart[] = "plug-in-bifocal-help";
constexpr char kPrefix[] = "plug-in-";  // a procedure's page has the rest of its name

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
struct FreeStrings {
  void operator()(gchar** strings) const { g_strfreev(strings); }
};

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

bool is_there(const Text& file) { return g_file_test(file.get(), G_FILE_TEST_IS_REGULAR); }

/// Where a procedure's page lies in this language.
Text page_in(const char* language, const std::string& procedure) {
  const std::string file = procedure.substr(sizeof kPrefix - 1) + ".html";
  return Text(g_build_filename(help_path().get(), language, file.c_str(), nullptr));
}

/// The same in the first of the person's languages that has it, which GIMP's own help chooses alike: those of gimprc's
/// help-locales, or else those of the windows; English at last.
Text page_of(const std::string& procedure) {
  const Text preferred(gimp_gimprc_query("help-locales"));
  std::unique_ptr<gchar*, FreeStrings> own;
  const gchar* const* languages = g_get_language_names();
  if (preferred && *preferred) {
    own.reset(g_strsplit(preferred.get(), ":", -1));
    languages = own.get();
  }
  for (; *languages; ++languages)
    if (Text page = page_in(*languages, procedure); is_there(page)) return page;
  return page_in("en", procedure);
}

}  // namespace

std::string help_folder() { return address_of(help_path().get()); }

std::string help_address(const std::string& id) {
  const std::string wanted = own_id(id);
  const std::size_t slash = wanted.find('/');
  const std::string procedure = wanted.substr(0, slash);
  const bool ours = g_str_has_prefix(procedure.c_str(), kPrefix) != FALSE;
  Text path = page_of(ours ? procedure : kStart);
  if (!is_there(path)) path = page_of(kStart);
  if (!is_there(path))
    throw UserError(filled(_("The help is not installed: there is no file %s. Install Bifocal again."),
                           Text(g_filename_display_name(path.get())).get()));
  std::string address = address_of(path.get());
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
