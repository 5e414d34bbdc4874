// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/memory.hpp>

#include <algorithm>
#include <string>
#include <string_view>

#include "request/parts.hpp"
#include "request/sizes.hpp"
#include "scaling/view_size.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

/// Bytes at the peak per sample of the cover, per sample of all views together, and per pixel of the cover.
struct Need {
  double cover, views, pixel = 0;
};

// The dual holds the thumbnail's equations and streams the cover; the others hold several images of floats.
constexpr Need kDual{2.5, 56}, kAccelerated{64, 32}, kGeneral{80, 32}, kAnnealing{250, 32}, kDistances{100, 56};
// To the eye: planned pictures, light, momentum; with L-BFGS its memory of steps.
// What is planned is planned for luma, once for all channels.
constexpr Need kEye{26, 100, 18}, kEyeGeneral{96, 32};
constexpr double kJpeg = 6;        // more per sample, to the eye
constexpr double kAtLeast = 24e6;  // bytes of threads, tables and small things

double samples(Size s, int channels) { return static_cast<double>(s.width) * s.height * channels; }

Need need_of(const Extent& e) {
  const std::string_view algorithm = e.algorithm;
  if (const EyeGoal* goal = std::get_if<EyeGoal>(&e.goal); goal && e.balance > 0) {
    if (e.views.size() > 1 || algorithm != "auto") return algorithm == "annealing" ? kAnnealing : kEyeGeneral;
    return {kEye.cover + (goal->jpeg > 0 ? kJpeg : 0), kEye.views, kEye.pixel};
  }
  bool light = false, large = false;
  for (const Extent::Seen& v : e.views) {
    light |= v.scaler != kAnyScaler && request::averages_light(Scaler::find(v.scaler));
    large |= request::enlarges(v.size, e.cover);
  }
  if (algorithm == "annealing") return kAnnealing;
  if (const PixelsGoal* goal = std::get_if<PixelsGoal>(&e.goal); goal && goal->norm == Norm::Norms) return kDistances;
  if (algorithm == "lbfgs" || algorithm == "gradient" || light) return kGeneral;
  return algorithm == "accelerated" || e.views.size() > 1 || large ? kAccelerated : kDual;
}

}  // namespace

double memory_needed(const Extent& e) {
  const Need need = need_of(e);
  double views = 0;
  for (std::size_t k = 0; k < e.views.size(); ++k) {
    scaling::check_view_size(filled(_("view %zu"), k + 1), e.views[k].size, e.cover);
    views += samples(e.views[k].size, e.channels);
  }
  return kAtLeast + (1 + need.cover) * samples(e.cover, e.channels) + need.pixel * samples(e.cover, 1) +
         (1 + need.views) * views;
}

}  // namespace bifocal
