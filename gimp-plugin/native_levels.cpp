// SPDX-License-Identifier: LGPL-3.0-or-later
#include "native_levels.hpp"

#include <cstring>
#include <string_view>
#include <type_traits>

namespace plugin {
namespace {

/// One level as a sample of type T.
template <class T>
T sample(std::uint8_t level) {
  if constexpr (std::is_same_v<T, std::uint8_t>)
    return level;
  else if constexpr (std::is_same_v<T, std::uint16_t>)
    return std::uint16_t(level * 257);
  else
    return T(level) / T(255);
}

}  // namespace

NativeLevels::NativeLevels(const Encoding& encoding, const Babl* native)
    : native_(native), components_(babl_format_get_n_components(native)),
      bytes_(babl_format_get_bytes_per_pixel(native) / components_) {
  const std::string_view type = babl_get_name(babl_format_get_type(native, 0));
  type_ = type == "u8" ? Type::U8 : type == "u16" ? Type::U16 : type == "double" ? Type::Double : Type::Float;
  const char* names[] = {"u8", "u16", "float", "double"};
  samples_ = encoding.format(names[int(type_)], false);
}

template <class T>
void NativeLevels::fill(const bifocal::Image8& levels, int top, int rows) {
  const int channels = levels.channels(), width = levels.width();
  in_.resize(std::size_t(rows) * width * channels * sizeof(T));
  for (int c = 0; c < channels; ++c)
    for (int r = 0; r < rows; ++r) {
      const std::uint8_t* level = levels.plane(c).row(top + r);
      std::uint8_t* to = in_.data() + (std::size_t(r) * width * channels + c) * sizeof(T);
      for (int x = 0; x < width; ++x, to += channels * sizeof(T)) {
        const T value = sample<T>(level[x]);
        std::memcpy(to, &value, sizeof value);
      }
    }
}

const std::vector<std::uint8_t>& NativeLevels::convert(const bifocal::Image8& levels, int top, int rows) {
  switch (type_) {
    case Type::U8:
      fill<std::uint8_t>(levels, top, rows);
      break;
    case Type::U16:
      fill<std::uint16_t>(levels, top, rows);
      break;
    case Type::Float:
      fill<float>(levels, top, rows);
      break;
    case Type::Double:
      fill<double>(levels, top, rows);
      break;
  }
  const std::size_t pixels = std::size_t(rows) * levels.width();
  out_.resize(pixels * pixel_bytes());
  babl_process(babl_fish(samples_, native_), in_.data(), out_.data(), long(pixels));
  return out_;
}

}  // namespace plugin
