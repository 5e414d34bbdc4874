// SPDX-License-Identifier: LGPL-3.0-or-later
#include "views_procedure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>

#include <bifocal/preview.hpp>
#include <bifocal/scaler.hpp>
#include <bifocal/views.hpp>

#include "checks.hpp"
#include "conversation.hpp"
#include "delivery.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/views_dialog.hpp"
#include "language.hpp"
#include "last_values.hpp"
#include "memory.hpp"
#include "origin.hpp"
#include "pixels.hpp"
#include "settings.hpp"
#include "showing.hpp"
#include "small_size.hpp"
#include "view_sizes.hpp"
#include "work.hpp"

namespace plugin {
namespace {

constexpr char kName[] = "plug-in-bifocal-views";

const GimpParamDef kArguments[] = {
    {GIMP_PDB_INT32, text("run-mode"),
     text("Run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }")},
    {GIMP_PDB_IMAGE, text("image"), text("The cover's image")},
    {GIMP_PDB_DRAWABLE, text("drawable"), text("The cover: what the result shows at its own size")},
    {GIMP_PDB_INT32, text("num-targets"), text("Number of views")},
    {GIMP_PDB_INT32ARRAY, text("targets"), text("The target layers, one a view; a layer may come again")},
    {GIMP_PDB_INT32, text("num-widths"), text("Number of views")},
    {GIMP_PDB_INT32ARRAY, text("widths"),
     text("Widths that the image is scaled to, pixels; with height 0: 0 = the target's own size")},
    {GIMP_PDB_INT32, text("num-heights"), text("Number of views")},
    {GIMP_PDB_INT32ARRAY, text("heights"), text("Heights that the image is scaled to, pixels")},
    {GIMP_PDB_INT32, text("num-scalers"), text("Number of views")},
    {GIMP_PDB_STRINGARRAY, text("scalers"), text("Which software scales, such as \"pillow-bicubic\"")},
    {GIMP_PDB_INT32, text("num-weights"), text("Number of views")},
    {GIMP_PDB_FLOATARRAY, text("weights"), text("How much each view counts against the others, above 0")},
    {GIMP_PDB_INT32, text("appearance"),
     text("What \"becomes the target\" means { pixel by pixel (0), to the eye (1) }")},
    {GIMP_PDB_FLOAT, text("balance"), text("0 = keep the cover .. 100 = put the targets first")},
    {GIMP_PDB_STRING, text("options"),
     text("Further \"key=value\" pairs separated by blanks; trade-off=yes adds that curve to the report")},
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
      // TRANSLATORS: the last word is the name of an argument: widths, heights, scalers or weights
      throw CallError(filled(_("%s needs lists of the same length, at least 1; it got %d targets and %d %s."), kName, n,
                             a[k].data.d_int32, kArguments[k + 1].name));
  check_length(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) {
    ViewLine line;
    line.target = layer_meant(a[4].data.d_int32array[i]);
    line.width = a[6].data.d_int32array[i];
    line.height = a[8].data.d_int32array[i];
    line.scaler = a[10].data.d_stringarray[i] ? a[10].data.d_stringarray[i] : "";
    line.weight = a[12].data.d_floatarray[i];
    list.lines.push_back(line);
  }
  list.appearance = a[13].data.d_int32;
  list.balance = a[14].data.d_float;
  list.options = a[15].data.d_string ? a[15].data.d_string : "";
  list.fit = bifocal::Fit::Stretch;
  return list;
}

void check(gint32 image, gint32 cover, const ViewList& list) {
  check_cover(image, cover);
  check_selection(image, cover);
  check_length(list.lines.size());
  for (const ViewLine& line : list.lines) {
    check_target(cover, line.target);
    if ((line.width == 0) != (line.height == 0) || line.width < 0 || line.height < 0)
      throw UserError(_("A view's width and height must both be above 0, or both 0 for the target's own size."));
  }
  if (list.appearance != 0 && list.appearance != 1)
    throw UserError(_("The appearance must be 0 (pixel by pixel) or 1 (to the eye)."));
  std::string options = list.options;
  if (take_trade_off(options) && list.appearance == 1)
    throw UserError(_("What can be had (trade-off=yes) is computed pixel by pixel only, not to the eye."));
}

bifocal::Extent extent_of(gint32 cover, const ViewList& list) {
  std::vector<bifocal::Extent::Seen> views;
  for (const ViewLine& line : list.lines) views.push_back({view_size(line), line.scaler});
  return plugin::extent_of(cover, std::move(views), bifocal::Appearance(list.appearance), list.balance, list.options);
}

/// Without the cover.
bifocal::Request request_from(const ViewList& list, const Encoding& encoding) {
  bifocal::Request request;
  for (const ViewLine& line : list.lines) {
    LayerPixels layer = read_layer(line.target, encoding);
    bifocal::Target target;
    target.picture = std::move(layer.colour);
    target.alpha = std::move(layer.opacity);
    target.size = {line.width, line.height};
    target.scaler = line.scaler;
    target.weight = line.weight;
    request.targets.push_back(std::move(target));
  }
  request.goal = bifocal::goal_of(bifocal::Appearance(list.appearance));
  request.fit = list.fit;
  request.balance = list.balance;
  return request;
}

constexpr double kSmallCopy = 192 * 192;  // pixels of the cover that the trade-off is foreseen at

/// The trade-off behind a page of the window; the names of its views have the small copy's sizes.
bifocal::TradeOff foresee(const bifocal::Request& request, gint32 image, gint32 cover, PagedWindow& window) {
  bifocal::Request copy = bifocal::reduced(request, kSmallCopy);
  copy.goal = bifocal::PixelsGoal();
  bifocal::TradeOff curve;
  do_work(
      [&](bifocal::SolveOptions o) {
        o.gap_tolerance = 1e-3;
        curve = bifocal::trade_off(copy, 11, o);
        return bifocal::Result();
      },
      image, &window, cover);
  return curve;
}

std::string name_of(const ViewList& list) {
  std::string name = picture_name(list.lines[0].target);
  for (const ViewLine& line : list.lines)
    if (const std::string other = picture_name(line.target); name.find(other) == std::string::npos)
      name += ", " + other;
  const std::size_t views = list.lines.size();
  // TRANSLATORS: the name of the result's layer: the targets' names and the number of views
  return filled(plural("%s (%zu view)", "%s (%zu views)", views), name.c_str(), views);
}

/// What the dialog begins with, and what is used without one: the list of the last run, or the first use's. Without a
/// dialog every target of the last run must be open.
ViewList last_or_first(gint32 cover, bool interactive) {
  ViewList list = load_last_views(cover);
  const bool remembered = !list.lines.empty();
  if (!remembered) list.lines.push_back({});
  for (ViewLine& line : list.lines) {
    if (line.target != -1) continue;
    if (remembered && !interactive) line.target = find_last_target(cover, -1, line.target_name);
    line.target = find_target_named(cover, line.target_name, true);
    check_target(cover, line.target);
    start_line(cover, line);
  }
  return list;
}

/// From a list to a layer. `window`: shows the work; nullptr: there is none.
Delivered make(GimpRunMode mode, gint32 image, const MeantCover& meant, ViewList list, PagedWindow* window,
               const Delivered* former) {
  const gint32 cover = meant.layer;
  check(image, cover, list);
  for (ViewLine& line : list.lines) line.target_name = picture_name(line.target);
  const ViewList remembered = list;
  if (mode != GIMP_RUN_NONINTERACTIVE) save_last_views(remembered);
  const bool curve = take_trade_off(list.options);
  check_memory(extent_of(cover, list));

  Delivery delivery(mode, window, image, cover, list.result);
  bifocal::Request request = request_from(list, delivery.encoding());
  delivery.hand_cover_to(request);
  const bifocal::Options said = bifocal::read_options(list.options, bifocal::options_for(request));
  request.goal = said.goal;
  const std::vector<bifocal::Message> about = messages_about(cover, list);
  std::string trade_off;
  bifocal::Result result = delivery.work(request, said, [&](const bifocal::SolveOptions& o) {
    // Two pieces of work, one progress.
    const auto part = [o](double from, double to) {
      bifocal::SolveOptions piece = o;
      piece.progress = [tell = o.progress, from, to](bifocal::Progress p) {
        p.fraction = from + (to - from) * p.fraction;
        return tell(p);
      };
      return piece;
    };
    bifocal::Result r = bifocal::run(request, curve ? part(0, 0.3) : o);
    if (curve && r.outcome != bifocal::Outcome::Cancelled && r.outcome != bifocal::Outcome::Stopped)
      trade_off = bifocal::to_json(bifocal::trade_off(request, 9, part(0.3, 1)));
    return r;
  });

  result.messages.insert(result.messages.end(), about.begin(), about.end());
  Delivery::Label label;
  label.name = name_of(list);
  label.note = {{"procedure", kName}, {"settings", nlohmann::json::parse(to_json(remembered))}};
  for (const ViewLine& line : list.lines) label.targets.push_back(line.target);
  label.meant = meant;
  if (!trade_off.empty()) label.further["trade_off"] = nlohmann::json::parse(trade_off);
  return delivery.deliver(std::move(result), request, label, former);
}

Answer run(std::span<const GimpParam> a) {
  const GimpRunMode mode = GimpRunMode(a[0].data.d_int32);
  const gint32 image = a[1].data.d_image, clicked = layer_meant(a[2].data.d_drawable);
  check_cover(image, clicked);
  const MeantCover meant = meant_cover(clicked, mode == GIMP_RUN_NONINTERACTIVE);
  const gint32 cover = meant.layer;
  ViewList list;
  if (mode == GIMP_RUN_NONINTERACTIVE) {
    list = parse(a);
    take_own_options(list.options, list.fit, list.result);
    check_views_options(list.options, kOwnKeys);
  } else {
    list = last_or_first(cover, mode == GIMP_RUN_INTERACTIVE);
  }
  if (mode != GIMP_RUN_INTERACTIVE) return make(mode, image, meant, list, nullptr, nullptr).answer();
  check_selection(image, cover);
  start_gui();
  PagedWindow window(kName, "views", kViewsWidth, kViewsHeight);
  const auto curve = [&](gint32 of, const ViewList& now) {
    const gint32 its_image = gimp_item_get_image(of);
    check(its_image, of, now);
    const Encoding encoding(of);
    bifocal::Request request = request_from(now, encoding);
    read_cover(its_image, of, encoding, ResultAs::Layer).hand_to(request);
    return foresee(request, its_image, of, window);
  };
  Viewing viewing{meant, list};
  const auto form = make_views_form(window, viewing, curve);
  std::optional<Delivered> made;
  const auto deliver = [&] {
    made = make(mode, gimp_item_get_image(viewing.cover.layer), viewing.cover, viewing.list, &window,
                made ? &*made : nullptr);
    form->used();
  };
  const auto show = [&] { return show_delivered(window, *made); };
  const auto there = [&] { return gimp_item_is_valid(viewing.cover.layer); };
  converse({[&](const std::string& wrong) { return form->ask(viewing, wrong); }, deliver, show, there});
  return made->answer();
}

const Procedure kProcedure{
    kName,
    N_("_Many Views..."),
    N_("Make a picture that becomes several others when it is scaled down or up"),
    "Changes a copy of the cover layer so that each view's scaler makes that view's target out of it, as far as they "
    "can be "
    "had together. Sizes may be smaller or larger than the cover. The report says how far each view was reached.",
    "RGB*, GRAY*",
    kArguments,
    kReturns,
    run,
};

}  // namespace

const Procedure& views_procedure() { return kProcedure; }

}  // namespace plugin
