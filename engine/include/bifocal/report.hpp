// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <bifocal/appearance.hpp>
#include <bifocal/export.hpp>
#include <bifocal/image.hpp>
#include <bifocal/scaler.hpp>

namespace BIFOCAL_API bifocal {

/// How a solve ended. Errors are exceptions (error.hpp), not outcomes.
enum class Outcome {
  Solved,   ///< the tolerances were reached; to the eye, where nothing can be certified: or all planned iterations made
  Stopped,  ///< the caller asked to stop; the result is the best so far
  LimitReached,  ///< a sweep, evaluation or time limit came first; the result is the best so far
  OutOfReach,    ///< converged, but some pixels of a view cannot have their value: see ViewReport::unreached
  Cancelled,     ///< the caller asked to cancel; there is no image
};
/// "solved", "stopped", "limit-reached", "out-of-reach", "cancelled".
const char* to_string(Outcome outcome);

/// Errors of one channel of one view against its picture, in levels.
struct ChannelError {
  double exact_share = 0;  ///< share of samples whose byte is the picture's, 0..1
  double mean = 0;         ///< mean |error|
  double max = 0;          ///< largest |error|
};

/// What one view reached. With a selection all figures are those of the pixels that it lets change: whose value takes
/// in at least one selected pixel of the image. (Of the box around them for SSIM.) Without such a pixel they are NaN.
struct ViewReport {
  static constexpr std::uint8_t kFixed = 0;          ///< `compared`: cannot change
  static constexpr std::uint8_t kIndifferent = 128;  ///< ... can, and may be anything: counts as right
  static constexpr std::uint8_t kCompared = 255;
  std::string name;
  Size size;
  std::string scaler;  ///< id, or empty
  Exactness exactness =
      Exactness::Bytes;          ///< Close: all figures are those of a model; the real program differs from it ...
  double model_error = 0;        ///< ... by so many levels on average over pictures (ScalerInfo::picture_error),
  double model_noise_error = 0;  ///< over noise or pictures, whichever is worse (mean_error),
  double model_max_error = 0;    ///< and at most (the largest seen)
  std::string software;          ///< "Pillow", and the version that the model was checked against: "9.4"
  std::string version;
  Image8 wanted;           ///< what the view should show
  Image8 compared;         ///< 1 channel, the view's size: which pixels are compared; empty: all
  std::size_t pixels = 0;  ///< that the figures are about
  std::vector<ChannelError>
      channels;               ///< on bytes, by the scaler's own arithmetic where it is modelled exactly; empty: the
                              ///< caller stopped the work before the view was compared, and no figure here counts
  double exact_pixels = 0;    ///< share of pixels with every channel exact, 0..1
  double psnr = 0;            ///< dB, infinity when identical
  double ssim = 0;            ///< on luma, Wang et al. 2004
  double residual_max = 0;    ///< of the continuous solution, levels
  std::size_t unreached = 0;  ///< pixels with at least one wrong channel
  std::size_t proven = 0;     ///< of those, lying in a patch that no image can satisfy as a whole: proven with the
                              ///< scaler's linear model and a margin for its rounding (Farkas certificate)
  Image8 unreached_map;       ///< 1 channel, the view's size: 0 right, 128 wrong, 255 proven; empty: none
};

/// What is certain of a continuous solution.
struct Certificate {
  double lower_bound = 0;  ///< no image has a smaller objective
  double gap = 0;          ///< (objective − lower_bound) / objective
};

enum class Severity {
  Note,     ///< holds for every such image: nothing to interrupt for
  Warning,  ///< the result is less than what was asked for, or will not work everywhere
};
/// "note", "warning".
const char* to_string(Severity severity);

/// Something that a person should know of a result.
struct Message {
  std::string code;  ///< for programs: lower case, words joined by hyphens, the same in every language
  Severity severity = Severity::Warning;
  std::string text;  ///< for a person, in the language of now: a clause in lower case without a full stop, or sentences
};

/// The code of a warning that a cover made to the eye has much that hides little: flat colours, skies, pages.
inline constexpr char kPlainCover[] = "plain-cover";

/// What a solve returns: the image and the figures that it reached. Figures that nobody computed are NaN.
struct Result {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  Image8 image;      ///< the bytes; empty when cancelled
  Image continuous;  ///< the solution before rounding, when SolveOptions::keep_continuous asks for it
  Outcome outcome = Outcome::Solved;
  std::string algorithm;                   ///< the one of algorithms() that ran
  std::string why_stopped;                 ///< one sentence
  double objective = kNone;                ///< of the continuous solution, levels²; NaN: stopped before it was known
  std::optional<Certificate> certificate;  ///< none: the problem is not convex, or it was stopped before there was one
  double cover_psnr = kNone;               ///< of the rounded image, dB; NaN: left out, as the caller stopped the work
  double cover_psnr_continuous = kNone;    ///< of the continuous solution, dB; NaN of one thumbnail to the eye
  double cover_ssim = kNone;               ///< as cover_psnr
  int sweeps = 0;                          ///< passes over the image (largest over the channels)
  long evaluations = 0;                    ///< objective evaluations, for algorithms that count them
  double seconds = 0;                      ///< wall time
  std::size_t repaired = 0;                ///< samples that integer repair changed
  std::vector<ViewReport> views;
  std::vector<Showing> appearance;  ///< images made "to the eye": the eye, the chosen scaler, and a panel of others
  std::vector<Message> messages;

  void warn(std::string code, std::string text) {
    messages.push_back({std::move(code), Severity::Warning, std::move(text)});
  }
  void note(std::string code, std::string text) {
    messages.push_back({std::move(code), Severity::Note, std::move(text)});
  }
  /// What the messages of one severity say.
  std::vector<std::string> texts(Severity severity) const;
};

/// All figures (no pixels) as one JSON object.
std::string to_json(const Result& result);

/// Peak signal-to-noise ratio over all samples, dB against 255; infinity when equal. Throws SizeMismatch.
double psnr(const Image8& a, const Image8& b);
/// Structural similarity of the Rec. 601 luma: Gaussian window sigma 1.5, K1 .01, K2 .03, range 255
/// (Wang et al. 2004; as scikit-image 0.19 with gaussian_weights and without sample covariance). A side of less than 11
/// pixels, which has no room for the window, is mirrored outwards first. Above 256 rows every
/// second row of windows is taken, which moves the mean by less than .001.
double ssim(const Image8& a, const Image8& b);

}  // namespace bifocal
