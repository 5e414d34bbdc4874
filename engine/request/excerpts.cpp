// SPDX-License-Identifier: LGPL-3.0-or-later
#include <cmath>
#include <utility>

#include <bifocal/error.hpp>
#include <bifocal/preview.hpp>

#include "error/edge.hpp"
#include "image/crop.hpp"
#include "request/eye_request.hpp"
#include "request/parts.hpp"
#include "solver/finish.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

constexpr int kAround = 2;  // pixels of the small image

/// What is solved for a part: whole pixels of the small image and the cover's pixels that they stand for.
struct Piece {
  Region full, small;
};

/// Along one axis; `part` pixels of `full` from `at` on.
void piece_of(int at, int part, int full, int small, int& from, int& pixels, int& small_from, int& small_pixels) {
  const double each = static_cast<double>(full) / small;
  small_from = std::max(0, static_cast<int>(at / each) - kAround);
  const int end = std::min(small, static_cast<int>(std::ceil((at + part) / each)) + kAround);
  small_pixels = end - small_from;
  from = std::min(static_cast<int>(std::lround(small_from * each)), at);
  pixels = std::min(full, std::max(static_cast<int>(std::lround(end * each)), at + part)) - from;
}

Piece piece_of(const Region& part, Size full, Size small) {
  Piece p;
  piece_of(part.x, part.size.width, full.width, small.width, p.full.x, p.full.size.width, p.small.x,
           p.small.size.width);
  piece_of(part.y, part.size.height, full.height, small.height, p.full.y, p.full.size.height, p.small.y,
           p.small.size.height);
  return p;
}

template <class T>
Planes<T> crop(const Planes<T>& image, const Region& r) {
  return bifocal::crop(image, r.x, r.y, r.size);
}

}  // namespace

struct Excerpts::Plan {
  const Request& request;
  request::Parts parts;
  tone::TwoInOneOptions tones;
  tone::Pictures pictures;  // to the eye; of the whole, without `seen`
  Image8 thumbnail;

  Image8 pixel_by_pixel(const Piece& piece, const SolveOptions& options) const;
  Image8 two_pictures(const Piece& piece, const SolveOptions& options) const;
};

Excerpts::Excerpts(const Request& r, const SolveOptions& options) try {
  auto plan = std::make_unique<Plan>(Plan{r, request::take_apart(r), {}, {}, {}});
  if (request::to_the_eye(r)) {
    const bool planned = solver::Controller(options).run([&] {
      const Image& target = plan->parts.target.picture;
      plan->tones = request::tone_options(r, plan->parts.goal, plan->parts.scaler);
      plan->pictures = tone::pictures(r.cover, tone::coarse(r.cover, target.size()), target, plan->tones);
      plan->thumbnail = to_bytes(plan->pictures.thumbnail);
    });
    if (!planned) return;
  }
  plan_ = std::move(plan);
} catch (...) {
  leave(r.cover.size());
}

Excerpts::~Excerpts() = default;
Excerpts::Excerpts(Excerpts&&) noexcept = default;
Excerpts& Excerpts::operator=(Excerpts&&) noexcept = default;

const Image8& Excerpts::thumbnail() const {
  static const Image8 none;
  return plan_ ? plan_->thumbnail : none;
}

Image8 Excerpts::Plan::pixel_by_pixel(const Piece& piece, const SolveOptions& options) const {
  Request r;
  r.cover = crop(request.cover, piece.full);
  if (piece.small.size == r.cover.size()) return r.cover;  // this part is not made smaller
  Target& target = r.target();
  target.size = piece.small.size;
  target.picture = to_bytes(crop(parts.target.picture, piece.small));
  if (parts.target.weights) target.alpha = request::opacity(crop(*parts.target.weights, piece.small));
  if (request.selection) r.selection = crop(*request.selection, piece.full);
  target.scaler = request.target().scaler;
  r.balance = request.balance;
  r.file = request.file;
  r.goal = request.goal;
  if (PixelsGoal* goal = std::get_if<PixelsGoal>(&r.goal)) goal->fit_reach = false;
  SolveOptions own = options;
  own.exact_bytes = false;
  return run(r, own).image;
}

Image8 Excerpts::Plan::two_pictures(const Piece& piece, const SolveOptions& options) const {
  const Image8 cover = crop(request.cover, piece.full);
  std::optional<Image> mask;
  if (parts.mask) mask = crop(*parts.mask, piece.full);
  TwoPictures two{tones, {}, parts.target.weights ? crop(*parts.target.weights, piece.small) : Image()};
  tone::Pictures& p = two.pictures;
  p.plan.thumbnail = crop(pictures.plan.thumbnail, piece.small);
  p.plan.detail = pictures.plan.detail;
  p.ordered = pictures.ordered;
  p.base = crop(pictures.base, piece.small);
  p.thumbnail = crop(pictures.thumbnail, piece.small);
  const Problem problem = request::dither_problem(cover, std::move(mask), std::move(two));
  SolveOptions own = options;
  own.algorithm = solver::kDither;
  own.max_sweeps = request::limited(options, request::planned_iterations(parts.goal, request.cover.size()));
  Image8 image;
  solver::Controller controller(options);
  const bool solved = controller.run(
      [&] { image = solver::nearest_bytes(problem, *solver::minimise(problem, own, controller), controller); });
  return solved ? image : Image8();
}

Image8 Excerpts::solve(const Region& part, const SolveOptions& options) const try {
  if (!plan_) throw Error(ErrorCode::InvalidArgument, _("nothing was planned"));
  const Size full = plan_->request.cover.size();
  if (part.x < 0 || part.y < 0 || part.size.width < 1 || part.size.height < 1 ||
      part.x > full.width - part.size.width || part.y > full.height - part.size.height)
    throw Error(ErrorCode::InvalidArgument, _("the part does not lie in the image"));
  const Piece piece = piece_of(part, full, plan_->parts.target.picture.size());
  const Image8 image =
      request::to_the_eye(plan_->request) ? plan_->two_pictures(piece, options) : plan_->pixel_by_pixel(piece, options);
  if (image.empty()) return image;
  return bifocal::crop(image, part.x - piece.full.x, part.y - piece.full.y, part.size);
} catch (...) {
  leave(part.size);
}

}  // namespace bifocal
