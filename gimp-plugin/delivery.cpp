// SPDX-License-Identifier: LGPL-3.0-or-later
#include "delivery.hpp"

#include <algorithm>

#include <bifocal/verdict.hpp>

#include "gimp_folder.hpp"
#include "language.hpp"
#include "report_words.hpp"
#include "result_layer.hpp"

namespace plugin {
namespace {

/// All of these changes are one step of Edit > Undo.
class UndoStep {
 public:
  explicit UndoStep(gint32 image) : image_(image) { gimp_image_undo_group_start(image_); }
  UndoStep(const UndoStep&) = delete;
  UndoStep& operator=(const UndoStep&) = delete;
  ~UndoStep() { gimp_image_undo_group_end(image_); }

 private:
  gint32 image_;
};

gint32 insert(LooseLayer layer, const Placement& place) {
  const gint32 image = gimp_item_get_image(place.below);
  const UndoStep step(image);
  if (!gimp_image_insert_layer(image, layer.id(), gimp_item_get_parent(place.below),
                               gimp_image_get_item_position(image, place.below)))
    throw UserError(filled(_("GIMP could not insert the new layer: %s"), gimp_get_pdb_error()));
  if (place.gone != -1) gimp_image_remove_layer(image, place.gone);
  for (gint32 hidden : place.hidden) gimp_item_set_visible(hidden, FALSE);
  for (gint32 shown : place.shown) gimp_item_set_visible(shown, TRUE);
  return layer.release();
}

bool is_in(const std::vector<gint32>& list, gint32 layer) {
  return std::find(list.begin(), list.end(), layer) != list.end();
}

/// The layer of a former result, delivered like this, that is to go when the next one comes; -1: none.
gint32 outdated(const Delivered* former, ResultAs as, const Delivery::Label& label) {
  if (!former || former->as != as || !gimp_item_is_valid(former->layer)) return -1;
  const bool needed =
      former->layer == label.meant.layer || former->layer == label.meant.clicked || is_in(label.targets, former->layer);
  return needed ? -1 : former->layer;
}

/// A former layer in the next one's image goes in the same step, and what was hidden for it alone is there again.
/// Returns what stays hidden.
std::vector<gint32> replace(const Delivered* former, gint32 image, const Delivery::Label& label, bool transparent,
                            Placement& place) {
  std::vector<gint32> stays;
  const gint32 layer = outdated(former, ResultAs::Layer, label);
  if (layer == -1 || gimp_item_get_image(layer) != image) return stays;
  place.gone = layer;
  for (const gint32 hidden : former->hidden) {
    if (!gimp_item_is_valid(hidden) || gimp_item_get_image(hidden) != image) continue;
    const bool shows_through = transparent && (hidden == place.cover || hidden == place.below);
    (is_in(label.targets, hidden) || shows_through ? stays : place.shown).push_back(hidden);
  }
  return stays;
}

/// A former layer that the next result does not replace in one step with itself, as it is in another image or the next
/// one is no layer, goes in a step of its own.
void clear_away(const Delivered* former, gint32 replaced, const Delivery::Label& label) {
  const gint32 layer = outdated(former, ResultAs::Layer, label);
  if (layer == -1 || layer == replaced) return;
  const gint32 its = gimp_item_get_image(layer);
  const UndoStep step(its);
  gimp_image_remove_layer(its, layer);
  for (const gint32 hidden : former->hidden)
    if (gimp_item_is_valid(hidden) && gimp_item_get_image(hidden) == its) gimp_item_set_visible(hidden, TRUE);
}

/// A former image of its own in which nobody has worked since; -1: there is none.
gint32 outdated_image(const Delivered* former, const Delivery::Label& label) {
  const gint32 layer = outdated(former, ResultAs::Image, label);
  if (layer == -1) return -1;
  gint layers = 0;
  g_free(gimp_image_get_layers(gimp_item_get_image(layer), &layers));
  return layers == 1 ? gimp_item_get_image(layer) : -1;
}

/// Makes an image of one layer fit for the layer of another one: its kind, size, resolution and profile.
void make_alike(gint32 image, gint32 other) {
  if (gimp_image_base_type(image) != gimp_image_base_type(other))
    gimp_image_base_type(other) == GIMP_GRAY ? gimp_image_convert_grayscale(image) : gimp_image_convert_rgb(image);
  const int width = gimp_image_width(other), height = gimp_image_height(other);
  if (gimp_image_width(image) != width || gimp_image_height(image) != height)
    gimp_image_resize(image, width, height, 0, 0);
  gdouble across = 0, down = 0;
  gimp_image_get_resolution(other, &across, &down);
  gimp_image_set_resolution(image, across, down);
  gimp_image_set_unit(image, gimp_image_get_unit(other));
  GimpColorProfile* profile = gimp_image_get_color_profile(other);
  gimp_image_set_color_profile(image, profile);
  if (profile) g_object_unref(profile);
}

/// Puts the layer of an image that no one has seen yet into that of a former result, in its place, and deletes the new
/// image. The layer there; -1: there is no such image, and nothing was done.
gint32 put_in_place(gint32 layer, const Delivered* former, const Delivery::Label& label) {
  const gint32 image = outdated_image(former, label), from = gimp_item_get_image(layer);
  if (image == -1) return -1;
  gint32 in_place = -1;
  {
    const UndoStep step(image);
    make_alike(image, from);
    LooseLayer copy(gimp_layer_new_from_drawable(layer, image));
    if (copy.id() == -1) throw UserError(filled(_("GIMP could not make a new layer: %s"), gimp_get_pdb_error()));
    gimp_item_set_name(copy.id(), Text(gimp_item_get_name(layer)).get());
    in_place = insert(std::move(copy), {former->layer, former->layer, {}, former->layer, {}});
  }
  gimp_image_delete(from);
  return in_place;
}

std::string hidden_words(gint32 layer, const std::vector<gint32>& targets) {
  const bool target = std::find(targets.begin(), targets.end(), layer) != targets.end();
  return filled(target ? _("The target's layer '%s' was hidden: an exported image has all visible layers in it.")
                       : _("The layer '%s' was hidden, as it would show through where the result is transparent."),
                Text(gimp_item_get_name(layer)).get());
}

}  // namespace

Answer Delivered::answer() const {
  Answer answer;
  answer.add_layer(layer);
  answer.add_string(report);
  return answer;
}

Delivery::Delivery(GimpRunMode mode, PagedWindow* window, gint32 image, gint32 layer, ResultAs as)
    : mode_(mode), window_(window), image_(image), layer_(layer), as_(as), shape_(layer), encoding_(layer, as),
      cover_(read_cover(image, layer, encoding_, as)) {}

bifocal::Result Delivery::work(const bifocal::Request& request, const bifocal::Options& said,
                               const std::function<bifocal::Result(const bifocal::SolveOptions&)>& run) {
  return do_work(
      [&](const bifocal::SolveOptions& options) {
        bifocal::SolveOptions own = said.solve;
        own.progress = options.progress;
        bifocal::Result result = run(own);
        if (result.outcome == bifocal::Outcome::Cancelled) return result;
        result.messages.insert(result.messages.end(), said.remarks.begin(), said.remarks.end());
        if (window_) pictures_ = pictures_of(request, result.image);
        return result;
      },
      image_, window_, layer_);
}

nlohmann::ordered_json Delivery::compare_export(gint32 loose, const Placement& place, const bifocal::Request& request,
                                                bifocal::Result& result) {
  const bifocal::Image8 exported = exported_colours(loose, place, encoding_);
  nlohmann::ordered_json told{{"is_the_result", bifocal::same_bytes(exported, result.image)},
                              {"width", exported.width()},
                              {"height", exported.height()},
                              {"because", nlohmann::json::array()}};
  if (told["is_the_result"]) return told;
  std::vector<std::string> reasons = reasons_to_differ(place, cover_.opacity.has_value());
  if (reasons.empty()) reasons.push_back(_("GIMP rounds colours anew when it merges the layers"));
  std::string all = reasons[0];
  for (std::size_t i = 1; i < reasons.size(); ++i)
    // TRANSLATORS: reasons of a list, each a clause; the first placeholder holds all that came before
    all = filled(i + 1 == reasons.size() ? _("%s, and %s") : _("%s, %s"), all.c_str(), reasons[i].c_str());
  told["because"] = reasons;
  result = do_work(
      [&](const bifocal::SolveOptions& options) {
        bifocal::Result measured = bifocal::measure(request, exported, std::move(result), options);
        if (window_) pictures_ = pictures_of(request, exported);
        return measured;
      },
      image_, window_);
  result.messages.insert(
      result.messages.begin(),
      {"exports-otherwise", bifocal::Severity::Warning,
       filled(
           _("GIMP exports this image, as it is now, as something else than the result: %s. The figures are those of "
             "what GIMP exports. 'Result: New image' (from scripts: result=image) gives an image that exports right as "
             "it is."),
           all.c_str())});
  return told;
}

Delivered Delivery::deliver(bifocal::Result result, const bifocal::Request& request, const Label& label,
                            const Delivered* former) {
  result.messages.insert(result.messages.end(), cover_.messages.begin(), cover_.messages.end());
  if (cover_.selected)
    result.note(
        "selection",
        result.appearance.empty()
            ? _("There is a selection: a thumbnail's figures are those of its pixels that take in at least one "
                "selected "
                "pixel. The others cannot change.")
            : _("There is a selection: the likenesses are those of the part of each picture that it lets change, a "
                "rectangle around it."));
  shape_.check(image_, layer_);

  if (!label.meant.words.empty())
    result.messages.push_back({"which-cover",
                               label.meant.doubtful ? bifocal::Severity::Warning : bifocal::Severity::Note,
                               label.meant.words});
  const auto note_of = [&](gint32 made, const nlohmann::ordered_json& report) {
    nlohmann::json note = label.note;
    note["cover"] = note_of_cover(layer_, made);
    note["report"] = report;
    return note.dump();
  };
  nlohmann::ordered_json report;
  const auto finish_report = [&] {
    report = nlohmann::ordered_json::parse(bifocal::to_json(result));
    report.update(label.further);
  };
  gint32 layer = -1;
  std::vector<gint32> hidden_for_it;
  gint32 replaced = -1, display = -1;
  if (as_ == ResultAs::Image) {
    finish_report();
    layer = make_result_image(layer_, cover_, result.image, encoding_, label.name);
    if (const gint32 there = put_in_place(layer, former, label); there != -1)
      layer = there, display = former->display;
    else if (mode_ != GIMP_RUN_NONINTERACTIVE)
      display = gimp_display_new(gimp_item_get_image(layer));
    attach_note(layer, note_of(layer, report));
  } else {
    const gint32 below = gimp_item_is_valid(label.meant.clicked) ? label.meant.clicked : layer_;
    Placement place = placement(layer_, below, label.targets, cover_.opacity.has_value());
    hidden_for_it = replace(former, image_, label, cover_.opacity.has_value(), place);
    replaced = place.gone;
    for (gint32 hidden : place.hidden) result.note("layer-hidden", hidden_words(hidden, label.targets));
    LooseLayer loose = make_result_layer(layer_, cover_, result.image, encoding_, label.name);
    const nlohmann::ordered_json exported = compare_export(loose.id(), place, request, result);
    shape_.check(image_, layer_);  // measuring takes time, too
    finish_report();
    report["exported"] = exported;
    attach_note(loose.id(), note_of(loose.id(), report));
    layer = insert(std::move(loose), place);
    hidden_for_it.insert(hidden_for_it.end(), place.hidden.begin(), place.hidden.end());
    if (outdated_image(former, label) != -1 && gimp_display_is_valid(former->display))
      gimp_display_delete(former->display);
  }
  clear_away(former, replaced, label);
  gimp_displays_flush();
  Delivered made{layer, as_, std::move(hidden_for_it), display, report.dump(), report_words(result, label.wants_exact),
                 {},    {},  std::move(pictures_)};
  made.verdict = verdict_of(bifocal::judge(result));
  if (label.targets.size() > 1) made.verdict.headline = made.words.headline;  // which has all of the views
  made.verdict.details = saving_words(request.goal);
  for (const bifocal::ViewReport& view : result.views)
    if (!view.scaler.empty() && made.small == bifocal::Size{}) made.small = view.size;
  return made;
}

}  // namespace plugin
