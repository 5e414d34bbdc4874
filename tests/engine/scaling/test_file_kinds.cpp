// SPDX-License-Identifier: LGPL-3.0-or-later
// Programs that scale by the kind of file that they read: grey, colour, with an opaque alpha channel. The real ones
// read PNG files of the kind in question.
#include <catch2/catch.hpp>

#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include <bifocal/request.hpp>
#include <bifocal/scaler.hpp>
#include <bifocal/views.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

struct Kind {
  const char* name;
  int channels;  ///< of colour
  bool alpha;
};
constexpr Kind kKinds[] = {
    {"colour", 3, false}, {"grey", 1, false}, {"colour with alpha", 3, true}, {"grey with alpha", 1, true}};

Image8 as_file(const Image8& image, const Kind& kind) { return kind.alpha ? with_opaque_alpha(image) : image; }

std::string filter_of(std::string_view id) { return std::string(id.substr(id.find('-') + 1)); }

/// Which peer stands for a library's name in the catalogue.
std::string peer_of(std::string_view library) {
  std::string name;
  for (char c : library)
    if (c != '-') name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

struct Error {
  double mean = 0;
  int max = 0;
};
Error error_of(const Image8& a, const Image8& b) {
  Error e;
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y)
      for (int x = 0; x < a.width(); ++x) {
        const int d = std::abs(a.plane(c).row(y)[x] - b.plane(c).row(y)[x]);
        e.mean += d;
        e.max = std::max(e.max, d);
      }
  e.mean /= static_cast<double>(a.height()) * a.width() * a.channels();
  return e;
}

constexpr Size kCover{300, 200}, kSmall{72, 48};

Result solved(const std::string& scaler, const Kind& kind) {
  Request r;
  r.cover = smooth_image(5, kCover.height, kCover.width, kind.channels);
  r.target().picture = smooth_image(9, kSmall.height, kSmall.width, kind.channels, 40, 215);
  r.target().scaler = scaler;
  r.file.alpha = kind.alpha;
  return run(r);
}

}  // namespace

TEST_CASE("a scaler follows the kind of file where its program does", "[kinds]") {
  const auto kernel = [](const char* id, FileKind file, int channels) {
    return std::string(Scaler::find(id).reading(file, channels).info().kernel);
  };
  for (const char* id : {"imagemagick-resize", "graphicsmagick-resize"}) {
    CHECK(kernel(id, {}, 3) == "Lanczos, 3 lobes");
    CHECK(kernel(id, {}, 1) == "Mitchell cubic");
    CHECK(kernel(id, {.alpha = true}, 3) == "Mitchell cubic");
    CHECK(kernel(id, {.alpha = true}, 1) == "Mitchell cubic");
    CHECK(Scaler::find(id).reading({.alpha = true}, 3).info().id == id);
  }
  for (const ScalerInfo& info : Scaler::catalogue()) {
    CAPTURE(info.id);
    CHECK(kernel(std::string(info.id).c_str(), {}, 3) == info.kernel);
  }
  CHECK(kernel("pillow-bicubic", {.alpha = true}, 1) == "Keys cubic, a = -0.5");
}

TEST_CASE("byte for byte is meant of every kind of file", "[kinds][peer]") {
  Peer peer;
  std::mt19937 random(4);
  std::map<std::string, std::vector<const ScalerInfo*>> libraries;
  for (const ScalerInfo& info : Scaler::catalogue())
    if (info.exactness == Exactness::Bytes) libraries[peer_of(info.library)].push_back(&info);
  REQUIRE(libraries.size() >= 8);
  for (const Kind& kind : kKinds) {
    const Image8 image = random_image(random, 90, 131, kind.channels), file = as_file(image, kind);
    for (const auto& [library, infos] : libraries) {
      std::vector<Peer::Job> jobs;
      for (const ScalerInfo* info : infos)
        for (Size to : {Size{65, 45}, Size{40, 30}, Size{101, 17}}) jobs.push_back({filter_of(info->id), &file, to});
      const std::vector<Image8> real = peer.resize_all(library, jobs);
      for (std::size_t j = 0; j < jobs.size(); ++j) {
        const ScalerInfo& info = *infos[j / 3];
        CAPTURE(info.id, kind.name, jobs[j].to.width);
        const Image8 ours = Scaler::find(info.id).reading({kind.alpha}, kind.channels).resize(image, jobs[j].to);
        CHECK(mismatches(ours, without_alpha(real[j])) == 0);
      }
    }
  }
}

