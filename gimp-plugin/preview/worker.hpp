// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// What will come out, worked out beside a dialog. Knows no GIMP, GTK or GLib.
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <bifocal/preview.hpp>
#include <bifocal/verdict.hpp>

namespace plugin {

/// A cover's pixels, what of it is free, and its kind of file, as bifocal::Request has them.
struct PreviewCover {
  bifocal::Image8 colour;
  std::optional<bifocal::Image8> selection;
  bifocal::FileKind file;
  double share = 1;  ///< of the cover's pixels; below 1: this is a smaller copy of it
};

/// A target's pixels, as bifocal::Request has them.
struct PreviewTarget {
  bifocal::Image8 colour;
  std::optional<bifocal::Image8> opacity;
};

/// One picture that the image is to become, as bifocal::Target has it.
struct PreviewView {
  std::shared_ptr<const PreviewTarget> target;
  bifocal::Size size;
  std::string scaler;
  double weight = 1;
  bool operator==(const PreviewView&) const = default;
};

/// What a dialog's settings say now.
struct PreviewAsk {
  std::shared_ptr<const PreviewCover> cover;
  std::vector<PreviewView> views;
  bifocal::Appearance appearance = bifocal::Appearance::Pixels;
  bifocal::Fit fit = bifocal::Fit::Stretch;
  double balance = 100;
  std::string options;
  bifocal::Region part;  ///< of the cover, that is looked at at full scale
};

/// But for the part.
bool same_settings(const PreviewAsk& a, const PreviewAsk& b);
/// At balance 0 the cover stays as it is, whatever it should look like.
inline bool to_the_eye(const PreviewAsk& a) { return a.appearance == bifocal::Appearance::Eye && a.balance > 0; }

/// One view, smaller than the cover: parts are worked out for it, and it is counted where it shows.
bool one_thumbnail(const PreviewAsk& ask);

/// What its text of options is read for.
inline bifocal::OptionsFor options_for(const PreviewAsk& ask) {
  return {ask.appearance, !one_thumbnail(ask), ask.balance};
}

/// How far a preview is, in this order.
enum class PreviewStage {
  Quick,  ///< of a small problem like the one that was asked for
  Copy,   ///< of several views and a large cover: of a larger problem like it, and no more comes
  Part,   ///< the part at full scale, too
  Whole,  ///< of the image as it will be
  Wrong,  ///< it cannot be done, `wrong` says why
};

/// What is known of the settings of one ask(); pictures that are empty stay as they were.
struct Previewed {
  std::uint64_t ask = 0;  ///< the number that ask() gave
  PreviewStage stage = PreviewStage::Quick;
  bool settled = false;         ///< nothing more comes for this ask
  bifocal::Image8 image, seen;  ///< all of it, the pixels and what an eye sees; Quick, Copy: smaller than the cover
  bifocal::Region region;       ///< of the next two
  bifocal::Image8 part, part_seen;
  /// As the views' scalers make them; smaller where stage is Quick or Copy. To the eye, an enlarged one as it is seen.
  std::vector<bifocal::Image8> thumbnails;
  std::vector<bifocal::Image8> wanted;          ///< what they should show, at the views' own sizes
  std::optional<bifocal::Judgement> judgement;  ///< not of settings that others have taken the place of
  bool plain_cover = false;                     ///< judged on one that hides little
  std::optional<bifocal::Spread> spread;
  double seconds = 0;  ///< that the work on all of the image will take, or has taken; 0: not known
  std::string wrong;
};

/// Solves what was asked for last, in a thread of its own; older asks are cancelled, but for the small problem, which
/// is solved and shown in any case: who drags a slider sees where it leads.
class PreviewWorker {
 public:
  using Deliver = std::function<void(std::shared_ptr<const Previewed>)>;
  /// `deliver` is called in the worker's thread, and not any more once the destructor has returned. `threads`: 0: as
  /// many as the machine has cores.
  PreviewWorker(int threads, Deliver deliver);
  /// Cancels and waits.
  ~PreviewWorker();
  PreviewWorker(const PreviewWorker&) = delete;
  PreviewWorker& operator=(const PreviewWorker&) = delete;

  /// Numbers rise.
  std::uint64_t ask(PreviewAsk ask);
  /// Cancels what is being done; nothing is delivered any more until the next ask(), which then gets all pictures anew.
  void rest();

 private:
  void work();
  void solve(const PreviewAsk& ask, std::uint64_t number);
  bool stale(std::uint64_t number) const { return number != newest_.load(); }
  /// Whether nothing of this ask is wanted any more, not even the small problem.
  bool dropped(std::uint64_t number) const { return number <= dropped_.load(); }
  bifocal::SolveOptions options(std::uint64_t number, PreviewStage stage) const;
  /// False: it was not, as a newer ask has come.
  bool deliver(Previewed previewed, std::uint64_t number);
  /// Brings request_ and small_ to what is asked for.
  void take_over(const PreviewAsk& ask);
  bool show_all(PreviewStage stage, bool settled, std::uint64_t number);
  bool show_part(const PreviewAsk& ask, bool settled, std::uint64_t number);

  const int threads_;
  const Deliver deliver_;
  std::atomic<std::uint64_t> newest_{0}, dropped_{0};
  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  std::optional<PreviewAsk> next_;
  bool afresh_ = false;  ///< what was delivered before counts no more
  bool end_ = false;

  // The thread's own.
  bifocal::Request request_, small_;
  bifocal::SolveOptions solve_;     ///< what the settings say of a solve
  std::optional<PreviewAsk> last_;  // that was taken over
  std::optional<bifocal::Excerpts> excerpts_;
  std::vector<bifocal::Image8> wanted_;
  /// What was delivered for the settings of last_; all but the part is the same wherever one looks.
  bool quick_known_ = false, whole_known_ = false, spread_known_ = false;
  bifocal::Image8 image_;  // the last one that was delivered
  std::thread thread_;     // last: it starts when all else is there
};

}  // namespace plugin
