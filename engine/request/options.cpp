// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/options.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>
#include <vector>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "error/edge.hpp"
#include "request/goals.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

[[noreturn]] void bad_value(std::string_view key, std::string_view value, const std::string& wanted) {
  throw Error(ErrorCode::UnknownSetting,
              // TRANSLATORS: an option's name, what was typed for it, and what it takes: "yes or no"
              filled(_("the option %s cannot be \"%s\"; it takes %s"), std::string(key).c_str(),
                     std::string(value).c_str(), wanted.c_str()));
}

/// What a goal's number must lie in.
struct Bounds {
  double low, high;
  bool hold(double v) const { return v >= low && v <= high; }
};
constexpr Bounds kStrength{0.2, 5}, kGhosting{0.05, 0.4}, kCrisp{0, 1}, kSigma{0.5, 4}, kIterations{0, 10000},
    kJpeg{50, 100};

[[noreturn]] void out_of_bounds(std::string_view key, std::string_view value, Bounds b) {
  bad_value(key, value, filled(_("a number from %s to %s"), number_text(b.low).c_str(), number_text(b.high).c_str()));
}

double number(std::string_view key, std::string_view value, Bounds bounds) {
  double v = 0;
  // The decimal mark is a point in every language; a comma, as messages may have it, can mean nothing else here.
  std::string plain(value);
  if (plain.find('.') == std::string::npos && std::count(plain.begin(), plain.end(), ',') == 1)
    plain[plain.find(',')] = '.';
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), v);
  if (error != std::errc() || end != plain.data() + plain.size() || !bounds.hold(v)) out_of_bounds(key, value, bounds);
  return v;
}

bool yes_or_no(std::string_view key, std::string_view value) {
  if (value == "yes") return true;
  if (value == "no") return false;
  // TRANSLATORS: "yes" and "no" are what is typed, in every language; so are the words of the sentences like this one
  bad_value(key, value, _("yes or no"));
}

std::string algorithm_names() {
  std::string names;
  for (const AlgorithmInfo& a : algorithms()) names.append(names.empty() ? "" : ", ").append(a.name);
  return names;
}

struct Key;

/// What the keys set.
struct Settings {
  std::vector<const Key*> given;  ///< the keys that were set, once each
  SolveOptions solve;
  PixelsGoal pixels;
  EyeGoal eye;
};

/// What a request is for.
enum class Use {
  Pixels,
  PixelsExact,  ///< one thumbnail, at balance 100
  Views,        ///< several views
  ViewsExact,
  Eye,
  EyeExact,
  EyeViews,
};

Use use_of(const OptionsFor& of) {
  const bool exact = of.balance >= 100;
  if (of.appearance == Appearance::Eye) return of.several ? Use::EyeViews : exact ? Use::EyeExact : Use::Eye;
  return of.several ? (exact ? Use::ViewsExact : Use::Views) : exact ? Use::PixelsExact : Use::Pixels;
}

// Sets of uses that a key serves.
constexpr unsigned bit(Use use) { return 1u << static_cast<unsigned>(use); }
constexpr unsigned kOneExact = bit(Use::PixelsExact), kExact = kOneExact | bit(Use::ViewsExact);
constexpr unsigned kPixels = kExact | bit(Use::Pixels) | bit(Use::Views);
constexpr unsigned kOneEye = bit(Use::Eye) | bit(Use::EyeExact), kEye = kOneEye | bit(Use::EyeViews);
constexpr unsigned kAll = kPixels | kEye;

struct Key {
  const char* name;
  const char* fallback;
  unsigned serves;  ///< elsewhere it is ignored
  const char* meaning;
  void (*set)(Settings&, std::string_view key, std::string_view value);
  const char* (*lacks)(const Settings&) =
      nullptr;  ///< what else must be set for it to change anything; nullptr: nothing
};

