// SPDX-License-Identifier: LGPL-3.0-or-later
#include <cmath>

#include <nlohmann/json.hpp>

#include <bifocal/report.hpp>

namespace bifocal {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinity.
Json number(double v) { return std::isfinite(v) ? Json(v) : Json(nullptr); }

Json to_object(const ViewReport& v) {
  Json named = {{"name", v.name}, {"width", v.size.width}, {"height", v.size.height}, {"scaler", v.scaler}};
  if (v.channels.empty()) return named;  // not compared
  Json channels = Json::array();
  for (const ChannelError& c : v.channels)
    channels.push_back({{"exact_share", number(c.exact_share)}, {"mean_error", number(c.mean)}, {"max_error", c.max}});
  named.update({{"pixels", v.size.width * static_cast<std::int64_t>(v.size.height)},
                {"pixels_compared", v.pixels},
                {"exact_pixels", number(v.exact_pixels)},
                {"channels", channels},
                {"psnr", number(v.psnr)},
                {"ssim", number(v.ssim)},
                {"residual_max", number(v.residual_max)},
                {"unreached", v.unreached},
                {"proven_out_of_reach", v.proven}});
  return named;
}

Json to_object(const Showing& s) {
  return {{"name", s.name},
          {"scaler", s.scaler},
          {"width", s.size.width},
          {"height", s.size.height},
          {"shows", s.shows_target ? "target" : "cover"},
          {"ssim", number(s.likeness.ssim)},
          {"zncc", number(s.likeness.zncc)},
          {"leak", number(s.likeness.leak)},
          {"contrast", number(s.likeness.contrast)},
          {"range", number(s.likeness.range)}};
}

}  // namespace

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::Solved: return "solved";
    case Outcome::Stopped: return "stopped";
    case Outcome::LimitReached: return "limit-reached";
    case Outcome::OutOfReach: return "out-of-reach";
    case Outcome::Cancelled: return "cancelled";
  }
  return "";
}

std::string to_json(const Result& r) {
  Json views = Json::array();
  for (const ViewReport& v : r.views) views.push_back(to_object(v));
  Json appearance = Json::array();
  for (const Showing& s : r.appearance) appearance.push_back(to_object(s));
  const Json all = {{"outcome", to_string(r.outcome)},
                    {"algorithm", r.algorithm},
                    {"why_stopped", r.why_stopped},
                    {"objective", number(r.objective)},
                    {"lower_bound", number(r.lower_bound)},
                    {"gap", number(r.gap)},
                    {"objective_bytes", number(r.objective_bytes)},
                    {"cover_psnr", number(r.cover_psnr)},
                    {"cover_psnr_continuous", number(r.cover_psnr_continuous)},
                    {"cover_ssim", number(r.cover_ssim)},
                    {"sweeps", r.sweeps},
                    {"evaluations", r.evaluations},
                    {"seconds", r.seconds},
                    {"repaired", r.repaired},
                    {"views", views},
                    {"appearance", appearance},
                    {"warnings", r.warnings},
                    {"notes", r.notes}};
  // Layer names come from the user: a broken byte must not end the solve.
  return all.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace bifocal
