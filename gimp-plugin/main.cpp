// SPDX-License-Identifier: LGPL-3.0-or-later
// The plug-in's two doors to GIMP: query() lists the procedures, run() runs one.
#include <libgimp/gimp.h>

#include <csignal>

#include "language.hpp"
#include "procedures.hpp"

namespace {

void query() { plugin::install_procedures(); }

/// libgimp's handlers print and call exit(), and so need locks that the interrupted code may hold (malloc's, say): the
/// plug-in would wait for ever, and GIMP for it. By default the system ends it at once, which GIMP sees and reports.
void leave_fatal_signals_to_the_system() {
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGABRT, SIGBUS, SIGSEGV, SIGFPE})
    std::signal(signal, SIG_DFL);
}

void run(const gchar* name, gint count, const GimpParam* params, gint* return_count, GimpParam** return_values) {
  leave_fatal_signals_to_the_system();
  plugin::use_languages();
  // GIMP reads the values after run() has returned.
  static plugin::Answer answer;
  answer = plugin::run_procedure(name, {params, static_cast<std::size_t>(count)});
  answer.expose(return_count, return_values);
}

}  // namespace

extern "C" {
const GimpPlugInInfo PLUG_IN_INFO = {nullptr, nullptr, query, run};
}

MAIN()
