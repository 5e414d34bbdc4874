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
  return layer.release();
}

/// The layer of a former result that is to go when the next one comes; -1: none.
gint32 outdated(const Delivered* former, const Delivery::Label& label) {
  if (!former || former->as != ResultAs::Layer || !gimp_item_is_valid(former->layer)) return -1;
  const std::vector<gint32>& targets = label.targets;
  const bool needed = former->layer == label.meant.layer || former->layer == label.meant.clicked ||
                      std::find(targets.begin(), targets.end(), former->layer) != targets.end();
  return needed ? -1 : former->layer;
}

/// The same, if it is in this image.
gint32 replaced(const Delivered* former, gint32 image, const Delivery::Label& label) {
  const gint32 layer = outdated(former, label);
  return layer != -1 && gimp_item_get_image(layer) == image ? layer : -1;
}

/// The next result is in another image, as cover and target were swapped: the former one goes from its own, and what
/// was hidden for it is there again, in one step of undo.
void clear_away(const Delivered* former, gint32 image, const Delivery::Label& label) {
  const gint32 layer = outdated(former, label);
  if (layer == -1 || gimp_item_get_image(layer) == image) return;
  const gint32 its = gimp_item_get_image(layer);
  const UndoStep step(its);
  gimp_image_remove_layer(its, layer);
  for (const gint32 hidden : former->hidden)
    if (gimp_item_is_valid(hidden) && gimp_item_get_image(hidden) == its) gimp_item_set_visible(hidden, TRUE);
}

/// Puts the layer of an image that no one has seen yet into that of a former result, in its place, and deletes the new
/// image. The layer there; -1: the former one is not as it was left, and nothing was done.
gint32 put_in_place(gint32 layer, const Delivered* former) {
  if (!former || former->as != ResultAs::Image || !gimp_item_is_valid(former->layer)) return -1;
  const gint32 image = gimp_item_get_image(former->layer);
  gint layers = 0;
  g_free(gimp_image_get_layers(image, &layers));
  const auto same = [&](auto property) { return property(layer) == property(former->layer); };
  if (layers != 1 || !same(gimp_drawable_width) || !same(gimp_drawable_height) || !same(gimp_drawable_type)) return -1;
  LooseLayer copy(gimp_layer_new_from_drawable(layer, image));
  if (copy.id() == -1) return -1;
  gimp_item_set_name(copy.id(), Text(gimp_item_get_name(layer)).get());
  const gint32 in_place = insert(std::move(copy), {former->layer, former->layer, {}, former->layer});
  gimp_image_delete(gimp_item_get_image(layer));
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
  if (as_ == ResultAs::Image) {
    finish_report();
    layer = make_result_image(layer_, cover_, result.image, encoding_, label.name);
    if (const gint32 there = put_in_place(layer, former); there != -1)
      layer = there;
    else if (mode_ != GIMP_RUN_NONINTERACTIVE)
      gimp_display_new(gimp_item_get_image(layer));
    attach_note(layer, note_of(layer, report));
    if (const gint32 gone = replaced(former, image_, label); gone != -1) gimp_image_remove_layer(image_, gone);
  } else {
    const gint32 below = gimp_item_is_valid(label.meant.clicked) ? label.meant.clicked : layer_;
    Placement place = placement(layer_, below, label.targets, cover_.opacity.has_value());
    place.gone = replaced(former, image_, label);
    for (gint32 hidden : place.hidden) result.note("layer-hidden", hidden_words(hidden, label.targets));
    LooseLayer loose = make_result_layer(layer_, cover_, result.image, encoding_, label.name);
    const nlohmann::ordered_json exported = compare_export(loose.id(), place, request, result);
    shape_.check(image_, layer_);  // measuring takes time, too
    finish_report();
    report["exported"] = exported;
    attach_note(loose.id(), note_of(loose.id(), report));
    layer = insert(std::move(loose), place);
    hidden_for_it = place.hidden;
    if (place.gone != -1) hidden_for_it.insert(hidden_for_it.end(), former->hidden.begin(), former->hidden.end());
  }
  clear_away(former, image_, label);
  gimp_displays_flush();
  Delivered made{layer, as_, std::move(hidden_for_it), report.dump(), report_words(result, label.wants_exact),
                 {},    {},  std::move(pictures_)};
  made.verdict = verdict_of(bifocal::judge(result));
  if (label.targets.size() > 1) made.verdict.headline = made.words.headline;  // which has all of the views
  made.verdict.details = saving_words(request.goal);
  for (const bifocal::ViewReport& view : result.views)
    if (!view.scaler.empty() && made.small == bifocal::Size{}) made.small = view.size;
  return made;
}

}  // namespace plugin
