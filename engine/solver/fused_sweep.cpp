// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/fused_sweep.hpp"

#include <algorithm>
#include <cstring>

#include "hot/hot.hpp"
#include "progress/parallel.hpp"

namespace bifocal::solver {
namespace {

constexpr int kStripWidth = 256;
constexpr int kMaxGroup = 32;
constexpr int kBlock = 8;  // dual rows go through the horizontal step eight at a time

int round_up(int n, int step) { return (n + step - 1) / step * step; }

}  // namespace

/// The outputs of one view that one strip's columns feed, and their weights within it.
struct FusedSweep::Columns {
  Columns(const BandedMatrix& horizontal, int x0, int valid) {
    int last = 0;
    first_output = horizontal.rows();
    const auto low = [&](int o) { return std::max(horizontal.first(o), x0); };
    const auto high = [&](int o) { return std::min(horizontal.first(o) + horizontal.count(o), x0 + valid); };
    for (int o = 0; o < horizontal.rows(); ++o) {
      if (low(o) >= high(o)) continue;
      first_output = std::min(first_output, o);
      last = o + 1;
    }
    outputs = std::max(0, last - first_output);
    for (int o = first_output; o < last; ++o) {
      const int n = std::max(0, high(o) - low(o));
      first.push_back(n ? low(o) - x0 : 0);
      count.push_back(n);
      offset.push_back(static_cast<int>(weights.size()));
      for (int k = 0; k < n; ++k) {
        const double a = horizontal.weights(o)[low(o) + k - horizontal.first(o)];
        weights.push_back(static_cast<float>(a));
        squares.push_back(static_cast<float>(a * a));
      }
    }
  }

  int first_output, outputs;
  std::vector<int> first, count, offset;
  std::vector<float> weights, squares;
};

/// One view's matrices in the order in which the sweep needs them.
struct FusedSweep::View {
  int height = 0, width = 0;
  // By image row: the outputs it feeds.
  std::vector<int> row_first, row_count;
  std::vector<float> row_weights;  // row_offset
  std::vector<std::size_t> row_offset{0};
  std::vector<int> lowest_from;  // smallest output that any row from here on feeds
  int ring = 0;                  // dual rows kept at once, a multiple of kBlock
  // By image column: the outputs it feeds, padded to the same number of taps.
  int taps = 0;
  std::vector<int> column_first;
  std::vector<float> column_weights;
  std::vector<Columns> strips;
};

struct FusedSweep::Group {
  int first = 0, rows = 0;
  std::vector<float> coefficients;  // rows x (taps of all views)
};

FusedSweep::~FusedSweep() = default;

FusedSweep::FusedSweep(const std::vector<const SeparableOperator*>& operators) {
  height_ = operators.front()->source().height;
  width_ = operators.front()->source().width;
  strips_ = std::max(1, (width_ + kStripWidth / 2) / kStripWidth);
  strip_width_ = round_up((width_ + strips_ - 1) / strips_, 16);
  strips_ = (width_ + strip_width_ - 1) / strip_width_;

  for (const SeparableOperator* op : operators) {
    View v;
    v.height = op->vertical.rows();
    v.width = op->horizontal.rows();
    for (int x = 0; x < width_; x += strip_width_)
      v.strips.emplace_back(op->horizontal, x, std::min(strip_width_, width_ - x));
    const BandedMatrix by_row = op->vertical.transposed(), by_column = op->horizontal.transposed();
    int highest = 0;
    for (int y = 0; y < height_; ++y) {
      // A row that feeds nothing keeps its neighbour's place, so that groups stay whole.
      v.row_first.push_back(by_row.count(y) ? by_row.first(y) : (y ? v.row_first.back() : 0));
      v.row_count.push_back(by_row.count(y));
      for (double w : by_row.weights(y)) v.row_weights.push_back(static_cast<float>(w));
      v.row_offset.push_back(v.row_weights.size());
    }
    v.lowest_from = v.row_first;
    for (int y = height_ - 2; y >= 0; --y) v.lowest_from[y] = std::min(v.lowest_from[y], v.lowest_from[y + 1]);
    int reach = 1;
    for (int y = 0; y < height_; ++y) {
      highest = std::max(highest, v.row_first[y] + v.row_count[y]);
      reach = std::max(reach, highest - v.lowest_from[y]);
    }
    v.ring = round_up(reach, kBlock) + 2 * kBlock;
    v.taps = std::max(1, by_column.support());
    v.column_weights.assign(static_cast<std::size_t>(width_) * v.taps, 0.f);
    for (int x = 0; x < width_; ++x) {
      const int first = std::max(0, std::min(by_column.first(x), v.width - v.taps));
      v.column_first.push_back(first);
      for (int k = 0; k < by_column.count(x); ++k)
        v.column_weights[static_cast<std::size_t>(x) * v.taps + by_column.first(x) + k - first] =
            static_cast<float>(by_column.weights(x)[k]);
    }
    views_.push_back(std::move(v));
  }

  for (int y = 0; y < height_; ++y) {
    const auto same = [&](const View& v) {
      return v.row_first[y] == v.row_first[y - 1] && v.row_count[y] == v.row_count[y - 1];
    };
    if (y == 0 || groups_.back().rows == kMaxGroup || !std::all_of(views_.begin(), views_.end(), same))
      groups_.push_back({y, 0, {}});
    Group& g = groups_.back();
    ++g.rows;
    for (const View& v : views_)
      g.coefficients.insert(g.coefficients.end(), v.row_weights.begin() + v.row_offset[y],
                            v.row_weights.begin() + v.row_offset[y + 1]);
  }
}

/// One column strip: dual rows are expanded when the first image row needs them and contracted after the last.
class FusedSweep::Strip {
 public:
  Strip(const FusedSweep& sweep, int index, const std::vector<Grid>& duals, bool accumulate, bool curvature)
      : sweep_(sweep), duals_(duals), accumulate_(accumulate), curvature_(curvature) {
    x0_ = index * sweep.strip_width_;
    valid_ = std::min(sweep.strip_width_, sweep.width_ - x0_);
    columns_ = round_up(valid_, 8);
    scratch_.resize(static_cast<std::size_t>(columns_) * kBlock);
    for (const View& v : sweep.views_) lanes_.emplace_back(*this, v, v.strips[index]);
  }

