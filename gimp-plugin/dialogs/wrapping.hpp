// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <gtk/gtk.h>

namespace plugin {

/// A room for a label whose lines break where the room ends; GTK 2 would break them where it guesses the label's width.
/// The room wants the width of the words in one line, but not more than `most` pixels, and the height that they take in
/// the width that it got.
GtkWidget* make_wrapping(GtkWidget* label, int most);

/// A switch with long words, which break at `most` pixels if there is no more room.
GtkWidget* make_wrapped_switch(const char* mnemonic_words, int most);

}  // namespace plugin
