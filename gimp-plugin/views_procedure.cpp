// SPDX-License-Identifier: LGPL-3.0-or-later
#include "views_procedure.hpp"

#include <memory>

#include <gegl.h>
#include <nlohmann/json.hpp>

#include <bifocal/views.hpp>

#include "checks.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/progress_dialog.hpp"
#include "dialogs/views_dialog.hpp"
#include "job.hpp"
#include "pixels.hpp"
#include "view_list.hpp"

namespace plugin {
namespace {

constexpr char kName[] = "plug-in-bifocal-views";

gchar* text(const char* s) { return const_cast<gchar*>(s); }

const GimpParamDef kArguments[] = {
    {GIMP_PDB_INT32, text("run-mode"), text("Run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1) }")},
    {GIMP_PDB_IMAGE, text("image"), text("The cover's image")},
    {GIMP_PDB_DRAWABLE, text("drawable"), text("The cover: what the result shows at its own size")},
    {GIMP_PDB_INT32, text("num-targets"), text("Number of views")},
    {GIMP_PDB_INT32ARRAY, text("targets"), text("The target layers, one a view; a layer may come again")},
    {GIMP_PDB_INT32, text("num-widths"), text("Number of views")},
    {GIMP_PDB_INT32ARRAY, text("widths"), text("Widths that the image is scaled to, pixels; with height 0: 0 = the target's own size")},
    {GIMP_PDB_INT32, text("num-heights"), text("Number of views")},
    {GIMP_PDB_INT32ARRAY, text("heights"), text("Heights that the image is scaled to, pixels")},
    {GIMP_PDB_INT32, text("num-scalers"), text("Number of views")},
    {GIMP_PDB_STRINGARRAY, text("scalers"), text("Which software scales, such as \"pillow-bicubic\"")},
    {GIMP_PDB_INT32, text("num-weights"), text("Number of views")},
    {GIMP_PDB_FLOATARRAY, text("weights"), text("How much each view counts against the others, above 0")},
    {GIMP_PDB_INT32, text("appearance"), text("What \"becomes the target\" means { pixel by pixel (0), to the eye (1) }")},
    {GIMP_PDB_FLOAT, text("balance"), text("0 = keep the cover .. 100 = put the targets first")},
    {GIMP_PDB_STRING, text("options"), text("Further \"key=value\" pairs separated by blanks; trade-off=yes adds that curve to the report")},
};
const GimpParamDef kReturns[] = {
    {GIMP_PDB_LAYER, text("layer"), text("The new layer, right above the cover")},
    {GIMP_PDB_STRING, text("report"), text("The figures that were reached, as JSON")},
};

ViewList parse(std::span<const GimpParam> a) {
  ViewList list;
  const int n = a[3].data.d_int32;
  for (const int k : {5, 7, 9, 11})
    if (a[k].data.d_int32 != n || n < 1)
      throw CallError(std::string(kName) + " needs lists of the same length, at least 1; it got " + std::to_string(n) + " targets and " +
                      std::to_string(a[k].data.d_int32) + " " + kArguments[k + 1].name + ".");
  for (int i = 0; i < n; ++i) {
    ViewLine line;
    line.target = a[4].data.d_int32array[i];
    line.width = a[6].data.d_int32array[i];
    line.height = a[8].data.d_int32array[i];
    line.scaler = a[10].data.d_stringarray[i] ? a[10].data.d_stringarray[i] : "";
    line.weight = a[12].data.d_floatarray[i];
    list.lines.push_back(line);
  }
  list.appearance = a[13].data.d_int32;
  list.balance = a[14].data.d_float;
  list.options = a[15].data.d_string ? a[15].data.d_string : "";
  return list;
}

void check(gint32 image, gint32 cover, const ViewList& list) {
  check_cover(image, cover);
  check_selection(image, cover);
  for (const ViewLine& line : list.lines) {
    check_target(cover, line.target);
    if ((line.width == 0) != (line.height == 0) || line.width < 0 || line.height < 0)
      throw UserError("A view's width and height must both be above 0, or both 0 for the target's own size.");
  }
  if (list.appearance != 0 && list.appearance != 1)
    throw UserError("The appearance must be 0 (pixel by pixel) or 1 (to the eye).");
}

bifocal::ViewsRequest request_from(gint32 image, gint32 cover, const ViewList& list, const Encoding& encoding,
                                   std::vector<std::string>& warnings) {
  bifocal::ViewsRequest request;
  LayerPixels pixels = read_layer(cover, encoding);
  if (!encoding.warning().empty()) warnings.push_back(encoding.warning());
  if (pixels.opacity) warnings.push_back("The cover is partly transparent. The figures are for its colours alone.");
  request.cover = std::move(pixels.colour);
  request.selection = read_selection(image, cover);
  for (const ViewLine& line : list.lines) {
    LayerPixels target = read_layer(line.target, encoding);
    bifocal::ViewRequest view;
    view.target = std::move(target.colour);
    view.target_alpha = std::move(target.opacity);
    view.size = {line.width, line.height};
    view.scaler = line.scaler;
    view.weight = line.weight;
    request.views.push_back(std::move(view));
  }
  request.appearance = bifocal::Appearance(list.appearance);
  request.balance = list.balance;
  request.options = list.options;
  return request;
}

bifocal::Result run_headless(Job& job) {
  using namespace std::chrono_literals;
  gimp_progress_init("Bifocal");
  while (!job.wait_for(100ms)) gimp_progress_update(job.snapshot().fraction);
  gimp_progress_update(1);
  return job.take();
}

/// Takes "trade-off=yes" out of the options.
bool take_trade_off(std::string& options) {
  const std::string key = "trade-off=yes";
  const std::size_t at = options.find(key);
  if (at == std::string::npos) return false;
  options.erase(at, key.size());
  return true;
}

std::string name_of(const ViewList& list) {
  std::string name = picture_name(list.lines[0].target);
  for (const ViewLine& line : list.lines)
    if (const std::string other = picture_name(line.target); name.find(other) == std::string::npos) name += ", " + other;
  return name + " (" + std::to_string(list.lines.size()) + (list.lines.size() == 1 ? " view)" : " views)");
}

Answer run(std::span<const GimpParam> a) {
  if (a.size() != std::size(kArguments) && a.size() != 3)
    throw CallError(std::string(kName) + " takes " + std::to_string(std::size(kArguments)) + " arguments, and got " +
                    std::to_string(a.size()) + ".");
  const GimpRunMode mode = GimpRunMode(a[0].data.d_int32);
  const gint32 image = a[1].data.d_image, cover = a[2].data.d_drawable;
  const bool interactive = mode != GIMP_RUN_NONINTERACTIVE;
  check_cover(image, cover);
  ViewList list;
  if (interactive) {
    check_selection(image, cover);
    start_gui();
    if (!ask_views(cover, list)) throw Cancelled();
  } else {
    if (a.size() == 3) throw CallError(std::string(kName) + " needs all of its arguments in this run mode.");
    list = parse(a);
  }
  check(image, cover, list);
  const bool curve = take_trade_off(list.options);

  const Encoding encoding(cover);
  bifocal::SolveOptions options;
  g_object_get(gegl_config(), "threads", &options.threads, nullptr);
  std::vector<std::string> warnings;
  bifocal::Result result;
  std::string trade_off;
  {
    Job job(
        [&trade_off, curve, request = request_from(image, cover, list, encoding, warnings)](bifocal::SolveOptions o) {
          bifocal::Result r = bifocal::run(request, o);
          if (curve && r.outcome != bifocal::Outcome::Cancelled)
            trade_off = bifocal::to_json(bifocal::trade_off(request, 9, std::move(o)));
          return r;
        },
        options);
    result = interactive ? show_progress(job) : run_headless(job);
  }
  if (result.outcome == bifocal::Outcome::Cancelled) throw Cancelled();

  result.warnings.insert(result.warnings.end(), warnings.begin(), warnings.end());
  nlohmann::json report = nlohmann::json::parse(bifocal::to_json(result));
  if (!trade_off.empty()) report["trade_off"] = nlohmann::json::parse(trade_off);
  nlohmann::json note;
  note["procedure"] = kName;
  note["report"] = report;
  check_cover(image, cover);  // it may have been closed in the meantime
  const gint32 layer = insert_result(image, cover, result.image, encoding, name_of(list), note.dump());
  if (interactive) {
    std::string words;
    for (const std::string& warning : result.warnings) words += (words.empty() ? "" : "\n\n") + warning;
    if (!words.empty()) g_message("%s", words.c_str());
  }
  Answer answer;
  answer.add_layer(layer);
  answer.add_string(report.dump());
  return answer;
}

const Procedure kProcedure{
    kName,
    "Bifocal, _Many Views...",
    "<Image>/Filters/Combine",
    "Make a picture that becomes several others when it is scaled down or up",
    "Changes a copy of the cover layer so that each view's scaler makes that view's target out of it, as far as they can be "
    "had together. Sizes may be smaller or larger than the cover. The report says how far each view was reached.",
    "RGB*, GRAY*",
    kArguments,
    kReturns,
    run,
};

}  // namespace

const Procedure& views_procedure() { return kProcedure; }

}  // namespace plugin
