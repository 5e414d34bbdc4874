// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/preview_pane.hpp"

#include <string>
#include <utility>

#include "dialogs/gui.hpp"
#include "dialogs/wrapping.hpp"
#include "language.hpp"
#include "report_words.hpp"

namespace plugin {
namespace {

constexpr int kMost = 300;  // px, before a line of words breaks
constexpr int kHalf = 130;  // px, the same where two stand in a line

GtkWidget* make_switch(const char* label, const char* tip, bool on, int most = kMost) {
  GtkWidget* button = make_wrapped_switch(label, most);
  gtk_widget_set_tooltip_text(button, tip);
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), on);
  return button;
}

GtkWidget* make_title(const char* words) { return make_label(marked("b", words).c_str()); }

}  // namespace

PreviewPane::PreviewPane(WindowMemory& memory, std::function<void(Advice)> advised, bool across)
    : memory_(memory), box_(make_column(6)), view_([this] { moved(); }), line_(std::move(advised)) {
  GtkWidget* switches = make_row(12);
  preview_ = make_switch(_("_Preview"), _("Work out what will come out while settings are changed"),
                         memory.get("preview", 1) != 0);
  split_ = make_switch(_("Split _view"), _("The cover as it is on the left, the result on the right"),
                       memory.get("split", 0) != 0, kHalf);
  raw_ = make_switch(_("Pixels as the file _keeps them"),
                     _("The pixels themselves; an eye further away sees fine grain as one colour"),
                     memory.get("raw", 0) != 0);
  busy_ = gtk_spinner_new();
  gtk_box_pack_start(GTK_BOX(switches), preview_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(switches), split_, TRUE, TRUE, 0);
  gtk_box_pack_end(GTK_BOX(switches), busy_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), switches, FALSE, FALSE, 0);

  full_title_ = make_title("");
  GtkWidget* full = make_column(6);
  gtk_box_pack_start(GTK_BOX(full), make_wrapping(full_title_, kMost), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(full), view_.widget(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(full), raw_, FALSE, FALSE, 0);
  GtkWidget* both = across ? make_row(12) : make_column(6);
  gtk_box_pack_start(GTK_BOX(both), full, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(both), small_.widget(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box_), both, TRUE, TRUE, 0);
  view_.set_split(memory.get("split", 0) != 0);
  refresh();
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
  small_.clear();
}

void PreviewPane::show(const PreviewWish& wish) {
  wish_ = wish;
  std::vector<std::string> names;
  for (const PreviewWish::View& view : wish.views) names.push_back(view.name);
  small_.set_views(names);
  ask();
}

void PreviewPane::cannot() {
  if (on()) wish_.reset();
  if (live_) live_->rest();
  gtk_spinner_stop(GTK_SPINNER(busy_));
  line_.say(on() ? "" : _("There is no preview while it is switched off."));
}

void PreviewPane::sleep() {
  wish_.reset();
  gtk_spinner_stop(GTK_SPINNER(busy_));
  view_.set_cover(nullptr);
  live_.reset();
  whole_.reset(), part_.reset();
  small_.clear();
}

LivePreview& PreviewPane::live() {
  if (!live_) live_.emplace([this](std::shared_ptr<const Previewed> p) { arrived(std::move(p)); });
  live_->set_cover(cover_);
  return *live_;
}

void PreviewPane::ask() {
  if (!wish_ || !on()) return;
  try {
    if (!live().cover()) {
      live().read(wish_->result);
      view_.set_cover(&live().cover()->colour);
    }
    const std::uint64_t before = live().since();
    if (live().ask(*wish_, view_.visible())) gtk_spinner_start(GTK_SPINNER(busy_));
    if (live().since() != before) line_.wait();
  } catch (const std::exception& e) {
    line_.say(e.what());
  }
}

void PreviewPane::moved() {
  if (!wish_ || !on() || !live_ || !live_->cover()) return;
  if (whole_ && whole_->stage >= PreviewStage::Whole)
    refresh();
  else if (live().asked().part != view_.visible())
    try {
      live().ask(*wish_, view_.visible());
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
  small_.show(p);
  if (p->ask < live().since()) return;  // pictures show where a slider is dragged to; a verdict is of what is set
  if (p->judgement) {
    if (!measured_ || p->stage == PreviewStage::Quick) measured_.emplace();
    measured_->judgement = *p->judgement;
    measured_->plain_cover = p->plain_cover;
    measured_->whole = p->stage == PreviewStage::Whole;
  }
  if (!measured_ || (!p->judgement && !p->spread && p->seconds <= 0)) return;
  if (p->spread) measured_->spread = p->spread;
  if (p->seconds > 0) measured_->seconds = p->seconds;
  line_.show(forecast(live().asked(), *measured_));
}

void PreviewPane::refresh() {
  memory_.set("raw", raw());
  const bool copy =
      (live_ && live_->cover() && live_->cover()->share < 1) || (whole_ && whole_->stage == PreviewStage::Copy);
  const char* words = raw()  ? copy ? _("A smaller copy, pixel for pixel") : _("At full size, pixel for pixel")
                       : copy ? _("A smaller copy, as an eye sees it")
                             : _("At full size, as an eye sees it");
  gtk_label_set_markup(GTK_LABEL(full_title_), marked("b", words).c_str());
  if (whole_) view_.show_whole(raw() ? whole_->image : whole_->seen, whole_->seen);
  if (part_) view_.show_part(raw() ? part_->part : part_->part_seen, part_->region);
}

}  // namespace plugin
