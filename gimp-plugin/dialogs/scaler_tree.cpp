// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/scaler_tree.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <gdk/gdkkeysyms.h>

#include <bifocal/scaler.hpp>

#include "dialogs/gui.hpp"
#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

/// kFound: all that the search looks at, case folded; kTip: kCall as markup. Headings have none of these, and no id.
enum Column { kId, kName, kCall, kTip, kFound, kIsHeading, kColumns };

constexpr int kWidth = 600, kHeight = 260;  // px

std::string folded(const std::string& words) {
  return Text(g_utf8_casefold(words.data(), static_cast<gssize>(words.size()))).get();
}

std::string cell(GtkTreeModel* model, GtkTreeIter* row, Column column) {
  gchar* words = nullptr;
  gtk_tree_model_get(model, row, column, &words, -1);
  const Text kept(words);
  return words ? words : "";
}

bool is_heading(GtkTreeModel* model, GtkTreeIter* row) {
  gboolean heading = FALSE;
  gtk_tree_model_get(model, row, kIsHeading, &heading, -1);
  return heading;
}

/// "bicubic" of "Pillow: bicubic", where the heading says the program already.
std::string short_name(const bifocal::ScalerInfo& info) {
  std::set<std::string_view> below;
  for (const bifocal::ScalerInfo& other : bifocal::Scaler::catalogue())
    if (other.program == info.program) below.insert(other.library);
  const std::string name(info.name);
  const std::size_t colon = name.find(": ");
  return below.size() > 1 || colon == std::string::npos ? name : name.substr(colon + 2);
}

void add_column(GtkTreeView* tree, const char* title, Column column, bool wide) {
  GtkCellRenderer* renderer = gtk_cell_renderer_text_new();
  if (wide) g_object_set(renderer, "ellipsize", PANGO_ELLIPSIZE_END, nullptr);
  g_object_set(renderer, "xpad", 6, nullptr);  // a long name ends before the next column's text begins
  GtkTreeViewColumn* c = gtk_tree_view_column_new_with_attributes(title, renderer, "text", column, nullptr);
  gtk_tree_view_column_set_resizable(c, TRUE);
  gtk_tree_view_column_set_expand(c, wide);
  gtk_tree_view_append_column(tree, c);
}

/// Calls `use` with each row, those below headings too, until it says true; whether it did.
bool find_row(GtkTreeModel* model, const std::function<bool(GtkTreeIter*)>& use) {
  struct Search {
    const std::function<bool(GtkTreeIter*)>& use;
    bool found = false;
  } search{use};
  gtk_tree_model_foreach(
      model,
      [](GtkTreeModel*, GtkTreePath*, GtkTreeIter* row, gpointer data) -> gboolean {
        Search& s = *static_cast<Search*>(data);
        return s.found = s.use(row);
      },
      &search);
  return search.found;
}

}  // namespace

