// SPDX-License-Identifier: LGPL-3.0-or-later
// Rows of the catalogue are held to the versions that they name, and to no others.
#include <catch2/catch.hpp>

#include <iostream>
#include <sstream>

#include "support/table_check.hpp"

using namespace bifocal;

TEST_CASE("a row names a version by its leading numbers", "[catalogue]") {
  CHECK(names_version("9.4", "9.4.0"));
  CHECK(names_version("9.4", "9.4"));
  CHECK(names_version("153 ESR", "153.7.0esr"));
  CHECK(names_version("6.9.11", "6.9.11-60"));
  CHECK(names_version("9.4, 11.1", "11.1.0"));
  CHECK_FALSE(names_version("9.4", "9.40"));
  CHECK_FALSE(names_version("9.4", "9.3.0"));
  CHECK_FALSE(names_version("153 ESR", "140.4.0esr"));
  CHECK_FALSE(names_version("153 ESR", "15"));
  CHECK_FALSE(names_version("", "9.4"));
  CHECK_FALSE(names_version("9.4", ""));
}

TEST_CASE("a version that the table names has to be met, another one is printed", "[catalogue]") {
  ScalerInfo close = Scaler::find("firefox-img").info();
  close.version = "153 ESR";
  close.exactness = Exactness::Close;
  close.picture_error = 0.16;
  close.mean_error = 0.25;
  close.max_error = 38;
  const Distance near{0.15, 0.24, 37}, far{0.93, 1.06, 60}, nearer{0.01, 0.02, 3};

  CHECK(check_distance(close, "153.7.0esr", near).met);
  CHECK(check_distance(close, "153.7.0esr", near).known);
  CHECK(check_distance(close, "153.7.0esr", far).known);
  CHECK_FALSE(check_distance(close, "153.7.0esr", far).met);
  CHECK_FALSE(check_distance(close, "153.7.0esr", nearer).met);  // the row would overstate its error

  const TableCheck other = check_distance(close, "140.4.0esr", far);
  CHECK_FALSE(other.known);
  CHECK(other.words ==
        "firefox-img, Firefox 140.4.0esr (checked with 153 ESR): 0.93 / 1.1 / 60 levels away, the table says "
        "0.16 / 0.25 / 38");

  ScalerInfo exact = Scaler::find("pillow-bicubic").info();
  exact.version = "9.4";
  CHECK(check_bytes(exact, "9.4.0", 0, 100).met);
  CHECK_FALSE(check_bytes(exact, "9.4.0", 1, 100).met);
  CHECK(check_bytes(exact, "9.4.0", 1, 100).known);
  CHECK_FALSE(check_bytes(exact, "12.0.0", 1, 100).known);

  std::ostringstream log;
  std::streambuf* const screen = std::cout.rdbuf(log.rdbuf());
  hold(other);  // fails nothing
  hold(check_bytes(exact, "12.0.0", 1, 100));
  hold(check_bytes(exact, "9.4.0", 0, 100));
  std::cout.rdbuf(screen);
  CHECK(log.str() ==
        "Another version: " + other.words +
            "\nAnother version: pillow-bicubic, Pillow 12.0.0 (checked with 9.4): 1 of 100 samples differ, the "
            "table says none\n");
}
