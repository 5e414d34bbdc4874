// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <glib.h>

#include <bifocal/image.hpp>
#include <bifocal/report.hpp>

#include "view_list.hpp"

namespace plugin {

/// The size that the image is scaled to in a view whose target is there.
bifocal::Size view_size(const ViewLine& line);
/// What a person calls a view: its target, size and scaler.
std::string view_name(const ViewLine& line);
/// The size that a new line begins with: the target's own (0x0) where it is smaller than the cover and
/// has its shape, else suggested_size().
void start_line(gint32 cover, ViewLine& line);

/// Warnings about the list's sizes and targets, each once.
std::vector<bifocal::Message> messages_about(gint32 cover, const ViewList& list);

}  // namespace plugin
