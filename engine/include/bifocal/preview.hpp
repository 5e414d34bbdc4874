// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// What run() would make of a request, seen before it is all worked out: a small request like it, which is solved at
// once, and parts of the image at full scale, each solved by itself.
#include <memory>

#include <bifocal/export.hpp>
#include <bifocal/request.hpp>

namespace BIFOCAL_API bifocal {

/// A part of an image, in its pixels.
struct Region {
  int x = 0, y = 0;
  Size size;
  friend bool operator==(const Region&, const Region&) = default;
};

/// The one target of a request, brought to the small image's size once and for all: with it run() makes the same of the
/// request, and so do reduced() and Excerpts, which need not do it again. Throws as run().
Target settled_target(const Request& request);

/// A request like this one with a cover of about `pixels` pixels; the cover is averaged, and all views get smaller by
/// one factor, so that every pixel of a view is still made of as many pixels of the cover. Sizes that have such a
/// factor in whole pixels nearby keep their ratios as they are, others nearly. Where a view would be left with fewer
/// than 24 pixels a side (or than it has), the cover gets up to 4 times as many pixels, and then that view stands for
/// fewer of them. The request itself, when its cover has no more pixels. Throws as run().
Request reduced(const Request& request, double pixels);

/// What an eye sees of an image at its own size: fine grain fused in the light that a screen sends out. How far away
/// the eye is, the goal says (EyeGoal::sigma).
Image8 seen_by_eye(const Goal& goal, const Image8& image);
/// What a target's scaler makes of an image, at that target's size; and what it should show there.
Image8 thumbnail_of(const Request& request, const Image8& image, std::size_t target = 0);
Image8 wanted_of(const Request& request, std::size_t target = 0);

/// In how many scalers of the catalogue the image shows the target at the request's small size: fairly well or better,
/// as grade_of_likeness() says.
struct Spread {
  int shown = 0;
  int of = 0;  ///< all that are meant to make images smaller
};
/// `image` came from run() of this request of one thumbnail. Asks `options` whether to go on; cancelled: of = 0.
Spread spread(const Request& request, const Image8& image, const SolveOptions& options = {});

/// Parts of the image that run() would make, at full scale. Each is solved with so much of its surroundings as the
/// small image's pixels take in; to the eye with the tones that are planned for the whole. They are near to run()'s
/// pixels, not the same: no repair follows, and of out-of-reach=fit nothing is known here.
class Excerpts {
 public:
  /// `request`, of one thumbnail, must outlive this and stay as it is. Throws as run(); cancelled: empty().
  Excerpts(const Request& request, const SolveOptions& options);
  ~Excerpts();
  Excerpts(Excerpts&&) noexcept;
  Excerpts& operator=(Excerpts&&) noexcept;

  bool empty() const { return !plan_; }
  /// To the eye: what the small image is planned to show (its bytes, where it is to be exact). Else empty.
  const Image8& thumbnail() const;
  /// This part of the cover; it must lie in the cover and have a pixel. Cancelled: empty.
  Image8 solve(const Region& part, const SolveOptions& options) const;

 private:
  struct Plan;
  std::unique_ptr<const Plan> plan_;
};

}  // namespace bifocal
