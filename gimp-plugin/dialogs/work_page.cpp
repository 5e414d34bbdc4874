// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/work_page.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <libgimp/gimp.h>

#include <bifocal/number.hpp>

#include "dialogs/fitted.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/pages.hpp"
#include "dialogs/remaining_time.hpp"
#include "language.hpp"
#include "report_words.hpp"

namespace plugin {
namespace {

constexpr int kStop = 1, kDone = 2;
constexpr int kLarge = 300, kSmall = 180;      // px, sides of the pictures at least
constexpr int kMostWidth = 900, kWords = 380;  // px, before the page scrolls sideways, and of the words
constexpr guint kInterval = 50;                // ms between two looks at the job
constexpr int kImageEvery = 4;                 // looks between two at the image: each asks GIMP

class WorkPage {
 public:
  WorkPage(PagedWindow& window, Job& job, gint32 image, const JobLooks& looks);
  ~WorkPage() { stop_timer(); }
  WorkPage(const WorkPage&) = delete;
  WorkPage& operator=(const WorkPage&) = delete;
  void run();

 private:
  GtkWidget* make_content();
  GtkWidget* make_picture(GtkWidget* title, FittedPicture& picture);
  static gboolean on_timer(gpointer self) noexcept;
  void stop_timer();
  void update();
  void ask(const char* what);
  void cancel(const char* what);
  std::string phase(const Snapshot& now) const;

