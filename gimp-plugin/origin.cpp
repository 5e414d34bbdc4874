// SPDX-License-Identifier: LGPL-3.0-or-later
#include "origin.hpp"

#include <memory>
#include <optional>

#include "answer.hpp"
#include "gimp_folder.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr char kImageName[] = "bifocal-image";
constexpr int kLongestChain = 100;  // results of results

using Parasite = std::unique_ptr<GimpParasite, decltype(&gimp_parasite_free)>;

std::string text_of(const Parasite& parasite) {
  if (!parasite) return {};
  const char* data = static_cast<const char*>(gimp_parasite_data(parasite.get()));
  return {data, strnlen(data, gimp_parasite_data_size(parasite.get()))};
}

/// A name that no other image has, but for copies of this one, whose layers are numbered alike.
std::string name_of_image(gint32 image) {
  return text_of(Parasite(gimp_image_get_parasite(image, kImageName), gimp_parasite_free));
}

/// What a result was made of, if it is there. GIMP's numbers ("tattoos") stay with a layer through saving and renaming,
/// but copies of an image get new ones; the names in an image, each there once, are copied.
std::optional<gint32> cover_of(gint32 result) {
  const Parasite parasite(gimp_item_get_parasite(result, kNote), gimp_parasite_free);
  const auto note = nlohmann::json::parse(text_of(parasite), nullptr, false);
  const gint32 image = gimp_item_get_image(result);
  const std::string image_name = name_of_image(image);
  try {
    const auto& said = note.at("cover");
    if (image_name.empty() || said.at("image").get<std::string>() != image_name) return {};
    const std::string name = said.at("name");
    const auto may_be = [&](gint32 layer) {
      return layer != -1 && layer != result && gimp_drawable_width(layer) == gimp_drawable_width(result) &&
             gimp_drawable_height(layer) == gimp_drawable_height(result);
    };
    const gint32 numbered = gimp_image_get_layer_by_tattoo(image, said.at("tattoo").get<guint>());
    if (may_be(numbered) && Text(gimp_item_get_name(numbered)).get() == name) return numbered;
    const gint32 named = gimp_image_get_layer_by_name(image, name.c_str());
    if (may_be(named)) return named;
    const bool same_image = said.at("of").get<guint>() == static_cast<guint>(gimp_item_get_tattoo(result));
    if (same_image && may_be(numbered)) return numbered;
  } catch (const nlohmann::json::exception&) {  // of an older Bifocal, or edited by hand
  }
  return {};
}

}  // namespace

std::string quoted(gint32 item) {
  // TRANSLATORS: a layer's name between your language's quotation marks
  return filled(_("'%s'"), Text(gimp_item_get_name(item)).get());
}

bool is_result(gint32 layer) {
  const Parasite parasite(gimp_item_get_parasite(layer, kNote), gimp_parasite_free);
  return parasite != nullptr;
}

nlohmann::json note_of_cover(gint32 cover, gint32 result) {
  const gint32 image = gimp_item_get_image(cover);
  std::string name = name_of_image(image);
  if (name.empty()) {
    name = Text(g_uuid_string_random()).get();
    const Parasite parasite(gimp_parasite_new(kImageName, GIMP_PARASITE_PERSISTENT, name.size() + 1, name.c_str()),
                            gimp_parasite_free);
    gimp_image_attach_parasite(image, parasite.get());
  }
  return {{"image", name},
          {"tattoo", gimp_item_get_tattoo(cover)},
          {"name", Text(gimp_item_get_name(cover)).get()},
          {"of", gimp_item_get_tattoo(result)}};
}

MeantCover meant_cover(gint32 layer, bool as_told) {
  if (!is_result(layer)) return {layer, layer, {}, false};
  std::optional<gint32> cover = cover_of(layer);
  if (as_told)
    return {layer, layer,
            cover
                ? filled(_("The cover %s was made by Bifocal, and was used as it is; its own cover is %s."),
                         quoted(layer).c_str(), quoted(*cover).c_str())
                : filled(_("The cover %s was made by Bifocal, and was used as it is. What it hides may show through."),
                         quoted(layer).c_str()),
            true};
  if (!cover)
    return {layer, layer,
            filled(_("%s was made by Bifocal, and the cover that it was made of is not in this image (or has another "
                     "size now). The layer itself is used as the cover: what it hides may show through."),
                   quoted(layer).c_str()),
            true};
  gint32 last = *cover;
  for (int i = 0; i < kLongestChain && is_result(last); ++i) {
    const auto next = cover_of(last);
    if (!next || *next == layer) break;
    last = *next;
  }
  return {last, layer,
          filled(_("%s was made by Bifocal; its cover %s is used."), quoted(layer).c_str(), quoted(last).c_str()),
          is_result(last)};
}

MeantCover meant_cover(gint32 layer, const MeantCover& first) {
  if (layer == first.layer) return first;
  return gimp_item_is_valid(layer) ? meant_cover(layer, true) : MeantCover();
}

std::string result_as_target_words(gint32 target, int width, int height) {
  if (!is_result(target) || (gimp_drawable_width(target) == width && gimp_drawable_height(target) == height)) return {};
  return filled(_("The target %s was made by Bifocal. Scaled to %dx%d it may show what it hides."),
                quoted(target).c_str(), width, height);
}

}  // namespace plugin
