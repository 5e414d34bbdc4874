// SPDX-License-Identifier: LGPL-3.0-or-later
#include "view/evaluator.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>

#include "hot/eye.hpp"
#include "light/transfer.hpp"
#include "matrix/compiled.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::view {
namespace {

constexpr int kTileRows = 64,
              kTileColumns = 512;  // with borders, about half a megabyte: stays in the second-level cache
constexpr int kFarRows = 8;        // rows of a far view's picture per task

/// A scratch plane whose row(y) takes image coordinates.
struct Window {
  std::vector<float> data;
  int y0 = 0, x0 = 0;
  std::ptrdiff_t stride = 0;

  void reset(int top, int bottom, int left, int right) {
    y0 = top, x0 = left, stride = (right - left + 16 + 15) / 16 * 16;
    data.resize(static_cast<std::size_t>(stride) * (bottom - top) + 64);
  }
  float* row(int y) { return data.data() + (y - y0) * stride - x0; }
};

struct Scratch {
  Window source, spread, light_gradient, luma_gradient;
  std::vector<float> line, seen;
};

struct Tile {
  int y0, y1, x0, x1;
};

}  // namespace

struct Evaluator::Parts {
  struct Entry {
    const View* view = nullptr;
    const Image* picture = nullptr;
    matrix::CompiledOperator op;
    int planes = 1;
    Image spread;  ///< far views: weighted errors, spread by Hᵀ: picture rows x image columns (and padding)
    bool luma() const { return view->channels == Channels::Luma; }
    Transfer decode() const { return view->decode; }
  };

  explicit Parts(const Problem& p) : problem(p) {
    for (const View& v : p.views) {
      if (v.weight == 0) continue;
      Entry e;
      e.view = &v;
      e.picture = v.picture.empty() ? &p.cover : &v.picture;
      e.op = matrix::CompiledOperator(v.look);
      e.planes = v.channels == Channels::Luma ? 1 : p.channels();
      if (!e.op.near)
        e.spread = Image(v.look.target().height, p.size().width + e.op.horizontal.padding(), e.planes, Workspace());
      else
        radius = std::max({radius, e.op.vertical.radius(), e.op.horizontal.radius()});
      entries.push_back(std::move(e));
    }
  }

  const Problem& problem;
  std::vector<Entry> entries;
  int radius = 0;  ///< of the widest near view
  tbb::enumerable_thread_specific<Scratch> scratch;

  double far_rows(Entry& e, int plane, int j0, int j1, const Image& x, Scratch& s);
  double tile(const Tile& t, const Image& x, Image& gradient, Scratch& s);
  template <class RowAt>
  double near(const Entry& e, int plane, const RowAt& source, const Tile& t, Window& out, bool add, Scratch& s);
};

namespace {

/// One row of a source plane: a channel or the luma of all, as levels or as light, columns [x0, x1).
void source_row(const Image& x, int plane, bool luma, Transfer decode, int y, int x0, int x1, float* out,
                std::vector<float>& line) {
  const int n = x1 - x0, channels = x.channels();
  const auto one = [&](int c, float* to) {
    const float* from = x.plane(c).row(y) + x0;
    if (decode == Transfer::None)
      std::copy_n(from, n, to);
    else if (decode == Transfer::Srgb)
      hot::eye().srgb_light(from, n, to);
    else
      for (int i = 0; i < n; ++i) to[i] = static_cast<float>(light::decode(decode, from[i]));
  };
  if (!luma || channels == 1) return one(luma ? 0 : plane, out);
  const auto weights = light::luma_weights(decode, channels);
  line.resize(n);
  std::fill_n(out, n, 0.0f);
  for (int c = 0; c < std::min<int>(channels, weights.size()); ++c) {
    if (weights[c] == 0) continue;
    one(c, line.data());
    hot::eye().axpy(weights[c], line.data(), n, out);
  }
}

/// In place: what is seen -> weight · p · encode' · error. Returns weight/2 · Σ p · error².
double residual(const View& view, const Image& wanted, int plane, int row, int x0, int x1, float* seen) {
  const float* picture = wanted.plane(plane).row(row);
  const float* weights = view.pixel_weights ? view.pixel_weights->plane(0).row(row) : nullptr;
  const float weight = static_cast<float>(view.weight);
  if (view.encode == Transfer::None)
    return 0.5 * weight *
           hot::eye().residual_row(seen + x0, picture + x0, weights ? weights + x0 : nullptr, weight, x1 - x0);
  double sum = 0;
  for (int i = x0; i < x1; ++i) {
    const double error = light::encode(view.encode, seen[i]) - picture[i], w = weights ? weights[i] : 1.0;
    sum += w * error * error;
    seen[i] = static_cast<float>(weight * w * error * light::encode_slope(view.encode, seen[i]));
  }
  return 0.5 * weight * sum;
}

}  // namespace

