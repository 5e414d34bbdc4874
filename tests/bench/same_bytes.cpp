// SPDX-License-Identifier: LGPL-3.0-or-later
// Some 230 jobs of all kinds, a line each: what was asked, a hash of the image's bytes, the objective and how many
// samples were repaired. A change that should keep the bytes prints the same lines before and after: same_bytes.sh
// compares two commits.
#include <cstdio>
#include <string>
#include <vector>

#include <bifocal/views.hpp>

#include "support/random_image.hpp"
#include "support/text_request.hpp"

using namespace bifocal;

namespace {

/// FNV-1a, 64 bits.
std::uint64_t hash(const Image8& image) {
  std::uint64_t h = 14695981039346656037u;
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) h = (h ^ image.plane(c).row(y)[x]) * 1099511628211u;
  return h;
}

/// What is asked; built into a request in one place.
struct Job {
  struct Seen {
    Image8 target;
    std::string scaler;
    Size size;
  };
  Image8 cover;
  std::vector<Seen> views;
  bool to_the_eye = false, selected = false;
  Fit fit = Fit::Stretch;
  double balance = 100;
  std::string options;
};

/// A soft disc in the middle.
Image8 selection(Size size) {
  Image8 s(size.height, size.width, 1);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const double dx = 2. * x / size.width - 1, dy = 2. * y / size.height - 1;
      s.plane(0).row(y)[x] = static_cast<std::uint8_t>(std::max(0., std::min(255., 900 * (0.8 - dx * dx - dy * dy))));
    }
  return s;
}

Result done(const Job& job) {
  const std::optional<Image8> selected = job.selected ? std::optional(selection(job.cover.size())) : std::nullopt;
  const Appearance appearance = job.to_the_eye ? Appearance::Eye : Appearance::Pixels;
  if (job.views.size() == 1 && job.views[0].size.area() < job.cover.size().area()) {
    TextRequest r;
    r.cover = job.cover;
    r.target().picture = job.views[0].target;
    r.target().scaler = job.views[0].scaler;
    r.target().size = job.views[0].size;
    r.selection = selected;
    r.goal = goal_of(appearance);
    r.fit = job.fit;
    r.balance = job.balance;
    r.options = job.options;
    return run(r);
  }
  TextRequest r;
  r.cover = job.cover;
  for (const Job::Seen& v : job.views) {
    r.targets.emplace_back();
    r.targets.back().picture = v.target;
    r.targets.back().scaler = v.scaler;
    r.targets.back().size = v.size;
  }
  r.selection = selected;
  r.goal = goal_of(appearance);
  r.fit = job.fit;
  r.balance = job.balance;
  r.options = job.options;
  return run(r);
}

void print(const std::string& name, const Job& job) {
  const Result r = done(job);
  std::printf("%-70s %016llx %.17g %zu\n", name.c_str(), static_cast<unsigned long long>(hash(r.image)), r.objective,
              r.repaired);
  std::fflush(stdout);
}

constexpr Size kCover{136, 120};

Job one(int channels, Size small, const std::string& scaler) {
  Job j;
  j.cover = smooth_image(5, kCover.height, kCover.width, channels);
  j.views = {{smooth_image(6, small.height, small.width, channels, 20, 235), scaler, small}};
  return j;
}

Size shrunk(double ratio) { return {static_cast<int>(kCover.width / ratio), static_cast<int>(kCover.height / ratio)}; }

/// Every scaler, at ratios that are whole and that are not, grey and colour, with and without a selection.
void scalers() {
  for (const ScalerInfo& info : Scaler::catalogue())
    for (const double ratio : {2., 2.7, 4.}) {
      const int channels = ratio == 2.7 ? 1 : 3;
      Job j = one(channels, shrunk(ratio), std::string(info.id));
      j.selected = ratio == 4;
      if (info.exactness != Exactness::Bytes) j.options = "sweeps=20";
      char name[80];
      std::snprintf(name, sizeof name, "%s 1:%g %s%s", info.id.data(), ratio, channels == 1 ? "grey" : "colour",
                    j.selected ? " selected" : "");
      print(name, j);
    }
}

