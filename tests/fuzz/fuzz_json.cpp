// SPDX-License-Identifier: LGPL-3.0-or-later
// to_json of results and curves with any text and any numbers in them.
#include <bifocal/views.hpp>

#include "input.hpp"
#include "invariants.hpp"

using namespace bifocal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  Result r;
  r.outcome = static_cast<Outcome>(in.whole(0, 4));
  r.algorithm = in.text(20);
  r.why_stopped = in.text(60);
  for (double* v : {&r.objective, &r.cover_psnr, &r.cover_psnr_continuous, &r.cover_ssim, &r.seconds})
    *v = in.number(-1e6, 1e6);
  if (in.flag()) r.certificate = {in.number(-1e6, 1e6), in.number(-1e6, 1e6)};
  r.sweeps = in.whole(-30000, 30000);
  for (int i = in.whole(0, 3); i > 0; --i) {
    ViewReport v;
    v.name = in.text(60);
    v.scaler = in.text(60);
    v.size = in.size(200, true);
    v.psnr = in.number(0, 100);
    for (int c = in.whole(0, 4); c > 0; --c)
      v.channels.push_back({in.number(0, 1), in.number(0, 255), in.number(0, 255)});
    r.views.push_back(v);
  }
  for (int i = in.whole(0, 3); i > 0; --i) {
    Showing s;
    s.name = in.text(60);
    s.likeness.ssim = in.number(-1, 1);
    s.shows_target = in.flag();
    r.appearance.push_back(s);
  }
  for (int i = in.whole(0, 3); i > 0; --i) r.warn(in.text(30), in.text(200)), r.note(in.text(30), in.text(200));
  must_be_json(to_json(r));

  TradeOff t;
  for (int i = in.whole(0, 4); i > 0; --i) t.names.push_back(in.text(40));
  for (std::vector<double>* list : {&t.untouched, &t.alone, &t.together})
    for (int i = in.whole(0, 4); i > 0; --i) list->push_back(in.number(0, 255));
  for (int i = in.whole(0, 4); i > 0; --i)
    t.curve.push_back({in.number(0, 100), in.number(0, 255), {in.number(0, 255)}});
  must_be_json(to_json(t));
  return 0;
}
