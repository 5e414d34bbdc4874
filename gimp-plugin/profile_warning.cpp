// SPDX-License-Identifier: LGPL-3.0-or-later
#include "profile_warning.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "language.hpp"

namespace plugin {
namespace {

constexpr int kStep = 51;        // levels between the colours that are compared: six a channel
constexpr int kSameNumbers = 2;  // levels; sRGB profiles of several makers differ by that much

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
using Profile = std::unique_ptr<GimpColorProfile, Unref>;

/// Bytes of grey or of colours all over the cube.
std::vector<std::uint8_t> samples(bool grey) {
  std::vector<std::uint8_t> bytes;
  for (int r = 0; r <= 255; r += kStep)
    for (int g = 0; g <= 255; g += kStep)
      for (int b = 0; b <= 255; b += kStep)
        for (const int level : {r, g, b}) bytes.push_back(std::uint8_t(level));
  if (grey)
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = std::uint8_t(i % 256);
  return bytes;
}

/// Whether colours that go from one profile to the other become other bytes.
bool changes_bytes(GimpColorProfile* from, GimpColorProfile* to, bool grey) {
  const Babl* format = babl_format(grey ? "Y' u8" : "R'G'B' u8");
  const std::unique_ptr<GimpColorTransform, Unref> transform(
      gimp_color_transform_new(from, format, to, format, GIMP_COLOR_RENDERING_INTENT_RELATIVE_COLORIMETRIC,
                               GIMP_COLOR_TRANSFORM_FLAGS_NOOPTIMIZE));
  if (!transform) return false;
  const std::vector<std::uint8_t> before = samples(grey);
  std::vector<std::uint8_t> after(before.size());
  gimp_color_transform_process_pixels(transform.get(), format, before.data(), format, after.data(),
                                      before.size() / (grey ? 1 : 3));
  for (std::size_t i = 0; i < before.size(); ++i)
    if (std::abs(before[i] - after[i]) > kSameNumbers) return true;
  return false;
}

}  // namespace

std::string profile_warning(gint32 image) {
  const Profile own(gimp_image_get_color_profile(image));
  if (!own) return {};
  const bool grey = gimp_color_profile_is_gray(own.get());
  const Profile srgb(grey ? gimp_color_profile_new_d65_gray_srgb_trc() : gimp_color_profile_new_rgb_srgb());
  if (!changes_bytes(own.get(), srgb.get(), grey)) return {};
  return filled(
      _("The image has the colour profile '%s'. Software that converts to sRGB before it scales, such as "
        "browsers, sharp, and vipsthumbnail with --eprofile, reads other numbers than the file holds and makes "
        "another thumbnail. For such software, run Bifocal after Image > Color Management > Convert to Color "
        "Profile, with sRGB."),
      gimp_color_profile_get_label(own.get()));
}

}  // namespace plugin
