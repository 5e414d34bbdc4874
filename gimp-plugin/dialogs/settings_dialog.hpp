// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <string>

#include "dialogs/form.hpp"
#include "dialogs/pages.hpp"
#include "origin.hpp"
#include "settings.hpp"

namespace plugin {

/// What a person chooses: the cover, and all else.
struct Hiding {
  MeantCover cover;
  Settings settings;
};
/// The settings of plug-in-bifocal as a page of `window`, beginning with `start`, and what is to be said `about` its
/// cover.
std::unique_ptr<Form<Hiding>> make_settings_form(PagedWindow& window, const Hiding& start, const std::string& about);
inline constexpr int kSettingsWidth = 1010, kSettingsHeight = 720;  // px, of a window that is used for the first time

}  // namespace plugin
