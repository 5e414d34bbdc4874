// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/reveal.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <set>

#include <tbb/parallel_for.h>

#include <bifocal/error.hpp>

#include "reveal/coarse.hpp"
#include "reveal/lattice.hpp"
#include "reveal/phase.hpp"

namespace bifocal {
namespace {

constexpr double kUnexplained = 7;    ///< levels; untouched photographs stay below
constexpr double kUnlike = 0.93;
constexpr double kMismatch = 0.055;  ///< circuit boards and meadows come to 0.05
/// Of the hundreds of sizes that are searched, some come near by chance: there more is asked for.
constexpr double kSearchUnexplained = 12, kSearchUnlike = 0.7;
constexpr int kSearchSmallest = 48, kSearchRatio = 10;

Size grid_for(Size small) {
  return {std::clamp(small.width / 4, 4, 32), std::clamp(small.height / 4, 4, 32)};
}

bool another_picture(const coarse_view::Likeness& l) { return l.unexplained >= kUnexplained && l.correlation < kUnlike; }

Size scaled_to(Size s, int longest) {
  const double f = static_cast<double>(longest) / std::max(s.width, s.height);
  return {std::max(1, static_cast<int>(std::lround(s.width * f))), std::max(1, static_cast<int>(std::lround(s.height * f)))};
}

/// The image itself on every grid that is asked for: the same few come again and again.
class Original {
 public:
  explicit Original(const Image8& luma) : luma_(luma) {}
  const coarse_view::Coarse& on(Size grid) {
    const std::lock_guard lock(mutex_);
    const auto [at, fresh] = grids_.try_emplace({grid.width, grid.height});
    if (fresh) at->second = coarse_view::coarse(luma_, grid);
    return at->second;
  }

 private:
  const Image8& luma_;
  std::mutex mutex_;
  std::map<std::pair<int, int>, coarse_view::Coarse> grids_;
};

RevealTile look(const Scaler& scaler, const Image8& luma, Original& original, Size size) {
  RevealTile t;
  t.scaler = scaler.info().id;
  t.size = size;
  const Image8 small = scaler.resize(luma, size);
  const Size grid = grid_for(size.width * size.height > luma.width() * luma.height() ? luma.size() : size);
  const coarse_view::Likeness l = coarse_view::compare(original.on(grid), coarse_view::coarse(small, grid));
  t.likeness = l.correlation;
  t.difference = l.unexplained;
  t.hides = another_picture(l);
  t.x = t.y = -1;
  return t;
}

/// Sizes at which an aliasing scaler may have been aimed: all, in the image's shape, and square ones.
std::vector<Size> candidates(Size image) {
  std::set<std::pair<int, int>> sizes;
  const int longest = std::max(image.width, image.height);
  const int step = std::max(1, longest / 1024);
  for (int n = std::max(kSearchSmallest, longest / kSearchRatio); n < longest / 1.4; n += step) {
    const Size s = scaled_to(image, n);
    sizes.insert({s.width, s.height});
    if (n < std::min(image.width, image.height) / 1.4) sizes.insert({n, n});
  }
  std::vector<Size> out;
  for (const auto& [w, h] : sizes) out.push_back({w, h});
  return out;
}

/// The longest side scaled to `tile`, nearest neighbour upwards, as it is when it fits.
Image8 fitted(const Image8& image, Size box) {
  Image8 out(box.height, box.width, image.channels());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < box.height; ++y)
      for (int x = 0; x < box.width; ++x)
        out.plane(c).row(y)[x] =
            image.plane(c).row(static_cast<int>(static_cast<long>(y) * image.height() / box.height))[static_cast<long>(x) * image.width() / box.width];
  return out;
}

/// A box average in linear light.
Image8 average(const Image8& image, Size size) {
  Image8 out(size.height, size.width, image.channels());
  for (int c = 0; c < image.channels(); ++c) {
    Image8 plane(image.height(), image.width(), 1);
    for (int y = 0; y < image.height(); ++y) std::copy_n(image.plane(c).row(y), image.width(), plane.plane(0).row(y));
    const coarse_view::Coarse cells = coarse_view::coarse(plane, size);
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        const std::size_t at = static_cast<std::size_t>(y * cells.grid.height / size.height) * cells.grid.width + x * cells.grid.width / size.width;
        out.plane(c).row(y)[x] = static_cast<std::uint8_t>(std::lround(std::clamp(cells.levels[at], 0.0, 255.0)));
      }
  }
  return out;
}

