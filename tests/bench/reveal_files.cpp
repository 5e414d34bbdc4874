// SPDX-License-Identifier: LGPL-3.0-or-later
// What reveal_corpus.py needs of the library, over binary PPM files.
//   reveal-files look [SCALER...]   reads file names, writes "FILE finding suspicion mismatch grid period tiles
//   verdict" with tabs reveal-files make               reads lines "COVER TARGET OUT SCALER pixels|eye", writes OUT
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

#include <bifocal/reveal.hpp>
#include <bifocal/views.hpp>

using namespace bifocal;

namespace {

Image8 read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string kind;
  int width = 0, height = 0, most = 0;
  if (!(file >> kind >> width >> height >> most) || kind != "P6" || most != 255 || file.get() < 0)
    throw std::runtime_error(path + " is no PPM file of 8 bits");
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.size() != std::size_t{3} * width * height) throw std::runtime_error(path + " is cut off");
  return from_interleaved(reinterpret_cast<const std::uint8_t*>(bytes.data()), height, width, 3,
                          std::ptrdiff_t{3} * width);
}

void write(const Image8& image, const std::string& path) {
  std::string bytes(std::size_t{3} * image.width() * image.height(), '\0');
  to_interleaved(image, reinterpret_cast<std::uint8_t*>(bytes.data()), std::ptrdiff_t{3} * image.width());
  std::ofstream(path, std::ios::binary) << "P6\n" << image.width() << " " << image.height() << "\n255\n" << bytes;
}

void look(const std::string& path, const RevealOptions& options) {
  const Reveal r = reveal(read(path), options);
  int hiding = 0;
  std::string list;
  for (const RevealTile& t : r.tiles)
    if (t.hides && hiding++ < 5)
      list += t.scaler + "@" + std::to_string(t.size.width) + "x" + std::to_string(t.size.height) + " ";
  std::printf("%s\t%s\t%.3f\t%.3f\t%.3f\t%d\t%s\t%s\n", path.c_str(), to_string(r.finding), r.suspicion, r.mismatch,
              r.period, hiding, r.verdict.c_str(), list.c_str());
  std::fflush(stdout);
}

void make(const std::string& line) {
  std::istringstream words(line);
  std::string cover, target, out, scaler, how;
  words >> cover >> target >> out >> scaler >> how;
  const Appearance appearance = how == "eye" ? Appearance::Eye : Appearance::Pixels;
  Image8 picture = read(target);
  Request request;
  request.cover = read(cover);
  if (picture.width() > request.cover.width()) {
    Target view;
    view.picture = std::move(picture);
    view.scaler = scaler;
    Request many;
    many.cover = std::move(request.cover);
    many.targets.push_back(std::move(view));
    many.goal = goal_of(appearance);
    return write(run(many).image, out);
  }
  request.target().picture = std::move(picture);
  request.target().scaler = scaler;
  request.goal = goal_of(appearance);
  write(run(request).image, out);
}

}  // namespace

int main(int argc, char** argv) {
  const bool makes = argc > 1 && std::string(argv[1]) == "make";
  RevealOptions options;
  for (int i = 2; i < argc; ++i) options.scalers.push_back(argv[i]);
  for (std::string line; std::getline(std::cin, line);) {
    try {
      makes ? make(line) : look(line, options);
    } catch (const std::exception& e) {
      std::printf("%s\tfailed\t%s\n", line.c_str(), e.what());
      return 1;
    }
  }
}
