// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bifocal_procedure.hpp"

#include <bifocal/error.hpp>
#include <nlohmann/json.hpp>

#include "checks.hpp"
#include "delivery.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/settings_dialog.hpp"
#include "memory.hpp"
#include "pixels.hpp"
#include "settings.hpp"
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
    {GIMP_PDB_INT32, text("width"), text("Width of the small image in pixels, 0 = the target's own")},
    {GIMP_PDB_INT32, text("height"), text("Height of the small image in pixels, 0 = the target's own")},
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
  Call call{GimpRunMode(a[0].data.d_int32), a[1].data.d_image, a[2].data.d_drawable, {}};
  if (a.size() == 3) return call;
  Settings s;
  s.target = a[3].data.d_drawable;
  s.width = a[4].data.d_int32;
  s.height = a[5].data.d_int32;
  s.scaler = string_of(a[6]);
  s.appearance = a[7].data.d_int32;
  s.balance = a[8].data.d_float;
  s.options = string_of(a[9]);
  call.settings = s;
  return call;
}

/// The layer that was the target last time, else one of the same name, else any that can be a target.
gint32 find_target(const Settings& last, gint32 cover) {
  return can_be_target(cover, last.target) ? last.target : find_target_named(cover, last.target_name, true);
}

bifocal::Request request_from(Delivery& delivery, const Settings& s) {
  bifocal::Request request;
  delivery.hand_cover_to(request);
  LayerPixels target = read_layer(s.target, delivery.encoding());
  request.target = std::move(target.colour);
  request.target_alpha = std::move(target.opacity);
  request.size = small_size(s);
  request.scaler = s.scaler;
  request.appearance = bifocal::Appearance(s.appearance);
  request.fit = s.fit;
  request.balance = s.balance;
  request.options = s.options;
  return request;
}

void check(const Call& call, const Settings& s) {
  check_cover(call.image, call.cover);
  check_target(call.cover, s.target);
  check_selection(call.image, call.cover);
  check_settings(call.cover, s);
}

bifocal::Extent extent_of(const Call& call, const Settings& s) {
  bifocal::Extent extent;
  extent.cover = {gimp_drawable_width(call.cover), gimp_drawable_height(call.cover)};
  extent.channels = Encoding(call.cover).channels();
  extent.views.push_back({small_size(s), s.scaler});
  extent.appearance = bifocal::Appearance(s.appearance);
  extent.balance = s.balance;
  extent.options = s.options;
  return extent;
}

/// bifocal::run, with one addition: "fit" is a field of the request, but scripts give it among the options.
bifocal::Result solve(const bifocal::Request& request, bifocal::SolveOptions options) {
  try {
    return bifocal::run(request, std::move(options));
  } catch (const bifocal::Error& e) {
    if (e.code() != bifocal::ErrorCode::UnknownSetting) throw;
    throw bifocal::Error(e.code(), std::string(e.what()) + "; and fit (stretch, inside or fill)");
  }
}

Answer run(std::span<const GimpParam> arguments) {
  Call call = parse(arguments);
  const bool interactive = call.mode == GIMP_RUN_INTERACTIVE;
  check_cover(call.image, call.cover);
  Settings settings;
  if (call.mode == GIMP_RUN_NONINTERACTIVE) {
    settings = *call.settings;
    take_fit_from_options(settings);
    take_result_from_options(settings.options, settings.result);
  } else {
    settings = load_last_values();
    const bool given = call.settings && can_be_target(call.cover, call.settings->target);
    settings.target = given ? call.settings->target : find_target(settings, call.cover);
    // A target that is there no more leaves a message for the mode without a dialog.
    check_target(call.cover, settings.target);
    if (!settings.remembered) settings.appearance = int(suggested_appearance(call.cover, settings));
  }
  if (interactive) {
    check_selection(call.image, call.cover);
    start_gui();
    if (!ask_settings(call.cover, settings)) throw Cancelled();
  }
  check(call, settings);
  check_memory(extent_of(call, settings));
  settings.target_name = picture_name(settings.target);

  Delivery delivery(call.mode, call.image, call.cover, settings.result);
  const bifocal::Request request = request_from(delivery, settings);
  bifocal::Result result =
      do_work([&request](bifocal::SolveOptions o) { return solve(request, std::move(o)); }, call.image, interactive);

  Delivery::Label label;
  label.name = settings.target_name + " " + std::to_string(request.size.width) + "x" + std::to_string(request.size.height) +
               " " + settings.scaler;
  label.note = {{"procedure", kName}, {"settings", nlohmann::json::parse(to_json(settings))}};
  label.targets = {settings.target};
  label.wants_exact = settings.appearance == 0 && settings.balance >= 100;
  Answer answer = delivery.deliver(std::move(result), label);
  if (call.mode != GIMP_RUN_NONINTERACTIVE) save_last_values(settings);
  return answer;
}

const Procedure kProcedure{
    kName,
    "_Bifocal...",
    "<Image>/Filters/Combine",
    "Make a picture that becomes another one when it is scaled down",
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
