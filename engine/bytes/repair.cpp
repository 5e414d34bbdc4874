// SPDX-License-Identifier: LGPL-3.0-or-later
#include "bytes/repair.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "progress/ask.hpp"

namespace bifocal::bytes {
namespace {

struct Move {
  int y = 0, x = 0, delta = 0;
  double gain = 0;  // change of Σ |need|: below 0 is good
};

/// xorshift64* (Vigna 2016): the same on every machine, unlike the standard's distributions.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  std::uint32_t below(std::uint32_t n) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::uint32_t>((state_ * 0x2545F4914F6CDD1Du >> 32) * n >> 32);
  }

 private:
  std::uint64_t state_;
};

/// A walk through 0..n-1 that visits all, in leaps near n's golden section, from a random start.
class Walk {
 public:
  Walk(int n, Random& random) : n_(n), at_(static_cast<int>(random.below(n))) {
    if (n <= 4) return;
    leap_ = static_cast<int>(n * 0.618);
    while (std::gcd(leap_, n) != 1) ++leap_;
  }
  int at() const { return at_; }
  void step() {
    at_ += leap_;
    if (at_ >= n_) at_ -= n_;
  }

 private:
  int n_, at_, leap_ = 1;
};

class Repair {
 public:
  Repair(Plane<std::uint8_t> image, Levels cover, Plane<const float> mask, std::vector<ExactView>& views,
         const RepairLimits& limits)
      : image_(image), cover_(cover), mask_(mask), views_(views), limits_(limits), random_(limits.seed) {}

  std::size_t run() {
    // Where much is wrong the target is out of reach, and moves are spent in vain.
    std::size_t outputs = 0;
    for (const ExactView& v : views_) outputs += static_cast<std::size_t>(v.height()) * v.width();
    if (views_.size() > 1) {
      for (const ExactView& v : views_)
        if (v.picks()) hold(v);
      passes();
    }
    collect();
    const bool hopeless = queue_.size() > outputs / 5;
    effort_ = 1;
    round(hopeless ? 0 : limits_.tries);
    // The last few are worth a wider search.
    for (int again = 0; again < kRounds && wrong_ > 0 && wrong_ <= kFew && !ended_; ++again) {
      collect();
      effort_ = 4;
      round(5 * limits_.tries);
    }
    return changed_.size();
  }

 private:
  struct Item {
    std::size_t view;
    int output;
  };

  /// Gives the samples that a view picks the bytes that it wants, and keeps them: nothing else can put these outputs
  /// right.
  void hold(const ExactView& view) {
    if (held_.empty()) held_.resize(static_cast<std::size_t>(image_.height) * image_.width);
    for (int y = 0; y < view.height(); ++y)
      for (int x = 0; x < view.width(); ++x) {
        const auto f = view.footprint(y, x);
        const double need = view.need(y, x);
        if (std::abs(need) <= limits_.farthest && need != 0) {
          const int delta = static_cast<int>(std::lround(need));
          if (allowed(f.y0, f.x0, image_.row(f.y0)[f.x0] + delta) && !held(f.y0, f.x0)) change(f.y0, f.x0, delta);
        }
        if (view.need(y, x) == 0) held_[static_cast<std::size_t>(f.y0) * image_.width + f.x0] = true;
      }
    queue_.clear();
  }
  bool held(int y, int x) const { return !held_.empty() && held_[static_cast<std::size_t>(y) * image_.width + x]; }

  /// Views that contradict each other never get all right: every wrong output has its turn, again and again, with moves
  /// that only lower Σ |need|, until a pass gains next to nothing.
  void passes() {
    for (double last = 1e300;;) {
      collect();
      const std::vector<Item> turn = std::move(queue_);
      double total = 0;
      for (std::size_t i = turn.size(); i-- > 0;) {
        if (i % 64 == 0 && !progress::ask()) {
          ended_ = true;
          return;
        }
        ExactView& view = views_[turn[i].view];
        const int y = turn[i].output / view.width(), x = turn[i].output % view.width();
        for (int moves = 0; moves < kMovesATurn; ++moves) {
          const double need = view.need(y, x);
          if (need == 0 || std::abs(need) > limits_.farthest) break;
          const Move move = best_move(view, y, x, need, 2);
          if (move.delta == 0 || move.gain >= -1e-9) break;
          change(move.y, move.x, move.delta);
        }
        total += std::abs(view.need(y, x));
      }
      queue_.clear();
      if (total > (1 - kLeastGain) * last || wrong_ == 0) return;
      last = total;
    }
  }

  /// Works the queue off. An output may be forced `tries` times; ends with the fewest wrong that were seen.
  void round(int tries) {
    // Several views take longer to agree; when nothing has been gained for as many steps as there were wrong ones, they
    // won't.
    const long n = static_cast<long>(queue_.size()), budget = (views_.size() > 1 ? 24 : 6) * n + 3000,
               patience = n + 3000;
    long improved = 0;
    std::unordered_map<std::size_t, int> forced;
    for (long steps = 1; !queue_.empty() && steps < budget && steps - improved < patience; ++steps) {
      if (steps % 64 == 0 && !progress::ask()) {
        ended_ = true;
        break;
      }
      const Item item = queue_.back();
      queue_.pop_back();
      ExactView& view = views_[item.view];
      const int y = item.output / view.width(), x = item.output % view.width();
      const double need = view.need(y, x);
      if (need == 0 || std::abs(need) > limits_.farthest) continue;
      Move move = best_move(view, y, x, need, 2);
      if (move.delta == 0 || move.gain >= -1e-9) {
        if (++forced[item.view + views_.size() * item.output] > tries) continue;
        move = best_move(view, y, x, need, kFar);
        if (move.delta == 0) continue;
      }
      // Forced moves may leave things worse: they count only if fewer outputs are wrong in the end.
      change(move.y, move.x, move.delta);
      since_best_.push_back(move);
      if (wrong_ < fewest_) fewest_ = wrong_, since_best_.clear(), improved = steps;
      if (view.need(y, x) != 0) queue_.push_back(item);
    }
    if (wrong_ > fewest_)
      for (auto m = since_best_.rbegin(); m != since_best_.rend(); ++m) change(m->y, m->x, -m->delta);
    since_best_.clear();
    queue_.clear();
  }

