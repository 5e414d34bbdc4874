// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <glib.h>

#include <bifocal/reveal.hpp>

namespace plugin {

/// The sheet as a new RGB image: the verdict on top, under each picture its scaler, size and likeness. Drawn with
/// Pango, which has fonts also where GIMP was started without. Throws UserError. Main thread only.
gint32 make_contact_sheet(const bifocal::Reveal& reveal, const char* layer_name);

}  // namespace plugin
