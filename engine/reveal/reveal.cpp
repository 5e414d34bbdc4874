// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/reveal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <new>

#include <tbb/info.h>
#include <tbb/task_arena.h>

#include <bifocal/error.hpp>
#include <bifocal/scalers.hpp>

#include "error/edge.hpp"
#include "progress/parallel.hpp"
#include "reveal/coarse.hpp"
#include "reveal/lattice.hpp"
#include "reveal/phase.hpp"
#include "reveal/search.hpp"
#include "reveal/sheet.hpp"
#include "reveal/specks.hpp"
#include "reveal/verdict.hpp"
#include "reveal/watch.hpp"
#include "scaling/view_size.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

using coarse_view::Likeness;
using reveal_parts::Looked;
using reveal_parts::Original;
using reveal_parts::SheetMaker;
using reveal_parts::Step;
using reveal_parts::Watch;

constexpr int kLongestEnlarged = 16384;
/// Of the whole time, up to the end of each phase.
constexpr double kTilesDone = 0.55, kSearchDone = 0.75, kStrokesDone = 0.8, kLatticeDone = 0.87, kShiftDone = 0.96;

RevealTile tile_of(const Scaler& scaler, Size size, const Likeness& seen) {
  RevealTile t;
  t.scaler = scaler.info().id;
  t.size = size;
  t.compared = seen.comparable;
  t.likeness = seen.comparable ? seen.correlation : 1;
  t.difference = seen.comparable ? seen.unexplained : 0;
  t.x = t.y = -1;
  return t;
}

/// Strokes in what a scaler shows that picks single pixels; 0 for others.
int strokes_in(const Scaler& scaler, const Image8& luma, Size size) {
  if (scaler.info().antialiases || size.width > luma.width() || size.height > luma.height()) return 0;
  const SeparableOperator look = scaler.matrices(luma.size(), size);
  if (look.horizontal.support() != 1 || look.vertical.support() != 1) return 0;
  const auto picked = [](const BandedMatrix& m) {
    std::vector<int> at(m.rows());
    for (int i = 0; i < m.rows(); ++i) at[i] = m.first(i);
    return at;
  };
  return reveal_parts::strokes(luma, picked(look.horizontal), picked(look.vertical));
}

/// The tiles of the sheet: every scaler at every size.
void look_at_all(Reveal& r, SheetMaker& sheet, const Image8& image, Original& original,
                 const std::vector<Scaler>& scalers, const std::vector<Size>& sizes, const Step& step) {
  r.tiles.resize(scalers.size() * sizes.size());
  parallel_for(std::size_t{0}, r.tiles.size(), [&](std::size_t n) {
    const Scaler& scaler = scalers[n / sizes.size()];
    const Size size = sizes[n % sizes.size()];
    const Image8 small = scaler.resize(image, size);
    const Likeness seen = reveal_parts::likeness(original, coarse_view::luma(small));
    RevealTile& t = r.tiles[n] = tile_of(scaler, size, seen);
    t.strokes = strokes_in(scaler, original.luma(), size);
    t.hides = t.strokes > 0 || reveal_parts::another_picture(original, scaler, size, seen, false);
    sheet.place(n, t);
    sheet.draw(n, t, small);
    if (t.hides) sheet.warn(t);
    step();
  });
}

/// Scalers and sizes that nobody named; adds what hides something.
void search(Reveal& r, Original& original, Looked& looked, Watch& watch) {
  const Size image = original.luma().size();
  const std::vector<Size> sizes = reveal_parts::searched_sizes(image);
  for (const Size s : sizes)
    if (const Size grid = coarse_view::common_grid(image, s); coarse_view::comparable(grid))
      looked.searched.push_back(s);
  for (const reveal_parts::Sighting& s :
       reveal_parts::search(original, looked.searched, watch.until(kSearchDone, looked.searched.size()))) {
    r.tiles.push_back(tile_of(Scaler::find(s.scaler), s.size, s.seen));
    r.tiles.back().hides = true;
  }
  const Step step = watch.until(kStrokesDone, looked.searched.size() + 4);
  for (const reveal_parts::Strokes& s : reveal_parts::find_strokes(original.luma(), looked.searched, step)) {
    const Scaler scaler = Scaler::find(s.scaler);
    const bool known = std::any_of(r.tiles.begin(), r.tiles.end(), [&](const RevealTile& t) {
      return t.hides && t.scaler == s.scaler && t.size == s.size;
    });
    if (known) continue;
    r.tiles.push_back(
        tile_of(scaler, s.size, reveal_parts::likeness(original, scaler.resize(original.luma(), s.size))));
    r.tiles.back().strokes = s.pixels;
    r.tiles.back().hides = true;
  }
  // What all that average show at some size, they show at these sizes, too.
  const int longest = std::max(image.width, image.height);
  struct Other {
    std::string_view scaler;
    double factor;
  };
  for (const Other& o : std::array<Other, 4>{
           {{scalers::kBox, 0.5}, {scalers::kBox, 0.25}, {scalers::kBox, 0.125}, {scalers::kUsual, 1.5}}}) {
    step();
    if (o.factor > 1 && longest > kLongestEnlarged) continue;
    const Scaler scaler = Scaler::find(o.scaler);
    const Size size = reveal_parts::scaled_to(image, std::max(8, static_cast<int>(longest * o.factor)));
    const Likeness seen = reveal_parts::likeness(original, scaler.resize(original.luma(), size));
    if (!reveal_parts::another_picture(original, scaler, size, seen, false)) continue;
    r.tiles.push_back(tile_of(scaler, size, seen));
    r.tiles.back().hides = true;
  }
}

