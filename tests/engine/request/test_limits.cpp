// SPDX-License-Identifier: LGPL-3.0-or-later
// Long, thin and huge images, and numbers in sentences.
#include <catch2/catch.hpp>

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <string>

#include <unistd.h>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>
#include <bifocal/request.hpp>
#include <bifocal/reveal.hpp>
#include <bifocal/views.hpp>

#include "support/random_image.hpp"
#include "support/text_request.hpp"

using namespace bifocal;

namespace {

TextRequest pair(Size cover, Size small, Appearance appearance) {
  TextRequest r;
  r.cover = smooth_image(5, cover.height, cover.width, 1);
  r.target().picture = smooth_image(9, small.height, small.width, 1, 40, 215);
  r.goal = goal_of(appearance);
  return r;
}

/// A locale whose numbers have a comma: the system's own, or one made for the test.
class German {
 public:
  German() {
    if (!std::setlocale(LC_ALL, kName)) {
      folder_ = std::filesystem::temp_directory_path() / ("bifocal-locale-" + std::to_string(getpid()));
      std::filesystem::create_directories(folder_);
      // It ends with a warning, and the status 1, where it finds something to complain of.
      const std::string command = "localedef -c -i de_DE -f UTF-8 " + (folder_ / kName).string() + " >/dev/null 2>&1";
      static_cast<void>(std::system(command.c_str()));
      setenv("LOCPATH", folder_.c_str(), 1);
      std::setlocale(LC_ALL, kName);
    }
  }
  ~German() {
    std::setlocale(LC_ALL, "C");
    unsetenv("LOCPATH");
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  German(const German&) = delete;
  German& operator=(const German&) = delete;

 private:
  static constexpr char kName[] = "de_DE.UTF-8";
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("numbers in sentences are short and have the locale's mark; names and files have a point", "[limits]") {
  const auto check = [](const std::string& mark) {
    const auto in_locale = [&](std::string words) { return words.replace(words.find('.'), 1, mark); };
    CHECK(number_text(100.5) == in_locale("100.5"));
    CHECK(number_text(1e308) == "1e+308");
    CHECK(number_text(-1e-9) == "-1e-09");
    CHECK(number_text(-1e-9, 2) == in_locale("0.00"));
    CHECK(number_text(-0.3, 1) == in_locale("-0.3"));
    CHECK(number_text(0.25, 1) == in_locale("0.2"));
    CHECK(number_text(12345.678, 0) == "12346");
    CHECK(number_text(1e300, 2) == "1e+300");
    CHECK(number_text(std::numeric_limits<double>::infinity()) == "inf");
    CHECK(number_text(-std::numeric_limits<double>::denorm_min()).size() < 12);
    TextRequest r = pair({64, 64}, {16, 16}, Appearance::Pixels);
    for (const auto& [balance, words] : {std::pair{1e308, std::string("the balance 1e+308 is outside 0 to 100")},
                                         std::pair{-1e-9, std::string("the balance -1e-09 is outside 0 to 100")},
                                         std::pair{100.5, in_locale("the balance 100.5 is outside 0 to 100")}}) {
      r.balance = balance;
      CHECK_THROWS_WITH(run(r), words);
    }
    r.balance = 100;
    r.options = "sigma=9";
    CHECK_THROWS_WITH(run(r), Catch::Contains(in_locale("a number from 0.5 to 4")));
    // Options are typed with a point, or as such a sentence writes them.
    for (const char* options : {"sigma=1.0", "sigma=1,0"}) CHECK_NOTHROW(check_options(options));
    for (const char* options : {"sigma=1,0,0", "sigma=1.0,0", "sigma=,"})
      CHECK_THROWS_WITH(check_options(options), Catch::Contains("the option sigma cannot be"));
    CHECK(plain_number(0.25, 1) == "0.2");
    r.options = "sigma=1";
    r.goal = EyeGoal();
    CHECK(run(r).appearance.at(0).name == "eye, sigma 1.0 pixels");
  };
  check(".");
  const German german;
  REQUIRE(std::string(std::localeconv()->decimal_point) == ",");
  check(",");
}

TEST_CASE("the longest and the thinnest covers work", "[limits]") {
  for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye})
    for (const auto& [cover, small] :
         {std::pair{Size{65535, 11}, Size{8200, 3}}, std::pair{Size{2400, 9}, Size{300, 4}},
          std::pair{Size{7, 65535}, Size{3, 9000}}, std::pair{Size{65535, 2}, Size{16000, 1}}}) {
      CAPTURE(cover.width, cover.height, static_cast<int>(appearance));
      TextRequest r = pair(cover, small, appearance);
      const Result result = run(r);
      CHECK(result.image.size() == cover);
      CHECK(result.views.back().exact_pixels > 0.99);
      CHECK(result.cover_ssim <= 1);
    }
  TextRequest jpeg = pair({65535, 9}, {8200, 3}, Appearance::Eye);
  jpeg.options = "jpeg=85";
  CHECK(run(jpeg).image.size() == Size{65535, 9});
  TextRequest views;
  views.cover = smooth_image(5, 9, 65535, 1);
  for (const char* scaler : {"pillow-bicubic", "opencv-linear"})
    views.targets.push_back({smooth_image(9, 3, 8200, 1), {}, {8200, 3}, 0, scaler, 1});
  for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye}) {
    views.goal = goal_of(appearance);
    views.options = appearance == Appearance::Eye ? "iterations=2" : "sweeps=20";
    CHECK(run(views).views.size() >= 2);
  }
}

