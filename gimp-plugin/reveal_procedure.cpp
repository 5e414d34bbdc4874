// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal_procedure.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include <bifocal/reveal.hpp>

#include "checks.hpp"
#include "contact_sheet.hpp"
#include "conversation.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/reveal_dialog.hpp"
#include "dialogs/verdict_page.hpp"
#include "language.hpp"
#include "last_values.hpp"
#include "pixels.hpp"
#include "report_words.hpp"
#include "reveal_settings.hpp"
#include "work.hpp"

namespace plugin {
namespace {

constexpr char kName[] = "plug-in-bifocal-reveal";
constexpr int kMostTilesListed = 400;

const GimpParamDef kArguments[] = {
    {GIMP_PDB_INT32, text("run-mode"),
     text("Run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }")},
    {GIMP_PDB_IMAGE, text("image"), text("The layer's image")},
    {GIMP_PDB_DRAWABLE, text("drawable"), text("The layer to look at")},
    {GIMP_PDB_INT32, text("num-sizes"), text("Number of sizes; 0 = one, a quarter of the layer")},
    {GIMP_PDB_INT32ARRAY, text("sizes"), text("Longest sides that the layer is scaled to, pixels")},
    {GIMP_PDB_STRING, text("scalers"), text("Ids of scalers separated by blanks, \"\" = all that are known")},
};
const GimpParamDef kReturns[] = {
    {GIMP_PDB_IMAGE, text("sheet"), text("A new image: the contact sheet")},
    {GIMP_PDB_STRING, text("report"), text("The verdict and the figures, as JSON")},
};

RevealSettings parse(std::span<const GimpParam> a) {
  RevealSettings s;
  for (int i = 0; i < a[3].data.d_int32; ++i) {
    if (i) s.sizes += ' ';
    s.sizes += std::to_string(a[4].data.d_int32array[i]);
  }
  s.scalers = a[5].data.d_string ? a[5].data.d_string : "";
  return s;
}

const char* headline(bifocal::Finding finding) {
  switch (finding) {
    case bifocal::Finding::Hides:
      return _("Another picture seems to be hidden here");
    case bifocal::Finding::Grid:
      return _("A regular grid, but no other picture was found");
    default:
      return _("No other picture was found in what was looked at");
  }
}

std::string report_of(const bifocal::Reveal& r) {
  nlohmann::ordered_json j{{"finding", bifocal::to_string(r.finding)},
                           {"hides", r.hides},
                           {"suspicion", r.suspicion},
                           {"mismatch", r.mismatch},
                           {"verdict", r.verdict}};
  if (r.finding == bifocal::Finding::Grid)
    j["grid"] = {{"period", r.period}, {"width", r.grid.width}, {"height", r.grid.height}};
  int listed = 0;
  for (const bifocal::RevealTile& t : r.tiles)
    if (listed++ < kMostTilesListed)
      j["views"].push_back({{"scaler", t.scaler},
                            {"width", t.size.width},
                            {"height", t.size.height},
                            {"compared", t.compared},
                            {"likeness", t.likeness},
                            {"difference", t.difference},
                            {"strokes", t.strokes},
                            {"hides", t.hides},
                            {"on_sheet", t.x >= 0}});
  return j.dump();
}

struct Revealed {
  gint32 sheet = -1;
  bifocal::Reveal reveal;
  Answer answer() const {
    Answer answer;
    answer.add_image(sheet);
    answer.add_string(report_of(reveal));
    return answer;
  }
};

/// `window`: shows the work; nullptr: there is none.
Revealed look_at(gint32 image, gint32 drawable, const RevealSettings& settings, PagedWindow* window) {
  check_cover(image, drawable);
  bifocal::RevealOptions options =
      options_from(settings, {gimp_drawable_width(drawable), gimp_drawable_height(drawable)});
  const LayerPixels pixels = read_layer(drawable, Encoding(drawable));
  const std::string name = picture_name(drawable);
  Revealed made;
  run_job(
      [&](bifocal::SolveOptions wanted) {
        options.threads = wanted.threads;
        options.progress = std::move(wanted.progress);
        made.reveal = bifocal::reveal(pixels.colour, options);
      },
      image, window, {_("Bifocal: looking for hidden pictures"), _("Looking for hidden pictures"), false});
  if (made.reveal.cancelled) throw Cancelled();
  if (pixels.opacity)
    made.reveal.verdict.append(" ").append(_("The layer's colours were looked at, without its transparency."));
  made.sheet = make_contact_sheet(made.reveal, name.c_str());
  return made;
}

void show_sheet(gint32 sheet) {
  gimp_display_new(sheet);
  gimp_displays_flush();
}

Verdict verdict_of(const Revealed& made, const std::string& name) {
  Verdict v;
  // TRANSLATORS: the title of a window that says what Reveal found; the placeholder is the picture's name
  v.title = filled(_("Bifocal: %s, revealed"), name.c_str());
  v.headline = headline(made.reveal.finding);
  v.words = sentence(made.reveal.verdict) + " " + _("The contact sheet shows what each scaler makes of it.");
  if (made.reveal.hides) v.words.append(" ").append(_("This is a suspicion, not a proof."));
  return v;
}

Answer run(std::span<const GimpParam> a) {
  const GimpRunMode mode = GimpRunMode(a[0].data.d_int32);
  const gint32 image = a[1].data.d_image, drawable = layer_meant(a[2].data.d_drawable);
  check_cover(image, drawable);
  RevealSettings settings = mode == GIMP_RUN_NONINTERACTIVE ? parse(a) : load_last_reveal();
  Revealed made;
  if (mode != GIMP_RUN_INTERACTIVE) {
    made = look_at(image, drawable, settings, nullptr);
    if (mode == GIMP_RUN_WITH_LAST_VALS) show_sheet(made.sheet);
    return made.answer();
  }
  start_gui();
  PagedWindow window(kName, "reveal", kRevealWidth, kRevealHeight);
  const auto complaint = [&](const RevealSettings& asked) -> std::string {
    try {
      options_from(asked, {gimp_drawable_width(drawable), gimp_drawable_height(drawable)});
      return "";
    } catch (const UserError& e) {
      return e.what();
    }
  };
  const auto form = make_reveal_form(window, settings, complaint);
  const auto make = [&] {
    made = look_at(image, drawable, settings, &window);
    save_last_reveal(settings);
    show_sheet(made.sheet);
  };
  const auto show = [&] { return show_verdict(window, verdict_of(made, picture_name(drawable))); };
  converse({[&](const std::string& wrong) { return form->ask(settings, wrong); }, make, show,
            [&] { return gimp_image_is_valid(image) && gimp_item_is_valid(drawable); }});
  return made.answer();
}

const Procedure kProcedure{
    kName,
    N_("_Reveal..."),
    N_("Show what the layer becomes under every scaler, and whether it hides another picture"),
    "Makes a new image, a contact sheet: under each known scaler, what it makes of the layer at the chosen sizes and "
    "how that "
    "differs from a plain average. Looks for hidden pictures also at sizes that nobody named.",
    "RGB*, GRAY*",
    kArguments,
    kReturns,
    run,
};

}  // namespace

const Procedure& reveal_procedure() { return kProcedure; }

std::string reveal_result(PagedWindow& window, gint32 layer, bifocal::Size small) {
  RevealSettings settings;
  settings.sizes = std::to_string(std::max(small.width, small.height));
  const bifocal::Size size{gimp_drawable_width(layer), gimp_drawable_height(layer)};
  try {
    options_from(settings, size);
  } catch (const UserError&) {
    settings.sizes.clear();  // too small or too large for a sheet
  }
  const Revealed made = look_at(gimp_item_get_image(layer), layer, settings, &window);
  show_sheet(made.sheet);
  return verdict_of(made, picture_name(layer)).words;
}

}  // namespace plugin