  /// `each(group, rows)` sees every group in order, with u (and w, w2) set.
  template <class Each>
  void walk(Each each) {
    std::vector<const float*> u;
    std::vector<float*> w, w2;
    for (const Group& g : sweep_.groups_) {
      u.clear(), w.clear(), w2.clear();
      for (std::size_t k = 0; k < lanes_.size(); ++k) {
        const View& v = sweep_.views_[k];
        Lane& lane = lanes_[k];
        const int first = v.row_first[g.first], count = v.row_count[g.first];
        while (lane.contracted + kBlock <= v.lowest_from[g.first]) contract(k);
        while (lane.expanded < first + count) expand(k);
        for (int t = first; t < first + count; ++t) {
          u.push_back(lane.at(lane.u, t, columns_));
          if (accumulate_) w.push_back(lane.at(lane.w, t, columns_));
          if (curvature_) w2.push_back(lane.at(lane.w2, t, columns_));
        }
      }
      hot::Rows rows;
      rows.rows = g.rows;
      rows.taps = static_cast<int>(u.size());
      rows.columns = columns_;
      rows.coefficients = g.coefficients.data();
      rows.u = u.data();
      rows.w = w.data();
      rows.w2 = curvature_ ? w2.data() : nullptr;
      each(g, rows);
    }
    if (accumulate_)
      for (std::size_t k = 0; k < lanes_.size(); ++k)
        while (lanes_[k].contracted < sweep_.views_[k].height) contract(k);
  }

  int x0() const { return x0_; }
  int valid() const { return valid_; }
  int columns() const { return columns_; }
  /// Room for the center's levels in one group.
  std::unique_ptr<float[]> make_buffer() const {
    return std::make_unique_for_overwrite<float[]>(static_cast<std::size_t>(kMaxGroup) * columns_);
  }

