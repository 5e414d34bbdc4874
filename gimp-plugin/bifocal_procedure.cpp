// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bifocal_procedure.hpp"

#include <bifocal/error.hpp>
#include <nlohmann/json.hpp>

#include "checks.hpp"
#include "conversation.hpp"
#include "delivery.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/settings_dialog.hpp"
#include "language.hpp"
#include "last_values.hpp"
#include "memory.hpp"
#include "origin.hpp"
#include "pixels.hpp"
#include "roles.hpp"
#include "settings.hpp"
#include "showing.hpp"
#include "small_size.hpp"
#include "work.hpp"

namespace plugin {
namespace {

constexpr char kName[] = "plug-in-bifocal";

const GimpParamDef kArguments[] = {
    {GIMP_PDB_INT32, text("run-mode"),
     text("Run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }")},
    {GIMP_PDB_IMAGE, text("image"), text("The cover's image")},
    {GIMP_PDB_DRAWABLE, text("drawable"), text("The cover: what the result shows at full size")},
    {GIMP_PDB_DRAWABLE, text("target"),
     text("The target: what the result becomes when it is scaled down; a layer of any open image")},
    {GIMP_PDB_INT32, text("width"),
     text("Width of the small image in pixels, 0 = by the cover's shape; 0x0 = the target's own size")},
    {GIMP_PDB_INT32, text("height"),
     text("Height of the small image in pixels, 0 = by the cover's shape; 0x0 = the target's own size")},
    {GIMP_PDB_STRING, text("scaler"), text("Which software scales it down, such as \"pillow-bicubic\"")},
    {GIMP_PDB_INT32, text("appearance"),
     text("What \"becomes the target\" means { pixel by pixel (0), to the eye (1) }")},
    {GIMP_PDB_FLOAT, text("balance"), text("0 = keep the cover .. 100 = the exact thumbnail")},
    {GIMP_PDB_STRING, text("options"), text("Further \"key=value\" pairs separated by blanks, \"\" = defaults")},
};
const GimpParamDef kReturns[] = {
    {GIMP_PDB_LAYER, text("layer"), text("The new layer, right above the cover")},
    {GIMP_PDB_STRING, text("report"), text("The figures that were reached, as JSON")},
};

struct Call {
  GimpRunMode mode;
  gint32 image;
  gint32 cover;
  std::optional<Settings> settings;  ///< when the caller gave them all
};

std::string string_of(const GimpParam& param) { return param.data.d_string ? param.data.d_string : ""; }

Call parse(std::span<const GimpParam> a) {
  Call call{GimpRunMode(a[0].data.d_int32), a[1].data.d_image, layer_meant(a[2].data.d_drawable), {}};
  if (a.size() == 3) return call;
  Settings s;
  s.target = layer_meant(a[3].data.d_drawable);
  s.width = a[4].data.d_int32;
  s.height = a[5].data.d_int32;
  s.scaler = string_of(a[6]);
  s.appearance = a[7].data.d_int32;
  s.balance = a[8].data.d_float;
  s.options = string_of(a[9]);
  s.fit = bifocal::Fit::Stretch;
  call.settings = s;
  return call;
}

/// What the dialog begins with, and what is used without one: the last values, as far as they suit this cover. With a
/// dialog the cover may be another one, if that is what the user seems to mean: `words` says so then.
Settings last_settings(Call& call, bool interactive, std::string& words) {
  Settings s = load_last_values();
  const gint32 given = call.settings ? call.settings->target : -1;
  bool same = s.remembered, known = true;
  if (can_be_target(call.cover, given)) {
    same &= s.target == given || s.target_name == picture_name(given);
    s.target = given;
  } else {
    try {
      s.target = s.remembered ? find_last_target(call.cover, s.target, s.target_name) : -1;
    } catch (const UserError&) {
      if (!interactive) throw;
      s.target = -1;
    }
    if (s.target == -1) {
      same = known = false;
      s.target = find_target_named(call.cover, "", true);
    }
  }
  check_target(call.cover, s.target);
  if (interactive && given != s.target && !is_result(call.cover)) {
    const Roles roles = likely_roles({call.cover, s.target, {}}, known);
    same &= roles.words.empty();
    call.cover = roles.cover;
    s.target = roles.target;
    words = roles.words;
  }
  // A size is remembered with the target that it was for.
  const bifocal::Size size = same ? size_again(call.cover, s) : suggested_size(call.cover, s.target, s.scaler);
  s.width = size.width;
  s.height = size.height;
  if (!s.remembered) s.appearance = int(suggested_appearance(call.cover, s));
  return s;
}

bifocal::Request request_from(Delivery& delivery, gint32 cover, const Settings& s) {
  bifocal::Request request;
  delivery.hand_cover_to(request);
  LayerPixels layer = read_layer(s.target, delivery.encoding());
  bifocal::Target& target = request.target();
  target.picture = std::move(layer.colour);
  target.alpha = std::move(layer.opacity);
  target.size = small_size(cover, s);
  target.scaler = s.scaler;
  request.goal = bifocal::goal_of(bifocal::Appearance(s.appearance));
  request.fit = s.fit;
  request.balance = s.balance;
  return request;
}

void check(const Call& call, const Settings& s) {
  check_cover(call.image, call.cover);
  check_target(call.cover, s.target);
  check_selection(call.image, call.cover);
  check_settings(call.cover, s);
}

bifocal::Extent extent_of(const Call& call, const Settings& s) {
  return plugin::extent_of(call.cover, {{small_size(call.cover, s), s.scaler}}, bifocal::Appearance(s.appearance),
                           s.balance, s.options);
}

/// From settings to a layer. `window`: shows the work; nullptr: there is none.
Delivered make(const Call& call, const MeantCover& meant, Settings settings, PagedWindow* window,
               const Delivered* former) {
  check(call, settings);
  settings.target_name = picture_name(settings.target);
  settings.of_cover = size_of(call.cover);
  // Kept before the work: who cancels it, or has too little memory, wants to change a setting, not to type all again.
  if (call.mode != GIMP_RUN_NONINTERACTIVE) save_last_values(settings);
  check_memory(extent_of(call, settings));

  Delivery delivery(call.mode, window, call.image, call.cover, settings.result);
  bifocal::Request request = request_from(delivery, call.cover, settings);
  const bifocal::Options said = bifocal::read_options(settings.options, bifocal::options_for(request));
  request.goal = said.goal;
  const bifocal::Size size = request.target().size;
  const std::string about_shape = shape_words(size_of(call.cover), size, settings.scaler),
                    about_target = result_as_target_words(settings.target, size.width, size.height);
  bifocal::Result result = delivery.work(
      request, said, [&](const bifocal::SolveOptions& options) { return bifocal::run(request, options); });

  if (!about_shape.empty()) result.warn("other-shape", about_shape);
  if (!about_target.empty()) result.warn("target-is-a-result", about_target);
  Delivery::Label label;
  label.name = settings.target_name + " " + shape_text(size) + " " + settings.scaler;
  label.note = {{"procedure", kName}, {"settings", nlohmann::json::parse(to_json(settings))}};
  label.targets = {settings.target};
  label.meant = meant;
  label.wants_exact = settings.appearance == 0 && settings.balance >= 100;
  return delivery.deliver(std::move(result), request, label, former);
}

Answer run(std::span<const GimpParam> arguments) {
  Call call = parse(arguments);
  const bool interactive = call.mode == GIMP_RUN_INTERACTIVE;
  check_cover(call.image, call.cover);
  MeantCover meant = meant_cover(call.cover, call.mode == GIMP_RUN_NONINTERACTIVE);
  call.cover = meant.layer;
  Settings settings;
  std::string about = meant.words;
  if (call.mode == GIMP_RUN_NONINTERACTIVE) {
    settings = *call.settings;
    take_own_options(settings.options, settings.fit, settings.result);
    bifocal::check_options(settings.options, kOwnKeys);
  } else {
    settings = last_settings(call, interactive, about);
  }
  if (!interactive) return make(call, meant, settings, nullptr, nullptr).answer();
  check_selection(call.image, meant.layer);
  if (call.cover != meant.layer) meant = {call.cover, call.cover, {}, false};
  start_gui();
  PagedWindow window(kName, "bifocal", kSettingsWidth, kSettingsHeight);
  Hiding hiding{meant, settings};
  const auto form = make_settings_form(window, hiding, about);
  std::optional<Delivered> made;
  const auto deliver = [&] {
    call.cover = hiding.cover.layer;
    call.image = gimp_item_get_image(call.cover);
    made = make(call, hiding.cover, hiding.settings, &window, made ? &*made : nullptr);
    form->used();
  };
  const auto show = [&] { return show_delivered(window, *made); };
  converse({[&](const std::string& wrong) { return form->ask(hiding, wrong); }, deliver, show,
            [&] { return gimp_image_is_valid(call.image) && gimp_item_is_valid(call.cover); }});
  return made->answer();
}

const Procedure kProcedure{
    kName,
    N_("_Hide a Picture..."),
    N_("Make a picture that becomes another one when it is scaled down"),
    "Changes a copy of the cover layer so that the chosen scaler makes the target out of it. The result is a new layer "
    "above the cover; cover and target stay as they are. A selection limits where the cover may change. The returned "
    "report says how exact the small image is.",
    "RGB*, GRAY*",
    kArguments,
    kReturns,
    run,
};

}  // namespace

const Procedure& bifocal_procedure() { return kProcedure; }

}  // namespace plugin
