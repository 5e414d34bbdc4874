// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/custom.hpp"

#include <charconv>
#include <string>

#include <bifocal/error.hpp>

#include "matrix/kernel.hpp"
#include "scaling/averaging.hpp"
#include "words/words.hpp"

namespace bifocal::scaling {

using namespace matrix;

namespace {

struct NamedKernel {
  std::string_view name;
  Kernel kernel;
};
constexpr NamedKernel kKernels[] = {
    {"box", {box, 0.5}},         {"triangle", {triangle, 1}},       {"hermite", {hermite, 1}},
    {"hamming", {hamming, 1}},   {"catmull-rom", {catmull_rom, 2}}, {"mitchell", {mitchell, 2}},
    {"b-spline", {b_spline, 2}}, {"gaussian", {gaussian, 2}},       {"lanczos2", {lanczos2, 2}},
    {"lanczos3", {lanczos3, 3}}, {"lanczos4", {lanczos4, 4}},
};

[[noreturn]] void refuse(std::string_view key, std::string_view value, const std::string& known) {
  throw Error(ErrorCode::UnknownSetting,
              // TRANSLATORS: what was typed, the name of a setting (kernel, support, ...), and what can be typed
              filled(_("\"%s\" is no %s of a custom scaler; known are: %s"), std::string(value).c_str(),
                     std::string(key).c_str(), known.c_str()));
}

/// What an id says, with defaults for what it leaves out.
struct Custom {
  const NamedKernel* kernel = nullptr;
  double support = 0;
  bool antialias = true;
  Light light = Light::Encoded;
  Rounding rounding = Rounding::Nearest;

  void set(std::string_view key, std::string_view value) {
    if (key == "kernel") {
      std::string known;
      for (const NamedKernel& k : kKernels) {
        if (k.name == value) {
          kernel = &k;
          return;
        }
        known += (known.empty() ? "" : ", ") + std::string(k.name);
      }
      refuse(key, value, known);
    } else if (key == "support") {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), support);
      if (error != std::errc() || end != value.data() + value.size() || !(support >= 0.25 && support <= 16))
        refuse(key, value, filled(_("numbers from %s to %d"), "0.25", 16));
    } else if (key == "antialias") {
      if (value != "yes" && value != "no") refuse(key, value, "yes, no");
      antialias = value == "yes";
    } else if (key == "light") {
      if (value != "encoded" && value != "linear") refuse(key, value, "encoded, linear");
      light = value == "linear" ? Light::Linear : Light::Encoded;
    } else if (key == "rounding") {
      if (value != "nearest" && value != "down") refuse(key, value, "nearest, down");
      rounding = value == "down" ? Rounding::Down : Rounding::Nearest;
    } else {
      refuse(_("key"), key, "kernel, support, antialias, light, rounding");
    }
  }
};

Custom parsed(std::string_view id) {
  Custom c;
  for (std::string_view rest = id.substr(kCustom.size()); !rest.empty();) {
    const std::string_view setting = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), setting.size() + 1));
    const std::size_t equals = setting.find('=');
    if (equals == std::string_view::npos) refuse(_("setting"), setting, _("key=value pairs separated by commas"));
    c.set(setting.substr(0, equals), setting.substr(equals + 1));
  }
  if (!c.kernel) refuse(_("kernel"), "", _("box, triangle, ..., as in custom:kernel=lanczos3"));
  if (c.support == 0) c.support = c.kernel->kernel.support;
  return c;
}

/// Keeps the words that ScalerInfo only points at.
class CustomModel final : public Model {
 public:
  CustomModel(std::string_view id, const Custom& c) : id_(id), name_("Custom: " + id_.substr(kCustom.size())) {
    Averaging a;
    a.info.id = id_;
    a.info.name = name_;
    a.info.call = id_;
    a.info.program = a.info.library = "Bifocal";
    a.info.version = "any";
    a.info.kernel = c.kernel->name;
    a.info.arithmetic = "float, one rounding";
    a.info.light = c.light;
    a.info.antialiases = c.antialias;
    a.matrices = by_axis([kernel = c.kernel->kernel, stretch = c.support / c.kernel->kernel.support,
                          antialias = c.antialias](int in, int out) {
      return in == out && stretch == 1 ? BandedMatrix::identity(in)
                                       : resampling_matrix(kernel, in, out, antialias, stretch);
    });
    a.rounding = c.rounding;
    model_ = averaging_model(std::move(a));
  }
  const ScalerInfo& info() const override { return model_->info(); }
  SeparableOperator matrices(Size from, Size to) const override { return model_->matrices(from, to); }
  Image8 resize(const Image8& image, Size to) const override { return model_->resize(image, to); }
  std::optional<FixedPoint> fixed_point(Size from, Size to, int channel, int channels) const override {
    return model_->fixed_point(from, to, channel, channels);
  }

 private:
  std::string id_, name_;
  std::shared_ptr<const Model> model_;
};

}  // namespace

std::shared_ptr<const Model> custom_model(std::string_view id) { return std::make_shared<CustomModel>(id, parsed(id)); }

}  // namespace bifocal::scaling