  /// Adds this strip's share of D x (and the curvature) of view k.
  void add_to(std::size_t k, Grid& seen, Grid* curvature) const {
    const Lane& lane = lanes_[k];
    const auto add = [&](const float* part, Grid& grid) {
      for (int y = 0; y < grid.height; ++y) {
        const float* from = part + static_cast<std::size_t>(y - y % kBlock) * lane.outputs.outputs + y % kBlock;
        float* to = grid.row(y) + lane.outputs.first_output;
        for (int o = 0; o < lane.outputs.outputs; ++o) to[o] += from[o * kBlock];
      }
    };
    add(lane.seen.get(), seen);
    if (curvature) add(lane.seen2.get(), *curvature);
  }

 private:
  struct Lane {
    Lane(const Strip& s, const View& v, const Columns& c) : outputs(c) {
      const std::size_t size = static_cast<std::size_t>(v.ring) * s.columns_;
      u = std::make_unique_for_overwrite<float[]>(size);
      ring = v.ring;
      in.resize(static_cast<std::size_t>(std::max(v.width, v.taps)) * kBlock);
      const auto [least, most] =
          std::minmax_element(v.column_first.begin() + s.x0_, v.column_first.begin() + s.x0_ + s.valid_);
      low = *least;
      high = std::min(v.width, *most + v.taps);
      if (!s.accumulate_) return;
      w = std::make_unique_for_overwrite<float[]>(size);
      if (s.curvature_) w2 = std::make_unique_for_overwrite<float[]>(size);
      const std::size_t seen_size = static_cast<std::size_t>(round_up(v.height, kBlock)) * c.outputs;
      seen = std::make_unique_for_overwrite<float[]>(seen_size);
      if (s.curvature_) seen2 = std::make_unique_for_overwrite<float[]>(seen_size);
    }
    float* at(const std::unique_ptr<float[]>& rows, int output, int columns) const {
      return rows.get() + static_cast<std::size_t>(output % ring) * columns;
    }

    int ring = 0, expanded = 0, contracted = 0;
    int low = 0, high = 0;  // the outputs that this strip's columns hang on
    const Columns& outputs;
    std::unique_ptr<float[]> u, w, w2;     // rings of rows
    std::unique_ptr<float[]> seen, seen2;  // blocks of outputs x kBlock
    std::vector<float> in;
  };

  void expand(std::size_t k) {
    const View& v = sweep_.views_[k];
    Lane& lane = lanes_[k];
    const Grid& dual = duals_[k];
    for (int r = 0; r < kBlock; ++r) {
      const int y = lane.expanded + r;
      for (int o = lane.low; o < lane.high; ++o)
        lane.in[static_cast<std::size_t>(o) * kBlock + r] = y < v.height ? dual.row(y)[o] : 0.f;
    }
    float* rows[kBlock];
    for (int r = 0; r < kBlock; ++r) {
      rows[r] = lane.at(lane.u, lane.expanded + r, columns_);
      if (accumulate_) std::memset(lane.at(lane.w, lane.expanded + r, columns_), 0, columns_ * sizeof(float));
      if (curvature_) std::memset(lane.at(lane.w2, lane.expanded + r, columns_), 0, columns_ * sizeof(float));
    }
    const int whole = valid_ / 8 * 8;
    const auto go = [&](int from, int n, float* const* out) {
      hot::loops().expand(lane.in.data(), v.column_first.data() + x0_ + from,
                          v.column_weights.data() + static_cast<std::size_t>(x0_ + from) * v.taps, v.taps, n,
                          scratch_.data(), out);
    };
    if (whole) go(0, whole, rows);
    if (whole < valid_) {  // the last few columns, padded by the last one
      int first[8];
      std::vector<float> weights(static_cast<std::size_t>(8) * v.taps);
      for (int x = 0; x < 8; ++x) {
        const int from = x0_ + std::min(whole + x, valid_ - 1);
        first[x] = v.column_first[from];
        std::copy_n(v.column_weights.data() + static_cast<std::size_t>(from) * v.taps, v.taps,
                    weights.data() + x * v.taps);
      }
      float* tail[kBlock];
      for (int r = 0; r < kBlock; ++r) tail[r] = rows[r] + whole;
      hot::loops().expand(lane.in.data(), first, weights.data(), v.taps, 8, scratch_.data(), tail);
    }
    lane.expanded += kBlock;
  }

