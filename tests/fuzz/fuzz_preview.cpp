// SPDX-License-Identifier: LGPL-3.0-or-later
// What is seen of a request before it is worked out: a small one like it, and parts at full scale.
#include <bifocal/preview.hpp>

#include "any_request.hpp"
#include "invariants.hpp"

using namespace bifocal;

namespace {

void must_be_like(const Request& small, const Request& r) {
  must(small.cover.size().area() <= r.cover.size().area(), "a reduced cover with more pixels");
  must(small.cover.channels() == r.cover.channels(), "a reduced cover with other channels");
  const bool fits = !r.selection || r.selection->size() == r.cover.size();  // else it is refused later
  must(!fits || !small.selection || small.selection->size() == small.cover.size(),
       "a reduced selection of another size");
  must(small.goal == r.goal && small.fit == r.fit && small.balance == r.balance && small.file.alpha == r.file.alpha,
       "a reduced request that asks for something else");
  must(small.targets.size() == r.targets.size(), "a reduced request of more or fewer targets");
  for (std::size_t k = 0; k < r.targets.size(); ++k) {
    must(small.targets[k].scaler == r.targets[k].scaler && small.targets[k].weight == r.targets[k].weight,
         "a reduced target that asks for something else");
    const Size was = size_of(r, r.targets[k]), is = size_of(small, small.targets[k]);
    must(is.width >= 1 && is.height >= 1 && is.width <= was.width && is.height <= was.height,
         "a reduced view that is larger");
    must(was == r.cover.size() || is != small.cover.size(), "a reduced view of the cover's own size");
  }
  for (std::size_t k = 0; k < r.targets.size(); ++k)
    must(!same_bytes(r.targets[k].picture, r.targets[0].picture) ||
             same_bytes(small.targets[k].picture, small.targets[0].picture),
         "one picture became two");
}

void parts_of(const Request& r, Input& in, SolveOptions options) {
  const Excerpts excerpts(r, options);
  must(!excerpts.empty(), "nothing was planned, and nobody cancelled");
  for (int n = in.whole(1, 3); n > 0; --n) {
    Region part{in.whole(0, 40), in.whole(0, 40), in.size(40)};
    const bool inside = part.x + part.size.width <= r.cover.width() && part.y + part.size.height <= r.cover.height();
    Image8 image;
    const bool solved = refused_or_done([&] { image = excerpts.solve(part, options); });
    must(inside || !solved, "a part from outside the cover");
    if (!solved) continue;
    must(image.size() == part.size && image.channels() == r.cover.channels(), "a part of another shape");
    if (!r.selection) continue;
    for (int y = 0; y < part.size.height; ++y)
      for (int x = 0; x < part.size.width; ++x)
        for (int c = 0; c < image.channels() && r.selection->plane(0).row(part.y + y)[part.x + x] == 0; ++c)
          must(image.plane(c).row(y)[x] == r.cover.plane(c).row(part.y + y)[part.x + x],
               "a pixel outside the selection was changed");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  TextRequest asked = any_request(in);
  const bool several = in.flag();
  if (several) add_targets(in, asked);
  Request r = asked;
  SolveOptions options;
  if (!refused_or_done([&] {
        auto [request, said] = read(asked);
        r = std::move(request);
        options = said.solve;
      }))
    return 0;
  options.threads = 1;
  refused_or_done([&] {
    const double pixels = in.number(1, 2000);
    const Request small = reduced(r, pixels);
    must_be_like(small, r);
    if (several) refused_or_done([&] { must(run(small, options).image.size() == small.cover.size(), "another size"); });
  });
  if (in.flag() && !refused_or_done([&] { r.targets = {settled_target(r)}; })) return 0;
  refused_or_done([&] { parts_of(r, in, options); });
  refused_or_done([&] {
    must(seen_by_eye(r.goal, r.cover).same_shape(r.cover), "an eye sees another shape");
    for (std::size_t k = 0; k < r.targets.size(); ++k) {
      must(thumbnail_of(r, r.cover, k).size() == size_of(r, r.targets[k]), "a thumbnail's size");
      must(wanted_of(r, k).size() == size_of(r, r.targets[k]), "the size of what is wanted");
    }
  });
  refused_or_done([&] {
    const Spread found = spread(r, r.cover, options);
    must(found.shown >= 0 && found.shown <= found.of && found.of > 0, "shown in more programs than there are");
  });
  return 0;
}
