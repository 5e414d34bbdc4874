// SPDX-License-Identifier: LGPL-3.0-or-later
#include <catch2/catch.hpp>

#include <set>

#include <bifocal/error.hpp>
#include <bifocal/scaler.hpp>

using namespace bifocal;

TEST_CASE("every scaler of the catalogue is complete and found by its id", "[catalogue]") {
  std::set<std::string> ids;
  for (const ScalerInfo& info : Scaler::catalogue()) {
    CAPTURE(info.id);
    CHECK(ids.insert(std::string(info.id)).second);
    CHECK(Scaler::find(info.id).info().id == info.id);
    for (std::string_view word :
         {info.name, info.call, info.program, info.library, info.version, info.kernel, info.arithmetic})
      CHECK_FALSE(word.empty());
    CHECK((info.exactness == Exactness::Bytes) == (info.mean_error == 0));
    CHECK(info.picture_error <= info.mean_error);
    CHECK(info.picture_error <= 1);
  }
  CHECK_THROWS_WITH(Scaler::find("pillow-cubic"), Catch::Contains("pillow-bicubic"));
}
