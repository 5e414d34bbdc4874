// SPDX-License-Identifier: LGPL-3.0-or-later
// "key=value key=value": everything that a request can set beyond its fields. One table names keys, defaults and
// meanings.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <bifocal/request.hpp>

namespace bifocal::request {

/// What a request is for; each key serves some of these.
enum class Use {
  Pixels,
  PixelsExact,  ///< pixel by pixel, one thumbnail; at balance 100
  Views,
  ViewsExact,  ///< pixel by pixel, several views; at balance 100
  Eye,
  EyeExact,  ///< to the eye, one thumbnail; at balance 100
  EyeViews,  ///< to the eye, several views
};
Use use_of(Appearance appearance, bool several, double balance);

/// What the keys set, with their defaults.
struct Settings {
  std::vector<std::string_view> given;  ///< the keys that were set, by their names in the table
  SolveOptions solve;                   ///< the caller's, but for what the string sets
  Norm norm = Norm::Squares;
  bool fit_reach = false;
  // To the eye:
  double cover_strength = 1, target_strength = 1;
  double ghosting = 0.18;
  double sigma = 1;
  int iterations = 0;     ///< 0: planned_iterations()
  int jpeg = 0;           ///< quality that the image must survive; 0: none
  int subsampling = 420;  ///< of its colours: 420, 422 or 444
};

/// Throws UnknownSetting for a key that is not in the table (the message lists the known ones, and then `also`) or a
/// value that cannot be read. What the string does not set of Settings::solve is `caller`'s.
Settings parse(std::string_view options, const SolveOptions& caller = {}, std::string_view also = {});
/// The result with a warning for each key that was set and does not serve this use.
Result with_ignored_options(Result result, const Settings& settings, Use use);
/// To the eye: as many iterations as set, or what suits the image's size. Small images can afford more: 40 up to half a
/// megapixel bring the cover .02 SSIM more than the 22 from four megapixels on.
int planned_iterations(const Settings& settings, Size image);
/// `planned` iterations, or fewer where the settings limit them.
int limited(const Settings& settings, int planned);
/// Turns weights of squares into weights of distances where the settings ask for these.
void apply_objective(const Settings& settings, Problem& problem);

}  // namespace bifocal::request
