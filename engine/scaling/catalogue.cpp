// SPDX-License-Identifier: LGPL-3.0-or-later
// The one list of scalers: the plug-in's list, the README's table and the tests come from it.
#include <algorithm>

#include <bifocal/error.hpp>
#include <bifocal/scaler.hpp>

#include "error/edge.hpp"
#include "scaling/chromium.hpp"
#include "scaling/custom.hpp"
#include "scaling/families.hpp"
#include "scaling/gimp.hpp"
#include "scaling/model.hpp"
#include "scaling/opencv.hpp"
#include "scaling/picking.hpp"
#include "scaling/pillow.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

struct Catalogue {
  std::vector<std::shared_ptr<const scaling::Model>> models;
  std::vector<ScalerInfo> infos;

  Catalogue() {
    for (auto family : {scaling::pillow_models, scaling::opencv_models, scaling::gimp_models, scaling::family_models,
                        scaling::chromium_models, scaling::picking_models}) {
      const auto added = family();
      models.insert(models.end(), added.begin(), added.end());
    }
    for (const auto& m : models) infos.push_back(m->info());
  }
};

const Catalogue& all() {
  static const Catalogue c;
  return c;
}

}  // namespace

void scaling::check_size(Size s, const char* what) {
  if (s.width < 1 || s.height < 1 || s.width > 65535 || s.height > 65535)
    throw Error(ErrorCode::InvalidArgument,  // TRANSLATORS: the first placeholder is "an image", or "a scaled image"
                filled(_("%s of %dx%d pixels is not possible (sides must be 1 to 65535 pixels long)"), what, s.width,
                       s.height));
}

namespace {

void check(Size from, Size to) {
  scaling::check_size(from, _("an image"));
  scaling::check_size(to, _("a scaled image"));
  if (to.area() > std::max(Scaler::kMostPixels, from.area()))
    throw Error(ErrorCode::InvalidArgument,
                filled(_("a scaled image of %dx%d pixels is too large: it may have as many as its original, or as "
                         "16384x16384"),
                       to.width, to.height));
}

}  // namespace

std::span<const ScalerInfo> Scaler::catalogue() try { return all().infos; } catch (...) {
  leave();
}

Scaler Scaler::find(std::string_view id) try {
  if (id.starts_with(scaling::kCustom)) return Scaler(scaling::custom_model(id));
  for (const auto& m : all().models)
    if (m->info().id == id) return Scaler(m);
  std::string known;
  for (const auto& i : all().infos) known += (known.empty() ? "" : ", ") + std::string(i.id);
  throw Error(ErrorCode::UnknownScaler, filled(_("there is no scaler \"%s\"; known are: %s, or %s"),
                                               std::string(id).c_str(), known.c_str(), "custom:kernel=..."));
} catch (...) {
  leave();
}

Scaler::Scaler(std::shared_ptr<const scaling::Model> model) : model_(std::move(model)) {}

Scaler Scaler::reading(FileKind file, int channels) const {
  const auto other = model_->reading(file, channels);
  return other ? Scaler(other) : *this;
}

const ScalerInfo& Scaler::info() const { return model_->info(); }

SeparableOperator Scaler::matrices(Size from, Size to) const try {
  check(from, to);
  return model_->matrices(from, to);
} catch (...) {
  leave();
}

Image8 Scaler::resize(const Image8& image, Size to) const try {
  check(image.size(), to);
  return model_->resize(image, to);
} catch (...) {
  leave(to);
}

}  // namespace bifocal
