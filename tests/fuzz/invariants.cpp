// SPDX-License-Identifier: LGPL-3.0-or-later
#include "invariants.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <nlohmann/json.hpp>

using namespace bifocal;

void finding(const std::string& what) {
  std::fprintf(stderr, "FINDING: %s\n", what.c_str());
  std::abort();
}

void must_be_same(const Image8& a, const Image8& b, const char* what) {
  must(a.same_shape(b), std::string(what) + ": another shape");
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y)
      must(std::equal(a.plane(c).row(y), a.plane(c).row(y) + a.width(), b.plane(c).row(y)),
           std::string(what) + ": other bytes");
}

void must_be_json(const std::string& text) { must(nlohmann::json::accept(text), "no JSON: " + text); }

namespace {

bool near(double a, double b) { return a == b || std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

void must_be_share(double v, const char* what) {
  must(v >= 0 && v <= 1, std::string(what) + " is no share: " + std::to_string(v));
}

/// Recounts by the scaler itself what the report says of the bytes.
void must_be_true(const ViewReport& v, const Image8& image, FileKind file) {
  if (v.channels.empty()) return;  // the caller stopped the work first
  must(v.proven <= v.unreached, "more proven than unreached");
  must((v.unreached == 0) == v.unreached_map.empty(), "the map of what was not reached");
  std::size_t marked = 0;
  for (int y = 0; y < v.unreached_map.height(); ++y)
    for (int x = 0; x < v.unreached_map.width(); ++x) marked += v.unreached_map.plane(0).row(y)[x] != 0;
  must(marked == v.unreached, "the map does not count what was not reached");
  if (v.pixels == 0) return must(std::isnan(v.exact_pixels), "a share of nothing");
  double worst_share = 1;
  for (const ChannelError& c : v.channels) {
    must_be_share(c.exact_share, "a channel's exact share");
    must(c.mean >= 0 && c.mean <= c.max && c.max <= 255, "a channel's errors");
    worst_share = std::min(worst_share, c.exact_share);
  }
  must_be_share(v.exact_pixels, "exact pixels");
  must(v.exact_pixels <= worst_share + 1e-9, "more pixels exact than samples");
  if (v.scaler.empty() || v.scaler == "learnt") return;
  const Image8 shown = Scaler::find(v.scaler).reading(file, image.channels()).resize(image, v.size);
  std::size_t wrong = 0;
  for (int y = 0; y < shown.height(); ++y)
    for (int x = 0; x < shown.width(); ++x) {
      if (!v.compared.empty() && v.compared.plane(0).row(y)[x] != ViewReport::kCompared) continue;
      bool right = true;
      for (int c = 0; c < shown.channels(); ++c) right &= shown.plane(c).row(y)[x] == v.wanted.plane(c).row(y)[x];
      wrong += !right;
    }
  must(wrong == v.unreached,
       "the scaler misses " + std::to_string(wrong) + " pixels, not " + std::to_string(v.unreached));
  must(near(v.exact_pixels, 1 - static_cast<double>(wrong) / static_cast<double>(v.pixels)),
       "the share of exact pixels");
}

}  // namespace

void must_be_true(const Result& r, const Image8* cover, const Image8* mask, FileKind file) {
  must_be_json(to_json(r));
  if (r.outcome == Outcome::Cancelled) return must(r.image.empty(), "cancelled, but with an image");
  must(r.outcome == Outcome::Stopped || std::isfinite(r.objective),
       std::string(to_string(r.outcome)) + " with the objective " + std::to_string(r.objective));
  must(!r.certificate || (std::isfinite(r.certificate->lower_bound) && r.certificate->gap >= 0),
       "a certificate that certifies nothing");
  if (cover) {
    must(r.image.same_shape(*cover), "the image has another shape than the cover");
    const bool left_out = r.outcome == Outcome::Stopped;
    must((left_out && std::isnan(r.cover_psnr)) || near(r.cover_psnr, psnr(r.image, *cover)), "the cover's PSNR");
    must((left_out && std::isnan(r.cover_ssim)) || near(r.cover_ssim, ssim(r.image, *cover)), "the cover's SSIM");
  }
  if (cover && mask)
    for (int c = 0; c < cover->channels(); ++c)
      for (int y = 0; y < cover->height(); ++y)
        for (int x = 0; x < cover->width(); ++x)
          if (mask->plane(0).row(y)[x] == 0)
            must(r.image.plane(c).row(y)[x] == cover->plane(c).row(y)[x], "a pixel outside the selection was changed");
  for (const ViewReport& v : r.views) must_be_true(v, r.image, file);
  for (const Showing& s : r.appearance)
    must(!std::isnan(s.likeness.ssim) && !std::isnan(s.likeness.zncc) && !std::isnan(s.likeness.leak) &&
             !std::isnan(s.likeness.contrast) && !std::isnan(s.likeness.colours) && !std::isnan(s.likeness.colour_leak),
         s.name + ": a likeness that is no number: SSIM " + std::to_string(s.likeness.ssim) + ", ZNCC " +
             std::to_string(s.likeness.zncc) + ", leak " + std::to_string(s.likeness.leak) + ", contrast " +
             std::to_string(s.likeness.contrast));
}

namespace {

/// The darkest or the lightest image that the problem's mask allows.
Image corner(const Problem& p, float end) {
  Image image = p.whole_cover ? to_float(*p.whole_cover) : p.cover;
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) {
        float& v = image.plane(c).row(y)[x];
        v += (end - v) * (p.mask ? p.mask->plane(0).row(y)[x] : 1);
      }
  return image;
}

}  // namespace

void must_be_certified(const Problem& p, const Result& r) {
  if (r.continuous.empty()) return;
  const Image darkest = corner(p, 0), lightest = corner(p, 255);
  for (int c = 0; c < r.continuous.channels(); ++c)
    for (int y = 0; y < r.continuous.height(); ++y)
      for (int x = 0; x < r.continuous.width(); ++x) {
        const float v = r.continuous.plane(c).row(y)[x], low = darkest.plane(c).row(y)[x],
                    high = lightest.plane(c).row(y)[x];
        must(v >= low - 1e-3f && v <= high + 1e-3f && v >= 0 && v <= 255,
             "a level outside " + std::to_string(low) + ".." + std::to_string(high) + ": " + std::to_string(v));
      }
  const double said = r.objective, is = objective(p, r.continuous);
  // Levels are floats: what is seen is known to about a ten-thousandth.
  double noise = 0;
  for (const View& v : p.views) {
    const double samples = static_cast<double>(v.look.target().width) * v.look.target().height * p.channels();
    noise += v.weight * samples * 1e-6;
  }
  if (p.norm == Norm::Norms) noise = std::sqrt(noise) + 1e-2 * std::abs(said);
  bool srgb = false;  // decoded by a polynomial, see view/evaluator.hpp
  for (const View& v : p.views) srgb |= !v.linear();
  if (srgb) return;
  must(std::abs(said - is) <= 1e-3 * std::abs(is) + noise,
       "the objective is " + std::to_string(is) + ", not " + std::to_string(said));
  if (!r.certificate) return;
  const double bound = r.certificate->lower_bound;
  must(bound <= is * (1 + 1e-4) + noise,
       "a bound above the solution: " + std::to_string(bound) + " > " + std::to_string(is));
  for (const Image* end : {&darkest, &lightest}) {
    const double other = objective(p, *end);
    must(bound <= other * (1 + 1e-4) + noise,
         "a bound above another image's objective: " + std::to_string(bound) + " > " + std::to_string(other));
  }
}
