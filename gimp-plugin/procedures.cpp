// SPDX-License-Identifier: LGPL-3.0-or-later
#include "procedures.hpp"

#include <array>

#include <gegl.h>

#include "bifocal_icon.hpp"
#include "bifocal_procedure.hpp"
#include "help.hpp"
#include "help_procedure.hpp"
#include "language.hpp"
#include "messages.hpp"
#include "reveal_procedure.hpp"
#include "views_procedure.hpp"

namespace plugin {
namespace {

const std::array<const Procedure*, 4> kProcedures{&bifocal_procedure(), &views_procedure(), &reveal_procedure(),
                                                  &help_procedure()};

constexpr char kAuthor[] = "The Bifocal authors";
constexpr char kCopyright[] = "The Bifocal authors, LGPL-3.0-or-later";
constexpr char kDate[] = "2026";

void install(const Procedure& p) {
  gimp_install_procedure(p.name, p.blurb, p.help, kAuthor, kCopyright, kDate, p.menu_label, p.image_types, GIMP_PLUGIN,
                         static_cast<gint>(p.arguments.size()), static_cast<gint>(p.returns.size()), p.arguments.data(),
                         p.returns.data());
  gimp_plugin_menu_register(p.name, kMenu);
  // The icon travels inside the binary: a user's plug-ins folder has no place that an icon theme would search.
  gimp_plugin_icon_register(p.name, GIMP_ICON_TYPE_INLINE_PIXBUF, kBifocalIcon);
}

/// GIMP's menu gives the first three arguments, a script all of them.
void check_call(const Procedure& p, std::span<const GimpParam> a) {
  if (a.size() != p.arguments.size() && a.size() != 3)
    throw CallError(filled(_("%s takes %zu arguments, and got %zu."), p.name, p.arguments.size(), a.size()));
  const int mode = a[0].data.d_int32;
  if (mode != GIMP_RUN_INTERACTIVE && mode != GIMP_RUN_NONINTERACTIVE && mode != GIMP_RUN_WITH_LAST_VALS)
    throw CallError(filled(_("The run mode %d is not one of 0, 1 and 2."), mode));
  if (a.size() == 3 && mode == GIMP_RUN_NONINTERACTIVE)
    throw CallError(filled(_("%s needs all of its arguments in this run mode."), p.name));
}

}  // namespace

std::span<const Procedure* const> procedures() { return kProcedures; }

void install_procedures() {
  // GIMP translates the entries and their tips.
  gimp_plugin_domain_register(bifocal::kTextDomain, languages_folder().c_str());
  gimp_plugin_help_register(kHelpDomain, help_folder().c_str());
  gimp_plugin_menu_branch_register("<Image>/Filters/Combine", "_Bifocal");
  for (const Procedure* p : procedures()) install(*p);
}

Answer run_procedure(std::string_view name, std::span<const GimpParam> arguments) noexcept {
  try {
    gegl_init(nullptr, nullptr);
    for (const Procedure* p : procedures())
      if (name == p->name) {
        check_call(*p, arguments);
        return p->run(arguments);
      }
    return Answer::failure(GIMP_PDB_CALLING_ERROR,
                           filled(_("Bifocal has no procedure of the name '%s'."), std::string(name).c_str()));
  } catch (const Cancelled&) {
    return Answer::failure(GIMP_PDB_CANCEL, "");
  } catch (const CallError& e) {
    return Answer::failure(GIMP_PDB_CALLING_ERROR, e.what());
  } catch (const std::exception& e) {
    return Answer::failure(GIMP_PDB_EXECUTION_ERROR, message_of(e));
  } catch (...) {
    return Answer::failure(GIMP_PDB_EXECUTION_ERROR, _("Bifocal stopped on an unexpected error."));
  }
}

}  // namespace plugin
