// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/request.hpp>
#include <bifocal/solve.hpp>

namespace BIFOCAL_API bifocal {

/// Starting points for a list of targets.
enum class Preset {
  Thumbnail,        ///< the first target at its own size, by Pillow's bicubic
  WorksEverywhere,  ///< the first target at its own size by Pillow's box, bilinear, bicubic, lanczos and OpenCV's area,
                    ///< nearest, linear
  WhenEnlarged,     ///< the first target at one and a half times the cover's size, by Pillow's bicubic
  SmallAndLarge,    ///< the first target at its own size, the second one at one and a half times the cover's
};
/// "thumbnail", "works-everywhere", "when-enlarged", "small-and-large". Throws InvalidArgument for another name.
Preset find_preset(std::string_view name);
/// One line of the list that a preset gives.
struct PresetView {
  std::size_t target = 0;  ///< 0: the first target, 1: the second
  double factor = 0;       ///< 0: the target's own size
  std::string_view scaler;
};
std::vector<PresetView> preset_views(Preset preset);

/// Root mean square differences, in levels, at one balance.
struct TradeOffPoint {
  double balance = 0;
  double cover = 0;           ///< of the image from the cover
  std::vector<double> views;  ///< of what each view shows from its target
};
/// How far each view can be had, and what that costs.
struct TradeOff {
  std::vector<std::string> names;    ///< of the views
  std::vector<double> untouched;     ///< the views' differences when the cover stays as it is
  std::vector<double> alone;         ///< the least that each view can have, without the others
  std::vector<double> together;      ///< the same with all of them at balance 100
  std::vector<TradeOffPoint> curve;  ///< from balance 0 to 100
};
/// Solves the request for `points` >= 2 balances, and each target alone. Continuous solutions: nothing is rounded.
/// `options.progress` is told fractions of the whole; a stop or cancel leaves out what has not been computed. Throws
/// Unsupported to the eye, where what one view takes from another cannot be told by such differences.
TradeOff trade_off(const Request& request, int points = 9, SolveOptions options = {});
/// As one JSON object.
std::string to_json(const TradeOff& trade_off);

}  // namespace bifocal
