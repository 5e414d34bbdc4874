// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/learn.hpp>

#include <algorithm>
#include <cmath>
#include <random>

#include <Eigen/Dense>

#include <bifocal/error.hpp>

#include "error/edge.hpp"
#include "image/shape.hpp"
#include "light/transfer.hpp"
#include "matrix/kernel.hpp"
#include "scaling/averaging.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kMiddle = 128;  // data are taken relative to it, so that a bias does not look like a weight

double light_of(double level) { return light::decode(Transfer::Srgb, level); }
double light_slope(double level) { return light::decode_slope(Transfer::Srgb, level); }

/// The columns of row `row` that a kernel of up to 4 lobes can reach.
struct Window {
  int first, count;
};
int reach(int in, int out) { return static_cast<int>(std::ceil(4 * std::max(1., static_cast<double>(in) / out))) + 2; }
Window window(int row, int in, int out) {
  const double center = (row + 0.5) * in / out;
  const int first = std::max(0, static_cast<int>(center) - reach(in, out));
  return {first, std::min(in, static_cast<int>(center) + reach(in, out) + 1) - first};
}

/// A matrix being learnt: dense weights inside each row's window.
struct Axis {
  int in, out;
  std::vector<Window> windows;
  std::vector<VectorXd> weights;

  Axis(int from, int to) : in(from), out(to) {
    // A start that overlaps whatever the software uses: the widened triangle.
    const BandedMatrix m = matrix::resampling_matrix({matrix::triangle, 1}, in, out);
    for (int r = 0; r < out; ++r) {
      windows.push_back(window(r, in, out));
      VectorXd w = VectorXd::Zero(windows[r].count);
      for (int k = 0; k < m.count(r); ++k) w[m.first(r) + k - windows[r].first] = m.weights(r)[k];
      weights.push_back(std::move(w));
    }
  }
  /// this · x (out x columns).
  MatrixXd apply(const MatrixXd& x) const {
    MatrixXd y(out, x.cols());
    for (int r = 0; r < out; ++r)
      y.row(r).noalias() = weights[r].transpose() * x.middleRows(windows[r].first, windows[r].count);
    return y;
  }
  BandedMatrix banded() const {
    BandedMatrix m(in);
    for (int r = 0; r < out; ++r)
      m.add_row(windows[r].first, {weights[r].data(), static_cast<std::size_t>(weights[r].size())});
    return m;
  }
  /// Rows to sum 1: a scaler keeps a flat image as it is.
  void normalise() {
    for (VectorXd& w : weights)
      if (const double sum = w.sum(); std::abs(sum) > 1e-6) w /= sum;
  }
};

/// Given inputs[i] (in x n) and results[i] (out x n), with a trust for each result, the axis with results ≈ axis ·
/// inputs. With `trim`, taps at the ends of a row that are within 4 standard errors of 0 are dropped, and the row is
/// fitted anew.
void fit(Axis& axis, const std::vector<MatrixXd>& inputs, const std::vector<MatrixXd>& results,
         const std::vector<MatrixXd>& trust, bool trim) {
  for (int r = 0; r < axis.out; ++r) {
    for (bool again = true; again;) {
      again = false;
      const Window w = axis.windows[r];
      MatrixXd normal = MatrixXd::Zero(w.count, w.count);
      VectorXd right = VectorXd::Zero(w.count);
      double total = 0, equations = 0;
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const auto z = inputs[i].middleRows(w.first, w.count);
        const MatrixXd weighted = z * trust[i].row(r).asDiagonal();
        normal.noalias() += weighted * z.transpose();
        right.noalias() += weighted * results[i].row(r).transpose();
        total += results[i].row(r).cwiseAbs2().cwiseProduct(trust[i].row(r)).sum();
        equations += static_cast<double>(z.cols());
      }
      normal.diagonal().array() += 1e-9 * normal.trace() / w.count + 1e-9;
      const Eigen::LDLT<MatrixXd> solver(normal);
      axis.weights[r] = VectorXd(solver.solve(right));  // moved: Eigen loses what it resizes when memory runs out
      if (!trim) continue;
      const double variance = std::max(0., total - axis.weights[r].dot(right)) / std::max(1., equations - w.count);
      const VectorXd errors =
          (variance * solver.solve(MatrixXd::Identity(w.count, w.count)).diagonal()).cwiseMax(0).cwiseSqrt();
      int low = 0, high = w.count - 1;
      while (low < high && std::abs(axis.weights[r][low]) < 4 * errors[low] + 1e-4) ++low;
      while (high > low && std::abs(axis.weights[r][high]) < 4 * errors[high] + 1e-4) --high;
      if (low > 0 || high < w.count - 1) {
        axis.windows[r] = {w.first + low, high - low + 1};
        again = true;
      }
    }
  }
}