void settings() {
  for (const char* options :
       {"repair=no", "seed=7", "gap=1e-2", "sweeps=5", "objective=distances", "out-of-reach=fit", "algorithm=dual",
        "algorithm=accelerated", "algorithm=lbfgs sweeps=20", "algorithm=gradient evaluations=60",
        "algorithm=annealing evaluations=40 seed=3", "algorithm=accelerated objective=distances sweeps=20"}) {
    Job j = one(3, shrunk(4), "pillow-bicubic");
    j.options = options;
    print(std::string("colour 1:4 ") + options, j);
    j = one(1, shrunk(2), "pillow-lanczos");
    j.options = options;
    j.selected = true;
    if (!std::string(options).ends_with("dual")) j.balance = 80;
    print(std::string("grey 1:2 selected ") + options, j);
  }
  for (const Fit fit : {Fit::Inside, Fit::Fill}) {
    Job j = one(3, shrunk(4), "opencv-area");
    j.views[0].target = smooth_image(8, 50, 20, 3);
    j.fit = fit;
    print(fit == Fit::Inside ? "fit inside" : "fit fill", j);
    j.to_the_eye = true;
    j.views[0].scaler = "pillow-bicubic";
    print(fit == Fit::Inside ? "to the eye, fit inside" : "to the eye, fit fill", j);
  }
}

Job several(int channels, const std::vector<Job::Seen>& views) {
  Job j = one(channels, shrunk(4), "pillow-bicubic");
  j.views = views;
  return j;
}

std::vector<Job> many() {
  const auto seen = [](unsigned seed, int channels, Size size, const char* scaler) {
    return Job::Seen{smooth_image(seed, size.height, size.width, channels, 30, 225), scaler, size};
  };
  std::vector<Job> all;
  for (const int channels : {1, 3}) {
    const Size small = shrunk(4), smaller = shrunk(6.3), large{180, 150};
    all.push_back(
        several(channels, {seen(6, channels, small, "pillow-bicubic"), seen(7, channels, smaller, "pillow-box")}));
    all.push_back(
        several(channels, {seen(6, channels, small, "pillow-bicubic"), seen(6, channels, small, "opencv-area"),
                           seen(6, channels, small, "opencv-nearest"), seen(6, channels, small, "opencv-linear")}));
    all.push_back(
        several(channels, {seen(6, channels, small, "pillow-bicubic"), seen(7, channels, large, "pillow-bicubic")}));
    all.push_back(several(channels, {seen(6, channels, large, "pillow-bicubic")}));
    all.push_back(several(channels, {seen(6, channels, large, "opencv-nearest")}));
    all.push_back(
        several(channels, {seen(6, channels, small, "gimp-cubic"), seen(7, channels, smaller, "pillow-lanczos")}));
  }
  return all;
}

void views() {
  int n = 0;
  for (Job j : many())
    for (const bool eye : {false, true}) {
      j.to_the_eye = eye;
      j.options = eye ? "iterations=5" : "sweeps=600";
      j.selected = n % 3 == 0;
      print("views " + std::to_string(n++) + (eye ? " to the eye" : "") + (j.selected ? " selected" : ""), j);
      if (eye || n % 4 != 1) continue;
      j.options = "sweeps=10 objective=distances";
      print("views " + std::to_string(n++) + " distances", j);
    }
}

void to_the_eye() {
  for (const char* scaler : {"pillow-bicubic", "pillow-box", "pillow-lanczos", "opencv-area", "opencv-linear", "any",
                             "gimp-cubic", "imagemagick-resize"}) {
    for (const int channels : {1, 3}) {
      Job j = one(channels, shrunk(channels == 1 ? 3 : 4), scaler);
      j.to_the_eye = true;
      print(std::string("to the eye ") + scaler + (channels == 1 ? " grey" : " colour"), j);
    }
  }
  for (const char* options :
       {"repair=no", "jpeg=85", "jpeg=90 subsampling=444", "sigma=1.5", "ghosting=0.1 iterations=12", "crisp=0.6",
        "cover-strength=1.5", "target-strength=0.7 seed=4", "algorithm=lbfgs iterations=8",
        "algorithm=annealing evaluations=30 repair=no"})
    for (const bool selected : {false, true}) {
      Job j = one(3, shrunk(4), "pillow-bicubic");
      j.to_the_eye = true;
      j.options = options;
      j.selected = selected;
      if (selected) j.balance = 70;
      print(std::string("to the eye ") + options + (selected ? " selected" : ""), j);
    }
}

}  // namespace

int main() {
  scalers();
  settings();
  views();
  to_the_eye();
}