double Evaluator::Parts::far_rows(Entry& e, int plane, int j0, int j1, const Image& x, Scratch& s) {
  const matrix::Axis& v = e.op.vertical;
  const int n = x.width(), pad = e.op.horizontal.padding();
  const bool direct = e.decode() == Transfer::None && !e.luma();
  int top = x.height(), bottom = 0;
  for (int j = j0; j < j1; ++j)
    if (v.count(j) > 0) top = std::min(top, v.first(j)), bottom = std::max(bottom, v.last(j) + 1);
  if (!direct && bottom > top) {
    s.source.reset(top, bottom, 0, n);
    for (int y = top; y < bottom; ++y) source_row(x, plane, e.luma(), e.decode(), y, 0, n, s.source.row(y), s.line);
  }
  s.line.assign(n + pad, 0.0f);
  s.seen.resize(e.view->look.target().width);
  double cost = 0;
  for (int j = j0; j < j1; ++j) {
    if (direct)
      v.sum_rows(
          j, [&](int y) { return x.plane(plane).row(y); }, n, s.line.data(), false);
    else
      v.sum_rows(
          j, [&](int y) { return s.source.row(y); }, n, s.line.data(), false);
    e.op.horizontal.multiply(s.line.data(), 0, e.op.horizontal.rows(), s.seen.data());
    cost += residual(*e.view, *e.picture, plane, j, 0, static_cast<int>(s.seen.size()), s.seen.data());
    e.op.horizontal.multiply_transposed(s.seen.data(), e.spread.plane(plane).row(j));
  }
  return cost;
}

template <class RowAt>
double Evaluator::Parts::near(const Entry& e, int plane, const RowAt& source, const Tile& t, Window& out, bool add,
                              Scratch& s) {
  const matrix::Axis &v = e.op.vertical, &vt = e.op.vertical_transposed, &h = e.op.horizontal,
                     &ht = e.op.horizontal_transposed;
  // Outputs that read the tile, and those that lie in it: their errors count here.
  auto [ja, jb] = vt.reads(t.y0, t.y1);
  auto [xa, xb] = ht.reads(t.x0, t.x1);
  ja = std::min(ja, t.y0), jb = std::max(jb, t.y1), xa = std::min(xa, t.x0), xb = std::max(xb, t.x1);
  const auto [from, to] = h.reads(xa, xb);
  const int sa = from, sb = to;  // lambdas cannot capture bindings
  s.spread.reset(ja, jb, t.x0, t.x1);
  s.line.assign(sb - sa + h.padding(), 0.0f);
  s.seen.assign(xb - xa + ht.padding(), 0.0f);
  float *line = s.line.data() - sa, *seen = s.seen.data() - xa;
  double cost = 0;
  for (int j = ja; j < jb; ++j) {
    v.sum_rows(
        j, [&](int y) { return source(y) + sa; }, sb - sa, line + sa, false);
    h.multiply(line, xa, xb, seen);
    residual(*e.view, *e.picture, plane, j, xa, t.x0, seen);  // borders belong to other tiles' sums
    const double inside = residual(*e.view, *e.picture, plane, j, t.x0, t.x1, seen);
    residual(*e.view, *e.picture, plane, j, t.x1, xb, seen);
    if (j >= t.y0 && j < t.y1) cost += inside;
    ht.multiply(seen, t.x0, t.x1, s.spread.row(j));
  }
  for (int y = t.y0; y < t.y1; ++y)
    vt.sum_rows(
        y, [&](int j) { return s.spread.row(j) + t.x0; }, t.x1 - t.x0, out.row(y) + t.x0, add);
  return cost;
}