  void contract(std::size_t k) {
    Lane& lane = lanes_[k];
    if (lane.contracted >= lane.expanded) expand(k);  // outputs that no row feeds
    if (accumulate_) {
      contract_into(lane, lane.w, lane.outputs.weights, lane.seen.get());
      if (curvature_) contract_into(lane, lane.w2, lane.outputs.squares, lane.seen2.get());
    }
    lane.contracted += kBlock;
  }

  void contract_into(const Lane& lane, const std::unique_ptr<float[]>& from, const std::vector<float>& weights,
                     float* to) {
    const float* rows[kBlock];
    for (int r = 0; r < kBlock; ++r) rows[r] = lane.at(from, lane.contracted + r, columns_);
    const Columns& c = lane.outputs;
    hot::loops().contract(rows, columns_, c.first.data(), c.count.data(), c.offset.data(), weights.data(), c.outputs,
                          scratch_.data(), to + static_cast<std::size_t>(lane.contracted) * c.outputs);
  }

  const FusedSweep& sweep_;
  const std::vector<Grid>& duals_;
  bool accumulate_, curvature_;
  int x0_ = 0, valid_ = 0, columns_ = 0;
  std::vector<float> scratch_;
  std::vector<Lane> lanes_;
};

void FusedSweep::run(Levels center, Plane<const float> mask, const std::vector<Grid>& duals, bool curvature,
                     Output& out) const {
  std::vector<std::unique_ptr<Strip>> done(strips_);
  std::vector<double> squares(strips_, 0.0);
  parallel_for(0, strips_, [&](int s) {
    auto strip = std::make_unique<Strip>(*this, s, duals, true, curvature);
    const float* centers[kMaxGroup];
    const float* masks[kMaxGroup];
    const auto buffer = strip->make_buffer();
    double sum = 0;
    strip->walk([&](const Group& g, hot::Rows& rows) {
      if (rows.taps == 0) return;  // these rows feed nothing: x stays at the center
      for (int i = 0; i < g.rows; ++i) {
        centers[i] = center.row(g.first + i, strip->x0(), strip->columns(), buffer.get() + i * strip->columns());
        if (mask.data) masks[i] = mask.row(g.first + i) + strip->x0();
      }
      rows.center = centers;
      rows.mask = mask.data ? masks : nullptr;
      sum += hot::loops().sweep(rows, strip->valid());
    });
    squares[s] = sum;
    done[s] = std::move(strip);
  });
  out.squares = 0;
  for (double s : squares) out.squares += s;
  const auto clear = [&](std::vector<Grid>& grids) {
    grids.resize(views_.size());
    for (std::size_t k = 0; k < views_.size(); ++k) {
      if (grids[k].v.empty()) grids[k] = Grid(views_[k].height, views_[k].width);
      std::fill(grids[k].v.begin(), grids[k].v.end(), 0.f);
    }
  };
  clear(out.seen);
  if (curvature) clear(out.curvature);
  for (const auto& strip : done)
    for (std::size_t k = 0; k < views_.size(); ++k)
      strip->add_to(k, out.seen[k], curvature ? &out.curvature[k] : nullptr);
}

void FusedSweep::render(Levels center, Plane<const float> mask, const std::vector<Grid>& duals,
                        const std::function<void(int, int, const float*, int)>& sink) const {
  parallel_for(0, strips_, [&](int s) {
    Strip strip(*this, s, duals, false, false);
    const float* centers[kMaxGroup];
    const float* masks[kMaxGroup];
    float* to[kMaxGroup];
    std::vector<float> levels(static_cast<std::size_t>(kMaxGroup) * strip.columns());
    const auto buffer = strip.make_buffer();
    for (int i = 0; i < kMaxGroup; ++i) to[i] = levels.data() + static_cast<std::size_t>(i) * strip.columns();
    strip.walk([&](const Group& g, hot::Rows& rows) {
      for (int i = 0; i < g.rows; ++i) {
        centers[i] = center.row(g.first + i, strip.x0(), strip.columns(), buffer.get() + i * strip.columns());
        if (mask.data) masks[i] = mask.row(g.first + i) + strip.x0();
      }
      rows.center = centers;
      rows.mask = mask.data ? masks : nullptr;
      hot::loops().render(rows, to);
      for (int i = 0; i < g.rows; ++i) sink(g.first + i, strip.x0(), to[i], strip.valid());
    });
  });
}

}  // namespace bifocal::solver
