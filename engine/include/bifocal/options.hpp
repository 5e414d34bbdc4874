// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// "key=value key=value": what scripts, settings files and a dialog's line of text set of a goal and of a solve.
#include <string>
#include <string_view>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/goal.hpp>
#include <bifocal/solve.hpp>

namespace BIFOCAL_API bifocal {

/// A key.
struct OptionInfo {
  std::string_view name;
  std::string_view fallback;  ///< what it is when nobody sets it
  std::string meaning;        ///< one line, for a person
};
/// All of them, by name.
std::vector<OptionInfo> option_list();
/// The same as text, one "key=default: meaning" a line.
std::string known_options();

/// What a text is read for: some keys can change something in some kinds of requests only.
struct OptionsFor {
  Appearance appearance = Appearance::Pixels;
  bool several = false;  ///< several targets, or one that is larger than the cover
  double balance = 100;  ///< Request::balance
};
/// Whether a key can change anything there. Some want another option to be set, too. Throws UnknownSetting for a key
/// that is not in the list.
bool option_serves(std::string_view name, const OptionsFor& of);

/// What a text says.
struct Options {
  Goal goal;                     ///< as OptionsFor::appearance has it, without what would change nothing
  SolveOptions solve;            ///< the caller's, but for what the text sets
  std::vector<Message> remarks;  ///< a warning for each key that was set and changes nothing
};
/// Throws UnknownSetting for a key that is not in the list (the message names those that are, and then `also`: what the
/// host takes out of the text itself, such as ", fit") or a value that cannot be read.
Options read_options(std::string_view text, const OptionsFor& of, const SolveOptions& caller = {},
                     std::string_view also = {});
/// Throws as read_options() does; looks at nothing else.
void check_options(std::string_view text, std::string_view also = {});

}  // namespace bifocal
