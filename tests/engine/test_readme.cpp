// SPDX-License-Identifier: LGPL-3.0-or-later
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "support/scaler_table.hpp"

TEST_CASE("the README's table of scalers is the catalogue", "[catalogue]") {
  std::ifstream file(README);
  REQUIRE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  const std::string readme = text.str();
  const std::size_t begin = readme.find(kTableBegin), end = readme.find(kTableEnd);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  const std::size_t from = begin + std::string(kTableBegin).size();
  INFO("build/tests/engine/scaler-table README.md puts the new table in its place");
  CHECK(readme.substr(from, end - from) == scaler_table());
}
