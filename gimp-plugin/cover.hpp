// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <libgimp/gimp.h>

#include <bifocal/report.hpp>
#include <bifocal/request.hpp>

#include "pixels.hpp"

namespace plugin {

/// The cover as the engine takes it, and what a user must know about it.
struct Cover {
  bifocal::Image8 colour;                  ///< as files hold it: 0 where it is fully transparent
  std::optional<bifocal::Image8> opacity;  ///< as LayerPixels
  std::optional<bifocal::Image8> free;     ///< Request::selection: the selection without what is fully transparent
  std::optional<bifocal::Image8> written;  ///< 1 channel, 255 where a result layer's pixels are the result's, 0 where
                                           ///< they stay the cover's own; nothing: all are the result's
  bool selected = false;                   ///< the user selected a part
  bifocal::FileKind file;                  ///< that the result leaves GIMP in
  std::vector<bifocal::Message> messages;

  void warn(const char* code, std::string text) {
    messages.push_back({code, bifocal::Severity::Warning, std::move(text)});
  }
  void note(const char* code, std::string text) {
    messages.push_back({code, bifocal::Severity::Note, std::move(text)});
  }

  /// Hands `request` what it is to know of the cover; colour and free are moved.
  void hand_to(bifocal::Request& request) {
    request.cover = std::move(colour);
    request.selection = std::move(free);
    request.file = file;
  }
};

Cover read_cover(gint32 image, gint32 cover, const Encoding& encoding, ResultAs as);

}  // namespace plugin
