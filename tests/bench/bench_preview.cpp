// SPDX-License-Identifier: LGPL-3.0-or-later
// What a person waits for at the dialog's preview: the first picture after a change, the settled preview, and what
// comes of a slider that is dragged; in milliseconds, and over one Pillow bicubic resize of the same cover.
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

#include <bifocal/views.hpp>

#include "measured.hpp"
#include "preview/worker.hpp"
#include "support/peer.hpp"

using namespace bifocal;
using namespace plugin;
using Clock = std::chrono::steady_clock;

namespace {

/// When which picture came.
class Watch {
 public:
  struct Event {
    double ms, processor_ms;
    Previewed what;
  };
  void start() {
    const std::lock_guard lock(mutex_);
    events_.clear();
    start_ = Clock::now();
    processor_start_ = processor_seconds();
  }
  void note(const Previewed& p) {
    const std::lock_guard lock(mutex_);
    if (p.stage == PreviewStage::Wrong) std::fprintf(stderr, "%s\n", p.wrong.c_str()), std::exit(1);
    events_.push_back({std::chrono::duration<double, std::milli>(Clock::now() - start_).count(),
                       1000 * (processor_seconds() - processor_start_), p});
    wake_.notify_one();
  }
  /// Until a picture at full scale, of the part or of all, came for this ask; and until all has.
  struct Times {
    double first = 0, scale = 0, whole = 0;                                ///< ms
    double processor_first = 0, processor_scale = 0, processor_whole = 0;  ///< of all threads
    int pictures = 0;                                                      ///< that came before, for older asks
  };
  Times wait(std::uint64_t ask) {
    std::unique_lock lock(mutex_);
    Times t;
    wake_.wait(lock, [&] {
      t = {};
      bool settled = false;
      for (const Event& e : events_) {
        const Previewed& p = e.what;
        if (p.ask != ask) {
          ++t.pictures;
          continue;
        }
        if (t.first == 0) t.first = e.ms, t.processor_first = e.processor_ms;
        if (t.scale == 0 && p.stage != PreviewStage::Quick) t.scale = e.ms, t.processor_scale = e.processor_ms;
        if (p.settled && t.whole == 0) t.whole = e.ms, t.processor_whole = e.processor_ms;
        settled |= p.spread.has_value() || (p.settled && p.stage != PreviewStage::Part && p.thumbnails.size() > 1);
      }
      return settled;
    });
    return t;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Event> events_;
  Clock::time_point start_;
  double processor_start_ = 0;
};

}  // namespace

/// bench_preview [LARGEST-SIDE [THREADS]]
int main(int argc, char** argv) {
  const int largest = argc > 1 ? std::atoi(argv[1]) : 4096, threads = argc > 2 ? std::atoi(argv[2]) : 2;
  constexpr int kSmall = 128, kPart = 320, kDragged = 12;
  Peer peer;
  std::printf(
      "preview, RGB to n views of %dx%d, %d threads; ms on the clock (ms of all processors, the same in Pillow %s "
      "bicubic resizes "
      "of the cover)\n",
      kSmall, kSmall, threads, peer.version("pillow").c_str());
  std::printf("a drag: %d changes, 25 ms apart; pictures shown meanwhile, and the wait from the last change on\n",
              kDragged);
  std::printf("%6s %2s %6s %23s %23s %23s %10s %7s %7s\n", "cover", "n", "mode", "first picture", "full scale",
              "settled", "drag shows", "first", "settled");
  for (int side = 512; side <= largest; side *= 2) {
    const Image8 cover = peer.load(IMAGES "/astronaut.png", 3, {side, side});
    const auto target = std::make_shared<PreviewTarget>();
    target->colour = peer.load(IMAGES "/chelsea.png", 3, {451, 300});
    double unit = 1e9;
    for (int i = 0; i < 3; ++i) unit = std::min(unit, peer.seconds("pillow", "bicubic", cover, {kSmall, kSmall}));
    for (const bool several : {false, true})
      for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye}) {
        Watch watch;
        PreviewWorker worker(threads, [&](std::shared_ptr<const Previewed> p) { watch.note(*p); });
        PreviewAsk ask;
        ask.cover = std::make_shared<const PreviewCover>(PreviewCover{cover, {}, {}});
        ask.views = {{target, {kSmall, kSmall}, "pillow-bicubic"}};
        if (several)
          for (const PresetView& v : preset_views(Preset::WorksEverywhere))
            if (v.scaler != "pillow-bicubic") ask.views.push_back({target, {kSmall, kSmall}, std::string(v.scaler)});
        ask.fit = Fit::Fill;
        ask.appearance = appearance;
        ask.part = {side / 2 - kPart / 2, side / 2 - kPart / 2, {kPart, kPart}};
        watch.start();
        worker.ask(ask);
        (void)watch.wait(1);  // the pages of memory that all later asks have already
        ask.balance = 90;
        watch.start();
        const Watch::Times once = watch.wait(worker.ask(ask));
        watch.start();
        std::uint64_t last = 0;
        double until = 0;
        for (int i = 0; i < kDragged; ++i) {
          if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(25)), until += 25;
          ask.balance = 40 + 5 * i;
          last = worker.ask(ask);
        }
        const Watch::Times dragged = watch.wait(last);
        const auto said = [&](double ms, double processor_ms) {
          std::printf(" %7.0f (%5.0f, %6.1f)", ms, processor_ms, processor_ms / 1000 / unit);
        };
        std::printf("%6d %2zu %6s", side, ask.views.size(), appearance == Appearance::Eye ? "eye" : "pixels");
        said(once.first, once.processor_first), said(once.scale, once.processor_scale);
        said(once.whole, once.processor_whole);
        std::printf(" %10d %7.0f %7.0f\n", dragged.pictures, dragged.first - until, dragged.whole - until);
        std::fflush(stdout);
      }
  }
}
