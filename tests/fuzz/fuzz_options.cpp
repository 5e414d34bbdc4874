// SPDX-License-Identifier: LGPL-3.0-or-later
// The options' text, scalers' ids and presets' names: taken, or refused in words.
#include <bifocal/request.hpp>
#include <bifocal/views.hpp>

#include "input.hpp"
#include "invariants.hpp"
#include "request/goals.hpp"

using namespace bifocal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  const int kind = in.byte() % 3;
  std::string text(reinterpret_cast<const char*>(data + (size > 0)), size - (size > 0));
  if (kind == 0)
    refused_or_done([&] {
      for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye}) {
        const Options said = read_options(text, {appearance});
        must(said.solve.max_sweeps >= 0 && said.solve.gap_tolerance > 0, "settings outside their range");
        must(appearance_of(said.goal) == appearance, "another goal");
        request::check(said.goal);
        if (const EyeGoal* goal = std::get_if<EyeGoal>(&said.goal))
          must(request::planned_iterations(*goal, {300, 200}) > 0, "no iterations");
      }
    });
  if (kind == 1)
    refused_or_done([&] {
      const Scaler scaler = Scaler::find(text);
      must(scaler.info().id == text, "another scaler's id: " + std::string(scaler.info().id));
      const SeparableOperator look = scaler.matrices({17, 9}, {5, 11});
      must(look.source() == Size{17, 9} && look.target() == Size{5, 11}, "a matrix of another size");
      const Image8 flat = scaler.resize(Image8(9, 17, 1), {5, 11});
      for (int y = 0; y < flat.height(); ++y)
        for (int x = 0; x < flat.width(); ++x) must(flat.plane(0).row(y)[x] == 0, "black does not stay black");
    });
  if (kind == 2) refused_or_done([&] { preset_views(find_preset(text)); });
  return 0;
}
