// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/progress_dialog.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <bifocal/number.hpp>

#include "dialogs/gui.hpp"
#include "dialogs/remaining_time.hpp"
#include "language.hpp"
#include "report_words.hpp"

namespace plugin {
namespace {

constexpr int kStop = 1, kDone = 2;
constexpr int kPicture = 256;    // px, side of the thumbnail's picture
constexpr guint kInterval = 50;  // ms between two looks at the job
constexpr int kImageEvery = 4;   // looks between two at the image: each asks GIMP

class ProgressDialog {
 public:
  ProgressDialog(Job& job, gint32 image, JobLooks looks);
  ~ProgressDialog() { stop_timer(); }
  ProgressDialog(const ProgressDialog&) = delete;
  ProgressDialog& operator=(const ProgressDialog&) = delete;
  void run();

 private:
  static gboolean on_timer(gpointer self) noexcept;
  void stop_timer();
  void update();
  void ask(const char* what);

  void cancel(const char* what);

  Job& job_;
  const gint32 image_;
  const JobLooks looks_;
  RemainingTime remaining_;
  int ticks_ = 0;
  Window window_;
  GtkWidget* phase_;
  GtkWidget* bar_;
  GtkWidget* left_;
  GtkWidget* picture_ = nullptr;
  GtkWidget* figures_ = nullptr;
  guint timer_ = 0;
  bool asked_ = false;  // a button was pressed; the phase's line says which
};

ProgressDialog::ProgressDialog(Job& job, gint32 image, JobLooks looks)
    : job_(job), image_(image), looks_(looks), window_(make_dialog(_("Bifocal at Work"), nullptr)) {
  GtkDialog* dialog = GTK_DIALOG(window_.get());
  if (looks_.makes_image) gtk_dialog_add_button(dialog, _("_Stop and Keep"), kStop);
  gtk_dialog_add_button(dialog, GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  gtk_window_set_resizable(GTK_WINDOW(window_.get()), FALSE);

  GtkWidget* box = gtk_vbox_new(FALSE, 12);
  gtk_container_set_border_width(GTK_CONTAINER(box), 12);
  gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(dialog)), box, TRUE, TRUE, 0);
  if (looks_.makes_image) {
    gtk_box_pack_start(GTK_BOX(box), make_label(marked("b", _("The small image as it now comes out")).c_str()), FALSE,
                       FALSE, 0);
    picture_ = gtk_image_new();
    gtk_widget_set_size_request(picture_, kPicture, kPicture);
    gtk_box_pack_start(GTK_BOX(box), picture_, FALSE, FALSE, 0);
  }
  phase_ = make_label(_("Preparing…"));
  gtk_box_pack_start(GTK_BOX(box), phase_, FALSE, FALSE, 0);
  bar_ = gtk_progress_bar_new();
  gtk_box_pack_start(GTK_BOX(box), bar_, FALSE, FALSE, 0);
  left_ = make_label("");
  gtk_box_pack_start(GTK_BOX(box), left_, FALSE, FALSE, 0);
  gtk_widget_set_size_request(bar_, 380, -1);
  if (looks_.makes_image) {
    figures_ = make_label("");
    gtk_widget_set_size_request(figures_, 380, 60);
    gtk_box_pack_start(GTK_BOX(box), figures_, FALSE, FALSE, 0);
  }
  gtk_widget_show_all(box);
  timer_ = g_timeout_add(kInterval, on_timer, this);
}

void ProgressDialog::stop_timer() {
  if (timer_) g_source_remove(std::exchange(timer_, 0));
}

gboolean ProgressDialog::on_timer(gpointer self) noexcept {
  auto& dialog = *static_cast<ProgressDialog*>(self);
  try {
    dialog.update();
  } catch (...) {
    // A picture that could not be shown must not end the work.
  }
  if (!dialog.job_.finished()) return G_SOURCE_CONTINUE;
  dialog.timer_ = 0;
  gtk_dialog_response(GTK_DIALOG(dialog.window_.get()), kDone);
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
  // TRANSLATORS: how often the work went over the image
  return words + "\n" + filled(_("Round %d."), now.sweeps);
}

void ProgressDialog::update() {
  // Here, on the main thread, GIMP may be asked.
  if (ticks_++ % kImageEvery == 0 && !job_.cancelled() && !gimp_image_is_valid(image_))
    cancel(_("The image was closed. Cancelling…"));
  const Snapshot now = job_.snapshot();
  gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(bar_), CLAMP(now.fraction, 0.0, 1.0));
  const std::string percent = filled(_("%s %%"), bifocal::number_text(100 * CLAMP(now.fraction, 0.0, 1.0), 0).c_str());
  gtk_progress_bar_set_text(GTK_PROGRESS_BAR(bar_), percent.c_str());
  const std::string phase = looks_.phase ? looks_.phase : capitalised(bifocal::to_string(now.phase));
  if (!asked_) gtk_label_set_text(GTK_LABEL(phase_), filled(_("%s…"), phase.c_str()).c_str());
  // Also for a window that is out of sight.
  // TRANSLATORS: the window's title: how much is done, and what is being done
  const std::string title = filled(_("%s, %s: Bifocal at Work"), percent.c_str(), phase.c_str());
  if (title != gtk_window_get_title(GTK_WINDOW(window_.get())))
    gtk_window_set_title(GTK_WINDOW(window_.get()), title.c_str());
  const std::string left = asked_ ? "" : remaining_.words(now.seconds_left);
  if (left != gtk_label_get_text(GTK_LABEL(left_))) gtk_label_set_text(GTK_LABEL(left_), left.c_str());
  if (!looks_.makes_image) return;
  if (const std::string words = figures(now); !words.empty()) gtk_label_set_text(GTK_LABEL(figures_), words.c_str());
  if (now.thumbnail && !now.thumbnail->empty())
    gtk_image_set_from_pixbuf(GTK_IMAGE(picture_), to_pixbuf(*now.thumbnail, kPicture).get());
}

void ProgressDialog::ask(const char* what) {
  asked_ = true;
  gtk_label_set_text(GTK_LABEL(phase_), what);
}

void ProgressDialog::cancel(const char* what) {
  job_.cancel();
  gtk_dialog_set_response_sensitive(GTK_DIALOG(window_.get()), kStop, FALSE);
  gtk_dialog_set_response_sensitive(GTK_DIALOG(window_.get()), GTK_RESPONSE_CANCEL, FALSE);
  ask(what);
}

void ProgressDialog::run() {
  for (;;) {
    switch (gimp_dialog_run(GIMP_DIALOG(window_.get()))) {
      case kDone:
        return;
      case kStop:
        job_.stop_and_keep();
        gtk_dialog_set_response_sensitive(GTK_DIALOG(window_.get()), kStop, FALSE);
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

void show_progress(Job& job, gint32 image, JobLooks looks) {
  ProgressDialog(job, image, looks).run();
  job.finish();
}

}  // namespace plugin
