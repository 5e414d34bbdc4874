// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include <bifocal/scaler.hpp>

/// How far a model is from the real program, in levels.
struct Distance {
  double pictures = 0;  ///< mean over pictures alone
  double mean = 0;      ///< mean over pictures or noise, whichever is worse
  int max = 0;
};

/// What a comparison with the real program says of a row of the catalogue.
struct TableCheck {
  bool known = false;  ///< the row names this version: it has to be met
  bool met = false;    ///< the comparison bears the row out
  std::string words;   ///< the program's version and what was measured: one line
};

/// Whether a row's versions ("9.4", "153 ESR", "9.4, 11.1") hold a program's own ("9.4.0", "153.7.0esr").
bool names_version(std::string_view versions, std::string_view program);

/// For scalers that are only close: the row's figures are neither exceeded nor overstated.
TableCheck check_distance(const bifocal::ScalerInfo& row, std::string_view version, const Distance& measured);
/// For scalers that are exact: how many of `outputs` samples differ.
TableCheck check_bytes(const bifocal::ScalerInfo& row, std::string_view version, std::size_t wrong,
                       std::size_t outputs);

/// Fails the running test when the row names the version and isn't met. For another version it prints the words, in a
/// line that tests/summary.py shows again, and fails nothing.
void hold(const TableCheck& check);
