// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/annealing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include <bifocal/error.hpp>

#include "words/words.hpp"

namespace bifocal::solver {
namespace {

using Vector = std::vector<double>;

// The standard library's engines are specified to the bit, its distributions are not: these are our own.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::mt19937_64 engine_;
};

// ln of the spread σ of the numerator at temperature 1, from the normalisation of the visiting distribution (one
// dimension); at T it grows by T^(1/(3 − q)).
double log_spread(double q) {
  const double a = 1 / (q - 1) - 0.5;
  const double b = 1 - a;
  int sign = 1;  // std::lgamma puts it into a variable that all threads share
  const double reflection = std::log(std::numbers::pi * b / std::sin(std::numbers::pi * b)) - ::lgamma_r(1 + b, &sign);
  const double peak = 0.5 * std::log(std::numbers::pi) + (4 - q) * std::log(q - 1) -
                      (2 - q) / (q - 1) * std::numbers::ln2 - std::log(3 - q);
  return (q - 1) / (3 - q) * (peak - reflection);
}

void check(const AnnealingOptions& o) {
  const auto wrong = [](const std::string& what) { throw Error(ErrorCode::InvalidArgument, what); };
  if (!(o.visiting > 1 && o.visiting < 3)) wrong(_("annealing: the visiting order must lie between 1 and 3"));
  if (!(o.acceptance < 1)) wrong(_("annealing: the acceptance order must be below 1"));
  if (!(o.temperature > 0)) wrong(_("annealing: the temperature must be above 0"));
  if (!(o.restart_ratio > 0 && o.restart_ratio < 1)) wrong(_("annealing: the restart ratio must lie between 0 and 1"));
  if (o.max_steps < 1) wrong(_("annealing: there must be at least one step"));
  if (o.moves < 0) wrong(_("annealing: the moves of a chain cannot be negative"));
  if (o.patience < 1) wrong(_("annealing: the patience must be at least one chain"));
}

class Annealing {
 public:
  Annealing(const BoxFunction& f, const Limits& limits, const AnnealingOptions& o)
      : f_(f), o_(o), meter_(f, limits), random_(o.seed), n_(f.dimension()), spread_(log_spread(o.visiting)) {}

  AnnealingResult run(std::span<const double> start) {
    now_.assign(start.begin(), start.end());
    energy_ = meter_.value(now_);
    forget();
    if (o_.local_search && o_.search_first) search(now_, energy_);
    int idle = 0;
    double k = 1;
    Limit limit = meter_.reached();
    for (; result_.steps < o_.max_steps && limit == Limit::None; ++result_.steps) {
      const double temperature =
          o_.temperature * (std::exp2(o_.visiting - 1) - 1) / (std::pow(1 + k, o_.visiting - 1) - 1);
      if (temperature < o_.restart_ratio * o_.temperature) {
        restart();
        k = 1;
        continue;
      }
      const double best = meter_.best_value();
      limit = chain(temperature, temperature / k);
      ++k;
      if (limit != Limit::None) break;
      idle = meter_.best_value() < best ? 0 : idle + 1;
      if (o_.local_search && idle == 0) {
        search(meter_.best(), meter_.best_value());
      } else if (o_.local_search && idle >= o_.patience) {
        search(low_, low_energy_);
        idle = 0;
      }
      limit = meter_.reached();
    }
    result_.x = meter_.best();
    result_.value = meter_.best_value();
    result_.evaluations = meter_.evaluations();
    result_.found_at = meter_.best_at();
    result_.limit = limit;
    return result_;
  }

 private:
  double visit(double x, std::size_t i, double temperature) {
    const double range = f_.upper[i] - f_.lower[i];
    if (range == 0) return x;
    const double numerator = random_.normal(), denominator = random_.normal();
    const double step = std::exp(spread_ + std::log(temperature) / (3 - o_.visiting)) * numerator /
                        std::pow(std::fabs(denominator), (o_.visiting - 1) / (3 - o_.visiting));
    // Far tails lose all digits when wrapped: they may land anywhere.
    if (!(std::fabs(step) < 1e8)) return f_.lower[i] + range * random_.uniform();
    double offset = std::fmod(x - f_.lower[i] + step, range);
    if (offset < 0) offset += range;
    return std::min(f_.lower[i] + offset, f_.upper[i]);
  }

  Limit chain(double temperature, double acceptance_temperature) {
    const long moves = o_.moves > 0 ? o_.moves : 2 * static_cast<long>(n_);
    for (long j = 0; j < moves; ++j) {
      visited_ = now_;
      if (j < (moves + 1) / 2) {
        for (std::size_t i = 0; i < n_; ++i) visited_[i] = visit(now_[i], i, temperature);
      } else {
        visited_[turn_] = visit(now_[turn_], turn_, temperature);
        turn_ = (turn_ + 1) % n_;
      }
      const double e = meter_.value(visited_);
      if (e < energy_ || random_.uniform() <= acceptance(e - energy_, acceptance_temperature)) {
        now_.swap(visited_);
        energy_ = e;
        if (energy_ < low_energy_) {
          low_energy_ = energy_;
          low_ = now_;
        }
      }
      if (const Limit l = meter_.reached(); l != Limit::None) return l;
    }
    return Limit::None;
  }

  double acceptance(double rise, double temperature) const {
    const double base = 1 - (1 - o_.acceptance) * rise / temperature;
    return base > 0 ? std::pow(base, 1 / (1 - o_.acceptance)) : 0;
  }

  void search(Vector from, double value) {
    ++result_.searches;
    SearchResult found = bounded_search(meter_, from, value, o_.search);
    // The walk goes on from what was found only if that is the best of all; else it would fall back into a known well.
    if (found.value <= meter_.best_value()) {
      now_ = std::move(found.x);
      energy_ = found.value;
    }
    forget();
  }

  void forget() {
    low_energy_ = std::numeric_limits<double>::infinity();
    low_ = now_;
  }

  void restart() {
    ++result_.restarts;
    for (std::size_t i = 0; i < n_; ++i) now_[i] = f_.lower[i] + (f_.upper[i] - f_.lower[i]) * random_.uniform();
    energy_ = meter_.value(now_);
    forget();
  }

  const BoxFunction& f_;
  const AnnealingOptions& o_;
  Meter meter_;
  Random random_;
  std::size_t n_;
  double spread_;
  Vector now_, visited_, low_;
  double energy_ = 0, low_energy_ = 0;
  std::size_t turn_ = 0;
  AnnealingResult result_;
};

}  // namespace

double tsallis_variate(double q, double temperature, double normal1, double normal2) {
  return std::exp(log_spread(q) + std::log(temperature) / (3 - q)) * normal1 /
         std::pow(std::fabs(normal2), (q - 1) / (3 - q));
}

AnnealingResult anneal(const BoxFunction& function, std::span<const double> start, const Limits& limits,
                       const AnnealingOptions& options) {
  check(function, start);
  check(options);
  return Annealing(function, limits, options).run(start);
}

}  // namespace bifocal::solver