struct Fit {
  SeparableOperator matrices;
  double bias = 0;
};

/// Alternating least squares over all probes but the last.
Fit alternate(std::span<const Image8> probes, std::span<const Image8> outputs, Light light) {
  const bool linear = light == Light::Linear;
  const Size from = probes[0].size(), to = outputs[0].size();
  const double middle = linear ? light_of(kMiddle) : kMiddle;
  const std::size_t n = probes.size() - 1;
  std::vector<MatrixXd> x(n), xt(n), y(n), yt(n), trust(n), trust_t(n);
  for (std::size_t i = 0; i < n; ++i) {
    x[i].resize(from.height, from.width);
    for (int r = 0; r < from.height; ++r)
      for (int c = 0; c < from.width; ++c) {
        const double v = probes[i].plane(0).row(r)[c];
        x[i](r, c) = (linear ? light_of(v) : v) - middle;
      }
    y[i].resize(to.height, to.width);
    trust[i].resize(to.height, to.width);
    for (int r = 0; r < to.height; ++r)
      for (int c = 0; c < to.width; ++c) {
        const double v = outputs[i].plane(0).row(r)[c];
        y[i](r, c) = (linear ? light_of(v) : v) - middle;
        // An error of one level is larger in bright light; what was clipped says nothing.
        trust[i](r, c) = v <= 0 || v >= 255 ? 0 : linear ? 1 / (light_slope(v) * light_slope(v)) : 1;
      }
    xt[i] = x[i].transpose();
    yt[i] = y[i].transpose();
    trust_t[i] = trust[i].transpose();
  }
  Axis vertical(from.height, to.height), horizontal(from.width, to.width);
  double bias = 0;
  for (int round = 0; round < 7; ++round) {
    const bool trim = round == 4;
    std::vector<MatrixXd> inputs(n), results(n);
    for (std::size_t i = 0; i < n; ++i) {
      inputs[i] = vertical.apply(x[i]).transpose();
      results[i] = yt[i].array() - bias;
    }
    fit(horizontal, inputs, results, trust_t, trim);
    horizontal.normalise();
    for (std::size_t i = 0; i < n; ++i) {
      inputs[i] = MatrixXd(horizontal.apply(xt[i]).transpose());
      results[i] = MatrixXd(y[i].array() - bias);
    }
    fit(vertical, inputs, results, trust, trim);
    vertical.normalise();
    if (linear) continue;  // its bias would depend on the level
    double sum = 0, weight = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += ((y[i] - vertical.apply(inputs[i])).cwiseProduct(trust[i])).sum();
      weight += trust[i].sum();
    }
    bias = weight > 0 ? sum / weight : 0;
  }
  return {{vertical.banded(), horizontal.banded()}, bias};
}

