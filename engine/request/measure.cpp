// SPDX-License-Identifier: LGPL-3.0-or-later
// Another image than the result, reported as the result is.
#include <cmath>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include <bifocal/error.hpp>
#include <bifocal/request.hpp>
#include <bifocal/scalers.hpp>

#include "report/view_report.hpp"
#include "request/eye_showings.hpp"
#include "request/parts.hpp"
#include "request/sizes.hpp"
#include "solver/controller.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

progress::Spare all_of(solver::Controller& controller) {
  return [&controller](const std::function<void()>& figure) { controller.spare(solver::timing().after_stop, figure); };
}

}  // namespace

Result measure(const Request& r, const Image8& image, Result result, const SolveOptions& options) {
  const bool one = request::one_thumbnail(r, request::checked_sizes(r));
  std::optional<request::Parts> parts;  // of one thumbnail; its scaler may stand for many
  if (one) parts = request::take_apart(r);
  if (image.channels() != r.cover.channels())
    throw Error(ErrorCode::SizeMismatch,
                filled(_("the image has %d channels and the cover %d"), image.channels(), r.cover.channels()));
  solver::Controller controller(options);
  const auto scaler = [&](const ViewReport& view) {
    return one ? parts->scaler : Scaler::find(view.scaler).reading(r.file, r.cover.channels());
  };
  const auto showings = [&](const Request& of) {
    if (one) return request::show_one(image, of.cover, *parts, all_of(controller), result);
    std::vector<Size> sizes;
    std::vector<Scaler> scalers;
    for (const ViewReport& view : result.views) sizes.push_back(view.size), scalers.push_back(scaler(view));
    request::show_views(of, scalers, sizes, image, all_of(controller), result);
  };
  try {
    const bool measured = controller.run([&] {
      controller.phase(Phase::Checking, 0, 1);
      for (ViewReport& view : result.views)
        if (!view.scaler.empty() && !view.channels.empty())
          report::measure(scaler(view).resize(image, view.size), view);
      if (!result.appearance.empty()) {
        result.appearance.clear();
        if (image.size() == r.cover.size()) {
          showings(r);
        } else {
          Request other = r;
          other.cover = Scaler::find(scalers::kUsual).resize(r.cover, image.size());
          other.selection.reset();
          showings(other);
        }
      }
      const bool same = image.size() == r.cover.size();
      report::measure_cover(
          image, r.cover,
          [&](const std::function<void()>& figure) {
            if (same) figure();
          },
          result);
    });
    return measured ? result : solver::cancelled();
  } catch (const std::bad_alloc&) {
    throw Error(ErrorCode::OutOfMemory, _("there is not enough memory to measure the image"));
  }
}

}  // namespace bifocal
