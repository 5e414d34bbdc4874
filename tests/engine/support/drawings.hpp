// SPDX-License-Identifier: LGPL-3.0-or-later
// Pictures that hide nothing, though their detail is regular, and text that only some scalers show.
#pragma once
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <bifocal/image.hpp>
#include <bifocal/scaler.hpp>

namespace drawings {

/// One channel; f(x, y) is clipped to 0..255.
inline bifocal::Image8 drawn(bifocal::Size size, const std::function<double(int, int)>& f) {
  bifocal::Image8 out(size.height, size.width, 1);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const double v = f(x, y);
      out.plane(0).row(y)[x] = static_cast<std::uint8_t>(v < 0 ? 0 : v > 255 ? 255 : v + 0.5);
    }
  return out;
}

/// Lines of made-up letters (5 x 7 pixels, `scale` times as large, each always the same) in words; 1 where there is
/// ink.
inline std::vector<std::vector<char>> lettering(bifocal::Size size, int line_height, int lines, unsigned seed,
                                                int scale = 1) {
  std::mt19937 random(seed);
  std::vector<std::vector<char>> ink(size.height, std::vector<char>(size.width));
  // Strokes: letters as rows of bits.
  static constexpr int kLetters[12][7] = {
      {14, 17, 17, 31, 17, 17, 17}, {30, 17, 17, 30, 17, 17, 30}, {14, 17, 16, 16, 16, 17, 14},
      {31, 16, 16, 30, 16, 16, 31}, {17, 17, 17, 31, 17, 17, 17}, {14, 4, 4, 4, 4, 4, 14},
      {16, 16, 16, 16, 16, 16, 31}, {17, 25, 21, 19, 17, 17, 17}, {14, 17, 17, 17, 17, 17, 14},
      {30, 17, 17, 30, 20, 18, 17}, {15, 16, 16, 14, 1, 1, 30},   {31, 4, 4, 4, 4, 4, 4}};
  for (int line = 0; line < lines; ++line) {
    const int top = 3 + line * line_height;
    if (top + 7 * scale >= size.height) break;
    for (int x = 4; x + 6 * scale < size.width; x += 6 * scale) {
      const int letter = static_cast<int>(random() % 15);
      if (letter >= 12) continue;  // between words
      for (int j = 0; j < 7 * scale; ++j)
        for (int i = 0; i < 5 * scale; ++i)
          if (kLetters[letter][j / scale] >> (4 - i / scale) & 1) ink[top + j][x + i] = 1;
    }
  }
  return ink;
}

inline bifocal::Image8 page(bifocal::Size size, int line_height, int scale, double paper, double ink) {
  const auto letters = lettering(size, line_height, 1000, 7, scale);
  return drawn(size, [&](int x, int y) { return letters[y][x] ? ink : paper; });
}

inline bifocal::Image8 table(bifocal::Size size) {
  const auto letters = lettering(size, 16, 1000, 3);
  return drawn(size, [&](int x, int y) {
    return x % 64 == 0 || y % 16 == 0 ? 200 : letters[y][x] && x % 64 < 36 ? 0 : y < 16 ? 120 : 255;
  });
}

/// Every picked pixel under the letters is that much lighter.
inline bifocal::Image8 with_hidden_text(const bifocal::Image8& cover, int ratio, int lines, int levels) {
  bifocal::Image8 out = cover;
  const auto letters = lettering({cover.width() / ratio, cover.height() / ratio}, 12, lines, 11);
  for (int c = 0; c < cover.channels(); ++c)
    for (int y = 0; y < cover.height() / ratio; ++y)
      for (int x = 0; x < cover.width() / ratio; ++x)
        if (letters[y][x]) {
          std::uint8_t& v = out.plane(c).row(y * ratio + ratio / 2)[x * ratio + ratio / 2];
          v = static_cast<std::uint8_t>(v + levels > 255 ? 255 : v + levels < 0 ? 0 : v + levels);
        }
  return out;
}

struct Innocent {
  std::string kind;
  bifocal::Image8 image;
};

/// A few of each kind, made of one photograph (1 channel).
inline std::vector<Innocent> innocents(const bifocal::Image8& photo) {
  using bifocal::Scaler;
  const auto scaled = [&](const char* scaler, bifocal::Size small, bifocal::Size large) {
    return Scaler::find(scaler).resize(Scaler::find("pillow-box").resize(photo, small), large);
  };
  const auto tone = [&](int x, int y) {
    return static_cast<int>(photo.plane(0).row(y % photo.height())[x % photo.width()]);
  };
  constexpr int kBayer[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
  std::mt19937 random(5);
  std::vector<Innocent> all;
  all.push_back({"text", page({256, 256}, 12, 1, 255, 0)});
  all.push_back({"text, light on dark", page({256, 256}, 20, 2, 30, 230)});
  all.push_back({"table", table({256, 192})});
  all.push_back({"pixel art", scaled("pillow-nearest", {64, 48}, {256, 192})});
  all.push_back({"mosaic", scaled("pillow-nearest", {32, 24}, {256, 192})});
  all.push_back({"checker", drawn({256, 256}, [](int x, int y) { return (x / 8 + y / 8) % 2 ? 102 : 153; })});
  all.push_back({"checker of pixels", drawn({256, 256}, [](int x, int y) { return (x + y) % 2 ? 0 : 255; })});
  all.push_back({"enlarged, bilinear", scaled("pillow-bilinear", {160, 120}, {240, 180})});
  all.push_back({"enlarged, bicubic", scaled("pillow-bicubic", {80, 60}, {240, 180})});
  all.push_back({"ordered dither", drawn({256, 192}, [&](int x, int y) {
                   return tone(x, y) > 16 * kBayer[y % 4][x % 4] + 8 ? 255 : 0;
                 })});
  all.push_back({"halftone", drawn({256, 192}, [&](int x, int y) {
                   return tone(x, y) > 127.5 + 63.75 * (std::cos((x + y) * 1.05) + std::cos((x - y) * 1.05)) ? 255 : 0;
                 })});
  std::vector<char> modules(40 * 40);
  for (char& m : modules) m = random() % 2;
  all.push_back(
      {"code of squares", drawn({240, 240}, [&](int x, int y) { return modules[y / 6 * 40 + x / 6] ? 0 : 255; })});
  all.push_back({"stripes", drawn({256, 192}, [](int x, int) { return x % 3 ? 255 : 0; })});
  all.push_back({"dotted table", drawn({256, 192}, [](int x, int y) {
                   return (x % 32 == 1 && y % 2) || (y % 16 == 1 && x % 2) ? 0 : 255;
                 })});
  std::vector<char> salt(256 * 192);
  for (char& s : salt) s = random() % 30 == 0;
  all.push_back({"salt", drawn({256, 192}, [&](int x, int y) { return salt[y * 256 + x] ? 255 : tone(x, y); })});
  return all;
}

}  // namespace drawings
