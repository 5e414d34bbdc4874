// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <utility>

#include <glib.h>

namespace plugin {

/// What a window does once it is there: reading pixels for a preview first would have kept it waiting.
class FirstLook {
 public:
  explicit FirstLook(std::function<void()> look) : look_(std::move(look)), source_(g_idle_add(on_idle, this)) {}
  ~FirstLook() {
    if (source_ != 0) g_source_remove(source_);
  }
  FirstLook(const FirstLook&) = delete;
  FirstLook& operator=(const FirstLook&) = delete;
  bool pending() const { return source_ != 0; }

 private:
  static gboolean on_idle(gpointer self) noexcept {
    auto* first = static_cast<FirstLook*>(self);
    first->source_ = 0;
    first->look_();
    return G_SOURCE_REMOVE;
  }

  const std::function<void()> look_;
  guint source_;
};

}  // namespace plugin
