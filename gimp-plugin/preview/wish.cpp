// SPDX-License-Identifier: LGPL-3.0-or-later
#include "preview/wish.hpp"

#include "small_size.hpp"
#include "view_sizes.hpp"

namespace plugin {

PreviewWish wish_of(gint32 cover, const Settings& s) {
  PreviewWish wish;
  wish.views.push_back({s.target, small_size(cover, s), s.scaler, 1, {}});
  wish.appearance = bifocal::Appearance(s.appearance);
  wish.fit = s.fit;
  wish.balance = s.balance;
  wish.result = s.result;
  wish.options = s.options;
  return wish;
}

PreviewWish wish_of(ViewList list) {
  PreviewWish wish;
  for (const ViewLine& line : list.lines)
    wish.views.push_back({line.target, view_size(line), line.scaler, line.weight, view_name(line)});
  wish.appearance = bifocal::Appearance(list.appearance);
  wish.fit = list.fit;
  wish.balance = list.balance;
  wish.result = list.result;
  take_trade_off(list.options);
  wish.options = std::move(list.options);
  return wish;
}

}  // namespace plugin
