// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/sizes.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "image/shape.hpp"
#include "request/goals.hpp"
#include "scaling/view_size.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

[[noreturn]] void wrong(const std::string& what) { throw Error(ErrorCode::InvalidArgument, what); }

void check(const Request& r) {
  if (r.cover.empty()) wrong(_("there is no cover"));
  if (r.cover.channels() != 1 && r.cover.channels() != 3) wrong(_("the cover must be grey or RGB"));
  if (r.targets.empty()) wrong(_("there is no target"));
  if (r.targets.size() > kMostTargets)
    wrong(filled(_("there are %zu views; at most %zu are possible"), r.targets.size(), std::size_t(kMostTargets)));
  request::check(r.goal);
  if (!(r.balance >= 0 && r.balance <= 100))
    wrong(filled(_("the balance %s is outside 0 to 100"), number_text(r.balance).c_str()));
  if (r.selection && (r.selection->size() != r.cover.size() || r.selection->channels() != 1))
    throw Error(ErrorCode::SizeMismatch, _("the selection has another size than the cover"));
}

/// Target number `n`, from 1.
void check(const Request& r, const Target& t, std::size_t n) {
  if (t.picture.empty()) wrong(filled(_("view %zu has no target"), n));
  if (t.picture.channels() != r.cover.channels())
    throw Error(ErrorCode::SizeMismatch,
                filled(_("view %zu: the cover and the target must both be grey or both be in colour"), n));
  if (!(t.weight > 0 && t.weight <= 1000))
    wrong(
        filled(_("view %zu has the weight %s; it must be above 0 and at most 1000"), n, number_text(t.weight).c_str()));
  if (t.size == Size{} && t.factor != 0 && !(t.factor >= 0.001 && t.factor <= 16))
    wrong(filled(_("view %zu has the factor %s; it must lie between %s and %s"), n, number_text(t.factor).c_str(),
                 number_text(0.001).c_str(), number_text(16).c_str()));
}

}  // namespace

Target& Request::target() {
  if (targets.empty()) targets.emplace_back();
  return targets.front();
}

const Target& Request::target() const {
  if (targets.empty()) wrong(_("there is no target"));
  return targets.front();
}

Size size_of(const Request& r, const Target& t) {
  if (t.size != Size{}) return t.size;
  if (t.factor == 0) return t.picture.size();
  return {std::max(1, static_cast<int>(std::lround(r.cover.width() * t.factor))),
          std::max(1, static_cast<int>(std::lround(r.cover.height() * t.factor)))};
}

namespace request {

std::vector<Size> checked_sizes(const Request& r) {
  bifocal::check(r);
  std::vector<Size> sizes;
  double pixels = 0;
  for (const Target& t : r.targets) {
    const std::size_t n = sizes.size() + 1;
    bifocal::check(r, t, n);
    const Size size = size_of(r, t);
    scaling::check_view_size(filled(_("view %zu"), n), size, r.cover.size());
    if (size == r.cover.size())
      wrong(
          filled(_("view %zu has the cover's own size %s, where only the cover can be seen"), n, shape(size).c_str()));
    sizes.push_back(size);
    pixels += size.area();
  }
  scaling::check_pixels(pixels, r.cover.size());
  return sizes;
}

bool one_thumbnail(const Request& r, const std::vector<Size>& sizes) {
  return sizes.size() == 1 && !enlarges(sizes[0], r.cover.size());
}

bool can_be_exact(Size image, Size view) { return view.area() <= image.area(); }

}  // namespace request
}  // namespace bifocal
