// SPDX-License-Identifier: LGPL-3.0-or-later
#include <cmath>
#include <cstdint>

#include <bifocal/report.hpp>
#include <bifocal/verdict.hpp>

#include "error/edge.hpp"
#include "report/json_text.hpp"

namespace bifocal {
namespace {

using report::JsonText;

void put(JsonText& j, const ViewReport& v) {
  j.open('{');
  j.member("name", v.name);
  j.member("width", v.size.width);
  j.member("height", v.size.height);
  j.member("scaler", v.scaler);
  if (!v.scaler.empty()) {
    j.key("model");
    j.open('{');
    j.member("software", v.software);
    j.member("checked_with", v.version);
    j.member("exactness", to_string(v.exactness));
    if (v.exactness == Exactness::Close) {
      j.member("mean_error_pictures", v.model_error);
      j.member("mean_error_noise", v.model_noise_error);
      j.member("max_error", v.model_max_error);
    }
    j.close();
  }
  if (v.channels.empty()) return j.close();  // not compared
  j.member("pixels", v.size.width * static_cast<std::int64_t>(v.size.height));
  j.member("pixels_compared", v.pixels);
  j.member("exact_pixels", v.exact_pixels);
  j.key("channels");
  j.open('[');
  for (const ChannelError& c : v.channels) {
    j.open('{');
    j.member("exact_share", c.exact_share);
    j.member("mean_error", c.mean);
    j.member("max_error", c.max);
    j.close();
  }
  j.close();
  j.member("psnr", v.psnr);
  j.member("ssim", v.ssim);
  j.member("residual_max", v.residual_max);
  j.member("unreached", v.unreached);
  j.member("proven_out_of_reach", v.proven);
  j.close();
}

void put(JsonText& j, const Showing& s) {
  j.open('{');
  j.member("name", s.name);
  j.member("scaler", s.scaler);
  j.member("role", to_string(s.role));
  j.member("jpeg", s.jpeg);
  j.member("width", s.size.width);
  j.member("height", s.size.height);
  j.member("shows", s.shows_target ? "target" : "cover");
  j.member("ssim", s.likeness.ssim);
  j.member("zncc", s.likeness.zncc);
  j.member("leak", s.likeness.leak);
  j.member("contrast", s.likeness.contrast);
  j.member("range", s.likeness.range);
  j.member("colours", s.likeness.colours);
  j.member("colour_leak", s.likeness.colour_leak);
  j.close();
}

void put(JsonText& j, const Judgement& judgement) {
  j.open('{');
  j.member("overall", to_string(judgement.overall));
  j.member("views", to_string(judgement.views));
  j.key("cover");
  if (judgement.cover_known)
    j.value(to_string(judgement.cover));
  else
    j.value(std::nan(""));
  j.member("exact", judgement.exact);
  j.member("by_model", judgement.by_model);
  j.member("words", judgement.words);
  j.close();
}

void put(JsonText& j, const std::string& s) { j.value(s); }

void put(JsonText& j, const Message& m) {
  j.open('{');
  j.member("code", m.code);
  j.member("severity", to_string(m.severity));
  j.member("text", m.text);
  j.close();
}

template <class T>
void put_list(JsonText& j, const char* name, const std::vector<T>& list) {
  j.key(name);
  j.open('[');
  for (const T& item : list) put(j, item);
  j.close();
}

}  // namespace

const char* to_string(Exactness exactness) { return exactness == Exactness::Bytes ? "bytes" : "close"; }

const char* to_string(Severity severity) { return severity == Severity::Note ? "note" : "warning"; }

std::vector<std::string> Result::texts(Severity severity) const {
  std::vector<std::string> all;
  for (const Message& m : messages)
    if (m.severity == severity) all.push_back(m.text);
  return all;
}

const char* to_string(Role role) { return role == Role::Eye ? "eye" : role == Role::Asked ? "asked" : "panel"; }

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::Solved:
      return "solved";
    case Outcome::Stopped:
      return "stopped";
    case Outcome::LimitReached:
      return "limit-reached";
    case Outcome::OutOfReach:
      return "out-of-reach";
    case Outcome::Cancelled:
      return "cancelled";
  }
  return "";
}

std::string to_json(const Result& r) try {
  JsonText j(2);
  j.open('{');
  j.key("verdict");
  put(j, judge(r));
  j.member("outcome", to_string(r.outcome));
  j.member("algorithm", r.algorithm);
  j.member("why_stopped", r.why_stopped);
  j.member("objective", r.objective);
  j.member("lower_bound", r.certificate ? r.certificate->lower_bound : Result::kNone);
  j.member("gap", r.certificate ? r.certificate->gap : Result::kNone);
  j.member("cover_psnr", r.cover_psnr);
  j.member("cover_psnr_continuous", r.cover_psnr_continuous);
  j.member("cover_ssim", r.cover_ssim);
  j.member("sweeps", r.sweeps);
  j.member("evaluations", r.evaluations);
  j.member("seconds", r.seconds);
  j.member("repaired", r.repaired);
  put_list(j, "views", r.views);
  put_list(j, "appearance", r.appearance);
  put_list(j, "messages", r.messages);
  put_list(j, "warnings", r.texts(Severity::Warning));
  put_list(j, "notes", r.texts(Severity::Note));
  j.close();
  return j.text();
} catch (...) {
  leave();
}

}  // namespace bifocal
