// SPDX-License-Identifier: LGPL-3.0-or-later
#include "preview/worker.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include <bifocal/language.hpp>

namespace plugin {
namespace {

using bifocal::Image8;
using bifocal::SolveOptions;

// Pixels of the cover; bench-preview shows what they cost.
constexpr double kQuick = 192 * 192;    // of the small problem
constexpr double kWholeAtOnce = 2.2e6;  // pixel by pixel: as quick as a part
constexpr double kWholePixels = 17e6;   // all of it, when nothing more is changed
constexpr double kWholeEye = 2.2e6;
// Several views take longer, and there are no parts of them.
constexpr double kWholeViews = 1.1e6, kCopyViews = 3e5;
constexpr int kQuickSweeps = 40;  // of several views' small problem: where it leads to is seen by then

/// The same pictures of the same sizes.
bool same_pictures(const PreviewAsk& a, const PreviewAsk& b) {
  const auto same = [](const PreviewView& x, const PreviewView& y) {
    return x.target == y.target && x.size == y.size && x.scaler == y.scaler;
  };
  return a.cover == b.cover && a.fit == b.fit && std::ranges::equal(a.views, b.views, same);
}

/// What a request says besides its pictures.
void take_settings(const PreviewAsk& ask, const bifocal::Goal& goal, bifocal::Request& request) {
  for (std::size_t k = 0; k < ask.views.size(); ++k) request.targets[k].weight = ask.views[k].weight;
  request.goal = goal;
  request.balance = ask.balance;
}

}  // namespace

bool same_settings(const PreviewAsk& a, const PreviewAsk& b) {
  return same_pictures(a, b) && a.views == b.views && a.appearance == b.appearance && a.balance == b.balance &&
         a.options == b.options;
}

bool one_thumbnail(const PreviewAsk& a) {
  if (!a.cover || a.views.size() != 1) return false;
  const bifocal::Size cover = a.cover->colour.size(), view = a.views[0].size;
  return view.width <= cover.width && view.height <= cover.height;
}

PreviewWorker::PreviewWorker(int threads, Deliver deliver) : threads_(threads), deliver_(std::move(deliver)) {
  thread_ = std::thread([this] { work(); });
}

PreviewWorker::~PreviewWorker() {
  dropped_ = ++newest_;
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

std::uint64_t PreviewWorker::ask(PreviewAsk ask) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t number = ++newest_;
  next_ = std::move(ask);
  wake_.notify_one();
  return number;
}

void PreviewWorker::rest() {
  const std::lock_guard lock(mutex_);
  dropped_ = ++newest_;
  next_.reset();
  afresh_ = true;
}

void PreviewWorker::work() {
  for (;;) {
    PreviewAsk ask;
    std::uint64_t number = 0;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return end_ || next_; });
      if (end_) return;
      ask = std::move(*next_);
      next_.reset();
      if (std::exchange(afresh_, false)) last_.reset();
      number = newest_.load();
    }
    try {
      solve(ask, number);
    } catch (const std::exception& e) {
      last_.reset();
      excerpts_.reset();
      Previewed wrong;
      wrong.stage = PreviewStage::Wrong;
      wrong.settled = true;
      // One message is made before the language is known: that there is no memory.
      wrong.wrong = bifocal::translated(e.what());
      deliver(std::move(wrong), number);
    }
  }
}

SolveOptions PreviewWorker::options(std::uint64_t number, PreviewStage stage) const {
  SolveOptions options = solve_;
  options.threads = threads_;
  options.progress = [this, number, stage](const bifocal::Progress&) {
    return (stage == PreviewStage::Quick ? dropped(number) : stale(number)) ? bifocal::Verdict::Cancel
                                                                            : bifocal::Verdict::Continue;
  };
  return options;
}

bool PreviewWorker::deliver(Previewed previewed, std::uint64_t number) {
  const bool quick = previewed.stage == PreviewStage::Quick;
  if (quick ? dropped(number) : stale(number)) return false;
  if (quick) {
    const std::lock_guard lock(mutex_);
    if (next_ && !same_settings(*next_, *last_)) previewed.judgement.reset();
  }
  previewed.ask = number;
  deliver_(std::make_shared<const Previewed>(std::move(previewed)));
  return true;
}

