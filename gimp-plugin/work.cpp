// SPDX-License-Identifier: LGPL-3.0-or-later
#include "work.hpp"

#include <gegl.h>
#include <libgimp/gimp.h>

#include "answer.hpp"
#include "checks.hpp"
#include "dialogs/work_page.hpp"
#include "language.hpp"

namespace plugin {
namespace {

void run_headless(Job& job, gint32 image, const char* title) {
  using namespace std::chrono_literals;
  gimp_progress_init(title);
  while (!job.wait_for(100ms)) {
    gimp_progress_update(job.snapshot().fraction);
    if (!gimp_image_is_valid(image)) job.cancel();
  }
  gimp_progress_update(1);
  job.finish();
}

}  // namespace

void run_job(Job::Work work, gint32 image, PagedWindow* window, const JobLooks& looks) {
  bifocal::SolveOptions options;
  g_object_get(gegl_config(), "threads", &options.threads, nullptr);
  Job job(std::move(work), options);
  window ? show_work(*window, job, image, looks) : run_headless(job, image, looks.title);
  if (!gimp_image_is_valid(image))
    throw UserError(_("The image was closed while Bifocal worked; the work was cancelled."));
  // Also what was cancelled while the work was ending by itself.
  if (job.cancelled()) throw Cancelled();
}

bifocal::Result do_work(std::function<bifocal::Result(bifocal::SolveOptions)> work, gint32 image, PagedWindow* window,
                        gint32 begins_as) {
  bifocal::Result result;
  JobLooks looks;
  looks.begins_as = begins_as;
  run_job([&](bifocal::SolveOptions options) { result = work(std::move(options)); }, image, window, looks);
  if (result.outcome == bifocal::Outcome::Cancelled) throw Cancelled();
  return result;
}

Shape::Shape(gint32 layer)
    : width_(gimp_drawable_width(layer)), height_(gimp_drawable_height(layer)),
      format_(gimp_drawable_get_format(layer)) {}

void Shape::check(gint32 image, gint32 layer) const {
  check_cover(image, layer);  // it may have been closed in the meantime
  if (Shape(layer) != *this)
    throw UserError(
        _("The cover layer got another size or mode while Bifocal worked. Nothing was changed; please run it again."));
}

}  // namespace plugin
