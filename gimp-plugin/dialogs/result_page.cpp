// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/result_page.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "dialogs/fitted.hpp"
#include "dialogs/forecast_line.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/picture_view.hpp"
#include "dialogs/report_parts.hpp"
#include "dialogs/wrapping.hpp"
#include "errors.hpp"
#include "language.hpp"
#include "messages.hpp"

namespace plugin {
namespace {

constexpr int kAdjust = 1, kExport = 2, kEverywhere = 3;
constexpr int kMostWidth = 980;      // px, before the page scrolls sideways
constexpr int kSwitch = 300;         // px, of its words, before they break
constexpr int kWords = 780;          // px, of what is said below
constexpr int kTextHeight = 190;     // px, before the text scrolls
constexpr int kSmall = 118;          // px, side of a program's picture at least
constexpr guint kColumns = 3;        // of programs' pictures
constexpr char kOpen[] = "figures";  // whether they are open, in the window's memory

/// The text is as high as it is long, up to kTextHeight.
void on_text(GtkWidget* text, GtkRequisition* wanted, gpointer) noexcept {
  GtkWidget* scrolled = gtk_widget_get_ancestor(text, GTK_TYPE_SCROLLED_WINDOW);
  const int height = std::min(wanted->height + 2, kTextHeight);
  gint width = 0, now = 0;
  gtk_widget_get_size_request(scrolled, &width, &now);
  if (now != height) gtk_widget_set_size_request(scrolled, width, height);
}

/// "Pillow: bicubic": all names are equally high.
std::string in_two_lines(const std::string& name) {
  const std::size_t end = name.find(": ");
  std::string lines = name.substr(0, end);
  lines += '\n';
  return end == std::string::npos ? lines : lines.append(name, end + 2);
}

class ResultPage {
 public:
  ResultPage(PagedWindow& window, const Shown& shown);
  ResultPage(const ResultPage&) = delete;
  ResultPage& operator=(const ResultPage&) = delete;
  ~ResultPage();
  bool run();

 private:
  GtkWidget* make_pictures();
  GtkWidget* make_programs();
  GtkWidget* make_text();
  /// What is always in sight: the switch, what can be done with the result, and what became of that.
  GtkWidget* make_below();
  template <int response>
  static void on_action(GtkWidget*, ResultPage* self) noexcept {
    self->page_.respond(response);
  }
  void tell(const std::string& words);
  static void on_open(GObject*, GParamSpec*, ResultPage* self) noexcept;
  void look();
  void export_file();
  void show_everywhere();
  void show();