  void collect() {
    for (std::size_t k = 0; k < views_.size(); ++k)
      for (int y = 0; y < views_[k].height(); ++y)
        for (int x = 0; x < views_[k].width(); ++x)
          if (views_[k].need(y, x) != 0) queue_.push_back({k, y * views_[k].width() + x});
    wrong_ = fewest_ = static_cast<long>(queue_.size());
    // The last comes first: start at the top.
    std::reverse(queue_.begin(), queue_.end());
  }

  bool allowed(int y, int x, int level) const {
    if (level < 0 || level > 255 || held(y, x)) return false;
    if (!mask_.data) return true;
    const float c = cover_.at(y, x), s = mask_.row(y)[x];
    return level >= std::floor(c * (1 - s) + 1e-3f) && level <= std::ceil(c + (255 - c) * s - 1e-3f) && s > 0;
  }

  Move best_move(const ExactView& view, int out_y, int out_x, double need, int largest) {
    const auto f = view.footprint(out_y, out_x);
    const int rows = f.y1 - f.y0, columns = f.x1 - f.x0;
    if (rows == 0 || columns == 0) return {};  // nothing moves this output
    // A walk through the footprint in leaps, from a random start; large footprints are only sampled, all over.
    int looks = effort_ * (largest > 2 ? 2 * kLooks : kLooks);
    const int in_a_row = std::max(2, looks / rows);
    Walk down(rows, random_);
    Move best;
    double best_score = 1e300;
    int perfect = 0;
    for (int r = 0; r < rows && looks > 0; ++r, down.step()) {
      const int y = f.y0 + down.at();
      const std::int32_t v = view.vertical_weight(out_y, y);
      if (v == 0) continue;
      const int direction = (v > 0) == (need > 0) ? 1 : -1;
      const std::int64_t enough = view.to_next(out_x, y, direction);
      Walk along(columns, random_);
      for (int c = 0, seen = 0; c < columns && seen < in_a_row; ++c, along.step()) {
        const int x = f.x0 + along.at();
        const std::int64_t h = view.horizontal_weight(out_x, x);
        if (h == 0 || std::abs(h) * largest < enough) continue;
        const int sign = h > 0 ? direction : -direction;
        for (int size = 1; size <= largest; size += 1 + size / 3) {
          if (std::abs(h) * size < enough) continue;
          const int delta = sign * size, level = image_.row(y)[x] + delta;
          if (!allowed(y, x, level)) break;
          if (size == 1 || std::abs(h) * (size - 1) < enough) ++seen, --looks;
          double gain = 0;
          for (const ExactView& other : views_) gain += other.change(y, x, delta);
          // Among equals, the one that keeps the cover best; a little chance when stuck.
          const double d0 = image_.row(y)[x] - cover_.at(y, x), d1 = d0 + delta;
          double score = gain + 1e-5 * (d1 * d1 - d0 * d0) / 255;
          if (gain >= 0) score += 1e-3 * random_.below(256);
          if (score < best_score) best_score = score, best = {y, x, delta, gain};
          if (gain <= -std::abs(need) + 1e-9 && ++perfect >= kPerfect) return best;
        }
      }
    }
    return best;
  }

  /// Applies a change and keeps count of wrong outputs; puts the newly wrong into the queue.
  void change(int y, int x, int delta) {
    image_.row(y)[x] = static_cast<std::uint8_t>(image_.row(y)[x] + delta);
    const std::size_t key = static_cast<std::size_t>(y) * image_.width + x;
    if ((changed_[key] += delta) == 0) changed_.erase(key);
    for (std::size_t k = 0; k < views_.size(); ++k) {
      views_[k].wrong_around(y, x, before_);
      views_[k].apply(y, x, delta, after_);
      wrong_ += static_cast<long>(after_.size()) - static_cast<long>(before_.size());
      for (int output : after_)
        if (std::find(before_.begin(), before_.end(), output) == before_.end()) queue_.push_back({k, output});
    }
  }

  static constexpr int kMovesATurn = 4;
  static constexpr double kLeastGain = 0.02;
  static constexpr int kRounds = 3;
  static constexpr long kFew = 100;   // wrong outputs
  static constexpr int kLooks = 64;   // samples that are tried for one move
  static constexpr int kFar = 12;     // levels that a forced move may take
  static constexpr int kPerfect = 2;  // moves that mend all without harm: enough to choose from

  Plane<std::uint8_t> image_;
  Levels cover_;
  Plane<const float> mask_;
  std::vector<ExactView>& views_;
  const RepairLimits& limits_;
  Random random_;
  std::vector<Item> queue_;
  std::vector<Move> since_best_;
  std::unordered_map<std::size_t, int> changed_;
  std::vector<int> before_, after_;
  std::vector<bool> held_;  // samples that a view picks, once they are right; empty: none
  long wrong_ = 0, fewest_ = 0;
  int effort_ = 1;      // how many more samples are tried for a move
  bool ended_ = false;  // the caller asked
};

}  // namespace

std::size_t repair(Plane<std::uint8_t> image, Levels cover, Plane<const float> mask, std::vector<ExactView>& views,
                   const RepairLimits& limits) {
  return Repair(image, cover, mask, views, limits).run();
}

}  // namespace bifocal::bytes