ScalerTree::ScalerTree(std::function<void()> changed, std::function<void()> confirmed, const std::vector<Line>& first)
    : changed_(std::move(changed)), confirmed_(std::move(confirmed)), box_(make_column(6)), search_(gtk_entry_new()),
      none_(make_label("")), lines_(gtk_tree_store_new(kColumns, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                                                       G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN)) {
  fill(first);
  shown_ = GTK_TREE_MODEL_FILTER(gtk_tree_model_filter_new(GTK_TREE_MODEL(lines_), nullptr));
  g_object_unref(lines_);  // the filter keeps it
  gtk_tree_model_filter_set_visible_func(shown_, is_shown, this, nullptr);
  tree_ = gtk_tree_view_new_with_model(GTK_TREE_MODEL(shown_));
  g_object_unref(shown_);  // the view keeps it
  add_column(GTK_TREE_VIEW(tree_), _("Program"), kName, false);
  add_column(GTK_TREE_VIEW(tree_), _("As it is called"), kCall, true);
  gtk_tree_view_set_tooltip_column(GTK_TREE_VIEW(tree_), kTip);
  gtk_tree_view_set_enable_search(GTK_TREE_VIEW(tree_), FALSE);  // the field above searches
  name_for_readers(tree_, _("Programs that scale"));
  GtkTreeSelection* selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(tree_));
  gtk_tree_selection_set_select_function(selection, may_choose, nullptr, nullptr);

  gtk_entry_set_icon_from_icon_name(GTK_ENTRY(search_), GTK_ENTRY_ICON_PRIMARY, "edit-find");
  gtk_entry_set_icon_from_icon_name(GTK_ENTRY(search_), GTK_ENTRY_ICON_SECONDARY, "edit-clear");
  gtk_entry_set_icon_tooltip_text(GTK_ENTRY(search_), GTK_ENTRY_ICON_SECONDARY, _("Show all programs again"));
  gtk_widget_set_tooltip_text(search_,
                              _("Words of the program, of its setting, or of what is written to call it, such as "
                                "\"cv2.resize\", \"thumbnail\" or \"bicubic\""));
  name_for_readers(search_, _("Search for a program"));

  GtkWidget* scrolled = gtk_scrolled_window_new(nullptr, nullptr);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(scrolled), GTK_SHADOW_IN);
  gtk_widget_set_size_request(scrolled, kWidth, kHeight);
  gtk_container_add(GTK_CONTAINER(scrolled), tree_);
  gtk_box_pack_start(GTK_BOX(box_), search_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), scrolled, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box_), none_, FALSE, FALSE, 0);

  g_object_ref(search_);
  g_object_ref(tree_);
  g_signal_connect(search_, "changed", G_CALLBACK(on_search), this);
  g_signal_connect(search_, "icon-press", G_CALLBACK(on_clear), nullptr);
  g_signal_connect(search_, "key-press-event", G_CALLBACK(on_search_key), this);
  g_signal_connect(selection, "changed", G_CALLBACK(on_selection), this);
  g_signal_connect(tree_, "row-activated", G_CALLBACK(on_activated), this);
}

ScalerTree::~ScalerTree() {
  // The window may live longer, and tells of changes while it goes.
  for (gpointer teller :
       {gpointer(search_), gpointer(tree_), gpointer(gtk_tree_view_get_selection(GTK_TREE_VIEW(tree_)))})
    g_signal_handlers_disconnect_by_data(teller, this);
  g_object_unref(search_);
  g_object_unref(tree_);
}

void ScalerTree::fill(const std::vector<Line>& first) {
  const auto add = [this](GtkTreeIter* heading, const std::string& id, const std::string& name, const std::string& call,
                          const std::string& found) {
    const Text tip(g_markup_escape_text(call.c_str(), -1));
    gtk_tree_store_insert_with_values(lines_, nullptr, heading, -1, kId, id.c_str(), kName, name.c_str(), kCall,
                                      call.c_str(), kTip, tip.get(), kFound, folded(found).c_str(), kIsHeading, FALSE,
                                      -1);
  };
  for (const Line& line : first) add(nullptr, line.id, line.name, line.call, line.name + ' ' + line.call);
  std::map<std::string_view, GtkTreeIter> headings;
  for (const bifocal::ScalerInfo& info : bifocal::Scaler::catalogue()) {
    const std::string program(info.program);
    const auto [heading, is_new] = headings.try_emplace(info.program);
    if (is_new)
      gtk_tree_store_insert_with_values(lines_, &heading->second, nullptr, -1, kId, "", kName, _(program.c_str()),
                                        kIsHeading, TRUE, -1);
    std::string found;
    for (std::string_view words :
         {info.program, std::string_view(_(program.c_str())), info.library, info.name, info.call, info.id, info.kernel})
      found.append(words) += ' ';
    add(&heading->second, std::string(info.id), short_name(info), std::string(info.call), found);
  }
}

gboolean ScalerTree::is_shown(GtkTreeModel* model, GtkTreeIter* row, gpointer self) noexcept {
  const auto& words = static_cast<ScalerTree*>(self)->words_;
  if (words.empty()) return TRUE;
  if (is_heading(model, row)) {
    GtkTreeIter below;
    for (gboolean more = gtk_tree_model_iter_children(model, &below, row); more;
         more = gtk_tree_model_iter_next(model, &below))
      if (is_shown(model, &below, self)) return TRUE;
    return FALSE;
  }
  const std::string found = cell(model, row, kFound);
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return found.find(word) != std::string::npos; });
}

