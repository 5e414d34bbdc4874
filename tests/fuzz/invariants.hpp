// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// What holds of everything that the engine gives; each ends the program, and says what did not hold.
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/problem.hpp>
#include <bifocal/report.hpp>
#include <bifocal/scaler.hpp>

/// Says what is wrong and ends the program: for the fuzzer a finding.
[[noreturn]] void finding(const std::string& what);
inline void must(bool holds, const std::string& what) {
  if (!holds) finding(what);
}

/// Calls `f`; true: it came back, false: it threw an Error that names something. Nothing else may leave the engine.
template <class F>
bool refused_or_done(const F& f) {
  try {
    f();
    return true;
  } catch (const bifocal::Error& e) {
    must(*e.what() != 0, "an error without words");
    must(e.code() != bifocal::ErrorCode::Internal, std::string("an error inside: ") + e.what());
    return false;
  } catch (const std::exception& e) {
    finding(std::string("not an Error left the engine: ") + e.what());
  } catch (...) {
    finding("something that is no exception left the engine");
  }
}

/// The outcome belongs to its figures, the figures to the image. `cover` and `mask` may be null; `file`: the kind that
/// scalers read.
void must_be_true(const bifocal::Result& r, const bifocal::Image8* cover, const bifocal::Image8* mask,
                  bifocal::FileKind file = {});
/// The continuous solution lies in the box, its objective is what was said, and its bound below every other image's.
void must_be_certified(const bifocal::Problem& p, const bifocal::Result& r);
void must_be_same(const bifocal::Image8& a, const bifocal::Image8& b, const char* what);
/// Text that a JSON parser takes.
void must_be_json(const std::string& text);
