// SPDX-License-Identifier: LGPL-3.0-or-later
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include <bifocal/solve.hpp>

#include "support/scaler_table.hpp"

namespace {

std::string text_of_readme() {
  std::ifstream file(README);
  REQUIRE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the README names every algorithm, and what it serves", "[catalogue]") {
  std::istringstream words(text_of_readme());
  std::string readme;  // in one line
  for (std::string word; words >> word;) readme.append(word).append(" ");
  for (const bifocal::AlgorithmInfo& a : bifocal::algorithms())
    CHECK_THAT(readme, Catch::Contains(std::string("`").append(a.name).append("` (").append(a.serves).append(")")));
}

TEST_CASE("the README's table of scalers is the catalogue", "[catalogue]") {
  const std::string readme = text_of_readme();
  const std::size_t begin = readme.find(kTableBegin), end = readme.find(kTableEnd);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  const std::size_t from = begin + std::string(kTableBegin).size();
  INFO("build/tests/engine/scaler-table README.md puts the new table in its place");
  CHECK(readme.substr(from, end - from) == scaler_table());
}
