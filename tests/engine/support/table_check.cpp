// SPDX-License-Identifier: LGPL-3.0-or-later
#include "support/table_check.hpp"

#include <catch2/catch.hpp>

#include <cctype>
#include <iostream>
#include <sstream>

using bifocal::ScalerInfo;

namespace {

std::string row_and_version(const ScalerInfo& row, std::string_view version) {
  std::ostringstream s;
  s << row.id << ", " << row.library << " " << version << " (checked with " << row.version << "): ";
  return s.str();
}

}  // namespace

bool names_version(std::string_view versions, std::string_view program) {
  while (!versions.empty()) {
    std::string_view one = versions.substr(0, versions.find(','));
    versions.remove_prefix(std::min(versions.size(), one.size() + 1));
    while (one.starts_with(' ')) one.remove_prefix(1);
    one = one.substr(0, one.find(' '));  // "153 ESR"
    if (!one.empty() && program.starts_with(one) &&
        (program.size() == one.size() || !std::isdigit(static_cast<unsigned char>(program[one.size()]))))
      return true;
  }
  return false;
}

TableCheck check_distance(const ScalerInfo& row, std::string_view version, const Distance& d) {
  std::ostringstream s;
  s.precision(2);
  s << row_and_version(row, version) << d.pictures << " / " << d.mean << " / " << d.max
    << " levels away, the table says " << row.picture_error << " / " << row.mean_error << " / " << row.max_error;
  const bool met = d.pictures <= row.picture_error && d.mean <= row.mean_error && d.max <= row.max_error &&
                   // Nor may the catalogue overstate them: a user reads these figures.
                   d.mean >= row.mean_error / 4;
  return {names_version(row.version, version), met, s.str()};
}

TableCheck check_bytes(const ScalerInfo& row, std::string_view version, std::size_t wrong, std::size_t outputs) {
  std::ostringstream s;
  s << row_and_version(row, version) << wrong << " of " << outputs << " samples differ, the table says none";
  return {names_version(row.version, version), wrong == 0, s.str()};
}

void hold(const TableCheck& check) {
  if (check.known) {
    INFO(check.words);
    CHECK(check.met);
  } else {
    std::cout << "Another version: " << check.words << std::endl;
  }
}
