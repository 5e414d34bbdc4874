// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/box_function.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "words/words.hpp"

namespace bifocal::solver {

Meter::Meter(const BoxFunction& function, const Limits& limits)
    : function_(function), limits_(limits), best_value_(std::numeric_limits<double>::infinity()) {}

double Meter::seen(double value, std::span<const double> x) {
  if (std::isnan(value)) value = std::numeric_limits<double>::infinity();
  if (value < best_value_ || best_.empty()) {
    best_value_ = value;
    best_.assign(x.begin(), x.end());
    best_at_ = evaluations_;
  }
  return value;
}

double Meter::value(std::span<const double> x) {
  ++evaluations_;
  return seen(function_.value(x), x);
}

double Meter::value_and_gradient(std::span<const double> x, std::span<double> gradient) {
  if (has_gradient()) {
    ++evaluations_;
    return seen(function_.value_and_gradient(x, gradient), x);
  }
  const double f = value(x);
  this->gradient(x, f, gradient);
  return f;
}

void Meter::gradient(std::span<const double> x, double value, std::span<double> gradient) {
  if (has_gradient()) {
    ++evaluations_;
    function_.value_and_gradient(x, gradient);
    return;
  }
  probe_.assign(x.begin(), x.end());
  for (std::size_t i = 0; i < x.size(); ++i) {
    // The square root of the machine precision balances the error of the difference against that of the rounding.
    double h = 1.5e-8 * std::max(1.0, std::fabs(x[i]));
    const double above = function_.upper[i] - x[i], below = x[i] - function_.lower[i];
    if (above < h) h = above >= below ? above : -std::min(h, below);
    probe_[i] = x[i] + h;
    h = probe_[i] - x[i];
    if (h == 0) {  // a variable that its bounds hold in place
      gradient[i] = 0;
      continue;
    }
    gradient[i] = (this->value(probe_) - value) / h;
    probe_[i] = x[i];
  }
}

Limit Meter::reached() {
  if (best_value_ <= limits_.value) return Limit::Value;
  if (limits_.evaluations > 0 && evaluations_ >= limits_.evaluations) return Limit::Evaluations;
  if (limits_.seconds > 0) {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
    if (spent.count() >= limits_.seconds) return Limit::Seconds;
  }
  if (limits_.stop && limits_.stop(*this)) return Limit::Asked;
  return Limit::None;
}

void check(const BoxFunction& f, std::span<const double> start) {
  const auto wrong = [](const std::string& what) { throw Error(ErrorCode::InvalidArgument, what); };
  if (f.lower.empty()) wrong(_("a function of no variables cannot be minimised"));
  if (f.upper.size() != f.lower.size() || start.size() != f.lower.size())
    wrong(_("the bounds and the start of a function have different lengths"));
  if (!f.value) wrong(_("there is no function to minimise"));
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (!std::isfinite(f.lower[i]) || !std::isfinite(f.upper[i]) || f.lower[i] > f.upper[i])
      wrong(filled(_("variable %zu has the bounds %s and %s"), i, number_text(f.lower[i]).c_str(),
                   number_text(f.upper[i]).c_str()));
    if (!(start[i] >= f.lower[i] && start[i] <= f.upper[i]))
      wrong(filled(_("variable %zu starts at %s, outside its bounds"), i, number_text(start[i]).c_str()));
  }
}

const char* to_string(Limit limit) {
  switch (limit) {
    case Limit::None:
      return N_("no limit was reached");
    case Limit::Evaluations:
      return N_("the limit of evaluations was reached");
    case Limit::Seconds:
      return N_("the time limit was reached");
    case Limit::Asked:
      return N_("asked to stop");
    case Limit::Value:
      return N_("a value that is good enough was reached");
  }
  return "";
}

}  // namespace bifocal::solver
