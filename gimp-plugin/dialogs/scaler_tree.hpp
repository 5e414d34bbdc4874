// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <vector>

#include <gtk/gtk.h>

namespace plugin {

/// The catalogue of scalers: a heading for each program, below it the ways to scale with it, named and as its users
/// write them; above all a field that leaves only what has all of the words typed there.
class ScalerTree {
 public:
  /// A line above the programs that is none of the catalogue's scalers.
  struct Line {
    std::string id, name, call;
  };
  /// `changed` is called when the user chooses another line, `confirmed` when he presses Enter or clicks twice on one.
  explicit ScalerTree(std::function<void()> changed, std::function<void()> confirmed = {},
                      const std::vector<Line>& first = {});
  ~ScalerTree();
  ScalerTree(const ScalerTree&) = delete;
  ScalerTree& operator=(const ScalerTree&) = delete;
  GtkWidget* widget() const { return box_; }
  /// What takes the keys first, for a label's mnemonic.
  GtkWidget* search_field() const { return search_; }

  /// The chosen line's id, also while the search hides it; empty when none was chosen yet.
  const std::string& get() const { return chosen_; }
  /// Chooses the line of this id, and shows it. Tells nobody. An id that is not listed changes nothing.
  void set(const std::string& id);

 private:
  static gboolean is_shown(GtkTreeModel* model, GtkTreeIter* row, gpointer self) noexcept;
  static gboolean may_choose(GtkTreeSelection*, GtkTreeModel* model, GtkTreePath* path, gboolean, gpointer) noexcept;
  static void on_search(GtkWidget*, ScalerTree* self) noexcept { self->search(); }
  static void on_clear(GtkEntry* entry, GtkEntryIconPosition, GdkEvent*, gpointer) noexcept {
    gtk_entry_set_text(entry, "");
  }
  static gboolean on_search_key(GtkWidget*, GdkEventKey* event, ScalerTree* self) noexcept;
  static void on_selection(GtkTreeSelection*, ScalerTree* self) noexcept { self->selected(); }
  static void on_activated(GtkTreeView*, GtkTreePath* path, GtkTreeViewColumn*, ScalerTree* self) noexcept {
    self->activated(path);
  }
  void fill(const std::vector<Line>& first);
  void search();
  void selected();
  void activated(GtkTreePath* path);
  /// Selects the chosen line and brings it into view; false when the search hides it.
  bool show_chosen();
  bool choose_first();

  std::function<void()> changed_, confirmed_;
  GtkWidget *box_, *search_, *tree_, *none_;
  GtkTreeStore* lines_;
  GtkTreeModelFilter* shown_;
  std::vector<std::string> words_;  // of the search, case folded
  std::string chosen_;
  bool updating_ = false;
};

}  // namespace plugin
