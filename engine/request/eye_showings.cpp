// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/eye_showings.hpp"

#include <algorithm>
#include <string>

#include "image/jpeg.hpp"
#include "light/eye.hpp"
#include "matrix/compiled.hpp"
#include "report/appearance.hpp"
#include "report/view_report.hpp"
#include "request/sizes.hpp"
#include "tone/looks.hpp"
#include "words/words.hpp"

namespace bifocal::request {
namespace {

double ratio(Size full, Size small) {
  return std::min(static_cast<double>(full.width) / small.width, static_cast<double>(full.height) / small.height);
}

Subsampling subsampling(int digits) {
  return digits == 444 ? Subsampling::Full : digits == 422 ? Subsampling::Columns : Subsampling::Both;
}

constexpr double kMuchPlain = 0.5;

void warn_of_plain(double plain, Result& result) {
  if (plain > kMuchPlain)
    result.warn(kPlainCover, _("much of the cover is plain, which hides little: the target may show through there"));
}

}  // namespace

Image resampled(const Image& image, Size to) {
  if (image.size() == to) return image;
  return matrix::apply(tone::resampling(tone::kernel('c'), image.size(), to), image);
}

void show_one(const Image8& image, const Image8& cover, const Parts& parts, const progress::Spare& spare,
              Result& result) {
  const EyeGoal& goal = parts.goal;
  report::ChangedParts changed;  // what a selection keeps as it is says nothing of the two pictures
  if (parts.mask && parts.mask->size() == image.size()) {
    const Size small = parts.target.picture.size();
    changed.full = report::part_of(report::reachable(SeparableOperator::identity(image.size()), *parts.mask));
    changed.small = report::part_of(report::reachable(parts.scaler.matrices(image.size(), small), *parts.mask));
  }
  // Against what was asked for, not against the toned target.
  result.appearance =
      report::appearance(image, cover, parts.target.picture, parts.scaler, parts.file, goal.sigma, changed, spare);
  if (goal.jpeg > 0)
    report::add_after_jpeg(image, cover, parts.target.picture, parts.scaler, goal.sigma, goal.jpeg,
                           subsampling(goal.subsampling), changed, result.appearance, spare);
}

void warn_of_one(const Request& r, const Parts& parts, double plain, Result& result) {
  const Scaler& scaler = parts.scaler;
  if (averages_light(scaler))
    result.warn("averages-light",
                filled(_("%s averages light, as the eye does: its thumbnail shows the cover, not the target"),
                       std::string(scaler.info().name).c_str()));
  if (ratio(r.cover.size(), parts.target.picture.size()) < 2)
    result.warn("little-room",
                _("the thumbnail is more than half as large as the image: there is little room for two pictures"));
  warn_of_plain(plain, result);
  result.note("at-full-zoom",
              // xgettext:no-c-format
              _("the cover is seen at 100 % zoom; smaller or larger on the screen, the target shows through"));
  if (parts.goal.jpeg == 0)
    result.note("lost-in-jpeg", _("saved as JPEG, the cover is lost in grain, unless the image is made to survive "
                                  "saving as JPEG (from scripts: "
                                  "the option jpeg=85)"));
}

std::vector<std::optional<Likeness>> show_views(const Request& r, const std::vector<Scaler>& scalers,
                                                const std::vector<Size>& sizes, const Image8& image,
                                                const progress::Spare& spare, Result& result) {
  const double sigma = goal_as<EyeGoal>(r.goal).sigma;
  // What a selection keeps as it is says nothing of the pictures.
  const std::optional<Image> mask = mask_of(r.selection);
  const auto changed = [&](const SeparableOperator& look) {
    return mask ? std::optional(report::part_of(report::reachable(look, *mask))) : std::nullopt;
  };
  const auto add = [&](std::string name, std::string scaler, bool shows_target, const std::optional<report::Part>& part,
                       const Image& seen, const Image& wanted, const Image& other) {
    const Role role = scaler.empty() ? Role::Eye : Role::Asked;
    result.appearance.push_back({std::move(name), std::move(scaler), role, 0, seen.size(), shows_target,
                                 report::in_part(likeness, part, seen, wanted, other)});
    return result.appearance.back().likeness;
  };
  spare([&] {
    add("eye", "", false, changed(SeparableOperator::identity(r.cover.size())), light::seen(to_float(image), sigma),
        to_float(r.cover), resampled(to_float(r.targets[0].picture), r.cover.size()));
  });
  std::vector<std::optional<Likeness>> shown(r.targets.size());
  for (std::size_t k = 0; k < r.targets.size(); ++k)
    spare([&] {
      const Target& target = r.targets[k];
      const Scaler& scaler = scalers[k];
      Image seen = to_float(scaler.resize(image, sizes[k]));
      if (enlarges(sizes[k], r.cover.size())) seen = light::seen(seen, sigma);
      const Image other = to_float(scaler.resize(r.cover, sizes[k]));
      const Image wanted =
          fit_target(target.picture, target.alpha, sizes[k], r.fit, [&] { return to_bytes(other); }).picture;
      shown[k] = add(std::string(scaler.info().name), target.scaler, true,
                     changed(scaler.matrices(r.cover.size(), sizes[k])), seen, wanted, other);
    });
  return shown;
}

void warn_of_views(const std::vector<Scaler>& scalers, const std::vector<std::optional<Likeness>>& shown, double plain,
                   Result& result) {
  for (std::size_t k = 0; k < shown.size(); ++k) {
    const auto warn = [&](const char* code, const char* sentence) {
      result.warn(code, filled(sentence, result.views[k].name.c_str()));
    };
    if (averages_light(scalers[k]))
      warn("averages-light", _("\"%s\" averages light, as the eye does: it shows the cover, not its target"));
    else if (shown[k] && (shown[k]->leak > 1 || shown[k]->zncc < 0.5))
      warn("shows-others", _("\"%s\" shows more of the other pictures than of its own target"));
    else if (shown[k] && shown[k]->leak > 0.4)
      warn("ghost", _("\"%s\" shows its target with a ghost of the cover"));
  }
  warn_of_plain(plain, result);
  result.note("at-full-zoom",
              // xgettext:no-c-format
              _("the cover is seen at 100 % zoom; smaller or larger on the screen, the other pictures show through"));
}

}  // namespace bifocal::request
