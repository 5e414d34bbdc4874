// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <bifocal/export.hpp>
#include <bifocal/problem.hpp>
#include <bifocal/solve.hpp>

namespace BIFOCAL_API bifocal {

/// How "the thumbnail shows the target" is meant.
enum class Appearance {
  Pixels = 0,  ///< pixel by pixel: exact bytes where the scaler allows
  Eye = 1,     ///< to the eye: two pictures in one, by the difference between linear and encoded light
};

/// How a target of another aspect ratio gets to the small size.
enum class Fit {
  Stretch,  ///< both sides scaled on their own
  Inside,   ///< all of the target visible; the borders are left to the cover
  Fill,     ///< the small size is filled; the target is cropped in its centre
};

/// A scaler's id that stands for every antialiasing scaler of encoded values at once; with Appearance::Eye only.
inline constexpr std::string_view kAnyScaler = "any";

/// Everything that a host (a GIMP plug-in, a script) asks for: what a person sets, no maths.
struct Request {
  Image8 cover;                        ///< grey (1) or RGB (3)
  Image8 target;                       ///< same number of channels; any size
  std::optional<Image8> target_alpha;  ///< 1 channel, the target's size: where 0, the target does not matter
  std::optional<Image8> selection;     ///< 1 channel, the cover's size: 0 keep, 255 free
  Size size;                           ///< of the small image; {0, 0}: the target's own
  std::string scaler = "pillow-bicubic";
  Appearance appearance = Appearance::Pixels;
  Fit fit = Fit::Stretch;
  double balance = 100;  ///< 0 keeps the cover, b pulls the thumbnail b % of the way, 100: exact
  FileKind file;         ///< what the image will be saved as
  std::string options;   ///< "key=value key=value"; see known_options()
};

/// The keys that Request::options takes, one "key=default: meaning" a line, for messages and documentation.
std::string known_options();
/// Throws Error (UnknownSetting), as make_problem and run do, when a string cannot be Request::options; looks at
/// nothing else. `also`: keys that the host takes out of the string itself, such as ", fit"; they are named among the
/// known ones.
void check_options(std::string_view options, std::string_view also = {});

/// What solve() takes.
struct Posed {
  Problem problem;
  SolveOptions options;
};

/// The request as a problem, and the caller's options with what the request's string sets of them. Throws Error with a
/// message for the user (UnknownScaler, UnknownSetting, ...).
Posed make_problem(const Request& request, const SolveOptions& options = {});

/// Solves the request, by pixels as make_problem and solve() do it, and does what its string asks for beyond. What the
/// string sets of `options` counts before what the caller set.
Result run(const Request& request, SolveOptions options = {});

/// Another image than the one that run() made, such as a file's in which something lies over it: puts that image's
/// figures of cover, views and showings into `result`, which came from run() with the same request; what is said of the
/// solve stays. An image of another size is scaled to the same small size, and its figures against the cover are NaN.
/// Throws SizeMismatch for another number of channels. When `options` cancel, the outcome is Cancelled.
void measure(const Request& request, const Image8& image, Result& result, const SolveOptions& options = {});

}  // namespace bifocal