TEST_CASE("what is said of a grey file or one with alpha holds for it in the real program", "[kinds][peer]") {
  Peer peer;
  for (const char* scaler : {"imagemagick-resize", "imagemagick-thumbnail", "graphicsmagick-resize",
                             "libvips-thumbnail", "libvips-cubic", "gdkpixbuf-bilinear", "gdkpixbuf-hyper", "qt-smooth",
                             "cairo-good", "cairo-best", "gd-copyresampled", "swscale-bicubic", "swscale-area"})
    for (const Kind& kind : kKinds) {
      CAPTURE(scaler, kind.name);
      const Result r = solved(scaler, kind);
      const ViewReport& view = r.views.back();
      REQUIRE(view.scaler == scaler);
      CHECK(view.exactness == Exactness::Close);
      const Scaler model = Scaler::find(scaler).reading({kind.alpha}, kind.channels);
      const Image8 file = as_file(r.image, kind);
      const Image8 real = without_alpha(peer.resize(peer_of(view.software), filter_of(scaler), file, kSmall));
      // Images made pixel by pixel have more detail than noise has: up to twice its distance was seen.
      const Error e = error_of(model.resize(r.image, kSmall), real);
      CAPTURE(e.mean, e.max, view.model_error, view.model_noise_error);
      CHECK(e.mean <= 2 * view.model_noise_error + 0.001);
      CHECK(e.max <= view.model_max_error);
    }
}

TEST_CASE("several views and images to the eye follow the kind of file, too", "[kinds][peer]") {
  Peer peer;
  const Kind alpha = kKinds[2];
  const Image8 cover = smooth_image(5, kCover.height, kCover.width, 3),
               target = smooth_image(9, kSmall.height, kSmall.width, 3, 40, 215);
  const auto check = [&](const Result& r) {
    REQUIRE_FALSE(r.image.empty());
    const Image8 file = as_file(r.image, alpha);
    const Image8 real = without_alpha(peer.resize("imagemagick", "resize", file, kSmall));
    const Image8 said = Scaler::find("imagemagick-resize").reading({true}, 3).resize(r.image, kSmall);
    CHECK(error_of(real, said).mean <= 0.02);
    // The other kind of file is another thumbnail.
    CHECK(error_of(real, Scaler::find("imagemagick-resize").resize(r.image, kSmall)).mean > 0.2);
    return real;
  };
  Request views;
  views.cover = cover;
  views.targets.push_back({target, {}, kSmall, 0, "imagemagick-resize", 1});
  views.file.alpha = true;
  const Result several = run(views);
  const Image8 real = check(several);
  CHECK(error_of(real, target).mean <= several.views.back().channels[0].mean + 0.2);

  Request eye;
  eye.cover = cover, eye.target().picture = target, eye.target().scaler = "imagemagick-resize", eye.goal = EyeGoal();
  eye.file.alpha = true;
  const Result r = run(eye);
  check(r);
  // The toned target, by the model and in the real program.
  CHECK(r.views.back().exact_pixels > 0.9);
}

TEST_CASE("the report says of each view how close its model is", "[kinds]") {
  const nlohmann::json close = nlohmann::json::parse(to_json(solved("imagemagick-resize", kKinds[1])));
  const nlohmann::json model = close["views"].back()["model"];
  CHECK(model["software"] == "ImageMagick");
  CHECK(model["exactness"] == "close");
  CHECK(model["mean_error_pictures"] == Scaler::find("imagemagick-resize").reading({}, 1).info().picture_error);
  CHECK(model["mean_error_noise"] == Scaler::find("imagemagick-resize").reading({}, 1).info().mean_error);
  CHECK(model["max_error"] == Scaler::find("imagemagick-resize").reading({}, 1).info().max_error);
  CHECK(close["verdict"]["by_model"] == true);
  const nlohmann::json exact = nlohmann::json::parse(to_json(solved("pillow-bicubic", kKinds[1])));
  CHECK(exact["views"].back()["model"]["exactness"] == "bytes");
  CHECK(exact["views"].back()["model"]["checked_with"] == "9.4");
  CHECK(exact["verdict"]["by_model"] == false);
}
