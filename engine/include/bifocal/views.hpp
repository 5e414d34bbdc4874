// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/problem.hpp>
#include <bifocal/request.hpp>
#include <bifocal/solve.hpp>

namespace BIFOCAL_API bifocal {

/// One thing that an image should become.
struct ViewRequest {
  Image8 target;                       ///< as many channels as the cover; any size
  std::optional<Image8> target_alpha;  ///< 1 channel, the target's size: where 0, the target does not matter
  Size size;                           ///< that the image is scaled to, smaller or larger; {0, 0}: by `factor`
  double factor = 0;                   ///< size over the cover's, 0.001..16; 0 with no size: the target's own size
  std::string scaler = "pillow-bicubic";
  double weight = 1;  ///< against the other views, > 0..1000
};

/// The longest list of views.
inline constexpr std::size_t kMostViews = 64;

/// One image that shows several: at its own size the cover, and something for every view.
struct ViewsRequest {
  Image8 cover;                     ///< grey (1) or RGB (3)
  std::vector<ViewRequest> views;   ///< 1 to kMostViews
  std::optional<Image8> selection;  ///< 1 channel, the cover's size: 0 keep, 255 free
  Appearance appearance = Appearance::Pixels;
  Fit fit = Fit::Stretch;
  double balance = 100;  ///< as in Request, for all views together
  FileKind file;         ///< as in Request
  std::string options;   ///< as in Request
};

/// Starting points for a list of views.
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

/// The request as a problem. Throws Error with a message for the user.
Posed make_problem(const ViewsRequest& request, const SolveOptions& options = {});
/// As run() of a Request. Result::views holds one report a view, in the request's order. Warns about views that
/// cannot be had together or at all.
Result run(const ViewsRequest& request, SolveOptions options = {});
/// As measure() of a Request.
void measure(const ViewsRequest& request, const Image8& image, Result& result, const SolveOptions& options = {});

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
/// Solves the request for `points` >= 2 balances, and each view alone. Continuous solutions: nothing is rounded.
/// `options.progress` is told fractions of the whole; a stop or cancel leaves out what has not been computed. Throws
/// Unsupported to the eye, where what one view takes from another cannot be told by such differences.
TradeOff trade_off(const ViewsRequest& request, int points = 9, SolveOptions options = {});
/// As one JSON object.
std::string to_json(const TradeOff& trade_off);

}  // namespace bifocal
