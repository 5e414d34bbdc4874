// SPDX-License-Identifier: LGPL-3.0-or-later
#include "showing.hpp"

#include "dialogs/export_dialog.hpp"
#include "dialogs/result_page.hpp"
#include "errors.hpp"
#include "language.hpp"
#include "reveal_procedure.hpp"
#include "text.hpp"

namespace plugin {

bool show_delivered(PagedWindow& window, const Delivered& made) {
  const Text name(gimp_image_get_name(gimp_item_get_image(made.layer)));
  const auto everywhere = [&] {
    if (!gimp_item_is_valid(made.layer)) throw UserError(_("The result is not in its image any more."));
    return reveal_result(window, made.layer, made.small);
  };
  // TRANSLATORS: the title of a result's window; the placeholder is the image's name
  return show_result(
      window, {filled(_("Bifocal: %s"), name.get()), made.verdict, made.words, made.pictures,
               [&](GtkWindow* parent) { return export_result(parent, made.layer, made.pictures.image); }, everywhere});
}

}  // namespace plugin
