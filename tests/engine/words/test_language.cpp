// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/language.hpp>

#include <catch2/catch.hpp>

using namespace bifocal;

TEST_CASE("a sentence is filled in the order that it asks for", "[language]") {
  CHECK(filled("%s of %d", "one", 2) == "one of 2");
  CHECK(filled("%2$s before %1$s", "a", "b") == "b before a");
  CHECK(filled("100 %%") == "100 %");
  const std::string much(5000, 'x');
  CHECK(filled("%s!", much.c_str()) == much + "!");
}

TEST_CASE("without translations a text is itself, and one is not many", "[language]") {
  CHECK(translated("no catalogue has this") == std::string("no catalogue has this"));
  CHECK(translated("") == std::string());
  CHECK(plural("one", "many", 1) == std::string("one"));
  CHECK(plural("one", "many", 0) == std::string("many"));
}
