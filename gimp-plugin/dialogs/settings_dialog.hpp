// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <string>

#include <libgimp/gimp.h>

#include "dialogs/form.hpp"
#include "dialogs/pages.hpp"
#include "settings.hpp"

namespace plugin {

/// The settings of plug-in-bifocal as a page of `window`, beginning with `start`, and what is to be said `about` the
/// cover.
std::unique_ptr<Form<Settings>> make_settings_form(PagedWindow& window, gint32 cover, const std::string& about,
                                                   const Settings& start);
inline constexpr int kSettingsWidth = 1010, kSettingsHeight = 680;  // px, of a window that is used for the first time

}  // namespace plugin
