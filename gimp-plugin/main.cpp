// SPDX-License-Identifier: LGPL-3.0-or-later
// The plug-in's two doors to GIMP: query() lists the procedures, run() runs one.
#include <libgimp/gimp.h>

#include "procedures.hpp"

namespace {

void query() { plugin::install_procedures(); }

void run(const gchar* name, gint count, const GimpParam* params, gint* return_count, GimpParam** return_values) {
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