gboolean ScalerTree::may_choose(GtkTreeSelection*, GtkTreeModel* model, GtkTreePath* path, gboolean,
                                gpointer) noexcept {
  GtkTreeIter row;
  return gtk_tree_model_get_iter(model, &row, path) && !is_heading(model, &row);
}

void ScalerTree::search() {
  words_.clear();
  std::istringstream typed(folded(gtk_entry_get_text(GTK_ENTRY(search_))));
  for (std::string word; typed >> word;) words_.push_back(word);
  updating_ = true;
  gtk_tree_model_filter_refilter(shown_);
  if (words_.empty())
    gtk_tree_view_collapse_all(GTK_TREE_VIEW(tree_));
  else
    gtk_tree_view_expand_all(GTK_TREE_VIEW(tree_));
  updating_ = false;
  const bool any = find_row(GTK_TREE_MODEL(shown_), [](GtkTreeIter*) { return true; });
  gtk_label_set_text(GTK_LABEL(none_), any ? "" : _("No program has all of these words."));
  show_chosen();
}

gboolean ScalerTree::on_search_key(GtkWidget*, GdkEventKey* event, ScalerTree* self) noexcept {
  switch (event->keyval) {
    case GDK_KEY_Down:
      gtk_widget_grab_focus(self->tree_);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      // Who has typed takes the first that is left; who has not, confirms what was chosen.
      if (!self->words_.empty() && !self->choose_first()) return TRUE;
      if (self->confirmed_) self->confirmed_();
      return self->confirmed_ || !self->words_.empty();
    default:
      return FALSE;
  }
}

bool ScalerTree::choose_first() {
  GtkTreeModel* model = GTK_TREE_MODEL(shown_);
  GtkTreeSelection* selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(tree_));
  GtkTreeIter row;
  if (gtk_tree_selection_get_selected(selection, nullptr, &row)) return true;  // what was chosen has these words
  return find_row(model, [&](GtkTreeIter* each) {
    if (is_heading(model, each)) return false;
    gtk_tree_selection_select_iter(selection, each);
    return true;
  });
}

void ScalerTree::selected() {
  GtkTreeModel* model = nullptr;
  GtkTreeIter row;
  if (updating_ || !gtk_tree_selection_get_selected(gtk_tree_view_get_selection(GTK_TREE_VIEW(tree_)), &model, &row))
    return;
  const std::string id = cell(model, &row, kId);
  if (id == chosen_) return;
  chosen_ = id;
  if (changed_) changed_();
}

void ScalerTree::activated(GtkTreePath* path) {
  GtkTreeIter row;
  if (!gtk_tree_model_get_iter(GTK_TREE_MODEL(shown_), &row, path)) return;
  if (!is_heading(GTK_TREE_MODEL(shown_), &row)) {
    if (confirmed_) confirmed_();
  } else if (gtk_tree_view_row_expanded(GTK_TREE_VIEW(tree_), path)) {
    gtk_tree_view_collapse_row(GTK_TREE_VIEW(tree_), path);
  } else {
    gtk_tree_view_expand_row(GTK_TREE_VIEW(tree_), path, FALSE);
  }
}

void ScalerTree::set(const std::string& id) {
  GtkTreeModel* all = GTK_TREE_MODEL(lines_);
  if (!find_row(all, [&](GtkTreeIter* row) { return !is_heading(all, row) && cell(all, row, kId) == id; })) return;
  chosen_ = id;
  show_chosen();
}

bool ScalerTree::show_chosen() {
  GtkTreeModel* model = GTK_TREE_MODEL(shown_);
  GtkTreeView* tree = GTK_TREE_VIEW(tree_);
  updating_ = true;
  const bool found = find_row(model, [&](GtkTreeIter* row) {
    if (is_heading(model, row) || cell(model, row, kId) != chosen_) return false;
    GtkTreePath* path = gtk_tree_model_get_path(model, row);
    gtk_tree_view_expand_to_path(tree, path);
    gtk_tree_selection_select_path(gtk_tree_view_get_selection(tree), path);
    gtk_tree_view_scroll_to_cell(tree, path, nullptr, FALSE, 0, 0);
    gtk_tree_path_free(path);
    return true;
  });
  updating_ = false;
  return found;
}

}  // namespace plugin
