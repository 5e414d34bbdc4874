// SPDX-License-Identifier: LGPL-3.0-or-later
#include "result_as.hpp"

#include "errors.hpp"
#include "language.hpp"

namespace plugin {

const char* to_string(ResultAs as) { return as == ResultAs::Image ? "image" : "layer"; }

ResultAs result_as_from(const std::string& word) {
  for (ResultAs as : {ResultAs::Layer, ResultAs::Image})
    if (word == to_string(as)) return as;
  throw UserError(
      filled(_("The option result=%s is not known. It can be result=layer or result=image."), word.c_str()));
}

}  // namespace plugin
