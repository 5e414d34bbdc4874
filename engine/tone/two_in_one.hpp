// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// From a cover and a target to the problem "to the eye": tone plan -> what the eye is to see at full size -> dithered
// start -> views (eyes of several widths, thumbnails of several kernels and sizes).
#include <optional>
#include <string>
#include <vector>

#include <bifocal/problem.hpp>

#include "tone/plan.hpp"

namespace bifocal::tone {

struct EyeView {
  double sigma;
  bool luma;
  double weight;
};
struct ThumbnailView {
  char kernel;  ///< 'b' box, 't' triangle, 'h' hamming, 'c' Catmull-Rom, 'l' Lanczos, 'v' box to twice the size, then
                ///< Lanczos
  double size;  ///< in sizes of the thumbnail; above 1 only what a grid of half the size shows of it: held in all that
                ///< it sees, a box there takes from both pictures and from the smooth kernels of its size
  double weight;
};

struct TwoInOneOptions {
  double sigma = 1;              ///< width of the eye, pixels; the eyes below are in units of it
  std::optional<Scaler> chosen;  ///< gets a view of its own, in front of the ordinary ones
  double chosen_weight =
      1.35;  ///< repair makes it exact afterwards: more lowers the ghost in the cover, less serves the other scalers
  PlanOptions plan;
  double crisp = 0;    ///< 0..1: how far both pictures' local contrast is evened out (crisp.hpp), and the detail raised
  double sharp = 0.7;  ///< pictures of eyes wider than this are what an eye of this sigma would see, blurred on
  double thumbnail_weight = 6;
  double dark = 0.02;    ///< light below this counts as this when errors in light become errors in encoded values
  bool ordered = false;  ///< the start is an ordered dither
  double chroma = 0;     ///< > 0: weight of colour differences within 2x2 pixels, which JPEG's 4:2:0 would lose
  std::vector<EyeView> eyes = {{0.8, true, 4}, {1.35, true, 4}, {2.2, false, 4}};
  /// Box and libvips's box with Lanczos pass the most of the dither: they weigh most. At 1.5 the box alone: what serves
  /// it serves Lanczos.
  std::vector<ThumbnailView> thumbnails = {{'b', 1, .4}, {'l', 1, .15}, {'v', 1, .45}, {'b', .75, .1}, {'b', 1.5, .07}};
};

/// Whether an ordered dither can be the start: where a thumbnail's pixel is an even number of pixels wide and high, or
/// nearly, the pattern of two pixels falls out of thumbnails; elsewhere they would see it beat, as enlargements would.
bool suits_ordered_start(Size full, Size small);
/// Options that make use of its little grain: narrower margins, and thumbnails that weigh more, which leaves less for
/// repair to put right (seen as a ghost).
void make_use_of_ordered_start(TwoInOneOptions& options);

struct Pictures {
  Plan plan;
  Image base;            ///< what the eye is to see less the cover's detail, at the thumbnail's size
  Image thumbnail;       ///< v, levels
  bool ordered = false;  ///< as TwoInOneOptions
};

/// The cover at the thumbnail's size, levels.
Image coarse(const Image8& cover, Size small);
/// coarse: as above; target: levels, at that size, as many channels as the cover. Asked to stop, it
/// ends early with what there is.
Pictures pictures(const Image8& cover, const Image& coarse, const Image& target, const TwoInOneOptions& options);
/// c', levels: what the eye is to see.
Image look_closely(const Pictures& pictures, const Image8& cover);
/// A dither that is near to both pictures, levels; seen: look_closely(). `together`: with the same grain in all
/// channels.
Image start(const Pictures& pictures, const Image& seen, bool together = false);
/// The same in bytes, for who has no time for more. Large images get dots of 2x2 pixels.
Image8 start_in_bytes(const Pictures& pictures, const Image8& cover, bool together = false);

struct TwoInOne {
  Problem problem;  ///< the chosen scaler's view, if any, comes first
  Pictures pictures;
  Image seen;  ///< look_closely()
};

/// The pictures as a problem for the general solvers.
TwoInOne two_in_one(const Image8& cover, const Image& target, const TwoInOneOptions& options);

}  // namespace bifocal::tone

namespace bifocal {

/// What the algorithm "heavy-ball" makes of a cover.
struct TwoPictures {
  tone::TwoInOneOptions tones;
  tone::Pictures pictures;
  Image weights;  ///< 1 channel, the thumbnail's size, 0 where it does not matter; or empty
};

}  // namespace bifocal
