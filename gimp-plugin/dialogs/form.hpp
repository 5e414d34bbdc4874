// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

namespace plugin {

/// The page of a window on which a person says what a procedure is to do. It keeps what was set while other pages are
/// shown.
template <class Settings>
class Form {
 public:
  virtual ~Form() = default;
  /// Shows the page. `wrong`: why the last run came to nothing; or empty. False: cancelled; else `settings` holds the
  /// person's choice, which is valid at that moment.
  virtual bool ask(Settings& settings, const std::string& wrong) = 0;
  /// There is a result of what was chosen: files that were opened for it stay open.
  virtual void used() = 0;
};

}  // namespace plugin
