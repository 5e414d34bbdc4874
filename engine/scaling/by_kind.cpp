// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/by_kind.hpp"

namespace bifocal::scaling {
namespace {

class ByKind final : public Model {
 public:
  ByKind(std::shared_ptr<const Model> usual, Kinds kinds, std::shared_ptr<const Model> other)
      : usual_(std::move(usual)), other_(std::move(other)), kinds_(kinds) {}

  const ScalerInfo& info() const override { return usual_->info(); }
  SeparableOperator matrices(Size from, Size to) const override { return usual_->matrices(from, to); }
  Image8 resize(const Image8& image, Size to) const override { return usual_->resize(image, to); }
  std::optional<FixedPoint> fixed_point(Size from, Size to, int channel, int channels) const override {
    return usual_->fixed_point(from, to, channel, channels);
  }
  std::shared_ptr<const Model> reading(FileKind file, int channels) const override {
    return kinds_(file, channels) ? other_ : usual_;
  }

 private:
  std::shared_ptr<const Model> usual_, other_;
  Kinds kinds_;
};

}  // namespace

bool grey_or_alpha(FileKind file, int channels) { return file.alpha || channels == 1; }
bool with_alpha(FileKind file, int) { return file.alpha; }

std::shared_ptr<const Model> by_kind(std::shared_ptr<const Model> usual, Kinds kinds,
                                     std::shared_ptr<const Model> other) {
  return std::make_shared<ByKind>(std::move(usual), kinds, std::move(other));
}

}  // namespace bifocal::scaling
