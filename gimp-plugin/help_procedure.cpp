// SPDX-License-Identifier: LGPL-3.0-or-later
#include "help_procedure.hpp"

#include "help.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr char kName[] = "plug-in-bifocal-help";

const GimpParamDef kArguments[] = {
    {GIMP_PDB_INT32, text("run-mode"),
     text("Run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }")},
};
const GimpParamDef kReturns[] = {
    {GIMP_PDB_STRING, text("address"), text("The address of the first page, a file on this computer")},
};

Answer run(std::span<const GimpParam> arguments) {
  Answer answer;
  answer.add_string(help_address(kName));
  if (arguments[0].data.d_int32 == GIMP_RUN_INTERACTIVE) show_help(kName);
  return answer;
}

const Procedure kProcedure{
    kName,
    N_("H_elp"),
    N_("Show what Bifocal can do, what each control is for, and what is not possible"),
    "Opens the pages that are installed with Bifocal, in GIMP's help browser or in the web browser; no network is "
    "needed. A script that does not run interactively gets only their address.",
    "",
    kArguments,
    kReturns,
    run,
};

}  // namespace

const Procedure& help_procedure() { return kProcedure; }

}  // namespace plugin
