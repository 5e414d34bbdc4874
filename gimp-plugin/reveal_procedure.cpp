// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal_procedure.hpp"

#include <algorithm>
#include <cstdlib>
#include <future>
#include <sstream>

#include <nlohmann/json.hpp>

#include <bifocal/reveal.hpp>

#include "checks.hpp"
#include "contact_sheet.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/report_dialog.hpp"
#include "dialogs/reveal_dialog.hpp"
#include "gimp_folder.hpp"
#include "pixels.hpp"
#include "report_words.hpp"

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

bifocal::RevealOptions options_from(const RevealSettings& settings, gint32 drawable) {
  bifocal::RevealOptions options;
  const int width = gimp_drawable_width(drawable), height = gimp_drawable_height(drawable), longest = std::max(width, height);
  std::istringstream sizes(settings.sizes);
  for (std::string word; sizes >> word;) {
    char* end = nullptr;
    const long side = std::strtol(word.c_str(), &end, 10);
    if (*end || side < 4 || side > 16384)
      throw UserError("The size " + word + " is not possible; it must lie between 4 and 16384.");
    options.sizes.push_back({std::max(1, static_cast<int>((width * side + longest / 2) / longest)),
                             std::max(1, static_cast<int>((height * side + longest / 2) / longest))});
  }
  std::istringstream ids(settings.scalers);
  for (std::string id; ids >> id;) options.scalers.push_back(id);
  return options;
}

constexpr char kFile[] = "bifocal-reveal";

RevealSettings load_last_reveal() {
  RevealSettings s;
  gchar* raw = nullptr;
  if (g_file_get_contents(in_gimp_folder(kFile).get(), &raw, nullptr, nullptr)) {
    std::istringstream lines(Text(raw).get());
    std::getline(lines, s.sizes);
    std::getline(lines, s.scalers);
  }
  return s;
}

void save_last_reveal(const RevealSettings& s) {
  g_file_set_contents(in_gimp_folder(kFile).get(), (s.sizes + "\n" + s.scalers + "\n").c_str(), -1, nullptr);
}

std::string report_of(const bifocal::Reveal& r) {
  nlohmann::ordered_json j{{"hides", r.hides}, {"suspicion", r.suspicion}, {"mismatch", r.mismatch}, {"verdict", r.verdict}};
  int listed = 0;
  for (const bifocal::RevealTile& t : r.tiles)
    if (listed++ < kMostTilesListed)
      j["views"].push_back({{"scaler", t.scaler}, {"width", t.size.width}, {"height", t.size.height}, {"likeness", t.likeness},
                            {"difference", t.difference}, {"hides", t.hides}, {"on_sheet", t.x >= 0}});
  return j.dump();
}

Answer run(std::span<const GimpParam> a) {
  const GimpRunMode mode = GimpRunMode(a[0].data.d_int32);
  const gint32 image = a[1].data.d_image, drawable = layer_meant(a[2].data.d_drawable);
  check_cover(image, drawable);
  RevealSettings settings;
  if (mode == GIMP_RUN_NONINTERACTIVE)
    settings = parse(a);
  else
    settings = load_last_reveal();
  if (mode == GIMP_RUN_INTERACTIVE) {
    start_gui();
    if (!ask_reveal(settings)) throw Cancelled();
  }
  const bifocal::RevealOptions options = options_from(settings, drawable);
  const Encoding encoding(drawable);
  bifocal::Image8 pixels = read_layer(drawable, encoding).colour;

  gimp_progress_init("Bifocal: looking for hidden pictures");
  auto work = std::async(std::launch::async, [&] { return bifocal::reveal(pixels, options); });
  while (work.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) gimp_progress_pulse();
  const bifocal::Reveal reveal = work.get();
  gimp_progress_update(1);

  const gint32 sheet = make_contact_sheet(reveal, picture_name(drawable).c_str());
  if (mode != GIMP_RUN_NONINTERACTIVE) {
    save_last_reveal(settings);
    gimp_display_new(sheet);
    gimp_displays_flush();
  }
  if (mode == GIMP_RUN_INTERACTIVE) {
    show_verdict(reveal.hides ? "Another picture seems to be hidden here" : "No hidden picture was found",
                 sentence(reveal.verdict) + " The contact sheet shows what each scaler makes of it. This is a suspicion, not a proof.");
  }
  Answer answer;
  answer.add_image(sheet);
  answer.add_string(report_of(reveal));
  return answer;
}

const Procedure kProcedure{
    kName,
    "Bifocal, _Reveal...",
    "<Image>/Filters/Combine",
    "Show what the layer becomes under every scaler, and whether it hides another picture",
    "Makes a new image, a contact sheet: under each known scaler, what it makes of the layer at the chosen sizes and how that "
    "differs from a plain average. Looks for hidden pictures also at sizes that nobody named.",
    "RGB*, GRAY*",
    kArguments,
    kReturns,
    run,
};

}  // namespace

const Procedure& reveal_procedure() { return kProcedure; }

}  // namespace plugin
