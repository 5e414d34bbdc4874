// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "dialogs/form.hpp"
#include "dialogs/pages.hpp"
#include "reveal_settings.hpp"

namespace plugin {

/// The sizes and scalers that Reveal looks at, as a page of `window`. `complaint` says what is wrong with settings, or
/// nothing; wrong ones cannot be confirmed.
std::unique_ptr<Form<RevealSettings>> make_reveal_form(PagedWindow& window, const RevealSettings& start,
                                                       std::function<std::string(const RevealSettings&)> complaint);
inline constexpr int kRevealWidth = 520, kRevealHeight = 560;  // px, of a window that is used for the first time

}  // namespace plugin