class LearntModel final : public scaling::Model {
 public:
  LearntModel(const std::string& name, Fit fit, Light light) : name_(name) {
    scaling::Averaging a;
    a.info.id = "learnt";
    a.info.name = name_;
    a.info.call = a.info.program = a.info.library = "learnt";
    a.info.version = "as the examples";
    a.info.kernel = "as learnt";
    a.info.arithmetic = "float, one rounding";
    a.info.light = light;
    a.info.exactness = Exactness::Close;
    a.bias = [bias = fit.bias](Size, Size) { return bias; };
    a.matrices = [m = std::move(fit.matrices)](Size from, Size to) {
      const Size source = m.source(), target = m.target();
      if (from != source || to != target)
        throw Error(ErrorCode::Unsupported,
                    filled(_("this scaler was learnt from %s to %s pixels and cannot scale %s to %s"),
                           shape(source).c_str(), shape(target).c_str(), shape(from).c_str(), shape(to).c_str()));
      return m;
    };
    model_ = scaling::averaging_model(std::move(a));
  }
  const ScalerInfo& info() const override { return model_->info(); }
  SeparableOperator matrices(Size from, Size to) const override { return model_->matrices(from, to); }
  Image8 resize(const Image8& image, Size to) const override { return model_->resize(image, to); }
  std::optional<scaling::FixedPoint> fixed_point(Size from, Size to, int channel, int channels) const override {
    return model_->fixed_point(from, to, channel, channels);
  }

 private:
  std::string name_;
  std::shared_ptr<const scaling::Model> model_;
};

/// Mean and largest |error| of the scaler over one example.
std::pair<double, double> errors(const Scaler& scaler, const Image8& probe, const Image8& output) {
  const Image8 ours = scaler.resize(probe, output.size());
  double sum = 0, most = 0;
  for (int y = 0; y < output.height(); ++y)
    for (int x = 0; x < output.width(); ++x) {
      const double e = std::abs(ours.plane(0).row(y)[x] - output.plane(0).row(y)[x]);
      sum += e;
      most = std::max(most, e);
    }
  return {sum / (static_cast<double>(output.width()) * output.height()), most};
}

void check(std::span<const Image8> images, const char* what) {
  for (const Image8& i : images)
    if (i.size() != images[0].size() || i.channels() != 1) throw Error(ErrorCode::SizeMismatch, what);
}

}  // namespace

std::vector<Image8> make_probes(Size from, Size to) try {
  scaling::check_size(from, _("an image"));
  scaling::check_size(to, _("a scaled image"));
  // Each row of a matrix has as many equations as there are samples along the other axis, in all images together.
  const auto needed = [](int in, int out, int other) { return 10. * (2 * reach(in, out) + 1) / other; };
  const double most = std::max(needed(from.width, to.width, to.height), needed(from.height, to.height, to.width));
  const int count = std::clamp(static_cast<int>(std::ceil(most)), 3, 200) + 1;
  std::mt19937 random(20240607);
  std::vector<Image8> probes;
  for (int i = 0; i < count; ++i) {
    Image8 image(from.height, from.width, 1);
    // Half of them full of contrast, for small weights; half in all levels, for the light. Large patches besides the
    // noise tell weights from a bias.
    for (int y = 0; y < from.height; ++y)
      for (int x = 0; x < from.width; ++x) {
        const int patch = static_cast<int>((x * 5L / from.width + y * 5L / from.height + i) % 3) * 24 - 24;
        const int noise = static_cast<int>(random() >> 24);
        const int level = i % 2 ? (noise < 128 ? 64 : 192) : 40 + noise * 176 / 256;
        image.plane(0).row(y)[x] = static_cast<std::uint8_t>(level + patch);
      }
    probes.push_back(std::move(image));
  }
  return probes;
} catch (...) {
  leave(from);
}

LearntScaler learn_scaler(std::span<const Image8> probes, std::span<const Image8> outputs,
                          const std::string& name) try {
  if (probes.size() < 2 || probes.size() != outputs.size())
    throw Error(ErrorCode::InvalidArgument,
                filled(_("learning a scaler takes at least 2 probes and as many results, but there are %zu and %zu"),
                       probes.size(), outputs.size()));
  check(probes, _("the probes must be grey and of one size"));
  check(outputs, _("the results must be grey and of one size"));
  std::optional<LearntScaler> best;
  for (Light light : {Light::Encoded, Light::Linear}) {
    Fit fit = alternate(probes, outputs, light);
    const double bias = fit.bias;
    Scaler scaler(std::make_shared<LearntModel>(name, std::move(fit), light));
    const auto [mean, most] = errors(scaler, probes.back(), outputs.back());
    if (!best || mean < best->residual_mean) best = LearntScaler{scaler, mean, most, bias};
  }
  return *best;
} catch (...) {
  leave();
}

}  // namespace bifocal
