// SPDX-License-Identifier: LGPL-3.0-or-later
// Prints the README's table of scalers; with a file's name, puts it between the marks there.
#include <fstream>
#include <iostream>
#include <sstream>

#include "support/scaler_table.hpp"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cout << scaler_table();
    return 0;
  }
  std::stringstream text;
  text << std::ifstream(argv[1]).rdbuf();
  std::string s = text.str();
  const std::size_t begin = s.find(kTableBegin), end = s.find(kTableEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) {
    std::cerr << argv[1] << " lacks the lines that mark the table's place\n";
    return 1;
  }
  const std::size_t from = begin + std::string(kTableBegin).size();
  s.replace(from, end - from, scaler_table());
  std::ofstream(argv[1]) << s;
}