void paste(const Image8& from, Image8& to, int x0, int y0) {
  for (int c = 0; c < to.channels(); ++c)
    for (int y = 0; y < from.height(); ++y)
      std::copy_n(from.plane(std::min(c, from.channels() - 1)).row(y), from.width(), to.plane(c).row(y0 + y) + x0);
}

/// Two columns of pictures a size; under each a strip is left for a label. Warned ones get a red frame.
void compose(const Image8& image, const std::vector<Scaler>& scalers, const std::vector<Size>& sizes, int tile, Reveal& r) {
  constexpr int gap = 6, label = 16;
  const Size box = scaled_to(image.size(), tile);
  const int columns = static_cast<int>(sizes.size()), rows = static_cast<int>(scalers.size());
  const int cell_width = 2 * box.width + 3 * gap, cell_height = box.height + label + 2 * gap;
  const int across = std::max(1, std::min(rows, columns >= 3 ? 1 : 6 / columns));
  const int down = (rows + across - 1) / across;
  r.sheet = Image8(down * cell_height + gap, across * columns * cell_width + gap, 3);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < r.sheet.height(); ++y) std::fill_n(r.sheet.plane(c).row(y), r.sheet.width(), std::uint8_t{236});
  tbb::parallel_for(0, rows * columns, [&](int n) {
    RevealTile& t = r.tiles[n];
    const int row = n / columns;
    t.x = gap + ((row % across) * columns + n % columns) * cell_width + gap;
    t.y = gap + (row / across) * cell_height + gap;
    t.width = box.width;
    t.height = box.height;
    const Image8 small = scalers[row].resize(image, t.size);
    const Image8 plain = average(image, {std::min(t.size.width, image.width()), std::min(t.size.height, image.height())});
    const Image8 shown = fitted(small, box), expected = fitted(plain, box);
    Image8 difference(box.height, box.width, image.channels());
    for (int c = 0; c < image.channels(); ++c)
      for (int y = 0; y < box.height; ++y)
        for (int x = 0; x < box.width; ++x)
          difference.plane(c).row(y)[x] = static_cast<std::uint8_t>(
              std::min(255, 2 * std::abs(shown.plane(c).row(y)[x] - expected.plane(c).row(y)[x])));
    if (t.hides)
      for (int y = t.y - 3; y < t.y + box.height + 3; ++y)
        for (int x = t.x - 3; x < t.x + 2 * box.width + gap + 3; ++x) {
          r.sheet.plane(0).row(y)[x] = 220;
          r.sheet.plane(1).row(y)[x] = r.sheet.plane(2).row(y)[x] = 30;
        }
    paste(shown, r.sheet, t.x, t.y);
    paste(difference, r.sheet, t.x + box.width + gap, t.y);
  });
}

/// A thumbnail's grid that was found in the image, by whichever means found it more surely.
struct Grid {
  Size size;
  double evidence = 0;  ///< 1 and above: hardly any photograph has it
};

Grid find_grid(const Image8& luma) {
  const lattice::Lattice seen = lattice::strongest(luma);
  const coarse_view::GridShift averaged = coarse_view::strongest_shift(luma, coarse_view::usual_sizes(luma.size()));
  if (seen.evidence >= 1 || seen.evidence >= averaged.evidence) return {seen.size, seen.evidence};
  return {averaged.size, averaged.evidence};
}