  const Shown& shown_;
  PictureView view_{[this] { look(); }};
  std::vector<std::unique_ptr<FittedPicture>> programs_;
  ForecastLine verdict_{[](Advice) {}};
  MessageLine message_{false, kWords};
  GtkWidget *box_ = make_column(12), *always_, *figures_;
  Page page_;
  bool going_ = false;
};

ResultPage::ResultPage(PagedWindow& window, const Shown& shown) : shown_(shown), page_(window, box_) {
  explain(page_.add_button(_("_Adjust…"), kAdjust),
          _("Back to the settings. The next result takes the place of this one."), "plug-in-bifocal/result-page");
  page_.add_button(GTK_STOCK_CLOSE, GTK_RESPONSE_CLOSE);
  page_.set_default(GTK_RESPONSE_CLOSE);

  GtkWidget* all = make_column(12);
  gtk_container_set_border_width(GTK_CONTAINER(all), 12);
  if (!shown_.pictures.empty()) gtk_box_pack_start(GTK_BOX(all), make_pictures(), TRUE, TRUE, 0);
  verdict_.show(shown_.verdict);
  gtk_box_pack_start(GTK_BOX(all), verdict_.widget(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), make_text(), FALSE, FALSE, 0);
  GtkWidget* scrolled = make_scrolling(all, kMostWidth);
  gtk_box_pack_start(GTK_BOX(box_), scrolled, TRUE, TRUE, 0);
  gtk_widget_show_all(scrolled);
  GtkWidget* below = make_below();
  gtk_box_pack_start(GTK_BOX(box_), below, FALSE, FALSE, 0);
  gtk_widget_show_all(below);
  gtk_widget_hide(message_.widget());
  view_.set_cover(&shown_.pictures.image);
}

ResultPage::~ResultPage() { going_ = true; }

GtkWidget* ResultPage::make_pictures() {
  GtkWidget* halves = make_row(18);
  GtkWidget* full = make_column(6);
  gtk_box_pack_start(GTK_BOX(full), make_label(marked("b", _("At full size, as an eye sees it")).c_str()), FALSE, FALSE,
                     0);
  gtk_box_pack_start(GTK_BOX(full), view_.widget(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(halves), full, TRUE, TRUE, 0);
  if (!shown_.pictures.programs.empty()) gtk_box_pack_start(GTK_BOX(halves), make_programs(), TRUE, TRUE, 0);
  return halves;
}

GtkWidget* ResultPage::make_programs() {
  GtkWidget* column = make_column(6);
  gtk_box_pack_start(GTK_BOX(column), make_label(marked("b", _("As programs show it")).c_str()), FALSE, FALSE, 0);
  const auto count = static_cast<guint>(shown_.pictures.programs.size());
  const guint columns = std::min(count, kColumns);
  GtkWidget* table = gtk_table_new((count + columns - 1) / columns, columns, TRUE);
  gtk_table_set_col_spacings(GTK_TABLE(table), 6);
  gtk_table_set_row_spacings(GTK_TABLE(table), 6);
  for (guint i = 0; i < count; ++i) {
    const ResultPictures::Program& program = shown_.pictures.programs[i];
    programs_.push_back(std::make_unique<FittedPicture>(kSmall, kSmall, program.name.c_str()));
    programs_.back()->show(program.picture);
    const bifocal::Size size = program.picture.size();
    GtkWidget* both = make_column(3);
    gtk_widget_set_tooltip_text(both,
                                // TRANSLATORS: a program, width and height
                                filled(_("%s at %dx%d: these are the pixels that it makes of the image"),
                                       program.name.c_str(), size.width, size.height)
                                    .c_str());
    GtkWidget* name = make_label(marked("small", in_two_lines(program.name)).c_str());
    gtk_label_set_line_wrap(GTK_LABEL(name), FALSE);
    gtk_misc_set_alignment(GTK_MISC(name), 0.5, 0);
    gtk_label_set_justify(GTK_LABEL(name), GTK_JUSTIFY_CENTER);
    gtk_label_set_ellipsize(GTK_LABEL(name), PANGO_ELLIPSIZE_END);
    gtk_widget_set_size_request(name, kSmall, -1);
    gtk_box_pack_start(GTK_BOX(both), programs_.back()->widget(), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(both), name, FALSE, FALSE, 0);
    gtk_table_attach_defaults(GTK_TABLE(table), both, i % columns, i % columns + 1, i / columns, i / columns + 1);
  }
  gtk_box_pack_start(GTK_BOX(column), table, TRUE, TRUE, 0);
  return column;
}

GtkWidget* ResultPage::make_text() {
  GtkWidget* text = make_column(12);
  const ReportWords& words = shown_.words;
  if (!words.warnings.empty()) add_part(GTK_BOX(text), _("Please note"), words.warnings, GIMP_ICON_DIALOG_WARNING);
  figures_ = gtk_expander_new_with_mnemonic(_("_Figures and notes"));
  GtkWidget* inside = make_column(12);
  add_part(GTK_BOX(inside), words.headline.c_str(), words.figures, nullptr);
  if (!words.notes.empty()) add_part(GTK_BOX(inside), _("Good to know"), words.notes, GIMP_ICON_DIALOG_INFORMATION);
  gtk_container_add(GTK_CONTAINER(figures_), inside);
  gtk_expander_set_expanded(GTK_EXPANDER(figures_), page_.window().memory().get(kOpen, 0) != 0);
  g_signal_connect(figures_, "notify::expanded", G_CALLBACK(on_open), this);
  gtk_box_pack_start(GTK_BOX(text), figures_, FALSE, FALSE, 0);
  GtkWidget* scrolled = gtk_scrolled_window_new(nullptr, nullptr);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_add_with_viewport(GTK_SCROLLED_WINDOW(scrolled), text);
  gtk_viewport_set_shadow_type(GTK_VIEWPORT(gtk_bin_get_child(GTK_BIN(scrolled))), GTK_SHADOW_NONE);
  g_signal_connect(text, "size-request", G_CALLBACK(on_text), nullptr);
  return scrolled;
}

GtkWidget* ResultPage::make_below() {
  GtkWidget* below = make_column(6);
  gtk_container_set_border_width(GTK_CONTAINER(below), 12);
  GtkWidget* row = make_row(6);
  always_ = make_wrapped_switch(_("_Show this page after every image"), kSwitch);
  gtk_widget_set_tooltip_text(
      always_, _("Off: only when there is something to warn of. The layer keeps all figures in any case."));
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(always_), !only_warnings());
  gtk_box_pack_start(GTK_BOX(row), always_, TRUE, TRUE, 0);
  GtkWidget* file = gtk_button_new_with_mnemonic(_("_Export as PNG…"));
  GtkWidget* everywhere = gtk_button_new_with_mnemonic(_("Show Every_where"));
  explain(file, _("Writes the image, as GIMP exports it, into a file, and reads that again"),
          "plug-in-bifocal/result-page");
  explain(everywhere, _("A sheet of what every known program makes of the result"), "plug-in-bifocal/result-page");
  g_signal_connect(file, "clicked", G_CALLBACK(on_action<kExport>), this);
  g_signal_connect(everywhere, "clicked", G_CALLBACK(on_action<kEverywhere>), this);
  GtkWidget* actions = make_row(6);
  gtk_box_pack_start(GTK_BOX(actions), file, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(actions), everywhere, FALSE, FALSE, 0);
  gtk_box_pack_end(GTK_BOX(row), actions, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(below), row, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(below), message_.widget(), FALSE, FALSE, 0);
  return below;
}

void ResultPage::on_open(GObject*, GParamSpec*, ResultPage* self) noexcept {
  self->page_.window().memory().set(kOpen, gtk_expander_get_expanded(GTK_EXPANDER(self->figures_)));
}

/// What an eye sees is worked out for the part that is looked at.
void ResultPage::look() {
  if (going_ || shown_.pictures.empty()) return;
  const bifocal::Region part = view_.visible();
  try {
    view_.show_part(seen_part(shown_.pictures, part), part);
  } catch (const std::exception&) {
    // The pixels themselves are shown there.
  }
}

void ResultPage::show() {
  page_.show(shown_.title, page_.button(GTK_RESPONSE_CLOSE));
  look();
}

void ResultPage::tell(const std::string& words) {
  if (!words.empty()) message_.show(page_.window().dialog(), {}, words);
}

void ResultPage::export_file() {
  try {
    tell(shown_.export_file(page_.window().window()));
  } catch (const std::exception& e) {
    message_.tell(message_of(e));
  }
}

void ResultPage::show_everywhere() {
  try {
    tell(shown_.show_everywhere());
  } catch (const Cancelled&) {
  } catch (const std::exception& e) {
    message_.tell(message_of(e));
  }
  show();
}

bool ResultPage::run() {
  view_.show_far(shown_.pictures.far);
  show();
  for (;;) {
    const int response = page_.run();
    if (const bool only = !gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(always_)); only != only_warnings())
      remember_only_warnings(only);
    switch (response) {
      case kExport:
        export_file();
        break;
      case kEverywhere:
        show_everywhere();
        break;
      default:
        return response == kAdjust;
    }
  }
}

}  // namespace

bool show_result(PagedWindow& window, const Shown& shown) {
  if (only_warnings() && shown.words.warnings.empty()) return false;
  return ResultPage(window, shown).run();
}

}  // namespace plugin