/// A small picture's grid in the image, by whichever means finds it more surely.
void find_grid(Reveal& r, const Image8& luma, Looked& looked, Watch& watch) {
  const lattice::Lattice seen = lattice::strongest(luma, watch.until(kLatticeDone, lattice::kSteps));
  const std::vector<Size> sizes = coarse_view::usual_sizes(luma.size());
  const coarse_view::GridShift averaged = coarse_view::strongest_shift(luma, sizes, lattice::compressed_in_blocks(luma),
                                                                       watch.until(kShiftDone, 2 * sizes.size()));
  const bool by_lattice = seen.evidence >= 1 || seen.evidence >= averaged.evidence;
  looked.grid = by_lattice ? seen.evidence : averaged.evidence;
  r.grid = by_lattice ? seen.size : averaged.size;
  r.period = r.grid.width > 0 ? static_cast<double>(luma.width()) / r.grid.width : 0;
}

Reveal look(const Image8& image, const RevealOptions& options, const std::vector<Size>& sizes,
            const std::vector<Scaler>& scalers) {
  SolveOptions watched;
  watched.progress = options.progress;
  Watch watch(watched, Phase::Checking);
  Reveal r;
  Looked looked{image.size(), sizes, scalers.size(), {}, 1, 0};
  const Step step = watch.until(kTilesDone, scalers.size() * sizes.size());
  for (const Size s : sizes) {
    const Size grid = coarse_view::common_grid(image.size(), s);
    looked.smallest_detail =
        std::max({looked.smallest_detail, image.width() / grid.width, image.height() / grid.height});
  }
  const Image8 luma = coarse_view::luma(image);
  Original original(luma);
  SheetMaker sheet(image, sizes, scalers.size(), options.tile);
  look_at_all(r, sheet, image, original, scalers, sizes, step);
  r.sheet = sheet.take();
  if (options.search) {
    search(r, original, looked, watch);
    find_grid(r, luma, looked, watch);
  }
  r.mismatch = coarse_view::band_mismatch(luma, watch.until(1, coarse_view::kMismatchSteps));
  reveal_parts::judge(r, looked);
  return r;
}

}  // namespace

Reveal reveal(const Image8& image, const RevealOptions& options) try {
  if (image.empty() || image.width() < 8 || image.height() < 8)
    throw Error(ErrorCode::InvalidArgument,
                _("an image of at least 8x8 pixels is needed to look for another one in it"));
  if (image.channels() != 1 && image.channels() != 3)
    throw Error(ErrorCode::InvalidArgument, _("the image must be grey or RGB"));
  if (options.tile < 16 || options.tile > 1024)
    throw Error(ErrorCode::InvalidArgument,
                filled(_("pictures of %d pixels on the sheet are not possible"), options.tile));
  if (options.sizes.size() > 16) throw Error(ErrorCode::InvalidArgument, _("at most 16 sizes can be shown"));
  for (const Size s : options.sizes) scaling::check_view_size(_("a picture to look at"), s, image.size());
  std::vector<Size> sizes = options.sizes;
  if (sizes.empty())
    sizes = {reveal_parts::scaled_to(image.size(), std::max(8, std::max(image.width(), image.height()) / 4))};
  std::vector<Scaler> scalers;
  for (const std::string& id : options.scalers) scalers.push_back(Scaler::find(id));
  if (scalers.empty())
    for (const ScalerInfo& info : Scaler::catalogue()) scalers.push_back(Scaler::find(info.id));
  const int cores = tbb::info::default_concurrency();
  tbb::task_arena arena(options.threads > 0 ? std::min(options.threads, cores) : cores);
  Reveal r;
  arena.execute([&] { r = look(image, options, sizes, scalers); });
  return r;
} catch (const solver::CancelSignal&) {
  Reveal r;
  r.cancelled = true;
  r.verdict = _("Cancelled: nothing is said about this image.");
  return r;
} catch (...) {
  leave(image.size());
}

}  // namespace bifocal