constexpr Key kKeys[] = {
    {"algorithm", "auto", kAll, N_("auto, or one of %s"),  // algorithm_names()
     [](Settings& s, std::string_view k, std::string_view v) {
       const auto all = algorithms();
       if (v != "auto" && std::none_of(all.begin(), all.end(), [&](const AlgorithmInfo& a) { return a.name == v; }))
         bad_value(k, v, filled(_("auto or one of %s"), algorithm_names().c_str()));
       s.solve.algorithm = v;
     }},
    {"cover-strength", "1", kEye, N_("to the eye: how much of the cover's contrast is kept, 0.2 to 5"),
     [](Settings& s, std::string_view k, std::string_view v) { s.eye.cover_strength = number(k, v, kStrength); }},
    {"crisp", "0", kEye, N_("to the eye: how far faint and fine detail of both pictures is brought out, 0 to 1"),
     [](Settings& s, std::string_view k, std::string_view v) { s.eye.crisp = number(k, v, kCrisp); }},
    {"evaluations", "0", kAll,
     N_("stop annealing and the plain gradient after so many evaluations; 0 = some minutes' worth"),
     [](Settings& s, std::string_view k, std::string_view v) {
       s.solve.max_evaluations = static_cast<long>(number(k, v, {0, 1e12}));
     },
     [](const Settings& s) {
       return s.solve.algorithm == "annealing" || s.solve.algorithm == "gradient"
                  ? nullptr
                  : N_("with algorithm=annealing or gradient");
     }},
    {"gap", "1e-5", kPixels, N_("stop when the certified relative duality gap is below this"),
     [](Settings& s, std::string_view k, std::string_view v) {
       s.solve.gap_tolerance = number(k, v, {1e-9, 1});
     }},
    {"ghosting", "0.17", kEye, N_("to the eye: contrast against ghosts of the other picture, 0.05 clean to 0.4 strong"),
     [](Settings& s, std::string_view k, std::string_view v) { s.eye.ghosting = number(k, v, kGhosting); }},
    {"iterations", "0", kEye,
     N_("to the eye: more of them make less grain and take longer; 0 = 40 for small images to 18 for large ones"),
     [](Settings& s, std::string_view k, std::string_view v) {
       s.eye.iterations = static_cast<int>(number(k, v, kIterations));
     }},
    {"jpeg", "0", kOneEye,
     N_("to the eye: the image survives JPEG of this quality, 50 to 100; 0 = it will stay lossless, as in PNG"),
     [](Settings& s, std::string_view k, std::string_view v) {
       s.eye.jpeg = static_cast<int>(number(k, v, {0, kJpeg.high}));
       if (s.eye.jpeg > 0 && s.eye.jpeg < kJpeg.low) bad_value(k, v, _("0 or a quality from 50 to 100"));
     }},
    {"objective", "squares", kPixels, N_("what is made small: squares of the differences, or distances (their roots)"),
     [](Settings& s, std::string_view k, std::string_view v) {
       if (v != "squares" && v != "distances") bad_value(k, v, _("squares or distances"));
       s.pixels.norm = v == "distances" ? Norm::Norms : Norm::Squares;
     }},
    {"out-of-reach", "keep", kOneExact,
     N_("at balance 100, a target that the scaler cannot show: keep it and come near, or fit (lower its contrast until "
        "it "
        "is exact)"),
     [](Settings& s, std::string_view k, std::string_view v) {
       if (v != "keep" && v != "fit") bad_value(k, v, _("keep or fit"));
       s.pixels.fit_reach = v == "fit";
     }},
    {"repair", "yes", kExact | bit(Use::EyeExact),
     N_("at balance 100, repair single pixels until the thumbnail's bytes are right"),
     [](Settings& s, std::string_view k, std::string_view v) { s.solve.exact_bytes = yes_or_no(k, v); }},
    {"seconds", "0", kAll, N_("stop after so many seconds and keep the best so far; 0 = no limit"),
     [](Settings& s, std::string_view k, std::string_view v) {
       s.solve.max_seconds = number(k, v, {0, 1e6});
     }},
    {"seed", "1", kAll, N_("of everything random; the same seed gives the same image"),
     [](Settings& s, std::string_view k, std::string_view v) {
       s.solve.seed = static_cast<std::uint64_t>(number(k, v, {0, 9e15}));
     }},
    {"sigma", "1", kEye,
     N_("to the eye: how far the eye blurs, in pixels (1: about 60 cm from a 200-dpi screen), 0.5 to 4"),
     [](Settings& s, std::string_view k, std::string_view v) { s.eye.sigma = number(k, v, kSigma); }},
    {"subsampling", "420", kOneEye,
     N_("to the eye, with jpeg: how JPEG keeps colours, 420 (most software), 422 or 444"),
     [](Settings& s, std::string_view k, std::string_view v) {
       if (v != "420" && v != "422" && v != "444") bad_value(k, v, _("420, 422 or 444"));
       s.eye.subsampling = static_cast<int>(number(k, v, {420, 444}));
     },
     [](const Settings& s) { return s.eye.jpeg > 0 ? nullptr : N_("with the option jpeg"); }},
    {"sweeps", "0", kAll, N_("stop after so many passes over the image, or iterations; 0 = what suits the algorithm"),
     [](Settings& s, std::string_view k, std::string_view v) {
       s.solve.max_sweeps = static_cast<int>(number(k, v, {0, 1e6}));
     }},
    {"target-strength", "1", kEye, N_("to the eye: how much of the target's contrast the thumbnail keeps, 0.2 to 5"),
     [](Settings& s, std::string_view k, std::string_view v) { s.eye.target_strength = number(k, v, kStrength); }},
};

