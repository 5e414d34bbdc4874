// SPDX-License-Identifier: LGPL-3.0-or-later
// Many views in one image: for each of the published experiments, what every view reaches in the real scaler beside
// what it could have alone and what the untouched cover shows; and the trade-off. With a folder, the images go there as
// PNM.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <bifocal/views.hpp>

#include "support/peer.hpp"

using namespace bifocal;

namespace {

void write(const std::string& path, const Image8& image) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(image.width()) * image.height() * image.channels());
  to_interleaved(image, bytes.data(), static_cast<std::ptrdiff_t>(image.width()) * image.channels());
  if (FILE* f = std::fopen(path.c_str(), "wb")) {
    std::fprintf(f, "P%d %d %d 255\n", image.channels() == 1 ? 5 : 6, image.width(), image.height());
    std::fwrite(bytes.data(), 1, bytes.size(), f);
    std::fclose(f);
  }
}

double since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void show(Peer& peer, const char* name, Request request, const char* folder, const std::string& only) {
  if (!only.empty() && only != name) return;
  SolveOptions unrepaired_bytes;
  unrepaired_bytes.exact_bytes = false;
  auto begin = std::chrono::steady_clock::now();
  run(request, unrepaired_bytes);
  const double unrepaired = since(begin);
  begin = std::chrono::steady_clock::now();
  const Result r = run(request);
  const double seconds = since(begin);
  begin = std::chrono::steady_clock::now();
  const TradeOff t = trade_off(request, 5);
  const double curve = since(begin);
  const double resize =
      peer.seconds("pillow", "bicubic", request.cover, {request.cover.width() / 2, request.cover.height() / 2});
  std::printf(
      "%s: %dx%d, %s (%s), gap %.1e, %d sweeps, cover %.2f dB\n"
      "  in Pillow resizes of the cover: %.0f without repair, %.0f with it, %.0f the trade-off\n",
      name, request.cover.width(), request.cover.height(), to_string(r.outcome), r.why_stopped.c_str(),
      r.certificate.value_or(Certificate{0, 1}).gap, r.sweeps, r.cover_psnr, unrepaired / resize, seconds / resize,
      curve / resize);
  for (std::size_t k = 0; k < r.views.size(); ++k) {
    const ViewReport& v = r.views[k];
    double mean = 0;
    for (const ChannelError& c : v.channels) mean += c.mean / v.channels.size();
    std::printf("  %-28s exact %8.4f %%  mean error %7.3f  rms: untouched %6.2f, alone %7.4f, together %7.4f\n",
                v.name.c_str(), 100 * v.exact_pixels, mean, t.untouched[k], t.alone[k], t.together[k]);
    if (folder) {
      const Image8 seen = Scaler::find(v.scaler).resize(r.image, v.size);
      write(std::string(folder) + "/" + name + "-" + v.name + ".pnm", seen);
    }
  }
  for (const TradeOffPoint& p : t.curve) {
    std::printf("  balance %5.1f: cover %6.2f  views", p.balance, p.cover);
    for (double v : p.views) std::printf(" %6.2f", v);
    std::printf("\n");
  }
  if (folder) write(std::string(folder) + "/" + name + ".pnm", r.image);
  std::fflush(stdout);
}

Target view(Image8 target, const char* scaler, double factor = 0) {
  Target v;
  v.picture = std::move(target);
  v.scaler = scaler;
  v.factor = factor;
  return v;
}

}  // namespace

/// bench_views [FOLDER [COVER_SIDE [NAME]]]
int main(int argc, char** argv) {
  const char* folder = argc > 1 && argv[1][0] ? argv[1] : nullptr;
  const int side = argc > 2 ? std::atoi(argv[2]) : 1024;
  const std::string only = argc > 3 ? argv[3] : "";
  Peer peer;
  const std::string astronaut = IMAGES "/astronaut.png", cat = IMAGES "/chelsea.png", coffee = IMAGES "/coffee.png";
  const Image8 cat128 = peer.load(cat, 3, {128, 128});
  Request everywhere;
  everywhere.cover = peer.load(astronaut, 3, {side, side});
  for (const PresetView& v : preset_views(Preset::WorksEverywhere))
    everywhere.targets.push_back(view(cat128, std::string(v.scaler).c_str(), v.factor));
  show(peer, "everywhere", everywhere, folder, only);

  Request two;
  two.cover = everywhere.cover;
  two.targets = {view(cat128, "pillow-bicubic"), view(peer.load(coffee, 3, {64, 64}), "pillow-bicubic")};
  show(peer, "two-sizes", two, folder, only);

  Request enlarged;
  enlarged.cover = peer.load(coffee, 3, {200, 200});
  enlarged.targets = {view(peer.load(cat, 3, {300, 300}), "pillow-nearest", 1.5)};
  show(peer, "enlarged-nearest", enlarged, folder, only);
  enlarged.targets[0].scaler = "pillow-bicubic";
  show(peer, "enlarged-bicubic", enlarged, folder, only);

  Request three;
  three.cover = peer.load(astronaut, 3, {256, 256});
  three.targets = {view(peer.load(cat, 3, {64, 64}), "pillow-bicubic"),
                   view(peer.load(coffee, 3, {384, 384}), "pillow-nearest", 1.5)};
  show(peer, "three-way", three, folder, only);
}