void judge(Reveal& r, const Grid& grid) {
  const RevealTile* strongest = nullptr;
  int hiding = 0;
  for (const RevealTile& t : r.tiles) {
    if (!strongest || t.difference * (1 - t.likeness) > strongest->difference * (1 - strongest->likeness)) strongest = &t;
    hiding += t.hides;
  }
  const double seen = strongest ? strongest->difference / kUnexplained * std::min(1.0, (1 - strongest->likeness) / (1 - kUnlike)) : 0;
  const double odd = std::max(r.mismatch / kMismatch, grid.evidence);
  r.suspicion = 1 - std::exp2(-std::max(seen, odd));
  r.hides = hiding > 0 || odd >= 1;
  const auto at = [](const RevealTile& t) {
    return t.scaler + " at " + std::to_string(t.size.width) + "x" + std::to_string(t.size.height);
  };
  if (hiding > 0)
    r.verdict = "This image hides another one: " + at(*strongest) + " shows a different picture" +
                (hiding > 1 ? ", and so do " + std::to_string(hiding - 1) + " other combinations of scaler and size." : ".");
  else if (grid.evidence >= 1)
    r.verdict = "This image has probably been made to become another one: its detail is arranged for a thumbnail of " +
                std::to_string(grid.size.width) + "x" + std::to_string(grid.size.height) + ".";
  else if (r.hides)
    r.verdict = "This image has probably been made to become another one: its fine detail does not belong to its coarse structure.";
  else
    r.verdict = "Nothing hidden was found: every scaler shows what the eye sees.";
}

}  // namespace

Reveal reveal(const Image8& image, const RevealOptions& options) {
  if (image.empty() || image.width() < 8 || image.height() < 8)
    throw Error(ErrorCode::InvalidArgument, "an image of at least 8x8 pixels is needed to look for another one in it");
  if (image.channels() != 1 && image.channels() != 3) throw Error(ErrorCode::InvalidArgument, "the image must be grey or RGB");
  if (options.tile < 16 || options.tile > 1024)
    throw Error(ErrorCode::InvalidArgument, "pictures of " + std::to_string(options.tile) + " pixels on the sheet are not possible");
  std::vector<Size> sizes = options.sizes;
  if (sizes.empty()) sizes = {scaled_to(image.size(), std::max(8, std::max(image.width(), image.height()) / 4))};
  if (sizes.size() > 16) throw Error(ErrorCode::InvalidArgument, "at most 16 sizes can be shown");
  std::vector<Scaler> scalers;
  for (const std::string& id : options.scalers) scalers.push_back(Scaler::find(id));
  if (scalers.empty())
    for (const ScalerInfo& info : Scaler::catalogue()) scalers.push_back(Scaler::find(info.id));

  Reveal r;
  const Image8 grey = coarse_view::luma(image);
  Original original(grey);
  r.tiles.resize(scalers.size() * sizes.size());
  tbb::parallel_for(std::size_t{0}, r.tiles.size(),
                    [&](std::size_t n) { r.tiles[n] = look(scalers[n / sizes.size()], grey, original, sizes[n % sizes.size()]); });
  compose(image, scalers, sizes, options.tile, r);
  if (options.search) {
    const std::vector<Size> all = candidates(image.size());
    std::vector<std::vector<RevealTile>> found(all.size());
    std::vector<Scaler> suspects;
    for (const char* id : {"pillow-nearest", "opencv-nearest", "opencv-linear", "opencv-cubic", "opencv-lanczos4"})
      suspects.push_back(Scaler::find(id));
    tbb::parallel_for(std::size_t{0}, all.size(), [&](std::size_t n) {
      for (const Scaler& s : suspects)
        if (RevealTile t = look(s, grey, original, all[n]); t.difference >= kSearchUnexplained && t.likeness < kSearchUnlike)
          found[n].push_back(std::move(t));
    });
    const Scaler box = Scaler::find("pillow-box");
    for (const double f : {2.0, 4.0, 8.0})
      if (RevealTile t = look(box, grey, original, scaled_to(image.size(), std::max(8, static_cast<int>(std::max(image.width(), image.height()) / f)))); t.hides)
        r.tiles.push_back(std::move(t));
    const Scaler large = Scaler::find("pillow-bicubic");
    if (std::max(image.width(), image.height()) <= 2048)
      if (RevealTile t = look(large, grey, original, scaled_to(image.size(), std::max(image.width(), image.height()) * 3 / 2)); t.hides)
        r.tiles.push_back(std::move(t));
    for (auto& list : found) r.tiles.insert(r.tiles.end(), list.begin(), list.end());
  }
  r.mismatch = coarse_view::band_mismatch(grey);
  judge(r, options.search ? find_grid(grey) : Grid{});
  return r;
}

}  // namespace bifocal
