// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/preview_pane.hpp"

#include <string>
#include <utility>

#include "dialogs/fitted.hpp"
#include "dialogs/gui.hpp"
#include "language.hpp"
#include "report_words.hpp"

namespace plugin {
namespace {

constexpr int kSmallWidth = 140, kSmallHeight = 132;  // px, at least

GtkWidget* make_switch(const char* label, const char* tip, bool on) {
  GtkWidget* button = gtk_check_button_new_with_mnemonic(label);
  gtk_widget_set_tooltip_text(button, tip);
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), on);
  keep_readable(button);
  return button;
}

GtkWidget* make_title(const char* words) {
  GtkWidget* label = make_label(marked("b", words).c_str());
  return label;
}

}  // namespace

PreviewPane::PreviewPane(WindowMemory& memory, std::function<void(Advice)> advised)
    : memory_(memory), box_(make_column(6)), view_([this] { moved(); }), line_(std::move(advised)) {
  GtkWidget* switches = make_row(12);
  preview_ = make_switch(_("_Preview"), _("Work out what will come out while settings are changed"),
                         memory.get("preview", 1) != 0);
  split_ = make_switch(_("Split: cover an_d result"), _("The cover as it is on the left, the result on the right"),
                       memory.get("split", 0) != 0);
  busy_ = gtk_spinner_new();
  gtk_box_pack_start(GTK_BOX(switches), preview_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(switches), split_, FALSE, FALSE, 0);
  gtk_box_pack_end(GTK_BOX(switches), busy_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), switches, FALSE, FALSE, 0);

  full_title_ = make_title(_("At full size, as an eye sees it"));
  raw_ = make_switch(_("Pixels as the file _keeps them"),
                     _("The pixels themselves; an eye further away sees fine grain as one colour"),
                     memory.get("raw", 0) != 0);
  gtk_box_pack_start(GTK_BOX(box_), full_title_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), view_.widget(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box_), raw_, FALSE, FALSE, 0);

  gtk_box_pack_start(GTK_BOX(box_), make_title(_("As a thumbnail")), FALSE, FALSE, 0);
  GtkWidget* pair = gtk_hbox_new(TRUE, 12);
  const char* names[] = {_("Thumbnail"), _("Wanted")};
  for (int i = 0; i < 2; ++i) {
    GtkWidget* column = make_column(3);
    const char* tips[] = {_("What the program makes of the result, pixel by pixel"),
                          _("The target at the same size: what it should make of it")};
    small_canvases_[i] = make_canvas(kSmallWidth, kSmallHeight, [this, i](cairo_t* cairo, int width, int height) {
      const auto& shown = i == 0 ? small_ : wanted_;
      if (shown) paint_small(cairo, width, height, i == 0 ? shown->thumbnail : shown->wanted);
    });
    name_for_readers(small_canvases_[i], names[i]);
    gtk_widget_set_tooltip_text(small_canvases_[i], tips[i]);
    small_names_[i] = make_label(names[i]);
    gtk_label_set_line_wrap(GTK_LABEL(small_names_[i]), FALSE);
    gtk_misc_set_alignment(GTK_MISC(small_names_[i]), 0.5, 0.5);
    gtk_box_pack_start(GTK_BOX(column), small_canvases_[i], TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), small_names_[i], FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(pair), column, TRUE, TRUE, 0);
  }
  gtk_box_pack_start(GTK_BOX(box_), pair, TRUE, TRUE, 0);
  view_.set_split(memory.get("split", 0) != 0);
  g_signal_connect(preview_, "toggled", G_CALLBACK(on_preview), this);
  g_signal_connect(split_, "toggled", G_CALLBACK(on_split), this);
  g_signal_connect(raw_, "toggled", G_CALLBACK(on_raw), this);
}

void PreviewPane::on_split(GtkToggleButton* button, PreviewPane* self) noexcept {
  const bool split = gtk_toggle_button_get_active(button);
  self->memory_.set("split", split);
  self->view_.set_split(split);
}

void PreviewPane::switched() {
  memory_.set("preview", on());
  if (on())
    ask();
  else
    cannot();
}

void PreviewPane::set_cover(gint32 cover) {
  if (cover == cover_) return;
  sleep();
  cover_ = cover;
  measured_.reset();
  for (GtkWidget* canvas : small_canvases_) gtk_widget_queue_draw(canvas);
}

