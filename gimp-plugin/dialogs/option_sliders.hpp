// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <gtk/gtk.h>

namespace plugin {

/// A number among the engine's options that a person may want to feel rather than type. Its words are marked with N_.
struct OptionSlider {
  const char* key;    ///< "cover-strength"
  const char* label;  ///< with mnemonic
  const char* low;    ///< what the left end means, in a word or two
  const char* high;
  const char* tip;  ///< what it does, in a sentence
  double least, most;
  bool logarithmic;  ///< the middle is the geometric mean of the ends
};

/// A table of such sliders. What they say is kept as "key=value" in an options string; a slider at its default says
/// nothing.
class OptionSliders {
 public:
  /// `changed` is told of every change.
  explicit OptionSliders(
      std::span<const OptionSlider> sliders, std::function<void()> changed = [] {});
  OptionSliders(const OptionSliders&) = delete;
  OptionSliders& operator=(const OptionSliders&) = delete;
  GtkWidget* widget() const { return table_; }
  /// Takes the sliders' keys out of `options` and shows their values; missing ones go to their defaults.
  void take_from(std::string& options);
  /// Adds what the sliders say to `options`.
  void add_to(std::string& options) const;

 private:
  static void on_value(GtkRange* range, OptionSliders* self) noexcept;

  std::span<const OptionSlider> sliders_;
  std::function<void()> changed_;
  std::vector<double> defaults_;  // the engine's
  std::vector<GtkRange*> ranges_;
  std::vector<GtkLabel*> numbers_;
  GtkWidget* table_;
};

}  // namespace plugin