/// What a key sets that does not serve this use is looked at and left out. Throws as read_options().
Settings parse(std::string_view text, Use use, const SolveOptions& caller, std::string_view also) {
  Settings settings, left_out;
  settings.solve = caller;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    const std::string_view name = std::string_view(word).substr(0, equals);
    const Key* key = nullptr;
    std::string known;
    for (const Key& k : kKeys) {
      if (name == k.name) key = &k;
      known += std::string(known.empty() ? "" : ", ") + k.name;
    }
    if (!key)
      throw Error(ErrorCode::UnknownSetting, filled(_("there is no option \"%s\"; known are: %s"),
                                                    std::string(name).c_str(), known.append(also).c_str()));
    if (equals == std::string::npos) bad_value(name, "", filled(_("a value, as in %s=%s"), key->name, key->fallback));
    key->set(key->serves & bit(use) ? settings : left_out, name, std::string_view(word).substr(equals + 1));
    if (std::find(settings.given.begin(), settings.given.end(), key) == settings.given.end())
      settings.given.push_back(key);
  }
  return settings;
}

/// Where a key works, in a user's words.
std::string where(unsigned serves) {
  // TRANSLATORS: these follow "it works only", separated by commas
  std::string words = !(serves & kPixels) ? _("to the eye") : !(serves & kEye) ? _("pixel by pixel") : "";
  const auto add = [&](const char* more) { words += (words.empty() ? "" : ", ") + std::string(more); };
  if (!(serves & (bit(Use::Views) | bit(Use::ViewsExact) | bit(Use::EyeViews)))) add(_("with one thumbnail"));
  if (!(serves & ~(kExact | bit(Use::EyeExact)))) add(_("at balance 100"));
  return words;
}

std::vector<Message> ignored(const Settings& settings, Use use) {
  std::vector<Message> remarks;
  for (const Key* k : settings.given) {
    const char* lacks = k->lacks ? k->lacks(settings) : nullptr;
    const std::string only = !(k->serves & bit(use)) ? where(k->serves) : lacks ? _(lacks) : "";
    if (!only.empty())
      // TRANSLATORS: the last placeholder is as "to the eye, with one thumbnail"
      remarks.push_back({"option-ignored", Severity::Warning,
                         filled(_("the option %s changes nothing here; it works only %s"), k->name, only.c_str())});
  }
  return remarks;
}

void check(std::string_view key, double value, Bounds bounds) {
  if (!bounds.hold(value)) out_of_bounds(key, number_text(value), bounds);
}

}  // namespace

void request::check(const Goal& goal) {
  const EyeGoal* eye = std::get_if<EyeGoal>(&goal);
  if (!eye) return;
  bifocal::check("cover-strength", eye->cover_strength, kStrength);
  bifocal::check("target-strength", eye->target_strength, kStrength);
  bifocal::check("ghosting", eye->ghosting, kGhosting);
  bifocal::check("crisp", eye->crisp, kCrisp);
  bifocal::check("sigma", eye->sigma, kSigma);
  bifocal::check("iterations", eye->iterations, kIterations);
  if (eye->jpeg != 0) bifocal::check("jpeg", eye->jpeg, kJpeg);
  if (eye->subsampling != 420 && eye->subsampling != 422 && eye->subsampling != 444)
    bad_value("subsampling", std::to_string(eye->subsampling), _("420, 422 or 444"));
}

std::vector<OptionInfo> option_list() try {
  std::vector<OptionInfo> list;
  for (const Key& k : kKeys)
    // Only the algorithm's has a placeholder.
    list.push_back({k.name, k.fallback,
                    k.name == std::string_view("algorithm") ? filled(_(k.meaning), algorithm_names().c_str())
                                                            : std::string(_(k.meaning))});
  return list;
} catch (...) {
  leave();
}

std::string known_options() try {
  std::string text;
  for (const OptionInfo& o : option_list())
    text.append(o.name).append("=").append(o.fallback).append(": ").append(o.meaning).append("\n");
  return text;
} catch (...) {
  leave();
}

bool option_serves(std::string_view name, const OptionsFor& of) try {
  for (const Key& k : kKeys)
    if (name == k.name) return (k.serves & bit(use_of(of))) != 0;
  throw Error(ErrorCode::UnknownSetting, filled(_("there is no option \"%s\""), std::string(name).c_str()));
} catch (...) {
  leave();
}

Options read_options(std::string_view text, const OptionsFor& of, const SolveOptions& caller,
                     std::string_view also) try {
  const Use use = use_of(of);
  Settings settings = parse(text, use, caller, also);
  Options options;
  if (of.appearance == Appearance::Eye)
    options.goal = settings.eye;
  else
    options.goal = settings.pixels;
  options.remarks = ignored(settings, use);
  options.solve = std::move(settings.solve);
  return options;
} catch (...) {
  leave();
}

void check_options(std::string_view text, std::string_view also) { read_options(text, {}, {}, also); }

}  // namespace bifocal