TEST_CASE("an image beyond the limit is refused by its limit", "[limits]") {
  CHECK_THROWS_WITH(Image8(11, 65536, 1),
                    "an image of 65536x11 pixels is not possible (sides must be 1 to 65535 pixels long)");
  CHECK_THROWS_WITH(Scaler::find("pillow-box").resize(Image8(8, 8, 1), {65536, 8}),
                    "a scaled image of 65536x8 pixels is not possible (sides must be 1 to 65535 pixels long)");
  CHECK_THROWS_WITH(Scaler::find("pillow-box").resize(Image8(8, 8, 1), {60000, 60000}),
                    Catch::Contains("60000x60000 pixels is too large") && Catch::Contains("16384x16384"));
  CHECK_THROWS_WITH(Scaler::find("gimp-cubic").matrices({8, 8}, {60000, 60000}), Catch::Contains("is too large"));
}

TEST_CASE("a view is bounded by its cover", "[limits]") {
  TextRequest r;
  r.cover = smooth_image(5, 80, 96, 3);
  const Image8 target = smooth_image(9, 20, 24, 3);
  const auto with = [&](Size size, int times = 1) {
    r.targets.clear();
    for (int i = 0; i < times; ++i) r.targets.push_back({target, {}, size, 0, "pillow-bicubic", 1});
    return r;
  };
  SolveOptions options;
  const char* words =
      "view 1 has the size 60000x60000, which is too large: for an image of 96x80 it may be at most 1536x1280 "
      "(16 times its sides, and never above 65535)";
  CHECK_THROWS_WITH(run(with({60000, 60000})), words);
  CHECK_THROWS_WITH(make_problem(with({60000, 60000})), words);
  CHECK_THROWS_WITH(trade_off(with({60000, 60000})), words);
  r.goal = EyeGoal();
  CHECK_THROWS_WITH(run(with({60000, 60000})), words);
  r.goal = PixelsGoal();
  CHECK_THROWS_WITH(run(with({1537, 20})), Catch::Contains("too large"));
  CHECK_THROWS_WITH(run(with({1536, 1280}, 64)),
                    "the views have 126 million pixels in all; at most 67 million are possible with this image");
  RevealOptions look;
  look.sizes = {{60000, 60000}};
  CHECK_THROWS_WITH(reveal(r.cover, look),
                    Catch::Contains("a picture to look at has the size 60000x60000, which is too large"));
  r.options = "sweeps=2";
  CHECK(run(with({1536, 20})).views.back().size == Size{1536, 20});
}
