// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <utility>

#include <bifocal/views.hpp>

namespace bifocal {

/// A request with what a script would write of it, and run as a host runs that.
struct TextRequest : Request {
  std::string options;  ///< see read_options
  TextRequest() = default;
  TextRequest(Request request, std::string text = "") : Request(std::move(request)), options(std::move(text)) {}
};

/// The request with its text read, and what the text sets of `caller`.
inline std::pair<Request, Options> read(const TextRequest& r, const SolveOptions& caller = {}) {
  std::pair<Request, Options> out(r, read_options(r.options, options_for(r), caller));
  out.first.goal = out.second.goal;
  return out;
}

inline Result run(const TextRequest& r, const SolveOptions& caller = {}) {
  const auto [request, said] = read(r, caller);
  Result result = run(request, said.solve);
  if (result.outcome != Outcome::Cancelled)
    result.messages.insert(result.messages.end(), said.remarks.begin(), said.remarks.end());
  return result;
}

inline Posed make_problem(const TextRequest& r, const SolveOptions& caller = {}) {
  const auto [request, said] = read(r, caller);
  return make_problem(request, said.solve);
}

inline TradeOff trade_off(const TextRequest& r, int points, const SolveOptions& caller = {}) {
  const auto [request, said] = read(r, caller);
  return trade_off(request, points, said.solve);
}

}  // namespace bifocal