  Job& job_;
  const gint32 image_;
  const JobLooks looks_;
  RemainingTime remaining_;
  int ticks_ = 0;
  FittedPicture large_{kLarge, kLarge, _("The image at full size")};
  FittedPicture small_{kSmall, kSmall, _("The small image")};
  GtkWidget* large_title_ = make_label(marked("b", _("The cover")).c_str());
  GtkWidget *phase_, *bar_, *left_, *figures_;
  Page page_;
  guint timer_ = 0;
  bool asked_ = false;  // a button was pressed; the phase's line says which
};

WorkPage::WorkPage(PagedWindow& window, Job& job, gint32 image, const JobLooks& looks)
    : job_(job), image_(image), looks_(looks), page_(window, make_content()) {
  if (looks_.makes_image) {
    GtkWidget* stop = page_.add_button(_("_Stop and Keep"), kStop);
    explain(stop, _("Ends the work now. The image as far as it has come is the result."), "plug-in-bifocal/work");
  }
  GtkWidget* cancel = page_.add_button(GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  explain(cancel, _("Ends the work and goes back to the settings. Nothing in the image changes."),
          "plug-in-bifocal/work");
  if (looks_.makes_image && gimp_item_is_valid(looks_.begins_as))
    large_.show(Pixbuf(gimp_drawable_get_thumbnail(looks_.begins_as, bifocal::Progress::kPictureSide,
                                                   bifocal::Progress::kPictureSide, GIMP_PIXBUF_SMALL_CHECKS)));
  page_.show(_("Bifocal at Work"), cancel);
  timer_ = g_timeout_add(kInterval, on_timer, this);
}

GtkWidget* WorkPage::make_content() {
  GtkWidget* box = make_column(12);
  gtk_container_set_border_width(GTK_CONTAINER(box), 12);
  GtkWidget* pictures = make_row(18);
  gtk_box_pack_start(GTK_BOX(pictures), make_picture(large_title_, large_), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(pictures), make_picture(make_label(marked("b", _("The small image")).c_str()), small_),
                     TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box), pictures, TRUE, TRUE, 0);
  phase_ = make_label(_("Preparing…"));
  bar_ = gtk_progress_bar_new();
  left_ = make_label("");
  figures_ = make_label("");
  gtk_misc_set_alignment(GTK_MISC(figures_), 0, 0);
  gtk_widget_set_size_request(figures_, kWords, 60);  // nothing jumps once there are some
  for (GtkWidget* widget : {phase_, bar_, left_, figures_}) gtk_box_pack_start(GTK_BOX(box), widget, FALSE, FALSE, 0);
  name_for_readers(bar_, _("How much of the work is done"));
  GtkWidget* scrolled = make_scrolling(box, kMostWidth);
  gtk_widget_show_all(scrolled);
  gtk_widget_set_visible(pictures, looks_.makes_image);
  gtk_widget_set_visible(figures_, looks_.makes_image);
  return scrolled;
}

GtkWidget* WorkPage::make_picture(GtkWidget* title, FittedPicture& picture) {
  GtkWidget* column = make_column(6);
  gtk_box_pack_start(GTK_BOX(column), title, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(column), picture.widget(), TRUE, TRUE, 0);
  return column;
}

void WorkPage::stop_timer() {
  if (timer_) g_source_remove(std::exchange(timer_, 0));
}

gboolean WorkPage::on_timer(gpointer self) noexcept {
  auto& page = *static_cast<WorkPage*>(self);
  try {
    page.update();
  } catch (...) {
    // A picture that could not be shown must not end the work.
  }
  if (!page.job_.finished()) return G_SOURCE_CONTINUE;
  page.timer_ = 0;
  page.page_.respond(kDone);
  return G_SOURCE_REMOVE;
}

std::string figures(const Snapshot& now) {
  if (!now.measured || now.sweeps == 0) return "";
  const std::string words =
      now.exact_share >= 1
          ? _("As computed, all of the small image's values are right.")
          : filled(_("%s %% of the small image's values are right, as computed; the worst is off by %s of 255 levels."),
                   bifocal::number_text(std::min(99.9, 100 * now.exact_share), 1).c_str(),
                   bifocal::number_text(std::max(1.0, now.residual_max), 0).c_str());
  return words + "\n" + filled(_("Round %d."), now.sweeps);
}

std::string WorkPage::phase(const Snapshot& now) const {
  return looks_.phase ? looks_.phase : capitalised(bifocal::to_string(now.phase));
}

void WorkPage::update() {
  // Here, on the main thread, GIMP may be asked.
  if (ticks_++ % kImageEvery == 0 && !job_.cancelled() && !gimp_image_is_valid(image_))
    cancel(_("The image was closed. Cancelling…"));
  const Snapshot now = job_.snapshot();
  const double fraction = CLAMP(now.fraction, 0.0, 1.0);
  gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(bar_), fraction);
  const std::string percent = filled(_("%s %%"), bifocal::number_text(100 * fraction, 0).c_str());
  gtk_progress_bar_set_text(GTK_PROGRESS_BAR(bar_), percent.c_str());
  if (!asked_) gtk_label_set_text(GTK_LABEL(phase_), filled(_("%s…"), phase(now).c_str()).c_str());
  // Also for a window that is out of sight.
  GtkWindow* window = page_.window().window();
  // TRANSLATORS: a window's title, such as "42 %, Solving: Bifocal at Work"
  if (const std::string title = filled(_("%s, %s: Bifocal at Work"), percent.c_str(), phase(now).c_str());
      title != gtk_window_get_title(window))
    gtk_window_set_title(window, title.c_str());
  const std::string left = asked_ ? "" : remaining_.words(now.seconds_left);
  if (left != gtk_label_get_text(GTK_LABEL(left_))) gtk_label_set_text(GTK_LABEL(left_), left.c_str());
  if (!looks_.makes_image) return;
  if (const std::string words = figures(now); !words.empty()) gtk_label_set_text(GTK_LABEL(figures_), words.c_str());
  if (now.thumbnail) small_.show(*now.thumbnail);
  if (!now.picture) return;
  large_.show(*now.picture);
  gtk_label_set_markup(GTK_LABEL(large_title_), marked("b", _("At full size, as an eye sees it")).c_str());
}

void WorkPage::ask(const char* what) {
  asked_ = true;
  gtk_label_set_text(GTK_LABEL(phase_), what);
}

void WorkPage::cancel(const char* what) {
  job_.cancel();
  if (looks_.makes_image) page_.set_sensitive(kStop, false);
  page_.set_sensitive(GTK_RESPONSE_CANCEL, false);
  ask(what);
}

void WorkPage::run() {
  for (;;) {
    switch (page_.run()) {
      case kDone:
        return;
      case kStop:
        job_.stop_and_keep();
        page_.set_sensitive(kStop, false);
        ask(_("Stopping; the best so far is kept…"));
        break;
      default:  // Cancel, Escape, or the window was closed
        cancel(_("Cancelling…"));
        break;
    }
    if (job_.finished() && !timer_) return;
  }
}

}  // namespace

void show_work(PagedWindow& window, Job& job, gint32 image, const JobLooks& looks) {
  WorkPage(window, job, image, looks).run();
  job.finish();
}

}  // namespace plugin