double Evaluator::Parts::tile(const Tile& t, const Image& x, Image& gradient, Scratch& s) {
  const int channels = x.channels(), n = t.x1 - t.x0;
  const int top = std::max(0, t.y0 - 2 * radius), bottom = std::min(x.height(), t.y1 + 2 * radius);
  const int left = std::max(0, t.x0 - 2 * radius), right = std::min(x.width(), t.x1 + 2 * radius);
  for (int c = 0; c < channels; ++c)
    for (int y = t.y0; y < t.y1; ++y) std::fill_n(gradient.plane(c).row(y) + t.x0, n, 0.0f);

  double cost = 0;
  // One pass per kind of source: (decode, luma); the gradient with respect to the source, then the chain rule.
  for (const Transfer decode : {Transfer::None, Transfer::Srgb, Transfer::Power}) {
    const auto any = [&](bool luma) {
      return std::any_of(entries.begin(), entries.end(),
                         [&](const Entry& e) { return e.decode() == decode && e.luma() == luma; });
    };
    const auto collect = [&](bool luma, int plane, Window& out) {
      bool add = false, have_source = false;
      for (Entry& e : entries) {
        if (e.decode() != decode || e.luma() != luma) continue;
        if (e.op.near) {
          if (!have_source) {
            s.source.reset(top, bottom, left, right);
            for (int y = top; y < bottom; ++y)
              source_row(x, plane, luma, decode, y, left, right, s.source.row(y) + left, s.line);
            have_source = true;
          }
          cost += near(
              e, plane, [&](int y) { return s.source.row(y); }, t, out, add, s);
        } else {
          for (int y = t.y0; y < t.y1; ++y)
            e.op.vertical_transposed.sum_rows(
                y, [&](int j) { return e.spread.plane(plane).row(j) + t.x0; }, n, out.row(y) + t.x0, add);
        }
        add = true;
      }
    };
    const bool each = any(false), luma = any(true);
    if (!each && !luma) continue;
    const auto weights = light::luma_weights(decode, channels);
    if (luma) {
      s.luma_gradient.reset(t.y0, t.y1, t.x0, t.x1);
      collect(true, 0, s.luma_gradient);
    }
    for (int c = 0; c < channels; ++c) {
      s.light_gradient.reset(t.y0, t.y1, t.x0, t.x1);
      if (each) collect(false, c, s.light_gradient);
      for (int y = t.y0; y < t.y1; ++y) {
        float* g = s.light_gradient.row(y) + t.x0;
        if (!each) std::fill_n(g, n, 0.0f);
        if (luma && c < static_cast<int>(weights.size()))
          hot::eye().axpy(weights[c], s.luma_gradient.row(y) + t.x0, n, g);
        const float* level = x.plane(c).row(y) + t.x0;
        float* out = gradient.plane(c).row(y) + t.x0;
        if (decode == Transfer::None)
          hot::eye().axpy(1, g, n, out);
        else if (decode == Transfer::Srgb)
          hot::eye().srgb_chain(level, g, n, out);
        else
          for (int i = 0; i < n; ++i) out[i] += g[i] * static_cast<float>(light::decode_slope(decode, level[i]));
      }
    }
  }
  return cost;
}

Evaluator::Evaluator(const Problem& problem) : parts_(std::make_unique<Parts>(problem)) {}
Evaluator::~Evaluator() = default;

double Evaluator::operator()(const Image& x, Image& gradient) {
  if (!gradient.same_shape(x)) gradient = Image(x.height(), x.width(), x.channels());
  return run(x, gradient);
}

double Evaluator::value(const Image& x) {
  Image gradient(x.height(), x.width(), x.channels());
  return run(x, gradient);
}

double Evaluator::run(const Image& x, Image& gradient) {
  struct Task {
    int entry, plane, begin, end;
  };
  std::vector<Task> tasks;
  for (std::size_t k = 0; k < parts_->entries.size(); ++k) {
    const auto& e = parts_->entries[k];
    if (e.op.near) continue;
    const int rows = e.op.vertical.rows();
    for (int p = 0; p < e.planes; ++p)
      for (int j = 0; j < rows; j += kFarRows)
        tasks.push_back({static_cast<int>(k), p, j, std::min(rows, j + kFarRows)});
  }
  std::vector<Tile> tiles;
  for (int y = 0; y < x.height(); y += kTileRows)
    for (int c = 0; c < x.width(); c += kTileColumns)
      tiles.push_back({y, std::min(x.height(), y + kTileRows), c, std::min(x.width(), c + kTileColumns)});

  std::vector<double> costs(tasks.size() + tiles.size());
  parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t i) {
    progress::ask();
    const Task& t = tasks[i];
    costs[i] = parts_->far_rows(parts_->entries[t.entry], t.plane, t.begin, t.end, x, parts_->scratch.local());
  });
  parallel_for(std::size_t{0}, tiles.size(), [&](std::size_t i) {
    progress::ask();
    costs[tasks.size() + i] = parts_->tile(tiles[i], x, gradient, parts_->scratch.local());
  });
  return std::accumulate(costs.begin(), costs.end(), 0.0);
}

}  // namespace bifocal::view