void PreviewPane::show(const Settings& settings) {
  settings_ = settings;
  ask();
}

void PreviewPane::cannot() {
  if (on()) settings_.reset();
  if (live_) live_->rest();
  gtk_spinner_stop(GTK_SPINNER(busy_));
  line_.say(on() ? "" : _("There is no preview while it is switched off."));
}

void PreviewPane::sleep() {
  settings_.reset();
  gtk_spinner_stop(GTK_SPINNER(busy_));
  view_.set_cover(nullptr);
  live_.reset();
  whole_.reset(), part_.reset(), small_.reset(), wanted_.reset();
}

LivePreview& PreviewPane::live() {
  if (!live_) live_.emplace([this](std::shared_ptr<const Previewed> p) { arrived(std::move(p)); });
  live_->set_cover(cover_);
  return *live_;
}

void PreviewPane::ask() {
  if (!settings_ || !on()) return;
  try {
    if (!live().cover()) {
      live().read(settings_->result);
      view_.set_cover(&live().cover()->colour);
    }
    if (live().ask(*settings_, view_.visible())) gtk_spinner_start(GTK_SPINNER(busy_));
  } catch (const std::exception& e) {
    line_.say(e.what());
  }
}

void PreviewPane::moved() {
  if (!settings_ || !on() || !live_ || !live_->cover()) return;
  if (whole_ && whole_->stage == PreviewStage::Whole)
    refresh();
  else if (live().asked().part != view_.visible())
    try {
      live().ask(*settings_, view_.visible());
    } catch (const std::exception& e) {
      line_.say(e.what());
    }
}

void PreviewPane::arrived(std::shared_ptr<const Previewed> p) {
  if (p->settled) gtk_spinner_stop(GTK_SPINNER(busy_));
  if (p->stage == PreviewStage::Wrong) {
    line_.say(sentence(p->wrong));
    return;
  }
  if (!p->image.empty()) {
    whole_ = p;
    part_.reset();
  }
  if (!p->part.empty()) part_ = p;
  if (!p->image.empty() || !p->part.empty()) refresh();
  if (!p->thumbnail.empty()) small_ = p;
  if (!p->wanted.empty()) wanted_ = p;
  for (GtkWidget* canvas : small_canvases_) gtk_widget_queue_draw(canvas);
  if (p->judgement) {
    if (!measured_ || p->stage == PreviewStage::Quick) measured_.emplace();
    measured_->judgement = *p->judgement;
    measured_->whole = p->stage == PreviewStage::Whole;
  }
  if (!measured_ || (!p->judgement && !p->spread && p->seconds <= 0)) return;
  if (p->spread) measured_->spread = p->spread;
  if (p->seconds > 0) measured_->seconds = p->seconds;
  line_.show(forecast(live().asked(), *measured_));
}

void PreviewPane::refresh() {
  memory_.set("raw", raw());
  const bool copy = live_ && live_->cover() && live_->cover()->share < 1;
  const char* words = raw()  ? copy ? _("A smaller copy, pixel for pixel") : _("At full size, pixel for pixel")
                       : copy ? _("A smaller copy, as an eye sees it")
                             : _("At full size, as an eye sees it");
  gtk_label_set_markup(GTK_LABEL(full_title_), marked("b", words).c_str());
  if (whole_) view_.show_whole(raw() ? whole_->image : whole_->seen, whole_->seen);
  if (part_) view_.show_part(raw() ? part_->part : part_->part_seen, part_->region);
}

void PreviewPane::paint_small(cairo_t* cairo, int width, int height, const bifocal::Image8& image) {
  // Both pictures have the size of what is wanted; a quick thumbnail has fewer pixels.
  const double times =
      paint_fitted(cairo, width, height, to_pixbuf(image).get(), wanted_ ? wanted_->wanted.size() : image.size());
  const std::string zoom = times >= 1 ? filled(_("×%d"), static_cast<int>(times)) : std::string(_("made smaller"));
  // TRANSLATORS: the placeholder says how it is shown: "×2", or "made smaller"
  const std::string names[] = {filled(_("Thumbnail, %s"), zoom.c_str()), _("Wanted")};
  for (int i = 0; i < 2; ++i)
    if (names[i] != gtk_label_get_text(GTK_LABEL(small_names_[i])))
      gtk_label_set_text(GTK_LABEL(small_names_[i]), names[i].c_str());
}

}  // namespace plugin