void PreviewWorker::take_over(const PreviewAsk& ask) {
  if (last_ && same_settings(*last_, ask)) return;
  excerpts_.reset();  // it looks at request_
  quick_known_ = whole_known_ = spread_known_ = false;
  const bool pictures = !last_ || !same_pictures(*last_, ask);
  if (!last_ || last_->cover != ask.cover) {
    request_.cover = ask.cover->colour;
    request_.selection = ask.cover->selection;
    request_.file = ask.cover->file;
  }
  last_.reset();
  bifocal::Options said = bifocal::read_options(ask.options, options_for(ask));
  solve_ = std::move(said.solve);
  if (pictures) {
    request_.fit = ask.fit;
    request_.targets.clear();
    for (const PreviewView& view : ask.views)
      request_.targets.push_back({view.target->colour, view.target->opacity, view.size, 0, view.scaler, view.weight});
  }
  take_settings(ask, said.goal, request_);
  if (pictures) {
    // To the eye it counts which of several pictures are the same: they stay as they are.
    if (one_thumbnail(ask)) request_.targets = {bifocal::settled_target(request_)};
    wanted_.clear();
    for (std::size_t k = 0; k < ask.views.size(); ++k) wanted_.push_back(bifocal::wanted_of(request_, k));
    small_ = bifocal::reduced(request_, kQuick);
  }
  take_settings(ask, said.goal, small_);
  last_ = ask;
}

/// Solves and shows the small problem, or the one that was asked for. False: cancelled.
bool PreviewWorker::show_all(PreviewStage stage, bool settled, std::uint64_t number) {
  const bifocal::Request copy =
      stage == PreviewStage::Copy ? bifocal::reduced(request_, kCopyViews) : bifocal::Request();
  const bifocal::Request& request = stage == PreviewStage::Quick  ? small_
                                    : stage == PreviewStage::Copy ? copy
                                                                  : request_;
  SolveOptions solve = options(number, stage);
  if (stage == PreviewStage::Quick && !one_thumbnail(*last_) && solve.max_sweeps == 0) solve.max_sweeps = kQuickSweeps;
  bifocal::Result result = bifocal::run(request, solve);
  if (result.outcome == bifocal::Outcome::Cancelled) return false;
  Previewed p;
  p.stage = stage;
  p.settled = settled;
  p.judgement = bifocal::judge(result);
  p.plain_cover =
      std::ranges::any_of(result.messages, [](const bifocal::Message& m) { return m.code == bifocal::kPlainCover; });
  for (std::size_t k = 0; k < request.targets.size(); ++k) {
    Image8 shown = bifocal::thumbnail_of(request, result.image, k);
    const bool enlarged = shown.size().area() > request.cover.size().area();
    p.thumbnails.push_back(enlarged && to_the_eye(*last_) ? bifocal::seen_by_eye(request.goal, shown)
                                                          : std::move(shown));
  }
  p.wanted = wanted_;
  p.seen = bifocal::seen_by_eye(request.goal, result.image);
  if (stage != PreviewStage::Quick)
    p.seconds = result.seconds * request_.cover.size().area() / request.cover.size().area();
  p.image = result.image;
  image_ = std::move(result.image);
  return deliver(std::move(p), number);
}

bool PreviewWorker::show_part(const PreviewAsk& ask, bool settled, std::uint64_t number) {
  if (!excerpts_) excerpts_.emplace(request_, options(number, PreviewStage::Part));
  if (excerpts_->empty()) {
    excerpts_.reset();
    return false;
  }
  Previewed p;
  p.stage = PreviewStage::Part;
  p.settled = settled;
  p.region = ask.part;
  const auto start = std::chrono::steady_clock::now();
  p.part = excerpts_->solve(ask.part, options(number, PreviewStage::Part));
  if (p.part.empty()) return false;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  p.seconds = took.count() * request_.cover.size().area() / std::max(1.0, ask.part.size.area());
  p.part_seen = bifocal::seen_by_eye(request_.goal, p.part);
  if (!excerpts_->thumbnail().empty()) p.thumbnails = {excerpts_->thumbnail()};
  return deliver(std::move(p), number);
}

void PreviewWorker::solve(const PreviewAsk& ask, std::uint64_t number) {
  take_over(ask);
  const bool eye = to_the_eye(ask), one = one_thumbnail(ask);
  const double area = request_.cover.size().area();
  const bool whole = area <= (!one ? kWholeViews : eye ? kWholeEye : kWholePixels);
  if (!quick_known_ && !(quick_known_ = show_all(PreviewStage::Quick, false, number))) return;
  if (stale(number)) return;
  if (one && !whole_known_ && (eye || area > kWholeAtOnce) && !show_part(ask, !whole, number)) return;
  if ((whole || !one) && !whole_known_ &&
      !(whole_known_ = show_all(whole ? PreviewStage::Whole : PreviewStage::Copy, true, number)))
    return;
  if (!one || spread_known_) return;
  Previewed p;
  p.stage = whole ? PreviewStage::Whole : PreviewStage::Part;
  p.settled = true;
  p.spread = bifocal::spread(whole ? request_ : small_, image_, options(number, PreviewStage::Whole));
  spread_known_ = p.spread->of > 0 && deliver(std::move(p), number);
}

}  // namespace plugin
