// SPDX-License-Identifier: LGPL-3.0-or-later
#include "support/problems.hpp"

#include <limits>

#include "support/random_image.hpp"

using namespace bifocal;

Problem one_thumbnail(const std::string& scaler, Size cover, Size thumbnail, int channels, double weight, int low,
                      int high) {
  Problem p;
  p.cover = to_float(smooth_image(11, cover.height, cover.width, channels));
  p.views.push_back(View::pixels(cover));
  p.views.push_back(View::scaled(Scaler::find(scaler), cover,
                                 to_float(smooth_image(12, thumbnail.height, thumbnail.width, channels, low, high)),
                                 weight));
  return p;
}

Request one_request(const std::string& scaler, Size cover, Size thumbnail, int channels, int low, int high) {
  Request r;
  r.cover = smooth_image(21, cover.height, cover.width, channels);
  r.target().picture = smooth_image(22, thumbnail.height, thumbnail.width, channels, low, high);
  r.target().scaler = scaler;
  return r;
}

double bound_of(const Result& result) {
  return result.certificate ? result.certificate->lower_bound : -std::numeric_limits<double>::infinity();
}
