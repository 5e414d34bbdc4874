// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/goal.hpp>
#include <bifocal/options.hpp>
#include <bifocal/problem.hpp>
#include <bifocal/solve.hpp>

namespace BIFOCAL_API bifocal {

/// How a target of another aspect ratio gets to the small size.
enum class Fit {
  Stretch,  ///< both sides scaled on their own
  Inside,   ///< all of the target visible; the borders are left to the cover
  Fill,     ///< the small size is filled; the target is cropped in its centre
};

/// A scaler's id that stands for every antialiasing scaler of encoded values at once; with Appearance::Eye and one
/// smaller target only.
inline constexpr std::string_view kAnyScaler = "any";

/// One picture that the image should become once it is scaled.
struct Target {
  Image8 picture;               ///< as many channels as the cover; any size
  std::optional<Image8> alpha;  ///< 1 channel, the picture's size: where 0, it does not matter
  Size size;                    ///< that the image is scaled to, smaller or larger; {0, 0}: by `factor`
  double factor = 0;            ///< size over the cover's, 0.001..16; 0 with no size: the picture's own size
  std::string scaler = "pillow-bicubic";
  double weight = 1;  ///< against the other targets, > 0..1000
};

/// The longest list of targets.
inline constexpr std::size_t kMostTargets = 64;

/// Everything that a host (a GIMP plug-in, a script) asks for: what a person sets, no maths. At its own size the image
/// is to be the cover, and each target once it is scaled.
struct Request {
  Image8 cover;                     ///< grey (1) or RGB (3)
  std::vector<Target> targets;      ///< 1 to kMostTargets
  std::optional<Image8> selection;  ///< 1 channel, the cover's size: 0 keep, 255 free
  Goal goal;                        ///< how the targets are meant
  Fit fit = Fit::Stretch;
  double balance = 100;  ///< 0 keeps the cover, b pulls the targets b % of the way, 100: exact
  FileKind file;         ///< what the image will be saved as

  /// The first target, of which there is mostly one. Makes it when there is none yet; const: throws InvalidArgument.
  Target& target();
  const Target& target() const;
};

/// The size that a target of the request is seen at, from its size, factor or picture.
Size size_of(const Request& request, const Target& target);

/// What a text of options is read for. Throws as make_problem(), but looks at no scaler.
OptionsFor options_for(const Request& request);

/// What solve() takes.
struct Posed {
  Problem problem;
  SolveOptions options;
};

/// The request as a problem, and the caller's options as that is solved with them. Throws Error with a message for the
/// user (UnknownScaler, UnknownSetting, ...).
Posed make_problem(const Request& request, const SolveOptions& options = {});

/// Solves the request, by pixels as make_problem and solve() do it, and does what its goal asks for beyond.
/// Result::views holds one report a target, in the request's order; one smaller target to the eye is dithered by an
/// algorithm of its own. Warns about targets that cannot be had together or at all.
Result run(const Request& request, const SolveOptions& options = {});

/// Another image than the one that run() made, such as a file's in which something lies over it: `result`, which came
/// from run() with the same request, with that image's figures of cover, views and showings; what is said of the solve
/// stays. An image of another size is scaled to the same small size, and its figures against the cover are NaN.
/// Throws SizeMismatch for another number of channels. When `options` cancel, the outcome is Cancelled.
Result measure(const Request& request, const Image8& image, Result result, const SolveOptions& options = {});

}  // namespace bifocal
